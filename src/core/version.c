/* See version.h. Three parts in one number: 0.21.3 is 21003. */
#include "core/version.h"

#include <stddef.h>

#include "base/str.h"

enum { PARTS = 3, PART_MOST = 999 };

bool version_number(const char *text, int32_t *out)
{
	int32_t number = 0, scale = 1000 * 1000;

	*out = 0;
	if (text == NULL)
		return false;
	if (*text == 'v' || *text == 'V')
		text++;
	for (int part = 0; part < PARTS && str_is_digit(*text); part++, scale /= 1000) {
		int32_t value = 0;

		for (; str_is_digit(*text); text++) {
			value = 10 * value + (*text - '0');
			if (value > PART_MOST)
				return false;
		}
		number += value * scale;
		if (*text != '.' || !str_is_digit(text[1])) {
			*out = number;
			return true;
		}
		text++;
	}
	*out = number;
	return number > 0;
}

bool version_has(int32_t version, const char *since)
{
	int32_t least;

	return version == 0 || !version_number(since, &least) || version >= least;
}

char *version_text(int32_t version, char out[VERSION_TEXT])
{
	int major = version / 1000000, minor = version / 1000 % 1000, patch = version % 1000;

	if (patch > 0)
		return str_format(out, VERSION_TEXT, "%d.%d.%d", major, minor, patch);
	return str_format(out, VERSION_TEXT, "%d.%d", major, minor);
}
