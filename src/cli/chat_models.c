#include "cli/chat_models.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/chat.h"

enum { MODELS = 64 };

struct chat_model {
	char name[CHAT_NAME];
	char id[CHAT_NAME]; /* behind --map */
	const char *ids[1];
	struct options own;
	bool is_known; /* the registry has it, or it is that of -m */
	void *entry;
};

/* NAME=ID, both with something in them. */
static bool maps_good(const struct options *o, struct vtok_error *err)
{
	for (size_t i = 0; i < o->maps.n; i++) {
		const char *map = o->maps.items[i], *equals = strchr(map, '=');

		if (!equals || equals == map || !equals[1])
			return error_set(err, VTOK_E_USAGE, "--map: expected NAME=ID, got \"%s\"",
					 map);
	}
	return true;
}

bool chat_models_init(struct chat_models *m, const struct options *o,
		      const struct chat_model_kind *kind, void *arg, struct vtok_error *err)
{
	*m = (struct chat_models){.options = o, .kind = kind, .arg = arg};
	if (!maps_good(o, err))
		return false;
	m->list = calloc(MODELS, sizeof(*m->list));
	return m->list || error_memory(err);
}

static void drop(struct chat_models *m, struct chat_model *s)
{
	if (s->entry)
		m->kind->fini(s->entry);
	free(s->entry);
	s->entry = NULL;
}

void chat_models_fini(struct chat_models *m)
{
	for (size_t i = 0; i < m->n; i++)
		drop(m, &m->list[i]);
	free(m->list);
	*m = (struct chat_models){0};
}

/* What --map NAME=ID makes of it. */
static const char *mapped(const struct options *o, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < o->maps.n; i++)
		if (strncmp(o->maps.items[i], name, n) == 0 && o->maps.items[i][n] == '=')
			return o->maps.items[i] + n + 1;
	return name;
}

static bool look_up(struct chat_models *m, const char *name, struct chat_model *s,
		    struct vtok_error *err)
{
	*s = (struct chat_model){.own = *m->options, .entry = calloc(1, m->kind->size)};
	str_format(s->name, sizeof(s->name), "%s", name);
	str_format(s->id, sizeof(s->id), "%s", mapped(m->options, name));
	s->ids[0] = s->id;
	if (!s->entry)
		return error_memory(err);
	if (*name) {
		s->own.models = (struct text_list){.items = s->ids, .n = 1};
		s->own.all = false;
	}
	s->is_known = m->kind->make(s->entry, &s->own, m->arg, err);
	return s->is_known;
}

static struct chat_model *place_for(struct chat_models *m)
{
	if (m->n < MODELS)
		return &m->list[m->n++];
	struct chat_model *s = &m->list[m->oldest];

	m->oldest = (m->oldest + 1) % MODELS;
	drop(m, s);
	return s;
}

static struct chat_model *met(struct chat_models *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->list[i].name, name) == 0)
			return &m->list[i];
	return NULL;
}

void *chat_models_find(struct chat_models *m, const char *name, struct vtok_error *err)
{
	struct chat_model *s = met(m, name);
	bool has_other = *name && m->options->models.n;

	if (s && (s->is_known || has_other))
		return s->is_known ? s->entry : chat_models_find(m, "", err);
	if (s)
		drop(m, s);
	else
		s = place_for(m);
	if (look_up(m, name, s, err))
		return s->entry;
	if (!has_other)
		return NULL;
	err->code = VTOK_OK;
	return chat_models_find(m, "", err);
}
