/* A picture made smaller, as the bytes of a new file. Decoded, resized and encoded in the confined
 * child (sandbox.h) and nowhere else. */
#ifndef VTOK_IMAGE_REMAKE_H
#define VTOK_IMAGE_REMAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/picture.h"
#include "image/sandbox.h"

enum {
	REMAKE_QUALITY = 90,           /* of JPEG and WebP where none is said */
	REMAKE_PIXELS = 100 * 1000000, /* most of a picture that is written */
	REMAKE_TIMEOUT_MS = 60 * 1000,
};

struct remake {
	int width, height;        /* of the upright picture; 1 at least */
	enum image_format format; /* PNG, JPEG, or WebP where remake_can says so */
	int quality;              /* 1 to 100 */
	bool unconfined;          /* also where the system confines no decoder */
};

struct remade {
	uint8_t *bytes; /* to be freed with free */
	size_t n;
	bool covered_white;   /* transparent parts lie over white now: JPEG has no transparency */
	bool dropped_profile; /* the colour profile could not be carried over */
	bool dropped_frames;  /* of an animation there is the first picture alone */
};

/* Whether this build writes that format. */
bool remake_can(enum image_format format);

/* The format that a file name's ending stands for (.png, .jpg, .jpeg, .webp); IMAGE_FORMAT_N: none
 * of them. */
enum image_format remake_format(const char *path);

/* One that is being made. */
struct remake_job {
	struct sandbox box;
	int64_t deadline_ms; /* monotonic clock */
	uint64_t most;       /* bytes that can be right */
	size_t head_got, got;
	unsigned char head[160]; /* the child's answer, before the bytes of the file */
	struct remade made;
};

enum remake_state {
	REMAKE_WAIT, /* poll job->box.fd for reading, then step again */
	REMAKE_DONE,
	REMAKE_FAILED,
};

/* Begins what remake() does, and returns at once. False and err, without the path, where it cannot:
 * then there is no job. */
bool remake_start(struct remake_job *job, const char *path, const struct remake *how,
		  struct vtok_error *err);

/* Takes what has come, never waits. DONE moves the bytes to *out; FAILED fills err. After both the
 * job is over. */
enum remake_state remake_step(struct remake_job *job, struct remade *out, struct vtok_error *err);

/* Gives the job up; harmless when it is over. */
void remake_cancel(struct remake_job *job);

/* Reads the picture at path and makes it anew: sRGB values are made linear for the resize, colours
 * weigh as much as they cover; turned upright without a tag that says so; the colour profile of a
 * PNG or a JPEG goes with a copy of the same format. False and err, without the path, otherwise. */
bool remake(const char *path, const struct remake *how, struct remade *out, struct vtok_error *err);

#endif
