/* Every knob is one row of this table: where its value stands, its limits, how it steps, what it
 * says. What is done with the rows stands in knob_value.c and knob_turn.c. */
#include "state/knobs.h"

#include <assert.h>

#include "base/str.h"
#include "core/memory.h"
#include "core/orientation.h"

const char *const knob_group_titles[GROUP_N] = {"Model", "Picture", "Strategy", "Request",
						"Serving"};

enum { SHARE_ONE = 10000, RATE_ONE = 1000000, USD_ONE = 10000 };

static const int64_t patch_sides[] = {8, 10, 12, 14, 16, 20, 24, 28, 32};
static const int64_t image_counts[] = {0,  1,  2,  3,  4,  5,  6,   8,   10,  12,  16,
				       20, 24, 32, 48, 64, 96, 128, 256, 512, 1000};
static const int64_t weight_types[] = {
	DTYPE_STORED, DTYPE_FP32,    DTYPE_BF16,   DTYPE_FP16,    DTYPE_FP8,    DTYPE_INT8,
	DTYPE_AWQ,    DTYPE_INT4,    DTYPE_FP4,    DTYPE_FP4_FP8, DTYPE_MXFP4,  DTYPE_Q8_0,
	DTYPE_Q6_K,   DTYPE_Q5_K_M,  DTYPE_Q5_K_S, DTYPE_Q5_0,    DTYPE_Q4_K_M, DTYPE_Q4_K_S,
	DTYPE_Q4_0,   DTYPE_IQ4_NL,  DTYPE_IQ4_XS, DTYPE_Q3_K_L,  DTYPE_Q3_K_M, DTYPE_Q3_K_S,
	DTYPE_IQ3_M,  DTYPE_IQ3_XXS, DTYPE_Q2_K,   DTYPE_IQ2_M,   DTYPE_IQ2_XS, DTYPE_IQ2_XXS,
	DTYPE_IQ1_M,  DTYPE_IQ1_S,
};
static const int64_t kv_types[] = {DTYPE_FP32, DTYPE_BF16, DTYPE_FP16, DTYPE_FP8, DTYPE_INT8,
				   DTYPE_Q8_0, DTYPE_INT4, DTYPE_Q4_0, DTYPE_FP4};
static const int64_t shares[] = {100,  1000, 2000, 3000, 4000, 5000, 5500, 6000, 6500,
				 7000, 7500, 8000, 8500, 8800, 9000, 9200, 9500, 10000};
static const int64_t rates[] = {
	0,
	RATE_ONE / 100,
	RATE_ONE / 50,
	RATE_ONE / 20,
	RATE_ONE / 10,
	RATE_ONE / 5,
	RATE_ONE / 2,
	1 * RATE_ONE,
	2 * RATE_ONE,
	5 * RATE_ONE,
	10 * RATE_ONE,
	20 * RATE_ONE,
	50 * RATE_ONE,
	100 * RATE_ONE,
	200 * RATE_ONE,
	500 * RATE_ONE,
	1000 * RATE_ONE,
};
static const int64_t rents[] = {
	1000,  1500,  2000,  3000,  4000,  5000,   6000,   7500,   10000,  12500,
	15000, 17500, 20000, 22500, 25000, 27500,  30000,  35000,  40000,  45000,
	50000, 60000, 70000, 80000, 90000, 100000, 120000, 150000, 200000,
};
static const int64_t lenses[] = {LENS_EXACT, LENS_FORMULA};
static const int64_t orientations[] = {ORIENTATION_ASK_AUTO, ORIENTATION_ASK_APPLY,
				       ORIENTATION_ASK_IGNORE};
static const int64_t details[] = {DETAIL_AUTO, DETAIL_LOW, DETAIL_HIGH, DETAIL_ORIGINAL};
static const int64_t media[] = {MEDIA_DEFAULT, MEDIA_LOW, MEDIA_MEDIUM, MEDIA_HIGH,
				MEDIA_ULTRA_HIGH};
static const int64_t ways[] = {PREPROCESS_AUTO, PREPROCESS_FAST, PREPROCESS_GPU, PREPROCESS_SLOW,
			       PREPROCESS_NONE};
static_assert(ARRAY_SIZE(weight_types) == DTYPE_N + 1,
	      "weights come in every format, or as stored");
static_assert(ARRAY_SIZE(lenses) == LENS_N && ARRAY_SIZE(details) == DETAIL_N &&
		      ARRAY_SIZE(media) == MEDIA_N && ARRAY_SIZE(ways) == PREPROCESS_N,
	      "choices follow their enums");

/* ------------------------------------------------------------ what a checkpoint has of its own */

static const struct processor *processor_of(const struct request *r)
{
	return r->setup.model ? r->setup.model->processor : NULL;
}

/* The textbook's usual value where a checkpoint has none; merging or pooling 1 x 1 is none. */
static int64_t own_patch(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p && p->patch > 0 ? p->patch : 14;
}

static int64_t own_merge(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p && p->merge > 1 ? p->merge : 2;
}

static const char *without_merge(const struct processor *p)
{
	return p->merge > 1 || p->hosted.vendor ? NULL : "this checkpoint merges no patches";
}

static const char *without_devices(const struct processor *p)
{
	return p->hosted.vendor ? "a hosted model: the vendor runs it" : NULL;
}

static int64_t own_pool(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p && p->pool > 1 ? p->pool : 2;
}

static int64_t own_unsaid(const struct request *r) /* the checkpoint's own, whatever it is */
{
	(void)r;
	return 0;
}

static int64_t own_context(const struct request *r)
{
	struct setup s = r->setup;

	s.context_limit = 0;
	return s.model ? memory_context(&s) : 0;
}

/* ------------------------------------------------------------ what an engine does by itself */

static int64_t own_utilisation(const struct request *r)
{
	struct setup s = r->setup;

	s.utilisation = 0;
	if (!s.model || !s.engine || !s.hardware)
		return 0;
	return (int64_t)(memory_utilisation(&s, s.tensor_parallel, POOL_USUAL) * SHARE_ONE + 0.5);
}

static int64_t own_step(const struct request *r)
{
	struct setup s = r->setup;

	s.max_batched_tokens = 0;
	return memory_batched_tokens(&s);
}

static int64_t own_sequences(const struct request *r)
{
	struct setup s = r->setup;

	s.max_seqs = 0;
	return memory_sequences(&s);
}

/* What the market asks for the device on the day of the setup, the middle of it; 0 = nobody knows.
 */
static int64_t own_rent(const struct request *r)
{
	const struct hardware *h = r->setup.hardware;
	const struct rent *rent = h ? rent_on(h->rents, r->setup.day) : NULL;

	return rent ? (int64_t)(rent->median * USD_ONE + 0.5) : 0;
}

static int64_t own_limit(const struct request *r)
{
	(void)r;
	return -1;
}

static int64_t whole(const struct request *r)
{
	(void)r;
	return SHARE_ONE;
}

static int64_t own_min_pixels(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p ? p->min_pixels : 0;
}

static int64_t own_max_pixels(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p ? p->max_pixels : 0;
}

static int64_t own_threads(const struct request *r)
{
	return r->setup.engine ? r->setup.engine->cpu_threads : 0;
}

/* A least area above the largest is none. */
static int64_t min_pixels(const struct request *r)
{
	return r->setup.knobs.min_pixels;
}

static int64_t max_pixels(const struct request *r)
{
	return r->setup.knobs.max_pixels;
}

/* ------------------------------------------------------------ words */

static int64_t aspect_width(const struct request *r)
{
	return r->aspect_w;
}

static int64_t aspect_height(const struct request *r)
{
	return r->aspect_h;
}

static int64_t context(const struct request *r)
{
	return r->setup.context_limit > 0 ? r->setup.context_limit : own_context(r);
}

static char *grid_text(const struct request *r, int64_t v, char *out)
{
	if (v)
		return str_format(out, KNOB_TEXT_SIZE, "%d x %d", (int)v, (int)v);
	return str_format(out, KNOB_TEXT_SIZE, "%s",
			  r->setup.lens == LENS_EXACT ? "auto" : "3 x 3");
}

static char *limit_text(const struct request *r, int64_t v, char *out)
{
	(void)r;
	return v < 0 ? str_format(out, KNOB_TEXT_SIZE, "any") : NULL;
}

static char *rate_text(const struct request *r, int64_t v, char *out)
{
	(void)r;
	return v ? NULL : str_format(out, KNOB_TEXT_SIZE, "off");
}

static char *known_text(const struct request *r, int64_t v, char *out)
{
	(void)r;
	return v ? NULL : str_format(out, KNOB_TEXT_SIZE, "unknown");
}

static const char *lens_name(int v)
{
	return v == LENS_EXACT ? "exact" : "formula";
}

static const char *type_name(int v)
{
	return dtype_name((enum dtype)v);
}

static bool type_read(const char *name, int *v)
{
	enum dtype t;
	bool found = dtype_find(name, &t);

	*v = found ? (int)t : 0;
	return found;
}

/* The format itself, also where it follows the checkpoint. */
static char *weights_text(const struct request *r, int64_t v, char *out)
{
	(void)v;
	return str_format(out, KNOB_TEXT_SIZE, "%s", dtype_name(setup_weights(&r->setup)));
}

static const char *detail_name(int v)
{
	return detail_names[v];
}

static const char *orientation_ask_name(int v)
{
	return orientation_ask_names[v];
}

static const char *way_name(int v)
{
	return preprocess_way_names[v];
}

static const char *media_name(int v)
{
	return media_names[v];
}

/* ------------------------------------------------------------ the table */

#define IN(member)                                                                                 \
	.at = offsetof(struct request, setup.member),                                              \
	.size = sizeof(((struct request *)0)->setup.member)
#define LIST(list) .steps = (list), .steps_n = ARRAY_SIZE(list)
#define RULE(member) .rule = offsetof(struct knob_rules, member) + 1

#define NO_SIZE "expected pixels, a size like 1920x1080, 1080p, A4@300 or 50%"
#define SIZE_HINT "pixels, 1920x1080, 1080p, A4@300, 50%"
#define NO_TYPE "expected a number format like bf16, fp8, int8 or int4"

/* clang-format off */
const struct knob_spec knob_specs[KNOB_N] = {
	[KNOB_MODEL] = {"Model", "", "model", 'm', "MODEL",
		"checkpoint, processor (both: `vtok models`), processor@runtime or hosted model",
		GROUP_MODEL, IS_ENTRY, IN(model), .entries = KIND_MODEL, .usual_id = USUAL_MODEL,
		.is_setting = true, .expected = "no model of that name; m lists them"},
	[KNOB_LENS] = {"Lens", "", "lens", 0, "LENS",
		"what the real processor does, or the textbook formula",
		GROUP_MODEL, IS_CHOICE, IN(lens), LIST(lenses), .name_of = lens_name,
		.is_setting = true, .expected = "expected exact or formula", .hint = "exact or formula"},
	[KNOB_WIDTH] = {"Width", "px", "width", 0, NULL, "width of one image",
		GROUP_PICTURE, IS_SIDE, IN(width), .least = 1, .most = SIDE_MAX, .usual = USUAL_SIDE, .end = 4096,
		.share_of = aspect_width, .expected = NO_SIZE, .hint = SIZE_HINT},
	[KNOB_HEIGHT] = {"Height", "px", "height", 0, NULL, "height of one image",
		GROUP_PICTURE, IS_SIDE, IN(height), .least = 1, .most = SIDE_MAX, .usual = USUAL_SIDE, .end = 4096,
		.share_of = aspect_height, .expected = NO_SIZE, .hint = SIZE_HINT},
	[KNOB_IMAGES] = {"Images", "", "images", 'n', "N", "images in one request",
		GROUP_PICTURE, IS_NUMBER, IN(images), .most = IMAGES_MOST, LIST(image_counts), .big = 4,
		.end = 64, .usual = USUAL_IMAGES},
	[KNOB_GRID] = {"Grid", "", "grid", 0, "K", "at most K x K tiles; 0 = the model's own grids",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.grid_k), .most = GRID_MOST, .big = 2, .end = GRID_MOST,
		.own = own_unsaid, .own_word = "auto", RULE(grid_k), .text_of = grid_text, .hint = "auto, or 1 to " USUAL_WORDS(GRID_MOST)},
	[KNOB_MERGE] = {"Merge", "", "merge", 0, "N", "patches merged per side of a token",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.merge), .least = 1, .most = MERGE_MOST, .big = 2,
		.home = 1, .end = 16, .own = own_merge, RULE(merge), .without = without_merge},
	[KNOB_POOL] = {"Pooling", "", "pool", 0, "N", "side of the pooling window",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.pool), .least = 1, .most = POOL_MOST, .big = 2,
		.home = 1, .end = 16, .own = own_pool, RULE(pool)},
	[KNOB_PATCH] = {"Patch", "px", "patch", 0, "PIXELS", "side of a patch, in place of the checkpoint's",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.patch), .least = 1, .most = PATCH_MOST, LIST(patch_sides), .big = 3,
		.home = 8, .end = 32, .own = own_patch, RULE(patch)},
	[KNOB_CONTEXT] = {"Context", "tok", "context", 'c', "TOKENS", "context limit, in place of the model's own",
		GROUP_REQUEST, IS_NUMBER, IN(context_limit), .least = 1, .most = TOKENS_MOST, .power = 512, .big = 3,
		.home = 2048, .end = 1048576, .own = own_context, .ends_own = true, .share_of = own_context,
		.text_of = known_text, .is_binary = true, .hint = "4k is 4,096 here, 1M is 1,000,000"},
	[KNOB_TEXT] = {"Text", "tok", "text", 't', "TOKENS", "text tokens of the request",
		GROUP_REQUEST, IS_NUMBER, IN(text_tokens), .most = TOKENS_MOST, .power = 16, .big = 3,
		.end = 131072, .usual = USUAL_TEXT, .share_of = context},
	[KNOB_RESERVE] = {"Output", "tok", "reserve", 'r', "TOKENS", "tokens kept free for the answer",
		GROUP_REQUEST, IS_NUMBER, IN(reserve_tokens), .most = TOKENS_MOST, .power = 16, .big = 3,
		.end = 131072, .usual = USUAL_RESERVE, .share_of = context},
	[KNOB_BUDGET] = {"Budget", "", "budget", 0, "BUDGET",
		"what a picture may cost in the dashboard: ttft 300ms, tokens 1280, share 5%, at once 16, price 2$; or off",
		GROUP_REQUEST, IS_BUDGET, .at = offsetof(struct request, budget), .size = sizeof(struct fit_budget),
		.is_of_screen = true, .is_setting = true,
		.expected = "expected a budget like ttft 300ms, tokens 1280 or off",
		.hint = "ttft 300ms, share 5%, at once 16"},
	[KNOB_TRAFFIC] = {"Traffic", "/s", "rate", 0, "R", "requests that come in a second; 0 = none are planned for",
		GROUP_REQUEST, IS_NUMBER, IN(rate_per_s), .most = (int64_t)RATE_MOST * RATE_ONE, .scale = RATE_ONE,
		LIST(rates), .big = 3, .end = 1000 * RATE_ONE, .own_word = "off", .text_of = rate_text,
		.is_of_traffic = true, .is_setting = true,
		.expected = "expected requests a second, like 20, or off", .hint = "requests a second, or off"},
	[KNOB_HARDWARE] = {"Hardware", "", "hardware", 'g', "HARDWARE", "accelerator, see `vtok hardware`",
		GROUP_SERVING, IS_ENTRY, IN(hardware), .entries = KIND_HARDWARE, .usual_id = USUAL_HARDWARE,
		.is_setting = true, .expected = "no hardware of that name; g lists it", .without = without_devices},
	[KNOB_ENGINE] = {"Engine", "", "engine", 0, "ENGINE", "serving engine, which may count by a rule of its own; vllm@0.20: a version of it",
		GROUP_SERVING, IS_ENTRY, IN(engine), .entries = KIND_ENGINE, .usual_id = USUAL_ENGINE,
		.version_at = offsetof(struct request, setup.engine_version) + 1, .also_counts = true,
		.is_setting = true, .expected = "no engine of that name, or no version behind its @", .without = without_devices},
	[KNOB_TP] = {"GPUs", "", "tp", 0, "N", "tensor parallel: accelerators that share one model",
		GROUP_SERVING, IS_NUMBER, IN(tensor_parallel), .least = 1, .most = RANKS_MOST, .power = 1, .big = 2,
		.home = 1, .end = 64, .usual = USUAL_RANKS, .without = without_devices},
	[KNOB_WEIGHTS] = {"Weights", "", "weights", 0, "DTYPE", "data type of the weights",
		GROUP_SERVING, IS_CHOICE, IN(weights), LIST(weight_types), .name_of = type_name, .read_name = type_read,
		.text_of = weights_text, .usual = USUAL_WEIGHTS,
		.expected = NO_TYPE, .hint = "stored, bf16, fp8, nvfp4, q4_k_m ...", .without = without_devices},
	[KNOB_KV] = {"KV cache", "", "kv", 0, "DTYPE", "data type of the KV cache",
		GROUP_SERVING, IS_CHOICE, IN(kv), LIST(kv_types), .name_of = type_name, .read_name = type_read, .usual = USUAL_KV,
		.expected = NO_TYPE, .hint = "bf16, fp8, int8, int4", .without = without_devices},
	[KNOB_PREPROCESS] = {"Prepare", "", "preprocess", 0, "WAY",
		"how pictures are prepared: auto is what the engine does, none leaves it out of the time",
		GROUP_SERVING, IS_CHOICE, IN(preprocess), LIST(ways), .name_of = way_name,
		.expected = "expected auto, fast, gpu, slow or none", .hint = "auto, fast, gpu, slow or none", .without = without_devices},
	[KNOB_RENT] = {"GPU price", "$/h", "gpu-price", 0, "USD", "price of one device and hour; 0 = the market's",
		GROUP_SERVING, IS_NUMBER, IN(rent_usd), .most = (int64_t)PRICE_MOST * USD_ONE, .scale = USD_ONE,
		LIST(rents), .big = 3, .home = 1000, .end = 200000, .own = own_rent, .own_word = "market",
		.text_of = known_text, .is_of_traffic = true, .is_setting = true,
		.expected = "expected USD of a device and hour, like 2.5, or market",
		.hint = "USD an hour, or market", .without = without_devices},
	[KNOB_MIN_PIXELS] = {"Least area", "px", "min-pixels", 0, "PIXELS", "least area after the resize",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.min_pixels), .least = 1, .most = AREA_MOST, .power = 1024, .big = 3,
		.home = 1024, .end = 1048576, .own = own_min_pixels, .ceiling = max_pixels},
	[KNOB_MAX_PIXELS] = {"Largest area", "px", "max-pixels", 0, "PIXELS", "largest area after the resize",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.max_pixels), .least = 1, .most = AREA_MOST, .power = 1024, .big = 3,
		.home = 1024, .end = 16777216, .own = own_max_pixels, .floor = min_pixels},
	[KNOB_MAX_TOKENS] = {"Most tokens", "tok", "max-tokens-per-image", 0, "TOKENS",
		"visual tokens of one image, at most, by the processor's own setting; also --image-max-tokens",
		GROUP_STRATEGY, IS_NUMBER, IN(knobs.max_tokens), .least = 1, .most = TOKENS_MOST, .power = 64, .big = 3,
		.home = 64, .end = 16384, .own = own_unsaid},
	[KNOB_ORIENTATION] = {"Turned", "", "orientation", 0, "WHAT",
		"EXIF orientation of picture files: auto does what engine or vendor does",
		GROUP_PICTURE, IS_CHOICE, IN(orientation), LIST(orientations), .name_of = orientation_ask_name,
		.is_setting = true, .expected = "expected auto, apply or ignore"},
	[KNOB_DETAIL] = {"Detail", "", "detail", 0, "LEVEL", "level of detail asked of hosted OpenAI models",
		GROUP_STRATEGY, IS_CHOICE, IN(knobs.detail), LIST(details), .name_of = detail_name,
		.expected = "expected auto, low, high or original"},
	[KNOB_MEDIA] = {"Media", "", "media-resolution", 0, "LEVEL", "resolution asked of hosted Gemini models",
		GROUP_STRATEGY, IS_CHOICE, IN(knobs.media), LIST(media), .name_of = media_name,
		.expected = "expected default, low, medium, high or ultra-high"},
	[KNOB_CPU_THREADS] = {"CPU threads", "", "cpu-threads", 0, "N",
		"threads that prepare a picture, in place of the engine's own",
		GROUP_SERVING, IS_NUMBER, IN(cpu_threads), .least = 1, .most = THREADS_MOST, .power = 1, .big = 2,
		.home = 1, .end = 64, .own = own_threads, .own_word = "auto"},
	[KNOB_UTILISATION] = {"Share", "", "utilisation", 0, "SHARE", "share of the memory the engine takes",
		GROUP_SERVING, IS_NUMBER, IN(utilisation), .least = SHARE_ONE / 100, .most = SHARE_ONE, .scale = SHARE_ONE,
		LIST(shares), .big = 3,
		.home = SHARE_ONE / 100, .end = SHARE_ONE, .own = own_utilisation, .share_of = whole},
	[KNOB_STEP] = {"Step", "tok", "max-batched-tokens", 0, "TOKENS", "tokens the engine prefills in one step",
		GROUP_SERVING, IS_NUMBER, IN(max_batched_tokens), .least = 1, .most = STEP_MOST, .power = 512, .big = 3,
		.home = 512, .end = 32768, .own = own_step},
	[KNOB_SEQUENCES] = {"At once", "", "max-seqs", 0, "N", "requests of one step, or slots of llama.cpp",
		GROUP_SERVING, IS_NUMBER, IN(max_seqs), .least = 1, .most = SEQUENCES_MOST, .power = 1, .big = 3,
		.home = 1, .end = 1024, .own = own_sequences},
	[KNOB_LIMIT] = {"Pictures", "", "limit-images", 0, "N", "most pictures of a prompt; 0 = none are taken",
		GROUP_SERVING, IS_NUMBER, IN(limit_images), .most = IMAGES_MOST, LIST(image_counts), .big = 4, .end = 16,
		.own = own_limit, .own_word = "any", .text_of = limit_text, .nothing = -1, .usual = -1},
};
/* clang-format on */
