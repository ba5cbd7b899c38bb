/* All files below folders as one list that is the same each time: the order in which a folder hands
 * out its files is not. */
#ifndef VTOK_CLI_SCAN_LIST_H
#define VTOK_CLI_SCAN_LIST_H

#include <stddef.h>

/* Their paths, sorted byte by byte, a NUL behind each; *bytes is the length of it all. What cannot
 * be looked into is told to fault. The caller frees it; NULL: memory is short. */
char *scan_list_folders(const char *const *folders, size_t n,
			void (*fault)(void *arg, const char *path, const char *why), void *arg,
			size_t *bytes);

#endif
