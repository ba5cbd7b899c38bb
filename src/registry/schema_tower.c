/* [tower ID]: a vision encoder, what prefill time is computed from. */
#include <assert.h>
#include <stddef.h>

#include "base/base.h"
#include "core/model.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct tower, m)

const char *const schema_norms[] = {"layer", "rms", "rms-offset", NULL};
static_assert(ARRAY_SIZE(schema_norms) == NORM_N + 1, "the names of enum norm_kind, in its order");

// clang-format off
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",	  FIELD_TEXT,  "",	     0, 0,	  NULL, "name for people", AT(name)},
	{"aliases",	  FIELD_WORDS,  "",	     0, 0,	  "",	"other ids, blanks between; may be repeated", AT(aliases)},
	{"source",	  FIELD_TEXT,  "",	     0, 0,	  "",	"where the values come from", AT(source)},
	{"unverified",	  FIELD_TEXT,  "",	     0, 0,	  "",	"keys whose values could not be confirmed", AT(unverified)},
	{"conv",	  FIELD_BOOL,  "",	     0, 0,	  "no", "convolutional: flops-per-mpx counts, not the layers", AT(is_conv)},
	{"layers",	  FIELD_INT,   "",	     0, 1000,	  "0",	"transformer layers that are run", AT(layers_run)},
	{"stored-layers", FIELD_INT,   "",	     0, 1000,	  "0",	"layers in the file; 0 = all are run", AT(layers_stored)},
	{"hidden",	  FIELD_INT,   "",	     1, 65536,	  NULL, "width of a row", AT(hidden)},
	{"ffn",		  FIELD_INT,   "",	     0, 1048576,  "0",	"inner width of the feed-forward part", AT(ffn)},
	{"ffn-matrices",  FIELD_INT,   "",	     0, 3,	  "2",	"matrices of the feed-forward part; 3 = gated", AT(ffn_mats)},
	{"heads",	  FIELD_INT,   "",	     0, 1024,	  "0",	"attention heads", AT(heads)},
	{"patch",	  FIELD_INT,   "pixels",     0, 1024,	  "0",	"side of one patch", AT(patch)},
	{"frames",	  FIELD_INT,   "frames",     1, 64,	  "1",	"frames one patch spans", AT(frames)},
	{"positions",	  FIELD_INT,   "positions",  0, 1000000,  "0",	"sequence per tile, class token included; 0 = from the image", AT(positions)},
	{"window",	  FIELD_INT,   "patches",    0, 1000000,  "0",	"patches per attention window; 0 = none", AT(window_patches)},
	{"full-layers",	  FIELD_INT,   "",	     0, 1000,	  "0",	"layers without a window, where there is one", AT(full_layers)},
	{"stage1-layers", FIELD_INT,   "",	     0, 1000,	  "0",	"layers of a first stage before it", AT(stage1_layers)},
	{"stage1-hidden", FIELD_INT,   "",	     0, 65536,	  "0",	"width of the first stage", AT(stage1_hidden)},
	{"stage1-ffn",	  FIELD_INT,   "",	     0, 1048576,  "0",	"feed-forward width of the first stage", AT(stage1_ffn)},
	{"stage1-heads",  FIELD_INT,   "",	     0, 1024,	  "0",	"heads of the first stage", AT(stage1_heads)},
	{"stage1-window", FIELD_INT,   "patches",    0, 1000000,  "0",	"patches per window of the first stage", AT(stage1_window)},
	{"stage1-full-layers", FIELD_INT, "",	     0, 1000,	  "0",	"its layers without a window", AT(stage1_full_layers)},
	{"norm",	  FIELD_ENUM,  "",	     0, 0,	  "layer", "how its norms are written", AT(norm), .names = schema_norms},
	{"norms",	  FIELD_INT,   "",	     0, 16,	  "2",	"norms of one layer", AT(norms)},
	{"qk-norm",	  FIELD_BOOL,  "",	     0, 0,	  "no",	"and of queries and keys", AT(qk_norm)},
	{"split-qkv",	  FIELD_BOOL,  "",	     0, 0,	  "yes", "query, key and value are three products", AT(split_qkv)},
	{"rotary",	  FIELD_BOOL,  "",	     0, 0,	  "no",	"rotates queries and keys", AT(rotary)},
	{"quick-gelu",	  FIELD_BOOL,  "",	     0, 0,	  "no",	"its activation is x sigmoid(1.702 x)", AT(quick_gelu)},
	{"layer-scale",	  FIELD_BOOL,  "",	     0, 0,	  "no",	"scales what each half of a layer adds", AT(layer_scale)},
	{"reads-lengths", FIELD_BOOL,  "",	     0, 0,	  "no",	"eager engines call its attention sequence by sequence", AT(reads_lengths)},
	{"flops-per-mpx", FIELD_NUM,   "FLOP",	     0, 1e18,	  "0",	"work of a convolutional tower per 10^6 pixels", AT(flops_per_mpx)},
	{"conv-share",	  FIELD_NUM,   "",	     0.01, 10,	  "1",	"what it reaches of what convolutional towers reach on a device", AT(conv_share)},
	{"params",	  FIELD_COUNT, "",	     1, 1e13,	  NULL, "number of parameters", AT(params)},
};
// clang-format on
static_assert(ARRAY_SIZE(fields) <= SCHEMA_FIELDS_MAX, "key_line has room for every key");

const struct schema schema_tower = {
	.kind = "tower",
	.summary = "a vision encoder",
	SCHEMA_OF(tower),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
