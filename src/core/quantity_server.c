#include "core/quantity_read.h"

#include <math.h>
#include <string.h>

#include "core/rent.h"

/* A number of a server in its steady state. */
struct value quantity_read_served(const struct quantity_spec *q, const struct setup *s,
				  const struct estimate *e)
{
	const double *at = quantity_field(q, e);

	(void)s;
	return e->decode.reason ? value_none(estimate_reason(e, e->decode.reason))
				: value_number(*at);
}

/* Of one request there is a step even where no server keeps the limit between tokens. */
struct value quantity_read_step_one(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	(void)q, (void)s;
	if (!(e->decode.one_s > 0))
		return value_none(estimate_reason(e, e->decode.reason));
	return value_number(e->decode.one_s);
}

struct value quantity_read_images_s(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	const double *requests_s = quantity_field(q, e);

	if (e->decode.reason)
		return value_none(estimate_reason(e, e->decode.reason));
	if (s->images == 0)
		return value_none("no image");
	return value_number(*requests_s * (double)s->images);
}

struct value quantity_read_server_bound(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	(void)q, (void)s;
	if (e->decode.reason)
		return value_none(estimate_reason(e, e->decode.reason));
	return value_word(server_bound_name(e->decode.bound), NULL);
}

struct value quantity_read_server_calibrated(const struct quantity_spec *q, const struct setup *s,
					     const struct estimate *e)
{
	(void)q, (void)s;
	if (e->decode.reason)
		return value_none(estimate_reason(e, e->decode.reason));
	return value_number(e->decode.calibrated);
}

struct value quantity_read_server_caveat(const struct quantity_spec *q, const struct setup *s,
					 const struct estimate *e)
{
	(void)q, (void)s;
	if (e->decode.reason || e->decode.caveat || !e->decode.pictures_guessed)
		return value_word(e->decode.reason ? NULL : e->decode.caveat,
				  "nothing is left out");
	return value_word("pictures under load: no measurement was found", NULL);
}

/* ------------------------------------------------------------ cost */

struct value quantity_read_spent(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	const double *at = quantity_field(q, e);

	(void)s;
	return e->cost.reason ? value_none(estimate_reason(e, e->cost.reason)) : value_number(*at);
}

struct value quantity_read_spent_or_asked(const struct quantity_spec *q, const struct setup *s,
					  const struct estimate *e)
{
	return setup_is_hosted(s) ? quantity_read_price_hosted(q, s, e)
				  : quantity_read_spent(q, s, e);
}

/* One server for an hour against as many requests at the hosted price. */
struct value quantity_read_breakeven(const struct quantity_spec *q, const struct setup *s,
				     const struct estimate *e)
{
	struct value hosted = quantity_read_price_hosted(q, s, e);

	if (e->cost.reason)
		return value_none(estimate_reason(e, e->cost.reason));
	if (hosted.reason)
		return hosted;
	double day = estimate_breakeven(s, e, hosted.number);

	return isfinite(day) ? value_number(day)
			     : value_none("the hosted price is below the server's at any traffic");
}

struct value quantity_read_rent_date(const struct quantity_spec *q, const struct setup *s,
				     const struct estimate *e)
{
	const struct rent *r = e->cost.reason ? NULL : e->cost.rent;
	const char *day = r ? strchr(r->id, '@') : NULL;

	(void)q, (void)s;
	return value_word(day ? day + 1 : NULL, "no price of the market was used");
}

struct value quantity_read_rent_source(const struct quantity_spec *q, const struct setup *s,
				       const struct estimate *e)
{
	const struct rent *r = e->cost.reason ? NULL : e->cost.rent;

	(void)q, (void)s;
	return value_word(r ? r->source : NULL, "no price of the market was used");
}

struct value quantity_read_cost_mark(const struct quantity_spec *q, const struct setup *s,
				     const struct estimate *e)
{
	const struct rent *r = e->cost.reason ? NULL : e->cost.rent;

	if (setup_is_hosted(s) && !quantity_read_price_hosted(q, s, e).reason)
		return quantity_read_price_hosted_mark(q, s, e);
	return value_word(r ? rent_mark(r, s->day) : NULL, "nothing to remark");
}

/* ------------------------------------------------------------ traffic */

struct value quantity_read_of_traffic(const struct quantity_spec *q, const struct setup *s,
				      const struct estimate *e)
{
	const double *at = quantity_field(q, e);

	(void)s;
	return e->traffic.reason ? value_none(estimate_reason(e, e->traffic.reason))
				 : value_number(*at);
}

/* As slow as it may be, a server can fall behind for good: no time is the longest then. */
struct value quantity_read_slow_traffic(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	struct value v = quantity_read_of_traffic(q, s, e);

	return v.reason || v.number > 0 ? v
					: value_none("as slow as it may be, it does not keep up");
}

/* Of a hosted model what its vendor asks for it. */
static bool is_asked(const struct setup *s)
{
	return setup_is_hosted(s) && s->rate_per_s > 0;
}

struct value quantity_read_traffic_cost(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	struct value v = quantity_read_of_traffic(q, s, e);

	if (is_asked(s))
		return quantity_read_price_hosted(q, s, e);
	return !v.reason && e->cost.reason ? value_none(e->cost.reason) : v;
}

struct value quantity_read_traffic_hour(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	struct value v = quantity_read_traffic_cost(q, s, e);

	if (is_asked(s) && !v.reason)
		v.number *= s->rate_per_s * 3600 * (double)(s->images > 0 ? s->images : 1) / 1000;
	return v;
}
