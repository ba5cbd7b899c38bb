#include "core/refusal.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/hosted.h"

/* What stands behind a clause: the facts by their names, a / b, and the words that a
 * numbers. */
enum fact { END, A, B, RATIO, LIMIT, VENDOR, DETAIL, MEDIA };

/* A clause of a sentence and the fact behind it. The text stands in place, with room behind it: a
 * stream that meets refusals by the million copies it in moves of COPY bytes. */
enum { CLAUSE = 96, COPY = 16 };
struct clause {
	char text[CLAUSE];
	unsigned char len, fact;
};
#define SAY(text, fact)                                                                            \
	{                                                                                          \
		text, sizeof(text) - 1, fact                                                       \
	}

static const struct clause sentences[][5] = {
	[REFUSED_NOT] = {SAY("", END)},
	[REFUSED_SIDES] = {SAY("sides must be 1 to 1,000,000,000 pixels", END)},
	[REFUSED_NO_FORMULA] = {SAY(REFUSAL_NO_FORMULA, END)},
	[REFUSED_ASPECT] = {SAY("absolute aspect ratio must be smaller than ", LIMIT),
			    SAY(", got ", RATIO)},
	[REFUSED_SIDE] = {SAY("a side shrinks to nothing", END)},
	[REFUSED_SHORT_SIDE] = {SAY("the shorter side shrinks to nothing", END)},
	[REFUSED_LONGEST] = {SAY("the shorter side shrinks to nothing at a longest side of ", A)},
	[REFUSED_BOX] = {SAY("the shorter side shrinks to nothing in a box of ", A), SAY(" x ", B)},
	[REFUSED_BUDGET] = {SAY("a budget of ", A),
			    SAY(" tokens leaves nothing of the image", END)},
	[REFUSED_POSITIONS] = {SAY("Exceed pos emb: a side of ", A), SAY(" patches, ", B),
			       SAY(" at most", END)},
	[REFUSED_PATCH] = {SAY("a patch of ", A),
			   SAY(" pixels is larger than the encoder's input of ", B)},
	[REFUSED_TOKEN] = {SAY("a token of ", A),
			   SAY(" pixels a side is larger than the encoder's input of ", B)},
	[REFUSED_EXTREME] = {SAY("the aspect ratio is very extreme", END)},
	[REFUSED_VIDEO] = {SAY("no rule for videos of this family is known; its frames can be "
			       "counted as images",
			       END)},
	[REFUSED_VIDEO_IMAGES] = {SAY("this model takes no video: its frames are images, each at "
				      "the full price",
				      END)},
	[REFUSED_VIDEO_CONTENT] = {SAY("frames that resemble the one before are left out or "
				       "made small: what they show decides",
				       END)},
	[REFUSED_VIDEO_ENGINE] = {SAY("", VENDOR),
				  SAY(" takes no video: frames are sent as images, each at the "
				      "full price",
				      END)},
	[REFUSED_VIDEO_SAMPLER] = {SAY("how ", VENDOR),
				   SAY(" samples videos is not known: name the frames or another "
				       "sampler",
				       END)},
	[REFUSED_VIDEO_UTILS] = {SAY("qwen-vl-utils prepares videos of the Qwen-VL families alone",
				     END)},
	[REFUSED_VIDEO_LENGTH] = {SAY("the file does not say how long the video is: --video "
				      "SECONDS does",
				      END)},
	[REFUSED_VIDEO_SECONDS] = {SAY("", VENDOR), SAY(" takes videos of ", A), SAY(" to ", B),
				   SAY(" seconds", END)},
	[REFUSED_VIDEO_FPS] = {SAY("", VENDOR), SAY(" takes ", A), SAY(" to ", B),
			       SAY(" frames of ten seconds (--fps)", END)},
	[REFUSED_FRAMES] = {SAY("a video has 1 to 1,000,000 frames", END)},
	[REFUSED_FEW_FRAMES] = {SAY("a video needs ", A), SAY(" frames at least", END)},
	[REFUSED_LARGE_FRAMES] = {SAY("frames this large are beyond any video", END)},
	[REFUSED_IMAGES] = {SAY("", VENDOR), SAY(" takes at most ", A),
			    SAY(" images in a request, got ", B)},
	[REFUSED_LONG] = {SAY("", VENDOR), SAY(" rejects sides above ", A), SAY(" px", END)},
	[REFUSED_LONG_OF] = {SAY("", VENDOR), SAY(" rejects sides above ", A),
			     SAY(" px when a request has more than ", B), SAY(" images", END)},
	[REFUSED_PATCHES] = {SAY("", VENDOR), SAY(" rejects images of more than ", A),
			     SAY(" patches after the resize, got ", B)},
	[REFUSED_AREA] = {SAY("", VENDOR), SAY(" rejects images of more than ", A),
			  SAY(" pixels", END)},
	[REFUSED_DETAIL] = {SAY("no rule is known for detail ", DETAIL),
			    SAY(" of this model and date", END)},
	[REFUSED_MEDIA] = {SAY("no rule is known for media resolution ", MEDIA),
			   SAY(" of this model and date", END)},
	[REFUSED_CAP] = {SAY("nothing caps this model at ", A),
			 SAY(" visual tokens: the image takes ", B),
			 SAY("; make it smaller before it is sent", END)},
	[REFUSED_SUM] = {SAY("", A), SAY(" of ", B), SAY(" inputs failed", END)},
	[REFUSED_SUM_LARGE] = {SAY("more tokens together than can be counted", END)},
};
static_assert(ARRAY_SIZE(sentences) == REFUSED_N, "a sentence for every refusal");

/* The limit is a whole number for every model that is known. */
static char *put_limit(char *p, double limit)
{
	if (limit >= 0 && limit <= 1e9 && limit == (double)(int64_t)limit)
		return str_put_decimal(p, (int64_t)limit);
	str_format(p, STR_NUMBER, "%.10g", limit);
	return p + strlen(p);
}

/* Behind `used` bytes of out; returns how many there are then, REFUSAL_TEXT when it is full. */
static size_t add(char out[REFUSAL_TEXT], size_t used, const char *text, size_t n)
{
	return str_put(out, REFUSAL_TEXT, used, text, n);
}

/* The same of a fact. Numbers are written where they belong. */
static size_t add_fact(char out[REFUSAL_TEXT], size_t used, enum fact fact,
		       const struct refusal_facts *f)
{
	char room[STR_NUMBER];
	bool is_roomy = used + STR_NUMBER < REFUSAL_TEXT;
	char *p = is_roomy ? out + used : room, *end = p;

	switch (fact) {
	case END:
		break;
	case A:
		end = str_put_decimal(p, f->a);
		break;
	case B:
		end = str_put_decimal(p, f->b);
		break;
	case RATIO:
		end = str_put_ratio(p, f->a, f->b);
		break;
	case LIMIT:
		end = put_limit(p, f->limit);
		break;
	case VENDOR:
		return add(out, used, f->vendor, strlen(f->vendor));
	case DETAIL:
		return add(out, used, detail_names[f->a], strlen(detail_names[f->a]));
	case MEDIA:
		return add(out, used, media_names[f->a], strlen(media_names[f->a]));
	}
	return is_roomy ? (size_t)(end - out) : add(out, used, room, (size_t)(end - p));
}

static size_t add_text(char out[REFUSAL_TEXT], size_t used, const struct clause *s)
{
	if (used + sizeof(s->text) > REFUSAL_TEXT)
		return add(out, used, s->text, s->len);
	for (size_t i = 0; i < s->len; i += COPY)
		memcpy(out + used + i, s->text + i, COPY);
	return used + s->len;
}

size_t refusal_write(enum refusal why, const struct refusal_facts *facts, char out[REFUSAL_TEXT])
{
	const struct clause *s = sentences[why];
	size_t used = add_text(out, 0, s);

	for (; s->fact != END; s++) {
		used = add_fact(out, used, s->fact, facts);
		used = add_text(out, used, s + 1);
	}
	if (used == REFUSAL_TEXT)
		return strlen(out);
	out[used] = '\0';
	return used;
}

char *refusal_text(enum refusal why, const struct refusal_facts *facts, char out[REFUSAL_TEXT])
{
	refusal_write(why, facts, out);
	return out;
}
