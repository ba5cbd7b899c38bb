/* The keys as help and manual list them: the rows of the keymap, and in the place of ACTION_VIEW
 * one for each view, from its record. */
#ifndef VTOK_VIEW_KEYS_H
#define VTOK_VIEW_KEYS_H

#include <stddef.h>

#include "state/keymap.h"

size_t keys_n(void);

/* The i-th row, below keys_n(). Its texts live as long as the program. */
struct binding keys_row(size_t i);

#endif
