/* Files that vtok does not read and knows by their first bytes, so that it can say what they are
 * and what helps, in place of "not an image". */
#ifndef VTOK_IMAGE_STRANGER_H
#define VTOK_IMAGE_STRANGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stranger {
	const char *name; /* begins the sentence: "SVG", "an HTML page" */
	const char *says; /* its rest; NULL = a picture that wants converting */
	bool is_text;     /* could begin a list of names too */
};

/* NULL: none that is known. */
const struct stranger *stranger_find(const uint8_t *head, size_t len);

#endif
