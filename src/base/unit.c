#include "base/unit.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"

/* printf("%.*f") writes a decimal comma in some locales; results must not. */
static void point(char *s)
{
	for (; *s; s++)
		if (*s == ',')
			*s = '.';
}

/* Three significant digits: 9.99, 99.9, 999. */
static char *three(char out[UNIT_TEXT], double v, const char *suffix)
{
	int digits = fabs(v) < 9.995 ? 2 : fabs(v) < 99.95 ? 1 : 0;

	snprintf(out, UNIT_TEXT, "%.*f", digits, v);
	point(out);
	strncat(out, suffix, UNIT_TEXT - strlen(out) - 1);
	return out;
}

char *unit_grouped(char out[UNIT_TEXT], int64_t n)
{
	char plain[UNIT_TEXT];
	uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t o = 0,
	       len = (size_t)snprintf(plain, sizeof(plain), "%llu", (unsigned long long)magnitude);

	if (n < 0)
		out[o++] = '-';
	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			out[o++] = ',';
		out[o++] = plain[i];
	}
	out[o] = '\0';
	return out;
}

char *unit_count(char out[UNIT_TEXT], double n)
{
	if (!isfinite(n))
		return memcpy(out, "?", 2);
	if (fabs(n) < 999999.5)
		return unit_grouped(out, (int64_t)nearbyint(n));
	static const char *const suffix[] = {" M", " G", " T", " P", " E"};
	double v = n / 1e6;
	size_t i = 0;
	while (fabs(v) >= 999.5 && i + 1 < ARRAY_SIZE(suffix)) {
		v /= 1000;
		i++;
	}
	return three(out, v, suffix[i]);
}

char *unit_bytes(char out[UNIT_TEXT], double bytes)
{
	static const char *const suffix[] = {" B", " KiB", " MiB", " GiB", " TiB", " PiB"};
	size_t i = 0;

	if (!isfinite(bytes))
		return memcpy(out, "?", 2);
	while (fabs(bytes) >= 1023.5 && i + 1 < ARRAY_SIZE(suffix)) {
		bytes /= 1024;
		i++;
	}
	if (i == 0) {
		snprintf(out, UNIT_TEXT, "%.0f B", bytes);
		return out;
	}
	return three(out, bytes, suffix[i]);
}

char *unit_time(char out[UNIT_TEXT], double seconds)
{
	if (!isfinite(seconds))
		return memcpy(out, "?", 2);
	if (fabs(seconds) < 0.9995e-3)
		return three(out, seconds * 1e6, " us");
	if (fabs(seconds) < 0.9995)
		return three(out, seconds * 1e3, " ms");
	if (fabs(seconds) < 9999.5 || fabs(seconds) >= 1e15)
		return three(out, seconds, " s");
	unit_grouped(out, (int64_t)nearbyint(seconds));
	return strcat(out, " s");
}

char *unit_percent(char out[UNIT_TEXT], double share)
{
	if (!isfinite(share))
		return memcpy(out, "?", 2);
	double percent = share * 100;
	bool is_small = percent > 0 && percent < 0.005;

	/* 100 % is all of it and 0 % nothing: what is nearly so is rounded the other way */
	if (percent < 100 && percent >= 99.95)
		percent = 99.9;
	if (percent > 100 && percent < 100.05)
		percent = 100.1;
	if (is_small)
		percent = 0.01;
	if (percent >= 9999.5 && percent < 1e15) {
		unit_grouped(out, (int64_t)(percent + 0.5));
		return strcat(out, " %");
	}
	snprintf(out, UNIT_TEXT, "%s%.*f %%", is_small ? "< " : "",
		 fabs(percent) >= 999.5                   ? 0
		 : fabs(percent) >= 0.995 || percent == 0 ? 1
							  : 2,
		 percent);
	point(out);
	return out;
}

char *unit_rate(char out[UNIT_TEXT], double flop)
{
	static const char *const suffix[] = {"", " k", " M", " G", " T", " P", " E"};
	size_t i = 0;

	if (!isfinite(flop))
		return memcpy(out, "?", 2);
	while (fabs(flop) >= 999.5 && i + 1 < ARRAY_SIZE(suffix)) {
		flop /= 1000;
		i++;
	}
	return three(out, flop, suffix[i]);
}

char *unit_factor(char out[UNIT_TEXT], double factor)
{
	char number[UNIT_TEXT];

	if (!isfinite(factor))
		return memcpy(out, "?", 2);
	snprintf(out, UNIT_TEXT, "\xc3\x97%s", three(number, factor, ""));
	return out;
}

/* ------------------------------------------------------------ by unit */

static char *text_grouped(char out[UNIT_TEXT], double v)
{
	if (!isfinite(v))
		return memcpy(out, "?", 2);
	return fabs(v) < 1e18 ? unit_grouped(out, (int64_t)nearbyint(v)) : unit_count(out, v);
}

static char *text_flop(char out[UNIT_TEXT], double v)
{
	unit_rate(out, v);
	strncat(out, "FLOP", UNIT_TEXT - strlen(out) - 1);
	return out;
}

static char *text_usd(char out[UNIT_TEXT], double v)
{
	snprintf(out, UNIT_TEXT, "%.4g USD", v);
	point(out);
	return out;
}

static char *text_per_second(char out[UNIT_TEXT], double v)
{
	unit_rate(out, v);
	strncat(out, "/s", UNIT_TEXT - strlen(out) - 1);
	return out;
}

static char *text_flag(char out[UNIT_TEXT], double v)
{
	snprintf(out, UNIT_TEXT, "%s", v > 0 ? "yes" : "no");
	return out;
}

static char *tick_plain(char out[UNIT_TEXT], double v)
{
	if (v >= 1e6)
		snprintf(out, UNIT_TEXT, "%gM", v / 1e6);
	else if (v >= 1e4)
		snprintf(out, UNIT_TEXT, "%gk", v / 1e3);
	else
		snprintf(out, UNIT_TEXT, "%g", v);
	return out;
}

static char *tick_bytes(char out[UNIT_TEXT], double v)
{
	static const char *const letters[] = {"B", "K", "M", "G", "T"};
	size_t i = 0;

	for (; v >= 999.5 && i + 1 < ARRAY_SIZE(letters); i++)
		v /= 1024;
	snprintf(out, UNIT_TEXT, "%.*f%s", v < 10 ? 1 : 0, v, letters[i]);
	return out;
}

static char *tick_time(char out[UNIT_TEXT], double v)
{
	if (v >= 1)
		snprintf(out, UNIT_TEXT, "%g s", v);
	else
		snprintf(out, UNIT_TEXT, "%g ms", v * 1e3);
	return out;
}

static char *tick_percent(char out[UNIT_TEXT], double v)
{
	tick_plain(out, v * 100);
	return strcat(out, " %");
}

static const struct {
	const char *name;
	double scale; /* a program's number for 1 of ours */
	char *(*text)(char out[UNIT_TEXT], double v);
	char *(*tick)(char out[UNIT_TEXT], double v);
} units[] = {
	[UNIT_PIXELS] = {"px", 1, text_grouped, tick_plain},
	[UNIT_TOKENS] = {"tokens", 1, text_grouped, tick_plain},
	[UNIT_IMAGES] = {"images", 1, text_grouped, tick_plain},
	[UNIT_TILES] = {"tiles", 1, text_grouped, tick_plain},
	[UNIT_BYTES] = {"bytes", 1, unit_bytes, tick_bytes},
	[UNIT_SECONDS] = {"ms", 1e3, unit_time, tick_time},
	[UNIT_SHARE] = {"share", 1, unit_percent, tick_percent},
	[UNIT_REQUESTS] = {"requests", 1, unit_count, tick_plain},
	[UNIT_FACTOR] = {"factor", 1, unit_factor, tick_plain},
	[UNIT_FLOP] = {"FLOP", 1, text_flop, tick_plain},
	[UNIT_USD] = {"USD", 1, text_usd, tick_plain},
	[UNIT_RATE] = {"1/s", 1, text_per_second, tick_plain},
	[UNIT_GPUS] = {"GPUs", 1, text_grouped, tick_plain},
	[UNIT_FLAG] = {"", 1, text_flag, tick_plain},
	[UNIT_WORD] = {"", 1, text_grouped, tick_plain},
};
static_assert(ARRAY_SIZE(units) == UNIT_N, "one row for each unit");

char *unit_text(char out[UNIT_TEXT], enum unit unit, double v)
{
	return units[unit].text(out, v);
}

char *unit_tick(char out[UNIT_TEXT], enum unit unit, double v)
{
	units[unit].tick(out, v);
	point(out);
	return out;
}

const char *unit_name(enum unit unit)
{
	return units[unit].name;
}

double unit_number(enum unit unit, double v)
{
	return v * units[unit].scale;
}

/* ------------------------------------------------------------ reading */

struct suffix {
	const char *text;
	double factor;
};

/* A number, optional blanks, then one of the suffixes (the empty one must be
 * listed to be allowed). */
static bool parse(const char *s, const struct suffix *list, size_t n, double *out)
{
	char number[UNIT_TEXT];
	size_t len = strspn(s, "+-0123456789.");
	double v;

	/* an exponent belongs to the number only if digits follow it */
	if (len && (s[len] == 'e' || s[len] == 'E')) {
		size_t more = strspn(s + len + 1, "+-0123456789");
		if (more)
			len += 1 + more;
	}
	if (!len || len >= sizeof(number))
		return false;
	memcpy(number, s, len);
	number[len] = '\0';
	if (!str_num(number, &v))
		return false;
	s += len + strspn(s + len, " ");
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, list[i].text) == 0) {
			v *= list[i].factor;
			if (isfinite(v))
				*out = v;
			return isfinite(v);
		}
	return false;
}

bool unit_parse_bytes(const char *s, double *bytes)
{
	static const struct suffix list[] = {
		{"", 1},
		{"B", 1},
		{"kB", 1e3},
		{"KB", 1e3},
		{"MB", 1e6},
		{"GB", 1e9},
		{"TB", 1e12},
		{"KiB", 1024.},
		{"MiB", 1048576.},
		{"GiB", 1073741824.},
		{"TiB", 1099511627776.},
	};

	return parse(s, list, ARRAY_SIZE(list), bytes);
}

bool unit_parse_seconds(const char *s, double *seconds)
{
	/* clang-format off */
	static const struct suffix list[] = {
		{"",    1   },
		{"s",   1   },
		{"ms",  1e-3},
		{"us",  1e-6},
		{"min", 60  }
	};
	/* clang-format on */

	return parse(s, list, ARRAY_SIZE(list), seconds);
}

bool unit_parse_count(const char *s, double *n)
{
	/* clang-format off */
	static const struct suffix list[] = {
		{"",   1       },
		{"k",  1e3     },
		{"M",  1e6     },
		{"G",  1e9     },
		{"K",  1024    },
		{"Ki", 1024    },
		{"Mi", 1048576.}
	};
	/* clang-format on */

	return parse(s, list, ARRAY_SIZE(list), n);
}

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

/* What stands between two sides: x, X, *, the sign of multiplication, a comma. The bytes it takes;
 * 0 = none of them. */
static size_t size_sign(const char *s)
{
	if (*s == 'x' || *s == 'X' || *s == ',' || *s == '*')
		return 1;
	return s[0] == '\xc3' && s[1] == '\x97' ? 2 : 0;
}

bool unit_scan_size(const char **p, int64_t *width_px, int64_t *height_px)
{
	enum { MOST = 1000000000 };
	const char *s = skip_blanks(*p);
	int64_t w, h;

	if (!str_scan_uint(&s, MOST, &w) || w < 1)
		return false;
	const char *number_end = s;
	s = skip_blanks(s);
	size_t sign = size_sign(s);
	if (!sign && s == number_end)
		return false;
	s = skip_blanks(s + sign);
	if (!str_scan_uint(&s, MOST, &h) || h < 1)
		return false;
	*p = skip_blanks(s);
	*width_px = w;
	*height_px = h;
	return true;
}

bool unit_parse_size(const char *s, int64_t *width_px, int64_t *height_px)
{
	int64_t w, h;

	if (!unit_scan_size(&s, &w, &h) || s[strspn(s, " \t\r\n")])
		return false;
	*width_px = w;
	*height_px = h;
	return true;
}
