/* APPNOTE.TXT of PKWARE, 4.3: members, then a row of the directory for each, then the end record:
 *
 *     PK 1 2   version by, version, flags, method, time 4, sum 4, packed 4, whole 4, lengths of
 *              name, extra, comment, disk 2, attributes 2 4, place 4, name, extra, comment
 *     PK 5 6   disks 2 2, rows 2 2, bytes of the directory 4, its place 4, comment
 *
 * Numbers of 64 bits stand in an extra field (1) and in an end record of their own (PK 6 6), which
 * a locator (PK 6 7) before the end record points to. Bytes before the first member, as those of a
 * program that unpacks itself, shift every place. */
#include "cli/scan_zip.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/picture.h"
#include "base/str.h"
#include "cli/scan_batch.h"
#include "image/inflate.h"
#include "image/source.h"

enum {
	ROW = 46,
	LOCAL = 30,
	END = 22,
	END_64 = 56,
	LOCATOR = 20,
	COMMENT_MOST = 65535,
	NAME_MOST = 4095,
	IS_ENCRYPTED = 1,
	STORED = 0,
	DEFLATED = 8,
	INFLATE_READS = 1024, /* windows of packed bytes: blocks of nothing may follow each other */
};

struct scan_zip {
	const char *path;
	struct source directory, data; /* two windows on the same file */
	int64_t at, end;               /* of the rows that are left */
	int64_t shift;                 /* bytes before what the zip takes for its beginning */
	bool is_open;
};

struct member {
	char name[NAME_MOST + 1];
	int64_t packed, place;
	uint32_t flags, method;
};

struct scan_zip *scan_zip_open(int fd, const char *path)
{
	struct scan_zip *z = calloc(1, sizeof(*z));

	if (!z)
		return NULL;
	z->path = path;
	source_init_fd(&z->directory, fd, SOURCE_UNSIZED);
	source_init_fd(&z->data, fd, SOURCE_UNSIZED);
	return z;
}

void scan_zip_close(struct scan_zip *z)
{
	free(z);
}

static int64_t le64(const uint8_t *p)
{
	uint64_t value = (uint64_t)le32(p + 4) << 32 | le32(p);

	return value > INT64_MAX / 4 ? INT64_MAX / 4 : (int64_t)value;
}

static bool damaged(const struct scan_zip *z, struct vtok_error *err)
{
	return error_path(err, VTOK_E_INPUT, z->path, "damaged zip: its directory is cut off");
}

/* The row's bytes, without a bound on how much of the file is read in all: rows are many. */
static const uint8_t *get(struct source *s, int64_t pos, size_t n)
{
	s->reads_left = INT_MAX;
	return source_get(s, pos, n);
}

/* Where the end record begins: the last one whose comment goes to the end of the file. -1: nowhere.
 */
static int64_t find_end(struct source *s)
{
	int64_t size = source_length(s), least = size - END - COMMENT_MOST;

	for (int64_t pos = size - END; pos >= 0 && pos >= least;) {
		/* a window that ends where the search goes on, so that it is read once */
		int64_t from = pos - (SOURCE_WINDOW - END) > 0 ? pos - (SOURCE_WINDOW - END) : 0;

		if (!get(s, from, 1))
			return -1;
		for (; pos >= from && pos >= least; pos--) {
			const uint8_t *p = get(s, pos, END);
			if (p && memcmp(p, "PK\5\6", 4) == 0 && pos + END + le16(p + 20) == size)
				return pos;
		}
	}
	return -1;
}

static bool open_directory(struct scan_zip *z, struct vtok_error *err)
{
	struct source *s = &z->directory;
	int64_t end = find_end(s), bytes, place;
	const uint8_t *p = end < 0 ? NULL : get(s, end, END);

	if (!p)
		return error_path(err, VTOK_E_INPUT, z->path, "no zip, or one that is cut off");
	bytes = le32(p + 12);
	place = le32(p + 16);
	bool is_64 = bytes == UINT32_MAX || place == UINT32_MAX || le16(p + 10) == 0xffff;
	p = is_64 && end >= LOCATOR ? get(s, end - LOCATOR, LOCATOR) : NULL;
	if (p && memcmp(p, "PK\6\7", 4) == 0 && (p = get(s, le64(p + 8), END_64)) &&
	    memcmp(p, "PK\6\6", 4) == 0) {
		bytes = le64(p + 40);
		place = le64(p + 48);
	} else {
		z->shift = end - bytes - place;
	}
	z->at = place + z->shift;
	z->end = z->at + bytes;
	z->is_open = true;
	return (z->shift >= 0 && z->at >= 0 && z->end <= end) || damaged(z, err);
}

/* Takes from the extra field what had no room in the row: whole size, packed size, place, each only
 * where it is ffffffff. */
static void widen(struct scan_zip *z, int64_t pos, int64_t n, uint32_t whole, struct member *m)
{
	const uint8_t *p;

	for (int64_t end = pos + n; pos + 4 <= end && (p = get(&z->directory, pos, 4));) {
		int64_t len = le16(p + 2), at = pos + 4;

		if (le16(p) == 1) {
			at += whole == UINT32_MAX ? 8 : 0;
			if (m->packed == UINT32_MAX && (p = get(&z->directory, at, 8))) {
				m->packed = le64(p);
				at += 8;
			}
			if (m->place == UINT32_MAX && (p = get(&z->directory, at, 8)))
				m->place = le64(p);
			return;
		}
		pos = at + len;
	}
}

/* False at the end. */
static bool next_row(struct scan_zip *z, struct member *m, struct vtok_error *err)
{
	const uint8_t *p = z->at < z->end ? get(&z->directory, z->at, ROW) : NULL;

	if (z->at >= z->end)
		return false;
	if (!p || memcmp(p, "PK\1\2", 4) != 0)
		return damaged(z, err);
	int64_t name = le16(p + 28), extra = le16(p + 30), comment = le16(p + 32);
	size_t n = name < NAME_MOST ? (size_t)name : NAME_MOST;
	uint32_t whole = le32(p + 24);

	m->flags = le16(p + 8);
	m->method = le16(p + 10);
	m->packed = le32(p + 20);
	m->place = le32(p + 42);
	if (!(p = get(&z->directory, z->at + ROW, n)))
		return damaged(z, err);
	memcpy(m->name, p, n);
	m->name[n] = '\0';
	widen(z, z->at + ROW + name, extra, whole, m);
	z->at += ROW + name + extra + comment;
	return true;
}

/* The first bytes of what the member holds; *why where they cannot be had. */
static size_t first_bytes(struct scan_zip *z, const struct member *m, uint8_t *out,
			  const char **why)
{
	int64_t pos = m->place + z->shift;
	const uint8_t *p = get(&z->data, pos, LOCAL);
	size_t n = 0, more;

	if (!p || memcmp(p, "PK\3\4", 4) != 0)
		*why = "damaged zip: the member is not where its directory says";
	else if (m->flags & IS_ENCRYPTED)
		*why = "encrypted in its zip";
	else if (m->method != STORED && m->method != DEFLATED)
		*why = "packed in its zip by a method other than deflate";
	if (*why)
		return 0;
	pos += LOCAL + le16(p + 26) + le16(p + 28);
	z->data.reads_left = INFLATE_READS;
	if (m->method == DEFLATED)
		return inflate_head(&z->data, pos, m->packed, out, INFLATE_MOST);
	while (n < SCAN_HEAD && (int64_t)n < m->packed && get(&z->data, pos + (int64_t)n, 1) &&
	       (p = source_rest(&z->data, pos + (int64_t)n, &more))) {
		more = more < SCAN_HEAD - n ? more : SCAN_HEAD - n;
		more = (int64_t)(n + more) < m->packed ? more : (size_t)(m->packed - (int64_t)n);
		memcpy(out + n, p, more);
		n += more;
	}
	return n;
}

static bool take_member(struct scan_zip *z, const struct member *m, struct scan_batch *b,
			struct vtok_error *err)
{
	const char *why = NULL;
	uint8_t *to = scan_batch_member(b, z->path, m->name, SCAN_HEAD);

	if (!to)
		return error_memory(err);
	size_t n = first_bytes(z, m, to, &why);
	scan_batch_took(b, n, why);
	return true;
}

bool scan_zip_next(struct scan_zip *z, struct scan_batch *b, struct vtok_error *err)
{
	struct member m;

	b->used = 0;
	b->is_members = true;
	if (!z->is_open && !open_directory(z, err))
		return false;
	while (b->used < SCAN_HEAD && next_row(z, &m, err))
		if (picture_has_ending(m.name) && !take_member(z, &m, b, err))
			return false;
	return b->used > 0 && !err->code;
}
