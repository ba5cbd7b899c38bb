/* Lines of a CSV file with a header: fields by name. */
#ifndef VTOK_BENCH_CSV_H
#define VTOK_BENCH_CSV_H

#include <stdbool.h>
#include <stdio.h>

enum { CSV_FIELDS = 32, CSV_LINE = 8192 };

struct csv {
	FILE *file;
	size_t columns, line;
	char header[CSV_LINE], text[CSV_LINE];
	const char *name[CSV_FIELDS], *field[CSV_FIELDS];
	const char *bad; /* what is wrong with the present line; NULL: nothing */
};

/* Reads the header, a byte-order mark before it or not; the file stays the caller's. False when
 * there is none or it is malformed: then `bad` says how. */
bool csv_open(struct csv *c, FILE *file);
bool csv_next(struct csv *c); /* false at the end; a malformed line is a line, with `bad` set */
bool csv_has(const struct csv *c, const char *name);
const char *csv_get(const struct csv *c, const char *name); /* "" when there is none */

#endif
