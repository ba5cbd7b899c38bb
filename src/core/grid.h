/* Choosing how an image is cut: a grid of tiles, or one canvas of a published list. Shared by the tile strategies; each
 * function names the real code that it follows, because ties and the order of operations decide. */
#ifndef VTOK_CORE_GRID_H
#define VTOK_CORE_GRID_H

#include "core/processor.h"
#include "core/arith.h"

struct grid {
	int32_t cols, rows;
};

/* The canvas of p's list, in pixels, that keeps the most of the image and then wastes the least: select_best_resolution
 * of LLaVA-NeXT. The first of equals wins, so the order of the list counts. Canvases with more than max_grid tiles on a
 * side are passed over; when none is left, one tile. */
struct px_size grid_pin(const struct processor *p, int64_t width, int64_t height);

#endif
