/* "1920x1080\n", which nearly every line of a stream is, read eight bytes at a time: for the quick
 * lanes of count and scan. */
#ifndef VTOK_CLI_PLAIN_LINE_H
#define VTOK_CLI_PLAIN_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/base.h"

enum {
	PLAIN_DIGITS = 7, /* of a side: eight bytes are read at once, one of them ends the number */
	PLAIN_READS =
		2 * PLAIN_DIGITS + 2 + 8, /* bytes from the start of a line that may be read */
};

struct plain_line {
	int64_t width, height;
	unsigned width_len, len; /* bytes; len without the newline */
};

/* The bytes of a text as a number, the first byte lowest. */
static inline uint64_t plain_little_endian(uint64_t w)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(w);
#else
	return w;
#endif
}

/* The digits at p, up to seven, as bytes 0 to 9 at the top of *digits, zeros below, and how many
 * they are. False if there is none or the first is 0, which is no part of a number's text: such a
 * line is not copied but written anew, which is the careful lane's. Eight bytes are read. A digit
 * without 0x30 is 0 to 9; what is more has its top bit set or gets it from 0x76. */
static inline bool plain_digits(const char *p, uint64_t *digits, unsigned *n)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	w = plain_little_endian(w) ^ 0x3030303030303030;
	if ((uint8_t)(w - 1) >= 9)
		return false;
	uint64_t other = ((w + 0x7676767676767676) | w) & 0x8080808080808080;
	*n = (unsigned)__builtin_ctzll(other | UINT64_C(1) << 63) / 8;
	*digits = w << (64 - 8 * *n);
	return true;
}

/* Bytes are digits: neighbours are added up in pairs, then in fours, which are the two halves. */
static inline uint64_t plain_fours(uint64_t digits)
{
	digits = (digits * (10 * (1 << 8) + 1) >> 8) & 0x00ff00ff00ff00ff;
	return (digits * (100 * (1 << 16) + 1) >> 16) & 0x0000ffff0000ffff;
}

static inline int64_t plain_eight(uint64_t digits)
{
	return (int64_t)(plain_fours(digits) * (10000 * (INT64_C(1) << 32) + 1) >> 32);
}

/* True for a line that the lane takes. */
static inline bool plain_scan(const char *p, struct plain_line *out)
{
	uint64_t width, height;
	unsigned a, b;

	if (!plain_digits(p, &width, &a) || p[a] != 'x' || !plain_digits(p + a + 1, &height, &b) ||
	    p[a + 1 + b] != '\n')
		return false;
	out->width_len = a;
	out->len = a + 1 + b;
	if (USUAL((uint32_t)(width | height) == 0)) { /* up to four digits each: both at once */
		uint64_t both = plain_fours(width >> 32 | height);
		out->width = (int64_t)(uint32_t)both;
		out->height = (int64_t)(both >> 32);
	} else {
		out->width = plain_eight(width);
		out->height = plain_eight(height);
	}
	return true;
}

#endif
