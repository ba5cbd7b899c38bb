#include "view/chart_stack.h"

#include <math.h>

#include "base/base.h"

enum { SHADED = STYLE_STEPS * STYLE_STEP }; /* the other end of a part's own colour */

/* clang-format off */
static const struct stack_spec specs[] = {
	{Q_TTFT, .n = 6, .parts = {
		{"fixed",     Q_FIXED,     false, STYLE_PART1,          0x2591, 'f'},
		{"decode",    Q_DECODE,    false, STYLE_PART2,          0x2593, 'd'},
		{"processor", Q_PROCESSOR, false, STYLE_PART2 + SHADED, 0x2591, 'p'},
		{"vision",    Q_VISION,    false, STYLE_PART3,          0x2592, 'V'},
		{"projector", Q_PROJECTOR, false, STYLE_PART4,          0x2593, 'j'},
		{"LLM",       Q_LLM,       false, STYLE_PART5,          0x2588, 'L'},
	}},
	{Q_BUDGET, .is_only = true, .n = 4, .parts = {
		{"weights",   Q_WEIGHTS,    false, STYLE_PART1, 0x2592, 'w'},
		{"set aside", Q_RESERVE,    false, STYLE_PART2, 0x2591, 's'},
		{"a request", Q_KV_REQUEST, false, STYLE_PART3, 0x2588, 'R'},
		{"KV left",   Q_BUDGET,     true,  STYLE_PART5, 0x2591, '.'},
	}},
};
/* clang-format on */

static const struct stack_spec *find(enum quantity_id whole)
{
	for (size_t i = 0; i < ARRAY_SIZE(specs); i++)
		if (specs[i].whole == whole)
			return &specs[i];
	return NULL;
}

bool stack_has(enum quantity_id whole)
{
	return find(whole) != NULL;
}

const struct stack_spec *stack_shown(const struct state *st)
{
	const struct stack_spec *spec = find(st->metric);

	return spec && (st->chart.has_parts || spec->is_only) ? spec : NULL;
}

void stack_at(const struct stack_spec *spec, const struct setup *s, double width,
	      struct stack_point *out)
{
	struct setup at;
	struct estimate e;

	*out = (struct stack_point){.x = width, .has = true};
	sweep_size(s, width, &at);
	estimate_steps(&at, quantities[spec->whole].needs, &e);
	for (int i = 0; i < spec->n; i++) {
		struct value v = quantity_read(spec->parts[i].id, &at, &e);
		double part = spec->parts[i].is_rest ? v.number - out->sum : v.number;

		if (v.reason || v.text) {
			out->has = false;
			return;
		}
		out->part[i] = fmax(part, 0);
		out->sum += out->part[i];
	}
	out->is_beyond = (quantities[spec->whole].needs & ESTIMATE_PREFILL) && e.prefill.is_beyond;
}

/* The memory that the engine takes is the most there is; a time has no such line. */
static double full_at(const struct stack_spec *spec, const struct frame *f)
{
	struct value v = frame_value(f, spec->whole);

	return spec->whole == Q_BUDGET && !v.reason ? v.number : 0;
}

void stack_init(struct stack *sk, const struct stack_spec *spec, const struct frame *f, int columns)
{
	const struct state *st = f->st;
	const struct fit_budget *budget = f->budgeted ? &f->budgeted->of.budget : NULL;
	struct setup s = st->req.setup;
	struct point widths[CHART_POINTS];

	*sk = (struct stack){.spec = spec};
	s.width = st->req.aspect_w;
	s.height = st->req.aspect_h;
	sk->n = columns < 2 ? 2 : columns > CHART_POINTS ? CHART_POINTS : columns;
	sweep_widths((double)chart_least(st), (double)chart_most(st), st->log_axis, widths,
		     (size_t)sk->n);
	for (int i = 0; i < sk->n; i++) {
		struct stack_point *p = &sk->points[i];

		stack_at(spec, &s, widths[i].x, p);
		if (p->has && p->sum > sk->high)
			sk->high = p->sum;
		if (p->has && p->is_beyond && !sk->beyond)
			sk->beyond = (int64_t)p->x;
	}
	sk->limit = full_at(spec, f);
	sk->budget = budget && budget->quantity == spec->whole ? budget->value : 0;
	if (sk->budget > sk->high && sk->budget <= sk->high * 1.5)
		sk->high = sk->budget;
	sk->high = sk->high > 0 ? sk->high * 1.04 : 1;
}
