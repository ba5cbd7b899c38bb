/* Strings from outside: trimming, cleaning, strict number parsing that no locale changes. */
#ifndef VTOK_BASE_STR_H
#define VTOK_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/base.h"

/* Removes blanks at both ends, in place; returns the first byte that stays. */
char *str_trim(char *s);

/* Replaces what utf8_is_unseen, controls among them, and bytes that are not UTF-8 by '?', in place,
 * so that text from files can go to a terminal. */
void str_clean(char *s);

/* ASCII, whatever the locale. */
static inline bool str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Byte by byte: case matters. */
bool str_starts(const char *s, const char *prefix);

/* ASCII only, whatever the locale. */
int str_casecmp(const char *a, const char *b);
int str_ncasecmp(const char *a, const char *b, size_t n); /* of the first n bytes */
const char *str_casestr(const char *hay, const char *needle);

/* True if word is one of the words of a list with blanks between, ASCII case ignored. list may be
 * NULL. */
bool str_has_word(const char *list, const char *word);

/* The whole of s must be a decimal integer in [least, most], an optional sign first. False leaves
 * *out alone. */
bool str_int(const char *s, int64_t least, int64_t most, int64_t *out);

/* The whole of s must be a decimal number with '.' as point, an exponent allowed; not "inf", "nan"
 * or hexadecimal. False leaves *out alone. */
bool str_num(const char *s, double *out);

enum { STR_NUMBER = 40 };
/* A result for a file: whole numbers in full as far as a double holds them exactly (2^53), others
 * with at most 12 significant digits, so that files made on two architectures are equal though the
 * last bits of a logarithm are not. Never "-0". Returns out. */
char *str_number(char out[STR_NUMBER], double v);

/* The decimal digits of v. Returns out. */
char *str_decimal(char out[STR_NUMBER], int64_t v);

extern const char str_pairs[201]; /* "00" to "99" */

/* The same two at p, which has room for STR_NUMBER, without a NUL. Return the end. */
char *str_put_ratio(char *p, int64_t a, int64_t b);
char *str_put_decimal(char *p, int64_t v);

/* Reads an unsigned integer at *p and moves *p behind it; false on no digit or above most. No
 * allocation, no locale: the stream of `vtok count -` goes through it. */
static inline bool str_scan_uint(const char **p, int64_t most, int64_t *out)
{
	const char *s = *p;
	int64_t v = 0;

	if (!str_is_digit(*s))
		return false;
	for (; str_is_digit(*s); s++) {
		v = v * 10 + (*s - '0');
		if (v > most)
			return false;
	}
	*p = s;
	*out = v;
	return true;
}

/* snprintf for the layers that include no stdio: writes at most size bytes with the NUL, cuts what
 * is longer at a whole code point. Returns out. */
char *str_format(char *out, size_t size, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* The same behind the text that is there. */
char *str_append(char *out, size_t size, const char *fmt, ...) PRINTF_LIKE(3, 4);
char *str_vformat(char *out, size_t size, const char *fmt, va_list args) PRINTF_LIKE(3, 0);

/* "a, b or c" of the names that name_at(0), name_at(1), ... give up to the first NULL, cut at size
 * bytes. Returns out. */
char *str_any_of(char *out, size_t size, const char *(*name_at)(size_t i));

/* Puts n bytes of text at out[used] and a NUL behind them. What does not fit into size bytes is cut
 * at a whole code point, and nothing can follow. Returns the new length, size after a cut. */
size_t str_put(char *out, size_t size, size_t used, const char *text, size_t n);

/* Levenshtein distance of two names, at most 64 bytes of each looked at: "did you mean". */
size_t str_distance(const char *a, const char *b);

#endif
