#include "core/arith.h"

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

/* The integer quotient with at least 62 significant bits and a sticky last bit, so that
 * the one conversion to double rounds as the real quotient would. */
double arith_wide_quotient(int64_t a, int64_t b)
{
	if (a == 0)
		return 0;
	int shift = 0;
	wide n = (wide)a;
	while ((n >> 126) == 0) {
		n <<= 1;
		shift++;
	}
	wide q = n / (wide)b;
	if (q * (wide)b != n)
		q |= 1;
	return ldexp((double)q, -shift);
}
#else
/* Without 128-bit integers: exact on machines whose long double has 64 bits of mantissa,
 * but for double rounding. */
double arith_wide_quotient(int64_t a, int64_t b)
{
	return (double)((long double)a / (long double)b);
}
#endif

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
