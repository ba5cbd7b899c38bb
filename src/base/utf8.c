#include "base/utf8.h"

#include <string.h>

#include "base/base.h"

size_t utf8_decode(const char *s, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n;
	uint32_t v, least;

	*cp = UTF8_BAD;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		n = 2, v = p[0] & 0x1f, least = 0x80;
	} else if (p[0] >= 0xe0 && p[0] <= 0xef) {
		n = 3, v = p[0] & 0x0f, least = 0x800;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		n = 4, v = p[0] & 0x07, least = 0x10000;
	} else {
		return 1;
	}
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80) /* a NUL ends here too */
			return i;
		v = v << 6 | (p[i] & 0x3f);
	}
	if (v >= least && v <= 0x10ffff && !(v >= 0xd800 && v <= 0xdfff))
		*cp = v;
	return n;
}

size_t utf8_put(uint32_t cp, char out[4])
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		cp = 0xfffd;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

/* Blocks, not single characters, after UAX #11 and the general categories Mn,
 * Me, Cf of Unicode 15. */
/* clang-format off */
static const struct range {
	uint32_t first, last;
} zero_width[] = {
	{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},
	{0x064b, 0x065f}, {0x06d6, 0x06dc}, {0x0900, 0x0902}, {0x093c, 0x093c},
	{0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
	{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064}, {0x20d0, 0x20ff},
	{0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
}, double_width[] = {
	{0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},
	{0x2614, 0x2615},   {0x2648, 0x2653},   {0x26aa, 0x26ab},   {0x26bd, 0x26be},
	{0x2705, 0x2705},   {0x274c, 0x274c},   {0x2e80, 0x303e},   {0x3041, 0x33ff},
	{0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97c},
	{0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
	{0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
	{0x20000, 0x3fffd},
};
/* clang-format on */

static int in_ranges(uint32_t cp, const struct range *r, size_t n)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (cp > r[mid].last)
			low = mid + 1;
		else if (cp < r[mid].first)
			high = mid;
		else
			return 1;
	}
	return 0;
}

bool utf8_is_unseen(uint32_t cp)
{
	static const struct range unseen[] = {
		{0x00ad, 0x00ad},   /* soft hyphen */
		{0x061c, 0x061c},   /* Arabic letter mark */
		{0x180e, 0x180e},   /* Mongolian vowel separator */
		{0x200b, 0x200b},   /* zero width space */
		{0x200e, 0x200f},   /* marks of direction */
		{0x2028, 0x202e},   /* separators, embeddings and overrides of direction */
		{0x2060, 0x206f},   /* word joiner, invisible operators, isolates */
		{0xfeff, 0xfeff},   /* byte order mark */
		{0xfff9, 0xfffb},   /* interlinear annotation */
		{0xfffe, 0xffff},   /* no characters */
		{0xe0000, 0xe007f}, /* tags */
	};

	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return true;
	return cp >= 0xad && in_ranges(cp, unseen, ARRAY_SIZE(unseen));
}

int utf8_width(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return 0;
	if (cp < 0x300 || (cp >= 0x2500 && cp < 0x25fd) || (cp >= 0x2800 && cp < 0x2900))
		return 1; /* lines, blocks and dots are most of what a screen has beside ASCII */
	if (in_ranges(cp, zero_width, ARRAY_SIZE(zero_width)))
		return 0;
	return in_ranges(cp, double_width, ARRAY_SIZE(double_width)) ? 2 : 1;
}

size_t utf8_columns(const char *s)
{
	size_t columns = 0;

	while (*s) {
		uint32_t cp;

		if (*s >= 0x20 && *s < 0x7f) { /* most of it */
			columns++;
			s++;
			continue;
		}
		s += utf8_decode(s, &cp);
		columns += cp == UTF8_BAD ? 1 : (size_t)utf8_width(cp);
	}
	return columns;
}

size_t utf8_cut(const char *s, size_t columns)
{
	const char *p = s;

	while (*p) {
		uint32_t cp;
		size_t n = utf8_decode(p, &cp);
		size_t w = cp == UTF8_BAD ? 1 : (size_t)utf8_width(cp);
		if (w > columns)
			break;
		columns -= w;
		p += n;
	}
	return (size_t)(p - s);
}

size_t utf8_mark(const char *s, size_t n)
{
	return n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}
