/* The frame as a picture that opens in a browser. */
#ifndef VTOK_VIEW_EXPORT_SVG_H
#define VTOK_VIEW_EXPORT_SVG_H

#include "base/strbuf.h"
#include "draw/cells.h"
#include "state/state.h"

/* Appends the state's frame at its own size, in its theme, without overlays. */
void export_svg(const struct state *st, struct strbuf *out);

/* Appends any grid. */
void export_svg_cells(const struct cells *c, const struct theme *t, struct strbuf *out);

/* Appends a grid that two themes drew: of one size, with the same characters. Shown in the first,
 * and in the second where the reader's screen is dark (prefers-color-scheme). */
void export_svg_looks(const struct cells *light, const struct theme *of_light,
		      const struct cells *dark, const struct theme *of_dark, struct strbuf *out);

#endif
