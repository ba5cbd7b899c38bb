/* Headers of PNG (ISO 15948), GIF (89a specification), BMP (Windows DIB headers) and WebP (RIFF
 * container, RFC 9649). JPEG has a file of its own. */
#include "image/header.h"

#include <errno.h>
#include <string.h>

#include "image/exif.h"

enum {
	PNG_CHUNKS_MAX = 1000, /* before the pixels; real files have a dozen */
	RIFF_CHUNKS_MAX = 1000,
};

bool header_cut(const struct source *s, const char *format, struct vtok_error *err)
{
	if (s->error)
		return error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(s->error));
	if (s->reads_left == 0)
		return error_set(err, VTOK_E_INPUT, "damaged %s: no size in its first parts",
				 format);
	return error_set(err, VTOK_E_INPUT, "truncated %s: the header is cut off", format);
}

double header_dpi(double dpi)
{
	return dpi >= 10 && dpi <= 10000 ? dpi : 0;
}

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

/* Chunks between the header and the pixels; a chunk behind the pixels is not looked for, nor do
 * image libraries need one there to show the picture. */
static void png_chunks(struct source *s, int64_t pos, struct image_info *out)
{
	for (int i = 0; i < PNG_CHUNKS_MAX; i++) {
		const uint8_t *p = source_get(s, pos, 8);
		if (!p || memcmp(p + 4, "IDAT", 4) == 0 || memcmp(p + 4, "IEND", 4) == 0)
			return;
		int64_t len = be32(p);
		bool density = memcmp(p + 4, "pHYs", 4) == 0 && len == 9;
		bool exif = memcmp(p + 4, "eXIf", 4) == 0;
		if (density && (p = source_get(s, pos + 8, 9)) && p[8] == 1)
			out->dpi = header_dpi(be32(p) * 0.0254); /* unit 1: per metre */
		if (exif)
			out->orientation = exif_orientation(s, pos + 8, len);
		pos += 8 + len + 4;
	}
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

bool header_gif(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 13);

	if (!p)
		return header_cut(s, "GIF", err);
	out->stored_w = le16(p + 6);
	out->stored_h = le16(p + 8);
	return true;
}

bool header_bmp(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 26);
	uint32_t dib = p ? le32(p + 14) : 0;

	if (!p || !(p = source_get(s, 0, dib == 12 ? 26 : 46)))
		return header_cut(s, "BMP", err);
	if (dib == 12) { /* OS/2 */
		out->stored_w = le16(p + 18);
		out->stored_h = le16(p + 20);
		return true;
	}
	int64_t w = (int32_t)le32(p + 18), h = (int32_t)le32(p + 22);
	if (dib < 40 || dib > 124 || w < 0)
		return error_set(err, VTOK_E_INPUT, "damaged BMP: no such header");
	out->stored_w = w;
	out->stored_h = h < 0 ? -h : h; /* negative: the rows start at the top */
	out->dpi = header_dpi((int32_t)le32(p + 38) * 0.0254);
	return true;
}

/* The EXIF chunk of an extended file lies behind the pixels. */
static int webp_orientation(struct source *s)
{
	int64_t pos = 12;

	for (int i = 0; i < RIFF_CHUNKS_MAX; i++) {
		const uint8_t *p = source_get(s, pos, 8);
		if (!p)
			return 1;
		int64_t len = le32(p + 4);
		if (memcmp(p, "EXIF", 4) != 0) {
			pos += 8 + len + (len & 1);
			continue;
		}
		pos += 8;
		/* some writers keep the six bytes that JPEG puts before it */
		p = len > 6 ? source_get(s, pos, 6) : NULL;
		int64_t skip = p && memcmp(p, "Exif\0", 6) == 0 ? 6 : 0;
		return exif_orientation(s, pos + skip, len - skip);
	}
	return 1;
}

bool header_webp(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 30);

	/* the smallest lossless file is shorter than the other two headers */
	if (!p && !(p = source_get(s, 0, 25)))
		return header_cut(s, "WebP", err);
	if (memcmp(p + 12, "VP8L", 4) == 0 && p[20] == 0x2f) {
		uint32_t bits = le32(p + 21);
		out->stored_w = 1 + (bits & 0x3fff);
		out->stored_h = 1 + (bits >> 14 & 0x3fff);
		return true;
	}
	if (!(p = source_get(s, 0, 30)))
		return header_cut(s, "WebP", err);
	if (memcmp(p + 12, "VP8 ", 4) == 0 && memcmp(p + 23, "\x9d\x01\x2a", 3) == 0) {
		out->stored_w = le16(p + 26) & 0x3fff;
		out->stored_h = le16(p + 28) & 0x3fff;
		return true;
	}
	if (memcmp(p + 12, "VP8X", 4) == 0) {
		bool exif = p[20] & 0x08;
		out->stored_w = 1 + (int64_t)le24(p + 24);
		out->stored_h = 1 + (int64_t)le24(p + 27);
		out->orientation = exif ? webp_orientation(s) : 1;
		return true;
	}
	return error_set(err, VTOK_E_INPUT, "damaged WebP: no picture header");
}
