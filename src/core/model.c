/* Names and sizes of the number formats, and whether a model's costs can be told at all.
 *
 * Bytes per parameter include the scales a format carries: Q8_0 34 bytes per 32, Q4_0 18 per 32,
 * NVFP4 one byte of scale per 16, MXFP4 and the 4-bit integer formats (AWQ, weight-only) 0.53:
 * prefill model section 2.9, notes 6.3 point 15. File types of llama.cpp: an average over the
 * layers of a model of 7 B, from the mixes of core/weights.c, which weighs them part by part. A
 * format whose cache size is 0 is none that an engine keeps a cache in. */
#include "core/model.h"

#include <assert.h>

#include "base/base.h"
#include "base/str.h"

/* clang-format off */
static const struct {
	double weight_bytes, kv_bytes;
	bool is_ggml;
} formats[] = {
	[DTYPE_FP32]    = {4,      4,      false},
	[DTYPE_FP16]    = {2,      2,      false},
	[DTYPE_BF16]    = {2,      2,      false},
	[DTYPE_FP8]     = {1,      1,      false},
	[DTYPE_INT8]    = {1,      1,      false},
	[DTYPE_INT4]    = {0.53,   0.5,    false},
	[DTYPE_FP4]     = {0.5625, 0.5625, false},
	[DTYPE_Q8_0]    = {1.0625, 1.0625, true},
	[DTYPE_Q4_0]    = {0.5625, 0.5625, true},
	[DTYPE_Q4_K_M]  = {0.606,  0.606,  true},
	[DTYPE_AWQ]     = {0.53,   0.5,    false},
	[DTYPE_MXFP4]   = {0.53,   0.53,   false},
	[DTYPE_Q6_K]    = {0.8203, 0,      true},
	[DTYPE_Q5_K_M]  = {0.707,  0,      true},
	[DTYPE_Q5_K_S]  = {0.6875, 0,      true},
	[DTYPE_Q5_0]    = {0.6875, 0.6875, true},
	[DTYPE_Q4_K_S]  = {0.567,  0,      true},
	[DTYPE_IQ4_NL]  = {0.5625, 0.5625, true},
	[DTYPE_IQ4_XS]  = {0.532,  0,      true},
	[DTYPE_Q3_K_L]  = {0.521,  0,      true},
	[DTYPE_Q3_K_M]  = {0.479,  0,      true},
	[DTYPE_Q3_K_S]  = {0.4297, 0,      true},
	[DTYPE_IQ3_M]   = {0.443,  0,      true},
	[DTYPE_IQ3_XXS] = {0.382,  0,      true},
	[DTYPE_Q2_K]    = {0.364,  0,      true},
	[DTYPE_IQ2_M]   = {0.332,  0,      true},
	[DTYPE_IQ2_XS]  = {0.293,  0,      true},
	[DTYPE_IQ2_XXS] = {0.263,  0,      true},
	[DTYPE_IQ1_M]   = {0.225,  0,      true},
	[DTYPE_IQ1_S]   = {0.203,  0,      true},
	[DTYPE_FP4_FP8] = {0.5625, 0,      false},
};

#define DTYPE_NAME(id, name) [DTYPE_##id] = name,
static const char *const names[] = {DTYPE_LIST(DTYPE_NAME) [DTYPE_STORED] = "stored"};
#undef DTYPE_NAME

/* Names that other programs give the same format. */
static const struct {
	const char *name;
	enum dtype type;
} aliases[] = {
	{"nvfp4", DTYPE_FP4}, {"f16", DTYPE_FP16}, {"f32", DTYPE_FP32}, {"half", DTYPE_FP16},
	{"modelopt", DTYPE_FP4_FP8}, {"gptq", DTYPE_INT4}, {"bfloat16", DTYPE_BF16}, {"float16", DTYPE_FP16},
};
// clang-format on

static_assert(ARRAY_SIZE(formats) == DTYPE_N, "a line for every dtype");

double dtype_bytes(enum dtype t)
{
	return formats[t].weight_bytes;
}

double dtype_kv_bytes(enum dtype t)
{
	return t < DTYPE_N ? formats[t].kv_bytes : 0;
}

const char *dtype_name(enum dtype t)
{
	return names[t];
}

bool dtype_is_ggml(enum dtype t)
{
	return t < DTYPE_N && formats[t].is_ggml;
}

bool dtype_find(const char *name, enum dtype *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (str_casecmp(name, names[i]) != 0)
			continue;
		*out = (enum dtype)i;
		return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++) {
		if (str_casecmp(name, aliases[i].name) != 0)
			continue;
		*out = aliases[i].type;
		return true;
	}
	return false;
}

bool dtype_listed(const char *words, enum dtype t)
{
	if (words == NULL || *words == '\0' || str_has_word(words, dtype_name(t)))
		return true;
	return dtype_is_ggml(t) && str_has_word(words, "ggml");
}

bool setup_is_hosted(const struct setup *s)
{
	return s->model && s->model->processor && s->model->processor->hosted.vendor;
}

enum dtype setup_weights(const struct setup *s)
{
	if (s->weights != DTYPE_STORED)
		return s->weights;
	if (s->model == NULL || s->model->stored == DTYPE_FP32)
		return DTYPE_BF16;
	return s->model->stored;
}

enum reason model_no_costs(const struct model *m)
{
	if (m == NULL)
		return REASON_NO_MODEL;
	if (m->layers > 0 && m->hidden > 0 && m->q_heads > 0)
		return REASON_NONE;
	if (m->processor != NULL && m->processor->hosted.vendor != NULL)
		return REASON_HOSTED;
	return m->is_stand_in ? REASON_NO_CHECKPOINT : REASON_NO_DIMENSIONS;
}
