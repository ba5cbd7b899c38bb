/* The numbers on the screen as a file, and the command line that brings the screen back. */
#ifndef VTOK_VIEW_EXPORT_H
#define VTOK_VIEW_EXPORT_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "view/state.h"

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_MARKDOWN, EXPORT_SVG, EXPORT_N };

/* By the end of a file name: .csv .json .md .svg. False leaves *out alone. */
bool export_format_of(const char *path, enum export_format *out);

/* Appends. SVG is the frame as drawn, at the state's size and in its theme. */
void export_state(const struct state *st, enum export_format format, struct strbuf *out);

/* "vtok tui -m qwen3-vl-8b --lens formula 1920x1080": only what differs from the program's start. Appends. */
void export_command(const struct state *st, struct strbuf *out);

#endif
