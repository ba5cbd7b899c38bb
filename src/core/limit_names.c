/* See limit_names.h. A name is, in this order, one of the tables below, a [term] of the engine, or
 * a setting; a setting that was not given has no value. */
#include "core/limit_names.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"
#include "core/limit_greatest.h"
#include "core/strategy.h"

enum { DEEP = 12, ID_ROOM = 96 };

/* ------------------------------------------------------------ whom it is about */

static bool is_any(const char *words)
{
	return !words || !*words;
}

static bool has_id(const char *words, const char *id)
{
	char bare[ID_ROOM];

	if (!id || is_any(words))
		return false;
	str_put(bare, sizeof(bare), 0, id, strcspn(id, "@"));
	return str_has_word(words, bare);
}

static const char *variant_of(const struct processor *p)
{
	if (p->variant_name)
		return p->variant_name;
	return p->strategy && p->strategy->variants ? p->strategy->variants[0] : "";
}

/* By the checkpoint's own processor: another runtime's variant counts by a rule of its own. */
static bool is_of_family(const struct limit_scope *s, const struct limit_case *c)
{
	const struct processor *p = c->family;
	const struct model *m = c->setup->model;

	if (!p)
		return is_any(s->processors) && is_any(s->strategies) && is_any(s->models);
	if (has_id(s->except, p->id) || (m && has_id(s->except, m->id)))
		return false;
	if (!is_any(s->models) && m && has_id(s->models, m->id))
		return true;
	if (!is_any(s->processors) && has_id(s->processors, p->id))
		return true;
	if (!is_any(s->strategies) && p->strategy && str_has_word(s->strategies, p->strategy->name))
		return is_any(s->variants) || str_has_word(s->variants, variant_of(p));
	return is_any(s->models) && is_any(s->processors) && is_any(s->strategies);
}

bool limit_scope_fits(const struct limit_scope *s, const struct limit_case *c)
{
	const char *days = c->engine ? c->engine->releases : NULL;
	bool is_theirs = str_has_word(s->engines, "any");

	if (!is_theirs && c->engine)
		is_theirs = str_has_word(s->engines, c->engine->id);
	if (!is_theirs && c->vendor && s->vendor)
		is_theirs = str_casecmp(s->vendor, c->vendor) == 0;
	return is_theirs && release_within(&c->version, s->since, s->until, days) &&
	       is_of_family(s, c);
}

/* ------------------------------------------------------------ numbers of a picture */

static double known(int64_t v)
{
	return v >= 0 ? (double)v : NAN;
}

static double side(int64_t v)
{
	return v > 0 ? (double)v : NAN;
}

enum of_image {
	IMAGE_V,
	IMAGE_S,
	IMAGE_T,
	IMAGE_REFERENCE,
	IMAGE_W,
	IMAGE_H,
	IMAGE_RW,
	IMAGE_RH,
	IMAGE_LONG,
	IMAGE_SHORT,
	IMAGE_BYTES,
	IMAGE_REFUSED,
	IMAGE_ANIMATED,
	IMAGE_N
};

static const char *const image_names[IMAGE_N] = {
	[IMAGE_V] = "V",
	[IMAGE_S] = "S",
	[IMAGE_T] = "T",
	[IMAGE_REFERENCE] = "V_reference",
	[IMAGE_W] = "w",
	[IMAGE_H] = "h",
	[IMAGE_RW] = "rw",
	[IMAGE_RH] = "rh",
	[IMAGE_LONG] = "long_side",
	[IMAGE_SHORT] = "short_side",
	[IMAGE_BYTES] = "file_bytes",
	[IMAGE_REFUSED] = "refused",
	[IMAGE_ANIMATED] = "animated",
};

static double of_image(const struct limit_image *i, enum of_image which)
{
	switch (which) {
	case IMAGE_V:
		return known(i->visual);
	case IMAGE_S:
		return i->visual >= 0 ? (double)i->special : NAN;
	case IMAGE_T:
		return i->visual >= 0 ? (double)(i->visual + i->special) : NAN;
	case IMAGE_REFERENCE:
		return known(i->reference);
	case IMAGE_W:
		return side(i->width);
	case IMAGE_H:
		return side(i->height);
	case IMAGE_RW:
		return side(i->resized_w);
	case IMAGE_RH:
		return side(i->resized_h);
	case IMAGE_LONG:
		return side(i->width > i->height ? i->width : i->height);
	case IMAGE_SHORT:
		return side(i->width < i->height ? i->width : i->height);
	case IMAGE_BYTES:
		return side(i->file_bytes);
	case IMAGE_REFUSED:
		return i->is_refused;
	case IMAGE_ANIMATED:
		return i->has_file ? i->is_animated : NAN;
	case IMAGE_N:
		break;
	}
	return NAN;
}

/* ------------------------------------------------------------ numbers of the case */

static double images_of(const struct limit_case *c)
{
	double n = c->images_n ? 0 : (double)c->setup->images;

	for (size_t i = 0; i < c->images_n; i++)
		n += (double)c->images[i].many;
	return n;
}

static double text_of(const struct limit_case *c)
{
	return (double)c->setup->text_tokens;
}

static double reserve_of(const struct limit_case *c)
{
	return (double)c->setup->reserve_tokens;
}

/* The most tokens of an answer that the client asks for, whatever its API calls them. */
static double answer_of(const struct limit_case *c)
{
	static const char *const words[] = {"max_tokens",         "max_completion_tokens",
					    "max_new_tokens",     "max_output_tokens",
					    "maxOutputTokens",    "num_predict",
					    "options.num_predict"};

	for (size_t i = 0; i < c->settings_n; i++) {
		const char *name = c->settings[i].name;

		if (!str_starts(name, "body:"))
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (strcmp(name + 5, words[k]) == 0)
				return c->settings[i].number;
	}
	return NAN;
}

/* What was asked for, or the model's own; the server's settings come before it in a [term]. */
static double context_of(const struct limit_case *c)
{
	if (c->setup->context_limit > 0)
		return (double)c->setup->context_limit;
	return c->setup->model ? side(c->setup->model->context) : NAN;
}

static double context_given(const struct limit_case *c)
{
	return side(c->setup->context_limit);
}

static double request_bytes(const struct limit_case *c)
{
	return side(c->request_bytes);
}

static int64_t searched(struct limit_most *m, const struct processor *p)
{
	if (!m || !p)
		return -1;
	if (!m->is_known) {
		m->most = limit_greatest(p);
		m->is_known = true;
	}
	return m->most;
}

static double v_max_of(const struct limit_case *c)
{
	return known(searched(c->v_max, c->request));
}

static double server_max_of(const struct limit_case *c)
{
	return known(searched(c->server_max, c->server));
}

/* Of the pictures whose tokens are known. */
static double v_most(const struct limit_case *c)
{
	int64_t most = -1;

	for (size_t i = 0; i < c->images_n; i++)
		if (c->images[i].visual > most)
			most = c->images[i].visual;
	return known(most);
}

/* What has to be let through: the greatest there is, and what is sent. */
static double need_of(const struct limit_case *c)
{
	int64_t most = searched(c->v_max, c->request);

	for (size_t i = 0; i < c->images_n; i++)
		if (c->images[i].visual > most)
			most = c->images[i].visual;
	return known(most);
}

/* Nobody says which device it is: it is taken for a small one, the safe side of every default. */
static double is_small_device(const struct limit_case *c)
{
	const struct hardware *h = c->setup->hardware;
	const struct engine *e = c->engine;

	if (!c->names_device || !h || !e)
		return 1;
	return h->mem_bytes < e->small_memory_bytes ||
	       (h->generation_id && str_has_word(e->small_generations, h->generation_id));
}

static double names_device(const struct limit_case *c)
{
	return c->names_device;
}

static double device_gib(const struct limit_case *c)
{
	const struct hardware *h = c->setup->hardware;

	if (!c->names_device || !h)
		return NAN;
	return h->mem_bytes / (1 << 30) * c->setup->tensor_parallel;
}

static double batched_given(const struct limit_case *c)
{
	return side(c->setup->max_batched_tokens);
}

static double batched_usual(const struct limit_case *c)
{
	return c->engine ? side(c->engine->max_batched_tokens) : NAN;
}

static double batched_small(const struct limit_case *c)
{
	return c->engine ? side(c->engine->small_batched_tokens) : NAN;
}

static double images_given(const struct limit_case *c)
{
	return known((int64_t)c->setup->limit_images - 1);
}

static double slots_given(const struct limit_case *c)
{
	return side(c->setup->max_seqs);
}

static double micro_batch(const struct limit_case *c)
{
	return c->engine ? side(c->engine->micro_batch) : NAN;
}

static double context_small(const struct limit_case *c)
{
	return c->engine ? side(c->engine->context_small) : NAN;
}

static double context_middle(const struct limit_case *c)
{
	return c->engine ? side(c->engine->context_middle) : NAN;
}

static double context_large(const struct limit_case *c)
{
	return c->engine ? side(c->engine->context_large) : NAN;
}

static double middle_gib(const struct limit_case *c)
{
	return c->engine ? c->engine->middle_memory_bytes / (1 << 30) : NAN;
}

static double large_gib(const struct limit_case *c)
{
	return c->engine ? c->engine->large_memory_bytes / (1 << 30) : NAN;
}

static double is_hybrid(const struct limit_case *c)
{
	return c->setup->model && c->setup->model->linear_layers > 0;
}

static double is_cross(const struct limit_case *c)
{
	return c->setup->model && c->setup->model->cross_layers > 0;
}

static double takes_video(const struct limit_case *c)
{
	return c->family && c->family->video.group > 0 && c->family->video.kind != VIDEO_IMAGES;
}

static double max_pixels_of(const struct limit_case *c)
{
	return c->own ? side(c->own->max_pixels) : NAN;
}

static double min_pixels_of(const struct limit_case *c)
{
	return c->own ? side(c->own->min_pixels) : NAN;
}

/* Pixels of a token's side. */
static double factor_of(const struct limit_case *c)
{
	if (!c->own || c->own->patch < 1)
		return NAN;
	return (double)c->own->patch * (c->own->merge > 0 ? c->own->merge : 1);
}

static double least_tokens(const struct limit_case *c)
{
	double f = factor_of(c);

	if (!c->own || (c->own->min_pixels == 0 && c->own->min_tokens == 0))
		return NAN;
	return c->own->min_pixels > 0 ? floor((double)c->own->min_pixels / (f * f))
				      : (double)c->own->min_tokens;
}

static double most_tokens(const struct limit_case *c)
{
	double f = factor_of(c);

	if (!c->own || (c->own->max_pixels == 0 && c->own->max_tokens == 0))
		return NAN;
	return c->own->max_pixels > 0 ? floor((double)c->own->max_pixels / (f * f))
				      : (double)c->own->max_tokens;
}

static const struct {
	const char *name;
	double (*of)(const struct limit_case *c);
} case_names[] = {
	{"n", images_of},
	{"text", text_of},
	{"reserve", reserve_of},
	{"max_tokens", answer_of},
	{"context", context_of},
	{"context_given", context_given},
	{"request_bytes", request_bytes},
	{"v_max", v_max_of},
	{"server_max", server_max_of},
	{"V_most", v_most},
	{"need", need_of},
	{"small_device", is_small_device},
	{"names_device", names_device},
	{"device_gib", device_gib},
	{"batched_given", batched_given},
	{"batched_usual", batched_usual},
	{"batched_small", batched_small},
	{"images_given", images_given},
	{"slots_given", slots_given},
	{"micro_batch", micro_batch},
	{"context_small", context_small},
	{"context_middle", context_middle},
	{"context_large", context_large},
	{"middle_gib", middle_gib},
	{"large_gib", large_gib},
	{"hybrid", is_hybrid},
	{"cross", is_cross},
	{"takes_video", takes_video},
	{"max_pixels", max_pixels_of},
	{"min_pixels", min_pixels_of},
	{"factor", factor_of},
	{"least_tokens", least_tokens},
	{"most_tokens", most_tokens},
};

/* Texts, for is(). */
static const char *const text_names[] = {"format", "detail", "media", "processor", "model"};

bool limit_knows(const char *name)
{
	for (size_t i = 0; i < IMAGE_N; i++)
		if (strcmp(image_names[i], name) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(case_names); i++)
		if (strcmp(case_names[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(text_names); i++)
		if (strcmp(text_names[i], name) == 0)
			return true;
	return false;
}

/* ------------------------------------------------------------ terms and settings */

/* A hundred names are passed over for one that is found: their first letters part most of them. */
static bool is_same(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

static const struct limit_term *find_term(const struct limit_case *c, const char *name)
{
	for (size_t i = 0; i < c->terms_n; i++)
		if (is_same(c->terms[i]->name, name) && limit_scope_fits(&c->terms[i]->scope, c))
			return c->terms[i];
	return NULL;
}

/* The last one that was given holds, as servers read their command lines. */
static const struct limit_setting *find_in(const struct limit_setting *list, size_t n,
					   const char *name)
{
	for (size_t i = n; i > 0; i--)
		if (is_same(list[i - 1].name, name))
			return &list[i - 1];
	return NULL;
}

/* Of the picture's own part, else of the whole case. */
static const struct limit_setting *find_setting(const struct limit_case *c, size_t picture,
						const char *name)
{
	const struct limit_image *of = picture < c->images_n ? &c->images[picture] : NULL;
	const struct limit_setting *own = of ? find_in(of->settings, of->settings_n, name) : NULL;

	return own ? own : find_in(c->settings, c->settings_n, name);
}

static bool value_of(const void *arg, size_t picture, const char *name, double *out)
{
	const struct limit_view *v = arg;
	const struct limit_case *c = v->of;

	for (int i = 0; i < IMAGE_N; i++)
		if (is_same(image_names[i], name)) {
			*out = picture < c->images_n
				       ? of_image(&c->images[picture], (enum of_image)i)
				       : NAN;
			return true;
		}
	for (size_t i = 0; i < ARRAY_SIZE(case_names); i++)
		if (is_same(case_names[i].name, name)) {
			*out = case_names[i].of(c);
			return true;
		}
	const struct limit_term *t = find_term(c, name);

	*out = NAN;
	if (t) {
		struct limit_view deeper = {c, v->depth + 1, v->sums};
		struct term_names names;

		limit_names_of(&deeper, &names);
		return deeper.depth <= DEEP &&
		       term_eval(t->is, &names, picture, out, NULL) != TERM_WRONG;
	}
	const struct limit_setting *s = find_setting(c, picture, name);

	if (s)
		*out = s->number;
	return true;
}

/* A member of it will do: given(limit-mm-per-prompt) of limit-mm-per-prompt.image.count. */
static bool is_given_in(const struct limit_setting *list, size_t n, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (strncmp(list[i].name, name, len) == 0 &&
		    (!list[i].name[len] || list[i].name[len] == '.'))
			return true;
	return false;
}

static bool is_given(const void *arg, size_t picture, const char *name)
{
	const struct limit_case *c = ((const struct limit_view *)arg)->of;
	const struct limit_image *of = picture < c->images_n ? &c->images[picture] : NULL;

	return is_given_in(c->settings, c->settings_n, name) ||
	       (of && is_given_in(of->settings, of->settings_n, name));
}

static const char *text_of_name(const struct limit_case *c, size_t picture, const char *name)
{
	static const char *const formats[IMAGE_FORMAT_N] = {
		[IMAGE_PNG] = "png",   [IMAGE_JPEG] = "jpeg", [IMAGE_GIF] = "gif",
		[IMAGE_BMP] = "bmp",   [IMAGE_WEBP] = "webp", [IMAGE_TIFF] = "tiff",
		[IMAGE_AVIF] = "avif", [IMAGE_HEIC] = "heic", [IMAGE_JXL] = "jxl",
	};

	if (strcmp(name, "format") == 0)
		return picture < c->images_n && c->images[picture].has_file
			       ? formats[c->images[picture].format]
			       : NULL;
	const struct limit_image *of = picture < c->images_n ? &c->images[picture] : NULL;

	if (strcmp(name, "detail") == 0)
		return of && of->detail ? of->detail : detail_names[c->setup->knobs.detail];
	if (strcmp(name, "media") == 0)
		return of && of->media ? of->media : media_names[c->setup->knobs.media];
	if (strcmp(name, "processor") == 0)
		return c->family ? c->family->id : NULL;
	if (strcmp(name, "model") == 0)
		return c->setup->model ? c->setup->model->id : NULL;
	const struct limit_setting *s = find_setting(c, picture, name);

	return s ? s->text : NULL;
}

static bool is_word(const void *arg, size_t picture, const char *name, const char *word)
{
	const char *text = text_of_name(((const struct limit_view *)arg)->of, picture, name);

	size_t len = text ? strcspn(text, "@") : 0;

	if (!text)
		return false;
	return str_casecmp(text, word) == 0 ||
	       (len == strlen(word) && str_ncasecmp(text, word, len) == 0);
}

/* ------------------------------------------------------------ functions of the server's counting
 */

static double tokens_at(const struct processor *p, double w, double h)
{
	struct count n;

	if (!p || !(w >= 1) || !(h >= 1) || w > SIDE_MAX || h > SIDE_MAX)
		return NAN;
	count_image(p, LENS_EXACT, NULL, (int64_t)w, (int64_t)h, &n, NULL);
	return n.refused ? NAN : (double)n.visual;
}

/* How vLLM of today finds it: the number of tokens that the area allows, the nearest two factors of
 * it, one token less while they are too far apart. */
static double factored(const struct processor *p)
{
	int64_t f = p && p->patch > 0 ? (int64_t)p->patch * (p->merge > 0 ? p->merge : 1) : 0;
	int64_t tokens = f ? p->max_pixels / (f * f) : 0;

	for (; tokens > 0; tokens--) {
		int64_t a = (int64_t)sqrt((double)tokens);

		while (a > 1 && tokens % a != 0)
			a--;
		if (a > 0 && tokens / a <= 200 * a)
			return (double)tokens;
	}
	return NAN;
}

static bool call_of(const void *arg, const char *name, const double *args, int n, double *out)
{
	const struct limit_case *c = ((const struct limit_view *)arg)->of;

	if (strcmp(name, "square") == 0 && n == 1)
		*out = tokens_at(c->server, args[0], args[0]);
	else if (strcmp(name, "at") == 0 && n == 2)
		*out = tokens_at(c->server, args[0], args[1]);
	else if (strcmp(name, "factored") == 0 && n == 0)
		*out = factored(c->server);
	else
		return false;
	return true;
}

static size_t pictures_of(const void *arg)
{
	return ((const struct limit_view *)arg)->of->images_n;
}

static double weight_of(const void *arg, size_t picture)
{
	return (double)((const struct limit_view *)arg)->of->images[picture].many;
}

void limit_names_of(const struct limit_view *v, struct term_names *names)
{
	*names = (struct term_names){
		.arg = v,
		.value = value_of,
		.given = is_given,
		.is = is_word,
		.call = call_of,
		.pictures = pictures_of,
		.weight = weight_of,
		.sums = v->sums,
	};
}
