/* Pictures in a tar (ustar, with the long names of GNU and of pax), read front to back, so that a
 * pipe will do. Members count whose names end like pictures: a shard has texts and labels beside
 * them. */
#ifndef VTOK_CLI_SCAN_TAR_H
#define VTOK_CLI_SCAN_TAR_H

#include <stdbool.h>

#include "base/error.h"

struct scan_batch;
struct scan_tar;

/* fd and path, which names the members, are borrowed. NULL: memory is short. */
struct scan_tar *scan_tar_open(int fd, const char *path);
void scan_tar_close(struct scan_tar *t); /* NULL is allowed */

/* The next members. False at the end, or where the file is no tar or ends too early: then err says
 * so. */
bool scan_tar_next(struct scan_tar *t, struct scan_batch *b, struct vtok_error *err);

#endif
