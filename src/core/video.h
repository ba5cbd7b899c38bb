/* From a video to tokens: its frames are sampled, resized, merged in time, and told apart by texts.
 * Pure, as core/count.h is. */
#ifndef VTOK_CORE_VIDEO_H
#define VTOK_CORE_VIDEO_H

#include "core/count.h"

#define VIDEO_SECONDS_MOST 1e6
#define VIDEO_RATE_MOST 1000.0 /* frames a second */
#define VIDEO_RATE_USUAL 30.0  /* of a video of which nobody says it */
#define VIDEO_FRAMES_MOST INT64_C(1000000)

/* A video as it is asked about. Zero means as written; a video has `given` or `seconds`. */
struct video {
	int64_t given;   /* frames that were sampled already; 0 = none were */
	double seconds;  /* of the video, up to VIDEO_SECONDS_MOST */
	double rate;     /* frames a second of it; 0 = VIDEO_RATE_USUAL */
	int64_t in_file; /* frames of it; 0 = seconds * rate */
	double fps;      /* frames a second to take; 0 = as the sampler does by itself */
	enum video_sampler sampler;
	int32_t even;   /* frames SAMPLER_EVEN takes */
	bool is_bare;   /* the engine drops the pair around a video whose groups have their own */
	bool is_capped; /* the video processor caps frames beside their total */
	const char *engine; /* its name, for refusals; as long as the count. May be NULL */
	enum media_resolution media;
	int64_t min_pixels, max_pixels; /* in place of the family's: of all frames where it limits
					   all, else of one; 0 = its own */
};

/* The frames that were taken. */
struct frames {
	int64_t n;         /* the last one counts twice where a family wants an even number */
	int64_t taken;     /* without that */
	double step, rate; /* frame k is number k * step of the video, rounded by `how` */
	int64_t end;       /* number of frame taken - 1; -1 = as the others */
	int64_t last;      /* number of the last frame of the video */
	int32_t packed;    /* of these become one group, whatever the rule says; 0 = as it says */
	enum { TAKE_NEAREST, TAKE_DOWN, TAKE_UP } how;
};

/* Which frames are taken; n 0: none, or nobody knows. */
void video_sample(const struct processor *p, const struct video *v, struct frames *out);

/* How many of them become one group; 0 = the rule is not known. */
int32_t video_group(const struct processor *p, const struct frames *f);

/* When the k-th of them was shown, in seconds; k from 0, beyond the last one: the last. */
double video_time(const struct frames *f, int64_t k);

/* Tokens of all texts that tell times. */
int64_t video_stamps(enum video_stamp stamp, const struct frames *f, int32_t group);

/* Counts a video of width x height pixels: special holds what stands around the groups and their
 * time stamps. A refusal is a result, as in count_image. tiles is the number of groups. Lens exact.
 */
void count_video(const struct processor *p, const struct video *v, int64_t width, int64_t height,
		 struct count *out);

#endif
