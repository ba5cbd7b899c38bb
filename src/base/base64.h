/* The first bytes behind a base64 text (RFC 4648): both alphabets, padding or none, blanks and line
 * ends inside. */
#ifndef VTOK_BASE_BASE64_H
#define VTOK_BASE_BASE64_H

#include <stddef.h>

/* Decodes the n characters into out, at most size bytes, and returns how many they are. Stops at
 * the first character that is none of base64's. */
size_t base64_decode(const char *text, size_t n, void *out, size_t size);

#endif
