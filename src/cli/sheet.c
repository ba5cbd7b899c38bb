#include "cli/sheet.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/unit.h"
#include "base/utf8.h"

enum { TABLE_COLUMNS_MAX = 32 };

void sheet_init(struct sheet *s, const struct sheet_column *columns, size_t n)
{
	memset(s, 0, sizeof(*s));
	s->columns = columns;
	s->columns_n = n;
	arena_init(&s->arena);
}

void sheet_fini(struct sheet *s)
{
	free(s->cells);
	arena_fini(&s->arena);
	memset(s, 0, sizeof(*s));
}

static void add(struct sheet *s, struct sheet_cell cell)
{
	if (cell.text) {
		cell.text = arena_strdup(&s->arena, cell.text);
		s->failed |= !cell.text;
	}
	if (s->cells_n == s->room) {
		size_t room = s->room ? 2 * s->room : 64;
		struct sheet_cell *cells = realloc(s->cells, room * sizeof(*cells));
		if (!cells) {
			s->failed = true;
			return;
		}
		s->cells = cells;
		s->room = room;
	}
	s->cells[s->cells_n++] = cell;
}

void sheet_empty(struct sheet *s)
{
	add(s, (struct sheet_cell){.kind = SHEET_EMPTY});
}

void sheet_text(struct sheet *s, const char *text)
{
	add(s, (struct sheet_cell){.kind = text ? SHEET_TEXT : SHEET_EMPTY, .text = text});
}

void sheet_int(struct sheet *s, int64_t n, const char *human)
{
	add(s, (struct sheet_cell){.kind = SHEET_INT, .integer = n, .text = human});
}

void sheet_number(struct sheet *s, double v, const char *human)
{
	add(s, (struct sheet_cell){.kind = SHEET_NUMBER, .number = v, .text = human});
}

void sheet_flag(struct sheet *s, bool is_set)
{
	add(s, (struct sheet_cell){.kind = SHEET_FLAG, .integer = is_set});
}

void sheet_quantity(struct sheet *s, enum quantity_id id, const struct value *v)
{
	enum unit unit = quantities[id].unit;
	char room[UNIT_TEXT];

	if (v->reason)
		sheet_empty(s);
	else if (v->text)
		sheet_text(s, v->text);
	else if (unit == UNIT_FLAG)
		sheet_flag(s, v->number > 0);
	else
		sheet_number(s, unit_number(unit, v->number), unit_text(room, unit, v->number));
}

void sheet_object(struct sheet *s, const char *first, const char *member, const char *json)
{
	struct sheet_object *o = arena_alloc(&s->arena, sizeof(*o));

	if (o) {
		*o = (struct sheet_object){s->objects, arena_strdup(&s->arena, first), member,
					   arena_strdup(&s->arena, json)};
		s->objects = o;
	}
	s->failed |= !o || !o->first || !o->json;
}

/* ------------------------------------------------------------------- tables */

/* As people read it; room is used for plain digits. */
static const char *human(const struct sheet_cell *cell, char room[UNIT_TEXT])
{
	switch (cell->kind) {
	case SHEET_EMPTY:
		return "";
	case SHEET_TEXT:
		return cell->text;
	case SHEET_FLAG:
		return cell->integer ? "yes" : "";
	case SHEET_INT:
		return cell->text ? cell->text : unit_grouped(room, cell->integer);
	case SHEET_NUMBER:
		return cell->text ? cell->text : unit_count(room, cell->number);
	}
	return "";
}

static size_t width_of(const struct sheet *s, size_t column, bool header)
{
	const struct sheet_column *c = &s->columns[column];
	size_t width = header ? utf8_columns(c->title ? c->title : c->name) : 0;
	char room[UNIT_TEXT];

	for (size_t i = column; i < s->cells_n; i += s->columns_n) {
		size_t w = utf8_columns(human(&s->cells[i], room));
		if (w > width)
			width = w;
	}
	return width;
}

/* One cell of a table; the last column is not filled up with blanks. */
static void put_padded(struct out *o, const char *text, size_t width, bool right, bool last)
{
	size_t w = utf8_columns(text), pad = w < width ? width - w : 0;

	if (right)
		out_printf(o, "%*s", (int)pad, "");
	out_text(o, text, strlen(text));
	if (!right && !last)
		out_printf(o, "%*s", (int)pad, "");
	out_puts(o, last ? "\n" : "  ");
}

static void write_table(const struct sheet *s, bool header, bool color, struct out *o)
{
	size_t width[TABLE_COLUMNS_MAX], n = s->columns_n;
	char room[UNIT_TEXT];

	assert(n <= TABLE_COLUMNS_MAX);
	size_t first = s->hide_first, end = n - s->hide_last;
	for (size_t i = first; i < end; i++)
		width[i] = width_of(s, i, header);
	if (header) {
		out_puts(o, color ? "\033[1m" : "");
		for (size_t i = first; i < end; i++) {
			const struct sheet_column *c = &s->columns[i];
			put_padded(o, c->title ? c->title : c->name, width[i], c->right,
				   i + 1 == end);
		}
		out_puts(o, color ? "\033[0m" : "");
	}
	for (size_t i = 0; i < s->cells_n; i++) {
		size_t c = i % s->columns_n;
		if (c >= first && c < end)
			put_padded(o, human(&s->cells[i], room), width[c], s->columns[c].right,
				   c + 1 == end);
	}
}

static void write_md(const struct sheet *s, struct out *o)
{
	char room[UNIT_TEXT];

	for (size_t i = 0; i < s->columns_n; i++)
		out_printf(o, "%s%s", i ? " | " : "| ",
			   s->columns[i].title ? s->columns[i].title : s->columns[i].name);
	out_puts(o, " |\n");
	for (size_t i = 0; i < s->columns_n; i++)
		out_printf(o, "%s%s", i ? " | " : "| ", s->columns[i].right ? "---:" : "---");
	out_puts(o, " |\n");
	for (size_t i = 0; i < s->cells_n; i++) {
		const char *text = human(&s->cells[i], room);
		size_t c = i % s->columns_n;
		out_puts(o, c ? " | " : "| ");
		out_md(o, text, strlen(text));
		if (c + 1 == s->columns_n)
			out_puts(o, " |\n");
	}
}

/* ----------------------------------------------------------------- for programs */

static void write_csv(const struct sheet *s, bool header, struct out *o)
{
	for (size_t i = 0; header && i < s->columns_n; i++)
		out_printf(o, "%s%s", s->columns[i].name, i + 1 < s->columns_n ? "," : "\n");
	for (size_t i = 0; i < s->cells_n; i++) {
		const struct sheet_cell *cell = &s->cells[i];
		if (cell->kind == SHEET_TEXT)
			out_csv(o, cell->text, strlen(cell->text));
		else if (cell->kind == SHEET_INT)
			out_int(o, cell->integer);
		else if (cell->kind == SHEET_NUMBER)
			out_num(o, cell->number);
		else if (cell->kind == SHEET_FLAG)
			out_puts(o, cell->integer ? "yes" : "no");
		out_putc(o, (i + 1) % s->columns_n ? ',' : '\n');
	}
}

static void json_cell(const struct sheet_cell *cell, struct out *o)
{
	switch (cell->kind) {
	case SHEET_EMPTY:
		out_puts(o, "null");
		break;
	case SHEET_TEXT:
		out_json(o, cell->text, strlen(cell->text));
		break;
	case SHEET_INT:
		out_int(o, cell->integer);
		break;
	case SHEET_NUMBER:
		out_num(o, cell->number);
		break;
	case SHEET_FLAG:
		out_puts(o, cell->integer ? "true" : "false");
		break;
	}
}

static void put_objects(const struct sheet *s, const struct sheet_object *at, bool lines,
			struct out *o)
{
	if (!at)
		return;
	put_objects(s, at->before, lines, o);
	out_printf(o, "%s{\"%s\":", lines ? "" : ",\n", s->columns[0].name);
	out_json(o, at->first, strlen(at->first));
	out_printf(o, ",\"%s\":%s}%s", at->member, at->json, lines ? "\n" : "");
}

static void write_json(const struct sheet *s, bool lines, struct out *o)
{
	out_puts(o, lines ? "" : "[\n");
	for (size_t i = 0; i < s->cells_n; i++) {
		size_t c = i % s->columns_n;
		if (c == 0 && i && !lines)
			out_puts(o, ",\n");
		out_printf(o, "%s\"%s\":", c ? "," : "{", s->columns[c].name);
		json_cell(&s->cells[i], o);
		if (c + 1 == s->columns_n)
			out_puts(o, lines ? "}\n" : "}");
	}
	put_objects(s, s->objects, lines, o);
	out_puts(o, lines ? "" : s->cells_n ? "\n]\n" : "]\n");
}

bool sheet_write(const struct sheet *s, enum format format, bool header, bool color, struct out *o)
{
	if (s->failed)
		return out_no_memory(o);
	switch (format) {
	case FORMAT_TABLE:
	case FORMAT_TEXT:
		write_table(s, header, color, o);
		break;
	case FORMAT_MD:
		write_md(s, o);
		break;
	case FORMAT_JSON:
	case FORMAT_JSONL:
		write_json(s, format == FORMAT_JSONL, o);
		break;
	case FORMAT_AUTO:
	case FORMAT_CSV:
	case FORMAT_SVG:
	case FORMAT_N:
		write_csv(s, header, o);
		break;
	}
	return true;
}
