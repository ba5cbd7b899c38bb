/* What files of a folder say, part by part: rows of JSON, and the lines that come of them, or the
 * one message that says where it is wrong. */
#include "tests/unit.h"

#include "base/base.h"
#include "base/strbuf.h"
#include "import/import.h"

/* Of a language model, so that nothing is taken from the family. */
#define DIMENSIONS                                                                                 \
	"\"hidden_size\": 4096, \"num_hidden_layers\": 32, \"num_attention_heads\": 32, "          \
	"\"vocab_size\": 1000, \"intermediate_size\": 8192"

#define QUANTISED(how)                                                                             \
	"{\"model_type\": \"llava\", \"text_config\": {" DIMENSIONS                                \
	"}, \"quantization_config\": " how "}"

/* clang-format off */
static const struct {
	const char *name, *config, *pre; /* NULL: there is no such file */
	const char *lines; /* whole lines of the result; "!": not among them; NULL: it is refused */
	const char *message;
} rows[] = {
	{"canvases: too many",
	 "{\"model_type\": \"llava_next\", \"image_grid_pinpoints\": [[336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, 336], [336, "
	 "336], [336, 336], [336, 336], [336, 336], [336, 336]]}",
	 NULL,
	 NULL, "config.json: image_grid_pinpoints: expected at most 48 canvases, found an array of 49"},
	{"canvases: no array",
	 "{\"model_type\": \"llava_next\", \"image_grid_pinpoints\": 5}",
	 NULL,
	 NULL, "config.json: image_grid_pinpoints: expected an array, found 5"},
	{"canvases: three sides",
	 "{\"model_type\": \"llava_next\", \"image_grid_pinpoints\": [[336, 336, 1]]}",
	 NULL,
	 NULL, "config.json: image_grid_pinpoints: expected pairs of sides in pixels, found an array of "
	 "3"},
	{"canvases: nothing",
	 "{\"model_type\": \"llava_next\", \"image_grid_pinpoints\": [[0, 336]]}",
	 NULL,
	 NULL, "config.json: image_grid_pinpoints: expected pairs of sides in pixels, found an array of "
	 "2"},
	{"canvases: too large",
	 "{\"model_type\": \"llava_next\", \"image_grid_pinpoints\": [[336, 1000001]]}",
	 NULL,
	 NULL, "config.json: image_grid_pinpoints: expected pairs of sides in pixels, found an array of "
	 "2"},
	{"canvases: none",
	 "{\"model_type\": \"llava_next\", \"image_grid_pinpoints\": []}",
	 NULL,
	 "pins = 336x672 672x336 672x672 1008x336 336x1008\n", NULL},
	{"cap",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": \"anyres_max_4\"}",
	 NULL,
	 "grid-cap = 4\n"
	 "note = features of more tiles than grid-cap (anyres_max_N) are scaled down\n", NULL},
	{"no cap",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": \"anyres\"}",
	 NULL,
	 "!grid-cap = 9\n"
	 "!note = features of more tiles than grid-cap (anyres_max_N) are scaled down\n", NULL},
	{"odd cap",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": \"anyres_max_500\"}",
	 NULL,
	 "# vision_aspect_ratio \"anyres_max_500\" is not known and left out\n" "grid-cap = 9\n", NULL},
	{"other cap",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": \"pad\"}",
	 NULL,
	 "# vision_aspect_ratio \"pad\" is not known and left out\n", NULL},
	{"cap: a number",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": 9}",
	 NULL,
	 NULL, "config.json: vision_aspect_ratio: expected text, found 9"},
	{"quantised: four bits that are float",
	 QUANTISED("{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"a\": {\"weights\": {\"num_bits\": 4, \"type\": \"float\"}}}}"),
	 NULL,
	 "stored = fp4\n", NULL},
	{"quantised: four bits that are whole",
	 QUANTISED("{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"a\": {\"weights\": {\"num_bits\": 4, \"type\": \"int\"}}}}"),
	 NULL,
	 "stored = int4\n", NULL},
	{"quantised: of no type",
	 QUANTISED("{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"a\": {\"weights\": {\"num_bits\": 8}}}}"),
	 NULL,
	 "stored = int8\n", NULL},
	{"quantised: a group without bits",
	 QUANTISED("{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"a\": {}, \"b\": {\"weights\": {\"num_bits\": 8, \"type\": \"float\"}}}}"),
	 NULL,
	 "stored = fp8\n", NULL},
	{"quantised: groups without any",
	 QUANTISED("{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"a\": {}}}"),
	 NULL,
	 "# quantised by \"compressed-tensors\", which is not known: weights are those of bf16\n", NULL},
	{"quantised: bits that no type has",
	 QUANTISED("{\"quant_method\": \"gptq\", \"bits\": 3}"),
	 NULL,
	 "# quantised by \"gptq\", which is not known: weights are those of bf16\n", NULL},
	{"quantised: AWQ of eight bits",
	 QUANTISED("{\"quant_method\": \"awq\", \"w_bit\": 8}"),
	 NULL,
	 "stored = int8\n" "# stored in int8 (awq)\n", NULL},
	{"quantised: a switch that is off",
	 QUANTISED("{\"quant_method\": \"bitsandbytes\", \"load_in_4bit\": false, \"load_in_8bit\": true}"),
	 NULL,
	 "stored = int8\n", NULL},
	{"quantised: in large letters",
	 QUANTISED("{\"quant_method\": \"AWQ\"}"),
	 NULL,
	 "stored = awq\n", NULL},
	{"quantised: by layers, the most",
	 QUANTISED("{\"quant_method\": \"modelopt\", \"quant_algo\": \"MIXED_PRECISION\", \"quantized_layers\": {\"a\": {\"quant_algo\": \"FP8\"}, \"b\": {\"quant_algo\": \"NVFP4\"}, \"c\": {\"quant_algo\": \"NVFP4\"}, \"d\": {}, \"e\": {\"quant_algo\": \"other\"}, \"f\": {\"quant_algo\": \"gptq\"}}}"),
	 NULL,
	 "stored = fp4\n", NULL},
	{"quantised: attention left out",
	 QUANTISED("{\"quant_method\": \"fp8\", \"modules_to_not_convert\": [5, \"lm_head\", \"model.layers.*.self_attn*\"]}"),
	 NULL,
	 "stored = fp8\n" "stored-part = experts\n", NULL},
	{"quantised: nothing of attention left out",
	 QUANTISED("{\"quant_method\": \"fp8\", \"ignore\": [\"lm_head\"]}"),
	 NULL,
	 "stored = fp8\n" "!stored-part = experts\n", NULL},
	{"MLX: five bits",
	 QUANTISED("{\"bits\": 5, \"group_size\": 32}"),
	 NULL,
	 "stored = int8\n" "# stored in 5 bits by groups of 32\n", NULL},
	{"MLX: more bits than it has",
	 QUANTISED("{\"bits\": 9, \"group_size\": 32}"),
	 NULL,
	 "!stored = int8\n" "!stored = int4\n", NULL},
	{"MLX: one bit",
	 QUANTISED("{\"bits\": 1, \"group_size\": 32}"),
	 NULL,
	 "!stored = int8\n" "!stored = int4\n", NULL},
	{"side: 336",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": 336, \"patch_size\": 14}}",
	 NULL,
	 "tile = 336\n", NULL},
	{"side: 336.0",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": 336.0, \"patch_size\": 14}}",
	 NULL,
	 "tile = 336\n", NULL},
	{"side: [336]",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": [336], \"patch_size\": 14}}",
	 NULL,
	 "tile = 336\n", NULL},
	{"side: [336, 336]",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": [336, 336], \"patch_size\": 14}}",
	 NULL,
	 "tile = 336\n", NULL},
	{"side: {\"height\": 336, \"width\": 336}",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": {\"height\": 336, \"width\": 336}, \"patch_size\": 14}}",
	 NULL,
	 "tile = 336\n", NULL},
	{"side: {\"shortest_edge\": 336}",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": {\"shortest_edge\": 336}, \"patch_size\": 14}}",
	 NULL,
	 "tile = 336\n", NULL},
	{"side: [336, 337]",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": [336, 337], \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found an array of 2"},
	{"side: []",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": [], \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found an array of 0"},
	{"side: {\"height\": 336}",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": {\"height\": 336}, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found an object"},
	{"side: {\"height\": 336, \"width\": 335}",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": {\"height\": 336, \"width\": 335}, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found an object"},
	{"side: {\"longest_edge\": 336}",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": {\"longest_edge\": 336}, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found an object"},
	{"side: \"336\"",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": \"336\", \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found the text \"336\""},
	{"side: 0",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": 0, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found 0"},
	{"side: 20000",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": 20000, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found 20000"},
	{"side: 336.5",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": 336.5, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found 336.5"},
	{"side: 1e300",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": 1e300, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found 1.0000000000000001e+300"},
	{"side: true",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": true, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found true"},
	{"side: false",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": false, \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found false"},
	{"side: [\"336\"]",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"image_size\": [\"336\"], \"patch_size\": 14}}",
	 NULL,
	 NULL, "config.json: vision_config.image_size: expected a side from 1 to 16384 pixels, or a square of that, found an array of 1"},
	{"text: true",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": true}",
	 NULL,
	 NULL, "config.json: vision_aspect_ratio: expected text, found true"},
	{"text: false",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": false}",
	 NULL,
	 NULL, "config.json: vision_aspect_ratio: expected text, found false"},
	{"text: 1.5",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": 1.5}",
	 NULL,
	 NULL, "config.json: vision_aspect_ratio: expected text, found 1.5"},
	{"text: {}",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": {}}",
	 NULL,
	 NULL, "config.json: vision_aspect_ratio: expected text, found an object"},
	{"text: [1]",
	 "{\"model_type\": \"llava_onevision\", \"vision_aspect_ratio\": [1]}",
	 NULL,
	 NULL, "config.json: vision_aspect_ratio: expected text, found an array of 1"},
	{"switch: a number",
	 QUANTISED("{\"quant_method\": \"bitsandbytes\", \"load_in_4bit\": 1}"),
	 NULL,
	 NULL, "config.json: quantization_config.load_in_4bit: expected true or false, found 1"},
	{"switch: off",
	 "{\"model_type\": \"gemma3\"}",
	 "{\"do_pan_and_scan\": false}",
	 "!variant = pan-and-scan\n", NULL},
	{"gemma3 pans",
	 "{\"model_type\": \"gemma3\"}",
	 "{\"do_pan_and_scan\": true}",
	 "variant = pan-and-scan\n" "max-tiles = 4\n", NULL},
	{"gemma3 pools",
	 "{\"model_type\": \"gemma3\", \"mm_tokens_per_image\": 1024}",
	 NULL,
	 "pool = 2\n", NULL},
	{"gemma3 odd",
	 "{\"model_type\": \"gemma3\", \"mm_tokens_per_image\": 1000}",
	 NULL,
	 "# mm_tokens_per_image 1000 is no square of pooled patches and left out\n" "pool = 4\n", NULL},
	{"gemma3 too many",
	 "{\"model_type\": \"gemma3\", \"mm_tokens_per_image\": 100000}",
	 NULL,
	 NULL, "config.json: mm_tokens_per_image: expected a whole number from 1 to 65536, found 100000"},
	{"idefics3 is smolvlm",
	 "{\"model_type\": \"idefics3\", \"scale_factor\": 4}",
	 NULL,
	 "merge = 4\n" "longest-edge = 2048\n", NULL},
	{"idefics3",
	 "{\"model_type\": \"idefics3\", \"scale_factor\": 2}",
	 NULL,
	 "merge = 2\n" "longest-edge = 1456\n", NULL},
	{"idefics2 splits",
	 "{\"model_type\": \"idefics2\"}",
	 "{\"do_image_splitting\": true}",
	 "max-tiles = 5\n" "special = 6\n", NULL},
	{"idefics2 does not",
	 "{\"model_type\": \"idefics2\"}",
	 "{\"do_image_splitting\": false}",
	 "!max-tiles = 5\n" "special = 2\n", NULL},
	{"aria",
	 "{\"model_type\": \"aria\"}",
	 "{\"split_image\": true}",
	 "# family aria: rule and special tokens as [processor aria-split]\n", NULL},
	{"aria whole",
	 "{\"model_type\": \"aria\"}",
	 "{\"split_image\": false}",
	 "# family aria: rule and special tokens as [processor aria]\n", NULL},
	{"minicpm 2.5",
	 "{\"model_type\": \"minicpmv\"}",
	 "{\"version\": \"2.5\"}",
	 "tokens-per-tile = 96\n", NULL},
	{"minicpm 2.0",
	 "{\"model_type\": \"minicpmv\"}",
	 "{\"version\": \"2.0\"}",
	 "# family minicpmv: rule and special tokens as [processor minicpm-v-2.0]\n", NULL},
	{"minicpm 96",
	 "{\"model_type\": \"minicpmv\", \"query_num\": 96}",
	 NULL,
	 "# family minicpmv: rule and special tokens as [processor minicpm-llama3-v-2.5]\n", NULL},
	{"minicpm",
	 "{\"model_type\": \"minicpmv\", \"query_num\": 64}",
	 "{\"version\": 2.6}",
	 "# family minicpmv: rule and special tokens as [processor minicpm-v-2.6]\n", NULL},
	{"granite",
	 "{\"model_type\": \"llava_next\", \"vision_config\": {\"model_type\": \"siglip_vision_model\"}}",
	 NULL,
	 "# family llava_next: rule and special tokens as [processor granite-vision-3.x]\n", NULL},
	{"llava around pixtral",
	 "{\"model_type\": \"llava\", \"vision_config\": {\"model_type\": \"pixtral\"}}",
	 NULL,
	 "# family llava: rule and special tokens as [processor pixtral-12b]\n", NULL},
	{"shuffle",
	 "{\"model_type\": \"internvl_chat\", \"downsample_ratio\": 0.25}",
	 NULL,
	 "merge = 4\n", NULL},
	{"shuffle of tokens",
	 "{\"model_type\": \"llama4\", \"vision_config\": {\"pixel_shuffle_ratio\": 0.25}}",
	 NULL,
	 "merge = 4\n", NULL},
	{"class token",
	 "{\"model_type\": \"llava\", \"vision_feature_select_strategy\": \"full\"}",
	 NULL,
	 "visual-per-image = 1\n", NULL},
	{"kernel",
	 "{\"model_type\": \"kimi_vl\"}",
	 "{\"merge_kernel_size\": [4, 4]}",
	 "merge = 4\n", NULL},
	{"kernel in the tower",
	 "{\"model_type\": \"kimi_vl\", \"vision_config\": {\"merge_kernel_size\": [1, 1]}}",
	 NULL,
	 "!merge = 2\n", NULL},
	{"kernel of 65",
	 "{\"model_type\": \"kimi_vl\"}",
	 "{\"merge_kernel_size\": [65, 65]}",
	 "merge = 2\n", NULL},
	{"kernel: no array",
	 "{\"model_type\": \"kimi_vl\"}",
	 "{\"merge_kernel_size\": 2}",
	 NULL, "preprocessor_config.json: merge_kernel_size: expected an array, found 2"},
	{"processor alone",
	 NULL,
	 "{\"image_processor_type\": \"Qwen2VLImageProcessor\", \"patch_size\": 14, \"merge_size\": 2}",
	 "[processor d]\n" "patch = 14\n" "![model d]\n", NULL},
	{"processor alone, inside",
	 NULL,
	 "{\"processor_class\": \"Gemma3Processor\", \"image_processor\": {\"image_processor_type\": "
	 "\"Gemma3ImageProcessorFast\"}}",
	 "# family Gemma3ImageProcessorFast: rule and special tokens as [processor gemma3]\n", NULL},
	{"processor alone, unknown",
	 NULL,
	 "{\"image_processor_type\": \"OuterSpaceImageProcessor\", \"patch_size\": 14, \"min_pixels\": "
	 "100}",
	 NULL, "preprocessor_config.json: family \"OuterSpaceImageProcessor\" is not known (understood: patch 14, min-pixels 100)"},
	{"processor alone: a number",
	 NULL,
	 "{\"image_processor_type\": 5}",
	 NULL, "preprocessor_config.json: image_processor_type: expected text, found 5"},
	{"nothing",
	 "{}",
	 NULL,
	 NULL, "config.json: no model_type and no processor_class: no family to go by"},
	{"unknown",
	 "{\"model_type\": \"outer_space\", \"num_hidden_layers\": 32, \"hidden_size\": 64.0, "
	 "\"vision_config\": {\"patch_size\": 14, \"embed_dim\": 100}}",
	 "{\"size\": {\"shortest_edge\": 3136, \"longest_edge\": 12845056}}",
	 NULL, "config.json: family \"outer_space\" is not known (understood: layers 32, tower hidden 100, tower patch 14, "
	 "min-pixels 3136, max-pixels 12845056)"},
	{"a side as an array",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": [16, 16]}}",
	 NULL,
	 "patch = 16\n", NULL},
	{"a side as one",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": [16]}}",
	 NULL,
	 "patch = 16\n", NULL},
	{"a side: nothing",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": []}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found an array of 0"},
	{"a side: no square",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": [16, 14]}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found an array of 2"},
	{"a side: an object",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": {\"height\": 16, \"width\": "
	 "14}}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found an object"},
	{"a side: half",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": {\"height\": 16}}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found an object"},
	{"a side: empty",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": {}}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found an object"},
	{"a side: shortest edge",
	 "{\"model_type\": \"gemma3\"}",
	 "{\"size\": {\"shortest_edge\": 448}}",
	 "tile = 448\n", NULL},
	{"a side: huge",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": 16385}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found 16385"},
	{"a side: true",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": true}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found true"},
	{"a side: false",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": false}}",
	 NULL,
	 NULL, "config.json: vision_config.patch_size: expected a side from 1 to 16384 pixels, or a "
	 "square of that, found false"},
	{"a side: null is none",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": {\"patch_size\": null}}",
	 NULL,
	 "patch = 14\n", NULL},
	{"whole as real",
	 "{\"model_type\": \"qwen2_5_vl\"}",
	 "{\"patch_size\": 14.0, \"merge_size\": 2.0}",
	 "patch = 14\n" "merge = 2\n", NULL},
	{"a real that is large",
	 "{\"model_type\": \"qwen2_5_vl\"}",
	 "{\"merge_size\": 1e300}",
	 NULL, "preprocessor_config.json: merge_size: expected a whole number from 1 to 64, found "
	 "1.0000000000000001e+300"},
	{"merge: half",
	 "{\"model_type\": \"qwen2_5_vl\"}",
	 "{\"merge_size\": 2.5}",
	 NULL, "preprocessor_config.json: merge_size: expected a whole number from 1 to 64, found 2.5"},
	{"merge: 0",
	 "{\"model_type\": \"qwen2_5_vl\"}",
	 "{\"merge_size\": 0}",
	 NULL, "preprocessor_config.json: merge_size: expected a whole number from 1 to 64, found 0"},
	{"pixels: minus",
	 "{\"model_type\": \"qwen2_5_vl\"}",
	 "{\"min_pixels\": -1}",
	 NULL, "preprocessor_config.json: min_pixels: expected a whole number from 0 to 1000000000000, "
	 "found -1"},
	{"a number: text",
	 "{\"model_type\": \"lfm2_vl\"}",
	 "{\"max_pixels_tolerance\": \"2\"}",
	 NULL, "preprocessor_config.json: max_pixels_tolerance: expected a number from 0 to 1000, found "
	 "the text \"2\""},
	{"a number: minus",
	 "{\"model_type\": \"lfm2_vl\"}",
	 "{\"max_pixels_tolerance\": -2}",
	 NULL, "preprocessor_config.json: max_pixels_tolerance: expected a number from 0 to 1000, found "
	 "-2"},
	{"a number: large",
	 "{\"model_type\": \"lfm2_vl\"}",
	 "{\"max_pixels_tolerance\": 1001}",
	 NULL, "preprocessor_config.json: max_pixels_tolerance: expected a number from 0 to 1000, found "
	 "1001"},
	{"a flag: number",
	 "{\"model_type\": \"lfm2_vl\"}",
	 "{\"use_thumbnail\": 1}",
	 NULL, "preprocessor_config.json: use_thumbnail: expected true or false, found 1"},
	{"a flag",
	 "{\"model_type\": \"lfm2_vl\"}",
	 "{\"use_thumbnail\": false}",
	 "!thumbnail = yes\n", NULL},
	{"tower: text",
	 "{\"model_type\": \"qwen2_5_vl\", \"vision_config\": \"none\"}",
	 NULL,
	 NULL, "config.json: vision_config: expected an object, found the text \"none\""},
	{"window: huge",
	 "{\"model_type\": \"qwen2_5_vl\", " DIMENSIONS ", \"vision_config\": {\"patch_size\": 1, \"window_size\": 100000, \"fullatt_block_indexes\": "
	 "[7], \"hidden_size\": 1280, \"intermediate_size\": 3420, \"num_heads\": 16, \"depth\": 32}}",
	 NULL,
	 NULL, "config.json: vision_config.window_size: expected a whole number from 1 to 16384, found 100000"},
	{"window",
	 "{\"model_type\": \"qwen2_5_vl\", " DIMENSIONS ", \"vision_config\": {\"patch_size\": 14, \"window_size\": 112, \"fullatt_block_indexes\": [7, "
	 "15, 23, 31, 40, 41], \"hidden_size\": 640, \"intermediate_size\": 3420, \"num_heads\": 16, "
	 "\"depth\": 4}}",
	 NULL,
	 "window = 64\n" "full-layers = 4\n" "ffn-matrices = 3\n", NULL},
	{"tower: widths that do not divide",
	 "{\"model_type\": \"llava\", " DIMENSIONS ", \"vision_config\": {\"patch_size\": 14, \"hidden_size\": 1000, \"intermediate_size\": 4096, "
	 "\"num_attention_heads\": 16, \"num_hidden_layers\": 24}}",
	 NULL,
	 "# vision_config lacks layers, widths, heads or patch: no [tower]\n" "![tower d]\n", NULL},
	{"tower: lacks",
	 "{\"model_type\": \"llava\", " DIMENSIONS ", \"vision_config\": {\"patch_size\": 14, \"hidden_size\": 1000}}",
	 NULL,
	 "# vision_config lacks layers, widths, heads or patch: no [tower]\n", NULL},
	{"tower: layer -2",
	 "{\"model_type\": \"llava\", " DIMENSIONS ", \"vision_feature_layer\": -2, \"vision_config\": {\"patch_size\": 14, \"hidden_size\": 1000, "
	 "\"image_size\": 280, \"intermediate_size\": 4096, \"num_attention_heads\": 10, "
	 "\"num_hidden_layers\": 24}}",
	 NULL,
	 "layers = 23\n" "stored-layers = 24\n" "positions = 400\n", NULL},
	{"tower: layer -99",
	 "{\"model_type\": \"llava\", " DIMENSIONS ", \"vision_feature_layer\": -99, \"vision_config\": {\"patch_size\": 14, \"hidden_size\": 1000, "
	 "\"image_size\": 280, \"intermediate_size\": 4096, \"num_attention_heads\": 10, "
	 "\"num_hidden_layers\": 24}}",
	 NULL,
	 "layers = 24\n" "positions = 400\n", NULL},
	{"tower: by ratio",
	 "{\"model_type\": \"llava\", " DIMENSIONS ", \"vision_config\": {\"patch_size\": 14, \"hidden_size\": 1000, \"image_size\": 280, "
	 "\"mlp_ratio\": 4, \"num_attention_heads\": 10, \"num_hidden_layers\": 24}}",
	 NULL,
	 "ffn = 4000\n", NULL},
	{"model: no heads",
	 "{\"model_type\": \"qwen2_5_vl\", \"text_config\": {\"hidden_size\": 4096, \"num_hidden_layers\": "
	 "28}}",
	 NULL,
	 "unverified = q-heads vocab kv-heads head-dim ffn tied context projector-params\n" "q-heads = 28\n" "kv-heads = 4\n", NULL},
	{"model: no layers",
	 "{\"model_type\": \"dots_ocr\", \"hidden_size\": 4096}",
	 NULL,
	 "# num_hidden_layers is not in config.json: no [model]\n" "![model d]\n", NULL},
	{"model: no vocabulary",
	 "{\"model_type\": \"dots_ocr\", \"hidden_size\": 4096, \"num_hidden_layers\": 32, "
	 "\"num_attention_heads\": 32}",
	 NULL,
	 "# vocab_size is not in config.json: no [model]\n", NULL},
	{"model: no ffn",
	 "{\"model_type\": \"dots_ocr\", \"hidden_size\": 4096, \"num_hidden_layers\": 32, "
	 "\"num_attention_heads\": 32, \"vocab_size\": 1000}",
	 NULL,
	 "# intermediate_size is not in config.json: no [model]\n", NULL},
	{"model: own",
	 "{\"model_type\": \"dots_ocr\", " DIMENSIONS "}",
	 NULL,
	 "head-dim = 128\n" "kv-heads = 32\n" "context = 4096\n", NULL},
	{"model: stored",
	 "{\"model_type\": \"dots_ocr\", \"torch_dtype\": \"float16\", \"tie_word_embeddings\": true, "
	 "\"max_position_embeddings\": 8192, \"num_key_value_heads\": 8, \"head_dim\": 64, " DIMENSIONS "}",
	 NULL,
	 "stored = fp16\n" "tied = yes\n" "context = 8192\n" "kv-heads = 8\n" "head-dim = 64\n" "unverified = projector-params\n", NULL},
	{"model: experts",
	 "{\"model_type\": \"dots_ocr\", \"num_experts\": 8, \"num_experts_per_tok\": 2, "
	 "\"moe_intermediate_size\": 512, \"shared_expert_intermediate_size\": 64, " DIMENSIONS "}",
	 NULL,
	 "moe-layers = 32\n" "experts = 8\n" "experts-per-token = 2\n" "expert-ffn = 512\n" "shared-expert-ffn = 64\n", NULL},
	{"model: experts, some dense",
	 "{\"model_type\": \"dots_ocr\", \"num_experts\": 8, \"num_experts_per_tok\": 2, "
	 "\"moe_intermediate_size\": 512, \"first_k_dense_replace\": 2, \"n_shared_experts\": 2, " DIMENSIONS "}",
	 NULL,
	 "moe-layers = 30\n" "dense-layers = 2\n" "dense-ffn = 8192\n" "shared-expert-ffn = 1024\n", NULL},
	{"model: more dense than there are",
	 "{\"model_type\": \"dots_ocr\", \"num_experts\": 8, \"num_experts_per_tok\": 2, "
	 "\"moe_intermediate_size\": 512, \"first_k_dense_replace\": 99, " DIMENSIONS "}",
	 NULL,
	 "moe-layers = 32\n" "!dense-layers = 99\n", NULL},
	{"model: every fourth",
	 "{\"model_type\": \"llama4\", \"num_experts\": 8, \"num_experts_per_tok\": 2, "
	 "\"interleave_moe_layer_step\": 4, " DIMENSIONS "}",
	 NULL,
	 "moe-layers = 8\n" "dense-layers = 24\n" "expert-ffn = 8192\n" "shared-expert-ffn = 8192\n", NULL},
	{"model: no experts",
	 "{\"model_type\": \"dots_ocr\", \"num_experts\": 0, " DIMENSIONS "}",
	 NULL,
	 "ffn = 8192\n" "!experts = 8\n", NULL},
	{"model: latent",
	 "{\"model_type\": \"dots_ocr\", \"kv_lora_rank\": 512, \"qk_rope_head_dim\": 64, "
	 "\"qk_nope_head_dim\": 128, \"v_head_dim\": 128, \"q_lora_rank\": 1536, " DIMENSIONS "}",
	 NULL,
	 "kv = mla\n" "mla-kv-rank = 512\n" "mla-rope = 64\n" "mla-nope = 128\n" "mla-v = 128\n" "mla-q-rank = 1536\n", NULL},
	{"model: latent, not used",
	 "{\"model_type\": \"dots_ocr\", \"use_mla\": false, \"kv_lora_rank\": 512, " DIMENSIONS "}",
	 NULL,
	 "!kv = mla\n", NULL},
	{"model: linear",
	 "{\"model_type\": \"dots_ocr\", \"full_attention_interval\": 4, \"linear_num_key_heads\": 16, "
	 "\"linear_num_value_heads\": 32, \"linear_key_head_dim\": 128, \"linear_conv_kernel_dim\": 4, " DIMENSIONS "}",
	 NULL,
	 "kv = hybrid\n" "linear-layers = 24\n" "linear-head = 128\n" "conv-kernel = 4\n", NULL},
	{"model: convolutions",
	 "{\"model_type\": \"lfm2_vl\", \"full_attn_idxs\": [1, 5, 9], \"conv_L_cache\": 3, " DIMENSIONS "}",
	 NULL,
	 "kv = hybrid\n" "conv-layers = 29\n" "conv-kernel = 3\n" "ffn = 5632\n", NULL},
	{"model: convolutions everywhere",
	 "{\"model_type\": \"lfm2_vl\", \"full_attn_idxs\": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "
	 "13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31], " DIMENSIONS "}",
	 NULL,
	 "!kv = hybrid\n", NULL},
	{"model: no adjusted width",
	 "{\"model_type\": \"lfm2_vl\", \"block_auto_adjust_ff_dim\": false, " DIMENSIONS "}",
	 NULL,
	 "ffn = 8192\n", NULL},
	{"model: windows",
	 "{\"model_type\": \"gemma3\", \"sliding_window_pattern\": 6, \"sliding_window\": 1024, " DIMENSIONS "}",
	 NULL,
	 "kv = window\n" "window-layers = 27\n" "window = 1024\n", NULL},
	{"model: windows of the family",
	 "{\"model_type\": \"gemma3\", " DIMENSIONS "}",
	 NULL,
	 "kv = window\n", NULL},
	{"model: chunks",
	 "{\"model_type\": \"llama4\", \"attention_chunk_size\": 8192, " DIMENSIONS "}",
	 NULL,
	 "kv = chunk\n" "window-layers = 24\n" "window = 8192\n", NULL},
	{"model: chunks by rope",
	 "{\"model_type\": \"llama4\", \"attention_chunk_size\": 8192, \"no_rope_layers\": [1, 1, 1, 0, "
	 "1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0], " DIMENSIONS "}",
	 NULL,
	 "kv = chunk\n" "window-layers = 24\n", NULL},
	{"model: chunks by wrong rope",
	 "{\"model_type\": \"llama4\", \"attention_chunk_size\": 8192, \"no_rope_layers\": [1, 0], " DIMENSIONS "}",
	 NULL,
	 "kv = chunk\n" "window-layers = 24\n", NULL},
	{"model: cross",
	 "{\"model_type\": \"mllama\", \"cross_attention_layers\": [3, 8], \"vision_config\": "
	 "{\"image_size\": 560, \"patch_size\": 14}, " DIMENSIONS "}",
	 NULL,
	 "kv = cross\n" "cross-layers = 2\n" "cross-positions = 1601\n" "extra-rows = 8\n", NULL},
	{"model: cross everywhere",
	 "{\"model_type\": \"mllama\", \"cross_attention_layers\": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "
	 "11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31], " DIMENSIONS "}",
	 NULL,
	 "!kv = cross\n", NULL},
	{"model: cross without a patch",
	 "{\"model_type\": \"mllama\", \"cross_attention_layers\": [3, 8], " DIMENSIONS "}",
	 NULL,
	 NULL, "config.json: the values do not fit together: d:32: [model d] cross-layers: needs "
	 "cross-positions"},
	{"model: global heads",
	 "{\"model_type\": \"gemma4\", \"sliding_window_pattern\": 6, \"sliding_window\": 1024, "
	 "\"global_head_dim\": 512, \"num_global_key_value_heads\": 4, " DIMENSIONS "}",
	 NULL,
	 "global-head-dim = 512\n" "global-kv-heads = 4\n", NULL},
	{"model: types",
	 "{\"model_type\": \"gemma4\", \"layer_types\": [\"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\", \"sliding_attention\", \"full_attention\", "
	 "\"sliding_attention\", \"full_attention\"], \"sliding_window\": 512, \"global_head_dim\": 512, " DIMENSIONS "}",
	 NULL,
	 "window-layers = 16\n" "global-layers = 16\n" "window = 512\n", NULL},
	{"model: types that are none",
	 "{\"model_type\": \"gemma4\", \"layer_types\": [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, "
	 "5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5], " DIMENSIONS "}",
	 NULL,
	 "!kv = window\n", NULL},
	{"model: layers: too many",
	 "{\"model_type\": \"dots_ocr\", \"num_hidden_layers\": 10001}",
	 NULL,
	 NULL, "config.json: num_hidden_layers: expected a whole number from 1 to 10000, found 10001"},
	{"model: text in thinker",
	 "{\"model_type\": \"qwen2_5_vl\", \"thinker_config\": {\"text_config\": {\"hidden_size\": 2048, "
	 "\"num_hidden_layers\": 36, \"num_attention_heads\": 16, \"vocab_size\": 1000, "
	 "\"intermediate_size\": 8192}}}",
	 NULL,
	 "hidden = 2048\n" "layers = 36\n", NULL},
};
/* clang-format on */

static bool has_line(const char *text, const char *line, size_t n)
{
	for (const char *at = text; at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
		if (strcspn(at, "\n") == n && memcmp(at, line, n) == 0)
			return true;
	return false;
}

static void check_lines(size_t i, const char *text)
{
	for (const char *line = rows[i].lines; *line;) {
		size_t n = strcspn(line, "\n");
		bool is_not = *line == '!';

		if (has_line(text, line + is_not, n - is_not) == is_not)
			fail_msg("%s: \"%.*s\" in\n%s", rows[i].name, (int)n, line, text);
		line += n + 1;
	}
}

static void files_say_what_they_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *config = rows[i].config, *pre = rows[i].pre;
		struct vtok_error err = {0};
		struct strbuf out;

		strbuf_init(&out);
		bool is_good = import_text("d", config, config ? strlen(config) : 0, pre,
					   pre ? strlen(pre) : 0, &out, &err);

		if (is_good != (rows[i].lines != NULL))
			fail_msg("%s: %s", rows[i].name, is_good ? strbuf_text(&out) : err.text);
		if (is_good)
			check_lines(i, strbuf_text(&out));
		else
			assert_string_equal(err.text, rows[i].message);
		strbuf_fini(&out);
	}
}

/* Nobody who hears of it; a file that is none. */
static void errors_may_be_unheard(void **state)
{
	static const char bad[] = "{\"model_type\": 5}";
	struct strbuf out;

	(void)state;
	strbuf_init(&out);
	assert_false(import_text("d", bad, strlen(bad), NULL, 0, &out, NULL));
	assert_false(import_text("d", "", 0, NULL, 0, &out, NULL));
	assert_false(import_path("/nowhere/at/all", NULL, &out, NULL));
	strbuf_fini(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_say_what_they_say),
		cmocka_unit_test(errors_may_be_unheard),
	};

	return cmocka_run_group_tests_name("import_files", tests, NULL, NULL);
}
