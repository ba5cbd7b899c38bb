/* Themes: readable by the WCAG rule, curves apart for every kind of colour vision, mistakes in a
 * file explained. */
#include "tests/unit.h"

#include <math.h>

#include "base/str.h"
#include "draw/theme.h"
#include "draw/theme_file.h"

static const struct theme_list shipped = {.own_n = 0};

/* WCAG 2.1, "relative luminance" and "contrast ratio". */
static double channel(double c)
{
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static void linear(int32_t rgb, double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = channel((double)(rgb >> (16 - 8 * i) & 0xff) / 255);
}

static double luminance(int32_t rgb)
{
	double c[3];

	linear(rgb, c);
	return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

static double contrast(int32_t a, int32_t b)
{
	double la = luminance(a), lb = luminance(b);

	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static int32_t ink(const struct theme *t, int role)
{
	return t->roles[role].fg == THEME_KEEP ? theme_foreground(t) : t->roles[role].fg;
}

static int32_t ground(const struct theme *t, int role)
{
	return t->roles[role].bg == THEME_KEEP ? theme_background(t) : t->roles[role].bg;
}

/* Lines between panels and the fills of bars are no text; 3 : 1 is what WCAG 1.4.11 asks of
 * graphics, less will do for a frame that only decorates. */
static double least_contrast(int role)
{
	if (role == STYLE_BORDER)
		return 1.5;
	if (role >= STYLE_PART1 && role <= STYLE_PART5)
		return 3;
	return 4.5;
}

static void text_is_readable(void **state)
{
	(void)state;
	assert_true(shipped_themes_n >= 9);
	for (size_t i = 0; i < shipped_themes_n; i++)
		for (int role = 0; role < STYLE_N; role++) {
			double ratio = contrast(ink(&shipped_themes[i], role),
						ground(&shipped_themes[i], role));

			if (ratio < least_contrast(role))
				print_message("%s: role %d has contrast %.2f\n",
					      shipped_themes[i].name, role, ratio);
			assert_true(ratio >= least_contrast(role));
		}
}

/* A bar shades from a part's colour into another: every step is seen on the ground, and a shade of
 * a word's role is one for bars alone. */
static void shades_are_seen(void **state)
{
	int shades = 0;

	(void)state;
	for (size_t i = 0; i < shipped_themes_n; i++)
		for (unsigned role = 0; role < STYLE_N; role++)
			for (unsigned step = 0; step <= STYLE_STEPS; step++) {
				const struct theme *t = &shipped_themes[i];
				struct theme_role r = theme_paint(t, role + step * STYLE_STEP);

				if (t->roles[role].to == THEME_KEEP)
					continue;
				shades++;
				assert_true(contrast(r.fg, ground(t, (int)role)) >= 3);
			}
	assert_true(shades > 1000);
}

static void shades_go_from_one_colour_to_the_other(void **state)
{
	struct theme t = shipped_themes[0];

	(void)state;
	t.roles[STYLE_PART1] =
		(struct theme_role){.fg = 0x102030, .bg = THEME_KEEP, .to = 0xf000ff};
	assert_int_equal(theme_paint(&t, STYLE_PART1).fg, 0x102030);
	assert_int_equal(theme_paint(&t, STYLE_PART1 + STYLE_STEPS * STYLE_STEP).fg, 0xf000ff);
	assert_int_equal(theme_paint(&t, STYLE_PART1 + 15 * STYLE_STEP).fg, 0x7c1194);
	t.roles[STYLE_PART1].to = THEME_KEEP;
	assert_int_equal(theme_paint(&t, STYLE_PART1 + 15 * STYLE_STEP).fg, 0x102030);
	assert_int_equal(theme_paint(&t, (STYLE_PART1 | STYLE_BOLD) + 15 * STYLE_STEP).attrs,
			 STYLE_BOLD);
}

/* Where nobody chose a theme, the dark one keeps the terminal's own dark background, which need not
 * be the one it was made for. */
static void text_is_readable_on_other_grounds(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped_themes_n; i++) {
		const struct theme *t = &shipped_themes[i];

		if (strcmp(t->name, "dark") != 0 && strcmp(t->name, "colour-blind-safe") != 0)
			continue;
		for (int role = 0; role < STYLE_N; role++)
			if (t->roles[role].fg != THEME_KEEP && t->roles[role].bg == THEME_KEEP &&
			    least_contrast(role) > 4)
				assert_true(contrast(t->roles[role].fg, 0x000000) >= 4.5 &&
					    contrast(t->roles[role].fg, 0x1e1e2e) >= 4.5);
	}
}

/* Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color vision
 * deficiency", severity 1.0, on linear RGB. */
static const double vision[3][3][3] = {
	{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	{{0.152286, 1.052583, -0.204868},
	 {0.114503, 0.786281, 0.099216},
	 {-0.003882, -0.048116, 1.051998}}, /* protan */
	{{0.367322, 0.860646, -0.227968},
	 {0.280085, 0.672501, 0.047413},
	 {-0.011820, 0.042940, 0.968881}}, /* deutan */
};

/* CIE 1976 L*a*b*, D65. */
static void lab(const double rgb[3], double out[3])
{
	double x = 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2];
	double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
	double z = 0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2];
	double f[3], v[3] = {x / 0.95047, y, z / 1.08883};

	for (int i = 0; i < 3; i++)
		f[i] = v[i] > 0.008856 ? cbrt(v[i]) : 7.787 * v[i] + 16.0 / 116;
	out[0] = 116 * f[1] - 16;
	out[1] = 500 * (f[0] - f[1]);
	out[2] = 200 * (f[1] - f[2]);
}

static double seen_distance(int32_t a, int32_t b, const double m[3][3])
{
	double la[3], lb[3], pa[3], pb[3], d = 0;

	linear(a, pa);
	linear(b, pb);
	double sa[3], sb[3];

	for (int i = 0; i < 3; i++) {
		sa[i] = fmin(1, fmax(0, m[i][0] * pa[0] + m[i][1] * pa[1] + m[i][2] * pa[2]));
		sb[i] = fmin(1, fmax(0, m[i][0] * pb[0] + m[i][1] * pb[1] + m[i][2] * pb[2]));
	}
	lab(sa, la);
	lab(sb, lb);
	for (int i = 0; i < 3; i++)
		d += (la[i] - lb[i]) * (la[i] - lb[i]);
	return sqrt(d);
}

/* Two colours are taken as told apart at a distance of 12 (2.3 is just noticeable side by side;
 * thin lines need more); the theme made for it keeps 20. Curve 6 is not drawn beside curve 5
 * anywhere yet and is checked all the same. */
static void curves_are_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped_themes_n; i++)
		for (int a = STYLE_CURVE1; a <= STYLE_CURVE6 && !shipped_themes[i].is_mono; a++)
			for (int b = STYLE_CURVE1; b < a; b++)
				for (int v = 0; v < 3; v++) {
					double d = seen_distance(ink(&shipped_themes[i], a),
								 ink(&shipped_themes[i], b),
								 vision[v]);
					double least = strcmp(shipped_themes[i].name,
							      "colour-blind-safe") == 0
							       ? 20
							       : 12;

					if (d < least)
						print_message(
							"%s: curves %d and %d, vision %d: %.1f\n",
							shipped_themes[i].name,
							b - STYLE_CURVE1 + 1, a - STYLE_CURVE1 + 1,
							v, d);
					assert_true(d >= least);
				}
}

static void themes_paint_one_ground(void **state)
{
	(void)state;
	for (size_t i = 0; i < shipped_themes_n; i++) {
		assert_int_equal(shipped_themes[i].background == THEME_KEEP,
				 shipped_themes[i].is_mono);
		assert_int_equal(shipped_themes[i].roles[STYLE_TEXT].bg, THEME_KEEP);
		assert_int_equal(shipped_themes[i].roles[STYLE_BORDER].bg, THEME_KEEP);
		assert_int_equal(shipped_themes[i].roles[STYLE_VALUE].bg, THEME_KEEP);
	}
}

static void mono_has_no_colour(void **state)
{
	(void)state;
	const struct theme *t = theme_find(&shipped, "MonoChrome");

	assert_non_null(t);
	assert_true(t->is_mono);
	for (int role = 0; role < STYLE_N; role++)
		assert_true(t->roles[role].fg == THEME_KEEP && t->roles[role].bg == THEME_KEEP);
	assert_true(theme_paint(t, STYLE_FOCUS).attrs & STYLE_REVERSE);
	assert_null(theme_find(&shipped, "no such theme"));
}

static void files_are_read_and_mistakes_explained(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message; /* NULL: good */
	} t[] = {
		{"[theme mine]\ndim = #112233 on #445566 bold underline\n", NULL},
		{"[theme mine]\ndim = #00112233 on #445566\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = #112233 to #aabbcc on #445566 bold underline\n", NULL},
		{"[theme mine]\ndim = #112233 to\n",
		 "mine.ini:2: dim: expected COLOUR [to COLOUR]"},
		{"[theme mine]\ndim = #112233 on #445566 to #aabbcc\n",
		 "mine.ini:2: dim: expected COLOUR [to COLOUR]"},
		{"[theme mine]\ndim = #112233 bold to #aabbcc\n",
		 "mine.ini:2: dim: expected COLOUR [to COLOUR]"},
		{"[theme mine]\ndim = #112233 to #aabbcc to #aabbcc\n",
		 "mine.ini:2: dim: expected COLOUR [to COLOUR]"},
		{"[theme mine]\ndim = #11223\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = #112233 on\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = red\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndimm = #112233\n", "mine.ini:2: dimm: unknown key \"dimm\""},
		{"[theme mine]\norder = first\n",
		 "mine.ini:2: order: expected a whole number from 0"},
		{"[theme a name that is longer than any]\n",
		 "mine.ini:1: a name of at most 23 bytes"},
		{"[theme mine]\nlight = maybe\n", "mine.ini:2: light: expected yes or no"},
		{"[theme mine]\n[theme two]\n", "mine.ini:2: expected one section"},
		{"dim = #112233\n", "mine.ini:1: "},
		{"[theme mine]\ndim = #11223g\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = 1122334\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim =\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = #112233 bold on #445566\n",
		 "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = #112233 on blue\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = #112233 blinking\n", "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\ndim = #112233 underlinedunderlined\n",
		 "mine.ini:2: dim: expected COLOUR"},
		{"[theme mine]\nbackground = dark\n",
		 "mine.ini:2: background: expected a colour like #1f5f8b or default, found"},
		{"[theme mine]\norder = 1001\n",
		 "mine.ini:2: order: expected a whole number from 0"},
		{"[theme]\n", "mine.ini:1: expected a section [theme NAME], found [theme]"},
		{"[style mine]\n",
		 "mine.ini:1: expected a section [theme NAME], found [style mine]"},
		{"", "mine.ini: expected a section"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct theme theme = shipped_themes[0], before = shipped_themes[0];
		struct vtok_error err = {0};
		bool good = theme_read(&theme, "mine.ini", t[i].text, strlen(t[i].text), &err);

		assert_int_equal(good, t[i].message == NULL);
		if (t[i].message) {
			if (strncmp(err.text, t[i].message, strlen(t[i].message)) != 0)
				print_message("found: %s\n", err.text);
			assert_int_equal(strncmp(err.text, t[i].message, strlen(t[i].message)), 0);
			assert_memory_equal(&theme, &before, sizeof theme);
		} else {
			assert_string_equal(theme.name, "mine");
			assert_int_equal(theme.roles[STYLE_DIM].fg, 0x112233);
			assert_int_equal(theme.roles[STYLE_DIM].bg, 0x445566);
			assert_int_equal(theme.roles[STYLE_DIM].attrs,
					 STYLE_BOLD | STYLE_UNDERLINE);
			assert_int_equal(theme.roles[STYLE_TEXT].fg, before.roles[STYLE_TEXT].fg);
		}
	}
}

/* Colours are copied from programs that write them in either case. */
static void digits_have_both_cases(void **state)
{
	static const char text[] = "[theme mine]\ndim = #AABBCC on #FfeEdD\n";
	struct theme theme = shipped_themes[0];
	struct vtok_error err = {0};

	(void)state;
	assert_true(theme_read(&theme, "mine.ini", text, strlen(text), &err));
	assert_int_equal(theme.roles[STYLE_DIM].fg, 0xaabbcc);
	assert_int_equal(theme.roles[STYLE_DIM].bg, 0xffeedd);
}

static void own_themes_are_among_them(void **state)
{
	struct theme own[2] = {shipped_themes[1], shipped_themes[0]};
	const struct theme_list list = {own, ARRAY_SIZE(own)};

	(void)state;
	str_format(own[0].name, sizeof own[0].name, "mine");
	assert_int_equal(theme_count(&shipped), shipped_themes_n);
	assert_int_equal(theme_count(&list), shipped_themes_n + 1);
	assert_ptr_equal(theme_at(&list, 0), &own[1]); /* in the place of the shipped one */
	assert_ptr_equal(theme_at(&list, 1), &shipped_themes[1]);
	assert_ptr_equal(theme_at(&list, shipped_themes_n), &own[0]);
	assert_ptr_equal(theme_find(&list, "MINE"), &own[0]);
	assert_ptr_equal(theme_find(&list, shipped_themes[0].name), &own[1]);
	assert_null(theme_find(&shipped, "mine"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_readable),
		cmocka_unit_test(text_is_readable_on_other_grounds),
		cmocka_unit_test(shades_are_seen),
		cmocka_unit_test(shades_go_from_one_colour_to_the_other),
		cmocka_unit_test(curves_are_apart),
		cmocka_unit_test(themes_paint_one_ground),
		cmocka_unit_test(mono_has_no_colour),
		cmocka_unit_test(digits_have_both_cases),
		cmocka_unit_test(own_themes_are_among_them),
		cmocka_unit_test(files_are_read_and_mistakes_explained),
	};
	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
