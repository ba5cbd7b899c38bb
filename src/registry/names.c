/* Every spelling of the typed name and every name of the registry become shapes; one walk over the
 * registry compares them all, so that a refused name costs less than a millisecond and a known one
 * nothing. */
#include "registry/names.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "registry/shape.h"
#include "registry/spelling.h"

/* In the order in which one name of several kinds is taken. */
static const enum registry_kind kinds[] = {KIND_MODEL, KIND_PROCESSOR, KIND_HOSTED, KIND_UNCOUNTED};

struct search {
	struct shape shapes[SPELLINGS_MOST];
	struct spellings spellings;
	size_t best; /* place of the spelling that was hit; of a short size: behind all of them; of
			a size that the name has not: behind those */
	bool is_ambiguous; /* a short size that two mixtures begin with */
	bool is_family;    /* a size that a processor's name has not */
	char id[NAME_SIZE];
	const void *entry;
	enum registry_kind kind; /* of it */
};

static void hit(struct search *s, size_t place, const void *entry, const char *name, size_t len)
{
	if (place >= s->best || len >= sizeof(s->id))
		return;
	s->best = place;
	s->entry = entry;
	memcpy(s->id, name, len);
	s->id[len] = '\0';
}

/* A checkpoint whose name has no size is meant by one with it, if it is about that large. */
static bool is_about(const struct model *m, double params)
{
	return m->total_params > 0.7 * params && m->total_params < 1.45 * params;
}

/* A size behind a name that has none: of a checkpoint of about that size, or of a rule for all
 * sizes of its family, of which no checkpoint is known. */
static void try_sized(struct search *s, enum registry_kind kind, const void *entry,
		      const struct shape *shape, const char *as, size_t as_len)
{
	double params;

	if ((kind != KIND_MODEL && kind != KIND_PROCESSOR) || s->best < 2 * SPELLINGS_MOST)
		return;
	for (size_t i = 0; i < s->spellings.n; i++)
		if (shape_is_sized(&s->shapes[i], shape, &params) &&
		    (kind == KIND_PROCESSOR || is_about(entry, params))) {
			hit(s, 2 * SPELLINGS_MOST + i, entry, as, as_len);
			s->is_family = kind == KIND_PROCESSOR;
			return;
		}
}

static bool has_checkpoint(const struct registry *r, const void *processor)
{
	for (size_t i = 0; i < r->models_n; i++)
		if (r->models[i]->processor == processor)
			return true;
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* False where no spelling can be like a name: the letters that it begins with, from two on a word
 * of its shape, stand in none of them. Most names end here, before they cost a shape. */
static bool may_be(const struct search *s, const char *name, size_t len)
{
	char first = (char)(len && is_letter(*name) ? *name | 0x20 : 0); /* spellings are small */
	size_t n = 0;

	while (n < len && is_letter(name[n]))
		n++;
	if (n < 2)
		return true;
	for (size_t i = 0; i < s->spellings.n; i++)
		for (const char *p = s->spellings.list[i].text; *p; p++)
			if (*p == first && str_ncasecmp(p, name, n) == 0)
				return true;
	return false;
}

/* One name of an entry against all spellings; `as` is what is found when it is like one. */
static void try_name(struct search *s, enum registry_kind kind, const void *entry, const char *name,
		     size_t len, const char *as, size_t as_len)
{
	struct shape shape;

	if (!may_be(s, name, len) || !shape_of(name, len, &shape))
		return;
	for (size_t i = 0; i < s->spellings.n; i++)
		if (shape_equal(&s->shapes[i], &shape)) {
			hit(s, i, entry, as, as_len);
			return;
		}
	for (size_t i = 0; i < s->spellings.n; i++)
		if (shape_is_short(&s->shapes[i], &shape)) {
			if (s->best == SPELLINGS_MOST + i && s->entry != entry)
				s->is_ambiguous = true;
			else if (s->best > SPELLINGS_MOST + i)
				s->is_ambiguous = false;
			hit(s, SPELLINGS_MOST + i, entry, as, as_len);
			return;
		}
	if (name == as) /* another name may be of one checkpoint alone */
		try_sized(s, kind, entry, &shape, as, as_len);
}

/* The repository's name behind its owner, and without what rules 6 to 8 drop. */
static void try_repo(struct search *s, const struct model *m)
{
	const char *slash = m->hf_repo ? strrchr(m->hf_repo, '/') : NULL;
	struct spelling bare = {.weights = DTYPE_STORED};

	if (!slash || strlen(slash + 1) >= sizeof(bare.text) ||
	    !may_be(s, slash + 1, strlen(slash + 1)))
		return;
	for (const char *p = slash + 1; *p; p++)
		bare.text[p - slash - 1] = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
	size_t len = strlen(bare.text), id_len = strlen(m->id);
	try_name(s, KIND_MODEL, m, bare.text, len, m->id, id_len);
	spelling_strip(&bare);
	if (strlen(bare.text) < len)
		try_name(s, KIND_MODEL, m, bare.text, strlen(bare.text), m->id, id_len);
}

/* A dated rule is found by the name that was typed, so that its date is still to be chosen; any
 * other entry by its id. */
static void try_entry(struct search *s, enum registry_kind kind, const void *entry)
{
	const char *id = entry_id(kind, entry), *words = entry_aliases(kind, entry);
	size_t id_len = strlen(id), plain = strcspn(id, "@");

	if (kind == KIND_HOSTED)
		id_len = plain;
	else if (plain < id_len)
		return; /* a runtime's variant is asked for by its "@" */
	try_name(s, kind, entry, id, id_len, id, id_len);
	for (const char *w = words ? words : ""; *w;) {
		size_t len = strcspn(w, " ");
		if (kind == KIND_HOSTED)
			try_name(s, kind, entry, w, len, w, len);
		else
			try_name(s, kind, entry, w, len, id, id_len);
		w += len + strspn(w + len, " ");
	}
	if (kind == KIND_MODEL)
		try_repo(s, entry);
}

/* "@amazon-bedrock" behind a vendor's model: the host answers by the very rule. What nobody can
 * count, nobody can anywhere. */
static bool says_nothing(const struct search *s)
{
	const struct processor *p = s->entry;

	if (!*s->spellings.runtime)
		return true;
	return s->kind == KIND_UNCOUNTED ||
	       (s->kind == KIND_HOSTED && str_has_word(p->hosted.hosts, s->spellings.runtime + 1));
}

bool names_read(const struct registry *r, const char *typed, struct reading *out)
{
	struct search s = {.best = SIZE_MAX};

	if (!spellings_of(typed, &s.spellings))
		return false;
	for (size_t i = 0; i < s.spellings.n; i++) {
		const char *text = s.spellings.list[i].text;
		shape_of(text, strlen(text), &s.shapes[i]);
	}
	for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
		size_t n;
		const void *const *list = registry_list(r, kinds[k], &n);
		for (size_t i = 0; i < n; i++) {
			const void *before = s.entry;
			try_entry(&s, kinds[k], list[i]);
			if (s.entry != before)
				s.kind = kinds[k];
		}
	}
	bool is_sized = s.best != SIZE_MAX && s.best >= 2 * SPELLINGS_MOST;
	if (s.best == SIZE_MAX || (s.best >= SPELLINGS_MOST && !is_sized && s.is_ambiguous) ||
	    (is_sized && s.is_family && has_checkpoint(r, s.entry)))
		return false;
	const struct spelling *by = &s.spellings.list[s.best % SPELLINGS_MOST];
	const char *where = says_nothing(&s) ? "" : s.spellings.runtime;
	if (strlen(s.id) + strlen(where) >= sizeof(out->id))
		return false;
	str_format(out->id, sizeof(out->id), "%s%s", s.id, where);
	out->weights = by->weights;
	out->is_date_dropped = by->is_dated;
	return true;
}
