/* Keys of [engine ID] and [profile ID]. An engine is a memory policy and a chain of profiles; a
 * profile says which peak of which device one part of a request runs against, and what the engine
 * adds. Section 2.9 of the prefill model; a new engine, device or precision is
 * a section, not code. */
#include <stdint.h>

#include "core/model.h"
#include "registry/schema.h"

/* clang-format off */
const char *const schema_paths[] = {
	[PATH_BY_PRECISION] = "by-precision", [PATH_F16] = "f16", [PATH_F16_ACC16] = "f16-acc16",
	[PATH_INT8] = "int8", [PATH_FP8] = "fp8", [PATH_FP4] = "fp4", [PATH_FIXED] = "fixed", NULL,
};
static const char *const memory_names[] = {
	[MEMORY_WHOLE] = "whole", [MEMORY_PROFILE] = "profile", [MEMORY_FRACTION] = "fraction",
	[MEMORY_BUFFERS] = "buffers", NULL,
};
static const char *const costs_names[] = {"known", "none", NULL};
static const char *const part_names[] = {
	[PART_ANY] = "any", [PART_LLM] = "llm", [PART_VISION] = "vision", NULL,
};
const char *const schema_whens[] = {
	[WHEN_ANY] = "any", [WHEN_YES] = "yes", [WHEN_NO] = "no", NULL,
};

#define ROW(key_, type_, unit_, least_, most_, standard_, help_, struct_, member_, ...)              \
	{.key = key_, .type = type_, .unit = unit_, .least = least_, .most = most_,                      \
	 .standard = standard_, .help = help_, FIELD_AT(struct_, member_), __VA_ARGS__}

#define E(key_, type_, unit_, least_, most_, standard_, help_, member_, ...) \
	ROW(key_, type_, unit_, least_, most_, standard_, help_, struct engine, member_, __VA_ARGS__)

static const struct field engine_fields[] = {
	/* key           type         unit     least most  default help                     member */
	E("name",        FIELD_TEXT,  "",      0, 0, NULL,    "name for people",              name),
	E("aliases",     FIELD_WORDS,  "",      0, 0, "",      "other ids, blanks between; may be repeated",    aliases),
	E("source",      FIELD_TEXT,  "",      0, 0, NULL,    "where the values come from",   source),
	E("note",        FIELD_TEXT,  "",      0, 0, "",      "caveat for people",            note),
	E("unverified",  FIELD_TEXT,  "",      0, 0, "",      "keys that could not be confirmed", unverified),
	E("block",       FIELD_INT,   "tokens", 1, 4096, "16", "block of the paged cache; 1 = not paged", block_tokens),
	E("profiles-of", FIELD_TEXT,  "",      0, 0, "",      "engine whose profiles it shares", profiles_of),
	E("costs",       FIELD_ENUM,  "",      0, 0, "known", "none: nobody measured what it costs, it counts alone", costs, .names = costs_names),
	E("counts-as",   FIELD_TEXT,  "",      0, 0, "",      "engine whose variants count where it has none of its own", counts_as),
	E("memory",      FIELD_ENUM,  "",      0, 0, "whole", "how it decides what is left for the cache", memory, .names = memory_names),
	E("utilisation", FIELD_NUM,   "",      0, 1, "0.9", "share of the memory the engine takes; 0 = by its rule", utilisation),
	E("utilisation-before", FIELD_NUM, "", 0, 1, "0",   "the same of older versions", utilisation_before),
	E("utilisation-since", FIELD_TEXT, "", 0, 0, "",    "first version with utilisation", utilisation_since),
	E("framework",   FIELD_BYTES, "bytes", 0, 1e12, "0",  "context and buffers on every GPU", framework_bytes),
	E("framework-low", FIELD_BYTES, "bytes", 0, 1e12, "0", "the least that was seen; 0 = framework", framework_low),
	E("framework-high", FIELD_BYTES, "bytes", 0, 1e12, "0", "the most that was seen; 0 = framework", framework_high),
	E("framework-group", FIELD_BYTES, "bytes", 0, 1e12, "0", "more of it with several GPUs", framework_group),
	E("framework-switch", FIELD_BYTES, "bytes", 0, 1e12, "0", "the same on machines with a switch", framework_switch),
	E("switch-link", FIELD_RATE,  "bytes/s", 0, 1e15, "0", "link of such a machine at least; 0 = no difference", switch_bytes_per_s),
	E("graphs",      FIELD_BYTES, "bytes", 0, 1e12, "0",  "recorded graphs, as the engine counts them", graphs_bytes),
	E("graphs-low",  FIELD_BYTES, "bytes", 0, 1e12, "0",  "the least that was seen; 0 = graphs", graphs_low),
	E("graphs-high", FIELD_BYTES, "bytes", 0, 1e12, "0",  "the most that was seen; 0 = graphs", graphs_high),
	E("graphs-since", FIELD_TEXT, "",      0, 0, "",      "first version that subtracts them", graphs_since),
	E("graphs-state", FIELD_BYTES, "bytes", 0, 1e9, "0",  "most that hybrids add to them, per token of a step", graphs_state_bytes),
	E("graphs-state-since", FIELD_TEXT, "", 0, 0, "",     "first version in which they do", graphs_state_since),
	E("sampler",     FIELD_NUM,   "bytes", 0, 1000, "4",  "per row and word of the vocabulary at profiling", sampler_bytes),
	E("sampler-high", FIELD_NUM,  "bytes", 0, 1000, "0",  "the most that was seen; 0 = sampler", sampler_high),
	E("max-batched-tokens", FIELD_INT, "tokens", 0, 1e9, "0", "tokens of one step; 0 = one request", max_batched_tokens),
	E("small-batched-tokens", FIELD_INT, "tokens", 0, 1e9, "0", "tokens of one step on small devices; 0 = no difference", small_batched_tokens),
	E("max-sequences", FIELD_INT, "", 0, 1e6, "0", "requests of one step, or slots; 0 = one", max_sequences),
	E("small-sequences", FIELD_INT, "", 0, 1e6, "0", "the same on small devices; 0 = no difference", small_sequences),
	E("small-memory", FIELD_BYTES, "bytes", 0, 1e15, "0", "devices with less memory are small", small_memory_bytes),
	E("small-generations", FIELD_TEXT, "", 0, 0, "", "and those of these generations", small_generations),
	E("state-blocks", FIELD_INT,  "", 0, 64, "0",         "pages a group of layers with a recurrent state takes", state_blocks),
	E("layer-split", FIELD_BOOL,  "", 0, 0, "no",         "several GPUs hold layers and work one after the other", splits_layers),
	E("output-reserved", FIELD_BOOL, "",   0, 0, "no",      "a request has the cache of its whole answer from the start", reserves_output),
	E("micro-batch", FIELD_INT,   "tokens", 0, 1e6, "0",  "tokens of one pass", micro_batch),
	E("unfused-tower", FIELD_BOOL, "", 0, 0, "no",        "the tower's scores go through memory", unfused_tower),
	E("context-small", FIELD_INT, "positions", 0, 1e9, "0", "context where none is given; 0 = the model's own", context_small),
	E("context-middle", FIELD_INT, "positions", 0, 1e9, "0", "the same from middle-memory on", context_middle),
	E("context-large", FIELD_INT, "positions", 0, 1e9, "0", "the same from large-memory on", context_large),
	E("middle-memory", FIELD_BYTES, "bytes", 0, 1e15, "0", "of all GPUs together", middle_memory_bytes),
	E("large-memory", FIELD_BYTES, "bytes", 0, 1e15, "0", "of all GPUs together", large_memory_bytes),
	E("orientation", FIELD_ENUM,  "",      0, 0, "unknown", "what it does with the EXIF orientation of a file", orientation, .names = orientation_names),
	E("orientation-since", FIELD_TEXT, "", 0, 0, "",      "first version that applies it", orientation_since),
	E("orientation-from", FIELD_DATE, "",  0, 0, "",      "first day on which it did", orientation_from),
	E("orientation-source", FIELD_TEXT, "", 0, 0, "",     "where that comes from, and when it was read", orientation_source),
	E("decoder",     FIELD_TEXT,  "",      0, 0, "",      "what reads picture files: a [decoder]", decoder_id),
	E("preprocess",  FIELD_TEXT,  "",      0, 0, "",      "its own code before the encoder: a [preprocess]; absent = the processor's", preprocess_id),
	E("prepares",    FIELD_ENUM,  "",      0, 0, "fast",  "the way it prepares pictures unless told otherwise", prepares, .names = preprocess_way_names),
	E("cpu-threads", FIELD_INT,   "",      1, 1024, "1",  "threads that prepare a picture", cpu_threads),
	E("video",       FIELD_ENUM,  "",      0, 0, "unknown", "who takes the frames of a video", video, .names = video_sampler_names),
	E("video-frames", FIELD_INT,  "frames", 0, 1000000, "0", "that it takes of a video, evenly", video_frames),
	E("video-outer", FIELD_BOOL,  "",      0, 0, "yes",   "keeps the pair around a video whose groups have their own", video_outer),
	E("video-cap-since", FIELD_TEXT, "",   0, 0, "",      "first version whose video processors cap frames beside their total", video_cap_since),
	E("flags",       FIELD_WORDS, "",      0, 0, "",      "its settings with a value that rules read; may be repeated", flags),
	E("switches",    FIELD_WORDS, "",      0, 0, "",      "and those without one; may be repeated", switches),
	E("spellings",   FIELD_WORDS, "",      0, 0, "",      "other names of them, OTHER=NAME; may be repeated", spellings),
	E("releases",    FIELD_WORDS, "",      0, 0, "",      "days of its versions, VERSION=DAY, rising; may be repeated", releases),
};

#define P(key_, type_, unit_, least_, most_, standard_, help_, member_, ...) \
	ROW(key_, type_, unit_, least_, most_, standard_, help_, struct profile, member_, __VA_ARGS__)

static const struct field profile_fields[] = {
	P("engine",      FIELD_TEXT,  "",      0, 0, NULL,    "engine it belongs to",         engine_id),
	P("source",      FIELD_TEXT,  "",      0, 0, NULL,    "where the values come from",   source),
	P("note",        FIELD_TEXT,  "",      0, 0, "",      "caveat for people",            note),
	P("generations", FIELD_TEXT,  "",      0, 0, "",      "only on these generations; empty = all", generations),
	P("hardware",    FIELD_TEXT,  "",      0, 0, "",      "only on these devices; empty = all", hardware),
	P("weights",     FIELD_TEXT,  "",      0, 0, "",      "only with weights of these types (ggml: those of llama.cpp); empty = all", weights),
	P("part",        FIELD_ENUM,  "",      0, 0, "any",   "only for this part of a request", part, .names = part_names),
	P("moe",         FIELD_ENUM,  "",      0, 0, "any",   "only with, or without, experts", moe, .names = schema_whens),
	P("images",      FIELD_ENUM,  "",      0, 0, "any",   "only with, or without, images", images, .names = schema_whens),
	P("path",        FIELD_ENUM,  "",      0, 0, "by-precision", "peak the matrix products run against", path, .names = schema_paths),
	P("peak",        FIELD_NUM,   "FLOP/s", 0, 1e20, "0", "with path = fixed: the peak itself", peak),
	P("e",           FIELD_NUM,   "",      0, 1, "0",     "share of the peak; replaces the generation's", e),
	P("e-factor",    FIELD_NUM,   "",      0.01, 2, "1",  "multiplies the generation's share when e is 0", e_factor),
	P("chunk",       FIELD_INT,   "tokens", 0, 1e9, "0",  "tokens of one pass; 0 = all at once", chunk),
	P("unfused",     FIELD_BOOL,  "",      0, 0, "no",    "the score matrix goes through memory", unfused),
	P("score-bytes", FIELD_NUM,   "bytes", 0, 1000, "0",  "memory traffic of one score, when unfused", score_bytes),
	P("traffic",     FIELD_NUM,   "",      0, 100, "1.5", "element-wise memory traffic, in passes", traffic),
	P("fixed",       FIELD_SECONDS, "s",   0, 100, "0",   "time every request costs", fixed_s),
	P("copy",        FIELD_RATE,  "",      0, 1e13, "0",  "prepared pictures to the device; 0 = not charged", copy_bytes_per_s),
	P("cpu-per-layer", FIELD_SECONDS, "s", 0, 1, "0",     "dispatch by the CPU, per layer", cpu_s_per_layer),
	P("dispatch",    FIELD_SECONDS, "s",   0, 1, "0",     "eager engine: the CPU's time for one small kernel; 0 = not eager", dispatch_s),
	P("dispatch-product", FIELD_SECONDS, "s", 0, 1, "0",  "the same for one matrix product", dispatch_product_s),
	P("dispatch-attention", FIELD_SECONDS, "s", 0, 1, "0", "the same for one call of attention", dispatch_attention_s),
	P("dispatch-lengths", FIELD_SECONDS, "s", 0, 1, "0",  "per layer of a tower that reads lengths of its sequences", dispatch_lengths_s),
	P("conv-e",      FIELD_NUM,   "",      0.001, 1, "0.35", "share of the peak a convolutional tower reaches", conv_e),
	P("no-launch",   FIELD_BOOL,  "",      0, 0, "no",    "compiled accelerator: no kernel launches", no_launch),
	P("calibrated",  FIELD_BOOL,  "",      0, 0, "no",    "fitted to measurements: narrow range", calibrated),
};
/* clang-format on */

const struct schema schema_engine = {
	.kind = "engine",
	.summary = "serving engine: memory policy",
	SCHEMA_OF(engine),
	.fields = engine_fields,
	.n = ARRAY_SIZE(engine_fields),
};

const struct schema schema_profile = {
	.kind = "profile",
	.summary = "how an engine uses one kind of device",
	SCHEMA_OF(profile),
	.fields = profile_fields,
	.n = ARRAY_SIZE(profile_fields),
};
