/* The four strategies of lens formula, as the screen names and draws them. */
#ifndef VTOK_VIEW_TEXTBOOK_H
#define VTOK_VIEW_TEXTBOOK_H

#include "state/state.h"

const char *textbook_name(enum textbook t); /* "multi-grid" */
uint32_t textbook_glyph(enum textbook t);   /* ASCII, one per curve */

/* At the knobs in force: grid auto is 3. */
int64_t textbook_count(const struct request *r, enum textbook t);
char *textbook_formula(const struct request *r, enum textbook t,
		       char out[64]); /* "(1920/16)x(1080/16)x(3x3+1)" */

#endif
