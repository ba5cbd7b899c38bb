/* What a request asks of its pictures, as the engine of the setup takes it, and what its text
 * takes.
 */
#ifndef VTOK_CLI_CHAT_ASKS_H
#define VTOK_CLI_CHAT_ASKS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/chat.h"
#include "cli/target.h"

struct registry;

/* Limits of pictures that a request sets where the engine of the setup reads them; 0 = none. */
struct chat_limits {
	int64_t min_pixels, max_pixels;
	int32_t max_patch;
};

/* What is kept between the pictures of one request. */
struct chat_asked {
	struct chat_limits body; /* for all of them: mm_processor_kwargs */
	size_t picture, key;     /* the last one that was asked for, and where its keys begin */
};

/* Before the first picture. */
void chat_asked_init(struct chat_asked *a, const struct registry *r, const struct setup *s,
		     const struct target *t, const struct chat *c);

/* Sets in k and p (a copy of the target's processor) what the body and the picture's part ask for.
 * Quick where pictures come in their order. Returns what was asked for and is read by nobody, in
 * words, or NULL. */
const char *chat_asks_apply(struct chat_asked *a, const struct registry *r, const struct setup *s,
			    const struct target *t, const struct chat *c,
			    const struct chat_picture *picture, struct knobs *k,
			    struct processor *p);

/* Text tokens without a tokenizer: four bytes of ASCII, three of other writing; or what -t says.
 * *is_estimated: which. */
int64_t chat_text_tokens(const struct options *o, const struct chat *c, bool *is_estimated);

/* Tokens of the answer: what the request allows, else what the options keep free. */
int64_t chat_output_tokens(const struct options *o, const struct chat *c);

#endif
