/* Six rows are a band. A band is gone through once for each colour it has: a letter holds which of
 * a column's six pixels have that colour, "$" goes back to the left and "-" to the next band. */
#include "draw/sixel.h"

#include <stdlib.h>
#include <string.h>

#include "draw/palette.h"

enum { BAND = 6, REPEAT_LEAST = 4 }; /* "!4?" is as long as what it stands for */

struct band {
	int width;
	uint8_t *bits; /* a row of letters for each colour */
	struct {
		int from, to; /* columns with that colour; from < 0: none */
	} span[PALETTE_MOST];
};

static void put_run(struct strbuf *out, char letter, int n)
{
	if (n >= REPEAT_LEAST) {
		strbuf_printf(out, "!%d%c", n, letter);
		return;
	}
	for (; n > 0; n--)
		strbuf_putc(out, letter);
}

static void put_colour(struct strbuf *out, struct band *b, int colour)
{
	uint8_t *bits = b->bits + (size_t)colour * (size_t)b->width;
	int from = b->span[colour].from, to = b->span[colour].to;

	strbuf_printf(out, "#%d", colour);
	put_run(out, '?', from);
	for (int x = from, next; x < to; x = next) {
		for (next = x + 1; next < to && bits[next] == bits[x]; next++)
			;
		put_run(out, (char)('?' + bits[x]), next - x);
	}
	memset(bits + from, 0, (size_t)(to - from));
	b->span[colour].from = -1;
}

static void put_band(struct strbuf *out, struct band *b, const struct palette *p,
		     const uint8_t *rgb, int rows)
{
	bool is_first = true;

	for (int y = 0; y < rows; y++)
		for (int x = 0; x < b->width; x++, rgb += 3) {
			int colour = p->of[palette_bucket(rgb)];

			b->bits[(size_t)colour * (size_t)b->width + (size_t)x] |= (uint8_t)(1 << y);
			if (b->span[colour].from < 0)
				b->span[colour].from = b->span[colour].to = x;
			if (x < b->span[colour].from)
				b->span[colour].from = x;
			if (x >= b->span[colour].to)
				b->span[colour].to = x + 1;
		}
	for (int colour = 0; colour < p->n; colour++) {
		if (b->span[colour].from < 0)
			continue;
		if (!is_first)
			strbuf_putc(out, '$');
		put_colour(out, b, colour);
		is_first = false;
	}
}

static int percent(uint8_t v)
{
	return (v * 100 + 127) / 255;
}

static void put_all(struct strbuf *out, struct band *b, const struct palette *p, const uint8_t *rgb,
		    int height)
{
	/* P2 = 1: pixels of no colour stay what they were */
	strbuf_printf(out, "\033P0;1;0q\"1;1;%d;%d", b->width, height);
	for (int i = 0; i < p->n; i++)
		strbuf_printf(out, "#%d;2;%d;%d;%d", i, percent(p->rgb[i][0]),
			      percent(p->rgb[i][1]), percent(p->rgb[i][2]));
	for (int y = 0; y < height; y += BAND) {
		if (y > 0)
			strbuf_putc(out, '-');
		put_band(out, b, p, rgb + (size_t)y * (size_t)b->width * 3,
			 height - y < BAND ? height - y : BAND);
	}
	strbuf_puts(out, "\033\\");
}

bool sixel_picture(struct strbuf *out, const uint8_t *rgb, int width, int height, int registers)
{
	struct palette *p = malloc(sizeof *p);
	struct band *b = malloc(sizeof *b);
	int most = registers < PALETTE_MOST ? registers : PALETTE_MOST;
	bool is_good = p && b && palette_make(p, rgb, (size_t)width * (size_t)height, most);

	if (is_good) {
		b->width = width;
		for (int i = 0; i < PALETTE_MOST; i++)
			b->span[i].from = -1;
		b->bits = calloc((size_t)p->n, (size_t)width);
		is_good = b->bits != NULL;
	}
	if (is_good) {
		put_all(out, b, p, rgb, height);
		free(b->bits);
	}
	free(b);
	free(p);
	return is_good;
}
