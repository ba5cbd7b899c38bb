/* Why a real processor, or the API of a closed model, does not take an image. A count carries the
 * case and the figures that its sentence names; the sentence is made where somebody reads it, since
 * a stream or a sweep may meet refusals by the million. */
#ifndef VTOK_CORE_REFUSAL_H
#define VTOK_CORE_REFUSAL_H

#include <stddef.h>
#include <stdint.h>

enum refusal {
	REFUSED_NOT, /* 0, so that a count's member reads as a condition */
	REFUSED_SIDES,
	REFUSED_NO_FORMULA,
	REFUSED_ASPECT,     /* limit; a longer, b shorter side */
	REFUSED_SIDE,       /* a side shrinks to nothing */
	REFUSED_SHORT_SIDE, /* the shorter one does */
	REFUSED_LONGEST,    /* a longest side, pixels */
	REFUSED_BOX,        /* a x b pixels */
	REFUSED_BUDGET,     /* a tokens */
	REFUSED_POSITIONS,  /* a patches on a side, b at most */
	REFUSED_PATCH,      /* a patch of a pixels, b of the encoder's input */
	REFUSED_TOKEN,      /* a token of a x a pixels, b of the encoder's input */
	REFUSED_EXTREME,
	REFUSED_VIDEO,
	REFUSED_VIDEO_IMAGES,  /* the model takes images alone */
	REFUSED_VIDEO_CONTENT, /* what the frames show decides */
	REFUSED_VIDEO_ENGINE,  /* vendor: the engine, which takes none */
	REFUSED_VIDEO_SAMPLER, /* vendor: the engine, of which nobody knows how it samples */
	REFUSED_VIDEO_UTILS,
	REFUSED_VIDEO_LENGTH,  /* nobody says how long it is */
	REFUSED_VIDEO_SECONDS, /* vendor; a to b seconds */
	REFUSED_VIDEO_FPS,     /* vendor; a to b frames of ten seconds */
	REFUSED_FRAMES,
	REFUSED_FEW_FRAMES, /* a at least */
	REFUSED_LARGE_FRAMES,
	REFUSED_IMAGES,  /* vendor; a at most, b asked for */
	REFUSED_LONG,    /* vendor; a pixels */
	REFUSED_LONG_OF, /* vendor; a pixels when there are more than b images */
	REFUSED_PATCHES, /* vendor; a at most, b found */
	REFUSED_AREA,    /* vendor; a pixels at most */
	REFUSED_DETAIL,  /* a of enum detail */
	REFUSED_MEDIA,   /* a of enum media_resolution */
	REFUSED_CAP,     /* a tokens asked for, b needed */
	REFUSED_SUM,     /* a of b inputs failed */
	REFUSED_SUM_LARGE,
	REFUSED_N
};

/* Said of every size alike: it is no fault of the picture. */
#define REFUSAL_NO_FORMULA "the textbook has no formula for this family; lens exact counts it"

/* What the sentence names, as the enum says. */
struct refusal_facts {
	int64_t a, b;
	union {
		const char *vendor; /* as long as the registry */
		double limit;
	};
};

/* The sentence, without a point at its end; "" of REFUSED_NOT. A long vendor's name is cut at a
 * whole character. Returns its length without the NUL. */
enum { REFUSAL_TEXT = 192 };
size_t refusal_write(enum refusal why, const struct refusal_facts *facts, char out[REFUSAL_TEXT]);

/* The same; returns out. */
char *refusal_text(enum refusal why, const struct refusal_facts *facts, char out[REFUSAL_TEXT]);

#endif
