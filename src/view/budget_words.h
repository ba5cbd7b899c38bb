/* What is said of a budget, in a few words: over by how much, the largest size that keeps it. */
#ifndef VTOK_VIEW_BUDGET_WORDS_H
#define VTOK_VIEW_BUDGET_WORDS_H

#include "state/budgeted.h"

enum { BUDGET_SAID = 160 };

/* "over by 12 ms", "holds with 18 ms to spare", or why there is no value. Returns out. */
char *budget_margin(const struct budgeted *f, char out[BUDGET_SAID]);

/* The same shorter: "18 ms to spare". Returns out. */
char *budget_short(const struct budgeted *f, char out[BUDGET_SAID]);

/* "fits up to 2,448 × 3,463", "fits even at 4,096 × 4,096", "no size holds". Returns out. */
char *budget_largest(const struct budgeted *f, char out[BUDGET_SAID]);

/* The shorter and more urgent of the two, beside a title. Returns out. */
char *budget_note(const struct budgeted *f, char out[BUDGET_SAID], unsigned *style);

/* How the present size stands. */
unsigned budget_style(const struct budgeted *f);

#endif
