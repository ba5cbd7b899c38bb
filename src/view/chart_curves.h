/* What a chart draws, as numbers: every curve over the width of the picture at the present aspect,
 * usually from 224 to 4096 pixels. The curves depend on the aspect, never on the width itself, so
 * that turning the width moves nothing but the cursor. */
#ifndef VTOK_VIEW_CHART_CURVES_H
#define VTOK_VIEW_CHART_CURVES_H

#include "core/sweep.h"
#include "view/frame.h"

enum { CHART_LEAST = 224, CHART_MOST = 4096, CHART_CURVES = 6, CHART_POINTS = 160 };

struct curve {
	const char *label; /* in the legend */
	const char *id;    /* for programs: as -m takes it; the strategy's name in lens formula */
	unsigned style;
	char glyph;         /* in ASCII, and on the curve in themes without colour */
	bool is_selected;   /* the one the panels speak of */
	struct model model; /* copies with the strategy exchanged, in lens formula */
	struct processor processor;
	struct setup setup;
	int n;
	struct point points[CHART_POINTS];
};

struct chart {
	struct curve curves[CHART_CURVES];
	int n;
	double low, high;    /* of y */
	double limit;        /* where this request fills the context, in y's unit; 0 = nowhere */
	bool is_limit_shown; /* inside low..high */
	double budget;       /* the request's budget, where it is one on y; 0 = it is not */
	bool is_budget_shown;
	int64_t fits; /* the width of the last size that keeps the budget; 0 = nothing to mark */
};

/* Fills curves for a plot `columns` cells wide. */
void chart_init(struct chart *ch, const struct frame *f, int columns);

/* The widths at the ends of the axis, pixels. */
int64_t chart_least(const struct state *st);
int64_t chart_most(const struct state *st);

#endif
