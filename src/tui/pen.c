#include "tui/pen.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "draw/style.h"

/* Bytes that are written one after the other. */
struct change {
	char text[PEN_CHANGE];
	size_t n;
};
/* A reset, three attributes, both colours, and what is around and between them. */
static_assert(7 * (PEN_PART + 1) + 4 < PEN_CHANGE, "room for everything anew");

/* ------------------------------------------------------------------ what a terminal has */

/* Length of the parameters in a whole SGR sequence; -1 for anything else. */
static int parameters(const char *sequence)
{
	size_t n = strlen(sequence);

	if (n < 3 || strncmp(sequence, "\033[", 2) != 0 || sequence[n - 1] != 'm')
		return -1;
	return strspn(sequence + 2, "0123456789;:") == n - 3 ? (int)n - 3 : -1;
}

static bool is_sgr(const char *sequence, const char *params)
{
	return !*sequence || (parameters(sequence) == (int)strlen(params) &&
			      strncmp(sequence + 2, params, strlen(params)) == 0);
}

/* A reset may choose a set of characters too; after the first of a frame that one stands. */
static bool resets_by_sgr(const char *reset)
{
	return strstr(reset, "\033[m") || strstr(reset, "\033[0m") || strstr(reset, "\033[0;10m");
}

static bool colors_are_sgr(const struct inks *k)
{
	for (int ground = 0; k->color && ground < 2; ground++) {
		const char *text = k->color(1, ground);

		if (!text || parameters(text) < 1)
			return false;
	}
	return true;
}

void inks_settle(struct inks *k, const char *underline_off)
{
	k->is_sgr = is_sgr(k->bold, "1") && is_sgr(k->underline, "4") && is_sgr(k->reverse, "7") &&
		    resets_by_sgr(k->reset) && colors_are_sgr(k);
	k->can_undo = underline_off && strcmp(underline_off, "\033[24m") == 0;
	k->has_default = is_sgr(k->no_color, "39;49") && *k->no_color;
}

/* ------------------------------------------------------------------ colours */

/* "38;2;r;g;b", or 48 for a ground; returns the length. */
static size_t put_rgb(char *out, int32_t rgb, bool is_ground)
{
	char *p = out;

	memcpy(p, is_ground ? "48;2" : "38;2", 4);
	p += 4;
	for (int shift = 16; shift >= 0; shift -= 8) {
		*p++ = ';';
		p = str_put_decimal(p, rgb >> shift & 0xff);
	}
	return (size_t)(p - out);
}

/* The parameters of a colour, asked for once: terminfo takes its time. None for one that the
 * terminal does not have. */
static const struct inks_color *color_of(struct inks *k, int32_t number, bool is_ground)
{
	struct inks_color *c = &k->colors[(size_t)(number * 2 + is_ground) % PEN_COLORS];

	if (c->is_known && c->number == number && c->is_ground == is_ground)
		return c;
	const char *text = k->color ? k->color(number, is_ground) : NULL;
	int n = text ? parameters(text) : -1;

	*c = (struct inks_color){.is_known = true, .is_ground = is_ground, .number = number};
	if (n > 0 && n <= PEN_PART) {
		c->n = (uint8_t)n;
		memcpy(c->text, text + 2, c->n);
	}
	return c;
}

/* ------------------------------------------------------------------ changes */

static void add(struct change *c, const char *param, size_t n)
{
	if (c->n)
		c->text[c->n++] = ';';
	memcpy(c->text + c->n, param, n);
	c->n += n;
}

static const struct {
	unsigned style;
	const char *on, *off;
} attributes[] = {
	{STYLE_BOLD, "1", "22"},
	{STYLE_UNDERLINE, "4", "24"},
	{STYLE_REVERSE, "7", "27"},
};

static void add_attrs(struct change *c, unsigned attrs, bool is_on)
{
	for (size_t i = 0; i < ARRAY_SIZE(attributes); i++) {
		const char *param = is_on ? attributes[i].on : attributes[i].off;

		if (attrs & attributes[i].style)
			add(c, param, strlen(param));
	}
}

static void add_color(struct inks *k, struct change *c, int32_t number, bool is_ground)
{
	char rgb[PEN_PART];

	if (number == PEN_KEEP) {
		add(c, is_ground ? "49" : "39", 2);
	} else if (k->has_rgb) {
		size_t n = put_rgb(rgb, number, is_ground);

		add(c, rgb, n);
	} else {
		const struct inks_color *color = color_of(k, number, is_ground);

		if (color->n)
			add(c, color->text, color->n);
	}
}

/* Everything anew; the 0 of a reset is what a parameter is where there is none. */
static void change_by_reset(struct inks *k, const struct pen *want, struct change *c)
{
	add(c, "0", 1);
	add_attrs(c, want->attrs, true);
	if (want->fg != PEN_KEEP)
		add_color(k, c, want->fg, false);
	if (want->bg != PEN_KEEP)
		add_color(k, c, want->bg, true);
	memmove(c->text, c->text + 1, --c->n);
}

/* Only what differs. False: something has to be switched off that a reset alone switches off. */
static bool change_by_steps(struct inks *k, const struct pen *have, const struct pen *want,
			    struct change *c)
{
	unsigned off = have->attrs & (unsigned)~want->attrs;
	bool is_default = (have->fg != want->fg && want->fg == PEN_KEEP) ||
			  (have->bg != want->bg && want->bg == PEN_KEEP);

	if (!have->is_known || (off && !k->can_undo) || (is_default && !k->has_default))
		return false;
	add_attrs(c, off, false);
	add_attrs(c, want->attrs & (unsigned)~have->attrs, true);
	if (have->fg != want->fg)
		add_color(k, c, want->fg, false);
	if (have->bg != want->bg)
		add_color(k, c, want->bg, true);
	return true;
}

static size_t joined(struct inks *k, const struct pen *have, const struct pen *want, char *out)
{
	struct change anew = {.n = 0}, steps = {.n = 0}, *best = &anew;

	change_by_reset(k, want, &anew);
	if (change_by_steps(k, have, want, &steps) && steps.n <= anew.n)
		best = &steps;
	if (best == &steps && steps.n == 0)
		return 0; /* a colour that it does not have */
	memcpy(out, "\033[", 2);
	memcpy(out + 2, best->text, best->n);
	out[2 + best->n] = 'm';
	return best->n + 3;
}

static void append(struct change *c, const char *sequence)
{
	size_t n = sequence ? strlen(sequence) : 0;

	if (n <= PEN_PART) {
		memcpy(c->text + c->n, sequence ? sequence : "", n);
		c->n += n;
	}
}

/* Whole sequences of the terminal's own. */
static size_t piece_by_piece(struct inks *k, const struct pen *want, char *out)
{
	struct change c = {.n = 0};

	append(&c, k->reset);
	append(&c, k->no_color);
	append(&c, want->attrs & STYLE_BOLD ? k->bold : NULL);
	append(&c, want->attrs & STYLE_UNDERLINE ? k->underline : NULL);
	append(&c, want->attrs & STYLE_REVERSE ? k->reverse : NULL);
	if (want->fg != PEN_KEEP && k->color)
		append(&c, k->color(want->fg, false));
	if (want->bg != PEN_KEEP && k->color)
		append(&c, k->color(want->bg, true));
	memcpy(out, c.text, c.n);
	return c.n;
}

/* Without the attributes that the terminal lacks, or does not show beside a colour. */
static struct pen shown(const struct inks *k, struct pen p)
{
	unsigned has = (*k->bold ? STYLE_BOLD : 0) | (*k->underline ? STYLE_UNDERLINE : 0) |
		       (*k->reverse ? STYLE_REVERSE : 0);

	if (p.fg != PEN_KEEP || p.bg != PEN_KEEP)
		has &= k->beside_color;
	p.attrs &= (uint16_t)has;
	return p;
}

size_t pen_change(struct inks *k, const struct pen *have, const struct pen *want,
		  char out[PEN_CHANGE])
{
	struct pen from = shown(k, *have), to = shown(k, *want);

	if (have->is_known && pen_same(&from, &to))
		return 0;
	return k->is_sgr ? joined(k, &from, &to, out) : piece_by_piece(k, &to, out);
}

bool pen_same(const struct pen *a, const struct pen *b)
{
	return a->attrs == b->attrs && a->fg == b->fg && a->bg == b->bg;
}
