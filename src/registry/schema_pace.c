/* [pace ID]: how an engine spends one step of decoding on one kind of device. Section 1 of the
 * decode model; chained to its engine as profiles are. */
#include <stddef.h>

#include "base/base.h"
#include "core/model.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct pace, m)

/* clang-format off */
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"engine",	  FIELD_TEXT,	 "",	0, 0,	NULL, "engine it belongs to", AT(engine_id)},
	{"source",	  FIELD_TEXT,	 "",	0, 0,	NULL, "where the values come from", AT(source)},
	{"note",	  FIELD_TEXT,	 "",	0, 0,	"",   "caveat for people", AT(note)},
	{"generations",	  FIELD_TEXT,	 "",	0, 0,	"",   "only on these generations; empty = all", AT(generations)},
	{"hardware",	  FIELD_TEXT,	 "",	0, 0,	"",   "only on these devices; empty = all", AT(hardware)},
	{"weights",	  FIELD_TEXT,	 "",	0, 0,	"",   "only with weights of these types (ggml: those of llama.cpp); empty = all", AT(weights)},
	{"moe",		  FIELD_ENUM,	 "",	0, 0,	"any", "only with, or without, experts", AT(moe), .names = schema_whens},
	{"e",		  FIELD_NUM,	 "",	0.01, 1, NULL, "share of the bandwidth that weights are read at", AT(e)},
	{"e-kv",	  FIELD_NUM,	 "",	0.01, 1, NULL, "the same of the cache", AT(e_kv)},
	{"kernels",	  FIELD_NUM,	 "",	0, 1000, "0", "launches of one layer", AT(kernels)},
	{"kernels-unpacked", FIELD_NUM, "",	0, 1000, "0", "the same with awq, int4 and int8 weights; 0 = kernels", AT(kernels_unpacked)},
	{"fixed",	  FIELD_SECONDS, "s",	0, 1,	"0",  "time every step costs", AT(fixed_s)},
	{"cpu-per-layer", FIELD_SECONDS, "s",	0, 1,	"0",  "dispatch by the CPU, per layer; the GPU waits when it is slower", AT(cpu_s_per_layer)},
	{"path",	  FIELD_ENUM,	 "",	0, 0,	"by-precision", "peak the matrix products run against", AT(path), .names = schema_paths},
	{"compute-e",	  FIELD_NUM,	 "",	0, 1,	"0",  "share of that peak; 0 = the generation's", AT(compute_e)},
	{"expert-bytes",  FIELD_NUM,	 "bytes", 0, 8, "0",  "per weight of an expert; 0 = as the format has", AT(expert_bytes)},
	{"dense-bytes",	  FIELD_NUM,	 "bytes", 0, 8, "0",  "per weight of the rest; 0 = as the format has", AT(dense_bytes)},
	{"head-bytes",	  FIELD_NUM,	 "bytes", 0, 8, "0",  "per weight of the output matrix; 0 = as the format has", AT(head_bytes)},
	{"layer-split",	  FIELD_BOOL,	 "",	0, 0,	"no", "several GPUs hold layers and work one after the other", AT(splits_layers)},
	{"data-split",	  FIELD_BOOL,	 "",	0, 0,	"no", "attention of several GPUs holds whole requests, not heads", AT(splits_data)},
	{"fitted",	  FIELD_BOOL,	 "",	0, 0,	"no", "fitted to measurements: narrow range", AT(fitted)},
};
/* clang-format on */

const struct schema schema_pace = {
	.kind = "pace",
	.summary = "how fast an engine gives output tokens on one kind of device",
	SCHEMA_OF(pace),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
