/* One walk per format, from block to block, to where the first picture ends. */
#include "image/whole.h"

#include <string.h>

#include "image/source.h"

enum { PNG_SIGNATURE = 8, PNG_CHUNK = 12, GIF_HEADER = 13 };

/* ISO 15948, 5.3: length, type, that many bytes, check sum. */
static bool png(const uint8_t *p, size_t n)
{
	size_t pos = PNG_SIGNATURE;

	while (pos + 8 <= n) {
		size_t len = be32(p + pos);
		if (memcmp(p + pos + 4, "IEND", 4) == 0)
			return true;
		if (n - pos < PNG_CHUNK || len > n - pos - PNG_CHUNK)
			return false;
		pos += len + PNG_CHUNK;
	}
	return false;
}

/* ITU-T T.81, B.1.1: behind ff a byte other than 0 (a pixel byte ff) and ff (filling) is a marker.
 * Inside a scan only the restarts d0..d7 and 01 stand alone; d9 ends the picture; every other one
 * begins a segment with its length. */
static bool jpeg(const uint8_t *p, size_t n)
{
	size_t pos = n < 2 ? n : 2;

	for (;;) {
		const uint8_t *ff = memchr(p + pos, 0xff, n - pos);
		if (!ff || (pos = (size_t)(ff - p) + 1) >= n)
			return false;
		uint8_t marker = p[pos];
		if (marker == 0xff)
			continue;
		pos++;
		if (marker == 0xd9)
			return true;
		if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8))
			continue;
		if (n - pos < 2)
			return false;
		size_t len = be16(p + pos);
		if (len > n - pos)
			return false;
		pos += len;
	}
}

/* GIF89a, 15: blocks of a length byte and that many bytes, until one of length 0. Leaves *pos
 * behind it. */
static bool gif_blocks(const uint8_t *p, size_t n, size_t *pos)
{
	while (*pos < n) {
		size_t len = p[(*pos)++];
		if (len == 0)
			return true;
		if (len > n - *pos)
			return false;
		*pos += len;
	}
	return false;
}

/* The bytes of the colour table that a flags byte announces. */
static size_t gif_table(uint8_t flags)
{
	return flags & 0x80 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

static bool gif(const uint8_t *p, size_t n)
{
	size_t pos = n < GIF_HEADER ? n : GIF_HEADER + gif_table(p[10]);

	while (pos < n) {
		uint8_t kind = p[pos++];
		if (kind ==
		    0x2c) { /* a picture: place, size and flags, table, size of a code, blocks */
			if (n - pos < 9)
				return false;
			pos += 9 + gif_table(p[pos + 8]) + 1;
			return pos < n && gif_blocks(p, n, &pos);
		}
		if (kind != 0x21)
			return true;
		pos++; /* an extension's label */
		if (pos >= n || !gif_blocks(p, n, &pos))
			return false;
	}
	return false;
}

/* Rows of whole 32-bit words; those that are compressed have no length to hold the file against. */
static bool bmp(const uint8_t *p, size_t n)
{
	bool old = n >= 26 && le32(p + 14) == 12; /* OS/2 */

	if (!old && (n < 34 || le32(p + 14) == 16)) /* of the short one no decoder is known */
		return n >= 34;
	int64_t w = old ? (int64_t)le16(p + 18) : (int32_t)le32(p + 18);
	int64_t h = old ? (int64_t)le16(p + 20) : (int32_t)le32(p + 22);
	int64_t bits = (int64_t)le16(p + (old ? 24 : 28)) * w;
	uint32_t method = old ? 0 : le32(p + 30);

	h = h < 0 ? -h : h;
	if (method != 0 && method != 3 && method != 6)
		return true;
	/* at most 2^16 * 2^31 bits in a row: no overflow before the comparison
	 * below, which divides */
	int64_t row = (bits + 31) / 32 * 4, last = (bits + 7) / 8, begin = le32(p + 10);
	int64_t room = (int64_t)n - begin - last;
	return h == 0 || (room >= 0 && (row == 0 || h - 1 <= room / row));
}

bool whole_picture(enum image_format format, const uint8_t *bytes, size_t n)
{
	switch (format) {
	case IMAGE_PNG:
		return png(bytes, n);
	case IMAGE_JPEG:
		return jpeg(bytes, n);
	case IMAGE_GIF:
		return gif(bytes, n);
	case IMAGE_BMP:
		return bmp(bytes, n);
	case IMAGE_WEBP: /* libraries refuse these themselves, in all their versions */
	case IMAGE_TIFF:
	case IMAGE_AVIF:
	case IMAGE_HEIC:
	case IMAGE_JXL:
	case IMAGE_FORMAT_N:
		break;
	}
	return true;
}
