/* The one file that holds the code of stb. */
#include "config.h"

#include "image/stb.h"

#include <limits.h>
#include <string.h>

/* Warnings of third-party code are not ours to mend. For the whole file: gcc gives the last two at
 * the end of it and where it inlines. */
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-function"
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_GIF
#define STBI_ONLY_BMP
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#include <stb_image.h>
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#include <stb_image_write.h>
#ifdef HAVE_STB_IMAGE_RESIZE2
#define STB_IMAGE_RESIZE2_STATIC
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb_image_resize2.h>
#else
#define STB_IMAGE_RESIZE_STATIC
#define STB_IMAGE_RESIZE_IMPLEMENTATION
#include <stb_image_resize.h>
#endif

uint8_t *stb_decode(const uint8_t *bytes, size_t n, int channels, int *w, int *h, const char **why)
{
	int stored;
	uint8_t *pixels;

	if (n > INT_MAX) {
		*why = "the file is larger than 2 GiB";
		return NULL;
	}
	pixels = stbi_load_from_memory(bytes, (int)n, w, h, &stored, channels);
	if (!pixels)
		*why = strcmp(stbi_failure_reason(), "outofmem") ? stbi_failure_reason()
								 : "not enough memory";
	return pixels;
}

bool stb_shrink(const uint8_t *from, int from_w, int from_h, uint8_t *to, int to_w, int to_h)
{
#ifdef HAVE_STB_IMAGE_RESIZE2
	return stbir_resize_uint8_linear(from, from_w, from_h, 0, to, to_w, to_h, 0, STBIR_RGB);
#else
	return stbir_resize_uint8(from, from_w, from_h, 0, to, to_w, to_h, 0, 3);
#endif
}

bool stb_resample(const uint8_t *from, int from_w, int from_h, uint8_t *to, int to_w, int to_h)
{
#ifdef HAVE_STB_IMAGE_RESIZE2
	return stbir_resize(from, from_w, from_h, 0, to, to_w, to_h, 0, STBIR_RGBA,
			    STBIR_TYPE_UINT8_SRGB, STBIR_EDGE_CLAMP, STBIR_FILTER_CATMULLROM);
#else
	return stbir_resize_uint8_generic(from, from_w, from_h, 0, to, to_w, to_h, 0, 4, 3, 0,
					  STBIR_EDGE_CLAMP, STBIR_FILTER_CATMULLROM,
					  STBIR_COLORSPACE_SRGB, NULL);
#endif
}

bool stb_png(stb_sink *sink, void *arg, const uint8_t *pixels, int w, int h, int channels)
{
	return stbi_write_png_to_func(sink, arg, w, h, channels, pixels, w * channels);
}

bool stb_jpeg(stb_sink *sink, void *arg, const uint8_t *rgb, int w, int h, int quality)
{
	return stbi_write_jpg_to_func(sink, arg, w, h, 3, rgb, quality);
}
