/* Names of files while one types. */
#ifndef VTOK_CLI_PATH_COMPLETE_H
#define VTOK_CLI_PATH_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

/* Lengthens a path, "~/" in front allowed, as far as all names that begin like its end agree; a
 * folder that is alone gets its "/". others lists the names where there are several, "" where there
 * is one. Names that begin with a dot are left out until one is typed. False: no name begins so. */
bool path_complete(const char *typed, char *out, size_t size, char *others, size_t others_size);

#endif
