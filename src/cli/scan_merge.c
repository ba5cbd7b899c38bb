#include "cli/scan_merge.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* A named part of a model; its line as a length and a hash, since lines are long. */
struct scan_part {
	uint64_t name, content;
	size_t length;
};

enum met { MET_NEW, MET_AGAIN, MET_OTHER, MET_NO_MEMORY };

static enum met meet(struct scan_merge *m, const struct partial *p, const char *line, size_t len)
{
	uint64_t name = hash_bytes(HASH_START, p->model, strlen(p->model) + 1);
	struct scan_part new = {hash_bytes(name, p->part, strlen(p->part)),
				hash_bytes(HASH_START, line, len), len};

	for (size_t i = 0; i < m->parts_n; i++)
		if (m->parts[i].name == new.name)
			return m->parts[i].content == new.content && m->parts[i].length == len
				       ? MET_AGAIN
				       : MET_OTHER;
	if (m->parts_n == m->parts_room) {
		size_t room = m->parts_room ? 2 * m->parts_room : 64;
		struct scan_part *more = realloc(m->parts, room * sizeof(*more));

		if (!more)
			return MET_NO_MEMORY;
		m->parts = more;
		m->parts_room = room;
	}
	m->parts[m->parts_n++] = new;
	return MET_NEW;
}

/* Takes p. */
static bool add(struct scan_merge *m, struct partial *p, struct vtok_error *err)
{
	*p->part = '\0';
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->list[i].model, p->model) == 0) {
			bool fine = partial_merge(&m->list[i], p, err);
			partial_fini(p);
			return fine;
		}
	if (m->n == m->room) {
		size_t room = m->room ? 2 * m->room : 8;
		struct partial *more = realloc(m->list, room * sizeof(*more));

		if (!more) {
			partial_fini(p);
			return error_memory(err);
		}
		m->list = more;
		m->room = room;
	}
	m->list[m->n++] = *p;
	return true;
}

static bool take_line(struct scan_merge *m, const char *line, size_t len, struct vtok_error *err)
{
	struct partial p;

	if (!partial_read(line, len, &p, err))
		return false;
	enum met met = *p.part ? meet(m, &p, line, len) : MET_NEW;
	if (met == MET_NEW)
		return add(m, &p, err);
	if (met == MET_OTHER)
		error_set(err, VTOK_E_USAGE, "part \"%s\" came before with other content", p.part);
	if (met == MET_NO_MEMORY)
		error_memory(err);
	partial_fini(&p);
	return met == MET_AGAIN;
}

static bool take_file(struct scan_merge *m, FILE *f, const char *path, struct vtok_error *err)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int number = 0;

	while (!err->code && (len = getline(&line, &room, f)) > 0) {
		number++;
		if (line[len - 1] == '\n')
			len--;
		if (!take_line(m, line, (size_t)len, err))
			error_at(err, path, number);
	}
	if (!err->code && !feof(f)) /* memory that getline had none of is no ferror */
		error_path(err, VTOK_E_INPUT, path, "%s", strerror(errno));
	if (!err->code && !number)
		error_path(err, VTOK_E_USAGE, path, "no partial: the file is empty");
	free(line);
	return !err->code;
}

bool scan_merge(struct scan_merge *m, const char *const *paths, size_t n, struct vtok_error *err)
{
	*m = (struct scan_merge){0};
	for (size_t i = 0; i < n && !err->code; i++) {
		bool is_stdin = strcmp(paths[i], "-") == 0;
		FILE *f = is_stdin ? stdin : fopen(paths[i], "r");

		if (!f) {
			error_path(err, VTOK_E_INPUT, paths[i], "%s", strerror(errno));
			break;
		}
		take_file(m, f, is_stdin ? "standard input" : paths[i], err);
		if (!is_stdin)
			fclose(f);
	}
	if (err->code)
		scan_merge_fini(m);
	return !err->code;
}

void scan_merge_fini(struct scan_merge *m)
{
	for (size_t i = 0; i < m->n; i++)
		partial_fini(&m->list[i]);
	free(m->list);
	free(m->parts);
	*m = (struct scan_merge){0};
}
