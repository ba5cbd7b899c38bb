/* How a piece of text stands in a result: one rule for each format, whoever writes it, so that the
 * reader of the format gets the same text back, and nothing that a stranger has put into a name
 * reaches a terminal, a page or another column.
 *
 *     QUOTE_TEXT  for people: characters that utf8_is_unseen and bytes that are not UTF-8
 *                 become '?'
 *     QUOTE_CSV   RFC 4180: the same, and in quotes where it has a comma, a quote or a blank at
 *                 an edge; quotes doubled
 *     QUOTE_JSON  RFC 8259, with the quotes: unseen characters as \t, \n, \u202e; bytes that
 *                 are not UTF-8 as U+FFFD
 *     QUOTE_MD    a cell of a Markdown table: as for people, and a backslash before what would
 *                 be markup: \ | [ ` * and < (which becomes &lt;), & where an entity could
 *                 follow */
#ifndef VTOK_BASE_QUOTE_H
#define VTOK_BASE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum quote { QUOTE_TEXT, QUOTE_CSV, QUOTE_JSON, QUOTE_MD, QUOTE_N };

/* Hands n bytes of text to put, piece by piece, as they stand in that format. NULs are characters
 * like any other. Allocates nothing. */
void quote_write(enum quote q, const char *text, size_t n,
		 void (*put)(void *arg, const char *bytes, size_t n), void *arg);

/* The same, appended to a string. */
void quote_add(struct strbuf *out, enum quote q, const char *text);

/* True if no format has to do anything about the text but put it where it belongs: the stream asks
 * for every line. */
bool quote_is_plain(const char *text, size_t n);

#endif
