/* vtok strategies: the counting rules side by side, each with its formula, what it makes of one
 * size, how it grows with the pixels, and who counts by it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/strbuf.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/setup.h"
#include "cli/sheet.h"
#include "cli/target.h"
#include "core/usual.h"
#include "view/strategy_table.h"

/* clang-format off */
static const struct sheet_column columns[] = {
	{"strategy",      NULL,     false},
	{"logic",         NULL,     false},
	{"formula",       NULL,     false},
	{"tokens",        NULL,     true },
	{"tokens_half",   "half",   true },
	{"tokens_double", "double", true },
	{"growth",        NULL,     true },
	{"models",        NULL,     false},
};
/* clang-format on */

enum { WISHES_MOST = STRATEGY_ROWS };

static void add_tokens(struct sheet *s, const struct strategy_row *row, int64_t tokens)
{
	if (row->processor && tokens >= 0)
		sheet_int(s, tokens, NULL);
	else
		sheet_empty(s);
}

/* In a table one name and how many more there are; the others have room for all. */
static bool add_models(struct sheet *s, const struct registry *r, const struct strategy_row *row,
		       bool is_short)
{
	char text[128];
	struct strbuf all;

	if (is_short) {
		snprintf(text, sizeof(text), row->models > 1 ? "%s and %d more" : "%s", row->id,
			 row->models - 1);
		sheet_text(s, text);
		return true;
	}
	strbuf_init(&all);
	strategy_models(r, row, &all);
	bool fine = strbuf_ok(&all);
	sheet_text(s, strbuf_text(&all));
	strbuf_fini(&all);
	return fine;
}

static bool add_row(struct sheet *s, const struct registry *r, const struct strategy_row *row,
		    bool is_short)
{
	char room[UNIT_TEXT];

	sheet_text(s, row->words.name);
	sheet_text(s, row->words.logic);
	sheet_text(s, row->words.formula);
	add_tokens(s, row, row->at.now);
	add_tokens(s, row, row->at.half);
	add_tokens(s, row, row->at.twice);
	if (row->processor && row->at.has_growth)
		sheet_number(s, row->at.growth, strategy_growth(row, room));
	else
		sheet_empty(s);
	return add_models(s, r, row, is_short);
}

/* The inputs: names of strategies, and one size or file. */
struct asked {
	const char *only[STRATEGY_ROWS];
	size_t only_n;
	const char *size; /* NULL = the usual one */
};

static bool is_strategy(const char *word)
{
	struct strategy_words w;

	for (size_t i = 0; strategy_words(i, &w); i++)
		if (strcmp(w.name, word) == 0)
			return true;
	return false;
}

static bool sort_inputs(const struct options *opt, struct asked *out, struct vtok_error *err)
{
	*out = (struct asked){.size = NULL};
	for (size_t i = 0; i < opt->inputs.n; i++) {
		const char *word = opt->inputs.items[i];
		if (is_strategy(word)) {
			if (out->only_n < STRATEGY_ROWS)
				out->only[out->only_n++] = word;
		} else if (out->size) {
			return error_set(err, VTOK_E_USAGE,
					 "strategies: one size or file, got %s and %s", out->size,
					 word);
		} else {
			out->size = word;
		}
	}
	return true;
}

static bool is_asked(const struct asked *a, const char *name)
{
	for (size_t i = 0; i < a->only_n; i++)
		if (strcmp(a->only[i], name) == 0)
			return true;
	return !a->only_n;
}

static bool read_size(const struct asked *a, const struct targets *targets, struct input *in,
		      struct vtok_error *err)
{
	*in = (struct input){.width = USUAL_SIDE, .height = USUAL_SIDE};
	if (!a->size)
		return true;
	if (!input_read(a->size, strlen(a->size), in, err)) {
		error_at(err, a->size, 0);
		return false;
	}
	*in = input_seen(in, targets->list[0].turning.turns);
	return true;
}

static void fill(const struct options *opt, const struct registry *r, const struct targets *targets,
		 const struct input *in, struct strategy_table *out)
{
	struct strategy_wish wishes[WISHES_MOST];
	struct setup s;
	size_t n = 0;

	setup_numbers(opt, &s);
	for (; n < targets->n && n < WISHES_MOST; n++)
		wishes[n] = (struct strategy_wish){targets->list[n].name,
						   targets->list[n].processor, &s.knobs};
	strategy_table(r, wishes, n, s.lens, &s.knobs, in->width, in->height, out);
}

static int write_table(const struct options *opt, const struct registry *r, const struct asked *a,
		       const struct strategy_table *table)
{
	struct vtok_error err = {0};
	bool is_short = options_format(opt) == FORMAT_TABLE, fine = true;
	struct sheet s;
	struct out o;

	if (!out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	o.is_ascii = cli_ascii(opt);
	sheet_init(&s, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < table->n; i++)
		if (is_asked(a, table->row[i].words.name))
			fine &= add_row(&s, r, &table->row[i], is_short);
	if (!fine)
		s.failed = true;
	sheet_write(&s, options_format(opt), !opt->no_header, cli_color(opt), &o);
	int code = out_finish(&o, VTOK_OK);
	sheet_fini(&s);
	out_fini(&o);
	return code;
}

static int run_strategies(const struct options *opt)
{
	struct vtok_error err = {0};
	struct strategy_table table;
	struct targets targets = {0};
	struct asked asked;
	struct registry r;
	struct input in;
	int code = VTOK_OK;

	if (!sort_inputs(opt, &asked, &err) || !cli_registry(opt, &r, &err))
		return cli_fail(&err);
	if (!targets_init(&targets, opt, &r, &err) || !read_size(&asked, &targets, &in, &err)) {
		code = cli_fail(&err);
	} else {
		fill(opt, &r, &targets, &in, &table);
		code = write_table(opt, &r, &asked, &table);
	}
	targets_fini(&targets);
	registry_fini(&r);
	return code;
}

const struct command cmd_strategies = {
	.name = "strategies",
	.usage = "[-m MODEL]... [OPTION]... [STRATEGY]... [WxH|FILE]",
	.summary = "List the counting rules: formula, tokens, growth, models",
	.details =
		"Visual tokens of one image of that size (1024x1024 where none is given), of half "
		"and of double its sides, and the growth there: d log tokens / d log pixels.\n"
		"The numbers of a row are those of the first of its models; -m puts another there.",
	.options = OPT_COUNTING | OPT_RULES,
	.inputs = INPUTS_MANY,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_strategies,
};
