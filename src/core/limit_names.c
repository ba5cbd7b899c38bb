/* See limit_names.h. A name is, in this order, one of limit_numbers.h, a [term] of the engine, or a
 * setting; a setting that was not given has no value. */
#include "core/limit_names.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"
#include "core/limit_numbers.h"
#include "core/limit_scope.h"

enum { DEEP = 12 };

/* Texts, for is(). */
static const char *const text_names[] = {"format", "detail", "media", "processor", "model"};

bool limit_knows(const char *name)
{
	if (limit_number_knows(name))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(text_names); i++)
		if (strcmp(text_names[i], name) == 0)
			return true;
	return false;
}

/* ------------------------------------------------------------ terms and settings */

static const struct limit_term *find_term(const struct limit_case *c, const char *name)
{
	for (size_t i = 0; i < c->terms_n; i++)
		if (limit_is_name(c->terms[i]->name, name) &&
		    limit_scope_fits(&c->terms[i]->scope, c))
			return c->terms[i];
	return NULL;
}

/* The last one that was given holds, as servers read their command lines. */
static const struct limit_setting *find_in(const struct limit_setting *list, size_t n,
					   const char *name)
{
	for (size_t i = n; i > 0; i--)
		if (limit_is_name(list[i - 1].name, name))
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

	if (limit_number(c, picture, name, out))
		return true;
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
	if (strcmp(name, "format") == 0)
		return picture < c->images_n && c->images[picture].has_file
			       ? picture_formats[c->images[picture].format]
			       : NULL;
	const struct limit_image *of = picture < c->images_n ? &c->images[picture] : NULL;

	if (strcmp(name, "detail") == 0)
		return of && of->detail ? of->detail : detail_names[c->setup->knobs.detail];
	if (strcmp(name, "media") == 0)
		return of && of->media ? of->media : media_names[c->setup->knobs.media];
	if (strcmp(name, "processor") == 0)
		return c->family->id;
	if (strcmp(name, "model") == 0)
		return c->setup->model->id;
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

	if (!(w >= 1) || !(h >= 1) || w > SIDE_MAX || h > SIDE_MAX)
		return NAN;
	count_image(p, LENS_EXACT, NULL, (int64_t)w, (int64_t)h, &n, NULL);
	return n.refused ? NAN : (double)n.visual;
}

/* How vLLM of today finds it: the number of tokens that the area allows, the nearest two factors of
 * it, one token less while they are too far apart. */
static double factored(const struct processor *p)
{
	int64_t f = p->patch > 0 ? (int64_t)p->patch * (p->merge > 0 ? p->merge : 1) : 0;
	int64_t tokens = f ? p->max_pixels / (f * f) : 0;

	for (; tokens > 0; tokens--) {
		int64_t a = (int64_t)sqrt((double)tokens);

		while (a > 1 && tokens % a != 0)
			a--;
		if (tokens / a <= 200 * a)
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
