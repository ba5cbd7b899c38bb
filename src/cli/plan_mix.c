#include "cli/plan_mix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/cli.h"
#include "core/fit.h"
#include "core/quantity.h"
#include "registry/subjects.h"

enum { LONGEST = 16384 /* pixels: of the picture that stands for a class */ };

/* A class that no picture comes nearer to than this share of its tokens was counted otherwise. */
static const double nearest = 0.75;

/* ------------------------------------------------------------ which partial */

/* By the name it was asked for, or another name of the same. */
static bool is_of(const struct partial *p, const struct target *t, const struct registry *r)
{
	struct vtok_error none = {0};
	const struct model *model;
	const struct processor *processor;

	if (strcmp(p->model, t->name) == 0)
		return true;
	return subject_resolve(r, p->model, &model, &processor, &none) && model == t->model &&
	       processor == t->processor;
}

static const struct partial *find(const char *path, const struct scan_merge *all,
				  const struct target *t, const struct registry *r,
				  struct vtok_error *err)
{
	char names[160] = "";

	for (size_t i = 0; i < all->n; i++) {
		if (is_of(&all->list[i], t, r))
			return &all->list[i];
		str_append(names, sizeof(names), "%s%.60s", i ? ", " : "", all->list[i].model);
	}
	error_path(err, VTOK_E_USAGE, path, "no partial of %.60s: it has %s", t->name, names);
	return NULL;
}

/* ------------------------------------------------------------ classes */

/* Tokens of one image, and of how many. */
struct heap {
	double tokens, weight;
};

/* Neighbours together until there are few enough: each place holds tokens up to a factor. */
static size_t join(const struct tally_bin *bins, size_t n, struct heap out[PLAN_CLASSES])
{
	double least = fmax(1, (double)bins[0].tokens), most = fmax(1, (double)bins[n - 1].tokens);
	double step = n > PLAN_CLASSES ? log(most / least) / PLAN_CLASSES : 0;
	size_t used = 0, last = 0;

	for (size_t i = 0; i < n; i++) {
		double tokens = (double)bins[i].tokens, weight = (double)bins[i].weight;
		size_t place = i;

		if (step > 0)
			place = (size_t)fmin(PLAN_CLASSES - 1, log(fmax(1, tokens) / least) / step);
		if (used && place == last) {
			struct heap *k = &out[used - 1];

			k->tokens += (tokens - k->tokens) * weight / (k->weight + weight);
			k->weight += weight;
		} else {
			out[used++] = (struct heap){tokens, weight};
		}
		last = place;
	}
	return used;
}

/* Of the common shapes the picture whose tokens come nearest from below, or the least there is. */
static double stand_for(const struct setup *s, double tokens, struct mix_class *out)
{
	static const int shapes[][2] = {{1, 1}, {4, 3}, {3, 4}, {16, 9}, {9, 16},
					{2, 1}, {1, 2}, {3, 1}, {1, 3}};
	const struct fit_budget budget = {Q_PER_IMAGE, round(tokens)};
	struct setup at = *s;
	double best = -1;

	for (size_t i = 0; i < ARRAY_SIZE(shapes) && best < budget.value; i++) {
		int long_side = shapes[i][0] > shapes[i][1] ? shapes[i][0] : shapes[i][1];
		struct fit f;

		at.width = (int64_t)LONGEST * shapes[i][0] / long_side;
		at.height = (int64_t)LONGEST * shapes[i][1] / long_side;
		fit(&(struct fit_ask){.setup = &at, .budgets = &budget, .budgets_n = 1}, &f);
		const struct fit_size *size = f.best.width > 0 ? &f.best : &f.least;

		if (size->width <= 0 || (best >= 0 && (double)size->tokens <= best))
			continue;
		best = (double)size->tokens;
		out->width = size->width;
		out->height = size->height;
	}
	return best;
}

static bool make_classes(const char *path, const struct partial *p, const struct setup *s,
			 struct plan_mix *out, struct vtok_error *err)
{
	struct heap kinds[PLAN_CLASSES];
	struct tally_bin *bins = dataset_bins(&p->tally);

	if (!bins)
		return error_memory(err);
	out->mix = (struct mix){.classes = out->classes, .n = join(bins, p->tally.hist.n, kinds)};
	free(bins);
	for (size_t i = 0; i < out->mix.n; i++) {
		double tokens = stand_for(s, kinds[i].tokens, &out->classes[i]);

		if (tokens < nearest * kinds[i].tokens)
			return error_path(err, VTOK_E_USAGE, path,
					  "no picture has %.0f tokens here: it was scanned with "
					  "other options",
					  kinds[i].tokens);
		out->classes[i].share = kinds[i].weight;
	}
	return true;
}

bool plan_mix_make(const char *path, const struct scan_merge *all, const struct target *t,
		   const struct registry *r, const struct setup *s, struct plan_mix *out,
		   struct vtok_error *err)
{
	const struct partial *p = find(path, all, t, r, err);

	if (!p)
		return false;
	if (!p->tally.hist.n)
		return error_path(err, VTOK_E_USAGE, path, "no picture of it has tokens");
	if (!make_classes(path, p, s, out, err))
		return false;
	const struct tally *sum = &p->tally.sum;

	out->mix.area = wide_number(sum->sums[TALLY_PIXELS]) / wide_number(sum->sums[TALLY_WEIGHT]);
	out->side = (int64_t)fmin(SIDE_MAX, fmax(1, round(sqrt(out->mix.area))));
	if (sum->refused + sum->failed)
		cli_note("%llu of %llu inputs of the scan have no tokens and are left out",
			 (unsigned long long)(sum->refused + sum->failed),
			 (unsigned long long)sum->rows);
	return true;
}
