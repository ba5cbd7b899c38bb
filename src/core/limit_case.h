/* Rules about servers and vendors, and what they are judged on: the plain types of core/limit.h. */
#ifndef VTOK_CORE_LIMIT_CASE_H
#define VTOK_CORE_LIMIT_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"
#include "core/model.h"
#include "core/release.h"

/* Worst first: the order of rows, and of exit codes. */
enum verdict {
	VERDICT_START_FAILS, /* the server does not start */
	VERDICT_CRASH,       /* it ends, or the request takes it down */
	VERDICT_HANG,        /* no answer ever comes */
	VERDICT_REJECTED,    /* an error comes back */
	VERDICT_TRUNCATED,   /* something is cut off in silence */
	VERDICT_SHRUNK,      /* the picture is made smaller than the model would take it */
	VERDICT_ENLARGED,
	VERDICT_OVER_RESERVED, /* memory is set aside for what never comes */
	VERDICT_UNENFORCED,    /* a setting that looks as if it held does not */
	VERDICT_OK,
	VERDICT_N
};

/* From start-fails to shrunk: what a request does not survive as it was meant. */
static inline bool verdict_is_bad(enum verdict v)
{
	return v <= VERDICT_SHRUNK;
}

enum limit_test {
	TEST_OVER,    /* bites when value > bound */
	TEST_REACHES, /* value >= bound */
	TEST_UNDER,   /* value < bound */
	TEST_N
};

struct cap_place; /* core/setting.h */

/* Whom a section is about. Words between blanks; NULL or empty: everybody. */
struct limit_scope {
	const char *engines; /* ids of engines; "any": every engine and vendor */
	const char *vendor;  /* or of a vendor's API */
	const char *since, *until;
	const char *setting_id;
	const struct cap_place *setting; /* those alone that it is for; NULL = all */
	const char *processors;          /* ids without their runtime */
	const char *strategies, *variants;
	const char *models; /* ids of checkpoints */
	const char *except; /* not these processors or checkpoints */
};

struct limit {
	const char *id, *source, *unverified;
	struct limit_scope scope;
	const char *when;          /* a condition; NULL = always */
	const char *value, *bound; /* numbers; both or none */
	enum limit_test test;
	enum verdict verdict;
	const char *unit;   /* of both numbers */
	const char *remedy; /* {name}: the number of that name */
	const char *hides;  /* rules that say the same in general words: not told beside it */
};

struct limit_term {
	const char *id, *source, *unverified;
	struct limit_scope scope;
	const char *name; /* as conditions have it */
	const char *is;   /* what it stands for */
};

/* A setting of the server ("max-model-len", "limit-mm-per-prompt.image.count"), of its environment
 * ("VLLM_MAX_IMAGE_PIXELS"), or a key that the client sends, with its place ("part:max_pixels"). */
struct limit_setting {
	const char *name, *text;
	double number; /* NAN where the text is none */
};

/* One picture of the request, or several alike. */
struct limit_image {
	int64_t width, height;        /* pixels, as whoever counts takes it; 0 = not known */
	int64_t resized_w, resized_h; /* pixels; 0 = not known */
	int64_t visual, special;      /* tokens; visual -1 = not known */
	int64_t reference;            /* visual ones by the checkpoint's own processor; -1 */
	bool is_refused;              /* by the processor */
	bool has_file;
	bool is_animated;         /* a GIF that moves */
	enum image_format format; /* of a file */
	int64_t file_bytes;       /* 0 = not known */
	int64_t many;             /* so many of it */
	/* what its own part says, beyond what holds for the whole request */
	const struct limit_setting *settings;
	size_t settings_n;
	const char *detail, *media; /* levels by name; NULL = those of the setup */
};

/* limit_greatest() of a processor, found when a rule first asks for it: it takes a search. */
struct limit_most {
	bool is_known;
	int64_t most;
};

/* What is judged. Borrowed, all of it; NULL only where it is said. */
struct limit_case {
	const struct setup *setup;   /* model, hardware (may be NULL), text, answer, context */
	const struct engine *engine; /* NULL: a vendor's API */
	const char *vendor;          /* NULL: an engine */
	struct release version;
	bool names_device;               /* the hardware was asked for */
	const struct processor *server;  /* as the server was told to count */
	const struct processor *request; /* and as this request counts */
	const struct processor *own;     /* as the engine counts where nobody told it anything */
	const struct processor *family;  /* the checkpoint's own */
	const struct limit_image *images;
	size_t images_n;
	const struct limit_setting *settings;
	size_t settings_n;
	const struct limit_term *const *terms;
	size_t terms_n;
	struct limit_most *v_max, *server_max; /* of request and server */
	int64_t request_bytes;                 /* of the request as it is sent; 0 = not known */
};

#endif
