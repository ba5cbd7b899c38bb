/* JPEG (ITU-T T.81, annex B): a row of marked segments until the first pixels. The size is in the
 * frame header SOFn, the density in APP0 "JFIF", the orientation in APP1 "Exif". */
#include "image/header.h"

#include <string.h>

#include "image/exif.h"

enum {
	JPEG_SEGMENTS_MAX = 4096, /* before the frame; a colour profile may take a few dozen */
	M_SOI = 0xd8,
	M_EOI = 0xd9,
	M_SOS = 0xda,
	M_APP0 = 0xe0,
	M_APP1 = 0xe1,
	M_TEM = 0x01,
};

/* C4, C8 and CC are tables, the rest of C0..CF frames: baseline, progressive,
 * lossless, arithmetic. */
static bool is_frame(uint8_t m)
{
	return m >= 0xc0 && m <= 0xcf && m != 0xc4 && m != 0xc8 && m != 0xcc;
}

static bool is_bare(uint8_t m)
{
	return m == M_TEM || (m >= 0xd0 && m <= M_SOI);
}

static void app0(struct source *s, int64_t pos, int64_t len, struct image_info *out)
{
	const uint8_t *p = len < 12 ? NULL : source_get(s, pos, 12);

	if (!p || memcmp(p, "JFIF", 5) != 0)
		return;
	if (p[7] == 1)
		out->dpi = header_dpi(be16(p + 8));
	else if (p[7] == 2) /* per centimetre */
		out->dpi = header_dpi(be16(p + 8) * 2.54);
}

static void app1(struct source *s, int64_t pos, int64_t len, struct image_info *out)
{
	const uint8_t *p = len < 14 ? NULL : source_get(s, pos, 6);

	if (p && memcmp(p, "Exif\0", 6) == 0 && out->orientation == 1)
		out->orientation = exif_orientation(s, pos + 6, len - 6);
}

static bool frame(struct source *s, int64_t pos, int64_t len, struct image_info *out,
		  struct vtok_error *err)
{
	const uint8_t *p = len < 9 ? NULL : source_get(s, pos, 9);

	if (!p)
		return len < 9 ? error_set(err, VTOK_E_INPUT,
					   "damaged JPEG: its frame header is short")
			       : header_cut(s, "JPEG", err);
	out->stored_h = be16(p + 1);
	out->stored_w = be16(p + 3);
	if (out->stored_h == 0)
		return error_set(err, VTOK_E_INPUT,
				 "this JPEG states its height behind the pixels");
	return true;
}

bool header_jpeg(struct source *s, struct image_info *out, struct vtok_error *err)
{
	int64_t pos = 2;

	for (int i = 0; i < JPEG_SEGMENTS_MAX; i++) {
		const uint8_t *p = source_get(s, pos, 2);
		if (!p)
			return header_cut(s, "JPEG", err);
		if (p[0] != 0xff)
			return error_set(err, VTOK_E_INPUT,
					 "damaged JPEG: a segment does not end where it says");
		uint8_t m = p[1];
		if (m == 0xff || is_bare(m)) { /* fill bytes are allowed */
			pos += m == 0xff ? 1 : 2;
			continue;
		}
		if (m == M_EOI || m == M_SOS)
			return error_set(err, VTOK_E_INPUT, "damaged JPEG: pixels before the size");
		if (!(p = source_get(s, pos + 2, 2)))
			return header_cut(s, "JPEG", err);
		int64_t len = (int64_t)be16(p) - 2; /* counts itself */
		if (len < 0)
			return error_set(err, VTOK_E_INPUT, "damaged JPEG: a segment of no length");
		pos += 4;
		if (is_frame(m))
			return frame(s, pos, len, out, err);
		if (m == M_APP0)
			app0(s, pos, len, out);
		else if (m == M_APP1)
			app1(s, pos, len, out);
		pos += len;
	}
	return error_set(err, VTOK_E_INPUT, "damaged JPEG: no size in its first parts");
}
