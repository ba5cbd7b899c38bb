/* JSON, token by token, from a descriptor: a batch of requests holds pictures as strings of many
 * megabytes, of which the first bytes are wanted and the rest is passed over. jansson loads whole
 * values, yajl hands over whole strings, so that both take the memory of the largest; this one
 * takes one window and the head of a string, whatever the input. Strict (RFC 8259) in what it
 * reads; values by line (JSONL) or several lines long. */
#ifndef VTOK_BASE_PULL_H
#define VTOK_BASE_PULL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pull_token {
	PULL_OBJECT,     /* { */
	PULL_OBJECT_END, /* } */
	PULL_ARRAY,
	PULL_ARRAY_END,
	PULL_KEY, /* text, and the colon behind it */
	PULL_STRING,
	PULL_NUMBER, /* text as it stands, at most 63 characters of it */
	PULL_TRUE,
	PULL_FALSE,
	PULL_NULL,
	PULL_END, /* no value is left */
	PULL_BAD, /* fault says what; pull_next_line goes on behind it */
};

enum { PULL_DEPTH = 64, PULL_WINDOW = 256 * 1024 };

struct pull {
	int fd;
	unsigned char *window; /* PULL_WINDOW bytes */
	size_t at, len;        /* in the window */
	int64_t read;          /* bytes of the input in windows before this one */
	bool ended;
	int error; /* errno of a read that failed; 0 = none */

	/* the token at hand */
	char *text; /* head of a key or string, unescaped, NUL-terminated (NULs in it are '?') */
	size_t text_len; /* bytes of it; at most head */
	size_t head;     /* bytes of a string that are kept */
	size_t room;
	int64_t bytes;     /* of the whole string, unescaped */
	int64_t blanks;    /* of those: escaped line ends, padding at its end */
	int64_t other;     /* ask pull_other() */
	int64_t start;     /* where its value began, in bytes from the start of the input */
	const char *fault; /* static text */

	bool by_lines; /* set by the caller: each value has a line of its own, and ends with it */

	/* where it is */
	int depth;
	bool in_object[PULL_DEPTH];
	bool is_first, wants_value;
	int64_t line_start, line_most; /* of a value; bytes that are allowed */
};

/* head: bytes of a string that are kept. False: memory is short. */
bool pull_init(struct pull *p, int fd, size_t head, int64_t line_most);
void pull_fini(struct pull *p);

/* The next token. At depth 0 values follow each other, with blanks between. */
enum pull_token pull_next(struct pull *p);

/* Of the string at hand: its bytes beyond ASCII. */
int64_t pull_other(const struct pull *p);

/* Behind PULL_OBJECT or PULL_ARRAY: passes over what it holds, its end included. False: bad. */
bool pull_skip(struct pull *p);

/* Behind PULL_BAD: goes on behind the end of the line, as if nothing had been opened. */
void pull_next_line(struct pull *p);

#endif
