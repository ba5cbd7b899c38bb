/* The comparison as a table: which columns have room, where they stand, and the rows in sight.
 * Costs are computed for those alone. */
#include "view/compare_table.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/strategy.h"
#include "registry/subjects.h"
#include "view/widget.h"

/* Columns in the order of the screen. The gauge and the range have no order of their own: a click
 * on them is one on the column before. `rank`: the order in which they get room. */
static const struct {
	const char *head;
	int width; /* with a blank before it */
	enum compare_column sort;
	bool is_left;
} specs[COL_N] = {
	[COL_ID] = {"model",      21, COMPARE_ID,      true },
	[COL_TOKENS] = {"tokens",     11, COMPARE_TOKENS,  false},
	[COL_SPECIAL] = {"special",    10, COMPARE_SPECIAL, false},
	[COL_SHARE] = {"context",    10, COMPARE_SHARE,   false},
	[COL_GAUGE] = {"",           11, COMPARE_SHARE,   true },
	[COL_KV] = {"KV",         10, COMPARE_KV,      false},
	[COL_TTFT] = {"1st token",  12, COMPARE_TTFT,    false},
	[COL_RANGE] = {"range",      19, COMPARE_TTFT,    false},
	[COL_AT_ONCE] = {"at once",    10, COMPARE_AT_ONCE, false},
	[COL_TILES] = {"tiles",      8,  COMPARE_TILES,   false},
	[COL_RESIZED] = {"resized",    16, COMPARE_RESIZED, false},
	[COL_FAMILY] = {"  strategy", 17, COMPARE_FAMILY,  true },
	[COL_NAME] = {"  name",     30, COMPARE_NAME,    true },
	[COL_MARK] = {"",           25, COMPARE_N,       true },
};

static const enum compare_place_column rank[] = {
	COL_SHARE, COL_TTFT,  COL_KV,      COL_AT_ONCE, COL_SPECIAL, COL_GAUGE,
	COL_RANGE, COL_TILES, COL_RESIZED, COL_FAMILY,  COL_NAME,    COL_MARK,
};

enum {
	POINTER = 2, /* columns before the id: the present model's arrow */
	ID_LEAST = 14,
	ID_MOST = 34,
	GAUGE = 10,
	DETAILS_LEAST = 14, /* rows of the body from which the chosen one is told in words */
	FRAME_WIDTH = 60,
	FRAME_HEIGHT = 10,
};

/* ------------------------------------------------------------ where things are */

static void place_columns(struct compare_place *p)
{
	int left = p->head.width - POINTER - ID_LEAST, x = p->head.x + POINTER;

	memset(p->width, 0, sizeof p->width);
	p->width[COL_TOKENS] = specs[COL_TOKENS].width;
	left -= p->width[COL_TOKENS];
	for (size_t i = 0; i < ARRAY_SIZE(rank); i++) {
		int spare = p->width[COL_KV] ? specs[COL_ID].width - ID_LEAST
					     : 0; /* names are cut for the costs alone */

		if (left - spare < specs[rank[i]].width)
			break;
		p->width[rank[i]] = specs[rank[i]].width;
		left -= specs[rank[i]].width;
	}
	p->width[COL_ID] = ID_LEAST + left < ID_MOST ? ID_LEAST + left : ID_MOST;
	for (int i = 0; i < COL_N; i++) {
		p->x[i] = x;
		x += p->width[i];
	}
}

/* The number of the chosen row in big digits, with room for the longest that is usual: the table
 * must not jump. */
static const char headline[] = "8,888,888";

void compare_place(struct compare_place *p, struct rect body, const struct state *st)
{
	struct rect in = rect_inset(body, 1, 0);

	p->has_frame = body.width >= FRAME_WIDTH && body.height >= FRAME_HEIGHT;
	if (p->has_frame)
		in = rect_inset(body, 2, 1);
	int big = st->big ? widget_headline_rows(in, headline, st->ascii) : 0;
	int details = body.height - big >= DETAILS_LEAST ? 2 : 0;

	p->big = (struct rect){in.x, in.y, in.width, big};
	in.y += big;
	in.height -= big;

	p->head = (struct rect){in.x, in.y, in.width, 1};
	p->prompt = (struct rect){in.x, in.y + in.height - 1, in.width, 1};
	p->details = (struct rect){in.x, p->prompt.y - details, in.width, details};
	p->rows = (struct rect){in.x, in.y + 1, in.width,
				in.height - 2 - (details ? details + 1 : 0)};
	place_columns(p);
}

int compare_first(const struct state *st, const struct compare_list *list, int rows)
{
	int first = st->compare.first, most = list->n > rows ? list->n - rows : 0;

	if (st->compare.at < 0 && list->at >= 0)
		first = list->at - rows / 2;
	if (list->at >= 0 && list->at < first)
		first = list->at;
	if (list->at >= first + rows)
		first = list->at - rows + 1;
	return first > most ? most : first < 0 ? 0 : first;
}

/* ------------------------------------------------------------ rows */

static char mark_sign(const struct subject *e)
{
	const char *mark = count_mark(e->processor, e->model);

	return !mark ? ' ' : *mark == 'u' ? '!' : '~';
}

static char *range_text(char out[96], const struct estimate *e)
{
	char low[UNIT_TEXT], high[UNIT_TEXT];

	return str_format(out, 96, "%s to %s", unit_time(low, e->prefill.low_s),
			  unit_time(high, e->prefill.high_s));
}

static char *size_text(char out[96], int64_t w, int64_t h)
{
	char a[UNIT_TEXT], b[UNIT_TEXT];

	return str_format(out, 96, "%s\xc3\x97%s", unit_grouped(a, w), unit_grouped(b, h));
}

/* The number of one column; false: there is none. */
static bool cell_text(enum compare_place_column col, const struct subject *e,
		      const struct estimate *est, char out[96])
{
	const struct count *n = &est->count;
	const struct quantity *q =
		col == COL_KV ? &est->kv.bytes_per_request : &est->capacity.concurrency;

	switch (col) {
	case COL_TOKENS:
		unit_grouped(out, n->visual);
		return true;
	case COL_SPECIAL:
		unit_grouped(out, n->special);
		return n->has_special;
	case COL_SHARE:
		unit_percent(out, est->context.used_share);
		return est->context.limit > 0;
	case COL_KV:
		unit_bytes(out, q->value);
		return !q->reason;
	case COL_AT_ONCE:
		unit_grouped(out, (int64_t)q->value);
		return !q->reason;
	case COL_TTFT:
		unit_time(out, est->prefill.ttft_s);
		return !est->prefill.reason;
	case COL_RANGE:
		range_text(out, est);
		return !est->prefill.reason;
	case COL_TILES:
		unit_grouped(out, n->tiles);
		return n->tiles > 0;
	case COL_RESIZED:
		size_text(out, n->resized_w, n->resized_h);
		return n->resized_w > 0;
	case COL_FAMILY:
		str_format(out, 96, "  %s", compare_text(e, COMPARE_FAMILY));
		return true;
	case COL_NAME:
		str_format(out, 96, "  %s", compare_text(e, COMPARE_NAME));
		return true;
	case COL_MARK: {
		const char *mark = count_mark(e->processor, e->model);

		str_format(out, 96, "  %s", mark ? mark : "");
		return true;
	}
	case COL_ID:
	case COL_GAUGE:
	case COL_N:
		break;
	}
	return false;
}

static unsigned share_style(double share)
{
	return share > 1 ? STYLE_BAD : share > 0.75 ? STYLE_WARN : STYLE_GOOD;
}

static unsigned cell_style(enum compare_place_column col, const struct estimate *est)
{
	switch (col) {
	case COL_TOKENS:
		return STYLE_VALUE | STYLE_BOLD;
	case COL_SHARE:
		return share_style(est->context.used_share);
	case COL_KV:
	case COL_TTFT:
	case COL_AT_ONCE:
		return STYLE_VALUE;
	case COL_MARK:
		return STYLE_MARK;
	case COL_ID:
	case COL_SPECIAL:
	case COL_GAUGE:
	case COL_RANGE:
	case COL_TILES:
	case COL_RESIZED:
	case COL_FAMILY:
	case COL_NAME:
	case COL_N:
		break;
	}
	return STYLE_DIM;
}

/* The columns from..to as one room; width 0 = none of them is there. */
static struct rect span(const struct compare_place *p, enum compare_place_column from,
			enum compare_place_column to, int y)
{
	int width = 0;

	for (int i = (int)from; i <= (int)to; i++)
		width += p->width[i];
	return (struct rect){p->x[from] + 1, y, width > 0 ? width - 1 : 0, 1};
}

static void draw_cell(struct cells *c, const struct compare_place *p, int y,
		      enum compare_place_column col, const struct subject *e,
		      const struct estimate *est, unsigned over)
{
	char text[96];
	int x = p->x[col] + 1, width = p->width[col] - 1;

	if (col == COL_GAUGE) {
		if (est->context.limit > 0)
			widget_gauge(c, x, y, GAUGE, est->context.used_share,
				     over ? over : share_style(est->context.used_share));
		return;
	}
	if (!cell_text(col, e, est, text))
		cells_text_right(c, x, y, width, over ? over : STYLE_DIM, "\xe2\x80\x93");
	else if (specs[col].is_left)
		cells_text_fit(c, x, y, width, over ? over : cell_style(col, est), text);
	else
		cells_text_right(c, x, y, col == COL_TOKENS ? width - 1 : width,
				 over ? over : cell_style(col, est), text);
	if (col == COL_TOKENS)
		cells_put(c, x + width - 1, y, (uint32_t)mark_sign(e), over ? over : STYLE_MARK);
}

static void draw_row(struct cells *c, const struct compare_place *p, int y, const struct frame *f,
		     const struct compare_row *row, bool is_at)
{
	unsigned over = is_at ? STYLE_FOCUS : 0;
	struct subject e;
	struct estimate est;
	char room[96];

	compare_estimate(f->st, row, &e, &est);
	bool is_present = subject_is(&e, f->st->req.setup.model);
	const char *reason = compare_reason(&e, &est, room);
	struct rect costs = span(p, COL_KV, COL_AT_ONCE, y);

	struct rect whole = {p->rows.x - p->has_frame, y, p->rows.width + 2 * p->has_frame, 1};

	if (is_at)
		cells_fill(c, whole, ' ', over);
	if (is_present)
		cells_put(c, p->rows.x, y, 0x25b8, over ? over : STYLE_KEY);
	cells_text_fit(c, p->x[COL_ID], y, p->width[COL_ID],
		       over         ? over
		       : is_present ? STYLE_VALUE | STYLE_BOLD
				    : STYLE_TEXT,
		       e.id);
	if (est.count.refused) {
		struct rect all = span(p, COL_TOKENS, COL_RESIZED, y);

		cells_text_fit(c, all.x + 2, y, all.width - 2, over ? over : STYLE_BAD, reason);
		return;
	}
	for (int i = COL_TOKENS; i < COL_N; i++)
		if (p->width[i] && !(reason && i >= COL_KV && i <= COL_AT_ONCE))
			draw_cell(c, p, y, (enum compare_place_column)i, &e, &est, over);
	if (reason && costs.width)
		cells_text_fit(c, costs.x + 2, y, costs.width - 2, over ? over : STYLE_DIM, reason);
	if (is_at)
		cells_restyle(c, whole, over);
}

/* ------------------------------------------------------------ around them */

static void draw_head(struct cells *c, const struct compare_place *p, const struct state *st)
{
	cells_fill(c, p->head, ' ', STYLE_TITLE);
	for (int i = 0; i < COL_N; i++) {
		bool is_order =
			specs[i].sort == st->compare.sort && *specs[i].head && i != COL_RANGE;
		unsigned style = is_order ? STYLE_TITLE | STYLE_BOLD : STYLE_DIM;
		char text[48];

		if (!p->width[i] || !*specs[i].head)
			continue;
		str_format(text, sizeof text, "%s%s", specs[i].head,
			   !is_order                 ? ""
			   : st->compare.is_reversed ? " \xe2\x96\xbc"
						     : " \xe2\x96\xb2");
		if (specs[i].is_left)
			cells_text_fit(c, p->x[i] + (i != COL_ID), p->head.y, p->width[i] - 1,
				       style, text);
		else
			cells_text_right(c, p->x[i] + 1, p->head.y,
					 p->width[i] - 1 - (i == COL_TOKENS && !is_order), style,
					 text);
	}
}

/* A thumb on the frame's right side, and in numbers where the chosen row is. */
static void draw_position(struct cells *c, struct rect body, const struct compare_place *p,
			  const struct compare_list *list, int first)
{
	char text[64], signs[] = " ~ approximate  ! unverified ";
	int y = body.y + body.height - 1;

	if (!p->has_frame)
		return;
	widget_thumb(c, body.x + body.width - 1, p->rows.y, p->rows.height, first, list->n);
	if (list->n < list->all)
		str_format(text, sizeof text, " %d of %d, %d in all ", list->at + 1, list->n,
			   list->all);
	else
		str_format(text, sizeof text, " %d of %d ", list->at + 1, list->n);
	cells_text_right(c, body.x + 2, y, body.width - 4, STYLE_DIM, text);
	cells_text(c, body.x + 2, y, STYLE_MARK, signs);
}

/* The chosen row in words: who it is, and every reason in full. */
static void draw_details(struct cells *c, struct rect r, const struct state *st,
			 const struct compare_row *row)
{
	struct subject e;
	struct estimate est;
	char text[320], room[96], limit[UNIT_TEXT], left[UNIT_TEXT], times[96];

	if (rect_empty(r))
		return;
	cells_hline(c, r.x - 2, r.y - 1, r.width + 4, STYLE_BORDER);
	compare_estimate(st, row, &e, &est);
	const char *name = compare_text(&e, COMPARE_NAME), *mark = count_mark(e.processor, e.model);
	const char *reason = compare_reason(&e, &est, room), *vendor = e.processor->hosted.vendor;

	str_format(text, sizeof text, "%s%s%s: %s", *name ? name : e.id, mark ? ", " : "",
		   mark ? mark : "", e.processor->strategy->summary);
	cells_text_fit(c, r.x, r.y, r.width, mark ? STYLE_MARK : STYLE_TEXT, text);
	if (est.count.refused)
		str_format(text, sizeof text, "refused: %s", reason);
	else if (vendor)
		str_format(
			text, sizeof text,
			"hosted by %s: memory, time and price are the vendor's and not known here",
			vendor);
	else if (reason)
		str_format(text, sizeof text, "%s", reason);
	else if (est.capacity.concurrency.reason)
		str_format(text, sizeof text, "none at once: %s",
			   est.memory.overflow ? est.memory.overflow
					       : est.capacity.concurrency.reason);
	else
		str_format(text, sizeof text, "context %s, %s left for text%s%s",
			   unit_grouped(limit, est.context.limit),
			   unit_grouped(left, est.context.text_left),
			   est.prefill.reason ? "" : "; first token after ",
			   est.prefill.reason ? "" : range_text(times, &est));
	cells_text_fit(c, r.x, r.y + 1, r.width, reason ? STYLE_WARN : STYLE_DIM, text);
}

static void draw_prompt(struct cells *c, const struct compare_place *p, const struct state *st,
			const struct compare_list *list)
{
	struct rect r = p->prompt;
	char count[64];

	if (!st->compare.is_typing && !st->compare.filter.len) {
		const char *hint =
			r.width >= 70
				? "s sort   S turn round   / filter   Enter makes it the model   "
				  "click a head to sort by it"
				: "s sort  S turn  / filter  Enter take";

		cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM, hint);
		return;
	}
	str_format(count, sizeof count, "%d of %d, Esc clears", list->n, list->all);
	int width = r.width - (int)utf8_columns(count) - 4;

	cells_text(c, r.x, r.y, STYLE_KEY, "/");
	cells_text_right(c, r.x, r.y, r.width, STYLE_DIM, count);
	if (width < 6)
		return;
	if (st->compare.is_typing)
		cells_fill(c, (struct rect){r.x + 2, r.y, width, 1}, ' ', STYLE_INPUT);
	cells_text_fit(c, r.x + 2, r.y, width - 1,
		       st->compare.is_typing ? STYLE_INPUT : STYLE_VALUE, st->compare.filter.text);
	int at = (int)utf8_columns(st->compare.filter.text);

	if (st->compare.is_typing && at < width)
		cells_put(c, r.x + 2 + at, r.y, c->ascii ? '_' : 0x2588, STYLE_INPUT);
}

static void draw_big(struct cells *c, struct rect r, const struct state *st,
		     const struct compare_row *row)
{
	struct subject e;
	struct estimate est;
	char number[UNIT_TEXT] = "-", below[96] = "refused", room[96], share[UNIT_TEXT];

	if (rect_empty(r))
		return;
	compare_estimate(st, row, &e, &est);
	if (!est.count.refused) {
		const char *reason = compare_reason(&e, &est, room);

		unit_grouped(number, est.count.visual);
		str_format(below, sizeof below, "visual tokens, %s%s",
			   reason ? reason : unit_percent(share, est.context.used_share),
			   reason ? "" : " of the context");
	}
	r.height += 10; /* its room was found when the places were made */
	widget_headline(c, r, number, e.id, below);
}

static char *title(const struct state *st, const struct compare_list *list, char out[128])
{
	const struct setup *s = &st->req.setup;
	char w[UNIT_TEXT], h[UNIT_TEXT], n[UNIT_TEXT];

	return str_format(out, 128, "%d models at %s\xc3\x97%s, %s image%s%s", list->all,
			  unit_grouped(w, s->width), unit_grouped(h, s->height),
			  unit_grouped(n, s->images), s->images == 1 ? "" : "s",
			  s->lens == LENS_FORMULA ? ", textbook formula" : "");
}

void compare_draw(struct cells *c, struct rect body, const struct frame *f)
{
	const struct state *st = f->st;
	struct compare_list list;
	struct compare_place p;
	char text[128];

	compare_place(&p, body, st);
	compare_list(st, &list);
	int first = compare_first(st, &list, p.rows.height);

	if (p.has_frame)
		cells_box(c, body, STYLE_BORDER, title(st, &list, text), STYLE_TITLE);
	draw_head(c, &p, st);
	for (int i = 0; i < p.rows.height && first + i < list.n; i++)
		draw_row(c, &p, p.rows.y + i, f, &list.row[first + i], first + i == list.at);
	if (!list.n)
		cells_text_fit(c, p.rows.x, p.rows.y, p.rows.width, STYLE_WARN,
			       "no model has these words; Backspace widens");
	if (list.at >= 0)
		draw_big(c, p.big, st, &list.row[list.at]);
	if (list.at >= 0)
		draw_details(c, p.details, st, &list.row[list.at]);
	draw_position(c, body, &p, &list, first);
	draw_prompt(c, &p, st, &list);
}

enum compare_column compare_column_at(const struct compare_place *p, int x)
{
	for (int i = 0; i < COL_N; i++)
		if (x >= p->x[i] && x < p->x[i] + p->width[i])
			return specs[i].sort;
	return COMPARE_N;
}

bool compare_has_column(const struct compare_place *p, enum compare_column column)
{
	for (int i = 0; i < COL_N; i++)
		if (specs[i].sort == column && p->width[i])
			return true;
	return false;
}
