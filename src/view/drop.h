/* What terminals make of a file that is dropped on them: quoted, with escapes, as a URL. */
#ifndef VTOK_VIEW_DROP_H
#define VTOK_VIEW_DROP_H

#include <stdbool.h>
#include <stddef.h>

/* The path meant by a text: quotes and backslashes of a shell word resolved, file:// URLs decoded,
 * blanks around it and further dropped files left out. Writes at most size bytes; returns out. */
char *drop_path(const char *text, char *out, size_t size);

/* True for a path, not for a number or a name: it begins like one (/ ~/ ./ ../ file://) or ends
 * like a picture's. */
bool drop_is_path(const char *path);

#endif
