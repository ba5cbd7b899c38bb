/* The curves' names beside their ends, with their values at the present width. */
#include "view/chart_parts.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* At the present width, which may lie between two points or beyond the axis. */
static bool has_value_of(const struct state *st, const struct curve *a, const struct curve *b)
{
	char of_a[UNIT_TEXT], of_b[UNIT_TEXT];

	return strcmp(chart_curve_value(st, a, true, of_a), chart_curve_value(st, b, true, of_b)) ==
	       0;
}

/* The curve before `i` that has the same points, and with `st`, where one value is shown for both,
 * that value; -1 = there is none. */
static int same_as(const struct chart *ch, int i, const struct state *st)
{
	const struct curve *cv = &ch->curves[i];

	for (int k = 0; k < i; k++) {
		const struct curve *other = &ch->curves[k];
		int at = 0;

		while (at < cv->n && cv->points[at].has == other->points[at].has &&
		       fabs(cv->points[at].y - other->points[at].y) <=
			       1e-9 * fabs(other->points[at].y))
			at++;
		if (at == cv->n && (!st || has_value_of(st, cv, other)))
			return k;
	}
	return -1;
}

/* The last value that is there: where the curve leaves the plot. */
static double end_value(const struct curve *cv)
{
	for (int i = cv->n - 1; i >= 0; i--)
		if (cv->points[i].has)
			return cv->points[i].y;
	return -1;
}

/* A line of the legend: a curve, or several that coincide. */
struct entry {
	const struct curve *cv; /* the one that is seen */
	char label[96];
	bool is_under; /* it lies under another one, whose line has no room for its name */
};

/* "merger = downsampler": the names of all that coincide with curve i, which is the first of them.
 */
static void join(const struct chart *ch, int i, const struct state *st, struct entry *out)
{
	*out = (struct entry){.cv = &ch->curves[i]};
	str_format(out->label, sizeof out->label, "%s", ch->curves[i].label);
	for (int k = i + 1; k < ch->n; k++)
		if (same_as(ch, k, st) == i) {
			str_append(out->label, sizeof out->label, " = %s", ch->curves[k].label);
			if (ch->curves[k].is_selected)
				out->cv = &ch->curves[k];
		}
}

/* Entries in the order of the curves; names of at most `room` columns are joined. */
static int make_entries(const struct chart *ch, int room, const struct state *st,
			struct entry out[CHART_CURVES])
{
	bool is_joined[CHART_CURVES] = {false};
	int n = 0;

	for (int i = 0; i < ch->n; i++) {
		int first = same_as(ch, i, st);

		if (first >= 0 && is_joined[first])
			continue;
		join(ch, i, st, &out[n]);
		is_joined[i] = first < 0 && (int)utf8_columns(out[n].label) <= room;
		if (!is_joined[i]) {
			out[n] = (struct entry){.cv = &ch->curves[i], .is_under = first >= 0};
			str_format(out[n].label, sizeof out[n].label, "%s", ch->curves[i].label);
		}
		n++;
	}
	return n;
}

/* From the highest end to the lowest, so that names stand as the curves do. */
static void sort_by_end(const struct entry *list, int n, int order[CHART_CURVES])
{
	for (int i = 0; i < n; i++) {
		int k = i;

		for (; k > 0 && end_value(list[order[k - 1]].cv) < end_value(list[i].cv); k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
}

/* A curve that lies under another says so: "= downsampler" below "merger". */
static void draw_name(struct cells *c, struct rect at, const struct entry *e,
		      const struct state *st, bool has_value)
{
	const struct curve *cv = e->cv;
	unsigned bold = cv->is_selected ? STYLE_BOLD : 0u;
	bool plain = c->ascii || st->is_mono || (st->theme && st->theme->is_mono);
	int width = at.width - 2;

	cells_fill(c, (struct rect){at.x, at.y, width + 2, 1}, ' ', cv->style | bold);
	cells_put(c, at.x, at.y,
		  e->is_under       ? '='
		  : plain           ? (uint32_t)cv->glyph
		  : cv->is_selected ? 0x25cf
				    : 0x25a0,
		  cv->style | bold);
	if (has_value) {
		char text[UNIT_TEXT];
		int columns = (int)utf8_columns(chart_curve_value(st, cv, true, text));
		int room = columns < CHART_VALUES ? CHART_VALUES
						  : columns + 1; /* rather less of the name */

		cells_text_right(c, at.x + at.width - room, at.y, room, cv->style | bold, text);
		width -= room;
	}
	cells_text_fit(c, at.x + 2, at.y, width, cv->style | bold, e->label);
}

void chart_draw_legend(struct cells *c, const struct scales *s, const struct chart_places *p,
		       const struct chart *ch, const struct state *st, bool has_values)
{
	struct entry list[CHART_CURVES];
	int order[CHART_CURVES], row[CHART_CURVES];
	int rows = p->legend.height, n;

	if (p->legend.width < 6)
		return;
	n = make_entries(ch, p->legend.width - 2 - (has_values ? CHART_VALUES : 0),
			 has_values ? st : NULL, list);
	sort_by_end(list, n, order);
	/* each beside its curve's end, pushed down by the one above and up by the bottom */
	for (int i = 0; i < n; i++) {
		int wish = scales_dot_y(s, end_value(list[order[i]].cv)) / 4;

		wish = wish < 0 ? 0 : wish >= rows ? rows - 1 : wish;
		row[i] = i > 0 && wish <= row[i - 1] ? row[i - 1] + 1 : wish;
	}
	for (int i = n - 1, most = rows - 1; i >= 0; i--, most--) {
		if (row[i] > most)
			row[i] = most;
		else
			most = row[i];
	}
	for (int i = 0; i < n; i++)
		if (row[i] >= 0)
			draw_name(c,
				  (struct rect){p->legend.x, p->legend.y + row[i], p->legend.width,
						1},
				  &list[order[i]], st, has_values);
}
