/* Counts one image with the installed library.
 *
 *	cc count_one.c $(pkg-config --cflags --libs vtok) -o count_one
 *	./count_one qwen2.5-vl-7b 1920 1080 */
#include <stdio.h>
#include <stdlib.h>

#include <vtok/vtok.h>

static int explain(const struct vtok_entry *entry, long long width, long long height)
{
	struct vtok_step steps[VTOK_STEPS_MAX];
	size_t n = vtok_explain(entry, NULL, width, height, steps, VTOK_STEPS_MAX, NULL);

	for (size_t i = 0; i < n; i++)
		printf("\t%-10s %s\n", steps[i].name, steps[i].text);
	return n > 0;
}

int main(int argc, char **argv)
{
	struct vtok_fault fault;
	struct vtok_entry entry;
	struct vtok_count count;
	int status = 1;

	if (argc != 4) {
		fprintf(stderr, "usage: %s MODEL WIDTH HEIGHT\n", argv[0]);
		return 2;
	}
	long long width = atoll(argv[2]), height = atoll(argv[3]);
	struct vtok *v = vtok_open(NULL, &fault);
	if (!v || !vtok_lookup(v, argv[1], NULL, &entry, &fault) ||
	    !vtok_count(&entry, NULL, width, height, &count, &fault)) {
		fprintf(stderr, "%s\n", fault.text);
	} else if (count.refused) {
		printf("%s refuses %lldx%lld: %s\n", entry.id, width, height, count.reason);
	} else {
		printf("%s: %lld visual tokens for %lldx%lld\n", entry.id, (long long)count.visual,
		       width, height);
		status = !explain(&entry, width, height);
	}
	vtok_close(v);
	return status;
}
