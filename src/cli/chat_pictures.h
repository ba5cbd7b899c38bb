/* The pictures of a request as they stand in it: in base64, as an address, as a path, inside a
 * text, or by the id of one that came before. Each becomes one of the reader's; nothing is fetched,
 * and of what is there no more than the head is decoded. */
#ifndef VTOK_CLI_CHAT_PICTURES_H
#define VTOK_CLI_CHAT_PICTURES_H

#include "cli/chat_spec.h"

enum { CHAT_HEAD_MOST = 1024 * 1024 }; /* bytes of a picture that are looked at */

/* Of each that is bool: false when there are too many pictures or memory is short; the reader has
 * its fault then. */

/* The string at hand is a picture: a URL, a path, or base64, of which is_data says that it is. */
bool chat_picture_value(struct chat_reader *r, bool is_data);

/* One whose size is not known, and why; the other one is fetched by who answers the request. */
bool chat_no_size(struct chat_reader *r, const char *source, const char *why);
bool chat_not_fetched(struct chat_reader *r, const char *source, const char *why);

/* "![](data:...)" in the text of TGI. *taken: characters that are no text. What stands behind the
 * head of a very long text is not looked at, and that is said. */
bool chat_markdown(struct chat_reader *r, int64_t *taken);

/* Characters of a picture in base64 that somebody pasted into a text; 0 = there is none. */
int64_t chat_pasted(const struct pull *p);

/* The picture that was sent under an id before. */
bool chat_recall(struct chat_reader *r, uint64_t uuid);

/* Keeps one for that; the newest ones, where there are many. */
void chat_remember(struct chat_reader *r, uint64_t uuid, const struct input *in);

#endif
