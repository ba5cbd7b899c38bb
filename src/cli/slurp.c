#include "cli/slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/str.h"

static char *no_file(const char *path, const char *why, struct vtok_error *err)
{
	error_path(err, VTOK_E_CONFIG, path, "cannot read: %s", why);
	return NULL;
}

static char *read_open(int fd, const char *path, size_t most, size_t *len, struct vtok_error *err)
{
	struct stat st;
	char why[64];

	if (fstat(fd, &st) != 0)
		return no_file(path, strerror(errno), err);
	if (!S_ISREG(st.st_mode))
		return no_file(path, "not a regular file", err);
	char *bytes = fd_read_all(fd, most, len);

	if (bytes)
		return bytes;
	if (errno == ENOMEM)
		return error_memory(err), NULL;
	if (errno != EFBIG)
		return no_file(path, strerror(errno), err);
	return no_file(path, str_format(why, sizeof(why), "larger than %zu MiB", most >> 20), err);
}

char *slurp(const char *path, size_t most, size_t *len, int *why, struct vtok_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (why)
		*why = fd < 0 ? errno : 0;
	if (fd < 0)
		return no_file(path, strerror(errno), err);
	char *text = read_open(fd, path, most, len, err);

	close(fd);
	return text;
}
