#include "view/chart.h"

#include "view/chart_parts.h"
#include "view/widget.h"

int64_t chart_width_at(struct rect r, enum chart_detail detail, const struct state *st, int x)
{
	struct chart_places p;
	struct axis a = scales_widths(st);

	chart_places_init(&p, r, detail == CHART_CROSSHAIR);
	if (p.plot.width < 2 || x < p.plot.x || x >= p.plot.x + p.plot.width)
		return 0;
	return (int64_t)(axis_value(&a, (x - p.plot.x + 0.5) / p.plot.width) + 0.5);
}

/* Why there is nothing to draw: at the present width; NULL = there is something. */
static const char *why_empty(const struct stack *sk, const struct frame *f)
{
	for (int i = 0; i < sk->n; i++)
		if (sk->points[i].has)
			return NULL;
	for (int i = 0; i < sk->spec->n; i++) {
		struct value v = frame_value(f, sk->spec->parts[i].id);

		if (v.reason)
			return v.reason;
	}
	return NULL;
}

/* Parts add up on a linear axis alone. */
static void draw_stack(struct cells *c, struct rect r, const struct chart_places *p,
		       const struct frame *f, bool is_crosshair)
{
	struct scales s = {.plot = p->plot, .x = scales_widths(f->st)};
	struct rect old = cells_clip(c, r);
	struct stack sk;

	stack_init(&sk, stack_shown(f->st), f, p->plot.width);
	s.y = (struct axis){0, sk.high, false};
	chart_draw_y_axis(c, &s, p, f->st->metric);
	chart_draw_x_axis(c, &s, p);
	chart_draw_stack(c, &s, &sk, widget_is_plain(f) ? NULL : f->st->theme);
	chart_draw_pins(c, &s, p, f);
	chart_draw_stack_cursor(c, &s, p, &sk, f, is_crosshair);
	chart_draw_stack_legend(c, p, &sk, f);
	if (why_empty(&sk, f))
		widget_wrap(c, rect_inset(p->plot, 2, 1), STYLE_DIM, why_empty(&sk, f));
	cells_unclip(c, old);
}

void chart_draw(struct cells *c, struct rect r, const struct frame *f, enum chart_detail detail)
{
	struct chart ch;
	struct chart_places p;
	const struct state *st = f->st;

	chart_places_init(&p, r, detail == CHART_CROSSHAIR);
	if (p.plot.width < 8 || p.plot.height < 2)
		return;
	if (stack_shown(st)) {
		draw_stack(c, r, &p, f, detail == CHART_CROSSHAIR);
		return;
	}
	chart_init(&ch, f, p.plot.width);

	struct scales s = {.plot = p.plot};

	s.x = scales_widths(st);
	s.y = (struct axis){ch.low, ch.high, st->log_axis};
	struct rect old = cells_clip(c, r);

	chart_draw_y_axis(c, &s, &p, st->metric);
	chart_draw_limit(c, &s, &ch);
	chart_draw_budget(c, &s, &ch);
	chart_draw_x_axis(c, &s, &p);
	if (detail == CHART_CROSSHAIR)
		chart_draw_fill(c, &s, &ch);
	chart_draw_curves(c, &s, &ch, widget_is_plain(f));
	chart_draw_last(c, &s, &ch);
	chart_draw_limit_text(c, &s, &ch, st->metric);
	chart_draw_pins(c, &s, &p, f);
	chart_draw_cursor(c, &s, &p, &ch, st, detail == CHART_CROSSHAIR);
	/* once more, over what the cursor laid there: numbers stay whole */
	chart_draw_limit_text(c, &s, &ch, st->metric);
	chart_draw_budget_text(c, &s, &ch, st->metric);
	chart_draw_legend(c, &s, &p, &ch, st, detail == CHART_CROSSHAIR);
	cells_unclip(c, old);
}
