#include "cli/out.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"

bool out_init(struct out *o, int fd)
{
	memset(o, 0, sizeof(*o));
	o->data = malloc(OUT_BYTES);
	o->size = OUT_BYTES;
	o->fd = fd;
	return o->data != NULL;
}

void out_fini(struct out *o)
{
	free(o->data);
	memset(o, 0, sizeof(*o));
}

void out_flush(struct out *o)
{
	if (o->before)
		o->before(o, o->arg);
	for (size_t done = 0; done < o->used && !o->error;) {
		ssize_t n = write(o->fd, o->data + done, o->used - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			o->error = errno;
	}
	o->used = 0;
}

void out_long(struct out *o, const char *text, size_t n)
{
	while (n) {
		if (o->used == o->size)
			out_flush(o);
		size_t part = o->size - o->used < n ? o->size - o->used : n;
		memcpy(o->data + o->used, text, part);
		o->used += part;
		text += part;
		n -= part;
	}
}

void out_printf(struct out *o, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n > 0)
		out_add(o, text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

static int digits_of(uint64_t v)
{
	int n = 1;

	for (; v >= 10000; v /= 10000)
		n += 4;
	return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

const char out_pairs[201] = "00010203040506070809101112131415161718192021222324"
			    "25262728293031323334353637383940414243444546474849"
			    "50515253545556575859606162636465666768697071727374"
			    "75767778798081828384858687888990919293949596979899";

/* In place and two digits at a time: the divisions are what printing an integer costs. */
char *out_digits_long(char *p, int64_t n)
{
	uint64_t v = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	if (n < 0)
		*p++ = '-';
	char *end = p + digits_of(v), *s = end;
	for (; v >= 100; v /= 100)
		memcpy(s -= 2, out_pairs + v % 100 * 2, 2);
	if (v >= 10)
		memcpy(s - 2, out_pairs + v * 2, 2);
	else
		s[-1] = (char)('0' + v);
	return end;
}

void out_num(struct out *o, double v)
{
	char text[STR_NUMBER];

	if (!isfinite(v)) { /* a caller's mistake: results are numbers or have a reason */
		out_puts(o, "null");
		return;
	}
	if (v == floor(v) && fabs(v) < 1e15) {
		out_int(o, (int64_t)v);
		return;
	}
	out_puts(o, str_number(text, v));
}

/* What a writer of one format must do to a character. */
enum care {
	CARE_CSV = 1,    /* the field needs quotes */
	CARE_QUOTE = 2,  /* CSV: doubled */
	CARE_JSON = 4,   /* a backslash before it */
	CARE_MD = 8,     /* a backslash before it */
	CARE_CLEAN = 16, /* control character or not ASCII: look at it as UTF-8 first */
};

static unsigned care_of(unsigned char c)
{
	if (c < 0x20 || c >= 0x7f)
		return CARE_CLEAN;
	switch (c) {
	case ',':
		return CARE_CSV;
	case '"':
		return CARE_CSV | CARE_QUOTE | CARE_JSON;
	case '\\':
		return CARE_JSON;
	case '|':
		return CARE_MD;
	}
	return 0;
}

/* True for a character that any format has to look at. Two ranges hold nearly all that have nothing
 * to them, because the stream asks for every byte; a bit for each decides the rest. */
static bool is_special(unsigned char c)
{
	if ((c >= '-' && c <= '[') || (c >= ']' && c <= '{'))
		return false;
	static const uint64_t map[4] = {
		UINT64_C(0xffffffff) | UINT64_C(1) << ',' | UINT64_C(1) << '"',
		UINT64_C(1) << ('\\' - 64) | UINT64_C(1) << ('|' - 64) | UINT64_C(1) << 63,
		UINT64_MAX,
		UINT64_MAX,
	};

	return map[c >> 6] >> (c & 63) & 1;
}

bool out_is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_special((unsigned char)text[i]))
			return false;
	return !n || (text[0] != ' ' && text[n - 1] != ' ');
}

static unsigned care_of_all(const char *text, size_t n)
{
	unsigned care = 0;
	size_t i = 0;

	while (i < n && !is_special((unsigned char)text[i]))
		i++;
	for (; i < n; i++)
		care |= care_of((unsigned char)text[i]);
	return care;
}

/* Adds text with `mark` before each character that has one of `which`. */
static void add_marked(struct out *o, const char *text, size_t n, unsigned which, char mark)
{
	for (size_t i = 0; i < n; i++) {
		if (care_of((unsigned char)text[i]) & which)
			out_putc(o, mark);
		out_putc(o, text[i]);
	}
}

enum { CLEAN_MAX = 4096 + 1 };

/* A cleaned copy in room[CLEAN_MAX], longer text cut. Returns it, and its length in *n. */
static const char *clean(const char *text, size_t *n, char *room)
{
	size_t len = *n < CLEAN_MAX - 1 ? *n : CLEAN_MAX - 1;

	for (size_t i = 0; i < len; i++)
		room[i] = text[i] ? text[i] : '?';
	room[len] = '\0';
	str_clean(room);
	*n = strlen(room);
	return room;
}

void out_text(struct out *o, const char *text, size_t n)
{
	char room[CLEAN_MAX];

	if (care_of_all(text, n) & CARE_CLEAN)
		text = clean(text, &n, room);
	out_add(o, text, n);
}

void out_csv(struct out *o, const char *text, size_t n)
{
	char room[CLEAN_MAX];
	unsigned care = care_of_all(text, n);

	if (care & CARE_CLEAN)
		text = clean(text, &n, room);
	if (!(care & CARE_CSV) && !(n && (text[0] == ' ' || text[n - 1] == ' '))) {
		out_add(o, text, n);
		return;
	}
	out_putc(o, '"');
	add_marked(o, text, n, CARE_QUOTE, '"');
	out_putc(o, '"');
}

void out_json(struct out *o, const char *text, size_t n)
{
	char room[CLEAN_MAX];
	unsigned care = care_of_all(text, n);

	if (care & CARE_CLEAN)
		text = clean(text, &n, room);
	out_putc(o, '"');
	if (care & CARE_JSON)
		add_marked(o, text, n, CARE_JSON, '\\');
	else
		out_add(o, text, n);
	out_putc(o, '"');
}

void out_md(struct out *o, const char *text, size_t n)
{
	char room[CLEAN_MAX];

	if (care_of_all(text, n) & CARE_CLEAN)
		text = clean(text, &n, room);
	add_marked(o, text, n, CARE_MD, '\\');
}

int out_finish(struct out *o, int code)
{
	out_flush(o);
	if (!o->error)
		return code;
	if (o->error != EPIPE)
		cli_note("cannot write the result: %s", strerror(o->error));
	return code > VTOK_E_INPUT ? code : VTOK_E_INPUT;
}
