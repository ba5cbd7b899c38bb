/* What is said of a budget of view 5: in the table, under it, in the box with the settings. */
#ifndef VTOK_VIEW_FIT_WORDS_H
#define VTOK_VIEW_FIT_WORDS_H

#include "base/strbuf.h"
#include "registry/told.h"
#include "state/state.h"

enum { FIT_WORDS = 240 };

/* "2,448 × 3,463". Returns out. */
char *fit_size_text(int64_t width, int64_t height, char out[FIT_WORDS]);

/* What bounds it, a word: "time", "KV pool". */
const char *fit_bound(const struct budgets_row *row);

/* Where there is no smaller size to show: "fits as it is", "no size holds: the least ..."; "" =
 * there is one. Returns out. */
char *fit_outcome(const struct budgets_row *row, char out[FIT_WORDS]);

/* What is left of the picture: "keeps 25 % of the picture's pixels". *is_useless: next to nothing,
 * or it is refused as it is. Returns out. */
char *fit_kept_text(const struct budgets_row *row, char out[FIT_WORDS], bool *is_useless);

/* The lines for a row that has a size, for the engine that is chosen or the vendor; none where it
 * has no size. */
void fit_told(const struct state *st, const struct budgets_row *row,
	      void (*take)(void *to, const struct told *line), void *to);

/* "--mm-processor-kwargs '...'", or "resize before sending". Returns out. */
char *fit_told_text(const struct told *line, char out[SETTING_TEXT]);

/* Where it stands and what its number counts: "server, area". Returns out. */
char *fit_told_place(const struct told *line, char out[FIT_WORDS]);

/* The chosen row; NULL = there is none. Holds while the state does. */
const struct budgets_row *fit_chosen(const struct state *st);

#endif
