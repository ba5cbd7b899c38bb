/* Records of a list that is read at leisure: lines, or names that end with a NUL. What reads many
 * at once is cli/stream. */
#ifndef VTOK_CLI_RECORDS_H
#define VTOK_CLI_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct records {
	FILE *in;
	bool is_null; /* end with a NUL, as find -print0 writes them */
	char *text;   /* the present one, NUL-terminated; freed by records_fini */
	size_t room, len;
	bool begun;
};

/* The next one, without its end ("\n", "\r\n" or NUL), and the first without a byte order mark.
 * False at the end, or when reading fails: ferror and errno say so. */
bool records_next(struct records *r);

void records_fini(struct records *r);

#endif
