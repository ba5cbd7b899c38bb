#include "cli/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/misplaced.h"
#include "registry/near.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "registry/variant.h"
#include "state/knobs.h"

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

/* The name of what counts by this variant: "qwen3-vl-8b@ollama". */
static size_t name_variant(char out[TARGET_NAME], const char *name, const struct processor *v)
{
	size_t at = strcspn(v->id, "@");

	str_format(out, TARGET_NAME, "%.*s%.*s", (int)strcspn(name, "@"), name,
		   (int)(variant_undated(v->id) - at), v->id + at);
	return strlen(out);
}

/* The variants "name@runtime" that are in force, in file order. */
static bool add_variants(struct targets *t, const struct registry *r, const char *name,
			 const struct model *m, const struct processor *p)
{
	const struct processor *v;
	char variant[TARGET_NAME];
	bool fine = true;

	for (size_t i = 0; fine && (v = variant_next(r, p, &i));)
		if (v != p)
			fine = add(t, variant, name_variant(variant, name, v), m, v);
	return fine;
}

/* The engine that was named; NULL: none was, and the reference counts. */
static bool named_engine(const struct options *o, const struct registry *r,
			 const struct engine **out, int32_t *version, struct vtok_error *err)
{
	const char *text = o->knobs[KNOB_ENGINE].text;
	char name[KNOB_TEXT_SIZE];

	*out = NULL;
	*version = 0;
	if (!text)
		return true;
	str_format(name, sizeof(name), "%s", text);
	if (!knob_cut_version(KNOB_ENGINE, name, version))
		return error_set(err, VTOK_E_USAGE,
				 "%s: expected a version like 0.20 or 0.20.1 behind %s@", text,
				 name);
	*out = registry_engine(r, name);
	return *out || near_unknown(r, KIND_ENGINE, name, err);
}

/* As the engine counts it, under a name that says so: "qwen3-vl-8b@ollama". A name with an @ says
 * already how it shall be counted. */
static void by_engine(const struct registry *r, const struct engine *e, const char *name,
		      const struct processor **p, char out[TARGET_NAME])
{
	const struct processor *v = strchr(name, '@') ? *p : variant_of_engine(r, *p, e);

	if (v != *p)
		name_variant(out, name, v);
	else
		str_format(out, TARGET_NAME, "%s", name);
	*p = v;
}

static bool add_with_variants(struct targets *t, const struct options *o, const struct registry *r,
			      const char *name, const struct model *m, const struct processor *p)
{
	return add(t, name, strlen(name), m, p) &&
	       (!o->all_runtimes || add_variants(t, r, name, m, p));
}

static bool add_all(struct targets *t, const struct options *o, const struct registry *r,
		    const struct engine *e)
{
	size_t n = subject_n(r);
	char name[TARGET_NAME];
	bool fine = true;
	struct subject s;

	for (size_t i = 0; fine && i < n; i++) {
		if (!subject_at(r, i, &s))
			continue;
		by_engine(r, e, s.id, &s.processor, name);
		fine = add_with_variants(t, o, r, name, s.model, s.processor);
	}
	return fine;
}

static bool add_named(struct targets *t, const struct options *o, const struct registry *r,
		      bool takes_text, const struct engine *e, struct vtok_error *err)
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
		char name[TARGET_NAME];
		by_engine(r, e, names[i], &p, name);
		if (!(p ? add_with_variants(t, o, r, name, m, p)
			: add(t, name, strlen(name), m, NULL)))
			return error_memory(err);
		if (!options_given(o, "weights"))
			t->list[first].weights = subject_weights(r, names[i]);
	}
	return true;
}

/* Who reads the files of each. */
static void set_turning(struct targets *t, const struct options *o, const struct registry *r,
			const struct engine *named, int32_t version)
{
	enum orientation_ask ask = (enum orientation_ask)o->knobs[KNOB_ORIENTATION].number;

	for (size_t i = 0; i < t->n; i++) {
		struct target *to = &t->list[i];

		to->turning = subject_turning(r, to->processor, named, version, ask);
	}
}

static bool init(struct targets *t, const struct options *o, const struct registry *r,
		 bool takes_text, struct vtok_error *err)
{
	const struct engine *e;
	int32_t version;

	memset(t, 0, sizeof(*t));
	if (!misplaced_check(o, r, err) || !named_engine(o, r, &e, &version, err) ||
	    !add_named(t, o, r, takes_text, e, err))
		return false;
	if (o->all && !add_all(t, o, r, e))
		return error_memory(err);
	set_turning(t, o, r, e, version);
	return true;
}

bool targets_init(struct targets *t, const struct options *o, const struct registry *r,
		  struct vtok_error *err)
{
	return init(t, o, r, false, err);
}

bool targets_models(struct targets *t, const struct options *o, const struct registry *r,
		    struct vtok_error *err)
{
	return init(t, o, r, o->knobs[KNOB_IMAGES].number == 0, err);
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
