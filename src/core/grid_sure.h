/* Which grids of tiles, or canvases of a list, may be chosen for the sizes of a box (core/piece.h).
 * Each is about a choice of core/grid.h and reckons with intervals: a grid that cannot win anywhere
 * in the box is left out, and of those that tie everywhere all but the one that the rule takes
 * then. */
#ifndef VTOK_CORE_GRID_SURE_H
#define VTOK_CORE_GRID_SURE_H

#include <stdbool.h>

#include "core/piece.h"
#include "core/processor.h"

struct grid_choice {
	bool is_one; /* the same for every size; false: it may be all the same */
	int64_t least_tiles, most_tiles; /* of those that may be chosen; 0 = not known */
};

/* Of the list of canvases (pinpoints) of a processor. */
struct grid_choice grid_sure_pin(const struct processor *p, const struct box *b);
/* side: of a tile, pixels. */
struct grid_choice grid_sure_ratio(const struct processor *p, int64_t side, const struct box *b);
struct grid_choice grid_sure_coverage(const struct processor *p, const struct box *b);
/* Of both precisions. side: of what a tile covers, pixels; where borders are cut off first, the box
 * is without them. */
struct grid_choice grid_sure_canvas(const struct processor *p, int64_t side, const struct box *b);
struct grid_choice grid_sure_perception(const struct processor *p, const struct box *b);
struct grid_choice grid_sure_cover(const struct processor *p, const struct box *b);

#endif
