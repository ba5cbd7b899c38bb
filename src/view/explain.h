/* The count of the present picture as a derivation, and what follows from it, as lines of text. The
 * summands of the count carry their numbers, so that a test can add them up as a reader does. */
#ifndef VTOK_VIEW_EXPLAIN_H
#define VTOK_VIEW_EXPLAIN_H

#include "view/frame.h"

enum explain_kind {
	EXPLAIN_GAP,
	EXPLAIN_HEAD, /* text: a title */
	EXPLAIN_STEP, /* name, size, number, text */
	EXPLAIN_RULE, /* a line under numbers that are added up */
	EXPLAIN_FACT, /* name, text */
	EXPLAIN_MORE, /* text that goes on from the line above */
};

struct explain_line {
	enum explain_kind kind;
	unsigned style; /* of a step's name and number, of other words */
	bool is_bound;  /* this rule limited the result */
	char sign;      /* '+', '=' or ' ', before the number */
	int at;         /* column where text begins */
	bool has_number, has_time;
	int64_t number; /* with has_number */
	double seconds; /* with has_time */
	char name[24];
	char size[56];
	char value[24]; /* what stands in the column of numbers: the number, or a time */
	char text[176];
};

enum {
	EXPLAIN_MAX = 192
}; /* of the longest derivation in the narrowest column: tests/unit_views.c walks all */

/* Columns of the lines, by the width they are made for. */
struct explain_columns {
	int width;
	int name, size, size_width, value, value_width; /* from the left */
	int text;                                       /* where a step's words begin */
	int fact;                                       /* where a fact's words begin */
	bool is_narrow;                                 /* a step's words have lines of their own */
};
void explain_columns(struct explain_columns *c, int width);

struct explain {
	struct explain_columns columns;
	int n;
	struct explain_line line[EXPLAIN_MAX];
};

/* Each appends to out, whose columns are set and whose n the caller began with 0. */
void explain_count(struct explain *out,
		   const struct frame *f); /* from the picture to the positions */
void explain_around(struct explain *out,
		    const struct frame *f); /* the next sizes, other runtimes */
void explain_source(struct explain *out, const struct frame *f); /* where the rule comes from */
void explain_costs(struct explain *out,
		   const struct frame *f); /* context, cache, memory, first token */

/* Takes the empty lines out. */
void explain_close(struct explain *out);

/* Building blocks. The words are wrapped; lines beyond EXPLAIN_MAX are dropped. */
void explain_head(struct explain *out,
		  const char *title); /* a gap first, unless it is the first line */
struct explain_line *explain_step(struct explain *out, const char *name, const char *size,
				  const char *text);
struct explain_line *explain_fact(struct explain *out, const char *name, const char *text);

#endif
