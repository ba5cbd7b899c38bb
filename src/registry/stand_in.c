/* Models made on demand. A processor by itself, a hosted rule and a checkpoint counted as another
 * runtime does are no entries of the registry; those who hold a model as a plain pointer get one
 * made here, the same each time. */
#include <string.h>

#include "base/str.h"
#include "registry/kinds.h"

struct stand_in {
	struct stand_in *next;
	const struct model *of; /* the checkpoint it was made from; NULL: none */
	struct model model;
	char id[96];
};

struct stand_ins {
	struct arena arena;
	struct stand_in *first;
};

bool registry_stand_ins_init(struct registry *r)
{
	r->stand_ins = arena_alloc(&r->arena, sizeof(*r->stand_ins));
	return r->stand_ins != NULL;
}

void registry_stand_ins_fini(struct registry *r)
{
	if (r->stand_ins)
		arena_fini(&r->stand_ins->arena);
}

/* As -m takes it again: a hosted rule loses its date where its id alone means it on the registry's
 * day. */
static void set_id(struct stand_in *s, const struct registry *r, const struct processor *p)
{
	size_t len = strcspn(p->id, "@");

	str_format(s->id, sizeof(s->id), "%s", p->id);
	if (s->of) {
		str_format(s->id, sizeof(s->id), "%s%s", s->of->id, p->id + len);
	} else if (p->hosted.vendor && len < sizeof(s->id)) {
		s->id[len] = '\0';
		if (registry_hosted(r, s->id, r->rules_date) != p)
			str_format(s->id, sizeof(s->id), "%s", p->id);
	}
}

const struct model *registry_stand_in(const struct registry *r, const struct model *m,
				      const struct processor *p)
{
	struct stand_ins *all = r->stand_ins;

	if (m && m->processor == p)
		return m;
	if (!p || !all)
		return NULL;
	for (const struct stand_in *s = all->first; s; s = s->next)
		if (s->of == m && s->model.processor == p)
			return &s->model;
	struct stand_in *s = arena_alloc(&all->arena, sizeof(*s));
	if (!s)
		return NULL;
	s->of = m;
	s->model =
		m ? *m : (struct model){.name = p->name, .source = p->source, .is_stand_in = true};
	s->model.processor = p;
	set_id(s, r, p);
	s->model.id = s->id;
	s->next = all->first;
	all->first = s;
	return &s->model;
}

const struct model *registry_subject(const struct registry *r, const char *id,
				     struct vtok_error *err)
{
	const struct processor *p;
	const struct model *m;

	if (!registry_resolve(r, id, &m, &p, err))
		return NULL;
	m = registry_stand_in(r, m, p);
	if (!m)
		error_set(err, VTOK_E_CONFIG, "out of memory");
	return m;
}
