/* Every model at the present picture and request, sorted and filtered: what the comparison shows.
 *
 * Its entries are those of registry/subjects.h, as those of `--all`. */
#ifndef VTOK_VIEW_COMPARE_H
#define VTOK_VIEW_COMPARE_H

#include "registry/subjects.h"
#include "state/state.h"
#include "view/export_table.h"

/* The present request put to an entry. In lens exact the other models keep their own processors:
 * what was turned reaches the present one alone, and the title says so. room holds a model for
 * entries without one; it must live as long as the result is used. */
void compare_setup(const struct state *st, const struct subject *e, struct model *room,
		   struct setup *out);

enum { COMPARE_MAX = 2048 }; /* entries listed; a registry of a user's own may hold more */

struct compare_row {
	double key; /* what is sorted by; texts sort by their entries */
	int entry;
	bool has; /* false: not known; such rows are last whatever the order */
};

struct compare_list {
	int n;   /* rows that pass the filter */
	int all; /* entries in all */
	int at; /* row of the chosen entry; the first one where that was filtered out; -1 = there is
		   none */
	struct compare_row row[COMPARE_MAX];
};

/* Lists, filters, sorts. Runs the cost model once an entry only where the order asks for it. */
void compare_list(const struct state *st, struct compare_list *out);

/* Whether what is sorted by falls from row to row. */
bool compare_is_falling(const struct state *st);

/* One row with all its numbers. The setup may point to room: not to be copied. */
struct compare_item {
	struct subject subject;
	struct model room;
	struct setup setup;
	struct estimate est;
};
void compare_item(const struct state *st, const struct compare_row *row, struct compare_item *out);

/* Why costs other than tokens are not there, in words; NULL = they are. */
const char *compare_reason(const struct subject *e, const struct estimate *est, char out[96]);

/* The full name; "" = there is none. */
const char *compare_name(const struct subject *e);

/* Columns in the order of the screen; sorting, exports and clicks follow. */
struct compare_column {
	enum quantity_id quantity;
	enum quantity_id second; /* behind it in the same column; 0 = none */
	enum quantity_id order;  /* what a click sorts by; 0 = the quantity */
	const char *head;        /* NULL = the quantity's */
	int width;               /* with a blank before it */
	int rank;                /* the order in which they get room; 0 = always there */
	bool is_left, is_gauge;  /* a gauge has no number of its own */
};
extern const struct compare_column compare_columns[];
enum { COMPARE_COLUMNS = 16 };

/* The listed rows in their order as CSV, JSON or Markdown; appends. */
void compare_write(const struct state *st, enum export_format format, struct strbuf *out);

#endif
