#include "view/view.h"

#include "base/str.h"

/* Each ends its view_<name>.c; in the order of their tabs. */
/* clang-format off */
#define VIEWS(each) \
	each(dashboard) \
	each(chart) \
	each(compare) \
	each(image) \
	each(fit) \
	each(explain)
#define DECLARE(name) extern const struct view view_##name;
#define PLACE(name) &view_##name,

VIEWS(DECLARE)
const struct view *const views[] = {VIEWS(PLACE)};
/* clang-format on */
const size_t views_n = ARRAY_SIZE(views);

bool view_find(const char *name, size_t *out)
{
	for (size_t i = 0; i < views_n; i++)
		if (str_casecmp(views[i]->name, name) == 0) {
			*out = i;
			return true;
		}
	return false;
}

bool view_find_key(uint32_t key, size_t *out)
{
	for (size_t i = 0; i < views_n; i++)
		if ((uint32_t)views[i]->key == key) {
			*out = i;
			return true;
		}
	return false;
}

const char *view_name(size_t i)
{
	return i < views_n ? views[i]->name : NULL;
}
