/* What a request asks of its pictures, as the engine of the setup takes it, and what its text
 * takes.
 */
#ifndef VTOK_CLI_CHAT_ASKS_H
#define VTOK_CLI_CHAT_ASKS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/chat.h"
#include "cli/target.h"

/* Sets in k and p (a copy of the target's processor) what the body and the picture's part ask for.
 * Returns what was asked for and is read by nobody, in words, or NULL. */
const char *chat_asks_apply(const struct setup *s, const struct target *t, const struct chat *c,
			    const struct chat_picture *picture, struct knobs *k,
			    struct processor *p);

/* Text tokens without a tokenizer: four bytes of ASCII, three of other writing; or what -t says.
 * *is_estimated: which. */
int64_t chat_text_tokens(const struct options *o, const struct chat *c, bool *is_estimated);

/* Tokens of the answer: what the request allows, else what the options keep free. */
int64_t chat_output_tokens(const struct options *o, const struct chat *c);

#endif
