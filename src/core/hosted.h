/* Dated rules of closed models' APIs. A hosted model is a processor like any other, so that
 * everything that counts, compares, charts and explains works for it; beside the common parameters
 * it has those below. The rules change several times a year, hence the dates. */
#ifndef VTOK_CORE_HOSTED_H
#define VTOK_CORE_HOSTED_H

#include <stdbool.h>
#include <stdint.h>

/* What a request may ask for; the first of each is what the API does when nothing is said. */
enum detail { /* OpenAI */
	      DETAIL_AUTO,
	      DETAIL_LOW,
	      DETAIL_HIGH,
	      DETAIL_ORIGINAL,
	      DETAIL_N
};

enum media_resolution { /* Gemini */
			MEDIA_DEFAULT,
			MEDIA_LOW,
			MEDIA_MEDIUM,
			MEDIA_HIGH,
			MEDIA_ULTRA_HIGH,
			MEDIA_N
};

/* How a rule is known. */
enum evidence {
	EVIDENCE_DOCUMENTED, /* by the vendor */
	EVIDENCE_MEASURED, /* from bills, where the vendor's page says something else or nothing */
	EVIDENCE_READ,     /* in published code */
	EVIDENCE_ASSUMED,  /* part of the rule is not published; what third parties take for it */
	EVIDENCE_N
};

/* One level of detail: fit into a square, then into a number of patches. */
struct detail_level {
	int32_t side;    /* pixels; 0 = the level is not offered */
	int32_t patches; /* budget; 0 = none */
};

enum { TABLE_MAX = 12 }; /* rows of the longest published table of examples: 5 */

struct size_tokens {
	int32_t width, height, tokens;
};

struct hosted {
	const char *vendor; /* "OpenAI"; NULL = not a hosted rule */
	int32_t from;       /* first day it was in force, or was seen to be, as yyyymmdd */
	int32_t until;      /* first day it was no longer, as yyyymmdd; 0 = still in force */
	int32_t seen_on;    /* last day on which the source was read, as yyyymmdd; 0 = as `from` */
	enum evidence evidence;
	bool approximate; /* the vendor gives rough figures only */

	int32_t base_tokens; /* charged for the image before any tile */
	int32_t short_side;  /* pixels; shorter side after the second resize; 0 = none */
	struct detail_level detail[DETAIL_N]; /* of DETAIL_AUTO: unused */
	enum detail auto_detail;              /* what DETAIL_AUTO stands for */
	int32_t media_tokens[MEDIA_N]; /* fixed cost of a level; 0 = not offered, or the strategy's
					  own rule */
	int32_t one_side; /* pixels; an image with no side beyond it is a single tile */
	int32_t extra_square, extra_other; /* tokens added by high input fidelity, by shape */
	int32_t table_n;
	struct size_tokens table[TABLE_MAX]; /* the vendor's examples, by increasing area */

	/* limits of the API; 0 = none known */
	const char *hosts;   /* ids of who else answers by this rule, blanks between; may be NULL */
	int32_t reject_side; /* pixels; a longer side is an error */
	int32_t reject_patches; /* after the resize, before the multiplier */
	int32_t many_images;    /* above this number of images in a request ... */
	int32_t many_side;      /* ... this side replaces reject_side */
	int32_t images_max;     /* per request */

	/* the request: filled from the knobs by hosted_ask, never by a file */
	enum detail asked_detail;
	enum media_resolution asked_media;
	int32_t asked_images;
};

/* Names as on the command line and in files: "auto", "low", ..., "ultra-high". NULL-terminated. */
extern const char *const detail_names[];
extern const char *const media_names[];
extern const char *const evidence_names[];

/* "2025-04-14", or "2025-04" for the first day of the month, as yyyymmdd. Years 2000 to 2199; false
 * leaves *out alone. */
bool hosted_parse_date(const char *s, int32_t *out);

/* "2025-04-14" of a date; "" of 0. Returns out. */
char *hosted_date_text(int32_t date, char out[11]);

/* True if the rule was in force on that day (yyyymmdd). */
bool hosted_in_force(const struct hosted *h, int32_t date);

#endif
