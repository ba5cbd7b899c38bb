/* The most that any picture takes. */
#ifndef VTOK_CORE_LIMIT_GREATEST_H
#define VTOK_CORE_LIMIT_GREATEST_H

#include <stdint.h>

#include "core/processor.h"

/* The greatest number of visual tokens that any picture takes, over all shapes and sizes: searched,
 * because it is not that of the largest square. Half a millisecond, of some rules fifty. -1: every
 * size is refused. */
int64_t limit_greatest(const struct processor *p);

#endif
