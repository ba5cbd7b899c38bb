/* [model ID]: a checkpoint's language model, cache and sums. */
#include <assert.h>
#include <stddef.h>

#include "base/base.h"
#include "core/model.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct model, m)

#define DTYPE_NAME(id, name) name,
static const char *const dtypes[] = {DTYPE_LIST(DTYPE_NAME) NULL};
#undef DTYPE_NAME
static_assert(ARRAY_SIZE(dtypes) == DTYPE_N + 1, "the names of enum dtype, in its order");

static const char *const stored_parts[] = {"matrices", "experts", NULL};
static_assert(ARRAY_SIZE(stored_parts) == STORED_N + 1, "the names of enum stored_part");

static const char *const kv_kinds[] = {"full", "window", "chunk", "mla", "hybrid", "cross", NULL};
static_assert(ARRAY_SIZE(kv_kinds) == KV_N + 1, "the names of enum kv_kind, in its order");

// clang-format off
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",	  FIELD_TEXT,  "", 0, 0,	 NULL,	"name for people", AT(name)},
	{"aliases",	  FIELD_WORDS,  "", 0, 0,	 "",	"other ids, blanks between; may be repeated", AT(aliases)},
	{"repo",	  FIELD_TEXT,  "", 0, 0,	 "",	"repository on the model hub", AT(hf_repo)},
	{"source",	  FIELD_TEXT,  "", 0, 0,	 "",	"where the values come from", AT(source)},
	{"note",	  FIELD_TEXT,  "", 0, 0,	 "",	"what people should know", AT(note)},
	{"unverified",	  FIELD_TEXT,  "", 0, 0,	 "",	"keys whose values could not be confirmed", AT(unverified)},
	{"unknown",	  FIELD_TEXT,  "", 0, 0,	 "",	"why its dimensions are not known; then none is required", AT(unknown)},
	{"processor",	  FIELD_TEXT,  "", 0, 0,	 "",	"the [processor] that counts its images; empty = text alone", AT(processor_id)},
	{"tower",	  FIELD_TEXT,  "", 0, 0,	 "",	"its [tower]", AT(tower_id)},

	{"layers",	  FIELD_INT,   "", 1, 10000,	 NULL,	"layers of the language model", AT(layers)},
	{"hidden",	  FIELD_INT,   "", 1, 1048576,	 NULL,	"width of a row", AT(hidden)},
	{"ffn",		  FIELD_INT,   "", 0, 4194304,	 "0",	"inner width of dense feed-forward parts; 0 = every layer has experts", AT(ffn)},
	{"gated",	  FIELD_BOOL,  "", 0, 0,	 "yes",	"feed-forward parts have three matrices", AT(gated)},
	{"output-gate",	  FIELD_BOOL,  "", 0, 0,	 "no",	"the output of attention is gated; delta-net hybrids do so anyway", AT(output_gate)},
	{"q-heads",	  FIELD_INT,   "", 1, 4096,	 NULL,	"query heads", AT(q_heads)},
	{"kv-heads",	  FIELD_INT,   "", 1, 4096,	 NULL,	"key and value heads", AT(kv_heads)},
	{"head-dim",	  FIELD_INT,   "", 1, 4096,	 NULL,	"width of a head", AT(head_dim)},
	{"vocab",	  FIELD_INT,   "", 1, 16777216,	 NULL,	"rows of the output matrix", AT(vocab)},
	{"extra-rows",	  FIELD_INT,   "", 0, 1048576,	 "0",	"rows of the input embedding beyond vocab", AT(in_rows)},
	{"tied",	  FIELD_BOOL,  "", 0, 0,	 "no",	"input embedding and output matrix are one", AT(tied)},
	{"norm",	  FIELD_ENUM,  "", 0, 0,	 "rms",	"how its norms are written", AT(norm), .names = schema_norms},
	{"norms",	  FIELD_INT,   "", 0, 16,	 "2",	"norms of one layer", AT(norms)},
	{"qk-norm",	  FIELD_BOOL,  "", 0, 0,	 "no",	"and of queries and keys", AT(qk_norm)},
	{"context",	  FIELD_LONG,  "positions", 1, 1e9, NULL, "context length an engine reads from the configuration", AT(context)},
	{"stored",	  FIELD_ENUM,  "", 0, 0,	 "bf16", "number format of the files", AT(stored), .names = dtypes},
	{"stored-part",	  FIELD_ENUM,  "", 0, 0,	 "matrices", "what of the files is in it; the rest is in 16 bit", AT(stored_part), .names = stored_parts},
	{"stored-bytes",  FIELD_NUM,   "bytes", 0, 8,	 "0",	"bytes per parameter in it; 0 = as the format has", AT(stored_bytes)},

	{"kv",		  FIELD_ENUM,  "", 0, 0,	 "full", "how the cache grows", AT(kv_kind), .names = kv_kinds},
	{"window-layers", FIELD_INT,   "", 0, 10000,	 "0",	"layers whose cache stops at the window or chunk", AT(win_layers)},
	{"window",	  FIELD_INT,   "positions", 0, 1e8, "0", "where it stops", AT(window)},
	{"global-layers", FIELD_INT,   "", 0, 10000,	 "0",	"layers without a window whose heads differ", AT(global_layers)},
	{"global-head-dim", FIELD_INT, "", 0, 4096,	 "0",	"width of their heads", AT(global_head_dim)},
	{"global-kv-heads", FIELD_INT, "", 0, 4096,	 "0",	"their key and value heads", AT(global_kv_heads)},
	{"shared-layers", FIELD_INT,   "", 0, 10000,	 "0",	"last layers that use the cache of earlier ones", AT(shared_layers)},
	{"shared-ffn",	  FIELD_INT,   "", 0, 4194304,	 "0",	"feed-forward width of those layers; 0 = as the others", AT(shared_ffn_width)},
	{"mla-kv-rank",	  FIELD_INT,   "", 0, 65536,	 "0",	"latent width of keys and values", AT(mla_kv_rank)},
	{"mla-rope",	  FIELD_INT,   "", 0, 65536,	 "0",	"rotary width beside it", AT(mla_rope)},
	{"mla-nope",	  FIELD_INT,   "", 0, 65536,	 "0",	"width of a query head without the rotary part", AT(mla_nope)},
	{"mla-v",	  FIELD_INT,   "", 0, 65536,	 "0",	"width of a value head", AT(mla_v)},
	{"mla-q-rank",	  FIELD_INT,   "", 0, 65536,	 "0",	"latent width of queries; 0 = none", AT(mla_q_rank)},
	{"linear-layers", FIELD_INT,   "", 0, 10000,	 "0",	"layers with a recurrent state", AT(linear_layers)},
	{"linear-key-heads", FIELD_INT, "", 0, 4096,	 "0",	"their key heads", AT(linear_key_heads)},
	{"linear-value-heads", FIELD_INT, "", 0, 4096,	 "0",	"their value heads", AT(linear_value_heads)},
	{"linear-head",	  FIELD_INT,   "", 0, 65536,	 "0",	"width of their heads", AT(linear_head)},
	{"linear-state",  FIELD_INT,   "", 0, 65536,	 "0",	"width of their keys and states; 0 = linear-head, and full layers gate their output", AT(linear_state)},
	{"bare-layers",	  FIELD_INT,   "", 0, 10000,	 "0",	"layers of a feed-forward part alone, when the others have none; 0 = every layer has one", AT(bare_layers)},
	{"conv-layers",	  FIELD_INT,   "", 0, 10000,	 "0",	"short convolutions in place of attention", AT(conv_layers)},
	{"conv-kernel",	  FIELD_INT,   "positions", 0, 1024, "0", "kernel of convolutions", AT(conv_kernel)},
	{"cross-layers",  FIELD_INT,   "", 0, 10000,	 "0",	"cross-attention layers", AT(cross_layers)},
	{"cross-positions", FIELD_INT, "positions", 0, 1e8, "0", "vision positions per tile they hold", AT(cross_positions)},

	{"moe-layers",	  FIELD_INT,   "", 0, 10000,	 "0",	"layers with experts", AT(moe_layers)},
	{"experts",	  FIELD_INT,   "", 0, 65536,	 "0",	"routed experts of a layer", AT(experts)},
	{"experts-per-token", FIELD_INT, "", 0, 65536,	 "0",	"experts one token goes through", AT(top_k)},
	{"expert-ffn",	  FIELD_INT,   "", 0, 4194304,	 "0",	"inner width of an expert", AT(expert_ffn)},
	{"shared-expert-ffn", FIELD_INT, "", 0, 4194304, "0",	"inner width of all shared experts together", AT(shared_ffn)},
	{"dense-layers",  FIELD_INT,   "", 0, 10000,	 "0",	"layers without experts", AT(dense_layers)},
	{"dense-ffn",	  FIELD_INT,   "", 0, 4194304,	 "0",	"inner width of those layers", AT(dense_ffn)},

	{"projector-in",  FIELD_INT,   "", 0, 1048576,	 "0",	"width of the projector's input row", AT(projector_in)},
	{"projector-mergers", FIELD_INT, "", 1, 64,	 "1",	"projectors of the same size that are run", AT(projector_mergers)},
	{"projector-params", FIELD_COUNT, "", 0, 1e13,	 "0",	"parameters of all of them", AT(projector_params)},
	{"llm-params",	  FIELD_COUNT, "", 0, 1e14,	 "0",	"parameters of the language model; 0 = computed", AT(llm_params)},
	{"active-params", FIELD_COUNT, "", 0, 1e14,	 "0",	"those one token goes through; 0 = computed", AT(active_params)},
	{"extra-params",  FIELD_COUNT, "", 0, 1e14,	 "0",	"loaded but not run for images (audio, adapters)", AT(extra_params)},
	{"lookup-params", FIELD_COUNT, "", 0, 1e14,	 "0",	"per-layer embedding tables: stored, never multiplied", AT(lookup_params)},
	{"total-params",  FIELD_COUNT, "", 0, 1e14,	 "0",	"all but the extra ones; 0 = computed", AT(total_params)},
};
// clang-format on
static_assert(ARRAY_SIZE(fields) <= SCHEMA_FIELDS_MAX, "key_line has room for every key");

/* Computed by registry_derive, never read from a file, but part of the generated tables. */
// clang-format off
static const struct field derived[] = {
	{"grow-layers",	   FIELD_INT, "", 0, 0, "0", "layers whose cache grows without end", AT(grow_layers)},
	{"grow-elements",  FIELD_INT, "", 0, 0, "0", "keys and values of one of them per position", AT(grow_elems)},
	{"window-elements", FIELD_INT, "", 0, 0, "0", "keys and values of a windowed layer per position", AT(win_elems)},
	{"cross-elements", FIELD_INT, "", 0, 0, "0", "keys and values of a cross-attention layer per position", AT(cross_elems)},
};
// clang-format on

const struct schema schema_model = {
	.kind = "model",
	.summary = "a checkpoint",
	SCHEMA_OF(model),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
	.derived = derived,
	.derived_n = ARRAY_SIZE(derived),
};
