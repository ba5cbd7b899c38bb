#include "tui/rgb.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { FIRST = 16, NUMBERS = 240, FULL = NUMBERS * NUMBERS, SLOTS_LEAST = 256 };

void rgb_fini(struct rgb *r)
{
	free(r->pairs);
	free(r->places);
	*r = (struct rgb){.n = 0};
}

void rgb_clear(struct rgb *r)
{
	r->n = r->inks.n = r->grounds.n = 0;
	if (r->places)
		memset(r->places, 0, r->slots * sizeof(*r->places));
}

bool rgb_is_nearly_full(const struct rgb *r)
{
	return r->n > FULL / 2 || r->inks.n > NUMBERS / 2 || r->grounds.n > NUMBERS / 2;
}

/* ------------------------------------------------------------------ colours to numbers */

/* The slot of a pair, or the free one where it would stand. */
static uint32_t *find(const struct rgb *r, int32_t ink, int32_t ground)
{
	uint64_t hash = ((uint64_t)(uint32_t)ink << 24 ^ (uint32_t)ground) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(hash >> 32) & (r->slots - 1);

	while (r->places[at]) {
		const struct rgb_pair *p = &r->pairs[r->places[at] - 1];

		if (p->ink == ink && p->ground == ground)
			break;
		at = (at + 1) & (r->slots - 1);
	}
	return &r->places[at];
}

/* Half of the slots stay free, so that a search is short. */
static bool make_room(struct rgb *r)
{
	if (r->n < r->size)
		return true;
	size_t slots = r->slots ? r->slots * 2 : SLOTS_LEAST;
	struct rgb_pair *pairs = realloc(r->pairs, slots / 2 * sizeof(*pairs));

	if (!pairs)
		return false;
	r->pairs = pairs;
	uint32_t *places = calloc(slots, sizeof(*places));
	if (!places)
		return false;
	free(r->places);
	r->places = places;
	r->slots = slots;
	r->size = slots / 2;
	for (size_t i = 0; i < r->n; i++)
		*find(r, pairs[i].ink, pairs[i].ground) = (uint32_t)i + 1;
	return true;
}

static struct rgb_pair both_numbers(struct rgb *r, int32_t ink, int32_t ground)
{
	size_t at = r->slots ? *find(r, ink, ground) : 0;

	if (!at) {
		if (r->n == FULL || !make_room(r))
			return (struct rgb_pair){RGB_KEEP, RGB_KEEP};
		r->pairs[r->n] = (struct rgb_pair){ink, ground};
		at = ++r->n;
		*find(r, ink, ground) = (uint32_t)at;
	}
	return (struct rgb_pair){FIRST + (int32_t)(at - 1) / NUMBERS,
				 FIRST + (int32_t)(at - 1) % NUMBERS};
}

static int32_t one_number(struct rgb_list *l, int32_t color)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->color[i] == color)
			return FIRST + (int32_t)i;
	if (l->n == NUMBERS)
		return RGB_KEEP;
	l->color[l->n] = color;
	return FIRST + (int32_t)l->n++;
}

struct rgb_pair rgb_numbers(struct rgb *r, int32_t ink, int32_t ground)
{
	if (ink != RGB_KEEP && ground != RGB_KEEP)
		return both_numbers(r, ink, ground);
	return (struct rgb_pair){
		ink == RGB_KEEP ? RGB_KEEP : one_number(&r->inks, ink),
		ground == RGB_KEEP ? RGB_KEEP : one_number(&r->grounds, ground),
	};
}

/* ------------------------------------------------------------------ numbers to colours */

/* The number in "38;5;n" or "48;5;n", from 0 on; -1 for any other colour. */
static int number_of(const char *color)
{
	int n = 0;

	if ((color[0] != '3' && color[0] != '4') || strncmp(color + 1, "8;5;", 4) != 0)
		return -1;
	for (const char *p = color + 5; *p; p++)
		n = n * 10 + (*p - '0');
	return n - FIRST;
}

/* "38;2;r;g;b", or 48 for a ground. */
static void write_color(char out[PEN_COLOR], const char *kind, int32_t rgb)
{
	char *p = out;

	memcpy(p, kind, 2);
	memcpy(p + 2, ";2", 2);
	p += 4;
	for (int shift = 16; shift >= 0; shift -= 8) {
		*p++ = ';';
		p = str_put_decimal(p, rgb >> shift & 0xff);
	}
	*p = '\0';
}

static void one_color(char out[PEN_COLOR], const char *kind, const struct rgb_list *l, int number)
{
	if (number >= 0 && (size_t)number < l->n)
		write_color(out, kind, l->color[number]);
}

struct pen rgb_pen(const struct rgb *r, const struct pen *numbers)
{
	struct pen p = *numbers;
	int ink = number_of(p.fg), ground = number_of(p.bg);
	size_t at = (size_t)ink * NUMBERS + (size_t)ground;

	if (ink < 0 || ground < 0) {
		one_color(p.fg, "38", &r->inks, ink);
		one_color(p.bg, "48", &r->grounds, ground);
	} else if (at < r->n) {
		write_color(p.fg, "38", r->pairs[at].ink);
		write_color(p.bg, "48", r->pairs[at].ground);
	}
	return p;
}
