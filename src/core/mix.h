/* A server for pictures of many sizes: what a data set brings, in place of one picture. Pure; never
 * allocates.
 *
 * Each class is estimated by itself. Times before the first token and lengths of the prompt are
 * their means, weighted; the cache holds as many as requests of the mean bytes; waits are those of
 * unlike requests (core/server.h). The images of one request are of one class. The time of the
 * processes that prepare pictures is that of a square picture of the mean area: it grows with the
 * area alone. */
#ifndef VTOK_CORE_MIX_H
#define VTOK_CORE_MIX_H

#include <stddef.h>

#include "core/estimate.h"

struct mix_class {
	int64_t width, height; /* pixels of one picture that counts as those of the class do */
	double share;          /* of all pictures; need not add up to 1 */
};

struct mix {
	const struct mix_class *classes;
	size_t n;
	double area; /* pixels of one picture before anything is done with it, on average */
};

/* As estimate() for the mix, whatever the size in s: fits, memory and capacity are of the largest
 * class that the context has room for. room: m->n places. *left_out: the share of the pictures
 * whose request is longer than the context, which no server takes and nothing here counts. Where
 * requests of one class have no server, the server has its reason. */
void estimate_mixed(const struct setup *s, const struct mix *m, struct server_class *room,
		    double *left_out, struct estimate *out);

#endif
