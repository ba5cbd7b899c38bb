#include "view/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/strategy.h"
#include "registry/subjects.h"

void compare_setup(const struct state *st, const struct subject *e, struct model *room,
		   struct setup *out)
{
	const struct setup *now = &st->req.setup;

	*out = *now;
	if (!subject_is(e, now->model))
		out->knobs = (struct knobs){.detail = now->knobs.detail, .media = now->knobs.media};
	out->knobs.images = (int32_t)(now->images < INT32_MAX ? now->images : INT32_MAX);
	out->model = e->model;
	if (e->model)
		return;
	*room = (struct model){.id = e->processor->id,
			       .name = e->processor->name,
			       .processor = e->processor,
			       .is_stand_in = true};
	out->model = room;
}

void compare_estimate(const struct state *st, const struct compare_row *row, struct subject *e,
		      struct estimate *out)
{
	struct model room;
	struct setup s;

	if (!subject_at(st->reg, SUBJECTS_EACH, (size_t)row->entry, e)) {
		*out = (struct estimate){.count = {.refused = true}};
		return;
	}
	compare_setup(st, e, &room, &s);
	estimate(&s, out);
}

const char *compare_reason(const struct subject *e, const struct estimate *est, char out[96])
{
	if (est->count.refused)
		return str_format(out, 96, "%s", est->count.reason);
	if (e->processor->hosted.vendor)
		return str_format(out, 96, "hosted by %s", e->processor->hosted.vendor);
	if (!e->model)
		return "no checkpoint known";
	return est->kv.bytes_per_request.reason;
}

const char *compare_text(const struct subject *e, enum compare_column column)
{
	const char *name = e->model ? e->model->name : e->processor->name;

	switch (column) {
	case COMPARE_ID: /* that of a hosted rule ends in its date, which sorts the same */
		return e->model ? e->model->id : e->processor->id;
	case COMPARE_FAMILY:
		return e->processor->strategy->name;
	case COMPARE_NAME:
		return name ? name : "";
	case COMPARE_TOKENS:
	case COMPARE_SPECIAL:
	case COMPARE_SHARE:
	case COMPARE_KV:
	case COMPARE_TTFT:
	case COMPARE_AT_ONCE:
	case COMPARE_TILES:
	case COMPARE_RESIZED:
	case COMPARE_N:
		break;
	}
	return "";
}

/* ------------------------------------------------------------ order */

static void keep(struct compare_row *row, const struct quantity *q)
{
	row->has = q->reason == NULL;
	row->key = row->has ? q->value : 0;
}

static void set_key(struct compare_row *row, enum compare_column by, const struct estimate *e)
{
	const struct count *n = &e->count;

	switch (by) {
	case COMPARE_TOKENS:
		row->key = (double)n->visual;
		break;
	case COMPARE_SPECIAL:
		row->key = (double)n->special;
		row->has = n->has_special;
		break;
	case COMPARE_SHARE:
		row->key = e->context.used_share;
		row->has = e->context.limit > 0;
		break;
	case COMPARE_KV:
		keep(row, &e->kv.bytes_per_request);
		break;
	case COMPARE_TTFT:
		row->key = e->prefill.ttft_s;
		row->has = !e->prefill.reason;
		break;
	case COMPARE_AT_ONCE:
		keep(row, &e->capacity.concurrency);
		break;
	case COMPARE_TILES:
		row->key = (double)n->tiles;
		row->has = n->tiles > 0;
		break;
	case COMPARE_RESIZED:
		row->key = (double)n->resized_w * (double)n->resized_h;
		row->has = n->resized_w > 0;
		break;
	case COMPARE_ID:
	case COMPARE_FAMILY:
	case COMPARE_NAME:
	case COMPARE_N:
		break;
	}
	row->has = row->has && !n->refused;
}

/* The cost model runs for the columns that need it; tokens alone are ten times as quick. */
static void measure(const struct state *st, const struct subject *e, struct compare_row *row)
{
	enum compare_column by = st->compare.sort;
	struct estimate est;
	struct model room;
	struct setup s;

	row->has = true;
	row->key = 0;
	if (by == COMPARE_ID || by == COMPARE_FAMILY || by == COMPARE_NAME)
		return;
	compare_setup(st, e, &room, &s);
	if (by == COMPARE_TOKENS || by == COMPARE_SPECIAL || by == COMPARE_TILES ||
	    by == COMPARE_RESIZED)
		count_image(e->processor, s.lens, &s.knobs, s.width, s.height, &est.count, NULL);
	else
		estimate(&s, &est);
	set_key(row, by, &est);
}

/* A row with the text it is sorted by, if that is one. */
struct sortable {
	struct compare_row row;
	const char *text;
	bool is_reversed;
};

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
		return a->is_reversed ? -order : order;
	return a->row.entry < b->row.entry ? -1 : a->row.entry > b->row.entry;
}

/* ------------------------------------------------------------ filter */

/* Every word must be somewhere: in the id, the name, the strategy, the vendor, or among the marks.
 */
static bool passes(const struct subject *e, const char *filter)
{
	const char *vendor = e->processor->hosted.vendor,
		   *mark = count_mark(e->processor, e->model);
	char word[64];

	while (*filter) {
		size_t n = 0;

		for (; *filter == ' '; filter++)
			;
		for (; *filter && *filter != ' '; filter++)
			if (n + 1 < sizeof word)
				word[n++] = *filter;
		word[n] = '\0';
		if (n && !str_casestr(e->id, word) &&
		    !str_casestr(compare_text(e, COMPARE_NAME), word) &&
		    !str_casestr(compare_text(e, COMPARE_FAMILY), word) &&
		    !(vendor && str_casestr(vendor, word)) &&
		    !str_casestr(vendor     ? "hosted"
				 : e->model ? ""
					    : "processor",
				 word) &&
		    !(mark && str_casestr(mark, word)))
			return false;
	}
	return true;
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

	out->n = out->all = 0;
	out->at = -1;
	for (int i = 0; i < size && out->n < COMPARE_MAX; i++) {
		struct subject e;

		if (!subject_at(st->reg, SUBJECTS_EACH, (size_t)i, &e))
			continue;
		out->all++;
		if (is_chosen(st, &e, i))
			chosen = i;
		if (!passes(&e, st->compare.filter.text))
			continue;
		struct sortable *s = &sorted[out->n++];

		*s = (struct sortable){.text = compare_text(&e, st->compare.sort),
				       .is_reversed = st->compare.is_reversed};
		measure(st, &e, &s->row);
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

static const char *const columns[] = {
	"model",          "kind",          "visual_tokens",
	"special_tokens", "context_share", "kv_bytes_per_request",
	"ttft_ms",        "low_ms",        "high_ms",
	"concurrency",    "tiles",         "resized_w",
	"resized_h",      "strategy",      "mark",
	"reason",
};
enum { COLUMNS = ARRAY_SIZE(columns), FIELD = 176 };

static void put_number(char out[FIELD], double value, bool has)
{
	out[0] = '\0';
	if (has)
		str_format(out, FIELD, "%.10g", value);
}

static void put_text(char out[FIELD], const char *text)
{
	str_format(out, FIELD, "%s", text ? text : "");
}

static void fields(const struct subject *e, const struct estimate *est, char out[COLUMNS][FIELD])
{
	bool counted = !est->count.refused, timed = !est->prefill.reason;
	const struct count *n = &est->count;
	char reason[96];

	put_text(out[0], e->id);
	put_text(out[1], e->processor->hosted.vendor ? "hosted"
			 : e->model                  ? "checkpoint"
						     : "processor");
	put_number(out[2], (double)n->visual, counted);
	put_number(out[3], (double)n->special, counted && n->has_special);
	put_number(out[4], est->context.used_share, counted && est->context.limit > 0);
	put_number(out[5], est->kv.bytes_per_request.value, !est->kv.bytes_per_request.reason);
	put_number(out[6], est->prefill.ttft_s * 1e3, timed);
	put_number(out[7], est->prefill.low_s * 1e3, timed);
	put_number(out[8], est->prefill.high_s * 1e3, timed);
	put_number(out[9], est->capacity.concurrency.value, !est->capacity.concurrency.reason);
	put_number(out[10], (double)n->tiles, n->tiles > 0);
	put_number(out[11], (double)n->resized_w, n->resized_w > 0);
	put_number(out[12], (double)n->resized_h, n->resized_w > 0);
	put_text(out[13], e->processor->strategy->name);
	put_text(out[14], count_mark(e->processor, e->model));
	put_text(out[15], compare_reason(e, est, reason));
}

void compare_write(const struct state *st, enum export_format format, struct strbuf *out)
{
	struct compare_list list;

	compare_list(st, &list);
	export_head(out, format, columns, COLUMNS);
	for (int i = 0; i < list.n; i++) {
		char text[COLUMNS][FIELD];
		const char *field[COLUMNS];
		struct subject e;
		struct estimate est;

		compare_estimate(st, &list.row[i], &e, &est);
		fields(&e, &est, text);
		for (size_t k = 0; k < COLUMNS; k++)
			field[k] = text[k];
		export_fields(out, format, columns, field, COLUMNS, i == 0);
	}
	export_tail(out, format);
}
