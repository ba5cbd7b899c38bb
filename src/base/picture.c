#include "base/picture.h"

#include <assert.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"

const char *const picture_formats[] = {
	[IMAGE_PNG] = "png",   [IMAGE_JPEG] = "jpeg", [IMAGE_GIF] = "gif",
	[IMAGE_BMP] = "bmp",   [IMAGE_WEBP] = "webp", [IMAGE_TIFF] = "tiff",
	[IMAGE_AVIF] = "avif", [IMAGE_HEIC] = "heic", [IMAGE_JXL] = "jxl",
};
static_assert(ARRAY_SIZE(picture_formats) == IMAGE_FORMAT_N, "a word for each format");

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

const char *const picture_ways[PICTURES_N + 1] = {[PICTURES_AUTO] = "auto",
						  [PICTURES_KITTY] = "kitty",
						  [PICTURES_SIXEL] = "sixel",
						  [PICTURES_CELLS] = "cells"};

bool picture_way_find(const char *name, enum picture_way *out)
{
	for (int i = 0; picture_ways[i]; i++)
		if (strcmp(picture_ways[i], name) == 0) {
			*out = (enum picture_way)i;
			return true;
		}
	return false;
}
