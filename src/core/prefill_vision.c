/* Vision tower and projector.
 *
 * Tiles run as one batch, never as one long sequence: attention is per tile. Native-resolution
 * towers have one sequence per image. Section 2.6 of the prefill model; notes 6.3 points 2
 * (launches of a convolutional tower), 3 (element-wise traffic), 8 (windows are short bidirectional
 * sequences), 10 (towers and projector are not divided by the tensor-parallel degree), 11 (gated
 * towers: three products), 13 (projector rows and shapes) and 19 (Neural Engine: attention charged
 * twice). */
#include "core/prefill.h"
#include "core/prefill_eager.h"

#include <math.h>
#include <stddef.h>

static const double conv_bytes_per_mpx = 2.5e9; /* section 2.6 */
static const double conv_kernels = 352; /* 44 blocks of 8, FastViTHD; low confidence for others */
static const double conv_compress =
	16; /* DeepEncoder: two strided convolutions before the last stage */

struct stage {
	double layers, full_layers;
	double hidden, ffn, ffn_mats, heads;
	double window;  /* positions of one window; 0 = none */
	double windows; /* of one sequence, where there are any */
	double sequences, positions;
	const struct tower *eager; /* what is launched kernel by kernel; NULL: fused */
};

static void add_stage_attention(const struct chip *c, struct cost *sum, const struct stage *s,
				double layers, double batch, double positions)
{
	double head = s->hidden / s->heads;

	if (!(layers > 0))
		return;
	if (c->no_launch) {
		double flop = 8 * batch * positions * positions * s->hidden;

		sum->flop += layers * flop / 2;
		sum->s[BOUND_COMPUTE] += layers * flop / c->gemm_flops;
	} else if (c->unfused) {
		op_attention_unfused(c, sum, layers, batch, s->heads, head, positions, positions);
	} else {
		op_attention(c, sum, layers, batch, s->heads, head, positions,
			     positions * positions, c->t_half_bidir);
	}
}

/* Query, key and value; what the feed-forward part starts with. */
static void add_wide_products(const struct chip *c, struct cost *sum, const struct stage *s,
			      double layers, double rows)
{
	bool split = s->eager != NULL && s->eager->split_qkv;

	op_gemm(c, sum, split ? 3 * layers : layers, rows, split ? s->hidden : 3 * s->hidden,
		s->hidden);
	op_gemm(c, sum, layers, rows, s->hidden, s->hidden);
	op_gemm(c, sum, layers * (s->ffn_mats - 1), rows, s->ffn, s->hidden);
	op_gemm(c, sum, layers, rows, s->hidden, s->ffn);
}

/* `layers` of one kind as an eager engine runs them: with or without windows. Towers that read the
 * lengths of their sequences back wait for the GPU in every layer, and call attention once for each
 * sequence or window. The GPU works while the CPU calls, so that the longer of the two counts. */
static void add_eager_layers(const struct chip *c, struct cost *sum, const struct stage *s,
			     double layers, double windows)
{
	double rows = s->sequences * s->positions, head = s->hidden / s->heads;
	double calls = 1, batch = s->sequences, length = s->positions;
	struct passes p = eager_tower(s->eager, s->hidden, s->ffn);
	struct cost part = {0}, attention = {0};

	if (!(layers > 0))
		return;
	if (windows > 0) {
		batch = s->sequences * windows;
		length = s->positions / windows;
	}
	if (s->eager->reads_lengths) {
		calls = batch;
		batch = 1;
	}
	op_attention(c, &attention, layers * calls, batch, s->heads, head, length, length * length,
		     c->t_half_bidir);
	add_wide_products(c, &part, s, layers, rows);
	op_elementwise(c, &part, layers, p.kernels, rows, p.values);
	if (s->eager->reads_lengths)
		attention.dispatch_s = fmax(attention.dispatch_s, layers * c->dispatch_lengths_s);
	cost_add(&part, &attention, 1);
	if (s->eager->reads_lengths)
		cost_wait(&part);
	cost_add(sum, &part, 1);
}

static void add_stage(const struct chip *c, struct cost *sum, const struct stage *s)
{
	double rows = s->sequences * s->positions, d = s->hidden;
	double windowed = s->window > 0 ? s->layers - s->full_layers : 0;

	if (!(s->layers > 0) || !(rows > 0) || !(s->heads > 0))
		return;
	if (s->eager != NULL) {
		add_eager_layers(c, sum, s, s->layers - windowed, 0);
		add_eager_layers(c, sum, s, windowed, s->windows);
		return;
	}
	add_wide_products(c, sum, s, s->layers, rows);
	op_elementwise(c, sum, s->layers, 5, rows, 10 * d + 2 * s->ffn);
	add_stage_attention(c, sum, s, s->layers - windowed, s->sequences, s->positions);
	if (windowed > 0)
		add_stage_attention(c, sum, s, windowed, rows / s->window, s->window);
}

static void add_conv(const struct chip *c, const struct prefill_job *job, struct cost *sum)
{
	double mpx = job->sequences * job->tile_mpx, flop = mpx * job->tower->flops_per_mpx;
	double compute = flop / (c->conv_flops * job->tower->conv_share);
	double memory = mpx * conv_bytes_per_mpx / c->bytes_per_s;

	sum->flop += flop;
	if (c->no_launch) {
		sum->s[BOUND_COMPUTE] += compute;
		return;
	}
	sum->s[compute >= memory ? BOUND_COMPUTE : BOUND_MEMORY] +=
		compute >= memory ? compute : memory;
	op_elementwise(c, sum, 1, conv_kernels, 0, 0);
}

/* Of one sequence; those at the edge of a picture are smaller and count whole. */
static double window_count(double given, double patches, double window)
{
	if (given > 0)
		return given;
	return window > 0 ? fmax(1, patches / window) : 0;
}

/* Of all patches; and what an eager engine launches once. */
static void add_embedding(const struct chip *c, struct cost *sum, const struct prefill_job *job,
			  double width)
{
	const struct tower *t = job->tower;
	struct cost part = {0};

	op_gemm(c, &part, 1, job->sequences * job->patches, width,
		3.0 * t->frames * t->patch * t->patch);
	if (c->dispatch_s > 0)
		op_elementwise(c, &part, 1, eager_once_kernels, 0, 0);
	if (t->reads_lengths)
		cost_wait(&part);
	cost_add(sum, &part, 1);
}

void prefill_vision(const struct chip *c, const struct prefill_job *job, struct cost *sum)
{
	const struct tower *t = job->tower;

	if (t == NULL || !(job->sequences > 0))
		return;
	if (t->is_conv) {
		add_conv(c, job, sum);
		return;
	}
	double first = t->stage1_layers > 0 ? t->stage1_hidden : t->hidden;
	bool eager = c->dispatch_s > 0;
	struct stage last = {
		/* an eager engine runs all layers, also those whose result nobody reads */
		.layers = eager && t->layers_stored > 0 ? t->layers_stored : t->layers_run,
		.full_layers = t->full_layers,
		.hidden = t->hidden,
		.ffn = t->ffn,
		.ffn_mats = t->ffn_mats,
		.heads = t->heads,
		.window = t->window_patches,
		.windows = window_count(job->windows, job->patches, t->window_patches),
		.sequences = job->sequences,
		.positions = job->patches,
		.eager = eager ? t : NULL,
	};

	add_embedding(c, sum, job, first);
	if (t->stage1_layers > 0) {
		struct stage one = {
			.layers = t->stage1_layers,
			.full_layers = t->stage1_full_layers,
			.hidden = t->stage1_hidden,
			.ffn = t->stage1_ffn,
			.ffn_mats = 2,
			.heads = t->stage1_heads,
			.window = t->stage1_window,
			.windows = window_count(0, job->patches, t->stage1_window),
			.sequences = job->sequences,
			.positions = job->patches,
			.eager = eager ? t : NULL,
		};

		add_stage(c, sum, &one);
		last.positions = job->patches / conv_compress + 1; /* and the class token */
	}
	add_stage(c, sum, &last);
}

static bool near(double a, double b)
{
	return fabs(a - b) <= 0.02 * b;
}

/* The chain of products is read off the number of parameters: merger (in, in) and (in, d),
 * two-layer perceptron (in, d) and (d, d), one matrix, or, for resamplers,
 * the sum as one product. */
void prefill_projector(const struct chip *c, const struct prefill_job *job, struct cost *sum)
{
	const struct model *m = job->model;
	double rows = job->projected;

	if (m == NULL || !(rows > 0) || !(m->projector_params > 0))
		return;
	double times = m->projector_mergers > 0 ? m->projector_mergers : 1;
	double params = m->projector_params / times, d = m->hidden;
	double in = m->projector_in > 0 ? m->projector_in : d;

	if (near(params, in * d + d * d)) {
		op_gemm(c, sum, times, rows, d, in);
		op_gemm(c, sum, times, rows, d, d);
	} else if (near(params, in * in + in * d)) {
		op_gemm(c, sum, times, rows, in, in);
		op_gemm(c, sum, times, rows, d, in);
	} else {
		op_gemm(c, sum, times, rows, params / in, in);
	}
}
