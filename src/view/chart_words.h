/* What is said around a chart. */
#ifndef VTOK_VIEW_CHART_WORDS_H
#define VTOK_VIEW_CHART_WORDS_H

#include "state/state.h"

/* "Visual tokens per image, by width at 16:9". Returns out. */
char *chart_title(const struct state *st, char out[64]);

/* A value of the metric as the legend has it, with its unit: "1,024 tok", "110 ms". Returns out. */
char *chart_value(enum quantity_id metric, double v, char out[UNIT_TEXT]);

/* What the metric depends on beside model and picture: "h100-sxm, vllm, weights bf16, cache bf16";
 * "" where it is nothing. Returns out. */
enum { CHART_SETTING = 160 };
char *chart_setting(const struct state *st, char out[CHART_SETTING]);

#endif
