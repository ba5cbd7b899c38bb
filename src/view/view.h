/* One view of the program: a file view_<name>.c that ends in one record, and a line in views.c. */
#ifndef VTOK_VIEW_VIEW_H
#define VTOK_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/cells.h"
#include "state/event.h"
#include "state/keymap.h"
#include "state/state.h"
#include "view/chart.h"
#include "view/export_table.h"
#include "view/frame.h"

struct wishes;

/* Where the mouse finds the chart. */
struct chart_spot {
	struct rect rect;
	enum chart_detail detail;
};

/* What a common key does here, for the footer. */
struct view_hint {
	enum action action; /* ACTION_NONE ends a list */
	const char *text;   /* NULL: nothing, where the key has a hint elsewhere */
};

struct view {
	const char *name;  /* --view NAME */
	const char *title; /* on its tab */
	char key;          /* that shows it, on the tab too: one character, ASCII */
	const char *help;  /* of the key: a few words */
	/* Works out what it shows where that takes long, after each event while it is shown; NULL =
	 * nothing does. */
	void (*keep)(struct state *st);
	bool needs_pixels; /* of the picture: they are decoded when the view is first shown */
	const struct view_hint *hints; /* over those of the key table; NULL = none */
	/* The same where they depend on the room that the state's screen has; NULL = they do not.
	 */
	const struct view_hint *(*hints_now)(const struct state *st);
	/* Draws into body, the room between header and footer. */
	void (*draw)(struct cells *c, struct rect body, const struct frame *f);
	/* A chance at events before the common keys; true = taken. NULL = none. May change *st
	 * only. */
	bool (*event)(struct state *st, const struct event *ev, struct rect body, struct wishes *w);
	/* The chart in body; an empty rectangle where there is none just now. NULL = the view has
	 * none. */
	struct chart_spot (*chart_spot)(const struct state *st, struct rect body);
	/* What the view shows, as CSV, JSON or Markdown; appends. NULL = the request's numbers. */
	void (*write)(const struct frame *f, enum export_format format, struct strbuf *out);
};

extern const struct view *const views[]; /* in the order of their tabs */
extern const size_t views_n;

/* By name, or by its key. False leaves *out alone. */
bool view_find(const char *name, size_t *out);
bool view_find_key(uint32_t key, size_t *out);

/* The name of the i-th; NULL behind the last. */
const char *view_name(size_t i);

#endif
