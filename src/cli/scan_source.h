/* Where the records of a data set come from, handed out in batches of whole records: lines of
 * standard input or of a list, files of folders, members of a tar. One thread at a time may ask. */
#ifndef VTOK_CLI_SCAN_SOURCE_H
#define VTOK_CLI_SCAN_SOURCE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/scan_batch.h"
#include "cli/scan_row.h"

/* What has to be told on the way; called under the same lock. */
struct scan_hooks {
	void (*fault)(void *arg, const char *path, const char *why); /* a row that failed */
	void *arg;
	const volatile sig_atomic_t *stopped; /* set: nobody waits for a pipe any more */
};

struct scan_ask {
	const struct scan_job *job;
	const char *const *inputs; /* paths, sizes, "-" */
	size_t n;
	bool is_null; /* records of lists end with a NUL */
	bool resumes; /* the whole list is known at the start, and has places */
	struct scan_hooks hooks;
};

/* NULL: err says why. */
struct scan_source *scan_source_open(const struct scan_ask *ask, struct vtok_error *err);
void scan_source_close(struct scan_source *s);

/* The next batch; its memory is kept from call to call and is the caller's to free. False at the
 * end, or when something failed: then err says what. */
bool scan_source_next(struct scan_source *s, struct scan_batch *b, struct vtok_error *err);

/* How far it is, 0 to 1; negative where nobody knows. */
double scan_source_share(const struct scan_source *s);

/* With `resumes`: what the list is, in hexadecimal digits; and that a part of it is done. */
const char *scan_source_identity(const struct scan_source *s);
bool scan_source_skip(struct scan_source *s, int64_t from, int64_t to);

#endif
