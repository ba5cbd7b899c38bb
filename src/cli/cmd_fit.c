/* vtok fit: the largest size that keeps a budget, one row per input and model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/fit_requests.h"
#include "cli/fit_rows.h"
#include "cli/fit_settings.h"
#include "cli/fit_write.h"
#include "cli/fitting.h"
#include "cli/input.h"
#include "cli/out.h"
#include "cli/records.h"
#include "cli/stream.h"
#include "core/fit.h"
#include "core/setting.h"
#include "registry/registry.h"

/* What the rows are made for. Read by all threads of the stream. */
struct job {
	struct fitting fitting;
	struct fit_rows rows;
	struct fit_write write;
	bool any_before; /* rows were written before the stream */
};

/* ---------------------------------------------------------------- one after the other */

static bool read_one(const char *text, size_t len, struct input *in, struct vtok_error *err)
{
	err->code = VTOK_OK;
	*in = (struct input){0};
	if (len > STREAM_LINE_MAX)
		return error_set(err, VTOK_E_INPUT, "longer than %d bytes", STREAM_LINE_MAX);
	return input_read_sized(text, len, in, err);
}

/* The picture of a row, where that is asked for; the row says where it could not be written. */
static void write_it(const struct job *j, const char *text, struct fitted *answer)
{
	struct vtok_error err = {0};

	if (!fit_write_is_asked(&j->write) || !fitting_is_held(answer) ||
	    fit_write_one(&j->write, text, &answer->row, &err))
		return;
	answer->row.fit.status = FIT_ERROR;
	answer->row.fit.best = (struct fit_size){0};
	str_format(answer->reason, sizeof(answer->reason), "%s", err.text);
	answer->row.reason = answer->reason;
}

/* All rows of one input. False if no size holds for one of them. */
static bool fit_one(const struct job *j, struct out *o, bool first, const char *text, size_t len)
{
	struct vtok_error err;
	struct input in;
	struct fitted answer;
	bool is_read = read_one(text, len, &in, &err), fine = true;

	for (size_t i = 0; i < j->fitting.targets.n; i++) {
		if (is_read)
			fitting_answer(&j->fitting, i, &in, text, len, &answer);
		else
			fitting_fault(&j->fitting, i, text, len, err.text, &answer);
		write_it(j, text, &answer);
		fit_rows_put(&j->rows, o, &answer.row, first && i == 0);
		fine = fine && fitting_is_held(&answer);
	}
	return fine;
}

static bool fit_line(const void *arg, struct out *o, bool first, char *line, size_t len)
{
	const struct job *j = arg;

	return fit_one(j, o, first && !j->any_before, line, len);
}

/* Notes and written files come in the order of the inputs. */
static int jobs_of(const struct options *o)
{
	return o->write_dir ? 1 : options_jobs(o);
}

static bool fit_stream(struct job *j, const struct options *opt, struct out *o, bool *any,
		       bool *fine, struct vtok_error *err)
{
	struct stream_work work = {.line = fit_line, .line_arg = j, .is_null = opt->null};
	struct stream_result result;

	j->any_before = *any;
	if (!stream_run(STDIN_FILENO, o, jobs_of(opt), &work, &result, err))
		return false;
	if (result.read_error)
		return error_set(err, VTOK_E_INPUT, "cannot read standard input: %s",
				 strerror(result.read_error));
	*any = *any || result.lines;
	*fine = *fine && !result.failed;
	return true;
}

static bool fit_each(struct job *j, const struct options *opt, struct out *o, bool *any,
		     struct vtok_error *err)
{
	bool fine = true;

	for (size_t i = 0; i < opt->inputs.n && !o->error && !err->code; i++) {
		const char *text = opt->inputs.items[i];

		if (strcmp(text, "-") == 0) {
			fit_stream(j, opt, o, any, &fine, err);
		} else {
			fine &= fit_one(j, o, !*any, text, strlen(text));
			*any = true;
		}
	}
	return fine;
}

/* ---------------------------------------------------------------- the common shapes */

/* clang-format off */
static const struct shape {
	const char *name;
	int64_t width, height;
} shapes[] = {
	{"1:1",         1,   1  },
	{"4:3",         4,   3  },
	{"3:4",         3,   4  },
	{"3:2",         3,   2  },
	{"2:3",         2,   3  },
	{"16:9",        16,  9  },
	{"9:16",        9,   16 },
	{"A4 upright",  210, 297},
	{"A4 turned",   297, 210},
};
/* clang-format on */

enum { SHAPES_SIDE = 8192 }; /* pixels of the longer side where no input says it */

static bool fit_shapes(struct job *j, const struct options *opt, struct out *o, bool *any,
		       struct vtok_error *err)
{
	const char *text = opt->inputs.n ? opt->inputs.items[0] : NULL;
	struct input in = {.width = SHAPES_SIDE, .height = SHAPES_SIDE, .orientation = 1};
	struct fitted answer;
	bool fine = true;

	if (text && !input_read(text, strlen(text), &in, err))
		return error_at(err, text, 0);
	int64_t longest = in.width > in.height ? in.width : in.height;
	for (size_t s = 0; s < ARRAY_SIZE(shapes); s++)
		for (size_t i = 0; i < j->fitting.targets.n; i++, *any = true) {
			struct input shape = {.orientation = 1};

			fit_scale(shapes[s].width, shapes[s].height, longest, &shape.width,
				  &shape.height);
			fitting_answer(&j->fitting, i, &shape, shapes[s].name,
				       strlen(shapes[s].name), &answer);
			fit_rows_put(&j->rows, o, &answer.row, !*any);
			fine = fine && fitting_is_held(&answer);
		}
	return fine;
}

/* ---------------------------------------------------------------- one side for all */

struct all {
	struct one {
		char *text;
		struct input in;
		char *fault;       /* NULL: it was read */
		enum detail level; /* for the model at hand */
		bool is_too_many;  /* of its sizes, for the model at hand */
	} * list;
	size_t n, room;
};

static bool add_one(struct all *a, const char *text, size_t len, struct vtok_error *err)
{
	struct vtok_error fault;

	if (a->n == a->room) {
		size_t room = a->room ? 2 * a->room : 64;
		struct one *list = realloc(a->list, room * sizeof(*list));
		if (!list)
			return error_memory(err);
		a->list = list;
		a->room = room;
	}
	struct one *new = &a->list[a->n];
	*new = (struct one){.text = strndup(text, len)};
	if (!new->text)
		return error_memory(err);
	a->n++;
	if (!read_one(text, len, &new->in, &fault) && !(new->fault = strdup(fault.text)))
		return error_memory(err);
	return true;
}

static bool read_all(struct all *a, const struct options *opt, struct vtok_error *err)
{
	struct records r = {.in = stdin, .is_null = opt->null};

	for (size_t i = 0; i < opt->inputs.n && !err->code; i++) {
		const char *text = opt->inputs.items[i];

		if (strcmp(text, "-") != 0) {
			add_one(a, text, strlen(text), err);
			continue;
		}
		while (!err->code && records_next(&r))
			add_one(a, r.text, r.len, err);
	}
	records_fini(&r);
	return !err->code;
}

/* The largest side that every input keeps, of those that keep one at all: lowered until none
 * objects. */
static int64_t common_side(const struct job *j, size_t target, struct all *a)
{
	int64_t side = SIDE_MAX, before = 0;

	for (size_t i = 0; i < a->n; i++)
		if (!a->list[i].fault)
			a->list[i].level = fitting_level(&j->fitting, target, &a->list[i].in);
	while (side != before) {
		before = side;
		for (size_t i = 0; i < a->n; i++) {
			struct one *one = &a->list[i];
			const struct input *in = &one->in;
			int64_t own = in->width > in->height ? in->width : in->height;
			int64_t k = one->fault ? 0
					       : fitting_longest(&j->fitting, target, in,
								 one->level, side);

			one->is_too_many = k < 0;
			if (k > 0 && k < (own < side ? own : side))
				side = k;
		}
	}
	return side;
}

static bool fit_common(struct job *j, const struct options *opt, struct out *o, bool *any,
		       struct vtok_error *err)
{
	struct all a = {0};
	struct fitted answer;
	bool fine = read_all(&a, opt, err);

	for (size_t t = 0; t < j->fitting.targets.n && !err->code; t++) {
		int64_t side = common_side(j, t, &a);

		for (size_t i = 0; i < a.n; i++, *any = true) {
			const struct one *at = &a.list[i];
			size_t len = strlen(at->text);

			if (at->fault || at->is_too_many)
				fitting_fault(&j->fitting, t, at->text, len,
					      at->fault ? at->fault : fit_too_many, &answer);
			else
				fitting_cut(&j->fitting, t, &at->in, at->text, len, side, &answer);
			write_it(j, at->text, &answer);
			fit_rows_put(&j->rows, o, &answer.row, !*any);
			fine = fine && fitting_is_held(&answer);
		}
	}
	for (size_t i = 0; i < a.n; i++) {
		free(a.list[i].text);
		free(a.list[i].fault);
	}
	free(a.list);
	return fine;
}

/* ---------------------------------------------------------------- settings in place of rows */

static bool settings_good(const struct options *o, size_t models, struct vtok_error *err)
{
	if (o->inputs.n == 1 && strcmp(o->inputs.items[0], "-") != 0 && models == 1 &&
	    !o->aspects && !o->common)
		return true;
	return error_set(err, VTOK_E_USAGE, "fit: --settings takes one input and one model");
}

/* The lines for the size that was found; where there is none, its row says why. */
static int fit_settings(const struct job *j, const struct options *opt, const struct registry *r,
			struct out *o)
{
	const char *text = opt->inputs.items[0];
	struct vtok_error err = {0};
	struct fit_engine which;
	struct fitted answer;
	struct input in;
	struct sheet s;

	if (!settings_good(opt, j->fitting.targets.n, &err) ||
	    !fit_engine_find(r, opt->settings, &which, &err))
		return cli_fail(&err);
	if (!read_one(text, strlen(text), &in, &err)) {
		error_at(&err, text, 0);
		return cli_fail(&err);
	}
	fitting_answer(&j->fitting, 0, &in, text, strlen(text), &answer);
	write_it(j, text, &answer);
	if (!fitting_is_held(&answer)) {
		error_set(&err, VTOK_E_INPUT, "%s: %s", text, answer.row.reason);
		return cli_fail(&err);
	}
	sheet_init(&s, fit_settings_columns, fit_settings_columns_n);
	fit_settings_add(&s, r, &which, j->fitting.setups[0].model->processor, answer.row.width,
			 answer.row.height,
			 setting_tokens(&j->fitting.setups[0], j->fitting.budgets,
					j->fitting.budgets_n, answer.row.fit.best.width,
					answer.row.fit.best.height));
	sheet_write(&s, options_format(opt), !opt->no_header, cli_color(opt), o);
	sheet_fini(&s);
	return out_finish(o, VTOK_OK);
}

/* ---------------------------------------------------------------- run */

static int fit_all(struct job *j, const struct options *opt, struct out *o)
{
	struct vtok_error err = {0};
	bool any = false, fine;

	fit_rows_begin(&j->rows, o);
	fine = opt->aspects  ? fit_shapes(j, opt, o, &any, &err)
	       : opt->common ? fit_common(j, opt, o, &any, &err)
			     : fit_each(j, opt, o, &any, &err);
	fit_rows_end(&j->rows, o, any);
	int code = out_finish(o, fine ? VTOK_OK : VTOK_E_INPUT);
	return err.code ? cli_fail(&err) : code;
}

static int run_fit(const struct options *opt)
{
	struct vtok_error err = {0};
	struct registry r;
	struct job j = {0};
	struct out o;
	int code;

	if (!opt->inputs.n && !opt->aspects && !opt->request) {
		error_set(&err, VTOK_E_USAGE,
			  "fit: no input; give WxH, a file, or - for standard input");
		return cli_fail(&err);
	}
	if (opt->aspects && (opt->common || opt->inputs.n > 1)) {
		error_set(&err, VTOK_E_USAGE,
			  "fit: --aspects takes one input at most, and no "
			  "--common");
		return cli_fail(&err);
	}
	if (opt->common && opt->upscale && !opt->request) {
		error_set(&err, VTOK_E_USAGE, "fit: --common takes no --upscale");
		return cli_fail(&err);
	}
	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	if (opt->request) {
		code = fit_requests(opt, &r);
		registry_fini(&r);
		return code;
	}
	if (!fitting_init(&j.fitting, opt, &r, &err) ||
	    !fit_write_init(&j.write, opt, &r, j.fitting.targets.n, &err)) {
		code = cli_fail(&err);
	} else if (!out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		code = cli_fail(&err);
	} else {
		o.is_ascii = cli_ascii(opt);
		j.rows = fit_rows_make(opt, &j.fitting.targets);
		code = opt->settings ? fit_settings(&j, opt, &r, &o) : fit_all(&j, opt, &o);
		out_fini(&o);
	}
	fitting_fini(&j.fitting);
	registry_fini(&r);
	return code;
}

const struct command cmd_fit = {
	.name = "fit",
	.usage = "[-m MODEL]... BUDGET... [OPTION]... WxH|FILE|-...",
	.summary = "Find the largest size that keeps a budget of tokens, time or memory",
	.details =
		"Writes one row for each input and model: the size of the same shape, no larger "
		"than "
		"the input, that gives the model the most pixels within every budget. - reads "
		"standard input, one input a line; --request has chat requests in place of inputs: "
		"their pictures get one limit of the longer side, with which the whole request "
		"keeps the budget. Exits with 1 if no size holds for one of them.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_EVERY_MODEL | OPT_RULES | OPT_ROWS | OPT_PRICE |
		   OPT_FIT | OPT_TRAFFIC | OPT_REQUEST | OPT_LISTS,
	.inputs = INPUTS_MANY,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_fit,
};
