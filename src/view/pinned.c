#include "view/pinned.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "view/widget.h"

/* Rows: of A and B with all their numbers, with the most of them, of the least chart. */
enum { BOTH_ROWS = 20, BOTH_LEAST = 12, CHART_ROWS = 6 };

/* What the table leaves goes to the chart, in which A and B are marked. */
static void keep_chart(struct layout *l)
{
	struct rect *r = &l->pinned;
	int rest = r->height - BOTH_ROWS - 1;

	for (size_t i = 0; i < panels_n && rest >= CHART_ROWS; i++)
		if (panels[i]->has_chart && rect_empty(l->panels[i])) {
			l->panels[i] = (struct rect){r->x, r->y + BOTH_ROWS + 1, r->width, rest};
			r->height = BOTH_ROWS;
			return;
		}
}

/* Whether a panel gives its room to the table. */
static bool gives(const struct layout *l, size_t i, bool with_chart)
{
	return panels[i]->makes_room && !rect_empty(l->panels[i]) &&
	       (with_chart || !panels[i]->has_chart);
}

/* What the panels from `first` on have together, where the first of them stands. */
static struct rect room_of(const struct layout *l, size_t first, bool with_chart)
{
	struct rect r = l->panels[first];

	for (size_t i = first; i < panels_n; i++) {
		const struct rect *p = &l->panels[i];

		if (!gives(l, i, with_chart))
			continue;
		if (p->y == r.y) /* the width of its band */
			r.width = p->x + p->width - r.x > r.width ? p->x + p->width - r.x : r.width;
		if (p->y + p->height - r.y > r.height)
			r.height = p->y + p->height - r.y;
	}
	return r;
}

void pinned_layout(struct layout *l, const struct state *st)
{
	size_t first = 0;

	while (first < panels_n && (!panels[first]->makes_room || rect_empty(l->panels[first])))
		first++;
	if (!st->pin.is_set || st->big || !l->is_full || first == panels_n ||
	    (l->panels[first].width >= WIDGET_PINNED_WIDTH && !st->pin_b.is_set))
		return;
	bool with_chart = !st->pin_b.is_set || room_of(l, first, false).height < BOTH_LEAST;

	l->pinned = room_of(l, first, with_chart);
	for (size_t i = first; i < panels_n; i++)
		if (gives(l, i, with_chart))
			l->panels[i] = (struct rect){0};
	if (st->pin_b.is_set && with_chart)
		keep_chart(l);
}

static const enum quantity_id rows[] = {
	Q_SHARE,    Q_KV_TOKEN,  Q_KV_IMAGE, Q_KV_REQUEST, Q_CONCURRENCY, Q_TTFT,
	Q_TTFT_LOW, Q_TTFT_HIGH, Q_IMAGES_S, Q_COST,       Q_GPUS,        Q_TEXT_ONLY,
	Q_WEIGHTS,  Q_KV_POOL,   Q_VISION,   Q_LLM,
};

enum { LABEL = 17 };

static const char *label_of(enum quantity_id id)
{
	const char *label = quantity_label(id);

	return utf8_columns(label) > LABEL ? quantity_head(id) : label;
}

static void draw_row(struct cells *c, struct rect r, const struct frame *f, enum quantity_id id)
{
	struct value now = frame_value(f, id), pinned = frame_pinned(f, id);
	char text[UNIT_TEXT], factor[UNIT_TEXT];
	int column = (r.width - 18 - 7) / 2;
	unsigned style;

	cells_text_fit(c, r.x, r.y, LABEL, STYLE_DIM, label_of(id));
	cells_text_right(c, r.x + 18, r.y, column, STYLE_DIM, quantity_text(id, &pinned, text));
	cells_text_right(c, r.x + 18 + column, r.y, column, STYLE_VALUE,
			 quantity_text(id, &now, text));
	widget_factor_of(factor, id, &now, &pinned, &style);
	cells_text_right(c, r.x + r.width - 7, r.y, 7, style, factor);
}

/* ------------------------------------------------------------ A and B */

enum { FACTOR = 11, COLUMN_LEAST = 10, LABEL_TEXT = 64 };

static int columns_of(struct rect r)
{
	return (r.width - LABEL - FACTOR) / 3 >= COLUMN_LEAST ? 3 : 2;
}

/* "×3.10", "27.0× less": how people say it. */
static char *times_text(char out[UNIT_TEXT], double b, double a)
{
	char factor[UNIT_TEXT];

	widget_factor(out, b, a);
	if (!*out || *out == '=' || !(b > 0) || b >= a)
		return out;
	unit_factor(factor, a / b);
	return str_format(out, UNIT_TEXT, "%s\xc3\x97 less", factor + 2);
}

/* Where values would touch, the unit that all of them have goes to the label: "cost/1,000, USD". */
static void move_unit(char text[3][UNIT_TEXT], int n, int column, char label[LABEL_TEXT])
{
	const char *unit = NULL;
	bool is_tight = false;

	for (int i = 0; i < n; i++) {
		const char *blank = strchr(text[i], ' ');

		if (!blank || (unit && strcmp(blank, unit) != 0))
			return;
		unit = blank;
		is_tight |= (int)utf8_columns(text[i]) >= column;
	}
	if (!is_tight)
		return;
	str_append(label, LABEL_TEXT, ",%s", unit);
	for (int i = 0; i < n; i++)
		*strchr(text[i], ' ') = '\0';
}

static void draw_both(struct cells *c, struct rect r, const struct frame *f, enum quantity_id id)
{
	const struct value v[] = {frame_pinned(f, id), frame_pinned_b(f, id), frame_value(f, id)};
	int n = columns_of(r), column = (r.width - LABEL - FACTOR) / n;
	char text[3][UNIT_TEXT], factor[UNIT_TEXT], label[LABEL_TEXT], times[UNIT_TEXT];
	unsigned style;

	str_format(label, sizeof label, "%s", label_of(id));
	for (int i = 0; i < n; i++)
		quantity_text(id, &v[i], text[i]);
	move_unit(text, n, column, label);
	cells_text_fit(c, r.x, r.y, LABEL, STYLE_DIM, label);
	for (int i = 0; i < n; i++)
		cells_text_right(c, r.x + LABEL + i * column + (i == 2) * FACTOR, r.y, column,
				 i == 2 ? STYLE_DIM : STYLE_VALUE, text[i]);
	widget_factor_of(factor, id, &v[1], &v[0], &style);
	if (*factor)
		cells_text_right(c, r.x + LABEL + 2 * column, r.y, FACTOR, style,
				 times_text(times, v[1].number, v[0].number));
}

/* "A  qwen3-vl-8b, 1,024 × 1,024": what a letter stands for. */
static void draw_state(struct cells *c, struct rect r, char letter, const struct setup *s)
{
	char text[160], w[UNIT_TEXT], h[UNIT_TEXT];

	str_format(text, sizeof text, "%s %s \xc3\x97 %s, %s", s->model->id,
		   unit_grouped(w, s->width), unit_grouped(h, s->height), s->hardware->id);
	cells_put(c, r.x, r.y, (uint32_t)letter, STYLE_MARK | STYLE_BOLD);
	cells_text_fit(c, r.x + 2, r.y, r.width - 2, STYLE_TEXT, text);
}

static void draw_two(struct cells *c, struct rect r, const struct frame *f)
{
	static const char *const heads[] = {"A", "B", "now"};
	const struct state *st = f->st;
	int n = columns_of(r), column = (r.width - LABEL - FACTOR) / n;
	bool has_states = r.height >= 8;
	int row = 0;

	if (has_states) {
		draw_state(c, (struct rect){r.x, r.y + row++, r.width, 1}, 'A', &st->pin.req.setup);
		draw_state(c, (struct rect){r.x, r.y + row++, r.width, 1}, 'B',
			   &st->pin_b.req.setup);
	}
	for (int i = 0; i < n; i++)
		cells_text_right(c, r.x + LABEL + i * column + (i == 2) * FACTOR, r.y + row, column,
				 STYLE_TITLE, heads[i]);
	cells_text_right(c, r.x + LABEL + 2 * column, r.y + row++, FACTOR, STYLE_TITLE, "B is");
	draw_both(c, (struct rect){r.x, r.y + row++, r.width, 1}, f, Q_VISUAL);
	for (size_t i = 0; i < ARRAY_SIZE(rows) && row < r.height; i++)
		draw_both(c, (struct rect){r.x, r.y + row++, r.width, 1}, f, rows[i]);
}

void pinned_draw(struct cells *c, struct rect r, const struct frame *f)
{
	int column = (r.width - 18 - 7) / 2;

	if (f->st->pin_b.is_set) {
		draw_two(c, r, f);
		return;
	}
	cells_text_right(c, r.x + 18, r.y, column, STYLE_TITLE, "pinned");
	cells_text_right(c, r.x + 18 + column, r.y, column, STYLE_TITLE, "now");
	for (size_t i = 0; i < ARRAY_SIZE(rows) && (int)i + 1 < r.height; i++)
		draw_row(c, (struct rect){r.x, r.y + 1 + (int)i, r.width, 1}, f, rows[i]);
}
