/* The families: which shipped processor a folder starts from, and which keys of its files change
 * it. Key names of both generations of the transformers library stand side by side, the newer one
 * last where it wins. */
#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "import/importer.h"

#define AT(m) offsetof(struct processor, m)
#define SIDE(part, keys, m)                                                                        \
	{                                                                                          \
		part, keys, TAKE_SIDE, AT(m), 1, 16384                                             \
	}
#define INT(part, keys, m, least, most)                                                            \
	{                                                                                          \
		part, keys, TAKE_INT, AT(m), least, most                                           \
	}
#define AREA(part, keys, m)                                                                        \
	{                                                                                          \
		part, keys, TAKE_LONG, AT(m), 0, AREA_MOST                                         \
	}
#define NUM(part, keys, m, least, most)                                                            \
	{                                                                                          \
		part, keys, TAKE_NUM, AT(m), least, most                                           \
	}
#define BOOL(part, keys, m)                                                                        \
	{                                                                                          \
		part, keys, TAKE_BOOL, AT(m), 0, 0                                                 \
	}
#define END                                                                                        \
	{                                                                                          \
		PART_PRE, NULL, TAKE_INT, 0, 0, 0                                                  \
	}

/* clang-format off */

/* A square of one size: its side and patch. */
static const struct mapping square[] = {
	SIDE(PART_TOWER, "image_size", tile),
	SIDE(PART_PRE, "crop_size|size", tile),
	SIDE(PART_TOWER, "patch_size", patch),
	END,
};

/* Learned positions, whatever the size. */
static const struct mapping queries[] = {
	INT(PART_CONFIG, "num_query_tokens|query_num", tokens_per_tile, 1, 100000),
	END,
};

static const struct mapping nothing[] = {END};

static const struct mapping smart_resize[] = {
	SIDE(PART_TOWER, "patch_size|spatial_patch_size", patch),
	INT(PART_TOWER, "spatial_merge_size|merge_size", merge, 1, 64),
	INT(PART_TOWER, "temporal_patch_size", video.group, 1, 64),
	SIDE(PART_PRE, "patch_size", patch),
	INT(PART_PRE, "merge_size|spatial_merge_size", merge, 1, 64),
	INT(PART_PRE, "temporal_patch_size", video.group, 1, 64),
	AREA(PART_PRE, "min_pixels|size.min_pixels|size.shortest_edge", min_pixels),
	AREA(PART_PRE, "max_pixels|size.max_pixels|size.longest_edge", max_pixels),
	END,
};

/* VideoLLaMA 3 merges only video, Emu3 codes blocks instead of patches. */
static const struct mapping unmerged[] = {
	SIDE(PART_PRE, "patch_size|spatial_factor", patch),
	AREA(PART_PRE, "min_pixels", min_pixels),
	AREA(PART_PRE, "max_pixels", max_pixels),
	END,
};

static const struct mapping anyres[] = {
	SIDE(PART_TOWER, "image_size", tile),
	SIDE(PART_PRE, "crop_size|size", tile),
	SIDE(PART_TOWER, "patch_size", patch),
	END,
};

static const struct mapping pooled[] = {
	SIDE(PART_TOWER, "image_size", tile),
	SIDE(PART_PRE, "size", tile),
	SIDE(PART_TOWER, "patch_size", patch),
	INT(PART_PRE, "pan_and_scan_min_crop_size", min_crop, 1, 1000000),
	INT(PART_PRE, "pan_and_scan_max_num_crops", max_tiles, 1, 400),
	NUM(PART_PRE, "pan_and_scan_min_ratio_to_activate", ratio, 0, 1000),
	END,
};

/* Pixtral and its kin: patch_size is {"height": 16, "width": 16}. */
static const struct mapping rows[] = {
	SIDE(PART_TOWER, "patch_size", patch),
	INT(PART_CONFIG, "spatial_merge_size", merge, 1, 64),
	SIDE(PART_PRE, "patch_size", patch),
	INT(PART_PRE, "spatial_merge_size", merge, 1, 64),
	INT(PART_PRE, "size.longest_edge", longest_edge, 1, 1000000),
	END,
};

static const struct mapping ratio_tiles[] = {
	SIDE(PART_TOWER, "image_size", tile),
	SIDE(PART_TOWER, "patch_size", patch),
	SIDE(PART_CONFIG, "force_image_size", tile),
	INT(PART_CONFIG, "min_dynamic_patch|min_dynamic_tiles", min_tiles, 1, 400),
	INT(PART_CONFIG, "max_dynamic_patch|max_dynamic_tiles", max_tiles, 1, 400),
	BOOL(PART_CONFIG, "use_thumbnail", thumbnail),
	SIDE(PART_PRE, "size", tile),
	INT(PART_PRE, "min_patches", min_tiles, 1, 400),
	INT(PART_PRE, "max_patches", max_tiles, 1, 400),
	END,
};

static const struct mapping idefics3[] = {
	INT(PART_PRE, "size.longest_edge", longest_edge, 1, 1000000),
	INT(PART_PRE, "max_image_size.longest_edge", tile, 1, 16384),
	INT(PART_CONFIG, "scale_factor", merge, 1, 64),
	SIDE(PART_TOWER, "patch_size", patch),
	END,
};

static const struct mapping canvas[] = {
	SIDE(PART_TOWER, "image_size", tile),
	INT(PART_TOWER, "max_num_tiles", max_tiles, 1, 400),
	SIDE(PART_PRE, "size|tile_size", tile),
	INT(PART_PRE, "max_image_tiles|max_patches|max_num_tiles", max_tiles, 1, 400),
	SIDE(PART_TOWER, "patch_size", patch),
	END,
};

static const struct mapping slices[] = {
	INT(PART_CONFIG, "query_num", tokens_per_tile, 1, 100000),
	INT(PART_PRE, "max_slice_nums", max_tiles, 1, 400),
	SIDE(PART_PRE, "scale_resolution", tile),
	INT(PART_PRE, "image_feature_size", tokens_per_tile, 1, 100000),
	END,
};

static const struct mapping lfm2[] = {
	SIDE(PART_TOWER, "patch_size", patch),
	INT(PART_CONFIG, "downsample_factor", merge, 1, 64),
	SIDE(PART_PRE, "tile_size", tile),
	SIDE(PART_PRE, "encoder_patch_size", patch),
	INT(PART_PRE, "downsample_factor", merge, 1, 64),
	INT(PART_PRE, "min_tiles", min_tiles, 1, 400),
	INT(PART_PRE, "max_tiles", max_tiles, 1, 400),
	INT(PART_PRE, "min_image_tokens", min_tokens, 1, 100000000),
	INT(PART_PRE, "max_image_tokens", max_tokens, 1, 100000000),
	NUM(PART_PRE, "max_pixels_tolerance", ratio, 0, 1000),
	BOOL(PART_PRE, "use_thumbnail", thumbnail),
	END,
};

static const struct mapping naflex[] = {
	SIDE(PART_TOWER, "patch_size", patch),
	SIDE(PART_PRE, "patch_size|media_proc_cfg.patch_size", patch),
	INT(PART_PRE, "in_token_limit|media_proc_cfg.in_patch_limit", max_patches, 1, 100000000),
	INT(PART_PRE, "media_proc_cfg.patch_limit_on_one_side", max_side_patches, 1, 1000000),
	END,
};

static const struct mapping budget[] = {
	SIDE(PART_TOWER, "patch_size", patch),
	SIDE(PART_PRE, "patch_size", patch),
	INT(PART_CONFIG, "vision_soft_tokens_per_image", max_tokens, 1, 100000000),
	INT(PART_PRE, "max_soft_tokens", max_tokens, 1, 100000000),
	END,
};

static const struct mapping molmo[] = {
	SIDE(PART_PRE, "base_image_input_size", tile),
	SIDE(PART_PRE, "image_patch_size", patch),
	INT(PART_PRE, "max_crops", max_tiles, 1, 400),
	END,
};

static const struct mapping resampled[] = {
	INT(PART_CONFIG, "perceiver_config.resampler_n_latents", tokens_per_tile, 1, 100000),
	END,
};

static const struct mapping phi3[] = {
	INT(PART_PRE, "num_crops", max_tiles, 1, 400),
	END,
};

static const struct mapping phi4[] = {
	INT(PART_PRE, "dynamic_hd", max_tiles, 1, 400),
	END,
};
/* clang-format on */

/* ---------------------------------------------------------------- choosing between shipped
 * processors */

static bool says(const struct importer *im, enum part part, const char *keys, const char *word)
{
	const json_t *j = node_find(import_part(im, part), keys);

	return json_is_string(j) && strstr(json_string_value(j), word) != NULL;
}

static bool is_true(const struct importer *im, enum part part, const char *keys)
{
	return json_is_true(node_find(import_part(im, part), keys));
}

static bool is_number(const struct importer *im, enum part part, const char *keys, json_int_t n)
{
	const json_t *j = node_find(import_part(im, part), keys);

	return json_is_integer(j) && json_integer_value(j) == n;
}

static const char *choose_llava_next(const struct importer *im)
{
	return says(im, PART_TOWER, "model_type", "siglip") ? "granite-vision-3.x" : NULL;
}

static const char *choose_gemma3(const struct importer *im)
{
	return is_true(im, PART_PRE, "do_pan_and_scan") ? "gemma3-pan-and-scan" : NULL;
}

/* SmolVLM's first files call themselves idefics3: they shuffle pixels by 3 or 4, Idefics3 by 2. */
static const char *choose_idefics3(const struct importer *im)
{
	return is_number(im, PART_CONFIG, "scale_factor", 2) ? NULL : "smolvlm-256m-500m";
}

static const char *choose_idefics2(const struct importer *im)
{
	const json_t *split = node_find(&im->pre, "do_image_splitting");

	return json_is_false(split) ? "idefics2-8b-nosplit" : NULL;
}

static const char *choose_aria(const struct importer *im)
{
	return is_true(im, PART_PRE, "split_image") ? "aria-split" : NULL;
}

static const char *choose_minicpm(const struct importer *im)
{
	if (says(im, PART_PRE, "version", "2.5") || is_number(im, PART_CONFIG, "query_num", 96))
		return "minicpm-llama3-v-2.5";
	/* the first one names its tower by a text */
	bool is_first = json_is_string(node_find(&im->config, "vision_encoder"));
	return is_first || says(im, PART_PRE, "version", "2.0") ? "minicpm-v-2.0" : NULL;
}

/* ---------------------------------------------------------------- what a table cannot say */

/* [[336, 672], ...]: canvases, in the published order. */
static void read_pins(struct importer *im, const struct node *v, const char *keys)
{
	const json_t *list = node_array(v, keys);
	size_t n = json_array_size(list);

	if (n == 0)
		return;
	if (n > PINS_MAX) {
		node_wrong(v, keys, "at most 48 canvases", list);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const json_t *pair = json_array_get(list, i);
		json_int_t a = json_integer_value(json_array_get(pair, 0));
		json_int_t b = json_integer_value(json_array_get(pair, 1));
		if (json_array_size(pair) != 2 || a < 1 || a > 1000000 || b < 1 || b > 1000000) {
			node_wrong(v, keys, "pairs of sides in pixels", pair);
			return;
		}
		im->processor.pins[i] = (struct px_size){(int32_t)a, (int32_t)b};
	}
	im->processor.pins_n = (int32_t)n;
}

/* "anyres_max_9" */
static void read_cap(struct importer *im)
{
	static const char prefix[] = "anyres_max_";
	const char *text;
	int64_t cap;

	if (!node_text(&im->config, "vision_aspect_ratio", &text))
		return;
	if (str_starts(text, prefix) && str_int(text + sizeof(prefix) - 1, 1, 400, &cap))
		im->processor.grid_cap = (int32_t)cap;
	else if (strcmp(text, "anyres") == 0) {
		im->processor.grid_cap = 0;
		im->processor.note = NULL; /* it speaks of the cap */
	} else
		import_note(im, "vision_aspect_ratio \"%.40s\" is not known and left out", text);
}

static void adjust_anyres(struct importer *im)
{
	read_pins(im, &im->config, "image_grid_pinpoints");
	read_pins(im, &im->pre, "image_grid_pinpoints");
	read_cap(im);
}

static void adjust_candidates(struct importer *im)
{
	read_pins(im, &im->pre, "candidate_resolutions");
	read_pins(im, &im->config, "candidate_resolutions");
}

/* mm_tokens_per_image is the square of the tokens a side, and so gives the pooling. */
static void adjust_gemma3(struct importer *im)
{
	struct processor *p = &im->processor;
	int64_t tokens;

	if (!node_int(&im->config, "mm_tokens_per_image", 1, 65536, &tokens) || p->patch < 1)
		return;
	int32_t side = p->tile / p->patch;
	for (int32_t pool = 1; pool <= side; pool++)
		if ((int64_t)(side / pool) * (side / pool) == tokens) {
			p->pool = pool;
			return;
		}
	import_note(im, "mm_tokens_per_image %lld is no square of pooled patches and left out",
		    (long long)tokens);
}

/* Pixel shuffle: a factor, or its inverse. A rule that holds the tokens of a tile itself gets their
 * new number. */
static void adjust_shuffle(struct importer *im)
{
	struct processor *p = &im->processor;
	double down = 1.0 / p->merge, scale;

	node_num(&im->config, "downsample_ratio|pixel_shuffle_ratio", 0.01, 1, &down);
	if (node_num(&im->config, "downsample_factor|scale_factor", 1, 64, &scale))
		down = 1 / scale;
	node_num(&im->tower, "pixel_shuffle_ratio", 0.01, 1, &down);
	if (p->tokens_per_tile == 0) {
		p->merge = (int32_t)lround(1 / down);
		return;
	}
	int32_t side = p->patch > 0 ? (int32_t)((double)(p->tile / p->patch) * down) : 0;
	if (side > 0)
		p->tokens_per_tile = side * side;
}

static void adjust_fixed(struct importer *im)
{
	const char *strategy;

	if (node_text(&im->config, "vision_feature_select_strategy", &strategy) &&
	    strcmp(strategy, "full") == 0)
		im->processor.visual_per_image = 1; /* the class token stays */
}

/* Merge of a kernel written as a pair. */
static void adjust_kernel(struct importer *im)
{
	const json_t *kernel =
		node_array(&im->pre, "merge_kernel_size|media_proc_cfg.merge_kernel_size");

	if (!kernel)
		kernel = node_array(&im->tower, "merge_kernel_size");
	json_int_t side = json_integer_value(json_array_get(kernel, 0));
	if (side >= 1 && side <= 64)
		im->processor.merge = (int32_t)side;
}

/* ---------------------------------------------------------------- the list */

/* clang-format off */
static const struct family families[] = {
	{"qwen2_vl", "Qwen2VL", "qwen2-vl", smart_resize, "qwen2-vl-7b", NULL, NULL},
	{"qwen2_5_vl", "Qwen2_5_VL", "qwen2.5-vl", smart_resize, "qwen2.5-vl-7b", NULL, NULL},
	{"qwen3_vl", "Qwen3VL", "qwen3-vl", smart_resize, "qwen3-vl-8b", NULL, NULL},
	{"qwen3_vl_moe", NULL, "qwen3-vl", smart_resize, "qwen3-vl-30b-a3b", NULL, NULL},
	{"qwen3_5", NULL, "qwen3.5", smart_resize, "qwen3.5-9b", NULL, NULL},
	{"qwen3_5_moe", NULL, "qwen3.5", smart_resize, "qwen3.5-35b-a3b", NULL, NULL},
	{"exaone4_5", "Exaone4_5", "exaone-4.5", smart_resize, NULL, NULL, NULL},
	{"cohere_compass", "CohereCompass", "cohere-compass", smart_resize, NULL, NULL, NULL},
	{"glmga", "Glmga", "glmga", smart_resize, NULL, NULL, NULL},
	{"cosmos3_edge", "Cosmos3Edge", "cosmos3-edge", smart_resize, NULL, NULL, NULL},
	{"glm5_next", "Glm5Next", "glm-5-next", nothing, NULL, NULL, NULL},
	{"inkling_mm_model", "Inkling", "inkling", nothing, NULL, NULL, NULL},
	{"neomme", "NeoMME", "neomme", nothing, NULL, NULL, NULL},
	{"isaac", "Isaac", "isaac-0.1", nothing, NULL, NULL, NULL},
	{"step3_vl", "Step3VL", "step3-vl", nothing, NULL, NULL, NULL},
	{"dots_ocr", "DotsOCR", "dots-ocr", smart_resize, NULL, NULL, NULL},
	{"llavaonevision1_5", NULL, "llava-onevision-1.5", smart_resize, NULL, NULL, NULL},
	{"ernie4_5_moe_vl", "Ernie4_5_VL", "ernie-4.5-vl", smart_resize, NULL, NULL, NULL},
	{"ernie4_5_vl_moe", "Ernie_4_5_VL", "ernie-4.5-vl", smart_resize, NULL, NULL, NULL},
	{"minimax_m3_vl", "MiniMax", "minimax-m3-vl", smart_resize, NULL, NULL, NULL},
	{"video_llama_3", "VideoLlama3", "video-llama3-7b", unmerged, NULL, NULL, NULL},
	{"videollama3_qwen2", "Videollama3", "video-llama3-7b", unmerged, NULL, NULL, NULL},
	{"hunyuan_vl", "HunYuanVL", "hunyuan-vl", smart_resize, NULL, NULL, NULL},
	{"glm4v", "Glm4v", "glm-4.1v", smart_resize, "glm-4.1v-9b", NULL, NULL},
	{"glm4v_moe", NULL, "glm-4.6v", smart_resize, "glm-4.5v", NULL, NULL},
	{"glm46v", "Glm46V", "glm-4.6v", smart_resize, "glm-4.5v", NULL, NULL},
	{"paddleocr_vl", "PaddleOCRVL", "paddleocr-vl", smart_resize, NULL, NULL, NULL},
	{"ovis2_5", "Ovis2_5", "ovis2.5", smart_resize, NULL, NULL, NULL},
	{"emu3", "Emu3", "emu3", unmerged, NULL, NULL, NULL},
	{"Emu3", NULL, "emu3", unmerged, NULL, NULL, NULL},
	{"kimi_k25", "KimiK25", "kimi-k2.5", naflex, "kimi-k2.5", NULL, adjust_kernel},
	{"kimi_vl", "KimiVL", "kimi-vl", naflex, "kimi-vl-a3b", NULL, adjust_kernel},
	{"kimi_k3", "KimiK3", "kimi-k3", naflex, NULL, NULL, adjust_kernel},
	{"muse_glimmer", "MuseGlimmer", "muse-glimmer", nothing, NULL, NULL, NULL},
	{"gemma4", "Gemma4", "gemma4", budget, "gemma-4-31b", NULL, NULL},
	{"gemma4_unified", NULL, "gemma4", budget, "gemma-4-12b", NULL, NULL},
	{"mistral3", NULL, "mistral-small-3.1", rows, "mistral-small-3.1-24b", NULL, NULL},
	{"pixtral", "Pixtral", "pixtral-12b", rows, "pixtral-12b", NULL, NULL},
	{"lighton_ocr", "LightOnOcr", "lighton-ocr", rows, NULL, NULL, NULL},
	{"llava", "CLIP", "llava-1.5", square, "llava-1.5-7b", NULL, adjust_fixed},
	{"llava_qwen2", NULL, "fast-vlm-7b", nothing, "fastvlm-7b", NULL, NULL},
	{"fast_vlm", NULL, "fast-vlm-7b", nothing, "fastvlm-7b", NULL, NULL},
	{"llava_next", "LlavaNext", "llava-next-1.6", anyres, "llava-next-mistral-7b", choose_llava_next, adjust_anyres},
	{"granite4_vision", "Granite4Vision", "granite-4-vision", anyres, NULL, NULL, adjust_anyres},
	{"llava_onevision", "LlavaOnevision", "llava-onevision", anyres, "llava-onevision-7b", NULL, adjust_anyres},
	{"gemma3", "Gemma3Image", "gemma3", pooled, "gemma-3-4b", choose_gemma3, adjust_gemma3},
	{"gemma3n", NULL, "gemma3n", nothing, "gemma-3n-e4b", NULL, NULL},
	{"paligemma", "Siglip", "paligemma-224", square, "paligemma-3b-224", NULL, NULL},
	{"florence2", "Florence2", "florence-2", nothing, NULL, NULL, NULL},
	{"chameleon", "Chameleon", "chameleon", nothing, NULL, NULL, NULL},
	{"janus", "Janus", "janus-pro", nothing, NULL, NULL, NULL},
	{"multi_modality", "VLM", "janus-pro", nothing, NULL, NULL, NULL},
	{"deepseek_vl_hybrid", "DeepseekVLHybrid", "deepseek-vl-hybrid-7b", nothing, NULL, NULL, NULL},
	{"deepseek_vl", "DeepseekVL", "deepseek-vl", nothing, NULL, NULL, NULL},
	{"blip-2", "Blip", "blip-2", queries, NULL, NULL, NULL},
	{"instructblip", NULL, "instructblip", queries, NULL, NULL, NULL},
	{"idefics2", "Idefics2", "idefics2-8b", resampled, "idefics2-8b", choose_idefics2, NULL},
	{"mllama", "Mllama", "llama-3.2-vision", canvas, "llama-3.2-vision-11b", NULL, NULL},
	{"llama4", "Llama4", "llama4", canvas, "llama-4-scout", NULL, adjust_shuffle},
	{"perception_lm", "PerceptionLM", "perception-lm", canvas, NULL, NULL, NULL},
	{"smolvlm", "SmolVLM", "smolvlm-256m-500m", idefics3, "smolvlm-256m", NULL, NULL},
	{"idefics3", "Idefics3", "idefics3-8b", idefics3, "idefics3-8b", choose_idefics3, NULL},
	{"internvl_chat", NULL, "internvl2-2.5-3", ratio_tiles, NULL, NULL, adjust_shuffle},
	{"internvl", "GotOcr2", "internvl3-hf", ratio_tiles, NULL, NULL, adjust_shuffle},
	{"eagle_2_5_vl", "Eagle2_5", "eagle2.5", ratio_tiles, NULL, NULL, adjust_shuffle},
	{"llava_llama", NULL, "nvila-lite", nothing, NULL, NULL, NULL},
	{"aya_vision", "AyaVision", "aya-vision", ratio_tiles, "aya-vision-8b", NULL, adjust_shuffle},
	{"cohere2_vision", "Cohere2Vision", "command-a-vision", ratio_tiles, NULL, NULL, adjust_shuffle},
	{"ovis2", "Ovis2", "ovis2", ratio_tiles, "ovis2-8b", NULL, NULL},
	{"ovis", NULL, "ovis2", nothing, "ovis2-8b", NULL, NULL},
	{"lfm2_vl", "Lfm2Vl", "lfm2-vl-1.6b", lfm2, "lfm2-vl-1.6b", NULL, NULL},
	{"deepseek_vl_v2", "DeepseekVLV2", "deepseek-vl2", nothing, "deepseek-vl2-small", NULL, adjust_candidates},
	{"deepseekocr", "DeepseekOcr", "deepseek-ocr-gundam", nothing, "deepseek-ocr", NULL, NULL},
	{"deepseek_ocr2", "DeepseekOcr2", "deepseek-ocr2", nothing, NULL, NULL, NULL},
	{"minicpmv4_6", "MiniCPMV4_6", "minicpm-v-4.6", slices, NULL, NULL, NULL},
	{"minicpmv", "MiniCPMV", "minicpm-v-2.6", slices, "minicpm-v-2.6", choose_minicpm, NULL},
	{"minicpmo", NULL, "minicpm-v-2.6", slices, "minicpm-v-2.6", NULL, NULL},
	{"molmo", "Molmo", "molmo-7b", molmo, "molmo-7b-d", NULL, NULL},
	{"molmo2", "Molmo2", "molmo2", nothing, NULL, NULL, NULL},
	{"phi3_v", "Phi3V", "phi-3.5-vision", phi3, "phi-3.5-vision", NULL, NULL},
	{"phi4mm", "Phi4MM", "phi-4-multimodal", phi4, "phi-4-multimodal", NULL, NULL},
	{"phi4_multimodal", "Phi4Multimodal", "phi-4-multimodal", phi4, "phi-4-multimodal", NULL, NULL},
	{"step3p7", "Step3p7", "step-3.7-flash", nothing, NULL, NULL, NULL},
	{"fuyu", "Fuyu", "fuyu-8b", nothing, NULL, NULL, NULL},
	{"aria", "Aria", "aria", nothing, NULL, choose_aria, NULL},
};
/* clang-format on */

const struct family *family_find(const struct importer *im)
{
	const char *type = im->type;

	if (strcmp(type, "llava") == 0 && says(im, PART_TOWER, "model_type", "pixtral"))
		type = "pixtral"; /* the LLaVA class around another tower */
	for (size_t i = 0; i < ARRAY_SIZE(families); i++)
		if (strcmp(families[i].model_type, type) == 0)
			return &families[i];
	if (im->config.obj) /* its model_type is what counts */
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(families); i++)
		if (families[i].image_processor && str_starts(type, families[i].image_processor))
			return &families[i];
	return NULL;
}
