/* Time from prepared pictures to the first token: fixed + vision + projector + language model, and
 * its range.
 *
 * Sections 2.2 and 2.8 of the prefill model. The range holds 4 of 5 measurements, by the rows of
 * tests/data/prefill.csv whose source was left out of the fit (bench/validate-prefill): see the
 * table of ranges. */
#include "core/prefill.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/str.h"

static const double conv_blocks = 44; /* dispatches of a convolutional tower: FastViTHD */
/* Measured over predicted. An engine that nobody measured is more often faster than its defaults
 * than slower; what has no formula of its own is slower without a bound that
 * the rows would show. */
static const struct range {
	double low, high;
} range_fitted = {0.78, 1.25},       /* engine and device */
	range_device = {0.78, 1.40}, /* engine alone */
	range_default = {0.45, 1.50};
static const double caveat_high = 2.5;

static const double unknown_sms = 100; /* section 6.5 of the notes: hardly matters */
static const double small_moe_rows =
	512; /* below it grouped products are uncertain: section 2.10 */
static const double long_unfused =
	1300; /* tokens; above, engines that keep the whole score matrix break down: section 2.10 */
static const double pcie_bytes_per_s = 64e9; /* a link no faster than this is a PCIe box */

static bool allows(const char *list, const char *word)
{
	return list == NULL || *list == '\0' || (word != NULL && str_has_word(list, word));
}

static bool holds(enum profile_when when, bool is)
{
	return when == WHEN_ANY || (when == WHEN_YES) == is;
}

/* The profile of `part` that a job runs under; NULL when the engine has none. */
const struct profile *prefill_profile(const struct prefill_job *job, enum profile_part part)
{
	bool moe = job->model != NULL && job->model->experts > 0;

	for (const struct profile *p = job->engine->profiles; p != NULL; p = p->next)
		if ((p->part == PART_ANY || p->part == part) && holds(p->moe, moe) &&
		    holds(p->images, job->sequences > 0) &&
		    allows(p->generations, job->hardware->generation_id) &&
		    allows(p->hardware, job->hardware->id) &&
		    dtype_listed(p->weights, job->weights))
			return p;
	return NULL;
}

enum reason prefill_precision(const struct hardware *hw, enum dtype weights)
{
	switch (weights) {
	case DTYPE_BF16:
		return hw->bf16 > 0 ? REASON_NONE : REASON_NO_BF16;
	case DTYPE_FP16:
		return hw->fp16 > 0 ? REASON_NONE : REASON_NO_FP16;
	case DTYPE_FP8:
		return hw->fp8 > 0 ? REASON_NONE : REASON_NO_FP8;
	case DTYPE_INT8:
		return hw->int8 > 0 ? REASON_NONE : REASON_NO_INT8;
	case DTYPE_FP4:
		return hw->fp4 > 0 ? REASON_NONE : REASON_NO_FP4;
	default: /* the others are unpacked to 16 bit, or fall back to it */
		break;
	}
	return hw->fp16 > 0 || hw->bf16 > 0 ? REASON_NONE : REASON_NO_RATE;
}

enum reason prefill_rate(const struct prefill_job *job)
{
	const struct profile *p = prefill_profile(job, PART_LLM);
	bool is_packed = dtype_bytes(job->weights) < 2;
	bool is_named = p && p->path != PATH_BY_PRECISION && p->weights && *p->weights &&
			dtype_listed(p->weights, job->weights);

	if (is_packed && is_named)
		return REASON_NONE;
	return prefill_precision(job->hardware, job->weights);
}

/* 16 bit in, fp32 accumulate. */
static double f16_peak(const struct hardware *hw, enum dtype weights)
{
	if (weights == DTYPE_BF16 || !(hw->fp16 > 0))
		return hw->bf16;
	return hw->fp16;
}

static enum engine_path path_of(const struct profile *p, const struct hardware *hw,
				enum dtype weights)
{
	const struct generation *g = hw->generation;

	if (p->path != PATH_BY_PRECISION)
		return p->path;
	if (weights == DTYPE_FP4 && hw->fp4 > 0 && g->e_fp4 > 0)
		return PATH_FP4;
	if ((weights == DTYPE_FP8 || weights == DTYPE_FP4) && hw->fp8 > 0 && g->e_fp8 > 0)
		return PATH_FP8;
	if (weights == DTYPE_INT8 && hw->int8 > 0)
		return PATH_INT8;
	return PATH_F16;
}

/* Peak and, as the generation has it, the share a large product reaches. */
static double path_peak(enum engine_path path, const struct profile *p, const struct hardware *hw,
			enum dtype weights, double *share)
{
	const struct generation *g = hw->generation;

	*share = g->e_f16;
	switch (path) {
	case PATH_F16_ACC16:
		return hw->fp16_acc16 > 0 ? hw->fp16_acc16 : f16_peak(hw, weights);
	case PATH_INT8:
		return hw->int8;
	case PATH_FP8:
		*share = g->e_fp8;
		return hw->fp8;
	case PATH_FP4:
		*share = g->e_fp4;
		return hw->fp4;
	case PATH_FIXED:
		return p->peak;
	case PATH_F16:
	case PATH_BY_PRECISION:
	case PATH_N:
		break;
	}
	return f16_peak(hw, weights);
}

enum reason prefill_chip(const struct prefill_job *job, const struct profile *p, struct chip *out)
{
	const struct hardware *hw = job->hardware;
	const struct generation *g = hw->generation;
	double share, peak;

	if (g == NULL)
		return REASON_NO_GENERATION;
	enum engine_path path = path_of(p, hw, job->weights);

	peak = path_peak(path, p, hw, job->weights, &share);
	share = p->e > 0 ? p->e : share * p->e_factor;
	*out = (struct chip){
		.gemm_flops = peak * share,
		.score_flops = f16_peak(hw, job->weights),
		.conv_flops = (path == PATH_FIXED ? peak : f16_peak(hw, job->weights)) * p->conv_e,
		.bytes_per_s = hw->bw_bytes_per_s * g->e_bw,
		.t0_s = g->t0_s,
		.p = g->p,
		.a64 = g->a64,
		.a128 = g->a128,
		.a_unaligned = g->a_unaligned,
		.w0 = g->w0,
		.ta_s = g->ta_s,
		.t_half_causal = g->t_half_causal,
		.t_half_bidir = g->t_half_bidir,
		.sms = hw->sms > 0 ? hw->sms : unknown_sms,
		.weight_bytes = dtype_bytes(job->weights),
		.traffic = p->traffic,
		.score_bytes = p->score_bytes,
		.unfused = p->unfused,
		.dispatch_s = p->dispatch_s,
		.dispatch_product_s = p->dispatch_product_s,
		.dispatch_attention_s = p->dispatch_attention_s,
		.dispatch_lengths_s = p->dispatch_lengths_s,
		.no_launch = p->no_launch,
		.link_bytes_per_s = hw->link_bytes_per_s,
		.ranks = job->ranks,
		.chunk = job->chunk > 0 && p->chunk > 0 ? job->chunk : p->chunk,
	};
	if (!(out->gemm_flops > 0) || !(out->score_flops > 0) || !(out->bytes_per_s > 0))
		return REASON_NO_RATE;
	if (job->ranks > 1 && !(hw->link_bytes_per_s > 0))
		return REASON_NO_LINK;
	return REASON_NONE;
}

/* The same by a constant per layer, for engines whose layers are not known kernel by kernel. */
static void wait_for_layers(struct cost *c, const struct profile *p, double layers)
{
	c->dispatch_s += p->cpu_s_per_layer * layers;
	cost_wait(c);
}

static enum reason run_vision(const struct prefill_job *job, const struct profile *p,
			      struct prefill_result *out)
{
	const struct tower *t = job->tower;
	struct chip chip;
	enum reason why = prefill_chip(job, p, &chip);

	if (why != REASON_NONE)
		return why;
	if (t->is_conv && !(t->flops_per_mpx > 0))
		return REASON_NO_TOWER_WORK;
	chip.chunk = 0;
	/* a quantised language model keeps its tower in 16 bit */
	if (chip.weight_bytes < 2 && !job->vision_only)
		chip.weight_bytes = 2;
	prefill_vision(&chip, job, &out->vision);
	prefill_projector(&chip, job, &out->projector);
	wait_for_layers(&out->vision, p,
			t->is_conv ? conv_blocks : t->stage1_layers + t->layers_run);
	cost_wait(&out->projector);
	return REASON_NONE;
}

static const char few_rows[] = "few rows per expert: uncertain";
static const char beyond_tower[] =
	"larger than its convolutional tower was measured at: extrapolated";

/* Side of the square that a tower of fixed positions was made for; 0 = none. */
static double own_side(const struct tower *t)
{
	return floor(sqrt(t->positions)) * t->patch;
}

static const char *find_caveat(const struct prefill_job *job, const struct profile *llm,
			       const struct profile *vision)
{
	const struct model *m = job->model;

	if (vision != NULL && job->tower->is_conv && !vision->no_launch)
		return "a convolutional tower on a GPU: no measurement was found";
	if (vision != NULL && job->tower->is_conv && own_side(job->tower) > 0 &&
	    1e6 * job->tile_mpx > own_side(job->tower) * own_side(job->tower))
		return beyond_tower;
	if (m == NULL || !(job->tokens > 0))
		return NULL;
	if (m->kv_kind == KV_MLA)
		return "latent attention is charged in its expanded form";
	if (m->linear_layers > 0 || m->conv_layers > 0)
		return "recurrent layers are charged for their products alone: a lower estimate";
	if (m->cross_layers > 0)
		return "cross-attention has no measured constants";
	if (llm != NULL && llm->unfused && llm->chunk == 0 && job->tokens > long_unfused)
		return "a long prompt on an engine that keeps all attention scores: uncertain";
	if (job->ranks > 1 && job->hardware->link_bytes_per_s <= pcie_bytes_per_s)
		return "tensor parallel over PCIe: uncertain";
	if (m->experts > 0 && job->batch * job->tokens < small_moe_rows)
		return few_rows;
	return NULL;
}

/* A profile that names the generation or the device was fitted on it. */
static bool fitted_here(const struct prefill_job *job, const struct profile *p)
{
	return p == NULL || job->hardware->generation->fitted ||
	       (p->generations != NULL && *p->generations != '\0') ||
	       (p->hardware != NULL && *p->hardware != '\0');
}

static double total_s(const struct prefill_result *r)
{
	return cost_seconds(&r->fixed) + cost_seconds(&r->vision) + cost_seconds(&r->projector) +
	       cost_seconds(&r->llm);
}

/* The language model of a job over `tokens` of a sequence. */
static enum reason run_llm(const struct prefill_job *job, const struct profile *p, double tokens,
			   struct cost *out)
{
	struct prefill_job part = *job;
	struct chip chip;
	enum reason why = prefill_chip(job, p, &chip);

	if (why != REASON_NONE)
		return why;
	part.tokens = tokens;
	prefill_llm(&chip, &part, out);
	wait_for_layers(out, p, job->model->layers);
	return REASON_NONE;
}

/* Few rows per expert are uncertain, and more rows are never less time: the time that the few would
 * take stays in the upper end of the many. */
static double expert_doubt_s(const struct prefill_job *job, const struct profile *llm,
			     const struct prefill_result *r)
{
	struct cost few = {0};

	if (llm == NULL || !(job->model->experts > 0))
		return 0;
	if (job->batch * job->tokens < small_moe_rows)
		return cost_seconds(&r->llm);
	if (run_llm(job, llm, small_moe_rows / job->batch, &few) != REASON_NONE)
		return 0;
	return cost_seconds(&few);
}

static void set_range(const struct prefill_job *job, const struct profile *llm,
		      const struct profile *vision, struct prefill_result *out)
{
	bool known = (llm == NULL || llm->calibrated) && (vision == NULL || vision->calibrated);
	bool device = fitted_here(job, llm) && fitted_here(job, vision);
	const struct range *r = !known ? &range_default : device ? &range_fitted : &range_device;
	double sum = total_s(out), doubt = expert_doubt_s(job, llm, out);

	out->caveat = find_caveat(job, llm, vision);
	out->is_beyond = out->caveat == beyond_tower;
	out->calibrated = known && device && out->caveat == NULL;
	out->low = r->low;
	out->high = r->high;
	if (out->caveat != NULL && out->caveat != few_rows)
		out->high = caveat_high;
	else if (doubt > 0 && sum > 0)
		out->high += (caveat_high - r->high) * doubt / sum;
}

/* Prepared pictures go to the device as 32-bit values. */
static double copy_s(const struct prefill_job *job, const struct profile *p)
{
	const struct tower *t = job->tower;
	double values = 0;

	if (t == NULL || !(p->copy_bytes_per_s > 0))
		return 0;
	if (t->is_conv)
		values = 3e6 * job->tile_mpx;
	else
		values = 3.0 * t->frames * t->patch * t->patch * job->patches;
	return 4 * job->sequences * values / p->copy_bytes_per_s;
}

void prefill(const struct prefill_job *job, struct prefill_result *out)
{
	const struct profile *llm = NULL, *vision = NULL;

	*out = (struct prefill_result){.reason = REASON_NONE};
	if (job->tower != NULL && job->sequences > 0) {
		vision = prefill_profile(job, PART_VISION);
		out->reason = vision == NULL ? REASON_NO_PROFILE : run_vision(job, vision, out);
	}
	if (out->reason == REASON_NONE && job->model != NULL && job->tokens > 0) {
		llm = prefill_profile(job, PART_LLM);
		out->reason =
			llm == NULL ? REASON_NO_PROFILE : run_llm(job, llm, job->tokens, &out->llm);
	}
	if (out->reason != REASON_NONE)
		return;
	const struct profile *whole = llm != NULL && !job->vision_only ? llm : vision;

	if (whole != NULL)
		out->fixed.s[BOUND_FIXED] = whole->fixed_s + copy_s(job, whole);
	set_range(job, llm, vision, out);
}
