#include "cli/chat_asks.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "core/usual.h"

static int place_in(const char *const *names, const char *word)
{
	for (int i = 0; names[i]; i++)
		if (str_casecmp(names[i], word) == 0)
			return i;
	return -1;
}

/* "MEDIA_RESOLUTION_HIGH" */
static void apply_media(const char *word, struct knobs *k)
{
	static const char prefix[] = "MEDIA_RESOLUTION_";
	const char *own = str_starts(word, prefix) ? word + sizeof(prefix) - 1 : word;
	int at = *word ? place_in(media_names, own) : -1;

	if (at >= 0)
		k->media = (enum media_resolution)at;
}

static void apply_detail(const char *word, struct knobs *k)
{
	int at = *word ? place_in(detail_names, word) : -1;

	if (at >= 0)
		k->detail = (enum detail)at;
}

static bool is_engine(const struct setup *s, const char *words)
{
	return s->engine && str_has_word(words, s->engine->id);
}

static void apply_pixels(const struct chat_asks *a, struct knobs *k)
{
	if (a->max_pixels)
		k->max_pixels = a->max_pixels;
	if (a->min_pixels)
		k->min_pixels = a->min_pixels;
}

/* LMDeploy reads a detail of InternVL's pictures as a number of tiles
 * (lmdeploy/vl/model/internvl.py at 1263d5cd). */
static int32_t tiles_of_detail(const char *word)
{
	static const char *const names[] = {"low", "medium", "high", NULL};
	static const int32_t tiles[] = {6, 12, 24};
	int at = place_in(names, word);

	return at >= 0 ? tiles[at] : 0;
}

/* Who reads pixel limits in a part: LMDeploy, and transformers through qwen_vl_utils; tiles in it:
 * SGLang too (sgl-project/sglang#16268). vLLM and llama.cpp pass over both. */
const char *chat_asks_apply(const struct setup *s, const struct target *t, const struct chat *c,
			    const struct chat_picture *picture, struct knobs *k,
			    struct processor *p)
{
	const struct chat_asks *own = &picture->asks;
	bool is_hosted = target_vendor(t) != NULL, has_pixels = own->max_pixels || own->min_pixels;
	bool reads_pixels = is_engine(s, "lmdeploy transformers") && !is_hosted;
	bool reads_tiles = is_engine(s, "lmdeploy transformers sglang") && !is_hosted;
	int32_t most = reads_tiles && own->max_patch ? own->max_patch
		       : is_engine(s, "lmdeploy")    ? tiles_of_detail(own->detail)
						     : 0;

	apply_detail(own->detail, k);
	apply_media(*own->media ? own->media : c->asks.media, k);
	if (!is_hosted)
		apply_pixels(&c->asks, k);
	if (reads_pixels)
		apply_pixels(own, k);
	most = most ? most : c->asks.max_patch;
	if (most && p->max_tiles && !is_hosted)
		p->max_tiles = most;
	k->images = c->n < 1000 ? (int32_t)c->n : 1000;
	if (has_pixels && !reads_pixels)
		return "unenforced: pixel limits in a part are not read";
	return own->max_patch && !reads_tiles
		       ? "unenforced: max_dynamic_patch in a part is not read"
		       : NULL;
}

int64_t chat_text_tokens(const struct options *o, const struct chat *c, bool *is_estimated)
{
	*is_estimated = !options_given(o, "text");
	if (!*is_estimated)
		return o->knobs[KNOB_TEXT].number;
	double n = ceil((double)c->text_ascii / 4 + (double)c->text_other / 3);

	return n < TOKENS_MOST ? (int64_t)n : TOKENS_MOST;
}

int64_t chat_output_tokens(const struct options *o, const struct chat *c)
{
	int64_t n = c->output >= 0 ? c->output : o->knobs[KNOB_RESERVE].number;

	return n < TOKENS_MOST ? n : TOKENS_MOST;
}
