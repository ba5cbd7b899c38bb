/* JPEG (ITU-T T.81, annex B): a row of marked segments until the first pixels. The size is in the
 * frame header SOFn, the density in APP0 "JFIF", the orientation in APP1 "Exif" or, in its place,
 * in APP1 with XMP. */
#include "image/header.h"

#include <string.h>

#include "image/exif.h"

enum {
	M_SOI = 0xd8,
	M_EOI = 0xd9,
	M_SOS = 0xda,
	M_APP0 = 0xe0,
	M_APP1 = 0xe1,
	M_TEM = 0x01,
	M_SOF55 = 0xf7, /* JPEG-LS (ITU-T T.87) */
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

/* What segments say of the orientation; 0 = nothing. EXIF goes before XMP, the first before others.
 */
struct told {
	int exif, xmp;
};

static void app1(struct source *s, int64_t pos, int64_t len, struct told *told)
{
	static const char xmp[] = "http://ns.adobe.com/xap/1.0/";
	const uint8_t *p = len < 14 ? NULL : source_get(s, pos, 5);

	if (p && memcmp(p, "Exif", 5) == 0 && !told->exif)
		told->exif = exif_orientation(s, pos, len);
	p = len <= (int64_t)sizeof(xmp) || told->xmp ? NULL : source_get(s, pos, sizeof(xmp));
	if (p && memcmp(p, xmp, sizeof(xmp)) == 0)
		told->xmp =
			xmp_orientation(s, pos + (int64_t)sizeof(xmp), len - (int64_t)sizeof(xmp));
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

/* Behind the next marker from *pos on, which is *m. Any number of bytes ff may fill (B.1.1.2);
 * bytes that are no marker are left out as libjpeg leaves them out. False at the end. */
static bool next_marker(struct source *s, int64_t *pos, uint8_t *m)
{
	const uint8_t *p;
	size_t n;

	while ((p = source_rest(s, *pos, &n))) {
		const uint8_t *ff = memchr(p, 0xff, n);
		if (!ff) {
			*pos += (int64_t)n;
			continue;
		}
		*pos += ff - p + 1;
		while ((p = source_get(s, *pos, 1)) && *p == 0xff)
			(*pos)++;
		if (!p)
			return false;
		(*pos)++;
		*m = *p;
		if (*m != 0)
			return true;
	}
	return false;
}

static bool is_end(uint8_t m)
{
	return m == M_EOI || m == M_SOS;
}

/* The next segment, at *pos with *len bytes. False and err at the end of what comes before the
 * pixels. */
static bool next_segment(struct source *s, int64_t *pos, uint8_t *m, int64_t *len,
			 struct vtok_error *err)
{
	const uint8_t *p;

	do {
		if (!next_marker(s, pos, m))
			return header_cut(s, "JPEG", err);
	} while (is_bare(*m));
	if (is_end(*m))
		return error_set(err, VTOK_E_INPUT, "damaged JPEG: pixels before the size");
	if (*m == M_SOF55)
		return error_set(err, VTOK_E_INPUT,
				 "JPEG-LS is not supported: convert it to PNG, JPEG or WebP");
	if (!(p = source_get(s, *pos, 2)))
		return header_cut(s, "JPEG", err);
	*len = (int64_t)be16(p) - 2; /* counts itself */
	if (*len < 0)
		return error_set(err, VTOK_E_INPUT, "damaged JPEG: a segment of no length");
	*pos += 2;
	return true;
}

bool header_jpeg(struct source *s, struct image_info *out, struct vtok_error *err)
{
	struct told told = {0};
	int64_t pos = 2, len = 0;
	bool is_sized = false;
	uint8_t m = 0;

	/* behind the frame there is no error any more: only the orientation is wanted */
	while (!(is_sized && told.exif) && next_segment(s, &pos, &m, &len, is_sized ? NULL : err)) {
		if (is_frame(m) && !is_sized) {
			if (!frame(s, pos, len, out, err))
				return false;
			is_sized = true;
		}
		if (m == M_APP0)
			app0(s, pos, len, out);
		else if (m == M_APP1)
			app1(s, pos, len, &told);
		pos += len;
	}
	out->orientation = told.exif ? told.exif : told.xmp ? told.xmp : 1;
	return is_sized;
}
