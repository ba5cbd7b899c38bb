#include "cli/chat_asks.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "core/usual.h"
#include "registry/told.h"

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

static bool is_of_engine(const struct setup *s, const char *id)
{
	return s->engine && strcmp(s->engine->id, id) == 0;
}

/* ------------------------------------------------------------ who reads what */

/* Who answers, and what the request's keys are asked of. */
struct reader {
	const struct registry *r;
	const struct setup *setup;
	const struct processor *processor;
	bool is_hosted, is_program;
};

static struct reader reader_of(const struct registry *r, const struct setup *s,
			       const struct target *t)
{
	bool is_hosted = target_vendor(t) != NULL;

	return (struct reader){r, s, t->processor, is_hosted,
			       !is_hosted && is_of_engine(s, "transformers")};
}

/* A program reads all that is its own to read, through qwen_vl_utils too. */
static bool reads(const struct reader *who, const char *key)
{
	return who->is_program ||
	       (!who->is_hosted && told_reads(who->r, who->setup->engine,
					      who->setup->engine_version, who->processor, key));
}

/* Where a key's number belongs; NULL: it is no limit. */
static int64_t *place_of(const struct chat_key *k, int64_t *min, int64_t *max, int64_t *tiles)
{
	const char *dot = strrchr(k->name, '.'), *colon = strchr(k->name, ':');
	const char *member = dot ? dot + 1 : colon ? colon + 1 : k->name;

	return str_has_word("max_pixels longest_edge", member)    ? max
	       : str_has_word("min_pixels shortest_edge", member) ? min
	       : str_has_word("max_dynamic_patch", member)        ? tiles
								  : NULL;
}

/* The last of a name holds. False: it is none of them, or not read. */
static bool take(const struct reader *who, const struct chat_key *k, struct chat_limits *out)
{
	int64_t tiles = 0;
	int64_t *to = place_of(k, &out->min_pixels, &out->max_pixels, &tiles);

	if (!to || !(k->number >= 1) || k->number > (double)AREA_MOST || !reads(who, k->name))
		return false;
	*to = (int64_t)k->number;
	if (tiles)
		out->max_patch = tiles < 1000 ? (int32_t)tiles : 1000;
	return true;
}

static struct chat_limits of_body(const struct reader *who, const struct chat *c)
{
	struct chat_limits out = {0};

	for (size_t i = 0; i < c->keys.n; i++)
		if (c->keys.list[i].to == SIZE_MAX && str_starts(c->keys.list[i].name, "kwargs:"))
			take(who, &c->keys.list[i], &out);
	return out;
}

/* Keys of parts stand in the order of their pictures, those of the body between them. Hostile parts
 * say the same of thousands of pictures again and again: a few are looked at. */
static struct chat_limits of_part(struct chat_asked *a, const struct reader *who,
				  const struct chat *c, size_t picture)
{
	struct chat_limits out = {0};
	int left = 64;

	if (picture < a->picture)
		a->key = 0;
	a->picture = picture;
	for (; a->key < c->keys.n; a->key++)
		if (c->keys.list[a->key].to != SIZE_MAX && c->keys.list[a->key].to > picture)
			break;
	for (size_t i = a->key; i < c->keys.n && c->keys.list[i].from <= picture && left > 0; i++)
		if (c->keys.list[i].to != SIZE_MAX && c->keys.list[i].to > picture) {
			take(who, &c->keys.list[i], &out);
			left--;
		}
	return out;
}

void chat_asked_init(struct chat_asked *a, const struct registry *r, const struct setup *s,
		     const struct target *t, const struct chat *c)
{
	const struct reader who = reader_of(r, s, t);

	*a = (struct chat_asked){.body = of_body(&who, c)};
}

/* ------------------------------------------------------------ what is asked */

/* LMDeploy reads a detail of InternVL's pictures as a number of tiles
 * (lmdeploy/vl/model/internvl.py at 1263d5cd). */
static int32_t tiles_of_detail(const char *word)
{
	static const char *const names[] = {"low", "medium", "high", NULL};
	static const int32_t tiles[] = {6, 12, 24};
	int at = place_in(names, word);

	return at >= 0 ? tiles[at] : 0;
}

static void apply_pixels(const struct chat_limits *l, struct knobs *k)
{
	if (l->max_pixels)
		k->max_pixels = l->max_pixels;
	if (l->min_pixels)
		k->min_pixels = l->min_pixels;
}

/* Of a part; 0: none are asked for, or nobody reads them. */
static int32_t tiles_of(const struct reader *who, const struct chat_limits *own, const char *detail)
{
	if (own->max_patch || !is_of_engine(who->setup, "lmdeploy") ||
	    !reads(who, "url:max_dynamic_patch"))
		return own->max_patch;
	return tiles_of_detail(detail);
}

static bool is_in_vain(const struct chat_asks *asks, const struct chat_limits *read)
{
	return (asks->max_pixels || asks->min_pixels) && !read->max_pixels && !read->min_pixels;
}

/* A level that the API does not have; check says that it refuses the request. */
static bool is_no_level(const struct reader *who, const struct chat_asks *asks)
{
	return who->is_hosted && *asks->detail && place_in(detail_names, asks->detail) < 0;
}

/* What was asked for in vain, in words. */
static const char *in_vain(const struct chat_asked *a, const struct chat *c,
			   const struct chat_asks *asks, const struct chat_limits *own,
			   const struct reader *who)
{
	bool in_part = is_in_vain(asks, own), in_body = is_in_vain(&c->asks, &a->body);
	bool is_tiles = asks->max_patch && !own->max_patch;

	if (c->keys.has_more && (in_part || in_body || is_tiles))
		return "not known to hold: the request sets more keys than are looked at";
	if (is_no_level(who, asks))
		return "no level of detail: counted as if none were asked for";
	return in_part    ? "unenforced: pixel limits in a part are not read"
	       : is_tiles ? "unenforced: max_dynamic_patch in a part is not read"
	       : in_body  ? "unenforced: pixel limits in mm_processor_kwargs are not read"
			  : NULL;
}

const char *chat_asks_apply(struct chat_asked *a, const struct registry *r, const struct setup *s,
			    const struct target *t, const struct chat *c,
			    const struct chat_picture *picture, struct knobs *k,
			    struct processor *p)
{
	const struct reader who = reader_of(r, s, t);
	const struct chat_asks *asks = &picture->asks;
	struct chat_limits own = {0};

	if (asks->max_pixels || asks->min_pixels || asks->max_patch)
		own = of_part(a, &who, c, (size_t)(picture - c->pictures));
	int32_t tiles = tiles_of(&who, &own, asks->detail);

	apply_detail(asks->detail, k);
	apply_media(*asks->media ? asks->media : c->asks.media, k);
	apply_pixels(&a->body, k);
	apply_pixels(&own, k);
	tiles = tiles ? tiles : a->body.max_patch;
	if (tiles && p->max_tiles)
		p->max_tiles = tiles;
	k->images = c->n < 1000 ? (int32_t)c->n : 1000;
	return in_vain(a, c, asks, &own, &who);
}

/* ------------------------------------------------------------ text */

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
