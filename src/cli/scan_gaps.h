/* Which parts of a list are done, and what is left between them. */
#ifndef VTOK_CLI_SCAN_GAPS_H
#define VTOK_CLI_SCAN_GAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan_part {
	int64_t from, to; /* bytes of the list; to is the first that is not of it */
};

/* {0} is nothing done; scan_gaps_fini frees. */
struct scan_gaps {
	struct scan_part *parts; /* by where they begin */
	size_t n, room, at;      /* at: the first that begins behind what was handed out */
};

void scan_gaps_fini(struct scan_gaps *d);

/* One more is done, in any order. False: memory is short. */
bool scan_gaps_done(struct scan_gaps *d, int64_t from, int64_t to);

/* From *from on, which goes on to the next byte that is not done; *to is where the next part that
 * is begins, or the size of the list. False: nothing is left. Only forward: *from never less than
 * the time before, and nothing is added any more. */
bool scan_gaps_next(struct scan_gaps *d, int64_t size, int64_t *from, int64_t *to);

#endif
