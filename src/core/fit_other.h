/* The nearest size that takes another number of tokens. */
#ifndef VTOK_CORE_FIT_OTHER_H
#define VTOK_CORE_FIT_OTHER_H

#include <stdint.h>

#include "core/fit_walk.h"

/* The first longer side of a..b that takes another number of tokens than `tokens`; 0 = none. */
int64_t fit_other(struct walk *w, int64_t a, int64_t b, int64_t tokens);

#endif
