#include "core/fit_images.h"

#include <math.h>

#include "core/estimate.h"
#include "core/memory.h"
#include "core/usual.h"

static void prepare(struct walk *w, const struct setup *s, int64_t images)
{
	struct setup of = *s;

	of.images = images;
	walk_init(w, &of);
}

bool fit_images_init(struct fit_images *f, const struct setup *s, double n)
{
	int64_t limit = memory_context(s);

	if (!(n >= 1) || n > TOKENS_MOST || limit <= 0)
		return false;
	f->n = (int64_t)ceil(n);
	f->room = limit - s->text_tokens - s->reserve_tokens;
	f->most = min_i64(f->room, TOKENS_MOST);
	prepare(&f->one, s, 1);
	prepare(&f->some, s, f->n);
	prepare(&f->all, s, max_i64(f->most, 1));
	return true;
}

/* Of one image; -1: it is refused. */
static int64_t positions(const struct walk *w, int64_t width, int64_t height)
{
	struct count c;

	count_plain(&w->rule, width, height, &c);
	return c.refused ? -1 : count_positions(&c);
}

static bool is_even(struct walk *w, int64_t a, int64_t b)
{
	struct stretch_of of;

	walk_stretch(w, a, b, &of);
	return of.kind == STRETCH_EVEN || of.kind == STRETCH_REFUSED;
}

bool fit_images_alike(struct fit_images *f, int64_t a, int64_t b)
{
	return is_even(&f->one, a, b) && is_even(&f->some, a, b) && is_even(&f->all, a, b);
}

/* Of more images none is counted dearer: where n of them at the price of the most are too many, any
 * number of n and more is. */
enum fit_images_answer fit_images(const struct fit_images *f, int64_t width, int64_t height)
{
	if (f->room < 1 || f->n > f->most || positions(&f->one, width, height) < 1)
		return IMAGES_TOO_MANY;
	int64_t each = positions(&f->some, width, height);

	if (each == 0 || (each > 0 && f->n <= f->room / each))
		return IMAGES_FIT;
	each = positions(&f->all, width, height);
	return each > 0 && f->n > f->room / each ? IMAGES_TOO_MANY : IMAGES_UNSURE;
}
