/* What scan reads: by the first byte a partial, a tar, or records of each kind. A partial that is
 * read is written and read again, and says the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/partial.h"
#include "cli/scan_row.h"
#include "cli/scan_source.h"
#include "cli/scan_tar.h"
#include "cli/scan_zip.h"
#include "registry/registry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool write_line(const struct partial *p, struct strbuf *out)
{
	strbuf_init(out);
	return partial_write(p, out);
}

static void read_partial(const char *text, size_t n)
{
	struct vtok_error err = {0};
	struct partial p, again;
	struct strbuf a, b;

	if (!partial_read(text, n, &p, &err)) {
		if (!*err.text)
			__builtin_trap();
		return;
	}
	if (!write_line(&p, &a) || !partial_read(strbuf_text(&a), a.len, &again, &err) ||
	    !write_line(&again, &b) || strcmp(strbuf_text(&a), strbuf_text(&b)) != 0)
		__builtin_trap();
	partial_fini(&p);
	partial_fini(&again);
	strbuf_fini(&a);
	strbuf_fini(&b);
}

static void read_archives(const char *text, size_t n)
{
	int fd = memfd_create("archive", 0);
	struct scan_tar *tar = fd < 0 ? NULL : scan_tar_open(fd, "tar");
	struct scan_zip *zip = fd < 0 ? NULL : scan_zip_open(fd, "zip");
	struct scan_batch b = {0};
	struct vtok_error tar_err = {0}, zip_err = {0};

	if (tar && zip && write(fd, text, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0) {
		while (scan_tar_next(tar, &b, &tar_err))
			;
		while (scan_zip_next(zip, &b, &zip_err))
			;
	}
	scan_tar_close(tar);
	scan_zip_close(zip);
	free(b.data);
	if (fd >= 0)
		close(fd);
}

/* The first line names the columns. */
static void read_records(enum scan_from from, char *text, size_t n)
{
	static struct registry r;
	static struct scan_job j;
	struct vtok_error err = {0};
	struct scan_columns columns = {0, 1, -1, -1};
	struct scan_tallies t;
	char *line = text, *end = text + n;

	if (!r.models_n) {
		if (!registry_init(&r, &err))
			return;
		j.targets.list = calloc(1, sizeof(*j.targets.list));
		j.targets.n = 1;
		j.rules = calloc(1, sizeof(*j.rules));
		j.shape.top = 3;
		j.width = "width";
		j.height = "height";
		j.key = "key";
		if (!j.targets.list || !j.rules)
			return;
		j.targets.list[0].processor = registry_processor(&r, "qwen2.5-vl");
		count_prepare(j.rules, j.targets.list[0].processor, LENS_EXACT, NULL);
	}
	j.from = from;
	if (!scan_tallies_init(&t, &j))
		return;
	for (bool is_first = true; line < end; is_first = false) {
		char *stop = memchr(line, '\n', (size_t)(end - line));
		size_t len = (size_t)((stop ? stop : end) - line);

		line[len] = '\0';
		if (from == SCAN_CSV && is_first)
			scan_columns_find(&j, line, &columns, &err);
		else
			scan_record(&t, &columns, line, len);
		line += len + 1;
	}
	const struct tally *sum = &t.sets[0].sum;
	if (sum->rows != sum->ok + sum->refused + sum->failed)
		__builtin_trap();
	scan_tallies_fini(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum scan_from kinds[] = {SCAN_SIZES, SCAN_CSV, SCAN_JSONL};

	if (size < 2 || size > 65536)
		return 0;
	char *text = malloc(size + 64);
	size_t n = size - 1;
	unsigned kind = data[0] % 5;

	if (!text)
		return 0;
	memcpy(text, data + 1, n);
	memset(text + n, 0, 64);
	if (kind == 0)
		read_partial(text, n);
	else if (kind == 1)
		read_archives(text, n);
	else
		read_records(kinds[kind - 2], text, n);
	free(text);
	return 0;
}
