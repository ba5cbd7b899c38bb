/* Quantities as people write and read them. All rounding for people happens here; results stay
 * exact. */
#ifndef VTOK_BASE_UNIT_H
#define VTOK_BASE_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UNIT_TEXT = 32 }; /* enough for every text made here */

/* Each writes a short text and returns out. Values that are not finite give "?". */
char *unit_count(char out[UNIT_TEXT], double n);       /* 576, 12,345, 1.23 M: at most 7 columns */
char *unit_grouped(char out[UNIT_TEXT], int64_t n);    /* 12,345,678 */
char *unit_bytes(char out[UNIT_TEXT], double bytes);   /* 512 B, 36.0 KiB, 1.25 GiB */
char *unit_time(char out[UNIT_TEXT], double seconds);  /* 850 us, 12.3 ms, 1.25 s */
char *unit_percent(char out[UNIT_TEXT], double share); /* 0.705 -> 70.5 % */
char *unit_rate(char out[UNIT_TEXT], double flop);     /* 989 T, 1.2 P (decimal prefix, no unit) */
char *unit_factor(char out[UNIT_TEXT], double factor); /* ×1.78, ×26.0, ×124 */

/* What a number is measured in. Everything that depends on it alone follows from one table: how
 * people read it, its ticks on an axis, and what programs get. */
enum unit {
	UNIT_PIXELS,
	UNIT_TOKENS,
	UNIT_IMAGES,
	UNIT_TILES,
	UNIT_BYTES,
	UNIT_SECONDS,
	UNIT_SHARE, /* 0 to 1 */
	UNIT_REQUESTS,
	UNIT_FACTOR,
	UNIT_FLOP,
	UNIT_USD,
	UNIT_RATE, /* of a second */
	UNIT_GPUS,
	UNIT_FLAG, /* 0 or 1: no or yes */
	UNIT_WORD, /* not a number at all */
	UNIT_N
};

/* A value as people read it: 8,240; 1.13 GiB; 56.8 ms; 3.7 %; no. Returns out. */
char *unit_text(char out[UNIT_TEXT], enum unit unit, double v);
/* The same as short as an axis wants it: 20k, 2.0G, 50 ms, 10 %. Returns out. */
char *unit_tick(char out[UNIT_TEXT], enum unit unit, double v);
/* For programs: the unit of the number they get, "" where it has none; and that number. Seconds
 * become milliseconds, all others stay. */
const char *unit_name(enum unit unit);
double unit_number(enum unit unit, double v);

/* Strict, without locale: "80 GiB", "512MB", "40k", "2.5e3", "1.5 ms". Plain numbers are in the
 * base unit. false leaves *out alone. */
bool unit_parse_bytes(const char *s,
		      double *bytes); /* B, k/M/G/T with B = decimal, KiB.. = binary */
bool unit_parse_seconds(const char *s, double *seconds); /* us, ms, s; plain = seconds */
bool unit_parse_count(const char *s, double *n); /* k, M, G decimal ("4k" = 4000); K/Ki = 1024 */

/* "1920x1080", "1920*1080", "1920×1080", "1920 1080", "1920,1080", sides 1..1000000000, and nothing
 * else after it (blanks aside). */
bool unit_parse_size(const char *s, int64_t *width_px, int64_t *height_px);

/* The same at the start of *p, which moves behind the size and blanks after it; false leaves all
 * alone. */
bool unit_scan_size(const char **p, int64_t *width_px, int64_t *height_px);

#endif
