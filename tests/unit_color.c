/* What themes become on terminals: the nearest of 256, few colours that can be read, 24 bits
 * through curses. */
#include "unit.h"

#include <math.h>

#include "base/base.h"
#include "draw/theme.h"
#include "tui/color.h"
#include "tui/kinds.h"

static void nearest_of_256(void **state)
{
	static const struct {
		uint32_t rgb;
		int color;
	} rows[] = {
		{0x000000, 16}, {0xffffff, 231}, {0xff0000, 196}, {0x00ff00, 46},  {0x0000ff, 21},
		{0x5f87af, 67}, {0x808080, 244}, {0x121212, 233}, {0xeeeeee, 255}, {0x875f00, 94},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(color_to_256(rows[i].rgb), rows[i].color);
}

static void few_colors_keep_everything_readable(void **state)
{
	static const struct theme dark = {.is_light = false}, mono = {.is_mono = true};
	struct color_pair p;

	(void)state;
	p = color_role(&dark, (struct theme_role){0x8a919c, THEME_KEEP, 0, THEME_KEEP}, 8,
		       true); /* grey: the terminal's own */
	assert_int_equal(p.fg, -1);
	assert_int_equal(p.bg, -1);
	p = color_role(&dark, (struct theme_role){0xc0392b, THEME_KEEP, 0, THEME_KEEP}, 8, true);
	assert_int_equal(p.fg, 1); /* a red of palettes is too dark by itself */
	assert_true(p.attrs & STYLE_BOLD);
	p = color_role(&dark, (struct theme_role){0xffd75f, THEME_KEEP, 0, THEME_KEEP}, 8,
		       true); /* bright: bold yellow */
	assert_int_equal(p.fg, 3);
	assert_true(p.attrs & STYLE_BOLD);
	p = color_role(&dark, (struct theme_role){0xffd75f, THEME_KEEP, 0, THEME_KEEP}, 16, true);
	assert_int_equal(p.fg, 11);
	p = color_role(&dark, (struct theme_role){0xfc9d68, THEME_KEEP, 0, THEME_KEEP}, 8,
		       true); /* orange is no red: that is for trouble */
	assert_int_equal(p.fg, 3);
	p = color_role(&dark, (struct theme_role){0xff8080, THEME_KEEP, 0, THEME_KEEP}, 8, true);
	assert_int_equal(p.fg, 1);
	p = color_role(&dark, (struct theme_role){0xffffff, 0x1d5a96, 0, THEME_KEEP}, 8,
		       true); /* white on blue, not on cyan */
	assert_int_equal(p.fg, 7);
	assert_int_equal(p.bg, 4);
	p = color_role(&dark, (struct theme_role){0x4a5462, THEME_KEEP, 0, THEME_KEEP}, 16,
		       true); /* a faint border */
	assert_int_equal(p.fg, 8);
	for (uint32_t rgb = 0; rgb < 0x1000000;
	     rgb += 0x050b11) { /* text never has its background's colour */
		p = color_role(&dark,
			       (struct theme_role){(int32_t)rgb, (int32_t)rgb, 0, THEME_KEEP}, 8,
			       true);
		assert_int_not_equal(p.fg, p.bg);
		p = color_role(&dark, (struct theme_role){(int32_t)rgb, THEME_KEEP, 0, THEME_KEEP},
			       8, true);
		assert_int_not_equal(p.fg, 0);
	}
	p = color_role(&mono, (struct theme_role){0xff0000, 0x00ff00, STYLE_REVERSE, THEME_KEEP},
		       256, true);
	assert_int_equal(p.fg, -1);
	assert_int_equal(p.attrs, STYLE_REVERSE);
	p = color_role(&dark, (struct theme_role){0x123456, THEME_KEEP, 0, THEME_KEEP},
		       COLOR_DIRECT, true);
	assert_int_equal(p.fg, 0x123456);
}

/* ------------------------------------------------------------------ contrast with few colours */

/* xterm's colours (XTerm-col.ad) and those of the Linux console (drivers/tty/vt/vt.c). */
static const struct palette {
	const char *name;
	uint32_t rgb[16];
} palettes[] = {
	{"xterm",
	 {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
	  0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff}},
	{"console",
	 {0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555,
	  0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff}},
};

/* WCAG 2.1, "relative luminance" and "contrast ratio". */
static double luminance(uint32_t rgb)
{
	static const double weight[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double c = (double)(rgb >> (16 - 8 * i) & 0xff) / 255;

		sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);

	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

/* How a terminal of this palette shows the pair: with eight colours bold is bright. own: its ground
 * and ink. */
static double seen_contrast(const struct palette *pal, struct color_pair p, int colors,
			    uint32_t own_ground, uint32_t own_ink)
{
	int bright = colors == 8 && (p.attrs & STYLE_BOLD) && p.fg >= 0 && p.fg < 8 ? 8 : 0;
	uint32_t ink = p.fg < 0 ? own_ink : pal->rgb[p.fg + bright];
	uint32_t ground = p.bg < 0 ? own_ground : pal->rgb[p.bg];

	return contrast(ink, ground);
}

/* Lines and fills are no text (WCAG 1.4.11: 3), and a frame only decorates. */
static double least_contrast(int role)
{
	if (role == STYLE_BORDER)
		return 1.5;
	if (role == STYLE_BIG || (role >= STYLE_PART1 && role <= STYLE_PART5))
		return 3;
	if (role >= STYLE_CURVE1 && role <= STYLE_CURVE6)
		return 4; /* the brightest blue of palettes has 4.1 to 4.5 on black */
	return 4.5;
}

/* The console's yellow is a brown that has 4.01 beside black, and the grey that it has for white
 * leaves a hue 2.8: who wants a light theme there has black text and few hues. */
static double least_on(const struct palette *pal, const struct theme *t, int colors, bool keeps,
		       int role)
{
	double most = pal == &palettes[0] ? 21 : t->is_light && !keeps && colors == 8 ? 2.8 : 4;

	return fmin(least_contrast(role), most);
}

static void few_colors_have_contrast_on_both_grounds(void **state)
{
	int failed = 0;

	(void)state;
	for (size_t i = 0; i < shipped_themes_n; i++)
		for (int role = 0; role < STYLE_N; role++)
			for (int at = 0; at < 8; at++) {
				const struct theme *t = &shipped_themes[i];
				const struct palette *pal = &palettes[at & 1];
				int colors = at & 2 ? 16 : 8;
				bool keeps = at & 4;
				uint32_t white = 0xffffff, black = 0x000000;
				/* what is not kept may be the very opposite */
				bool is_white = keeps ? t->is_light : !t->is_light;
				double ratio = seen_contrast(
					pal,
					color_role(t, theme_paint(t, (unsigned)role), colors,
						   keeps),
					colors, is_white ? white : black, is_white ? black : white);

				if (ratio >= least_on(pal, t, colors, keeps, role))
					continue;
				print_message("%s: %s has contrast %.2f with %d colours of %s%s\n",
					      t->name, theme_role_name((unsigned)role), ratio,
					      colors, pal->name, keeps ? ", ground kept" : "");
				failed++;
			}
	assert_int_equal(failed, 0);
}

/* ------------------------------------------------------------------ 24 bits */

static void who_has_24_bits(void **state)
{
	(void)state;
	assert_true(kinds_has_rgb("xterm-256color", "truecolor", false, false));
	assert_true(kinds_has_rgb("xterm-256color", "24bit", false, false));
	assert_false(kinds_has_rgb("xterm-256color", "yes", false, false));
	assert_false(kinds_has_rgb("xterm-256color", NULL, false, false));
	assert_true(kinds_has_rgb("tmux-256color", NULL, true, false));
	assert_true(kinds_has_rgb("screen-256color", NULL, true, false));
	assert_false(kinds_has_rgb("xterm-256color", NULL, true, false)); /* started from a tmux */
	assert_false(kinds_has_rgb("screen-256color", "truecolor", false, true));
	assert_false(kinds_has_rgb("screen", "truecolor", false, false));
	assert_string_equal(kinds_type("xterm", true), "xterm-256color");
	assert_string_equal(kinds_type("xterm", false), "xterm");
	assert_string_equal(kinds_type("foot", true), "foot");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nearest_of_256),
		cmocka_unit_test(few_colors_keep_everything_readable),
		cmocka_unit_test(few_colors_have_contrast_on_both_grounds),
		cmocka_unit_test(who_has_24_bits),
	};

	return cmocka_run_group_tests_name("color", tests, NULL, NULL);
}
