#include "view/pinned.h"

#include "base/base.h"
#include "base/unit.h"
#include "view/widget.h"

void pinned_layout(struct layout *l, const struct state *st)
{
	size_t first = 0;

	while (first < panels_n && !panels[first]->makes_room)
		first++;
	if (!st->pin.is_set || st->big || !l->is_full || first == panels_n ||
	    rect_empty(l->panels[first]) || l->panels[first].width >= WIDGET_PINNED_WIDTH)
		return;
	struct rect r = l->panels[first];

	for (size_t i = first; i < panels_n; i++) {
		struct rect *p = &l->panels[i];

		if (!panels[i]->makes_room || rect_empty(*p))
			continue;
		if (p->y == r.y) /* the width of its band */
			r.width = p->x + p->width - r.x > r.width ? p->x + p->width - r.x : r.width;
		if (p->y + p->height - r.y > r.height)
			r.height = p->y + p->height - r.y;
	}
	for (size_t i = first; i < panels_n; i++)
		if (panels[i]->makes_room)
			l->panels[i] = (struct rect){0};
	l->pinned = r;
}

static void draw_row(struct cells *c, struct rect r, const struct frame *f, enum quantity_id id)
{
	struct value now = frame_value(f, id), pinned = frame_pinned(f, id);
	char text[UNIT_TEXT], factor[UNIT_TEXT];
	int column = (r.width - 18 - 7) / 2;
	unsigned style;

	cells_text_fit(c, r.x, r.y, 17, STYLE_DIM, quantity_label(id));
	cells_text_right(c, r.x + 18, r.y, column, STYLE_DIM, quantity_text(id, &pinned, text));
	cells_text_right(c, r.x + 18 + column, r.y, column, STYLE_VALUE,
			 quantity_text(id, &now, text));
	widget_factor_of(factor, id, &now, &pinned, &style);
	cells_text_right(c, r.x + r.width - 7, r.y, 7, style, factor);
}

void pinned_draw(struct cells *c, struct rect r, const struct frame *f)
{
	static const enum quantity_id rows[] = {
		Q_SHARE,     Q_KV_TOKEN, Q_KV_IMAGE, Q_KV_REQUEST, Q_CONCURRENCY,
		Q_TEXT_ONLY, Q_WEIGHTS,  Q_KV_POOL,  Q_TTFT,       Q_TTFT_LOW,
		Q_TTFT_HIGH, Q_VISION,   Q_LLM,
	};
	int column = (r.width - 18 - 7) / 2;

	cells_text_right(c, r.x + 18, r.y, column, STYLE_TITLE, "pinned");
	cells_text_right(c, r.x + 18 + column, r.y, column, STYLE_TITLE, "now");
	for (size_t i = 0; i < ARRAY_SIZE(rows) && (int)i + 1 < r.height; i++)
		draw_row(c, (struct rect){r.x, r.y + 1 + (int)i, r.width, 1}, f, rows[i]);
}
