/* Headers of pictures and videos made here byte by byte, for what no file of tests/data has: texts
 * of PNG that hold an orientation, every type of a number in TIFF, indices and fragments of MP4,
 * and files that are no picture. */
#include "unit.h"

#include "image/clip.h"
#include "image/image.h"
#include "image/inflate.h"
#include "image/source.h"
#include "image/stranger.h"

enum { ROOM = 300000 };

static uint8_t bytes[ROOM];
static size_t n;

static void put(const void *from, size_t len)
{
	assert_true(n + len <= ROOM);
	memcpy(bytes + n, from, len);
	n += len;
}

static void be(uint64_t v, int len)
{
	for (int shift = 8 * (len - 1); shift >= 0; shift -= 8)
		put(&(uint8_t){(uint8_t)(shift < 64 ? v >> shift : 0)}, 1);
}

static void le(uint64_t v, int len)
{
	for (int i = 0; i < len; i++, v >>= 8)
		put(&(uint8_t){(uint8_t)v}, 1);
}

/* ------------------------------------------------------------ what is no picture */

#define WITH(text) text, sizeof(text) - 1

static void strangers_are_named(void **state)
{
	static const struct {
		const char *head;
		size_t len;
		const char *name; /* NULL: not known */
	} t[] = {
		{WITH("<svg xmlns"), "SVG"},
		{WITH("\xef\xbb\xbf\r\n\t <?XML version='1.0'?><!-- a <b> --> <!DOCTYPE svg "
		      "PUBLIC><svg>"),
		 "SVG"},
		{WITH("<?xml version='1.0'?>\n<svg:svg>"), "SVG"},
		{WITH("<!DOCTYPE html>"), "an HTML page"},
		{WITH("\n<HTML>"), "an HTML page"},
		{WITH("<head><title>"), "an HTML page"},
		{WITH("<?xml version='1.0'?><rss>"), "an XML file"},
		{WITH("<?xml version='1.0'?><!DOCTYPE note><note>"), "an XML file"},
		{WITH("<?xml version='1.0' and no end"), "an XML file"},
		{WITH("<!-- a comment without an end"), NULL},
		{WITH("<!doctype note><note>"), NULL},
		{WITH("<?php ?><rss>"), NULL},
		{WITH("<rss>"), NULL},
		{WITH("sv"), NULL},
		{WITH("P1\n1 1"), "PNM"},
		{WITH("P6\r#c"), "PNM"},
		{WITH("P5\t640 480"), "PNM"},
		{WITH("PF\n640"), "PNM"},
		{WITH("Pf\n#x"), "PNM"},
		{WITH("P7\nWIDTH 3"), "PNM"},
		{WITH("P7\n# made by"), "PNM"},
		{WITH("P7\nheight"), NULL},
		{WITH("P5 640 480"), NULL}, /* a text may begin so */
		{WITH("P5\nx"), NULL},
		{WITH("P5\n:"), NULL},
		{WITH("P8\n1"), NULL},
		{WITH("P0\n1"), NULL},
		{WITH("Pg\n1"), NULL},
		{WITH("Q5\n1"), NULL},
		{WITH("P5\n"), NULL},
		{WITH("\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"), "icon"},
		{WITH("\0\0\2\0\1\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"), "cursor"},
		{WITH("\0\0\3\0\1\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"), NULL},
		{WITH("\0\0\1\0\0\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"),
		 NULL}, /* no picture in it */
		{WITH("\0\0\1\0\1\1\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"),
		 NULL}, /* 257 of them */
		{WITH("\0\0\1\0\1\0\x10\x10\0\7\1\0\x20\0\0\0\0\0\0\0\0\0"), NULL},
		{WITH("\0\1\1\0\1\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"), NULL},
		{WITH("\0\0\1\1\1\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0\0"), NULL},
		{WITH("\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\0\0\0\0\0\0\0"), NULL}, /* too short */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		const struct stranger *found = stranger_find((const uint8_t *)t[i].head, t[i].len);

		if ((found != NULL) != (t[i].name != NULL) ||
		    (found && strcmp(found->name, t[i].name) != 0))
			fail_msg("row %zu: %s, not %s", i, found ? found->name : "none",
				 t[i].name ? t[i].name : "none");
	}
}

/* ------------------------------------------------------------ PNG */

static void chunk(const char *type, const void *data, size_t len)
{
	be(len, 4);
	put(type, 4);
	put(data, len);
	be(0, 4);
}

static void begin_png(void)
{
	n = 0;
	put("\211PNG\r\n\032\n", 8);
	chunk("IHDR", "\0\0\2\x80\0\0\1\xe0\x08\2\0\0\0", 13);
}

/* Sides 640x480, and that orientation. */
static struct image_info png_is(int orientation)
{
	struct image_info info;
	struct vtok_error err = {0};

	chunk("IEND", "", 0);
	assert_true(image_probe_bytes(bytes, n, &info, &err));
	assert_int_equal(info.stored_w, 640);
	assert_int_equal(info.stored_h, 480);
	assert_int_equal(info.orientation, orientation);
	return info;
}

static const char lower[] = "49492a000800000001001201030001000000\n0600 0000",
		  upper[] = "4D4D002A00000008000101120003000000010003-0000",
		  bare_exif[] = "II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x08\0\0\0";

/* A profile of ImageMagick: its name, its length, hexadecimal digits. */
static void raw_profile(const char *type, const char *keyword, size_t keyword_n, const char *digits,
			size_t padding)
{
	static char data[ROOM / 2];
	size_t len = keyword_n;

	memset(data, 0, sizeof(data));
	memcpy(data, keyword, keyword_n);
	len += (size_t)sprintf(data + len, "\nexif\n      22\n%s\n", digits) + padding;
	chunk(type, data, len);
}

/* zlib around blocks that are not packed. */
static size_t zlib(char *out, const char *text, size_t len)
{
	out[0] = 0x78;
	out[1] = 1;
	out[2] = 1;
	out[3] = (char)(len & 255);
	out[4] = (char)(len >> 8);
	out[5] = (char)~out[3];
	out[6] = (char)~out[4];
	memcpy(out + 7, text, len);
	return 7 + len;
}

static void png_has_profiles_as_text(void **state)
{
	static const char packed[] =
		"\nexif\n      22\n49492a00080000000100120103000100000005000000\n";
	char data[200] = "Raw profile type exif";

	(void)state;
	begin_png();
	raw_profile("tEXt", "Raw profile type exif\0", 22, lower, 0);
	png_is(6);
	begin_png();
	raw_profile("tEXt", "Raw profile type APP1\0", 22, upper, 0);
	png_is(3);
	begin_png(); /* longer than what is looked at */
	raw_profile("tEXt", "Raw profile type exif\0", 22, lower, 100000);
	png_is(6);
	begin_png(); /* the first one counts */
	raw_profile("tEXt", "Raw profile type exif\0", 22, upper, 0);
	raw_profile("tEXt", "Raw profile type exif\0", 22, lower, 0);
	png_is(3);
	begin_png(); /* others are texts */
	raw_profile("tEXt", "Raw profile type iptc\0", 22, lower, 0);
	chunk("tEXt", "Comment\0short", 13);
	chunk("tEXt", "Raw profile type exif\0\n", 23);
	png_is(1);
	begin_png(); /* fewer lines than a profile has */
	chunk("tEXt", "Raw profile type exif\0exif 22 ", 30);
	png_is(1);

	size_t len = 23 + zlib(data + 23, packed, sizeof(packed) - 1);
	begin_png();
	chunk("zTXt", data, len);
	png_is(5);
	data[22] = 1; /* a method that nobody has */
	begin_png();
	chunk("zTXt", data, len);
	png_is(1);
}

static void png_has_xmp(void **state)
{
	static const char xmp[] = "<rdf tiff:Orientation=\"7\" other='1'/>";
	char plain[100] = "XML:com.adobe.xmp\0\0\0\0\0",
	     packed[100] = "XML:com.adobe.xmp\0\1\0\0\0";

	(void)state;
	memcpy(plain + 22, xmp, sizeof(xmp));
	size_t len = 22 + zlib(packed + 22, xmp, sizeof(xmp) - 1);
	begin_png();
	chunk("iTXt", plain, 22 + sizeof(xmp));
	png_is(7);
	begin_png();
	chunk("iTXt", packed, len);
	png_is(7);
	packed[20] = 'e'; /* packed, with a language */
	begin_png();
	chunk("iTXt", packed, len);
	png_is(1);
	packed[20] = 0;
	packed[21] = 't';
	begin_png();
	chunk("iTXt", packed, len);
	png_is(1);
	begin_png();
	chunk("iTXt", "XML:com.adobe.xml\0\0\0\0\0\0<tiff:Orientation>5<", 41);
	chunk("iTXt", "XML:com.adobe.xmp\0", 18);
	png_is(1);
	/* EXIF goes before a profile as text, that before XMP, and the first of each */
	begin_png();
	chunk("iTXt", plain, 22 + sizeof(xmp));
	plain[44] = '2';
	chunk("iTXt", plain, 22 + sizeof(xmp));
	raw_profile("tEXt", "Raw profile type exif\0", 22, lower, 0);
	chunk("eXIf", bare_exif, 22);
	chunk("eXIf", "MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\2\0\0", 22);
	png_is(8);
	begin_png();
	chunk("iTXt", plain, 22 + sizeof(xmp));
	raw_profile("tEXt", "Raw profile type exif\0", 22, lower, 0);
	png_is(6);
}

static void png_has_density(void **state)
{
	(void)state;
	begin_png();
	chunk("pHYs", "\0\0\x2e\x23\0\0\x2e\x23\1", 9); /* 11,811 pixels a metre */
	assert_in_range(png_is(1).dpi * 1000, 299999, 300000);
	begin_png();
	chunk("pHYs", "\0\0\x2e\x23\0\0\x2e\x23\0", 9); /* of no unit */
	assert_true(png_is(1).dpi == 0);
	begin_png();
	chunk("pHYs", "\0\0\x2e\x23\0\0\x2e\x23", 8);
	assert_true(png_is(1).dpi == 0);
}

static void png_ends_at_what_is_no_chunk(void **state)
{
	(void)state;
	begin_png();
	chunk("eX1f", "", 0);
	chunk("eXIf", bare_exif, 22);
	png_is(1);
	begin_png();
	chunk("eX|f", "", 0);
	chunk("eXIf", bare_exif, 22);
	png_is(1);
	begin_png();
	chunk("IEND", "", 0);
	chunk("eXIf", bare_exif, 22);
	png_is(1);
	begin_png(); /* behind the pixels it is read too */
	chunk("IDAT", "xy", 2);
	chunk("eXIf", bare_exif, 22);
	png_is(8);
}

/* ------------------------------------------------------------ TIFF */

struct entry {
	int tag, type;
	uint64_t count, value;
};

enum {
	BYTE = 1,
	SHORT = 3,
	LONG = 4,
	RATIONAL = 5,
	SBYTE = 6,
	SSHORT = 8,
	SLONG = 9,
	LONG8 = 16,
	SLONG8 = 17
};

static void put_value(const struct entry *e, bool is_big_endian, int room)
{
	int len = e->type == BYTE || e->type == SBYTE     ? 1
		  : e->type == SHORT || e->type == SSHORT ? 2
		  : e->type >= LONG8                      ? 8
							  : 4;

	len = len < room ? len : room;
	if (is_big_endian)
		be(e->value, len);
	else
		le(e->value, len);
	for (; len < room; len++)
		le(0, 1);
}

/* Classic, of Intel ("II"), or big and of Motorola ("MM"): with a rational of 100 over `below` at
 * place 8, or `mark` there. */
static void tiff(bool is_big, const struct entry *e, size_t entries, uint32_t below,
		 const char *mark)
{
	n = 0;
	if (is_big) {
		put("MM\0+\0\x08\0\0", 8);
		be(16, 8);
		be(entries, 8);
	} else {
		put("II*\0\x10\0\0\0", 8);
		if (mark)
			put(mark, 8);
		else {
			le(100, 4);
			le(below, 4);
		}
		le(entries, 2);
	}
	for (size_t i = 0; i < entries; i++) {
		if (is_big) {
			be((uint64_t)e[i].tag, 2);
			be((uint64_t)e[i].type, 2);
			be(e[i].count, 8);
			put_value(&e[i], true, 8);
		} else {
			le((uint64_t)e[i].tag, 2);
			le((uint64_t)e[i].type, 2);
			le(e[i].count, 4);
			put_value(&e[i], false, 4);
		}
	}
}

/* "WxH ORIENTATION DPI", or the error. */
static void tiff_is(const char *expected)
{
	struct image_info info;
	struct vtok_error err = {0};
	char found[300];

	if (image_probe_bytes(bytes, n, &info, &err))
		snprintf(found, sizeof(found), "%lldx%lld %d %.6g", (long long)info.stored_w,
			 (long long)info.stored_h, info.orientation, info.dpi);
	assert_string_equal(err.code ? err.text : found, expected);
}

#define SIZED                                                                                      \
	{256, SHORT, 1, 640},                                                                      \
	{                                                                                          \
		257, SHORT, 1, 480                                                                 \
	}

static void tiff_has_every_type(void **state)
{
	static const struct {
		int type;
		const char *classic, *big;
	} t[] = {
		{BYTE, "200x480 1 0", "200x480 1 0"},
		{SBYTE, "200x480 1 0", "200x480 1 0"},
		{SHORT, "200x480 1 0", "200x480 1 0"},
		{SSHORT, "200x480 1 0", "200x480 1 0"},
		{LONG, "200x480 1 0", "200x480 1 0"},
		{SLONG, "200x480 1 0", "200x480 1 0"},
		{LONG8, NULL, "200x480 1 0"},
		{SLONG8, NULL, "200x480 1 0"},
		{RATIONAL, NULL, NULL},
		{2, NULL, NULL},
	};
	static const char none[] = "damaged TIFF: no size in its first directory";

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct entry e[] = {{256, t[i].type, 1, 200}, {257, SHORT, 1, 480}};

		tiff(false, e, 2, 1, NULL);
		tiff_is(t[i].classic ? t[i].classic : none);
		tiff(true, e, 2, 1, NULL);
		tiff_is(t[i].big ? t[i].big : none);
		e[0].count = 2; /* two of them are no side */
		tiff(false, e, 2, 1, NULL);
		tiff_is(none);
	}
	tiff(true, (struct entry[]){{256, LONG8, 1, UINT64_MAX}, {257, SHORT, 1, 480}}, 2, 1, NULL);
	tiff_is("TIFF of 9223372036854775807x480: a side is at most 1,000,000,000 pixels");
	tiff(false, (struct entry[]){{256, SHORT, 1, 640}}, 1, 1, NULL);
	tiff_is(none);
}

static void tiff_has_orientation_and_density(void **state)
{
	static const struct {
		struct entry more[2];
		uint32_t below;
		const char *expected;
	} t[] = {
		{{{274, SHORT, 1, 3}, {0, SHORT, 1, 0}}, 1, "640x480 3 0"},
		{{{274, SHORT, 1, 9}, {0, SHORT, 1, 0}}, 1, "640x480 1 0"},
		{{{274, SHORT, 1, 0}, {0, SHORT, 1, 0}}, 1, "640x480 1 0"},
		{{{282, RATIONAL, 1, 8}, {296, SHORT, 1, 2}}, 1, "640x480 1 100"},
		{{{282, RATIONAL, 1, 8}, {0, SHORT, 1, 0}},
		 2,
		 "640x480 1 50"}, /* inches where nothing is said */
		{{{282, RATIONAL, 1, 8}, {296, SHORT, 1, 3}}, 1, "640x480 1 254"}, /* centimetres */
		{{{282, RATIONAL, 1, 8}, {296, SHORT, 1, 1}}, 1, "640x480 1 0"},   /* no unit */
		{{{282, RATIONAL, 1, 8}, {296, SHORT, 1, 2}}, 0, "640x480 1 0"},   /* over 0 */
		{{{282, RATIONAL, 1, 100000}, {296, SHORT, 1, 2}},
		 1,
		 "640x480 1 0"}, /* outside of the file */
		{{{282, RATIONAL, 2, 8}, {296, SHORT, 1, 2}}, 1, "640x480 1 0"},
		{{{282, LONG, 1, 100}, {296, SHORT, 1, 2}}, 1, "640x480 1 0"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		tiff(false, (struct entry[]){SIZED, t[i].more[0], t[i].more[1]}, 4, t[i].below,
		     NULL);
		tiff_is(t[i].expected);
	}
	/* in BigTIFF the two numbers have room in the entry */
	tiff(true, (struct entry[]){SIZED, {282, RATIONAL, 1, 72}, {296, SHORT, 1, 2}}, 4, 1, NULL);
	tiff_is("640x480 1 0");
	bytes[16 + 8 + 2 * 20 + 12 + 7] = 1;
	tiff_is("640x480 1 72");
}

static void raw_files_are_told(void **state)
{
	static const char raw[] =
		"a camera's raw file is not supported: convert it to PNG, JPEG or WebP";

	(void)state;
	tiff(false, (struct entry[]){SIZED}, 2, 1, "CR\2\0\0\0\0\0");
	tiff_is(raw);
	tiff(false, (struct entry[]){SIZED}, 2, 1, "CX\2\0\0\0\0\0");
	tiff_is("640x480 1 0");
	tiff(false, (struct entry[]){SIZED, {50706, BYTE, 4, 1}}, 3, 1, NULL);
	tiff_is(raw);
	/* a small copy first and others below it, as cameras write them */
	tiff(false, (struct entry[]){SIZED, {254, LONG, 1, 1}, {330, LONG, 1, 8}}, 4, 1, NULL);
	tiff_is(raw);
	tiff(false, (struct entry[]){SIZED, {254, LONG, 1, 2}, {330, LONG, 1, 8}}, 4, 1, NULL);
	tiff_is("640x480 1 0");
	tiff(false, (struct entry[]){SIZED, {254, LONG, 1, 0}, {330, LONG, 1, 8}}, 4, 1, NULL);
	tiff_is("640x480 1 0");
	tiff(false, (struct entry[]){SIZED, {254, LONG, 1, 1}}, 3, 1, NULL);
	tiff_is("640x480 1 0");
}

static void tiff_is_cut(void **state)
{
	static const char cut[] = "truncated TIFF: the header is cut off";

	(void)state;
	tiff(false, (struct entry[]){SIZED}, 2, 1, NULL);
	while (--n >= 4)
		tiff_is(cut);
	tiff(true, (struct entry[]){SIZED}, 2, 1, NULL);
	while (--n >= 4)
		tiff_is(cut);
	tiff(true, (struct entry[]){SIZED}, 2, 1, NULL);
	bytes[5] = 4;
	tiff_is("damaged TIFF: places are not of 8 bytes");
	bytes[5] = 8;
	bytes[7] = 1;
	tiff_is("damaged TIFF: places are not of 8 bytes");
}

/* ------------------------------------------------------------ WebP, BMP, HEIF, GIF */

static void riff(const char *type, const void *data, size_t len)
{
	put(type, 4);
	le(len, 4);
	put(data, len);
	if (len & 1)
		le(0, 1);
}

/* An extended file of 640x480, with those flags. */
static void begin_webp(int flags)
{
	n = 0;
	put("RIFF\0\0\0\0WEBP", 12);
	riff("VP8X", (uint8_t[]){(uint8_t)flags, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0}, 10);
	riff("ICCP", "odd", 3);
}

static void webp_is(int orientation)
{
	struct image_info info;
	struct vtok_error err = {0};

	assert_true(image_probe_bytes(bytes, n, &info, &err));
	assert_int_equal(info.stored_w, 640);
	assert_int_equal(info.stored_h, 480);
	assert_int_equal(info.orientation, orientation);
}

static void webp_has_orientations(void **state)
{
	static const char xmp[] = "<x tiff:Orientation='5'/>", none[] = "II*\0\x08\0\0\0\0\0";
	enum { HAS_EXIF = 8, HAS_XMP = 4 };

	(void)state;
	begin_webp(HAS_EXIF);
	riff("EXIF", bare_exif, 22);
	webp_is(8);
	begin_webp(HAS_XMP);
	riff("XMP ", xmp, sizeof(xmp) - 1);
	webp_is(5);
	begin_webp(HAS_EXIF | HAS_XMP); /* EXIF goes first, wherever it stands */
	riff("XMP ", xmp, sizeof(xmp) - 1);
	riff("EXIF", bare_exif, 22);
	webp_is(8);
	begin_webp(HAS_EXIF | HAS_XMP); /* one that says none leaves it to the other */
	riff("EXIF", none, 10);
	riff("XMP ", xmp, sizeof(xmp) - 1);
	webp_is(5);
	begin_webp(HAS_EXIF | HAS_XMP);
	riff("XMP ", "<x/>", 4);
	webp_is(1);
	begin_webp(0); /* chunks that the file does not say it has */
	riff("EXIF", bare_exif, 22);
	riff("XMP ", xmp, sizeof(xmp) - 1);
	webp_is(1);
	begin_webp(HAS_XMP);
	riff("EXIF", bare_exif, 22);
	webp_is(1);
}

/* "BM" begins texts too: reserved bytes that are set want a header that is one. */
static void bmp_has_a_header(void **state)
{
	static const struct {
		int dib, planes, third; /* byte 16 */
		size_t len;
		bool is_one;
	} t[] = {
		{40, 1, 0, 54, true},  {124, 1, 0, 54, true}, {40, 2, 0, 54, false},
		{41, 1, 0, 54, false}, {40, 1, 7, 54, false}, {12, 1, 0, 54, true},
		{40, 1, 0, 20, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct image_info info;
		struct vtok_error err = {0};

		n = 0;
		put("BM\0\0\0\0\1\0\0\0\x36\0\0\0", 14);
		le((uint64_t)t[i].dib, 2);
		le((uint64_t)t[i].third, 1);
		le(0, 1);
		if (t[i].dib == 12) {
			le(64, 2);
			le(48, 2);
		} else {
			le(64, 4);
			le(48, 4);
		}
		le((uint64_t)t[i].planes, 2);
		le(24, 2);
		while (n < 54)
			le(0, 1);
		n = t[i].len;
		assert_int_equal(image_probe_bytes(bytes, n, &info, &err), t[i].is_one);
		if (t[i].is_one)
			assert_true(info.stored_w == 64 && info.stored_h == 48);
		else
			assert_string_equal(err.text, "not an image (PNG, JPEG, GIF, BMP, WebP, "
						      "TIFF, AVIF, HEIC or JPEG XL)");
	}
}

/* The brands say which it is: of several the first that is one of ours, AVIF before HEIC but where
 * HEIC is the first. */
static void brands_tell_the_format(void **state)
{
	static const struct {
		const char *brands, *why;
	} t[] = {
		{"heic\0\0\0\0mif1heic", "truncated HEIC: the header is cut off"},
		{"avif\0\0\0\0mif1avif", "truncated AVIF: the header is cut off"},
		{"mif1\0\0\0\0mif1heic", "truncated HEIC: the header is cut off"},
		{"mif1\0\0\0\0heicavif", "truncated AVIF: the header is cut off"},
		{"heic\0\0\0\0mif1avif", "truncated HEIC: the header is cut off"},
		{"heix\0\0\0\0mif1avis", "truncated HEIC: the header is cut off"},
		{"isom\0\0\0\0avifheic",
		 "not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)"},
	};
	struct image_info info;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct vtok_error err = {0};

		n = 0;
		be(24, 4);
		put("ftyp", 4);
		put(t[i].brands, 16);
		assert_false(image_probe_bytes(bytes, n, &info, &err));
		assert_string_equal(err.text, t[i].why);
	}
	/* the box ends before the brand that would be one */
	struct vtok_error err = {0};

	bytes[3] = 16;
	memcpy(bytes + 8, "mif1", 4);
	assert_false(image_probe_bytes(bytes, n, &info, &err));
	assert_string_equal(err.text, t[0].why);
}

/* ------------------------------------------------------------ what is deflated */

static size_t bits_n;

/* Numbers have their lowest bit first, codes their highest. */
static void put_bits(unsigned v, int count)
{
	for (int i = 0; i < count; i++, bits_n++) {
		if (bits_n % 8 == 0)
			le(0, 1);
		bytes[n - 1] |= (uint8_t)((v >> i & 1) << bits_n % 8);
	}
}

static void put_code(unsigned code, int count)
{
	for (int i = count; i-- > 0;)
		put_bits(code >> i & 1, 1);
}

static void begin_block(unsigned type)
{
	n = bits_n = 0;
	put_bits(1, 1);
	put_bits(type, 2);
}

static void inflates_to(const char *expected)
{
	uint8_t out[300];
	struct source s;

	le(0, 4); /* the reader may look beyond the end of the stream */
	source_init_bytes(&s, bytes, n);
	size_t made = inflate_head(&s, 0, (int64_t)n, out, sizeof(out));

	assert_int_equal(made, strlen(expected));
	assert_memory_equal(out, expected, made);
}

static void wrong_streams_end(void **state)
{
	(void)state;
	begin_block(3); /* a kind that there is not */
	inflates_to("");
	begin_block(1); /* "a", three bytes from one back, the end */
	put_code(0x30 + 'a', 8);
	put_code(1, 7);
	put_code(0, 5);
	put_code(0, 7);
	inflates_to("aaaa");
	begin_block(1); /* from further back than anything */
	put_code(0x30 + 'a', 8);
	put_code(1, 7);
	put_code(1, 5);
	inflates_to("a");
	begin_block(1); /* a length, and a distance, that no table has */
	put_code(0x30 + 'a', 8);
	put_code(0xc6, 8);
	inflates_to("a");
	begin_block(1);
	put_code(0x30 + 'a', 8);
	put_code(1, 7);
	put_code(30, 5);
	inflates_to("a");
}

/* Blocks with tables of their own: 257 letters and more, distances, lengths of codes. */
static void begin_tables(unsigned letters, unsigned distances, const unsigned *lengths,
			 unsigned lengths_n)
{
	begin_block(2);
	put_bits(letters, 5);
	put_bits(distances, 5);
	put_bits(lengths_n - 4, 4);
	for (unsigned i = 0; i < lengths_n; i++)
		put_bits(lengths[i], 3);
}

static void wrong_tables_end(void **state)
{
	/* of 16, 17, 18, 0, ...: which codes the lengths have */
	static const unsigned all_one[] = {1, 1, 1, 1}, repeat[] = {1, 0, 1, 0},
			      zeros[] = {0, 1, 1, 0};

	(void)state;
	begin_tables(30, 0, all_one, 4); /* 287 letters */
	inflates_to("");
	begin_tables(0, 30, all_one, 4); /* 31 distances */
	inflates_to("");
	begin_tables(0, 0, all_one, 4); /* four codes of one bit */
	inflates_to("");
	begin_tables(0, 0, repeat, 4); /* the last one again, of none */
	put_code(0, 1);
	inflates_to("");
	begin_tables(0, 0, zeros, 4); /* 276 times nothing in 258 places */
	for (int i = 0; i < 2; i++) {
		put_code(1, 1);
		put_bits(127, 7);
	}
	inflates_to("");
	begin_tables(0, 0, zeros, 4); /* no letter has a code */
	put_code(1, 1);
	put_bits(127, 7);
	put_code(1, 1);
	put_bits(109, 7);
	inflates_to("");
}

/* Two bytes before the stream: the method, a sum that 31 divides, no dictionary. */
static void zlib_has_a_head(void **state)
{
	static const struct {
		uint8_t head[2];
		size_t made;
	} t[] = {{{0x78, 0x01}, 2},
		 {{0x78, 0x9c}, 2},
		 {{0x79, 0x18}, 0},
		 {{0x78, 0x02}, 0},
		 {{0x78, 0x20}, 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		uint8_t out[10];
		struct source s;

		n = 0;
		put(t[i].head, 2);
		put("\1\2\0\xfd\xffhi\0\0\0\0", 11);
		source_init_bytes(&s, bytes, n);
		assert_int_equal(inflate_zlib_head(&s, 0, (int64_t)n, out, sizeof(out)), t[i].made);
		source_init_bytes(&s, bytes, n);
		assert_int_equal(inflate_zlib_head(&s, 0, 1, out, sizeof(out)), 0);
	}
}

/* ------------------------------------------------------------ MP4 */

static size_t open_box(const char *type)
{
	be(0, 4);
	put(type, 4);
	return n - 8;
}

static void close_box(size_t at)
{
	size_t end = n;

	n = at;
	be(end - at, 4);
	n = end;
}

static void box(const char *type, const void *data, size_t len)
{
	size_t at = open_box(type);

	put(data, len);
	close_box(at);
}

/* A track of pictures, 64x48, number 1, 1,000 ticks a second, without frames of its own; a, b, c, d
 * turn it. */
static void put_track(int32_t a, int32_t b, int32_t c, int32_t d)
{
	size_t track = open_box("trak"), at = open_box("tkhd");

	be(0, 12);
	be(1, 4);
	be(0, 24);
	be((uint32_t)a << 16, 4);
	be((uint32_t)b << 16, 4);
	be(0, 4);
	be((uint32_t)c << 16, 4);
	be((uint32_t)d << 16, 4);
	be(0, 4);
	be(0, 8);
	be(1 << 30, 4);
	be(64 << 16, 4);
	be(48 << 16, 4);
	close_box(at);
	at = open_box("mdia");
	box("mdhd", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\xe8\0\0\0\0\0\0\0\0", 24);
	box("hdlr", "\0\0\0\0\0\0\0\0vide\0\0\0\0\0\0\0\0\0\0\0\0\0", 25);
	close_box(at);
	close_box(track);
}

static void begin_mp4(void)
{
	n = 0;
	box("ftyp", "isom\0\0\0\0", 8);
}

/* The movie with what lengthens it: 600 ticks a second. */
static void put_movie(const char *mvex, size_t len, int32_t turn)
{
	size_t at = open_box("moov");

	box("mvhd", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\x58\0\0\0\0", 20);
	put_track(turn, 0, 0, turn);
	box("mvex", mvex, len);
	close_box(at);
}

static void mp4_is(double seconds, int64_t frames, double rate)
{
	struct clip_info c;
	struct vtok_error err = {0};

	if (clip_probe_bytes(bytes, n, &c, &err) != CLIP_GOOD)
		fail_msg("%s", err.text);
	assert_int_equal(c.stored_w, 64);
	assert_int_equal(c.stored_h, 48);
	assert_true(c.seconds == seconds);
	assert_int_equal(c.frames, frames);
	assert_true(c.rate == rate);
}

static void mp4_says_its_length(void **state)
{
	(void)state;
	begin_mp4();
	put_movie("\0\0\0\x10mehd\0\0\0\0\0\0\x07\x08", 16, 1); /* 1,800 ticks of 600 */
	mp4_is(3, 0, 0);
	begin_mp4();
	put_movie("\0\0\0\x14mehd\1\0\0\0\0\0\0\0\0\0\x04\xb0", 20, 1); /* 1,200, in 64 bits */
	mp4_is(2, 0, 0);
	begin_mp4();
	put_movie("\0\0\0\x10mehd\1\0\0\0\0\0\0\0", 16, 1); /* 64 bits that are cut off */
	mp4_is(0, 0, 0);
	begin_mp4();
	put_movie("", 0, -1);
	struct clip_info c;
	struct vtok_error err = {0};

	assert_int_equal(clip_probe_bytes(bytes, n, &c, &err), CLIP_GOOD);
	assert_int_equal(c.orientation, 3); /* upside down */
}

/* An index of segments says the length where it lists nearly all of the file. */
static void mp4_has_an_index(void **state)
{
	static const uint8_t frames[1000];

	(void)state;
	for (int version = 0; version < 2; version++)
		for (int whole = 0; whole < 2; whole++) {
			begin_mp4();
			put_movie("", 0, 1);
			size_t at = open_box("sidx");

			be((uint64_t)version << 24, 4);
			be(1, 4);
			be(90000, 4); /* ticks a second */
			be(0, version ? 16 : 8);
			be(2, 4); /* reserved, two segments */
			for (int i = 0; i < 2; i++) {
				be(whole ? 100000 : 10, 4);
				be(90000, 4);
				be(0, 4);
			}
			close_box(at);
			box("mdat", frames, sizeof(frames));
			mp4_is(whole ? 2 : 0, 0, 0);
		}
	begin_mp4(); /* no ticks at all, and an index that is cut */
	put_movie("", 0, 1);
	box("sidx", "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 24);
	box("sidx", "\0\0\0\0", 4);
	box("sidx", "\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\0", 16);
	mp4_is(0, 0, 0);
}

/* Fragments: their frames and ticks are added up, each by its own word or by one for all. */
static void mp4_has_fragments(void **state)
{
	static const char trex[] =
		"\0\0\0\x20trex\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0\x28\0\0\0\0\0\0\0\0", /* 40 ticks */
		other[] = "\0\0\0\x20trex\0\0\0\0\0\0\0\2\0\0\0\1\0\0\0\x09\0\0\0\0\0\0\0\0";
	char both[2 * 32];

	(void)state;
	memcpy(both, other, 32);
	memcpy(both + 32, trex, 32);
	for (int own = 0; own < 3; own++) {
		begin_mp4();
		put_movie(both, 64, 1);
		size_t moof = open_box("moof"), traf = open_box("traf");

		/* the track's own 50 ticks */
		if (own)
			box("tfhd", "\0\0\0\x08\0\0\0\1\0\0\0\x32", 12);
		else
			box("tfhd", "\0\0\0\0\0\0\0\1", 8);
		if (own == 2) /* behind 1,000 ticks, in 64 bits; the first frame's own 20 */
			box("tfdt", "\1\0\0\0\0\0\0\0\0\0\3\xe8", 12);
		else
			box("tfdt", "\0\0\0\0\0\0\0\0", 8);
		if (own == 2)
			box("trun", "\0\0\1\0\0\0\0\x0a\0\0\0\x14", 12);
		else
			box("trun", "\0\0\0\0\0\0\0\x0a", 8);
		close_box(traf);
		traf = open_box("traf"); /* another track's */
		box("tfhd", "\0\0\0\0\0\0\0\2", 8);
		box("trun", "\0\0\0\0\0\0\0\x63", 8);
		close_box(traf);
		close_box(moof);
		mp4_is(own == 0   ? 0.4
		       : own == 1 ? 0.5
				  : 1.2,
		       10,
		       own == 0   ? 25
		       : own == 1 ? 20
				  : 50);
	}
}

static void mp4_without_a_movie(void **state)
{
	struct clip_info c;
	struct vtok_error err = {0};

	(void)state;
	begin_mp4();
	box("styp", "isom\0\0\0\0", 8);
	assert_int_equal(clip_probe_bytes(bytes, n, &c, &err), CLIP_BAD);
	assert_string_equal(err.text, "truncated MP4: the header is cut off");
	err = (struct vtok_error){0};
	n = 0;
	box("styp", "msdh\0\0\0\0msdh", 12);
	put_movie("", 0, 1);
	assert_int_equal(clip_probe_bytes(bytes, n, &c, &err), CLIP_GOOD);
	begin_mp4(); /* frames in fragments before it is said what they are of */
	box("moof", "", 0);
	put_movie("", 0, 1);
	mp4_is(0, 0, 0);
}

/* ------------------------------------------------------------ Matroska */

/* Its id has a marker of its own; a length of eight bytes comes behind it. */
static size_t open_element(uint32_t id)
{
	be(id, id >> 24 ? 4 : id >> 16 ? 3 : id >> 8 ? 2 : 1);
	be(UINT64_C(1) << 56, 8);
	return n;
}

static void close_element(size_t at)
{
	size_t end = n;

	n = at - 8;
	be(UINT64_C(1) << 56 | (end - at), 8);
	n = end;
}

static void number_element(uint32_t id, uint64_t v, int len)
{
	size_t at = open_element(id);

	be(v, len);
	close_element(at);
}

struct matroska {
	double roll;
	bool is_narrow; /* its roll, as a float */
	uint64_t crop[4], width, frame_ns;
	int kind; /* 1 = pictures */
};

static void put_entry(const struct matroska *m, int number)
{
	size_t entry = open_element(0xae);

	number_element(0xd7, (uint64_t)number, 1);
	number_element(0x83, (uint64_t)m->kind, 1);
	if (m->frame_ns)
		number_element(0x23e383, m->frame_ns, 4);
	size_t video = open_element(0xe0);
	number_element(0xb0, m->width, 8);
	number_element(0xba, 480, 2);
	for (uint32_t i = 0; i < 4; i++) /* bottom, top, left, right */
		number_element((uint32_t[]){0x54aa, 0x54bb, 0x54cc, 0x54dd}[i], m->crop[i], 8);
	size_t projection = open_element(0x7670);
	uint64_t wide;
	uint32_t narrow;
	float roll = (float)m->roll;

	memcpy(&wide, &m->roll, 8);
	memcpy(&narrow, &roll, 4);
	number_element(0x7675, m->is_narrow ? narrow : wide, m->is_narrow ? 4 : 8);
	close_element(projection);
	close_element(video);
	close_element(entry);
}

/* The head, and the segment that is still open. */
static size_t begin_matroska(const struct matroska *tracks, int tracks_n)
{
	n = 0;
	size_t at = open_element(0x1a45dfa3);
	size_t type = open_element(0x4282);

	put("webm", 4);
	close_element(type);
	close_element(at);
	size_t segment = open_element(0x18538067);
	at = open_element(0x1654ae6b);
	for (int i = 0; i < tracks_n; i++)
		put_entry(&tracks[i], i + 1);
	close_element(at);
	return segment;
}

/* A block of a track, so many milliseconds behind its cluster. */
static void put_block(uint32_t id, int track, int ms)
{
	size_t at = open_element(id);

	be(0x80 | (uint64_t)track, 1);
	be((uint64_t)ms, 2);
	be(0, 1);
	close_element(at);
}

static struct clip_info webm_is(void)
{
	struct clip_info c;
	struct vtok_error err = {0};

	if (clip_probe_bytes(bytes, n, &c, &err) != CLIP_GOOD)
		fail_msg("%s", err.text);
	assert_string_equal(c.format, "WebM");
	return c;
}

static void webm_is_turned_and_cropped(void **state)
{
	static const struct {
		struct matroska m;
		int orientation;
		int64_t w, h;
	} t[] = {
		{{0, false, {0}, 640, 0, 1}, 1, 640, 480},
		{{90, false, {0}, 640, 0, 1}, 8, 640, 480}, /* against the clock */
		{{-270, false, {0}, 640, 0, 1}, 8, 640, 480},
		{{-90, true, {0}, 640, 0, 1}, 6, 640, 480},
		{{270, false, {0}, 640, 0, 1}, 6, 640, 480},
		{{180, true, {0}, 640, 0, 1}, 3, 640, 480},
		{{-180, false, {0}, 640, 0, 1}, 3, 640, 480},
		{{45, false, {0}, 640, 0, 1}, 1, 640, 480},
		{{0, false, {8, 4, 16, 32}, 640, 0, 1}, 1, 592, 468},
		/* more than there is, or numbers that no picture has: not cropped */
		{{0, false, {240, 240, 16, 624}, 640, 0, 1}, 1, 640, 480},
		{{0, false, {UINT64_MAX, 0, 0, 0}, 640, 0, 1}, 1, 640, 480},
		{{0, false, {0, UINT64_MAX, 0, 0}, 640, 0, 1}, 1, 640, 480},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		close_element(begin_matroska(&t[i].m, 1));
		struct clip_info c = webm_is();

		assert_int_equal(c.orientation, t[i].orientation);
		assert_int_equal(c.stored_w, t[i].w);
		assert_int_equal(c.stored_h, t[i].h);
	}
	struct clip_info c;
	struct vtok_error err = {0};

	close_element(begin_matroska(&(struct matroska){.width = UINT64_MAX, .kind = 1}, 1));
	assert_int_equal(clip_probe_bytes(bytes, n, &c, &err), CLIP_BAD);
}

static void webm_has_tracks(void **state)
{
	static const struct matroska tracks[] = {
		{.width = 1, .kind = 2},
		{.width = 640, .kind = 1, .frame_ns = 40000000},
		{.width = 320, .kind = 1},
	};
	struct clip_info c;
	struct vtok_error err = {0};

	(void)state;
	close_element(begin_matroska(tracks, 3)); /* the first one of pictures */
	c = webm_is();
	assert_int_equal(c.stored_w, 640);
	assert_true(c.rate == 25);
	close_element(begin_matroska(tracks, 1));
	assert_int_equal(clip_probe_bytes(bytes, n, &c, &err), CLIP_BAD);
	assert_string_equal(err.text, "this WebM has no pictures");
}

/* Where no track says its rate, the times of blocks do. */
static void webm_has_blocks(void **state)
{
	static const struct matroska tracks[] = {{.width = 640, .kind = 1},
						 {.width = 1, .kind = 2}};

	(void)state;
	size_t segment = begin_matroska(tracks, 2), at = open_element(0x1f43b675);

	number_element(0xe7, 1000, 2);
	put_block(0xa3, 1, 0);
	put_block(0xa3, 2, 900); /* sound */
	size_t group = open_element(0xa0);
	put_block(0xa1, 1, 80); /* the third is decoded before the second */
	close_element(group);
	put_block(0xa3, 1, 40);
	close_element(at);
	at = open_element(0x1f43b675);
	number_element(0xe7, 1120, 2);
	put_block(0xa3, 1, 0);
	close_element(at);
	close_element(segment);
	assert_true(webm_is().rate == 25); /* four frames in 120 ms */

	/* a cluster of unknown length holds those behind it */
	segment = begin_matroska(tracks, 1);
	for (int i = 0; i < 3; i++) {
		at = open_element(0x1f43b675);
		n = at - 8;
		be(UINT64_C(0x01ffffffffffffff), 8);
		number_element(0xe7, (uint64_t)i * 100, 2);
		put_block(0xa3, 1, 0);
		put_block(0xa3, 1, 50);
	}
	close_element(segment);
	assert_true(webm_is().rate == 20); /* six in 250 ms */

	/* one block, or two at once, tell no rate; nor do groups in groups without an end */
	segment = begin_matroska(tracks, 1);
	at = open_element(0x1f43b675);
	put_block(0xa3, 1, 7);
	size_t groups[20];
	for (int i = 0; i < 20; i++)
		groups[i] = open_element(0xa0);
	put_block(0xa1, 1, 99);
	for (int i = 20; i-- > 0;)
		close_element(groups[i]);
	put_block(0xa3, 1, 7);
	close_element(at);
	close_element(segment);
	assert_true(webm_is().rate == 0);

	/* of very many the first are enough */
	segment = begin_matroska(tracks, 1);
	at = open_element(0x1f43b675);
	for (int i = 0; i < 1000; i++)
		put_block(0xa3, 1, 10 * i);
	close_element(at);
	close_element(segment);
	assert_true(webm_is().rate == 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strangers_are_named),
		cmocka_unit_test(png_has_profiles_as_text),
		cmocka_unit_test(png_has_xmp),
		cmocka_unit_test(png_has_density),
		cmocka_unit_test(png_ends_at_what_is_no_chunk),
		cmocka_unit_test(tiff_has_every_type),
		cmocka_unit_test(tiff_has_orientation_and_density),
		cmocka_unit_test(raw_files_are_told),
		cmocka_unit_test(tiff_is_cut),
		cmocka_unit_test(webp_has_orientations),
		cmocka_unit_test(bmp_has_a_header),
		cmocka_unit_test(brands_tell_the_format),
		cmocka_unit_test(wrong_streams_end),
		cmocka_unit_test(wrong_tables_end),
		cmocka_unit_test(zlib_has_a_head),
		cmocka_unit_test(mp4_says_its_length),
		cmocka_unit_test(mp4_has_an_index),
		cmocka_unit_test(mp4_has_fragments),
		cmocka_unit_test(mp4_without_a_movie),
		cmocka_unit_test(webm_is_turned_and_cropped),
		cmocka_unit_test(webm_has_tracks),
		cmocka_unit_test(webm_has_blocks),
	};

	return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
