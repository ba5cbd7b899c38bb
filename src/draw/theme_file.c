#include "draw/theme_file.h"

#include <string.h>

#include "base/str.h"
#include "registry/ini_read.h"

struct reading {
	struct theme theme;
	bool has_section;
};

static bool on_section(void *user, const char *name, int line, struct vtok_error *err)
{
	struct reading *r = user;

	(void)line;
	if (r->has_section)
		return error_set(err, VTOK_E_CONFIG, "expected one section [theme NAME] in a file");
	if (!str_starts(name, "theme ") || !name[6])
		return error_set(err, VTOK_E_CONFIG, "expected a section [theme NAME], found [%s]",
				 name);
	if (strlen(name + 6) >= sizeof r->theme.name)
		return error_set(err, VTOK_E_CONFIG, "a name of at most %zu bytes expected",
				 sizeof r->theme.name - 1);
	str_format(r->theme.name, sizeof r->theme.name, "%s", name + 6);
	str_clean(r->theme.name);
	r->has_section = true;
	return true;
}

static bool on_pair(void *user, const char *key, const char *value, int line,
		    struct vtok_error *err)
{
	struct reading *r = user;

	(void)line;
	if (!r->has_section)
		return error_set(err, VTOK_E_CONFIG, "expected a section [theme NAME] first");
	if (theme_set(&r->theme, key, value, err))
		return true;
	return error_prefix(err, "%s", key);
}

bool theme_read(struct theme *out, const char *name, const char *text, size_t len,
		struct vtok_error *err)
{
	struct reading r = {.theme = *out};
	const struct ini_sink sink = {on_section, on_pair, &r};

	if (!ini_read(name, text, len, &sink, err))
		return false;
	if (!r.has_section)
		return error_path(err, VTOK_E_CONFIG, name, "expected a section [theme NAME]");
	*out = r.theme;
	return true;
}
