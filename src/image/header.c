/* Headers of GIF (89a specification), BMP (Windows and OS/2 headers) and WebP (RIFF container, RFC
 * 9649), and what the readers of the other formats, in files of their own, have in common. */
#include "image/header.h"

#include <errno.h>
#include <string.h>

#include "image/exif.h"

enum {
	RIFF_CHUNKS_MAX = 1000,
};

bool header_cut(const struct source *s, const char *format, struct vtok_error *err)
{
	if (s->error)
		return error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(s->error));
	if (s->reads_left == 0)
		return error_set(err, VTOK_E_INPUT,
				 "this %s states no size in the %d parts that are read", format,
				 IMAGE_READS);
	return error_set(err, VTOK_E_INPUT, "truncated %s: the header is cut off", format);
}

double header_dpi(double dpi)
{
	return dpi >= 10 && dpi <= 10000 ? dpi : 0;
}

/* Blocks of a length byte and that many bytes, until one of length 0. */
static bool leave_blocks(struct source *s, int64_t *pos)
{
	const uint8_t *p;

	while ((p = source_get(s, *pos, 1))) {
		*pos += 1 + *p;
		if (*p == 0)
			return true;
	}
	return false;
}

/* The place and size of the first picture, 8 bytes behind its mark; NULL where there is none. */
static const uint8_t *first_frame(struct source *s, uint8_t flags)
{
	int64_t pos = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
	const uint8_t *p;

	while ((p = source_get(s, pos, 1)) && *p == 0x21) { /* extensions: a label, blocks */
		pos += 2;
		if (!leave_blocks(s, &pos))
			return NULL;
	}
	return p && *p == 0x2c ? source_get(s, pos + 1, 8) : NULL;
}

/* The screen, as large as the first picture needs it: Pillow, by which engines read files, makes it
 * so; a screen of 0x0 is common where programs wrote it that show pictures alone. */
bool header_gif(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 13);

	if (!p)
		return header_cut(s, "GIF", err);
	out->stored_w = le16(p + 6);
	out->stored_h = le16(p + 8);
	if ((p = first_frame(s, p[10]))) {
		int64_t right = (int64_t)le16(p) + le16(p + 4);
		int64_t bottom = (int64_t)le16(p + 2) + le16(p + 6);
		out->stored_w = right > out->stored_w ? right : out->stored_w;
		out->stored_h = bottom > out->stored_h ? bottom : out->stored_h;
	}
	return true;
}

/* Headers of 12 bytes (Windows 2, OS/2 1) and of 16 (OS/2 2, cut short) are older than the rest. */
bool header_bmp(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 26);
	uint32_t dib = p ? le32(p + 14) : 0;

	if (!p || !(p = source_get(s, 0, dib == 12 ? 26 : dib == 16 ? 30 : 46)))
		return header_cut(s, "BMP", err);
	if (dib == 12) {
		out->stored_w = le16(p + 18);
		out->stored_h = le16(p + 20);
		return true;
	}
	int64_t w = (int32_t)le32(p + 18), h = (int32_t)le32(p + 22);
	if ((dib != 16 && dib < 40) || dib > 124 || w < 0)
		return error_set(err, VTOK_E_INPUT, "damaged BMP: no such header");
	out->stored_w = w;
	out->stored_h = h < 0 ? -h : h; /* negative: the rows start at the top */
	if (dib >= 40)
		out->dpi = header_dpi((int32_t)le32(p + 38) * 0.0254);
	return true;
}

/* The EXIF and XMP chunks of an extended file lie behind the pixels. EXIF goes first. */
static int webp_orientation(struct source *s, bool has_exif, bool has_xmp)
{
	int64_t pos = 12;
	int exif = 0, xmp = 0;
	const uint8_t *p;

	for (int i = 0; i < RIFF_CHUNKS_MAX && (p = source_get(s, pos, 8)); i++) {
		int64_t len = le32(p + 4);
		bool is_exif = memcmp(p, "EXIF", 4) == 0, is_xmp = memcmp(p, "XMP ", 4) == 0;

		if (has_exif && is_exif)
			exif = exif_orientation(s, pos + 8, len);
		if (has_xmp && is_xmp)
			xmp = xmp_orientation(s, pos + 8, len);
		has_exif = has_exif && !is_exif;
		has_xmp = has_xmp && !is_xmp;
		if (exif || (!has_exif && !has_xmp))
			break;
		pos += 8 + len + (len & 1);
	}
	return exif ? exif : xmp ? xmp : 1;
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
		bool exif = p[20] & 0x08, xmp = p[20] & 0x04;
		out->stored_w = 1 + (int64_t)le24(p + 24);
		out->stored_h = 1 + (int64_t)le24(p + 27);
		out->orientation = exif || xmp ? webp_orientation(s, exif, xmp) : 1;
		return true;
	}
	return error_set(err, VTOK_E_INPUT, "damaged WebP: no picture header");
}
