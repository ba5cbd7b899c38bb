#include "view/panel.h"

#include <assert.h>

#include "base/base.h"

extern const struct panel panel_tokens, panel_context, panel_kv, panel_capacity, panel_prefill,
	panel_chart;

const struct panel *const panels[] = {
	&panel_tokens, &panel_context, &panel_kv, &panel_capacity, &panel_prefill, &panel_chart,
};
const size_t panels_n = ARRAY_SIZE(panels);
static_assert(ARRAY_SIZE(panels) <= PANELS_MOST, "a layout has room for all");
