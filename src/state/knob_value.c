/* What stands behind a knob, and putting something there. Here and in knob_turn.c the code knows
 * kinds of knobs; of single ones it knows the model, whose change drops what was turned of the old
 * one, and the number of images, which processors look at too. */
#include "state/knobs.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/budget.h"
#include "core/count.h"
#include "core/version.h"
#include "registry/kinds.h"

static_assert((int)BUDGET_TEXT <= (int)KNOB_TEXT_SIZE && (int)BUDGET_WHY <= (int)KNOB_ERROR_SIZE,
	      "texts of budgets are texts of knobs");
static_assert(KNOB_N <= 64, "request.freed has a bit for each");

static const struct processor *processor_of(const struct request *r)
{
	return r->setup.model ? r->setup.model->processor : NULL;
}

/* ------------------------------------------------------------ what stands there */

int64_t knob_stored(const struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];
	const char *at = (const char *)r + k->at;

	if (k->kind == IS_ENTRY || k->kind == IS_BUDGET)
		return 0;
	if (k->scale > 0)
		return (int64_t)(*(const double *)(const void *)at * k->scale + 0.5);
	return k->nothing +
	       (k->size == sizeof(int32_t) ? *(const int32_t *)at : *(const int64_t *)at);
}

int64_t knob_number(const struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];
	int64_t v = knob_stored(r, which);

	return k->own && v <= k->nothing ? k->own(r) : v;
}

const void *knob_entry(const struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];
	const void *entry = NULL;

	if (k->kind == IS_ENTRY)
		memcpy(&entry, (const char *)r + k->at, sizeof entry);
	return entry;
}

const struct fit_budget *knob_budget_of(const struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];

	return k->kind == IS_BUDGET ? (const void *)((const char *)r + k->at) : NULL;
}

struct fit_budget *knob_budget(struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];

	return k->kind == IS_BUDGET ? (void *)((char *)r + k->at) : NULL;
}

int32_t knob_version(const struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];

	return k->version_at ? *(const int32_t *)(const void *)((const char *)r + k->version_at - 1)
			     : 0;
}

void knob_set_version(struct request *r, enum knob which, int32_t version)
{
	const struct knob_spec *k = &knob_specs[which];

	if (k->version_at)
		*(int32_t *)(void *)((char *)r + k->version_at - 1) = version;
}

bool knob_cut_version(enum knob which, char *text, int32_t *version)
{
	char *at = knob_specs[which].version_at ? strchr(text, '@') : NULL;

	*version = 0;
	if (!at)
		return true;
	*at = '\0';
	return version_number(at + 1, version);
}

/* "vllm", "vllm@0.20.1". */
static char *entry_text(const struct request *r, enum knob which, char *out)
{
	const struct knob_spec *k = &knob_specs[which];
	const void *entry = knob_entry(r, which);
	const char *id = entry ? entry_id(k->entries, entry) : "none";
	int32_t version = knob_version(r, which);
	char text[VERSION_TEXT];

	if (!version)
		return str_format(out, KNOB_TEXT_SIZE, "%s", id);
	return str_format(out, KNOB_TEXT_SIZE, "%s@%s", id, version_text(version, text));
}

char *knob_number_word(const struct knob_spec *k, int64_t v, char out[KNOB_TEXT_SIZE])
{
	if (k->scale > 0)
		return str_format(out, KNOB_TEXT_SIZE, "%.12g", (double)v / k->scale);
	return str_format(out, KNOB_TEXT_SIZE, "%lld", (long long)v);
}

char *knob_text(const struct request *r, enum knob which, char out[KNOB_TEXT_SIZE])
{
	const struct knob_spec *k = &knob_specs[which];
	int64_t v = knob_number(r, which);
	char number[UNIT_TEXT];

	if (k->kind == IS_ENTRY)
		return entry_text(r, which, out);
	if (k->kind == IS_BUDGET)
		return budget_text(knob_budget_of(r, which), false, out);
	if (k->text_of && k->text_of(r, v, out))
		return out;
	if (k->kind == IS_CHOICE)
		return str_format(out, KNOB_TEXT_SIZE, "%s", k->name_of((int)v));
	if (k->scale > 0)
		return knob_number_word(k, v, out);
	return str_format(out, KNOB_TEXT_SIZE, "%s", unit_grouped(number, v));
}

int knob_choice(const struct knob_spec *k, const char *name)
{
	int value;

	for (size_t i = 0; i < k->steps_n; i++)
		if (str_casecmp(k->name_of((int)k->steps[i]), name) == 0)
			return (int)i;
	for (size_t i = 0; k->read_name && k->read_name(name, &value) && i < k->steps_n; i++)
		if (k->steps[i] == value)
			return (int)i;
	return -1;
}

const char *knob_word(const struct request *r, enum knob which, char out[KNOB_TEXT_SIZE])
{
	const struct knob_spec *k = &knob_specs[which];
	const void *entry = knob_entry(r, which);

	if (k->kind == IS_ENTRY && entry && knob_version(r, which))
		return entry_text(r, which, out);
	if (k->kind == IS_ENTRY)
		return entry ? entry_id(k->entries, entry) : NULL;
	if (k->kind == IS_BUDGET)
		return budget_word(knob_budget_of(r, which), out);
	if (k->kind == IS_CHOICE)
		return k->name_of((int)knob_stored(r, which));
	return knob_number_word(k, knob_stored(r, which), out);
}

const char *knob_fixed(const struct request *r, enum knob which)
{
	const struct processor *p = processor_of(r);
	const struct knob_spec *k = &knob_specs[which];
	struct knob_rules rules = {0};
	const char *fixed = NULL;

	if (!p || r->setup.lens == LENS_FORMULA || knob_is_freed(r, which))
		return NULL;
	if (k->rule) {
		count_knob_rules(p, &rules);
		fixed = *(const char *const *)((const char *)&rules + k->rule - 1);
	}
	return fixed || !k->without ? fixed : k->without(p);
}

bool knob_is_freed(const struct request *r, enum knob which)
{
	return r->freed >> which & 1;
}

void knob_free(struct request *r, enum knob which, bool is_freed)
{
	uint64_t bit = UINT64_C(1) << which;

	r->freed = is_freed ? r->freed | bit : r->freed & ~bit;
}

bool knob_modified(const struct request *r, enum knob which)
{
	const struct knob_spec *k = &knob_specs[which];
	int64_t v = knob_stored(r, which);

	if (k->ends_own) /* less of it is still the checkpoint's */
		return k->own(r) > 0 && v > k->own(r);
	return k->rule && v > 0 && v != k->own(r);
}

bool request_modified(const struct request *r)
{
	const struct processor *p = processor_of(r);

	if (r->setup.lens != LENS_EXACT)
		return false;
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_modified(r, k))
			return true;
	return p && count_is_modified(p, &r->setup.knobs);
}

int32_t request_patch(const struct request *r)
{
	return (int32_t)knob_number(r, KNOB_PATCH);
}

int32_t request_merge(const struct request *r)
{
	return (int32_t)knob_number(r, KNOB_MERGE);
}

int32_t request_pool(const struct request *r)
{
	return (int32_t)knob_number(r, KNOB_POOL);
}

int32_t request_grid(const struct request *r)
{
	return (int32_t)knob_number(r, KNOB_GRID);
}

enum textbook request_textbook(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p ? p->textbook : TEXTBOOK_NONE;
}

/* ------------------------------------------------------------ putting something there */

/* The side that keeps the locked aspect, rounded to whole pixels. */
static int64_t other_side(int64_t side, int64_t this_part, int64_t other_part)
{
	if (this_part <= 0 || other_part <= 0)
		return side;
	double other = (double)side * ((double)other_part / (double)this_part);

	return other < 1 ? 1 : other > SIDE_MAX ? SIDE_MAX : (int64_t)(other + 0.5);
}

static void follow_side(struct request *r, bool is_width)
{
	struct setup *s = &r->setup;

	if (!r->aspect_lock) {
		r->aspect_w = s->width;
		r->aspect_h = s->height;
	} else if (is_width) {
		s->height = other_side(s->width, r->aspect_w, r->aspect_h);
	} else {
		s->width = other_side(s->height, r->aspect_h, r->aspect_w);
	}
}

void knob_store(struct request *r, enum knob which, int64_t v)
{
	const struct knob_spec *k = &knob_specs[which];
	char *at = (char *)r + k->at;
	bool is_own = k->own && v <= k->nothing;

	if (k->kind == IS_ENTRY || k->kind == IS_BUDGET)
		return;
	if (k->kind != IS_CHOICE)
		v = is_own ? k->nothing : v < k->least ? k->least : v > k->most ? k->most : v;
	v -= k->nothing;
	if (k->scale > 0)
		*(double *)(void *)at = (double)v / k->scale;
	else if (k->size == sizeof(int32_t))
		*(int32_t *)at = (int32_t)v;
	else
		*(int64_t *)at = v;
	if (k->kind == IS_SIDE)
		follow_side(r, which == KNOB_WIDTH);
	if (which == KNOB_IMAGES) /* some processors stop cutting, some hosted rules tighten */
		r->setup.knobs.images = (int32_t)v;
}

void request_model(struct request *r, const struct model *m)
{
	const struct knobs *old = &r->setup.knobs;

	if (m == r->setup.model)
		return;
	r->setup.model = m;
	r->setup.knobs = knobs_of_others(old);
	r->freed = 0;
	r->setup.context_limit = 0;
}

void knob_set_entry(struct request *r, enum knob which, const void *entry)
{
	if (which == KNOB_MODEL)
		request_model(r, entry);
	else if (knob_specs[which].kind == IS_ENTRY) {
		if (knob_entry(r, which) != entry) /* a version is one of the old entry's */
			knob_set_version(r, which, 0);
		memcpy((char *)r + knob_specs[which].at, &entry, sizeof entry);
	}
}

static const void *usual_entry(const struct registry *reg, const struct knob_spec *k)
{
	const void *found = registry_find(reg, k->entries, k->usual_id);
	size_t n;
	const void *const *all = registry_list(reg, k->entries, &n);

	return found || !n ? found : all[0];
}

void request_init(struct request *r, const struct registry *reg)
{
	*r = (struct request){.aspect_lock = false};
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_specs[k].kind != IS_ENTRY)
			knob_store(r, k, knob_specs[k].usual);
		else if (reg)
			knob_set_entry(r, k, usual_entry(reg, &knob_specs[k]));
	r->aspect_lock = true;
}
