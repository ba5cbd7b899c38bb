#include "cli/rows.h"

#include <stdio.h>

#include "base/base.h"
#include "base/quote.h"
#include "base/unit.h"
#include "cli/cli.h"

static const char *const columns[] = {
	"model",        "width",     "height",    "status", "visual_tokens", "special_tokens",
	"total_tokens", "resized_w", "resized_h", "tiles",  "error",         "input",
};

/* Most bytes a row of numbers needs, with a short text of the input. */
enum { ROW_BYTES = 512, ROW_TEXT = 128 };

/* In room or where it stands; NULL: there is none. */
static const char *error_of(const struct row *row, char room[REFUSAL_TEXT])
{
	if (!row->count)
		return row->error;
	return row->count->refused ? count_reason(row->count, room) : NULL;
}

/* The numbers in column order; has = 0: the cell is empty. */
struct numbers {
	int64_t width, height, visual, special, total, resized_w, resized_h, tiles;
	bool has_size, has_count, has_special;
};

static struct numbers numbers_of(const struct row *row)
{
	struct numbers n = {0};

	if (row->input) {
		n.has_size = true;
		n.width = row->input->width;
		n.height = row->input->height;
	}
	if (row->count && !row->count->refused) {
		n.has_count = true;
		n.has_special = row->count->has_special;
		n.visual = row->count->visual;
		n.special = row->count->special;
		n.total = row->count->total;
		n.resized_w = row->count->resized_w;
		n.resized_h = row->count->resized_h;
		n.tiles = row->count->tiles;
	}
	return n;
}

/* --------------------------------------------------------------------- csv */

static char *csv_number(char *p, bool has, int64_t n)
{
	if (has)
		p = out_digits(p, n);
	*p++ = ',';
	return p;
}

static char *csv_word(char *p, const char *word, size_t n)
{
	memcpy(p, word, n);
	return p + n;
}

static char *csv_counts(char *p, const struct count *c)
{
	bool has_size = c->resized_w > 0;

	p = csv_number(p, true, c->visual);
	p = csv_number(p, c->has_special, c->special);
	p = csv_number(p, c->has_special, c->total);
	p = csv_number(p, has_size, c->resized_w);
	p = csv_number(p, has_size, c->resized_h);
	return csv_number(p, c->tiles > 0, c->tiles);
}

static bool is_plain(const struct row *row)
{
	return (row->input && row->input->is_plain) || quote_is_plain(row->text, row->text_len);
}

/* The row of the stream: nearly all of its time goes here, so room is made once and filled through
 * a pointer. */
static void csv_put(const struct rows *r, struct out *o, const struct row *row)
{
	const struct target *t = row->target;
	char room[REFUSAL_TEXT];
	const char *error = error_of(row, room);

	if (!r->plain_names)
		out_csv(o, t->name, t->name_len);
	out_room(o, ROW_BYTES);
	char *p = o->data + o->used;
	if (r->plain_names) {
		memcpy(p, t->name,
		       sizeof(t->name)); /* a known size is quicker than the name's length */
		p += t->name_len;
	}
	*p++ = ',';
	p = csv_number(p, row->input, row->input ? row->input->width : 0);
	p = csv_number(p, row->input, row->input ? row->input->height : 0);
	p = error ? csv_word(p, "error,,,,,,,", 12) : csv_counts(csv_word(p, "ok,", 3), row->count);
	if (!error && row->text_len <= ROW_TEXT && is_plain(row)) {
		*p++ = ',';
		p = csv_word(p, row->text, row->text_len);
		*p++ = '\n';
		o->used = (size_t)(p - o->data);
		return;
	}
	o->used = (size_t)(p - o->data);
	if (error)
		out_csv(o, error, strlen(error));
	out_putc(o, ',');
	if (row->input && row->input->is_plain)
		out_add(o, row->text, row->text_len);
	else
		out_csv(o, row->text, row->text_len);
	out_putc(o, '\n');
}

/* -------------------------------------------------------------------- json */

static void json_number(struct out *o, const char *name, bool has, int64_t n)
{
	out_printf(o, ",\"%s\":", name);
	if (has)
		out_int(o, n);
	else
		out_puts(o, "null");
}

static void json_put(struct out *o, const struct row *row)
{
	struct numbers n = numbers_of(row);
	char room[REFUSAL_TEXT];
	const char *error = error_of(row, room);

	out_puts(o, "{\"model\":");
	out_json(o, row->target->name, row->target->name_len);
	json_number(o, "width", n.has_size, n.width);
	json_number(o, "height", n.has_size, n.height);
	out_puts(o, error ? ",\"status\":\"error\"" : ",\"status\":\"ok\"");
	json_number(o, "visual_tokens", n.has_count, n.visual);
	json_number(o, "special_tokens", n.has_special, n.special);
	json_number(o, "total_tokens", n.has_special, n.total);
	json_number(o, "resized_w", n.resized_w > 0, n.resized_w);
	json_number(o, "resized_h", n.resized_w > 0, n.resized_h);
	json_number(o, "tiles", n.tiles > 0, n.tiles);
	out_puts(o, ",\"error\":");
	if (error)
		out_json(o, error, strlen(error));
	else
		out_puts(o, "null");
	out_puts(o, ",\"input\":");
	out_json(o, row->text, row->text_len);
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

static void md_number(struct out *o, bool has, int64_t n)
{
	out_puts(o, " | ");
	if (has)
		out_int(o, n);
}

static void md_put(struct out *o, const struct row *row)
{
	struct numbers n = numbers_of(row);
	char room[REFUSAL_TEXT];
	const char *error = error_of(row, room);

	out_puts(o, "| ");
	out_md(o, row->target->name, row->target->name_len);
	md_number(o, n.has_size, n.width);
	md_number(o, n.has_size, n.height);
	out_puts(o, error ? " | error" : " | ok");
	md_number(o, n.has_count, n.visual);
	md_number(o, n.has_special, n.special);
	md_number(o, n.has_special, n.total);
	md_number(o, n.resized_w > 0, n.resized_w);
	md_number(o, n.resized_w > 0, n.resized_h);
	md_number(o, n.tiles > 0, n.tiles);
	out_puts(o, " | ");
	if (error)
		out_md(o, error, strlen(error));
	out_puts(o, " | ");
	out_md(o, row->text, row->text_len);
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

static void table_number(struct out *o, int width, bool has, int64_t n)
{
	char text[UNIT_TEXT] = "";

	if (has)
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
	if (row->input && row->input->orientation >= 5)
		out_printf(o, "  [stored %lldx%lld, turned by EXIF]",
			   (long long)row->input->stored_w, (long long)row->input->stored_h);
	if (row->target->processor->runtime_reason)
		out_printf(o, "  [%s]", row->target->processor->runtime_reason);
}

static void table_put(const struct rows *r, struct out *o, const struct row *row)
{
	struct numbers n = numbers_of(row);
	char room[REFUSAL_TEXT];
	const char *error = error_of(row, room);
	int i = 0;

	out_add(o, row->target->name, row->target->name_len);
	out_printf(o, "%*s", r->model_columns - (int)row->target->name_len, "");
	table_size(o, table_columns[i++].width, n.width, n.height);
	if (error) {
		out_printf(o, "  %serror: %s%s", r->color ? "\033[31m" : "", error,
			   r->color ? "\033[0m" : "");
	} else {
		table_number(o, table_columns[i++].width, n.has_count, n.visual);
		table_number(o, table_columns[i++].width, n.has_special, n.special);
		table_number(o, table_columns[i++].width, n.has_special, n.total);
		table_size(o, table_columns[i++].width, n.resized_w, n.resized_h);
		table_number(o, table_columns[i++].width, n.tiles > 0, n.tiles);
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
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		out_printf(o, "%s%s", is_md ? (i ? " | " : "| ") : i ? "," : "", columns[i]);
	out_puts(o, is_md ? " |\n" : "\n");
	for (size_t i = 0; is_md && i < ARRAY_SIZE(columns); i++)
		out_puts(o, i ? " --- |" : "| --- |");
	if (is_md)
		out_putc(o, '\n');
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
		md_put(o, row);
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
