/* One step of decoding. Section 1 of the decode model.
 *
 *     experts touched  E (1 - (1 - k/E)^(B^0.77)); k of one sequence. Tokens of one batch choose
 *                      alike: with independent choices the exponent would be B, and the time 1.5
 *                      to 2 times what was measured (gpt-oss-120b on GB10, 8 to 32 sequences)
 *     weights          (D wb + V d hb)/(n BW e) + Lm A X wb/(n BW e 0.95)
 *     compute          2 B (D + Lm k X + V d)/(n rate q)
 *     cache            B bytes(c)/(n BW e_kv)
 *     sampler          12 B V / BW
 *     launches         L k_l launch + f
 *     all-reduce       2 L (lat + 4 B d (n - 1)/n / (0.6 link))
 *     the same, data parallel attention with experts: 2 L (lat + 2 B/n d k (n - 1)/n / (0.6 link))
 *
 * D counts a gated attention output (Qwen3.5) as an ungated one and no norms, as in the printed
 * formula that the constants were fitted with. Layers that share the cache of another one read it
 * all the same; they have no key and value products (Gemma 3n, 4). */
#include "core/decode.h"

#include <math.h>
#include <stddef.h>

#include "base/str.h"
#include "core/kv.h"
#include "core/prefill.h"
#include "core/weights.h"

static const double expert_spread = 0.77;
static const double expert_share = 0.95;                  /* of e */
static const double dense_share = 0.85, moe_share = 0.40; /* q */
static const double sampler_bytes = 12;                   /* per word of the vocabulary */
static const double link_fast = 100e9;                    /* bytes/s: NVLink and its like */
static const double fast_s = 12e-6, slow_s = 30e-6;       /* lat; the second was not tested */
static const double reduce_share = 0.6;                   /* of the link rate */
/* Bands: what the rows of section 3 say of a known engine, of one request and of several; the last
 * is for those that no row is of. */
static const struct decode_range range_one = {0.80, 1.30}, range_loaded = {0.80, 1.50},
				 range_wide = {0.60, 2.00};

/* ------------------------------------------------------------ what is read */

static double ffn(const struct model *m, double width)
{
	return (m->gated ? 3 : 2) * (double)m->hidden * width;
}

/* Query and output matrices, and with them those of keys and values. */
static double attention(const struct model *m, double kv_heads, double head)
{
	return (double)m->hidden * head * (2.0 * m->q_heads + 2 * kv_heads);
}

static double latent_attention(const struct model *m)
{
	double d = m->hidden, h = m->q_heads, query = m->mla_nope + m->mla_rope;
	double q = m->mla_q_rank > 0 ? m->mla_q_rank * (d + h * query) : d * h * query;

	return q + d * (m->mla_kv_rank + m->mla_rope) +
	       m->mla_kv_rank * h * (m->mla_nope + m->mla_v) + h * m->mla_v * d;
}

static double linear_attention(const struct model *m)
{
	double keys = m->linear_key_heads * model_linear_state(m);
	double values = (double)m->linear_value_heads * m->linear_head;

	return m->hidden * (2 * keys + 2 * values) + values * m->hidden;
}

/* Layers that keep no cache are spread over the two kinds as those that keep one. */
static double shared_full(const struct model *m)
{
	double cached = m->grow_layers + m->win_layers;

	return cached > 0 ? (double)m->shared_layers * m->grow_layers / cached : 0;
}

static double attention_weights(const struct model *m, bool cross)
{
	bool own = m->global_layers > 0 && m->global_head_dim > 0;
	double head = own ? m->global_head_dim : m->head_dim;
	double kv_heads = own ? m->global_kv_heads : m->kv_heads, full = shared_full(m);
	double grow = m->kv_kind == KV_MLA ? latent_attention(m) : attention(m, kv_heads, head);

	return m->grow_layers * grow + m->win_layers * attention(m, m->kv_heads, m->head_dim) +
	       full * attention(m, 0, head) +
	       (m->shared_layers - full) * attention(m, 0, m->head_dim) +
	       m->linear_layers * linear_attention(m) +
	       m->conv_layers * 4.0 * m->hidden * m->hidden +
	       (cross ? m->cross_layers * attention(m, 0, m->head_dim) : 0);
}

static double ffn_weights(const struct model *m, bool cross)
{
	double wide = m->shared_ffn_width > 0 ? m->shared_layers : 0;

	if (m->experts > 0)
		return m->moe_layers * (ffn(m, m->shared_ffn) + (double)m->hidden * m->experts) +
		       m->dense_layers * ffn(m, m->dense_ffn);
	return (model_ffn_layers(m) - wide - (cross ? 0 : m->cross_layers)) * ffn(m, m->ffn) +
	       wide * ffn(m, m->shared_ffn_width);
}

/* Layers that see pictures alone are left out without cross. */
static void count_work(const struct model *m, bool cross, struct decode_work *out)
{
	*out = (struct decode_work){
		.dense = attention_weights(m, cross) + ffn_weights(m, cross),
		.expert = m->experts > 0 ? ffn(m, m->expert_ffn) : 0,
		.layers = m->experts > 0 ? m->moe_layers : 0,
		.head = (double)m->vocab * m->hidden,
	};
}

/* ------------------------------------------------------------ by whom */

static bool allows(const char *list, const char *word)
{
	return list == NULL || *list == '\0' || (word != NULL && str_has_word(list, word));
}

/* The first pace of the engine whose conditions hold. */
static const struct pace *pace_of(const struct decode_job *job)
{
	bool moe = job->model->experts > 0;

	for (const struct pace *p = job->engine->paces; p != NULL; p = p->next)
		if ((p->moe == WHEN_ANY || (p->moe == WHEN_YES) == moe) &&
		    allows(p->generations, job->hardware->generation_id) &&
		    allows(p->hardware, job->hardware->id) &&
		    dtype_listed(p->weights, job->weights))
			return p;
	return NULL;
}

static double or_else(double v, double other)
{
	return v > 0 ? v : other;
}

/* 4 and 8 bit integers are unpacked by kernels of their own. */
static bool is_unpacked(enum dtype t)
{
	return t == DTYPE_AWQ || t == DTYPE_INT4 || t == DTYPE_INT8;
}

static const char *find_caveat(const struct model *m)
{
	if (m->kv_kind == KV_MLA)
		return "latent attention: no measurement was found";
	if (m->linear_layers > 0 || m->conv_layers > 0)
		return "recurrent layers: one measurement, three times slower";
	if (m->cross_layers > 0)
		return "cross-attention has no measured constants";
	return NULL;
}

/* ------------------------------------------------------------ the pace of a job */

static void set_weights(const struct decode_job *job, const struct pace *p, double n,
			struct decode_pace *out)
{
	struct weights_rates bytes;
	double rate = job->hardware->bw_bytes_per_s * p->e;

	weights_rates(job->model, job->weights, &bytes);
	out->dense_s = (out->work.dense * or_else(p->dense_bytes, bytes.dense) +
			out->work.head * or_else(p->head_bytes, bytes.head)) /
		       (n * rate);
	out->expert_s = out->work.layers * out->work.expert *
			or_else(p->expert_bytes, bytes.expert) / (n * rate * expert_share);
}

static void set_compute(const struct decode_job *job, double flops, double n,
			struct decode_pace *out)
{
	double q = job->model->experts > 0 ? moe_share : dense_share;
	double weights = out->work.dense + out->work.head +
			 out->work.layers * job->model->top_k * out->work.expert;

	out->compute_s = 2 * weights / (n * flops * q);
}

/* Heads are split; where there are fewer of them than devices, they are repeated. */
static void set_cache(const struct decode_job *job, const struct pace *p, double n,
		      struct decode_pace *out)
{
	const struct model *m = job->model;
	struct kv_layout layout = {
		.dtype = job->kv, .ranks = p->splits_data ? 1 : (int32_t)n, .block_tokens = 1};
	struct kv_rates r;
	double shared = 1 + (double)m->shared_layers / fmax(1, m->grow_layers + m->win_layers);
	double rate = job->hardware->bw_bytes_per_s * p->e_kv * (p->splits_data ? n : 1);
	double values = (double)m->linear_value_heads * m->linear_head;

	kv_rates(m, &layout, &r);
	out->token_s = r.per_token * shared / rate;
	out->near_s = r.win_per_token * shared / rate;
	out->window = m->window;
	/* a state is read and written, in 32 bit */
	out->state_s = (8 * m->linear_layers * values * model_linear_state(m) / layout.ranks +
			r.cross_per_position * job->cross_positions) /
		       rate;
}

static void set_launches(const struct decode_job *job, const struct pace *p, double launch_s,
			 struct decode_pace *out)
{
	double kernels =
		is_unpacked(job->weights) ? or_else(p->kernels_unpacked, p->kernels) : p->kernels;

	out->launch_s = job->model->layers * kernels * launch_s + p->fixed_s;
	out->cpu_s = job->model->layers * p->cpu_s_per_layer;
}

static void set_reduces(const struct decode_job *job, const struct pace *p, double n,
			struct decode_pace *out)
{
	const struct model *m = job->model;
	double link = job->hardware->link_bytes_per_s;
	double times = 2.0 * m->layers, share = (n - 1) / n;
	double bytes =
		p->splits_data && m->experts > 0 ? 2.0 / n * m->hidden * m->top_k : 4.0 * m->hidden;

	if (!(n > 1))
		return;
	out->reduce_s = times * (link >= link_fast ? fast_s : slow_s);
	out->reduce_more_s = times * bytes * share / (reduce_share * link);
}

static bool is_finite(const struct decode_pace *p)
{
	return isfinite(p->dense_s + p->expert_s + p->compute_s + p->token_s + p->near_s +
			p->state_s + p->launch_s + p->cpu_s + p->reduce_s + p->reduce_more_s);
}

enum reason decode_prepare(const struct decode_job *job, struct decode_pace *out)
{
	const struct pace *p = pace_of(job);

	*out = (struct decode_pace){0};
	if (p == NULL)
		return REASON_NO_PACE;
	if (!(dtype_kv_bytes(job->kv) > 0))
		return REASON_NO_KV;
	bool is_one = p->splits_layers || job->engine->splits_layers;
	double n = is_one ? 1 : job->ranks;
	const struct prefill_job as = {.model = job->model,
				       .hardware = job->hardware,
				       .engine = job->engine,
				       .weights = job->weights,
				       .ranks = n};
	const struct profile profile = {.path = p->path, .e = p->compute_e, .e_factor = 1};
	struct chip chip;
	enum reason why = prefill_chip(&as, &profile, &chip);

	if (why != REASON_NONE)
		return why;
	count_work(job->model, job->cross_positions > 0, &out->work);
	out->experts = job->model->experts;
	out->top_k = job->model->top_k;
	out->sampler_s = sampler_bytes * job->model->vocab / job->hardware->bw_bytes_per_s;
	set_weights(job, p, n, out);
	set_compute(job, chip.gemm_flops, n, out);
	set_cache(job, p, n, out);
	set_launches(job, p, or_else(job->hardware->generation->graph_s, chip.t0_s), out);
	set_reduces(job, p, n, out);
	out->caveat = find_caveat(job->model);
	out->fitted = p->fitted && out->caveat == NULL;
	return is_finite(out) ? REASON_NONE : REASON_ABSURD;
}

/* ------------------------------------------------------------ a step */

static double touched(const struct decode_pace *p, double batch)
{
	if (!(p->experts > 0))
		return 0;
	if (batch <= 1 || p->top_k >= p->experts)
		return p->top_k;
	return p->experts * (1 - pow(1 - p->top_k / p->experts, pow(batch, expert_spread)));
}

static enum bound bound_of(const struct decode_time *t, double gpu_s)
{
	double matrices = fmax(t->weights_s, t->compute_s);
	bool computes = t->compute_s > t->weights_s;
	double memory = t->cache_s + t->sampler_s + (computes ? 0 : matrices);
	double compute = computes ? matrices : 0;

	if (t->cpu_s > gpu_s)
		return BOUND_CPU;
	double most = fmax(fmax(memory, compute), fmax(t->launch_s, t->reduce_s));

	return most <= memory        ? BOUND_MEMORY
	       : most <= compute     ? BOUND_COMPUTE
	       : most <= t->launch_s ? BOUND_LAUNCH
				     : BOUND_LINK;
}

void decode_step(const struct decode_pace *p, double batch, double context, struct decode_time *out)
{
	double b = fmax(1, batch), c = fmax(0, context);
	double near = p->window > 0 ? fmin(c, p->window) : c;

	*out = (struct decode_time){
		.touched = touched(p, b),
		.compute_s = b * p->compute_s,
		.cache_s = b * (c * p->token_s + near * p->near_s + p->state_s),
		.sampler_s = b * p->sampler_s,
		.launch_s = p->launch_s,
		.reduce_s = p->reduce_s + b * p->reduce_more_s,
		.cpu_s = p->cpu_s,
	};
	out->weights_s = p->dense_s + out->touched * p->expert_s;
	double gpu_s = fmax(out->weights_s, out->compute_s) + out->cache_s + out->sampler_s +
		       out->launch_s + out->reduce_s;

	out->bound = bound_of(out, gpu_s);
	out->step_s = fmax(gpu_s, out->cpu_s);
}

double decode_step_s(const struct decode_pace *p, double batch, double context)
{
	struct decode_time t;

	decode_step(p, batch, context, &t);
	return t.step_s;
}

struct decode_range decode_range(const struct decode_pace *p, double batch)
{
	return !p->fitted ? range_wide : batch > 1 ? range_loaded : range_one;
}
