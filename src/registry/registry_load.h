/* The only part of the registry that opens files. */
#ifndef VTOK_REGISTRY_REGISTRY_LOAD_H
#define VTOK_REGISTRY_REGISTRY_LOAD_H

#include "registry/registry.h"

/* Adds one INI file to r: a section of a known id overrides its keys, another adds an entry. All or
 * nothing: on an error r is as before and err holds file:line, the key, what was expected and what
 * was found. A pipe is read to its end, and waited for. */
bool registry_load_file(struct registry *r, const char *path, struct vtok_error *err);

/* Where the user's own file of that name stands: $XDG_CONFIG_HOME/vtok, or ~/.config/vtok. False:
 * there is no such place, or its path is longer than size bytes hold. */
bool registry_user_path(const char *file, char *path, size_t size);

/* The user's own files, $XDG_CONFIG_HOME/vtok/{models,hardware,engines,hosted}.ini, if they are
 * there; regular files only. */
bool registry_load_user(struct registry *r, struct vtok_error *err);

#endif
