#include "cli/result.h"

#include <assert.h>

#include "base/base.h"
#include "core/model.h"
#include "core/reason.h"

/* The members of a result, in the order they are written; the manual lists them. */
enum id {
	MODEL,
	HARDWARE,
	LENS,
	IMAGE_WIDTH,
	IMAGE_HEIGHT,
	IMAGE_COUNT,
	TOKENS_VISUAL,
	TOKENS_SPECIAL,
	TOKENS_PER_IMAGE,
	TOKENS_IMAGES,
	TOKENS_TEXT,
	TOKENS_RESERVE,
	TOKENS_TOTAL,
	CONTEXT_LIMIT,
	CONTEXT_USED_SHARE,
	CONTEXT_TEXT_LEFT,
	CONTEXT_IMAGES_FIT,
	KV_DTYPE,
	KV_BYTES_PER_TOKEN,
	KV_WINDOW_BYTES,
	KV_BYTES_PER_IMAGE,
	KV_BYTES_PER_REQUEST,
	MEMORY_TOTAL,
	MEMORY_WEIGHTS,
	MEMORY_RESERVE,
	MEMORY_KV_POOL,
	CAPACITY_CONCURRENCY,
	CAPACITY_TEXT_ONLY,
	CAPACITY_FULL,
	CAPACITY_IMAGE_FACTOR,
	PREFILL_FIXED,
	PREFILL_PREPROCESS,
	PREFILL_VISION,
	PREFILL_PROJECTOR,
	PREFILL_LLM,
	PREFILL_TTFT,
	PREFILL_LOW,
	PREFILL_HIGH,
	PREFILL_VISION_FLOPS,
	PREFILL_LLM_FLOPS,
	PREFILL_BOUND,
	PREFILL_VISION_BOUND,
	PREFILL_PROJECTOR_BOUND,
	PREFILL_LLM_BOUND,
	PREFILL_CALIBRATED,
	PREFILL_CAVEAT,
	UNVERIFIED_PROCESSOR,
	UNVERIFIED_MODEL,
	UNVERIFIED_TOWER,
	UNVERIFIED_HARDWARE,
	UNVERIFIED_ENGINE,
	PRICE_PER_MILLION,
	PRICE_PER_1000_IMAGES,
	MEMBERS_N
};

/* clang-format off */
const struct member result_members[] = {
	[MODEL] = {NULL, "model"},
	[HARDWARE] = {NULL, "hardware"},
	[LENS] = {NULL, "lens"},
	[IMAGE_WIDTH] = {"image", "width"},
	[IMAGE_HEIGHT] = {"image", "height"},
	[IMAGE_COUNT] = {"image", "count"},
	[TOKENS_VISUAL] = {"tokens", "visual"},
	[TOKENS_SPECIAL] = {"tokens", "special"},
	[TOKENS_PER_IMAGE] = {"tokens", "per_image"},
	[TOKENS_IMAGES] = {"tokens", "images"},
	[TOKENS_TEXT] = {"tokens", "text"},
	[TOKENS_RESERVE] = {"tokens", "reserve"},
	[TOKENS_TOTAL] = {"tokens", "total"},
	[CONTEXT_LIMIT] = {"context", "limit"},
	[CONTEXT_USED_SHARE] = {"context", "used_share"},
	[CONTEXT_TEXT_LEFT] = {"context", "text_left"},
	[CONTEXT_IMAGES_FIT] = {"context", "images_fit"},
	[KV_DTYPE] = {"kv", "dtype"},
	[KV_BYTES_PER_TOKEN] = {"kv", "bytes_per_token"},
	[KV_WINDOW_BYTES] = {"kv", "window_bytes"},
	[KV_BYTES_PER_IMAGE] = {"kv", "bytes_per_image"},
	[KV_BYTES_PER_REQUEST] = {"kv", "bytes_per_request"},
	[MEMORY_TOTAL] = {"memory", "total_bytes"},
	[MEMORY_WEIGHTS] = {"memory", "weights_bytes"},
	[MEMORY_RESERVE] = {"memory", "reserve_bytes"},
	[MEMORY_KV_POOL] = {"memory", "kv_pool_bytes"},
	[CAPACITY_CONCURRENCY] = {"capacity", "concurrency"},
	[CAPACITY_TEXT_ONLY] = {"capacity", "concurrency_text_only"},
	[CAPACITY_FULL] = {"capacity", "concurrency_full"},
	[CAPACITY_IMAGE_FACTOR] = {"capacity", "image_factor"},
	[PREFILL_FIXED] = {"prefill", "fixed_ms"},
	[PREFILL_PREPROCESS] = {"prefill", "preprocess_ms"},
	[PREFILL_VISION] = {"prefill", "vision_ms"},
	[PREFILL_PROJECTOR] = {"prefill", "projector_ms"},
	[PREFILL_LLM] = {"prefill", "llm_ms"},
	[PREFILL_TTFT] = {"prefill", "ttft_ms"},
	[PREFILL_LOW] = {"prefill", "low_ms"},
	[PREFILL_HIGH] = {"prefill", "high_ms"},
	[PREFILL_VISION_FLOPS] = {"prefill", "vision_flops"},
	[PREFILL_LLM_FLOPS] = {"prefill", "llm_flops"},
	[PREFILL_BOUND] = {"prefill", "bound"},
	[PREFILL_VISION_BOUND] = {"prefill", "vision_bound"},
	[PREFILL_PROJECTOR_BOUND] = {"prefill", "projector_bound"},
	[PREFILL_LLM_BOUND] = {"prefill", "llm_bound"},
	[PREFILL_CALIBRATED] = {"prefill", "calibrated"},
	[PREFILL_CAVEAT] = {"prefill", "caveat"},
	[UNVERIFIED_PROCESSOR] = {"unverified", "processor"},
	[UNVERIFIED_MODEL] = {"unverified", "model"},
	[UNVERIFIED_TOWER] = {"unverified", "tower"},
	[UNVERIFIED_HARDWARE] = {"unverified", "hardware"},
	[UNVERIFIED_ENGINE] = {"unverified", "engine"},
	[PRICE_PER_MILLION] = {"price", "usd_per_million_tokens"},
	[PRICE_PER_1000_IMAGES] = {"price", "usd_per_1000_images"},
};
/* clang-format on */
const size_t result_members_n = ARRAY_SIZE(result_members);
static_assert(ARRAY_SIZE(result_members) == MEMBERS_N, "one line for each member");

static struct value number(double n)
{
	return (struct value){.number = n};
}

static struct value text(const char *s)
{
	return (struct value){.text = s};
}

static struct value none(const char *reason)
{
	return (struct value){.reason = reason};
}

static struct value quantity(const struct quantity *q)
{
	return q->reason ? none(q->reason) : number(q->value);
}

/* What a hosted model keeps to itself has one reason, better than "dimensions not known". */
static const char *hosted_reason(const struct result *r)
{
	return target_vendor(r->target) ? reason_text(REASON_HOSTED) : NULL;
}

static struct value tokens_value(const struct result *r, enum id id)
{
	const struct estimate *e = &r->e;

	if (id == TOKENS_TEXT)
		return number((double)e->tokens.text);
	if (id == TOKENS_RESERVE)
		return number((double)e->tokens.reserve);
	if (e->count.refused)
		return none(e->count.reason);
	switch (id) {
	case TOKENS_VISUAL:
		return number((double)e->count.visual);
	case TOKENS_SPECIAL:
		if (!e->count.has_special && r->setup.images)
			return none("the processor does not tell");
		return number((double)e->count.special);
	case TOKENS_PER_IMAGE:
		return number((double)e->tokens.per_image);
	case TOKENS_IMAGES:
		return number((double)e->tokens.images);
	default:
		return number((double)e->tokens.total);
	}
}

static struct value context_value(const struct result *r, enum id id)
{
	const struct estimate *e = &r->e;

	if (e->context.limit <= 0)
		return none(reason_text(REASON_NO_LIMIT));
	if (id == CONTEXT_LIMIT)
		return number((double)e->context.limit);
	if (e->count.refused)
		return none(e->count.reason);
	switch (id) {
	case CONTEXT_USED_SHARE:
		return number(e->context.used_share);
	case CONTEXT_TEXT_LEFT:
		return number((double)e->context.text_left);
	default:
		return number((double)e->context.images_fit);
	}
}

static struct value costs_value(const struct result *r, enum id id)
{
	const struct estimate *e = &r->e;
	const char *hosted = hosted_reason(r);

	if (hosted)
		return none(hosted);
	switch (id) {
	case KV_DTYPE:
		return text(dtype_name(r->setup.kv));
	case KV_BYTES_PER_TOKEN:
		return quantity(&e->kv.bytes_per_token);
	case KV_WINDOW_BYTES:
		return quantity(&e->kv.window_bytes);
	case KV_BYTES_PER_IMAGE:
		return quantity(&e->kv.bytes_per_image);
	case KV_BYTES_PER_REQUEST:
		return quantity(&e->kv.bytes_per_request);
	case MEMORY_TOTAL:
		return quantity(&e->memory.total_bytes);
	case MEMORY_WEIGHTS:
		return quantity(&e->memory.weights_bytes);
	case MEMORY_RESERVE:
		return quantity(&e->memory.reserve_bytes);
	case MEMORY_KV_POOL:
		return quantity(&e->memory.kv_pool_bytes);
	case CAPACITY_CONCURRENCY:
		return quantity(&e->capacity.concurrency);
	case CAPACITY_TEXT_ONLY:
		return quantity(&e->capacity.concurrency_text_only);
	case CAPACITY_FULL:
		return quantity(&e->capacity.concurrency_full);
	default:
		return quantity(&e->capacity.image_factor);
	}
}

static struct value prefill_value(const struct result *r, enum id id)
{
	const struct estimate *e = &r->e;
	const char *hosted = hosted_reason(r);

	if (hosted)
		return none(hosted);
	if (e->prefill.reason)
		return none(e->prefill.reason);
	switch (id) {
	case PREFILL_FIXED:
		return number(e->prefill.fixed.seconds * 1e3);
	case PREFILL_PREPROCESS:
		return number(e->prefill.preprocess.seconds * 1e3);
	case PREFILL_VISION:
		return number(e->prefill.vision.seconds * 1e3);
	case PREFILL_PROJECTOR:
		return number(e->prefill.projector.seconds * 1e3);
	case PREFILL_LLM:
		return number(e->prefill.llm.seconds * 1e3);
	case PREFILL_TTFT:
		return number(e->prefill.ttft_s * 1e3);
	case PREFILL_LOW:
		return number(e->prefill.low_s * 1e3);
	case PREFILL_HIGH:
		return number(e->prefill.high_s * 1e3);
	case PREFILL_VISION_FLOPS:
		return number(e->prefill.vision_flop);
	case PREFILL_LLM_FLOPS:
		return number(e->prefill.llm_flop);
	case PREFILL_VISION_BOUND:
		return text(bound_name(e->prefill.vision.bound));
	case PREFILL_PROJECTOR_BOUND:
		return text(bound_name(e->prefill.projector.bound));
	case PREFILL_LLM_BOUND:
		return text(bound_name(e->prefill.llm.bound));
	case PREFILL_CALIBRATED:
		return (struct value){.number = e->prefill.calibrated, .is_flag = true};
	case PREFILL_CAVEAT:
		return e->prefill.caveat ? text(e->prefill.caveat) : none("nothing is left out");
	default:
		return text(bound_name(e->prefill.bound));
	}
}

/* Keys of the registry whose values could not be confirmed, blanks between; NULL = none. */
static const char *unverified(const struct result *r, enum id id)
{
	const struct setup *s = &r->setup;

	if (id == UNVERIFIED_PROCESSOR)
		return r->target->processor ? r->target->processor->unverified : NULL;
	if (target_vendor(r->target))
		return NULL;
	switch (id) {
	case UNVERIFIED_MODEL:
		return s->model->unverified;
	case UNVERIFIED_TOWER:
		return s->model->tower ? s->model->tower->unverified : NULL;
	case UNVERIFIED_HARDWARE:
		return s->hardware->unverified;
	default:
		return s->engine->unverified;
	}
}

struct value result_value(const struct result *r, size_t member)
{
	enum id id = (enum id)member;

	if (id >= TOKENS_VISUAL && id <= TOKENS_TOTAL)
		return tokens_value(r, id);
	if (id >= CONTEXT_LIMIT && id <= CONTEXT_IMAGES_FIT)
		return context_value(r, id);
	if (id >= KV_DTYPE && id <= CAPACITY_IMAGE_FACTOR)
		return costs_value(r, id);
	if (id >= PREFILL_FIXED && id <= PREFILL_CAVEAT)
		return prefill_value(r, id);
	if (id >= UNVERIFIED_PROCESSOR && id <= UNVERIFIED_ENGINE)
		return unverified(r, id) ? text(unverified(r, id)) : none("all confirmed");
	switch (id) {
	case MODEL:
		return text(r->target->name);
	case HARDWARE:
		return text(r->setup.hardware->id);
	case LENS:
		return text(r->setup.lens == LENS_EXACT ? "exact" : "formula");
	case IMAGE_WIDTH:
		return number((double)r->setup.width);
	case IMAGE_HEIGHT:
		return number((double)r->setup.height);
	case IMAGE_COUNT:
		return number((double)r->setup.images);
	case PRICE_PER_MILLION:
		return number(r->price_usd);
	default: /* PRICE_PER_1000_IMAGES: a thousandth of a million tokens for each token of an
		    image */
		if (r->e.count.refused)
			return none(r->e.count.reason);
		return number((double)r->e.tokens.per_image * r->price_usd / 1e3);
	}
}

bool result_is_column(const struct result *r, size_t member)
{
	return r->price_usd > 0 || (member != PRICE_PER_MILLION && member != PRICE_PER_1000_IMAGES);
}

bool result_has(const struct result *r, size_t member)
{
	enum id id = (enum id)member;

	if (id >= UNVERIFIED_PROCESSOR && id <= UNVERIFIED_ENGINE)
		return unverified(r, id) != NULL;
	return result_is_column(r, member) && (id != PREFILL_CAVEAT || r->e.prefill.caveat != NULL);
}
