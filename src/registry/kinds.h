/* The kinds of section, and which keys name other sections. Reading, merging, the generated tables
 * and the lists that commands print all walk these two tables. A new kind is a name in enum
 * registry_kind and two members of struct registry here, a row in kinds.c, and its case in derive.c
 * and registry_check.c, which say so where it has none. */
#ifndef VTOK_REGISTRY_KINDS_H
#define VTOK_REGISTRY_KINDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/limit_case.h"
#include "core/model.h"
#include "core/setting.h"

struct schema; /* registry/schema.h */

/* One for each kind of section: registry_kinds says the rest. */
enum registry_kind {
	KIND_PROCESSOR,
	KIND_TOWER,
	KIND_GENERATION,
	KIND_HARDWARE,
	KIND_ENGINE,
	KIND_PROFILE,
	KIND_PACE,
	KIND_DECODER,
	KIND_PREPROCESS,
	KIND_MODEL,
	KIND_HOSTED,
	KIND_PRICE,
	KIND_RENT,
	KIND_CAP,
	KIND_SETTING,
	KIND_LIMIT,
	KIND_TERM,
	KIND_UNCOUNTED,
	KIND_N
};

/* A model that people name and that cannot be counted: its rule is not published, or it takes no
 * images. */
struct uncounted {
	const char *id, *aliases, *name, *vendor, *source;
	const char *reason; /* "its rule for images is not published" */
	int32_t seen_on;    /* yyyymmdd; 0 = not said */
};

/* Models made on demand by subjects.c, with an arena of their own: they come while the rest of the
 * registry is only read. */
struct stand_ins {
	struct arena arena;
	struct stand_in *first;
	struct priced *priced; /* registry/priced.c; NULL = not found yet */
	size_t priced_n;
	int32_t priced_day, priced_rules; /* for which it was; and for which list of prices */
	const void *priced_of;
};

struct registry {
	const struct processor **processors; /* in file order, shipped ones first */
	const struct tower **towers;
	const struct model **models;
	const struct generation **generations;
	const struct hardware **hardware;
	const struct engine **engines;
	const struct profile **profiles; /* linked from their engines, in this order */
	const struct pace **paces;       /* likewise */
	const struct decoder **decoders;
	const struct preprocess **preprocesses; /* the last that claims a strategy has it */
	const struct processor **hosted;   /* dated rules of closed models, several for one id */
	const struct cap **caps;           /* keys that make pictures smaller */
	const struct cap_place **settings; /* where they belong, in the order they are told */
	const struct price **prices;       /* dated too */
	const struct rent **rents;         /* dated too; linked from their devices */
	const struct limit **limits;       /* what servers refuse, in the order they are told */
	const struct limit_term **terms;   /* what they reckon with; of one name the first holds */
	const struct uncounted **uncounted;
	size_t processors_n, towers_n, models_n, generations_n, hardware_n, engines_n, profiles_n,
		paces_n, decoders_n, preprocesses_n, hosted_n, prices_n, rents_n, caps_n,
		settings_n, limits_n, terms_n, uncounted_n;
	int32_t rules_date; /* --rules: ids of hosted models mean the rule of that day, as yyyymmdd;
			       0 = the newest */
	int32_t today;      /* prices are those of rules_date, or without it of this day; yyyymmdd;
			       0 = not known: the newest */
	uint64_t serial;    /* no other registry of this process ever had it */
	struct stand_ins *stand_ins; /* not part of what is known: grows behind a const registry */
	struct arena arena;
};

struct kind {
	const struct schema *schema;
	size_t list_offset, n_offset; /* in struct registry */
};
extern const struct kind registry_kinds[KIND_N];

/* A key that names another entry, and the pointer that follows it. Without a key: a pointer of a
 * chain, set by the merge. */
struct link {
	enum registry_kind kind; /* whose pointer */
	const char *key;
	size_t name_offset;        /* const char *, NULL = points nowhere */
	size_t pointer_offset;     /* pointer to a const struct */
	const char *member;        /* C name of the pointer, for the generated tables */
	enum registry_kind target; /* KIND_N: a strategy of core */
};
extern const struct link registry_links[];
extern const size_t registry_links_n;

/* Entries that belong to one of another kind, which points to the first of them, as each points to
 * the next: those of a later file stand before those of an earlier one. */
struct entry_chain {
	enum registry_kind kind, owner;
	const char *key;                 /* that names the owner */
	size_t owner_offset;             /* const char *, in the entry */
	size_t next_offset, head_offset; /* the pointers: in the entry, in the owner */
	const char *shared_key;          /* an owner without entries has those of another of its
					    kind, which this key names; NULL = it does not */
	size_t shared_offset;            /* const char *, in the owner */
};
extern const struct entry_chain registry_chains[];
extern const size_t registry_chains_n;

/* The shipped entries: an array of structs per kind. Defined by generated/registry_tables.c. */
struct shipped {
	const void *entries;
	size_t n;
};
extern const struct shipped registry_shipped[KIND_N];

/* Entries of one kind: pointers to const structs. Lives as long as r, or until the next load. */
const void *const *registry_list(const struct registry *r, enum registry_kind kind, size_t *n);
void registry_set_list(struct registry *r, enum registry_kind kind, const void **list, size_t n);

/* Borrowed from the entry, which is of that kind. */
const char *entry_id(enum registry_kind kind, const void *entry);
/* For people; NULL when the kind or the entry has none. */
const char *entry_name(enum registry_kind kind, const void *entry);
/* Blanks between them; NULL when the kind or the entry has none. */
const char *entry_aliases(enum registry_kind kind, const void *entry);

#endif
