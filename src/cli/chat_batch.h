/* The requests of --request, one after the other, and the rows that are written of them: a file or
 * standard input, one request or JSONL, in the memory of the longest. */
#ifndef VTOK_CLI_CHAT_BATCH_H
#define VTOK_CLI_CHAT_BATCH_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/chat.h"
#include "cli/flow.h"
#include "cli/options.h"

struct chat_work {
	void *arg;
	/* id: what the request is called, or its number. */
	void (*request)(void *arg, const char *id, const struct chat *c);
	void (*broken)(void *arg, const char *id, const char *why);
	const bool *has_failed; /* at the end: a row says "error" */
	struct flow *flow;      /* what both write to */
	const struct flow_column *columns;
	size_t columns_n;
};

/* The descriptor of --request; -1: it cannot be opened, or there are inputs beside it; err says
 * which. */
int chat_batch_open(const struct options *o, struct vtok_error *err);

/* Reads and closes it, and writes to standard output until nobody reads that any more. The exit
 * code, with its message when it cannot be read, holds nothing or cannot be written. */
int chat_batch(const struct options *o, int fd, const struct chat_work *w);

#endif
