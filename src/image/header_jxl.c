/* JPEG XL (ISO/IEC 18181): a stream of bits that begins ff 0a, bare or in boxes (part 2: jxlc holds
 * all of it, jxlp a part behind four bytes of a number). Size and orientation are in its first
 * twenty bytes. A decoder turns the picture itself, so that the size given here is the upright one
 * and the orientation 1. */
#include "image/header.h"

#include <string.h>

enum { BOXES_MOST = 1024, HEADER_BITS = 8 * 24 };

struct bits {
	const uint8_t *p;
	int at, n; /* bits */
	bool is_short;
};

/* n bits, lowest first. */
static uint32_t take(struct bits *b, int n)
{
	uint32_t value = 0;

	if (n > b->n - b->at) {
		b->is_short = true;
		return 0;
	}
	for (int i = 0; i < n; i++, b->at++)
		value |= (uint32_t)(b->p[b->at / 8] >> b->at % 8 & 1) << i;
	return value;
}

static int64_t side(struct bits *b, bool by_eights)
{
	static const int lengths[] = {9, 13, 18, 30};

	if (by_eights)
		return 8 * (1 + (int64_t)take(b, 5));
	return 1 + (int64_t)take(b, lengths[take(b, 2)]);
}

/* SizeHeader: the height, then a ratio or the width. */
static void size(struct bits *b, int64_t *w, int64_t *h)
{
	static const int ratio[][2] = {{1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};
	bool by_eights = take(b, 1);

	*h = side(b, by_eights);
	uint32_t r = take(b, 3);
	*w = r ? *h * ratio[r - 1][0] / ratio[r - 1][1] : side(b, by_eights);
}

/* ImageMetadata begins: all as usual, or whether there are further fields, of which the first is
 * the orientation. */
static int orientation(struct bits *b)
{
	if (take(b, 1) || !take(b, 1))
		return 1;
	return 1 + (int)take(b, 3);
}

static bool codestream(struct source *s, int64_t pos, int64_t end, struct image_info *out,
		       struct vtok_error *err)
{
	int64_t len = source_length(s) - pos;
	int64_t n = end - pos < HEADER_BITS / 8 ? end - pos : HEADER_BITS / 8;
	const uint8_t *p = n < 4 ? NULL : source_get(s, pos, (size_t)(n < len ? n : len));

	if (!p || len < 4)
		return header_cut(s, "JPEG XL", err);
	if (be16(p) != 0xff0a)
		return error_set(err, VTOK_E_INPUT, "damaged JPEG XL: no picture in its boxes");
	struct bits b = {.p = p + 2, .n = 8 * (int)((n < len ? n : len) - 2)};
	int64_t w, h;
	size(&b, &w, &h);
	int turn = orientation(&b);
	if (b.is_short)
		return header_cut(s, "JPEG XL", err);
	out->stored_w = turn >= 5 ? h : w;
	out->stored_h = turn >= 5 ? w : h;
	return true;
}

bool header_jxl(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const uint8_t *p = source_get(s, 0, 2);
	int64_t pos = 0;

	if (p && be16(p) == 0xff0a)
		return codestream(s, 0, INT64_MAX, out, err);
	for (int i = 0; i < BOXES_MOST && (p = source_get(s, pos, 8)); i++) {
		int64_t len = be32(p), head = 8;
		bool is_part = memcmp(p + 4, "jxlp", 4) == 0;
		bool is_all = memcmp(p + 4, "jxlc", 4) == 0;

		if (len == 1) {
			if (!(p = source_get(s, pos + 8, 8)))
				break;
			uint64_t large = (uint64_t)be32(p) << 32 | be32(p + 4);
			len = large > INT64_MAX / 2 ? INT64_MAX / 2 : (int64_t)large;
			head = 16;
		}
		int64_t end = len == 0 ? INT64_MAX : pos + len;
		pos += head + (is_part ? 4 : 0);
		if (is_all || is_part)
			return codestream(s, pos, end, out, err);
		if (end < pos || end == INT64_MAX)
			return error_set(err, VTOK_E_INPUT,
					 "damaged JPEG XL: no picture in its boxes");
		pos = end;
	}
	return header_cut(s, "JPEG XL", err);
}
