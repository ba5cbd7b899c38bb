#include "cli/scan_tar.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/fd.h"
#include "base/picture.h"
#include "base/str.h"
#include "cli/scan_batch.h"

enum { BLOCK = 512, NAME = 4096 };

struct scan_tar {
	int fd;
	const char *path;
	int64_t at; /* bytes that were read */
	bool is_seekable;
	char name[NAME]; /* of the next member, where a header of its own says it */
};

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], time[12], sum[8], type, link[100],
		magic[6], version[2], owner[32], group[32], device[16], prefix[155], rest[12];
};
static_assert(sizeof(struct header) == BLOCK, "one block");

struct scan_tar *scan_tar_open(int fd, const char *path)
{
	struct scan_tar *t = calloc(1, sizeof(*t));

	if (t)
		*t = (struct scan_tar){
			.fd = fd, .path = path, .is_seekable = lseek(fd, 0, SEEK_CUR) >= 0};
	return t;
}

void scan_tar_close(struct scan_tar *t)
{
	free(t);
}

/* ------------------------------------------------------------ bytes */

/* As many as there are, at most n. */
static size_t read_up_to(struct scan_tar *t, void *to, size_t n, struct vtok_error *err)
{
	size_t got = 0;

	while (got < n) {
		ssize_t more = fd_read(t->fd, (char *)to + got, n - got);

		if (more < 0)
			error_path(err, VTOK_E_INPUT, t->path, "%s", strerror(errno));
		if (more <= 0)
			break;
		got += (size_t)more;
	}
	t->at += (int64_t)got;
	return got;
}

static bool cut(const struct scan_tar *t, struct vtok_error *err)
{
	return error_path(err, VTOK_E_INPUT, t->path, "the tar ends inside a member");
}

static bool skip(struct scan_tar *t, int64_t n, struct vtok_error *err)
{
	char rest[16 * BLOCK];

	if (t->is_seekable && n > (int64_t)sizeof(rest)) {
		if (lseek(t->fd, (off_t)n, SEEK_CUR) < 0)
			return cut(t, err);
		t->at += n;
		return true;
	}
	while (n > 0) {
		size_t some = n < (int64_t)sizeof(rest) ? (size_t)n : sizeof(rest);

		if (read_up_to(t, rest, some, err) < some)
			return cut(t, err);
		n -= (int64_t)some;
	}
	return true;
}

static int64_t padding(int64_t size)
{
	return (BLOCK - size % BLOCK) % BLOCK;
}

/* ------------------------------------------------------------ headers */

/* Octal digits, or 63 bits behind a set top bit. -1: neither. */
static int64_t number(const char *text, size_t n)
{
	uint64_t v = 0, lost = 0;

	if ((unsigned char)*text & 0x80) {
		for (size_t i = 1; i < n; i++) {
			lost |= v >> 56;
			v = v << 8 | (unsigned char)text[i];
		}
		return lost || v > INT64_MAX / 4 ? -1 : (int64_t)v;
	}
	size_t i = 0;
	while (i < n && text[i] == ' ')
		i++;
	for (; i < n && text[i] >= '0' && text[i] <= '7'; i++)
		v = v * 8 + (uint64_t)(text[i] - '0');
	return i < n && text[i] && text[i] != ' ' ? -1 : (int64_t)v;
}

/* The sum of all bytes, its own field taken for blanks. */
static bool is_header(const struct header *h)
{
	const unsigned char *p = (const unsigned char *)h;
	int64_t sum = 0;

	for (size_t i = 0; i < BLOCK; i++)
		sum += i >= offsetof(struct header, sum) && i < offsetof(struct header, type)
			       ? ' '
			       : p[i];
	return sum == number(h->sum, sizeof(h->sum));
}

static bool is_empty(const void *block)
{
	static const char zeros[BLOCK];

	return memcmp(block, zeros, BLOCK) == 0;
}

/* "26 path=FOLDER/NAME\n": lines that begin with their length. */
static void read_pax(struct scan_tar *t, const char *text, size_t n)
{
	for (size_t at = 0; at < n;) {
		char *end;
		unsigned long len = strtoul(text + at, &end, 10);
		size_t head = (size_t)(end - text) + 1 - at;

		if (*end != ' ' || len <= head || len > n - at)
			return;
		if (strncmp(end + 1, "path=", 5) == 0 && len > head + 6)
			str_format(t->name, NAME, "%.*s", (int)(len - head - 6), end + 6);
		at += len;
	}
}

/* A header of its own for what follows: the long name, or pax's lines. */
static bool read_name(struct scan_tar *t, char type, int64_t size, struct vtok_error *err)
{
	char text[2 * NAME + 1];
	size_t n = size < 2 * NAME ? (size_t)size : 2 * NAME;

	if (read_up_to(t, text, n, err) < n)
		return cut(t, err);
	text[n] = '\0';
	if (type == 'L')
		str_format(t->name, NAME, "%s", text);
	else
		read_pax(t, text, n);
	return skip(t, size - (int64_t)n + padding(size), err);
}

static void own_name(struct scan_tar *t, const struct header *h)
{
	bool has_prefix = memcmp(h->magic, "ustar", 6) == 0 && *h->prefix;

	if (*t->name)
		return;
	str_format(t->name, NAME, "%.*s%s%.*s", has_prefix ? (int)sizeof(h->prefix) : 0, h->prefix,
		   has_prefix ? "/" : "", (int)sizeof(h->name), h->name);
}

/* ------------------------------------------------------------ members */

static bool take_member(struct scan_tar *t, struct scan_batch *b, int64_t size,
			struct vtok_error *err)
{
	size_t n = size < SCAN_HEAD ? (size_t)size : SCAN_HEAD;
	uint8_t *to = scan_batch_member(b, t->path, t->name, n);

	if (!to)
		return error_memory(err);
	if (read_up_to(t, to, n, err) < n)
		return cut(t, err);
	scan_batch_took(b, n, NULL);
	return skip(t, size - (int64_t)n + padding(size), err);
}

/* False at the end or when something is wrong. */
static bool read_member(struct scan_tar *t, struct scan_batch *b, struct vtok_error *err)
{
	struct header h;
	int64_t start = t->at;
	size_t n = read_up_to(t, &h, sizeof(h), err);

	if (n == 0 && start > 0)
		return false; /* without the two empty blocks */
	if (n < sizeof(h) || (!is_header(&h) && !is_empty(&h)))
		return start == 0 ? error_path(err, VTOK_E_INPUT, t->path, "no tar") : cut(t, err);
	if (is_empty(&h))
		return false;
	int64_t size = number(h.size, sizeof(h.size));

	if (size < 0)
		return error_path(err, VTOK_E_INPUT, t->path, "a member has no size");
	if (h.type == 'L' || h.type == 'x')
		return read_name(t, h.type, size, err);
	own_name(t, &h);
	bool is_file = h.type == '0' || h.type == '\0' || h.type == '7';
	bool fine = is_file && picture_has_ending(t->name) ? take_member(t, b, size, err)
							   : skip(t, size + padding(size), err);
	*t->name = '\0';
	return fine;
}

bool scan_tar_next(struct scan_tar *t, struct scan_batch *b, struct vtok_error *err)
{
	b->used = 0;
	b->is_members = true;
	while (b->used < SCAN_HEAD && read_member(t, b, err))
		;
	return b->used > 0 && !err->code;
}
