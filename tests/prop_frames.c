/* What the screens say against what is computed, for random requests: the figures of every size of
 * dashboard, labels that are not cut, charts in text and in SVG. prop_frames [CASES [SEED]]; the
 * seed is printed, and the first requests that break a property with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "core/quantity.h"
#include "registry/registry.h"
#include "tests/random_setup.h"
#include "view/chart.h"
#include "view/export_svg.h"
#include "view/screen.h"
#include "view/view.h"

enum property { FIGURES, RANGES, LABELS, INSIDE, CHART_VALUES, SVG_VALUES, ROWS, PROPERTIES_N };

static struct {
	const char *text;
	int cases, bad;
} properties[PROPERTIES_N] = {
	[FIGURES] = {"every figure on a screen has the digits of the estimate", 0, 0},
	[RANGES] = {"no time to the first token stands without its range", 0, 0},
	[LABELS] = {"no label of a figure is cut at 80x24, with a pin or without", 0, 0},
	[INSIDE] = {"no row is wider than asked, and there are no more rows", 0, 0},
	[CHART_VALUES] = {"the chart's values at the mark are the estimates of its curves", 0, 0},
	[ROWS] = {"rows of the comparison can be told apart by their names", 0, 0},
	[SVG_VALUES] = {"the chart's picture has the same values", 0, 0},
};

static struct registry reg;
static struct state st;

static void must(enum property p, bool holds, const char *what, const char *on)
{
	properties[p].cases++;
	if (holds || properties[p].bad++ >= 3)
		return;
	printf("# %s: %s\n", properties[p].text, what);
	print_setup(&st.req.setup);
	for (const char *line = on; *line; line += strcspn(line, "\n"), line += *line == '\n')
		printf("#   %.*s\n", (int)strcspn(line, "\n"), line);
}

/* ------------------------------------------------------------ frames */

static void draw_frame(int width, int height, struct strbuf *out)
{
	struct cells c;

	st.width = width;
	st.height = height;
	if (!cells_init(&c, width, height))
		exit(99);
	screen_draw(&c, &st);
	cells_to_text(&c, out);
	cells_fini(&c);
	if (!strbuf_ok(out))
		exit(99);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* As a word of its own: not a part of a longer number. */
static bool has(const char *text, const char *figure)
{
	size_t len = strlen(figure);

	for (const char *at = text; (at = strstr(at, figure)); at++) {
		bool begins = at == text || !(is_digit(at[-1]) || at[-1] == ',' || at[-1] == '.');

		if (begins && !is_digit(at[len]))
			return true;
	}
	return false;
}

static void must_show(const char *frame, const struct frame *f, const enum quantity_id *ids,
		      size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct value v = frame_value(f, ids[i]);
		char text[UNIT_TEXT], what[160];

		if (v.reason || v.text || v.number < 0)
			continue;
		/* beside the reason why there are no requests at once it would say nothing */
		if ((ids[i] == Q_IMAGE_FACTOR || ids[i] == Q_TEXT_ONLY) &&
		    (f->est.capacity.concurrency.reason || f->est.memory.overflow))
			continue;
		quantity_text(ids[i], &v, text);
		str_format(what, sizeof what, "%s, %s", quantity_title(ids[i]), text);
		must(FIGURES, has(frame, text), what, frame);
	}
}

static void check_size(const char *frame, int width, int height)
{
	int rows = 0;

	for (const char *line = frame; *line; rows++) {
		int columns = 0;

		for (; *line && *line != '\n'; line++)
			columns += (*line & 0xc0) != 0x80; /* a character is one column here */
		line += *line == '\n';
		must(INSIDE, columns <= width, "a row is wider", frame);
	}
	must(INSIDE, rows <= height, "there are more rows", frame);
}

static void check_figures(const struct frame *f)
{
	static const enum quantity_id small[] = {Q_SHARE, Q_CONCURRENCY, Q_TTFT, Q_KV_REQUEST};
	static const enum quantity_id usual[] = {
		Q_SHARE,      Q_TEXT_LEFT,   Q_IMAGES_FIT, Q_KV_TOKEN,     Q_KV_IMAGE,
		Q_KV_REQUEST, Q_CONCURRENCY, Q_TEXT_ONLY,  Q_IMAGE_FACTOR, Q_TTFT,
	};
	static const int sizes[][2] = {{80, 24}, {120, 40}, {200, 60}, {40, 12}};

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		bool is_small = sizes[i][0] < 80;
		struct strbuf text;

		strbuf_init(&text);
		draw_frame(sizes[i][0], sizes[i][1], &text);
		must_show(strbuf_text(&text), f, is_small ? small : usual,
			  is_small ? ARRAY_SIZE(small) : ARRAY_SIZE(usual));
		check_size(strbuf_text(&text), sizes[i][0], sizes[i][1]);
		strbuf_fini(&text);
	}
}

/* 1, 10 or 100 of its unit: a number that an axis may have as well. */
static bool is_round(const char *text)
{
	size_t zeros = strspn(text + (*text == '1'), "0");

	return *text == '1' && text[1 + zeros] == ' ';
}

/* The upper end as the range has it; on every screen that has the time. */
static void check_ranges(const struct frame *f, size_t view, bool big)
{
	static const int sizes[][2] = {{80, 24}, {120, 40}, {40, 12}};
	struct value v = frame_value(f, Q_TTFT), end = frame_value(f, Q_TTFT_HIGH);
	char time[UNIT_TEXT], high[UNIT_TEXT];

	if (v.reason)
		return;
	quantity_text(Q_TTFT, &v, time);
	quantity_text(Q_TTFT_HIGH, &end, high);
	st.view = view;
	st.big = big;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct strbuf text;

		strbuf_init(&text);
		draw_frame(sizes[i][0], sizes[i][1], &text);
		if (!is_round(time) && has(strbuf_text(&text), time))
			must(RANGES, has(strbuf_text(&text), high), high, strbuf_text(&text));
		strbuf_fini(&text);
	}
	st.view = 0;
	st.big = false;
}

/* ------------------------------------------------------------ labels */

/* Each stands there, or its short name. What is pinned has the place of the others. */
static void check_labels(const struct frame *f)
{
	static const struct {
		const char *text;
		enum quantity_id id;
	} labels[] = {
		{"left for text", Q_TEXT_LEFT},      {"images that fit", Q_IMAGES_FIT},
		{"per token", Q_KV_TOKEN},           {"one image", Q_KV_IMAGE},
		{"requests at once", Q_CONCURRENCY}, {"with text alone", Q_TEXT_ONLY},
		{"image factor", Q_IMAGE_FACTOR},
	};
	struct strbuf text;

	if (f->est.why != REASON_NONE || f->est.capacity.concurrency.reason ||
	    f->est.memory.overflow || f->est.context.limit <= 0)
		return;
	strbuf_init(&text);
	draw_frame(80, 24, &text);
	for (size_t i = 0; i < (st.pin.is_set ? 2 : ARRAY_SIZE(labels)); i++)
		must(LABELS,
		     strstr(strbuf_text(&text), labels[i].text) ||
			     strstr(strbuf_text(&text), quantity_head(labels[i].id)),
		     labels[i].text, strbuf_text(&text));
	strbuf_fini(&text);
}

/* ------------------------------------------------------------ charts */

/* The legend's row: the last one that has the label. */
static const char *line_with(const char *text, const char *label, char out[1024])
{
	const char *row = NULL;
	char begin[16]; /* long ones are cut in the legend */

	str_format(begin, sizeof begin, "%.*s", (int)sizeof begin - 1, label);
	for (const char *at = text; (at = strstr(at, begin)); at++)
		row = str_format(out, 1024, "%.*s", (int)strcspn(at, "\n"), at);
	return row;
}

static void check_chart(void)
{
	static struct chart ch;
	struct strbuf text, svg;
	struct frame f;

	view_find("chart", &st.view);
	st.metric = quantity_next_metric(st.metric, (int)below(6));
	strbuf_init(&text), strbuf_init(&svg);
	draw_frame(120, 40, &text);
	export_svg(&st, &svg);
	frame_init(&f, &st);
	chart_init(&ch, &f, CHART_POINTS);
	for (int i = 0; i < ch.n; i++) {
		struct setup at = ch.curves[i].setup;
		struct estimate e;
		char value[UNIT_TEXT], line[1024], what[200];

		at.width = st.req.setup.width;
		at.height = st.req.setup.height;
		estimate(&at, &e);
		struct value v = quantity_read(st.metric, &at, &e);
		const char *row = line_with(strbuf_text(&text), ch.curves[i].label, line);

		if (v.reason || !row) /* curves on one line share a label */
			continue;
		quantity_text(st.metric, &v, value);
		str_format(what, sizeof what, "%s, %s", ch.curves[i].label, value);
		must(CHART_VALUES, has(row, value), what, strbuf_text(&text));
		if (!strchr(value, '<')) /* which is written in another way there */
			must(SVG_VALUES, has(strbuf_text(&svg), value), what, "");
	}
	st.view = 0;
	strbuf_fini(&text), strbuf_fini(&svg);
}

/* ------------------------------------------------------------ the comparison */

/* The name at the beginning of a row: up to two blanks. */
static size_t name_len(const char *row)
{
	const char *end = strstr(row, "  ");

	return end ? (size_t)(end - row) : strlen(row);
}

/* All rows at once, at widths that cut their names. */
static void check_rows(void)
{
	static const int widths[] = {40, 50, 60, 72, 80, 100, 120};
	static const char *rows[1000];

	state_init(&st, &reg);
	view_find("compare", &st.view);
	for (size_t i = 0; i < ARRAY_SIZE(widths); i++) {
		struct strbuf text;
		int n = 0;

		strbuf_init(&text);
		draw_frame(widths[i], 400, &text);
		for (const char *line = strbuf_text(&text); *line && n < 1000;) {
			const char *name = line + strcspn(line, "abcdefghijklmnopqrstuvwxyz\n");

			if (*name != '\n' && name - line < 8 && name > line + 2)
				rows[n++] = name;
			line += strcspn(line, "\n");
			line += *line == '\n';
		}
		must(ROWS, n > 200, "there are rows", strbuf_text(&text));
		for (int a = 0; a < n; a++)
			for (int b = 0; b < a; b++)
				if (name_len(rows[a]) == name_len(rows[b]) &&
				    memcmp(rows[a], rows[b], name_len(rows[a])) == 0)
					must(ROWS, false, "two of one name", rows[a]);
		strbuf_fini(&text);
	}
	st.view = 0;
}

/* ------------------------------------------------------------ run */

static void check(bool has_chart)
{
	struct setup s;
	struct frame f;

	draw_setup(&reg, &s);
	state_init(&st, &reg);
	st.req.setup = s;
	request_size(&st.req, s.width, s.height);
	frame_init(&f, &st);
	if (!f.is_valid)
		return;
	check_figures(&f);
	check_labels(&f);
	check_ranges(&f, 0, false);
	check_ranges(&f, 0, true);
	st.metric = Q_TTFT;
	size_t chart;
	if (view_find("chart", &chart))
		check_ranges(&f, chart, false);
	st.pin.is_set = true;
	st.pin.req = st.req;
	st.pin.req.setup.width = up_to(8000);
	frame_init(&f, &st);
	check_labels(&f);
	check_ranges(&f, 0, false);
	st.pin.is_set = false;
	if (has_chart)
		check_chart();
}

int main(int argc, char **argv)
{
	int cases = argc > 1 ? atoi(argv[1]) : 150, bad = 0;
	struct vtok_error err = {0};

	random_begin(argc > 2 ? argv[2] : NULL);
	if (!registry_init(&reg, &err))
		return 99;
	check_rows();
	for (int i = 0; i < cases; i++)
		check(i % 3 == 0);
	printf("1..%d\n", PROPERTIES_N);
	for (int i = 0; i < PROPERTIES_N; i++) {
		bool holds = !properties[i].bad && properties[i].cases;

		printf("%sok %d - %s (%d cases, %d bad)\n", holds ? "" : "not ", i + 1,
		       properties[i].text, properties[i].cases, properties[i].bad);
		bad += !holds;
	}
	registry_fini(&reg);
	return bad != 0;
}
