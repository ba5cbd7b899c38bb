/* What stands in the rows of the serving knobs where a vendor serves: its price and its limits. */
#ifndef VTOK_VIEW_KNOB_FACTS_H
#define VTOK_VIEW_KNOB_FACTS_H

#include <stdbool.h>

#include "state/knobs.h"
#include "view/frame.h"

/* Label and value of the row of knob k; false: the knob itself stands there, as with every model
 * that one serves oneself. An empty label: nothing is known for that row. */
bool knob_fact(const struct frame *f, enum knob k, char label[16], char value[UNIT_TEXT]);

#endif
