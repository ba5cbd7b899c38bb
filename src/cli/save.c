/* The bytes go to a temporary file beside the target and get their name by link(), which
 * refuses to replace: no reader ever sees half a file, and two writers cannot both win. */
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

bool save_new(const char *path, const void *bytes, size_t n, struct vtok_error *err)
{
	struct strbuf temp;

	strbuf_init(&temp);
	strbuf_printf(&temp, "%s.XXXXXX", path);
	int fd = strbuf_ok(&temp) ? mkstemp(temp.data) : -1;
	if (fd < 0) {
		error_path(err, VTOK_E_INPUT, path, "%s", strerror(errno));
		strbuf_fini(&temp);
		return false;
	}
	bool is_good = write_all(fd, bytes, n) && fchmod(fd, usual_mode()) == 0 &&
		       link(temp.data, path) == 0;
	if (!is_good)
		error_path(err, VTOK_E_INPUT, path, "%s",
			   errno == EEXIST ? "there is such a file already; it is kept"
					   : strerror(errno));
	close(fd);
	unlink(temp.data);
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

static bool replace(const char *path, mode_t mode, const void *bytes, size_t n)
{
	struct strbuf temp;

	strbuf_init(&temp);
	strbuf_printf(&temp, "%s.XXXXXX", path);
	int fd = strbuf_ok(&temp) ? mkstemp(temp.data) : -1;

	if (fd < 0) {
		strbuf_fini(&temp);
		return false;
	}
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
		       replace(is_there ? real : path, is_there ? st.st_mode & 07777 : usual_mode(),
			       bytes, n);

	if (!is_good)
		error_path(err, VTOK_E_INPUT, path, "%s", strerror(errno));
	free(real);
	return is_good;
}
