/* The chart alone, with a crosshair, every curve's value at the present width, and where the next
 * step is. */
#include "view/view.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/budget.h"
#include "state/knobs.h"
#include "view/budget_words.h"
#include "view/chart.h"
#include "view/widget.h"

/* Behind what is there; false: there is not the room for all of it. */
static bool add_hint(char *text, size_t size, int width, const char *hint)
{
	if ((int)(utf8_columns(text) + utf8_columns(hint)) > width)
		return false;
	str_append(text, size, "%s", hint);
	return true;
}

static void draw_head(struct cells *c, struct rect r, const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;
	char text[512], hint[BUDGET_SAID + BUDGET_TEXT + WIDGET_RANGE], range[WIDGET_RANGE],
		w[UNIT_TEXT], h[UNIT_TEXT], asked[BUDGET_TEXT], largest[BUDGET_SAID];

	str_format(text, sizeof text, "width %s px, height %s px", unit_grouped(w, s->width),
		   unit_grouped(h, s->height));
	if (f->st->metric == Q_TTFT && !f->est.prefill.reason) { /* no time without its range */
		str_format(hint, sizeof hint, "; %s", widget_range(range, &f->est));
		add_hint(text, sizeof text, r.width, hint);
	}
	str_format(hint, sizeof hint, "; arrows turn %s", knob_specs[f->st->focus].label);
	add_hint(text, sizeof text, r.width, hint);
	if (f->budgeted) {
		str_format(hint, sizeof hint, "; %s: %s",
			   budget_text(&f->budgeted->of.budget, true, asked),
			   budget_largest(f->budgeted, largest));
		add_hint(text, sizeof text, r.width, hint);
	}
	str_format(hint, sizeof hint, "; c quantity, i axes (%s)",
		   f->st->log_axis ? "logarithmic" : "linear");
	if (!add_hint(text, sizeof text, r.width, hint)) {
		str_format(hint, sizeof hint, "; i axes (%s)",
			   f->st->log_axis ? "logarithmic" : "linear");
		add_hint(text, sizeof text, r.width, hint);
	}
	cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM, text);
}

/* "4 px less: 258 tokens", as the chart counts them, and what the chart's quantity is there where
 * it is another. */
static char *step_text(const struct frame *f, int64_t width, int64_t tokens, char out[96])
{
	const struct setup *s = &f->st->req.setup;
	enum quantity_id metric = f->st->metric;
	char a[UNIT_TEXT], b[UNIT_TEXT], v[UNIT_TEXT];
	struct point p = {.x = (double)width};

	sweep(s, metric, &p, 1);
	if (metric == Q_VISUAL && p.has)
		tokens = (int64_t)p.y;
	str_format(out, 96, "%s px %s: %s token%s",
		   unit_grouped(a, width < s->width ? s->width - width : width - s->width),
		   width < s->width ? "less" : "more", unit_grouped(b, tokens),
		   tokens == 1 ? "" : "s");
	if (quantities[metric].unit == UNIT_TOKENS)
		return out;
	return p.has ? str_append(out, 96, ", %s", chart_value(metric, p.y, v)) : out;
}

static void draw_steps(struct cells *c, struct rect r, const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;
	struct cliff cl;
	char text[96];

	if (f->est.count.refused) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_BAD, f->est.refusal);
		return;
	}
	sweep_cliff(s, 1, 2 * CHART_MOST, &cl);
	if (!cl.cheaper_width && !cl.dearer_width) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_TEXT,
			       "no width at this aspect costs more or less");
		return;
	}
	int half = r.width / 2 - 1;

	if (cl.cheaper_width)
		cells_text_fit(c, r.x, r.y, half, STYLE_GOOD,
			       step_text(f, cl.cheaper_width, cl.cheaper_tokens, text));
	if (cl.dearer_width) {
		step_text(f, cl.dearer_width, cl.dearer_tokens, text);
		cells_text_right(c, r.x + half + 2, r.y, r.width - half - 2, STYLE_WARN, text);
	}
}

/* A line over and one under the chart. */
static bool has_text(struct rect body)
{
	return body.height >= 12;
}

static struct chart_spot chart_spot(const struct state *st, struct rect body)
{
	struct rect in = rect_inset(body, 2, 1);

	(void)st;
	if (has_text(body)) {
		in.y++;
		in.height -= 2;
	}
	return (struct chart_spot){in, CHART_CROSSHAIR};
}

/* Behind the title: device, engine and types, as far as there is room. */
static void add_setting(char *title, size_t size, int width, const struct state *st)
{
	static const char word[] = "weights ";
	char setting[CHART_SETTING], hint[CHART_SETTING + 8];
	const char *begin = "; ";

	chart_setting(st, setting);
	str_format(hint, sizeof hint, "%s%s", begin, setting);
	if (!*setting || add_hint(title, size, width, hint))
		return;
	char *weights = strstr(setting, word);

	if (weights) /* its type says that it is one */
		memmove(weights, weights + strlen(word), strlen(weights + strlen(word)) + 1);
	for (char *piece = setting, *next; piece; piece = next, begin = ", ") {
		next = strstr(piece, ", ");
		if (next) {
			*next = '\0';
			next += 2;
		}
		str_format(hint, sizeof hint, "%s%s", begin, piece);
		if (!add_hint(title, size, width, hint))
			return;
	}
}

static void draw(struct cells *c, struct rect body, const struct frame *f)
{
	char title[192];

	if (body.width < 24 || body.height < 7) {
		cells_text_fit(c, body.x, body.y, body.width, STYLE_WARN, "no room for a chart");
		return;
	}
	chart_title(f->st, title);
	add_setting(title, sizeof title, body.width - 6, f->st);
	cells_box(c, body, STYLE_BORDER, title, STYLE_TITLE);

	struct rect in = rect_inset(body, 2, 1);

	if (has_text(body)) {
		draw_head(c, in, f);
		draw_steps(c, (struct rect){in.x, in.y + in.height - 1, in.width, 1}, f);
	}
	chart_draw(c, chart_spot(f->st, body).rect, f, CHART_CROSSHAIR);
}

/* ------------------------------------------------------------ export */

enum { COLUMNS = 7 };

/* A column for the quantity under its machine's name: rows of several charts can be joined, and
 * with those of `vtok estimate`. One that has a range has a column for each end. */
struct table {
	enum quantity_id metric, low, high;
	enum export_format format;
	struct strbuf *out;
	const char *columns[COLUMNS];
	size_t n;
	bool is_begun;
};

static void take_row(void *to, const struct chart_row *row)
{
	struct table *t = to;
	char width[24], height[24], value[QUANTITY_FIGURE], low[QUANTITY_FIGURE],
		high[QUANTITY_FIGURE];

	str_format(width, sizeof width, "%lld", (long long)row->width);
	str_format(height, sizeof height, "%lld", (long long)row->height);
	quantity_figure(t->metric, &row->value, value);
	quantity_figure(t->low, &row->low, low);
	quantity_figure(t->high, &row->high, high);
	const char *fields[COLUMNS] = {row->id, width, height, value, low, high};

	fields[t->n - 1] = row->value.reason ? row->value.reason : "";
	export_fields(t->out, t->format, t->columns, fields, t->n, !t->is_begun);
	t->is_begun = true;
}

static void write(const struct frame *f, enum export_format format, struct strbuf *out)
{
	char name[QUANTITY_NAME], low[QUANTITY_NAME], high[QUANTITY_NAME];
	struct table t = {
		.metric = f->st->metric,
		.low = f->st->metric,
		.high = f->st->metric,
		.format = format,
		.out = out,
		.columns = {"model", "width", "height", quantity_name(f->st->metric, name)},
		.n = 4,
	};

	if (quantity_range(t.metric, &t.low, &t.high)) {
		t.columns[t.n++] = quantity_name(t.low, low);
		t.columns[t.n++] = quantity_name(t.high, high);
	}
	t.columns[t.n++] = "reason";
	export_head(out, format, t.columns, t.n);
	chart_each(f, take_row, &t);
	export_tail(out, format);
}

static const struct view_hint hints[] = {
	{ACTION_METRIC, "quantity"},
	{ACTION_AXIS, "axes"},
	{ACTION_PARTS, "parts"},
	{ACTION_NONE, NULL},
};

const struct view view_chart = {
	.name = "chart",
	.title = "Chart",
	.key = '2',
	.help = "chart",
	.hints = hints,
	.draw = draw,
	.chart_spot = chart_spot,
	.write = write,
};
