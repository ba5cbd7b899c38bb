/* How many parameters a language model has, from its dimensions. */
#ifndef VTOK_CORE_PARAMS_H
#define VTOK_CORE_PARAMS_H

#include "core/model.h"

struct params {
	double llm;       /* all, embeddings and output matrix included */
	double active;    /* those one token goes through: all but the experts it does not visit */
	double experts;   /* routed experts, part of llm */
	double embedding; /* input embedding and output matrix, per-layer tables left out, part of
			     llm */
	/* Parts of llm that number formats treat apart: the output matrix (0 when tied), value and
	 * output matrices of attention, second feed-forward matrices (those of experts included),
	 * linear attention with its convolutions, routers. */
	double head, values, outputs, downs, linear, routers;
};

/* Norm vectors are counted, bias vectors are not: no file says which layers have them, and they are
 * below 0.02 %. */
void params_of(const struct model *m, struct params *out);

#endif
