/* Videos on the command line: what was asked for, by whom the frames are taken. */
#ifndef VTOK_CLI_MOVING_H
#define VTOK_CLI_MOVING_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/input.h"
#include "cli/options.h"
#include "core/video.h"

struct registry;

struct moving {
	struct video ask; /* without size; sampler as --sampler or --engine say */
	bool is_asked;    /* --frames or --video: every input is a video */
	bool is_chosen;   /* --sampler or --engine was given */
	const struct registry *registry;
};

/* False: the sampler or the engine is not known; err offers the nearest. The registry and the
 * options must outlive m. */
bool moving_init(struct moving *m, const struct options *o, const struct registry *r,
		 struct vtok_error *err);

/* True where the input is counted as a video. */
bool moving_is(const struct moving *m, const struct input *in);

/* Counts it. What --video and --source-fps say goes before what the file says. */
void moving_count(const struct moving *m, const struct processor *p, const struct input *in,
		  struct count *out);

#endif
