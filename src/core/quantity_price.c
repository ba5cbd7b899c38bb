#include "core/quantity_read.h"

#include <string.h>

#include "core/price.h"

/* What the setup pays; a price that was given knows no tiers and nothing but the input. */
static struct price price_of(const struct setup *s)
{
	if (s->price_usd > 0)
		return (struct price){.input = s->price_usd};
	return s->model && s->model->price ? *s->model->price : (struct price){0};
}

static struct price_rates rates_of(const struct setup *s, const struct estimate *e)
{
	struct price p = price_of(s);

	return price_rates(&p, e->tokens.images + s->text_tokens);
}

static const char no_price[] = "no price is known or was given";

static struct value rate(double usd, const char *what)
{
	return usd > 0 ? value_number(usd) : value_none(what);
}

struct value quantity_read_price_input(const struct quantity_spec *q, const struct setup *s,
				       const struct estimate *e)
{
	(void)q;
	return rate(rates_of(s, e).input, no_price);
}

struct value quantity_read_price_cached(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	(void)q;
	return rate(rates_of(s, e).cached, "no price of cached input is known");
}

struct value quantity_read_price_output(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	(void)q;
	return rate(rates_of(s, e).output, "no price of output is known");
}

/* A millionth of its rate for each token of an image. */
struct value quantity_read_price_image(const struct quantity_spec *q, const struct setup *s,
				       const struct estimate *e)
{
	bool is_hosted = s->model && s->model->processor && s->model->processor->hosted.vendor;
	/* what it costs on a device of one's own is another quantity */
	struct value v =
		rate(rates_of(s, e).image,
		     is_hosted ? no_price
			       : "tokens have a price where a model is hosted; --price gives one");

	(void)q;
	if (!v.reason && e->count.refused)
		return value_none(e->refusal);
	if (!v.reason)
		v.number *= (double)e->tokens.per_image / 1e6;
	return v;
}

struct value quantity_read_price_images(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	struct value v = quantity_read_price_image(q, s, e);

	v.number *= 1000;
	return v;
}

struct value quantity_read_price_batch(const struct quantity_spec *q, const struct setup *s,
				       const struct estimate *e)
{
	struct value v = quantity_read_price_images(q, s, e);
	struct price p = price_of(s);

	if (!v.reason && p.batch == 0)
		return value_none("no discount of batches is known");
	v.number *= p.batch;
	return v;
}

/* Images, text and answer. */
struct value quantity_read_price_request(const struct quantity_spec *q, const struct setup *s,
					 const struct estimate *e)
{
	struct price_rates r = rates_of(s, e);

	(void)q;
	if (e->why == REASON_REFUSED)
		return value_none(e->refusal);
	if (r.input == 0)
		return value_none(no_price);
	if (r.output == 0 && s->reserve_tokens > 0)
		return value_none("no price of output is known");
	return value_number(((double)e->tokens.images * r.image + (double)s->text_tokens * r.input +
			     (double)s->reserve_tokens * r.output) /
			    1e6);
}

/* Of one request, in USD; the reason where there is none. */
static struct value hosted(const struct setup *s, const struct estimate *e)
{
	struct price_rates r = rates_of(s, e);

	if (e->count.refused && s->images > 0)
		return value_none(e->refusal);
	if (r.input == 0)
		return value_none(no_price);
	return value_number(((double)e->tokens.images * r.image + (double)s->text_tokens * r.input +
			     (double)s->reserve_tokens * r.output) /
			    1e6);
}

struct value quantity_read_price_hosted(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	struct value v = hosted(s, e);

	(void)q;
	v.number *= 1000.0 / (double)(s->images > 0 ? s->images : 1);
	return v;
}

struct value quantity_read_price_hosted_mark(const struct quantity_spec *q, const struct setup *s,
					     const struct estimate *e)
{
	bool is_part = rates_of(s, e).output == 0 && s->reserve_tokens > 0;

	(void)q;
	return value_word(is_part ? "input alone: no price of output is known" : NULL,
			  "nothing to remark");
}

/* As precise as its section is: what stands behind the @ of its id. */
struct value quantity_read_price_date(const struct quantity_spec *q, const struct setup *s,
				      const struct estimate *e)
{
	struct price p = price_of(s);
	const char *at = p.id ? strchr(p.id, '@') : NULL;

	(void)q, (void)e;
	return value_word(at ? at + 1 : NULL, no_price);
}

struct value quantity_read_price_source(const struct quantity_spec *q, const struct setup *s,
					const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(price_of(s).source, no_price);
}

struct value quantity_read_price_mark(const struct quantity_spec *q, const struct setup *s,
				      const struct estimate *e)
{
	struct price p = price_of(s);

	(void)q, (void)e;
	return value_word(p.id ? price_mark(&p, s->day) : NULL, "nothing to remark");
}
