/* Language model: layers of every kind, then one row of the output matrix per sequence.
 *
 * Per layer: QKV, output and FFN products, attention, two element-wise passes, two all-reduces.
 * Sections 2.3 to 2.7 of the prefill model; notes 6.3 points 3 (tensor parallel divides the head
 * and FFN part of the element-wise traffic), 7 (chunks: weights are read again for every chunk,
 * attention sees the past), 8 (exact window pairs), 14 (experts) and 15. Charging the output matrix
 * on every row is the common mistake: it runs on the last row only.
 *
 * Layers without a printed formula are charged for their products alone, a lower estimate that
 * prefill() announces: MLA runs its low-rank projections and attention in the expanded form with
 * the mean of its query and value head; gated delta-net and short convolutions leave out the
 * recurrence; cross-attention projects the vision positions once and sees all of them. */
#include "core/prefill.h"
#include "core/prefill_eager.h"

#include <math.h>
#include <stddef.h>

static const double window_t_half = 128; /* section 2.4 */
static const double rest_tile = 128;     /* queries of one attention block */

/* One pass over the layers: `rows` of the batch, of which each sequence has `length`. Attention is
 * summed over all passes of that length at once. */
struct pass {
	double count; /* passes of this length */
	double start; /* positions before the first of them */
	double length, rows;
	double chunk; /* of a rest: the length of a whole pass; 0 = is none */
};

struct attention_layer {
	double count; /* layers */
	double head, kv_heads;
	double window; /* 0 = none */
	double chunk;  /* attention in chunks; 0 = none */
	bool projects_kv;
	bool gated_output;
	double ffn; /* dense width; 0 = charged elsewhere */
};

/* Pairs of positions 0..t. */
static double pairs_until(const struct attention_layer *l, double t)
{
	return l->chunk > 0 ? op_pairs_chunked(t, l->chunk) : op_pairs_causal(t, l->window);
}

/* Fused attention of one pass of `length`. */
static void add_fused(const struct chip *c, struct cost *sum, const struct prefill_job *job,
		      const struct pass *s, const struct attention_layer *l, double length)
{
	double heads = job->model->q_heads / c->ranks, end = s->start + s->count * length;
	double limit = l->chunk > 0 ? l->chunk : l->window;
	double pairs = (pairs_until(l, end) - pairs_until(l, s->start)) / s->count;
	double times = l->count * s->count;
	bool is_limited = limit > 0 && limit < end;
	struct cost now = {0}, before = {0};

	op_attention(c, &now, times, job->batch, heads, l->head, length, pairs,
		     is_limited ? window_t_half : c->t_half_causal);
	/* the efficiency of a window is another, which must not make the prompt that just leaves it
	 * faster than the one that fills it */
	if (is_limited && length == end) {
		double flop = now.flop;

		op_attention(c, &before, times, job->batch, heads, l->head, limit,
			     limit * limit / 2, c->t_half_causal);
		if (cost_seconds(&before) > cost_seconds(&now))
			now = before;
		now.flop = flop;
	}
	cost_add(sum, &now, 1);
}

/* What is left of a prompt behind its last whole chunk: a longer rest fills more of the device,
 * which must not make it cheaper than a shorter one, so a short one costs no more than any longer
 * one. */
static void add_fused_rest(const struct chip *c, struct cost *sum, const struct prefill_job *job,
			   const struct pass *s, const struct attention_layer *l)
{
	double tiles = ceil(s->length / rest_tile), flop;
	struct cost least = {0};

	add_fused(c, &least, job, s, l, s->length);
	flop = least.flop;
	for (double t = tiles; t * rest_tile < s->chunk; t++) { /* least where a tile begins */
		struct cost longer = {0};

		add_fused(c, &longer, job, s, l, t * rest_tile + 1);
		if (cost_seconds(&longer) < cost_seconds(&least))
			least = longer;
	}
	least.flop = flop;
	cost_add(sum, &least, 1);
}

static void add_attention(const struct chip *c, struct cost *sum, const struct prefill_job *job,
			  const struct pass *s, const struct attention_layer *l)
{
	double heads = job->model->q_heads / c->ranks;

	if (c->unfused) {
		/* every pass sees the past and itself: the mean number of keys */
		double keys = s->start + s->length * (s->count + 1) / 2;

		op_attention_unfused(c, sum, l->count * s->count, job->batch, heads, l->head,
				     s->length, keys);
	} else if (s->chunk > s->length) {
		add_fused_rest(c, sum, job, s, l);
	} else {
		add_fused(c, sum, job, s, l, s->length);
	}
}

static bool is_eager(const struct chip *c)
{
	return c->dispatch_s > 0;
}

/* Products of one matrix (n, k) cut into `parts` by rows of the weights: an eager engine runs them
 * one by one. */
static void add_joined(const struct chip *c, struct cost *sum, double times, double rows, double n,
		       double k, double parts)
{
	if (is_eager(c))
		op_gemm(c, sum, times * parts, rows, n / parts, k);
	else
		op_gemm(c, sum, times, rows, n, k);
}

/* Norms, residuals, rotation and cache of one layer. */
static void add_small(const struct chip *c, struct cost *sum, const struct model *m, double times,
		      double rows, double heads, double kv_heads, double head)
{
	if (is_eager(c)) {
		struct passes p = eager_attention_half(m, heads, kv_heads, head);

		op_elementwise(c, sum, times, p.kernels, rows, p.values);
	} else {
		op_elementwise(c, sum, times, 4, rows,
			       8.0 * m->hidden + 2 * (heads + kv_heads) * head);
	}
}

static void add_activation(const struct chip *c, struct cost *sum, const struct model *m,
			   double times, double rows, double width)
{
	struct passes p = eager_ffn(m->gated, width);

	if (is_eager(c))
		op_elementwise(c, sum, times, p.kernels, rows, p.values);
	else
		op_elementwise(c, sum, times, 1, rows, (m->gated ? 3 : 2) * width);
}

static void add_dense_ffn(const struct chip *c, struct cost *sum, const struct model *m,
			  double times, double rows, double width)
{
	double share = width / c->ranks;

	if (!(width > 0))
		return;
	add_joined(c, sum, times, rows, m->gated ? 2 * share : share, m->hidden, m->gated ? 2 : 1);
	op_gemm(c, sum, times, rows, m->hidden, share);
	add_activation(c, sum, m, times, rows, share);
}

/* Key-value heads of one rank: fewer heads than ranks are copied. */
static double kv_heads_of_rank(const struct chip *c, double kv_heads)
{
	return kv_heads > c->ranks ? kv_heads / c->ranks : 1;
}

static void add_attention_layers(const struct chip *c, struct cost *sum,
				 const struct prefill_job *job, const struct pass *s,
				 const struct attention_layer *l)
{
	const struct model *m = job->model;
	double times = l->count * s->count, heads = m->q_heads / c->ranks;
	double kv = l->projects_kv ? kv_heads_of_rank(c, l->kv_heads) : 0;
	double q = l->gated_output ? 2 * heads : heads;

	if (!(l->count > 0))
		return;
	if (is_eager(c)) {
		op_gemm(c, sum, times, s->rows, q * l->head, m->hidden);
		op_gemm(c, sum, 2 * times, s->rows, kv * l->head, m->hidden);
	} else {
		op_gemm(c, sum, times, s->rows, (q + 2 * kv) * l->head, m->hidden);
	}
	op_gemm(c, sum, times, s->rows, m->hidden, heads * l->head);
	add_small(c, sum, m, times, s->rows, heads, kv, l->head);
	add_attention(c, sum, job, s, l);
	add_dense_ffn(c, sum, m, times, s->rows, l->ffn);
}

static void add_mla_layers(const struct chip *c, struct cost *sum, const struct prefill_job *job,
			   const struct pass *s)
{
	const struct model *m = job->model;
	double times = m->grow_layers * s->count, heads = m->q_heads / c->ranks;
	double query = m->mla_nope + m->mla_rope;
	struct attention_layer l = {.count = m->grow_layers, .head = (query + m->mla_v) / 2};

	if (m->mla_q_rank > 0) {
		op_gemm(c, sum, times, s->rows, m->mla_q_rank, m->hidden);
		op_gemm(c, sum, times, s->rows, heads * query, m->mla_q_rank);
	} else {
		op_gemm(c, sum, times, s->rows, heads * query, m->hidden);
	}
	op_gemm(c, sum, times, s->rows, m->mla_kv_rank + m->mla_rope, m->hidden);
	op_gemm(c, sum, times, s->rows, heads * (m->mla_nope + m->mla_v), m->mla_kv_rank);
	op_gemm(c, sum, times, s->rows, m->hidden, heads * m->mla_v);
	add_small(c, sum, m, times, s->rows, heads, heads, query);
	add_attention(c, sum, job, s, &l);
}

/* Gated delta-net and short convolutions: products and element-wise traffic, without the
 * recurrence. */
static void add_stateful_layers(const struct chip *c, struct cost *sum, const struct model *m,
				const struct pass *s, double ffn)
{
	double n = c->ranks, times = m->linear_layers * s->count;
	double keys = m->linear_key_heads * model_linear_state(m) / n;
	double values = (double)m->linear_value_heads * m->linear_head / n;

	if (times > 0) {
		op_gemm(c, sum, times, s->rows,
			2 * keys + 2 * values + 2.0 * m->linear_value_heads / n, m->hidden);
		op_gemm(c, sum, times, s->rows, m->hidden, values);
		add_small(c, sum, m, times, s->rows, keys, values, 1);
		add_dense_ffn(c, sum, m, times, s->rows, ffn);
	}
	times = m->conv_layers * s->count;
	if (times > 0) {
		op_gemm(c, sum, times, s->rows, 3.0 * m->hidden / n, m->hidden);
		op_gemm(c, sum, times, s->rows, m->hidden, m->hidden / n);
		add_small(c, sum, m, times, s->rows, m->hidden / n, m->hidden / n, 1);
		add_dense_ffn(c, sum, m, times, s->rows, ffn);
	}
}

/* Skipped without an image, as the reference code does. */
static void add_cross_layers(const struct chip *c, struct cost *sum, const struct prefill_job *job,
			     const struct pass *s, double ffn)
{
	const struct model *m = job->model;
	double times = m->cross_layers * s->count, heads = m->q_heads / c->ranks;
	double kv = kv_heads_of_rank(c, m->kv_heads);

	if (!(times > 0) || !(job->cross_positions > 0))
		return;
	op_gemm(c, sum, times, s->rows, heads * m->head_dim, m->hidden);
	op_gemm(c, sum, times, s->rows, m->hidden, heads * m->head_dim);
	if (s->start <= 0) /* keys and values of the picture: once */
		op_gemm(c, sum, m->cross_layers, job->batch * job->cross_positions,
			2 * kv * m->head_dim, m->hidden);
	add_small(c, sum, m, times, s->rows, heads, 0, m->head_dim);
	if (c->unfused)
		op_attention_unfused(c, sum, times, job->batch, heads, m->head_dim, s->length,
				     job->cross_positions);
	else
		op_attention_cross(c, sum, times, job->batch, heads, m->head_dim, s->length,
				   job->cross_positions);
	add_dense_ffn(c, sum, m, times, s->rows, ffn);
}

static void add_experts(const struct chip *c, struct cost *sum, const struct model *m,
			const struct pass *s)
{
	const struct experts x = {
		.hidden = m->hidden,
		.ffn = m->expert_ffn,
		.count = m->experts,
		.active = m->top_k,
		.gated = m->gated,
	};
	double times = m->moe_layers * s->count, shared = m->shared_ffn / c->ranks;

	op_experts(c, sum, times, s->rows, &x);
	if (shared > 0) { /* its activation is in the small kernels of the experts */
		add_joined(c, sum, times, s->rows, m->gated ? 2 * shared : shared, m->hidden,
			   m->gated ? 2 : 1);
		op_gemm(c, sum, times, s->rows, m->hidden, shared);
	}
	add_dense_ffn(c, sum, m, m->dense_layers * s->count, s->rows, m->dense_ffn);
}

/* Layers that keep no cache read that of an earlier layer of their kind; the two kinds are spread
 * as among the layers that keep one (Gemma 3n and 4). */
static void add_plain_layers(const struct chip *c, struct cost *sum, const struct prefill_job *job,
			     const struct pass *s, double ffn)
{
	const struct model *m = job->model;
	bool own_global = m->global_layers > 0 && m->global_head_dim > 0;
	double cached = m->grow_layers + m->win_layers;
	double shared_full = cached > 0 ? (double)m->shared_layers * m->grow_layers / cached : 0;
	double shared_width = m->shared_ffn_width > 0 && ffn > 0 ? m->shared_ffn_width : ffn;
	struct attention_layer full = {
		.count = m->grow_layers,
		.head = own_global ? m->global_head_dim : m->head_dim,
		.kv_heads = own_global ? m->global_kv_heads : m->kv_heads,
		.projects_kv = true,
		.gated_output = model_gates_output(m),
		.ffn = ffn,
	};
	struct attention_layer near = {
		.count = m->win_layers,
		.head = m->head_dim,
		.kv_heads = m->kv_heads,
		.window = m->kv_kind == KV_CHUNK ? 0 : m->window,
		.chunk = m->kv_kind == KV_CHUNK ? m->window : 0,
		.projects_kv = true,
		.gated_output = model_gates_output(m),
		.ffn = ffn,
	};

	add_attention_layers(c, sum, job, s, &full);
	add_attention_layers(c, sum, job, s, &near);
	full.count = shared_full;
	near.count = m->shared_layers - shared_full;
	full.projects_kv = near.projects_kv = false;
	full.ffn = near.ffn = shared_width;
	add_attention_layers(c, sum, job, s, &full);
	add_attention_layers(c, sum, job, s, &near);
}

static void add_pass(const struct chip *c, struct cost *sum, const struct prefill_job *job,
		     const struct pass *s)
{
	const struct model *m = job->model;
	double ffn = m->experts > 0 || m->bare_layers > 0 ? 0 : m->ffn;

	if (!(s->count > 0) || !(s->length > 0))
		return;
	if (m->kv_kind == KV_MLA) {
		add_mla_layers(c, sum, job, s);
		add_dense_ffn(c, sum, m, m->grow_layers * s->count, s->rows, ffn);
	} else {
		add_plain_layers(c, sum, job, s, ffn);
	}
	add_stateful_layers(c, sum, m, s, ffn);
	add_cross_layers(c, sum, job, s, ffn);
	if (m->experts > 0)
		add_experts(c, sum, m, s);
	else
		add_dense_ffn(c, sum, m, m->bare_layers * s->count, s->rows, m->ffn);
	op_all_reduce(c, sum, (m->bare_layers > 0 ? 1.0 : 2.0) * m->layers * s->count,
		      2 * s->rows * m->hidden);
}

void prefill_llm(const struct chip *c, const struct prefill_job *job, struct cost *sum)
{
	double length = job->tokens, whole = 1;

	if (!(length > 0))
		return;
	if (c->chunk > 0 && job->batch * job->tokens > c->chunk) {
		length = c->chunk / job->batch;
		whole = floor(job->tokens / length);
	}
	struct pass s = {.count = whole, .length = length, .rows = job->batch * length};

	add_pass(c, sum, job, &s);
	s.start = whole * length;
	s.length = job->tokens - s.start;
	s.rows = job->batch * s.length;
	s.count = 1;
	s.chunk = whole > 0 && s.start > 0 && length < job->tokens ? length : 0;
	add_pass(c, sum, job, &s);
	op_gemm(c, sum, 1, job->batch, job->model->vocab / c->ranks, job->model->hidden);
	if (is_eager(c))
		op_elementwise(c, sum, 1, eager_once_kernels, 0, 0);
}
