/* Operator times. Sections 2.3 to 2.7 of the prefill model with the replacement rules of its
 * notes, 6.3.
 *
 *     GEMM          t = t0 + (t_c^p + t_m^p)^(1/p)
 *                   t_c = 2 M N K / (peak e)
 *                   t_m = (wb N K + 2 M K + 2 M N) / (BW e_bw)
 *     attention     t = t_a + 4 B H h pairs / (peak a(h) waves/(waves + w0) T/(T + T_half))
 *                   waves = B H ceil(T/128) / SMs
 *     unfused       t = 3 t0 + 4 B H h T kv / (peak e) + B H T kv mb / (BW e_bw)
 *     element-wise  t = n 0.6 t0 + 2 M E x / (BW e_bw)
 *     all-reduce    t = 12 us + bytes 2 (n - 1)/n / (link 0.6)
 *
 * Pinned to the golden values of section 3 and notes 6.7 by tests/unit_prefill.c. */
#include "core/prefill_ops.h"

#include <math.h>

static const double small_kernel = 0.6;       /* of t0: section 2.5 */
static const double expert_efficiency = 0.75; /* of e: section 2.7 */
static const double expert_rows = 32;         /* rows a grouped GEMM pads each expert to */
static const double query_tile = 128;         /* queries of one attention block */
static const double reduce_start_s = 12e-6;   /* section 2.7 */
static const double reduce_share = 0.6;       /* of the link rate */

/* (a^p + b^p)^(1/p), without overflow. */
static double smooth_max(double a, double b, double p)
{
	double most = a > b ? a : b, least = a > b ? b : a;

	if (!(least > 0))
		return most;
	return most * exp2(log2(1 + exp2(p * log2(least / most))) / p);
}

static void add_product(const struct chip *c, struct cost *sum, double times, double launch_s,
			double compute_s, double memory_s, double flop)
{
	sum->flop += times * flop;
	if (c->no_launch) {
		sum->s[BOUND_COMPUTE] += times * flop / c->gemm_flops;
		return;
	}
	sum->s[BOUND_LAUNCH] += times * launch_s;
	sum->s[compute_s >= memory_s ? BOUND_COMPUTE : BOUND_MEMORY] +=
		times * smooth_max(compute_s, memory_s, c->p);
}

void op_gemm(const struct chip *c, struct cost *sum, double times, double rows, double n, double k)
{
	double flop = 2 * rows * n * k;
	double bytes = c->weight_bytes * n * k + 2 * rows * k + 2 * rows * n;

	if (!(flop > 0) || !(times > 0))
		return;
	sum->dispatch_s += times * c->dispatch_product_s;
	add_product(c, sum, times, c->t0_s, flop / c->gemm_flops, bytes / c->bytes_per_s, flop);
}

/* Kernels for narrow heads are built for multiples of 16. */
static bool is_unaligned(const struct chip *c, double head)
{
	return c->a_unaligned > 0 && head < 128 && fmod(head, 16) > 0;
}

double op_head_efficiency(const struct chip *c, double head)
{
	if (is_unaligned(c, head))
		return c->a_unaligned;
	if (head <= 64)
		return c->a64;
	if (head >= 128)
		return c->a128;
	return c->a64 + (c->a128 - c->a64) * (head - 64) / 64;
}

double op_pairs_causal(double t, double window)
{
	if (!(window > 0) || t <= window)
		return t * t / 2;
	return t * window - window * window / 2;
}

double op_pairs_chunked(double t, double chunk)
{
	if (!(chunk > 0) || t <= chunk)
		return t * t / 2;
	double whole = floor(t / chunk), rest = t - whole * chunk;

	return whole * chunk * chunk / 2 + rest * rest / 2;
}

/* Seconds of one call. */
static double attention_s(const struct chip *c, double batch, double heads, double head,
			  double rows, double pairs, double t_half)
{
	double waves = batch * heads * ceil(rows / query_tile) / c->sms;
	double share =
		op_head_efficiency(c, head) * waves / (waves + c->w0) * rows / (rows + t_half);

	return 4 * batch * heads * head * pairs / (c->score_flops * share);
}

void op_attention(const struct chip *c, struct cost *sum, double times, double batch, double heads,
		  double head, double rows, double pairs, double t_half)
{
	double flop = 4 * batch * heads * head * pairs;
	double half = is_unaligned(c, head) ? 0 : t_half; /* whatever the length */

	if (!(flop > 0) || !(times > 0))
		return;
	double s = attention_s(c, batch, heads, head, rows, pairs, half);
	double full = floor(rows / query_tile) * query_tile, part = full / rows;

	/* A row more starts a tile, which fills more of the device; it does not make the full tiles
	 * faster. With a past the rows are a rest, for which the caller answers. */
	if (full > 0 && pairs <= rows * rows)
		s = fmax(s, attention_s(c, batch, heads, head, full, pairs * part * part, half));
	sum->flop += times * flop;
	sum->dispatch_s += times * c->dispatch_attention_s;
	sum->s[BOUND_LAUNCH] += times * c->ta_s;
	sum->s[BOUND_COMPUTE] += times * s;
}

void op_attention_cross(const struct chip *c, struct cost *sum, double times, double batch,
			double heads, double head, double rows, double keys)
{
	double flop = 4 * batch * heads * head * rows * keys;
	double half = is_unaligned(c, head) ? 0 : c->t_half_bidir;
	double full = floor(rows / query_tile) * query_tile;

	if (!(flop > 0) || !(times > 0))
		return;
	double s = attention_s(c, batch, heads, head, rows, rows * keys, half);

	/* With n full tiles the time is (128 n + T_half) (1 + w0 / waves) keys: it falls in n to
	 * one least value and rises from there, so the greater of the first and the last full tile
	 * is that of all before. */
	if (full > 0) {
		s = fmax(s, attention_s(c, batch, heads, head, full, full * keys, half));
		s = fmax(s,
			 attention_s(c, batch, heads, head, query_tile, query_tile * keys, half));
	}
	sum->flop += times * flop;
	sum->dispatch_s += times * c->dispatch_attention_s;
	sum->s[BOUND_LAUNCH] += times * c->ta_s;
	sum->s[BOUND_COMPUTE] += times * s;
}

void op_attention_unfused(const struct chip *c, struct cost *sum, double times, double batch,
			  double heads, double head, double rows, double keys)
{
	double scores = batch * heads * rows * keys, flop = 4 * head * scores;

	sum->flop += times * flop;
	sum->dispatch_s += times * c->dispatch_attention_s;
	sum->s[BOUND_LAUNCH] += times * 3 * c->t0_s;
	sum->s[BOUND_COMPUTE] += times * flop / c->gemm_flops;
	sum->s[BOUND_MEMORY] += times * scores * c->score_bytes / c->bytes_per_s;
}

void op_elementwise(const struct chip *c, struct cost *sum, double times, double kernels,
		    double rows, double elements)
{
	if (c->no_launch)
		return;
	sum->dispatch_s += times * kernels * c->dispatch_s;
	sum->s[BOUND_LAUNCH] += times * kernels * small_kernel * c->t0_s;
	sum->s[BOUND_MEMORY] += times * 2 * rows * elements * c->traffic / c->bytes_per_s;
}

double op_experts_touched(double rows, const struct experts *x)
{
	return x->count * -expm1(rows * log1p(-x->active / x->count));
}

void op_grouped_gemm(const struct chip *c, struct cost *sum, double times, double rows, double n,
		     double k, const struct experts *x)
{
	double touched = op_experts_touched(rows, x);
	double rows_each = rows * x->active / touched;
	double pad = rows_each < expert_rows ? expert_rows / rows_each : 1;
	double flop = 2 * rows * x->active * n * k;
	double bytes = touched * c->weight_bytes * n * k + 2 * rows * x->active * (n + k);

	if (!(flop > 0) || !(times > 0))
		return;
	sum->dispatch_s += times * c->dispatch_product_s;
	add_product(c, sum, times, 2 * c->t0_s, flop * pad / (c->gemm_flops * expert_efficiency),
		    bytes / c->bytes_per_s, flop);
}

void op_experts(const struct chip *c, struct cost *sum, double times, double rows,
		const struct experts *x)
{
	double width = x->ffn / c->ranks;

	op_grouped_gemm(c, sum, times, rows, x->gated ? 2 * width : width, x->hidden, x);
	op_grouped_gemm(c, sum, times, rows, x->hidden, width, x);
	op_gemm(c, sum, times, rows, x->count, x->hidden);
	op_elementwise(c, sum, times, 6, rows, x->active * (3 * width + 2 * x->hidden));
}

void op_all_reduce(const struct chip *c, struct cost *sum, double times, double bytes)
{
	double n = c->ranks;

	if (!(n > 1))
		return;
	sum->dispatch_s += times * c->dispatch_s;
	sum->s[BOUND_LINK] +=
		times *
		(reduce_start_s + bytes * 2 * (n - 1) / n / (c->link_bytes_per_s * reduce_share));
}
