/* The [model] of a folder: dimensions of its language model and cache. */
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "import/importer.h"

/* The shipped checkpoint that stands for the library's defaults; NULL = none. */
static const struct model *stand_in(const struct importer *im)
{
	return im->family->model ? registry_model(&im->shipped, im->family->model) : NULL;
}

/* Notes that a key comes from the stand-in, not from the files. */
static void kept(struct importer *im, const char *key)
{
	strbuf_printf(&im->kept, "%s%s", im->kept.len ? " " : "", key);
}

/* One dimension: from the files, else from the stand-in, else missing. */
static bool dimension(struct importer *im, const char *keys, const char *key, int32_t most,
		      int32_t other, int32_t *out)
{
	if (node_int32(&im->text, keys, 1, most, out))
		return true;
	if (other > 0) {
		*out = other;
		kept(im, key);
		return true;
	}
	import_note(im, "%.*s is not in config.json: no [model]", (int)strcspn(keys, "|"), keys);
	return false;
}

static bool read_widths(struct importer *im, const struct model *d)
{
	struct model *m = &im->model_entry;
	bool had_heads = node_has(&im->text, "num_attention_heads|n_head");

	if (!dimension(im, "num_hidden_layers|n_layer|num_layers", "layers", 10000, d->layers,
		       &m->layers) ||
	    !dimension(im, "hidden_size|n_embd|d_model", "hidden", 1048576, d->hidden,
		       &m->hidden) ||
	    !dimension(im, "num_attention_heads|n_head", "q-heads", 4096, d->q_heads,
		       &m->q_heads) ||
	    !dimension(im, "vocab_size", "vocab", 16777216, d->vocab, &m->vocab))
		return false;
	node_int32(&im->text, "additional_vocab_size", 0, 1048576, &m->in_rows);
	/* no grouped heads: as many as there are queries, unless the queries too came from
	 * elsewhere */
	if (!node_int32(&im->text, "num_key_value_heads|multi_query_group_num|n_kv_heads", 1, 4096,
			&m->kv_heads)) {
		m->kv_heads = had_heads ? m->q_heads : d->kv_heads;
		if (!had_heads)
			kept(im, "kv-heads");
	}
	if (!node_int32(&im->text, "head_dim|kv_channels", 1, 4096, &m->head_dim)) {
		m->head_dim = had_heads || !d->head_dim ? m->hidden / m->q_heads : d->head_dim;
		if (!had_heads)
			kept(im, "head-dim");
	}
	return true;
}

/* The text part decides; the top of the file speaks for it where it says nothing. */
static void read_tied(struct importer *im, const struct model *d)
{
	bool *tied = &im->model_entry.tied;

	*tied = d->tied;
	if (node_bool(&im->text, "tie_word_embeddings", tied) ||
	    node_bool(&im->config, "tie_word_embeddings", tied))
		return;
	kept(im, "tied");
}

static void read_context(struct importer *im, const struct model *d)
{
	struct model *m = &im->model_entry;
	static const char keys[] =
		"max_position_embeddings|seq_length|n_positions|max_sequence_length";

	if (node_int(&im->text, keys, 1, 1000000000, &m->context))
		return;
	m->context = d->context > 0 ? d->context : 4096;
	kept(im, "context");
}

/* ---------------------------------------------------------------- experts */

static void read_experts(struct importer *im)
{
	struct model *m = &im->model_entry;
	const struct node *v = &im->text;
	int32_t step = 0, dense = 0, shared = 0;

	if (!node_int32(v, "num_experts|n_routed_experts|num_local_experts", 0, 65536,
			&m->experts) ||
	    !m->experts)
		return;
	node_int32(v, "num_experts_per_tok|top_k_experts|moe_topk", 1, 65536, &m->top_k);
	if (!node_int32(v, "moe_intermediate_size|expert_intermediate_size", 1, 4194304,
			&m->expert_ffn))
		node_int32(v, "intermediate_size", 1, 4194304, &m->expert_ffn); /* Llama 4 */
	if (!node_int32(v, "shared_expert_intermediate_size", 0, 4194304, &m->shared_ffn)) {
		node_int32(v, "n_shared_experts|num_shared_experts", 0, 64, &shared);
		if (strcmp(im->type, "llama4") == 0)
			shared = 1;
		m->shared_ffn = shared * m->expert_ffn;
	}
	node_int32(v, "first_k_dense_replace", 0, 10000, &dense);
	if (node_int32(v, "interleave_moe_layer_step", 1, 10000, &step) && step > 1)
		dense = m->layers - m->layers / step;
	m->dense_layers = dense < m->layers ? dense : 0;
	m->moe_layers = m->layers - m->dense_layers;
	if (m->dense_layers)
		node_int32(v, "intermediate_size_mlp|intermediate_size", 1, 4194304, &m->dense_ffn);
}

static bool read_ffn(struct importer *im, const struct model *d)
{
	struct model *m = &im->model_entry;

	read_experts(im);
	if (m->experts)
		return true; /* what is dense stands in dense-ffn */
	if (!dimension(im, "intermediate_size|ffn_dim|n_inner|block_ff_dim", "ffn", 4194304, d->ffn,
		       &m->ffn))
		return false;
	if (strcmp(im->type, "molmo") == 0)
		m->ffn /= 2; /* the file gives gate and up together */
	return true;
}

/* LFM2 shrinks the width of the file by 2/3 and rounds it up to a multiple. */
static void adjust_lfm2_ffn(struct importer *im)
{
	int64_t of = 256;
	bool adjusts = true;

	if (strcmp(im->type, "lfm2_vl") != 0)
		return;
	node_bool(&im->text, "block_auto_adjust_ff_dim", &adjusts);
	node_int(&im->text, "block_multiple_of", 1, 65536, &of);
	if (!adjusts)
		return;
	int64_t ffn = 2 * (int64_t)im->model_entry.ffn / 3;
	im->model_entry.ffn = (int32_t)((ffn + of - 1) / of * of);
}

/* ---------------------------------------------------------------- cache */

/* Layers of one kind among the first n of layer_types. */
static int32_t layers_of(const json_t *types, const char *kind, int32_t n)
{
	int32_t found = 0;

	for (int32_t i = 0; i < n; i++) {
		const json_t *type = json_array_get(types, (size_t)i);
		found += json_is_string(type) && strcmp(json_string_value(type), kind) == 0;
	}
	return found;
}

static void read_mla(struct importer *im)
{
	struct model *m = &im->model_entry;
	const struct node *v = &im->text;
	const json_t *use = node_find(v, "use_mla");

	if (json_is_false(use) || !node_int32(v, "kv_lora_rank", 1, 65536, &m->mla_kv_rank))
		return;
	m->kv_kind = KV_MLA;
	node_int32(v, "qk_rope_head_dim", 1, 65536, &m->mla_rope);
	node_int32(v, "qk_nope_head_dim", 1, 65536, &m->mla_nope);
	node_int32(v, "v_head_dim", 1, 65536, &m->mla_v);
	node_int32(v, "q_lora_rank", 1, 65536, &m->mla_q_rank);
	if (m->mla_v)
		m->head_dim = m->mla_v;
}

static void read_linear(struct importer *im, const json_t *types)
{
	struct model *m = &im->model_entry;
	const struct node *v = &im->text;
	int32_t every = 0;

	if (types)
		m->linear_layers = layers_of(types, "linear_attention", m->layers);
	else if (node_int32(v, "full_attention_interval", 2, 10000, &every))
		m->linear_layers = m->layers - m->layers / every;
	if (!m->linear_layers)
		return;
	m->kv_kind = KV_HYBRID;
	node_int32(v, "linear_num_key_heads", 1, 4096, &m->linear_key_heads);
	node_int32(v, "linear_num_value_heads", 1, 4096, &m->linear_value_heads);
	node_int32(v, "linear_key_head_dim", 1, 65536, &m->linear_head);
	node_int32(v, "linear_conv_kernel_dim", 1, 1024, &m->conv_kernel);
}

static void read_convolutions(struct importer *im, const json_t *types)
{
	struct model *m = &im->model_entry;
	const json_t *full = node_array(&im->text, "full_attn_idxs");

	if (types)
		m->conv_layers = layers_of(types, "conv", m->layers);
	else if (full && json_array_size(full) < (size_t)m->layers)
		m->conv_layers = m->layers - (int32_t)json_array_size(full);
	if (!m->conv_layers)
		return;
	m->kv_kind = KV_HYBRID;
	node_int32(&im->text, "conv_L_cache|conv_kernel", 1, 1024, &m->conv_kernel);
}

/* Layers whose cache stops at a window. A width alone says nothing: Qwen and Mistral files carry
 * one they do not use. */
static void read_windows(struct importer *im, const json_t *types, const struct model *d)
{
	struct model *m = &im->model_entry;
	const struct node *v = &im->text;
	int32_t own = m->layers - m->shared_layers, every = 0;

	if (types)
		m->win_layers = layers_of(types, "sliding_attention", own);
	else if (node_int32(v, "sliding_window_pattern|_sliding_window_pattern", 2, 10000, &every))
		m->win_layers = own - own / every;
	else if (d->kv_kind == KV_WINDOW && d->grow_layers > 0 &&
		 m->shared_layers == d->shared_layers) {
		m->win_layers = own - own / (d->layers / d->grow_layers);
		kept(im, "window-layers");
	}
	if (!m->win_layers)
		return;
	m->kv_kind = KV_WINDOW;
	if (!node_int32(v, "sliding_window", 1, 100000000, &m->window)) {
		m->window = d->window;
		kept(im, "window");
	}
}

/* Llama 4: layers without rotary positions see everything, the others a chunk. */
static void read_chunks(struct importer *im, const json_t *types)
{
	struct model *m = &im->model_entry;
	const json_t *rope = node_array(&im->text, "no_rope_layers");
	int32_t full = 0;

	if (strcmp(im->type, "llama4") != 0 ||
	    !node_int32(&im->text, "attention_chunk_size", 1, 100000000, &m->window))
		return;
	m->kv_kind = KV_CHUNK;
	m->win_layers = types ? layers_of(types, "chunked_attention", m->layers)
			      : m->layers - m->layers / 4;
	if (!types && json_array_size(rope) == (size_t)m->layers) {
		for (size_t i = 0; i < json_array_size(rope); i++)
			full += json_integer_value(json_array_get(rope, i)) == 0;
		m->win_layers = m->layers - full;
	}
}

static void read_cross(struct importer *im)
{
	struct model *m = &im->model_entry;
	const json_t *cross = node_array(&im->text, "cross_attention_layers");
	int32_t side = 0, patch = 0;

	if (!json_array_size(cross) || json_array_size(cross) >= (size_t)m->layers)
		return;
	node_side(&im->tower, "image_size", &side);
	node_side(&im->tower, "patch_size", &patch);
	m->kv_kind = KV_CROSS;
	m->cross_layers = (int32_t)json_array_size(cross);
	m->cross_positions = patch ? side / patch * (side / patch) + 1 : 0;
	m->in_rows = 8; /* the image token and its neighbours: rows that are read, never written */
}

/* Gemma 4: heads of the layers that see everything, and layers that use the cache of others. */
static void read_global(struct importer *im)
{
	struct model *m = &im->model_entry;
	const struct node *v = &im->text;

	if (!m->win_layers || !node_int32(v, "global_head_dim", 1, 4096, &m->global_head_dim))
		return;
	m->global_kv_heads = m->kv_heads;
	node_int32(v, "num_global_key_value_heads", 1, 4096, &m->global_kv_heads);
	const json_t *types = node_array(v, "layer_types");
	m->global_layers = types ? layers_of(types, "full_attention", m->layers)
				 : m->layers - m->win_layers - m->shared_layers;
}

static void read_cache(struct importer *im, const struct model *d)
{
	struct model *m = &im->model_entry;
	const json_t *types = node_array(&im->text, "layer_types");

	if (types && json_array_size(types) != (size_t)m->layers) {
		node_wrong(&im->text, "layer_types", "one entry for each layer", types);
		return;
	}
	node_int32(&im->text, "num_kv_shared_layers", 0, m->layers - 1, &m->shared_layers);
	read_mla(im);
	read_linear(im, types);
	read_convolutions(im, types);
	read_windows(im, types, d);
	read_chunks(im, types);
	read_cross(im);
	read_global(im);
}

/* ---------------------------------------------------------------- norms */

/* No file says how a network's norms are written: its code does. By the begin of the model type of
 * the language model; the longer names stand before the shorter ones. */
static void read_norms(struct importer *im)
{
	static const struct {
		const char *type;
		enum norm_kind norm;
		int32_t norms;
		bool qk;
	} t[] = {
		{"gemma3", NORM_RMS_OFFSET, 4, true},
		{"gemma4", NORM_RMS_OFFSET, 4, true},
		{"gemma2", NORM_RMS_OFFSET, 4, false},
		{"gemma", NORM_RMS_OFFSET, 2, false},
		{"paligemma", NORM_RMS_OFFSET, 2, false},
		{"qwen3_5", NORM_RMS_OFFSET, 2, true},
		{"qwen3", NORM_RMS, 2, true},
		{"glm4v", NORM_RMS, 4, false},
		{"lfm2", NORM_RMS, 2, true},
		{"llama4", NORM_RMS, 2, true},
	};
	struct model *m = &im->model_entry;
	const char *type = im->type;

	m->norm = NORM_RMS;
	m->norms = 2;
	node_text(&im->text, "model_type", &type);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if (strncmp(type, t[i].type, strlen(t[i].type)) == 0) {
			m->norm = t[i].norm;
			m->norms = t[i].norms;
			m->qk_norm = t[i].qk;
			return;
		}
}

/* ---------------------------------------------------------------- all of it */

void import_model(struct importer *im)
{
	static const struct model none;
	const struct model *d = stand_in(im);
	struct model *m = &im->model_entry;

	*m = (struct model){.gated = true, .projector_mergers = 1};
	import_stored(im);
	if (!d)
		d = &none;
	if (!im->text.obj || !read_widths(im, d) || !read_ffn(im, d))
		return;
	adjust_lfm2_ffn(im);
	read_tied(im, d);
	read_context(im, d);
	read_cache(im, d);
	read_norms(im);
	m->gated = d->layers ? d->gated : true;
	m->id = m->name = im->id;
	m->source = "config.json";
	m->processor_id = im->id;
	m->tower_id = im->has_tower ? im->id : im->tower_id;
	im->has_model = true;
	/* weights, and what follows from them, are lower bounds: see the note */
	if (!(im->model_entry.projector_params > 0)) {
		kept(im, "projector-params");
		import_note(im, "the files do not tell the projector's size (projector-params): "
				"weights and memory set aside are lower bounds");
	}
}
