/* The talks that the program has of its own, in the form of state/script.h. */
#ifndef VTOK_VIEW_TALKS_H
#define VTOK_VIEW_TALKS_H

#include <stddef.h>

struct talk_text {
	const char *name;    /* of --talk */
	const char *summary; /* one line */
	const char *text;
};

/* The i-th; NULL behind the last. The first is the tour of the picture at hand, which takes what is
 * on the screen; the others bring their own picture and model. */
const struct talk_text *talk_text_at(size_t i);

/* By its name; NULL: there is none. */
const struct talk_text *talk_text_find(const char *name);

/* The name of the i-th; NULL behind the last. */
const char *talk_name(size_t i);

#endif
