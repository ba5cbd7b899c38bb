/* The bytes go to a temporary file beside the target and get their name by link(), which
 * refuses to replace: no reader ever sees half a file, and two writers cannot both win. */
#include "cli/save.h"

#include <errno.h>
#include <fcntl.h>
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
		error_set(err, VTOK_E_INPUT, "%s: %s", path, strerror(errno));
		strbuf_fini(&temp);
		return false;
	}
	bool is_good = write_all(fd, bytes, n) && fchmod(fd, usual_mode()) == 0 && link(temp.data, path) == 0;
	if (!is_good)
		error_set(err, VTOK_E_INPUT, "%s: %s", path,
			  errno == EEXIST ? "there is such a file already; it is kept" : strerror(errno));
	close(fd);
	unlink(temp.data);
	strbuf_fini(&temp);
	return is_good;
}
