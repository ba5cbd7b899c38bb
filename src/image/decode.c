#include "config.h"

#include "image/decode.h"

#include <string.h>

#include "image/stb.h"
#include "image/whole.h"

#ifdef HAVE_WEBP
#include <webp/decode.h>
#endif

/* The library of its own that decodes a format; NULL: what is linked does. */
static const struct image_decoder *const libraries[IMAGE_FORMAT_N] = {
	[IMAGE_TIFF] = &decoder_tiff,
	[IMAGE_AVIF] = &decoder_heif,
	[IMAGE_HEIC] = &decoder_heif,
	[IMAGE_JXL] = &decoder_jxl,
};

void decode_load_library(enum image_format format)
{
	if (libraries[format] && !libraries[format]->absent)
		libraries[format]->load();
}

bool decode_starts_threads(enum image_format format)
{
	return libraries[format] && libraries[format]->starts_threads;
}

static bool webp(const uint8_t *bytes, size_t n, int channels, struct decoded *out,
		 const char **why)
{
#ifdef HAVE_WEBP
	*why = "damaged WebP";
	out->pixels = channels == 4 ? WebPDecodeRGBA(bytes, n, &out->width, &out->height)
				    : WebPDecodeRGB(bytes, n, &out->width, &out->height);
	return out->pixels != NULL;
#else
	(void)bytes;
	(void)n;
	(void)channels;
	(void)out;
	*why = "built without WebP pixels";
	return false;
#endif
}

bool decode_picture(enum image_format format, const uint8_t *bytes, size_t n, int channels,
		    struct decoded *out, const char **why)
{
	*out = (struct decoded){0};
	*why = "the file is cut off";
	if (!whole_picture(format, bytes, n))
		return false;
	if (libraries[format] && libraries[format]->absent) {
		*why = libraries[format]->absent;
		return false;
	}
	if (libraries[format])
		return libraries[format]->decode(format, bytes, n, channels, out, why);
	if (format == IMAGE_WEBP)
		return webp(bytes, n, channels, out, why);
	out->pixels = stb_decode(bytes, n, channels, &out->width, &out->height, why);
	return out->pixels && out->width >= 1 && out->height >= 1;
}

/* EXIF orientation o says where the stored picture's row 0 and column 0 belong (CIPA
 * DC-008, 4.6.5): the stored pixel that is shown at x, y of an upright picture of w x h. */
static size_t stored_at(int o, int x, int y, int w, int h, int channels)
{
	int sx = x, sy = y, stride = o >= 5 ? h : w;

	switch (o) {
	case 2:
		sx = w - 1 - x;
		break;
	case 3:
		sx = w - 1 - x;
		sy = h - 1 - y;
		break;
	case 4:
		sy = h - 1 - y;
		break;
	case 5:
		sx = y;
		sy = x;
		break;
	case 6:
		sx = y;
		sy = w - 1 - x;
		break;
	case 7:
		sx = h - 1 - y;
		sy = w - 1 - x;
		break;
	case 8:
		sx = h - 1 - y;
		sy = x;
		break;
	default:
		break;
	}
	return ((size_t)sy * (size_t)stride + (size_t)sx) * (size_t)channels;
}

void decode_upright(const uint8_t *from, uint8_t *to, int orientation, int w, int h, int channels)
{
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++, to += channels)
			memcpy(to, from + stored_at(orientation, x, y, w, h, channels),
			       (size_t)channels);
}
