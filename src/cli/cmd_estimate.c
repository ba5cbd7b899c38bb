/* vtok estimate: tokens, context, KV cache, memory, capacity and prefill time of one request, for
 * one model or several. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/unit.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/report.h"
#include "cli/result.h"
#include "cli/setup.h"
#include "cli/sheet.h"

/* -------------------------------------------------------------------- json */

/* Whole numbers without a point, also large ones, as long as a double holds them exactly. */
static json_t *json_of(double v)
{
	return v == floor(v) && fabs(v) < 9007199254740992. ? json_integer((json_int_t)v)
							    : json_real(v);
}

static json_t *group_of(json_t *object, const char *name)
{
	if (!name)
		return object;
	json_t *group = json_object_get(object, name);
	if (!group) {
		group = json_object();
		json_object_set_new(object, name, group);
	}
	return group;
}

static json_t *result_json(const struct result *r)
{
	json_t *object = json_object();
	char name[64];

	for (size_t i = 0; i < result_members_n; i++) {
		const struct member *m = &result_members[i];
		struct value v = result_value(r, i);
		if (!result_has(r, i))
			continue;
		json_t *group = group_of(object, m->group);
		if (v.reason) {
			json_object_set_new(group, m->name, json_null());
			snprintf(name, sizeof(name), "%s_reason", m->name);
			json_object_set_new(group, name, json_string(v.reason));
		} else {
			json_object_set_new(group, m->name,
					    v.text      ? json_string(v.text)
					    : v.is_flag ? json_boolean(v.number > 0)
							: json_of(v.number));
		}
	}
	if (target_mark(r->target))
		json_object_set_new(object, "marks", json_string(target_mark(r->target)));
	return object;
}

/* One object for one model; a list for several, or a line for each. */
static bool write_json(const struct result *results, size_t n, bool lines, struct out *o)
{
	json_t *all = json_array();
	bool fine = true;

	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, result_json(&results[i]));
	for (size_t i = 0; i < (lines ? n : 1); i++) {
		json_t *what = lines || n == 1 ? json_array_get(all, i) : all;
		char *text = json_dumps(what, lines ? JSON_COMPACT : JSON_INDENT(2));
		if (text) {
			out_puts(o, text);
			out_putc(o, '\n');
		}
		fine = fine && text;
		free(text);
	}
	json_decref(all);
	return fine;
}

/* --------------------------------------------------------------------- csv */

/* Every member as a column, group and name joined: tokens_visual. */
static bool write_csv(const struct result *results, size_t n, bool header, struct out *o)
{
	bool first = true;

	for (size_t i = 0; header && i < result_members_n; i++) {
		const struct member *m = &result_members[i];
		if (!result_is_column(&results[0], i))
			continue;
		out_printf(o, "%s%s%s%s", first ? "" : ",", m->group ? m->group : "",
			   m->group ? "_" : "", m->name);
		first = false;
	}
	out_puts(o, header ? "\n" : "");
	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < result_members_n; i++) {
			struct value v = result_value(&results[k], i);
			if (!result_is_column(&results[0], i))
				continue;
			out_puts(o, i ? "," : "");
			if (v.text)
				out_csv(o, v.text, strlen(v.text));
			else if (v.is_flag)
				out_puts(o, v.number > 0 ? "yes" : "no");
			else if (!v.reason)
				out_num(o, v.number);
		}
		out_putc(o, '\n');
	}
	return true;
}

/* --------------------------------------------------------------------- run */

static bool write_results(const struct result *results, size_t n, const struct options *opt,
			  struct out *o)
{
	enum format format = options_format(opt);

	switch (format) {
	case FORMAT_JSON:
	case FORMAT_JSONL:
		return write_json(results, n, format == FORMAT_JSONL, o);
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
		return write_csv(results, n, !opt->no_header, o);
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

/* With --all, processors and hosted models that have no checkpoint are left out. */
static bool estimate_all(struct work *w, const struct options *opt, struct vtok_error *err)
{
	struct input in = {0};
	struct setup s;
	const char *text = opt->inputs.n ? opt->inputs.items[0] : NULL;

	if (text && !input_read(text, strlen(text), &in, err))
		return error_at(err, text, 0);
	if (!setup_make(opt, &w->registry, &s, err))
		return false;
	if (text) {
		s.width = in.width;
		s.height = in.height;
		s.file_bytes = in.file_bytes;
		s.file_format = in.format;
	}
	for (size_t i = 0; i < w->targets.n; i++) {
		struct result *r = &w->results[w->results_n];
		r->target = &w->targets.list[i];
		r->price_usd = opt->price_usd;
		r->setup = s;
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
		if (w->results[i].e.count.refused)
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
	int code = VTOK_OK;
	if (!estimate_all(w, opt, &err))
		code = cli_fail(&err);
	else if (!write_results(w->results, w->results_n, opt, &o))
		code = VTOK_E_INPUT;
	if (code == VTOK_OK)
		code = out_finish(&o, any_refused(w) ? VTOK_E_INPUT : VTOK_OK);
	out_fini(&o);
	return code;
}

static int run_estimate(const struct options *opt)
{
	struct vtok_error err = {0};
	struct work w = {0};

	if (!cli_registry(opt, &w.registry, &err))
		return cli_fail(&err);
	int code = run_with(&w, opt);
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
	.details = "Without a size it is 1024x1024. Several models give one row each. A number "
		   "that is not "
		   "available is empty, in json null beside a member NAME_reason that says why.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_EVERY_MODEL | OPT_RULES | OPT_PRICE,
	.inputs = INPUTS_ONE,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_estimate,
};
