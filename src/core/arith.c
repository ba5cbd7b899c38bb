#include "core/arith.h"

enum { QUOTIENT_BITS = 62 };

/* How many times n > 0 can be doubled within 64 bits. */
static int doublings(uint64_t n)
{
	int many = 0;

	for (; n >> 63 == 0; n <<= 1)
		many++;
	return many;
}

/* Division on paper, in words that every machine has: the integer quotient with at least
 * 62 significant bits and a sticky last bit, so that the one conversion to double rounds as
 * the real quotient would. It is below 2^63, where that conversion is one instruction. */
double arith_wide_quotient(int64_t a, int64_t b)
{
	if (a == 0)
		return 0;
	int up = doublings((uint64_t)a), down = doublings((uint64_t)b);
	uint64_t rest = (uint64_t)a << up, part = (uint64_t)b << down;
	int64_t q = 0;
	bool carries = false; /* the bit of rest above the 64 */

	for (int i = 0; i <= QUOTIENT_BITS; i++) {
		bool is_in = carries || rest >= part;

		q = q << 1 | is_in;
		rest -= is_in ? part : 0;
		carries = rest >> 63 != 0;
		rest <<= 1;
	}
	if (rest != 0 || carries)
		q |= 1;
	return ldexp((double)q, down - up - QUOTIENT_BITS);
}

/* As CPython's float_floor_div: from the exact remainder, then snapped to the nearest
 * integer. */
double float_floordiv(double a, double b)
{
	double quotient = (a - fmod(a, b)) / b;
	double whole = floor(quotient);

	return quotient - whole > 0.5 ? whole + 1 : whole;
}

/* Rounding to 7 decimals changes the whole part only within half a unit of that place
 * below the next integer. The difference is exact, and no double with a whole part lies
 * exactly on the border. */
int64_t trunc_round7(double x)
{
	double whole = floor(x);

	return (int64_t)whole + (whole + 1 - x < 5e-8);
}
