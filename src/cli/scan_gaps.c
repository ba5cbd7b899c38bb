#include "cli/scan_gaps.h"

#include <stdlib.h>

void scan_gaps_fini(struct scan_gaps *d)
{
	free(d->parts);
	*d = (struct scan_gaps){.n = 0};
}

bool scan_gaps_done(struct scan_gaps *d, int64_t from, int64_t to)
{
	if (d->n == d->room) {
		size_t room = d->room ? 2 * d->room : 64;
		struct scan_part *more = realloc(d->parts, room * sizeof(*more));

		if (!more)
			return false;
		d->parts = more;
		d->room = room;
	}
	size_t at = d->n++;
	for (; at > 0 && d->parts[at - 1].from > from; at--)
		d->parts[at] = d->parts[at - 1];
	d->parts[at] = (struct scan_part){from, to};
	return true;
}

bool scan_gaps_next(struct scan_gaps *d, int64_t size, int64_t *from, int64_t *to)
{
	while (d->at < d->n && d->parts[d->at].from <= *from) {
		if (d->parts[d->at].to > *from)
			*from = d->parts[d->at].to;
		d->at++;
	}
	*to = d->at < d->n ? d->parts[d->at].from : size;
	return *from < *to;
}
