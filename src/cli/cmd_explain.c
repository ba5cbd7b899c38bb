/* vtok explain: every step of the count, which rule bound it, and the next
 * cheaper and dearer size. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/sheet.h"
#include "cli/setup.h"
#include "cli/target.h"
#include "core/sweep.h"
#include "registry/registry.h"

/* clang-format off */
static const struct sheet_column columns[] = {
	{"model",  NULL,  false},
	{"step",   NULL,  false},
	{"width",  NULL,  true },
	{"height", NULL,  true },
	{"count",  NULL,  true },
	{"unit",   NULL,  false},
	{"bound",  NULL,  false},
	{"text",   "why", false},
};
/* clang-format on */

/* How far away a cheaper or dearer size is looked for, in pixels of width: a few milliseconds of
 * counting. */
enum { REACH = 30000 };

static void add_number(struct sheet *s, bool has, int64_t n)
{
	if (has)
		sheet_int(s, n, NULL);
	else
		sheet_empty(s);
}

static void add_step(struct sheet *s, const struct target *t, const char *name,
		     const struct step *step)
{
	bool is_sum =
		step->kind == STEP_VISUAL || step->kind == STEP_SPECIAL || step->kind == STEP_TOTAL;

	sheet_text(s, t->name);
	sheet_text(s, name);
	add_number(s, step->width > 0, step->width);
	add_number(s, step->width > 0, step->height);
	add_number(s, step->count != 0 || is_sum, step->count);
	sheet_text(s, step->unit);
	sheet_flag(s, step->bound);
	sheet_text(s, *step->text ? step->text : NULL);
}

/* A picture that lies on its side in the file: its stored size, and what whoever counts makes of
 * it. */
static void add_exif(struct sheet *s, const struct target *t, const struct input *in)
{
	const struct turning *by = &t->turning;
	struct step step = {.kind = STEP_ORIGINAL,
			    .width = in->stored_w,
			    .height = in->stored_h,
			    .unit = "px",
			    .text = "as stored in the file"};

	add_step(s, t, step_name(step.kind), &step);
	step.kind = STEP_EXIF;
	step.width = in->width;
	step.height = in->height;
	snprintf(step.text, sizeof(step.text), "%s its EXIF orientation %d (%s%s)",
		 by->turns ? "turned by" : "not turned by", in->orientation,
		 by->is_assumed ? "assumed: not known of " : "", by->who);
	add_step(s, t, step_name(step.kind), &step);
}

/* The sum of a processor that does not tell its special tokens is not known: no number, as in a row
 * of count. */
static void add_steps(struct sheet *s, const struct target *t, const struct input *in,
		      const struct trace *trace, bool has_special)
{
	bool turned = in->orientation >= 5;

	if (turned)
		add_exif(s, t, in);
	for (int32_t i = 0; i < trace->n; i++) {
		struct step step = trace->steps[i];
		const char *name = step_name(step.kind);

		if (turned && step.kind == STEP_ORIGINAL)
			continue;
		if (step.kind == STEP_TOTAL && !has_special) {
			step.kind = STEP_ORIGINAL;
			step.count = 0;
		}
		add_step(s, t, name, &step);
	}
}

/* One neighbour of another price; width 0: there is none within reach. */
static void add_cliff(struct sheet *s, const struct target *t, const char *name,
		      const struct setup *from, int64_t width, int64_t tokens, int64_t here)
{
	bool wider = width > from->width;
	int64_t pixels = wider ? width - from->width : from->width - width;
	int64_t change = tokens > here ? tokens - here : here - tokens;
	char a[UNIT_TEXT], b[UNIT_TEXT];
	struct setup size;

	if (!width)
		return;
	sweep_size(from, (double)width, &size);
	struct step step = {.kind = STEP_TOTAL,
			    .width = size.width,
			    .height = size.height,
			    .count = tokens,
			    .unit = "tokens"};

	snprintf(step.text, sizeof(step.text), "%s pixel%s %s %s%s %s token%s",
		 unit_grouped(a, pixels), pixels == 1 ? "" : "s", wider ? "wider" : "narrower",
		 tokens > here ? "cost" : "save", pixels == 1 ? "s" : "", unit_grouped(b, change),
		 change == 1 ? "" : "s");
	add_step(s, t, name, &step);
}

static void add_cliffs(struct sheet *s, const struct target *t, const struct options *opt,
		       const struct input *in, const struct count *c)
{
	struct model room = {.id = t->name, .processor = t->processor};
	struct setup setup;
	int64_t least = in->width > REACH ? in->width - REACH : 1;
	int64_t most = in->width < SIDE_MAX - REACH ? in->width + REACH : SIDE_MAX;
	int64_t here = count_positions(c);
	struct cliff cliff;

	setup_numbers(opt, &setup);
	setup.model = &room;
	setup.width = in->width;
	setup.height = in->height;
	setup.images = 1;
	sweep_cliff(&setup, least, most, &cliff);
	add_cliff(s, t, "cheaper", &setup, cliff.cheaper_width, cliff.cheaper_tokens, here);
	add_cliff(s, t, "dearer", &setup, cliff.dearer_width, cliff.dearer_tokens, here);
}

/* Where the picture lies on what the encoder gets, so that what is left of it can be reckoned from
 * outside. Sides in pixels; null where the rule does not say. */
static void add_layout(struct sheet *s, const struct target *t, const struct layout_px *l)
{
	char json[512], cell[64] = "null", content[160] = "null", canvas[96] = "null";

	if (l->canvas_w > 0)
		snprintf(canvas, sizeof(canvas), "{\"width\":%lld,\"height\":%lld}",
			 (long long)l->canvas_w, (long long)l->canvas_h);
	if (l->content_w > 0)
		snprintf(content, sizeof(content),
			 "{\"x\":%lld,\"y\":%lld,\"width\":%lld,\"height\":%lld}",
			 (long long)l->content_x, (long long)l->content_y, (long long)l->content_w,
			 (long long)l->content_h);
	if (l->cell_w > 0) {
		char w[STR_NUMBER], h[STR_NUMBER];
		snprintf(cell, sizeof(cell), "{\"width\":%s,\"height\":%s}",
			 str_number(w, l->cell_w), str_number(h, l->cell_h));
	}
	snprintf(json, sizeof(json),
		 "{\"canvas\":%s,\"content\":%s,\"cols\":%d,\"rows\":%d,\"cell\":%s,"
		 "\"overview\":%s}",
		 canvas, content, (int)l->cols, (int)l->rows, cell, l->overview ? "true" : "false");
	sheet_object(s, t->name, "layout", json);
}

/* Returns false if the processor refuses. */
static bool explain_one(struct sheet *sheet, const struct target *t, const struct options *opt,
			const struct input *file)
{
	struct input seen = input_seen(file, t->turning.turns);
	const struct input *in = &seen;
	struct trace trace;
	struct setup s;
	struct count c;

	setup_numbers(opt, &s);
	count_image(t->processor, s.lens, &s.knobs, in->width, in->height, &c, &trace);
	add_steps(sheet, t, in, &trace, c.has_special);
	if (!c.refused) {
		add_cliffs(sheet, t, opt, in, &c);
		add_layout(sheet, t, &trace.layout);
	}
	return !c.refused;
}

static int explain_all(const struct targets *targets, const struct options *opt,
		       const struct input *in)
{
	/* the column of names is for several models only, in a table */
	bool one = targets->n == 1 && options_format(opt) == FORMAT_TABLE;
	struct vtok_error err = {0};
	struct sheet s;
	struct out o;
	bool fine = true;

	if (!out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	o.is_ascii = cli_ascii(opt);
	sheet_init(&s, columns, ARRAY_SIZE(columns));
	s.hide_first = one;
	for (size_t i = 0; i < targets->n; i++)
		fine &= explain_one(&s, &targets->list[i], opt, in);
	if (!sheet_write(&s, options_format(opt), !opt->no_header, cli_color(opt), &o))
		fine = false;
	int code = out_finish(&o, fine ? VTOK_OK : VTOK_E_INPUT);
	sheet_fini(&s);
	out_fini(&o);
	return code;
}

static int run_explain(const struct options *opt)
{
	struct vtok_error err = {0};
	struct targets targets = {0};
	struct registry r;
	struct input in;
	int code = VTOK_OK;

	if (!opt->inputs.n) {
		error_set(&err, VTOK_E_USAGE, "explain: no input; give WxH or a file");
		return cli_fail(&err);
	}
	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	const char *text = opt->inputs.items[0];
	if (!targets_init(&targets, opt, &r, &err))
		code = cli_fail(&err);
	else if (!input_read(text, strlen(text), &in, &err)) {
		error_at(&err, text, 0);
		code = cli_fail(&err);
	} else {
		code = explain_all(&targets, opt, &in);
	}
	targets_fini(&targets);
	registry_fini(&r);
	return code;
}

const struct command cmd_explain = {
	.name = "explain",
	.usage = "[-m MODEL]... [OPTION]... WxH|FILE",
	.summary = "Show every step of a count, in words and numbers",
	.details =
		"The last steps add up to what count prints. A step marked as bound limited the "
		"result. Two more "
		"rows tell the nearest cheaper and the nearest dearer size of the same aspect, on "
		"either side.",
	.options = OPT_COUNTING | OPT_EVERY_MODEL | OPT_RULES,
	.inputs = INPUTS_ONE,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_explain,
};
