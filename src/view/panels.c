#include "view/panel.h"

extern const struct panel panel_tokens, panel_context, panel_kv, panel_capacity, panel_prefill,
	panel_chart;

const struct panel *const panels[PANEL_N] = {
	[PANEL_TOKENS] = &panel_tokens,   [PANEL_CONTEXT] = &panel_context,
	[PANEL_KV] = &panel_kv,           [PANEL_CAPACITY] = &panel_capacity,
	[PANEL_PREFILL] = &panel_prefill, [PANEL_CHART] = &panel_chart,
};
