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

/* The parts as the legend names them; with `few` what is neither model nor tower is one entry. */
struct entry {
	const char *name;
	double seconds;
	int part; /* whose colour it has */
};

static int entries(const struct estimate *e, bool few, struct entry out[PARTS])
{
	int n = 0;

	if (few)
		out[n++] = (struct entry){"other", e->prefill.fixed.seconds + e->prefill.preprocess.seconds, 1};
	for (int i = few ? 2 : 0; i < PARTS; i++)
		out[n++] = (struct entry){part_names[i], part_of(e, i)->seconds, i};
	return n;
}

/* One unit for the whole legend, named once at its end. */
static char *entry_text(const struct entry *e, double unit, char out[64])
{
	double v = e->seconds / unit;

	return str_format(out, 64, "%s %.*f", e->name, unit == 1 ? 2 : v < 9.95 ? 1 : 0, v);
}

static int legend_width(const struct entry *list, int n, double unit)
{
	int width = 1;
	char text[64];

	for (int i = 0; i < n; i++)
		width += (int)utf8_columns(entry_text(&list[i], unit, text)) + 4;
	return width;
}

/* Five parts where they fit in the rows, else four; the headline over them names the unit too. */
static void draw_legend(struct cells *c, struct rect r, const struct frame *f)
{
	bool plain = widget_is_plain(f);
	double unit = f->est.prefill.ttft_s >= 1 ? 1 : 1e-3;
	struct entry list[PARTS];
	int n = entries(&f->est, false, list), x = r.x, y = r.y;
	char text[64];

	if (r.height == 1 && legend_width(list, n, unit) > r.width)
		n = entries(&f->est, true, list);
	int gap = r.height == 1 && legend_width(list, n, unit) > r.width ? 1 : 2;

	for (int i = 0; i < n; i++) {
		entry_text(&list[i], unit, text);
		if (i == n - 1 && gap > 1)
			str_append(text, sizeof text, unit < 1 ? " ms" : " s");
		int width = (int)utf8_columns(text) + 2;

		if (x + width > r.x + r.width) {
			if (++y >= r.y + r.height) {
				cells_put(c, r.x + r.width - 1, y - 1, 0x2026, STYLE_DIM);
				return;
			}
			x = r.x;
		}
		uint32_t glyph = c->ascii || plain ? widget_part_glyph(list[i].part, plain, c->ascii) : 0x25a0;

		cells_put(c, x, y, glyph, (unsigned)(STYLE_PART1 + list[i].part));
		cells_text(c, x + 2, y, STYLE_TEXT, text);
		x += width + gap;
	}
}

/* A row per part: name, its share as a bar, its time. */
static void draw_parts(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	int names = 11, times = 12, bar = r.width - names - times;

	for (int i = 0; i < PARTS && i < r.height; i++) {
		const struct prefill_part *p = part_of(e, i);
		char time[UNIT_TEXT];

		cells_text_fit(c, r.x, r.y + i, names, STYLE_TEXT, part_names[i]);
		widget_gauge(c, r.x + names, r.y + i, bar, p->seconds / e->prefill.ttft_s, (unsigned)(STYLE_PART1 + i));
		cells_text_right(c, r.x + names + bar, r.y + i, times, STYLE_VALUE, unit_time(time, p->seconds));
	}
}

static void draw_bound(struct cells *c, struct rect r, const struct frame *f, bool is_long)
{
	char vision[UNIT_TEXT], llm[UNIT_TEXT], text[160];

	const char *fitted = f->est.prefill.calibrated ? "" : "; not fitted to measurements";

	if (is_long)
		str_format(text, sizeof text, "bound by %s; vision %sFLOP, LLM %sFLOP%s", bound_name(f->est.prefill.bound),
			   unit_rate(vision, f->est.prefill.vision_flop), unit_rate(llm, f->est.prefill.llm_flop), fitted);
	else
		str_format(text, sizeof text, "bound by %s%s", bound_name(f->est.prefill.bound), fitted);
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

	if (legend >= PARTS && r.width >= 40)
		draw_parts(c, (struct rect){r.x, r.y + 2, r.width, legend}, f);
	else if (legend > 0)
		draw_legend(c, (struct rect){r.x, r.y + 2, r.width, legend}, f);
	if (r.height >= 4)
		draw_bound(c, (struct rect){r.x, r.y + r.height - 1, r.width, 1}, f, r.height >= 8);
}

static char *title(const struct frame *f, char out[64])
{
	(void)f;
	return str_format(out, 64, "Prefill");
}

const struct panel panel_prefill = {.id = PANEL_PREFILL, .title = title, .draw = draw};
