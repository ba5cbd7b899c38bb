/* From a setup to tokens, context and KV bytes; memory and prefill follow in their own files. */
#include "core/estimate.h"

#include <stddef.h>

#include "base/base.h"
#include "core/arith.h"
#include "core/count.h"
#include "core/kv.h"
#include "core/memory.h"

static enum reason check(const struct setup *s)
{
	if (s->model == NULL)
		return REASON_NO_MODEL;
	if (s->images < 0 || s->images > IMAGES_MOST || s->text_tokens < 0 ||
	    s->text_tokens > TOKENS_MOST || s->reserve_tokens < 0 ||
	    s->reserve_tokens > TOKENS_MOST)
		return REASON_BAD_COUNT;
	if (s->images > 0 &&
	    (s->width < 1 || s->width > SIDE_MAX || s->height < 1 || s->height > SIDE_MAX))
		return REASON_BAD_SIZE;
	if (s->images > 0 && s->model->processor == NULL)
		return REASON_NO_VISION;
	return REASON_NONE;
}

/* One image of a request of n. Some processors stop cutting, some APIs tighten their limits or
 * refuse, when there are more. */
static void count_of(const struct setup *s, int64_t n, struct count *out)
{
	struct knobs knobs = s->knobs;

	knobs.images = (int32_t)(n < INT32_MAX ? n : INT32_MAX);
	count_image(s->model->processor, s->lens, &knobs, s->width, s->height, out, NULL);
}

/* Positions that one of n images takes; -1 = refused. */
static int64_t positions_of(const struct setup *s, int64_t n)
{
	struct count c;

	count_of(s, n, &c);
	return c.refused ? -1 : count_positions(&c);
}

static bool is_fitting(const struct setup *s, int64_t n, int64_t room)
{
	int64_t one = positions_of(s, n);

	return one >= 0 && (one == 0 || n <= room / one);
}

/* The most images that a request can have, up to what they are when all have room: more of them are
 * never counted dearer than fewer (deepseek-vl2, hosted rules), so that each bound found from above
 * holds for the next. */
static int64_t most_images(const struct setup *s, int64_t room)
{
	int64_t n = room < TOKENS_MOST ? room : TOKENS_MOST, accepted = 1;

	while (n - accepted > 1 && positions_of(s, n) < 0) { /* the limit of an API, between */
		int64_t middle = accepted + (n - accepted) / 2;

		if (positions_of(s, middle) < 0)
			n = middle;
		else
			accepted = middle;
	}
	if (positions_of(s, n) < 0)
		n = accepted;
	while (n > 0 && !is_fitting(s, n, room)) {
		int64_t one = positions_of(s, n);

		n = one > 0 && room / one < n ? room / one : n - 1;
	}
	while (n < TOKENS_MOST && is_fitting(s, n + 1, room))
		n++;
	return n;
}

bool estimate_counts_alike(const struct setup *s)
{
	const struct processor *p = s->model->processor;

	return p == NULL || (p->hosted.vendor == NULL && p->max_cut_images == 0);
}

/* -1: the image is refused or takes no tokens, so that the question has no answer. here: positions
 * of one image of the present request, -1 = none. */
static int64_t images_fit(const struct setup *s, int64_t room, int64_t here)
{
	bool is_same = estimate_counts_alike(s);
	bool is_sized =
		s->width >= 1 && s->width <= SIDE_MAX && s->height >= 1 && s->height <= SIDE_MAX;
	int64_t one = is_same || !is_sized ? here : positions_of(s, 1);

	if (one <= 0)
		return -1;
	return room <= 0 ? 0 : is_same ? room / one : most_images(s, room);
}

static void set_context(const struct setup *s, struct estimate *out)
{
	int64_t limit = memory_context(s);

	out->context.limit = limit;
	out->context.text_left = limit - out->tokens.total;
	if (limit > 0)
		out->context.used_share = (double)out->tokens.total / (double)limit;
}

static void set_images_fit(const struct setup *s, struct estimate *out)
{
	int64_t room = out->context.limit - out->tokens.text - out->tokens.reserve;

	out->context.images_fit =
		images_fit(s, room, out->count.refused ? -1 : out->tokens.per_image);
}

/* What follows from the count. What is asked can be counted; whether it can be served is said by
 * the reason. */
static enum reason add_tokens(const struct setup *s, struct estimate *out)
{
	count_reason(&out->count, out->refusal);
	out->tokens.per_image = count_positions(&out->count);
	out->tokens.images = tokens_product(out->tokens.per_image, s->images);
	out->tokens.text = s->text_tokens;
	out->tokens.reserve = s->reserve_tokens;
	out->tokens.total = out->tokens.images + out->tokens.text + out->tokens.reserve;
	set_context(s, out);
	if (out->count.refused && s->images > 0)
		return REASON_REFUSED;
	if (out->context.limit > 0 && out->tokens.text + out->tokens.reserve > out->context.limit)
		return REASON_TEXT_TOO_LONG;
	if (out->context.limit > 0 && out->context.text_left < 0)
		return REASON_TOO_MANY_IMAGES;
	return REASON_NONE;
}

static enum reason count_tokens(const struct setup *s, struct estimate *out)
{
	/* without an image in the request the count still says what one would cost */
	bool sized =
		s->width >= 1 && s->width <= SIDE_MAX && s->height >= 1 && s->height <= SIDE_MAX;

	if (s->model->processor != NULL && sized)
		count_of(s, s->images, &out->count);
	enum reason why = add_tokens(s, out);
	set_images_fit(s, out);
	return why;
}

enum reason estimate_tokens(const struct setup *s, struct estimate *out)
{
	enum reason why = check(s);

	*out = (struct estimate){0};
	out->why = why != REASON_NONE ? why : count_tokens(s, out);
	return out->why;
}

static enum reason check_model(const struct setup *s)
{
	enum reason why = model_no_costs(s->model);

	if (why != REASON_NONE)
		return why;
	if (s->tensor_parallel < 1 || s->tensor_parallel > RANKS_MOST)
		return REASON_BAD_PARALLEL;
	return REASON_NONE;
}

static void set_kv(const struct setup *s, enum reason why, struct estimate *out)
{
	struct quantity *of[] = {&out->kv.bytes_per_token, &out->kv.window_bytes,
				 &out->kv.state_bytes, &out->kv.bytes_per_image,
				 &out->kv.bytes_per_request};
	enum reason model_why = check_model(s);

	if (model_why != REASON_NONE) {
		for (size_t i = 0; i < ARRAY_SIZE(of); i++)
			of[i]->reason = reason_text(model_why);
		return;
	}
	struct kv_layout l;

	memory_layout(s, s->tensor_parallel, &l);
	struct kv_rates r;
	double ranks = l.ranks, tiles = out->count.tiles > 0 ? (double)out->count.tiles : 1;

	kv_rates(s->model, &l, &r);
	out->kv.bytes_per_token.value = r.per_token * ranks;
	/* at most: with what an engine holds beyond the window while it prefills */
	if (s->model->window > 0)
		out->kv.window_bytes.value = r.win_per_token * l.block_tokens *
					     kv_window_blocks(s->model, &l, TOKENS_MOST) * ranks;
	out->kv.state_bytes.value = r.state * ranks;
	double cross = tiles * s->model->cross_positions;

	out->kv.bytes_per_image.value =
		((double)out->tokens.per_image * r.per_token + cross * r.cross_per_position) *
		ranks;
	if (estimate_is_over(why))
		why = REASON_NONE; /* its cache has a size all the same */
	if (why == REASON_NONE) {
		out->kv.bytes_per_request.value =
			kv_request(s->model, &l, (double)out->tokens.total,
				   cross * (double)s->images) *
			ranks;
		out->kv.bytes_per_gpu = out->kv.bytes_per_request.value / s->tensor_parallel;
	}
	out->kv.bytes_per_request.reason = reason_text(why);
	if (out->count.refused)
		out->kv.bytes_per_image.reason = reason_text(REASON_REFUSED);
	else
		out->kv.bytes_per_image.reason = reason_text(why);
}

/* The steps beyond tokens and context. */
static void add_steps(const struct setup *s, unsigned steps, bool asks_gpus,
		      struct estimate_memo *memos, struct estimate *out)
{
	enum reason why = out->why;

	if (steps & ESTIMATE_KV)
		set_kv(s, why, out);
	if (steps & ESTIMATE_MEMORY)
		estimate_memory(s, why, asks_gpus, out);
	if (steps & ESTIMATE_PREFILL)
		estimate_prefill(s, why, memos, out);
	if (steps & ESTIMATE_SERVER)
		estimate_server(s, why, out);
}

void estimate_steps(const struct setup *s, unsigned steps, struct estimate *out)
{
	estimate_tokens(s, out);
	add_steps(s, steps, true, NULL, out);
}

void estimate_counted(const struct setup *s, const struct count *c, unsigned steps,
		      struct estimate_memo *memos, struct estimate *out)
{
	enum reason why = check(s);

	*out = (struct estimate){.count = *c};
	out->why = why != REASON_NONE ? why : add_tokens(s, out);
	if (estimate_counts_alike(s))
		set_images_fit(s, out);
	add_steps(s, steps, false, memos, out);
}

void estimate(const struct setup *s, struct estimate *out)
{
	estimate_steps(s, ESTIMATE_ALL, out);
}
