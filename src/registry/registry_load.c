#include "registry/registry_load.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/fd.h"
#include "registry/merge.h"

enum {
	FILE_MAX = 8 * 1024 * 1024, /* bytes; the shipped files together are a fiftieth of this */
	READ_FIRST = 4096,          /* bytes, where no size is given */
	PATH_BYTES = 4096,
};

/* The files a user may have, in the order they are read. */
static const char *const user_files[] = {"hardware.ini", "engines.ini", "models.ini",
					 "hosted.ini",   "prices.ini",  "limits.ini"};

static const char too_large[] = "larger than 8 MiB";

static bool no_file(const char *path, const char *why, struct vtok_error *err)
{
	return error_path(err, VTOK_E_CONFIG, path, "cannot read: %s", why);
}

/* Why a file of this kind is not read, or NULL. Devices could last for ever; so could a pipe, which
 * only one who named it is ready to wait for. */
static const char *wrong_kind(const struct stat *st, bool with_pipes)
{
	if (S_ISDIR(st->st_mode))
		return "it is a directory";
	if (!S_ISREG(st->st_mode) && !(with_pipes && S_ISFIFO(st->st_mode)))
		return "not a regular file";
	return st->st_size > FILE_MAX ? too_large : NULL;
}

/* All of an open file into memory the caller frees; NULL with err filled. */
static char *read_all(int fd, const char *path, bool with_pipes, size_t *len,
		      struct vtok_error *err)
{
	struct stat st;
	const char *why = fstat(fd, &st) != 0 ? strerror(errno) : wrong_kind(&st, with_pipes);

	if (!why && S_ISFIFO(st.st_mode)) /* who writes it may not be there yet */
		poll(&(struct pollfd){fd, POLLIN, 0}, 1, -1);
	char *text = why ? NULL : fd_read_all(fd, FILE_MAX, len);

	if (text && (*len > 0 || !S_ISFIFO(st.st_mode)))
		return text;
	if (text) /* read before, as by a dashboard that is to read its files again */
		why = "nothing comes out of this pipe";
	free(text);
	if (!why && errno == ENOMEM)
		error_memory(err);
	else
		no_file(path, why ? why : errno == EFBIG ? too_large : strerror(errno), err);
	return NULL;
}

static bool load(struct registry *r, int fd, const char *path, bool with_pipes,
		 struct vtok_error *err)
{
	size_t len;
	char *text = read_all(fd, path, with_pipes, &len, err);
	bool good = text && registry_merge(r, path, text, len, err);

	free(text);
	return good;
}

bool registry_load_file(struct registry *r, const char *path, struct vtok_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return no_file(path, strerror(errno), err);
	bool good = load(r, fd, path, true, err);
	close(fd);
	return good;
}

/* An absolute directory from the environment; anything else counts as not set, as the XDG rules
 * say. */
static const char *env_dir(const char *name)
{
	const char *dir = getenv(name);

	return dir && dir[0] == '/' ? dir : NULL;
}

bool registry_user_path(const char *file, char *path, size_t size)
{
	const char *config = env_dir("XDG_CONFIG_HOME"), *home = env_dir("HOME");

	if (!config && !home)
		return false;
	int n = snprintf(path, size, "%s%s/vtok/%s", config ? config : home,
			 config ? "" : "/.config", file);

	return n > 0 && (size_t)n < size; /* longer than any path: there can be no file */
}

/* After an open() that failed: a folder above the file is closed to us, as another user's home is
 * under sudo. A file that is there and cannot be read is a mistake; this one may not even be there.
 * Keeps errno. */
static bool is_hidden(const char *path)
{
	int why = errno;
	struct stat st;
	bool hidden = why == EACCES && stat(path, &st) != 0 && errno == EACCES;

	errno = why;
	return hidden;
}

bool registry_load_user(struct registry *r, struct vtok_error *err)
{
	char path[PATH_BYTES];

	for (size_t i = 0; i < ARRAY_SIZE(user_files); i++) {
		if (!registry_user_path(user_files[i], path, sizeof(path)))
			return true;
		int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || is_hidden(path)))
			continue;
		bool good = fd >= 0 ? load(r, fd, path, false, err)
				    : no_file(path, strerror(errno), err);
		if (fd >= 0)
			close(fd);
		if (!good)
			return false;
	}
	return true;
}
