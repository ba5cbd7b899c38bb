/* Where a first picture ends: files made by hand, cut at every byte, and
 * such as no writer makes. */
#include "tests/unit.h"

#include "base/base.h"
#include "image/whole.h"

/* clang-format off */
#define BYTES(s) s, sizeof(s) - 1
#define PNG_OF(rest) "\x89PNG\r\n\x1a\n\0\0\0\x01IHDRxcccc" rest
#define GIF_OF(flags, rest) "GIF89a\1\0\1\0" flags "\0\0" rest
/* width 1, height 2, 24 bits, pixels at byte 54; the fields that differ are given */
#define BMP_OF(height, bits, method, rest) \
	"BM????\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0" height "\1\0" bits method \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" rest
#define OS2_OF(rest) "BM????\0\0\0\0\x1a\0\0\0\x0c\0\0\0\1\0\2\0\1\0\x18\0" rest

/* Whole from `least` bytes on, cut below; n + 1 = never. */
static const struct {
	const char *what;
	enum image_format format;
	const char *bytes;
	size_t n, least;
} files[] = {
	{"png", IMAGE_PNG, BYTES(PNG_OF("\0\0\0\0IENDcccc")), 29},
	{"png, two chunks", IMAGE_PNG, BYTES(PNG_OF("\0\0\0\2IDAT??cccc\0\0\0\0IENDcccc")), 43},
	{"png, a length beyond the file", IMAGE_PNG, BYTES(PNG_OF("\xff\xff\xff\xffIDAT????????")), 38},
	{"png, no end", IMAGE_PNG, BYTES(PNG_OF("\0\0\0\0IDATcccc")), 34},
	{"jpeg", IMAGE_JPEG, BYTES("\xff\xd8\xff\xda\0\2\1\2\xff\xd9"), 10},
	{"jpeg, bytes of 255, restarts and filling", IMAGE_JPEG,
		BYTES("\xff\xd8\xff\xda\0\2\xff\0\1\xff\xd0\2\xff\1\xff\xff\xff\xd9"), 18},
	{"jpeg, an end inside a segment is none", IMAGE_JPEG,
		BYTES("\xff\xd8\xff\xe1\0\4\xff\xd9\xff\xda\0\2\1\xff\xd9 and more"), 15},
	{"jpeg, junk between segments", IMAGE_JPEG, BYTES("\xff\xd8??\xff\xda\0\2\xff\xd9"), 10},
	{"jpeg, a second start", IMAGE_JPEG, BYTES("\xff\xd8\xff\xd8\xff\xd9"), 6},
	{"jpeg, a length of nothing", IMAGE_JPEG, BYTES("\xff\xd8\xff\xda\0\0\xff\xd9"), 8},
	{"jpeg, a length beyond the file", IMAGE_JPEG, BYTES("\xff\xd8\xff\xe0\xff\xff\xff\xd9"), 9},
	{"jpeg, no end", IMAGE_JPEG, BYTES("\xff\xd8\xff\xda\0\2\1\2\3"), 10},
	{"gif", IMAGE_GIF, BYTES(GIF_OF("\0", ",\0\0\0\0\1\0\1\0\0\2\2\x4c\1\0;")), 28},
	{"gif, tables", IMAGE_GIF, BYTES(GIF_OF("\x80", "rgbrgb,\0\0\0\0\1\0\1\0\x80rgbrgb\2\1\x4c\0;")), 39},
	{"gif, an extension before", IMAGE_GIF,
		BYTES(GIF_OF("\0", "!\xf9\2ab\1c\0,\0\0\0\0\1\0\1\0\0\2\0;")), 33},
	{"gif, no blocks", IMAGE_GIF, BYTES(GIF_OF("\0", ",\0\0\0\0\1\0\1\0\0\2")), 25},
	{"gif, a block beyond the file", IMAGE_GIF, BYTES(GIF_OF("\0", ",\0\0\0\0\1\0\1\0\0\2\xff?")), 27},
	{"gif, the end at once: the decoder's business", IMAGE_GIF, BYTES(GIF_OF("\0", ";")), 14},
	{"bmp", IMAGE_BMP, BYTES(BMP_OF("\2\0\0\0", "\x18\0", "\0\0\0\0", "bgr0bgr0")), 61},
	{"bmp, from the top", IMAGE_BMP, BYTES(BMP_OF("\xfe\xff\xff\xff", "\x18\0", "\0\0\0\0", "bgr0bgr0")), 61},
	{"bmp, one bit a pixel", IMAGE_BMP, BYTES(BMP_OF("\2\0\0\0", "\1\0", "\0\0\0\0", "b000b000")), 59},
	{"bmp, masks", IMAGE_BMP, BYTES(BMP_OF("\1\0\0\0", "\x20\0", "\3\0\0\0", "bgra")), 58},
	{"bmp, masks and alpha", IMAGE_BMP, BYTES(BMP_OF("\1\0\0\0", "\x20\0", "\6\0\0\0", "bgra")), 58},
	{"bmp, compressed: no length to hold it against", IMAGE_BMP, BYTES(BMP_OF("\2\0\0\0", "\x08\0", "\1\0\0\0", "")), 34},
	{"bmp, no rows", IMAGE_BMP, BYTES(BMP_OF("\0\0\0\0", "\x18\0", "\0\0\0\0", "")), 34},
	{"bmp, no bits", IMAGE_BMP, BYTES(BMP_OF("\2\0\0\0", "\0\0", "\0\0\0\0", "")), 54},
	{"bmp, more rows than any file", IMAGE_BMP, BYTES(BMP_OF("\0\0\0\x80", "\xff\xff", "\0\0\0\0", "bgra")), 59},
	{"bmp, os/2", IMAGE_BMP, BYTES(OS2_OF("bgr0bgr0")), 33},
	{"webp: libwebp's business", IMAGE_WEBP, BYTES("RIFF"), 0},
};
/* clang-format on */

static void pictures_end_where_they_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		for (size_t k = 0; k <= files[i].n; k++) {
			/* of its own, so that a sanitizer sees a byte too far */
			uint8_t *bytes = malloc(k ? k : 1);
			assert_non_null(bytes);
			memcpy(bytes, files[i].bytes, k);
			bool whole = whole_picture(files[i].format, bytes, k);
			free(bytes);
			if (whole != (k >= files[i].least))
				fail_msg("%s: %zu of %zu bytes are %s", files[i].what, k,
					 files[i].n, whole ? "whole" : "cut");
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_end_where_they_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
