/* The number format of a checkpoint's files: dtype, or what quantised it. The keys are those of
 * transformers' quantization_config and the libraries behind it, of MLX ("quantization"), and of
 * hf_quant_config.json (NVIDIA ModelOpt). */
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "import/importer.h"

struct method {
	const char *name; /* begin of quant_method or quant_algo, small letters */
	int32_t bits;     /* 0 = as the file says */
	enum dtype dtype; /* DTYPE_N: by the bits */
	enum stored_part part;
};

/* Longer names before their beginnings. */
static const struct method methods[] = {
	{"mxfp4", 4, DTYPE_MXFP4, STORED_EXPERTS},
	{"awq", 4, DTYPE_AWQ, STORED_MATRICES},
	{"fbgemm_fp8", 8, DTYPE_FP8, STORED_MATRICES},
	{"fp8", 8, DTYPE_FP8, STORED_MATRICES},
	{"nvfp4", 4, DTYPE_FP4, STORED_MATRICES},
	{"eetq", 8, DTYPE_INT8, STORED_MATRICES},
	{"w4a", 4, DTYPE_INT4, STORED_MATRICES},
	{"gptq", 0, DTYPE_N, STORED_MATRICES},
	{"auto-round", 0, DTYPE_N, STORED_MATRICES},
	{"intel/auto-round", 0, DTYPE_N, STORED_MATRICES},
	{"hqq", 0, DTYPE_N, STORED_MATRICES},
	{"quanto", 0, DTYPE_N, STORED_MATRICES},
	{"torchao", 0, DTYPE_N, STORED_MATRICES},
	{"bitsandbytes_4bit", 4, DTYPE_INT4, STORED_MATRICES},
	{"bitsandbytes", 0, DTYPE_N, STORED_MATRICES},
	{"compressed-tensors", 0, DTYPE_N, STORED_MATRICES},
	{"mixed_precision", 0, DTYPE_N, STORED_MATRICES},
	{"mxfp8", 8, DTYPE_FP8, STORED_MATRICES},
	{"modelopt", 0, DTYPE_N, STORED_MATRICES},
};

static enum dtype of_bits(int64_t bits, bool is_float)
{
	if (bits == 8)
		return is_float ? DTYPE_FP8 : DTYPE_INT8;
	return bits == 4 ? is_float ? DTYPE_FP4 : DTYPE_INT4 : DTYPE_N;
}

static const struct method *find_method(const char *name)
{
	char small[40];

	str_format(small, sizeof(small), "%.39s", name);
	for (char *c = small; *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
	for (size_t i = 0; i < ARRAY_SIZE(methods); i++)
		if (str_starts(small, methods[i].name))
			return &methods[i];
	return NULL;
}

/* The groups of compressed-tensors and ModelOpt: the first one's weights. */
static enum dtype of_groups(const struct node *q)
{
	const json_t *groups = node_find(q, "config_groups"), *group;
	const char *key;

	json_object_foreach((json_t *)(uintptr_t)groups, key, group)
	{
		const json_t *w = json_object_get(group, "weights");
		const char *type = json_string_value(json_object_get(w, "type"));
		int64_t bits = json_integer_value(json_object_get(w, "num_bits"));
		if (bits)
			return of_bits(bits, type && strcmp(type, "float") == 0);
	}
	return DTYPE_N;
}

/* ModelOpt's MIXED_PRECISION names an algorithm for each layer: the one of most. */
static enum dtype of_layers(const struct node *q)
{
	const json_t *layers = node_find(q, "quantized_layers"), *layer;
	size_t n[DTYPE_N] = {0}, most = 0;
	enum dtype found = DTYPE_N;
	const char *key;

	json_object_foreach((json_t *)(uintptr_t)layers, key, layer)
	{
		const char *name = json_string_value(json_object_get(layer, "quant_algo"));
		const struct method *m = name ? find_method(name) : NULL;
		if (m && m->dtype != DTYPE_N && ++n[m->dtype] > most) {
			most = n[m->dtype];
			found = m->dtype;
		}
	}
	return found;
}

static enum dtype of_switches(const struct node *q)
{
	bool four = false, eight = false;
	int64_t bits = 0;

	node_bool(q, "load_in_4bit|_load_in_4bit", &four);
	node_bool(q, "load_in_8bit|_load_in_8bit", &eight);
	if (!four && !eight)
		node_int(q, "bits|w_bit|nbits|weight_bits", 1, 64, &bits);
	return four ? DTYPE_INT4 : eight ? DTYPE_INT8 : of_bits(bits, false);
}

/* True where the attention is left as it is, which says that experts alone are converted. */
static bool leaves_attention(const struct node *q)
{
	const json_t *list = node_find(q, "ignore|exclude_modules|modules_to_not_convert"), *item;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, item)
	{
		const char *text = json_string_value(item);
		if (text && strstr(text, "self_attn"))
			return true;
	}
	return false;
}

/* MLX keeps a scale and an offset of 16 bits for each group. */
static void read_mlx(struct importer *im, const struct node *q)
{
	int64_t bits = 0, group = 64;

	node_int(q, "bits", 1, 16, &bits);
	node_int(q, "group_size", 1, 65536, &group);
	if (bits < 2 || bits > 8)
		return;
	im->model_entry.stored = bits > 4 ? DTYPE_INT8 : DTYPE_INT4;
	im->model_entry.stored_bytes = ((double)bits + 32.0 / (double)group) / 8;
	import_note(im, "stored in %d bits by groups of %d", (int)bits, (int)group);
}

/* general.file_type of GGUF: llama_ftype of llama.h. */
static void read_file_type(struct importer *im, const struct node *q)
{
	static const struct {
		int8_t type;
		uint8_t dtype;
	} t[] = {
		{0, DTYPE_FP32},     {1, DTYPE_FP16},    {2, DTYPE_Q4_0},     {7, DTYPE_Q8_0},
		{8, DTYPE_Q5_0},     {10, DTYPE_Q2_K},   {11, DTYPE_Q3_K_S},  {12, DTYPE_Q3_K_M},
		{13, DTYPE_Q3_K_L},  {14, DTYPE_Q4_K_S}, {15, DTYPE_Q4_K_M},  {16, DTYPE_Q5_K_S},
		{17, DTYPE_Q5_K_M},  {18, DTYPE_Q6_K},   {19, DTYPE_IQ2_XXS}, {20, DTYPE_IQ2_XS},
		{23, DTYPE_IQ3_XXS}, {24, DTYPE_IQ1_S},  {25, DTYPE_IQ4_NL},  {27, DTYPE_IQ3_M},
		{29, DTYPE_IQ2_M},   {30, DTYPE_IQ4_XS}, {31, DTYPE_IQ1_M},   {32, DTYPE_BF16},
		{38, DTYPE_MXFP4},
	};
	int64_t type = -1;

	node_int(q, "file_type", 0, 1000, &type);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if (t[i].type == type) {
			im->model_entry.stored = (enum dtype)t[i].dtype;
			return;
		}
	import_note(im, "file type %d is not known: weights are those of %s", (int)type,
		    dtype_name(im->model_entry.stored));
}

static void read_method(struct importer *im, const struct node *q, const char *name)
{
	const struct method *m = find_method(name);
	enum dtype found = m ? m->dtype : DTYPE_N;

	if (m && found == DTYPE_N)
		found = of_layers(q);
	if (m && found == DTYPE_N)
		found = of_groups(q);
	if (m && found == DTYPE_N)
		found = of_switches(q);
	if (found == DTYPE_N) {
		import_note(im,
			    "quantised by \"%.40s\", which is not known: weights are those of %s",
			    name, dtype_name(im->model_entry.stored));
		return;
	}
	/* AWQ of 8 bits is INT8 */
	if (found == DTYPE_AWQ && of_switches(q) == DTYPE_INT8)
		found = DTYPE_INT8;
	im->model_entry.stored = found;
	im->model_entry.stored_part = leaves_attention(q) ? STORED_EXPERTS : m->part;
	import_note(im, "stored in %s (%.40s)", dtype_name(found), name);
}

static void read_plain(struct importer *im)
{
	// clang-format off
	static const struct {
		const char *name;
		enum dtype dtype;
	} t[] = {
		{"bfloat16", DTYPE_BF16},
		{"float16",  DTYPE_FP16},
		{"float32",  DTYPE_FP32}
	};
	// clang-format on
	static const char keys[] = "dtype|torch_dtype";
	const json_t *j = node_find(&im->config, keys);

	if (!j)
		j = node_find(&im->text, keys);
	im->model_entry.stored = DTYPE_BF16;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if (json_is_string(j) && strcmp(json_string_value(j), t[i].name) == 0)
			im->model_entry.stored = t[i].dtype;
}

void import_stored(struct importer *im)
{
	struct node file = node_doc(&im->quant_doc, im->err);
	struct node q =
		node_sub(&im->config, "quantization_config|quantization|compression_config");
	const char *name = NULL;

	read_plain(im);
	if (!q.obj)
		q = node_sub(&im->text, "quantization_config|quantization|compression_config");
	if (!q.obj)
		q = node_sub(&file, "quantization");
	if (!q.obj)
		return;
	/* ModelOpt's method says nothing: its algorithm does */
	if (im->is_gguf)
		read_file_type(im, &q);
	else if (node_text(&q, "quant_algo|quant_method", &name))
		read_method(im, &q, name);
	else
		read_mlx(im, &q);
}
