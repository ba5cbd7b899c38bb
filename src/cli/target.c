#include "cli/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "registry/variant.h"

static bool add(struct targets *t, const char *name, size_t len, const struct model *m,
		const struct processor *p)
{
	if ((t->n & (t->n - 1)) == 0) { /* full at every power of two */
		size_t room = t->n ? 2 * t->n : 1;
		struct target *list = realloc(t->list, room * sizeof(*list));
		if (!list)
			return false;
		t->list = list;
	}
	struct target *new = &t->list[t->n++];
	*new = (struct target){.model = m, .processor = p, .weights = DTYPE_STORED};
	new->name_len = len < sizeof(new->name) ? len : sizeof(new->name) - 1;
	memcpy(new->name, name, new->name_len);
	return true;
}

/* The variants "id@runtime" of a reference processor that are in force, in file order. */
static bool add_variants(struct targets *t, const struct registry *r, const struct processor *p)
{
	const struct processor *v;
	bool fine = true;

	for (size_t i = 0; fine && (v = variant_next(r, p, &i));)
		if (v != p)
			fine = add(t, v->id, variant_undated(v->id), NULL, v);
	return fine;
}

static bool add_with_variants(struct targets *t, const struct options *o, const struct registry *r,
			      const char *name, size_t len, const struct model *m,
			      const struct processor *p)
{
	return add(t, name, len, m, p) && (!o->all_runtimes || add_variants(t, r, p));
}

static bool add_all(struct targets *t, const struct options *o, const struct registry *r,
		    enum subject_set set)
{
	size_t n = subject_n(r);
	bool fine = true;
	struct subject s;

	for (size_t i = 0; fine && i < n; i++) {
		if (!subject_at(r, set, i, &s))
			continue;
		bool has_variants = set == SUBJECTS_RULES && !s.processor->hosted.vendor;
		fine = has_variants
			       ? add_with_variants(t, o, r, s.id, strlen(s.id), NULL, s.processor)
			       : add(t, s.id, strlen(s.id), s.model, s.processor);
	}
	return fine;
}

static bool add_named(struct targets *t, const struct options *o, const struct registry *r,
		      bool takes_text, struct vtok_error *err)
{
	static const char *const standard[] = {USUAL_MODEL};
	bool is_default = !o->models.n && !o->all;
	const char *const *names = is_default ? standard : o->models.items;
	size_t n = is_default ? 1 : o->models.n;

	for (size_t i = 0; i < n; i++) {
		const struct model *m = takes_text ? subject_language(r, names[i]) : NULL;
		const struct processor *p = NULL;
		size_t first = t->n;
		if (!m && !subject_resolve(r, names[i], &m, &p, err))
			return false;
		if (!(p ? add_with_variants(t, o, r, names[i], strlen(names[i]), m, p)
			: add(t, names[i], strlen(names[i]), m, NULL)))
			return error_memory(err);
		if (!options_given(o, "weights"))
			t->list[first].weights = subject_weights(r, names[i]);
	}
	return true;
}

bool targets_init(struct targets *t, const struct options *o, const struct registry *r,
		  struct vtok_error *err)
{
	memset(t, 0, sizeof(*t));
	if (!add_named(t, o, r, false, err))
		return false;
	return !o->all || add_all(t, o, r, SUBJECTS_RULES) || error_memory(err);
}

bool targets_models(struct targets *t, const struct options *o, const struct registry *r,
		    struct vtok_error *err)
{
	memset(t, 0, sizeof(*t));
	if (!add_named(t, o, r, o->knobs[KNOB_IMAGES].number == 0, err))
		return false;
	return !o->all || add_all(t, o, r, SUBJECTS_COSTED) || error_memory(err);
}

void targets_fini(struct targets *t)
{
	free(t->list);
	memset(t, 0, sizeof(*t));
}

const char *target_vendor(const struct target *t)
{
	return t->processor ? t->processor->hosted.vendor : NULL;
}

const char *target_mark(const struct target *t)
{
	return count_mark(t->processor, t->model);
}
