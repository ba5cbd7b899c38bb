/* The readers of the quantity table (core/quantity.c): how a row gets its value from a setup and
 * its estimate. Each gives a number in the row's unit, a text, or the reason why there is none.
 * Beside the table nobody needs them. */
#ifndef VTOK_CORE_QUANTITY_READ_H
#define VTOK_CORE_QUANTITY_READ_H

#include "core/estimate.h"
#include "core/quantity_spec.h"
#include "core/value.h"

typedef struct value quantity_reader(const struct quantity_spec *q, const struct setup *s,
				     const struct estimate *e);

/* The field of the estimate that a row names. */
static inline const void *quantity_field(const struct quantity_spec *q, const struct estimate *e)
{
	return (const char *)e + q->at;
}

/* quantity_request.c: sizes, tokens, the context */
quantity_reader quantity_read_of_setup;   /* an int64_t of struct setup */
quantity_reader quantity_read_of_request; /* an int64_t of the whole request */
quantity_reader quantity_read_of_image;   /* of one image: also what one would cost */
quantity_reader quantity_read_given;      /* the same, 0 where the rule gives none */
quantity_reader quantity_read_special;
quantity_reader quantity_read_resized;
quantity_reader quantity_read_limit;
quantity_reader quantity_read_of_limit; /* of the request, where there is a limit */
quantity_reader quantity_read_images_fit;
quantity_reader quantity_read_share;

/* quantity_cost.c: KV cache, memory, capacity, time */
quantity_reader quantity_read_cost;      /* a struct quantity with its own reason */
quantity_reader quantity_read_cost_part; /* a double of what is set aside */
quantity_reader quantity_read_memory_caveat;
quantity_reader quantity_read_fits;
quantity_reader quantity_read_fits_reason;
quantity_reader quantity_read_seconds;
quantity_reader quantity_read_image_seconds; /* of what is done with the pictures */
quantity_reader quantity_read_bound;
quantity_reader quantity_read_image_bound; /* of a part that only an image has */
quantity_reader quantity_read_calibrated;
quantity_reader quantity_read_caveat;
quantity_reader quantity_read_preprocess_caveat;

/* quantity_word.c: what was chosen, and its marks */
quantity_reader quantity_read_kv_dtype;
quantity_reader quantity_read_model;
quantity_reader quantity_read_name;
quantity_reader quantity_read_strategy;
quantity_reader quantity_read_hardware;
quantity_reader quantity_read_lens;
quantity_reader quantity_read_unverified_processor;
quantity_reader quantity_read_unverified_model;
quantity_reader quantity_read_unverified_tower;
quantity_reader quantity_read_unverified_hardware;
quantity_reader quantity_read_unverified_engine;
quantity_reader quantity_read_marks;

/* quantity_price.c: USD for the setup's prompt, from its own price or the model's; where a tier for
 * long prompts holds, its rates. Of the input alone where nothing else is said. */
quantity_reader quantity_read_price_input;
quantity_reader quantity_read_price_images;
quantity_reader quantity_read_price_image;
quantity_reader quantity_read_price_batch;
quantity_reader quantity_read_price_cached;
quantity_reader quantity_read_price_output;
quantity_reader quantity_read_price_request;
/* 1,000 images of such requests, with their text and answer; of the input alone where no price of
 * output is known, which the mark says. */
quantity_reader quantity_read_price_hosted;
quantity_reader quantity_read_price_hosted_mark;
quantity_reader quantity_read_price_date;
quantity_reader quantity_read_price_source;
quantity_reader quantity_read_price_mark;

/* quantity_server.c: a server in its steady state, what it costs, what a traffic needs */
quantity_reader quantity_read_served; /* a double of the steady state */
quantity_reader quantity_read_step_one;
quantity_reader quantity_read_images_s;
quantity_reader quantity_read_server_bound;
quantity_reader quantity_read_server_calibrated;
quantity_reader quantity_read_server_caveat;
quantity_reader quantity_read_spent;          /* a double of the cost on own devices */
quantity_reader quantity_read_spent_or_asked; /* the same, of a hosted model its price */
quantity_reader quantity_read_breakeven;
quantity_reader quantity_read_rent_date;
quantity_reader quantity_read_rent_source;
quantity_reader quantity_read_cost_mark;
quantity_reader quantity_read_of_traffic;   /* a double of it */
quantity_reader quantity_read_slow_traffic; /* likewise, where the servers keep up */
quantity_reader quantity_read_traffic_cost; /* the same in USD, of a hosted model its price */
quantity_reader quantity_read_traffic_hour; /* the same of an hour */

#endif
