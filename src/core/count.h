/* From an image size to visual tokens: what the checkpoint's real processor does (lens exact), or
 * the textbook formula (lens formula). Pure: no allocation, no input or output. */
#ifndef VTOK_CORE_COUNT_H
#define VTOK_CORE_COUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/processor.h"

enum lens { LENS_EXACT, LENS_FORMULA, LENS_N };

enum {
	SIDE_MAX = 1000000000
}; /* pixels; both sides at it still multiply without overflow in 64 bits */

/* What the user turned. 0 (or -1 where 0 means something) keeps the checkpoint's value. */
struct knobs {
	int32_t patch, merge, pool;
	int32_t grid_k; /* 0 = auto: the model's own grids; 1..9 = at most k x k tiles (formula:
			   exactly k) */
	int64_t min_pixels, max_pixels;
	/* what a request to a hosted model asks for; open processors look at the number of images
	 * alone (DeepSeek-VL2 cuts none when there are many), and it is no modification */
	enum detail detail;
	enum media_resolution media;
	int32_t images; /* in the request, 0 = 1: some APIs tighten their limits, some processors
			   stop cutting */
};

/* Which knobs a processor lets one turn, and why not: NULL, or a reason in words ("a 336-pixel
 * square always"). */
struct knob_rules {
	const char *patch, *merge, *pool, *grid_k, *min_pixels, *max_pixels; /* NULL = free */
};

struct count {
	bool refused;     /* the real processor raises: reason says so, the numbers are 0 */
	bool has_special; /* false: the processor does not expose them: special is 0 and total is
			     visual, shown empty */
	bool approximate; /* the vendor documents the rule only roughly */
	int64_t visual, special, total;
	int64_t resized_w, resized_h; /* 0 = the rule gives none */
	int64_t tiles;                /* encoder inputs; 0 = the rule gives none */
	int64_t encoder_patches; /* patches the vision tower sees over all tiles; 0 = unknown: from
				    tower and tiles */
	char reason[160];        /* set only when refused */
};

/* One line of the derivation. The steps in "tokens" before STEP_VISUAL are its summands: their
 * counts add up to visual. STEP_VISUAL and STEP_SPECIAL add up to STEP_TOTAL. */
enum step_kind {
	STEP_ORIGINAL,
	STEP_EXIF,
	STEP_RESIZE,
	STEP_PAD,
	STEP_TILE,
	STEP_PATCH,
	STEP_MERGE,
	STEP_POOL,
	STEP_UNPAD,
	STEP_QUERY,
	STEP_NEWLINE,
	STEP_VISUAL,
	STEP_SPECIAL,
	STEP_TOTAL,
	STEP_REFUSED,
	STEP_N
};

const char *step_name(enum step_kind k); /* "resize", "tiles", ... */

struct step {
	enum step_kind kind;
	int64_t width, height; /* size after this step in pixels, patches or tokens as `unit` says;
				  0 = none */
	int64_t count;         /* tokens, tiles, rows: what the step yields; 0 = none */
	const char *unit;      /* "px", "patches", "tokens", "tiles" */
	bool bound;            /* this rule limited the result */
	char text[112];        /* in words: "rounded to multiples of 28", "pixel cap 12,845,056" */
};

/* Where on the picture the tiles lie after the resize: what the image view draws. */
struct layout_px {
	int64_t canvas_w, canvas_h; /* what is cut or fed, padding included; 0 = unknown */
	int64_t content_x, content_y, content_w, content_h; /* where the picture lies on it */
	int32_t cols, rows;    /* tiles of the canvas; 1 x 1 = one encoder input */
	double cell_w, cell_h; /* canvas pixels one visual token covers; 0 = not a grid */
	bool overview;         /* one more encoder input with the whole picture */
};

enum { STEPS_MAX = 24 };

/* Filled only when asked for; the fast path passes NULL. */
struct trace {
	int32_t n;
	struct step steps[STEPS_MAX];
	struct layout_px layout;
};

/* Counts one image of width x height pixels (both 1..SIDE_MAX). knobs and trace may be NULL. A
 * refusal of the real processor is a result (out->refused), not a failure. Never allocates; costs
 * well under a microsecond for most strategies when trace is NULL. */
void count_image(const struct processor *p, enum lens lens, const struct knobs *knobs,
		 int64_t width, int64_t height, struct count *out, struct trace *trace);

/* A video of `frames` sampled frames (1 at least) of width x height pixels: temporal merging, pixel
 * limits per frame and over all frames. The rule is known for the Qwen-VL families (temporal_merge
 * > 0); others are refused with that reason. tiles is the number of merged frames. Lens exact.
 * trace may be NULL. Frames of a list of images are images. */
void count_video(const struct processor *p, int64_t frames, int64_t width, int64_t height,
		 struct count *out, struct trace *trace);

/* How many frames the family's own sampler takes from a video of that length at fps frames a
 * second; 0 = rule unknown. */
int64_t count_video_frames(const struct processor *p, double seconds, double fps);

/* The textbook formula by itself, for the four curves of lens formula: patch, merge, pool and
 * grid_k as turned, quotients floored. grid_k 0 means 3. */
int64_t count_textbook(enum textbook t, int32_t patch, int32_t merge, int32_t pool, int32_t grid_k,
		       int64_t width, int64_t height);

/* What the processor fixes. */
void count_knob_rules(const struct processor *p, struct knob_rules *out);

/* True if the knobs change anything about this processor ("modified: no longer the checkpoint"). */
bool count_is_modified(const struct processor *p, const struct knobs *knobs);

#endif
