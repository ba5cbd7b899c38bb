#include "cli/out.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "draw/stand_in.h"

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
	if (!o->error)
		o->error = fd_write(o->fd, o->data, o->used);
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

void out_num(struct out *o, double v)
{
	char text[STR_NUMBER];

	if (!isfinite(v)) { /* a caller's mistake: results are numbers or have a reason */
		out_puts(o, "null");
		return;
	}
	out_puts(o, str_number(text, v));
}

static void put(void *arg, const char *bytes, size_t n)
{
	out_add(arg, bytes, n);
}

/* As many columns as before. What has no stand-in is a letter of somebody's name. */
static void put_ascii(void *arg, const char *bytes, size_t n)
{
	struct out *o = arg;

	for (size_t i = 0; i < n;) {
		char one[5] = "";
		uint32_t cp;

		if ((unsigned char)bytes[i] < 0x80) {
			out_putc(o, bytes[i++]);
			continue;
		}
		memcpy(one, bytes + i, n - i < 4 ? n - i : 4);
		size_t len = utf8_decode(one, &cp);
		char in_place = (char)stand_in_ascii(cp);

		one[len] = '\0';
		for (size_t w = utf8_columns(one); w > 0; w--)
			out_putc(o, in_place == '.' && cp != 0xb7 ? '?' : in_place);
		i += len;
	}
}

void out_text(struct out *o, const char *text, size_t n)
{
	quote_write(QUOTE_TEXT, text, n, o->is_ascii ? put_ascii : put, o);
}

void out_csv(struct out *o, const char *text, size_t n)
{
	quote_write(QUOTE_CSV, text, n, put, o);
}

void out_json(struct out *o, const char *text, size_t n)
{
	quote_write(QUOTE_JSON, text, n, put, o);
}

void out_md(struct out *o, const char *text, size_t n)
{
	quote_write(QUOTE_MD, text, n, put, o);
}

bool out_no_memory(struct out *o)
{
	if (!o->error)
		o->error = ENOMEM;
	return false;
}

void out_head(struct out *o, bool is_md, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		out_printf(o, "%s%s", is_md ? (i ? " | " : "| ") : i ? "," : "", names[i]);
	out_puts(o, is_md ? " |\n" : "\n");
	for (int i = 0; is_md && i < n; i++)
		out_puts(o, i ? " --- |" : "| --- |");
	if (is_md)
		out_putc(o, '\n');
}

int out_whole(int fd, const char *text, size_t n, int code)
{
	struct out o = {.fd = fd, .error = fd_write(fd, text, n)};

	return out_finish(&o, code);
}

int out_finish(struct out *o, int code)
{
	out_flush(o);
	if (!o->error)
		return code;
	if (o->error == ENOMEM)
		cli_note("out of memory");
	else if (o->error != EPIPE)
		cli_note("cannot write the result: %s", strerror(o->error));
	return code > VTOK_E_INPUT ? code : VTOK_E_INPUT;
}
