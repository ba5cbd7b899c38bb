/* The bytes go to a temporary file beside the target and get their name by link(), which
 * refuses to replace: no reader ever sees half a file, and two writers cannot both win. */
#include "config.h"

#include "cli/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strbuf.h"

enum { LINK_BYTES = 4096 }; /* longest target of a link */

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return fsync(fd) == 0 || errno == EINVAL; /* some file systems have no fsync */
}

static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Gives the temporary file its name unless there is one of that name. FAT, exFAT and some of FUSE
 * have no links: there the name is moved, which old kernels and other systems cannot do without
 * replacing. *is_moved: temp is gone. */
static bool give_name(const char *temp, const char *path, bool *is_moved)
{
	*is_moved = false;
	if (link(temp, path) == 0)
		return true;
#if defined(HAVE_RENAMEAT2) && defined(RENAME_NOREPLACE)
	if (errno != EEXIST)
		*is_moved = renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
#endif
	return *is_moved;
}

/* The last resort: under the name itself, which is made by this call or not at all. A reader may
 * see it grow, but a failure leaves nothing. */
static bool write_there(const char *path, const void *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0)
		return false;
	bool is_good = write_all(fd, bytes, n);
	int why = errno;

	close(fd);
	if (!is_good)
		unlink(path);
	errno = why;
	return is_good;
}

/* Bytes of path before its last part. */
static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* For mkstemp(): a name beside path, short whatever path's own is. False: no memory. */
static bool temp_beside(const char *path, struct strbuf *out)
{
	strbuf_add(out, path, folder_length(path));
	strbuf_puts(out, ".vtok.XXXXXX");
	return strbuf_ok(out);
}

/* The name is only safe once its folder is on the disk too; not every file system can do that. */
static void sync_folder(const char *path)
{
	struct strbuf folder;

	strbuf_init(&folder);
	strbuf_add(&folder, path, folder_length(path));
	strbuf_puts(&folder, ".");
	int fd = strbuf_ok(&folder) ? open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
	strbuf_fini(&folder);
}

static bool write_new(const char *path, char *temp, const void *bytes, size_t n)
{
	bool is_moved = false;
	int fd = mkstemp(temp);

	if (fd < 0)
		return false;
	bool is_written = write_all(fd, bytes, n) && fchmod(fd, usual_mode()) == 0;
	bool is_named = is_written && give_name(temp, path, &is_moved);
	int why = errno;

	close(fd);
	if (!is_moved)
		unlink(temp);
	errno = why;
	return is_named || (is_written && why != EEXIST && write_there(path, bytes, n));
}

bool save_new(const char *path, const void *bytes, size_t n, struct vtok_error *err)
{
	struct strbuf temp;

	strbuf_init(&temp);
	bool is_good = temp_beside(path, &temp) && write_new(path, temp.data, bytes, n);

	if (is_good)
		sync_folder(path);
	else
		error_path(err, VTOK_E_INPUT, path, "%s",
			   errno == EEXIST ? "there is such a file already; it is kept"
					   : strerror(errno));
	strbuf_fini(&temp);
	return is_good;
}

/* ------------------------------------------------------------ in place of a file */

/* Every folder above path that is not there yet, for its owner alone as the XDG rules want it. */
static bool make_folders(const char *path)
{
	struct strbuf part;
	bool is_good = true;

	strbuf_init(&part);
	for (const char *slash = strchr(path + 1, '/'); slash && is_good;
	     slash = strchr(slash + 1, '/')) {
		strbuf_clear(&part);
		strbuf_add(&part, path, (size_t)(slash - path));
		is_good = strbuf_ok(&part) && (mkdir(part.data, 0700) == 0 || errno == EEXIST);
	}
	strbuf_fini(&part);
	return is_good;
}

/* old is what was there, or NULL. The owner is kept too where that is allowed, so that one run as
 * root does not take a user's settings away; bits for programs are not. */
static bool replace(const char *path, const struct stat *old, const void *bytes, size_t n)
{
	struct strbuf temp;

	strbuf_init(&temp);
	int fd = temp_beside(path, &temp) ? mkstemp(temp.data) : -1;

	if (fd < 0) {
		strbuf_fini(&temp);
		return false;
	}
	bool is_kept = old && fchown(fd, old->st_uid, old->st_gid) == 0;
	mode_t mode = old ? old->st_mode & 0777 : usual_mode();

	if (old && !is_kept)
		mode &= ~(mode_t)0070; /* not to another group */
	bool is_good =
		write_all(fd, bytes, n) && fchmod(fd, mode) == 0 && rename(temp.data, path) == 0;
	int why = errno;

	close(fd);
	if (is_good)
		sync_folder(path);
	else
		unlink(temp.data);
	strbuf_fini(&temp);
	errno = why;
	return is_good;
}

/* Where a link leads, one step of it; NULL with errno. */
static char *next_link(const char *link)
{
	char to[LINK_BYTES];
	struct strbuf path;
	ssize_t n = readlink(link, to, sizeof(to));

	if (n < 0)
		return NULL;
	if (n == (ssize_t)sizeof(to)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	strbuf_init(&path);
	strbuf_add(&path, link, n > 0 && to[0] == '/' ? 0 : folder_length(link));
	strbuf_add(&path, to, (size_t)n);
	char *next = strbuf_ok(&path) ? strdup(path.data) : NULL;

	if (!next)
		errno = ENOMEM;
	strbuf_fini(&path);
	return next;
}

/* The file that is meant, for the caller to free: people keep their settings elsewhere, and a link
 * to them stays a link, also where there is nothing yet behind it. NULL with errno. */
static char *meant(const char *path)
{
	char *at = strdup(path), *real = NULL, *next;

	while (at && !(real = realpath(at, NULL)) && errno == ENOENT && (next = next_link(at))) {
		free(at);
		at = next;
	}
	if (real || (errno != ENOENT && errno != EINVAL)) { /* found, or no way to it */
		int why = errno;

		free(at);
		errno = why;
		return real;
	}
	return at; /* a name of nothing */
}

bool save_over(const char *path, const void *bytes, size_t n, struct vtok_error *err)
{
	struct stat st;
	char *real = meant(path);
	bool is_there = real && stat(real, &st) == 0;

	if (is_there && !S_ISREG(st.st_mode)) {
		free(real);
		return error_path(err, VTOK_E_INPUT, path, "not a regular file");
	}
	bool is_good = real && (is_there || make_folders(real)) &&
		       replace(real, is_there ? &st : NULL, bytes, n);

	if (!is_good)
		error_path(err, VTOK_E_INPUT, path, "%s", strerror(errno));
	free(real);
	return is_good;
}
