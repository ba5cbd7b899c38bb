/* Time before the encoder: a file becomes pixels (decode), pixels become what the tower takes
 * (processor). Pure; never allocates. The constants are sections [decoder ID] and
 * [preprocess ID] of the registry, which say where they were measured; engines name the one,
 * processors (or engines with code of their own) the other. */
#ifndef VTOK_CORE_PREPROCESS_H
#define VTOK_CORE_PREPROCESS_H

#include <stdbool.h>

#include "base/picture.h"
#include "core/reason.h"

/* By whom and where a picture is prepared. */
enum preprocess_way {
	PREPROCESS_AUTO, /* as the engine does it */
	PREPROCESS_FAST, /* torchvision on the CPU, or an engine's own code */
	PREPROCESS_GPU,  /* the same processor on the GPU; decoding stays on the CPU */
	PREPROCESS_SLOW, /* Pillow and numpy, one thread */
	PREPROCESS_NONE, /* left out, decoding too: the GPU's part alone */
	PREPROCESS_N
};

/* "auto", "fast", "gpu", "slow", "none" as on the command line and in files, then NULL. */
extern const char *const preprocess_way_names[];
/* ASCII case ignored; false leaves *out alone. */
bool preprocess_way_find(const char *name, enum preprocess_way *out);

/* One way of a processor: seconds = fixed_s + in_s x MP as sent + out_s x MP as fed to the tower,
 * where MP are 10^6 pixels of one picture, tiles and overview counted. All 0: there is no such
 * way. */
struct preprocess_rate {
	double fixed_s, in_s, out_s;
	bool guessed; /* derived: a key of it is marked unverified */
};

/* How one family of processors prepares a picture. */
struct preprocess {
	const char *id, *name, *source, *note, *unverified;
	const char *strategies;      /* processors of these that name no kind are of this one */
	struct preprocess_rate fast; /* one thread; more divide out_s alone */
	struct preprocess_rate gpu, slow;
	/* slow: output beyond this much costs another rate; 0 = the same */
	double slow_knee_mpx, slow_above_s;
	double low, high;           /* measured over predicted, 10th and 90th percentile */
	double slow_low, slow_high; /* the same of the slow way */
};

/* Decoding in one thread: seconds = pixels_s x MP + bytes_s x MB of the file. */
struct decode_rate {
	double pixels_s, bytes_s;
	bool guessed; /* derived: a key of it is marked unverified */
};

struct decoder {
	const char *id, *name, *source, *note, *unverified;
	struct decode_rate rate[IMAGE_FORMAT_N];
	struct decode_rate unsized; /* a JPEG whose size is not known: bytes_s is 0 */
	double low, high;           /* measured over predicted, 10th and 90th percentile */
	double unsized_low, unsized_high;
};

/* All pictures of a request are alike and prepared one after the other. */
struct preprocess_job {
	const struct decoder *decoder; /* NULL: nobody knows */
	const struct preprocess *kind; /* NULL: nobody knows */
	enum preprocess_way way;       /* not AUTO */
	double threads;                /* of the fast way; less than 1 counts as 1 */
	double images;
	double in_mpx, out_mpx;   /* 10^6 pixels of one picture, as sent and as fed */
	double file_bytes;        /* of one picture; 0 = not known */
	enum image_format format; /* used where file_bytes is known */
};

struct preprocess_time {
	double decode_s, processor_s;
	/* 10th and 90th percentile of each: low <= value <= high */
	double decode_low_s, decode_high_s, processor_low_s, processor_high_s;
	bool guessed; /* a constant stands for measurements of something else */
};

/* What the fast way's out_s is divided by: min(3.5, t^0.6) of 1 to 8 threads; more are as 8. */
double preprocess_speedup(double threads);

/* REASON_NONE and *out, or why there is no time: no constants for this processor, or a way its
 * engine does not have. *out is then zero. */
enum reason preprocess(const struct preprocess_job *job, struct preprocess_time *out);

enum { PREPROCESS_TEXT = 48 };

/* Who does it, in words: "1 CPU thread", "8 CPU threads", "the CPU", "the GPU", "Pillow, one
 * thread", "left out". Returns out. */
char *preprocess_words(const struct preprocess_job *job, char out[PREPROCESS_TEXT]);

#endif
