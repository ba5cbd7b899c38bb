/* vtok check: whether a server, as it is started, takes what a client sends; one row a rule. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/check_requests.h"
#include "cli/check_rows.h"
#include "cli/checking.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/records.h"
#include "cli/sheet.h"

struct job {
	struct checking *checking;
	const struct registry *registry;
	struct sheet sheet;
	struct limit_image images[CHECK_IMAGES_MOST];
	bool is_strict;
	bool failed; /* a verdict that the exit code tells, or an input that cannot be read */
};

/* ------------------------------------------------------------ rows */

static void add_number(struct sheet *s, double v)
{
	char text[UNIT_TEXT];

	if (isnan(v))
		sheet_empty(s);
	else if (v == floor(v) && fabs(v) < 9e15)
		sheet_int(s, (int64_t)v, unit_grouped(text, (int64_t)v));
	else
		sheet_number(s, v, NULL);
}

/* What one rule says, or that none is about it. */
static void add_row(struct job *j, const char *input, const struct limit_row *row,
		    const struct limit_case *c)
{
	struct sheet *s = &j->sheet;
	struct check_row r;

	check_row_make(input, row, c, &r);
	sheet_text(s, r.input);
	sheet_text(s, r.rule);
	sheet_text(s, r.verdict);
	add_number(s, r.value);
	add_number(s, r.bound);
	sheet_text(s, r.unit);
	sheet_text(s, r.since);
	sheet_text(s, r.until);
	sheet_text(s, r.remedy);
	sheet_text(s, r.source);
}

/* The rules on n different pictures, of one request. */
static void judge(struct job *j, const char *input, size_t n)
{
	struct limit_case c = j->checking->judged;
	struct limit_row rows[LIMIT_ROWS];

	c.images = j->images;
	c.images_n = n;
	size_t found = limit_rows(j->registry->limits, j->registry->limits_n, &c, rows);

	for (size_t i = 0; i < found; i++) {
		add_row(j, input, &rows[i], &c);
		j->failed |= check_row_fails(rows[i].verdict, j->is_strict);
	}
	if (found == 0)
		add_row(j, input, NULL, &c);
}

/* ------------------------------------------------------------ inputs */

static void check_one(struct job *j, const char *text, size_t len)
{
	struct vtok_error err = {0};
	int64_t images = j->checking->setup.images;
	size_t n = images == 0 ? 0
			       : checking_images(j->checking, text, len, images, j->images,
						 CHECK_IMAGES_MOST, &err);

	if (n > 0 || images == 0) { /* text alone is judged too */
		judge(j, text, n);
		return;
	}
	cli_note("%.200s%s%s", text, *text ? ": " : "", err.text);
	j->failed = true;
}

static bool check_stream(struct job *j, bool is_null, struct vtok_error *err)
{
	struct records r = {.in = stdin, .is_null = is_null};

	errno = 0;
	while (records_next(&r))
		check_one(j, r.text, r.len);
	bool fine = !ferror(stdin) ||
		    error_set(err, VTOK_E_INPUT, "cannot read standard input: %s", strerror(errno));

	records_fini(&r);
	return fine;
}

/* All inputs as the pictures of one request. */
static bool check_sum(struct job *j, const struct text_list *inputs, struct vtok_error *err)
{
	char name[64];
	int64_t images = 0;
	size_t n = 0;

	for (size_t i = 0; i < inputs->n; i++) {
		const char *text = inputs->items[i];

		if (strcmp(text, "-") == 0)
			return error_set(err, VTOK_E_USAGE,
					 "check: --sum takes its inputs from the command line");
		if (n + 1 >= CHECK_IMAGES_MOST)
			return error_set(err, VTOK_E_USAGE, "check: more than %d pictures",
					 CHECK_IMAGES_MOST);
		struct limit_image *at = &j->images[n];
		/* tokens of one text may be several pictures: into the room that is left */
		size_t found = checking_images(j->checking, text, strlen(text), (int64_t)inputs->n,
					       at, CHECK_IMAGES_MOST - n, err);
		if (found == 0)
			return error_at(err, text, 0);
		for (size_t k = 0; k < found; k++) {
			at[k].many = 1;
			images++;
		}
		n += found;
	}
	judge(j, str_format(name, sizeof(name), "sum of %lld", (long long)images), n);
	return true;
}

static bool check_all(struct job *j, const struct options *o, struct vtok_error *err)
{
	if (!o->inputs.n) {
		judge(j, "", 0);
		return true;
	}
	if (o->sum)
		return check_sum(j, &o->inputs, err);
	for (size_t i = 0; i < o->inputs.n; i++) {
		const char *text = o->inputs.items[i];

		if (strcmp(text, "-") != 0)
			check_one(j, text, strlen(text));
		else if (!check_stream(j, o->null, err))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ run */

static int write_rows(struct job *j, const struct options *opt)
{
	struct vtok_error err = {0};
	struct out o;
	int code;

	if (!out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	o.is_ascii = cli_ascii(opt);
	sheet_write(&j->sheet, options_format(opt), !opt->no_header, cli_color(opt), &o);
	code = out_finish(&o, j->failed ? VTOK_E_INPUT : VTOK_OK);
	out_fini(&o);
	return code;
}

static int check_inputs(const struct options *opt, struct registry *r)
{
	struct vtok_error err = {0};
	struct checking c = {0};
	struct job *j = calloc(1, sizeof(*j));

	if (!j) {
		error_memory(&err);
	} else if (checking_init(&c, opt, r, &err)) {
		j->checking = &c;
		j->registry = r;
		j->is_strict = opt->strict;
		sheet_init(&j->sheet, check_columns, check_columns_n);
		checking_notes(&c);
		check_all(j, opt, &err);
	}
	int code = err.code ? cli_fail(&err) : write_rows(j, opt);

	if (j && j->checking)
		sheet_fini(&j->sheet);
	free(j);
	checking_fini(&c);
	return code;
}

static int run_check(const struct options *opt)
{
	struct vtok_error err = {0};
	struct registry r;

	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	int code = opt->request ? check_requests(opt, &r) : check_inputs(opt, &r);

	registry_fini(&r);
	return code;
}

const struct command cmd_check = {
	.name = "check",
	.usage = "-m MODEL --engine ENGINE[@VERSION] [OPTION]... [INPUT]...",
	.summary = "Tell what a server does to a request: refuses, crashes, hangs, cuts",
	.details =
		"Writes one row for each input and rule that is about it, worst first. An input is "
		"WxH, a file, V=N or T=N (tokens in place of a size, of several pictures with "
		"commas), or - for standard input; without one the server alone is judged; "
		"--request has whole requests in its place. For a "
		"closed model the vendor's limits are the rules. "
		"Exits with 1 if something fails to start, crashes, hangs, is rejected, truncated "
		"or "
		"shrunk; with --strict also if anything else is not ok.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_RULES | OPT_SUM | OPT_LIMITS | OPT_REQUEST |
		   OPT_LISTS,
	.inputs = INPUTS_MANY,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_check,
};
