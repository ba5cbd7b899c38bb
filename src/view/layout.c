#include "view/layout.h"

#include "state/knobs.h"

/* Rows of one panel's inside: the least it makes sense with, the usual, and what it uses when there
 * is plenty. When even the least do not fit, panels go in the order of `drop`, first the chart. */
static const struct {
	int least, usual, roomy;
	int drop; /* 1 goes first; 0 never */
} rows[PANEL_N] = {
	[PANEL_TOKENS] = {2, 2, 5,  0},
          [PANEL_CONTEXT] = {1, 2, 3,  0},
	[PANEL_KV] = {3, 3, 5,  3},
          [PANEL_CAPACITY] = {3, 3, 5,  3},
	[PANEL_PREFILL] = {2, 3, 4,  0},
          [PANEL_CHART] = {5, 6, 10, 1},
};

/* ------------------------------------------------------------ panels in one column */

/* KV and capacity share a band, side by side. */
static const enum panel_id bands[] = {PANEL_TOKENS, PANEL_CONTEXT, PANEL_KV, PANEL_PREFILL,
				      PANEL_CHART};
enum { BANDS = 5 };

static int sum(const int height[BANDS])
{
	int total = -1; /* a line between two bands */

	for (int i = 0; i < BANDS; i++)
		if (height[i] > 0)
			total += height[i] + 1;
	return total;
}

enum { BIG_WIDTH = 60 };

/* The four strategies of lens formula take a row more than one chain of steps. */
static int usual_rows(enum panel_id p, enum lens lens)
{
	return rows[p].usual + (p == PANEL_TOKENS && lens == LENS_FORMULA);
}

/* Big digits need some width; without them there is nothing to fill more rows with. */
static int roomy_rows(enum panel_id p, int width)
{
	return p == PANEL_TOKENS && width < BIG_WIDTH ? 3 : rows[p].roomy;
}

static void share_rows(int height[BANDS], struct rect inner, enum lens lens)
{
	int room = inner.height;

	for (int i = 0; i < BANDS; i++)
		height[i] = rows[bands[i]].least;
	for (int drop = 1; drop <= 3 && sum(height) > room; drop++)
		for (int i = 0; i < BANDS; i++)
			if (rows[bands[i]].drop == drop)
				height[i] = 0;
	for (int i = 0; i < BANDS; i++)
		while (height[i] && height[i] < usual_rows(bands[i], lens) && sum(height) < room)
			height[i]++;
	/* the chart keeps a fair half before the others grow further */
	for (int i = 0; i < BANDS; i++)
		while (height[i] && height[i] < roomy_rows(bands[i], inner.width) &&
		       sum(height) < room - (bands[i] == PANEL_CHART ? 0 : 4))
			height[i]++;
	int last = height[BANDS - 1] ? BANDS - 1 : BANDS - 2;

	height[last] += room - sum(height);
}

static void place_bands(struct layout *l, struct rect inner, enum lens lens)
{
	int height[BANDS], y = inner.y;

	share_rows(height, inner, lens);
	for (int i = 0; i < BANDS; i++) {
		if (!height[i])
			continue;
		struct rect r = {inner.x, y, inner.width, height[i]};

		if (bands[i] == PANEL_KV) {
			int half = (inner.width - 1) / 2;

			l->panels[PANEL_KV] = (struct rect){r.x, r.y, half, r.height};
			l->panels[PANEL_CAPACITY] =
				(struct rect){r.x + half + 1, r.y, r.width - half - 1, r.height};
		} else {
			l->panels[bands[i]] = r;
		}
		y += height[i] + 1;
	}
}

/* ------------------------------------------------------------ panels in two columns over the chart
 */

enum { WIDE = 116, WIDE_TOP = 15 };

static void place_wide(struct layout *l, struct rect inner)
{
	int left = (inner.width - 1) / 2, right = inner.width - left - 1;
	int x = inner.x + left + 1, y = inner.y;
	int quarter = (right - 1) / 2;

	l->panels[PANEL_TOKENS] = (struct rect){inner.x, y, left, WIDE_TOP - 4};
	l->panels[PANEL_CONTEXT] = (struct rect){inner.x, y + WIDE_TOP - 3, left, 3};
	l->panels[PANEL_PREFILL] = (struct rect){x, y, right, 8};
	l->panels[PANEL_KV] = (struct rect){x, y + 9, quarter, WIDE_TOP - 9};
	l->panels[PANEL_CAPACITY] =
		(struct rect){x + quarter + 1, y + 9, right - quarter - 1, WIDE_TOP - 9};
	l->panels[PANEL_CHART] =
		(struct rect){inner.x, y + WIDE_TOP + 1, inner.width, inner.height - WIDE_TOP - 1};
}

/* ------------------------------------------------------------ the whole */

enum { NOTES_LEAST = 7 };

static void place_full(struct layout *l, struct rect body, enum lens lens)
{
	int column = body.width < 100 ? 28 : body.width < 140 ? 32 : 36;

	l->is_full = true;
	l->frame = body;
	l->knobs = (struct rect){body.x + 1, body.y + 1, column - 2, body.height - 2};
	int rest = l->knobs.height - (KNOB_SHOWN_N + 2 * GROUP_N - 1) - 1; /* a line between */

	if (rest >= NOTES_LEAST) {
		l->notes = l->knobs;
		l->notes.height = rest;
		l->notes.y += l->knobs.height - rest;
		l->knobs.height -= rest + 1;
	}
	struct rect inner = {body.x + column, body.y + 1, body.width - column - 1, body.height - 2};

	if (inner.width >= WIDE && inner.height >= WIDE_TOP + 16)
		place_wide(l, inner);
	else
		place_bands(l, inner, lens);
}

void layout_dashboard(struct layout *l, struct rect body, enum lens lens)
{
	*l = (struct layout){0};
	if (body.width < LEAST_WIDTH || body.height < LEAST_HEIGHT - 2) {
		l->is_too_small = true;
		return;
	}
	if (body.width >= FULL_WIDTH && body.height >= FULL_HEIGHT - 2) {
		place_full(l, body, lens);
		return;
	}
	/* the numbers first, five or six rows, the knobs under them */
	int numbers = body.height >= 8 ? 6 : 4;

	l->panels[PANEL_TOKENS] = (struct rect){body.x, body.y, body.width, numbers};
	l->knobs = (struct rect){body.x, body.y + numbers + (body.height > numbers + 1), body.width,
				 body.height - numbers - (body.height > numbers + 1)};
}

/* ------------------------------------------------------------ knob rows */

bool layout_has_headings(const struct layout *l)
{
	return l->knobs.height >= KNOB_SHOWN_N + 2 * GROUP_N - 1;
}

/* Row of a knob in the list as if it had all the room it wants. */
static int list_row(const struct layout *l, enum knob k)
{
	int group = (int)knob_specs[k].group;

	if (layout_has_headings(l))
		return (int)k + 2 * group + 1;
	/* short of rows, a gap stands between groups as far as they go, the last groups first to
	 * have one */
	int gaps = l->knobs.height - KNOB_SHOWN_N;

	if (gaps >= GROUP_N - 1)
		return (int)k + group;
	if (gaps <= 0)
		return (int)k;
	int first = GROUP_N - 1 - gaps;

	return (int)k + (group > first ? group - first : 0);
}

static int list_scroll(const struct layout *l, enum knob focus)
{
	int last = list_row(l, KNOB_SHOWN_N - 1), room = l->knobs.height;

	if (last < room)
		return 0;
	int scroll = list_row(l, focus) - room / 2;

	return scroll < 0 ? 0 : scroll > last + 1 - room ? last + 1 - room : scroll;
}

int layout_knob_row(const struct layout *l, enum knob focus, enum knob k)
{
	int row = list_row(l, k) - list_scroll(l, focus);

	return row >= 0 && row < l->knobs.height ? l->knobs.y + row : -1;
}

enum knob layout_knob_at(const struct layout *l, enum knob focus, int y)
{
	for (enum knob k = 0; k < KNOB_SHOWN_N; k++)
		if (layout_knob_row(l, focus, k) == y)
			return k;
	return KNOB_N;
}
