#include "tui/clipboard.h"

#include <string.h>

#include "base/base64.h"

size_t clipboard_sequence(const char *text, size_t n, char out[CLIPBOARD_BYTES])
{
	static const char head[] = "\033]52;c;", tail[] = "\033\\";
	size_t used = sizeof head - 1;

	if (n > CLIPBOARD_TEXT)
		return 0;
	memcpy(out, head, used);
	used += base64_encode(text, n, out + used);
	memcpy(out + used, tail, sizeof tail - 1);
	return used + sizeof tail - 1;
}
