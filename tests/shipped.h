/* The shipped registry for a test program: loaded before its first test, freed after its last. */
#ifndef VTOK_TESTS_SHIPPED_H
#define VTOK_TESTS_SHIPPED_H

#include "core/model.h"
#include "registry/registry.h"

static struct registry reg;

/* Given to cmocka_run_group_tests; 1 where the tables cannot be read. */
static inline int shipped_load(void **state)
{
	struct vtok_error err = {0};

	(void)state;
	return registry_init(&reg, &err) ? 0 : 1;
}

static inline int shipped_free(void **state)
{
	(void)state;
	registry_fini(&reg);
	return 0;
}

/* One square picture of 1024 beside 512 tokens of text, 1,024 kept free, on one device. An id that
 * is none gives NULL. */
static inline struct setup shipped_setup(const char *model, const char *hardware,
					 const char *engine)
{
	return (struct setup){
		.model = registry_model(&reg, model),
		.hardware = registry_hardware(&reg, hardware),
		.engine = registry_engine(&reg, engine),
		.width = 1024,
		.height = 1024,
		.images = 1,
		.text_tokens = 512,
		.reserve_tokens = 1024,
		.tensor_parallel = 1,
		.weights = DTYPE_BF16,
		.kv = DTYPE_BF16,
	};
}

#endif
