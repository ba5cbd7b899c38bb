/* Is what `e` saves as SVG well-formed XML? A small check of our own, so that no machine skips it:
 * the rules of XML 1.0 (https://www.w3.org/TR/xml/, sections 2.1 to 3.1 and 4.1) as far as a
 * drawing of ours uses them. */
#include "tests/unit.h"

#include "base/str.h"
#include "base/utf8.h"
#include "draw/theme.h"
#include "state/knobs.h"
#include "view/export.h"
#include "view/export_svg.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"
#include "tests/shipped.h"

enum { DEPTH_MAX = 32, NAMES_MAX = 24 };

static size_t name_length(const char *p)
{
	size_t n = 0;

	while ((p[n] >= 'a' && p[n] <= 'z') || (p[n] >= 'A' && p[n] <= 'Z') || p[n] == '_' ||
	       p[n] == ':' || (n && ((p[n] >= '0' && p[n] <= '9') || p[n] == '-' || p[n] == '.')))
		n++;
	return n;
}

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

/* After one character or reference of text or of an attribute; NULL: not allowed there. */
static const char *character(const char *p)
{
	static const char *const references[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"};
	uint32_t cp;

	for (size_t i = 0; i < ARRAY_SIZE(references); i++)
		if (str_starts(p, references[i]))
			return p + strlen(references[i]);
	if (str_starts(p, "]]>") || *p == '&' || *p == '<' ||
	    ((unsigned char)*p < 0x20 && !strchr("\t\r\n", *p)))
		return NULL;
	p += utf8_decode(p, &cp);
	return cp == UTF8_BAD || cp == 0xfffe || cp == 0xffff ? NULL : p;
}

/* After name="value"; NULL: it is none, or the tag has one of that name. */
static const char *attribute(const char *p, const char **names, size_t *n)
{
	size_t len = name_length(p);

	for (size_t i = 0; i < *n; i++)
		if (strncmp(names[i], p, len + 1) == 0)
			return NULL;
	if (!len || *n == NAMES_MAX || p[len] != '=' || p[len + 1] != '"')
		return NULL;
	names[(*n)++] = p;
	for (p += len + 2; p && *p != '"';)
		p = *p ? character(p) : NULL;
	return p ? p + 1 : NULL;
}

/* After a start tag whose < is at p; *is_empty: it ends in />. */
static const char *start_tag(const char *p, bool *is_empty)
{
	const char *names[NAMES_MAX];
	size_t n = 0, len = name_length(++p);

	if (!len)
		return NULL;
	for (p += len; *skip_blanks(p) != '>' && *skip_blanks(p) != '/';) {
		if (skip_blanks(p) == p || !(p = attribute(skip_blanks(p), names, &n)))
			return NULL;
	}
	p = skip_blanks(p);
	*is_empty = *p == '/';
	p += *is_empty;
	return *p == '>' ? p + 1 : NULL;
}

/* Where the text stops being well-formed; NULL: it is, as a whole. */
static const char *first_fault(const char *text)
{
	const char *open[DEPTH_MAX], *p = skip_blanks(text), *at = p;
	int depth = 0;
	bool is_empty;

	if (str_starts(p, "<?xml ")) {
		if (!(p = strstr(p, "?>")))
			return text;
		at = p = skip_blanks(p + 2);
	}
	if (*p != '<' || p[1] == '/')
		return p;
	do {
		at = p;
		if (*p == '\0')
			return at;
		if (*p != '<')
			p = character(p);
		else if (p[1] == '/') {
			size_t len = name_length(open[--depth]);

			p = strncmp(p + 2, open[depth], len) == 0 && p[2 + len] == '>' ? p + 3 + len
										       : NULL;
		} else {
			if (depth == DEPTH_MAX)
				return at;
			open[depth] = p + 1;
			p = start_tag(p, &is_empty);
			depth += p && !is_empty;
		}
		if (!p)
			return at;
	} while (depth > 0);
	return *skip_blanks(p) ? p : NULL;
}

static void the_check_finds_faults(void **state)
{
	(void)state;
	static const char *const good[] = {
		"<a/>",
		"<a></a>\n",
		"<a b=\"1\" c=\"&lt;\">x<b/>&amp;\xe2\x94\x82</a>",
		"<?xml version=\"1.0\"?>\n<a></a>",
	};
	static const char *const bad[] = {
		"",
		"text",
		"<a>",
		"<a></b>",
		"<a><b></a></b>",
		"<a/><b/>",
		"<a>&</a>",
		"<a>&nbsp;</a>",
		"<a b=1/>",
		"<a b=\"1\" b=\"2\"/>",
		"<a b=\"<\"/>",
		"<a>\033</a>",
		"<a>\xff</a>",
		"<a b=\"1\"c=\"2\"/>",
		"<a/>x",
		"<a b=\"1/>",
		"<1/>",
		"</a>",
		"<a>]]></a>",
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		if (first_fault(good[i]))
			fail_msg("fault found in %s", good[i]);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		if (!first_fault(bad[i]))
			fail_msg("no fault found in %s", bad[i]);
}

static void whole(const struct strbuf *svg, const char *what)
{
	const char *fault = first_fault(strbuf_text(svg));

	assert_true(str_starts(strbuf_text(svg), "<svg "));
	if (fault)
		fail_msg("%s: not well-formed at byte %zu: %.80s", what,
			 (size_t)(fault - strbuf_text(svg)), fault);
}

/* Every view in every theme, with a note and a path that have everything to escape. */
static void frames_are_well_formed(void **state)
{
	(void)state;
	static const int sizes[][2] = {{100, 30}, {40, 12}, {200, 60}};
	static struct state st;

	for (size_t v = 0; v < views_n; v++)
		for (size_t t = 0; t < shipped_themes_n + ARRAY_SIZE(sizes); t++) {
			const int *size = sizes[t < shipped_themes_n ? 0 : t - shipped_themes_n];
			struct strbuf svg;

			state_init(&st, &reg);
			st.view = v;
			st.theme = &shipped_themes[t < shipped_themes_n ? t : 0];
			st.width = size[0];
			st.height = size[1];
			str_format(st.message, sizeof st.message,
				   "a<b & \"c\" 'd' ]]> \xe6\x97\xa5");
			strbuf_init(&svg);
			export_state(&st, EXPORT_SVG, &svg);
			whole(&svg, views[v]->name);
			strbuf_fini(&svg);
		}
}

/* Every character of Latin-1 that cells may hold, and what a chart draws, alone. */
static void cells_are_well_formed(void **state)
{
	(void)state;
	static struct state st;
	struct strbuf svg;
	struct frame f;
	struct cells c;

	strbuf_init(&svg);
	assert_true(cells_init(&c, 100, 3));
	for (uint32_t cp = 0x20; cp < 0x100; cp++)
		cells_put(&c, (int)(cp % 100), (int)(cp / 100), cp, STYLE_TEXT);
	export_svg_cells(&c, &shipped_themes[0], &svg);
	whole(&svg, "Latin-1");
	/* XML has no such characters, whatever a file's name or a registry's text brings */
	static const uint32_t none[] = {0x01, 0x1f, 0x7f, 0x85, 0xd800, 0xdfff, 0xfffe, 0xffff};
	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		strbuf_clear(&svg);
		c.cell[5].cp = none[i];
		export_svg_cells(&c, &shipped_themes[0], &svg);
		whole(&svg, "no character of XML");
	}
	cells_fini(&c);

	state_init(&st, &reg);
	frame_init(&f, &st);
	strbuf_clear(&svg);
	assert_true(cells_init(&c, 120, 40));
	chart_draw(&c, (struct rect){0, 0, 120, 40}, &f, CHART_CROSSHAIR);
	export_svg_cells(&c, &shipped_themes[0], &svg);
	whole(&svg, "chart");
	cells_fini(&c);
	strbuf_fini(&svg);
}

/* A block is as large as its name says, at its place: cells of 9 x 18 from 10, 10 on. */
static void blocks_are_drawn(void **state)
{
	static const struct {
		uint32_t cp;
		const char *path;
	} rows[] = {
		{0x2580, "d=\"M10 10h9v9h-9z\""},        /* upper half */
		{0x2584, "d=\"M10 19h9v9h-9z\""},        /* lower half */
		{0x2588, "d=\"M10 10h9v18h-9z\""},       /* full */
		{0x258c, "d=\"M10 10h4.5v18h-4.5z\""},   /* left half */
		{0x2590, "d=\"M14.5 10h4.5v18h-4.5z\""}, /* right half */
		{0x2596, "d=\"M10 19h4.5v9h-4.5z\""},    /* lower left */
		{0x259d, "d=\"M14.5 10h4.5v9h-4.5z\""},  /* upper right */
		{0x259a, "d=\"M10 10h4.5v9h-4.5zM14.5 19h4.5v9h-4.5z\""},
		{0x2599, "d=\"M10 10h4.5v9h-4.5zM10 19h4.5v9h-4.5zM14.5 19h4.5v9h-4.5z\""},
		{0x259f, "d=\"M14.5 10h4.5v9h-4.5zM10 19h4.5v9h-4.5zM14.5 19h4.5v9h-4.5z\""},
	};
	struct strbuf svg;
	struct cells c;

	(void)state;
	strbuf_init(&svg);
	assert_true(cells_init(&c, 1, 1));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		strbuf_clear(&svg);
		c.cell[0].cp = rows[i].cp;
		export_svg_cells(&c, &shipped_themes[0], &svg);
		whole(&svg, "a block");
		if (!strstr(strbuf_text(&svg), rows[i].path))
			fail_msg("U+%04x: no %s in %s", rows[i].cp, rows[i].path,
				 strbuf_text(&svg));
	}
	cells_fini(&c);
	strbuf_fini(&svg);
}

/* The look for a dark ground: the colours of the other theme, in a style sheet. */
static void a_chart_has_two_looks(void **state)
{
	(void)state;
	static struct state st;
	const struct theme *themes[] = {theme_find(&st.themes, "light"),
					theme_find(&st.themes, "dark")};
	struct cells c[2];
	struct strbuf svg;
	struct frame f;
	char text[40];

	state_init(&st, &reg);
	strbuf_init(&svg);
	for (int i = 0; i < 2; i++) {
		st.theme = themes[i];
		frame_init(&f, &st);
		assert_true(cells_init(&c[i], 100, 30));
		chart_draw(&c[i], (struct rect){0, 0, 100, 30}, &f, CHART_CROSSHAIR);
	}
	export_svg_looks(&c[0], themes[0], &c[1], themes[1], &svg);
	whole(&svg, "two looks");
	assert_non_null(strstr(strbuf_text(&svg), "@media (prefers-color-scheme: dark)"));
	for (int i = 0; i < 2; i++) { /* the curve of the selected model */
		snprintf(text, sizeof text, i ? "stroke: #%06x" : "stroke=\"#%06x\"",
			 (unsigned)themes[i]->roles[STYLE_CURVE2].fg);
		assert_non_null(strstr(strbuf_text(&svg), text));
		cells_fini(&c[i]);
	}
	strbuf_fini(&svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_check_finds_faults), cmocka_unit_test(frames_are_well_formed),
		cmocka_unit_test(cells_are_well_formed),  cmocka_unit_test(blocks_are_drawn),
		cmocka_unit_test(a_chart_has_two_looks),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
