#include "cli/cli.h"

#include "registry/registry.h"
#include "registry/registry_load.h"

bool cli_registry(const struct options *o, struct registry *r, struct vtok_error *err)
{
	if (!registry_init(r, err))
		return false;
	bool fine = o->no_config || registry_load_user(r, err);
	for (size_t i = 0; fine && i < o->registries.n; i++)
		fine = registry_load_file(r, o->registries.items[i], err);
	if (!fine)
		registry_fini(r);
	return fine;
}
