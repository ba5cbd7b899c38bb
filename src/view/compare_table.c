/* The comparison as a table: which columns have room, where they stand, and the rows in sight.
 * Costs are computed for those alone. */
#include "view/compare_table.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "registry/subjects.h"
#include "view/widget.h"

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

static int column_of_rank(int rank)
{
	for (int i = 0; i < COMPARE_COLUMNS; i++)
		if (compare_columns[i].rank == rank)
			return i;
	return -1;
}

static void place_columns(struct compare_place *p)
{
	int left = p->head.width - POINTER - ID_LEAST, x = p->head.x + POINTER, at;
	bool has_costs = false;

	memset(p->width, 0, sizeof p->width);
	for (int i = 1; i < COMPARE_COLUMNS; i++)
		if (!compare_columns[i].rank)
			left -= p->width[i] = compare_columns[i].width;
	for (int rank = 1; (at = column_of_rank(rank)) >= 0; rank++) {
		/* names are cut for the costs alone */
		int spare = has_costs ? compare_columns[0].width - ID_LEAST : 0;

		if (left - spare < compare_columns[at].width)
			break;
		p->width[at] = compare_columns[at].width;
		left -= p->width[at];
		has_costs = has_costs || compare_columns[at].quantity == Q_KV_REQUEST;
	}
	p->width[0] = ID_LEAST + left < ID_MOST ? ID_LEAST + left : ID_MOST;
	for (int i = 0; i < COMPARE_COLUMNS; i++) {
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

static struct value value_of(enum quantity_id id, const struct compare_item *item)
{
	return quantity_read(id, &item->setup, &item->est);
}

/* "93.9 ms to 313 ms", "1,792x1,344". */
static char *two_texts(const struct compare_column *col, const struct value *v,
		       const struct compare_item *item, char out[96])
{
	struct value second = value_of(col->second, item);
	char a[UNIT_TEXT], b[UNIT_TEXT];

	quantity_text(col->quantity, v, a);
	quantity_text(col->second, &second, b);
	return str_format(out, 96, "%s%s%s", a,
			  quantities[col->quantity].unit == UNIT_PIXELS ? "\xc3\x97" : " to ", b);
}

static char *range_text(char out[96], const struct compare_item *item)
{
	static const struct compare_column range = {.quantity = Q_TTFT_LOW, .second = Q_TTFT_HIGH};
	struct value v = value_of(range.quantity, item);

	return two_texts(&range, &v, item, out);
}

/* What a column says; false: there is nothing to say. */
static bool cell_text(const struct compare_column *col, const struct compare_item *item,
		      char out[96])
{
	struct value v = value_of(col->quantity, item);
	char text[UNIT_TEXT];

	if (v.reason && quantities[col->quantity].unit == UNIT_WORD)
		str_format(out, 96, " ");
	else if (v.text)
		str_format(out, 96, " %s", v.text);
	else if (col->second)
		two_texts(col, &v, item, out);
	else
		str_format(out, 96, "%s", quantity_text(col->quantity, &v, text));
	return !v.reason || quantities[col->quantity].unit == UNIT_WORD;
}

static unsigned share_style(double share)
{
	return share > 1 ? STYLE_BAD : share > 0.75 ? STYLE_WARN : STYLE_GOOD;
}

static unsigned cell_style(const struct compare_column *col, const struct estimate *est)
{
	const struct quantity_spec *q = &quantities[col->quantity];

	if (col->quantity == Q_VISUAL)
		return STYLE_VALUE | STYLE_BOLD;
	if (q->unit == UNIT_SHARE)
		return share_style(est->context.used_share);
	if (col->quantity == Q_MARKS)
		return STYLE_MARK;
	return q->needs && !col->second ? STYLE_VALUE : STYLE_DIM;
}

static bool is_cost(int column)
{
	return quantities[compare_columns[column].quantity].needs != 0;
}

/* The columns from..to as one room; width 0 = none of them is there. */
static struct rect span(const struct compare_place *p, int from, int to, int y)
{
	int width = 0;

	for (int i = from; i <= to; i++)
		width += p->width[i];
	return (struct rect){p->x[from] + 1, y, width > 0 ? width - 1 : 0, 1};
}

/* All columns that the cost model fills: they stand side by side. */
static struct rect cost_span(const struct compare_place *p, int y)
{
	int from = 1, to = COMPARE_COLUMNS - 1;

	while (from < COMPARE_COLUMNS - 1 && !is_cost(from))
		from++;
	while (to > from && !is_cost(to))
		to--;
	return span(p, from, to, y);
}

static void draw_cell(struct cells *c, const struct compare_place *p, int y, int column,
		      const struct compare_item *item, unsigned over)
{
	const struct compare_column *col = &compare_columns[column];
	const struct estimate *est = &item->est;
	char text[96];
	int x = p->x[column] + 1, width = p->width[column] - 1;

	if (col->is_gauge) {
		if (est->context.limit > 0)
			widget_gauge(c, x, y, GAUGE, est->context.used_share,
				     over ? over : share_style(est->context.used_share));
		return;
	}
	unsigned style = over ? over : cell_style(col, est);

	if (!cell_text(col, item, text))
		cells_text_right(c, x, y, width, over ? over : STYLE_DIM, "\xe2\x80\x93");
	else if (col->is_left)
		cells_text_fit(c, x + 1, y, width - 1, style, text);
	else
		cells_text_right(c, x, y, col->quantity == Q_VISUAL ? width - 1 : width, style,
				 text);
	char mark = mark_sign(&item->subject);

	if (col->quantity == Q_VISUAL && mark != ' ') /* a theme may underline it */
		cells_put(c, x + width - 1, y, (uint32_t)mark, over ? over : STYLE_MARK);
}

/* An id that is too long loses its middle: sizes and editions, which tell rows apart, stand at the
 * end. */
static char *short_id(char out[96], const char *id, int width)
{
	enum { TAIL = 9 };
	size_t len = strlen(id);

	if ((int)len <= width || width <= TAIL + 4 || utf8_columns(id) != len)
		return str_format(out, 96, "%s", id);
	return str_format(out, 96, "%.*s\xe2\x80\xa6%s", width - TAIL - 1, id, id + len - TAIL);
}

/* As a curve of the chart. */
static bool is_marked(const struct state *st, const struct subject *e)
{
	for (int i = 0; i < st->charted.n; i++)
		if (subject_is(e, st->charted.model[i]))
			return true;
	return false;
}

static void draw_row(struct cells *c, const struct compare_place *p, int y, const struct frame *f,
		     const struct compare_row *row, bool is_at)
{
	unsigned over = is_at ? STYLE_FOCUS : 0;
	struct compare_item item;
	char room[96], id[96];

	compare_item(f->st, row, &item);
	bool is_present = subject_is(&item.subject, f->st->req.setup.model);
	const char *reason = compare_reason(&item.subject, &item.est, room);
	struct rect costs = cost_span(p, y);
	struct rect whole = {p->rows.x - p->has_frame, y, p->rows.width + 2 * p->has_frame, 1};

	if (is_at) {
		cells_fill(c, whole, ' ', over);
		cells_point(c, p->rows.x + 1, y, false);
	}
	if (is_present)
		cells_put(c, p->rows.x, y, 0x25b8, over ? over : STYLE_KEY);
	if (is_marked(f->st, &item.subject))
		cells_put(c, p->rows.x + 1, y, 0x25c6, over ? over : STYLE_MARK);
	cells_text_fit(c, p->x[0], y, p->width[0],
		       over         ? over
		       : is_present ? STYLE_VALUE | STYLE_BOLD
				    : STYLE_TEXT,
		       short_id(id, item.subject.id, p->width[0]));
	if (item.est.count.refused) {
		struct rect all = span(p, 1, COMPARE_COLUMNS - 1, y);

		cells_text_fit(c, all.x + 2, y, all.width - 2, over ? over : STYLE_BAD, reason);
		return;
	}
	for (int i = 1; i < COMPARE_COLUMNS; i++)
		if (p->width[i] && !(reason && is_cost(i)))
			draw_cell(c, p, y, i, &item, over);
	if (reason && costs.width)
		cells_text_fit(c, costs.x + 2, y, costs.width - 2, over ? over : STYLE_DIM, reason);
	if (is_at)
		cells_restyle(c, whole, over);
}

/* ------------------------------------------------------------ around them */

static enum quantity_id order_of(const struct compare_column *col)
{
	return col->order ? col->order : col->quantity;
}

/* Whether a column before it has the same order: the gauge and the range have none of their own. */
static bool is_second(int column)
{
	for (int i = 0; i < column; i++)
		if (order_of(&compare_columns[i]) == order_of(&compare_columns[column]))
			return true;
	return false;
}

static const char *head_of(const struct compare_column *col)
{
	return col->head ? col->head : quantity_head(col->quantity);
}

static void draw_head(struct cells *c, const struct compare_place *p, const struct state *st)
{
	cells_fill(c, p->head, ' ', STYLE_TITLE);
	for (int i = 0; i < COMPARE_COLUMNS; i++) {
		const struct compare_column *col = &compare_columns[i];
		bool is_order = order_of(col) == st->compare.sort && !is_second(i);
		unsigned style = is_order ? STYLE_TITLE | STYLE_BOLD : STYLE_DIM;
		char text[48];

		if (!p->width[i] || !*head_of(col))
			continue;
		str_format(text, sizeof text, "%s%s%s", col->is_left && i ? "  " : "", head_of(col),
			   !is_order                ? ""
			   : compare_is_falling(st) ? " \xe2\x96\xbc"
						    : " \xe2\x96\xb2");
		if (col->is_left)
			cells_text_fit(c, p->x[i] + (i != 0), p->head.y, p->width[i] - 1, style,
				       text);
		else
			cells_text_right(c, p->x[i] + 1, p->head.y,
					 p->width[i] - 1 - (col->quantity == Q_VISUAL && !is_order),
					 style, text);
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
	struct compare_item item;
	const struct subject *e = &item.subject;
	const struct estimate *est = &item.est;
	char text[320], room[96], limit[UNIT_TEXT], left[UNIT_TEXT], times[96], price[UNIT_TEXT];

	if (rect_empty(r))
		return;
	cells_hline(c, r.x - 2, r.y - 1, r.width + 4, STYLE_BORDER);
	compare_item(st, row, &item);
	const char *name = compare_name(e), *mark = count_mark(e->processor, e->model);
	struct value priced = quantity_read(Q_PRICE_IMAGES, &item.setup, est),
		     since = quantity_read(Q_PRICE_DATE, &item.setup, est);
	const char *reason = compare_reason(e, est, room), *vendor = e->processor->hosted.vendor;

	str_format(text, sizeof text, "%s%s%s: %s", *name ? name : e->id, mark ? ", " : "",
		   mark ? mark : "", count_rule(e->processor));
	cells_text_fit(c, r.x, r.y, r.width, mark ? STYLE_MARK : STYLE_TEXT, text);
	if (est->count.refused)
		str_format(text, sizeof text, "refused: %s", reason);
	else if (vendor)
		str_format(text, sizeof text,
			   "hosted by %s: memory and time are the vendor's%s%s%s%s%s", vendor,
			   priced.reason ? ", no price is known" : "; 1,000 images cost ",
			   priced.reason ? "" : quantity_text(Q_PRICE_IMAGES, &priced, price),
			   since.reason ? "" : " (", since.reason ? "" : since.text,
			   since.reason ? "" : ")");
	else if (reason)
		str_format(text, sizeof text, "%s", reason);
	else if (est->capacity.concurrency.reason)
		str_format(text, sizeof text, "none at once: %s",
			   est->memory.overflow ? est->memory.overflow
						: est->capacity.concurrency.reason);
	else
		str_format(text, sizeof text, "context %s, %s left for text%s%s %s",
			   unit_grouped(limit, est->context.limit),
			   unit_grouped(left, est->context.text_left),
			   est->prefill.reason ? "" : "; ",
			   est->prefill.reason ? "" : quantity_label(Q_TTFT),
			   est->prefill.reason ? "" : range_text(times, &item));
	cells_text_fit(c, r.x, r.y + 1, r.width, reason ? STYLE_WARN : STYLE_DIM, text);
}

static void draw_prompt(struct cells *c, const struct compare_place *p, const struct state *st,
			const struct compare_list *list)
{
	struct rect r = p->prompt;
	char count[64];

	if (!st->compare.is_typing && !st->compare.filter.len) {
		const char *hint =
			r.width >= 88
				? "s sort   S turn round   / filter   Enter makes it the model   "
				  "Space charts it"
			: r.width >= 60
				? "s sort   S turn round   / filter   Enter makes it the model"
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

	if (st->compare.is_typing && at < width) {
		cells_put(c, r.x + 2 + at, r.y, c->ascii ? '_' : 0x2588, STYLE_INPUT);
		cells_point(c, r.x + 2 + at, r.y, true);
	}
}

static void draw_big(struct cells *c, struct rect r, const struct state *st,
		     const struct compare_row *row)
{
	struct compare_item item;
	char number[UNIT_TEXT] = "-", below[96] = "refused", room[96], share[UNIT_TEXT];

	if (rect_empty(r))
		return;
	compare_item(st, row, &item);
	if (!item.est.count.refused) {
		const char *reason = compare_reason(&item.subject, &item.est, room);

		unit_grouped(number, item.est.count.visual);
		str_format(below, sizeof below, "visual tokens, %s%s",
			   reason ? reason : unit_percent(share, item.est.context.used_share),
			   reason ? "" : " of the context");
	}
	r.height += 10; /* its room was found when the places were made */
	widget_headline(c, r, number, item.subject.id, below);
}

static char *title(const struct state *st, const struct compare_list *list, char out[128])
{
	const struct setup *s = &st->req.setup;
	char w[UNIT_TEXT], h[UNIT_TEXT], n[UNIT_TEXT];
	bool is_turned = s->lens == LENS_EXACT && s->model->processor &&
			 count_is_modified(s->model->processor, &s->knobs);

	return str_format(out, 128, "%d models at %s\xc3\x97%s, %s image%s%s%s", list->all,
			  unit_grouped(w, s->width), unit_grouped(h, s->height),
			  unit_grouped(n, s->images), s->images == 1 ? "" : "s",
			  s->lens == LENS_FORMULA ? ", textbook formula" : "",
			  is_turned ? ", knobs turned: the others as released" : "");
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

enum quantity_id compare_order_at(const struct compare_place *p, int x)
{
	for (int i = 0; i < COMPARE_COLUMNS; i++)
		if (x >= p->x[i] && x < p->x[i] + p->width[i])
			return order_of(&compare_columns[i]);
	return Q_N;
}

enum quantity_id compare_next_order(const struct compare_place *p, enum quantity_id order, int step)
{
	int at = 0;

	for (int i = 0; i < COMPARE_COLUMNS; i++)
		if (order_of(&compare_columns[i]) == order && !is_second(i))
			at = i;
	for (int tries = 0; tries < COMPARE_COLUMNS; tries++) {
		at = (at + step + COMPARE_COLUMNS) % COMPARE_COLUMNS;
		if (p->width[at] && !is_second(at))
			return order_of(&compare_columns[at]);
	}
	return order;
}
