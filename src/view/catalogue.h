/* Lists that are no entries of a knob: every action with its key, and every strategy with what it
 * makes of the picture. */
#ifndef VTOK_VIEW_CATALOGUE_H
#define VTOK_VIEW_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "state/state.h"
#include "view/pick_item.h"

/* True of PICK_ACTION and PICK_STRATEGY. */
bool catalogue_is(enum knob p);

const char *catalogue_title(enum knob p);
struct pick_item catalogue_heads(enum knob p);
size_t catalogue_total(enum knob p);

/* The words of the i-th, below catalogue_total(): what the search looks at. */
void catalogue_item(enum knob p, size_t i, struct pick_item *out);

/* The numbers of a row that is shown, in place of its note. */
void catalogue_numbers(const struct state *st, size_t i, struct pick_item *out);

/* The key that the i-th action stands for; 0: the list has none. */
uint32_t catalogue_key(enum knob p, size_t i);

/* The model whose numbers stand in the i-th row; NULL = none. Lives as long as the registry. */
const struct model *catalogue_model(const struct state *st, size_t i);

/* Rows under the list that speak of the chosen one, in a box so high; 0 = none. */
int catalogue_detail_rows(enum knob p, int height);

/* Where in the note the columns begin that a narrow list shows alone: tokens, and growth. */
enum { CATALOGUE_TOKENS = 9, CATALOGUE_GROWTH = 27, CATALOGUE_COLUMN = 8 };

/* Its formula, and who has it. Appends. */
void catalogue_detail(const struct state *st, size_t i, struct strbuf *formula,
		      struct strbuf *models);

#endif
