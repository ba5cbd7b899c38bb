/* The numbers on the screen as a file. */
#ifndef VTOK_VIEW_EXPORT_H
#define VTOK_VIEW_EXPORT_H

#include "base/strbuf.h"
#include "state/state.h"
#include "view/export_table.h"

/* Appends. SVG is the frame as drawn, at the state's size and in its theme. */
void export_state(const struct state *st, enum export_format format, struct strbuf *out);

#endif
