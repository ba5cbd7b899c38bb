/* How far a search through sizes asks about at once. A stretch that is answered as a whole is
 * followed by a longer one, one that is not is made shorter; where the shortest is not answered
 * either, sizes are counted one by one, the more of them the more often that was so: asking in vain
 * never takes more than a part of the time. */
#ifndef VTOK_CORE_FIT_PACE_H
#define VTOK_CORE_FIT_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arith.h"
#include "core/usual.h"

enum {
	STRETCH_LEAST = 16, /* sizes that are sooner counted than asked about */
	ALONE_MOST = 256,
	WORK_MOST = 30000000, /* counts of one question: a second or two */
};

struct fit_pace {
	int64_t stretch;         /* sizes to ask about */
	int64_t alone, patience; /* to count one by one before that, and the next time */
};

static inline struct fit_pace fit_pace_new(void)
{
	return (struct fit_pace){.stretch = STRETCH_LEAST, .patience = STRETCH_LEAST};
}

/* is_done: a stretch of n sizes was answered. */
static inline void fit_pace_after(struct fit_pace *p, int64_t n, bool is_done)
{
	p->stretch = n;
	if (is_done) {
		p->stretch = min_i64(max_i64(n, STRETCH_LEAST) * 4, SIDE_MAX);
		p->patience = STRETCH_LEAST;
	} else if (p->stretch > STRETCH_LEAST) {
		p->stretch = max_i64(p->stretch / 4, STRETCH_LEAST);
	} else {
		p->alone = p->patience;
		p->patience = min_i64(p->patience * 2, ALONE_MOST);
	}
}

#endif
