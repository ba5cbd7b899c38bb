#include "cli/rows.h"

#include <assert.h>
#include <stdio.h>

#include "base/base.h"
#include "base/quote.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "state/knobs.h"

enum column {
	COLUMN_MODEL,
	COLUMN_WIDTH,
	COLUMN_HEIGHT,
	COLUMN_STATUS,
	COLUMN_COUNTS, /* as rows_counts orders them */
	COLUMN_ERROR = COLUMN_COUNTS + ROWS_COUNTS,
	COLUMN_INPUT,
	COLUMN_STORED_W, /* of a file that somebody would turn; not always shown */
	COLUMN_STORED_H,
	COLUMN_TURNED_BY,
	COLUMN_N,
	COLUMN_USUAL_N = COLUMN_STORED_W
};

static const char *const columns[] = {
	[COLUMN_MODEL] = "model",
	[COLUMN_WIDTH] = "width",
	[COLUMN_HEIGHT] = "height",
	[COLUMN_STATUS] = "status",
	[COLUMN_COUNTS + ROWS_VISUAL] = "visual_tokens",
	[COLUMN_COUNTS + ROWS_SPECIAL] = "special_tokens",
	[COLUMN_COUNTS + ROWS_TOTAL] = "total_tokens",
	[COLUMN_COUNTS + ROWS_RESIZED_W] = "resized_w",
	[COLUMN_COUNTS + ROWS_RESIZED_H] = "resized_h",
	[COLUMN_COUNTS + ROWS_TILES] = "tiles",
	[COLUMN_ERROR] = "error",
	[COLUMN_INPUT] = "input",
	[COLUMN_STORED_W] = "stored_w",
	[COLUMN_STORED_H] = "stored_h",
	[COLUMN_TURNED_BY] = "turned_by",
};
static_assert(ARRAY_SIZE(columns) == COLUMN_N, "a name for every column");

/* Most bytes a row of numbers needs, with a short text of the input. */
enum { ROW_BYTES = 512, ROW_TEXT = 128 };

/* What stands in a column: a text, or where that is NULL a number, ROWS_EMPTY for none. */
struct cell {
	const char *text;
	size_t len;
	int64_t number;
};

/* Of csv and md, where every row has the same ones. */
static int columns_n(const struct rows *r)
{
	return r->is_oriented ? COLUMN_N : COLUMN_USUAL_N;
}

static bool is_lying(const struct row *row)
{
	return row->input && row->input->orientation >= 5;
}

static void orientation_cells(const struct row *row, struct cell cells[COLUMN_N])
{
	const char *by = orientation_turner(&row->target->turning);

	cells[COLUMN_STORED_W].number = row->input->stored_w;
	cells[COLUMN_STORED_H].number = row->input->stored_h;
	if (by)
		cells[COLUMN_TURNED_BY] = (struct cell){.text = by, .len = strlen(by)};
}

/* The one place that knows what a row has in which column. Sentences are made in room. True if
 * there is a count. */
static bool cells_of(const struct row *row, char room[REFUSAL_TEXT], struct cell cells[COLUMN_N])
{
	const struct count *c = row->count && !row->count->refused ? row->count : NULL;
	const struct target *t = row->target;
	int64_t counts[ROWS_COUNTS];

	for (int i = 0; i < COLUMN_N; i++)
		cells[i] = (struct cell){.number = ROWS_EMPTY};
	cells[COLUMN_MODEL] = (struct cell){.text = t->name, .len = t->name_len};
	cells[COLUMN_INPUT] = (struct cell){.text = row->text, .len = row->text_len};
	if (row->input) {
		cells[COLUMN_WIDTH].number = row->input->width;
		cells[COLUMN_HEIGHT].number = row->input->height;
	}
	if (is_lying(row))
		orientation_cells(row, cells);
	if (c) {
		rows_counts(c, counts);
		for (int i = 0; i < ROWS_COUNTS; i++)
			cells[COLUMN_COUNTS + i].number = counts[i];
		cells[COLUMN_STATUS] = (struct cell){.text = "ok", .len = 2};
		return true;
	}
	cells[COLUMN_STATUS] = (struct cell){.text = "error", .len = 5};
	cells[COLUMN_ERROR].text = row->count ? room : row->error;
	cells[COLUMN_ERROR].len =
		row->count ? refusal_write(row->count->refused, &row->count->facts, room)
			   : strlen(row->error);
	return false;
}

/* --------------------------------------------------------------------- csv */

static char *csv_word(char *p, const char *word, size_t n)
{
	memcpy(p, word, n);
	return p + n;
}

static bool is_plain(const struct row *row)
{
	return (row->input && row->input->is_plain) || quote_is_plain(row->text, row->text_len);
}

/* The numbers and the status, for which room is made once. */
static void csv_middle(struct out *o, const struct cell cells[COLUMN_N])
{
	out_room(o, ROW_BYTES);
	char *p = o->data + o->used;

	*p++ = ',';
	for (int i = COLUMN_WIDTH; i < COLUMN_ERROR; i++) {
		if (i != COLUMN_STATUS) {
			p = rows_csv_number(p, cells[i].number);
			continue;
		}
		p = csv_word(p, cells[i].text, cells[i].len);
		*p++ = ',';
	}
	o->used = (size_t)(p - o->data);
}

static void csv_put(const struct rows *r, struct out *o, const struct row *row)
{
	struct cell cells[COLUMN_N];
	char room[REFUSAL_TEXT];

	cells_of(row, room, cells);
	if (r->plain_names)
		out_add(o, row->target->name, row->target->name_len);
	else
		out_csv(o, row->target->name, row->target->name_len);
	csv_middle(o, cells);
	if (cells[COLUMN_ERROR].text)
		out_csv(o, cells[COLUMN_ERROR].text, cells[COLUMN_ERROR].len);
	out_putc(o, ',');
	if (is_plain(row))
		out_add(o, row->text, row->text_len);
	else
		out_csv(o, row->text, row->text_len);
	for (int i = COLUMN_USUAL_N; i < columns_n(r); i++) {
		out_putc(o, ',');
		if (cells[i].text)
			out_csv(o, cells[i].text, cells[i].len);
		else if (cells[i].number != ROWS_EMPTY)
			out_int(o, cells[i].number);
	}
	out_putc(o, '\n');
}

/* -------------------------------------------------------------------- json */

static void json_put(struct out *o, const struct row *row)
{
	struct cell cells[COLUMN_N];
	char room[REFUSAL_TEXT];

	cells_of(row, room, cells);
	for (int i = 0; i < (is_lying(row) ? COLUMN_N : COLUMN_USUAL_N); i++) {
		out_printf(o, "%s\"%s\":", i ? "," : "{", columns[i]);
		if (cells[i].text)
			out_json(o, cells[i].text, cells[i].len);
		else if (cells[i].number != ROWS_EMPTY)
			out_int(o, cells[i].number);
		else
			out_puts(o, "null");
	}
	if (row->count && row->count->approximate)
		out_puts(o, ",\"approximate\":true");
	const char *reason = row->target->processor->runtime_reason;
	if (reason) {
		out_puts(o, ",\"runtime_reason\":");
		out_json(o, reason, strlen(reason));
	}
	out_putc(o, '}');
}

/* ---------------------------------------------------------------- markdown */

static void md_put(const struct rows *r, struct out *o, const struct row *row)
{
	struct cell cells[COLUMN_N];
	char room[REFUSAL_TEXT];

	cells_of(row, room, cells);
	for (int i = 0; i < columns_n(r); i++) {
		out_puts(o, i ? " | " : "| ");
		if (cells[i].text)
			out_md(o, cells[i].text, cells[i].len);
		else if (cells[i].number != ROWS_EMPTY)
			out_int(o, cells[i].number);
	}
	out_puts(o, " |\n");
}

/* ------------------------------------------------------------------- table */

/* clang-format off */
static const struct {
	const char *title;
	int width;
} table_columns[] = {
	{"size",    13},
	{"visual",  9 },
	{"special", 8 },
	{"total",   9 },
	{"resized", 13},
	{"tiles",   6 },
};
/* clang-format on */

static void table_size(struct out *o, int width, int64_t w, int64_t h)
{
	char text[2 * OUT_INT_MAX] = "";

	if (w > 0)
		snprintf(text, sizeof(text), "%lldx%lld", (long long)w, (long long)h);
	out_printf(o, "  %*s", width, text);
}

static void table_number(struct out *o, int width, int64_t n)
{
	char text[UNIT_TEXT] = "";

	if (n != ROWS_EMPTY)
		unit_grouped(text, n);
	out_printf(o, "  %*s", width, text);
}

/* What is worth knowing behind the numbers: marks, and a size that EXIF has turned. */
static void table_notes(const struct rows *r, struct out *o, const struct row *row)
{
	const char *mark = target_mark(row->target);

	if (row->count && mark)
		out_printf(o, "  %s[%s]%s", r->color ? "\033[33m" : "", mark,
			   r->color ? "\033[0m" : "");
	if (is_lying(row))
		out_printf(o, "  [stored %lldx%lld, %s %s]", (long long)row->input->stored_w,
			   (long long)row->input->stored_h, orientation_verb(&row->target->turning),
			   row->target->turning.who);
	if (row->target->processor->runtime_reason)
		out_printf(o, "  [%s]", row->target->processor->runtime_reason);
}

static void table_put(const struct rows *r, struct out *o, const struct row *row)
{
	struct cell cells[COLUMN_N];
	char room[REFUSAL_TEXT];
	const struct cell *counts = cells + COLUMN_COUNTS;
	bool is_counted = cells_of(row, room, cells);
	int i = 0;

	out_add(o, row->target->name, row->target->name_len);
	out_printf(o, "%*s", r->model_columns - (int)row->target->name_len, "");
	table_size(o, table_columns[i++].width, cells[COLUMN_WIDTH].number,
		   cells[COLUMN_HEIGHT].number);
	if (!is_counted) {
		out_printf(o, "  %serror: %s%s", r->color ? "\033[31m" : "",
			   cells[COLUMN_ERROR].text, r->color ? "\033[0m" : "");
	} else {
		table_number(o, table_columns[i++].width, counts[ROWS_VISUAL].number);
		table_number(o, table_columns[i++].width, counts[ROWS_SPECIAL].number);
		table_number(o, table_columns[i++].width, counts[ROWS_TOTAL].number);
		table_size(o, table_columns[i++].width, counts[ROWS_RESIZED_W].number,
			   counts[ROWS_RESIZED_H].number);
		table_number(o, table_columns[i++].width, counts[ROWS_TILES].number);
	}
	out_puts(o, "  ");
	out_text(o, row->text, row->text_len);
	table_notes(r, o, row);
	out_putc(o, '\n');
}

static void table_begin(const struct rows *r, struct out *o)
{
	out_printf(o, "%s%-*s", r->color ? "\033[1m" : "", r->model_columns, "model");
	for (size_t i = 0; i < ARRAY_SIZE(table_columns); i++)
		out_printf(o, "  %*s", table_columns[i].width, table_columns[i].title);
	out_printf(o, "  input%s\n", r->color ? "\033[0m" : "");
}

/* ------------------------------------------------------------------ public */

struct rows rows_make(const struct options *o, const struct targets *targets)
{
	struct rows r = {
		.format = options_format(o), .header = !o->no_header, .color = cli_color(o)};

	r.is_oriented = options_given(o, knob_specs[KNOB_ORIENTATION].name);

	r.model_columns = 5;
	r.plain_names = true;
	for (size_t i = 0; i < targets->n; i++) {
		const struct target *t = &targets->list[i];
		if ((int)t->name_len > r.model_columns)
			r.model_columns = (int)t->name_len;
		r.plain_names = r.plain_names && quote_is_plain(t->name, t->name_len);
	}
	return r;
}

void rows_begin(const struct rows *r, struct out *o)
{
	if (r->format == FORMAT_JSON) {
		out_puts(o, "[\n");
		return;
	}
	if (r->format == FORMAT_TABLE && r->header)
		table_begin(r, o);
	bool is_md = r->format == FORMAT_MD;
	if (!is_md && (r->format != FORMAT_CSV || !r->header))
		return;
	out_head(o, is_md, columns, columns_n(r));
}

void rows_put(const struct rows *r, struct out *o, const struct row *row, bool first)
{
	switch (r->format) {
	case FORMAT_JSON:
		if (!first)
			out_puts(o, ",\n");
		json_put(o, row);
		break;
	case FORMAT_JSONL:
		json_put(o, row);
		out_putc(o, '\n');
		break;
	case FORMAT_MD:
		md_put(r, o, row);
		break;
	case FORMAT_TABLE:
		table_put(r, o, row);
		break;
	case FORMAT_AUTO:
	case FORMAT_CSV:
	case FORMAT_TEXT:
	case FORMAT_SVG:
	case FORMAT_N:
		csv_put(r, o, row);
		break;
	}
}

void rows_end(const struct rows *r, struct out *o, bool any)
{
	if (r->format == FORMAT_JSON)
		out_puts(o, any ? "\n]\n" : "]\n");
}
