/* Processor time of this process, for benchmarks. */
#ifndef VTOK_BENCH_CLOCK_H
#define VTOK_BENCH_CLOCK_H

#include <time.h>

static inline double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif
