/* Bytes as base64 text and back (RFC 4648). What is read may be of both alphabets, with padding or
 * without, with blanks and line ends inside. */
#ifndef VTOK_BASE_BASE64_H
#define VTOK_BASE_BASE64_H

#include <stddef.h>

/* Decodes the n characters into out, at most size bytes, and returns how many they are. Stops at
 * the first character that is none of base64's. */
size_t base64_decode(const char *text, size_t n, void *out, size_t size);

/* Letters that n bytes become, padding included. */
#define BASE64_LETTERS(n) (((n) + 2) / 3 * 4)

/* Writes those of the n bytes to out, which has room for them, without a NUL; returns how many they
 * are. */
size_t base64_encode(const void *bytes, size_t n, char *out);

#endif
