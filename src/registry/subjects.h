/* What is asked about: checkpoints, processors by themselves, hosted models. One list and one order
 * of all of them, which the comparison, the pick list, the model knob and --all walk; and the one
 * way from a typed id to what it means. */
#ifndef VTOK_REGISTRY_SUBJECTS_H
#define VTOK_REGISTRY_SUBJECTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/orientation.h"
#include "registry/registry.h"

struct subject {
	const struct model *model;         /* NULL: a processor or a hosted model by itself */
	const struct processor *processor; /* never NULL */
	char id[96];                       /* as -m takes it: a hosted rule without its date */
};

/* In this order checkpoints that take images, the processors without one (no variants of other
 * runtimes), and of each hosted model the rule of the registry's day. False: the i-th is none of
 * these, and *out is empty. Not every number up to subject_n() is one. */
bool subject_at(const struct registry *r, size_t i, struct subject *out);
size_t subject_n(const struct registry *r);

/* True when m stands for the subject, or for it as another runtime counts it. */
bool subject_is(const struct subject *s, const struct model *m);
/* The place of what m stands for in that list; -1 = none, as for a checkpoint that is counted
 * as another runtime does. */
int subject_find(const struct registry *r, const struct model *m);

/* The model that stands for a subject in a request; NULL: memory is short. Lives as long as r. */
const struct model *subject_model(const struct registry *r, const struct subject *s);

/* What `-m` names: a checkpoint, a processor by itself, or a hosted model (its rule of
 * r->rules_date). For an id that is both, the checkpoint wins and its processor is given;
 * "x@runtime" takes the processor's variant with either. False, with both NULL: err offers the
 * nearest names, or says that a language model alone takes no images. */
bool subject_resolve(const struct registry *r, const char *id, const struct model **model,
		     const struct processor **processor, struct vtok_error *err);

/* The same with the hosted rule of another day (yyyymmdd; 0 = the newest). */
bool subject_resolve_on(const struct registry *r, const char *id, int32_t date,
			const struct model **model, const struct processor **processor,
			struct vtok_error *err);

/* A model that counts by p: m itself where p is its own processor; else one made on the first call,
 * m with another processor ("qwen2.5-vl-7b@ollama"), or without m (NULL) a stand-in of which
 * nothing but the counting rule is known. The same arguments give the same pointer; it lives as
 * long as r. NULL when memory is short or p is NULL. Not for several threads on one registry. */
const struct model *subject_stand_in(const struct registry *r, const struct model *m,
				     const struct processor *p);

/* The same for a hosted model under the name `id` that it was asked for by, where that is one of
 * its aliases: a price is that of the name. */
const struct model *subject_called(const struct registry *r, const struct model *m,
				   const struct processor *p, const char *id);

/* The checkpoint, or the processor by itself, of which m is a variant, as that engine counts it
 * (registry/variant.h); m where nothing differs. Lives as long as r. NULL: no memory, or no m. */
const struct model *subject_by_engine(const struct registry *r, const struct model *m,
				      const struct engine *e);

/* subject_resolve and subject_called in one. NULL: err says why. */
const struct model *subject_named(const struct registry *r, const char *id, struct vtok_error *err);

/* What the quantisation in a name says of the weights, "qwen3-vl-8b-q4_k_m" or
 * "Qwen/Qwen3-VL-8B-Instruct-FP8"; DTYPE_STORED where it says nothing, as an id of the registry
 * does. */
enum dtype subject_weights(const struct registry *r, const char *id);

/* Who turns picture files by their EXIF orientation when p counts: the engine that was named, of
 * that version (0 = the newest); NULL: p's own runtime, or the usual engine. */
struct turning subject_turning(const struct registry *r, const struct processor *p,
			       const struct engine *named, int32_t version,
			       enum orientation_ask ask);

/* The one checkpoint of a processor, or of what it is a variant of, whose name is the typed one and
 * a size behind it, "kimi-vl" and "-a3b". NULL: none, or several. Walks all names once for each of
 * its checkpoints. */
const struct model *subject_only_size(const struct registry *r, const struct processor *p,
				      const char *typed);

/* The section that says why the model of this name is not counted; NULL: there is none. */
const struct uncounted *subject_uncounted(const struct registry *r, const char *id);

/* The language model alone that a name means; NULL: it means none such. */
const struct model *subject_language(const struct registry *r, const char *id);

#endif
