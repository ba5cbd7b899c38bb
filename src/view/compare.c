#include "view/compare.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "registry/subjects.h"
#include "registry/variant.h"
#include "view/filter.h"
#include "state/seen.h"

/* The model of a row: the present one itself, or what the engine makes of the subject. */
static void row_model(const struct state *st, const struct subject *e, struct model *room,
		      struct setup *out)
{
	const struct setup *now = &st->req.setup;
	const struct processor *p = now->by_engine
					    ? variant_of_engine(st->reg, e->processor, now->engine)
					    : e->processor;

	out->model = e->model;
	if (subject_is(e, now->model) && now->model->processor->runtime)
		out->model = now->model;
	else if (!e->model || p != e->processor)
		out->model = room;
	if (out->model != room)
		return;
	*room = e->model ? *e->model
			 : (struct model){
				   .id = e->processor->id,
				   .name = e->processor->name,
				   .is_stand_in = true,
				   .price = registry_price(st->reg, e->id, registry_day(st->reg))};
	room->processor = p;
}

void compare_setup(const struct state *st, const struct subject *e, struct model *room,
		   struct setup *out)
{
	const struct setup *now = &st->req.setup;

	*out = *now;
	if (now->lens == LENS_EXACT && !subject_is(e, now->model))
		out->knobs = (struct knobs){.detail = now->knobs.detail, .media = now->knobs.media};
	out->knobs.images = (int32_t)(now->images < INT32_MAX ? now->images : INT32_MAX);
	row_model(st, e, room, out);
	bool turns = request_turning(&st->req, st->reg, out->model->processor).turns;

	if (request_lies(&st->req, &st->picture, turns)) { /* who counts here sees it otherwise */
		out->width = now->height;
		out->height = now->width;
	}
}

void compare_item(const struct state *st, const struct compare_row *row, struct compare_item *out)
{
	if (!subject_at(st->reg, (size_t)row->entry, &out->subject)) {
		out->setup = st->req.setup;
		out->est = (struct estimate){.count = {.refused = REFUSED_SIDES}};
		return;
	}
	compare_setup(st, &out->subject, &out->room, &out->setup);
	estimate(&out->setup, &out->est);
}

const char *compare_reason(const struct subject *e, const struct estimate *est, char out[96])
{
	if (est->count.refused)
		return str_format(out, 96, "%s", est->refusal);
	if (e->processor->hosted.vendor)
		return str_format(out, 96, "hosted by %s", e->processor->hosted.vendor);
	if (!e->model)
		return "no checkpoint known";
	return estimate_is_over(est->why) ? reason_text(est->why)
					  : est->kv.bytes_per_request.reason;
}

const char *compare_name(const struct subject *e)
{
	const char *name = e->model ? e->model->name : e->processor->name;

	return name ? name : "";
}

/* ------------------------------------------------------------ columns */

/* clang-format off */
const struct compare_column compare_columns[] = {
	{Q_MODEL, .width = 21, .is_left = true},
	{Q_VISUAL, .width = 11},
	{Q_SPECIAL, .width = 10, .rank = 5},
	{Q_SHARE, .width = 10, .rank = 1},
	{Q_SHARE, .head = "", .width = 11, .rank = 6, .is_left = true, .is_gauge = true},
	{Q_KV_REQUEST, .width = 10, .rank = 3},
	{Q_TTFT, .width = 12, .rank = 2},
	{Q_TTFT_LOW, Q_TTFT_HIGH, Q_TTFT, "range", .width = 19, .rank = 7},
	{Q_CONCURRENCY, .width = 10, .rank = 4},
	{Q_TILES, .width = 8, .rank = 8},
	{Q_RESIZED_W, Q_RESIZED_H, Q_RESIZED, "resized", .width = 16, .rank = 9},
	{Q_PRICE_IMAGES, .width = 12, .rank = 10},
	{Q_COST, .width = 13, .rank = 11},
	{Q_STRATEGY, .width = 17, .rank = 12, .is_left = true},
	{Q_NAME, .width = 30, .rank = 13, .is_left = true},
	{Q_MARKS, .head = "", .width = 25, .rank = 14, .is_left = true},
};
/* clang-format on */
static_assert(ARRAY_SIZE(compare_columns) == COMPARE_COLUMNS, "a place for each column");

/* ------------------------------------------------------------ order */

bool compare_is_falling(const struct state *st)
{
	const struct quantity_spec *q = &quantities[st->compare.sort];

	return (q->unit != UNIT_WORD && !q->is_cost) != st->compare.is_reversed;
}

/* A row with the text it is sorted by, if that is one. */
struct sortable {
	struct compare_row row;
	const char *text;
	bool is_falling;
};

/* Of the cost model no more runs than the order asks for: tokens alone are ten times as quick. */
static void measure(const struct state *st, const struct subject *e, struct sortable *out)
{
	enum quantity_id by = st->compare.sort;
	struct estimate est;
	struct model room;
	struct setup s;

	compare_setup(st, e, &room, &s);
	estimate_steps(&s, quantities[by].needs, &est);
	struct value v = quantity_read(by, &s, &est);

	out->row.has = !v.reason;
	out->row.key = v.reason || v.text ? 0 : v.number;
	out->text = v.text ? v.text : "";
	out->is_falling = compare_is_falling(st);
}

static int by_order(const void *left, const void *right)
{
	const struct sortable *a = left, *b = right;
	int order;

	if (a->row.has != b->row.has)
		return a->row.has ? -1 : 1;
	order = *a->text || *b->text      ? str_casecmp(a->text, b->text)
		: a->row.key < b->row.key ? -1
					  : a->row.key > b->row.key;
	if (order)
		return a->is_falling ? -order : order;
	return a->row.entry < b->row.entry ? -1 : a->row.entry > b->row.entry;
}

/* ------------------------------------------------------------ filter */

/* Every word must be somewhere: in the id, the name, the strategy, the
 * vendor, or among the marks; is_loose: its letters in the id. */
static bool passes(const struct subject *e, const char *filter, bool is_loose)
{
	const char *vendor = e->processor->hosted.vendor;
	const char *const texts[] = {
		e->id,
		compare_name(e),
		e->processor->strategy_name,
		vendor,
		vendor     ? "hosted"
		: e->model ? NULL
			   : "processor",
		count_mark(e->processor, e->model),
	};

	return filter_passes(filter, texts, is_loose ? 1 : ARRAY_SIZE(texts), is_loose);
}

/* Only where nothing has the words as they stand. */
static bool is_loose(const struct state *st)
{
	const struct prompt *filter = &st->compare.filter;
	struct subject e;

	for (size_t i = 0; filter->len > 1 && i < subject_n(st->reg); i++)
		if (subject_at(st->reg, i, &e) && passes(&e, filter->text, false))
			return false;
	return filter->len > 1;
}

/* ------------------------------------------------------------ the list */

static bool is_chosen(const struct state *st, const struct subject *e, int entry)
{
	if (st->compare.at < 0)
		return subject_is(e, st->req.setup.model);
	return entry == st->compare.at;
}

void compare_list(const struct state *st, struct compare_list *out)
{
	struct sortable sorted[COMPARE_MAX];
	int size = (int)subject_n(st->reg), chosen = -1;
	bool loose = is_loose(st);

	out->n = out->all = 0;
	out->at = -1;
	for (int i = 0; i < size && out->n < COMPARE_MAX; i++) {
		struct subject e;

		if (!subject_at(st->reg, (size_t)i, &e))
			continue;
		out->all++;
		if (is_chosen(st, &e, i))
			chosen = i;
		if (!passes(&e, st->compare.filter.text, loose))
			continue;
		struct sortable *s = &sorted[out->n++];

		measure(st, &e, s);
		s->row.entry = i;
	}
	qsort(sorted, (size_t)out->n, sizeof *sorted, by_order);
	for (int i = 0; i < out->n; i++) {
		out->row[i] = sorted[i].row;
		if (sorted[i].row.entry == chosen)
			out->at = i;
	}
	if (out->at < 0 && out->n)
		out->at = 0;
}

/* ------------------------------------------------------------ export */

enum { FIELDS_MAX = 24 };

/* What stands in the file: the entry's kind, the quantities of the columns, and the reason. */
struct fields {
	size_t n;
	char name[FIELDS_MAX][QUANTITY_NAME], text[FIELDS_MAX][QUANTITY_FIGURE];
};

static void add_text(struct fields *f, const char *name, const char *text)
{
	str_format(f->name[f->n], QUANTITY_NAME, "%s", name);
	str_format(f->text[f->n++], QUANTITY_FIGURE, "%s", text ? text : "");
}

/* item NULL: the names alone. */
static void add_quantity(struct fields *f, enum quantity_id id, const struct compare_item *item)
{
	quantity_name(id, f->name[f->n]);
	if (item) {
		struct value v = quantity_read(id, &item->setup, &item->est);

		quantity_figure(id, &v, f->text[f->n]);
	}
	f->n++;
}

static const char *kind_of(const struct subject *e)
{
	return e->processor->hosted.vendor ? "hosted" : e->model ? "checkpoint" : "processor";
}

static void collect(struct fields *f, const struct compare_item *item)
{
	char reason[96];

	f->n = 0;
	add_text(f, "model", item ? item->subject.id : "");
	add_text(f, "kind", item ? kind_of(&item->subject) : "");
	for (size_t i = 1; i < COMPARE_COLUMNS; i++) {
		const struct compare_column *col = &compare_columns[i];

		if (!col->is_gauge)
			add_quantity(f, col->quantity, item);
		if (col->second)
			add_quantity(f, col->second, item);
	}
	add_text(f, "reason", item ? compare_reason(&item->subject, &item->est, reason) : "");
}

void compare_write(const struct state *st, enum export_format format, struct strbuf *out)
{
	const char *names[FIELDS_MAX], *texts[FIELDS_MAX];
	struct compare_list list;
	struct fields f;

	compare_list(st, &list);
	collect(&f, NULL);
	for (size_t i = 0; i < f.n; i++) {
		names[i] = f.name[i];
		texts[i] = f.text[i];
	}
	export_head(out, format, names, f.n);
	for (int i = 0; i < list.n; i++) {
		struct compare_item item;

		compare_item(st, &list.row[i], &item);
		collect(&f, &item);
		export_fields(out, format, names, texts, f.n, i == 0);
	}
	export_tail(out, format);
}
