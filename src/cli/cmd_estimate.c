/* vtok estimate: tokens, context, KV cache, memory, capacity and prefill time of one request, for
 * one model or several. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/unit.h"
#include "cli/chat_run.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/report.h"
#include "cli/setup.h"
#include "cli/sheet.h"

/* -------------------------------------------------------------------- json */

/* Where a member stands: in an object by itself or in a list, over several lines or in one. */
struct place {
	struct out *o;
	bool is_compact;
	int indent;
	const char *group; /* the group that is open; NULL = none */
	bool is_first;     /* nothing yet on this level */
};

static void new_line(struct place *p)
{
	if (!p->is_compact)
		out_printf(p->o, "\n%*s", p->indent + (p->group ? 4 : 2), "");
}

static void put_name(struct place *p, const char *name, const char *end)
{
	out_puts(p->o, p->is_first ? "" : ",");
	new_line(p);
	out_printf(p->o, "\"%s%s\":%s", name, end, p->is_compact ? "" : " ");
	p->is_first = false;
}

static void close_group(struct place *p)
{
	if (!p->group)
		return;
	p->group = NULL;
	new_line(p);
	out_putc(p->o, '}');
	p->is_first = false;
}

static void open_group(struct place *p, const char *group)
{
	if (p->group && group && strcmp(p->group, group) == 0)
		return;
	close_group(p);
	if (!group)
		return;
	put_name(p, group, "");
	out_putc(p->o, '{');
	p->group = group;
	p->is_first = true;
}

/* Its reason is the quantity behind it in the table: "fits", "fits_reason". */
static bool has_reason_row(enum quantity_id id)
{
	const char *name = quantities[id].name, *next = id + 1 < Q_N ? quantities[id + 1].name : "";
	size_t len = strlen(name);

	return strncmp(name, next, len) == 0 && strcmp(next + len, "_reason") == 0;
}

static void put_value(struct place *p, enum quantity_id id, const struct value *v)
{
	enum unit unit = quantities[id].unit;

	put_name(p, quantities[id].name, "");
	if (v->reason) {
		out_puts(p->o, "null");
		if (has_reason_row(id)) /* it is a member by itself, whatever the value */
			return;
		put_name(p, quantities[id].name, "_reason");
		out_json(p->o, v->reason, strlen(v->reason));
	} else if (v->text) {
		out_json(p->o, v->text, strlen(v->text));
	} else if (unit == UNIT_FLAG) {
		out_puts(p->o, v->number > 0 ? "true" : "false");
	} else {
		out_num(p->o, unit_number(unit, v->number));
	}
}

static void put_object(const struct result *r, bool is_compact, int indent, struct out *o)
{
	struct place p = {o, is_compact, indent, NULL, true};

	out_putc(o, '{');
	for (enum quantity_id id = 0; id < Q_N; id++) {
		struct value v = result_value(r, id);

		if (quantities[id].is_aside || (quantities[id].is_remark && v.reason))
			continue;
		open_group(&p, quantities[id].group);
		put_value(&p, id, &v);
	}
	close_group(&p);
	if (!is_compact)
		out_printf(o, "\n%*s", indent, "");
	out_putc(o, '}');
}

/* One object for one model; a list for several, or a line for each. */
static void write_json(const struct result *results, size_t n, bool lines, struct out *o)
{
	bool is_list = !lines && n != 1;

	out_puts(o, is_list ? "[" : "");
	for (size_t i = 0; i < n; i++) {
		out_puts(o, is_list ? (i ? ",\n  " : "\n  ") : "");
		put_object(&results[i], lines, is_list ? 2 : 0, o);
		out_puts(o, is_list ? "" : "\n");
	}
	out_puts(o, is_list ? "\n]\n" : "");
}

/* --------------------------------------------------------------------- csv */

/* Every member as a column, group and name joined: tokens_visual. */
static void write_csv(const struct result *results, size_t n, bool header, struct out *o)
{
	char name[QUANTITY_NAME], text[QUANTITY_FIGURE];

	for (enum quantity_id id = 0; header && id < Q_N; id++)
		if (!quantities[id].is_aside)
			out_printf(o, "%s%s", id ? "," : "", quantity_name(id, name));
	out_puts(o, header ? "\n" : "");
	for (size_t k = 0; k < n; k++) {
		for (enum quantity_id id = 0; id < Q_N; id++) {
			struct value v = result_value(&results[k], id);

			if (quantities[id].is_aside)
				continue;
			out_puts(o, id ? "," : "");
			quantity_figure(id, &v, text);
			out_csv(o, text, strlen(text));
		}
		out_putc(o, '\n');
	}
}

/* --------------------------------------------------------------------- run */

static bool write_results(const struct result *results, size_t n, const struct options *opt,
			  struct out *o)
{
	enum format format = options_format(opt);

	switch (format) {
	case FORMAT_JSON:
	case FORMAT_JSONL:
		write_json(results, n, format == FORMAT_JSONL, o);
		return true;
	case FORMAT_TABLE:
		if (n == 1) {
			report_write(&results[0], cli_color(opt), o);
			return true;
		}
		return report_compare(results, n, format, !opt->no_header, cli_color(opt), o);
	case FORMAT_MD:
		return report_compare(results, n, format, !opt->no_header, false, o);
	case FORMAT_AUTO:
	case FORMAT_CSV:
	case FORMAT_TEXT:
	case FORMAT_SVG:
	case FORMAT_N:
		write_csv(results, n, !opt->no_header, o);
		return true;
	}
	return false;
}

struct work {
	struct registry registry;
	struct targets targets;
	struct result *results;
	struct model *rooms; /* for hosted models, one for each target */
	size_t results_n;
};

static bool estimate_all(struct work *w, const struct options *opt, struct vtok_error *err)
{
	struct input in = {0};
	struct setup s;
	const char *text = opt->inputs.n ? opt->inputs.items[0] : NULL;

	if (text && !input_read_sized(text, strlen(text), &in, err))
		return error_at(err, text, 0);
	if (!setup_make(opt, &w->registry, &s, err))
		return false;
	s.price_usd = opt->price_usd;
	if (text) {
		s.file_bytes = in.file_bytes;
		s.file_format = in.format;
	}
	for (size_t i = 0; i < w->targets.n; i++) {
		struct result *r = &w->results[w->results_n];
		r->target = &w->targets.list[i];
		r->setup = s;
		if (text) {
			struct input seen = input_seen(&in, r->target->turning.turns);
			r->setup.width = seen.width;
			r->setup.height = seen.height;
		}
		if (!setup_target(&r->setup, r->target, &w->registry, &w->rooms[i], err))
			return false;
		estimate(&r->setup, &r->e);
		w->results_n++;
	}
	return true;
}

static bool any_refused(const struct work *w)
{
	for (size_t i = 0; i < w->results_n; i++)
		if (w->results[i].e.why == REASON_REFUSED)
			return true;
	return false;
}

static int run_with(struct work *w, const struct options *opt)
{
	struct vtok_error err = {0};
	struct out o;

	if (!targets_models(&w->targets, opt, &w->registry, &err))
		return cli_fail(&err);
	w->results = calloc(w->targets.n + 1, sizeof(*w->results));
	w->rooms = calloc(w->targets.n + 1, sizeof(*w->rooms));
	if (!w->results || !w->rooms || !out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	o.is_ascii = cli_ascii(opt);
	int code;
	if (estimate_all(w, opt, &err)) {
		bool is_written = write_results(w->results, w->results_n, opt, &o);

		/* out knows why not */
		code = out_finish(&o, !is_written || any_refused(w) ? VTOK_E_INPUT : VTOK_OK);
	} else {
		code = cli_fail(&err);
	}
	out_fini(&o);
	return code;
}

static int run_estimate(const struct options *opt)
{
	struct vtok_error err = {0};
	struct work w = {0};

	if (!cli_registry(opt, &w.registry, &err))
		return cli_fail(&err);
	int code = opt->request ? chat_run(opt, &w.registry, CHAT_REQUESTS) : run_with(&w, opt);
	targets_fini(&w.targets);
	free(w.results);
	free(w.rooms);
	registry_fini(&w.registry);
	return code;
}

const struct command cmd_estimate = {
	.name = "estimate",
	.usage = "[-m MODEL]... [-g HARDWARE] [OPTION]... WxH|FILE",
	.summary = "Estimate context, KV cache, memory, concurrency and time to the first token",
	.details = "Without a size it is " USUAL_WORDS(USUAL_SIDE) "x" USUAL_WORDS(
		USUAL_SIDE) ". Several models give one row each. A number "
			    "that is not "
			    "available is empty, in json null beside a member NAME_reason that "
			    "says why.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_EVERY_MODEL | OPT_RULES | OPT_PRICE |
		   OPT_REQUEST | OPT_TRAFFIC,
	.inputs = INPUTS_ONE,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_estimate,
};
