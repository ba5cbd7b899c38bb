/* Turning knobs: steps, limits, typed values. Every way in goes through knob_store or an entry of
 * the registry, so that a request never leaves its limits. */
#include "state/knobs.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/budget.h"
#include "registry/kinds.h"
#include "registry/subjects.h"
#include "state/size_name.h"

enum {
	SIDE_STEP_MOST = 16384, /* where steps end; typing goes on to SIDE_MAX */
	BIG_SIDES = 8,          /* steps of a big step, in place of those of the row */
	BIG_ENTRIES = 5,
	ALL_ENTRIES = 100000, /* steps from one end to the other */
};

static int64_t clamp(int64_t v, int64_t least, int64_t most)
{
	return v < least ? least : v > most ? most : v;
}

/* The limits as they are just now. */
static int64_t least_of(const struct request *r, const struct knob_spec *k)
{
	int64_t floor = k->floor ? k->floor(r) : 0;

	return floor > k->least ? floor : k->least;
}

static int64_t most_of(const struct request *r, const struct knob_spec *k)
{
	int64_t ceiling = k->ceiling ? k->ceiling(r) : 0;

	return ceiling > 0 && ceiling < k->most ? ceiling : k->most;
}

/* The checkpoint's own value is kept as "not turned", so that it follows when the model changes. */
static void turn_to(struct request *r, enum knob which, int64_t v)
{
	const struct knob_spec *k = &knob_specs[which];

	v = clamp(v, least_of(r, k), most_of(r, k));
	knob_store(r, which, k->own && v == k->own(r) ? k->nothing : v);
}

/* ------------------------------------------------------------ steps */

/* One step is one token of the model's own grid where it has one that fine,
 * else two patches of 14. */
static int64_t size_unit(const struct request *r)
{
	const struct processor *p = r->setup.model ? r->setup.model->processor : NULL;
	int64_t unit = p && p->patch > 0 ? (int64_t)p->patch * (p->merge > 0 ? p->merge : 1) : 28;

	return unit >= 20 && unit <= 64 ? unit : 28;
}

/* The next multiple of unit above or below v. */
static int64_t step_grid(int64_t v, int n, int64_t unit)
{
	int64_t down = v / unit * unit;

	if (n > 0)
		return down + n * unit;
	return (down == v ? v : down + unit) + n * unit;
}

/* The next power of two above or below v; 0 is a step below `first`. */
static int64_t step_power(int64_t v, int n, int64_t first, int64_t most)
{
	for (; n > 0 && v < most; n--) { /* a drag can ask for more steps than there are powers */
		int64_t next = first;

		while (next <= v)
			next *= 2;
		v = next;
	}
	for (; n < 0; n++) {
		int64_t next = first;

		while (next * 2 < v)
			next *= 2;
		v = v <= first ? 0 : next;
	}
	return v;
}

/* The entries of a list; beyond its last one, which is no limit, a step doubles or halves. */
static int64_t step_list(const struct knob_spec *k, int64_t v, int n)
{
	int64_t last = k->steps[k->steps_n - 1];
	size_t at = 0;

	for (; n < 0 && v > last; n++)
		v = v / 2 > last ? v / 2 : last;
	while (at + 1 < k->steps_n && k->steps[at + 1] <= v)
		at++;
	if (n < 0 && k->steps[at] < v)
		n++; /* between two entries: down goes to the lower one */
	int64_t to = (int64_t)at + n, over = to - ((int64_t)k->steps_n - 1);

	if (over <= 0)
		return k->steps[to < 0 ? 0 : to];
	for (v = v > last ? v : last; over > 0 && v < k->most; over--)
		v *= 2;
	return v;
}

static int64_t next_number(const struct request *r, enum knob which, int n, bool big)
{
	const struct knob_spec *k = &knob_specs[which];
	int64_t v = knob_number(r, which);

	if (k->kind == IS_SIDE) {
		int64_t unit = size_unit(r);

		return clamp(step_grid(v, big ? n * BIG_SIDES : n, unit), unit,
			     v > SIDE_STEP_MOST ? SIDE_MAX : SIDE_STEP_MOST);
	}
	n = big ? n * k->big : n;
	if (k->steps_n)
		return step_list(k, v, n);
	if (!k->power)
		return v + n;
	int64_t to = step_power(v, n, k->power, k->most);

	return k->least && to < k->power ? k->power : to;
}

/* Where the steps of a knob begin above its least value or end below its most, a step from beyond
 * stays where it is: never does "more" give less. */
static int64_t stepped(const struct request *r, enum knob which, int n, bool big)
{
	int64_t v = knob_number(r, which), to = next_number(r, which, n, big);

	return (n > 0) == (to > v) ? to : v;
}

/* Choices stand in an order of their own. */
static int64_t step_choice(const struct knob_spec *k, int64_t v, int n)
{
	size_t at = 0;

	while (at < k->steps_n && k->steps[at] != v)
		at++;
	return k->steps[clamp((int64_t)(at == k->steps_n ? 0 : at) + n, 0,
			      (int64_t)k->steps_n - 1)];
}

/* The entry n places further in a registry list, its ends being ends. */
static const void *step_entry(const struct registry *reg, enum registry_kind kind,
			      const void *entry, int n)
{
	size_t at = 0, count;
	const void *const *list = registry_list(reg, kind, &count);

	while (at < count && list[at] != entry)
		at++;
	if (at == count)
		return count ? list[0] : entry;
	return list[clamp((int64_t)at + n, 0, (int64_t)count - 1)];
}

/* The model n places further in the comparison's order, the ends being ends. Places that are no
 * entry are passed over; a variant, which has no place, steps from the beginning. */
static const struct model *step_model(const struct registry *reg, const struct model *now, int n)
{
	int size = (int)subject_n(reg), at = subject_find(reg, now), step = n < 0 ? -1 : 1;
	struct subject e, last = {.processor = NULL};

	for (int i = at + step; n && i >= 0 && i < size; i += step)
		if (subject_at(reg, (size_t)i, &e)) {
			last = e;
			n -= step;
		}
	const struct model *to = last.processor ? subject_model(reg, &last) : NULL;

	return to ? to : now;
}

static bool same_budget(const struct request *a, const struct request *b, enum knob which)
{
	const struct fit_budget *x = knob_budget_of(a, which), *y = knob_budget_of(b, which);

	return !x || budget_same(x, y);
}

static bool same_request(const struct request *a, const struct request *b)
{
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_number(a, k) != knob_number(b, k) ||
		    knob_entry(a, k) != knob_entry(b, k) ||
		    knob_version(a, k) != knob_version(b, k) || !same_budget(a, b, k))
			return false;
	return true;
}

bool knob_step(struct request *r, const struct registry *reg, enum knob which, int n, bool big)
{
	const struct knob_spec *k = &knob_specs[which];
	struct request before = *r;
	const void *entry = knob_entry(r, which);

	if (knob_fixed(r, which))
		return false;
	switch (k->kind) {
	case IS_ENTRY:
		n = big ? n * BIG_ENTRIES : n;
		knob_set_entry(r, which,
			       k->entries == KIND_MODEL ? step_model(reg, entry, n)
							: step_entry(reg, k->entries, entry, n));
		break;
	case IS_CHOICE:
		knob_store(r, which, step_choice(k, knob_stored(r, which), n));
		break;
	case IS_BUDGET: /* a big step is another quantity */
		(big ? budget_turn : budget_step)(knob_budget(r, which), n);
		break;
	case IS_NUMBER:
	case IS_SIDE:
		turn_to(r, which, stepped(r, which, n, big));
		break;
	}
	return !same_request(&before, r);
}

/* Where the keys for the least and the most go. */
static int64_t limit_of(const struct request *r, enum knob which, bool most)
{
	const struct knob_spec *k = &knob_specs[which];

	if (!most)
		return k->kind == IS_SIDE ? size_unit(r) : k->home;
	return k->ends_own && k->own(r) > 0 ? k->own(r) : k->end;
}

bool knob_limit(struct request *r, const struct registry *reg, enum knob which, bool most)
{
	const struct knob_spec *k = &knob_specs[which];
	struct request before = *r;

	if (knob_fixed(r, which))
		return false;
	if (k->kind == IS_ENTRY || k->kind == IS_CHOICE)
		return knob_step(r, reg, which, most ? ALL_ENTRIES : -ALL_ENTRIES, false);
	if (k->kind == IS_BUDGET)
		return knob_step(r, reg, which, most ? ALL_ENTRIES : -ALL_ENTRIES, true);
	int64_t now = knob_number(r, which), to = limit_of(r, which, most);
	bool is_known = !k->own || now > k->nothing;

	if (is_known && (most ? to < now : to > now)) /* it stands beyond: as of steps */
		return false;
	turn_to(r, which, to);
	return !same_request(&before, r);
}

/* ------------------------------------------------------------ typed values */

/* Positions of a context are counted in powers of two by everyone: "32k" is 32,768 there, 4k tokens
 * of text 4,000. */
static bool typed_number(const struct knob_spec *k, const char *text, int64_t *out)
{
	char plain[64];
	size_t n = 0;

	for (; *text && n + 2 < sizeof plain; text++)
		if (*text != ',' && *text != ' ')
			plain[n++] = *text;
	plain[n] = '\0';
	if (k->is_binary && n > 1 && plain[n - 1] == 'k')
		plain[n - 1] = 'K'; /* unit_parse_count: K is 1024 */
	double v;

	if (!(k->scale > 0 ? str_num(plain, &v) : unit_parse_count(plain, &v)) || !(v >= 0) ||
	    v > 1e15 / fmax(1, k->scale))
		return false;
	*out = (int64_t)(v * fmax(1, k->scale) + 0.5);
	return true;
}

static bool typed_share(const struct request *r, const struct knob_spec *k, const char *text,
			int64_t *out)
{
	char number[32];
	double percent;
	size_t n = strlen(text);

	if (!k->share_of || n < 2 || n >= sizeof number || text[n - 1] != '%')
		return false;
	str_format(number, sizeof number, "%.*s", (int)n - 1, text);
	if (!str_num(str_trim(number), &percent) || !(percent >= 0 && percent <= 10000))
		return false;
	*out = (int64_t)((double)k->share_of(r) * percent / 100 + 0.5);
	return true;
}

static bool refuse(char error[KNOB_ERROR_SIZE], const char *why)
{
	str_format(error, KNOB_ERROR_SIZE, "%s", why);
	return false;
}

static const char *limit_word(const struct knob_spec *k, int64_t v, char out[KNOB_TEXT_SIZE])
{
	return k->scale > 0 ? knob_number_word(k, v, out) : unit_grouped(out, v);
}

static bool type_number(struct request *r, enum knob which, const char *text,
			char error[KNOB_ERROR_SIZE])
{
	const struct knob_spec *k = &knob_specs[which];
	char least[KNOB_TEXT_SIZE], most[KNOB_TEXT_SIZE];
	int64_t v, height;

	if (k->kind == IS_SIDE && size_name_parse(text, &v, &height)) {
		request_size(r, v, height);
		return true;
	}
	if (k->own_word && str_casecmp(text, k->own_word) == 0) {
		knob_store(r, which, k->nothing);
		return true;
	}
	if (!typed_share(r, k, text, &v) && !typed_number(k, text, &v))
		return refuse(error, k->expected ? k->expected : "expected a number");
	if (v < least_of(r, k) || v > most_of(r, k)) {
		str_format(error, KNOB_ERROR_SIZE, "expected %s to %s",
			   limit_word(k, least_of(r, k), least),
			   limit_word(k, most_of(r, k), most));
		return false;
	}
	turn_to(r, which, v);
	return true;
}

static bool type_choice(struct request *r, enum knob which, const char *text,
			char error[KNOB_ERROR_SIZE])
{
	const struct knob_spec *k = &knob_specs[which];

	int i = knob_choice(k, text);

	if (i >= 0) {
		knob_store(r, which, k->steps[i]);
		return true;
	}
	return refuse(error, k->expected);
}

static bool type_entry(struct request *r, const struct registry *reg, enum knob which,
		       const char *text, char error[KNOB_ERROR_SIZE])
{
	const struct knob_spec *k = &knob_specs[which];
	struct vtok_error err = {0};
	bool is_model = k->entries == KIND_MODEL;
	char id[KNOB_TEXT_SIZE];
	int32_t version;

	str_format(id, sizeof id, "%s", text);
	bool is_version = knob_cut_version(which, id, &version);
	const void *found =
		is_model ? subject_named(reg, text, &err) : registry_find(reg, k->entries, id);

	if (!found || !is_version)
		return refuse(error, k->expected);
	if (is_model && !((const struct model *)found)->processor)
		return refuse(error, "a language model alone: it takes no images; vtok estimate "
				     "-n 0 says what its text costs");
	knob_set_entry(r, which, found);
	knob_set_version(r, which, version);
	if (is_model && subject_weights(reg, text) != DTYPE_STORED)
		knob_store(r, KNOB_WEIGHTS, subject_weights(reg, text));
	return true;
}

bool knob_type(struct request *r, const struct registry *reg, enum knob which, const char *text,
	       char error[KNOB_ERROR_SIZE])
{
	const char *fixed = knob_fixed(r, which);

	error[0] = '\0';
	if (fixed) {
		str_format(error, KNOB_ERROR_SIZE, "fixed: %s", fixed);
		return false;
	}
	switch (knob_specs[which].kind) {
	case IS_ENTRY:
		return type_entry(r, reg, which, text, error);
	case IS_CHOICE:
		return type_choice(r, which, text, error);
	case IS_BUDGET:
		return budget_read(text, knob_budget(r, which), error);
	case IS_NUMBER:
	case IS_SIDE:
		break;
	}
	return type_number(r, which, text, error);
}

void knob_own(struct request *r, enum knob which)
{
	if (knob_specs[which].own)
		knob_store(r, which, knob_specs[which].nothing);
	knob_free(r, which, false);
}

void knob_reset(struct request *r, const struct request *start, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];
	/* what the start turned away from one checkpoint says nothing of another's own value */
	bool is_of_other = k->own && (k->group == GROUP_STRATEGY || k->ends_own) &&
			   r->setup.model != start->setup.model;

	switch (k->kind) {
	case IS_ENTRY:
		knob_set_entry(r, which, knob_entry(start, which));
		knob_set_version(r, which, knob_version(start, which));
		break;
	case IS_BUDGET:
		*knob_budget(r, which) = *knob_budget_of(start, which);
		break;
	case IS_SIDE:
		if (r->aspect_lock)
			request_size(r, start->setup.width, start->setup.height);
		else
			knob_store(r, which, knob_stored(start, which));
		if (r->setup.width == start->setup.width && r->setup.height == start->setup.height)
			r->is_upright = start->is_upright;
		break;
	case IS_NUMBER:
	case IS_CHOICE:
		knob_store(r, which, is_of_other ? k->nothing : knob_stored(start, which));
		break;
	}
	knob_free(r, which, !is_of_other && knob_is_freed(start, which));
}
