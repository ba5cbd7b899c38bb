/* The phrases. Each fits behind "not available: ". */
#include "core/reason.h"

#include <assert.h>

#include "base/base.h"
#include "core/usual.h"

static const char *const texts[] = {
	[REASON_NONE] = NULL,
	[REASON_NO_MODEL] = "no model chosen",
	[REASON_HOSTED] = "a hosted model: the vendor runs it and says nothing of it",
	[REASON_NO_CHECKPOINT] = "an image processor by itself: its costs need a checkpoint",
	[REASON_NO_DIMENSIONS] = "the dimensions of this model are not known",
	[REASON_NO_HARDWARE] = "no hardware chosen",
	[REASON_NO_ENGINE] = "no engine chosen",
	[REASON_ENGINE_COSTS] = "nobody measured what this engine costs; it counts and checks",
	[REASON_BAD_SIZE] = "the image needs sides of 1 to " USUAL_WORDS(SIDE_MAX) " pixels",
	[REASON_BAD_COUNT] = "images must be 0 to " USUAL_WORDS(
		IMAGES_MOST) ", text and reserve 0 to " USUAL_WORDS(TOKENS_MOST),
	[REASON_BAD_PARALLEL] = "tensor parallel must be 1 to " USUAL_WORDS(RANKS_MOST),
	[REASON_NOT_DIVISIBLE] = "tensor parallel does not divide the attention heads",
	[REASON_REFUSED] = "the processor refuses this image",
	[REASON_NO_VISION] = "this model takes no images",
	[REASON_NO_TOWER] = "the vision tower of this model is not known",
	[REASON_NO_TOWER_WORK] = "how much work this vision tower does is not known",
	[REASON_TEXT_TOO_LONG] = "text and reserve are longer than the context limit",
	[REASON_TOO_MANY_IMAGES] = "the request is longer than the context limit",
	[REASON_NO_LIMIT] = "no context limit is known; -c gives one",
	[REASON_NO_TOKENS] = "an image takes no tokens of the context",
	[REASON_NO_MEMORY] = "the hardware has no memory",
	[REASON_WEIGHTS_TOO_BIG] = "the weights do not fit",
	[REASON_NO_POOL] = "weights and reserve leave no memory for the KV cache",
	[REASON_REQUEST_TOO_BIG] = "the KV cache of one request does not fit",
	[REASON_NO_KV] = "nothing in this model grows with a request",
	[REASON_NO_GENERATION] = "no timing constants for this hardware",
	[REASON_NO_BF16] = "this hardware has no bf16 rate",
	[REASON_NO_FP16] = "this hardware has no fp16 rate",
	[REASON_NO_FP8] = "this hardware has no fp8 rate",
	[REASON_NO_INT8] = "this hardware has no int8 rate",
	[REASON_NO_FP4] = "this hardware has no fp4 rate",
	[REASON_NO_RATE] = "this hardware has no rate or bandwidth",
	[REASON_NO_LINK] = "this hardware has no link for tensor parallel",
	[REASON_NO_PROFILE] = "this engine has no profile for this hardware and precision",
	[REASON_NO_PACE] = "no constants of decoding for this engine, hardware and precision",
	[REASON_NO_OUTPUT] = "no output tokens are asked for",
	[REASON_TOO_SLOW] = "one request alone takes longer between tokens than the limit",
	[REASON_NO_RENT] = "no price of this hardware is known; --gpu-price gives one",
	[REASON_NO_RATE_GIVEN] = "no traffic is given",
	[REASON_TTFT_TOO_LONG] = "a request alone waits longer for its first token than the limit",
	[REASON_NO_PREPROCESS] =
		"how this processor prepares a picture is not known; --preprocess none "
		"leaves it out",
	[REASON_NO_PREPROCESS_WAY] = "this engine prepares pictures by its own code on the CPU",
	[REASON_BAD_THREADS] = "CPU threads must be 1 to " USUAL_WORDS(THREADS_MOST),
	[REASON_ABSURD] = "the numbers of this model or hardware give no finite result",
};

static_assert(ARRAY_SIZE(texts) == REASON_N, "a phrase for every reason");

const char *reason_text(enum reason r)
{
	return texts[r];
}
