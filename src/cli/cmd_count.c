/* vtok count: one row per input and model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/chat_run.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/lane.h"
#include "cli/moving.h"
#include "cli/out.h"
#include "cli/parts.h"
#include "cli/rows.h"
#include "cli/setup.h"
#include "cli/stream.h"
#include "cli/target.h"
#include "registry/registry.h"

/* The images of one request together. Threads of the stream add to it. */
struct sum {
	_Atomic int64_t visual, special, total, tiles; /* of all images */
	_Atomic int64_t counted, failed;               /* inputs */
	_Atomic bool no_special;   /* one at least does not tell its special tokens */
	_Atomic bool is_too_large; /* to be told */
};

/* What one input adds at most, and what may be there before it: each thread adds one at a time, so
 * that all together stay within 64 bits. */
#define SUM_MOST (INT64_MAX / 4 / JOBS_MOST)

/* What does not change from input to input. Read by all threads of the stream. */
struct job {
	struct targets targets;
	struct rule *rules; /* one for each target */
	struct rows rows;
	int64_t images;
	struct moving moving;
	bool is_exact;    /* the lens; the textbook knows no videos */
	struct sum *sums; /* one for each target; NULL = not asked for */
	bool any_before;  /* rows were written before the stream */
};

/* n images like this one; c is NULL for an input that could not be read. */
static void add_up(struct sum *s, const struct count *c, int64_t n)
{
	if (!c || c->refused) {
		s->failed++;
		return;
	}
	s->counted++;
	if ((n > 0 && c->total > SUM_MOST / n) || s->total > SUM_MOST) {
		s->is_too_large = true;
		return;
	}
	s->visual += n * c->visual;
	s->special += n * c->special;
	s->total += n * c->total;
	s->tiles += n * c->tiles;
	if (!c->has_special)
		s->no_special = true;
}

/* False where inputs that are fine are too much together. */
static bool put_sums(const struct job *j, struct out *o, bool first)
{
	bool fine = true;

	for (size_t i = 0; i < j->targets.n; i++, first = false) {
		const struct sum *s = &j->sums[i];
		struct count c = {.visual = s->visual,
				  .special = s->special,
				  .total = s->total,
				  .tiles = s->tiles,
				  .has_special = !s->no_special};
		char text[64];
		struct row row = {.target = &j->targets.list[i], .text = text, .count = &c};
		row.text_len = (size_t)snprintf(text, sizeof(text), "sum of %lld",
						(long long)(s->counted + s->failed));
		if (s->failed) {
			c.refused = REFUSED_SUM;
			c.facts =
				(struct refusal_facts){.a = s->failed, .b = s->counted + s->failed};
		} else if (s->is_too_large) {
			c.refused = REFUSED_SUM_LARGE;
			fine = false;
		}
		rows_put(&j->rows, o, &row, first);
	}
	return fine;
}

/* All rows of one input; in is NULL for one that could not be read, then why says so. Returns false
 * if the input or a processor failed. */
static bool count_input(const struct job *j, struct out *o, bool first, const char *text,
			size_t len, const struct input *in, const char *why)
{
	struct input seen;
	struct count c;
	bool fine = true;

	for (size_t i = 0; i < j->targets.n; i++) {
		struct row row = {
			.target = &j->targets.list[i], .text = text, .text_len = len, .error = why};
		if (in) {
			seen = input_seen(in, row.target->turning.turns);
			if (!moving_is(&j->moving, in))
				count_by(&j->rules[i], seen.width, seen.height, &c, NULL);
			else if (j->is_exact)
				moving_count(&j->moving, row.target->processor, in, &c);
			else
				c = (struct count){.refused = REFUSED_NO_FORMULA};
			row.input = &seen;
			row.count = &c;
		}
		fine = fine && in && !c.refused;
		if (j->sums)
			add_up(&j->sums[i], in ? &c : NULL, j->images);
		rows_put(&j->rows, o, &row, first);
		first = false;
	}
	return fine;
}

static bool read_input(const char *text, size_t len, struct input *in, struct vtok_error *err)
{
	err->code = VTOK_OK;
	return len <= STREAM_LINE_MAX
		       ? input_read_moving(text, len, in, err)
		       : error_set(err, VTOK_E_INPUT, "longer than %d bytes", STREAM_LINE_MAX);
}

static bool count_one(const struct job *j, struct out *o, bool first, const char *text, size_t len)
{
	struct vtok_error err;
	struct input in;
	bool readable = read_input(text, len, &in, &err);

	return count_input(j, o, first, text, len, readable ? &in : NULL, err.text);
}

/* Rows of the parts of one argument. */
struct rows_of_parts {
	const struct job *j;
	struct out *o;
	bool first, any, fine;
};

static bool count_part(void *arg, const char *name, const struct input *in, const char *why)
{
	struct rows_of_parts *r = arg;

	r->fine &= count_input(r->j, r->o, r->first, name, strlen(name), in, why);
	r->first = false;
	r->any = true;
	return !r->o->error;
}

/* An argument may be a file of many pictures too; where there is none in it to be had, or not all
 * of them, there is a row that says so. */
static bool count_argument(const struct job *j, const struct options *opt, struct out *o,
			   bool first, const char *text)
{
	struct rows_of_parts r = {.j = j, .o = o, .first = first, .fine = true};
	struct vtok_error err;
	struct input in;
	bool readable = read_input(text, strlen(text), &in, &err);
	enum parts kind = readable ? PARTS_NONE : parts_of(text);

	if (kind != PARTS_NONE) {
		const struct parts_order order = {
			.path = text, .kind = kind, .dpi = opt->dpi, .take = count_part, .arg = &r};

		err.code = VTOK_OK;
		if (parts_each(&order, &err) && !r.any)
			error_set(&err, VTOK_E_INPUT, "an archive without pictures");
		if (!err.code)
			return r.fine;
	}
	return count_input(j, o, r.first, text, strlen(text), readable ? &in : NULL, err.text) &&
	       r.fine;
}

/* The careful lane of the stream, for whatever the quick lane (cli/lane.h) leaves: other spellings,
 * file names, bad and cut lines, the last line where it has no end, and every line where
 * has_quick_lane() says no. One line at a time, as an argument would be; it counts by the same
 * rules as the quick lane and writes by the same rows, so that both give the same bytes. */
static bool count_line(const void *arg, struct out *o, bool first, char *line, size_t len)
{
	const struct job *j = arg;

	return count_one(j, o, first && !j->any_before, line, len);
}

/* The quick lane writes rows of pictures as CSV, without the columns of --orientation, and adds
 * nothing up. */
static bool has_quick_lane(const struct job *j, const struct options *opt)
{
	return !opt->null && j->rows.format == FORMAT_CSV && !j->rows.is_oriented && !j->sums &&
	       !j->moving.is_asked;
}

static bool count_stream(struct job *j, const struct options *opt, struct out *o, bool *any,
			 bool *fine, struct vtok_error *err)
{
	struct stream_work work = {.line = count_line, .line_arg = j, .is_null = opt->null};
	struct stream_result result;
	struct lane lane = {0};

	j->any_before = *any;
	if (has_quick_lane(j, opt)) {
		work.run = lane_run;
		work.run_arg = &lane;
	}
	bool done = work.run && !lane_init(&lane, &j->targets, j->rules)
			    ? error_memory(err)
			    : stream_run(STDIN_FILENO, o, options_jobs(opt), &work, &result, err);
	lane_fini(&lane);
	if (!done)
		return false;
	if (result.read_error)
		return error_set(err, VTOK_E_INPUT, "cannot read standard input: %s",
				 strerror(result.read_error));
	*any = *any || result.lines;
	*fine = *fine && !result.failed;
	return true;
}

static int count_all(struct job *j, const struct options *opt, struct out *o)
{
	struct vtok_error err = {0};
	bool any = false, fine = true;

	rows_begin(&j->rows, o);
	for (size_t i = 0; i < opt->inputs.n && !o->error && !err.code; i++) {
		const char *text = opt->inputs.items[i];
		if (strcmp(text, "-") == 0) {
			count_stream(j, opt, o, &any, &fine, &err);
		} else {
			fine &= count_argument(j, opt, o, !any, text);
			any = true;
		}
	}
	if (j->sums)
		fine &= put_sums(j, o, !any);
	rows_end(&j->rows, o, any || j->sums);
	int code = out_finish(o, fine ? VTOK_OK : VTOK_E_INPUT);
	return err.code ? cli_fail(&err) : code;
}

/* Of a request of so many inputs. What standard input or an archive holds is not known before it
 * was read: each counts as one. */
static int32_t images_of_all(int64_t images, size_t inputs)
{
	return inputs > 0 && images > INT32_MAX / (int64_t)inputs
		       ? INT32_MAX
		       : (int32_t)(images * (int64_t)inputs);
}

/* NULL: memory is short. */
static struct rule *make_rules(const struct options *opt, const struct targets *t)
{
	struct rule *rules = calloc(t->n, sizeof(*rules));
	struct setup setup;

	setup_numbers(opt, &setup);
	if (opt->sum) /* some APIs tighten their limits with the number of images */
		setup.knobs.images = images_of_all(setup.images, opt->inputs.n);
	for (size_t i = 0; rules && i < t->n; i++)
		count_prepare(&rules[i], t->list[i].processor, setup.lens, &setup.knobs);
	return rules;
}

static int run_count(const struct options *opt)
{
	struct vtok_error err = {0};
	struct registry r;
	struct job j = {
		.images = opt->knobs[KNOB_IMAGES].number,
		.is_exact = opt->knobs[KNOB_LENS].number == LENS_EXACT,
	};
	struct sum *sums = NULL;
	struct out o;
	int code;

	if (!opt->inputs.n && !opt->request) {
		error_set(&err, VTOK_E_USAGE,
			  "count: no input; give WxH, a file, or - for standard input");
		return cli_fail(&err);
	}
	if ((opt->frames || opt->video_seconds > 0) && !j.is_exact) {
		error_set(&err, VTOK_E_USAGE,
			  "count: the textbook has no formula for videos; lens exact counts them");
		return cli_fail(&err);
	}
	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	if (opt->request) {
		code = chat_run(opt, &r, CHAT_PICTURES);
		registry_fini(&r);
		return code;
	}
	if (!targets_init(&j.targets, opt, &r, &err) || !moving_init(&j.moving, opt, &r, &err)) {
		code = cli_fail(&err);
	} else if (!(j.rules = make_rules(opt, &j.targets)) ||
		   (opt->sum && !(sums = calloc(j.targets.n, sizeof(*sums)))) ||
		   !out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		code = cli_fail(&err);
	} else {
		o.is_ascii = cli_ascii(opt);
		j.rows = rows_make(opt, &j.targets);
		j.sums = sums;
		code = count_all(&j, opt, &o);
		out_fini(&o);
	}
	free(sums);
	free(j.rules);
	targets_fini(&j.targets);
	registry_fini(&r);
	return code;
}

const struct command cmd_count = {
	.name = "count",
	.usage = "[-m MODEL]... [--all] [-j JOBS] [OPTION]... WxH|FILE|-...",
	.summary = "Count the visual and special tokens of images",
	.details =
		"Writes one row for each input and model, in input order. - reads standard input: "
		"one WxH, "
		"\"W,H\", \"W H\" or file name a line, one row for every line whatever it holds; "
		"with -0 names end with a NUL.",
	.options = OPT_COUNTING | OPT_EVERY_MODEL | OPT_RULES | OPT_ROWS | OPT_SUM | OPT_VIDEO |
		   OPT_REQUEST | OPT_LISTS | OPT_PAGES,
	.inputs = INPUTS_MANY,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_count,
};
