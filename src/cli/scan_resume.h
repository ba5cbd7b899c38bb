/* The file of a scan that can be gone on with: a head line, then for each chunk a partial a model,
 * written at once. What a killed scan cut off is dropped. */
#ifndef VTOK_CLI_SCAN_RESUME_H
#define VTOK_CLI_SCAN_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/partial.h"
#include "cli/scan_row.h"
#include "cli/scan_source.h"

struct scan_resume {
	int fd;
	const char *path;
	const struct partial *heads; /* one for each target */
	size_t n;
};

/* Opens or creates it; what is done is left out of the source and added to `all`. False: it belongs
 * to another list or other options, is no such file, or cannot be written. Close when true. */
bool scan_resume_open(struct scan_resume *r, const char *path, const struct partial *heads,
		      struct scan_source *source, struct scan_tallies *all, struct vtok_error *err);
void scan_resume_close(struct scan_resume *r);

/* One more chunk, on the disk when it returns. */
bool scan_resume_add(struct scan_resume *r, const struct scan_tallies *chunk, int64_t from,
		     int64_t to, struct vtok_error *err);

#endif
