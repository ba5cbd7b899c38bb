/* Codes are canonical: those of one length are consecutive numbers, so that a code is found by
 * counting, one bit after the other. That is slow beside tables, and headers are short. */
#include "image/inflate.h"

#include <stdbool.h>
#include <string.h>

#include "base/base.h"

enum {
	BITS_MAX = 15, /* of a code */
	LITERALS = 288,
	DISTANCES = 30,
	LENGTHS = 19, /* codes that describe the other two */
	END_OF_BLOCK = 256,
};

struct stream {
	struct source *s;
	int64_t pos, end;
	uint32_t held; /* bits that were read and not used, lowest first */
	int held_n;
	bool is_bad; /* ended or wrong: nothing more comes */
	uint8_t *out;
	size_t made, most;
};

struct codes {
	uint16_t count[BITS_MAX + 1]; /* of each length */
	uint16_t symbol[LITERALS];    /* in the order of their codes */
};

/* n bits, 16 at most. */
static unsigned bits(struct stream *z, int n)
{
	while (z->held_n < n) {
		const uint8_t *p = z->pos < z->end ? source_get(z->s, z->pos, 1) : NULL;

		if (!p) {
			z->is_bad = true;
			return 0;
		}
		z->held |= (uint32_t)*p << z->held_n;
		z->held_n += 8;
		z->pos++;
	}
	unsigned value = z->held & ((1U << n) - 1);

	z->held >>= n;
	z->held_n -= n;
	return value;
}

static void put(struct stream *z, uint8_t byte)
{
	if (z->made < z->most)
		z->out[z->made++] = byte;
	else
		z->is_bad = true;
}

/* False where more codes are claimed than there are of a length. */
static bool make_codes(struct codes *c, const uint8_t *lengths, int n)
{
	uint16_t at[BITS_MAX + 1];
	int left = 1;

	memset(c->count, 0, sizeof(c->count));
	for (int i = 0; i < n; i++)
		c->count[lengths[i]]++;
	c->count[0] = 0;
	at[1] = 0;
	for (int len = 1; len <= BITS_MAX; len++) {
		left = 2 * left - c->count[len];
		if (left < 0)
			return false;
		if (len < BITS_MAX)
			at[len + 1] = (uint16_t)(at[len] + c->count[len]);
	}
	for (int i = 0; i < n; i++)
		if (lengths[i])
			c->symbol[at[lengths[i]]++] = (uint16_t)i;
	return true;
}

static unsigned decode(struct stream *z, const struct codes *c)
{
	int code = 0, first = 0, index = 0;

	for (int len = 1; len <= BITS_MAX && !z->is_bad; len++) {
		code |= (int)bits(z, 1);
		int count = c->count[len];
		if (code - first < count)
			return c->symbol[index + code - first];
		index += count;
		first = (first + count) << 1;
		code <<= 1;
	}
	z->is_bad = true;
	return END_OF_BLOCK;
}

/* RFC 1951, 3.2.5. */
static void copy(struct stream *z, unsigned symbol, const struct codes *distances)
{
	static const uint16_t length[] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
					  15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
					  67, 83, 99, 115, 131, 163, 195, 227, 258};
	static const uint8_t length_more[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
					      2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
	static const uint16_t back[DISTANCES] = {1,    2,    3,    4,     5,     7,    9,    13,
						 17,   25,   33,   49,    65,    97,   129,  193,
						 257,  385,  513,  769,   1025,  1537, 2049, 3073,
						 4097, 6145, 8193, 12289, 16385, 24577};

	symbol -= END_OF_BLOCK + 1;
	if (symbol >= ARRAY_SIZE(length)) {
		z->is_bad = true;
		return;
	}
	size_t n = length[symbol] + bits(z, length_more[symbol]);
	unsigned d = decode(z, distances);
	if (z->is_bad || d >= DISTANCES) {
		z->is_bad = true;
		return;
	}
	size_t distance = back[d] + bits(z, d < 2 ? 0 : (int)d / 2 - 1);
	if (distance > z->made)
		z->is_bad = true;
	while (n-- > 0 && !z->is_bad)
		put(z, z->out[z->made - distance]);
}

static void packed(struct stream *z, const struct codes *literals, const struct codes *distances)
{
	while (!z->is_bad) {
		unsigned symbol = decode(z, literals);

		if (z->is_bad || symbol == END_OF_BLOCK)
			return;
		if (symbol < END_OF_BLOCK)
			put(z, (uint8_t)symbol);
		else
			copy(z, symbol, distances);
	}
}

static void stored(struct stream *z)
{
	z->held = 0;
	z->held_n = 0;
	unsigned n = bits(z, 16), inverse = bits(z, 16);
	if (n != (~inverse & 0xffff))
		z->is_bad = true;
	while (n-- > 0 && !z->is_bad) {
		unsigned byte = bits(z, 8);

		if (!z->is_bad)
			put(z, (uint8_t)byte);
	}
}

static void fixed(struct stream *z)
{
	uint8_t lengths[LITERALS];
	struct codes literals, distances;

	for (int i = 0; i < LITERALS; i++)
		lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	make_codes(&literals, lengths, LITERALS);
	memset(lengths, 5, DISTANCES);
	make_codes(&distances, lengths, DISTANCES);
	packed(z, &literals, &distances);
}

/* Reads n lengths, which are coded by c: 16 repeats the one before, 17 and 18 repeat none. */
static bool read_lengths(struct stream *z, const struct codes *c, uint8_t *lengths, int n)
{
	for (int i = 0; i < n;) {
		unsigned symbol = decode(z, c);
		if (z->is_bad || (symbol == 16 && i == 0))
			return false;
		int times = symbol < 16    ? 1
			    : symbol == 16 ? 3 + (int)bits(z, 2)
			    : symbol == 17 ? 3 + (int)bits(z, 3)
					   : 11 + (int)bits(z, 7);
		if (times > n - i)
			return false;
		memset(lengths + i,
		       symbol < 16    ? (int)symbol
		       : symbol == 16 ? lengths[i - 1]
				      : 0,
		       (size_t)times);
		i += times;
	}
	return true;
}

static void dynamic(struct stream *z)
{
	static const uint8_t order[LENGTHS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
					       11, 4,  12, 3, 13, 2, 14, 1, 15};
	int literals_n = 257 + (int)bits(z, 5), distances_n = 1 + (int)bits(z, 5);
	int lengths_n = 4 + (int)bits(z, 4);
	uint8_t lengths[LITERALS + DISTANCES + 4] = {0};
	struct codes c, literals, distances;

	if (z->is_bad || literals_n > 286 || distances_n > DISTANCES) {
		z->is_bad = true;
		return;
	}
	for (int i = 0; i < lengths_n; i++)
		lengths[order[i]] = (uint8_t)bits(z, 3);
	if (z->is_bad || !make_codes(&c, lengths, LENGTHS) ||
	    !read_lengths(z, &c, lengths, literals_n + distances_n) ||
	    !make_codes(&literals, lengths, literals_n) ||
	    !make_codes(&distances, lengths + literals_n, distances_n)) {
		z->is_bad = true;
		return;
	}
	packed(z, &literals, &distances);
}

size_t inflate_head(struct source *s, int64_t pos, int64_t len, uint8_t *out, size_t most)
{
	struct stream z = {.s = s, .pos = pos, .end = pos + len, .out = out, .most = most};
	bool is_last = false;

	while (!is_last && !z.is_bad && z.made < most) {
		is_last = bits(&z, 1);
		switch (bits(&z, 2)) {
		case 0:
			stored(&z);
			break;
		case 1:
			fixed(&z);
			break;
		case 2:
			dynamic(&z);
			break;
		default:
			z.is_bad = true;
			break;
		}
	}
	return z.made;
}

size_t inflate_zlib_head(struct source *s, int64_t pos, int64_t len, uint8_t *out, size_t most)
{
	const uint8_t *p = len < 2 ? NULL : source_get(s, pos, 2);
	bool is_zlib = p && (p[0] & 0x0f) == 8 && be16(p) % 31 == 0 && !(p[1] & 0x20);

	return is_zlib ? inflate_head(s, pos + 2, len - 2, out, most) : 0;
}
