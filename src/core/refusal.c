#include "core/refusal.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/hosted.h"

/* {a}, {b}, {vendor} and {limit} are the facts; {ratio} is a / b; {detail} and {media} are what a
 * numbers. */
static const char *const sentences[] = {
	[REFUSED_NOT] = "",
	[REFUSED_SIDES] = "sides must be 1 to 1,000,000,000 pixels",
	[REFUSED_NO_FORMULA] = "the textbook has no formula for this family; lens exact counts it",
	[REFUSED_ASPECT] = "absolute aspect ratio must be smaller than {limit}, got {ratio}",
	[REFUSED_SIDE] = "a side shrinks to nothing",
	[REFUSED_SHORT_SIDE] = "the shorter side shrinks to nothing",
	[REFUSED_LONGEST] = "the shorter side shrinks to nothing at a longest side of {a}",
	[REFUSED_BOX] = "the shorter side shrinks to nothing in a box of {a} x {b}",
	[REFUSED_BUDGET] = "a budget of {a} tokens leaves nothing of the image",
	[REFUSED_POSITIONS] = "Exceed pos emb: a side of {a} patches, {b} at most",
	[REFUSED_EXTREME] = "the aspect ratio is very extreme",
	[REFUSED_VIDEO] = "no rule for videos of this family is known; its frames can be counted "
			  "as images",
	[REFUSED_VIDEO_IMAGES] =
		"this model takes no video: its frames are images, each at the full "
		"price",
	[REFUSED_VIDEO_CONTENT] =
		"frames that resemble the one before are left out: what they show "
		"decides",
	[REFUSED_VIDEO_ENGINE] = "{vendor} takes no video: frames are sent as images, each at the "
				 "full price",
	[REFUSED_VIDEO_SAMPLER] = "how {vendor} samples videos is not known: name the frames or "
				  "another sampler",
	[REFUSED_VIDEO_UTILS] = "qwen-vl-utils prepares videos of the Qwen-VL families alone",
	[REFUSED_VIDEO_LENGTH] =
		"the file does not say how long the video is: --video SECONDS does",
	[REFUSED_FRAMES] = "a video has 1 to 1,000,000 frames",
	[REFUSED_FEW_FRAMES] = "a video needs {a} frames at least",
	[REFUSED_LARGE_FRAMES] = "frames this large are beyond any video",
	[REFUSED_IMAGES] = "{vendor} takes at most {a} images in a request, got {b}",
	[REFUSED_LONG] = "{vendor} rejects sides above {a} px",
	[REFUSED_LONG_OF] = "{vendor} rejects sides above {a} px when a request has more than {b} "
			    "images",
	[REFUSED_PATCHES] = "{vendor} rejects images of more than {a} patches after the resize, "
			    "got {b}",
	[REFUSED_DETAIL] = "no rule is known for detail {detail} of this model and date",
	[REFUSED_MEDIA] = "no rule is known for media resolution {media} of this model and date",
	[REFUSED_SUM] = "{a} of {b} inputs failed",
};
static_assert(ARRAY_SIZE(sentences) == REFUSED_N, "a sentence for every refusal");

/* The limit is a whole number for every model that is known. */
static const char *limit_text(double limit, char room[STR_NUMBER])
{
	if (limit >= 0 && limit <= 1e9 && limit == (double)(int64_t)limit)
		return str_decimal(room, (int64_t)limit);
	return str_format(room, STR_NUMBER, "%.10g", limit);
}

/* The fact of that name, in room or where it stands. The first letters of the names differ. */
static const char *fact(char name, const struct refusal_facts *f, char room[STR_NUMBER])
{
	switch (name) {
	case 'a':
		return str_decimal(room, f->a);
	case 'b':
		return str_decimal(room, f->b);
	case 'r':
		return str_ratio(room, f->a, f->b);
	case 'l':
		return limit_text(f->limit, room);
	case 'v':
		return f->vendor;
	case 'd':
		return detail_names[f->a];
	case 'm':
		return media_names[f->a];
	}
	return "";
}

char *refusal_text(enum refusal why, const struct refusal_facts *facts, char out[REFUSAL_TEXT])
{
	const char *text = sentences[why];
	size_t used = 0;

	out[0] = '\0';
	while (*text) {
		char room[STR_NUMBER];
		size_t plain = strcspn(text, "{");
		used = str_put(out, REFUSAL_TEXT, used, text, plain);
		text += plain;
		if (!*text)
			break;
		const char *word = fact(text[1], facts, room);
		used = str_put(out, REFUSAL_TEXT, used, word, strlen(word));
		text = strchr(text, '}') + 1;
	}
	return out;
}
