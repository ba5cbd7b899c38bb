#include "cli/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"

struct walk {
	char **folders; /* to be read yet */
	size_t n, room;
	DIR *open;
	char *folder; /* that is open */
	struct strbuf path;
	void (*fault)(void *arg, const char *path, const char *why);
	void *arg;
	bool no_memory;
};

/* Takes the path. */
static bool push(struct walk *w, char *path)
{
	if (path && w->n == w->room) {
		size_t room = w->room ? 2 * w->room : 64;
		char **more = realloc(w->folders, room * sizeof(*more));

		if (more) {
			w->folders = more;
			w->room = room;
		}
	}
	if (!path || w->n == w->room) {
		free(path);
		w->no_memory = true;
		return false;
	}
	w->folders[w->n++] = path;
	return true;
}

struct walk *walk_open(const char *folder,
		       void (*fault)(void *arg, const char *path, const char *why), void *arg)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->fault = fault;
	w->arg = arg;
	strbuf_init(&w->path);
	if (push(w, strdup(folder)))
		return w;
	walk_close(w);
	return NULL;
}

void walk_close(struct walk *w)
{
	if (!w)
		return;
	if (w->open)
		closedir(w->open);
	for (size_t i = 0; i < w->n; i++)
		free(w->folders[i]);
	free(w->folders);
	free(w->folder);
	strbuf_fini(&w->path);
	free(w);
}

bool walk_failed(const struct walk *w)
{
	return w->no_memory;
}

/* Opens the next folder that can be read. */
static bool open_folder(struct walk *w)
{
	while (!w->open && w->n) {
		free(w->folder);
		w->folder = w->folders[--w->n];
		w->open = opendir(w->folder);
		if (!w->open)
			w->fault(w->arg, w->folder, strerror(errno));
	}
	return w->open != NULL;
}

static void join(struct walk *w, const char *name)
{
	size_t n = strlen(w->folder);

	strbuf_clear(&w->path);
	strbuf_add(&w->path, w->folder, n);
	if (n && w->folder[n - 1] != '/')
		strbuf_putc(&w->path, '/');
	strbuf_puts(&w->path, name);
	w->no_memory |= !strbuf_ok(&w->path);
}

/* What it is without following links. */
static mode_t kind_of(const struct walk *w, const struct dirent *d)
{
	struct stat st;

#ifdef DT_UNKNOWN
	if (d->d_type != DT_UNKNOWN)
		return d->d_type == DT_REG ? S_IFREG : d->d_type == DT_DIR ? S_IFDIR : 0;
#endif
	if (fstatat(dirfd(w->open), d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	return st.st_mode & S_IFMT;
}

static bool is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

const char *walk_next(struct walk *w)
{
	while (!w->no_memory && open_folder(w)) {
		errno = 0;
		const struct dirent *d = readdir(w->open);

		if (!d) {
			if (errno)
				w->fault(w->arg, w->folder, strerror(errno));
			closedir(w->open);
			w->open = NULL;
			continue;
		}
		mode_t kind = is_dot(d->d_name) ? 0 : kind_of(w, d);
		if (kind == 0)
			continue;
		join(w, d->d_name);
		if (w->no_memory)
			break;
		if (S_ISREG(kind))
			return strbuf_text(&w->path);
		push(w, strbuf_steal(&w->path));
	}
	return NULL;
}
