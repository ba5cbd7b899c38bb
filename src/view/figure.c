#include "view/figure.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/chart_stack.h"
#include "view/view.h"

void figure_parts(struct state *st)
{
	bool has = stack_has(st->metric);

	st->chart.has_parts = !has || !st->chart.has_parts;
	if (!has)
		st->metric = Q_TTFT;
}

/* FastVLM, arXiv 2412.13303: tables 3, 4 and 10 have its tower by Core ML and its language model by
 * MLX, both in fp16 on an M1 Max, and nothing but the picture in the prompt. */
/* clang-format off */
static const struct {
	enum knob knob;
	const char *value;
} figure[] = {
	{KNOB_LENS,     "formula"     },
	{KNOB_MODEL,    "fastvlm-1.5b"},
	{KNOB_HARDWARE, "m1-max"      },
	{KNOB_ENGINE,   "core-ml-mlx" },
	{KNOB_WEIGHTS,  "fp16"        },
	{KNOB_KV,       "fp16"        },
	{KNOB_TP,       "1"           },
	{KNOB_IMAGES,   "1"           },
	{KNOB_TEXT,     "0"           },
	{KNOB_WIDTH,    "1024x1024"   },
};
/* clang-format on */

enum { FIGURE_LEAST = 256, FIGURE_MOST = 1536 }; /* pixels */

/* Of the vision tower in the whole, at the ends of the axis. */
static void say_share(struct state *st)
{
	static const double widths[] = {FIGURE_LEAST, FIGURE_MOST};
	char text[ERROR_TEXT] = "encoder", share[UNIT_TEXT];
	struct setup at;
	struct estimate e;

	for (size_t i = 0; i < ARRAY_SIZE(widths); i++) {
		sweep_size(&st->req.setup, widths[i], &at);
		estimate_steps(&at, ESTIMATE_PREFILL, &e);
		if (e.prefill.reason)
			return;
		unit_percent(share, e.prefill.vision.seconds / e.prefill.ttft_s);
		str_append(text, sizeof text, i ? ", %s at %.0f px" : " %s of the wait at %.0f px",
			   share, widths[i]);
	}
	turn_say(st, false, str_append(text, sizeof text, "; u and D undo it"));
}

void figure_show(struct state *st)
{
	struct request before = st->req;
	char error[96], text[ERROR_TEXT];

	if (st->chart.least == FIGURE_LEAST && st->chart.most == FIGURE_MOST) {
		st->chart.least = st->chart.most = 0;
		if (st->figure_before.is_set) {
			st->metric = st->figure_before.metric;
			st->log_axis = st->figure_before.log_axis;
			st->chart.has_parts = st->figure_before.has_parts;
			st->figure_before.is_set = false;
		}
		turn_say(st, false, "the chart is as it was");
		return;
	}
	st->req.setup.knobs = (struct knobs){.images = 1};
	for (size_t i = 0; i < ARRAY_SIZE(figure); i++)
		if (!knob_type(&st->req, st->reg, figure[i].knob, figure[i].value, error)) {
			st->req = before;
			turn_say(st, true,
				 str_format(text, sizeof text, "no figure: %s %s: %s",
					    knob_specs[figure[i].knob].label, figure[i].value,
					    error));
			return;
		}
	turn_note(st, &before, KNOB_N);
	st->figure_before.is_set = true;
	st->figure_before.metric = st->metric;
	st->figure_before.log_axis = st->log_axis;
	st->figure_before.has_parts = st->chart.has_parts;
	st->metric = Q_TTFT;
	st->log_axis = false;
	st->chart.has_parts = true;
	st->chart.least = FIGURE_LEAST;
	st->chart.most = FIGURE_MOST;
	st->charted.n = 0;
	view_find("chart", &st->view);
	say_share(st);
}

bool figure_widths(struct state *st, const char *text)
{
	const char *colon = strchr(text, ':');
	char first[16];
	double least, most;

	if (!colon || (size_t)(colon - text) >= sizeof first)
		return false;
	str_format(first, sizeof first, "%.*s", (int)(colon - text), text);
	if (!unit_parse_count(first, &least) || !unit_parse_count(colon + 1, &most) ||
	    !(least >= 1) || !(most > least) || most > SIDE_MAX)
		return false;
	if ((int64_t)most <= (int64_t)least)
		return false;
	st->chart.least = (int64_t)least;
	st->chart.most = (int64_t)most;
	return true;
}
