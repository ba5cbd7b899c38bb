#include "base/picture.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"

bool picture_has_ending(const char *name)
{
	static const char *const ends[] = {".jpg",  ".jpeg", ".jpe", ".jfif", ".png",  ".gif",
					   ".bmp",  ".webp", ".tif", ".tiff", ".avif", ".heic",
					   ".heif", ".jxl",  ".jp2", ".ppm",  ".pgm"};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && dot > name && i < ARRAY_SIZE(ends); i++)
		if (str_casecmp(dot, ends[i]) == 0)
			return true;
	return false;
}
