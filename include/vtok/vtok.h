/* clang-format off: the example below is indented by tabs, for which clang-format has no rule */
/* libvtok: what an image costs a vision-language model, from its size alone. No weights, no
 * network, no Python.
 *
 *	struct vtok *v = vtok_open(NULL, NULL);
 *	struct vtok_subject *model = v ? vtok_find(v, "qwen2.5-vl-7b", NULL, NULL) : NULL;
 *	struct vtok_count count = VTOK_COUNT_INIT;
 *
 *	if (model && vtok_count_image(model, NULL, 1920, 1080, &count, NULL) && !count.refused)
 *		printf("%lld tokens\n", (long long)count.visual);
 *	vtok_subject_free(model);
 *	vtok_close(v);
 *
 * Compile and link with `pkg-config --cflags --libs vtok` (add --static for libvtok.a). vtok(3) is
 * the manual.
 *
 * Sizes are whole pixels, 1 to VTOK_SIDE_MAX a side, as stored: turn a picture by its EXIF
 * orientation first where the model's own processor does (vtok_picture_size tells both). Tokens are
 * positions of the language model's sequence. Quantities name their unit.
 *
 * Errors. Functions that can fail return false, 0 or NULL and fill *fault, one line of text without
 * a newline; fault may be NULL. That a model's real processor refuses a size is a result
 * (count.refused), not a fault.
 *
 * Growth. Structs that a caller fills or hands in begin with `size`, set by their _INIT: a library
 * that knows more members than the program was compiled with leaves those alone or takes them as 0.
 * Everything else is opaque. New figures come as new names of vtok_quantity.
 *
 * Ownership. The library keeps no global state. Texts and ids are borrowed: from the struct vtok,
 * or from the object they were asked of, and live as long as it. What a function named _new or
 * vtok_find returns belongs to the caller, who frees it before vtok_close.
 *
 * Threads. A struct vtok never changes between vtok_open and vtok_close: any number of threads may
 * use it at once. Nothing here reads or sets the locale.
 *
 * Sources. Every entry carries the source of its values (vtok_subject_source), the keys that could
 * not be confirmed (_unverified) and how sure they are (_confidence). */
/* clang-format on */
#ifndef VTOK_VTOK_H
#define VTOK_VTOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ version */

/* Of this header. */
#define VTOK_VERSION_MAJOR 0
#define VTOK_VERSION_MINOR 2
#define VTOK_VERSION_PATCH 0

/* "0.2.0", of the library that is linked. Static. */
const char *vtok_version(void);

/* True when the linked library understands programs compiled with a header of that version: the
 * same major number (and before 1.0 the same minor one), and not older. */
bool vtok_version_fits(int major, int minor, int patch);

/* The same question of the header in use. */
#define VTOK_VERSION_FITS()                                                                        \
	vtok_version_fits(VTOK_VERSION_MAJOR, VTOK_VERSION_MINOR, VTOK_VERSION_PATCH)

/* ------------------------------------------------------------------ faults */

enum vtok_fault_kind {
	VTOK_FAULT_NONE,
	VTOK_FAULT_ARGUMENT, /* a value out of range, an unknown id: the text offers the nearest */
	VTOK_FAULT_FILE,     /* a registry file, a model folder, a picture: what was expected */
	VTOK_FAULT_MEMORY
};

/* Never grows. */
struct vtok_fault {
	enum vtok_fault_kind kind;
	char text[320]; /* UTF-8 without control characters; "" when there is none */
};

/* ------------------------------------------------------------------ what is known */

struct vtok; /* processors, checkpoints, hosted models, accelerators, engines */

/* The tables compiled into the library and, if file is not NULL, one INI file over them, as with
 * `vtok -f FILE`. The user's own configuration is not read. NULL on a fault. Close it with
 * vtok_close. */
struct vtok *vtok_open(const char *file, struct vtok_fault *fault);
void vtok_close(struct vtok *v); /* NULL is allowed */

enum vtok_kind {
	VTOK_CHECKPOINT, /* a model with its dimensions: counts and costs */
	VTOK_PROCESSOR,  /* an image processor: counts */
	VTOK_HOSTED, /* a dated rule of a closed model's API: counts, and its price where known */
	VTOK_HARDWARE,
	VTOK_ENGINE,
	VTOK_KINDS
};

/* Writes at most max ids of one kind to ids, in file order, and returns how many there are; ids may
 * be NULL when max is 0. The texts are borrowed from v. */
size_t vtok_list(const struct vtok *v, enum vtok_kind kind, const char **ids, size_t max);

/* ------------------------------------------------------------------ what is asked about */

struct vtok_subject; /* a checkpoint, a processor or a hosted model */

/* Finds what `vtok count -m ID` would: a checkpoint, a processor (with "@runtime" a runtime's
 * variant) or a hosted model. ASCII case does not matter. rules_date, "2025-04-14" or "2025-04",
 * picks the hosted rule in force on that day; NULL means the newest. A language model alone is a
 * checkpoint that refuses every image: its costs need images = -1. NULL on a fault; free with
 * vtok_subject_free before v is closed. */
struct vtok_subject *vtok_find(const struct vtok *v, const char *id, const char *rules_date,
			       struct vtok_fault *fault);
void vtok_subject_free(struct vtok_subject *s); /* NULL is allowed */

enum vtok_kind vtok_subject_kind(const struct vtok_subject *s);
const char *vtok_subject_id(const struct vtok_subject *s);   /* of the section: an alias differs */
const char *vtok_subject_name(const struct vtok_subject *s); /* for people; may be "" */
const char *vtok_subject_source(const struct vtok_subject *s);     /* where its values come from */
const char *vtok_subject_note(const struct vtok_subject *s);       /* a caveat; NULL = none */
const char *vtok_subject_unverified(const struct vtok_subject *s); /* keys, blanks between; NULL */

enum vtok_confidence {
	VTOK_CONFIDENCE_HIGH,   /* seen in the released configuration */
	VTOK_CONFIDENCE_MEDIUM, /* seen in part, or in a derived configuration */
	VTOK_CONFIDENCE_LOW     /* a default of the code, or memory */
};

/* Of the counting rule. */
enum vtok_confidence vtok_subject_confidence(const struct vtok_subject *s);

/* "unverified", "approximate", "unverified, approximate": the mark every table of the program
 * shows. NULL when the numbers are sure. */
const char *vtok_subject_mark(const struct vtok_subject *s);

/* VTOK_HOSTED: the first day of the rule as yyyymmdd, and the first day it no longer held (0 = in
 * force); else 0. */
int32_t vtok_subject_rule_from(const struct vtok_subject *s);
int32_t vtok_subject_rule_until(const struct vtok_subject *s);

/* The ids of the variants by which other runtimes count it ("qwen2.5-vl@llama.cpp"): as
 * vtok_list. */
size_t vtok_subject_runtimes(const struct vtok *v, const struct vtok_subject *s, const char **ids,
			     size_t max);

/* ------------------------------------------------------------------ counting */

enum {
	VTOK_SIDE_MAX = 1000000000 /* pixels */
};

enum vtok_lens {
	VTOK_LENS_EXACT,  /* what the checkpoint's real processor does */
	VTOK_LENS_FORMULA /* the textbook formula at the image's own resolution */
};

enum vtok_detail { VTOK_DETAIL_AUTO, VTOK_DETAIL_LOW, VTOK_DETAIL_HIGH, VTOK_DETAIL_ORIGINAL };

enum vtok_media_resolution {
	VTOK_MEDIA_DEFAULT,
	VTOK_MEDIA_LOW,
	VTOK_MEDIA_MEDIUM,
	VTOK_MEDIA_HIGH,
	VTOK_MEDIA_ULTRA_HIGH
};

/* VTOK_OPTIONS_INIT: the checkpoint as it is, asked for nothing in particular. A knob that the
 * processor does not have is without effect. */
struct vtok_options {
	size_t size; /* sizeof(struct vtok_options) */
	enum vtok_lens lens;
	int32_t patch;                  /* pixels a side, to 4096; 0 = the checkpoint's */
	int32_t merge;                  /* patches a side that become one token, to 64 */
	int32_t pool;                   /* pooling side, to 64 */
	int32_t grid;                   /* at most grid x grid tiles, 1 to 9 */
	int32_t images;                 /* in the request, to 1000000; 0 = 1. Some APIs tighten
					   their limits */
	int64_t min_pixels, max_pixels; /* area limits, to 10^12 */
	enum vtok_detail detail;        /* OpenAI */
	enum vtok_media_resolution media_resolution; /* Gemini */
	int32_t max_tokens; /* visual tokens of one image, at most, by the processor's own setting,
			       to 1000000000; refused where it has none that does; 0 = its own */
};
#define VTOK_OPTIONS_INIT                                                                          \
	{                                                                                          \
		sizeof(struct vtok_options), VTOK_LENS_EXACT, 0, 0, 0, 0, 0, 0, 0,                 \
			VTOK_DETAIL_AUTO, VTOK_MEDIA_DEFAULT, 0                                    \
	}

struct vtok_count {
	size_t size;         /* sizeof(struct vtok_count) */
	bool refused;        /* the real processor raises: reason says why, the numbers are 0 */
	bool is_approximate; /* the vendor gives rough figures only */
	int64_t visual;      /* positions that carry image features, learned newlines included */
	int64_t special;     /* text tokens the processor puts around them; -1 = not shown by it */
	int64_t total;       /* visual + special; -1 = special is not known */
	int64_t resized_w, resized_h; /* pixels; 0 = the rule gives none */
	int64_t tiles;                /* encoder inputs; 0 = the rule gives none */
	char reason[160];
};
#define VTOK_COUNT_INIT                                                                            \
	{                                                                                          \
		sizeof(struct vtok_count), false, false, 0, 0, 0, 0, 0, 0, ""                      \
	}

/* Counts one image of width x height pixels; options may be NULL. Takes well under a microsecond
 * for most models and allocates nothing. Fails only on sizes or options out of range, and on a
 * `size` that no version of the struct had. */
bool vtok_count_image(const struct vtok_subject *s, const struct vtok_options *options,
		      int64_t width, int64_t height, struct vtok_count *out,
		      struct vtok_fault *fault);

/* A video of that many sampled frames (1 at least), where the family's rule is known; others are
 * refused with that reason. tiles is the number of merged frames. */
bool vtok_count_video(const struct vtok_subject *s, int64_t frames, int64_t width, int64_t height,
		      struct vtok_count *out, struct vtok_fault *fault);

/* How many frames the family's own sampler takes from a video of that length at fps frames a
 * second; 0 = its rule is not known, or the arguments are not positive. */
int64_t vtok_video_frames(const struct vtok_subject *s, double seconds, double fps);

/* One line of a derivation. Made by the library alone: it may grow at its end. */
struct vtok_step {
	const char *name;      /* "original", "resize", "tiles", "patches", "merge", "visual", ...;
				  static */
	int64_t width, height; /* after this step, in `unit`; 0 = none */
	int64_t count;         /* what the step yields; 0 = none */
	const char *unit;      /* "px", "patches", "tokens", "tiles"; static */
	bool is_bound;         /* this rule limited the result */
	const char *text;      /* in words */
};

struct vtok_derivation;

/* How the count comes about: rows that add up to what vtok_count_image gives. NULL on a fault; free
 * with vtok_derivation_free. */
struct vtok_derivation *vtok_derivation_new(const struct vtok_subject *s,
					    const struct vtok_options *options, int64_t width,
					    int64_t height, struct vtok_fault *fault);
void vtok_derivation_free(struct vtok_derivation *d); /* NULL is allowed */
size_t vtok_derivation_n(const struct vtok_derivation *d);

/* NULL behind the last. Borrowed from d. */
const struct vtok_step *vtok_derivation_step(const struct vtok_derivation *d, size_t i);

/* ------------------------------------------------------------------ costs */

/* VTOK_REQUEST_INIT: one image, no text, on the defaults of the program; width and height must be
 * set. */
struct vtok_request {
	size_t size;           /* sizeof(struct vtok_request) */
	int64_t width, height; /* pixels of each image */
	int64_t images;        /* 0 = one; -1 = text alone */
	int64_t text_tokens, reserve_tokens;
	int64_t context_limit;    /* 0 = the model's own */
	const char *hardware;     /* id; NULL = h100-sxm */
	const char *engine;       /* id, or with a version "vllm@0.20"; NULL = vllm */
	const char *weights, *kv; /* "bf16", "fp8", "q4_k_m", ...; NULL = as named, stored; bf16 */
	int32_t tensor_parallel;  /* GPUs; 0 = 1 */
	double usd_per_million;   /* price of a million input tokens; 0 = not given */
	const struct vtok_options *options; /* NULL = none */

	/* how the server was told to work; 0 and NULL = what the engine does by itself */
	const char *preprocess; /* who prepares pictures: "auto", "fast", "gpu", "slow", "none" */
	int32_t cpu_threads;    /* that do */
	int32_t max_batched_tokens; /* of one step */
	int32_t max_seqs;           /* requests of one step, or slots of llama.cpp */
	int32_t limit_images;       /* most pictures of a prompt; -1 = it takes none */
	double utilisation;         /* share of the memory, 0.01 to 1 */

	/* traffic and money; 0 = not given: no traffic, no limit, 0.95, 50 ms, the market's price
	 */
	double rate_per_s;       /* requests that come in a second */
	double ttft_s;           /* longest time to the first token, at the quantile */
	double quantile;         /* of those times, 0.5 to 0.9999 */
	double itl_s;            /* longest time between tokens */
	double usd_per_gpu_hour; /* of one device */
};
#define VTOK_REQUEST_INIT                                                                          \
	{                                                                                          \
		sizeof(struct vtok_request), 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, 0, 0, NULL, \
			NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0                                         \
	}

struct vtok_estimate;

/* What a request costs. A processor or a hosted model has no dimensions: its tokens are there, and
 * the reason in place of the rest. NULL on unknown ids and values out of range; free with
 * vtok_estimate_free before v is closed. Takes microseconds. */
struct vtok_estimate *vtok_estimate_new(const struct vtok *v, const struct vtok_subject *s,
					const struct vtok_request *request,
					struct vtok_fault *fault);
void vtok_estimate_free(struct vtok_estimate *e); /* NULL is allowed */

/* One figure, by the name it has as a column of `vtok estimate -o csv`: "tokens_visual",
 * "context_used_share", "kv_bytes_per_request", "capacity_concurrency", "prefill_ttft_ms", ...
 * False: there is no number; *reason then says why ("no figure of that name", "no checkpoint
 * known", ...), a text that lives as long as e. Bytes and counts are those of the whole group of
 * GPUs; names that end in _ms are milliseconds, in _share 0 to 1. value and reason may be NULL. */
bool vtok_quantity(const struct vtok_estimate *e, const char *name, double *value,
		   const char **reason);

/* The figures that are words: "prefill_bound", "kv_dtype". NULL: as above. */
const char *vtok_quantity_text(const struct vtok_estimate *e, const char *name,
			       const char **reason);

/* The names, one after the other, as columns: writes the i-th to out and returns it; NULL behind
 * the last. */
enum { VTOK_QUANTITY_NAME = 48 };
const char *vtok_quantity_name(size_t i, char out[VTOK_QUANTITY_NAME]);

/* For people: "time to the first token"; and its unit, "ms", "bytes", "" where it has none. NULL:
 * no figure of that name. Static. */
const char *vtok_quantity_title(const char *name);
const char *vtok_quantity_unit(const char *name);

/* ------------------------------------------------------------ the size for a budget */

/* A figure by its name as above, in its unit: a cost ("prefill_ttft_ms") at most, anything else
 * ("capacity_concurrency") at least. */
struct vtok_budget {
	const char *quantity;
	double value;
};

enum vtok_fit_status {
	VTOK_FIT_OK,        /* a smaller size holds */
	VTOK_FIT_FITS,      /* the size of the request holds */
	VTOK_FIT_NONE,      /* no size holds */
	VTOK_FIT_NO_CHOICE, /* no size holds, and all take as many tokens */
};

struct vtok_fitted {
	size_t size; /* sizeof(struct vtok_fitted) */
	enum vtok_fit_status status;
	int64_t width, height;    /* pixels; 0 = no size holds */
	int64_t tokens;           /* of one image; the visual ones where specials are unknown */
	int64_t effective_pixels; /* of the picture that the model gets */
	double kept_share;        /* of those of the request's size; -1 = not known */
	int64_t next_width, next_height, next_tokens; /* the next larger size of another number of
							 tokens; 0 = there is none */
	int64_t least_width, least_height, least_tokens; /* where no size holds: the one of the
							    fewest tokens; 0 = all are refused */
	int32_t bound_by; /* the budget that decides, counted from 0; -1 = none does */
};
#define VTOK_FITTED_INIT                                                                           \
	{                                                                                          \
		sizeof(struct vtok_fitted), VTOK_FIT_OK, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1       \
	}

/* The largest size of the request's shape, no larger than it, that meets all n budgets (1 to 16):
 * as `vtok fit` finds it. False: a value is out of range, a name is unknown or no budget, or a
 * figure cannot be had for this subject; fault says which. Takes microseconds, a budget on a time
 * up to some milliseconds. */
bool vtok_fit(const struct vtok *v, const struct vtok_subject *s,
	      const struct vtok_request *request, const struct vtok_budget *budgets, size_t n,
	      struct vtok_fitted *out, struct vtok_fault *fault);

/* ------------------------------------------------------------------ picture files */

struct vtok_picture {
	size_t size;                /* sizeof(struct vtok_picture) */
	int64_t width, height;      /* pixels, as displayed: turned by the orientation it states */
	int64_t stored_w, stored_h; /* pixels, as stored */
	bool is_turned;             /* the two differ */
	double dpi;                 /* that it states; 0 = none */
	char format[16];            /* "JPEG" */
};
#define VTOK_PICTURE_INIT                                                                          \
	{                                                                                          \
		sizeof(struct vtok_picture), 0, 0, 0, 0, false, 0, ""                              \
	}

/* Reads the header of a picture file (no pixel is decoded). Only regular files: a device or a pipe
 * is refused without waiting for it. */
bool vtok_picture_size(const char *path, struct vtok_picture *out, struct vtok_fault *fault);

/* ------------------------------------------------------------------ import */

/* Reads a Hugging Face model folder, one of the hub's cache, or one of its JSON files: config.json
 * with preprocessor_config.json or processor_config.json beside it; or GGUF files, a language model
 * with its projector beside it. Returns the INI sections for it, to be saved and given to
 * vtok_open, as text that the caller frees with vtok_free; NULL on a fault, as for a family that is
 * not known. What could not be read stands there as comments. */
char *vtok_import(const char *path, struct vtok_fault *fault);
void vtok_free(char *text); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
