#include "cli/scan_resume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/str.h"

enum { HEAD_BYTES = 512 }; /* of the first line, at most */

/* ------------------------------------------------------------ writing */

static void put_line(const struct partial *head, const struct dataset *d, int64_t from, int64_t to,
		     struct strbuf *out, bool *fine)
{
	struct partial p = *head;

	p.tally = *d; /* borrowed */
	str_format(p.part, sizeof(p.part), "%lld-%lld", (long long)from, (long long)to);
	*fine = *fine && partial_write(&p, out);
	strbuf_putc(out, '\n');
}

static bool write_all(const struct scan_resume *r, const struct strbuf *text,
		      struct vtok_error *err)
{
	int fault = strbuf_ok(text) ? fd_write(r->fd, strbuf_text(text), text->len) : ENOMEM;

	if (!fault && fsync(r->fd) < 0 && errno != EINVAL && errno != ENOSYS)
		fault = errno;
	return !fault || error_path(err, VTOK_E_INPUT, r->path, "%s", strerror(fault));
}

bool scan_resume_add(struct scan_resume *r, const struct scan_tallies *chunk, int64_t from,
		     int64_t to, struct vtok_error *err)
{
	struct strbuf text;
	bool fine = true;

	strbuf_init(&text);
	for (size_t i = 0; i < r->n; i++)
		put_line(&r->heads[i], &chunk->sets[i], from, to, &text, &fine);
	fine = fine ? write_all(r, &text, err) : error_memory(err);
	strbuf_fini(&text);
	return fine;
}

/* ------------------------------------------------------------ reading */

static void head_line(char *out, size_t size, const struct scan_resume *r,
		      const struct scan_source *source)
{
	str_format(out, size,
		   "{\"vtok\":\"scan-resume\",\"schema\":%d,\"version\":\"%s\",\"input\":\"%s\","
		   "\"models\":%zu,\"options\":\"%s\"}\n",
		   PARTIAL_SCHEMA, r->heads[0].version, scan_source_identity(source), r->n,
		   r->heads[0].options);
}

/* "0-4096" */
static bool read_part(const char *part, int64_t *from, int64_t *to)
{
	return str_scan_uint(&part, INT64_MAX / 16, from) && *part++ == '-' &&
	       str_scan_uint(&part, INT64_MAX / 16, to) && !*part && *from < *to;
}

/* One line of the chunk: of model i, of the same part as those before it. */
static bool take_line(const struct scan_resume *r, size_t i, const char *line, size_t n,
		      struct partial *chunk, struct vtok_error *err)
{
	struct partial *p = &chunk[i];

	if (!partial_read(line, n, p, err))
		return false;
	if (strcmp(p->model, r->heads[i].model) == 0 &&
	    strcmp(p->options, r->heads[i].options) == 0 && strcmp(p->part, chunk[0].part) == 0)
		return true;
	partial_fini(p);
	return error_set(err, VTOK_E_USAGE, "it belongs to other options");
}

/* The chunks one after the other. *good: bytes up to the end of the last that is whole. */
static bool read_chunks(const struct scan_resume *r, FILE *f, struct scan_source *source,
			struct scan_tallies *all, int64_t *good, struct vtok_error *err)
{
	struct partial *chunk = calloc(r->n, sizeof(*chunk));
	char *line = NULL;
	size_t room = 0, i = 0;
	int64_t at = *good;
	ssize_t n = 0;

	while (chunk && !err->code && (n = getline(&line, &room, f)) > 0 && line[n - 1] == '\n') {
		int64_t from, to;

		at += n;
		if (!take_line(r, i, line, (size_t)n - 1, chunk, err) || ++i < r->n)
			continue;
		if (!read_part(chunk[0].part, &from, &to))
			error_set(err, VTOK_E_USAGE, "part: expected FROM-TO, found \"%.40s\"",
				  chunk[0].part);
		else if (!scan_source_skip(source, from, to))
			error_memory(err);
		for (size_t k = 0; k < r->n; k++) {
			dataset_merge(&all->sets[k], &chunk[k].tally);
			partial_fini(&chunk[k]);
		}
		i = 0;
		*good = at;
	}
	if (chunk && !err->code && n < 0 &&
	    !feof(f)) /* cut off is what was not read: never for another reason */
		error_set(err, VTOK_E_INPUT, "%s", strerror(errno));
	while (chunk && i > 0)
		partial_fini(&chunk[--i]);
	free(line);
	free(chunk);
	return chunk ? !err->code : error_memory(err);
}

static bool go_on(struct scan_resume *r, FILE *f, const char *head, struct scan_source *source,
		  struct scan_tallies *all, struct vtok_error *err)
{
	char first[HEAD_BYTES];
	int64_t good = (int64_t)strlen(head);

	if (!fgets(first, sizeof(first), f) || strcmp(first, head) != 0)
		return error_path(err, VTOK_E_USAGE, r->path,
				  "it belongs to another list or other options");
	if (!read_chunks(r, f, source, all, &good, err))
		return error_at(err, r->path, 0);
	if (ftruncate(r->fd, (off_t)good) < 0 || lseek(r->fd, (off_t)good, SEEK_SET) < 0)
		return error_path(err, VTOK_E_INPUT, r->path, "%s", strerror(errno));
	return true;
}

/* Is there nothing, or the beginning of the first line alone, on a disk that was full then? */
static bool is_not_begun(FILE *f, const char *head)
{
	char first[HEAD_BYTES];
	size_t n = fread(first, 1, sizeof(first), f);
	bool is_so = !ferror(f) && n < strlen(head) && memcmp(first, head, n) == 0;

	rewind(f);
	return is_so;
}

static bool begin(const struct scan_resume *r, const char *head, struct vtok_error *err)
{
	struct strbuf text;

	if (ftruncate(r->fd, 0) < 0)
		return error_path(err, VTOK_E_INPUT, r->path, "%s", strerror(errno));
	strbuf_init(&text);
	strbuf_puts(&text, head);
	bool fine = write_all(r, &text, err);

	strbuf_fini(&text);
	return fine;
}

bool scan_resume_open(struct scan_resume *r, const char *path, const struct partial *heads,
		      struct scan_source *source, struct scan_tallies *all, struct vtok_error *err)
{
	char head[HEAD_BYTES];

	*r = (struct scan_resume){.path = path, .heads = heads, .n = all->job->targets.n};
	r->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	FILE *f = r->fd < 0 ? NULL : fopen(path, "r");
	if (!f) {
		error_path(err, VTOK_E_INPUT, path, "%s", strerror(errno));
		if (r->fd >= 0)
			close(r->fd);
		return false;
	}
	head_line(head, sizeof(head), r, source);
	bool fine =
		is_not_begun(f, head) ? begin(r, head, err) : go_on(r, f, head, source, all, err);

	fclose(f);
	if (!fine)
		close(r->fd);
	return fine;
}

void scan_resume_close(struct scan_resume *r)
{
	close(r->fd);
}
