/* What is known of a picture: filled by image/, which reads files, shown by view/, which reads
 * none. */
#ifndef VTOK_BASE_PICTURE_H
#define VTOK_BASE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum image_format {
	IMAGE_PNG,
	IMAGE_JPEG,
	IMAGE_GIF,
	IMAGE_BMP,
	IMAGE_WEBP,
	IMAGE_TIFF,
	IMAGE_AVIF,
	IMAGE_HEIC,
	IMAGE_JXL,
	IMAGE_FORMAT_N
};

/* "png", "jpeg" ... as the names of keys and conditions have them, in enum order. */
extern const char *const picture_formats[IMAGE_FORMAT_N];

/* From the header alone. Phones store a picture lying on its side and note how to turn it (EXIF):
 * stored is what the file holds, width and height what people see. HEIC and JPEG XL are turned by
 * every decoder: their stored size is the turned one, their orientation 1. */
struct image_info {
	enum image_format format;
	int orientation;            /* EXIF: 1 = upright; 5..8 swap the sides */
	int64_t stored_w, stored_h; /* pixels in the file, 1..1000000000 */
	int64_t width, height;      /* pixels as displayed */
	double dpi;                 /* pixels per inch the header states; 0 = it does not */
	int64_t file_bytes;         /* 0 = not asked for */
};

/* A video, from its container alone. */
struct clip_info {
	const char *format;         /* "MP4", "QuickTime", "WebM", "Matroska" */
	int64_t stored_w, stored_h; /* pixels of a frame in the file, 1..1000000000 */
	int64_t width, height;      /* as displayed */
	int orientation;            /* as of EXIF: 1 = upright; 3, 6 and 8 */
	double seconds;             /* 0 = the file does not say */
	double rate;                /* frames a second; 0 = the file does not say */
	int64_t frames;             /* 0 = the file does not say */
};

/* Pixels in memory, upright: RGB, 8 bits each, rows without padding. */
struct raster {
	int width, height; /* pixels; 0 = no picture */
	uint8_t *rgb;      /* width * height * 3 bytes; NULL = no picture */
};

/* What a screen draws a picture with: two pixels in a cell, four, six, or pixels of its own. */
enum picture_ink { INK_HALVES, INK_QUADRANTS, INK_SEXTANTS, INK_PIXELS };

struct picture_means {
	enum picture_ink ink;
	/* of INK_PIXELS; else 0 */
	int cell_w, cell_h;       /* pixels of a cell */
	int most_cols, most_rows; /* of one picture, cells; 0 = any */
};

/* How a person wants it drawn: by what the terminal has, or by one of its ways. */
enum picture_way { PICTURES_AUTO, PICTURES_KITTY, PICTURES_SIXEL, PICTURES_CELLS, PICTURES_N };

/* "auto", "kitty", "sixel", "cells"; NULL behind the last. */
extern const char *const picture_ways[PICTURES_N + 1];

/* False, and leaves *out alone: there is none of that name. */
bool picture_way_find(const char *name, enum picture_way *out);

/* Whether a name ends like a picture's, ".jpg" and so on in any case: what is dropped on a terminal
 * or lies in an archive beside texts. The content is another matter. */
bool picture_has_ending(const char *name);

#endif
