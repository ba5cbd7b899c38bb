#include "cli/slurp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *no_file(const char *path, const char *why, struct vtok_error *err)
{
	error_path(err, VTOK_E_CONFIG, path, "cannot read: %s", why);
	return NULL;
}

static char *read_open(int fd, const char *path, size_t *len, struct vtok_error *err)
{
	struct stat st;
	char *text = malloc(SLURP_MAX + 1);

	*len = 0;
	if (!text) {
		error_memory(err);
		return NULL;
	}
	const char *why = fstat(fd, &st) != 0    ? strerror(errno)
			  : !S_ISREG(st.st_mode) ? "not a regular file"
						 : NULL;

	while (!why && *len <= SLURP_MAX) {
		ssize_t n = read(fd, text + *len, SLURP_MAX + 1 - *len);

		if (n == 0)
			break;
		if (n > 0)
			*len += (size_t)n;
		else if (errno != EINTR)
			why = strerror(errno);
	}
	if (!why && *len > SLURP_MAX)
		why = "larger than 1 MiB";
	if (why) {
		free(text);
		return no_file(path, why, err);
	}
	text[*len] = '\0';
	return text;
}

char *slurp(const char *path, size_t *len, int *why, struct vtok_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (why)
		*why = fd < 0 ? errno : 0;
	if (fd < 0)
		return no_file(path, strerror(errno), err);
	char *text = read_open(fd, path, len, err);

	close(fd);
	return text;
}
