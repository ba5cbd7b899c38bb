/* Leave one source out. */
#include "bench/left_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { CHAIN_MAX = 64 };

static const double factor_least = 0.2, factor_most = 5; /* on a share of the peak */
static const double golden = 0.6180339887498949;

/* An engine whose profiles can be changed. */
struct chain {
	struct engine engine;
	struct profile profiles[CHAIN_MAX];
	const struct profile *original[CHAIN_MAX];
	size_t n;
};

static void link_chain(struct chain *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->profiles[i].next = i + 1 < c->n ? &c->profiles[i + 1] : NULL;
	c->engine.profiles = c->n > 0 ? c->profiles : NULL;
}

static void copy_chain(const struct engine *engine, struct chain *c)
{
	c->engine = *engine;
	c->n = 0;
	for (const struct profile *p = engine->profiles; p != NULL && c->n < CHAIN_MAX;
	     p = p->next) {
		c->original[c->n] = p;
		c->profiles[c->n++] = *p;
	}
	link_chain(c);
}

static void drop(struct chain *c, size_t at)
{
	for (size_t i = at; i + 1 < c->n; i++) {
		c->profiles[i] = c->profiles[i + 1];
		c->original[i] = c->original[i + 1];
	}
	c->n--;
	link_chain(c);
}

/* The profile that most of a row's time runs under. */
static const struct profile *profile_of(const struct measured *m, const struct engine *engine)
{
	struct prefill_job job = m->job;

	job.hardware = &m->device;
	job.engine = engine;
	return prefill_profile(&job,
			       m->job.model != NULL && m->job.tokens > 0 ? PART_LLM : PART_VISION);
}

struct others {
	const struct measured *rows;
	size_t n;
	const char *source;
	const struct engine *engine;
};

static bool is_other(const struct others *o, const struct measured *m)
{
	return m->mapped && m->engine == o->engine && strcmp(m->source, o->source) != 0;
}

/* Rows of other sources under profile `at` of the chain; any: of all sources, as it was written. */
static size_t count_rows(const struct others *o, const struct chain *c, size_t at, bool any)
{
	size_t found = 0;

	for (size_t i = 0; i < o->n; i++) {
		const struct measured *m = &o->rows[i];

		if (any)
			found += m->mapped && m->engine == o->engine &&
				 profile_of(m, o->engine) == c->original[at];
		else
			found += is_other(o, m) && profile_of(m, o->engine) == c->original[at];
	}
	return found;
}

static double score(const struct others *o, struct chain *c, size_t at, double factor)
{
	struct profile kept = c->profiles[at];
	double sum = 0;

	if (kept.e > 0)
		c->profiles[at].e = kept.e * factor;
	else
		c->profiles[at].e_factor = kept.e_factor * factor;
	for (size_t i = 0; i < o->n; i++) {
		const struct measured *m = &o->rows[i];
		double predicted, low, high;

		if (is_other(o, m) && profile_of(m, o->engine) == c->original[at] &&
		    measured_predict(m, &c->engine, &predicted, &low, &high))
			sum += fabs(log(measured_ratio(m, predicted)));
	}
	c->profiles[at] = kept;
	return sum;
}

/* Least sum over the logarithm of the factor, by golden section around the best of a coarse walk:
 * the sum has more than one hollow. */
static void refit(const struct others *o, struct chain *c, size_t at)
{
	double best = 1, least = score(o, c, at, 1);

	for (double f = factor_least; f <= factor_most; f *= 1.25) {
		double sum = score(o, c, at, f);

		if (sum < least) {
			least = sum;
			best = f;
		}
	}
	double a = log(best / 1.25), b = log(best * 1.25);

	while (b - a > 1e-4) {
		double x = b - golden * (b - a), y = a + golden * (b - a);

		if (score(o, c, at, exp(x)) <= score(o, c, at, exp(y)))
			b = y;
		else
			a = x;
	}
	best = exp((a + b) / 2);
	if (c->profiles[at].e > 0)
		c->profiles[at].e *= best;
	else
		c->profiles[at].e_factor *= best;
}

/* The engine as it would be without a source. */
static void fit_without(const struct others *o, struct chain *c)
{
	copy_chain(o->engine, c);
	for (size_t at = 0; at < c->n;)
		if (count_rows(o, c, at, true) > 0 && count_rows(o, c, at, false) == 0)
			drop(c, at);
		else
			at++;
	for (size_t at = 0; at < c->n; at++) {
		size_t own = count_rows(o, c, at, true), others = count_rows(o, c, at, false);

		if (others > 0 && own > others)
			refit(o, c, at);
	}
}

static void predict_left(const struct registry *reg, const struct chain *c, struct measured *m)
{
	const struct engine *other = registry_engine(reg, "optimised");

	if (measured_predict(m, &c->engine, &m->left_predicted, &m->left_low, &m->left_high))
		return;
	if (other == NULL ||
	    !measured_predict(m, other, &m->left_predicted, &m->left_low, &m->left_high))
		m->left_predicted = m->left_low = m->left_high = NAN;
}

static bool seen_before(const struct measured *rows, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (rows[k].mapped && rows[k].engine == rows[i].engine &&
		    strcmp(rows[k].source, rows[i].source) == 0)
			return true;
	return false;
}

bool left_out(const struct registry *reg, struct measured *rows, size_t n)
{
	struct chain *c = malloc(sizeof(*c));

	if (c == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].mapped || seen_before(rows, i))
			continue;
		const struct others o = {rows, n, rows[i].source, rows[i].engine};

		fit_without(&o, c);
		for (size_t k = i; k < n; k++)
			if (rows[k].mapped && rows[k].engine == rows[i].engine &&
			    strcmp(rows[k].source, rows[i].source) == 0)
				predict_left(reg, c, &rows[k]);
	}
	free(c);
	return true;
}

bool left_out_possible(const struct measured *rows, size_t n)
{
	const char *first = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!rows[i].mapped)
			continue;
		if (first == NULL)
			first = rows[i].source;
		else if (strcmp(first, rows[i].source) != 0)
			return true;
	}
	return false;
}
