#include "cli/check_names.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/stream.h"
#include "registry/subjects.h"

static const struct sheet_column columns[] = {
	{"name", NULL, false},
	{"reason", NULL, false},
};

/* What the lines go to. */
struct check {
	const struct registry *registry;
	struct sheet *sheet;
	size_t *unknown;
};

static bool is_known(const struct registry *r, const char *name, struct vtok_error *err)
{
	const struct model *m;
	const struct processor *p;

	return subject_resolve(r, name, &m, &p, err) || subject_language(r, name) ||
	       subject_uncounted(r, name);
}

/* Nothing goes to the stream's own output: the sheet writes when all is known. */
static bool check_line(const void *arg, struct out *out, bool first, char *line, size_t len)
{
	const struct check *c = arg;
	struct vtok_error err = {0};

	(void)out;
	(void)first;
	(void)len;
	char *name = str_trim(line);
	if (!*name || *name == '#' || is_known(c->registry, name, &err))
		return true;
	str_clean(name);
	sheet_text(c->sheet, name);
	sheet_text(c->sheet, err.text);
	++*c->unknown;
	return true;
}

bool check_names(const char *path, const struct registry *r, struct sheet *s, size_t *unknown,
		 struct vtok_error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	const struct check check = {r, s, unknown};
	const struct stream_work work = {.line = check_line, .line_arg = &check};
	struct stream_result result = {0};
	struct out nowhere;

	*unknown = 0;
	sheet_init(s, columns, ARRAY_SIZE(columns));
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return error_path(err, VTOK_E_INPUT, path, "cannot read: %s", strerror(errno));
	if (!out_init(&nowhere, STDOUT_FILENO)) {
		if (!is_stdin)
			close(fd);
		return error_memory(err);
	}
	bool is_read = stream_run(fd, &nowhere, 1, &work, &result, err);
	out_fini(&nowhere);
	if (!is_stdin)
		close(fd);
	if (is_read && result.read_error)
		return error_path(err, VTOK_E_INPUT, path, "cannot read: %s",
				  strerror(result.read_error));
	return is_read;
}
