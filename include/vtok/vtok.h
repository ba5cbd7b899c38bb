/* libvtok: what an image costs a vision-language model, from its size alone. No weights, no
 *network, no Python.
 *
 *	struct vtok *v = vtok_open(NULL, NULL);
 *	struct vtok_entry entry;
 *	struct vtok_count count;
 *
 *	if (vtok_lookup(v, "qwen2.5-vl-7b", NULL, &entry, NULL) &&
 *	    vtok_count(&entry, NULL, 1920, 1080, &count, NULL) && !count.refused)
 *		printf("%lld tokens\n", (long long)count.visual);
 *	vtok_close(v);
 *
 * Compile and link with `pkg-config --cflags --libs vtok` (add --static for libvtok.a).
 *
 * Sizes are whole pixels, 1 to VTOK_SIDE_MAX a side, as stored: turn a picture by its EXIF
 *orientation first where the model's own processor does. Tokens are positions of the language
 *model's sequence. Quantities name their unit.
 *
 * Errors. Functions that can fail return false or NULL and fill *fault, one line of text without a
 *newline; fault may be NULL. That a model's real processor refuses a size is a result
 *(count.refused), not a fault.
 *
 * Ownership. The library keeps no global state. Everything reached through a struct vtok (ids,
 *names, entries) is borrowed from it and lives until vtok_close. Structs handed in belong to the
 *caller.
 *
 * Threads. A struct vtok never changes between vtok_open and vtok_close: any number of threads may
 *use it at once. Nothing here reads or sets the locale.
 *
 * Sources. Every entry carries the source of its values (entry.source), the keys that could not be
 *confirmed (entry.unverified) and how sure they are (entry.confidence). */
#ifndef VTOK_VTOK_H
#define VTOK_VTOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
	VTOK_SIDE_MAX = 1000000000, /* pixels */
	VTOK_STEPS_MAX = 24         /* rows that vtok_explain ever gives */
};

/* "0.1.0". Static. */
const char *vtok_version(void);

/* ------------------------------------------------------------------ faults */

enum vtok_fault_kind {
	VTOK_FAULT_NONE,
	VTOK_FAULT_ARGUMENT, /* a value out of range, an unknown id: the text offers the nearest
				ones */
	VTOK_FAULT_FILE      /* a registry file or a model folder: "file:line: what was expected" */
};

struct vtok_fault {
	enum vtok_fault_kind kind;
	char text[320]; /* UTF-8 without control characters; "" when there is none */
};

/* ------------------------------------------------------------------ registry */

struct vtok; /* all that is known: processors, checkpoints, hosted models, accelerators, engines */

/* The tables compiled into the library and, if file is not NULL, one INI file over them, as with
 * `vtok -f FILE`. The user's own configuration is not read. NULL on a fault. Close it with
 * vtok_close. */
struct vtok *vtok_open(const char *file, struct vtok_fault *fault);
void vtok_close(struct vtok *v); /* NULL is allowed */

enum vtok_kind {
	VTOK_CHECKPOINT, /* a model with its dimensions: counts and costs */
	VTOK_PROCESSOR,  /* an image processor: counts */
	VTOK_HOSTED,     /* a dated rule of a closed model's API: counts */
	VTOK_HARDWARE,
	VTOK_ENGINE,
	VTOK_KINDS
};

/* Writes at most max ids of one kind to ids, in file order, and returns how many there are; ids may
 * be NULL when max is 0. The texts are borrowed from v. */
size_t vtok_list(const struct vtok *v, enum vtok_kind kind, const char **ids, size_t max);

enum vtok_confidence {
	VTOK_CONFIDENCE_HIGH,   /* seen in the released configuration */
	VTOK_CONFIDENCE_MEDIUM, /* seen in part, or in a derived configuration */
	VTOK_CONFIDENCE_LOW     /* a default of the code, or memory */
};

/* What an id stands for. Plain: copy it as you like, as long as its struct vtok lives. */
struct vtok_entry {
	enum vtok_kind kind;
	const char *id;     /* of the section, which may differ from the alias that was asked for */
	const char *name;   /* for people */
	const char *source; /* where the values come from */
	const char *note;   /* caveat; NULL = none */
	const char *unverified;          /* keys, blanks between; NULL = none */
	enum vtok_confidence confidence; /* of the counting rule */
	bool approximate;                /* the vendor gives rough figures only */
	int32_t rule_from;  /* VTOK_HOSTED: first day of the rule as yyyymmdd; else 0 */
	int32_t rule_until; /* first day it no longer held; 0 = in force */
	const void *model,
		*processor; /* the library's own; model is NULL where no dimensions are known */
};

/* Finds what `vtok count -m ID` would: a checkpoint, a processor (with "@runtime" a runtime's
 * variant) or a hosted model. ASCII case does not matter. rules_date, "2025-04-14" or "2025-04",
 * picks the hosted rule in force on that day; NULL means the newest. */
bool vtok_lookup(const struct vtok *v, const char *id, const char *rules_date,
		 struct vtok_entry *out, struct vtok_fault *fault);

/* ------------------------------------------------------------------ counting */

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

/* All zero: the checkpoint as it is, asked for nothing in particular. A knob that the processor
 * does not have is without effect. The limits are those of the program's options; beyond them is a
 * fault. */
struct vtok_options {
	enum vtok_lens lens;
	int32_t patch;                  /* pixels a side, to 4,096; 0 = the checkpoint's */
	int32_t merge;                  /* patches a side that become one token, to 64 */
	int32_t pool;                   /* pooling side, to 64 */
	int32_t grid;                   /* at most grid x grid tiles, 1 to 9 */
	int64_t min_pixels, max_pixels; /* area limits, to 10^12 */
	enum vtok_detail detail;        /* OpenAI */
	enum vtok_media_resolution media_resolution; /* Gemini */
	int32_t images; /* in the request, to 10^6; 0 = 1. Some APIs tighten their limits */
};

struct vtok_count {
	bool refused;     /* the real processor raises: reason says why, the numbers are 0 */
	bool has_special; /* false: the processor does not show them; special and total are 0 */
	bool approximate;
	int64_t visual;  /* positions that carry image features, learned newlines included */
	int64_t special; /* text tokens the processor puts around them */
	int64_t total;   /* visual + special */
	int64_t resized_w, resized_h; /* pixels; 0 = the rule gives none */
	int64_t tiles;                /* encoder inputs; 0 = the rule gives none */
	char reason[160];
};

/* Counts one image of width x height pixels; options may be NULL. Takes well under a microsecond
 * for most models and allocates nothing. Fails only on sizes or options out of range. */
bool vtok_count(const struct vtok_entry *entry, const struct vtok_options *options, int64_t width,
		int64_t height, struct vtok_count *out, struct vtok_fault *fault);

/* One line of the derivation. */
struct vtok_step {
	const char *
		name; /* "original", "resize", "tiles", "patches", "merge", "visual", ...; static */
	int64_t width, height; /* after this step, in `unit`; 0 = none */
	int64_t count;         /* what the step yields; 0 = none */
	const char *unit;      /* "px", "patches", "tokens", "tiles"; static */
	bool bound;            /* this rule limited the result */
	char text[112];        /* in words */
};

/* How the count comes about: writes the first max rows and returns how many there are, at most
 * VTOK_STEPS_MAX; 0 on a fault. The rows add up to what vtok_count gives. */
size_t vtok_explain(const struct vtok_entry *entry, const struct vtok_options *options,
		    int64_t width, int64_t height, struct vtok_step *steps, size_t max,
		    struct vtok_fault *fault);

/* ------------------------------------------------------------------ costs */

/* All zero but width and height: one image, no text, on the defaults of the program. */
struct vtok_request {
	struct vtok_options options;
	const char *hardware;     /* id; NULL = h100-sxm */
	const char *engine;       /* id; NULL = vllm */
	const char *weights, *kv; /* "bf16", "fp8", "int4", ...; NULL = bf16 */
	int64_t width, height;    /* pixels of each image */
	int64_t images;           /* 0 = one; -1 = text alone */
	int64_t text_tokens, reserve_tokens;
	int64_t context_limit;   /* 0 = the model's own */
	int32_t tensor_parallel; /* GPUs; 0 = 1 */
};

/* Bytes and counts are those of the whole group of GPUs. A figure that cannot be given is NaN;
 * `reason` then names the first one's why. */
struct vtok_estimate {
	struct vtok_count count;          /* of one image */
	int64_t image_tokens;             /* of all images, special tokens included */
	int64_t total_tokens;             /* with text and reserve */
	int64_t context_limit, text_left; /* text_left < 0: too much */
	int64_t images_fit;
	double kv_bytes_per_token, kv_bytes_per_request;
	double weights_bytes, kv_pool_bytes;
	double concurrency, concurrency_text_only; /* requests at once */
	double ttft_s, ttft_low_s, ttft_high_s;    /* time to the first token, and its range */
	double vision_s, llm_s;                    /* two of its parts */
	char reason[160];
};

/* Fails on a processor or hosted model (no dimensions), unknown ids, values out of range. */
bool vtok_estimate(const struct vtok *v, const struct vtok_entry *entry,
		   const struct vtok_request *request, struct vtok_estimate *out,
		   struct vtok_fault *fault);

/* ------------------------------------------------------------------ import */

/* Reads a Hugging Face model folder, or one of its JSON files: config.json with
 * preprocessor_config.json or processor_config.json beside it. Returns the INI sections for it, to
 * be saved and given to vtok_open, as text that the caller frees with vtok_free; NULL on a fault.
 * What could not be read stands there as comments. */
char *vtok_import(const char *path, struct vtok_fault *fault);
void vtok_free(char *text); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
