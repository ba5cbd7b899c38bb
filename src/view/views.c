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

bool view_find_action(enum action a, size_t *out)
{
	for (size_t i = 0; i < views_n; i++)
		if (views[i]->action == a) {
			*out = i;
			return true;
		}
	return false;
}

int view_key(size_t view)
{
	for (size_t i = 0; i < bindings_n; i++)
		if (bindings[i].action == views[view]->action)
			return (int)bindings[i].keys[0] - '0';
	return 0;
}
