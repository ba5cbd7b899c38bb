/* The arithmetic of the real processors. They are written in Python, whose numbers are
 * IEEE doubles and integers without bounds: counts hang on half-to-even rounding, on
 * floors of true quotients and on exact comparisons. These helpers say on purpose what
 * Python says. */
#ifndef VTOK_CORE_ARITH_H
#define VTOK_CORE_ARITH_H

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* Every operation is rounded to 64 bits by itself; configure asks 32-bit x86 for that. */
static_assert(FLT_EVAL_METHOD == 0, "doubles that are wider on their way give other counts");

/* A fused multiply-add rounds once where Python rounds twice. configure switches it off
 * for all of the program; this is for who compiles the file alone. GCC, which knows no such
 * pragma, fuses nothing in ISO mode. */
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* Largest integer up to which every integer is a double. */
enum { ARITH_EXACT_BITS = 53 };

/* int_quotient() of numbers that are no doubles: ask that one. */
double arith_wide_quotient(int64_t a, int64_t b);

/* Python's a / b of integers, a >= 0 and b > 0: the quotient rounded once, also where a
 * or b is no double. */
static inline double int_quotient(int64_t a, int64_t b)
{
	if (((a | b) >> ARITH_EXACT_BITS) == 0)
		return (double)a / (double)b;
	return arith_wide_quotient(a, b);
}

/* Python's round(x): halves go to the even neighbour. |x| < 2^63. */
static inline int64_t round_even(double x)
{
	return llrint(x); /* the rounding mode is never changed */
}

/* floor() and ceil() without a call, which older processors need for them. |x| < 2^63. */
static inline int64_t floor_int(double x)
{
	int64_t whole = (int64_t)x;

	return whole - (x < (double)whole);
}

static inline int64_t ceil_int(double x)
{
	int64_t whole = (int64_t)x;

	return whole + (x > (double)whole);
}

/* Python's a // b of positive floats: the floor of the real quotient, which a / b rounded
 * may miss. */
double float_floordiv(double a, double b);

/* Python's int(round(x, 7)), x >= 0. */
int64_t trunc_round7(double x);

static inline int64_t ceil_div(int64_t a, int64_t b)
{
	return (a + b - 1) / b;
}

static inline int64_t min_i64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t max_i64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Sums and products of tokens that would outgrow 64 bits stop here: more than any limit, and room
 * for a request's text above. a and b at least 0. */
#define TOKEN_SUM_MOST (INT64_MAX / 4)

static inline int64_t tokens_product(int64_t a, int64_t b)
{
	return b > 0 && a > TOKEN_SUM_MOST / b ? TOKEN_SUM_MOST : a * b;
}

static inline int64_t tokens_sum(int64_t a, int64_t b)
{
	return a > TOKEN_SUM_MOST - b ? TOKEN_SUM_MOST : a + b;
}

static inline double min_num(double a, double b)
{
	return a < b ? a : b;
}

static inline double max_num(double a, double b)
{
	return a > b ? a : b;
}

/* Two sides, in pixels, patches or tokens as the name of the variable says. */
struct extent {
	int64_t w, h;
};

#endif
