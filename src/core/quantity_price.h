/* How rows of the quantity table (core/quantity.c) read prices: what is asked in USD for the
 * setup's prompt, from its own price or the model's. Beside quantity.c nobody needs them. */
#ifndef VTOK_CORE_QUANTITY_PRICE_H
#define VTOK_CORE_QUANTITY_PRICE_H

#include "core/estimate.h"
#include "core/value.h"

struct quantity_spec; /* core/quantity.h */

typedef struct value quantity_reader(const struct quantity_spec *q, const struct setup *s,
				     const struct estimate *e);

/* Where a tier for long prompts holds, its rates. Of the input alone where nothing else is said. */
quantity_reader quantity_price_input;
quantity_reader quantity_price_images;
quantity_reader quantity_price_image;
quantity_reader quantity_price_batch;
quantity_reader quantity_price_cached;
quantity_reader quantity_price_output;
quantity_reader quantity_price_request;
quantity_reader quantity_price_date;
quantity_reader quantity_price_source;
quantity_reader quantity_price_mark;

#endif
