/* Parameters from dimensions, layer kind by layer kind. Checked against the published sums of every
 * shipped checkpoint by tests/sums. */
#include "core/params.h"

/* Feed-forward part of one layer, or one expert. */
static double ffn(const struct model *m, double width)
{
	return (m->gated ? 3 : 2) * (double)m->hidden * width;
}

/* Query, key, value and output matrices of one ordinary layer. */
static double plain_attention(const struct model *m, double kv_heads, double head_dim)
{
	double d = m->hidden, q = m->q_heads * head_dim, kv = kv_heads * head_dim;
	double gate = model_gates_output(m) ? d * q : 0;

	return d * q + 2 * d * kv + q * d + gate;
}

/* Multi-head latent attention: keys and values come out of a latent row that all heads share. */
static double latent_attention(const struct model *m)
{
	double d = m->hidden, h = m->q_heads, qk = m->mla_nope + m->mla_rope;
	double q = m->mla_q_rank > 0 ? m->mla_q_rank * (d + h * qk) : d * h * qk;
	double kv =
		d * (m->mla_kv_rank + m->mla_rope) + m->mla_kv_rank * h * (m->mla_nope + m->mla_v);

	return q + kv + h * m->mla_v * d;
}

/* Gated delta-net: queries and keys share the key heads, values, gate and two scalars per value
 * head, a convolution. Mamba-2 has the same matrices under other names: its groups are key heads.
 */
static double linear_attention(const struct model *m)
{
	double d = m->hidden, k = m->linear_key_heads * model_linear_state(m);
	double v = (double)m->linear_value_heads * m->linear_head;

	return d * (2 * k + 2 * v + 2.0 * m->linear_value_heads) + m->conv_kernel * (2 * k + v) +
	       v * d;
}

/* Short convolution (LFM2): one matrix in to three rows, one out, a kernel per channel. */
static double short_convolution(const struct model *m)
{
	double d = m->hidden;

	return 4 * d * d + m->conv_kernel * d;
}

/* Layers with attention of the ordinary kind, the global ones apart. */
static double plain_layers(const struct model *m)
{
	return m->layers - m->global_layers - m->linear_layers - m->conv_layers - m->bare_layers;
}

static double attention(const struct model *m)
{
	double plain = plain_layers(m);
	/* a global layer with fewer heads than the local ones has no value matrix (Gemma 4 but the
	 * E sizes) */
	double global = 0;

	if (m->global_layers > 0) {
		global = plain_attention(m, m->global_kv_heads, m->global_head_dim);
		if (m->global_kv_heads < m->kv_heads)
			global -= (double)m->hidden * m->global_kv_heads * m->global_head_dim;
	}
	return plain * (m->kv_kind == KV_MLA ? latent_attention(m)
					     : plain_attention(m, m->kv_heads, m->head_dim)) +
	       m->global_layers * global + m->linear_layers * linear_attention(m) +
	       m->conv_layers * short_convolution(m);
}

/* Feed-forward parts of layers without experts. */
static double dense_ffn(const struct model *m)
{
	double wide = m->shared_ffn_width > 0 ? m->shared_layers : 0;

	if (m->experts > 0)
		return m->dense_layers * ffn(m, m->dense_ffn);
	return (model_ffn_layers(m) - wide) * ffn(m, m->ffn) + wide * ffn(m, m->shared_ffn_width);
}

/* The parts that formats treat apart. A latent layer has no value matrix of its own. */
static void split(const struct model *m, struct params *out)
{
	double d = m->hidden, plain = plain_layers(m);
	bool latent = m->kv_kind == KV_MLA;
	double shared_kv = m->global_kv_heads < m->kv_heads ? 0 : m->global_layers;

	out->values = latent ? 0
			     : d * (plain * m->kv_heads * m->head_dim +
				    shared_kv * m->global_kv_heads * m->global_head_dim);
	out->outputs = d * m->q_heads *
		       (plain * (latent ? m->mla_v : m->head_dim) +
			(double)m->global_layers * m->global_head_dim);
	out->linear =
		m->linear_layers * linear_attention(m) + m->conv_layers * short_convolution(m);
	out->downs = (out->experts + m->moe_layers * ffn(m, m->shared_ffn) + dense_ffn(m)) /
		     (m->gated ? 3 : 2);
}

void params_of(const struct model *m, struct params *out)
{
	double d = m->hidden;
	double shared = m->moe_layers * ffn(m, m->shared_ffn);
	double norms = (2.0 * m->layers + 1) * d;

	out->routers = (double)m->moe_layers * m->experts * d;
	out->head = m->tied ? 0 : (double)m->vocab * d;
	out->embedding = ((m->tied ? 1.0 : 2.0) * m->vocab + m->in_rows) * d;
	out->experts = m->moe_layers * m->experts * ffn(m, m->expert_ffn);

	double rest =
		attention(m) + dense_ffn(m) + out->routers + shared + norms + m->lookup_params;

	out->llm = rest + out->embedding + out->experts;
	out->active = rest + out->embedding + m->moe_layers * m->top_k * ffn(m, m->expert_ffn);
	split(m, out);
}
