/* Any bytes as the small texts that people and files give: sizes, quantities, dates, base64, fields
 * of CSV, UTF-8, what the environment says of a terminal. The first byte says which; what is taken
 * is in range. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "cli/csv_line.h"
#include "state/size_name.h"
#include "tui/ground.h"
#include "tui/kinds.h"

enum { TEXT = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void trap_unless(bool is_so)
{
	if (!is_so)
		abort();
}

static void read_size(char *text, size_t n)
{
	int64_t w = 1, h = 1;
	const char *p = text;

	(void)n;
	unit_parse_size(text, &w, &h);
	trap_unless(w >= 1 && h >= 1 && w <= 1000000000 && h <= 1000000000);
	if (unit_scan_size(&p, &w, &h))
		trap_unless(p > text && p <= text + n && w >= 1 && h >= 1);
	if (size_name_parse(text, &w, &h))
		trap_unless(w >= 1 && h >= 1 && w <= 1000000000 && h <= 1000000000);
}

static void read_quantity(char *text, size_t n)
{
	double v = 0;
	int64_t i = 7;
	char out[UNIT_TEXT];

	(void)n;
	if (unit_parse_bytes(text, &v) || unit_parse_seconds(text, &v) ||
	    unit_parse_count(text, &v) || str_num(text, &v)) {
		trap_unless(isfinite(v));
		for (int u = 0; u < UNIT_N; u++) {
			trap_unless(memchr(unit_text(out, (enum unit)u, v), '\0', UNIT_TEXT));
			trap_unless(memchr(unit_tick(out, (enum unit)u, v), '\0', UNIT_TEXT));
		}
	}
	str_int(text, -5, 1000, &i);
	trap_unless(i >= -5 && i <= 1000);
}

static void read_base64(char *text, size_t n)
{
	char *out = malloc(n + 1);

	trap_unless(out && base64_decode(text, n, out, n) <= n / 4 * 3 + 3);
	for (size_t room = 0; room < 5 && room <= n; room++)
		trap_unless(base64_decode(text, n, out, room) <= room);
	free(out);
}

static void read_csv(char *text, size_t n)
{
	char *p = text, *end = text + n, *field;

	while (p && (field = csv_field(&p, text[0] == '\t' ? '\t' : ',')) != NULL)
		trap_unless(field >= text && field + strlen(field) <= end &&
			    (!p || (p >= field && p <= end)));
}

/* A clean text has nothing unseen, and cleaning it again changes nothing. */
static void clean(char *text, size_t n)
{
	static char cut[TEXT + 1];
	uint32_t cp;

	(void)n;
	str_clean(text);
	for (const char *p = text; *p;) {
		size_t took = utf8_decode(p, &cp);

		trap_unless(took >= 1 && took <= strlen(p) && !utf8_is_unseen(cp));
		p += took;
	}
	for (size_t columns = 0; columns < 9; columns++) {
		size_t took = utf8_cut(text, columns);

		trap_unless(took <= strlen(text));
		memcpy(cut, text, took);
		cut[took] = '\0';
		trap_unless(utf8_columns(cut) <= columns);
	}
}

/* What the terminal answers, and what its environment says. */
static void read_terminal(char *text, size_t n)
{
	enum ground ground;
	size_t used = 0;

	if (ground_answer((const unsigned char *)text, n, &used, &ground) == GROUND_WHOLE)
		trap_unless(used > 0 && used <= n);
	ground_of_colorfgbg(text);
	kinds_can_ask(text, n % 2, n % 3 == 0);
	kinds_like(text);
	kinds_type(text, n % 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const kinds[])(char *, size_t) = {
		read_size, read_quantity, read_base64, read_csv, clean, read_terminal,
	};

	if (size < 1 || size > TEXT)
		return 0;
	size_t n = size - 1;
	char *text = malloc(n + 1);

	if (!text)
		return 0;
	memcpy(text, data + 1, n);
	text[n] = '\0';
	kinds[data[0] % (sizeof kinds / sizeof kinds[0])](text, n);
	free(text);
	return 0;
}
