/* An argument that holds many pictures: the pages of a PDF, the members of a tar or zip. Nothing is
 * unpacked to disk. */
#ifndef VTOK_CLI_PARTS_H
#define VTOK_CLI_PARTS_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/input.h"

enum { PARTS_DPI = 150 }; /* of pages, where nobody says */

enum parts { PARTS_NONE, PARTS_PDF, PARTS_TAR, PARTS_ZIP };

/* What the file at path holds; NONE for what cannot be read too. */
enum parts parts_of(const char *path);

struct parts_order {
	const char *path;
	enum parts kind; /* not NONE */
	double dpi;      /* of pages */
	/* One part, "PATH:MEMBER" or "PATH:PAGE"; in is NULL where it cannot be read: why says so.
	 * False ends it. */
	bool (*take)(void *arg, const char *name, const struct input *in, const char *why);
	void *arg;
};

/* Hands the parts over, in the order in which they stand. False and err, of an archive with the
 * path, where there are none to be had or they end too early. */
bool parts_each(const struct parts_order *order, struct vtok_error *err);

#endif
