/* How a family turns a video into tokens: which frames its sampler takes, how many of them become
 * one group, what a group costs, which texts stand between groups. Part of struct processor; a file
 * of models fills it by keys (registry/schema_processor.c), so that a family of a known kind is a
 * few lines. */
#ifndef VTOK_CORE_VIDEO_RULE_H
#define VTOK_CORE_VIDEO_RULE_H

#include <stdint.h>

#include "core/hosted.h"

/* What a group of frames costs. */
enum video_kind {
	VIDEO_AUTO,    /* by the limits: none = not known; per frame; over all frames (volume) */
	VIDEO_IMAGES,  /* no video: frames are images, each at the full price */
	VIDEO_CONTENT, /* no rule of sizes: what the frames show decides */
	VIDEO_FIXED,   /* `tokens`, whatever the size */
	VIDEO_IMAGE,   /* an image of the frame's size, under limits of its own */
	VIDEO_SHAPE,   /* about max_patches of the frame's shape, whatever its size */
	VIDEO_KIND_N
};

/* Which frames the family's own sampler takes. */
enum video_frames {
	FRAMES_RATE,      /* seconds * fps, rounded down, from the first frame to the last */
	FRAMES_RATE_UP,   /* the same, rounded up */
	FRAMES_RATE_EVEN, /* the same, rounded down to an even number */
	FRAMES_EVEN,      /* max_frames, whatever the length */
	FRAMES_ALL,       /* it samples nothing */
	FRAMES_GLM4V,     /* steps of fps from the first frame; beyond 300 s as many as in 300 s */
	FRAMES_GLM46V,    /* 6, 2 or 1 a second by the length */
	FRAMES_GLM5,      /* steps of fps from the first frame, max_frames at most */
	FRAMES_STEP,      /* every s-th frame, so that no second has more than fps of them */
	FRAMES_PACKED,    /* fps a second; where that is more than max_frames, two or three of them
			     become one group */
	FRAMES_UNKNOWN,   /* nobody has read it: frames are given, or an engine takes them */
	VIDEO_FRAMES_N
};

/* The text that tells a group's time, and where. */
enum video_stamp {
	STAMP_NONE,
	STAMP_SECONDS, /* "<9.5 seconds>", the mean of the group */
	STAMP_WHOLE,   /* "9", its first frame */
	STAMP_TENTHS,  /* "9.5 seconds", its first frame */
	STAMP_POINT,   /* "9.5 ", a blank between groups */
	STAMP_CLOCK,   /* "00:09 ", a blank between groups */
	VIDEO_STAMP_N
};

/* Who takes the frames. */
enum video_sampler {
	SAMPLER_CARD,    /* what the model's card says: qwen-vl-utils for Qwen2-VL and Qwen2.5-VL,
			    the video processor for all others */
	SAMPLER_MODEL,   /* the model's video processor (transformers) */
	SAMPLER_EVEN,    /* the engine: a number of frames, whatever the length (vLLM) */
	SAMPLER_UTILS,   /* qwen-vl-utils, before the video processor */
	SAMPLER_NONE,    /* nobody: the engine takes no video */
	SAMPLER_UNKNOWN, /* nobody knows: the engine was not looked at */
	SAMPLER_N
};

struct video_rule {
	enum video_kind kind;
	enum video_frames sampler;
	enum video_stamp stamp;
	int32_t group;                  /* frames that become one; 0 = rule unknown */
	int32_t min_frames, max_frames; /* taken; max 0 = no limit */
	double fps;                     /* frames a second its sampler takes */
	bool own_reader;      /* an engine that takes frames evenly leaves them to the family */
	int64_t min_pixels;   /* least area of a frame, or of all where the total alone limits */
	int64_t max_pixels;   /* of a frame; 0 = the total alone limits */
	int64_t total_pixels; /* of all frames together; 0 = none */
	/* Of a frame, in versions that cap it beside the total; with max_pixels: where the family's
	 * own tool prepares it. 0 = none does. */
	int64_t frame_cap;
	int32_t tokens[MEDIA_N]; /* VIDEO_FIXED: of a group, by media resolution; 0 = not offered.
				    VIDEO_IMAGE: budget of a frame, 0 = that of images */
	int32_t max_patches;     /* VIDEO_IMAGE: of a frame; 0 = as of images. VIDEO_SHAPE: of a
				    group */
	int32_t once;            /* learned features of a whole video */
	int32_t special;         /* tokens around each group; -1 = the processor exposes none */
	int32_t special_once;    /* around the whole video */
	double least_s, most_s;  /* length that is taken; 0 = any */
	double least_fps, most_fps; /* that may be asked for; 0 = any */
};

extern const char *const video_kind_names[],
	*const video_frames_names[], *const video_stamp_names[],
					     *const video_sampler_names[]; /* NULL-terminated */

#endif
