#include "tui/clipboard.h"

#include <stdint.h>
#include <string.h>

/* RFC 4648; three bytes are four letters, what is missing at the end is filled with '='. */
static size_t base64(const char *text, size_t n, char *out)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t used = 0;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = 0;

		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (i + k < n ? (unsigned char)text[i + k] : 0);
		out[used++] = letters[v >> 18 & 63];
		out[used++] = letters[v >> 12 & 63];
		out[used++] = i + 1 < n ? letters[v >> 6 & 63] : '=';
		out[used++] = i + 2 < n ? letters[v & 63] : '=';
	}
	return used;
}

size_t clipboard_sequence(const char *text, size_t n, char out[CLIPBOARD_BYTES])
{
	static const char head[] = "\033]52;c;", tail[] = "\033\\";
	size_t used = sizeof head - 1;

	if (n > CLIPBOARD_TEXT)
		return 0;
	memcpy(out, head, used);
	used += base64(text, n, out + used);
	memcpy(out + used, tail, sizeof tail - 1);
	return used + sizeof tail - 1;
}
