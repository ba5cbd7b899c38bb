/* What a chat request sets beside its pictures: each member with the place that servers read it at,
 * so that rules about keys of clients (core/limit.h) find them. */
#ifndef VTOK_CLI_CHAT_KEYS_H
#define VTOK_CLI_CHAT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

enum { CHAT_KEY = 64, CHAT_WORD = 48, CHAT_KEYS_MOST = 16384 };

/* A number, a truth or a short word that the request sets, by its place as rules of servers name it
 * (core/limit_case.h): "body:options.num_ctx", "kwargs:max_pixels", "url:detail". */
struct chat_key {
	char name[CHAT_KEY], text[CHAT_WORD];
	double number;   /* NAN: a word */
	size_t from, to; /* the pictures that it is said of; of the whole request: to SIZE_MAX */
};

struct chat_keys {
	struct chat_key *list;
	size_t n, room;
	bool has_more; /* than CHAT_KEYS_MOST: left out */
};

/* The members that lead to a value, outermost first, elements of arrays without a name left out. */
enum { CHAT_PATH_MOST = 16 };

/* Takes one number, truth or word; what belongs to no place, or is a text, is left out. False:
 * memory is short. */
bool chat_keys_add(struct chat_keys *c, const char *const *path, size_t n, const char *text);

/* Behind the end of an object: keys from first_key on that are of a part are said of its pictures,
 * from first_picture to before end. */
void chat_keys_end(struct chat_keys *c, size_t first_key, size_t first_picture, size_t end);

/* Behind the end of a list of parts: what parts without a picture said is said of none. */
void chat_keys_drop(struct chat_keys *c, size_t first_key);

#endif
