/* The frame of the tests that walk rows of tests/data: opens the file and the shipped registry, and
 * hands both to the one function that knows the columns. */
#ifndef VTOK_TESTS_DATA_ROWS_H
#define VTOK_TESTS_DATA_ROWS_H

#include <stdio.h>
#include <stdlib.h>

#include "registry/registry.h"

/* name: of the file in tests/data. compare prints TAP and returns how many lines failed. Returns
 * the exit status. */
static inline int data_rows(const char *name, int (*compare)(const struct registry *r, FILE *in))
{
	const char *src = getenv("SRCDIR");
	struct vtok_error err = {0};
	struct registry r;
	char path[4096];

	snprintf(path, sizeof(path), "%s/tests/data/%s", src ? src : ".", name);
	FILE *in = fopen(path, "r");

	if (!in || !registry_init(&r, &err)) {
		printf("Bail out! %s: %s\n", path, in ? err.text : "cannot be read");
		return 1;
	}
	int failed = compare(&r, in);

	registry_fini(&r);
	fclose(in);
	return failed != 0;
}

#endif
