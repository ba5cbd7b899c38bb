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

/* Between records. Members have none: they are put and taken by the functions below. */
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

/* A picture of an archive, in a batch. */
struct scan_member {
	const char *name;  /* ARCHIVE:MEMBER; of an archive on standard input the member's alone */
	const void *bytes; /* the first ones */
	size_t n;
	const char *why; /* they cannot be had; NULL = here they are */
};

/* Begins a member of the archive at path, "-" = standard input: room for its first bytes, most of
 * them at most, which scan_batch_took ends; why is a text that stays. NULL: memory is short. */
uint8_t *scan_batch_member(struct scan_batch *b, const char *archive, const char *name,
			   size_t most);
void scan_batch_took(struct scan_batch *b, size_t n, const char *why);

/* The member at *at, which goes on to the next; false at the end. */
bool scan_batch_next(const struct scan_batch *b, size_t *at, struct scan_member *out);

#endif
