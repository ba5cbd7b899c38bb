#include "cli/setup.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/usual.h"
#include "registry/near.h"
#include "registry/subjects.h"
#include "state/knobs.h"

void setup_numbers(const struct options *o, struct setup *s)
{
	struct request r;

	request_init(&r, NULL);
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_specs[k].arg)
			knob_store(&r, k, o->knobs[k].number);
	*s = r.setup;
}

const void *setup_entry(const struct registry *r, enum knob k, const char *id, int32_t *version,
			struct vtok_error *err)
{
	enum registry_kind kind = knob_specs[k].entries;
	char name[KNOB_TEXT_SIZE];

	if (kind == KIND_MODEL)
		return subject_named(r, id, err);
	str_format(name, sizeof(name), "%s", id);
	if (!knob_cut_version(k, name, version)) {
		error_set(err, VTOK_E_USAGE,
			  "%s: expected a version like 0.20 or 0.20.1 behind %s@", id, name);
		return NULL;
	}
	const void *found = registry_find(r, kind, name);

	if (!found)
		near_unknown(r, kind, name, err);
	return found;
}

bool setup_time(const char *text, double *seconds)
{
	double v;

	if (!strpbrk(text, "sm") || !unit_parse_seconds(text, &v)) /* s, ms, us, min */
		return false;
	*seconds = v;
	return true;
}

/* The limits of what comes in. */
static bool set_traffic(const struct options *o, struct setup *s, struct vtok_error *err)
{
	s->quantile = o->quantile;
	if (!o->itl)
		return true;
	if (!setup_time(o->itl, &s->itl_s) || !(s->itl_s > 0) || s->itl_s > ITL_MOST)
		return error_set(err, VTOK_E_USAGE,
				 "--itl: expected a time up to " USUAL_WORDS(
					 ITL_MOST) " s with its unit, like 40ms, got \"%.60s\"",
				 o->itl);
	return true;
}

bool setup_make(const struct options *o, const struct registry *r, struct setup *s,
		struct vtok_error *err)
{
	struct request q = {.aspect_lock = false};

	setup_numbers(o, &q.setup);
	for (enum knob k = 0; k < KNOB_N; k++) {
		const struct knob_spec *spec = &knob_specs[k];
		if (spec->kind != IS_ENTRY || spec->entries == KIND_MODEL)
			continue;
		const char *id = o->knobs[k].text ? o->knobs[k].text : spec->usual_id;
		int32_t version;
		const void *entry = setup_entry(r, k, id, &version, err);
		if (!entry)
			return false;
		knob_set_entry(&q, k, entry);
		knob_set_version(&q, k, version);
	}
	q.setup.by_engine = o->knobs[KNOB_ENGINE].text != NULL;
	*s = q.setup;
	s->day = registry_day(r);
	return set_traffic(o, s, err);
}

/* Whether a processor is the checkpoint's own, or a variant of that. */
static bool counts_for(const struct processor *p, const struct model *m)
{
	size_t len = strcspn(p->id, "@");

	return m->processor && strlen(m->processor->id) == len &&
	       strncmp(m->processor->id, p->id, len) == 0;
}

/* True: a processor by itself has checkpoints, and err names them. */
static bool name_checkpoints(const struct target *t, const struct registry *r,
			     struct vtok_error *err)
{
	char list[200] = "";
	size_t left = 0;

	for (size_t i = 0; i < r->models_n; i++) {
		const struct model *m = r->models[i];
		if (!counts_for(t->processor, m))
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
		return false;
	char more[40] = "";
	if (left)
		snprintf(more, sizeof(more), " and %zu more", left);
	error_set(err, VTOK_E_USAGE, "%s is an image processor; name a checkpoint: %s%s", t->name,
		  list, more);
	return true;
}

bool setup_point(struct setup *s, const struct target *t, const struct registry *r,
		 struct model *room, struct vtok_error *err)
{
	s->model = t->model;
	if (t->weights != DTYPE_STORED)
		s->weights = t->weights;
	if (s->model && s->model->processor == t->processor)
		return true;
	if (s->model) { /* a checkpoint counted as another runtime does */
		*room = *s->model;
	} else {
		const struct model *called = subject_called(r, NULL, t->processor, t->name);

		if (!called)
			return error_memory(err);
		*room = (struct model){.id = t->processor->id,
				       .name = t->processor->name,
				       .is_stand_in = true,
				       .price = called->price};
	}
	room->processor = t->processor;
	s->model = room;
	return true;
}

bool setup_target(struct setup *s, const struct target *t, const struct registry *r,
		  struct model *room, struct vtok_error *err)
{
	struct target sized = *t;

	if (!t->model && !target_vendor(t))
		sized.model = subject_only_size(r, t->processor, t->name);
	if (!sized.model && !target_vendor(t) && name_checkpoints(t, r, err))
		return false;
	return setup_point(s, &sized, r, room, err);
}
