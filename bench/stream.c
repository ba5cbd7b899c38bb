/* `vtok count -` beside its floor (floor_map.c), on one thread.
 *     stream VTOK FLOOR [LINES]      medians of ROUNDS and their ratio
 *     stream -g LINES                only the sizes, on standard output
 * Both sides are log-uniform from 16 to 8,192, as a mix of icons, photographs and scans is; about
 * one size in 43 is so long and thin that Qwen2.5-VL refuses it. The two programs take turns, so
 * that what else the machine does meets both. The ratio is of the processor's time: on a machine
 * with other work the time on the wall measures that work. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 9, LINES = 3000000, LEAST = 16, MOST = 8192 };

struct spent {
	double cpu_s, wall_s;
};

/* xorshift64*, the same numbers everywhere. */
static double uniform(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return (double)((*seed * UINT64_C(2685821657736338717)) >> 11) * 0x1p-53;
}

static int side(uint64_t *seed)
{
	return (int)(LEAST * pow((double)MOST / LEAST, uniform(seed)));
}

static bool put_sizes(FILE *f, long lines)
{
	uint64_t seed = 20260901;

	for (long i = 0; i < lines; i++) {
		int w = side(&seed);
		fprintf(f, "%dx%d\n", w, side(&seed));
	}
	return fflush(f) == 0;
}

static double wall_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

/* Runs a program with the sizes as standard input and its rows thrown away. False: it could not be
 * run or ended with something else than 0 or 1 (sizes were refused). */
static bool run(const char *const argv[], const char *sizes, struct spent *out)
{
	double start = wall_now();
	struct rusage used;
	int status;
	pid_t child = fork();

	if (child == 0) {
		int in = open(sizes, O_RDONLY), null = open("/dev/null", O_WRONLY);
		if (in < 0 || null < 0 || dup2(in, 0) < 0 || dup2(null, 1) < 0)
			_exit(126);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) < 0)
		return false;
	*out = (struct spent){seconds(used.ru_utime) + seconds(used.ru_stime), wall_now() - start};
	return WIFEXITED(status) && WEXITSTATUS(status) <= 1;
}

static int by_cpu(const void *a, const void *b)
{
	double x = ((const struct spent *)a)->cpu_s, y = ((const struct spent *)b)->cpu_s;

	return (x > y) - (x < y);
}

static void say(const char *name, struct spent s, long lines)
{
	printf("%-34s %12.0f lines/s   %.3f s of processor, %.3f s on the wall\n", name,
	       (double)lines / s.cpu_s, s.cpu_s, s.wall_s);
}

static bool race(const char *vtok, const char *floor_map, const char *sizes, long lines)
{
	const char *const ours[] = {vtok, "count", "--no-config", "-m", "qwen2.5-vl-7b",
				    "-o", "csv",   "-j1",         "-",  NULL};
	const char *const theirs[] = {floor_map, sizes, NULL};
	struct spent a[ROUNDS], b[ROUNDS];

	for (int i = 0; i < ROUNDS; i++)
		if (!run(theirs, sizes, &a[i]) || !run(ours, sizes, &b[i]))
			return false;
	qsort(a, ROUNDS, sizeof(a[0]), by_cpu);
	qsort(b, ROUNDS, sizeof(b[0]), by_cpu);
	say("floor: map, parse, round, print", a[ROUNDS / 2], lines);
	say("vtok count -j1 -", b[ROUNDS / 2], lines);
	printf("vtok reaches %.3f of the floor (medians of %d)\n",
	       a[ROUNDS / 2].cpu_s / b[ROUNDS / 2].cpu_s, ROUNDS);
	return true;
}

int main(int argc, char **argv)
{
	char sizes[] = "/tmp/vtok-sizes-XXXXXX";
	long lines = argc > 3 ? atol(argv[3]) : LINES;

	if (argc == 3 && strcmp(argv[1], "-g") == 0)
		return !put_sizes(stdout, atol(argv[2]));
	if (argc < 3 || lines < 1) {
		fputs("usage: stream VTOK FLOOR [LINES], or stream -g LINES\n", stderr);
		return 2;
	}
	int fd = mkstemp(sizes);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	bool fine = f && put_sizes(f, lines) && race(argv[1], argv[2], sizes, lines);
	if (!fine)
		fprintf(stderr, "stream: %s\n", errno ? strerror(errno) : "a program failed");
	if (fd >= 0)
		unlink(sizes);
	return !fine;
}
