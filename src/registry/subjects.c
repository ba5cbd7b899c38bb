#include "registry/subjects.h"

#include <string.h>

#include "base/str.h"
#include "core/usual.h"
#include "registry/kinds.h"
#include "registry/names.h"
#include "registry/near.h"
#include "registry/spelling.h"
#include "registry/variant.h"

/* ------------------------------------------------------------ the list */

size_t subject_n(const struct registry *r)
{
	return r->models_n + r->processors_n + r->hosted_n;
}

static bool has_checkpoint(const struct registry *r, const struct processor *p)
{
	for (size_t i = 0; i < r->models_n; i++)
		if (r->models[i]->processor == p)
			return true;
	return false;
}

static void name_it(struct subject *s, const char *id, size_t len)
{
	if (len >= sizeof(s->id))
		len = sizeof(s->id) - 1;
	memcpy(s->id, id, len);
	s->id[len] = '\0';
}

static bool checkpoint_at(const struct registry *r, size_t i, struct subject *out)
{
	out->model = r->models[i];
	out->processor = out->model->processor;
	name_it(out, out->model->id, strlen(out->model->id));
	/* the registry also knows language models that take no images, for measurements of text */
	return out->processor;
}

static bool processor_at(const struct registry *r, size_t i, struct subject *out)
{
	const struct processor *p = out->processor = r->processors[i];

	name_it(out, p->id, strlen(p->id));
	return !p->runtime && !has_checkpoint(r, p);
}

static bool hosted_at(const struct registry *r, size_t i, struct subject *out)
{
	out->processor = r->hosted[i];
	name_it(out, out->processor->id, strcspn(out->processor->id, "@"));
	return registry_hosted(r, out->id, r->rules_date) == out->processor;
}

bool subject_at(const struct registry *r, size_t i, struct subject *out)
{
	bool is_one = false;

	*out = (struct subject){0};
	if (i < r->models_n)
		is_one = checkpoint_at(r, i, out);
	else if (i - r->models_n < r->processors_n)
		is_one = processor_at(r, i - r->models_n, out);
	else if (i < subject_n(r))
		is_one = hosted_at(r, i - r->models_n - r->processors_n, out);
	if (!is_one)
		*out = (struct subject){0};
	return is_one;
}

bool subject_is(const struct subject *s, const struct model *m)
{
	const char *own = s->model ? s->model->id : s->processor->id;
	const struct processor *p = m ? m->processor : NULL;

	if (s->model ? s->model == m : m && m->is_stand_in && p == s->processor)
		return true;
	/* "qwen3-vl-8b@ollama" of "qwen3-vl-8b" */
	return p && p->runtime && strcspn(m->id, "@") == strlen(own) &&
	       str_ncasecmp(m->id, own, strlen(own)) == 0;
}

int subject_find(const struct registry *r, const struct model *m)
{
	struct subject s;
	size_t n = subject_n(r);

	for (size_t i = 0; i < n; i++)
		if (subject_at(r, i, &s) && subject_is(&s, m))
			return (int)i;
	return -1;
}

const struct model *subject_model(const struct registry *r, const struct subject *s)
{
	return subject_stand_in(r, s->model, s->processor);
}

/* ------------------------------------------------------------ models made on demand */

/* A processor by itself, a hosted rule and a checkpoint counted as another runtime does are no
 * entries of the registry; those who hold a model as a plain pointer get one made here, the same
 * each time. */
struct stand_in {
	struct stand_in *next;
	const struct model *of; /* the checkpoint it was made from; NULL: none */
	struct model model;
	char id[96];
	bool is_alias; /* id is an alias of a hosted model: its price is that of the name */
};

/* Whether an id without its date means this rule on the registry's day. */
static bool is_meant(const struct registry *r, const char *id, const struct processor *p)
{
	size_t len = strcspn(id, "@");

	if (p->hosted.vendor)
		return registry_hosted(r, id, r->rules_date) == p;
	return id[len] && variant_find(r, p, id + len + 1, r->rules_date) == p;
}

/* As -m takes it again: a dated rule loses its date where its id alone means it. */
static void set_id(struct stand_in *s, const struct registry *r, const struct processor *p,
		   const char *name)
{
	size_t len = variant_undated(p->id);
	char plain[sizeof(s->id)];

	str_format(plain, sizeof(plain), "%.*s", (int)len, p->id);
	if (name)
		str_format(plain, sizeof(plain), "%s", name);
	else if (!is_meant(r, plain, p))
		str_format(plain, sizeof(plain), "%s", p->id);
	str_format(s->id, sizeof(s->id), "%s%s", s->of ? s->of->id : "",
		   plain + (s->of ? strcspn(plain, "@") : 0));
}

/* The name that a hosted model was asked for by, where that says more than its id without a date:
 * one of its aliases, or the very rule, which a newer one shall not replace. NULL: neither. */
static const char *called(const struct processor *p, const char *id, char out[96])
{
	if (!p->hosted.vendor || strlen(id) >= 96)
		return NULL;
	if (!str_has_word(p->aliases, id) && str_casecmp(id, p->id) != 0)
		return NULL;
	for (size_t i = 0; i <= strlen(id); i++)
		out[i] = (char)(id[i] >= 'A' && id[i] <= 'Z' ? id[i] + ('a' - 'A') : id[i]);
	return out;
}

/* name: the alias of p that it goes by, NULL for its own. */
static const struct model *stand_in_called(const struct registry *r, const struct model *m,
					   const struct processor *p, const char *name)
{
	struct stand_ins *all = r->stand_ins;

	if (m && m->processor == p)
		return m;
	if (!p || !all)
		return NULL;
	for (const struct stand_in *s = all->first; s; s = s->next)
		if (s->of == m && s->model.processor == p &&
		    (name ? strcmp(s->id, name) == 0 : !s->is_alias))
			return &s->model;
	struct stand_in *s = arena_alloc(&all->arena, sizeof(*s));
	if (!s)
		return NULL;
	s->of = m;
	s->model =
		m ? *m : (struct model){.name = p->name, .source = p->source, .is_stand_in = true};
	s->model.processor = p;
	s->is_alias = name != NULL;
	set_id(s, r, p, name);
	s->model.id = s->id;
	if (p->hosted.vendor)
		s->model.price = registry_price(r, s->id, registry_day(r));
	s->next = all->first;
	all->first = s;
	return &s->model;
}

const struct model *subject_stand_in(const struct registry *r, const struct model *m,
				     const struct processor *p)
{
	return stand_in_called(r, m, p, NULL);
}

const struct model *subject_called(const struct registry *r, const struct model *m,
				   const struct processor *p, const char *id)
{
	char alias[96];
	const char *name = m || !p ? NULL : called(p, id, alias);
	struct reading read;

	if (!m && p && !name && p->hosted.vendor && names_read(r, id, &read))
		name = called(p, read.id, alias);
	return stand_in_called(r, m, p, name);
}

/* The checkpoint a variant was made from; NULL: of a processor by itself. m where it is none. */
static const struct model *made_from(const struct registry *r, const struct model *m)
{
	for (const struct stand_in *s = r->stand_ins ? r->stand_ins->first : NULL; s; s = s->next)
		if (&s->model == m)
			return s->of;
	return m;
}

const struct model *subject_by_engine(const struct registry *r, const struct model *m,
				      const struct engine *e)
{
	const struct processor *p = m ? variant_of_engine(r, m->processor, e) : NULL;

	if (!p || p == m->processor)
		return m;
	const struct model *other = subject_stand_in(r, made_from(r, m), p);
	return other;
}

/* ------------------------------------------------------------ what a name means */

/* "qwen2.5-vl@llama.cpp" for the processor "qwen2.5-vl" and "@llama.cpp". */
static const struct processor *variant_of(const struct registry *r, const struct processor *p,
					  const char *at_where, int32_t date)
{
	return p && *at_where ? variant_find(r, p, at_where + 1, date) : p;
}

/* A processor by itself: by its whole id, or a variant of the one before the @. */
static const struct processor *processor_named(const struct registry *r, const char *id,
					       const char *plain, const char *at_where,
					       int32_t date)
{
	const struct processor *p = registry_processor(r, id);

	return p ? p : variant_of(r, registry_processor(r, plain), at_where, date);
}

/* A hosted model without a rule for that day: says since when there is one. */
static bool no_rule_then(const struct registry *r, const char *id, int32_t date,
			 struct vtok_error *err)
{
	const struct processor *newest = registry_hosted(r, id, 0);
	char day[11], since[11];

	if (!newest)
		return false;
	error_set(err, VTOK_E_USAGE, "no rule of \"%.60s\" is known for %s; the newest is of %s",
		  id, hosted_date_text(date, day), hosted_date_text(newest->hosted.from, since));
	return true;
}

/* The first day of the newest variant "plain@where", whether in force or not; 0 = there is none. */
static int32_t variant_since(const struct registry *r, const char *plain, const char *at_where)
{
	size_t len = strlen(plain), n = strlen(at_where);
	int32_t newest = 0;

	for (size_t i = 0; i < r->processors_n; i++) {
		const struct processor *p = r->processors[i];
		if (strncmp(p->id, plain, len) == 0 && strncmp(p->id + len, at_where, n) == 0 &&
		    variant_undated(p->id) == len + n && p->hosted.from > newest)
			newest = p->hosted.from;
	}
	return newest;
}

/* "NAME@WHERE" of a name that is there: since when it is, or who else counts it otherwise. */
static bool no_such_variant(const struct registry *r, const char *id, int32_t date,
			    struct vtok_error *err)
{
	const char *at = strchr(id, '@');
	char plain[128], known[160] = "", day[11], from[11];
	const struct processor *p, *v;

	if (!at || (size_t)(at - id) >= sizeof(plain) || spelling_is_revision(at))
		return false; /* a hub's revision is for registry/names.h */
	str_format(plain, sizeof(plain), "%.*s", (int)(at - id), id);
	const struct model *m = registry_model(r, plain);
	p = m ? m->processor : registry_processor(r, plain);
	if (!p)
		return false;
	int32_t since = variant_since(r, p->id, at);
	if (since > 0 && date > 0) {
		error_set(err, VTOK_E_USAGE,
			  "no rule of \"%.60s\" is known for %s; the newest is of %s", id,
			  hosted_date_text(date, day), hosted_date_text(since, from));
		return true;
	}
	for (size_t i = 0; (v = variant_next(r, p, &i));)
		if (v != p)
			str_append(known, sizeof(known), "%s%s", *known ? ", " : "", v->runtime);
	error_set(err, VTOK_E_USAGE, "\"%.40s\" is not known to count %s otherwise%s%s", at + 1,
		  plain, *known ? "; known are " : "", known);
	return true;
}

/* The id to the letter: a checkpoint first, then a processor, then a hosted rule. */
static bool is_named(const struct registry *r, const char *id, int32_t date,
		     const struct model **model, const struct processor **processor)
{
	char plain[128];
	size_t len = strcspn(id, "@");

	*model = NULL;
	*processor = NULL;
	if (len < sizeof(plain)) {
		memcpy(plain, id, len);
		plain[len] = '\0';
		*model = registry_model(r, plain);
		*processor = *model ? variant_of(r, (*model)->processor, id + len, date)
				    : processor_named(r, id, plain, id + len, date);
	}
	if (!*processor) {
		*model = NULL;
		*processor = registry_hosted(r, id, date);
	}
	return *processor;
}

static bool is_language_alone(const struct registry *r, const char *id, struct vtok_error *err)
{
	const struct model *m = registry_model(r, id);

	if (!m || m->processor)
		return false;
	error_set(err, VTOK_E_USAGE,
		  "%s is a language model alone: it takes no images; vtok estimate -m %s -n 0 says "
		  "what its text costs",
		  id, id);
	return true;
}

/* Why an id that the registry has to the letter means nothing. False: it has none such. */
static bool is_explained(const struct registry *r, const char *id, int32_t date,
			 struct vtok_error *err)
{
	const struct uncounted *u = registry_find(r, KIND_UNCOUNTED, id);

	if (!u)
		return no_rule_then(r, id, date, err) || is_language_alone(r, id, err) ||
		       no_such_variant(r, id, date, err);
	error_set(err, VTOK_E_INPUT, "%s: known, not counted: %s (%s)", u->name, u->reason,
		  u->source);
	return true;
}

bool subject_resolve_on(const struct registry *r, const char *id, int32_t date,
			const struct model **model, const struct processor **processor,
			struct vtok_error *err)
{
	struct reading read;

	if (is_named(r, id, date, model, processor))
		return true;
	if (is_explained(r, id, date, err))
		return false;
	if (names_read(r, id, &read)) {
		if (is_named(r, read.id, date, model, processor))
			return true;
		if (is_explained(r, read.id, date, err))
			return false;
	}
	struct near near = {0};
	near_subjects(&near, r, id);
	return near_say(&near, KIND_MODEL, id, err);
}

bool subject_resolve(const struct registry *r, const char *id, const struct model **model,
		     const struct processor **processor, struct vtok_error *err)
{
	return subject_resolve_on(r, id, r->rules_date, model, processor, err);
}

const struct model *subject_named(const struct registry *r, const char *id, struct vtok_error *err)
{
	const struct processor *p;
	const struct model *m;

	if (!subject_resolve(r, id, &m, &p, err))
		return NULL;
	m = subject_called(r, m, p, id);
	if (!m)
		error_memory(err);
	return m;
}

enum dtype subject_weights(const struct registry *r, const char *id)
{
	const struct processor *p;
	const struct model *m;
	struct reading read;

	if (is_named(r, id, r->rules_date, &m, &p) || registry_model(r, id) ||
	    !names_read(r, id, &read))
		return DTYPE_STORED;
	return read.weights;
}

/* "-24b" of "mistral-small-3.2-24b", "-30b-a3b" of "qwen3-vl-30b-a3b"; NULL: it ends in none. */
static const char *size_of_id(const char *id)
{
	for (const char *p = strchr(id, '-'); p; p = strchr(p + 1, '-')) {
		const char *digits = p[1] == 'a' ? p + 2 : p + 1;
		size_t n = strspn(digits, "0123456789.");
		if (n > 0 && digits[n] == 'b' && (!digits[n + 1] || digits[n + 1] == '-'))
			return p;
	}
	return NULL;
}

const struct model *subject_only_size(const struct registry *r, const struct processor *p,
				      const char *typed)
{
	const struct processor *own = variant_reference(r, p);
	size_t len = strcspn(typed, "@");
	const struct model *only = NULL;
	struct reading read;
	char sized[NAME_SIZE];

	for (size_t i = 0; i < r->models_n; i++) {
		const struct model *m = r->models[i];
		const char *size = m->processor == own ? size_of_id(m->id) : NULL;
		if (!size || len + strlen(size) >= sizeof(sized))
			continue;
		str_format(sized, sizeof(sized), "%.*s%s", (int)len, typed, size);
		if (registry_model(r, sized) != m &&
		    (!names_read(r, sized, &read) || registry_model(r, read.id) != m))
			continue;
		if (only)
			return NULL;
		only = m;
	}
	return only;
}

const struct model *subject_language(const struct registry *r, const char *id)
{
	const struct model *m = registry_model(r, id);
	struct reading read;

	if (!m && names_read(r, id, &read))
		m = registry_model(r, read.id);
	return m && !m->processor ? m : NULL;
}

const struct uncounted *subject_uncounted(const struct registry *r, const char *id)
{
	const struct uncounted *u = registry_find(r, KIND_UNCOUNTED, id);
	struct reading read;

	if (!u && names_read(r, id, &read))
		u = registry_find(r, KIND_UNCOUNTED, read.id);
	return u;
}

struct turning subject_turning(const struct registry *r, const struct processor *p,
			       const struct engine *named, int32_t version,
			       enum orientation_ask ask)
{
	const struct engine *e = named;

	if (!e && p && p->runtime)
		e = registry_engine(r, p->runtime);
	if (!e)
		e = registry_engine(r, USUAL_ENGINE);
	return orientation_of(p, e, named ? version : 0, r->rules_date, ask);
}
