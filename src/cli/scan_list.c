#include "cli/scan_list.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/walk.h"

struct names {
	char **at;
	size_t n, room;
};

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* False: memory is short. */
static bool add(struct names *names, const char *path)
{
	if (names->n == names->room) {
		size_t room = names->room ? 2 * names->room : 1024;
		char **more = realloc(names->at, room * sizeof(*more));

		if (!more)
			return false;
		names->at = more;
		names->room = room;
	}
	if (!(names->at[names->n] = strdup(path)))
		return false;
	names->n++;
	return true;
}

static bool add_folder(struct names *names, struct walk *w)
{
	const char *path;

	while ((path = walk_next(w)))
		if (!add(names, path))
			return false;
	return !walk_failed(w);
}

static char *join(const struct names *names, size_t *bytes)
{
	size_t used = 0;

	*bytes = 0;
	for (size_t i = 0; i < names->n; i++)
		*bytes += strlen(names->at[i]) + 1;
	char *list = malloc(*bytes + 1);

	for (size_t i = 0; list && i < names->n; i++) {
		size_t len = strlen(names->at[i]) + 1;
		memcpy(list + used, names->at[i], len);
		used += len;
	}
	return list;
}

char *scan_list_folders(const char *const *folders, size_t n,
			void (*fault)(void *arg, const char *path, const char *why), void *arg,
			size_t *bytes)
{
	struct names names = {.n = 0};
	bool fine = true;

	for (size_t i = 0; fine && i < n; i++) {
		struct walk *w = walk_open(folders[i], fault, arg);

		fine = w && add_folder(&names, w);
		walk_close(w);
	}
	if (fine && names.n)
		qsort(names.at, names.n, sizeof(*names.at), by_bytes);
	char *list = fine ? join(&names, bytes) : NULL;

	for (size_t i = 0; i < names.n; i++)
		free(names.at[i]);
	free(names.at);
	return list;
}
