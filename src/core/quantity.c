#include "core/quantity.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/quantity_read.h"

/* ------------------------------------------------------------ the table */

#define IN(member) offsetof(struct estimate, member)
#define OF(member) offsetof(struct setup, member)
#define KV ESTIMATE_KV
#define MEMORY (ESTIMATE_KV | ESTIMATE_MEMORY)
#define PREFILL ESTIMATE_PREFILL
#define SERVER ESTIMATE_ALL

static_assert(offsetof(struct prefill_part, seconds) == 0, "a part is read by its seconds");

/* clang-format off */
const struct quantity_spec quantities[Q_N] = {
	[Q_MODEL] = {NULL, "model", .title = "model", .unit = UNIT_WORD, .read = quantity_read_model},
	[Q_HARDWARE] = {NULL, "hardware", .title = "hardware", .unit = UNIT_WORD, .read = quantity_read_hardware},
	[Q_LENS] = {NULL, "lens", .title = "lens", .unit = UNIT_WORD, .read = quantity_read_lens},

	[Q_IMAGE_WIDTH] = {"image", "width", .title = "width of an image", .head = "width",
		.unit = UNIT_PIXELS, .read = quantity_read_of_setup, .at = OF(width), .course = COURSE_NONE},
	[Q_IMAGE_HEIGHT] = {"image", "height", .title = "height of an image", .head = "height",
		.unit = UNIT_PIXELS, .read = quantity_read_of_setup, .at = OF(height), .course = COURSE_NONE},
	[Q_IMAGE_COUNT] = {"image", "count", .title = "images of the request", .head = "images",
		.unit = UNIT_IMAGES, .read = quantity_read_of_setup, .at = OF(images), .course = COURSE_NONE},

	[Q_VISUAL] = {"tokens", "visual", "tokens", "visual tokens per image", "visual tokens", "tokens",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_of_image, .at = IN(count.visual),
		.course = COURSE_COUNT},
	[Q_SPECIAL] = {"tokens", "special", NULL, "special tokens per image", "special tokens", "special",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_special, .at = IN(count.special)},
	[Q_PER_IMAGE] = {"tokens", "per_image", NULL, "tokens per image", "tokens per image", "per image",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_of_image, .at = IN(tokens.per_image),
		.course = COURSE_COUNT},
	[Q_IMAGES] = {"tokens", "images", NULL, "tokens of all images", "image tokens", "images",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_of_request, .at = IN(tokens.images),
		.course = COURSE_COUNT},
	[Q_TEXT] = {"tokens", "text", NULL, "text tokens", NULL, "text",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_of_setup, .at = OF(text_tokens),
		.course = COURSE_NONE},
	[Q_OUTPUT] = {"tokens", "reserve", NULL, "tokens kept free for the output", "output", "output",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_of_setup, .at = OF(reserve_tokens),
		.course = COURSE_NONE},
	[Q_TOTAL] = {"tokens", "total", NULL, "tokens of the request", "request tokens", "request",
		UNIT_TOKENS, .is_cost = true, .read = quantity_read_of_request, .at = IN(tokens.total),
		.course = COURSE_COUNT},

	[Q_LIMIT] = {"context", "limit", NULL, "context limit", NULL, "limit",
		UNIT_TOKENS, .read = quantity_read_limit, .at = IN(context.limit), .course = COURSE_NONE},
	[Q_SHARE] = {"context", "used_share", "share", "share of the context", "of the context", "context",
		UNIT_SHARE, .is_cost = true, .read = quantity_read_share, .at = IN(tokens.total),
		.course = COURSE_TOKENS},
	[Q_TEXT_LEFT] = {"context", "text_left", NULL, "tokens left for text", "left for text", "left",
		UNIT_TOKENS, .read = quantity_read_of_limit, .at = IN(context.text_left), .course = COURSE_TOKENS},
	[Q_IMAGES_FIT] = {"context", "images_fit", NULL, "images that fit", NULL, "images fit",
		UNIT_IMAGES, .read = quantity_read_images_fit, .at = IN(context.images_fit)},

	[Q_KV_DTYPE] = {"kv", "dtype", .title = "data type of the KV cache", .head = "KV type",
		.unit = UNIT_WORD, .read = quantity_read_kv_dtype},
	[Q_KV_TOKEN] = {"kv", "bytes_per_token", NULL, "KV cache of one token", "KV of a token", "KV/token",
		UNIT_BYTES, KV, true, .read = quantity_read_cost, .at = IN(kv.bytes_per_token),
		.course = COURSE_NONE},
	[Q_KV_WINDOW] = {"kv", "window_bytes", NULL, "KV cache of layers with a window, at most",
		"windows at most", "windows",
		UNIT_BYTES, KV, true, .read = quantity_read_cost, .at = IN(kv.window_bytes), .course = COURSE_NONE},
	[Q_KV_STATE] = {"kv", "state_bytes", NULL, "fixed state of one request", "state of a request", "state",
		UNIT_BYTES, KV, true, .read = quantity_read_cost, .at = IN(kv.state_bytes), .course = COURSE_NONE},
	[Q_KV_IMAGE] = {"kv", "bytes_per_image", NULL, "KV cache of one image", "KV of an image", "KV/image",
		UNIT_BYTES, KV, true, .read = quantity_read_cost, .at = IN(kv.bytes_per_image),
		.course = COURSE_TOKENS},
	[Q_KV_REQUEST] = {"kv", "bytes_per_request", "kv", "KV cache of one request", "KV of a request", "KV",
		UNIT_BYTES, KV, true, .read = quantity_read_cost, .at = IN(kv.bytes_per_request),
		.course = COURSE_TOKENS},

	[Q_MEMORY] = {"memory", "total_bytes", NULL, "memory of all devices", "memory", "memory",
		UNIT_BYTES, MEMORY, .read = quantity_read_cost, .at = IN(memory.total_bytes)},
	[Q_BUDGET] = {"memory", "budget_bytes", "memory", "memory the engine takes", "budget", "budget",
		UNIT_BYTES, MEMORY, .read = quantity_read_cost, .at = IN(memory.budget_bytes)},
	[Q_WEIGHTS] = {"memory", "weights_bytes", NULL, "weights", NULL, NULL,
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost, .at = IN(memory.weights_bytes)},
	[Q_RESERVE] = {"memory", "reserve_bytes", NULL, "memory the engine sets aside", "set aside", "set aside",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost, .at = IN(memory.reserve_bytes)},
	[Q_KV_POOL] = {"memory", "kv_pool_bytes", NULL, "memory left for the KV cache", "KV pool", "KV pool",
		UNIT_BYTES, MEMORY, .read = quantity_read_cost, .at = IN(memory.kv_pool_bytes)},
	[Q_KV_POOL_LOW] = {"memory", "kv_pool_low_bytes", NULL, "memory left for the KV cache, at least",
		"KV pool at least", "pool least",
		UNIT_BYTES, MEMORY, .read = quantity_read_cost, .at = IN(memory.kv_pool_low_bytes)},
	[Q_KV_POOL_HIGH] = {"memory", "kv_pool_high_bytes", NULL, "memory left for the KV cache, at most",
		"KV pool at most", "pool most",
		UNIT_BYTES, MEMORY, .read = quantity_read_cost, .at = IN(memory.kv_pool_high_bytes)},
	[Q_ENCODER] = {"memory", "encoder_bytes", NULL, "set aside for the encoder's run", "encoder run", "encoder",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.encoder_bytes)},
	[Q_ACTIVATION] = {"memory", "activation_bytes", NULL, "set aside for a step of the language model",
		"language step", "step",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.activation_bytes)},
	[Q_SAMPLER] = {"memory", "sampler_bytes", NULL, "set aside for the sampler", "sampler", "sampler",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.sampler_bytes)},
	[Q_ENCODER_CACHE] = {"memory", "encoder_cache_bytes", NULL, "set aside for the encoder's output",
		"encoder cache", "cache",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.encoder_cache_bytes)},
	[Q_PROJECTOR_FILE] = {"memory", "projector_bytes", NULL, "weights of the projector's own file",
		"projector file", "projector",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.projector_bytes)},
	[Q_BUFFER] = {"memory", "buffer_bytes", NULL, "buffer of the projector", "projector buffer", "buffer",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.buffer_bytes)},
	[Q_SLOT_STATE] = {"memory", "state_bytes", NULL, "recurrent states of the slots", "slots", "slots",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.state_bytes)},
	[Q_GRAPHS] = {"memory", "graphs_bytes", NULL, "set aside for CUDA graphs", "graphs", "graphs",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.graphs_bytes)},
	[Q_FRAMEWORK] = {"memory", "framework_bytes", NULL, "taken by context and communication", "framework",
		"framework",
		UNIT_BYTES, MEMORY, true, .read = quantity_read_cost_part, .at = IN(memory.framework_bytes)},
	[Q_MEMORY_CAVEAT] = {"memory", "caveat", .title = "what the account leaves out", .unit = UNIT_WORD,
		.needs = MEMORY, .is_remark = true, .read = quantity_read_memory_caveat},

	[Q_CONCURRENCY] = {"capacity", "concurrency", "concurrency", "requests at once", NULL, "at once",
		UNIT_REQUESTS, MEMORY, .read = quantity_read_cost, .at = IN(capacity.concurrency),
		.course = COURSE_WORSE},
	[Q_CONCURRENCY_LOW] = {"capacity", "concurrency_low", NULL, "requests at once, at least", "at least", "at least",
		UNIT_REQUESTS, MEMORY, .read = quantity_read_cost, .at = IN(capacity.concurrency_low),
		.course = COURSE_WORSE},
	[Q_TEXT_ONLY] = {"capacity", "concurrency_text_only", NULL, "requests at once with text alone",
		"with text alone", "text alone",
		UNIT_REQUESTS, MEMORY, .read = quantity_read_cost, .at = IN(capacity.concurrency_text_only)},
	[Q_FULL] = {"capacity", "concurrency_full", NULL, "requests at once that fill the context",
		"at full context", "full",
		UNIT_REQUESTS, MEMORY, .read = quantity_read_cost, .at = IN(capacity.concurrency_full)},
	[Q_IMAGE_FACTOR] = {"capacity", "image_factor", NULL, "what images cost against text alone",
		"image factor", "factor",
		UNIT_FACTOR, MEMORY, true, .read = quantity_read_cost, .at = IN(capacity.image_factor),
		.course = COURSE_WORSE},
	[Q_FITS] = {"capacity", "fits", .title = "whether a request fits", .head = "fits",
		.unit = UNIT_WORD, .needs = MEMORY, .read = quantity_read_fits},
	[Q_FITS_REASON] = {"capacity", "fits_reason", .title = "why it fits or not", .head = "why",
		.unit = UNIT_WORD, .needs = MEMORY, .read = quantity_read_fits_reason},

	[Q_FIXED] = {"prefill", "fixed_ms", NULL, "fixed part of the time", "fixed", "fixed",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.fixed)},
	[Q_PREPROCESS] = {"prefill", "preprocess_ms", NULL, "time before the encoder", "preprocess", "preprocess",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_image_seconds, .at = IN(prefill.preprocess),
		.course = COURSE_WORSE},
	[Q_VISION] = {"prefill", "vision_ms", NULL, "time of the vision tower", "vision", "vision",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_image_seconds, .at = IN(prefill.vision),
		.course = COURSE_WORSE},
	[Q_PROJECTOR] = {"prefill", "projector_ms", NULL, "time of the projector", "projector", "projector",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_image_seconds, .at = IN(prefill.projector),
		.course = COURSE_WORSE},
	[Q_LLM] = {"prefill", "llm_ms", NULL, "time of the language model", "LLM", "LLM",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.llm),
		.course = COURSE_WORSE},
	[Q_TTFT] = {"prefill", "ttft_ms", "ttft", "time to the first token", "first token after", "1st token",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.ttft_s),
		.course = COURSE_WORSE},
	[Q_TTFT_LOW] = {"prefill", "low_ms", NULL, "time to the first token, at least", "at least", "at least",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.low_s),
		.course = COURSE_WORSE},
	[Q_TTFT_HIGH] = {"prefill", "high_ms", NULL, "time to the first token, at most", "at most", "at most",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.high_s),
		.course = COURSE_WORSE},
	[Q_DECODE] = {"prefill", "decode_ms", NULL, "time to read the pictures' files", "decode", "decode",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_image_seconds, .at = IN(prefill.decode_s),
		.course = COURSE_WORSE},
	[Q_PROCESSOR] = {"prefill", "processor_ms", NULL, "time to prepare the pictures", "processor", "processor",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_image_seconds, .at = IN(prefill.processor_s),
		.course = COURSE_WORSE},
	[Q_GPU] = {"prefill", "gpu_ms", NULL, "the GPU's part of the time", "GPU", "GPU",
		UNIT_SECONDS, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.gpu_s),
		.course = COURSE_WORSE},
	[Q_VISION_FLOP] = {"prefill", "vision_flops", NULL, "work of the vision tower", NULL, "vision",
		UNIT_FLOP, PREFILL, true, .read = quantity_read_image_seconds, .at = IN(prefill.vision_flop),
		.course = COURSE_WORSE},
	[Q_LLM_FLOP] = {"prefill", "llm_flops", NULL, "work of the language model", NULL, "LLM",
		UNIT_FLOP, PREFILL, true, .read = quantity_read_seconds, .at = IN(prefill.llm_flop),
		.course = COURSE_WORSE},
	[Q_BOUND] = {"prefill", "bound", .title = "what bounds the time", .head = "bound",
		.unit = UNIT_WORD, .needs = PREFILL, .read = quantity_read_bound, .at = IN(prefill.bound)},
	[Q_VISION_BOUND] = {"prefill", "vision_bound", .title = "what bounds the vision tower",
		.unit = UNIT_WORD, .needs = PREFILL, .read = quantity_read_image_bound, .at = IN(prefill.vision.bound)},
	[Q_PROJECTOR_BOUND] = {"prefill", "projector_bound", .title = "what bounds the projector",
		.unit = UNIT_WORD, .needs = PREFILL, .read = quantity_read_image_bound, .at = IN(prefill.projector.bound)},
	[Q_LLM_BOUND] = {"prefill", "llm_bound", .title = "what bounds the language model",
		.unit = UNIT_WORD, .needs = PREFILL, .read = quantity_read_bound, .at = IN(prefill.llm.bound)},
	[Q_CALIBRATED] = {"prefill", "calibrated", .title = "fitted to measurements",
		.unit = UNIT_FLAG, .needs = PREFILL, .read = quantity_read_calibrated},
	[Q_CAVEAT] = {"prefill", "caveat", .title = "what the time leaves out", .unit = UNIT_WORD,
		.needs = PREFILL, .is_remark = true, .read = quantity_read_caveat},
	[Q_PREPROCESS_CAVEAT] = {"prefill", "preprocess_caveat", .title = "what the time before the encoder stands for",
		.unit = UNIT_WORD, .needs = PREFILL, .is_remark = true, .read = quantity_read_preprocess_caveat},

	[Q_STEP] = {"decode", "step_ms", NULL, "time of a step of decoding", "a step", "step",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_served, .at = IN(decode.step_s)},
	[Q_ITL] = {"decode", "itl_ms", "itl", "time between tokens", "between tokens", "between",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_served, .at = IN(decode.itl_s)},
	[Q_OUTPUT_S] = {"decode", "out_tok_s", NULL, "output tokens a second", "output", "output",
		UNIT_RATE, SERVER, .read = quantity_read_served, .at = IN(decode.output_s),
		.course = COURSE_WORSE},
	[Q_REQUESTS_S] = {"decode", "requests_s", NULL, "requests a second", "requests", "requests",
		UNIT_RATE, SERVER, .read = quantity_read_served, .at = IN(decode.requests_s),
		.course = COURSE_WORSE},
	[Q_IMAGES_S] = {"decode", "images_s", "images", "images a second", "images", "images/s",
		UNIT_RATE, SERVER, .read = quantity_read_images_s, .at = IN(decode.requests_s),
		.course = COURSE_WORSE},
	[Q_SERVER_BOUND] = {"decode", "bound", .title = "what binds the requests a second", .head = "bound by",
		.unit = UNIT_WORD, .needs = SERVER, .read = quantity_read_server_bound},
	[Q_REQUESTS_LOW] = {"decode", "low", NULL, "requests a second, at least", "at least", "at least",
		UNIT_RATE, SERVER, .read = quantity_read_served, .at = IN(decode.requests_low)},
	[Q_REQUESTS_HIGH] = {"decode", "high", NULL, "requests a second, at most", "at most", "at most",
		UNIT_RATE, SERVER, .read = quantity_read_served, .at = IN(decode.requests_high)},
	[Q_AT_ONCE] = {"decode", "at_once", NULL, "requests a server has at once", "served at once", "served",
		UNIT_REQUESTS, SERVER, .read = quantity_read_served, .at = IN(decode.at_once),
		.course = COURSE_WORSE},
	[Q_STEP_LOW] = {"decode", "step_low_ms", NULL, "time of a step of decoding, at least", "at least", "at least",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_served, .at = IN(decode.low_s)},
	[Q_STEP_HIGH] = {"decode", "step_high_ms", NULL, "time of a step of decoding, at most", "at most", "at most",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_served, .at = IN(decode.high_s)},
	[Q_ITL_LOW] = {"decode", "itl_low_ms", NULL, "time between tokens, at least", "at least", "at least",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_served, .at = IN(decode.itl_low_s)},
	[Q_ITL_HIGH] = {"decode", "itl_high_ms", NULL, "time between tokens, at most", "at most", "at most",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_served, .at = IN(decode.itl_high_s)},
	[Q_IMAGES_LOW] = {"decode", "images_low", NULL, "images a second, at least", "at least", "at least",
		UNIT_RATE, SERVER, .read = quantity_read_images_s, .at = IN(decode.requests_low)},
	[Q_IMAGES_HIGH] = {"decode", "images_high", NULL, "images a second, at most", "at most", "at most",
		UNIT_RATE, SERVER, .read = quantity_read_images_s, .at = IN(decode.requests_high)},
	[Q_STEP_ONE] = {"decode", "one_ms", NULL, "time of an output token of one request alone",
		"a token, alone", "alone",
		UNIT_SECONDS, SERVER, true, .read = quantity_read_step_one,
		.course = COURSE_WORSE},
	[Q_SERVER_CALIBRATED] = {"decode", "calibrated", .title = "fitted to measurements",
		.unit = UNIT_FLAG, .needs = SERVER, .read = quantity_read_server_calibrated},
	[Q_SERVER_CAVEAT] = {"decode", "caveat", .title = "what the time of decoding leaves out",
		.unit = UNIT_WORD, .needs = SERVER, .is_remark = true, .read = quantity_read_server_caveat},

	[Q_COST] = {"cost", "usd_per_1000", "cost", "cost of 1,000 images", NULL, "cost/1,000",
		UNIT_USD, SERVER, true, .read = quantity_read_spent_or_asked, .at = IN(cost.usd_per_1000),
		.course = COURSE_WORSE},
	[Q_COST_LOW] = {"cost", "usd_low", NULL, "cost of 1,000 images, cheapest offer", "at least", "at least",
		UNIT_USD, SERVER, true, .read = quantity_read_spent_or_asked, .at = IN(cost.usd_low),
		.course = COURSE_WORSE},
	[Q_COST_HIGH] = {"cost", "usd_high", NULL, "cost of 1,000 images, dearest offer", "at most", "at most",
		UNIT_USD, SERVER, true, .read = quantity_read_spent_or_asked, .at = IN(cost.usd_high),
		.course = COURSE_WORSE},
	[Q_HOSTED] = {"cost", "hosted_usd", NULL, "hosted price of 1,000 images with text and answer", "hosted", "hosted",
		UNIT_USD, .is_cost = true, .read = quantity_read_price_hosted, .course = COURSE_TOKENS},
	[Q_BREAKEVEN] = {"cost", "breakeven_per_day", NULL, "images a day above which own devices are cheaper",
		"break-even a day", "break-even",
		UNIT_IMAGES, SERVER, true, .read = quantity_read_breakeven},
	[Q_RENT] = {"cost", "usd_per_hour", NULL, "cost of the server's devices, an hour", "an hour", "USD/hour",
		UNIT_USD, SERVER, true, .read = quantity_read_spent, .at = IN(cost.usd_hour)},
	[Q_RENT_DATE] = {"cost", "date", .title = "day of the newest price of the device", .head = "since",
		.unit = UNIT_WORD, .needs = SERVER, .is_remark = true, .read = quantity_read_rent_date},
	[Q_RENT_SOURCE] = {"cost", "source", .title = "where the device's prices were read", .head = "source",
		.unit = UNIT_WORD, .needs = SERVER, .is_remark = true, .read = quantity_read_rent_source},
	[Q_COST_MARK] = {"cost", "mark", .title = "what is to be said of the cost", .head = "mark",
		.unit = UNIT_WORD, .needs = SERVER, .is_remark = true, .read = quantity_read_cost_mark},

	[Q_GPUS] = {"traffic", "gpus", "gpus", "GPUs for the traffic", "GPUs", "GPUs",
		UNIT_GPUS, SERVER, true, .is_remark = true, .read = quantity_read_of_traffic, .at = IN(traffic.gpus)},
	[Q_TRAFFIC_TTFT] = {"traffic", "ttft_ms", NULL, "time to the first token under the traffic",
		"first token after", "1st token",
		UNIT_SECONDS, SERVER, true, .is_remark = true, .read = quantity_read_of_traffic, .at = IN(traffic.ttft_s)},
	[Q_TRAFFIC_ITL] = {"traffic", "itl_ms", NULL, "time between tokens under the traffic", "between tokens", "between",
		UNIT_SECONDS, SERVER, true, .is_remark = true, .read = quantity_read_of_traffic, .at = IN(traffic.itl_s)},
	[Q_TRAFFIC_TTFT_LOW] = {"traffic", "ttft_low_ms", NULL, "time to the first token under the traffic, at least",
		"at least", "at least",
		UNIT_SECONDS, SERVER, true, .is_remark = true, .read = quantity_read_of_traffic, .at = IN(traffic.ttft_low_s)},
	[Q_TRAFFIC_TTFT_HIGH] = {"traffic", "ttft_high_ms", NULL, "time to the first token under the traffic, at most",
		"at most", "at most",
		UNIT_SECONDS, SERVER, true, .is_remark = true, .read = quantity_read_slow_traffic, .at = IN(traffic.ttft_high_s)},
	[Q_TRAFFIC_ITL_LOW] = {"traffic", "itl_low_ms", NULL, "time between tokens under the traffic, at least",
		"at least", "at least",
		UNIT_SECONDS, SERVER, true, .is_remark = true, .read = quantity_read_of_traffic, .at = IN(traffic.itl_low_s)},
	[Q_TRAFFIC_ITL_HIGH] = {"traffic", "itl_high_ms", NULL, "time between tokens under the traffic, at most",
		"at most", "at most",
		UNIT_SECONDS, SERVER, true, .is_remark = true, .read = quantity_read_slow_traffic, .at = IN(traffic.itl_high_s)},
	[Q_USED_SHARE] = {"traffic", "used_share", NULL, "share of the servers' rate that is used", "used", "used",
		UNIT_SHARE, SERVER, .is_remark = true, .read = quantity_read_of_traffic, .at = IN(traffic.used_share)},
	[Q_TRAFFIC_HOUR] = {"traffic", "usd_per_hour", NULL, "cost of an hour of the traffic", "an hour", "USD/hour",
		UNIT_USD, SERVER, true, .is_remark = true, .read = quantity_read_traffic_hour, .at = IN(traffic.usd_hour)},
	[Q_TRAFFIC_COST] = {"traffic", "usd_per_1000", NULL, "cost of 1,000 images of the traffic", "1,000 images",
		"USD/1,000",
		UNIT_USD, SERVER, true, .is_remark = true, .read = quantity_read_traffic_cost, .at = IN(traffic.usd_per_1000)},
	[Q_TRAFFIC_LOW] = {"traffic", "usd_low", NULL, "cost of 1,000 images of the traffic, cheapest offer",
		"at least", "at least",
		UNIT_USD, SERVER, true, .is_remark = true, .read = quantity_read_traffic_cost, .at = IN(traffic.usd_low)},
	[Q_TRAFFIC_HIGH] = {"traffic", "usd_high", NULL, "cost of 1,000 images of the traffic, dearest offer",
		"at most", "at most",
		UNIT_USD, SERVER, true, .is_remark = true, .read = quantity_read_traffic_cost, .at = IN(traffic.usd_high)},

	[Q_UNVERIFIED_PROCESSOR] = {"unverified", "processor", .title = "keys that could not be confirmed",
		.label = "processor", .unit = UNIT_WORD, .is_remark = true, .read = quantity_read_unverified_processor},
	[Q_UNVERIFIED_MODEL] = {"unverified", "model", .title = "keys that could not be confirmed",
		.label = "model", .unit = UNIT_WORD, .is_remark = true, .read = quantity_read_unverified_model},
	[Q_UNVERIFIED_TOWER] = {"unverified", "tower", .title = "keys that could not be confirmed",
		.label = "tower", .unit = UNIT_WORD, .is_remark = true, .read = quantity_read_unverified_tower},
	[Q_UNVERIFIED_HARDWARE] = {"unverified", "hardware", .title = "keys that could not be confirmed",
		.label = "hardware", .unit = UNIT_WORD, .is_remark = true, .read = quantity_read_unverified_hardware},
	[Q_UNVERIFIED_ENGINE] = {"unverified", "engine", .title = "keys that could not be confirmed",
		.label = "engine", .unit = UNIT_WORD, .is_remark = true, .read = quantity_read_unverified_engine},

	[Q_PRICE_MILLION] = {"price", "usd_per_million_tokens", NULL, "price of a million input tokens",
		NULL, "USD/1M", UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_input,
		.course = COURSE_NONE},
	[Q_PRICE_IMAGES] = {"price", "usd_per_1000_images", "price", "price of 1,000 images", NULL, "USD/1,000",
		UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_images,
		.course = COURSE_TOKENS},
	[Q_PRICE_IMAGE] = {"price", "usd_per_image", NULL, "price of an image", NULL, "USD/image",
		UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_image,
		.course = COURSE_TOKENS},
	[Q_PRICE_BATCH] = {"price", "usd_per_1000_images_batch", NULL, "price of 1,000 images in a batch",
		"1,000 images in a batch", "batch", UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_batch,
		.course = COURSE_TOKENS},
	[Q_PRICE_CACHED] = {"price", "usd_per_million_cached", NULL, "price of a million cached input tokens",
		"a million cached tokens", "cached", UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_cached,
		.course = COURSE_NONE},
	[Q_PRICE_OUTPUT] = {"price", "usd_per_million_output", NULL, "price of a million output tokens",
		"a million output tokens", "output", UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_output,
		.course = COURSE_NONE},
	[Q_PRICE_REQUEST] = {"price", "usd_per_request", NULL, "price of the request", NULL, "request",
		UNIT_USD, .is_cost = true, .is_remark = true, .read = quantity_read_price_request,
		.course = COURSE_TOKENS},
	[Q_PRICE_DATE] = {"price", "date", .title = "day of the price", .head = "since",
		.unit = UNIT_WORD, .is_remark = true, .read = quantity_read_price_date},
	[Q_PRICE_SOURCE] = {"price", "source", .title = "where the price was read", .head = "source",
		.unit = UNIT_WORD, .is_remark = true, .read = quantity_read_price_source},
	[Q_PRICE_MARK] = {"price", "mark", .title = "what is to be said of the price", .head = "mark",
		.unit = UNIT_WORD, .is_remark = true, .read = quantity_read_price_mark},
	[Q_MARKS] = {NULL, "marks", .title = "marks", .unit = UNIT_WORD, .is_remark = true, .read = quantity_read_marks},

	[Q_TILES] = {NULL, "tiles", NULL, "encoder inputs of an image", "tiles", "tiles",
		UNIT_TILES, .is_cost = true, .is_aside = true, .read = quantity_read_given, .at = IN(count.tiles),
		.course = COURSE_COUNT},
	[Q_RESIZED_W] = {NULL, "resized_w", .title = "width after the resize", .unit = UNIT_PIXELS,
		.is_cost = true, .is_aside = true, .read = quantity_read_given, .at = IN(count.resized_w)},
	[Q_RESIZED_H] = {NULL, "resized_h", .title = "height after the resize", .unit = UNIT_PIXELS,
		.is_cost = true, .is_aside = true, .read = quantity_read_given, .at = IN(count.resized_h)},
	[Q_RESIZED] = {NULL, "resized_px", NULL, "area after the resize", "resized to", "resized",
		UNIT_PIXELS, .is_cost = true, .is_aside = true, .read = quantity_read_resized, .at = IN(count.resized_w)},
	[Q_STRATEGY] = {NULL, "strategy", .title = "strategy", .unit = UNIT_WORD, .is_aside = true,
		.read = quantity_read_strategy},
	[Q_NAME] = {NULL, "name", .title = "name", .unit = UNIT_WORD, .is_aside = true, .read = quantity_read_name},
};
/* clang-format on */

struct value quantity_read(enum quantity_id id, const struct setup *s, const struct estimate *e)
{
	return quantities[id].read(&quantities[id], s, e);
}

/* ------------------------------------------------------------ names and texts */

const char *quantity_title(enum quantity_id id)
{
	return quantities[id].title;
}

const char *quantity_label(enum quantity_id id)
{
	return quantities[id].label ? quantities[id].label : quantity_title(id);
}

const char *quantity_head(enum quantity_id id)
{
	return quantities[id].head ? quantities[id].head : quantity_label(id);
}

char *quantity_name(enum quantity_id id, char out[QUANTITY_NAME])
{
	const struct quantity_spec *q = &quantities[id];

	return str_format(out, QUANTITY_NAME, "%s%s%s", q->group ? q->group : "",
			  q->group ? "_" : "", q->name);
}

/* Whether quantity_name() makes this name: piece by piece, a script asks for many. */
static bool is_named(const struct quantity_spec *q, const char *name)
{
	if (q->group) {
		size_t group = strlen(q->group);

		if (str_ncasecmp(name, q->group, group) != 0 || name[group] != '_')
			return false;
		name += group + 1;
	}
	return str_casecmp(name, q->name) == 0;
}

bool quantity_find(const char *name, enum quantity_id *out)
{
	for (int id = 0; id < Q_N; id++)
		if (is_named(&quantities[id], name)) {
			*out = (enum quantity_id)id;
			return true;
		}
	return quantity_find_metric(name, out);
}

char *quantity_figure(enum quantity_id id, const struct value *v, char out[QUANTITY_FIGURE])
{
	enum unit unit = quantities[id].unit;

	if (v->reason || v->text)
		return str_format(out, QUANTITY_FIGURE, "%s", v->reason ? "" : v->text);
	if (unit == UNIT_FLAG)
		return unit_text(out, unit, v->number);
	return str_number(out, unit_number(unit, v->number));
}

char *quantity_text(enum quantity_id id, const struct value *v, char out[UNIT_TEXT])
{
	if (v->reason)
		return str_format(out, UNIT_TEXT, "\xe2\x80\x93");
	if (v->text)
		return str_format(out, UNIT_TEXT, "%s", v->text);
	return unit_text(out, quantities[id].unit, v->number);
}

/* ------------------------------------------------------------ metrics */

const char *quantity_metric(size_t i)
{
	for (int id = 0; id < Q_N; id++)
		if (quantities[id].metric && i-- == 0)
			return quantities[id].metric;
	return NULL;
}

bool quantity_find_metric(const char *word, enum quantity_id *out)
{
	for (int id = 0; id < Q_N; id++) {
		if (!quantities[id].metric || str_casecmp(quantities[id].metric, word) != 0)
			continue;
		*out = (enum quantity_id)id;
		return true;
	}
	return false;
}

enum quantity_id quantity_next_metric(enum quantity_id id, int n)
{
	int at = (int)id, step = n < 0 ? -1 : 1;

	for (int left = n < 0 ? -n : n; left > 0; left--)
		do
			at = (at + step + Q_N) % Q_N;
		while (!quantities[at].metric);
	return (enum quantity_id)at;
}
