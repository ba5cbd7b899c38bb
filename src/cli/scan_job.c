/* What a scan is asked for, checked and prepared once. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "cli/scan_row.h"
#include "cli/setup.h"

/* ------------------------------------------------------------ caps */

static bool read_cap(struct scan_cap *cap, const char *text, struct vtok_error *err)
{
	char number[32];
	size_t len = strlen(text);
	double v;

	cap->text = text;
	cap->is_tokens = len > 1 && text[len - 1] == 't';
	str_format(number, sizeof(number), "%.*s", (int)(len - cap->is_tokens), text);
	if (len >= sizeof(number) || !unit_parse_count(number, &v) || v < 1 || v > 1e12 ||
	    v != (double)(int64_t)v || (cap->is_tokens && v > TOKENS_MOST))
		return error_set(
			err, VTOK_E_USAGE,
			"--cap: expected tokens like 1280t or pixels like 1000000, got \"%s\"",
			text);
	cap->most = (int64_t)v;
	return true;
}

/* The rules of every target with that cap. Whether a processor has a key that caps it, the count of
 * any picture says. */
static bool prepare_cap(struct scan_job *j, struct scan_cap *cap, const struct knobs *knobs,
			struct vtok_error *err)
{
	struct knobs own = *knobs;
	struct count c;

	if (!cap->is_tokens)
		return true;
	own.max_tokens = (int32_t)cap->most;
	cap->rules = calloc(j->targets.n, sizeof(*cap->rules));
	if (!cap->rules)
		return error_memory(err);
	for (size_t i = 0; i < j->targets.n; i++) {
		count_prepare(&cap->rules[i], j->targets.list[i].processor, j->setups[i].lens,
			      &own);
		count_by(&cap->rules[i], SIDE_MAX / 1000, SIDE_MAX / 1000, &c, NULL);
		if (c.refused == REFUSED_CAP)
			return error_set(err, VTOK_E_USAGE,
					 "--cap %s: nothing caps the tokens of %s; a cap in pixels "
					 "makes pictures smaller before they are sent",
					 cap->text, j->targets.list[i].name);
	}
	return true;
}

/* ------------------------------------------------------------ all */

static bool shape_good(struct scan_job *j, const struct options *o, struct vtok_error *err)
{
	if (o->caps.n > DATASET_CAPS)
		return error_set(err, VTOK_E_USAGE, "--cap: at most %d", DATASET_CAPS);
	j->shape = (struct dataset_shape){
		.top = (size_t)o->top, .caps = o->caps.n, .has_costs = o->estimate};
	for (size_t i = 0; i < o->caps.n; i++)
		if (!read_cap(&j->caps[i], o->caps.items[i], err))
			return false;
	bool has_columns = o->width_column || o->height_column || o->weight_column || o->key_column;

	j->from = (enum scan_from)o->from;
	if (has_columns && j->from != SCAN_CSV && j->from != SCAN_JSONL)
		return error_set(err, VTOK_E_USAGE,
				 "--width, --height, --weight and --key name columns: they go "
				 "with --from csv or jsonl");
	j->swaps = o->swap;
	j->width = o->width_column ? o->width_column : "width";
	j->height = o->height_column ? o->height_column : "height";
	j->weight = o->weight_column;
	j->key = o->key_column;
	return true;
}

static bool make_setups(struct scan_job *j, const struct options *o, const struct registry *r,
			struct vtok_error *err)
{
	struct setup s;

	j->setups = calloc(j->targets.n, sizeof(*j->setups));
	j->rooms = calloc(j->targets.n, sizeof(*j->rooms));
	j->rules = calloc(j->targets.n, sizeof(*j->rules));
	if (!j->setups || !j->rooms || !j->rules)
		return error_memory(err);
	if (!setup_make(o, r, &s, err))
		return false;
	s.price_usd = o->price_usd;
	for (size_t i = 0; i < j->targets.n; i++) {
		const struct target *t = &j->targets.list[i];

		j->setups[i] = s;
		if (!j->shape.has_costs) {
			if (!setup_point(&j->setups[i], t, r, &j->rooms[i], err))
				return false;
		} else if (!setup_target(&j->setups[i], t, r, &j->rooms[i], err)) {
			return error_prefix(err, "--estimate");
		} else if (target_vendor(t)) {
			return error_set(err, VTOK_E_USAGE,
					 "--estimate: %s is hosted: what it runs on is not known",
					 t->name);
		}
		count_prepare(&j->rules[i], t->processor, s.lens, &s.knobs);
	}
	for (size_t k = 0; k < j->shape.caps; k++)
		if (!prepare_cap(j, &j->caps[k], &s.knobs, err))
			return false;
	return true;
}

bool scan_job_init(struct scan_job *j, const struct options *o, const struct registry *r,
		   struct vtok_error *err)
{
	*j = (struct scan_job){0};
	return shape_good(j, o, err) && targets_init(&j->targets, o, r, err) &&
	       make_setups(j, o, r, err);
}

void scan_job_fini(struct scan_job *j)
{
	for (size_t k = 0; k < DATASET_CAPS; k++)
		free(j->caps[k].rules);
	free(j->rules);
	free(j->setups);
	free(j->rooms);
	targets_fini(&j->targets);
}

bool scan_tallies_init(struct scan_tallies *t, const struct scan_job *j)
{
	size_t n = j->targets.n;

	*t = (struct scan_tallies){.job = j, .sets = calloc(n, sizeof(*t->sets))};
	if (j->shape.has_costs)
		t->costs = calloc(n * SCAN_MEMO, sizeof(*t->costs));
	for (size_t i = 0; t->sets && i < n; i++)
		dataset_init(&t->sets[i], &j->shape);
	return t->sets && (t->costs || !j->shape.has_costs);
}

void scan_tallies_clear(struct scan_tallies *t)
{
	for (size_t i = 0; i < t->job->targets.n; i++) {
		dataset_fini(&t->sets[i]);
		dataset_init(&t->sets[i], &t->job->shape);
	}
}

void scan_tallies_fini(struct scan_tallies *t)
{
	for (size_t i = 0; t->sets && i < t->job->targets.n; i++)
		dataset_fini(&t->sets[i]);
	free(t->sets);
	free(t->costs);
}
