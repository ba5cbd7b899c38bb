/* Partials of many scans, read and added up by model, in the order in which the models come. */
#ifndef VTOK_CLI_SCAN_MERGE_H
#define VTOK_CLI_SCAN_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/partial.h"

struct scan_part;

struct scan_merge {
	struct partial *list; /* one for each model, without a part's name */
	size_t n, room;
	struct scan_part *parts; /* names that were met, with what they said */
	size_t parts_n, parts_room;
};

/* Paths of files with partials, "-" = standard input. A part that comes twice with the same content
 * counts once. False: err says which file and line, and what is wrong. Free with scan_merge_fini
 * when true. */
bool scan_merge(struct scan_merge *m, const char *const *paths, size_t n, struct vtok_error *err);
void scan_merge_fini(struct scan_merge *m);

#endif
