/* Random numbers of the property tests, the same from the same seed everywhere. `make check` takes
 * a fixed one, so that a commit passes or fails for everybody alike; VTOK_SEED=N takes another, and
 * VTOK_SEED=time a new one each time. */
#ifndef VTOK_TESTS_RANDOM_H
#define VTOK_TESTS_RANDOM_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RANDOM_USUAL UINT64_C(20261127)

static uint64_t random_state;

static inline uint64_t next(void) /* splitmix64 */
{
	uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Sets the seed and prints it. given: an argument of the program, NULL = VTOK_SEED decides. */
static inline void random_begin(const char *given)
{
	if (!given)
		given = getenv("VTOK_SEED");
	if (!given || !*given)
		random_state = RANDOM_USUAL;
	else if (strcmp(given, "time") == 0)
		random_state = (uint64_t)time(NULL);
	else
		random_state = strtoull(given, NULL, 0);
	printf("# seed %" PRIu64 "; VTOK_SEED repeats it\n", random_state);
}

#endif
