/* Pictures in a zip, by its directory at the end: of each member its first bytes are read, and
 * inflated where they were deflated. Our own reader: a directory is a table, and a library would
 * parse hostile archives in this process. */
#ifndef VTOK_CLI_SCAN_ZIP_H
#define VTOK_CLI_SCAN_ZIP_H

#include <stdbool.h>

#include "base/error.h"

struct scan_batch;
struct scan_zip;

/* fd, of a regular file, and path, which names the members, are borrowed. NULL: memory is short. */
struct scan_zip *scan_zip_open(int fd, const char *path);
void scan_zip_close(struct scan_zip *z); /* NULL is allowed */

/* The next members. False at the end, or where the file is no zip or its directory ends too early:
 * then err says so. */
bool scan_zip_next(struct scan_zip *z, struct scan_batch *b, struct vtok_error *err);

#endif
