/* From the keys of GGUF files to those of config.json, so that one reader imports both. Source of
 * the names: gguf-py constants.py and convert_hf_to_gguf.py of ggml-org/llama.cpp. */
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "import/gguf.h"

/* Projectors and architectures, and the family that has them. A projector says more: architectures
 * are shared. */
static const struct {
	const char *name, *model_type;
} projectors[] = {
	{"mlp", "llava"},
	{"qwen2vl_merger", "qwen2_vl"},
	{"qwen2.5vl_merger", "qwen2_5_vl"},
	{"qwen3vl_merger", "qwen3_vl"},
	{"gemma3", "gemma3"},
	{"gemma3nv", "gemma3n"},
	{"gemma4v", "gemma4"},
	{"gemma4uv", "gemma4"},
	{"idefics3", "idefics3"},
	{"pixtral", "pixtral"},
	{"internvl", "internvl_chat"},
	{"llama4", "llama4"},
	{"lfm2", "lfm2_vl"},
	{"kimivl", "kimi_vl"},
	{"kimik25", "kimi_k25"},
	{"glm4v", "glm4v"},
	{"resampler", "minicpmv"},
	{"lightonocr", "lighton_ocr"},
	{"janus_pro", "janus"},
	{"hunyuanvl", "hunyuan_vl"},
	{"hunyuanocr", "hunyuan_vl"},
	{"dots_ocr", "dots_ocr"},
	{"paddleocr", "paddleocr_vl"},
};

static const struct {
	const char *name, *model_type;
} architectures[] = {
	{"qwen2vl", "qwen2_vl"},  {"qwen3vl", "qwen3_vl"},      {"qwen3vlmoe", "qwen3_vl_moe"},
	{"qwen35", "qwen3_5"},    {"qwen35moe", "qwen3_5_moe"}, {"gemma3", "gemma3"},
	{"gemma3n", "gemma3n"},   {"gemma4", "gemma4"},         {"llama4", "llama4"},
	{"mistral3", "mistral3"},
};

static const struct {
	const char *from, *to; /* behind the architecture and a point */
} text_keys[] = {
	{"block_count", "num_hidden_layers"},
	{"embedding_length", "hidden_size"},
	{"feed_forward_length", "intermediate_size"},
	{"attention.head_count", "num_attention_heads"},
	{"attention.head_count_kv", "num_key_value_heads"},
	{"attention.key_length", "head_dim"},
	{"context_length", "max_position_embeddings"},
	{"vocab_size", "vocab_size"},
	{"expert_count", "num_experts"},
	{"expert_used_count", "num_experts_per_tok"},
	{"expert_feed_forward_length", "moe_intermediate_size"},
	{"expert_shared_feed_forward_length", "shared_expert_intermediate_size"},
	{"leading_dense_block_count", "first_k_dense_replace"},
	{"attention.sliding_window", "sliding_window"},
	{"full_attention_interval", "full_attention_interval"},
	{"ssm.conv_kernel", "linear_conv_kernel_dim"},
	{"ssm.state_size", "linear_key_head_dim"},
	{"ssm.group_count", "linear_num_key_heads"},
	{"ssm.time_step_rank", "linear_num_value_heads"},
};

static const struct {
	const char *from, *to; /* behind "clip.vision." */
} vision_keys[] = {
	{"block_count", "num_hidden_layers"},
	{"embedding_length", "hidden_size"},
	{"feed_forward_length", "intermediate_size"},
	{"attention.head_count", "num_attention_heads"},
	{"patch_size", "patch_size"},
	{"image_size", "image_size"},
	{"spatial_merge_size", "spatial_merge_size"},
};

/* A number, or the largest of a list: layers differ in their heads. */
static json_t *largest(const json_t *v)
{
	json_int_t most = 0;

	if (!json_is_array(v))
		return json_is_number(v) ? json_deep_copy(v) : NULL;
	for (size_t i = 0; i < json_array_size(v); i++) {
		json_int_t one = json_integer_value(json_array_get(v, i));
		most = one > most ? one : most;
	}
	return most > 0 ? json_integer(most) : NULL;
}

static const json_t *under(const json_t *keys, const char *prefix, const char *key)
{
	char name[160];

	str_format(name, sizeof(name), "%s.%s", prefix, key);
	return json_object_get(keys, name);
}

static void copy(json_t *to, const char *key, const json_t *v)
{
	json_t *number = v ? largest(v) : NULL;

	if (number)
		json_object_set_new(to, key, number);
}

static const char *text_of(const json_t *keys, const char *key)
{
	const char *s = json_string_value(json_object_get(keys, key));

	return s ? s : "";
}

static const char *family_of(const json_t *text, const json_t *projector)
{
	const char *kind = text_of(projector, "clip.projector_type");
	const char *arch = text_of(text, "general.architecture");

	if (!*kind)
		kind = text_of(projector, "clip.vision.projector_type");
	for (size_t i = 0; i < ARRAY_SIZE(projectors); i++)
		if (strcmp(kind, projectors[i].name) == 0 &&
		    (strcmp(kind, "qwen3vl_merger") != 0 || !*arch))
			return projectors[i].model_type;
	/* one architecture for both: the name tells */
	if (strcmp(arch, "qwen2vl") == 0 && (strstr(text_of(text, "general.name"), "2.5") ||
					     strstr(text_of(text, "general.basename"), "2.5")))
		return "qwen2_5_vl";
	for (size_t i = 0; i < ARRAY_SIZE(architectures); i++)
		if (strcmp(arch, architectures[i].name) == 0)
			return architectures[i].model_type;
	return *kind ? kind : arch;
}

static json_t *text_config(const json_t *text)
{
	const char *arch = text_of(text, "general.architecture");
	json_t *out = json_object();

	for (size_t i = 0; out && i < ARRAY_SIZE(text_keys); i++)
		copy(out, text_keys[i].to, under(text, arch, text_keys[i].from));
	if (out && !json_object_get(out, "vocab_size"))
		copy(out, "vocab_size", json_object_get(text, "tokenizer.ggml.tokens"));
	/* value heads of a linear layer: their width is the inner size shared among them */
	json_int_t inner = json_integer_value(under(text, arch, "ssm.inner_size"));
	json_int_t heads = json_integer_value(under(text, arch, "ssm.time_step_rank"));
	if (out && heads > 0 && inner >= heads)
		json_object_set_new(out, "linear_value_head_dim", json_integer(inner / heads));
	return out;
}

/* Towers of the Qwen family take frames in pairs; Qwen2.5's attend in windows of 112 pixels, but
 * for every so many layers: clip.cpp knows both by the name of the projector. */
static void add_qwen(json_t *out, const json_t *projector)
{
	enum { WINDOW_PX = 112 };
	const char *kind = text_of(projector, "clip.projector_type");
	json_int_t layers = json_integer_value(json_object_get(out, "num_hidden_layers"));
	json_int_t every =
		json_integer_value(json_object_get(projector, "clip.vision.n_wa_pattern"));

	if (!str_starts(kind, "qwen2vl") && !str_starts(kind, "qwen2.5vl") &&
	    !str_starts(kind, "qwen3vl"))
		return;
	json_object_set_new(out, "temporal_patch_size", json_integer(2));
	json_t *full = every > 0 && layers < 1000 ? json_array() : NULL;
	if (!full)
		return;
	for (json_int_t i = every; i <= layers; i += every)
		json_array_append_new(full, json_integer(i - 1));
	json_object_set_new(out, "fullatt_block_indexes", full);
	json_object_set_new(out, "window_size", json_integer(WINDOW_PX));
}

static json_t *vision_config(const json_t *projector)
{
	json_t *out = json_object();

	for (size_t i = 0; out && i < ARRAY_SIZE(vision_keys); i++)
		copy(out, vision_keys[i].to, under(projector, "clip.vision", vision_keys[i].from));
	if (out)
		add_qwen(out, projector);
	return out;
}

static json_t *preprocessor(const json_t *projector)
{
	json_t *out = json_object();

	if (!out)
		return NULL;
	copy(out, "min_pixels", json_object_get(projector, "clip.vision.image_min_pixels"));
	copy(out, "max_pixels", json_object_get(projector, "clip.vision.image_max_pixels"));
	copy(out, "patch_size", json_object_get(projector, "clip.vision.patch_size"));
	if (json_object_size(out) > 0)
		return out;
	json_decref(out);
	return NULL;
}

json_t *gguf_config(const json_t *text, const json_t *projector, json_t **pre)
{
	json_t *out = json_object();

	*pre = projector ? preprocessor(projector) : NULL;
	if (!out)
		return NULL;
	json_object_set_new(out, "model_type", json_string(family_of(text, projector)));
	if (text) {
		json_object_set_new(out, "text_config", text_config(text));
		const json_t *type = json_object_get(text, "general.file_type");
		if (json_is_integer(type))
			json_object_set_new(out, "quantization_config",
					    json_pack("{s:s, s:I}", "quant_method", "gguf",
						      "file_type", json_integer_value(type)));
	}
	if (projector) {
		json_object_set_new(out, "vision_config", vision_config(projector));
		copy(out, "scale_factor",
		     json_object_get(projector, "clip.vision.projector.scale_factor"));
	}
	return out;
}
