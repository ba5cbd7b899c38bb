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
};

/* Reads the header; the file stays the caller's. */
bool csv_open(struct csv *c, FILE *file);
bool csv_next(struct csv *c); /* false at the end */
const char *csv_get(const struct csv *c, const char *name); /* "" when there is none */

#endif
