/* What the vision tower of a checkpoint gets to see for one counted image. */
#ifndef VTOK_CORE_VISION_LOAD_H
#define VTOK_CORE_VISION_LOAD_H

#include "core/model.h"
#include "core/trace.h"

struct vision_load {
	double sequences; /* tower inputs of one image */
	double patches;   /* positions of one of them (of the first stage, where there are two) */
	double windows;   /* attention windows of one of them; 0 = none, or not known */
	double tile_mpx;  /* 10^6 pixels of one of them */
	double cross_positions;
};

/* width and height: of the image, for rules that do not resize; 0 = not known. The model has a
 * tower. */
void vision_load(const struct model *m, const struct count *c, int64_t width, int64_t height,
		 struct vision_load *out);

/* True if the load is the same for all sizes of that count. */
bool vision_load_follows_count(const struct model *m, const struct count *c);

#endif
