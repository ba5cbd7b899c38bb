#include "core/quantity_read.h"

#include "base/base.h"
#include "core/fits.h"
#include "core/reason.h"

static struct value no_cost(const char *reason, const struct estimate *e)
{
	return value_none(estimate_reason(e, reason));
}

struct value quantity_read_cost(const struct quantity_spec *q, const struct setup *s,
				const struct estimate *e)
{
	const struct quantity *at = quantity_field(q, e);

	(void)s;
	return at->reason ? no_cost(at->reason, e) : value_number(at->value);
}

/* A part of what is set aside. */
struct value quantity_read_cost_part(const struct quantity_spec *q, const struct setup *s,
				     const struct estimate *e)
{
	const double *at = quantity_field(q, e);

	(void)s;
	return e->memory.total_bytes.reason ? no_cost(e->memory.total_bytes.reason, e)
					    : value_number(*at);
}

struct value quantity_read_memory_caveat(const struct quantity_spec *q, const struct setup *s,
					 const struct estimate *e)
{
	(void)q, (void)s;
	return value_word(e->memory.caveat, "nothing is left out");
}

struct value quantity_read_fits(const struct quantity_spec *q, const struct setup *s,
				const struct estimate *e)
{
	enum fits_answer a = fits_of_estimate(e);

	(void)q, (void)s;
	return a == FITS_UNKNOWN ? no_cost(e->capacity.concurrency.reason, e)
				 : value_word(fits_word(a), NULL);
}

struct value quantity_read_fits_reason(const struct quantity_spec *q, const struct setup *s,
				       const struct estimate *e)
{
	const char *why = fits_reason(e);

	(void)q, (void)s;
	if (!why) /* also where it is not known: in the place of the reason that a null has beside
		     it */
		why = no_cost(e->capacity.concurrency.reason, e).reason;
	return value_word(why, "nothing is known of it");
}

/* A time of struct prefill_part or by itself: both begin with the seconds. */
struct value quantity_read_seconds(const struct quantity_spec *q, const struct setup *s,
				   const struct estimate *e)
{
	const double *at = quantity_field(q, e);

	(void)s;
	return e->prefill.reason ? no_cost(e->prefill.reason, e) : value_number(*at);
}

struct value quantity_read_image_seconds(const struct quantity_spec *q, const struct setup *s,
					 const struct estimate *e)
{
	const double *at = quantity_field(q, e);

	(void)s;
	return e->prefill.image_reason ? no_cost(e->prefill.image_reason, e) : value_number(*at);
}

struct value quantity_read_bound(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	const enum bound *at = quantity_field(q, e);

	(void)s;
	return e->prefill.reason ? no_cost(e->prefill.reason, e)
				 : value_word(bound_name(*at), NULL);
}

struct value quantity_read_image_bound(const struct quantity_spec *q, const struct setup *s,
				       const struct estimate *e)
{
	const enum bound *at = quantity_field(q, e);

	if (e->prefill.image_reason)
		return no_cost(e->prefill.image_reason, e);
	return s->images == 0 ? value_none("the request has no image")
			      : value_word(bound_name(*at), NULL);
}

struct value quantity_read_calibrated(const struct quantity_spec *q, const struct setup *s,
				      const struct estimate *e)
{
	(void)q, (void)s;
	return e->prefill.reason ? no_cost(e->prefill.reason, e)
				 : value_number(e->prefill.calibrated);
}

struct value quantity_read_caveat(const struct quantity_spec *q, const struct setup *s,
				  const struct estimate *e)
{
	(void)q, (void)s;
	return value_word(e->prefill.reason ? NULL : e->prefill.caveat, "nothing is left out");
}

struct value quantity_read_preprocess_caveat(const struct quantity_spec *q, const struct setup *s,
					     const struct estimate *e)
{
	bool guessed = e->prefill.image_reason == NULL && e->prefill.preprocess_guessed;

	(void)q, (void)s;
	return value_word(guessed ? "not measured for this processor and engine" : NULL,
			  "it was measured");
}
