#include "core/quantity_read.h"

#include "core/reason.h"

/* Why the request has no tokens; NULL = they are counted, be they too many or not. */
static const char *uncounted(const struct estimate *e)
{
	if (e->why == REASON_TEXT_TOO_LONG || e->why == REASON_TOO_MANY_IMAGES)
		return NULL;
	return e->why == REASON_REFUSED ? e->refusal : reason_text(e->why);
}

/* A number of the whole request. */
struct value quantity_read_of_request(const struct quantity_spec *q, const struct setup *s,
				      const struct estimate *e)
{
	const int64_t *at = quantity_field(q, e);

	(void)s;
	return uncounted(e) ? value_none(uncounted(e)) : value_number((double)*at);
}

/* A number of one image: without an image in the request what one would cost. */
struct value quantity_read_of_image(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	return e->count.refused ? value_none(e->refusal) : quantity_read_of_request(q, s, e);
}

struct value quantity_read_special(const struct quantity_spec *q, const struct setup *s,
				   const struct estimate *e)
{
	/* without an image in the request it is one that would be counted all the same */
	if (!e->count.refused && !e->count.has_special && s->model && s->model->processor)
		return value_none("the processor does not tell");
	return quantity_read_of_image(q, s, e);
}

/* A number of the count that is 0 where the rule gives none. */
struct value quantity_read_given(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	const int64_t *at = quantity_field(q, e);

	if (!e->count.refused && *at <= 0)
		return value_none("the rule gives none");
	return quantity_read_of_image(q, s, e);
}

struct value quantity_read_resized(const struct quantity_spec *q, const struct setup *s,
				   const struct estimate *e)
{
	struct value v = quantity_read_given(q, s, e);

	if (!v.reason)
		v.number = (double)e->count.resized_w * (double)e->count.resized_h;
	return v;
}

/* Why there is no context to speak of; NULL = there is. */
static const char *no_limit(const struct estimate *e)
{
	if (e->context.limit > 0)
		return NULL;
	bool is_asked = e->why == REASON_NONE || e->why == REASON_REFUSED;

	return reason_text(is_asked ? REASON_NO_LIMIT : e->why);
}

struct value quantity_read_limit(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	const int64_t *at = quantity_field(q, e);

	(void)s;
	return no_limit(e) ? value_none(no_limit(e)) : value_number((double)*at);
}

struct value quantity_read_of_limit(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	return no_limit(e) ? value_none(no_limit(e)) : quantity_read_of_request(q, s, e);
}

struct value quantity_read_images_fit(const struct quantity_spec *q, const struct setup *s,
				      const struct estimate *e)
{
	if (no_limit(e))
		return value_none(no_limit(e));
	if (e->context.images_fit >= 0)
		return value_number((double)e->context.images_fit);
	struct value v = quantity_read_of_image(q, s, e);

	return v.reason ? v : value_none(reason_text(REASON_NO_TOKENS));
}

struct value quantity_read_share(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	struct value v = quantity_read_of_limit(q, s, e);

	if (!v.reason)
		v.number = e->context.used_share;
	return v;
}

struct value quantity_read_of_setup(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	(void)e;
	return value_number((double)*(const int64_t *)((const char *)s + q->at));
}
