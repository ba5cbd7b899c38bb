/* What the chart draws: in lens exact one representative checkpoint of each strategy and the
 * selected one, by their real rules; in lens formula the four textbook strategies. */
#include "view/chart_curves.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "registry/priced.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "view/swept.h"
#include "view/textbook.h"

static_assert((int)CHART_CURVES <= (int)SWEPT_PLACES && (int)CHART_POINTS <= (int)SWEPT_POINTS,
	      "room for every curve");
static_assert((int)CHARTED_MAX <= (int)CHART_CURVES, "room for every model that is asked for");

static const struct {
	const char *id, *label;
	char glyph;
} representatives[] = {
	{"llava-1.5-7b", "LLaVA-1.5", '*'},
	{"qwen3-vl-8b", "Qwen3-VL", 'o'},
	{"llava-onevision-7b", "OneVision", '+'},
	{"gemma-3-4b", "Gemma 3", 'x'},
};

/* What a picture costs elsewhere, beside its cost on devices of one's own: one model of each large
 * vendor whose price of output is known. They take the looks that those representatives leave which
 * have no curve of a cost. */
static const struct {
	const char *id, *label;
	int look;
	char glyph;
} hosted[] = {
	{"gpt-5.4-mini", "5.4 mini", 0, '*'},
	{"claude-haiku-4-5", "Haiku 4.5", 2, '+'},
	{"gemini-3.8-flash", "Gemini 3.8", 5, '@'},
};

/* A metric in USD of 1,000 images, which hosted models have too. */
static bool is_cost(enum quantity_id metric)
{
	return metric == Q_COST || metric == Q_PRICE_IMAGES;
}

enum { POINTS_TOKENS = CHART_POINTS, POINTS_COSTS = 96 };

/* The aspect and not the size: see the head of chart_curves.h. */
static void base_setup(struct setup *s, const struct request *r)
{
	*s = r->setup;
	s->width = r->aspect_w;
	s->height = r->aspect_h;
}

/* A model that stands for its strategy has the look that it has there; the others have those of the
 * rest in turn, the first one that of a selected model. */
static int representative(const struct model *m)
{
	for (size_t i = 0; i < ARRAY_SIZE(representatives); i++)
		if (strcmp(m->id, representatives[i].id) == 0)
			return (int)i;
	return -1;
}

/* The look of each, as a place among the styles of curves. */
static void choose_looks(const struct state *st, int look[CHARTED_MAX])
{
	static const int order[CHARTED_MAX] = {4, 5, 0, 1, 2, 3};
	bool is_taken[CHARTED_MAX] = {false};

	for (int i = 0; i < st->charted.n; i++) {
		int own = representative(st->charted.model[i]);

		look[i] = own >= 0 && !is_taken[own] ? own : -1;
		if (look[i] >= 0)
			is_taken[own] = true;
	}
	for (int i = 0; i < st->charted.n; i++)
		for (int k = 0; look[i] < 0; k++)
			if (!is_taken[order[k]]) {
				look[i] = order[k];
				is_taken[order[k]] = true;
			}
}

/* As the engine that is shown counts it; without memory as its checkpoint does. */
static const struct model *counted_by(const struct state *st, const struct model *m)
{
	const struct model *counted = subject_by_engine(st->reg, m, st->req.setup.engine);

	return counted ? counted : m;
}

/* A model of the list; the present one has the knobs, others their own where they were marked
 * beside it. */
static void add_charted(struct chart *ch, const struct state *st, const struct model *m, int look)
{
	static const char glyphs[CHART_CURVES] = {'*', 'o', '+', 'x', '#', '@'};
	const struct setup *now = &st->req.setup;
	struct curve *cv = &ch->curves[ch->n++];

	base_setup(&cv->setup, &st->req);
	cv->is_selected =
		m == now->model ||
		(st->charted.is_marked && subject_is(&(struct subject){.model = m}, now->model));
	cv->setup.model = cv->is_selected ? now->model : m;
	if (!cv->is_selected && st->charted.is_marked) {
		cv->setup.model = now->by_engine ? counted_by(st, m) : m;
		if (now->lens == LENS_EXACT)
			cv->setup.knobs = knobs_of_others(&now->knobs);
	}
	cv->style = (unsigned)(STYLE_CURVE1 + look);
	cv->glyph = glyphs[look];
	cv->label = cv->id = cv->setup.model->id;
}

static void charted_curves(struct chart *ch, const struct state *st)
{
	int look[CHARTED_MAX], n = st->charted.n;
	bool is_taken[CHARTED_MAX] = {false}, has_selected = false;

	choose_looks(st, look);
	for (int i = 0; i < n; i++) {
		add_charted(ch, st, st->charted.model[i], look[i]);
		is_taken[look[i]] = true;
		has_selected |= ch->curves[i].is_selected;
	}
	if (has_selected || n >= CHARTED_MAX || !st->req.setup.model)
		return;
	int own = representative(st->req.setup.model);

	if (own < 0 || is_taken[own])
		for (own = 0; is_taken[own];)
			own++;
	add_charted(ch, st, st->req.setup.model, own);
}

/* The looks of the others are those of hosted models then. */
static bool has_cost_curve(size_t representative)
{
	for (size_t i = 0; i < ARRAY_SIZE(hosted); i++)
		if (hosted[i].look == (int)representative)
			return false;
	return true;
}

static void hosted_curves(struct chart *ch, const struct state *st)
{
	size_t n;
	struct priced *all = priced_list(st->reg, &n);

	for (size_t i = 0; i < ARRAY_SIZE(hosted); i++)
		for (size_t k = 0; k < n && ch->n < CHART_CURVES; k++) {
			struct curve *cv = &ch->curves[ch->n];

			if (all[k].len != strlen(hosted[i].id) ||
			    str_ncasecmp(all[k].name, hosted[i].id, all[k].len) != 0 ||
			    all[k].rule == st->req.setup.model->processor)
				continue;
			const struct model *m = priced_model(st->reg, &all[k]);

			if (!m)
				continue;
			base_setup(&cv->setup, &st->req);
			cv->setup.model = m;
			cv->setup.knobs = knobs_of_others(&st->req.setup.knobs);
			cv->is_selected = false;
			cv->style = (unsigned)(STYLE_CURVE1 + hosted[i].look);
			cv->glyph = hosted[i].glyph;
			for (int other = 0; other < ch->n; other++)
				if (ch->curves[other].style == cv->style) { /* the selected one */
					cv->style = STYLE_CURVE5;
					cv->glyph = '#';
				}
			cv->label = hosted[i].label;
			cv->id = m->id;
			ch->n++;
		}
}

static void exact_curves(struct chart *ch, const struct state *st)
{
	const struct model *selected = st->req.setup.model;
	bool is_drawn = false;

	for (size_t i = 0; i < ARRAY_SIZE(representatives); i++) {
		const struct model *m = registry_model(st->reg, representatives[i].id);
		struct curve *cv = &ch->curves[ch->n];

		if (!m)
			continue;
		base_setup(&cv->setup, &st->req);
		cv->setup.model = m;
		cv->is_selected = selected && subject_is(&(struct subject){.model = m}, selected);
		if (is_cost(st->metric) && !has_cost_curve(i) && !cv->is_selected)
			continue;
		if (cv->is_selected)
			cv->setup.model = selected;
		else if (st->req.setup.by_engine)
			cv->setup.model = counted_by(st, m);
		cv->style = (unsigned)(STYLE_CURVE1 + i);
		cv->glyph = representatives[i].glyph;
		cv->label = representatives[i].label;
		cv->id = m->id;
		if (cv->is_selected)
			is_drawn = true;
		else
			cv->setup.knobs.patch = 0; /* the others keep their tower: only grid, merge
						      and pooling reach them */
		ch->n++;
	}
	if (is_drawn || !selected)
		return;
	struct curve *cv = &ch->curves[ch->n++];

	base_setup(&cv->setup, &st->req);
	cv->is_selected = true;
	cv->style = STYLE_CURVE5;
	cv->glyph = '#';
	cv->label = cv->id = selected->id;
}

static void formula_curves(struct chart *ch, const struct state *st)
{
	const struct setup *now = &st->req.setup;

	if (!now->model || !now->model->processor)
		return;
	for (enum textbook t = TEXTBOOK_ORIGINAL; t < TEXTBOOK_N; t++) {
		struct curve *cv = &ch->curves[ch->n++];

		base_setup(&cv->setup, &st->req);
		cv->processor = *now->model->processor;
		cv->processor.textbook = t;
		cv->model = *now->model;
		cv->model.processor = &cv->processor;
		cv->setup.model = &cv->model;
		cv->setup.knobs.patch = request_patch(&st->req);
		cv->setup.knobs.merge = request_merge(&st->req);
		cv->setup.knobs.pool = request_pool(&st->req);
		cv->setup.knobs.grid_k = request_grid(&st->req) ? request_grid(&st->req) : 3;
		cv->is_selected = t == request_textbook(&st->req);
		cv->style = (unsigned)(STYLE_CURVE1 + (int)t - 1);
		cv->glyph = (char)textbook_glyph(t);
		cv->label = cv->id = textbook_name(t);
	}
}

static void stretch(struct chart *ch, double y)
{
	if (y < ch->low)
		ch->low = y;
	if (y > ch->high)
		ch->high = y;
}

static void find_range(struct chart *ch, bool is_log)
{
	ch->low = 1e300;
	ch->high = -1e300;
	for (int i = 0; i < ch->n; i++)
		for (int k = 0; k < ch->curves[i].n; k++) {
			const struct point *p = &ch->curves[i].points[k];

			if (p->has && (p->y > 0 || !is_log))
				stretch(ch, p->y);
		}
	if (ch->low > ch->high) {
		ch->low = 1;
		ch->high = 10;
	}
	/* a limit not too far off belongs on the chart */
	ch->is_limit_shown =
		ch->limit > 0 && ch->limit >= ch->low && ch->limit <= ch->high * (is_log ? 8 : 1.5);
	ch->is_budget_shown = ch->budget > 0 && ch->budget >= ch->low / (is_log ? 8 : 1.5) &&
			      ch->budget <= ch->high * (is_log ? 8 : 1.5);
	if (ch->is_limit_shown)
		stretch(ch, ch->limit);
	if (ch->is_budget_shown)
		stretch(ch, ch->budget);
	if (is_log) {
		ch->low /= 1.25;
		ch->high *= 1.25;
	} else {
		if (ch->low < ch->high * 0.4)
			ch->low = 0;
		ch->high += (ch->high - ch->low) * 0.04;
	}
	if (!(ch->high > ch->low))
		ch->high = ch->low + 1;
}

/* Where this very request fills the context: visual tokens of one image, beside its special tokens
 * and with text, output and the other images. 0 = it never does, or text and output do alone. */
static double full_context(const struct frame *f)
{
	const struct estimate *e = &f->est;
	int64_t images = f->st->req.setup.images;
	double room = (double)(e->context.limit - e->tokens.text - e->tokens.reserve);
	double special = e->count.has_special ? (double)e->count.special : 0;

	if (e->context.limit <= 0 || images < 1)
		return 0;
	double visual = floor(room / (double)images - special);

	return visual > 0 ? visual : 0;
}

/* The budget as a value of the metric: its own quantity, or tokens of a request as the visual ones
 * of one image, whose special tokens go off. 0 = it is one on something else. */
static double budget_of(const struct frame *f)
{
	const struct fit_budget *b = f->budgeted ? &f->budgeted->of.budget : NULL;
	const struct estimate *e = &f->est;
	double special = e->count.has_special ? (double)e->count.special : 0;
	int64_t images = f->st->req.setup.images;

	if (!b)
		return 0;
	if (b->quantity == f->st->metric)
		return b->value;
	if (f->st->metric != Q_VISUAL || images < 1)
		return 0;
	if (b->quantity == Q_PER_IMAGE)
		return b->value - special;
	return b->quantity == Q_IMAGES ? floor(b->value / (double)images) - special : 0;
}

/* Marked on the curve of the model that the panels speak of: on any other it would mean nothing. */
static int64_t last_width(const struct frame *f)
{
	return f->budgeted && f->budgeted->fit.status == FIT_OK ? f->budgeted->fit.best.width : 0;
}

int64_t chart_least(const struct state *st)
{
	return st->chart.least ? st->chart.least : CHART_LEAST;
}

int64_t chart_most(const struct state *st)
{
	return st->chart.most ? st->chart.most : CHART_MOST;
}

/* The n points of a curve. In lens formula its model and processor are its own copies. */
static void fill(const struct state *st, int place, struct curve *cv, int n)
{
	struct swept_key key;

	memset(&key, 0, sizeof key);
	key.registry = st->reg->serial;
	key.metric = st->metric;
	key.least = chart_least(st);
	key.most = chart_most(st);
	key.log_axis = st->log_axis;
	key.n = cv->n = n;
	memcpy(&key.setup, &cv->setup, sizeof key.setup);
	if (cv->setup.model == &cv->model) {
		memcpy(&key.model, &cv->model, sizeof key.model);
		memcpy(&key.processor, &cv->processor, sizeof key.processor);
		key.setup.model = NULL;
		key.model.processor = NULL;
	}
	swept(place, &key, &cv->setup, cv->points);
}

void chart_init(struct chart *ch, const struct frame *f, int columns)
{
	const struct state *st = f->st;
	const struct quantity_spec *q = &quantities[st->metric];
	int n = q->needs ? POINTS_COSTS : POINTS_TOKENS;

	ch->n = 0;
	if (columns * 2 < n)
		n = columns * 2 < 2 ? 2 : columns * 2;
	bool is_formula = st->req.setup.lens == LENS_FORMULA;

	if (st->charted.n > (is_formula ? 1 : 0)) /* of one model: its LLM behind each strategy */
		charted_curves(ch, st);
	else if (is_formula)
		formula_curves(ch, st);
	else
		exact_curves(ch, st);
	if (!is_formula && !st->charted.n && is_cost(st->metric) && st->req.setup.model)
		hosted_curves(ch, st);
	for (int i = 0; i < ch->n; i++)
		fill(st, i, &ch->curves[i], n);
	ch->limit = q->unit == UNIT_TOKENS ? full_context(f) : q->unit == UNIT_SHARE ? 1 : 0;
	ch->budget = budget_of(f);
	ch->fits = last_width(f);
	find_range(ch, st->log_axis);
}
