/* TIFF by libtiff, as stored: the orientation is applied as that of other formats is. */
#include "config.h"

#include "image/decoder.h"

#ifdef HAVE_TIFF

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

#include "base/base.h"
#include "image/late.h"

#define FUNCTIONS(F)                                                                               \
	F(TIFFSetErrorHandler)                                                                     \
	F(TIFFSetWarningHandler)                                                                   \
	F(TIFFClientOpen)                                                                          \
	F(TIFFGetField)                                                                            \
	F(TIFFSetField)                                                                            \
	F(TIFFIsTiled)                                                                             \
	F(TIFFNumberOfTiles)                                                                       \
	F(TIFFNumberOfStrips)                                                                      \
	F(TIFFGetStrileOffset)                                                                     \
	F(TIFFGetStrileByteCount)                                                                  \
	F(TIFFRGBAImageOK)                                                                         \
	F(TIFFReadRGBAImageOriented)

FUNCTIONS(LATE_POINTER)

static const struct late functions[] = {FUNCTIONS(LATE_ROW)};
static bool has_library;

static int compare_bytes(const void *a, const void *b)
{
	return *(const uint8_t *)a - *(const uint8_t *)b;
}

/* The C library asks the system for its memory the first time that it sorts something large, and
 * libtiff sorts. */
static void sort_once(void)
{
	uint8_t bytes[4096] = {0};

	qsort(bytes, sizeof(bytes), 1, compare_bytes);
}

static void load(void)
{
	sort_once();
	has_library = late_load(TIFF_SONAME, functions, ARRAY_SIZE(functions));
}

/* ---- a file in memory */

struct memory {
	const uint8_t *bytes;
	toff_t n, at;
};

static tmsize_t memory_read(thandle_t h, void *to, tmsize_t want)
{
	struct memory *m = h;
	toff_t left = m->at < m->n ? m->n - m->at : 0;
	tmsize_t n = (toff_t)want < left ? want : (tmsize_t)left;

	memcpy(to, m->bytes + m->at, n > 0 ? (size_t)n : 0);
	m->at += (toff_t)n;
	return n;
}

static tmsize_t memory_write(thandle_t h, void *from, tmsize_t n)
{
	(void)h;
	(void)from;
	(void)n;
	return 0;
}

static toff_t memory_seek(thandle_t h, toff_t to, int whence)
{
	struct memory *m = h;

	m->at = whence == SEEK_CUR ? m->at + to : whence == SEEK_END ? m->n + to : to;
	return m->at;
}

static int memory_close(thandle_t h)
{
	(void)h;
	return 0;
}

static toff_t memory_size(thandle_t h)
{
	return ((struct memory *)h)->n;
}

static int memory_map(thandle_t h, void **base, toff_t *n)
{
	struct memory *m = h;

	*base = (void *)(uintptr_t)m->bytes;
	*n = m->n;
	return 1;
}

static void memory_unmap(thandle_t h, void *base, toff_t n)
{
	(void)h;
	(void)base;
	(void)n;
}

/* ---- the picture */

/* Decoders of fax pages fill up with white what is not there. */
static bool is_whole(TIFF *t, uint64_t file_bytes)
{
	uint32_t n = call_TIFFIsTiled(t) ? call_TIFFNumberOfTiles(t) : call_TIFFNumberOfStrips(t);

	for (uint32_t i = 0; i < n; i++) {
		uint64_t at = call_TIFFGetStrileOffset(t, i);
		uint64_t len = call_TIFFGetStrileByteCount(t, i);

		if (at > file_bytes || len > file_bytes - at)
			return false;
	}
	return true;
}

enum alpha { ALPHA_NONE, ALPHA_PLAIN, ALPHA_MULTIPLIED };

/* What the fourth value is. libtiff multiplies plain colours by their transparency: it is told that
 * this was done, so that they come as they are stored. */
static enum alpha alpha_of(TIFF *t)
{
	uint16_t multiplied = EXTRASAMPLE_ASSOCALPHA, n = 0, *kinds = NULL;

	if (!call_TIFFGetField(t, TIFFTAG_EXTRASAMPLES, &n, &kinds) || n < 1)
		return ALPHA_NONE;
	if (kinds[0] == EXTRASAMPLE_ASSOCALPHA)
		return ALPHA_MULTIPLIED;
	if (kinds[0] != EXTRASAMPLE_UNASSALPHA)
		return ALPHA_NONE;
	return n == 1 && call_TIFFSetField(t, TIFFTAG_EXTRASAMPLES, 1, &multiplied)
		       ? ALPHA_PLAIN
		       : ALPHA_MULTIPLIED;
}

/* Words of ABGR from high to low become bytes of RGBA. */
static void to_bytes(uint8_t *pixels, size_t n, enum alpha alpha)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t *p = pixels + 4 * i;
		uint32_t word;

		memcpy(&word, p, 4);
		p[0] = (uint8_t)TIFFGetR(word);
		p[1] = (uint8_t)TIFFGetG(word);
		p[2] = (uint8_t)TIFFGetB(word);
		p[3] = alpha == ALPHA_NONE ? 255 : (uint8_t)TIFFGetA(word);
	}
	if (alpha == ALPHA_MULTIPLIED)
		decoder_divide_alpha(pixels, n);
}

static bool read_pixels(TIFF *t, uint64_t file_bytes, int channels, struct decoded *out,
			const char **why)
{
	static char
		refusal[1024]; /* libtiff's own sentence: which pixels it cannot turn into RGB */
	uint32_t w = 0, h = 0, profile_bytes = 0;
	uint16_t orientation = ORIENTATION_TOPLEFT;
	void *profile;

	call_TIFFGetField(t, TIFFTAG_IMAGEWIDTH, &w);
	call_TIFFGetField(t, TIFFTAG_IMAGELENGTH, &h);
	call_TIFFGetField(t, TIFFTAG_ORIENTATION, &orientation);
	out->has_profile = call_TIFFGetField(t, TIFFTAG_ICCPROFILE, &profile_bytes, &profile) &&
			   profile_bytes > 0;
	*why = refusal;
	if (!call_TIFFRGBAImageOK(t, refusal))
		return false;
	*why = "the file is cut off";
	if (!is_whole(t, file_bytes))
		return false;
	enum alpha alpha = alpha_of(t);
	if (!decoder_room(w, h, 4, out, why))
		return false;
	*why = "damaged TIFF";
	/* asked for in its own orientation, it comes as it is stored */
	if (!call_TIFFReadRGBAImageOriented(t, w, h, (uint32_t *)(void *)out->pixels, orientation,
					    1))
		return false;
	to_bytes(out->pixels, (size_t)w * h, alpha);
	if (channels == 3)
		decoder_drop_alpha(out->pixels, (size_t)w * h);
	return true;
}

static bool decode(enum image_format format, const uint8_t *bytes, size_t n, int channels,
		   struct decoded *out, const char **why)
{
	struct memory m = {bytes, n, 0};
	TIFF *t;

	(void)format;
	*why = TIFF_SONAME " is not on this system: it decodes TIFF";
	if (!has_library)
		return false;
	call_TIFFSetErrorHandler(NULL);
	call_TIFFSetWarningHandler(NULL);
	*why = "damaged TIFF";
	t = call_TIFFClientOpen("TIFF", "r", &m, memory_read, memory_write, memory_seek,
				memory_close, memory_size, memory_map, memory_unmap);
	return t && read_pixels(t, n, channels, out, why);
	/* nothing is freed: the process ends */
}

const struct image_decoder decoder_tiff = {.load = load, .decode = decode};

#else

const struct image_decoder decoder_tiff = {
	.absent = "this vtok was built without libtiff, which decodes TIFF"};

#endif
