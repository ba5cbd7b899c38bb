/* Buffered results: one large buffer, fast integers, and the first write error remembered. The
 * stream writes millions of rows through it, so the small functions are inline and nothing
 * allocates after out_init. */
#ifndef VTOK_CLI_OUT_H
#define VTOK_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"

struct out {
	char *data;
	size_t used, size; /* bytes */
	int fd;
	bool is_ascii; /* out_text writes nothing else: --ascii */
	int error;     /* errno of the first write that failed; text is dropped from then on */
	void (*before)(struct out *,
		       void *arg); /* called before each write, NULL = nothing to do */
	void *arg;
};

enum { OUT_BYTES = 256 * 1024, OUT_INT_MAX = 24 };

/* False when memory is short. out_fini frees without writing. */
bool out_init(struct out *o, int fd);
void out_fini(struct out *o);

/* The names of columns as the head of a CSV or, is_md, of a table in Markdown. */
void out_head(struct out *o, bool is_md, const char *const *names, int n);

/* Writes what is there. */
void out_flush(struct out *o);

/* Makes room for n bytes, n at most OUT_BYTES. */
static inline void out_room(struct out *o, size_t n)
{
	if (o->size - o->used < n)
		out_flush(o);
}

/* Text of any length. */
void out_long(struct out *o, const char *text, size_t n);

static inline void out_add(struct out *o, const char *text, size_t n)
{
	if (o->size - o->used < n) {
		out_long(o, text, n);
		return;
	}
	memcpy(o->data + o->used, text, n);
	o->used += n;
}

static inline void out_puts(struct out *o, const char *text)
{
	out_add(o, text, strlen(text));
}

static inline void out_putc(struct out *o, char c)
{
	out_room(o, 1);
	o->data[o->used++] = c;
}

void out_printf(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* str_put_decimal; numbers up to four digits, which most are, are inline. */
static inline char *out_digits(char *p, int64_t n)
{
	if (n < 0 || n >= 10000)
		return str_put_decimal(p, n);
	unsigned v = (unsigned)n, high = v / 100;
	if (high >= 10) {
		memcpy(p, str_pairs + high * 2, 2);
		memcpy(p + 2, str_pairs + v % 100 * 2, 2);
		return p + 4;
	}
	if (high) {
		*p = (char)('0' + high);
		memcpy(p + 1, str_pairs + v % 100 * 2, 2);
		return p + 3;
	}
	if (v >= 10) {
		memcpy(p, str_pairs + v * 2, 2);
		return p + 2;
	}
	*p = (char)('0' + v);
	return p + 1;
}

static inline void out_int(struct out *o, int64_t n)
{
	out_room(o, OUT_INT_MAX);
	o->used = (size_t)(out_digits(o->data + o->used, n) - o->data);
}

/* A number as str_number writes it: whole numbers in full, others with 12 digits. */
void out_num(struct out *o, double v);

/* Text from outside as base/quote.h says: for people, as a CSV field, as a JSON string, as a cell
 * of a Markdown table. */
void out_text(struct out *o, const char *text, size_t n);
void out_csv(struct out *o, const char *text, size_t n);
void out_json(struct out *o, const char *text, size_t n);
void out_md(struct out *o, const char *text, size_t n);

/* The result is not whole because memory was short: out_finish says so. Always returns false. */
bool out_no_memory(struct out *o);

/* Flushes and says on standard error why a result could not be written, unless its reader has gone.
 * Returns code, or VTOK_E_INPUT if that is worse. */
int out_finish(struct out *o, int code);

/* The same for a text that is complete. */
int out_whole(int fd, const char *text, size_t n, int code);

#endif
