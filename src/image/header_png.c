/* PNG (ISO 15948): chunks of a length, a type, bytes and a check sum. The size is in the first one;
 * how the picture is turned may be anywhere: as eXIf, which the most used converters write behind
 * the pixels, as EXIF in the text that ImageMagick wrote before eXIf was one, as XMP. */
#include "image/header.h"

#include <string.h>

#include "image/exif.h"
#include "image/inflate.h"

enum {
	PNG_AROUND = 12, /* length, type, check sum */
	PNG_PROFILE =
		8192, /* bytes of a profile's text that are looked at: its directory is first */
};

/* What chunks say of the orientation; 0 = nothing. The upper goes before the lower. */
struct told {
	int exif, raw, xmp;
};

static bool png_colour(uint8_t depth, uint8_t type)
{
	switch (type) {
	case 0: /* grey */
		return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
	case 3: /* palette */
		return depth == 1 || depth == 2 || depth == 4 || depth == 8;
	case 2: /* RGB */
	case 4: /* grey and alpha */
	case 6: /* RGB and alpha */
		return depth == 8 || depth == 16;
	}
	return false;
}

static int hex_digit(uint8_t c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* A profile as text: a line with its name, one with its length, then hexadecimal digits. */
static int raw_orientation(const uint8_t *text, size_t n)
{
	uint8_t bytes[PNG_PROFILE / 2];
	size_t made = 0, at = 0;
	struct source s;

	for (int lines = 0; lines < 3 && at < n; at++)
		lines += text[at] == '\n';
	for (int high = -1; at < n && made < sizeof(bytes); at++) {
		int digit = hex_digit(text[at]);

		if (digit < 0)
			continue;
		if (high >= 0)
			bytes[made++] = (uint8_t)(high << 4 | digit);
		high = high >= 0 ? -1 : digit;
	}
	source_init_bytes(&s, bytes, made);
	return exif_orientation(&s, 0, (int64_t)made);
}

static bool is_profile(const uint8_t *keyword)
{
	static const char exif[] = "Raw profile type exif", app1[] = "Raw profile type APP1";

	return memcmp(keyword, exif, sizeof(exif)) == 0 || memcmp(keyword, app1, sizeof(app1)) == 0;
}

enum { KEYWORD = sizeof("Raw profile type exif") };

/* tEXt, or zTXt: one more byte that says how it is packed, zlib. */
static int text_orientation(struct source *s, int64_t pos, int64_t len, bool is_packed)
{
	const uint8_t *p = len <= KEYWORD + 1 ? NULL : source_get(s, pos, KEYWORD + 1);
	uint8_t text[PNG_PROFILE];
	size_t n = 0;

	if (!p || !is_profile(p) || (is_packed && p[KEYWORD] != 0))
		return 0;
	pos += KEYWORD + is_packed;
	len -= KEYWORD + is_packed;
	if (is_packed) {
		n = inflate_zlib_head(s, pos, len, text, sizeof(text));
		return raw_orientation(text, n);
	}
	while (n < sizeof(text) && (int64_t)n < len) {
		size_t more;
		p = source_rest(s, pos + (int64_t)n, &more);
		if (!p)
			break;
		more = more < sizeof(text) - n ? more : sizeof(text) - n;
		more = (int64_t)(n + more) < len ? more : (size_t)(len - (int64_t)n);
		memcpy(text + n, p, more);
		n += more;
	}
	return raw_orientation(text, n);
}

/* iTXt: keyword, 0, packed or not, how, language, 0, translated keyword, 0, text. */
static int xmp_text(struct source *s, int64_t pos, int64_t len)
{
	static const char keyword[] = "XML:com.adobe.xmp";
	const uint8_t *p = len < 22 ? NULL : source_get(s, pos, 22);

	if (!p || memcmp(p, keyword, sizeof(keyword)) != 0)
		return 0;
	if (p[18] == 0)
		return xmp_orientation(s, pos + 22, len - 22);
	if (p[20] != 0 || p[21] != 0) /* packed, with a language: nobody writes that */
		return 0;
	uint8_t text[INFLATE_MOST];
	struct source own;

	source_init_bytes(&own, text, inflate_zlib_head(s, pos + 22, len - 22, text, sizeof(text)));
	return xmp_orientation(&own, 0, (int64_t)own.bytes_n);
}

static bool is_pixels(const uint8_t *p)
{
	return p && memcmp(p + 4, "IDAT", 4) == 0;
}

/* The pixels stand in chunks that are all alike but for the last one, often in thousands of 8 KiB.
 * Given the first, returns where the last of those that are alike ends, or any chunk before: found
 * by halving where they can be, so that 20 MB are left out in a few reads. */
static int64_t behind_pixels(struct source *s, int64_t pos, int64_t len)
{
	int64_t stride = len + PNG_AROUND, n = source_length(s);
	int64_t low = 1, high = (n - PNG_AROUND - pos) / stride;

	if (pos + stride + PNG_AROUND == n || len == 0) /* the end alone follows, or is next */
		return pos + stride;
	if (high < 2)
		return pos + stride;
	const uint8_t *p = source_get(s, pos + high * stride, 8);
	if (is_pixels(p) && be32(p) <= len) /* usual: the last one is shorter */
		return pos + high * stride;
	p = source_get(s, pos + stride, 8);
	if (!is_pixels(p) || be32(p) != len)
		return pos + stride;
	while (low < high) {
		int64_t middle = low + (high - low + 1) / 2;

		p = source_get(s, pos + middle * stride, 8);
		if (is_pixels(p) && be32(p) == len)
			low = middle;
		else
			high = middle - 1;
	}
	return pos + (low + 1) * stride;
}

static void take_chunk(struct source *s, int64_t pos, int64_t len, const char *type,
		       struct image_info *out, struct told *told)
{
	const uint8_t *p;

	if (memcmp(type, "pHYs", 4) == 0 && len == 9 && (p = source_get(s, pos, 9)) && p[8] == 1)
		out->dpi = header_dpi(be32(p) * 0.0254); /* unit 1: per metre */
	else if (memcmp(type, "eXIf", 4) == 0 && !told->exif)
		told->exif = exif_orientation(s, pos, len);
	else if ((memcmp(type, "tEXt", 4) == 0 || memcmp(type, "zTXt", 4) == 0) && !told->raw)
		told->raw = text_orientation(s, pos, len, *type == 'z');
	else if (memcmp(type, "iTXt", 4) == 0 && !told->xmp)
		told->xmp = xmp_text(s, pos, len);
}

/* Four letters; what else stands there is no chunk, and no reader goes on. */
static bool is_chunk(const uint8_t *type)
{
	for (int i = 0; i < 4; i++)
		if ((type[i] | 32) < 'a' || (type[i] | 32) > 'z')
			return false;
	return true;
}

/* All of them, those behind the pixels too: libraries read on for the orientation. */
static void png_chunks(struct source *s, int64_t pos, struct image_info *out)
{
	struct told told = {0};
	int64_t end = source_length(s);
	const uint8_t *p;
	char type[4];

	while (pos + PNG_AROUND < end && (p = source_get(s, pos, 8))) {
		int64_t len = be32(p);

		memcpy(type, p + 4, 4);
		if (!is_chunk(p + 4) || memcmp(type, "IEND", 4) == 0)
			break;
		if (!is_pixels(p)) {
			take_chunk(s, pos + 8, len, type, out, &told);
			pos += len + PNG_AROUND;
			continue;
		}
		if (told.exif) /* nothing behind the pixels goes before it */
			break;
		pos = behind_pixels(s, pos, len);
	}
	out->orientation = told.exif ? told.exif : told.raw ? told.raw : told.xmp ? told.xmp : 1;
}

bool header_png(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 33);
	int64_t ihdr = 8;

	/* Apple's variant has one chunk before the header. */
	if (p && memcmp(p + 12, "CgBI", 4) == 0) {
		ihdr += 12 + (int64_t)be32(p + 8);
		p = source_get(s, ihdr - 8, 33);
	}
	if (!p)
		return header_cut(s, "PNG", err);
	if (be32(p + 8) != 13 || memcmp(p + 12, "IHDR", 4) != 0)
		return error_set(err, VTOK_E_INPUT, "damaged PNG: it does not start with a header");
	if (!png_colour(p[24], p[25]))
		return error_set(err, VTOK_E_INPUT,
				 "damaged PNG: no such colour type %d with %d bits", p[25], p[24]);
	out->stored_w = be32(p + 16);
	out->stored_h = be32(p + 20);
	png_chunks(s, ihdr + 25, out);
	return true;
}
