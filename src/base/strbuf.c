#include "base/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void strbuf_init(struct strbuf *sb)
{
	memset(sb, 0, sizeof(*sb));
}

void strbuf_fini(struct strbuf *sb)
{
	free(sb->data);
	strbuf_init(sb);
}

void strbuf_clear(struct strbuf *sb)
{
	sb->len = 0;
	if (sb->data)
		sb->data[0] = '\0';
}

bool strbuf_ok(const struct strbuf *sb)
{
	return !sb->failed;
}

/* Room for `more` bytes and the NUL. */
static bool grow(struct strbuf *sb, size_t more)
{
	if (sb->failed || more > SIZE_MAX / 4 || sb->len > SIZE_MAX / 4) {
		sb->failed = true;
		return false;
	}
	size_t need = sb->len + more + 1;
	if (need <= sb->size)
		return true;
	size_t size = sb->size ? sb->size : 64;
	while (size < need)
		size *= 2;
	char *p = realloc(sb->data, size);
	if (!p) {
		sb->failed = true;
		return false;
	}
	sb->data = p;
	sb->size = size;
	return true;
}

void strbuf_add(struct strbuf *sb, const char *bytes, size_t len)
{
	if (!grow(sb, len))
		return;
	if (len)
		memcpy(sb->data + sb->len, bytes, len);
	sb->len += len;
	sb->data[sb->len] = '\0';
}

void strbuf_puts(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_putc(struct strbuf *sb, char c)
{
	strbuf_add(sb, &c, 1);
}

void strbuf_printf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0 && grow(sb, (size_t)n)) {
		vsnprintf(sb->data + sb->len, (size_t)n + 1, fmt, again);
		sb->len += (size_t)n;
	}
	va_end(again);
}

const char *strbuf_text(const struct strbuf *sb)
{
	return sb->data ? sb->data : "";
}

char *strbuf_steal(struct strbuf *sb)
{
	if (!grow(sb, 0)) {
		strbuf_fini(sb);
		return NULL;
	}
	sb->data[sb->len] = '\0';
	char *p = sb->data;
	strbuf_init(sb);
	return p;
}
