/* `vtok fit --write` and `--write-dir`: the picture at its new size, as a file. */
#ifndef VTOK_CLI_FIT_WRITE_H
#define VTOK_CLI_FIT_WRITE_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/fitting.h"
#include "cli/input.h"
#include "cli/options.h"

struct fit_write {
	const char *out, *dir; /* one of them; both NULL: nothing is written */
	bool force;
	int quality;     /* 1 to 100 */
	bool unconfined; /* as for pixels_start */
};

/* What the options say, held against each other and the number of inputs and models; makes the
 * folder. False: err says what does not go together. */
bool fit_write_init(struct fit_write *w, const struct options *o, const struct registry *r,
		    size_t models, struct vtok_error *err);

bool fit_write_is_asked(const struct fit_write *w);

/* Writes the picture of one row whose size holds, and looks at the file again: it has that size.
 * One that holds as it is, in the same format, is copied byte for byte. Notes on standard error say
 * what of it could not be kept. False: nothing was left behind, and err says why. */
bool fit_write_one(const struct fit_write *w, const char *path, const struct fit_row *row,
		   struct vtok_error *err);

/* The same for the dashboard: upright at width x height, to a new file in the format its name ends
 * in. said: what became of it, in one line. */
bool fit_write_picture(const char *path, const char *to, int64_t width, int64_t height,
		       bool unconfined, char *said, size_t size);

#endif
