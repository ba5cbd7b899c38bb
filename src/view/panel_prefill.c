/* The wait for the first token, stacked by what causes it, always with its range. */
#include "view/panel.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "view/widget.h"

enum { PARTS = 5 };

static const char *const part_names[PARTS] = {"fixed", "preprocess", "vision", "projector", "LLM"};

static const struct prefill_part *part_of(const struct estimate *e, int i)
{
	const struct prefill_part *const parts[PARTS] = {&e->prefill.fixed, &e->prefill.preprocess,
							 &e->prefill.vision, &e->prefill.projector,
							 &e->prefill.llm};

	return parts[i];
}

/* How the whole is named, and the GPU's part of it; the roomiest of these that fits is taken. */
static const struct {
	const char *before,
		*after; /* the GPU's part; after: NULL = nothing, "" = the whole again */
} headlines[] = {
	{"to first token   gpu ", " of "},
	{"to first token, gpu ", NULL},
	{"first token, gpu ", NULL},
	{"in all, gpu ", NULL},
	{"gpu ", NULL},
};

static char *headline_text(const struct estimate *e, size_t i, char out[100])
{
	char gpu[UNIT_TEXT], all[UNIT_TEXT];

	str_format(out, 100, "%s%s", headlines[i].before, unit_time(gpu, e->prefill.gpu_s));
	if (headlines[i].after)
		str_append(out, 100, "%s%s", headlines[i].after, unit_time(all, e->prefill.ttft_s));
	return out;
}

static void draw_headline(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	struct value now = frame_value(f, Q_TTFT), pinned = frame_pinned(f, Q_TTFT);
	char a[UNIT_TEXT], range[WIDGET_RANGE], factor[UNIT_TEXT], text[100], change[UNIT_TEXT];
	unsigned style;
	int x = cells_text(c, r.x, r.y, STYLE_VALUE | STYLE_BOLD, quantity_text(Q_TTFT, &now, a));
	size_t i = 0;

	widget_factor_of(factor, Q_TTFT, &now, &pinned, &style);
	if (*factor && r.width >= 60)
		x = cells_printf(c, x + 1, r.y, style, "%s of %s", factor,
				 quantity_text(Q_TTFT, &pinned, a));
	else if (*factor)
		x = cells_text(c, x + 1, r.y, style, factor);
	else if (*widget_change(change, f, Q_TTFT) && r.width >= 40) {
		x = cells_text(c, x + 1, r.y, STYLE_VALUE, change);
		i++; /* in place of the whole, once more */
	}
	widget_range(range, e);
	int left = r.x + r.width - x - 3 - (int)utf8_columns(range);

	while (i + 1 < ARRAY_SIZE(headlines) && (int)utf8_columns(headline_text(e, i, text)) > left)
		i++;
	x = cells_text(c, x + 1, r.y, STYLE_DIM, headline_text(e, i, text));
	cells_text_right(c, x + 1, r.y, r.x + r.width - x - 1, STYLE_TEXT, range);
}

/* What bounds a part, where that is not said by its name or of no account. */
static const char *bound_of(const struct estimate *e, int i)
{
	const struct prefill_part *p = part_of(e, i);

	return i >= 2 && p->seconds > 0.005 * e->prefill.ttft_s ? bound_name(p->bound) : NULL;
}

/* Text alone has no picture to prepare and nothing for the tower. */
static bool is_there(const struct frame *f, int i)
{
	return f->st->req.setup.images > 0 || i == 0 || i == PARTS - 1;
}

/* The parts as the legend names them; with `few` what is neither model nor tower is one entry. */
struct entry {
	const char *name;
	double seconds;
	int part;          /* whose colour it has */
	const char *bound; /* which resource takes most of it; NULL: nothing to say */
};

static int entries(const struct frame *f, bool few, struct entry out[PARTS])
{
	const struct estimate *e = &f->est;
	int n = 0;

	few = few && is_there(f, 1);
	if (few)
		out[n++] = (struct entry){
			"other", e->prefill.fixed.seconds + e->prefill.preprocess.seconds, 1, NULL};
	for (int i = few ? 2 : 0; i < PARTS; i++)
		if (is_there(f, i))
			out[n++] = (struct entry){few && i == 3 ? "proj." : part_names[i],
						  part_of(e, i)->seconds, i, bound_of(e, i)};
	return n;
}

/* How dense a legend is: five parts or four, the unit named, the gap between two, the mark with its
 * blank, whether each part says what bounds it. */
struct density {
	bool few, has_unit;
	int gap, mark;
	bool has_bounds;
};

/* One unit for the whole legend, named once at its end; with the bounds, at each part. */
static char *entry_text(const struct entry *e, double unit, const struct density *d, bool is_last,
			char out[64])
{
	double v = e->seconds / unit;

	str_format(out, 64, "%s %3.*f", e->name, v < 9.95 ? 1 : 0,
		   v); /* as wide as ever: what follows stays in place */
	if (d->has_unit && (is_last || d->has_bounds))
		str_append(out, 64, "%s", unit < 1 ? " ms" : " s");
	if (d->has_bounds && e->bound)
		str_append(out, 64, " %s", e->bound);
	return out;
}

static int legend_width(const struct entry *list, int n, double unit, const struct density *d)
{
	int width = 0;
	char text[64];

	for (int i = 0; i < n; i++)
		width += (int)utf8_columns(entry_text(&list[i], unit, d, i == n - 1, text)) +
			 d->mark + (i ? d->gap : 0);
	return width;
}

static uint32_t legend_mark(const struct cells *c, int part, bool plain)
{
	bool ascii = cells_only_ascii(c);

	return ascii || plain ? widget_part_glyph(part, plain, ascii) : 0x25a0;
}

/* The roomiest way that fits into one row; five parts over several rows where there are some. */
static void draw_legend(struct cells *c, struct rect r, const struct frame *f)
{
	/* clang-format off */
	static const struct density ways[] = {
		{false, true, 2, 2, true },
		{false, true, 2, 2, false},
		{true,  true, 2, 2, false},
		{true,  true, 1, 2, false},
		{true,  true, 1, 1, false},
	};
	/* clang-format on */
	static const struct density letters = {
		true, false, 1, 2,
		false}; /* a letter or a shade needs its blank more than the unit */
	double unit = f->est.prefill.ttft_s >= 10 ? 1 : 1e-3;
	struct entry list[PARTS];
	size_t way = 0;
	int n = entries(f, false, list), x = r.x, y = r.y;
	bool is_plain = widget_is_plain(f), is_dense = is_plain || cells_only_ascii(c);

	/* over several rows the bounds fit as long as a part fits into a row with its neighbour */
	while ((r.height == 1 || (way == 0 && r.width < 60)) &&
	       legend_width(list, n, unit, &ways[way]) > r.width && way + 1 < ARRAY_SIZE(ways))
		n = entries(f, ways[++way].few, list);
	for (int i = 0; i < n; i++) {
		const struct density *d = is_dense && ways[way].mark == 1 ? &letters : &ways[way];
		char text[64];

		entry_text(&list[i], unit, d, i == n - 1, text);
		int width = (int)utf8_columns(text) + d->mark;

		if (x + width > r.x + r.width) {
			if (++y >= r.y + r.height) {
				cells_put(c, r.x + r.width - 1, y - 1, 0x2026, STYLE_DIM);
				return;
			}
			x = r.x;
		}
		cells_put(c, x, y, legend_mark(c, list[i].part, is_plain),
			  (unsigned)(STYLE_PART1 + list[i].part));
		cells_text(c, x + d->mark, y, STYLE_TEXT, text);
		x += width + d->gap;
	}
}

/* A row per part: name, its share as a bar, its time. */
static void draw_parts(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	int names = 11, times = r.width >= 50 ? 20 : 12, bar = r.width - names - times, row = 0;

	for (int i = 0; i < PARTS && row < r.height; i++) {
		const struct prefill_part *p = part_of(e, i);
		const char *bound = times > 12 ? bound_of(e, i) : NULL;
		char time[UNIT_TEXT + 16];

		if (!is_there(f, i))
			continue;
		cells_text_fit(c, r.x, r.y + row, names, STYLE_TEXT, part_names[i]);
		widget_gauge(c, r.x + names, r.y + row, bar, p->seconds / e->prefill.ttft_s,
			     (unsigned)(STYLE_PART1 + i));
		if (f->st->before.is_set && !f->before.prefill.reason)
			widget_ghost(c, r.x + names, r.y + row, bar, p->seconds / e->prefill.ttft_s,
				     part_of(&f->before, i)->seconds / e->prefill.ttft_s,
				     (unsigned)(STYLE_PART1 + i));
		cells_text_right(c, r.x + names + bar, r.y + row++, times, STYLE_VALUE,
				 str_append(unit_time(time, p->seconds), sizeof time, "%s%s",
					    bound ? " " : "", bound ? bound : ""));
	}
}

static void draw_bound(struct cells *c, struct rect r, const struct frame *f, bool is_long)
{
	char vision[UNIT_TEXT], llm[UNIT_TEXT], text[256];

	str_format(text, sizeof text, "bound by %s%s", bound_name(f->est.prefill.bound),
		   f->est.prefill.calibrated ? "; fitted to measurements"
					     : "; not fitted to measurements, see docs/trust.md");
	if (f->est.prefill.preprocess_guessed)
		str_append(text, sizeof text, "; preprocessing not measured");
	if (f->est.prefill.caveat)
		str_append(text, sizeof text, "; %s", f->est.prefill.caveat);
	if (is_long)
		str_append(text, sizeof text, "; vision %sFLOP, LLM %sFLOP",
			   unit_rate(vision, f->est.prefill.vision_flop),
			   unit_rate(llm, f->est.prefill.llm_flop));
	cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM, text);
}

/* Above the context limit: how much is too much, and the parts that take their time all the same.
 */
static void draw_over(struct cells *c, struct rect r, const struct frame *f)
{
	char text[UNIT_TEXT + 40], number[UNIT_TEXT];
	int row = 0;

	cells_text_fit(c, r.x, r.y + row++, r.width, STYLE_BAD | STYLE_BOLD,
		       str_format(text, sizeof text, "%s tokens too many: no first token",
				  unit_grouped(number, -f->est.context.text_left)));
	for (int i = 1; i < 4 && row < r.height; i++)
		if (part_of(&f->est, i)->seconds > 0)
			widget_row(c, r, row++, part_names[i],
				   unit_time(number, part_of(&f->est, i)->seconds), STYLE_VALUE);
}

/* All parts over the width; after a turn that is seen from afar, on a scale on which the time
 * before it has its place too: the shorter of the two leaves room. */
static void draw_stack(struct cells *c, struct rect r, const struct frame *f)
{
	struct value was = frame_before(f, Q_TTFT);
	double parts[PARTS], now = f->est.prefill.ttft_s;
	bool is_seen = !was.reason && fabs(now / was.number - 1) >= 0.1;
	int width = r.width;

	for (int i = 0; i < PARTS; i++)
		parts[i] = part_of(&f->est, i)->seconds;
	if (is_seen && now < was.number)
		width = (int)(now / was.number * r.width + 0.5) > 0
				? (int)(now / was.number * r.width + 0.5)
				: 1;
	widget_stack(c, r.x, r.y, width, parts, PARTS, widget_is_plain(f));
	for (int x = width; x < r.width; x++)
		cells_put(c, r.x + x, r.y, 0x2591, STYLE_DIM);
	if (is_seen && now > was.number)
		cells_put(c, r.x + (int)(was.number / now * r.width), r.y, 0x2502, STYLE_CURSOR);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;

	if (e->prefill.reason) {
		if (e->prefill.vision.seconds > 0 && e->context.text_left < 0)
			draw_over(c, r, f);
		else
			widget_wrap(c, r, STYLE_DIM,
				    e->count.refused == REFUSED_NO_FORMULA
					    ? estimate_reason(e, e->prefill.reason)
					    : e->prefill.reason);
		return;
	}
	draw_headline(c, r, f);
	if (r.height > 1)
		draw_stack(c, (struct rect){r.x, r.y + 1, r.width, 1}, f);
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

const struct panel panel_prefill = {
	.rows = {2, 3, 4, 0},
	.makes_room = true,
	.wide = {COLUMN_RIGHT, 1, 8},
	.group = "prefill",
	.title = title,
	.draw = draw,
};
