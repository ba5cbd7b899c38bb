/* What a server of these devices does in a second and what that costs: of 1,000 images, of the
 * traffic that is planned for, and at the hosted models that take the same picture. */
#include "view/panel.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/price.h"
#include "registry/priced.h"
#include "view/widget.h"

enum {
	PAIR = 2 * UNIT_TEXT + 24,
	HALVES = 57, /* columns from which two figures stand in a row */
	ROWS = 24,   /* of panels: fewer have no room for a band more */
};

/* The places of the figures, row by row. */
struct places {
	struct rect r;
	int at;
};

/* The next of them; empty where no row is left. */
static struct rect next_place(struct places *p)
{
	int columns = p->r.width >= HALVES ? 2 : 1, row = p->at / columns, i = p->at % columns;
	int width = columns == 2 ? (p->r.width - 3) / 2 : p->r.width;

	p->at++;
	if (row >= p->r.height)
		return (struct rect){0};
	return (struct rect){i ? p->r.x + p->r.width - width : p->r.x, p->r.y + row, width, 1};
}

static bool has_traffic(const struct frame *f)
{
	return f->st->req.setup.rate_per_s > 0;
}

/* ------------------------------------------------------------ hosted models beside it */

struct hosted_range {
	double low, high; /* USD of 1,000 images */
	bool is_there;
};

/* What the cheapest and the dearest of them ask for the same pictures, text and answer; those whose
 * price of output is not known are left out. The prices of one rule count alike. */
static struct hosted_range hosted_range(const struct frame *f)
{
	size_t n;
	const struct priced *all = priced_list(f->st->reg, &n);
	const struct processor *counted = NULL;
	struct hosted_range out = {.is_there = false};
	struct model m = {.is_stand_in = true};
	struct setup s = f->st->req.setup;
	struct estimate e;

	s.lens = LENS_EXACT;
	s.knobs = knobs_of_others(&s.knobs);
	s.model = &m;
	for (size_t i = 0; i < n; i++) {
		m.price = all[i].price;
		m.processor = all[i].rule;
		if (!(m.price->output > 0) && s.reserve_tokens > 0)
			continue;
		if (m.processor != counted)
			estimate_steps(&s, 0, &e);
		counted = m.processor;
		struct value v = quantity_read(Q_HOSTED, &s, &e);

		if (v.reason)
			continue;
		if (!out.is_there || v.number < out.low)
			out.low = v.number;
		if (!out.is_there || v.number > out.high)
			out.high = v.number;
		out.is_there = true;
	}
	return out;
}

/* "0.7001 to 236.6 USD" */
static char *usd_range(double low, double high, char out[PAIR])
{
	char a[UNIT_TEXT], b[UNIT_TEXT];

	unit_text(a, UNIT_USD, low);
	a[strcspn(a, " ")] = '\0';
	return str_format(out, PAIR, "%s to %s", a, unit_text(b, UNIT_USD, high));
}

static bool has_room(struct rect r, const char *label, const char *text)
{
	return (int)(utf8_columns(label) + utf8_columns(text)) + 1 <= r.width;
}

static char *day_text(double images, char out[UNIT_TEXT])
{
	if (!isfinite(images))
		return str_format(out, UNIT_TEXT, "never");
	return unit_count(out, images);
}

/* From how many images a day a server of one's own is cheaper than the dearest of them, and than
 * all. */
static void draw_breakeven(struct cells *c, struct rect r, const struct frame *f,
			   const struct hosted_range *h)
{
	static const char label[] = "break-even a day", head[] = "break-even";
	const struct setup *s = &f->st->req.setup;
	double few = estimate_breakeven(s, &f->est, h->high),
	       many = estimate_breakeven(s, &f->est, h->low);
	char text[PAIR], a[UNIT_TEXT], b[UNIT_TEXT];

	str_format(text, sizeof text, "%s to %s", day_text(few, a), day_text(many, b));
	widget_row(c, r, 0, has_room(r, label, text) ? label : head, text, STYLE_TEXT);
}

/* ------------------------------------------------------------ figures */

/* What is to be said of a price, as a mark where there are no columns for the words. */
static void draw_marked(struct cells *c, struct rect r, const struct frame *f, const char *label,
			enum quantity_id id)
{
	struct value v = frame_value(f, id), mark = frame_value(f, Q_COST_MARK);
	char text[UNIT_TEXT], marked[UNIT_TEXT + 64];

	if (v.reason || mark.reason) {
		widget_quantity(c, r, 0, label, f, id);
		return;
	}
	quantity_text(id, &v, text);
	str_format(marked, sizeof marked, "%s, %s", text, mark.text);
	if (!has_room(r, label, marked))
		str_format(marked, sizeof marked, "%s !", text);
	widget_quantity_as(c, r, 0, label, f, id, marked, STYLE_MARK);
}

/* What 1,000 images cost on servers that the traffic uses in part, or else to the full. */
static void draw_cost(struct cells *c, struct rect r, const struct frame *f)
{
	bool is_few = f->st->req.setup.images == 0;

	draw_marked(c, r, f, is_few ? "1,000 requests" : "1,000 images",
		    has_traffic(f) ? Q_TRAFFIC_COST : Q_COST);
}

/* Both in one row where they fit, "3.88/s, KV pool": what binds stands apart else. */
static void draw_rate(struct cells *c, struct places *p, const struct frame *f)
{
	enum quantity_id id = f->st->req.setup.images > 0 ? Q_IMAGES_S : Q_REQUESTS_S;
	struct value v = frame_value(f, id), bound = frame_value(f, Q_SERVER_BOUND);
	struct rect r = next_place(p);
	char text[UNIT_TEXT], both[UNIT_TEXT + 32];

	str_format(both, sizeof both, "%s, %s", quantity_text(id, &v, text),
		   bound.reason ? bound.reason : bound.text);
	if (!f->st->pin.is_set && has_room(r, quantity_label(id), both)) {
		widget_quantity_as(c, r, 0, NULL, f, id, both, STYLE_VALUE);
		return;
	}
	widget_quantity(c, r, 0, NULL, f, id);
	widget_row(c, next_place(p), 0, "bound by", bound.reason ? bound.reason : bound.text,
		   STYLE_VALUE);
}

/* Of 1,000 images, by the cheapest and the dearest offer of the device. */
static void draw_offers(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	bool is_used = has_traffic(f) && !e->traffic.reason;
	char text[PAIR];

	widget_row(c, r, 0, "offers",
		   is_used ? usd_range(e->traffic.usd_low, e->traffic.usd_high, text)
			   : usd_range(e->cost.usd_low, e->cost.usd_high, text),
		   STYLE_TEXT);
}

static void draw_own(struct cells *c, struct places *p, const struct frame *f)
{
	const struct estimate *e = &f->est;
	char text[PAIR];

	draw_rate(c, p, f);
	if (has_traffic(f))
		widget_quantity(c, next_place(p), 0, NULL, f, Q_TRAFFIC_HOUR);
	if (!e->cost.reason && e->cost.usd_high > e->cost.usd_low)
		draw_offers(c, next_place(p), f);
	struct rect place = next_place(p);

	if (e->cost.reason) {
		cells_text_fit(c, place.x, place.y, place.width, STYLE_DIM,
			       "no price known: GPU price gives one");
		place = next_place(p);
	}
	if (rect_empty(place)) /* no need to ask them */
		return;
	struct hosted_range h = hosted_range(f);

	if (h.is_there)
		widget_row(c, place, 0, "hosted", usd_range(h.low, h.high, text), STYLE_TEXT);
	if (h.is_there && !e->cost.reason)
		draw_breakeven(c, next_place(p), f, &h);
	if (!e->cost.reason)
		draw_marked(c, next_place(p), f, "server an hour", Q_RENT);
}

/* What the vendor asks; why there is nothing else stands in the other panels. */
static void draw_hosted(struct cells *c, struct places *p, const struct frame *f)
{
	struct value mark = frame_value(f, Q_PRICE_MARK);

	if (has_traffic(f))
		widget_quantity(c, next_place(p), 0, NULL, f, Q_TRAFFIC_HOUR);
	if (!mark.reason)
		widget_row(c, next_place(p), 0, "price", mark.text, STYLE_MARK);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	struct places p = {r, 0};

	draw_cost(c, next_place(&p), f);
	if (setup_is_hosted(&f->st->req.setup))
		draw_hosted(c, &p, f);
	else if (!f->est.decode.reason)
		draw_own(c, &p, f);
	else if (r.height > 1)
		widget_wrap(c, (struct rect){r.x, r.y + 1, r.width, r.height - 1}, STYLE_DIM,
			    estimate_reason(&f->est, f->est.decode.reason));
}

/* The answer to the traffic: how many GPUs. */
static char *title(const struct frame *f, char out[64])
{
	struct value gpus = frame_value(f, Q_GPUS);
	char number[UNIT_TEXT];

	if (!has_traffic(f) || gpus.reason)
		return str_format(out, 64, "Cost");
	return str_format(out, 64, "Cost: %s GPU%s", quantity_text(Q_GPUS, &gpus, number),
			  gpus.number > 1 ? "s" : "");
}

bool panel_cost_instead(const struct request *r, int rows)
{
	return r->setup.rate_per_s > 0 && rows < ROWS;
}

static bool is_shown(const struct request *r, int rows)
{
	return rows >= ROWS || panel_cost_instead(r, rows);
}

const struct panel panel_cost = {
	.rows = {2, 2, 3, 1},
	.is_beside = true,
	.is_beside_one = true,
	.makes_room = true,
	.is_shown = is_shown,
	.wide = {COLUMN_RIGHT, 3, 3},
	.group = "cost",
	.title = title,
	.draw = draw,
};
