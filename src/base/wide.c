#include "base/wide.h"

#include <string.h>

struct wide wide_product(uint64_t a, uint64_t b)
{
	uint64_t a1 = a >> 32, a0 = (uint32_t)a, b1 = b >> 32, b0 = (uint32_t)b;
	uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;

	return (struct wide){.high = a1 * b1 + (middle >> 32) + (other >> 32),
			     .low = other << 32 | (uint32_t)low};
}

bool wide_add(struct wide *sum, struct wide more)
{
	uint64_t low = sum->low + more.low, high = sum->high + more.high;
	bool is_over = high < more.high, carry = low < more.low;

	if (is_over || (carry && high == UINT64_MAX))
		return false;
	*sum = (struct wide){.high = high + carry, .low = low};
	return true;
}

struct wide wide_less(struct wide a, struct wide b)
{
	return (struct wide){.high = a.high - b.high - (a.low < b.low), .low = a.low - b.low};
}

int wide_compare(struct wide a, struct wide b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return (a.low > b.low) - (a.low < b.low);
}

double wide_number(struct wide a)
{
	return (double)a.high * 18446744073709551616.0 + (double)a.low;
}

/* Divides *a by ten and returns the rest: the four halves of the words one after the other. */
static unsigned tenth(struct wide *a)
{
	uint64_t words[] = {a->high, a->low}, rest = 0;

	for (int i = 0; i < 2; i++) {
		uint64_t upper = rest << 32 | words[i] >> 32;
		uint64_t lower = upper % 10 << 32 | (uint32_t)words[i];
		words[i] = (upper / 10) << 32 | lower / 10;
		rest = lower % 10;
	}
	*a = (struct wide){.high = words[0], .low = words[1]};
	return (unsigned)rest;
}

char *wide_text(char out[WIDE_TEXT], struct wide a)
{
	char *p = out + WIDE_TEXT;

	*--p = '\0';
	do
		*--p = (char)('0' + tenth(&a));
	while (a.high || a.low);
	return memmove(out, p, (size_t)(out + WIDE_TEXT - p));
}

/* Ten times a and a digit. */
static bool append(struct wide *a, unsigned digit)
{
	struct wide low = wide_product(a->low, 10), high = wide_product(a->high, 10);
	struct wide sum = {.high = high.low};

	if (high.high || !wide_add(&sum, low) || !wide_add(&sum, wide_of(digit)))
		return false;
	*a = sum;
	return true;
}

bool wide_parse(const char *text, struct wide *out)
{
	struct wide a = {0};

	if (!*text || (*text == '0' && text[1]))
		return false;
	for (; *text; text++)
		if (*text < '0' || *text > '9' || !append(&a, (unsigned)(*text - '0')))
			return false;
	*out = a;
	return true;
}
