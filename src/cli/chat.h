/* One chat request as clients send it, in any of the shapes of OpenAI (chat, responses), Anthropic,
 * Gemini, Bedrock, ollama, vLLM, SGLang, LMDeploy, llama.cpp and TGI, or as a line of their
 * batches: which pictures it holds and how much text. What is no picture and no text is passed
 * over. */
#ifndef VTOK_CLI_CHAT_H
#define VTOK_CLI_CHAT_H

#include "base/error.h"
#include "cli/chat_spec.h"

/* False: memory is short. */
bool chat_init(struct chat_reader *r, int fd, int64_t line_most);
void chat_fini(struct chat_reader *r);

/* The next request, in r->chat until the next call. CHAT_BAD: it is no JSON or no request, err says
 * why; the one behind it can be read. */
enum chat_read { CHAT_READ, CHAT_BAD, CHAT_END };
enum chat_read chat_next(struct chat_reader *r, struct vtok_error *err);

#endif
