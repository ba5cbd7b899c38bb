/* Records of a data set that are worked on together. */
#ifndef VTOK_CLI_SCAN_BATCH_H
#define VTOK_CLI_SCAN_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which columns of a CSV, by their places, -1 = there is none. */
struct scan_columns {
	int width, height, weight, key;
};

enum {
	SCAN_BATCH = 128 * 1024,      /* bytes */
	SCAN_CHUNK = 2 * 1024 * 1024, /* the same of a scan that can be resumed */
	SCAN_RECORD = 1024 * 1024,    /* of any record */
	SCAN_HEAD = 256 * 1024,       /* bytes of a member that are read */
	SCAN_SLACK = 64,              /* zero bytes behind a batch */
};

/* Between records; members have none, they are struct scan_head and what follows it. */
struct scan_batch {
	char *data;
	size_t used, room;
	char end; /* of a record: '\n' or '\0' */
	bool is_members;
	struct scan_columns columns; /* of a CSV: each has its own */
	int64_t from, to;            /* where it stands in what can be resumed */
};

/* Room for so many bytes; what is there stays. False: memory is short. */
bool scan_batch_room(struct scan_batch *b, size_t room);

/* A member in a batch: its name with a NUL, then its first bytes, at a multiple of 8. */
struct scan_head {
	size_t name_size, bytes;
};

#endif
