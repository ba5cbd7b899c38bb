/* A picture file as whoever counts takes it: turned by its EXIF orientation or as it is stored.
 * The size of a request is the one that is seen; the request remembers which that is, so that
 * another engine, model or wish turns it. */
#ifndef VTOK_STATE_SEEN_H
#define VTOK_STATE_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/orientation.h"
#include "registry/registry.h"
#include "state/event.h"
#include "state/request.h"

/* Who turns pictures of this request, when p counts (NULL: the request's own model). */
struct turning request_turning(const struct request *r, const struct registry *reg,
			       const struct processor *p);

/* True when a file is open whose EXIF orientation swaps its sides. */
bool picture_lies(const struct picture_info *p);

/* Its sides for one who turns it or not. */
void picture_seen(const struct picture_info *p, bool turns, int64_t *width, int64_t *height);

/* The size of a picture that was read, as the request's consumer sees it, and how its file is
 * compressed. */
void request_picture(struct request *r, const struct registry *reg,
		     const struct picture_info *picture);

/* True when one who turns pictures, or does not, sees the request's sides the other way round: they
 * follow the picture, and the request is of somebody of the other kind. */
bool request_lies(const struct request *r, const struct picture_info *picture, bool turns);

/* After anything that decides who counts: the sides as that one sees them. A size that does not
 * follow the picture stays. */
void request_follow(struct request *r, const struct registry *reg,
		    const struct picture_info *picture);

#endif
