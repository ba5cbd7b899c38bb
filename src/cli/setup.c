#include "cli/setup.h"

#include "registry/near.h"

#include <stdio.h>
#include <string.h>

static bool find_dtype(const char *option, const char *name, enum dtype *out,
		       struct vtok_error *err)
{
	char list[160] = "";

	if (!name || dtype_find(name, out))
		return true;
	for (int i = 0; i < DTYPE_N; i++) {
		if (*list)
			strncat(list, ", ", sizeof(list) - strlen(list) - 1);
		strncat(list, dtype_name((enum dtype)i), sizeof(list) - strlen(list) - 1);
	}
	return error_set(err, VTOK_E_USAGE, "--%s: expected one of %s, got \"%s\"", option, list,
			 name);
}

bool setup_make(const struct options *o, const struct registry *r, struct setup *s,
		struct vtok_error *err)
{
	const char *hardware = o->hardware ? o->hardware : SETUP_HARDWARE;
	const char *engine = o->engine ? o->engine : SETUP_ENGINE;

	*s = (struct setup){
		.lens = (enum lens)o->lens,
		.knobs = target_knobs(o),
		.images = o->images,
		.text_tokens = o->text,
		.reserve_tokens = o->reserve,
		.context_limit = o->context,
		.tensor_parallel = (int32_t)o->tensor_parallel,
		.weights = DTYPE_BF16,
		.kv = DTYPE_BF16,
	};
	s->hardware = registry_hardware(r, hardware);
	if (!s->hardware)
		return near_unknown(r, KIND_HARDWARE, hardware, err);
	s->engine = registry_engine(r, engine);
	if (!s->engine)
		return near_unknown(r, KIND_ENGINE, engine, err);
	return find_dtype("weights", o->weights, &s->weights, err) &&
	       find_dtype("kv", o->kv, &s->kv, err);
}

static bool name_checkpoints(const struct target *t, const struct registry *r,
			     struct vtok_error *err)
{
	char list[200] = "";
	size_t left = 0;

	for (size_t i = 0; i < r->models_n; i++) {
		const struct model *m = r->models[i];
		if (m->processor != t->processor)
			continue;
		if (strlen(list) + strlen(m->id) + 3 > sizeof(list)) {
			left++;
			continue;
		}
		if (*list)
			strcat(list, ", ");
		strcat(list, m->id);
	}
	if (!*list)
		return error_set(err, VTOK_E_USAGE,
				 "%s is an image processor without a known checkpoint: count, "
				 "explain and the dashboard take it",
				 t->name);
	if (left)
		return error_set(err, VTOK_E_USAGE,
				 "%s is an image processor; name a checkpoint: %s and %zu more",
				 t->name, list, left);
	return error_set(err, VTOK_E_USAGE, "%s is an image processor; name a checkpoint: %s",
			 t->name, list);
}

bool setup_target(struct setup *s, const struct target *t, const struct registry *r,
		  struct model *room, struct vtok_error *err)
{
	s->model = t->model;
	if (s->model && s->model->processor == t->processor)
		return true;
	if (s->model) { /* a checkpoint counted as another runtime does */
		*room = *s->model;
		room->processor = t->processor;
		s->model = room;
		return true;
	}
	if (!target_vendor(t))
		return name_checkpoints(t, r, err);
	*room = (struct model){
		.id = t->processor->id, .name = t->processor->name, .processor = t->processor};
	s->model = room;
	return true;
}
