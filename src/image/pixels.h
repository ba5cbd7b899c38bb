/* Pixels of a picture, decoded and made small in a child process (see sandbox.h). */
#ifndef VTOK_IMAGE_PIXELS_H
#define VTOK_IMAGE_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/picture.h"
#include "image/decoder.h"
#include "image/sandbox.h"

enum {
	PIXELS_PREVIEW = 2048,         /* for a screen full of pixels, and a token of it enlarged */
	PIXELS_SIDE_MAX = 4096,        /* largest width and height to ask for */
	PIXELS_MOST = DECODER_MOST,    /* pixels of a picture that is shown at all */
	PIXELS_TIMEOUT_MS = 15 * 1000, /* from start to the last byte */
};

struct pixels_job {
	struct sandbox box;
	int64_t deadline_ms; /* monotonic clock */
	int max_w, max_h;
	size_t head_got, got; /* bytes of the answer's head and of its pixels */
	unsigned char head[128];
	struct raster raster;
};

enum pixels_state {
	PIXELS_WAIT, /* poll job->box.fd for reading, then step again */
	PIXELS_DONE,
	PIXELS_FAILED,
};

/* Begins to decode the picture at path, to fit max_w x max_h pixels (1..PIXELS_SIDE_MAX), aspect
 * kept, never made larger, turned upright, transparency dropped as image processors do. unconfined:
 * also where the system cannot confine the decoder; otherwise it fails there. Returns at once. */
bool pixels_start(struct pixels_job *job, const char *path, int max_w, int max_h, bool unconfined,
		  struct vtok_error *err);

/* Takes what has come, never waits. DONE moves the pixels to *out, to be freed with pixels_free;
 * FAILED fills err. After both the job is over. */
enum pixels_state pixels_step(struct pixels_job *job, struct raster *out, struct vtok_error *err);

/* Gives the job up; harmless when it is over. */
void pixels_cancel(struct pixels_job *job);

/* All of it, waiting up to PIXELS_TIMEOUT_MS. */
bool pixels_load(const char *path, int max_w, int max_h, bool unconfined, struct raster *out,
		 struct vtok_error *err);

/* Frees the pixels and leaves an empty raster. */
void pixels_free(struct raster *r);

#endif
