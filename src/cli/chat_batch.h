/* The requests of --request, one after the other: a file or standard input, one request or JSONL,
 * in the memory of the longest. */
#ifndef VTOK_CLI_CHAT_BATCH_H
#define VTOK_CLI_CHAT_BATCH_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/chat.h"
#include "cli/options.h"

struct chat_work {
	void *arg;
	/* id: what the request is called, or its number. */
	void (*request)(void *arg, const char *id, const struct chat *c);
	void (*broken)(void *arg, const char *id, const char *why);
	bool (*is_over)(void *arg); /* nobody reads the answers any more */
};

/* The descriptor of --request; -1: it cannot be opened, or there are inputs beside it; err says
 * which. */
int chat_batch_open(const struct options *o, struct vtok_error *err);

/* Reads and closes it. False: it cannot be read, or holds nothing. */
bool chat_batch(const struct options *o, int fd, const struct chat_work *w, struct vtok_error *err);

#endif
