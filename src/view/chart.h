/* The chart: curves over the width of the picture at the present aspect, braille in UTF-8, a glyph
 * per curve in ASCII, named at their right ends. */
#ifndef VTOK_VIEW_CHART_H
#define VTOK_VIEW_CHART_H

#include "draw/cells.h"
#include "view/chart_curves.h"
#include "view/chart_words.h"

enum chart_detail {
	CHART_PLAIN,
	CHART_CROSSHAIR
}; /* crosshair: a line at the width, values in the legend */

void chart_draw(struct cells *c, struct rect r, const struct frame *f, enum chart_detail detail);

/* One point of a curve. Texts stand while the chart is unchanged, a reason until the next row. */
struct chart_row {
	const char *id;
	int64_t width, height;  /* pixels */
	struct value value;     /* of the metric */
	struct value low, high; /* its range, where the metric has one (quantity_range) */
};

/* Every point of every curve, curve by curve: what `vtok chart -o csv` and the export of the view
 * write. */
void chart_each(const struct frame *f, void (*take)(void *to, const struct chart_row *row),
		void *to);

/* Why a curve has no value at this width and height, NULL = it has one. The
 * text may stand in *e. */
const char *chart_missing(const struct curve *cv, enum quantity_id metric, int64_t width,
			  int64_t height, struct estimate *e);

/* The width in pixels under a column of the plot that chart_draw makes in r; 0 = beside it. For the
 * mouse. */
int64_t chart_width_at(struct rect r, enum chart_detail detail, const struct state *st, int x);

#endif
