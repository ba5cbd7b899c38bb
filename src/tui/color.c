/* The 256 colours are xterm's: 16..231 a cube with the levels below, 232..255 greys 8, 18 .. 238.
 * The first sixteen are what the user made of them, so with 8 or 16 colours only their hue is
 * trusted. */
#include "tui/color.h"

#include <stdlib.h>

#include "base/base.h"

enum { CUBE = 16, GREYS = 232 };
enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, BRIGHT };

static const int levels[] = {0, 95, 135, 175, 215, 255};

static int red(uint32_t rgb)
{
	return (int)(rgb >> 16 & 0xff);
}

static int green(uint32_t rgb)
{
	return (int)(rgb >> 8 & 0xff);
}

static int blue(uint32_t rgb)
{
	return (int)(rgb & 0xff);
}

static int nearest_level(int v)
{
	int best = 0;

	for (int i = 1; i < (int)ARRAY_SIZE(levels); i++)
		if (abs(levels[i] - v) < abs(levels[best] - v))
			best = i;
	return best;
}

static int distance(int r, int g, int b, uint32_t rgb)
{
	int dr = r - red(rgb), dg = g - green(rgb), db = b - blue(rgb);

	return 3 * dr * dr + 4 * dg * dg + 2 * db * db; /* the eye's weights, roughly */
}

int color_to_256(uint32_t rgb)
{
	int r = nearest_level(red(rgb)), g = nearest_level(green(rgb)),
	    b = nearest_level(blue(rgb));
	int step = ((red(rgb) + green(rgb) + blue(rgb)) / 3 - 3) / 10;
	int grey = step < 0 ? 0 : step > 23 ? 23 : step;
	int v = 8 + 10 * grey;

	if (distance(v, v, v, rgb) < distance(levels[r], levels[g], levels[b], rgb))
		return GREYS + grey;
	return CUBE + 36 * r + 6 * g + b;
}

/* One of the six hues, or -1 for what the eye takes for grey. On the colour circle red ends early,
 * at 15 degrees: orange is nearer to the terminals' yellow, and red is for trouble. */
static int hue(uint32_t rgb)
{
	/* clang-format off */
	static const struct {
		int end; /* degrees */
		int color;
	} arcs[] = {
		{15,  RED    },
		{75,  YELLOW },
		{150, GREEN  },
		{210, CYAN   },
		{265, BLUE   },
		{330, MAGENTA},
		{360, RED    }
	};
	/* clang-format on */
	int r = red(rgb), g = green(rgb), b = blue(rgb);
	int most = r > g ? (r > b ? r : b) : (g > b ? g : b);
	int least = r < g ? (r < b ? r : b) : (g < b ? g : b);
	int range = most - least, angle;

	if (range < 48)
		return -1;
	if (most == r)
		angle = (360 + 60 * (g - b) / range) % 360;
	else
		angle = most == g ? 120 + 60 * (b - r) / range : 240 + 60 * (r - g) / range;
	for (size_t i = 0; i < ARRAY_SIZE(arcs); i++)
		if (angle < arcs[i].end)
			return arcs[i].color;
	return RED;
}

static bool is_bright(uint32_t rgb)
{
	return 3 * red(rgb) + 6 * green(rgb) + blue(rgb) > 1280; /* half of the full luminance */
}

static bool is_dark(uint32_t rgb)
{
	return 3 * red(rgb) + 6 * green(rgb) + blue(rgb) < 600;
}

static bool is_faint(uint32_t rgb)
{
	return 3 * red(rgb) + 6 * green(rgb) + blue(rgb) < 960; /* three eighths */
}

/* The ground that a theme paints with few colours. */
static int few_ground(const struct theme *t, int colors)
{
	return !t->is_light ? BLACK : colors >= 16 ? BRIGHT + WHITE : WHITE;
}

/* Ink on a light ground: of the hues that terminals have only these are dark enough to be read
 * there, magenta not on the grey that eight colours have for white. Bold is bright on many, so it
 * is left to ink without a hue. */
static struct color_pair few_on_light(struct color_pair p, uint32_t rgb)
{
	/* clang-format off */
	static const int inks[] = {
		[RED] = RED, [YELLOW] = RED, [GREEN] = -1, [CYAN] = BLUE, [BLUE] = BLUE,
		[MAGENTA] = MAGENTA,
	};
	/* clang-format on */
	int h = hue(rgb);

	if (h < 0 || inks[h] < 0 || (h == MAGENTA && p.bg == WHITE))
		return p;
	p.fg = inks[h];
	p.attrs &= (uint16_t)~STYLE_BOLD;
	return p;
}

static struct color_pair few_on_dark(struct color_pair p, uint32_t rgb, int colors)
{
	int h = hue(rgb);

	if (h < 0) { /* a faint grey is a border's: nothing is lost where a palette hides it */
		if (colors >= 16 && is_faint(rgb))
			p.fg = BRIGHT + BLACK;
		return p;
	}
	p.fg = h;
	if (!is_bright(rgb) && h != BLUE && h != RED)
		return p;
	if (colors >= 16) /* blue and red of palettes are too dark for a dark ground */
		p.fg += BRIGHT;
	else
		p.attrs |= STYLE_BOLD;
	return p;
}

/* Hues of palettes that are light: black is read on them, white on the others. */
static bool is_light_color(int color)
{
	return color > BRIGHT || color == WHITE || color == YELLOW || color == GREEN ||
	       color == CYAN;
}

/* A role that names its own ground. Contrast first, hue second; the darkest grounds are black, and
 * bold black would be grey on many terminals. */
static struct color_pair few_on_own_ground(struct theme_role role, int colors)
{
	struct color_pair p = {.attrs = role.attrs};
	uint32_t bg = (uint32_t)role.bg;
	int ink = role.fg == THEME_KEEP || !is_bright((uint32_t)role.fg) ? -1
									 : hue((uint32_t)role.fg);

	p.bg = is_dark(bg) ? BLACK : hue(bg);
	if (p.bg < 0)
		p.bg = is_bright(bg) ? WHITE : BLACK;
	else if (colors >= 16 && is_bright(bg))
		p.bg += BRIGHT;
	p.fg = is_light_color(p.bg) ? BLACK : WHITE;
	if (p.bg == BLACK && ink > 0) {
		p.fg = ink + (colors >= 16 ? BRIGHT : 0);
		p.attrs |= colors >= 16 ? 0 : STYLE_BOLD;
	}
	if (p.fg == BLACK)
		p.attrs &= (uint16_t)~STYLE_BOLD;
	return p;
}

static struct color_pair few(const struct theme *t, struct theme_role role, int colors, bool paints)
{
	struct color_pair p = {-1, paints ? few_ground(t, colors) : -1, role.attrs};

	if (role.bg != THEME_KEEP)
		return few_on_own_ground(role, colors);
	if (p.bg >= 0)
		p.fg = t->is_light ? BLACK : WHITE;
	if (t->is_light && p.bg >= 0)
		p.attrs &= (uint16_t)~STYLE_BOLD; /* bold black is grey on many */
	if (role.fg == THEME_KEEP)
		return p;
	return t->is_light ? few_on_light(p, (uint32_t)role.fg)
			   : few_on_dark(p, (uint32_t)role.fg, colors);
}

struct color_pair color_role(const struct theme *t, struct theme_role role, int colors,
			     bool keeps_ground)
{
	bool paints = !keeps_ground && t->background != THEME_KEEP;

	if (colors < 8 || t->is_mono)
		return (struct color_pair){-1, -1, role.attrs};
	if (colors < 256)
		return few(t, role, colors, paints);
	if (paints) {
		role.bg = role.bg == THEME_KEEP ? t->background : role.bg;
		role.fg = role.fg == THEME_KEEP ? theme_foreground(t) : role.fg;
	}
	struct color_pair p = {role.fg, role.bg, role.attrs};
	if (colors < COLOR_DIRECT) {
		p.fg = role.fg == THEME_KEEP ? -1 : color_to_256((uint32_t)role.fg);
		p.bg = role.bg == THEME_KEEP ? -1 : color_to_256((uint32_t)role.bg);
	}
	return p;
}

static int plain(uint32_t rgb)
{
	int h = hue(rgb);

	return h >= 0 ? h : is_bright(rgb) ? WHITE : BLACK;
}

struct color_pair color_paint(uint32_t fg_rgb, uint32_t bg_rgb, int colors)
{
	if (colors < 8)
		return (struct color_pair){-1, -1, 0};
	if (colors < 256)
		return (struct color_pair){plain(fg_rgb), plain(bg_rgb), 0};
	if (colors < COLOR_DIRECT)
		return (struct color_pair){color_to_256(fg_rgb), color_to_256(bg_rgb), 0};
	return (struct color_pair){(int)fg_rgb, (int)bg_rgb, 0};
}
