#include "registry/variant.h"

#include <string.h>

#include "base/str.h"

size_t variant_undated(const char *id)
{
	const char *at = strrchr(id, '@');
	int32_t date;

	return at && hosted_parse_date(at + 1, &date) ? (size_t)(at - id) : strlen(id);
}

/* A rule without dates always holds; without a day asked for, one that has not ended does. */
static bool holds_on(const struct processor *p, int32_t date)
{
	return date ? hosted_in_force(&p->hosted, date) : !p->hosted.until;
}

/* "llama-cpp" for "llama.cpp": ids of hosts and engines are told with either. */
static bool is_same_place(const char *own, const char *where, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char a = where[i] == '_' ? '-' : where[i], b = own[i];
		if ((a == '-' && b == '.') || (a == '.' && b == '-'))
			continue;
		if (str_ncasecmp(&a, &b, 1) != 0)
			return false;
	}
	return true;
}

/* Whether v is a variant of the processor whose id is the first len bytes of id. */
static bool is_of(const struct processor *v, const char *id, size_t len)
{
	return v->runtime && strcspn(v->id, "@") == len && str_ncasecmp(v->id, id, len) == 0;
}

const struct processor *variant_find(const struct registry *r, const struct processor *p,
				     const char *where, int32_t date)
{
	size_t len = strcspn(p->id, "@"), n = strlen(where);
	const struct processor *best = NULL;

	for (size_t i = 0; i < r->processors_n; i++) {
		const struct processor *v = r->processors[i];
		if (!is_of(v, p->id, len))
			continue;
		const char *own = v->id + len + 1;
		if (strlen(own) == n && is_same_place(own, where, n))
			return v;
		if (variant_undated(own) == n && is_same_place(own, where, n) &&
		    holds_on(v, date) && (!best || v->hosted.from > best->hosted.from))
			best = v;
	}
	return best;
}

const struct processor *variant_next(const struct registry *r, const struct processor *p, size_t *i)
{
	size_t len = strcspn(p->id, "@");

	while (!p->hosted.vendor && *i < r->processors_n) {
		const struct processor *v = r->processors[(*i)++];
		if (is_of(v, p->id, len) && holds_on(v, r->rules_date))
			return v;
	}
	return NULL;
}

const struct processor *variant_reference(const struct registry *r, const struct processor *p)
{
	size_t len = strcspn(p->id, "@");

	for (size_t i = 0; !p->hosted.vendor && p->id[len] && i < r->processors_n; i++)
		if (strlen(r->processors[i]->id) == len &&
		    str_ncasecmp(r->processors[i]->id, p->id, len) == 0)
			return r->processors[i];
	return p;
}

const struct processor *variant_of_engine(const struct registry *r, const struct processor *p,
					  const struct engine *e)
{
	const struct processor *v = NULL;

	if (!p || !e || p->hosted.vendor)
		return p;
	v = variant_find(r, p, e->id, r->rules_date);
	if (!v && e->counts_as)
		v = variant_find(r, p, e->counts_as, r->rules_date);
	return v ? v : variant_reference(r, p);
}
