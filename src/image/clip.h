/* Size, length and rate of a video, from the boxes of its container alone: MP4 and QuickTime
 * (ISO/IEC 14496-12), WebM and Matroska (RFC 9559). No frame is decoded. */
#ifndef VTOK_IMAGE_CLIP_H
#define VTOK_IMAGE_CLIP_H

#include <stddef.h>

#include "base/error.h"
#include "base/picture.h"

enum clip_state {
	CLIP_OTHER, /* no container that is known: err is left alone */
	CLIP_BAD,   /* one, but damaged or without pictures: err says what */
	CLIP_GOOD,
};

/* Reads at most 256 KiB of the file. *out is set only when GOOD; err without the file's name. */
enum clip_state clip_probe(const char *path, struct clip_info *out, struct vtok_error *err);

/* The same of bytes in memory. */
enum clip_state clip_probe_bytes(const void *bytes, size_t n, struct clip_info *out,
				 struct vtok_error *err);

#endif
