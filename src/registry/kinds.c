#include "registry/kinds.h"

#include <string.h>

#include "base/base.h"
#include "registry/schema.h"

#define LISTS(member) offsetof(struct registry, member), offsetof(struct registry, member##_n)

const struct kind registry_kinds[KIND_N] = {
	[KIND_PROCESSOR] = {&schema_processor, LISTS(processors)},
	[KIND_TOWER] = {&schema_tower, LISTS(towers)},
	[KIND_GENERATION] = {&schema_generation, LISTS(generations)},
	[KIND_HARDWARE] = {&schema_hardware, LISTS(hardware)},
	[KIND_ENGINE] = {&schema_engine, LISTS(engines)},
	[KIND_PROFILE] = {&schema_profile, LISTS(profiles)},
	[KIND_PACE] = {&schema_pace, LISTS(paces)},
	[KIND_DECODER] = {&schema_decoder, LISTS(decoders)},
	[KIND_PREPROCESS] = {&schema_preprocess, LISTS(preprocesses)},
	[KIND_MODEL] = {&schema_model, LISTS(models)},
	[KIND_HOSTED] = {&schema_hosted, LISTS(hosted)},
	[KIND_PRICE] = {&schema_price, LISTS(prices)},
	[KIND_RENT] = {&schema_rent, LISTS(rents)},
	[KIND_CAP] = {&schema_cap, LISTS(caps)},
	[KIND_SETTING] = {&schema_setting, LISTS(settings)},
	[KIND_LIMIT] = {&schema_limit, LISTS(limits)},
	[KIND_TERM] = {&schema_term, LISTS(terms)},
	[KIND_UNCOUNTED] = {&schema_uncounted, LISTS(uncounted)},
};

#define LINK(kind, type, key, name, pointer, target)                                               \
	{                                                                                          \
		kind, key, offsetof(struct type, name), offsetof(struct type, pointer), #pointer,  \
			target                                                                     \
	}

const struct link registry_links[] = {
	LINK(KIND_PROCESSOR, processor, "strategy", strategy_name, strategy, KIND_N),
	LINK(KIND_HOSTED, processor, "strategy", strategy_name, strategy, KIND_N),
	LINK(KIND_PROCESSOR, processor, "preprocess", preprocess_id, preprocess, KIND_PREPROCESS),
	LINK(KIND_SETTING, cap_place, "engine", engine_id, engine, KIND_ENGINE),
	LINK(KIND_LIMIT, limit, "setting", scope.setting_id, scope.setting, KIND_SETTING),
	LINK(KIND_TERM, limit_term, "setting", scope.setting_id, scope.setting, KIND_SETTING),
	LINK(KIND_ENGINE, engine, "decoder", decoder_id, decoder, KIND_DECODER),
	LINK(KIND_ENGINE, engine, "preprocess", preprocess_id, preprocess, KIND_PREPROCESS),
	LINK(KIND_HARDWARE, hardware, "generation", generation_id, generation, KIND_GENERATION),
	LINK(KIND_MODEL, model, "processor", processor_id, processor, KIND_PROCESSOR),
	LINK(KIND_MODEL, model, "tower", tower_id, tower, KIND_TOWER),
	LINK(KIND_PROFILE, profile, NULL, engine_id, next, KIND_PROFILE),
	LINK(KIND_ENGINE, engine, NULL, id, profiles, KIND_PROFILE),
	LINK(KIND_PACE, pace, NULL, engine_id, next, KIND_PACE),
	LINK(KIND_ENGINE, engine, NULL, id, paces, KIND_PACE),
	LINK(KIND_RENT, rent, NULL, hardware_id, next, KIND_RENT),
	LINK(KIND_HARDWARE, hardware, NULL, id, rents, KIND_RENT),
};
const size_t registry_links_n = ARRAY_SIZE(registry_links);

const struct entry_chain registry_chains[] = {
	{KIND_PROFILE, KIND_ENGINE, "engine", offsetof(struct profile, engine_id),
	 offsetof(struct profile, next), offsetof(struct engine, profiles), "profiles-of",
	 offsetof(struct engine, profiles_of)},
	{KIND_PACE, KIND_ENGINE, "engine", offsetof(struct pace, engine_id),
	 offsetof(struct pace, next), offsetof(struct engine, paces), "profiles-of",
	 offsetof(struct engine, profiles_of)},
	{KIND_RENT, KIND_HARDWARE, "hardware", offsetof(struct rent, hardware_id),
	 offsetof(struct rent, next), offsetof(struct hardware, rents), NULL, 0},
};
const size_t registry_chains_n = ARRAY_SIZE(registry_chains);

/* Pointers are copied byte by byte: one list type serves all kinds without telling the compiler
 * untruths. */
const void *const *registry_list(const struct registry *r, enum registry_kind kind, size_t *n)
{
	const void *const *list;

	memcpy(&list, (const char *)r + registry_kinds[kind].list_offset, sizeof(list));
	memcpy(n, (const char *)r + registry_kinds[kind].n_offset, sizeof(*n));
	return list;
}

void registry_set_list(struct registry *r, enum registry_kind kind, const void **list, size_t n)
{
	memcpy((char *)r + registry_kinds[kind].list_offset, &list, sizeof(list));
	memcpy((char *)r + registry_kinds[kind].n_offset, &n, sizeof(n));
}

const char *entry_id(enum registry_kind kind, const void *entry)
{
	return *(const char *const *)((const char *)entry + registry_kinds[kind].schema->id_offset);
}

static const char *entry_text(enum registry_kind kind, const char *key, const void *entry)
{
	const struct field *f = schema_field(registry_kinds[kind].schema, key);

	return f ? *(const char *const *)((const char *)entry + f->offset) : NULL;
}

const char *entry_name(enum registry_kind kind, const void *entry)
{
	return entry_text(kind, "name", entry);
}

const char *entry_aliases(enum registry_kind kind, const void *entry)
{
	return entry_text(kind, "aliases", entry);
}
