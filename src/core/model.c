/* Names and sizes of the number formats, and whether a model's costs can be told at all.
 *
 * Bytes per parameter include the scales a format carries: Q8_0 34 bytes per 32, Q4_0 18 per 32,
 * Q4_K_M the usual mix of 4 and 6 bit, NVFP4 one byte of scale per 16, MXFP4 and the 4-bit integer
 * formats (AWQ, weight-only) 0.53. Source: prefill model section 2.9, notes 6.3 point 15. */
#include "core/model.h"

#include <assert.h>

#include "base/base.h"
#include "base/str.h"

static const struct {
	const char *name;
	double weight_bytes, kv_bytes;
} formats[] = {
	[DTYPE_FP32] = {"fp32",   4,      4     },
          [DTYPE_FP16] = {"fp16",   2,      2     },
	[DTYPE_BF16] = {"bf16",   2,      2     },
          [DTYPE_FP8] = {"fp8",    1,      1     },
	[DTYPE_INT8] = {"int8",   1,      1     },
          [DTYPE_INT4] = {"int4",   0.53,   0.5   },
	[DTYPE_FP4] = {"fp4",    0.5625, 0.5625},
          [DTYPE_Q8_0] = {"q8_0",   1.0625, 1.0625},
	[DTYPE_Q4_0] = {"q4_0",   0.5625, 0.5625},
          [DTYPE_Q4_K_M] = {"q4_k_m", 0.606,  0.606 },
	[DTYPE_AWQ] = {"awq",    0.53,   0.5   },
          [DTYPE_MXFP4] = {"mxfp4",  0.53,   0.53  },
};

static_assert(ARRAY_SIZE(formats) == DTYPE_N, "a line for every dtype");

double dtype_bytes(enum dtype t)
{
	return formats[t].weight_bytes;
}

double dtype_kv_bytes(enum dtype t)
{
	return formats[t].kv_bytes;
}

const char *dtype_name(enum dtype t)
{
	return formats[t].name;
}

bool dtype_find(const char *name, enum dtype *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		if (str_casecmp(name, formats[i].name) != 0)
			continue;
		*out = (enum dtype)i;
		return true;
	}
	return false;
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
