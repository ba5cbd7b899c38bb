#include "view/teach.h"

#include <string.h>

#include "base/str.h"
#include "core/scaling.h"
#include "state/knobs.h"
#include "view/caption.h"
#include "view/textbook.h"

/* A word between braces is a quantity, as in the captions of a talk; the first sentence does
 * without numbers where it can, so that it stands whatever is known. */
/* clang-format off */
static const char *const sentences[KNOB_SHOWN_N] = {
	[KNOB_MODEL] = "What reads the picture: {model} counts by the rule {strategy}. It makes {tokens_visual} tokens of "
		       "these pixels. # shows all rules beside each other.",
	[KNOB_LENS] = "exact counts as the checkpoint's own processor does, formula as the textbook does; now it is {lens}. That makes "
		      "{tokens_visual} tokens.",
	[KNOB_WIDTH] = "Pixels before the processor. {image_width} x {image_height} is fed as {resized_w} x {resized_h}, in {tiles} "
		       "encoder inputs, and becomes {tokens_visual} tokens.",
	[KNOB_HEIGHT] = "Pixels before the processor. {image_width} x {image_height} is fed as {resized_w} x {resized_h}, in {tiles} "
			"encoder inputs, and becomes {tokens_visual} tokens.",
	[KNOB_IMAGES] = "Images of one request: {image_count} x {tokens_per_image} tokens = {tokens_images} positions. "
			"{context_images_fit} would fill the context.",
	[KNOB_GRID] = "Tiles on a side, at most: each tile is read as an image of its own. {tiles} encoder inputs make "
		      "{tokens_visual} tokens.",
	[KNOB_MERGE] = "Patches on the side of one token: twice as many leave a quarter of the tokens, now {tokens_visual}.",
	[KNOB_POOL] = "Patches on the side of what is averaged into one token: twice as many leave a quarter of the tokens, now "
		      "{tokens_visual}.",
	[KNOB_PATCH] = "Pixels on the side of what the encoder sees at once: half the side makes four times the patches. Now "
		       "{tokens_visual} tokens.",
	[KNOB_CONTEXT] = "Positions the model accepts. {tokens_images} of images + {tokens_text} of text + {tokens_reserve} of the "
			 "answer = {tokens_total}. That is {context_used_share} of {context_limit}.",
	[KNOB_TEXT] = "Tokens of the prompt beside the images: they take places of the context, and time before the first token. "
		      "{context_text_left} places are left. The time is {prefill_ttft_ms}.",
	[KNOB_RESERVE] = "Places kept for the answer. They cost no time before it, but cache. {tokens_total} positions x "
			 "{kv_bytes_per_token} and what does not grow = {kv_bytes_per_request} a request.",
	[KNOB_BUDGET] = "What a picture may cost, in words like ttft 300ms or tokens 1280. {image_width} x {image_height} is "
			"{tokens_images} tokens. The first token of the answer comes after {prefill_ttft_ms}. f turns it to the largest size that keeps the budget, 5 has several.",
	[KNOB_TRAFFIC] = "Requests that come in a second. One server does {decode_requests_s} of them at most; at that traffic "
			 "it takes {traffic_gpus} GPUs, used at {traffic_used_share}, and 1,000 images cost {traffic_usd_per_1000}.",
	[KNOB_HARDWARE] = "Where it runs. Weights take {memory_weights_bytes} and the engine sets {memory_reserve_bytes} aside, which leaves "
			  "{memory_kv_pool_bytes} of cache for {capacity_concurrency} requests of {kv_bytes_per_request}.",
	[KNOB_ENGINE] = "Who serves. What it sets aside, {memory_reserve_bytes}, decides how many requests fit, {capacity_concurrency}. "
			"How it runs decides when the first token comes, after {prefill_ttft_ms}.",
	[KNOB_TP] = "Devices that share one model: each holds a part of the weights and of the cache. Now that is "
		    "{memory_weights_bytes} of weights, and {capacity_concurrency} requests fit at once.",
	[KNOB_WEIGHTS] = "Bits of a weight: fewer leave more of the memory for the cache. Now weights take {memory_weights_bytes} and "
			 "{capacity_concurrency} requests fit.",
	[KNOB_KV] = "Bits of a key or a value in the cache. Now {kv_bytes_per_token} a token, {kv_bytes_per_request} a request of "
		    "{tokens_total}; {capacity_concurrency} fit at once.",
	[KNOB_PREPROCESS] = "How pixels are made ready before the encoder. It takes {prefill_preprocess_ms} of the {prefill_ttft_ms} to the first "
			    "token.",
	[KNOB_RENT] = "What an hour of one device costs. It is {cost_usd_per_hour} for this server, which makes {cost_usd_per_1000} for 1,000 "
		      "images at {decode_images_s}. Offers of the market give {cost_usd_low} to {cost_usd_high}.",
};
/* With no traffic there is nothing to say of GPUs. */
static const char no_traffic[] = "Requests that come in a second: how many GPUs they take, and what an hour of them costs. None are "
				 "planned for now; one server does {decode_requests_s} of them at most.";
/* Where the textbook resizes nothing and cuts no tiles but those of the knob. */
static const char *const textbook_sentences[KNOB_SHOWN_N] = {
	[KNOB_WIDTH] = "Pixels of the picture. The textbook takes them as they are: {image_width} x {image_height} become "
		       "{tokens_visual} tokens.",
	[KNOB_HEIGHT] = "Pixels of the picture. The textbook takes them as they are: {image_width} x {image_height} become "
			"{tokens_visual} tokens.",
	[KNOB_GRID] = "Tiles on a side, each of as many tokens as the whole picture, which comes once more. Now {tokens_visual} "
		      "tokens.",
};
/* clang-format on */

static void add_letter(char out[TEACH_TEXT], const char **before, const char *text)
{
	str_append(out, TEACH_TEXT, "%s%s", *before, text);
	*before = ",";
}

/* The rule of the present model as a formula, and what its letters are just now; of lens formula
 * the textbook's, with the numbers in it. */
static void add_formula(const struct frame *f, char out[TEACH_TEXT])
{
	const struct request *r = &f->st->req;
	const struct processor *p = r->setup.model->processor;
	struct strategy_words w;
	char text[160];

	if (f->est.count.refused == REFUSED_NO_FORMULA)
		return;
	if (r->setup.lens == LENS_FORMULA) {
		textbook_formula(r, request_textbook(r), text);
		str_append(out, TEACH_TEXT, " By %s: %s.", textbook_name(request_textbook(r)),
			   text);
		return;
	}
	for (size_t i = 0; p && strategy_words(i, &w); i++) {
		if (strcmp(w.name, p->strategy_name) != 0)
			continue;
		str_append(out, TEACH_TEXT, " By %s: %s", w.name, w.formula);
		const char *before = "; here";

		if (!caption_known(f, " w = {resized_w}, h = {resized_h}", text, sizeof text))
			add_letter(out, &before, text);
		if (p->patch > 0)
			add_letter(out, &before,
				   str_format(text, sizeof text, " patch = %d",
					      (int)request_patch(r)));
		if (p->merge > 1)
			add_letter(out, &before,
				   str_format(text, sizeof text, " merge = %d",
					      (int)request_merge(r)));
		if (p->pool > 1)
			add_letter(
				out, &before,
				str_format(text, sizeof text, " pool = %d", (int)request_pool(r)));
		str_append(out, TEACH_TEXT, ".");
	}
}

static const char *sentence_of(const struct frame *f, enum knob k)
{
	const struct setup *s = &f->st->req.setup;

	if (k == KNOB_TRAFFIC && !(s->rate_per_s > 0))
		return no_traffic;
	if (k >= KNOB_SHOWN_N)
		return NULL;
	return s->lens == LENS_FORMULA && textbook_sentences[k] ? textbook_sentences[k]
								: sentences[k];
}

char *teach_knob(const struct frame *f, enum knob k, char out[TEACH_TEXT])
{
	const char *fixed = knob_fixed(&f->st->req, k), *sentence = sentence_of(f, k);
	const char *missing = sentence ? caption_known(f, sentence, out, TEACH_TEXT) : NULL;

	if (!sentence || !*out) {
		str_format(out, TEACH_TEXT, "%s.", knob_specs[k].help);
		if (out[0] >= 'a' && out[0] <= 'z')
			out[0] = (char)(out[0] - 'a' + 'A');
	}
	if (missing)
		str_append(out, TEACH_TEXT, " No more here: %s.", missing);
	if (knob_specs[k].kind == IS_SIDE || knob_specs[k].group == GROUP_STRATEGY)
		add_formula(f, out);
	if (fixed)
		str_append(out, TEACH_TEXT, " It is fixed here: %s; F frees it.", fixed);
	return out;
}
