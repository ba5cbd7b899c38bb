/* The share of the context one request takes. */
#include "view/panel.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/reason.h"
#include "view/widget.h"

static unsigned share_style(double share)
{
	return share > 1 ? STYLE_BAD : share > 0.9 ? STYLE_WARN : STYLE_GOOD;
}

static void draw_left(struct cells *c, struct rect r, int row, const struct frame *f)
{
	struct rect half = {r.x, r.y, (r.width - 3) / 2, r.height};
	int64_t left = f->est.context.text_left;
	char text[UNIT_TEXT], number[UNIT_TEXT];

	if (left < 0)
		cells_text_fit(c, half.x, half.y + row, half.width, STYLE_BAD | STYLE_BOLD,
			       str_format(text, sizeof text, "%s tokens too many",
					  unit_grouped(number, -left)));
	else
		widget_quantity(c, half, row, NULL, f, Q_TEXT_LEFT);
	half.x += half.width + 3;
	widget_quantity(c, half, row, NULL, f, Q_IMAGES_FIT);
}

static void draw_sum(struct cells *c, struct rect r, int row, const struct frame *f)
{
	const struct estimate *e = &f->est;
	char images[UNIT_TEXT], text[UNIT_TEXT], reserve[UNIT_TEXT], total[UNIT_TEXT],
		limit[UNIT_TEXT], change[UNIT_TEXT], line[200];

	if (row >= r.height)
		return;
	str_format(line, sizeof line, "%s image%s + %s text + %s output = %s",
		   unit_grouped(images, e->tokens.images), f->st->req.setup.images == 1 ? "" : "s",
		   unit_grouped(text, e->tokens.text), unit_grouped(reserve, e->tokens.reserve),
		   unit_grouped(total, e->tokens.total));
	if (e->context.limit > 0)
		str_append(line, sizeof line, " of %s", unit_grouped(limit, e->context.limit));
	cells_text_fit(c, r.x, r.y + row, r.width, STYLE_DIM, line);
	/* in points, under the share */
	if (utf8_columns(line) + 1 + utf8_columns(widget_change(change, f, Q_SHARE)) <=
	    (size_t)r.width)
		cells_text_right(c, r.x, r.y + row, r.width, STYLE_VALUE, change);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	char percent[UNIT_TEXT];
	struct value used_before = frame_before(f, Q_SHARE);
	int room = 10, row = 0;

	if (e->why == REASON_REFUSED) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM,
			       e->count.refused == REFUSED_NO_FORMULA
				       ? "no request: the textbook has no formula"
				       : "no request: the picture is refused");
		return;
	}
	if (e->context.limit <= 0) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM, reason_text(REASON_NO_LIMIT));
		if (r.height > 1)
			draw_sum(c, r, 1, f);
		return;
	}
	unit_percent(percent, e->context.used_share);
	if ((int)strlen(percent) >= room)
		room = (int)strlen(percent) + 1;
	widget_gauge(c, r.x, r.y, r.width - room, e->context.used_share,
		     share_style(e->context.used_share));
	widget_ghost(c, r.x, r.y, r.width - room, e->context.used_share,
		     used_before.reason ? -1 : used_before.number,
		     share_style(e->context.used_share));
	cells_text_right(c, r.x + r.width - room, r.y, room,
			 share_style(e->context.used_share) | STYLE_BOLD, percent);
	row++;
	if (r.height >= 3)
		draw_sum(c, r, row++, f);
	draw_left(c, r, row, f);
}

static char *title(const struct frame *f, char out[64])
{
	char limit[UNIT_TEXT];

	if (f->est.context.limit <= 0)
		return str_format(out, 64, "Context");
	return str_format(out, 64, "Context %s", unit_grouped(limit, f->est.context.limit));
}

const struct panel panel_context = {
	.rows = {1, 2, 3, 0},
	.wide = {COLUMN_LEFT, 2, 3},
	.group = "context",
	.title = title,
	.draw = draw,
};
