/* The wait for the first token, stacked by what causes it, always with its range. */
#include "view/panel.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "view/widget.h"

enum { PARTS = 5 };

static const char *const part_names[PARTS] = {"fixed", "preprocess", "vision", "projector", "LLM"};

static const struct prefill_part *part_of(const struct estimate *e, int i)
{
	const struct prefill_part *const parts[PARTS] = {&e->prefill.fixed, &e->prefill.preprocess, &e->prefill.vision,
							 &e->prefill.projector, &e->prefill.llm};

	return parts[i];
}

static void draw_headline(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	char time[UNIT_TEXT], low[UNIT_TEXT], high[UNIT_TEXT], range[100], factor[16];
	int x = cells_text(c, r.x, r.y, STYLE_VALUE | STYLE_BOLD, unit_time(time, e->prefill.ttft_s));

	widget_factor(factor, e->prefill.ttft_s, f->st->pin.is_set && !f->pin.prefill.reason ? f->pin.prefill.ttft_s : 0);
	if (*factor)
		x = cells_text(c, x + 1, r.y, STYLE_MARK, factor);
	x = cells_text(c, x + 1, r.y, STYLE_DIM, "to first token");
	str_format(range, sizeof range, "%s to %s", unit_time(low, e->prefill.low_s), unit_time(high, e->prefill.high_s));
	cells_text_right(c, x + 1, r.y, r.x + r.width - x - 1, STYLE_TEXT, range);
}

/* Every part with its time: one line of names while they fit, else the parts that matter. */
static void draw_legend(struct cells *c, struct rect r, const struct frame *f)
{
	bool plain = widget_is_plain(f);
	int x = r.x, y = r.y;

	for (int i = 0; i < PARTS; i++) {
		char time[UNIT_TEXT], text[64];
		double seconds = part_of(&f->est, i)->seconds;

		if (!(seconds > 0))
			continue;
		str_format(text, sizeof text, "%s %s", part_names[i], unit_time(time, seconds));
		int width = (int)utf8_columns(text) + 2;

		if (x + width > r.x + r.width) {
			if (++y >= r.y + r.height) {
				cells_put(c, r.x + r.width - 1, y - 1, 0x2026, STYLE_DIM);
				return;
			}
			x = r.x;
		}
		cells_put(c, x, y, c->ascii ? widget_part_glyph(i, plain, true) : plain ? widget_part_glyph(i, true, false) : 0x25a0,
			  (unsigned)(STYLE_PART1 + i));
		cells_text(c, x + 2, y, STYLE_TEXT, text);
		x += width + 2;
	}
}

static void draw_bound(struct cells *c, struct rect r, const struct frame *f)
{
	char vision[UNIT_TEXT], llm[UNIT_TEXT], text[160];

	str_format(text, sizeof text, "bound by %s; vision %sFLOP, LLM %sFLOP%s", bound_name(f->est.prefill.bound),
		   unit_rate(vision, f->est.prefill.vision_flop), unit_rate(llm, f->est.prefill.llm_flop),
		   f->est.prefill.calibrated ? "" : "; not fitted to measurements");
	cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM, text);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	double parts[PARTS];

	if (e->prefill.reason || e->count.refused) {
		widget_wrap(c, r, STYLE_DIM, e->prefill.reason ? e->prefill.reason : "no request: the picture is refused");
		return;
	}
	for (int i = 0; i < PARTS; i++)
		parts[i] = part_of(e, i)->seconds;
	draw_headline(c, r, f);
	if (r.height > 1)
		widget_stack(c, r.x, r.y + 1, r.width, parts, PARTS, widget_is_plain(f));
	int legend = r.height >= 4 ? r.height - 3 : r.height - 2;

	if (legend > 0)
		draw_legend(c, (struct rect){r.x, r.y + 2, r.width, legend}, f);
	if (r.height >= 4)
		draw_bound(c, (struct rect){r.x, r.y + r.height - 1, r.width, 1}, f);
}

static char *title(const struct frame *f, char out[64])
{
	(void)f;
	return str_format(out, 64, "Prefill");
}

const struct panel panel_prefill = {.id = PANEL_PREFILL, .title = title, .draw = draw};
