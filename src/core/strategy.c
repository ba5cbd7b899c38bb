/* What several strategies share beyond the inline arithmetic of the header. */
#include "core/strategy.h"

void trace_squares(const struct processor *p, int64_t side, int64_t n, struct trace *t)
{
	int64_t patches = side_patches(p, side), tokens = side_tokens(p, side);

	if (patches > 0)
		trace_step(t, STEP_PATCH, patches, patches, n * patches * patches, WORD_PATCHES,
			   false, "patches of %d pixels%s", (int)p->patch,
			   n > 1 ? " in each input" : "");
	if (p->tokens_per_tile > 0)
		trace_step(t, STEP_QUERY, 0, 0, n * p->tokens_per_tile, WORD_TOKENS, false,
			   n == 1 ? "%d tokens for the encoder input"
				  : "%d tokens for each of %d encoder inputs",
			   (int)p->tokens_per_tile, (int)n);
	else
		trace_step(t, STEP_MERGE, tokens, tokens, n * tokens * tokens, WORD_TOKENS, false,
			   n == 1 ? "%d x %d tokens for the encoder input"
				  : "%d x %d tokens for each of %d encoder inputs",
			   (int)tokens, (int)tokens, (int)n);
}

void trace_merged(const struct processor *p, int64_t cols, int64_t rows, int64_t tokens,
		  struct trace *t)
{
	trace_step(t, STEP_MERGE, cols, rows, tokens, WORD_TOKENS, false,
		   p->merge == 1 ? "every patch becomes one token"
				 : "%d x %d patches become one token",
		   (int)p->merge, (int)p->merge);
}
