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
#ifdef HAVE_RENAMEAT2
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
	strbuf_printf(&temp, "%s.XXXXXX", path);
	bool is_good = strbuf_ok(&temp) && write_new(path, temp.data, bytes, n);

	if (!is_good)
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

/* The name is only safe once its folder is on the disk too; not every file system can do that. */
static void sync_folder(const char *path)
{
	struct strbuf folder;

	strbuf_init(&folder);
	strbuf_add(&folder, path, (size_t)(strrchr(path, '/') - path) + 1);
	int fd = strbuf_ok(&folder) ? open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
	strbuf_fini(&folder);
}

/* old is what was there, or NULL. The owner is kept too where that is allowed, so that one run as
 * root does not take a user's settings away; bits for programs are not. */
static bool replace(const char *path, const struct stat *old, const void *bytes, size_t n)
{
	struct strbuf temp;

	strbuf_init(&temp);
	strbuf_printf(&temp, "%s.XXXXXX", path);
	int fd = strbuf_ok(&temp) ? mkstemp(temp.data) : -1;

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

bool save_over(const char *path, const void *bytes, size_t n, struct vtok_error *err)
{
	struct stat st;
	char *real = realpath(
		path, NULL); /* a link, as people keep their settings elsewhere, stays a link */
	bool is_there = real && stat(real, &st) == 0;

	if (is_there && !S_ISREG(st.st_mode)) {
		free(real);
		return error_path(err, VTOK_E_INPUT, path, "not a regular file");
	}
	bool is_good = (is_there || make_folders(path)) &&
		       replace(is_there ? real : path, is_there ? &st : NULL, bytes, n);

	if (!is_good)
		error_path(err, VTOK_E_INPUT, path, "%s", strerror(errno));
	free(real);
	return is_good;
}
