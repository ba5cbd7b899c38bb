/* Bytes of a checkpoint's weights in a number format, part by part. */
#ifndef VTOK_CORE_WEIGHTS_H
#define VTOK_CORE_WEIGHTS_H

#include "core/model.h"

/* Bytes of the whole checkpoint in `t` (not DTYPE_STORED). In the format that the checkpoint is
 * stored in, only what its files hold in that format is counted so. */
double weights_language(const struct model *m, enum dtype t);

/* Vision tower, projector, and what is loaded but not run for images. They stay in 16 bit (32 where
 * all is): the servers leave them alone, llama.cpp keeps them in a file of their own (mmproj). */
double weights_vision(const struct model *m, enum dtype t);

/* Tower, projector and the rest together. */
double weights_all(const struct model *m, enum dtype t);

/* How many times weights_all a checkpoint may weigh, at least and at most, where packers differ: 1
 * and 1 where none is known to. The first is what is counted on. */
struct weights_range {
	double usual, most;
};
struct weights_range weights_range(const struct model *m, enum dtype t);

/* Bytes of one weight, on average: of routed experts, of all other matrices of the layers, of the
 * output matrix. t as above. */
struct weights_rates {
	double dense, expert, head;
};
void weights_rates(const struct model *m, enum dtype t, struct weights_rates *out);

#endif
