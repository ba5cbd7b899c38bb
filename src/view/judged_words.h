/* What is said of a server's verdict, in a few words. */
#ifndef VTOK_VIEW_JUDGED_WORDS_H
#define VTOK_VIEW_JUDGED_WORDS_H

#include "state/judged.h"

enum { JUDGED_SAID = 96, JUDGED_WHOLE = JUDGED_SAID + 2 * LIMIT_REMEDY };

/* "vllm: rejected". Returns out. */
char *judged_note(const struct judged *j, char out[JUDGED_SAID]);

/* "rejected, 16,066 against 4,096 tokens (vllm-context): a larger --max-model-len"; where all is
 * well, that. Returns out. */
char *judged_sentence(const struct judged *j, char out[JUDGED_WHOLE]);

/* STYLE_GOOD, STYLE_WARN or STYLE_BAD. */
unsigned judged_style(const struct judged *j);

#endif
