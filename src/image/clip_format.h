/* The two families of containers, read by clip_mp4.c and clip_webm.c. */
#ifndef VTOK_IMAGE_CLIP_FORMAT_H
#define VTOK_IMAGE_CLIP_FORMAT_H

#include "base/error.h"
#include "base/picture.h"
#include "image/source.h"

/* Fills everything but width and height, which the caller derives and checks. False and err where
 * the container is cut off, damaged, or has no pictures. The signature was seen already. */
typedef bool clip_reader(struct source *s, struct clip_info *out, struct vtok_error *err);

clip_reader clip_mp4, clip_webm;

#endif
