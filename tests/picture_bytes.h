/* What a terminal makes of the bytes of a picture: readers of kitty's protocol and of sixels,
 * written for tests. A byte that a terminal might take otherwise ends them with NULL. */
#ifndef VTOK_TESTS_PICTURE_BYTES_H
#define VTOK_TESTS_PICTURE_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"

enum { SHOT_MOST = 1200 * 1200, REGISTERS_MOST = 256 };

struct shot {
	int width, height;
	uint8_t rgb[SHOT_MOST * 3];
	bool is_set[SHOT_MOST]; /* sixels: a pixel of some colour */
	char keys[160];         /* kitty: of the first sequence, a comma first */
	int registers;          /* sixels: defined */
};

/* The number behind ",c="; -1: there is none. */
static inline long shot_key(const char *keys, const char *name)
{
	const char *at = strstr(keys, name);

	return at ? strtol(at + strlen(name), NULL, 10) : -1;
}

/* At the first sequence of a picture that is sent and shown; returns the end of the last. */
static inline const char *shot_kitty(const char *at, struct shot *out)
{
	size_t have = 0;
	bool goes_on = true;

	for (bool is_first = true; goes_on; is_first = false) {
		const char *data = strchr(at, ';'), *end = strstr(at, "\033\\");
		char head[160];
		size_t n;

		if (strncmp(at, "\033_G", 3) != 0 || !data || !end || data > end ||
		    data - at > 150 || end - data - 1 > 4096)
			return NULL;
		n = (size_t)(end - data - 1);
		snprintf(head, sizeof head, ",%.*s", (int)(data - at - 3), at + 3);
		if (is_first)
			memcpy(out->keys, head, sizeof head);
		else if (strncmp(head, ",m=", 3) != 0)
			return NULL;
		goes_on = shot_key(head, ",m=") == 1;
		if (n % 4)
			return NULL;
		have += base64_decode(data + 1, n, out->rgb + have, sizeof out->rgb - have);
		at = end + 2;
	}
	out->width = (int)shot_key(out->keys, ",s=");
	out->height = (int)shot_key(out->keys, ",v=");
	return have == (size_t)out->width * (size_t)out->height * 3 ? at : NULL;
}

struct shot_sixel {
	const char *at;
	uint8_t registers[REGISTERS_MOST][3];
	int x, y, now;
};

static inline bool shot_number(struct shot_sixel *r, long least, long most, int *out)
{
	char *end;
	long n = strtol(r->at, &end, 10);

	if (end == r->at || n < least || n > most)
		return false;
	r->at = end;
	*out = (int)n;
	return true;
}

/* Behind "#": another colour, or one that is defined in percent. */
static inline bool shot_colour(struct shot_sixel *r, struct shot *out)
{
	int system, percent;

	if (!shot_number(r, 0, REGISTERS_MOST - 1, &r->now))
		return false;
	if (*r->at != ';')
		return r->now < out->registers;
	r->at++;
	if (!shot_number(r, 2, 2, &system))
		return false;
	for (int k = 0; k < 3; k++) {
		if (*r->at++ != ';' || !shot_number(r, 0, 100, &percent))
			return false;
		r->registers[r->now][k] = (uint8_t)((percent * 255 + 50) / 100);
	}
	out->registers = out->registers > r->now ? out->registers : r->now + 1;
	return true;
}

/* One column of six pixels; none twice, none outside the stated size. */
static inline bool shot_column(struct shot_sixel *r, struct shot *out, char c)
{
	for (int bit = 0; bit < 6; bit++) {
		if (!((c - '?') >> bit & 1))
			continue;
		int at = (r->y + bit) * out->width + r->x;
		if (r->x >= out->width || r->y + bit >= out->height || out->is_set[at] ||
		    r->now >= out->registers)
			return false;
		out->is_set[at] = true;
		memcpy(out->rgb + at * 3, r->registers[r->now], 3);
	}
	r->x++;
	return true;
}

static inline const char *shot_sixels(const char *text, struct shot *out)
{
	static const char head[] = "\033P0;1;0q\"1;1;";
	struct shot_sixel r = {.at = text + sizeof head - 1};

	memset(out, 0, sizeof *out);
	if (strncmp(text, head, sizeof head - 1) != 0 || !shot_number(&r, 1, 1200, &out->width) ||
	    *r.at++ != ';' || !shot_number(&r, 1, 1200, &out->height))
		return NULL;
	while (*r.at && *r.at != '\033') {
		char c = *r.at++;
		int times = 1;

		if (c == '!') {
			if (!shot_number(&r, 1, 1200, &times))
				return NULL;
			c = *r.at++;
		}
		if (c == '$' || c == '-') {
			r.x = 0;
			r.y += c == '-' ? 6 : 0;
			continue;
		}
		if (c == '#') {
			if (!shot_colour(&r, out))
				return NULL;
			continue;
		}
		if (c < '?' || c > '~')
			return NULL;
		for (; times > 0; times--)
			if (!shot_column(&r, out, c))
				return NULL;
	}
	return strncmp(r.at, "\033\\", 2) == 0 ? r.at + 2 : NULL;
}

#endif
