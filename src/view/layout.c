#include "view/layout.h"

#include "state/knobs.h"

/* ------------------------------------------------------------ bands */

/* What stands in one row of panels: the first one's rows hold for those beside it. */
struct band {
	size_t first, n; /* in panels[] */
	struct panel_rows rows;
	bool takes_rest;
	int height;
};

struct bands {
	struct band list[PANELS_MOST];
	int n;
};

/* Whether the i-th panel stands beside the one before it, which is there and is of the last band.
 */
static bool joins(const struct panel *p, size_t i, const struct band *last)
{
	if (!p->is_beside || !last || last->first + last->n != i)
		return false;
	return !p->is_beside_one || (last->n == 1 && panels[last->first]->is_beside);
}

/* All of them, in the order of panels[]. */
static void find_bands(struct bands *b, const struct request *r, int width, int height)
{
	*b = (struct bands){.n = 0};
	for (size_t i = 0; i < panels_n; i++) {
		const struct panel *p = panels[i];

		const struct band *last = b->n ? &b->list[b->n - 1] : NULL;

		if (p->is_shown && !p->is_shown(r, height))
			continue;
		if (joins(p, i, last))
			b->list[b->n - 1].n++;
		else
			b->list[b->n++] = (struct band){
				.first = i,
				.n = 1,
				.rows = p->rows_for ? p->rows_for(r->setup.lens, width) : p->rows,
				.takes_rest = p->takes_rest,
			};
	}
}

static int sum(const struct bands *b)
{
	int total = -1; /* a line between two bands */

	for (int i = 0; i < b->n; i++)
		if (b->list[i].height > 0)
			total += b->list[i].height + 1;
	return total;
}

/* Side by side over the whole width. */
static void place_band(struct layout *l, const struct band *b, struct rect r)
{
	int width = (r.width - ((int)b->n - 1)) / (int)b->n;

	for (size_t i = 0; i < b->n; i++) {
		int x = r.x + (int)i * (width + 1);
		bool is_last = i + 1 == b->n;

		l->panels[b->first + i] =
			(struct rect){x, r.y, is_last ? r.x + r.width - x : width, r.height};
	}
}

static void place_column(struct layout *l, const struct bands *b, struct rect inner)
{
	int y = inner.y;

	for (int i = 0; i < b->n; i++)
		if (b->list[i].height) {
			place_band(l, &b->list[i],
				   (struct rect){inner.x, y, inner.width, b->list[i].height});
			y += b->list[i].height + 1;
		}
}

/* ------------------------------------------------------------ panels in one column */

enum { FAIR_HALF = 4 }; /* rows the band that takes the rest has before the others grow further */

static void drop_bands(struct bands *b, int room)
{
	int most = 0;

	for (int i = 0; i < b->n; i++)
		most = b->list[i].rows.drop > most ? b->list[i].rows.drop : most;
	for (int drop = 1; drop <= most && sum(b) > room; drop++)
		for (int i = 0; i < b->n; i++)
			if (b->list[i].rows.drop == drop)
				b->list[i].height = 0;
}

static void share_rows(struct bands *b, int room)
{
	struct band *last = NULL;

	for (int i = 0; i < b->n; i++)
		b->list[i].height = b->list[i].rows.least;
	drop_bands(b, room);
	for (int i = 0; i < b->n; i++) {
		struct band *band = &b->list[i];

		while (band->height && band->height < band->rows.usual && sum(b) < room)
			band->height++;
		last = band->height ? band : last;
	}
	for (int i = 0; i < b->n; i++) {
		struct band *band = &b->list[i];

		while (band->height && band->height < band->rows.roomy &&
		       sum(b) < room - (band->takes_rest ? 0 : FAIR_HALF))
			band->height++;
	}
	if (last)
		last->height += room - sum(b);
}

static void place_bands(struct layout *l, struct rect inner, const struct request *r)
{
	struct bands b;

	find_bands(&b, r, inner.width, inner.height);
	share_rows(&b, inner.height);
	place_column(l, &b, inner);
}

/* ------------------------------------------------------------ two columns over the rest */

enum { WIDE = 116, WIDE_TOP = 15, WIDE_BELOW = 15 };

/* The bands of a column by their rank, each as high as its record says; those that take what is
 * left have their least. */
static void find_column(struct bands *b, const struct bands *all, enum panel_column column)
{
	*b = (struct bands){.n = 0};
	for (int i = 0; i < all->n; i++) {
		struct band band = all->list[i];
		int rank = panels[band.first]->wide.rank, rows = panels[band.first]->wide.rows;
		int at = b->n;

		if (panels[band.first]->wide.column != column)
			continue;
		band.height = rows ? rows : band.rows.least;
		for (; at > 0 && panels[b->list[at - 1].first]->wide.rank > rank; at--)
			b->list[at] = b->list[at - 1];
		b->list[at] = band;
		b->n++;
	}
}

/* The first band that takes what is left has it; without one the last. */
static void fill_column(struct bands *b, int room)
{
	int rest = b->n - 1;

	for (int i = b->n - 1; i >= 0; i--)
		if (!panels[b->list[i].first]->wide.rows)
			rest = i;
	if (b->n)
		b->list[rest].height += room - sum(b);
}

/* False: it is not wide or not high enough. */
static bool place_wide(struct layout *l, struct rect inner, const struct request *r)
{
	struct bands all, columns[COLUMN_N];
	int left = (inner.width - 1) / 2, top = WIDE_TOP;

	find_bands(&all, r, left, inner.height);
	for (enum panel_column c = 0; c < COLUMN_N; c++)
		find_column(&columns[c], &all, c);
	for (enum panel_column c = 0; c < COLUMN_BELOW; c++)
		top = sum(&columns[c]) > top ? sum(&columns[c]) : top;
	if (inner.width < WIDE || inner.height < top + 1 + WIDE_BELOW)
		return false;
	struct rect places[COLUMN_N] = {
		[COLUMN_LEFT] = {inner.x, inner.y, left, top},
		[COLUMN_RIGHT] = {inner.x + left + 1, inner.y, inner.width - left - 1, top},
		[COLUMN_BELOW] = {inner.x, inner.y + top + 1, inner.width, inner.height - top - 1},
	};
	for (enum panel_column c = 0; c < COLUMN_N; c++) {
		fill_column(&columns[c], places[c].height);
		place_column(l, &columns[c], places[c]);
	}
	return true;
}

/* ------------------------------------------------------------ the whole */

enum { NOTES_LEAST = 7 };

/* Rows of knobs with their headings: with a gap before each, or without. */
enum {
	KNOBS_AIRY = (int)KNOB_SHOWN_N + 2 * (int)GROUP_N - 1,
	KNOBS_TIGHT = (int)KNOB_SHOWN_N + (int)GROUP_N
};

static void place_full(struct layout *l, struct rect body, const struct request *r)
{
	int column = body.width < 100 ? 28 : body.width < 140 ? 32 : 36;

	l->is_full = true;
	l->frame = body;
	l->knobs = (struct rect){body.x + 1, body.y + 1, column - 2, body.height - 2};
	int rest = l->knobs.height - KNOBS_AIRY - 1; /* a line between */

	if (rest < NOTES_LEAST) /* rather than none of them */
		rest = l->knobs.height - KNOBS_TIGHT - 1;
	if (rest >= NOTES_LEAST) {
		l->notes = l->knobs;
		l->notes.height = rest;
		l->notes.y += l->knobs.height - rest;
		l->knobs.height -= rest + 1;
	}
	struct rect inner = {body.x + column, body.y + 1, body.width - column - 1, body.height - 2};

	if (!place_wide(l, inner, r))
		place_bands(l, inner, r);
}

struct rect layout_body(int width, int height)
{
	return (struct rect){0, 1, width, height - 2};
}

void layout_dashboard(struct layout *l, struct rect body, const struct request *r)
{
	*l = (struct layout){0};
	if (body.width < LEAST_WIDTH || body.height < LEAST_HEIGHT - 2) {
		l->is_too_small = true;
		return;
	}
	if (body.width >= FULL_WIDTH && body.height >= FULL_HEIGHT - 2) {
		place_full(l, body, r);
		return;
	}
	/* the numbers first, the knobs under them; the row between is empty, or holds the number
	 * that a verdict has moved down */
	int numbers = body.height >= 8 ? 6 : 4;

	numbers += body.height > numbers + 1;
	l->numbers = (struct rect){body.x, body.y, body.width, numbers};
	l->knobs = (struct rect){body.x, body.y + numbers, body.width, body.height - numbers};
}

/* ------------------------------------------------------------ knob rows */

bool layout_has_headings(const struct layout *l)
{
	return l->knobs.height >= KNOBS_TIGHT;
}

/* Row of a knob in the list as if it had all the room it wants. */
static int list_row(const struct layout *l, enum knob k)
{
	int group = (int)knob_specs[k].group;

	if (layout_has_headings(l))
		return (int)k + (l->knobs.height >= KNOBS_AIRY ? 2 : 1) * group + 1;
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
