#include "view/keys.h"

#include "view/view.h"

/* Where the rows of the views stand. */
static size_t views_at(void)
{
	size_t i = 0;

	while (i < bindings_n && bindings[i].action != ACTION_VIEW)
		i++;
	return i;
}

size_t keys_n(void)
{
	return bindings_n - 1 + views_n;
}

struct binding keys_row(size_t i)
{
	size_t from = views_at();

	if (i < from)
		return bindings[i];
	if (i >= from + views_n)
		return bindings[i - views_n + 1];
	return (struct binding){
		.action = ACTION_VIEW,
		.keys = {(uint32_t)views[i - from]->key},
		.help = views[i - from]->help,
	};
}
