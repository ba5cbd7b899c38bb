/* `vtok fit --write` and `--write-dir`: the picture at its new size, as a file. */
#ifndef VTOK_CLI_FIT_WRITE_H
#define VTOK_CLI_FIT_WRITE_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/fitting.h"
#include "cli/input.h"
#include "cli/options.h"
#include "image/remake.h"

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

/* A file or a folder was named. */
bool fit_write_is_asked(const struct fit_write *w);

/* Writes the picture of one row whose size holds, and looks at the file again: it has that size.
 * One that holds as it is, in the same format, is copied byte for byte. Notes on standard error say
 * what of it could not be kept. False: nothing was left behind, and err says why. */
bool fit_write_one(const struct fit_write *w, const char *path, const struct fit_row *row,
		   struct vtok_error *err);

/* The same for the dashboard, which goes on meanwhile. */
struct fit_writing {
	struct remake_job job;
	char to[512];
	int64_t width, height;
};

/* Begins to make the picture at path upright at width x height, for a new file in the format that
 * the name `to` ends in. False: said, in one line, is why not. */
bool fit_writing_start(struct fit_writing *w, const char *path, const char *to, int64_t width,
		       int64_t height, bool unconfined, char *said, size_t size);

/* Never waits. False: it is not ready yet. True: it is over, said is what became of it in one line,
 * and good whether there is a file; it came there whole, at once. */
bool fit_writing_step(struct fit_writing *w, bool *good, char *said, size_t size);

/* Nothing is written. */
void fit_writing_cancel(struct fit_writing *w);

#endif
