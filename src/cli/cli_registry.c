#include "cli/cli.h"

#include "core/hosted.h"
#include "registry/registry.h"
#include "registry/registry_load.h"

bool cli_registry(const struct options *o, struct registry *r, struct vtok_error *err)
{
	int32_t date = 0;

	if (o->rules && !hosted_parse_date(o->rules, &date))
		return error_set(err, VTOK_E_USAGE,
				 "--rules: expected a date like 2025-04 or 2025-04-14, got \"%s\"",
				 o->rules);
	if (!registry_init(r, err))
		return false;
	r->rules_date = date;
	bool fine = o->no_config || registry_load_user(r, err);
	for (size_t i = 0; fine && i < o->registries.n; i++)
		fine = registry_load_file(r, o->registries.items[i], err);
	if (!fine)
		registry_fini(r);
	return fine;
}
