/* The models that requests of a batch name, each looked up once: what a command makes of one is
 * kept, the oldest is dropped where there are many. */
#ifndef VTOK_CLI_CHAT_MODELS_H
#define VTOK_CLI_CHAT_MODELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/options.h"

/* What a command keeps of a model: so many bytes, zeros at first. */
struct chat_model_kind {
	size_t size;
	/* own: the options with that model as the only -m; they live as long as the entry. False:
	 * err says why; fini is called all the same. */
	bool (*make)(void *entry, const struct options *own, void *arg, struct vtok_error *err);
	void (*fini)(void *entry);
};

struct chat_models {
	const struct options *options;
	const struct chat_model_kind *kind;
	void *arg; /* for make */
	struct chat_model *list;
	size_t n, oldest;
};

/* False: a --map is no NAME=ID, or memory is short. Free with chat_models_fini in both cases. */
bool chat_models_init(struct chat_models *m, const struct options *o,
		      const struct chat_model_kind *kind, void *arg, struct vtok_error *err);
void chat_models_fini(struct chat_models *m);

/* The entry for a name as a body has it ("" = it has none): that model (--map NAME=ID first) where
 * it is known, else that of -m. Good until another is found. NULL: neither is there, err says why.
 */
void *chat_models_find(struct chat_models *m, const char *name, struct vtok_error *err);

#endif
