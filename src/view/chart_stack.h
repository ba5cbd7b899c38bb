/* What a quantity consists of over the width of the picture: the time to the first token by what
 * causes it, the memory by what lies in it. Always of the request that the panels speak of. */
#ifndef VTOK_VIEW_CHART_STACK_H
#define VTOK_VIEW_CHART_STACK_H

#include "view/chart_curves.h"

enum { STACK_PARTS = 6 };

struct stack_part {
	const char *name; /* in the legend, at most 11 columns */
	enum quantity_id id;
	bool is_rest; /* what the parts before it leave of this one */
	unsigned style;
	uint32_t pattern; /* where colours cannot tell parts apart */
	char letter;      /* the same in ASCII */
};

struct stack_spec {
	enum quantity_id whole;
	bool is_only; /* nothing of it is worth a curve: its parts are always shown */
	int n;
	struct stack_part parts[STACK_PARTS]; /* from the bottom */
};

/* The parts over which the chart of the state goes; NULL: it shows curves. */
const struct stack_spec *stack_shown(const struct state *st);

/* Whether a quantity has parts at all. */
bool stack_has(enum quantity_id whole);

struct stack_point {
	double x;       /* pixels */
	bool has;       /* false: there is no such request, or its parts are not known */
	bool is_beyond; /* larger than what its tower was measured at */
	double part[STACK_PARTS], sum;
};

/* The parts at a width of the request's aspect. */
void stack_at(const struct stack_spec *spec, const struct setup *s, double width,
	      struct stack_point *out);

struct stack {
	const struct stack_spec *spec;
	int n;
	struct stack_point points[CHART_POINTS];
	double high;    /* of y, from 0 */
	double limit;   /* where the device is full; 0 = the quantity has no such line */
	double budget;  /* the request's own on this quantity; 0 = there is none */
	int64_t beyond; /* the first width larger than what was measured; 0 = none */
};

/* For a plot `columns` cells wide. */
void stack_init(struct stack *sk, const struct stack_spec *spec, const struct frame *f,
		int columns);

#endif
