/* Every view at every size, with ordinary and extreme states. What must hold everywhere: layout
 * rectangles lie inside the body and apart from each other; every cell holds a character that fits
 * the character set; a number is either whole or cut with a mark. That is tested by the numbers
 * themselves: one that stands on no roomy screen of the same state, is no tick of an axis and has
 * no mark behind it was cut. With VTOK_ALL_SIZES set, every state is drawn at every size. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "registry/registry.h"
#include "state/knobs.h"
#include "view/layout.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"

enum { WIDEST = 250, HIGHEST = 80, NUMBERS_MAX = 8192, NUMBER_SIZE = 24, TYPED_EVERY = 16 };

/* A hash table with open places: "" = free. */
struct numbers {
	char text[NUMBERS_MAX][NUMBER_SIZE];
	size_t n;
};

static int failures, checks;

static void complain(const char *what, const char *name, int width, int height)
{
	if (failures++ < 20)
		printf("# %s: %s at %dx%d\n", what, name, width, height);
}

/* ------------------------------------------------------------ layout */

static bool apart(struct rect a, struct rect b)
{
	return rect_empty(a) || rect_empty(b) || rect_empty(rect_cut(a, b));
}

static bool inside(struct rect a, struct rect b)
{
	return rect_empty(a) || (a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width &&
				 a.y + a.height <= b.y + b.height);
}

static void check_layout(int width, int height, const struct request *r)
{
	struct rect body = {0, 1, width, height - 2};
	struct rect all[PANELS_MOST + 3];
	struct layout l;

	layout_dashboard(&l, body, r);
	for (int i = 0; i < PANELS_MOST; i++)
		all[i] = l.panels[i];
	all[PANELS_MOST] = l.knobs;
	all[PANELS_MOST + 1] = l.notes;
	all[PANELS_MOST + 2] = l.numbers;
	for (int i = 0; i < PANELS_MOST + 3; i++) {
		if (!inside(all[i], body))
			complain("a rectangle outside", "layout", width, height);
		for (int k = 0; k < i; k++)
			if (!apart(all[i], all[k]))
				complain("two rectangles overlap", "layout", width, height);
	}
	if (!l.is_too_small && layout_knob_row(&l, KNOB_WIDTH, KNOB_WIDTH) < 0)
		complain("the focused knob is not shown", "layout", width, height);
	checks++;
}

/* ------------------------------------------------------------ numbers on a screen */

static bool is_number_part(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '.' || cp == ',';
}

typedef void (*number_visit)(void *arg, const char *number, bool has_mark);

/* Every run of digits, points and commas that begins with a digit. Big digits are blocks, not
 * numbers. */
static void walk_numbers(const struct cells *c, number_visit visit, void *arg)
{
	for (int y = 0; y < c->height; y++) {
		const struct cell *row = &c->cell[(size_t)y * (size_t)c->width];

		for (int x = 0; x < c->width; x++) {
			char number[NUMBER_SIZE];
			size_t n = 0;

			if (row[x].cp < '0' || row[x].cp > '9')
				continue;
			while (x < c->width && is_number_part(row[x].cp) && n + 1 < sizeof number)
				number[n++] = (char)row[x++].cp;
			number[n] = '\0';
			while (n && (number[n - 1] == ',' || number[n - 1] == '.'))
				number[--n] = '\0'; /* the comma or stop of a sentence */
			visit(arg, number,
			      x < c->width && (row[x].cp == 0x2026 || row[x].cp == '~'));
		}
	}
}

static char *place_of(const struct numbers *list, const char *number)
{
	size_t at = 5381;

	for (const char *p = number; *p; p++)
		at = at * 33 + (unsigned char)*p;
	while (list->text[at % NUMBERS_MAX][0] && strcmp(list->text[at % NUMBERS_MAX], number) != 0)
		at++;
	return (char *)list->text[at % NUMBERS_MAX];
}

static void learn(void *arg, const char *number, bool has_mark)
{
	struct numbers *list = arg;
	char *place = place_of(list, number);

	if (has_mark || *place)
		return;
	if (++list->n > NUMBERS_MAX / 2)
		exit(99);
	str_format(place, NUMBER_SIZE, "%s", number);
}

static void learn_ticks(struct numbers *list)
{
	char text[NUMBER_SIZE];

	learn(list, "0", false);
	for (double p = 1e-3; p < 1e10; p *= 10)
		for (int i = 1; i <= 9; i++) {
			learn(list, str_format(text, sizeof text, "%g", p * i), false);
			learn(list, str_format(text, sizeof text, "%g", p * i * 1.5), false);
			learn(list, str_format(text, sizeof text, "%g", p * i * 2.5), false);
			learn(list, str_format(text, sizeof text, "%.1f", p * i), false);
		}
	for (int i = 64; i <= 8192; i += 64)
		learn(list, str_format(text, sizeof text, "%d", i), false);
}

struct doubt {
	const struct numbers *list;
	const char *name;
	int width, height;
};

static void judge(void *arg, const char *number, bool has_mark)
{
	const struct doubt *d = arg;
	char text[80];

	if (!has_mark && !*place_of(d->list, number))
		complain(str_format(text, sizeof text, "the number %s stands on no roomy screen",
				    number),
			 d->name, d->width, d->height);
}

/* ------------------------------------------------------------ states */

struct variant {
	const char *name;
	const char *keys; /* pressed after the size is set */
	int64_t width, height;
	bool ascii;
};

static const struct variant variants[] = {
	{"ordinary", "", 1920, 1080, false},
	{"ascii", "", 1920, 1080, true},
	{"formula", "x", 4032, 3024, false},
	{"largest", "", 1000000000, 1000000000, false},
	{"refused", "", 1000000000, 1, false},
	{"one pixel", "a", 1, 1, false},
	{"pinned", "a PgUp PgUp", 1024, 1024, false},
	{"time chart", "2 c", 1920, 1080, false},
	{"chart", "2 i", 1920, 1080, true},
	{"big", "b", 1920, 1080, false},
	{"big refused", "b", 1000000000, 1, true},
	{"help", "? PgDn", 1024, 1024, false},
	{"models", "m q", 1024, 1024, false},
	{"prompt", "Enter 4 0 0 0 x", 1024, 1024, true},
	{"command", "g x Esc y", 1024, 1024, false},
	{"image", "4", 1920, 1080, false},
	{"image ascii", "4", 1920, 1080, true},
	{"compare", "3", 2550, 3300, false},
	{"compare big", "3 b j j", 1920, 1080, true},
	{"explain", "6", 2550, 3300, true},
	{"explain big", "6 b", 1920, 1080, false},
	{"explain largest", "6 PgDn", 1000000000, 1000000000, false},
	{"explain refused", "6 x x", 1000000000, 1, false},
	{"compare by time", "3 s s s s End", 1000000000, 1000000, true},
	{"hosted", "m g p t - 4 o Enter", 1920, 1080, false},
	{"hosted big", "m g p t - 4 o Enter b", 1920, 1080, false},
	{"hosted explain", "m c l a u d e Enter 6", 1920, 1080, true},
	{"processor alone", "m c h a m e Enter x", 1920, 1080, true},
	{"budget", "v 3 0 0 m s Enter", 1920, 1080, false},
	{"budget chart", "v 1 2 8 0 Enter 2", 1920, 1080, true},
	{"fit", "5", 4032, 3024, false},
	{"fit with a budget", "v 3 0 0 m s Enter 5 Down", 1920, 1080, true},
	{"fit refused", "5", 1000000000, 1, false},
	{"fit hosted", "m g e m i n i Enter 5", 4032, 3024, false},
	{"fit settings", "5 s", 4032, 3024, true},
	{"two pinned", "a PgUp A PgDn", 1024, 1024, false},
	{"parts", "d 2 Right", 1920, 1080, false},
	{"parts of the figure", "D Right", 1024, 1024, true},
	{"compare filtered", "3 / q w e n 2", 1920, 1080, false},
};

static void make_state(struct state *st, const struct registry *reg, const struct variant *v,
		       int width, int height)
{
	struct wishes w;
	char keys[64];

	state_init(st, reg);
	state_size(st, v->width, v->height);
	st->ascii = v->ascii;
	st->width = width;
	st->height = height;
	str_format(keys, sizeof keys, "%s", v->keys);
	for (char *rest = keys, *word = strtok_r(rest, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		struct event ev = {.kind = EVENT_KEY};

		if (event_key_parse(word, &ev.key))
			update(st, &ev, &w);
	}
}

static void resize(struct state *st, int width, int height)
{
	struct event ev = {.kind = EVENT_RESIZE, .width = width, .height = height};
	struct wishes w;

	update(st, &ev, &w);
}

static void check_cells(const struct cells *c, const struct variant *v)
{
	for (int y = 0; y < c->height; y++)
		for (int x = 0; x < c->width; x++) {
			const struct cell *cell =
				&c->cell[(size_t)y * (size_t)c->width + (size_t)x];

			if (v->ascii && cell->cp >= 0x7f)
				complain("a character beyond ASCII", v->name, c->width, c->height);
			if ((cell->cp < ' ' && cell->cp != 0) || (cell->cp == 0 && x == 0) ||
			    (cell->style & STYLE_ROLE) >= STYLE_N)
				complain("a cell without a meaning", v->name, c->width, c->height);
		}
	checks++;
}

/* Panels show numbers of their own at other sizes: all of them are learned from a few roomy
 * screens, the first of which has a row for every model. */
static void learn_state(struct numbers *list, const struct registry *reg, const struct variant *v)
{
	static const int sizes[][2] = {{250, 260}, {250, 80}, {200, 60}, {160, 50}, {120, 40},
				       {100, 30},  {80, 24},  {79, 24},  {72, 20},  {60, 14},
				       {40, 12},   {71, 40},  {50, 8}};
	struct state st;
	struct cells c;

	memset(list, 0, sizeof *list);
	learn_ticks(list);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		make_state(&st, reg, v, sizes[i][0], sizes[i][1]);
		if (!cells_init(&c, st.width, st.height))
			exit(99);
		screen_draw(&c, &st);
		walk_numbers(&c, learn, list);
		cells_fini(&c);
	}
}

/* Lists, help and the picture under its grid cut lines of words; their numbers are not results. */
static bool has_results(const struct state *st)
{
	return st->overlay == OVERLAY_NONE && strcmp(views[st->view]->name, "image") != 0 &&
	       st->width >= LEAST_WIDTH && st->height >= LEAST_HEIGHT;
}

static void check_variant(const struct registry *reg, const struct variant *v, size_t turn,
			  bool all_sizes)
{
	static struct numbers list;
	struct cells c;
	struct state st;
	int screens = 0;

	learn_state(&list, reg, v);
	if (!cells_init(&c, 1, 1))
		exit(99);
	for (int height = 1; height <= HIGHEST; height++)
		for (int width = 1; width <= WIDEST; width++) {
			/* the ordinary state at every second small size and a part of the large,
			 * the others at a part of both, each at others: all of them take minutes,
			 * which .ci/weekly has */
			bool is_small = width <= 90 && height <= 30;
			int part = turn == 0 ? (is_small ? 2 : 23) : (is_small ? 17 : 101);

			if (!all_sizes && (width * 31 + height * 17 + (int)turn) % part)
				continue;
			/* typed anew at some sizes, at the others it comes from another one */
			if (screens++ % TYPED_EVERY == 0)
				make_state(&st, reg, v, width, height);
			else
				resize(&st, width, height);
			if (!cells_resize(&c, width, height))
				exit(99);
			screen_draw(&c, &st);
			check_cells(&c, v);
			if (has_results(&st)) {
				struct doubt d = {&list, v->name, width, height};

				walk_numbers(&c, judge, &d);
			}
		}
	cells_fini(&c);
}

int main(void)
{
	struct registry reg;
	struct vtok_error err = {0};

	if (!registry_init(&reg, &err))
		return 99;
	struct request ask;

	/* both lenses, without a budget and with one */
	for (int i = 0; i < 4; i++) {
		request_init(&ask, &reg);
		ask.setup.lens = i % 2 ? LENS_FORMULA : LENS_EXACT;
		if (i / 2)
			ask.budget = (struct fit_budget){Q_TTFT, 0.3};
		for (int height = 1; height <= HIGHEST; height++)
			for (int width = 1; width <= WIDEST; width++)
				check_layout(width, height, &ask);
	}
	printf("%sok 1 - rectangles inside and apart at every size\n", failures ? "not " : "");
	int failed = failures;
	bool all_sizes = getenv("VTOK_ALL_SIZES") != NULL;

	for (size_t i = 0; i < ARRAY_SIZE(variants); i++) {
		failures = 0;
		check_variant(&reg, &variants[i], i, all_sizes);
		printf("%sok %zu - %s: %s\n", failures ? "not " : "", i + 2,
		       all_sizes ? "every size" : "a part of all sizes", variants[i].name);
		failed += failures;
	}
	printf("1..%zu\n", ARRAY_SIZE(variants) + 1);
	registry_fini(&reg);
	return failed != 0;
}
