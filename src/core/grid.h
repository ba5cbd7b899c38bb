/* Choosing how an image is cut: a grid of tiles, or one canvas of a published list.
 * Shared by the tile strategies; each function names the real code that it follows,
 * because ties and the order of operations decide. All keep to p's max_grid, which the
 * knob grid_k sets, and fall back to one tile when nothing is left to choose from. */
#ifndef VTOK_CORE_GRID_H
#define VTOK_CORE_GRID_H

#include "core/arith.h"
#include "core/processor.h"

struct grid {
	int32_t cols, rows;
};

/* The canvas of p's list, in pixels, that keeps the most of the image and then wastes the
 * least: select_best_resolution of LLaVA-NeXT. The first of equals wins, so the order of
 * the list counts. */
struct px_size grid_pin(const struct processor *p, int64_t width, int64_t height);

/* min_tiles to max_tiles tiles in the grid nearest to the aspect ratio; of equally near
 * ones the largest whose area is less than twice the image's: find_closest_aspect_ratio
 * of InternVL. side: of a tile, pixels. */
struct grid grid_ratio(const struct processor *p, int64_t side, int64_t width, int64_t height);

/* Share of the image's area (0.6 is enough) times likeness of the aspect ratio; the
 * smallest area wins ties: Eagle 2.5. */
struct grid grid_coverage(const struct processor *p, int64_t width, int64_t height);

/* The canvas that enlarges the image least, or, when none holds it, shrinks it least; the
 * smallest area wins ties: Cohere 2 Vision and Llama 3.2 in double, Llama 4 in single
 * precision. */
struct grid grid_canvas(const struct processor *p, int64_t width, int64_t height);
struct grid grid_canvas_f32(const struct processor *p, int64_t width, int64_t height);

/* The canvas that holds the image and enlarges it most, else the nearest aspect ratio:
 * Perception LM. */
struct grid grid_perception(const struct processor *p, int64_t width, int64_t height);

/* The least tiles whose cells, each shrunk to a tile, keep more than p->ratio of the
 * image's area: Ovis 2. */
struct grid grid_cover(const struct processor *p, int64_t width, int64_t height);

/* The canvas that keeps the most of the image and then wastes the least, in single precision; the
 * first of equals wins: llama.cpp's reading of LLaVA-UHD, for whose candidates see min_tiles,
 * max_tiles and max_grid. */
struct grid grid_kept_f32(const struct processor *p, int64_t width, int64_t height);

/* Most tiles along one side. */
static inline int32_t grid_side_max(const struct processor *p)
{
	return p->max_grid > 0 && p->max_grid < p->max_tiles ? p->max_grid : p->max_tiles;
}

/* Takes those canvases out of the list that may give more than so many tokens, by the rule's own
 * reckoning; the others keep their order. False, and all stay, where none is left. */
bool grid_keep_pins(struct processor *p,
		    int64_t (*most_tokens)(const struct processor *p, struct px_size pin),
		    int64_t tokens);

#endif
