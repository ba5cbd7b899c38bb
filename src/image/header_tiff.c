/* TIFF (revision 6.0) and BigTIFF: a directory of tagged values, anywhere in the file. The first
 * directory is the picture, as libraries take it. Raw files of cameras come in the same clothes,
 * with a thumbnail in the first directory: they are told, not counted. */
#include "image/header.h"

enum {
	ENTRIES_MOST = 4096, /* real directories have a few dozen */
	T_SUBFILE = 254,     /* bit 0: a smaller copy of another picture */
	T_WIDTH = 256,
	T_HEIGHT = 257,
	T_ORIENTATION = 274,
	T_X_RESOLUTION = 282,
	T_UNIT = 296, /* 2 = inch, 3 = centimetre */
	T_SUB_DIRECTORIES = 330,
	T_DNG = 50706,
};

struct tiff {
	struct source *s;
	bool is_big_endian, is_big; /* the order of bytes; BigTIFF */
	int64_t subfile, width, height, orientation, unit;
	double density;
	bool has_subs, is_dng;
};

static uint32_t u16(const struct tiff *t, const uint8_t *p)
{
	return t->is_big_endian ? be16(p) : le16(p);
}

static uint32_t u32(const struct tiff *t, const uint8_t *p)
{
	return t->is_big_endian ? be32(p) : le32(p);
}

/* Of 64 bits; INT64_MAX for what is larger. */
static int64_t u64(const struct tiff *t, const uint8_t *p)
{
	uint64_t high = u32(t, p + (t->is_big_endian ? 0 : 4));
	uint64_t value = high << 32 | u32(t, p + (t->is_big_endian ? 4 : 0));

	return value > INT64_MAX ? INT64_MAX : (int64_t)value;
}

/* A place in the file or a number of values. */
static int64_t word(const struct tiff *t, const uint8_t *p)
{
	return t->is_big ? u64(t, p) : (int64_t)u32(t, p);
}

/* The value of an entry that is one integer; -1 for what is none. */
static int64_t integer(const struct tiff *t, const uint8_t *entry)
{
	const uint8_t *value = entry + (t->is_big ? 12 : 8);

	if (word(t, entry + 4) != 1)
		return -1;
	switch (u16(t, entry + 2)) {
	case 1: /* BYTE */
	case 6: /* SBYTE */
		return *value;
	case 3: /* SHORT */
	case 8: /* SSHORT */
		return u16(t, value);
	case 4: /* LONG */
	case 9: /* SLONG */
		return u32(t, value);
	case 16: /* LONG8 */
	case 17: /* SLONG8 */
		return t->is_big ? u64(t, value) : -1;
	}
	return -1;
}

/* Two LONGs, a fraction; 0 for what is none. */
static double rational(const struct tiff *t, const uint8_t *entry)
{
	const uint8_t *p = entry + (t->is_big ? 12 : 8);

	if (u16(t, entry + 2) != 5 || word(t, entry + 4) != 1)
		return 0;
	if (!t->is_big) /* eight bytes have no room in the entry: it says where they are */
		p = source_get(t->s, u32(t, p), 8);
	return p && u32(t, p + 4) ? (double)u32(t, p) / u32(t, p + 4) : 0;
}

static void take_entry(struct tiff *t, const uint8_t *entry)
{
	switch (u16(t, entry)) {
	case T_SUBFILE:
		t->subfile = integer(t, entry);
		break;
	case T_WIDTH:
		t->width = integer(t, entry);
		break;
	case T_HEIGHT:
		t->height = integer(t, entry);
		break;
	case T_ORIENTATION:
		t->orientation = integer(t, entry);
		break;
	case T_UNIT:
		t->unit = integer(t, entry);
		break;
	case T_SUB_DIRECTORIES:
		t->has_subs = true;
		break;
	case T_DNG:
		t->is_dng = true;
		break;
	case T_X_RESOLUTION:
		t->density = rational(t, entry);
		break;
	}
}

/* False where the directory is not there. */
static bool read_directory(struct tiff *t, int64_t pos)
{
	int64_t head = t->is_big ? 8 : 2, entry = t->is_big ? 20 : 12;
	const uint8_t *p = source_get(t->s, pos, (size_t)head);

	if (!p)
		return false;
	int64_t n = t->is_big ? u64(t, p) : (int64_t)u16(t, p);
	for (int64_t i = 0; i < n && i < ENTRIES_MOST; i++) {
		p = source_get(t->s, pos + head + i * entry, (size_t)entry);
		if (!p)
			return false;
		take_entry(t, p);
	}
	return true;
}

bool header_tiff(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 8);
	struct tiff t = {.s = s, .width = -1, .height = -1, .unit = 2};

	if (!p)
		return header_cut(s, "TIFF", err);
	t.is_big_endian = p[0] == 'M';
	t.is_big = u16(&t, p + 2) == 43;
	if (t.is_big && !(p = source_get(s, 0, 16)))
		return header_cut(s, "TIFF", err);
	if (t.is_big && (u16(&t, p + 4) != 8 || u16(&t, p + 6) != 0))
		return error_set(err, VTOK_E_INPUT, "damaged TIFF: places are not of 8 bytes");
	bool is_cr2 = !t.is_big && (p = source_get(s, 8, 2)) && p[0] == 'C' && p[1] == 'R';
	int64_t first = word(&t, source_get(s, 0, t.is_big ? 16 : 8) + (t.is_big ? 8 : 4));

	if (!read_directory(&t, first))
		return header_cut(s, "TIFF", err);
	if (is_cr2 || t.is_dng || (t.has_subs && t.subfile > 0 && (t.subfile & 1)))
		return error_set(err, VTOK_E_INPUT,
				 "a camera's raw file is not supported: convert it to PNG, JPEG or "
				 "WebP");
	if (t.width < 0 || t.height < 0)
		return error_set(err, VTOK_E_INPUT, "damaged TIFF: no size in its first directory");
	out->stored_w = t.width;
	out->stored_h = t.height;
	out->orientation = t.orientation >= 1 && t.orientation <= 8 ? (int)t.orientation : 1;
	out->dpi = header_dpi(t.unit == 2 ? t.density : t.unit == 3 ? t.density * 2.54 : 0);
	return true;
}
