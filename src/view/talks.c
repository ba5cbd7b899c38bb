#include "view/talks.h"

#include <string.h>

#include "base/base.h"

/* Captions have room for some 75 columns at 80. Numbers stand in them as quantities alone, so that
 * a talk cannot disagree with the screen. */
/* clang-format off */
static const struct talk_text talks[] = {
	{"tour", "five steps through what is on the screen",
	 "view = dashboard; big = no; note \"{image_width} x {image_height} pixels are {tokens_visual} tokens: here is why\"\n"
	 "view = explain; note \"Every step of the rule {strategy}, and what each number follows from\"\n"
	 "view = image; note \"{resized_w} x {resized_h} pixels are fed, in {tiles} encoder inputs\"\n"
	 "view = chart; metric = tokens; note \"The same for every width: arrows move, c shows another quantity\"\n"
	 "view = dashboard; note \"{context_used_share} of the context. {prefill_ttft_ms} to the first token. T ends, ? lists keys\"\n"},
	{"resolution-trap", "twice the sides is four times the tokens, and not for every model",
	 "model = qwen3-vl-8b; lens = exact; size = 512x512; view = dashboard; metric = tokens; big = yes; "
	 "note \"A thumbnail: {tokens_visual} tokens\"\n"
	 "size = 1024x1024; note \"Twice the sides: {tokens_visual} tokens, four times as many\"\n"
	 "size = 2048x2048; note \"Twice again: {tokens_visual}, and {prefill_ttft_ms} to the first token\"\n"
	 "big = no; size = 4032x3024; note \"One photo from a phone: {tokens_visual} tokens, {context_used_share} of the context\"\n"
	 "view = chart; note \"A line that never ends, beside models that stop growing\"\n"
	 "view = dashboard; model = gemma-3-4b; note \"This one sees {resized_w} x {resized_h}, whatever comes: {tokens_visual} tokens\"\n"
	 "model = qwen3-vl-8b; size = 1008x756; note \"The trap is open at both ends: a quarter of the sides, {tokens_visual} tokens\"\n"},
	{"context-budget", "what is left of a context when pictures are in it",
	 "model = qwen2.5-vl-7b; lens = exact; size = 1920x1080; images = 1; text = 512; reserve = 1024; context = 32k; "
	 "view = dashboard; big = no; note \"One screen: {tokens_per_image} tokens, {context_used_share} of {context_limit}\"\n"
	 "images = 4; note \"Four of them: {context_used_share}; {context_images_fit} would fill it\"\n"
	 "text = 8k; note \"With a long prompt {context_text_left} tokens are left and {context_images_fit} images fit\"\n"
	 "size = 3840x2160; note \"In 4K: {tokens_images} tokens of images, {context_used_share} of the context\"\n"
	 "max-pixels = 1M; note \"A limit on the area brings them back: {tokens_images} tokens, {context_used_share}\"\n"},
	{"kv-cascade", "more pixels: tokens, cache, requests at once, batch, GPUs, money",
	 "model = qwen3-vl-8b; lens = exact; size = 256x256; images = 1; text = 512; reserve = 256; hardware = h100-sxm; engine = vllm; "
	 "tp = 1; weights = stored; kv = bf16; rate = 20; gpu-price = market; view = dashboard; big = no; metric = tokens; "
	 "note \"{image_width} pixels a side: {tokens_visual} visual tokens. What follows from more?\"\n"
	 "size = 512x512; metric = kv; note \"Twice the sides, {tokens_visual} tokens: a request takes {kv_bytes_per_request} of cache\"\n"
	 "size = 1024x1024; metric = concurrency; "
	 "note \"{kv_bytes_per_request} a request, and the cache holds {capacity_concurrency} requests at once\"\n"
	 "size = 2048x2048; metric = itl; note \"{capacity_concurrency} would fit, {decode_at_once} share a step: {decode_itl_ms} between tokens\"\n"
	 "size = 4096x4096; metric = images; "
	 "note \"{decode_at_once} share a step, {decode_images_s} images: {traffic_gpus} GPUs for 20 requests a second\"\n"
	 "view = chart; metric = cost; note \"1,000 images cost {cost_usd_per_1000} at full use; beside it what hosted models ask\"\n"
	 "view = dashboard; size = 256x256; pin = yes; size = 4096x4096; "
	 "note \"From 256 to {image_width} pixels: {traffic_gpus} GPUs, 1,000 images {traffic_usd_per_1000}\"\n"},
	{"same-picture-everywhere", "one picture, as many counts as there are rules",
	 "model = llava-1.5-7b; lens = exact; size = 1920x1080; view = dashboard; big = no; note \"LLaVA-1.5: {tokens_visual}, always\"\n"
	 "model = qwen3-vl-8b; note \"Qwen3-VL: {tokens_visual}, as many as the pixels ask for\"\n"
	 "model = internvl3-8b; note \"InternVL3: {tiles} tiles, {tokens_visual} tokens\"\n"
	 "model = llava-onevision-7b; note \"OneVision: {tokens_visual}, an overview and tiles\"\n"
	 "model = gemma-3-4b; note \"Gemma 3: {tokens_visual}, pooled\"\n"
	 "model = gpt-4o; note \"GPT-4o: {tokens_visual}, by squares of a closed API\"\n"
	 "model = qwen3-vl-8b; view = compare; note \"All of them, for the same picture; arrows and Enter take one\"\n"},
	{"budget", "what size to send: the question turned around",
	 "model = qwen3-vl-8b; lens = exact; size = 2480x3508; images = 1; text = 512; reserve = 1024; hardware = h100-sxm; tp = 1; budget = off; "
	 "metric = ttft; view = dashboard; big = no; note \"A scanned page: {tokens_visual} tokens, {prefill_ttft_ms} to the first token\"\n"
	 "budget = ttft 300ms; note \"A budget: the panel says how far {prefill_ttft_ms} is from it, and what keeps it\"\n"
	 "f; note \"f turns the picture to that size: {image_width} x {image_height}, {prefill_ttft_ms}, {tokens_visual} tokens\"\n"
	 "view = chart; note \"The budget is a line; the mark on the curve is at {image_width} pixels\"\n"
	 "view = fit; note \"All budgets side by side, what a step more costs, what tells a server\"\n"
	 "view = dashboard; budget = tokens 1280; big = yes; note \"By tokens: {tokens_visual} of them now; the last row says whether it holds\"\n"
	 "f; note \"{image_width} x {image_height} for {tokens_visual} tokens: no larger one keeps the budget\"\n"},
};
/* clang-format on */

const struct talk_text *talk_text_at(size_t i)
{
	return i < ARRAY_SIZE(talks) ? &talks[i] : NULL;
}

const struct talk_text *talk_text_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(talks); i++)
		if (strcmp(talks[i].name, name) == 0)
			return &talks[i];
	return NULL;
}

const char *talk_name(size_t i)
{
	return i < ARRAY_SIZE(talks) ? talks[i].name : NULL;
}
