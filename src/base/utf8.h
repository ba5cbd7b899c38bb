/* UTF-8: decoding that never reads past a NUL, width in terminal columns without the locale. */
#ifndef VTOK_BASE_UTF8_H
#define VTOK_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD UINT32_C(0xffffffff) /* not UTF-8: overlong, surrogate, cut off, out of range */

/* Decodes one code point at s (not at its NUL); returns the bytes taken, at least 1. */
size_t utf8_decode(const char *s, uint32_t *cp);

/* Writes at most 4 bytes, no NUL; returns how many. Anything above U+10FFFF becomes U+FFFD. (Not
 * utf8_encode: the static archive of jansson has a function of that name.) */
size_t utf8_put(uint32_t cp, char out[4]);

/* Bytes of the byte order mark that the text begins with, as editors and shells of Windows write
 * one: 3, or 0. */
size_t utf8_mark(const char *s, size_t n);

/* True for a character that nobody sees and that changes what one sees or how it is read: controls,
 * marks and overrides of direction, invisible ones, separators of lines, what Unicode calls no
 * character. Those that join what is written (U+200C, U+200D, variation selectors) are not among
 * them. */
bool utf8_is_unseen(uint32_t cp);

/* Columns a terminal uses: 0 for combining marks and controls, 2 for wide East Asian and emoji,
 * else 1. */
int utf8_width(uint32_t cp);

/* Columns of a whole string. */
size_t utf8_columns(const char *s);

/* Bytes of s that fit into at most `columns` columns, never cutting a code point. */
size_t utf8_cut(const char *s, size_t columns);

#endif
