/* The files below a folder, as `find FOLDER -type f` finds them: hidden ones too, links are not
 * followed. One folder is open at a time, however deep they lie. */
#ifndef VTOK_CLI_WALK_H
#define VTOK_CLI_WALK_H

#include <stdbool.h>

struct walk;

/* fault is told of folders that cannot be read. NULL: memory is short. */
struct walk *walk_open(const char *folder,
		       void (*fault)(void *arg, const char *path, const char *why), void *arg);
void walk_close(struct walk *w); /* NULL is allowed */

/* The next path, valid until the next call; NULL behind the last. */
const char *walk_next(struct walk *w);

/* Memory ran out: what follows is missing. */
bool walk_failed(const struct walk *w);

#endif
