#include "base/base64.h"

#include <stdint.h>

/* 0 to 63; 64: a blank or padding, passed over; 65: none of it. */
static unsigned value_of(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26u;
	if (c >= '0' && c <= '9')
		return c - '0' + 52u;
	if (c == '+' || c == '-')
		return 62;
	if (c == '/' || c == '_')
		return 63;
	return c == ' ' || c == '=' || (c >= '\t' && c <= '\r') ? 64 : 65;
}

size_t base64_decode(const char *text, size_t n, void *out, size_t size)
{
	unsigned char *to = out;
	uint32_t bits = 0;
	unsigned have = 0;
	size_t used = 0;

	for (size_t i = 0; i < n && used < size; i++) {
		unsigned v = value_of((unsigned char)text[i]);

		if (v == 65)
			break;
		if (v == 64)
			continue;
		bits = bits << 6 | v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			to[used++] = (unsigned char)(bits >> have);
		}
	}
	return used;
}

size_t base64_encode(const void *bytes, size_t n, char *out)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *from = bytes;
	size_t used = 0;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = 0;

		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (i + k < n ? from[i + k] : 0);
		out[used++] = letters[v >> 18 & 63];
		out[used++] = letters[v >> 12 & 63];
		out[used++] = i + 1 < n ? letters[v >> 6 & 63] : '=';
		out[used++] = i + 2 < n ? letters[v & 63] : '=';
	}
	return used;
}
