/* Whether so many images of a size fit the context, for models that count an image anew with more
 * of them in the request: asked of thousands of sizes, which the whole search for their number
 * (estimate_tokens) would make slow. */
#ifndef VTOK_CORE_FIT_IMAGES_H
#define VTOK_CORE_FIT_IMAGES_H

#include "core/fit_walk.h"

/* Points into itself: must not be copied. */
struct fit_images {
	int64_t n, room, most;
	struct walk one, some,
		all; /* of a request of one image, of n, of as many as there may be */
};

enum fit_images_answer { IMAGES_FIT, IMAGES_TOO_MANY, IMAGES_UNSURE };

/* False: they must be looked for. The setup has a model with a processor; n of the sizes that are
 * asked about shall fit. */
bool fit_images_init(struct fit_images *f, const struct setup *s, double n);

/* True if it is one answer for longer sides a to b of the setup's shape. */
bool fit_images_alike(struct fit_images *f, int64_t a, int64_t b);

/* Sides 1..SIDE_MAX. */
enum fit_images_answer fit_images(const struct fit_images *f, int64_t width, int64_t height);

#endif
