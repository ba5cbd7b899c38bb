/* Sums that outgrow 64 bits: two words, on every machine alike. Never negative. */
#ifndef VTOK_BASE_WIDE_H
#define VTOK_BASE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

struct wide {
	uint64_t high, low;
};

enum { WIDE_TEXT = 40 }; /* 39 digits and a NUL */

static inline struct wide wide_of(uint64_t n)
{
	return (struct wide){.low = n};
}

/* The whole product. */
struct wide wide_product(uint64_t a, uint64_t b);

/* False, and *sum is left alone, where the result has more than 128 bits. */
bool wide_add(struct wide *sum, struct wide more);

/* a - b; b at most a. */
struct wide wide_less(struct wide a, struct wide b);

/* < 0, 0, > 0. */
int wide_compare(struct wide a, struct wide b);

/* The nearest that a double holds, give or take its last bit. */
double wide_number(struct wide a);

/* Decimal digits. Returns out. */
char *wide_text(char out[WIDE_TEXT], struct wide a);

/* One or more digits and nothing else, no zero before others, at most 128 bits; false leaves *out
 * alone. */
bool wide_parse(const char *text, struct wide *out);

#endif
