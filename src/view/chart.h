/* Curves over the width of the picture at the present aspect, 224 to 4096 pixels: braille in UTF-8,
 * a glyph per curve in ASCII, named at their right ends. The curves depend on the aspect, never on
 * the width itself, so that turning the width moves nothing but the cursor. */
#ifndef VTOK_VIEW_CHART_H
#define VTOK_VIEW_CHART_H

#include "core/sweep.h"
#include "draw/cells.h"
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

enum chart_detail {
	CHART_PLAIN,
	CHART_CROSSHAIR
}; /* crosshair: a line at the width, values in the legend */

void chart_draw(struct cells *c, struct rect r, const struct frame *f, enum chart_detail detail);

/* One point of a curve. Texts stand while the chart is unchanged, a reason until the next row. */
struct chart_row {
	const char *id;
	int64_t width, height; /* pixels */
	struct value value;    /* of the metric */
};

/* Every point of every curve, curve by curve: what `vtok chart -o csv` and the export of the view
 * write. */
void chart_each(const struct frame *f, void (*take)(void *to, const struct chart_row *row),
		void *to);

/* Why a curve has no value at this width and height, NULL = it has one. The
 * text may stand in *e. */
const char *chart_missing(const struct curve *cv, enum quantity_id metric, int64_t width,
			  int64_t height, struct estimate *e);

/* "Visual tokens per image, by width at 16:9". Returns out. */
char *chart_title(const struct state *st, char out[64]);

/* A value of the metric as the legend has it, with its unit: "1,024 tok", "110 ms". Returns out. */
char *chart_value(enum quantity_id metric, double v, char out[UNIT_TEXT]);

/* What the metric depends on beside model and picture: "h100-sxm, vllm, weights bf16, cache bf16";
 * "" where it is nothing. Returns out. */
char *chart_setting(const struct state *st, char out[96]);

/* The width in pixels under a column of the plot that chart_draw makes in r; 0 = beside it. For the
 * mouse. */
int64_t chart_width_at(struct rect r, enum chart_detail detail, const struct state *st, int x);

#endif
