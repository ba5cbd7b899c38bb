/* One memory for each place among the curves. What the points depend on is compared byte by byte: a
 * padding that differs costs a sweep, never a wrong point. */
#include "view/swept.h"

#include <assert.h>
#include <string.h>

#include "core/sweep.h"

struct key {
	uint64_t registry; /* its serial: one read again may lie where the old one lay */
	enum quantity_id metric;
	int64_t least, most;
	bool log_axis;
	int n;
	struct setup setup;         /* without the model where that is the curve's own copy */
	struct model model;         /* that copy, without its processor */
	struct processor processor; /* and the processor's */
};

static struct {
	struct key key;
	struct point points[CHART_POINTS];
} kept[CHART_CURVES];

static void make_key(struct key *key, const struct state *st, const struct curve *cv, int n)
{
	memset(key, 0, sizeof *key);
	key->registry = st->reg->serial;
	key->metric = st->metric;
	key->least = chart_least(st);
	key->most = chart_most(st);
	key->log_axis = st->log_axis;
	key->n = n;
	memcpy(&key->setup, &cv->setup, sizeof key->setup);
	if (cv->setup.model != &cv->model)
		return;
	key->setup.model = NULL;
	memcpy(&key->model, &cv->model, sizeof key->model);
	if (cv->model.processor != &cv->processor)
		return;
	key->model.processor = NULL;
	memcpy(&key->processor, &cv->processor, sizeof key->processor);
}

void swept_curve(const struct state *st, int place, struct curve *cv, int n)
{
	size_t size = (size_t)n * sizeof(struct point);
	struct key key;

	assert(place >= 0 && place < CHART_CURVES && n >= 0 && n <= CHART_POINTS);
	cv->n = n;
	make_key(&key, st, cv, n);
	if (memcmp(&key, &kept[place].key, sizeof key) == 0) {
		memcpy(cv->points, kept[place].points, size);
		return;
	}
	sweep_widths((double)key.least, (double)key.most, st->log_axis, cv->points, (size_t)n);
	sweep(&cv->setup, st->metric, cv->points, (size_t)n);
	kept[place].key = key;
	memcpy(kept[place].points, cv->points, size);
}
