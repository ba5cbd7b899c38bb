/* Tables as files: which format a name asks for, and rows written in it. */
#ifndef VTOK_VIEW_EXPORT_TABLE_H
#define VTOK_VIEW_EXPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_MARKDOWN, EXPORT_SVG, EXPORT_N };

/* By the end of a file name: .csv .json .md .svg. False leaves *out alone. */
bool export_format_of(const char *path, enum export_format *out);

/* A table of n columns, row by row: its head with the names, then the fields, quoted as the format
 * asks for. In JSON an empty field is null and one that reads as a number is one. */
void export_head(struct strbuf *out, enum export_format format, const char *const *names, size_t n);
void export_fields(struct strbuf *out, enum export_format format, const char *const *names,
		   const char *const *fields, size_t n, bool is_first);
/* One field by itself, for what is no table. */
void export_field(struct strbuf *out, enum export_format format, const char *text);
void export_tail(struct strbuf *out, enum export_format format);

#endif
