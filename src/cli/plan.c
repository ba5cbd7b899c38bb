#include "cli/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/fits.h"
#include "core/quantity.h"
#include "registry/near.h"
#include "registry/priced.h"

enum { REMARK = 256, GPUS_MOST = 8 };

void plan_fini(struct plan *p)
{
	free(p->rows);
	arena_fini(&p->arena);
	*p = (struct plan){0};
}

static struct plan_row *add(struct plan *p, struct vtok_error *err)
{
	if (p->n == p->room) {
		size_t room = p->room ? 2 * p->room : 64;
		struct plan_row *rows = realloc(p->rows, room * sizeof(*rows));

		if (!rows) {
			error_memory(err);
			return NULL;
		}
		p->rows = rows;
		p->room = room;
	}
	p->rows[p->n] = (struct plan_row){.order = (int)p->n};
	return &p->rows[p->n++];
}

/* Text that lives as long as the plan; a, b: NULL = not that part. NULL where there is neither;
 * *good is left alone, or false where memory is short. */
static const char *joined(struct plan *p, const char *a, const char *b, bool *good)
{
	char text[REMARK];

	if (!a && !b)
		return NULL;
	str_format(text, sizeof(text), "%s%s%s", a ? a : "", a && b ? "; " : "", b ? b : "");
	const char *copy = arena_strdup(&p->arena, text);

	*good &= copy != NULL;
	return copy;
}

/* ------------------------------------------------------------ own devices */

static const char *word(enum quantity_id id, const struct plan_row *row)
{
	struct value v = quantity_read(id, &row->setup, &row->e);

	return v.reason ? NULL : v.text;
}

static const char *no_reason(const struct plan_row *row)
{
	struct value v = quantity_read(Q_GPUS, &row->setup, &row->e);

	return v.reason ? v.reason : fits_reason(&row->e);
}

/* Pictures of a mix that no server takes. */
static const char *too_long(double share, char text[REMARK])
{
	char number[UNIT_TEXT];

	return str_format(text, REMARK, "%s of the images are longer than the context and left out",
			  unit_percent(number, share));
}

static bool judge(struct plan *p, struct plan_row *row)
{
	bool good = true;
	double left_out = 0;
	char text[REMARK];
	struct value cost;

	if (p->mix)
		estimate_mixed(&row->setup, &p->mix->mix, p->mix->room, &left_out, &row->e);
	else
		estimate(&row->setup, &row->e);
	cost = quantity_read(Q_TRAFFIC_HOUR, &row->setup, &row->e);
	row->status =
		row->e.traffic.reason || fits_of_estimate(&row->e) == FITS_NO ? PLAN_NO : PLAN_OK;
	row->has_cost = row->status == PLAN_OK && !cost.reason;
	row->cost = cost.number;
	if (row->status == PLAN_NO)
		row->reason = joined(p, no_reason(row), NULL, &good);
	else
		row->reason = joined(p, cost.reason ? cost.reason : word(Q_COST_MARK, row),
				     row->e.decode.caveat, &good);
	if (left_out > 0)
		row->reason = joined(p, row->reason, too_long(left_out, text), &good);
	return good;
}

/* Of those that do not carry it, the one that came furthest is told about. */
static int came_to(const struct plan_row *row)
{
	return (fits_of_estimate(&row->e) != FITS_NO) + (row->e.decode.reason == NULL);
}

/* One, two, four and eight GPUs, or as many as were asked for. */
static bool plan_device(struct plan *p, const struct target *t, const struct hardware *hw,
			bool is_fixed, const struct setup *s, struct vtok_error *err)
{
	size_t first = p->n, none = 0;
	struct plan_row no;

	for (int32_t gpus = is_fixed ? s->tensor_parallel : 1; gpus <= GPUS_MOST || is_fixed;
	     gpus *= 2) {
		struct plan_row *row = add(p, err);

		if (!row)
			return false;
		row->model = t->name;
		row->device = hw->id;
		row->setup = *s;
		row->setup.hardware = hw;
		row->setup.tensor_parallel = gpus;
		if (!judge(p, row))
			return error_memory(err);
		if (row->status == PLAN_NO) {
			if (none++ == 0 || came_to(row) > came_to(&no))
				no = *row;
			p->n--;
		}
		if (is_fixed)
			break;
	}
	if (p->n > first)
		return true;
	struct plan_row *row = add(p, err);

	if (row)
		*row = no;
	return row != NULL;
}

bool plan_devices(struct plan *p, const struct target *t, const struct registry *r,
		  const struct options *o, const struct setup *s, struct vtok_error *err)
{
	const char *list = o->knobs[KNOB_HARDWARE].text;
	bool is_fixed = options_given(o, "tp");

	if (!list)
		return plan_device(p, t, s->hardware, is_fixed, s, err);
	if (str_casecmp(list, "all") == 0) {
		for (size_t i = 0; i < r->hardware_n; i++)
			if (!plan_device(p, t, r->hardware[i], is_fixed, s, err))
				return false;
		return true;
	}
	for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		char id[96];

		str_format(id, sizeof(id), "%.*s", (int)strcspn(at, ","), at);
		const struct hardware *hw = registry_hardware(r, str_trim(id));

		if (!hw)
			return near_unknown(r, KIND_HARDWARE, str_trim(id), err);
		if (!plan_device(p, t, hw, is_fixed, s, err))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ hosted models */

static bool plan_one_hosted(struct plan *p, const struct model *m, const struct setup *s,
			    struct vtok_error *err)
{
	struct setup own = *s;
	struct estimate e;
	bool good = true;

	own.model = m;
	estimate(&own, &e);
	struct value v = quantity_read(Q_HOSTED, &own, &e);

	if (v.reason && e.why != REASON_REFUSED)
		return true;
	struct plan_row *row = add(p, err);

	if (!row)
		return false;
	row->status = PLAN_HOSTED;
	row->model = m->id;
	row->device = m->processor->hosted.vendor;
	row->setup = own;
	row->e = e;
	row->has_cost = !v.reason;
	row->cost = v.number;
	row->reason = v.reason ? joined(p, v.reason, NULL, &good)
			       : joined(p, word(Q_COST_MARK, row), word(Q_PRICE_MARK, row), &good);
	return good || error_memory(err);
}

bool plan_hosted(struct plan *p, const struct registry *r, const struct setup *s,
		 struct vtok_error *err)
{
	size_t n;
	struct priced *all = priced_list(r, &n);

	if (!all && r->prices_n)
		return error_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct model *m = priced_model(r, &all[i]);

		if (!m)
			return error_memory(err);
		if (!plan_one_hosted(p, m, s, err))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ order */

static int by_cost(const void *a, const void *b)
{
	const struct plan_row *x = a, *y = b;

	if (x->status != y->status)
		return x->status < y->status ? -1 : 1;
	if (x->has_cost != y->has_cost)
		return x->has_cost ? -1 : 1;
	if (x->has_cost && fabs(x->cost - y->cost) > 0)
		return x->cost < y->cost ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* "dearer than h100-sxm above 237,000 images a day". */
static bool compare_hosted(struct plan *p, struct plan_row *row, const struct plan_row *own)
{
	char text[REMARK], number[UNIT_TEXT];
	bool good = true;
	double day = estimate_breakeven(&own->setup, &own->e, row->cost);

	if (isfinite(day))
		str_format(text, sizeof(text), "dearer than %s above %s images a day", own->device,
			   unit_count(number, day));
	else
		str_format(text, sizeof(text), "cheaper than %s at any traffic", own->device);
	row->reason = joined(p, text, row->reason, &good);
	return good;
}

bool plan_sort(struct plan *p)
{
	bool good = true;

	if (p->n == 0)
		return true;
	qsort(p->rows, p->n, sizeof(*p->rows), by_cost);
	const struct plan_row *own = &p->rows[0];

	for (size_t i = 0; i < p->n; i++)
		if (p->rows[i].status == PLAN_HOSTED && p->rows[i].has_cost &&
		    own->status == PLAN_OK && own->has_cost)
			good &= compare_hosted(p, &p->rows[i], own);
	return good;
}

bool plan_fits(const struct plan *p)
{
	return p->n > 0 && p->rows[0].status == PLAN_OK;
}
