/* One error, filled by whoever knows the facts. The first one wins: a caller that adds nothing
 * passes it on. */
#ifndef VTOK_BASE_ERROR_H
#define VTOK_BASE_ERROR_H

#include <stdbool.h>
#include "base/base.h"

/* The exit codes of the program (DESIGN: 0 fine, 1 an input failed, 2 usage, 3 registry or
 * settings). */
enum vtok_code {
	VTOK_OK = 0,       /* all is well */
	VTOK_E_INPUT = 1,  /* an input failed, or a result could not be written */
	VTOK_E_USAGE = 2,  /* wrong usage, or no usable terminal */
	VTOK_E_CONFIG = 3, /* a registry, theme or settings file is wrong */
};

enum { ERROR_TEXT = 320 }; /* bytes with the NUL */

struct vtok_error {
	enum vtok_code code;   /* VTOK_OK: nothing happened */
	bool is_memory;        /* it was memory that there was none of: no fault of an input */
	char text[ERROR_TEXT]; /* one line, no newline, control characters replaced */
};

/* Records an error unless one is there already. Always returns false, so that a failing function
 * can end with `return error_set(...)`. err may be NULL. */
bool error_set(struct vtok_error *err, enum vtok_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The same with "PATH: " before the text. A path that is too long loses its beginning ("...", then
 * whole folders as far as possible), and the text, of which 250 bytes are kept, stays whole; one
 * that is empty is not put before it. */
bool error_path(struct vtok_error *err, enum vtok_code code, const char *path, const char *fmt, ...)
	PRINTF_LIKE(4, 5);

/* Puts "PATH:LINE: " before the recorded text, or "PATH: " when line is 0, shortened as by
 * error_path; does nothing when there is no error. Returns false. */
bool error_at(struct vtok_error *err, const char *path, int line);

/* "out of memory", with the code for an input that failed. Returns false. */
bool error_memory(struct vtok_error *err);

/* Puts "prefix: " before the recorded text; does nothing when there is no error. Returns false. */
bool error_prefix(struct vtok_error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
