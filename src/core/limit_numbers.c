#include "core/limit_numbers.h"

#include <math.h>

#include "base/base.h"
#include "base/str.h"
#include "core/limit_greatest.h"
#include "core/memory.h"

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

/* The most tokens of an answer that the client asks for, whatever its API calls them: the last that
 * was given, as of every setting. */
static double answer_of(const struct limit_case *c)
{
	static const char *const words[] = {"max_tokens",         "max_completion_tokens",
					    "max_new_tokens",     "max_output_tokens",
					    "maxOutputTokens",    "num_predict",
					    "options.num_predict"};

	for (size_t i = c->settings_n; i > 0; i--) {
		const char *name = c->settings[i - 1].name;

		if (!str_starts(name, "body:"))
			continue;
		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			if (strcmp(name + 5, words[k]) == 0)
				return c->settings[i - 1].number;
	}
	return NAN;
}

/* What was asked for, or the model's own; the server's settings come before it in a [term]. */
static double context_of(const struct limit_case *c)
{
	if (c->setup->context_limit > 0)
		return (double)c->setup->context_limit;
	return side(c->setup->model->context);
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
	return fmax(v_max_of(c), v_most(c)); /* the one that is known, where one is not */
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
	return memory_seen(h) / (1 << 30) * c->setup->tensor_parallel;
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
	return c->setup->model->linear_layers > 0;
}

static double is_cross(const struct limit_case *c)
{
	return c->setup->model->cross_layers > 0;
}

static double takes_video(const struct limit_case *c)
{
	return c->family->video.group > 0 && c->family->video.kind != VIDEO_IMAGES;
}

static double max_pixels_of(const struct limit_case *c)
{
	return side(c->own->max_pixels);
}

static double min_pixels_of(const struct limit_case *c)
{
	return side(c->own->min_pixels);
}

/* Pixels of a token's side. */
static double factor_of(const struct limit_case *c)
{
	if (c->own->patch < 1)
		return NAN;
	return (double)c->own->patch * (c->own->merge > 0 ? c->own->merge : 1);
}

static double least_tokens(const struct limit_case *c)
{
	double f = factor_of(c);

	return c->own->min_pixels > 0 ? floor((double)c->own->min_pixels / (f * f))
				      : side(c->own->min_tokens);
}

static double most_tokens(const struct limit_case *c)
{
	double f = factor_of(c);

	return c->own->max_pixels > 0 ? floor((double)c->own->max_pixels / (f * f))
				      : side(c->own->max_tokens);
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

bool limit_number_knows(const char *name)
{
	for (size_t i = 0; i < IMAGE_N; i++)
		if (limit_is_name(image_names[i], name))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(case_names); i++)
		if (limit_is_name(case_names[i].name, name))
			return true;
	return false;
}

bool limit_number(const struct limit_case *c, size_t picture, const char *name, double *out)
{
	for (int i = 0; i < IMAGE_N; i++)
		if (limit_is_name(image_names[i], name)) {
			*out = picture < c->images_n
				       ? of_image(&c->images[picture], (enum of_image)i)
				       : NAN;
			return true;
		}
	for (size_t i = 0; i < ARRAY_SIZE(case_names); i++)
		if (limit_is_name(case_names[i].name, name)) {
			*out = case_names[i].of(c);
			return true;
		}
	return false;
}
