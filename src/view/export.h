/* The numbers on the screen as a file, and the command line that brings the screen back. */
#ifndef VTOK_VIEW_EXPORT_H
#define VTOK_VIEW_EXPORT_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "state/state.h"

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_MARKDOWN, EXPORT_SVG, EXPORT_N };

/* By the end of a file name: .csv .json .md .svg. False leaves *out alone. */
bool export_format_of(const char *path, enum export_format *out);

/* A table of n columns, row by row: its head with the names, then the fields, quoted as the format
 * asks for. In JSON an empty field is null and one that reads as a number is one. */
void export_head(struct strbuf *out, enum export_format format, const char *const *names, size_t n);
void export_fields(struct strbuf *out, enum export_format format, const char *const *names,
		   const char *const *fields, size_t n, bool is_first);
void export_tail(struct strbuf *out, enum export_format format);

/* Appends. SVG is the frame as drawn, at the state's size and in its theme. */
void export_state(const struct state *st, enum export_format format, struct strbuf *out);

/* "vtok tui -m qwen3-vl-8b --lens formula 1920x1080": what differs from the program's start; with a
 * settings file behind the start, everything such a file can hold. Brings back the numbers and the
 * picture; not the focus, the pin, or what undo knows. Appends. */
void export_command(const struct state *st, struct strbuf *out);

/* The same numbers as a table: "vtok estimate -m ... 1920x1080". Appends. */
void export_estimate(const struct state *st, struct strbuf *out);

/* A blank and a word for the shell: in quotes when it holds anything but letters, digits and a few
 * safe marks. */
void export_word(struct strbuf *out, const char *word);

#endif
