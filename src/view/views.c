#include "view/view.h"

#include "base/str.h"

extern const struct view view_dashboard, view_chart, view_compare, view_image, view_explain;

const struct view *const views[] = {
	&view_dashboard, &view_chart, &view_compare, &view_image, &view_explain,
};
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
