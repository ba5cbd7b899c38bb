/* From a count to tower inputs.
 *
 * Towers of a fixed length take one sequence per tile. Native-resolution towers take one sequence
 * per image, or per tile where the rule cuts; their length is what the rule says it fed, else the
 * resized area in patches, else the visual tokens times the merged patches. The reference code of
 * the cross-attention models runs all tile slots of an image as one sequence (fact tables, section
 * 10e). */
#include "core/vision_load.h"

#include <math.h>
#include <stddef.h>

enum { STAGE1_COMPRESS = 16 };

/* Of a tower that has no length of its own. */
static double patches_of(const struct model *m, const struct count *c, double tiles, double area)
{
	const struct tower *t = m->tower;
	double side = t->patch, merge = m->processor != NULL ? m->processor->merge : 0;

	if (c->encoder_patches > 0)
		return (double)c->encoder_patches / tiles;
	if (area > 0 && side > 0)
		return area / (side * side) / tiles;
	if (t->stage1_layers > 0)
		return (double)c->visual * STAGE1_COMPRESS / tiles;
	return (double)c->visual * (merge > 0 ? merge * merge : 1) / tiles;
}

/* Square windows over the resized picture, those cut off by its edge included. */
static double windows_of(const struct tower *t, const struct count *c, double tiles)
{
	double side = sqrt(t->window_patches) * t->patch;

	if (!(side > 0) || c->resized_w <= 0)
		return 0;
	return ceil((double)c->resized_w / side) * ceil((double)c->resized_h / side) / tiles;
}

void vision_load(const struct model *m, const struct count *c, int64_t width, int64_t height,
		 struct vision_load *out)
{
	const struct processor *p = m->processor;
	double tiles = c->tiles > 0 ? (double)c->tiles : 1;
	double area = c->resized_w > 0 ? (double)c->resized_w * (double)c->resized_h
				       : (double)width * (double)height;
	double side = p != NULL && p->tile > 0 ? p->tile : 0;

	*out = (struct vision_load){
		.sequences = tiles,
		.patches = m->tower->positions > 0 ? m->tower->positions
						   : patches_of(m, c, tiles, area),
		.windows = windows_of(m->tower, c, tiles),
		.tile_mpx = (side > 0 ? side * side : area / tiles) / 1e6,
		.cross_positions = tiles * m->cross_positions,
	};
	if (m->cross_layers > 0 && p != NULL && p->max_tiles > 0) {
		out->sequences = 1;
		out->patches *= p->max_tiles;
	}
}

bool vision_load_follows_count(const struct model *m, const struct count *c)
{
	bool has_patches = m->tower->positions > 0 || c->encoder_patches > 0;
	bool has_tile = m->processor != NULL && m->processor->tile > 0;

	return c->resized_w > 0 || (has_patches && has_tile);
}
