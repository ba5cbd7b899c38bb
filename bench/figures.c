#include "bench/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double figures_quantile(double *values, size_t n, double q)
{
	size_t rank = (size_t)ceil(q * (double)n);

	qsort(values, n, sizeof(values[0]), by_value);
	return values[rank > 0 ? rank - 1 : 0];
}

void figures_put_cell(const char *text)
{
	if (strpbrk(text, ",\"") == NULL) {
		fputs(text, stdout);
		return;
	}
	putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			putchar('"');
		putchar(*text);
	}
	putchar('"');
}
