/* tar and zip (cli/scan_tar.h, scan_zip.h): archives made here byte by byte, with what other
 * programs write and what is damaged. Whole files of tar and Python's zipfile: tests/cli/parts.sh.
 */
#include "unit.h"

#include <fcntl.h>
#include <unistd.h>

#include "cli/scan_batch.h"
#include "cli/scan_tar.h"
#include "cli/scan_zip.h"

enum { ROOM = 1024 * 1024, BLOCK = 512 };

struct bytes {
	uint8_t data[ROOM];
	size_t n;
};

static struct bytes a; /* the archive at hand */

static void put(const void *from, size_t n)
{
	assert_true(a.n + n <= ROOM);
	memcpy(a.data + a.n, from, n);
	a.n += n;
}

static void fill(int byte, size_t n)
{
	assert_true(a.n + n <= ROOM);
	memset(a.data + a.n, byte, n);
	a.n += n;
}

static int file_of(void)
{
	FILE *f = tmpfile();

	assert_non_null(f);
	assert_int_equal(fwrite(a.data, 1, a.n, f), a.n);
	rewind(f);
	int fd = dup(fileno(f));

	fclose(f);
	return fd;
}

/* "NAME=BYTES" for each member, with a blank between; of bytes more than ten their number; behind
 * them what is wrong. */
static void show(char *out, size_t size, const struct scan_batch *b)
{
	struct scan_member m;

	for (size_t at = 0; scan_batch_next(b, &at, &m);) {
		size_t len = strlen(out);

		if (m.why)
			snprintf(out + len, size - len, "%s(%s) ", m.name, m.why);
		else if (m.n > 10)
			snprintf(out + len, size - len, "%s=%zu bytes ", m.name, m.n);
		else
			snprintf(out + len, size - len, "%s=%.*s ", m.name, (int)m.n,
				 (const char *)m.bytes);
	}
}

static void end(char *out, size_t size, const struct vtok_error *err)
{
	size_t len = strlen(out);

	if (err->code)
		snprintf(out + len, size - len, "(%s)", err->text);
	else if (len)
		out[len - 1] = '\0';
}

/* ------------------------------------------------------------ tar */

static void sign(uint8_t *header)
{
	unsigned sum = 0;

	memset(header + 148, ' ', 8);
	for (int i = 0; i < BLOCK; i++)
		sum += header[i];
	snprintf((char *)header + 148, 8, "%06o", sum);
}

/* A header with the size as it is written. */
static uint8_t *head(const char *name, char type, const char *size)
{
	uint8_t *h = a.data + a.n;

	fill(0, BLOCK);
	memcpy(h, name, strlen(name));
	memcpy(h + 124, size, strlen(size));
	h[156] = (uint8_t)type;
	memcpy(h + 257, "ustar\00000", 8);
	sign(h);
	return h;
}

static void member(const char *name, char type, const char *data)
{
	char size[24];
	size_t n = strlen(data);

	snprintf(size, sizeof(size), "%011zo", n);
	head(name, type, size);
	put(data, n);
	fill(0, (BLOCK - n % BLOCK) % BLOCK);
}

static void tar_from(int fd, const char *expected)
{
	struct scan_tar *t = scan_tar_open(fd, "t");
	struct scan_batch b = {0};
	struct vtok_error err = {0};
	char found[10000] = "";

	assert_non_null(t);
	while (scan_tar_next(t, &b, &err))
		show(found, sizeof(found), &b);
	if (err.code) /* what came before */
		show(found, sizeof(found), &b);
	end(found, sizeof(found), &err);
	scan_tar_close(t);
	free(b.data);
	close(fd);
	assert_string_equal(found, expected);
}

static void tar_is(const char *expected)
{
	tar_from(file_of(), expected);
}

static void a_tar_has_pictures(void **state)
{
	(void)state;
	a.n = 0;
	member("a.png", '0', "one");
	member("b.txt", '0', "no picture");
	member("c.jpg", '\0', "two");
	member("d.gif", '7', "");
	member("e.png", '5', ""); /* a folder of that name */
	member("f.png", '2', ""); /* a link */
	fill(0, 2 * BLOCK);
	member("g.png", '0', "behind the end");
	tar_is("t:a.png=one t:c.jpg=two t:d.gif=");
	a.n = 0;
	member("a.png", '0', "one"); /* no empty blocks at its end, as some programs leave it */
	tar_is("t:a.png=one");
	a.n = 0;
	fill(0, 2 * BLOCK);
	tar_is("");
}

static void a_tar_has_long_names(void **state)
{
	static char longer[8400];
	char name[300], expected[400], pax[400];

	(void)state;
	a.n = 0;
	uint8_t *h = head("f.png", '0', "3");
	memcpy(h + 345, "deep/er", 7);
	sign(h);
	put("yes", 3);
	fill(0, BLOCK - 3);
	h = head("old.png", '0', "1"); /* before ustar there was no prefix */
	memcpy(h + 257, "\0\0\0\0\0", 6);
	memcpy(h + 345, "other", 5);
	sign(h);
	put("x", 1);
	fill(0, BLOCK - 1);
	tar_is("t:deep/er/f.png=yes t:old.png=x");

	memset(name, 'n', sizeof(name));
	memcpy(name + 290, ".png", 5);
	a.n = 0;
	member("././@LongLink", 'L', name);
	member("nnnn", '0', "gnu");
	member("b.png", '0', "after");
	snprintf(expected, sizeof(expected), "t:%s=gnu t:b.png=after", name);
	tar_is(expected);

	a.n = 0;
	snprintf(pax, sizeof(pax), "20 mtime=1234567890\n%d path=%s\n", 3 + 1 + 5 + 294 + 1, name);
	member("PaxHeaders/n", 'x', pax);
	member("nnnn", '0', "pax");
	snprintf(expected, sizeof(expected), "t:%s=pax", name);
	tar_is(expected);

	/* longer than any name that is kept: the rest of it is passed over */
	memset(longer, 'm', sizeof(longer) - 1);
	a.n = 0;
	member("././@LongLink", 'L', longer);
	member("a.png", '0', "lost");
	member("b.png", '0', "found");
	tar_is("t:b.png=found");
}

/* Lines of pax that say no name leave the header's own. */
static void a_tar_has_wrong_lines(void **state)
{
	static const char *const lines[] = {
		"",
		"path=x.png\n",
		"15_path=x.png\n",
		"2 path=x.png\n",
		"99 path=x.png\n",
		"7 path=\n",
		"15 linkpath=y\n",
		"0 path=x.png\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		a.n = 0;
		member("PaxHeaders/a", 'x', lines[i]);
		member("a.png", '0', "own");
		tar_is("t:a.png=own");
	}
}

static void a_tar_has_sizes(void **state)
{
	static const struct {
		const char *size, *expected;
	} t[] = {
		{"3", "t:a.png=abc"},
		{"  3 ", "t:a.png=abc"},
		{"00000000003", "t:a.png=abc"},
		{"\x80\0\0\0\0\0\0\0\0\0\0\3", "t:a.png=abc"},
		{"\x80\1\0\0\0\0\0\0\0\0\0\3", "(t: a member has no size)"},
		{"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", "(t: a member has no size)"},
		{"9", "(t: a member has no size)"},
		{"3x", "(t: a member has no size)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		a.n = 0;
		uint8_t *h = head("a.png", '0', "");
		memcpy(h + 124, t[i].size, (uint8_t)t[i].size[0] == 0x80 ? 12 : strlen(t[i].size));
		sign(h);
		put("abc", 3);
		fill(0, BLOCK - 3);
		tar_is(t[i].expected);
	}
}

static void a_tar_is_cut(void **state)
{
	(void)state;
	a.n = 0;
	tar_is("(t: no tar)");
	member("a.png", '0', "one");
	for (size_t n = BLOCK; n < 2 * BLOCK; n += 100) {
		a.n = n;
		/* what is there of a member whose bytes are whole is a picture */
		tar_is(n < BLOCK + 3 ? "(t: the tar ends inside a member)"
				     : "t:a.png=one (t: the tar ends inside a member)");
	}
	a.n = 100;
	tar_is("(t: no tar)");
	a.n = 2 * BLOCK;
	member("b.png", '0', "two");
	a.n = 2 * BLOCK + 100;
	tar_is("t:a.png=one (t: the tar ends inside a member)");
	a.n = 0;
	member("././@LongLink", 'L', "a name");
	a.n = BLOCK + 3;
	tar_is("(t: the tar ends inside a member)");
	a.n = 0;
	member("a.png", '0', "one");
	a.data[0] = 'b'; /* not what its sum says */
	tar_is("(t: no tar)");
	a.data[0] = 'a';
	fill('x', BLOCK);
	tar_is("t:a.png=one (t: the tar ends inside a member)");
}

/* A member that is not read is jumped over where the file can be, and read where it cannot. */
static void a_tar_may_be_a_pipe(void **state)
{
	static char large[30000];
	int ends[2];

	(void)state;
	a.n = 0;
	memset(large, 'l', sizeof(large) - 1);
	member("large.txt", '0', large);
	member("a.png", '0', "one");
	tar_is("t:a.png=one");
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], a.data, a.n), a.n); /* less than any pipe holds */
	close(ends[1]);
	tar_from(ends[0], "t:a.png=one");
}

static void a_file_that_cannot_be_read_is_told(void **state)
{
	(void)state;
	tar_from(open("/dev/null", O_WRONLY), "(t: Bad file descriptor)");
}

/* ------------------------------------------------------------ zip */

static void le(uint64_t v, int n)
{
	for (int i = 0; i < n; i++, v >>= 8)
		fill((int)(v & 255), 1);
}

struct row {
	const char *name;
	int flags, method;
	uint32_t packed, whole, place;
	const void *extra;
	size_t extra_n;
};

/* A member whose bytes follow; returns where it stands. */
static uint32_t local(const char *name, int flags, int method, size_t packed)
{
	uint32_t at = (uint32_t)a.n;

	put("PK\3\4", 4);
	le(20, 2);
	le((uint64_t)flags, 2);
	le((uint64_t)method, 2);
	le(0, 8);
	le(packed, 4);
	le(packed, 4);
	le(strlen(name), 2);
	le(4, 2);
	put(name, strlen(name));
	le(0xcafe, 2); /* an extra field here and none in the directory */
	le(0, 2);
	return at;
}

static void row(const struct row *r)
{
	put("PK\1\2", 4);
	le(20, 2);
	le(20, 2);
	le((uint64_t)r->flags, 2);
	le((uint64_t)r->method, 2);
	le(0, 8);
	le(r->packed, 4);
	le(r->whole, 4);
	le(strlen(r->name), 2);
	le(r->extra_n, 2);
	le(3, 2);
	le(0, 8);
	le(r->place, 4);
	put(r->name, strlen(r->name));
	if (r->extra_n)
		put(r->extra, r->extra_n);
	put("abc", 3); /* the comment */
}

static void end_record(unsigned rows, uint32_t bytes, uint32_t place, const char *comment)
{
	put("PK\5\6", 4);
	le(0, 4);
	le(rows, 2);
	le(rows, 2);
	le(bytes, 4);
	le(place, 4);
	le(strlen(comment), 2);
	put(comment, strlen(comment));
}

static void zip_is(const char *expected)
{
	int fd = file_of();
	struct scan_zip *z = scan_zip_open(fd, "z");
	struct scan_batch b = {0};
	struct vtok_error err = {0};
	char found[1000] = "";

	assert_non_null(z);
	while (scan_zip_next(z, &b, &err))
		show(found, sizeof(found), &b);
	if (err.code)
		show(found, sizeof(found), &b);
	end(found, sizeof(found), &err);
	scan_zip_close(z);
	free(b.data);
	close(fd);
	assert_string_equal(found, expected);
}

/* One member with those bytes, its directory and its end. */
static void one(struct row r, const char *bytes, size_t n, const char *comment)
{
	uint32_t place = local(r.name, r.flags, r.method, n);

	put(bytes, n);
	size_t at = a.n;

	r.place = r.place ? r.place : place;
	r.packed = r.packed ? r.packed : (uint32_t)n;
	row(&r);
	end_record(1, (uint32_t)(a.n - at), (uint32_t)at, comment);
}

static void a_zip_has_pictures(void **state)
{
	static const char deflated[] = "\1\5\0\xfa\xff"
				       "12345"; /* one stored block, the last */

	(void)state;
	a.n = 0;
	uint32_t x = local("a.png", 0, 0, 3);
	put("one", 3);
	uint32_t y = local("b.txt", 0, 0, 1);
	put("x", 1);
	uint32_t w = local("c.jpg", 0, 8, 10);
	put(deflated, 10);
	size_t at = a.n;
	row(&(struct row){"a.png", 0, 0, 3, 3, x, "", 0});
	row(&(struct row){"b.txt", 0, 0, 1, 1, y, "", 0});
	row(&(struct row){"c.jpg", 0, 8, 10, 5, w, "", 0});
	size_t bytes = a.n - at;
	end_record(3, (uint32_t)bytes, (uint32_t)at, "");
	zip_is("z:a.png=one z:c.jpg=12345");

	/* a comment with what looks like an end in it, and a program before the zip */
	a.n = 0;
	one((struct row){.name = "a.png"}, "one", 3, "PK\5\6 a comment that goes on for a while");
	zip_is("z:a.png=one");
	memmove(a.data + 100, a.data, a.n);
	memset(a.data, '#', 100);
	a.n += 100;
	zip_is("z:a.png=one");
}

static void a_zip_has_what_cannot_be_read(void **state)
{
	(void)state;
	a.n = 0;
	one((struct row){.name = "a.png", .flags = 1}, "one", 3, "");
	zip_is("z:a.png(encrypted in its zip)");
	a.n = 0;
	one((struct row){.name = "a.png", .method = 12}, "one", 3, "");
	zip_is("z:a.png(packed in its zip by a method other than deflate)");
	a.n = 0;
	one((struct row){.name = "a.png", .place = 1}, "one", 3, "");
	zip_is("z:a.png(damaged zip: the member is not where its directory says)");
	a.n = 0;
	one((struct row){.name = "a.png", .place = 0x7fffffff}, "one", 3, "");
	zip_is("z:a.png(damaged zip: the member is not where its directory says)");
}

/* Of a member more than SCAN_HEAD bytes are not read, nor more than the file has. */
static void a_zip_has_large_members(void **state)
{
	static char large[SCAN_HEAD + 1000];
	char expected[60];

	(void)state;
	a.n = 0;
	one((struct row){.name = "a.png"}, large, sizeof(large), "");
	snprintf(expected, sizeof(expected), "z:a.png=%d bytes", SCAN_HEAD);
	zip_is(expected);
	a.n = 0;
	one((struct row){.name = "a.png", .packed = 100000}, large, 50, "");
	snprintf(expected, sizeof(expected), "z:a.png=%zu bytes", a.n - 30 - 5 - 4);
	zip_is(expected);
}

static void a_zip_has_wide_numbers(void **state)
{
	/* another field, then the whole size, the packed size, the place */
	static const uint8_t extra[] = {9, 9, 2, 0, 7, 7, 1, 0, 24, 0, 9, 0, 0, 0, 0, 0, 0,
					0, 3, 0, 0, 0, 0, 0, 0, 0,  0, 0, 0, 0, 0, 0, 0, 0},
			     place_alone[] = {1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0},
			     unknown[] = {9, 9, 2, 0, 7, 7};
	static const struct row rows[] = {
		{"a.png", 0, 0, UINT32_MAX, UINT32_MAX, UINT32_MAX, extra, sizeof(extra)},
		{"b.png", 0, 0, 3, 3, UINT32_MAX, place_alone, sizeof(place_alone)},
		{"c.png", 0, 0, 3, 3, 0, unknown, sizeof(unknown)},
		{"d.png", 0, 0, 3, 3, UINT32_MAX, unknown,
		 sizeof(unknown)}, /* nobody says its place */
	};
	static const char found[] =
		"z:a.png=one z:b.png=one z:c.png=one "
		"z:d.png(damaged zip: the member is not where its directory says)";

	(void)state;
	for (int wide = 0; wide < 3; wide++) {
		a.n = 0;
		local("a.png", 0, 0, 3);
		put("one", 3);
		size_t at = a.n;
		for (size_t i = 0; i < 4; i++)
			row(&rows[i]);
		size_t bytes = a.n - at, end_64 = a.n;
		put(wide == 2 ? "PK\6\5" : "PK\6\6", 4);
		le(44, 8);
		le(0, 12);
		le(4, 8);
		le(4, 8);
		le(bytes, 8);
		le(at, 8);
		put(wide == 1 ? "PK\6\5" : "PK\6\7", 4);
		le(0, 4);
		le(end_64, 8);
		le(1, 4);
		end_record(0xffff, UINT32_MAX, UINT32_MAX, "");
		/* without the locator or the record that it points to, the numbers of 32 bits are
		 * none */
		zip_is(wide ? "(z: damaged zip: its directory is cut off)" : found);
	}
}

static void a_zip_is_cut(void **state)
{
	(void)state;
	a.n = 0;
	zip_is("(z: no zip, or one that is cut off)");
	fill('x', 10);
	zip_is("(z: no zip, or one that is cut off)");
	fill('x', 100000); /* more than a comment can have */
	zip_is("(z: no zip, or one that is cut off)");
	a.n = 0;
	end_record(0, 0, 0, "");
	zip_is("");
	a.n = 0;
	end_record(1, 100, 0, ""); /* its rows would begin before the file */
	zip_is("(z: damaged zip: its directory is cut off)");
	a.n = 0;
	fill('x', 60);
	end_record(1, 60, 0, ""); /* rows that are none */
	zip_is("(z: damaged zip: its directory is cut off)");
	a.n = 0;
	one((struct row){.name = "a.png"}, "one", 3, "");
	a.data[30 + 5 + 4 + 3 + 28] = 0xff; /* the name's length */
	a.data[30 + 5 + 4 + 3 + 29] = 0xff;
	zip_is("(z: damaged zip: its directory is cut off)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tar_has_pictures),
		cmocka_unit_test(a_tar_has_long_names),
		cmocka_unit_test(a_tar_has_wrong_lines),
		cmocka_unit_test(a_tar_has_sizes),
		cmocka_unit_test(a_tar_is_cut),
		cmocka_unit_test(a_tar_may_be_a_pipe),
		cmocka_unit_test(a_file_that_cannot_be_read_is_told),
		cmocka_unit_test(a_zip_has_pictures),
		cmocka_unit_test(a_zip_has_what_cannot_be_read),
		cmocka_unit_test(a_zip_has_large_members),
		cmocka_unit_test(a_zip_has_wide_numbers),
		cmocka_unit_test(a_zip_is_cut),
	};

	return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
