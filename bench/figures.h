/* What the validators share: quantiles of errors, and cells of CSV. */
#ifndef VTOK_BENCH_FIGURES_H
#define VTOK_BENCH_FIGURES_H

#include <stddef.h>

/* The value that a share q (0..1) of n values (1 at least) does not exceed, nearest rank: an
 * infinite value stays infinite. Sorts them. */
double figures_quantile(double *values, size_t n, double q);

/* A cell to standard output, in quotes where CSV needs them. */
void figures_put_cell(const char *text);

#endif
