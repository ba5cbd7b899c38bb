#include "view/teach.h"

#include "base/str.h"
#include "state/knobs.h"
#include "view/caption.h"

/* A word between braces is a quantity, as in the captions of a talk. */
/* clang-format off */
static const char *const sentences[KNOB_SHOWN_N] = {
	[KNOB_MODEL] = "What reads the picture: {model} counts by the rule {strategy}, which makes {tokens_visual} tokens of "
		       "these pixels. # shows all rules beside each other.",
	[KNOB_LENS] = "exact counts as the checkpoint's own processor does, formula as the textbook does; now it is {lens}, with "
		      "{tokens_visual} tokens.",
	[KNOB_WIDTH] = "Pixels before the processor. {image_width} x {image_height} is fed as {resized_w} x {resized_h}, in {tiles} "
		       "encoder input(s), and becomes {tokens_visual} tokens.",
	[KNOB_HEIGHT] = "Pixels before the processor. {image_width} x {image_height} is fed as {resized_w} x {resized_h}, in {tiles} "
			"encoder input(s), and becomes {tokens_visual} tokens.",
	[KNOB_IMAGES] = "Images of one request: {image_count} x {tokens_per_image} tokens = {tokens_images} positions. "
			"{context_images_fit} would fill the context.",
	[KNOB_GRID] = "Tiles on a side, at most: each tile is read as an image of its own. {tiles} encoder input(s) make "
		      "{tokens_visual} tokens.",
	[KNOB_MERGE] = "Patches on the side of one token: twice as many leave a quarter of the tokens, now {tokens_visual}.",
	[KNOB_POOL] = "Patches on the side of what is averaged into one token: twice as many leave a quarter of the tokens, now "
		      "{tokens_visual}.",
	[KNOB_PATCH] = "Pixels on the side of what the encoder sees at once: half the side makes four times the patches. Now "
		       "{tokens_visual} tokens.",
	[KNOB_CONTEXT] = "Positions the model accepts: {tokens_images} of images + {tokens_text} of text + {tokens_reserve} of the "
			 "answer = {tokens_total}, {context_used_share} of {context_limit}.",
	[KNOB_TEXT] = "Tokens of the prompt beside the images: they take places of the context, {context_text_left} are left, and time "
		      "before the first token, {prefill_ttft_ms}.",
	[KNOB_RESERVE] = "Places kept for the answer. They cost no time before it, but cache: {tokens_total} positions x "
			 "{kv_bytes_per_token} and what does not grow = {kv_bytes_per_request} a request.",
	[KNOB_BUDGET] = "What a picture may cost, in words like ttft 300ms or tokens 1280. {image_width} x {image_height} takes "
			"{tokens_images} tokens and {prefill_ttft_ms}; f turns it to the largest size that keeps the budget, 5 has several.",
	[KNOB_HARDWARE] = "Where it runs: weights take {memory_weights_bytes} and the engine sets {memory_reserve_bytes} aside, which leaves "
			  "{memory_kv_pool_bytes} of cache for {capacity_concurrency} requests of {kv_bytes_per_request}.",
	[KNOB_ENGINE] = "Who serves. What it sets aside, {memory_reserve_bytes}, decides how many requests fit, {capacity_concurrency}; "
			"how it runs, the first token, {prefill_ttft_ms}.",
	[KNOB_TP] = "Devices that share one model: each holds a part of the weights, {memory_weights_bytes}, and of the cache, and "
		    "{capacity_concurrency} requests fit at once.",
	[KNOB_WEIGHTS] = "Bits of a weight: fewer leave more of the memory for the cache. Now weights take {memory_weights_bytes} and "
			 "{capacity_concurrency} requests fit.",
	[KNOB_KV] = "Bits of a key or a value in the cache: {kv_bytes_per_token} a token, {kv_bytes_per_request} a request of "
		    "{tokens_total}; {capacity_concurrency} fit at once.",
	[KNOB_PREPROCESS] = "How pixels are made ready before the encoder: {prefill_preprocess_ms} of the {prefill_ttft_ms} to the first "
			    "token.",
};
/* clang-format on */

char *teach_knob(const struct frame *f, enum knob k, char out[TEACH_TEXT])
{
	const char *fixed = knob_fixed(&f->st->req, k);

	if (k < KNOB_SHOWN_N && sentences[k])
		caption_text(f, sentences[k], out, TEACH_TEXT);
	else
		str_format(out, TEACH_TEXT, "%s", knob_specs[k].help);
	if (fixed)
		str_append(out, TEACH_TEXT, " It is fixed here: %s; F frees it.", fixed);
	return out;
}
