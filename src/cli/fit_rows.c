#include "cli/fit_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/unit.h"
#include "cli/cli.h"

enum column {
	MODEL,
	INPUT,
	WIDTH,
	HEIGHT,
	FIT_WIDTH,
	FIT_HEIGHT,
	TOKENS,
	DETAIL,
	EFFECTIVE,
	KEPT,
	BOUND_BY,
	NEXT_WIDTH,
	NEXT_HEIGHT,
	NEXT_TOKENS,
	STATUS,
	REASON,
	COLUMNS
};

static const char *const names[] = {
	[MODEL] = "model",
	[INPUT] = "input",
	[WIDTH] = "width",
	[HEIGHT] = "height",
	[FIT_WIDTH] = "fit_width",
	[FIT_HEIGHT] = "fit_height",
	[TOKENS] = "tokens",
	[DETAIL] = "detail",
	[EFFECTIVE] = "effective_pixels",
	[KEPT] = "kept_share",
	[BOUND_BY] = "bound_by",
	[NEXT_WIDTH] = "next_width",
	[NEXT_HEIGHT] = "next_height",
	[NEXT_TOKENS] = "next_tokens",
	[STATUS] = "status",
	[REASON] = "reason",
};
static_assert(ARRAY_SIZE(names) == COLUMNS, "a name for every column");

/* One value: a text, a number, or nothing. */
struct field {
	const char *text;
	size_t len;
	bool is_number;
	double number;
};

double fit_row_kept(const struct fit *f)
{
	return f->best.width > 0 && f->whole > 0 ? (double)f->best.effective / (double)f->whole
						 : -1;
}

static struct field text(const char *s, size_t len)
{
	return (struct field){.text = s, .len = len};
}

static struct field word(const char *s)
{
	return s ? text(s, strlen(s)) : (struct field){0};
}

static struct field number(bool has, double v)
{
	return (struct field){.is_number = has, .number = v};
}

static struct field field_of(const struct fit_row *row, enum column c)
{
	const struct fit *f = &row->fit;
	bool fits = f->best.width > 0, has_next = f->next.width > 0;

	switch (c) {
	case MODEL:
		return text(row->target->name, row->target->name_len);
	case INPUT:
		return text(row->text, row->text_len);
	case WIDTH:
		return number(row->width > 0, (double)row->width);
	case HEIGHT:
		return number(row->width > 0, (double)row->height);
	case FIT_WIDTH:
		return number(fits, (double)f->best.width);
	case FIT_HEIGHT:
		return number(fits, (double)f->best.height);
	case TOKENS:
		return number(fits, (double)f->best.tokens);
	case DETAIL:
		return word(row->detail);
	case EFFECTIVE:
		return number(fits, (double)f->best.effective);
	case KEPT:
		return number(fit_row_kept(f) >= 0, fit_row_kept(f));
	case BOUND_BY:
		return word(row->bound_by);
	case NEXT_WIDTH:
		return number(has_next, (double)f->next.width);
	case NEXT_HEIGHT:
		return number(has_next, (double)f->next.height);
	case NEXT_TOKENS:
		return number(has_next, (double)f->next.tokens);
	case STATUS:
		return word(fit_status_word(f->status));
	case REASON:
		return word(row->reason);
	case COLUMNS:
		break;
	}
	return (struct field){0};
}

/* ---------------------------------------------------------------- for programs */

static void put_csv(struct out *o, const struct fit_row *row)
{
	for (enum column c = 0; c < COLUMNS; c++) {
		struct field f = field_of(row, c);

		if (f.text)
			out_csv(o, f.text, f.len);
		else if (f.is_number)
			out_num(o, f.number);
		out_putc(o, c + 1 < COLUMNS ? ',' : '\n');
	}
}

static void put_json(struct out *o, const struct fit_row *row)
{
	for (enum column c = 0; c < COLUMNS; c++) {
		struct field f = field_of(row, c);

		out_printf(o, "%s\"%s\":", c ? "," : "{", names[c]);
		if (f.text)
			out_json(o, f.text, f.len);
		else if (f.is_number)
			out_num(o, f.number);
		else
			out_puts(o, "null");
	}
	out_putc(o, '}');
}

static void put_md(struct out *o, const struct fit_row *row)
{
	for (enum column c = 0; c < COLUMNS; c++) {
		struct field f = field_of(row, c);

		out_puts(o, c ? " | " : "| ");
		if (f.text)
			out_md(o, f.text, f.len);
		else if (f.is_number)
			out_num(o, f.number);
	}
	out_puts(o, " |\n");
}

/* ---------------------------------------------------------------- for people */

/* clang-format off */
static const struct {
	const char *title;
	int width;
} table_columns[] = {
	{"size",   13},
	{"fits",   13},
	{"tokens",  9},
	{"kept",    7},
	{"next",   13},
	{"tokens",  9},
};
/* clang-format on */

static void table_cell(struct out *o, int i, const char *text)
{
	out_printf(o, "  %*s", table_columns[i].width, text);
}

static void table_size(struct out *o, int i, int64_t w, int64_t h)
{
	char text[2 * OUT_INT_MAX] = "";

	if (w > 0)
		snprintf(text, sizeof(text), "%lldx%lld", (long long)w, (long long)h);
	table_cell(o, i, text);
}

static void table_number(struct out *o, int i, bool has, int64_t n)
{
	char text[UNIT_TEXT] = "";

	table_cell(o, i, has ? unit_grouped(text, n) : text);
}

static void put_table(const struct fit_rows *r, struct out *o, const struct fit_row *row)
{
	const struct fit *f = &row->fit;
	bool is_bad = f->status == FIT_NONE || f->status == FIT_NO_CHOICE || f->status == FIT_ERROR;
	char kept[UNIT_TEXT] = "";

	out_add(o, row->target->name, row->target->name_len);
	out_printf(o, "%*s", r->model_columns - (int)row->target->name_len, "");
	table_size(o, 0, row->width, row->height);
	table_size(o, 1, f->best.width, f->best.height);
	table_number(o, 2, f->best.width > 0, f->best.tokens);
	if (fit_row_kept(f) >= 0)
		unit_text(kept, UNIT_SHARE, fit_row_kept(f));
	table_cell(o, 3, kept);
	table_size(o, 4, f->next.width, f->next.height);
	table_number(o, 5, f->next.width > 0, f->next.tokens);
	out_printf(o, "  %s%-9s%s  ", is_bad && r->color ? "\033[31m" : "",
		   fit_status_word(f->status), is_bad && r->color ? "\033[0m" : "");
	out_text(o, row->text, row->text_len);
	if (row->detail)
		out_printf(o, "  [detail %s]", row->detail);
	if (row->reason) {
		out_puts(o, "  ");
		out_text(o, row->reason, strlen(row->reason));
	}
	out_putc(o, '\n');
}

static void begin_table(const struct fit_rows *r, struct out *o)
{
	out_printf(o, "%s%-*s", r->color ? "\033[1m" : "", r->model_columns, "model");
	for (size_t i = 0; i < ARRAY_SIZE(table_columns); i++)
		out_printf(o, "  %*s", table_columns[i].width, table_columns[i].title);
	out_printf(o, "  %-9s  input%s\n", "status", r->color ? "\033[0m" : "");
}

/* ---------------------------------------------------------------- public */

struct fit_rows fit_rows_make(const struct options *o, const struct targets *targets)
{
	struct fit_rows r = {.format = options_format(o),
			     .header = !o->no_header,
			     .color = cli_color(o),
			     .model_columns = 5};

	for (size_t i = 0; i < targets->n; i++)
		if ((int)targets->list[i].name_len > r.model_columns)
			r.model_columns = (int)targets->list[i].name_len;
	return r;
}

void fit_rows_begin(const struct fit_rows *r, struct out *o)
{
	bool is_md = r->format == FORMAT_MD;

	if (r->format == FORMAT_JSON)
		out_puts(o, "[\n");
	if (r->format == FORMAT_TABLE && r->header)
		begin_table(r, o);
	if (!is_md && (r->format != FORMAT_CSV || !r->header))
		return;
	out_head(o, is_md, names, COLUMNS);
}

void fit_rows_put(const struct fit_rows *r, struct out *o, const struct fit_row *row, bool first)
{
	switch (r->format) {
	case FORMAT_JSON:
		if (!first)
			out_puts(o, ",\n");
		put_json(o, row);
		break;
	case FORMAT_JSONL:
		put_json(o, row);
		out_putc(o, '\n');
		break;
	case FORMAT_MD:
		put_md(o, row);
		break;
	case FORMAT_TABLE:
		put_table(r, o, row);
		break;
	case FORMAT_AUTO:
	case FORMAT_CSV:
	case FORMAT_TEXT:
	case FORMAT_SVG:
	case FORMAT_N:
		put_csv(o, row);
		break;
	}
}

void fit_rows_end(const struct fit_rows *r, struct out *o, bool any)
{
	if (r->format == FORMAT_JSON)
		out_puts(o, any ? "\n]\n" : "]\n");
}
