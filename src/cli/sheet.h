/* A list of rows with named columns, written in any format: what models, hardware, explain and
 * chart print. For results that fit in memory; `count` streams its rows itself. */
#ifndef VTOK_CLI_SHEET_H
#define VTOK_CLI_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "cli/options.h"
#include "cli/out.h"
#include "core/quantity.h"

struct sheet_column {
	const char *name;  /* in csv and json */
	const char *title; /* in tables; NULL = the name */
	bool right;        /* numbers */
};

/* What json has behind the rows: an object as it stands. */
struct sheet_object {
	struct sheet_object *before;
	const char *first, *member, *json;
};

enum sheet_kind { SHEET_EMPTY, SHEET_TEXT, SHEET_INT, SHEET_NUMBER, SHEET_FLAG };

struct sheet_cell {
	enum sheet_kind kind;
	const char
		*text; /* SHEET_TEXT: the value; numbers: as people read it, NULL = plain digits */
	int64_t integer; /* SHEET_INT, SHEET_FLAG */
	double number;
};

struct sheet {
	const struct sheet_column *columns;
	size_t columns_n;
	struct sheet_cell *cells; /* row by row */
	size_t cells_n, room;
	struct arena arena;           /* copies of texts */
	struct sheet_object *objects; /* last first */
	bool hide_first, hide_last;   /* tables leave out that column */
	bool failed;                  /* memory ran out */
};

/* columns are borrowed. */
void sheet_init(struct sheet *s, const struct sheet_column *columns, size_t n);
void sheet_fini(struct sheet *s);

/* Each adds the next cell. Texts are copied; NULL is an empty cell. */
void sheet_empty(struct sheet *s);
void sheet_text(struct sheet *s, const char *text);
void sheet_int(struct sheet *s, int64_t n, const char *human);
void sheet_number(struct sheet *s, double v, const char *human);
void sheet_flag(struct sheet *s, bool is_set);
/* Behind all rows, in json and jsonl alone: an object of the first column's text and of a member,
 * json as it stands. Copied, but for the member's name. */
void sheet_object(struct sheet *s, const char *first, const char *member, const char *json);
/* The value of a quantity; empty where there is none. */
void sheet_quantity(struct sheet *s, enum quantity_id id, const struct value *v);

/* Writes all rows. False when memory ran out while it was filled; out_finish says so. */
bool sheet_write(const struct sheet *s, enum format format, bool header, bool color, struct out *o);

#endif
