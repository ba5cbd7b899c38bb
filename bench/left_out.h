/* Predictions of rows as if their source had never been seen. */
#ifndef VTOK_BENCH_LEFT_OUT_H
#define VTOK_BENCH_LEFT_OUT_H

#include "bench/measured.h"

/* Fills left_predicted, left_low and left_high of every mapped row. For each source, the profiles
 * its rows run under are fitted again to the rows of all other sources: one factor on their share
 * of the peak, the least sum of the logarithms of errors. A profile that no other source has rows
 * of is taken away, since nobody would have written it: the next one whose conditions hold stands
 * in, at last those of the engine "optimised". False: no memory. */
bool left_out(const struct registry *reg, struct measured *rows, size_t n);

/* Whether there is more than one source among the mapped rows. */
bool left_out_possible(const struct measured *rows, size_t n);

#endif
