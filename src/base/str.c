#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

static int lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

char *str_trim(char *s)
{
	while (is_blank(*s))
		s++;
	size_t n = strlen(s);
	while (n && is_blank(s[n - 1]))
		n--;
	s[n] = '\0';
	return s;
}

void str_clean(char *s)
{
	while (*s) {
		uint32_t cp;
		size_t n = utf8_decode(s, &cp);
		if (cp == UTF8_BAD || utf8_is_unseen(cp)) {
			*s = '?';
			if (n > 1)
				memmove(s + 1, s + n, strlen(s + n) + 1);
			n = 1;
		}
		s += n;
	}
}

bool str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

int str_casecmp(const char *a, const char *b)
{
	while (*a && lower((unsigned char)*a) == lower((unsigned char)*b)) {
		a++;
		b++;
	}
	return lower((unsigned char)*a) - lower((unsigned char)*b);
}

int str_ncasecmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; a++, b++, n--) {
		int d = lower((unsigned char)*a) - lower((unsigned char)*b);
		if (d != 0 || !*a)
			return d;
	}
	return 0;
}

const char *str_casestr(const char *hay, const char *needle)
{
	for (;; hay++) {
		size_t i = 0;
		while (needle[i] && lower((unsigned char)hay[i]) == lower((unsigned char)needle[i]))
			i++;
		if (!needle[i])
			return hay;
		if (!*hay)
			return NULL;
	}
}

bool str_has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; p && len > 0; p = strchr(p, ' ')) {
		while (*p == ' ')
			p++;
		if (lower((unsigned char)*p) == lower((unsigned char)*word) &&
		    str_ncasecmp(p, word, len) == 0 && (p[len] == ' ' || !p[len]))
			return true;
	}
	return false;
}

bool str_int(const char *s, int64_t least, int64_t most, int64_t *out)
{
	bool negative = *s == '-';
	int64_t v = 0;

	if (*s == '-' || *s == '+')
		s++;
	if (!str_is_digit(*s))
		return false;
	for (; str_is_digit(*s); s++) {
		if (v > (INT64_MAX - (*s - '0')) / 10)
			return false;
		v = v * 10 + (*s - '0');
	}
	if (negative)
		v = -v;
	if (*s || v < least || v > most)
		return false;
	*out = v;
	return true;
}

/* Correct to the last bit for up to 15 digits and small exponents (both factors exact in a double),
 * which every value in an INI file is; strtod would read a decimal comma in some locales. */
bool str_num(const char *s, double *out)
{
	static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
				      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
				      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	bool negative = *s == '-';
	uint64_t digits = 0;
	int scale = 0;
	bool any = false;

	if (*s == '-' || *s == '+')
		s++;
	for (bool point = false; str_is_digit(*s) || (*s == '.' && !point); s++) {
		if (*s == '.') {
			point = true;
			continue;
		}
		any = true;
		if (digits < UINT64_C(100000000000000000))
			digits = digits * 10 + (uint64_t)(*s - '0');
		else
			scale++; /* beyond 18 digits: dropped */
		scale -= point;
	}
	if (!any)
		return false;
	if (*s == 'e' || *s == 'E') {
		int64_t exponent;
		if (!str_int(s + 1, -300, 300, &exponent))
			return false;
		scale += (int)exponent;
	} else if (*s) {
		return false;
	}
	double v = (double)digits;
	if (scale > 308 || scale < -330)
		return false;
	for (; scale > 22; scale -= 22)
		v *= tens[22];
	for (; scale < -22; scale += 22)
		v /= tens[22];
	v = scale >= 0 ? v * tens[scale] : v / tens[-scale];
	if (!(v <= 1.7976931348623157e308))
		return false;
	*out = negative ? -v : v;
	return true;
}

/* Removes the code point that a cut at the end of s left incomplete. */
static void drop_cut(char *s, size_t len)
{
	for (size_t back = 1; back <= 3 && back <= len; back++) {
		unsigned char c = (unsigned char)s[len - back];
		if (c < 0x80)
			return;
		if (c >= 0xc0) { /* the first byte: says how many there should be */
			size_t need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
			if (need > back)
				s[len - back] = '\0';
			return;
		}
	}
}

char *str_vformat(char *out, size_t size, const char *fmt, va_list args)
{
	if (!size)
		return out;
	int n = vsnprintf(out, size, fmt, args);
	if (n < 0)
		out[0] = '\0';
	else if ((size_t)n >= size)
		drop_cut(out, size - 1);
	return out;
}

size_t str_put(char *out, size_t size, size_t used, const char *text, size_t n)
{
	if (used >= size)
		return size;
	bool fits = n < size - used;
	size_t part = fits ? n : size - used - 1;

	memcpy(out + used, text, part);
	used += part;
	out[used] = '\0';
	if (fits)
		return used;
	drop_cut(out, used);
	return size;
}

char *str_append(char *out, size_t size, const char *fmt, ...)
{
	size_t len = strnlen(out, size);
	va_list args;

	va_start(args, fmt);
	if (len < size)
		str_vformat(out + len, size - len, fmt, args);
	va_end(args);
	return out;
}

char *str_number(char out[STR_NUMBER], double v)
{
	if (fabs(v) < 9007199254740992. && v == (double)(int64_t)v)
		return str_format(out, STR_NUMBER, "%lld", (long long)v);
	str_format(out, STR_NUMBER, "%.12g", v);
	for (char *s = out; *s; s++)
		if (*s == ',') /* some locales' point */
			*s = '.';
	return out;
}

const char str_pairs[201] = "00010203040506070809101112131415161718192021222324"
			    "25262728293031323334353637383940414243444546474849"
			    "50515253545556575859606162636465666768697071727374"
			    "75767778798081828384858687888990919293949596979899";

static size_t digits_of(uint64_t v)
{
	size_t n = 1;

	for (; v >= 10000; v /= 10000)
		n += 4;
	return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

/* The last n digits of v, zeros before them where it has fewer; in place and two at a time, since
 * the divisions are what writing an integer costs. Returns their end; no NUL. */
static char *put_digits(char *p, uint64_t v, size_t n)
{
	char *end = p + n;

	for (; n >= 2; n -= 2, v /= 100)
		memcpy(p + n - 2, str_pairs + v % 100 * 2, 2);
	if (n)
		*p = (char)('0' + v % 10);
	return end;
}

char *str_put_decimal(char *p, int64_t v)
{
	uint64_t size = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	if (v < 0)
		*p++ = '-';
	return put_digits(p, size, digits_of(size));
}

char *str_decimal(char out[STR_NUMBER], int64_t v)
{
	*str_put_decimal(out, v) = '\0';
	return out;
}

/* a / b in units of the tenth digit is q + r / b. printf rounds the double that is nearest to a /
 * b, which is off by one part in 2^53 at most. Where r / b is not one half, it is away from one
 * half by 1 / (2 b) of a unit at least, and a unit is more than one part in 10^10: with b up to
 * RATIO_EXACT that is more than the double is off, so that both round to the same side. On one half
 * the double decides, and printf is asked. */
enum { RATIO_EXACT = 400000, RATIO_MOST = 1000000000, RATIO_DIGITS = 10 };

char *str_put_ratio(char *p, int64_t a, int64_t b)
{
	int64_t unit = 1000000000; /* of the tenth digit, in 1 */
	size_t whole = 1;          /* digits */

	if (b == 1 && a <= RATIO_MOST)
		return str_put_decimal(p, a);
	bool is_exact = a <= RATIO_MOST && b <= RATIO_EXACT && a >= b;
	for (int64_t most = 10 * b; is_exact && a >= most; most *= 10, unit /= 10)
		whole++;
	int64_t q = is_exact ? a * unit / b : 0, rest = is_exact ? a * unit - q * b : 0;
	if (!is_exact || 2 * rest == b) {
		str_format(p, STR_NUMBER, "%.10g", (double)a / (double)b);
		return p + strlen(p);
	}
	char *end = put_digits(p + 1, (uint64_t)(q + (2 * rest > b)), RATIO_DIGITS);
	memmove(p, p + 1, whole);
	p[whole] = '.';
	while (end[-1] == '0')
		end--;
	return end[-1] == '.' ? end - 1 : end;
}

char *str_format(char *out, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	str_vformat(out, size, fmt, args);
	va_end(args);
	return out;
}

char *str_any_of(char *out, size_t size, const char *(*name_at)(size_t i))
{
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; name_at(i) && len < size; i++) {
		const char *before = i == 0 ? "" : name_at(i + 1) ? ", " : " or ";

		str_format(out + len, size - len, "%s%s", before, name_at(i));
		len += strlen(out + len);
	}
	return out;
}

/* A fuzzer that follows each of its comparisons, of a name with all names of the registry, gets to
 * nothing else. */
#if defined(__clang__) && __clang_major__ >= 13
__attribute__((no_sanitize("coverage")))
#endif
size_t
str_distance(const char *a, const char *b)
{
	enum { MOST = 64 };
	size_t row[MOST + 1];
	size_t na = strnlen(a, MOST), nb = strnlen(b, MOST);

	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t up = row[j];
			size_t best = diagonal + (lower((unsigned char)a[i - 1]) !=
						  lower((unsigned char)b[j - 1]));
			if (up + 1 < best)
				best = up + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
			diagonal = up;
		}
	}
	return row[nb];
}
