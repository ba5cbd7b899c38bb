/* The command lines that bring back what is on the screen. */
#ifndef VTOK_VIEW_COMMAND_H
#define VTOK_VIEW_COMMAND_H

#include "base/strbuf.h"
#include "state/state.h"

/* "vtok tui -m qwen3-vl-8b --lens formula 1920x1080": what differs from the program's start; with a
 * settings file behind the start, everything such a file can hold. Brings back the numbers and the
 * picture; not the focus, the pin, or what undo knows. Appends. */
void command_dashboard(const struct state *st, struct strbuf *out);

enum { COMMAND_LEFT_OUT = 128 };

/* What of the screen a command line does not bring back, in words; "" = nothing. Returns out. */
char *command_leaves_out(const struct state *st, char out[COMMAND_LEFT_OUT]);

/* The same numbers as a table: "vtok estimate -m ... 1920x1080". Appends. */
void command_estimate(const struct state *st, struct strbuf *out);

/* A blank and a word for the shell: in quotes when it holds anything but letters, digits and a few
 * safe marks. */
void command_word(struct strbuf *out, const char *word);

#endif
