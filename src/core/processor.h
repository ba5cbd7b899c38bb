/* How a checkpoint's image processor counts: a strategy and its parameters. One flat struct for all
 * strategies, so that a new model of a known family is a few INI lines. Every strategy says in its
 * head comment which fields it reads; the schema (registry/schema_processor.c) says which INI key
 * fills which field. */
#ifndef VTOK_CORE_PROCESSOR_H
#define VTOK_CORE_PROCESSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/hosted.h"
#include "core/usual.h"
#include "core/video_rule.h"

struct strategy;   /* core/strategy.h */
struct preprocess; /* core/preprocess.h */

/* How sure the parameters are (column conf of the fact tables). */
enum confidence {
	CONFIDENCE_HIGH,   /* seen in the released configuration */
	CONFIDENCE_MEDIUM, /* seen in part, or in a derived configuration */
	CONFIDENCE_LOW,    /* code default or memory: shown as unverified */
	CONFIDENCE_N
};

/* The four textbook strategies of lens `formula` (DESIGN section 2). */
enum textbook {
	TEXTBOOK_NONE,        /* the family has no textbook formula of its own */
	TEXTBOOK_ORIGINAL,    /* V = (H/PS) (W/PS)                 LLaVA-1.5 */
	TEXTBOOK_MERGER,      /* V = (H/(PS SMS)) (W/(PS SMS))     Qwen2.5-VL, Qwen3-VL */
	TEXTBOOK_MULTIGRID,   /* V = V_original (k k + 1)          LLaVA-NeXT, LLaVA-OneVision */
	TEXTBOOK_DOWNSAMPLER, /* V = (H/(PS pool)) (W/(PS pool))   Gemma 3 */
	TEXTBOOK_N
};

/* What whoever reads a picture file does with the EXIF orientation it states. */
enum orientation {
	ORIENTATION_UNKNOWN, /* nobody has published it */
	ORIENTATION_APPLY,   /* turned before it is counted */
	ORIENTATION_IGNORE,  /* counted as stored */
	ORIENTATION_N
};
extern const char *const orientation_names[];

enum lens { LENS_EXACT, LENS_FORMULA, LENS_N };

enum { PINS_MAX = 48 }; /* longest published list has 36 */

struct px_size {
	int32_t width, height; /* pixels */
};

struct processor {
	const char
		*id; /* section name: "qwen2.5-vl"; "qwen2.5-vl@llama.cpp" for a runtime variant */
	const char *aliases;    /* other ids, blanks between */
	const char *name;       /* for people */
	const char *source;     /* where the parameters come from */
	const char *note;       /* caveats for people, may be NULL */
	const char *unverified; /* keys whose values could not be confirmed, blanks between; may be
				   NULL */
	enum confidence confidence;
	const char *strategy_name; /* INI value; strategy is found from it once, at load or build */
	const struct strategy *strategy;     /* never NULL in a loaded registry */
	const char *preprocess_id;           /* NULL: the kind that claims the strategy */
	const struct preprocess *preprocess; /* what preparing a picture takes; NULL: not known */
	enum textbook textbook;
	const char *variant_name; /* INI value, one of strategy->variants; NULL = the first */
	int32_t variant;          /* which reading of the rule, an enum of the strategy; found from
				     variant_name */

	/* geometry, pixels unless said */
	int32_t patch;       /* side of one encoder patch */
	int32_t merge;       /* spatial merge size, patches per token side */
	int32_t pool;        /* pooling side */
	int32_t tile;        /* side of one encoder input */
	int32_t base;        /* side of the overview where it differs from tile */
	int32_t align;       /* sides become multiples of this; 0 = patch x merge */
	int32_t overlap;     /* patches that neighbouring tiles share at each border */
	int32_t min_crop;    /* a crop with a smaller side is not taken */
	int32_t split_above; /* no tiles while both sides are at most this; 0 = the rule decides
				alone */
	int64_t min_pixels, max_pixels; /* area limits; 0 = none */
	int32_t longest_edge;           /* longest side after resize; 0 = none */
	double max_aspect; /* longer / shorter side beyond which the processor refuses or clamps; 0
			      = none */

	/* tiles */
	int32_t min_tiles, max_tiles;
	int32_t max_grid; /* tiles per side at most; 0 = no such limit (knob grid_k sets it) */
	int32_t grid_cap; /* anyres_max_N: features of more tiles than this are scaled down; 0 =
			     never */
	int32_t max_cut_images; /* in a request of more images none is cut; 0 = no matter */
	bool thumbnail;         /* one more tile with the whole image when it was cut */
	bool pins_are_hw;       /* the list is read as height,width (the order decides ties) */
	int32_t pins_n;
	struct px_size pins[PINS_MAX]; /* allowed canvases, in published order, as listed */

	/* tokens */
	int32_t tokens_per_tile; /* positions per tile or per image; 0 = from the geometry */
	int32_t min_tokens, max_tokens;
	int32_t min_patches, max_patches;
	int32_t max_side_patches; /* on one side; 0 = no limit */
	int32_t visual_per_row;   /* learned newline features after each row of features */
	int32_t visual_per_image; /* learned features per image: separators, begin and end */
	double ratio; /* strategy-specific real number (tolerance, threshold, down-sampling) */

	/* Special tokens: per image always (-1 = the processor does not expose them: empty in the
	 * output); in tile families the other three count only when the image was cut: once, per
	 * tile of the grid (the overview is not one), per row of tiles. In families without tiles
	 * special_per_row counts rows of tokens. */
	int32_t special_per_image;
	int32_t special_if_split;
	int32_t special_per_tile;
	int32_t special_per_row;

	int32_t size_digits; /* of a text that names both sides, to one token of it; 0 = no such
				text */

	struct video_rule video;

	/* runtime variants */
	const char *runtime;          /* "llama.cpp", "vllm", ...; NULL = the reference processor */
	const char *runtime_reason;   /* why it counts differently */
	enum orientation orientation; /* of a vendor, a host, or a runtime that is no engine */
	const char *host; /* who serves it so, for people; runtime is its id then. NULL = an engine,
			     or the reference */

	int64_t reject_pixels; /* of the picture as it came: a larger one is refused; 0 = none is */

	int32_t asked_tokens; /* the cap that was asked for, never by a file; 0 = none */
	bool is_whole;        /* no picture is cut, where a strategy can be told so
				 (do_image_splitting); never by a file */

	struct hosted hosted; /* dated rule of a closed model's API; vendor NULL for open models, of
				 which variants alone have dates */
};

/* What the user turned. 0 (or -1 where 0 means something) keeps the checkpoint's value. */
struct knobs {
	int32_t patch, merge, pool;
	int32_t grid_k; /* 0 = auto: the model's own grids; to GRID_MOST = at most k x k tiles
			   (formula: exactly k) */
	int64_t min_pixels, max_pixels;
	int32_t max_tokens; /* visual ones of an image, at most; 0 = the model's own limit */
	/* what a request to a hosted model asks for; open processors look at the number of images
	 * alone (DeepSeek-VL2 cuts none when there are many), and it is no modification */
	enum detail detail;
	enum media_resolution media;
	int32_t images; /* in the request, 0 = 1: some APIs tighten their limits, some processors
			   stop cutting */
};

/* What another model beside the present one keeps of its knobs: what the request asks of every
 * model, not what was turned of one. */
static inline struct knobs knobs_of_others(const struct knobs *k)
{
	return (struct knobs){.detail = k->detail, .media = k->media, .images = k->images};
}

#endif
