#include "cli/check_names.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/stream.h"
#include "registry/subjects.h"
#include "registry/variant.h"

/* clang-format off */
static const struct sheet_column columns[] = {
	{"name",   NULL, false},
	{"id",     NULL, false},
	{"status", NULL, false},
	{"note",   NULL, false},
};
/* clang-format on */

/* How a name stands to the registry. */
enum status {
	STATUS_ID,    /* to the letter */
	STATUS_KNOWN, /* a spelling of an id, or one of its other names */
	STATUS_NEW,   /* a model that nobody can count yet */
	STATUS_MISSING,
};

static const char *const status_names[] = {"id", "known", "new", "missing"};

struct found {
	enum status status;
	char id[128];
	const char *note; /* NULL = none */
};

/* What the lines go to. */
struct check {
	const struct registry *registry;
	struct sheet *sheet;
	size_t *unknown;
};

/* As -m takes it: a checkpoint as a runtime counts it says so, a dated rule stands without its
 * date. */
static void put_id(struct found *f, const struct model *m, const struct processor *p)
{
	size_t end = p ? variant_undated(p->id) : 0, at = p ? strcspn(p->id, "@") : 0;

	if (!m)
		str_format(f->id, sizeof(f->id), "%.*s", (int)end, p->id);
	else
		str_format(f->id, sizeof(f->id), "%s%.*s", m->id,
			   p && p->runtime ? (int)(end - at) : 0, p ? p->id + at : "");
}

static void find(const struct registry *r, const char *name, struct found *f,
		 struct vtok_error *err)
{
	const struct uncounted *u = subject_uncounted(r, name);
	const struct model *m = subject_language(r, name);
	const struct processor *p = NULL;
	enum dtype weights = subject_weights(r, name);

	*f = (struct found){.status = STATUS_MISSING};
	if (m || subject_resolve(r, name, &m, &p, err)) {
		put_id(f, m, p);
		f->status = strcmp(f->id, name) == 0 ? STATUS_ID : STATUS_KNOWN;
		if (!p)
			f->note = "a language model alone: it takes no images";
		else if (weights != DTYPE_STORED)
			f->note = dtype_name(weights);
	} else if (u) {
		f->status = STATUS_NEW;
		str_format(f->id, sizeof(f->id), "%s", u->id);
		f->note = u->reason;
	} else {
		f->note = err->text;
	}
}

/* Nothing goes to the stream's own output: the sheet writes when all is known. */
static bool check_line(const void *arg, struct out *out, bool first, char *line, size_t len)
{
	const struct check *c = arg;
	struct vtok_error err = {0};
	struct found f;

	(void)out;
	(void)first;
	(void)len;
	char *name = str_trim(line);
	if (!*name || *name == '#')
		return true;
	find(c->registry, name, &f, &err);
	str_clean(name);
	sheet_text(c->sheet, name);
	sheet_text(c->sheet, f.id);
	sheet_text(c->sheet, status_names[f.status]);
	sheet_text(c->sheet, f.note);
	*c->unknown += f.status == STATUS_MISSING;
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
