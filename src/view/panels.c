#include "view/panel.h"

#include <assert.h>

#include "base/base.h"

/* Each ends its panel_<name>.c; in the order of the bands, from the top. */
/* clang-format off */
#define PANELS(each) \
	each(tokens) \
	each(budget) \
	each(context) \
	each(kv) \
	each(capacity) \
	each(cost) \
	each(prefill) \
	each(chart)
#define DECLARE(name) extern const struct panel panel_##name;
#define PLACE(name) &panel_##name,

PANELS(DECLARE)
const struct panel *const panels[] = {PANELS(PLACE)};
/* clang-format on */
const size_t panels_n = ARRAY_SIZE(panels);
static_assert(ARRAY_SIZE(panels) <= PANELS_MOST, "a layout has room for all");
