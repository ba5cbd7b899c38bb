/* Any bytes as a chunk of the stream: the quick lane takes whole lines from its beginning, each a
 * size to the letter, and writes a row for each. Seeds: fuzz/seeds.sh. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/unit.h"
#include "cli/cli.h"
#include "cli/lane.h"

enum { AFTER = 64 /* zeros behind a chunk, as the stream has them */ };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What out.c asks of the rest of the program. */
void cli_note(const char *fmt, ...)
{
	(void)fmt;
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	(void)p;
	(void)t;
	out->refused = width == 13 ? REFUSED_SIDE : REFUSED_NOT;
	out->visual = width * height;
}

static void check_line(const char *line, size_t n)
{
	char text[32];
	int64_t w, h;

	if (n >= sizeof text)
		abort();
	memcpy(text, line, n);
	text[n] = '\0';
	if (!unit_parse_size(text, &w, &h))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct processor processor;
	static struct rule rule = {.processor = &processor, .count = count};
	static struct target target = {.name = "m", .name_len = 1};
	static struct targets targets = {.list = &target, .n = 1};
	struct stream_result result = {0};
	static struct lane lane; /* its table takes longer than a line */
	char *text = calloc(1, size + AFTER);
	struct out o;

	if (!text || !out_init(&o, -1) || (!lane.models && !lane_init(&lane, &targets, &rule)))
		abort();
	memcpy(text, data, size);
	char *stop = lane_run(&lane, &o, text, text + size, &result);
	int64_t lines = 0, rows = 0;

	if (stop < text || stop > text + size || (stop > text && stop[-1] != '\n'))
		abort();
	for (char *p = text, *end; p < stop; p = end + 1, lines++) {
		end = memchr(p, '\n', (size_t)(stop - p));
		check_line(p, (size_t)(end - p));
	}
	for (size_t i = 0; i < o.used; i++)
		rows += o.data[i] == '\n';
	if ((int64_t)result.lines != lines || rows != lines)
		abort();
	out_fini(&o);
	free(text);
	return 0;
}
