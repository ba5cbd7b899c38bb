/* INI text to (section, key, value) with line numbers, strictly: what inih would cut, join or drop
 * in silence is an error here. Used for models, hardware, engines and themes alike. */
#ifndef VTOK_REGISTRY_INI_READ_H
#define VTOK_REGISTRY_INI_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
	INI_LINE_BYTES = 190,   /* longest line, without its end; inih 55 cuts at 197 */
	INI_SECTION_BYTES = 64, /* longest section name: this reader's own, inih's is not used */
};

/* Both calls return false with err filled (no file, no line: ini_read adds them). Strings live
 * until the call returns. */
struct ini_sink {
	bool (*section)(void *user, const char *name, int line, struct vtok_error *err);
	bool (*pair)(void *user, const char *key, const char *value, int line,
		     struct vtok_error *err);
	void *user;
};

/* Reads len bytes of text; `name` is what messages call the file. Stops at the first mistake:
 * "name:line: what". */
bool ini_read(const char *name, const char *text, size_t len, const struct ini_sink *sink,
	      struct vtok_error *err);

#endif
