/* JPEG XL (ISO/IEC 18181): a stream of bits that begins ff 0a, bare or in boxes (part 2: jxlc holds
 * all of it, jxlp a part behind four bytes of a number). Size and orientation are in its first
 * twenty bytes. A decoder turns the picture itself, so that the size given here is the upright one
 * and the orientation 1. */
#include "image/box.h"
#include "image/header.h"

enum { BOXES_MOST = 1024, PART_NUMBER = 4, HEADER_BITS = 8 * 24 };

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
	struct boxes f = {s, BOXES_MOST, false};
	struct box b;
	int64_t pos = 0;

	if (p && be16(p) == 0xff0a)
		return codestream(s, 0, INT64_MAX, out, err);
	int64_t end = source_length(s);
	for (; box_at(&f, pos, end, &b); pos = b.end) {
		if (box_is(&b, "jxlc"))
			return codestream(s, b.pos, b.end, out, err);
		if (box_is(&b, "jxlp"))
			return codestream(s, b.pos + PART_NUMBER, b.end, out, err);
	}
	return f.is_cut || s->error || end - pos < 8
		       ? header_cut(s, "JPEG XL", err)
		       : error_set(err, VTOK_E_INPUT, "damaged JPEG XL: no picture in its boxes");
}
