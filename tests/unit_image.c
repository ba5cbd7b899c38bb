/* Sizes, orientation and density from headers: real files, every cut of them, lying ones, and the
 * exact words. */
#include "tests/unit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "image/animated.h"
#include "image/exif.h"
#include "image/image.h"
#include "image/source.h"

static const char *data_path(const char *name)
{
	static char path[4096];
	const char *src = getenv("SRCDIR");

	snprintf(path, sizeof(path), "%s/%s", src ? src : ".", name);
	return path;
}

/* A file of this test in the build folder. */
static const char *write_path(const char *name, const void *bytes, size_t n)
{
	static char path[4096];
	const char *build = getenv("BUILDDIR");

	snprintf(path, sizeof(path), "%s/unit_image.%s.tmp", build ? build : ".", name);
	if (bytes) {
		FILE *f = fopen(path, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(bytes, 1, n, f), n);
		assert_int_equal(fclose(f), 0);
	}
	return path;
}

static size_t slurp(const char *name, uint8_t *to, size_t most)
{
	FILE *f = fopen(data_path(name), "rb");

	assert_non_null(f);
	size_t n = fread(to, 1, most, f);
	fclose(f);
	return n;
}

static const struct {
	const char *name;
	enum image_format format;
	int orientation, stored_w, stored_h, dpi;
	size_t whole; /* bytes from which on the size is known; 0 = not looked at */
} pictures[] = {
	{"tests/data/images/tiny.png", IMAGE_PNG, 1, 24, 16, 0, 33},
	{"tests/data/images/tiny.jpg", IMAGE_JPEG, 1, 24, 16, 0, 167},
	{"tests/data/images/tiny.gif", IMAGE_GIF, 1, 24, 16, 0, 13},
	{"tests/data/images/tiny.bmp", IMAGE_BMP, 1, 24, 16, 0, 46},
	{"tests/data/images/top-down-150dpi.bmp", IMAGE_BMP, 1, 24, 16, 150, 46},
	{"tests/data/images/turned-200dpi.png", IMAGE_PNG, 8, 24, 16, 200, 0},
	{"tests/data/images/turned-300dpi.jpg", IMAGE_JPEG, 6, 24, 16, 300, 0},
	{"tests/data/images/lossy.webp", IMAGE_WEBP, 1, 24, 16, 0, 30},
	{"tests/data/images/lossless.webp", IMAGE_WEBP, 1, 24, 16, 0, 25},
	{"tests/data/images/turned.webp", IMAGE_WEBP, 6, 24, 16, 0, 0},
	{"samples/letter-300dpi.jpg", IMAGE_JPEG, 1, 2480, 3508, 300, 0},
	{"samples/photo.jpg", IMAGE_JPEG, 1, 4032, 3024, 0, 0},
	{"samples/photo-turned.jpg", IMAGE_JPEG, 6, 4032, 3024, 0, 0},
	{"samples/screenshot.png", IMAGE_PNG, 1, 1920, 1080, 0, 0},
	{"samples/phone.png", IMAGE_PNG, 1, 1170, 2532, 0, 0},
};

static void real_files_have_their_sizes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pictures); i++) {
		struct image_info info, sized;
		struct vtok_error err = {0};
		struct stat st;
		bool turned = pictures[i].orientation >= 5;
		int w = pictures[i].stored_w, h = pictures[i].stored_h;

		assert_int_equal(stat(data_path(pictures[i].name), &st), 0);
		assert_true(image_probe_sized(data_path(pictures[i].name), &sized, &err));
		assert_int_equal(sized.file_bytes, st.st_size);
		if (!image_probe(data_path(pictures[i].name), &info, &err))
			fail_msg("%s: %s", pictures[i].name, err.text);
		assert_int_equal(info.format, pictures[i].format);
		assert_int_equal(info.orientation, pictures[i].orientation);
		assert_int_equal(info.stored_w, w);
		assert_int_equal(info.stored_h, h);
		assert_int_equal(info.width, turned ? h : w);
		assert_int_equal(info.height, turned ? w : h);
		assert_int_equal((int)(info.dpi + 0.5), pictures[i].dpi);
	}
}

/* A header cut anywhere never gives a wrong size: an error until all of it is there, the right size
 * from then on. */
static void cut_headers_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pictures); i++) {
		uint8_t bytes[2048];
		struct image_info info;

		if (!pictures[i].whole)
			continue;
		size_t n = slurp(pictures[i].name, bytes, sizeof(bytes));
		assert_true(n > pictures[i].whole);
		for (size_t k = 0; k <= n; k++) {
			struct vtok_error err = {0};
			bool good = image_probe_bytes(bytes, k, &info, &err);
			if (good != (k >= pictures[i].whole))
				fail_msg("%s cut to %zu bytes: %s", pictures[i].name, k,
					 good ? "taken" : err.text);
			if (!good && k > 0)
				assert_non_null(strstr(err.text, "truncated"));
			if (good)
				assert_true(info.stored_w == 24 && info.stored_h == 16);
		}
	}
}

#define PNG_MAGIC "\x89PNG\r\n\x1a\n"
#define PNG_OF(width, height, depth_type)                                                          \
	PNG_MAGIC "\0\0\0\x0dIHDR" width height depth_type "\0\0\0"                                \
		  "\0\0\0\0"
#define JPEG_OF(frame) "\xff\xd8\xff" frame
#define BYTES(s) s, sizeof(s) - 1

static const struct {
	const char *bytes;
	size_t n;
	const char *says; /* NULL = a picture of width x height */
	int64_t width, height;
} headers[] = {
	{"", 0, "the file is empty", 0, 0},
	{BYTES("hello, world: a text"), "not an image (PNG, JPEG, GIF, BMP or WebP)", 0, 0},
	{BYTES("BMW drivers of the world"), "not an image (PNG, JPEG, GIF, BMP or WebP)", 0, 0},
	{BYTES("RIFF\x24\0\0\0WAVEfmt "), "not an image (PNG, JPEG, GIF, BMP or WebP)", 0, 0},
	{BYTES("\x89PN"), "truncated: the file ends inside its first bytes", 0, 0},
	{BYTES(PNG_MAGIC), "truncated PNG: the header is cut off", 0, 0},
	{BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), "truncated JPEG: the header is cut off", 0, 0},
	{BYTES("GIF89a\x01"), "truncated GIF: the header is cut off", 0, 0},
	{BYTES("II*\0\x08\0\0\0"), "TIFF is not supported: convert it to PNG, JPEG or WebP", 0, 0},
	{BYTES("\0\0\0\x1c"
	       "ftypavif"),
	 "AVIF is not supported: convert it to PNG, JPEG or WebP", 0, 0},
	{BYTES("\0\0\0\x1c"
	       "ftypheic"),
	 "HEIC is not supported: convert it to PNG, JPEG or WebP", 0, 0},
	{BYTES("%PDF-1.7\n"), "PDF is not supported: convert it to PNG, JPEG or WebP", 0, 0},
	/* lying headers */
	{BYTES(PNG_OF("\0\0\0\0", "\0\0\0\x10", "\x08\x02")), "damaged PNG: a size of 0x16", 0, 0},
	{BYTES(PNG_OF("\xff\xff\xff\xff", "\0\0\0\x10", "\x08\x02")),
	 "PNG of 4294967295x16: a side is at most 1,000,000,000 pixels", 0, 0},
	{BYTES(PNG_OF("\0\0\0\x10", "\0\0\0\x10", "\x05\x02")),
	 "damaged PNG: no such colour type 2 with 5 bits", 0, 0},
	{BYTES(PNG_MAGIC "\0\0\0\x0dIDAT"
			 "\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\0\0\0\0"),
	 "damaged PNG: it does not start with a header", 0, 0},
	{BYTES("GIF89a\0\0\x10\0\0\0\0"), "damaged GIF: a size of 0x16", 0, 0},
	{BYTES(JPEG_OF("\xda\0\x0c")), "damaged JPEG: pixels before the size", 0, 0},
	{BYTES(JPEG_OF("\xe0\0\x04\0\0\0\0\0\0")),
	 "damaged JPEG: a segment does not end where it says", 0, 0},
	{BYTES(JPEG_OF("\xe0\0\x01\0\0\0\0\0\0")), "damaged JPEG: a segment of no length", 0, 0},
	{BYTES(JPEG_OF("\xc0\0\x11\x08\0\0\0\x10\x03\x01\x22\0\x02\x11\x01\x03\x11\x01")),
	 "this JPEG states its height behind the pixels", 0, 0},
	{BYTES("RIFF\x24\0\0\0WEBPJUNK\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
	 "damaged WebP: no picture header", 0, 0},
	/* sizes that stb_image refuses */
	{BYTES(PNG_OF("\0\x01\0\0", "\0\x01\0\0", "\x08\x02")), NULL, 65536, 65536},
	{BYTES(PNG_OF("\x3b\x9a\xca\0", "\0\0\0\x01", "\x08\x02")), NULL, 1000000000, 1},
	{BYTES(JPEG_OF("\xc1\0\x11\x0c\0\x10\0\x20\x03\x01\x22\0\x02\x11\x01\x03\x11\x01")), NULL,
	 32, 16},
	{BYTES(JPEG_OF("\xc9\0\x11\x08\0\x10\0\x20\x03\x01\x22\0\x02\x11\x01\x03\x11\x01")), NULL,
	 32, 16},
	{BYTES(JPEG_OF("\xc2\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0")), NULL, 65535, 65535},
	/* fill bytes and a restart marker between segments */
	{BYTES(JPEG_OF("\xff\xff\x01\xff\xd0\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0")), NULL,
	 32, 16},
	{BYTES("RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff"), NULL, 16777216,
	 16777216},
};

static void headers_say_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		struct image_info info = {.width = -7};
		struct vtok_error err = {0};
		bool good = image_probe_bytes(headers[i].bytes, headers[i].n, &info, &err);

		if (good != !headers[i].says)
			fail_msg("header %zu: %s", i, good ? "taken" : err.text);
		if (good) {
			assert_int_equal(info.width, headers[i].width);
			assert_int_equal(info.height, headers[i].height);
		} else {
			assert_string_equal(err.text, headers[i].says);
			assert_int_equal(err.code, VTOK_E_INPUT);
			assert_int_equal(info.width, -7);
		}
	}
}

static void files_say_what_is_wrong(void **state)
{
	(void)state;
	struct image_info info;
	struct vtok_error err = {0};

	assert_false(image_probe("/nonexistent/letter.jpg", &info, &err));
	assert_string_equal(err.text, "no such file");
	err = (struct vtok_error){0};
	assert_false(image_probe("/", &info, &err));
	assert_string_equal(err.text, "is a directory");
	err = (struct vtok_error){0};
	assert_false(image_probe("/dev/zero", &info, &err));
	assert_string_equal(err.text, "not a regular file");
	err = (struct vtok_error){0};
	assert_false(image_probe(write_path("empty", "", 0), &info, &err));
	assert_string_equal(err.text, "the file is empty");
	unlink(write_path("empty", NULL, 0));

	/* nobody writes into this pipe: opening it must not wait */
	const char *pipe_path = write_path("fifo", NULL, 0);
	unlink(pipe_path);
	err = (struct vtok_error){0};
	assert_int_equal(mkfifo(pipe_path, 0600), 0);
	assert_false(image_probe(pipe_path, &info, &err));
	assert_string_equal(err.text, "not a regular file");
	unlink(pipe_path);
}

/* Long segments are skipped, not read; endless ones are given up. */
static void reading_is_bounded(void **state)
{
	(void)state;
	enum { SEGMENT = 65535 + 2 };
	size_t size = (size_t)SEGMENT * 100;
	uint8_t *file = calloc(1, size + 64);
	struct image_info info;

	assert_non_null(file);
	memcpy(file, "\xff\xd8", 2);
	size_t at = 2;
	for (int i = 0; i < 20; i++, at += SEGMENT)
		memcpy(file + at, "\xff\xe2\xff\xff", 4);
	memcpy(file + at, "\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0", 13);
	struct vtok_error err = {0};
	assert_true(image_probe(write_path("long", file, at + 13), &info, &err));
	assert_true(info.width == 32 && info.height == 16);
	for (at = 2; at + SEGMENT < size; at += SEGMENT)
		memcpy(file + at, "\xff\xe2\xff\xff", 4);
	memcpy(file + at, "\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0", 13);
	assert_false(image_probe(write_path("long", file, at + 13), &info, &err));
	assert_string_equal(err.text, "damaged JPEG: no size in its first parts");
	unlink(write_path("long", NULL, 0));
	free(file);
}

/* What real files seldom have: the other headers, colour types and units. */
/* clang-format off */
#define DIB_OF(dib, sides, metre) "BM????\0\0\0\0\x36\0\0\0" dib "\0\0\0" sides "\1\0\x18\0\0\0\0\0\0\0\0\0" metre "\0\0\0\0\0\0\0\0"
#define JFIF_OF(unit, density) JPEG_OF("\xe0\0\x10JFIF\0\1\1" unit density density "\0\0\xff\xc0\0\x0b\x08\0\x10\0\x20\1\1\x11\0")
#define PHYS_OF(unit, metre) PNG_OF("\0\0\0\x20", "\0\0\0\x10", "\x08\2") "\0\0\0\x09pHYs" metre metre unit "cccc\0\0\0\0IENDcccc"
static const struct {
	const char *bytes;
	size_t n;
	bool is_good;
	int dpi; /* rounded */
} rare[] = {
	{BYTES("BM????\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x20\0\x10\0\1\0\x18\0"), true, 0},   /* OS/2 */
	{BYTES(DIB_OF("\x28", "\x20\0\0\0\x10\0\0\0", "\x13\x0b\0\0")), true, 72},
	{BYTES(DIB_OF("\x7c", "\x20\0\0\0\xf0\xff\xff\xff", "\1\0\0\0")), true, 0},        /* from the top; nonsense */
	{BYTES(DIB_OF("\x28", "\x20\0\0\0\x10\0\0\0", "\xff\xff\xff\x7f")), true, 0},
	{BYTES(DIB_OF("\x27", "\x20\0\0\0\x10\0\0\0", "\0\0\0\0")), false, 0},
	{BYTES(DIB_OF("\x7d", "\x20\0\0\0\x10\0\0\0", "\0\0\0\0")), false, 0},
	{BYTES(DIB_OF("\x28", "\xe0\xff\xff\xff\x10\0\0\0", "\0\0\0\0")), false, 0},
	{BYTES(JFIF_OF("\0", "\0\1")), true, 0},                        /* an aspect, no density */
	{BYTES(JFIF_OF("\1", "\0\x60")), true, 96},
	{BYTES(JFIF_OF("\2", "\0\x64")), true, 254},                    /* per centimetre */
	{BYTES(JFIF_OF("\3", "\0\x64")), true, 0},
	{BYTES(JPEG_OF("\xe0\0\x10JFXX\0\1\1\1\0\x60\0\x60\0\0\xff\xc3\0\x0b\x08\0\x10\0\x20\1\1\x11\0")), true, 0},
	{BYTES(JPEG_OF("\xc4\0\2\xff\xc8\0\2\xff\xcc\0\2\xff\xcf\0\x0b\x08\0\x10\0\x20\1\1\x11\0")), true, 0},
	{BYTES(JPEG_OF("\xd9")), false, 0},
	{BYTES(JPEG_OF("\xc0\0\x08\x08\0\x10\0\x20")), false, 0},       /* a frame that is too short */
	{BYTES(JPEG_OF("\xc0\0\x0b\x08\0\x10")), false, 0},            /* a cut one */
	{BYTES(JPEG_OF("\xe1\0\x10")), false, 0},
	{BYTES(PHYS_OF("\1", "\0\0\x0b\x13")), true, 72},
	{BYTES(PHYS_OF("\0", "\0\0\x0b\x13")), true, 0},                /* an aspect */
	{BYTES(PNG_OF("\0\0\0\x20", "\0\0\0\x10", "\x08\2") "\0\0\0\x08pHYs????????cccc"), true, 0},
	{BYTES(PNG_OF("\0\0\0\x20", "\0\0\0\x10", "\x08\2") "\0\0\0\x09pHYs??"), true, 0},
	{BYTES(PNG_MAGIC "\0\0\0\4CgBI????cccc\0\0\0\x0dIHDR\0\0\0\x20\0\0\0\x10\x08\6\0\0\0cccc"), true, 0},
	{BYTES(PNG_MAGIC "\0\0\0\x0cIHDR\0\0\0\x20\0\0\0\x10\x08\6\0\0cccc?"), false, 0},
	{BYTES("RIFF????WEBPVP8L????\x2f\x1f\xc0\3\0"), true, 0},         /* the smallest */
	{BYTES("RIFF????WEBPVP8L????\x2e\x1f\xc0\3\0"), false, 0},        /* another signature, and cut */
	{BYTES("RIFF????WEBPVP8L????\x2e\x1f\xc0\3\0?????"), false, 0},
	{BYTES("RIFF????WEBPVP8 ????\0\0\0\x9d\1\x2b\x20\0\x10\0"), false, 0},
	{BYTES("RIFF????WEBPVP8X\x0a\0\0\0\x08\0\0\0\x1f\0\0\x0f\0\0"), true, 0}, /* an EXIF chunk that is not there */
	{BYTES("RIFF????WEBPVP8X\x0a\0\0\0\x08\0\0\0\x1f\0\0\x0f\0\0EXIF\4\0\0\0MM\0*"), true, 0},
	{BYTES("RIFF????WEBPVP8X\x0a\0\0\0\x08\0\0\0\x1f\0\0\x0f\0\0ICCP\1\0\0\0??EXIF\x0a\0\0\0Exif\0\0MM\0*"), true, 0},
};
/* clang-format on */

static void rare_headers_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rare); i++) {
		struct image_info info;
		struct vtok_error err = {0};
		bool good = image_probe_bytes(rare[i].bytes, rare[i].n, &info, &err);

		if (good != rare[i].is_good)
			fail_msg("rare header %zu: %s", i, good ? "taken" : err.text);
		if (good && (info.width != 32 || info.height != 16 || info.orientation != 1 ||
			     (int)(info.dpi + 0.5) != rare[i].dpi))
			fail_msg("rare header %zu: %lldx%lld, %g dpi", i, (long long)info.width,
				 (long long)info.height, info.dpi);
	}
}

/* Every pair of colour type and depth; ISO 15948, table 11.1, has these fifteen. */
static void colour_types_are_known(void **state)
{
	(void)state;
	static const char *const depths[7] = {"1 2 4 8 16 ", "", "8 16 ", "1 2 4 8 ",
					      "8 16 ",       "", "8 16 "};
	for (int type = 0; type < 7; type++)
		for (int depth = 0; depth <= 17; depth++) {
			uint8_t png[] = PNG_OF("\0\0\0\x20", "\0\0\0\x10", "\0\0");
			struct image_info info;
			char word[8];

			png[24] = (uint8_t)depth;
			png[25] = (uint8_t)type;
			snprintf(word, sizeof word, "%d ", depth);
			const char *at = strstr(depths[type], word);
			bool known = at && (at == depths[type] || at[-1] == ' ');
			assert_int_equal(image_probe_bytes(png, sizeof(png) - 1, &info, NULL),
					 known);
		}
}

#define EXIF_OF(type, count, value)                                                                \
	"MM\0*\0\0\0\x08"                                                                          \
	"\0\x02"                                                                                   \
	"\x01\0\0\x03\0\0\0\x01\0\x18\0\0"                                                         \
	"\x01\x12\0" type "\0\0\0" count value

static void orientation_is_bounded(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n;
		int orientation;
	} t[] = {
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x06\0\0")), 6},
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x08\0\0")), 8},
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x09\0\0")), 1}, /* no such orientation */
		{BYTES(EXIF_OF("\x03", "\x01", "\0\0\0\0")), 1},
		{BYTES(EXIF_OF("\x04", "\x01", "\0\x06\0\0")), 1}, /* a long */
		{BYTES(EXIF_OF("\x03", "\x02", "\0\x06\0\0")), 1}, /* two of them */
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x06\0")), 1},   /* cut off by a byte */
		{BYTES("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"), 3},
		{BYTES("II*\0\xff\xff\xff\xff\x01\0"), 1}, /* a directory far away */
		{BYTES("II+\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"), 1},
		{BYTES("IM*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"), 1},
		{BYTES("MM\0*"), 1},
		{BYTES(""), 1},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct source s;
		source_init_bytes(&s, t[i].bytes, t[i].n);
		assert_int_equal(exif_orientation(&s, 0, (int64_t)t[i].n), t[i].orientation);
	}
	/* a length that says more than the file has */
	struct source s;
	source_init_bytes(&s, "MM\0*\0\0\0\x08\0\x05", 10);
	assert_int_equal(exif_orientation(&s, 0, INT64_MAX / 2), 1);
}

/* Of the first byte of its second picture on, and never before; whatever stands in it. */
static void a_gif_that_moves_is_told(void **state)
{
	uint8_t bytes[2048], bad[2048];
	unsigned seed = 5;
	size_t n = slurp("tests/data/images/moving.gif", bytes, sizeof(bytes));
	const size_t second = 13 + 12 + 19 + 230; /* screen, palette, extension, picture */

	(void)state;
	assert_true(image_is_animated(data_path("tests/data/images/moving.gif")));
	for (size_t i = 0; i < ARRAY_SIZE(pictures); i++)
		assert_false(image_is_animated(data_path(pictures[i].name)));
	assert_false(image_is_animated("no such file"));
	for (size_t i = 1; i < n; i++)
		assert_int_equal(image_is_animated(write_path("cut", bytes, i)), i > second);
	for (int i = 0; i < 300; i++) {
		memcpy(bad, bytes, n);
		bad[rand_r(&seed) % n] = (uint8_t)rand_r(&seed);
		image_is_animated(write_path("cut", bad, n));
	}
	unlink(write_path("cut", NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_files_have_their_sizes),
		cmocka_unit_test(cut_headers_are_told),
		cmocka_unit_test(headers_say_what_is_wrong),
		cmocka_unit_test(rare_headers_are_read),
		cmocka_unit_test(colour_types_are_known),
		cmocka_unit_test(files_say_what_is_wrong),
		cmocka_unit_test(reading_is_bounded),
		cmocka_unit_test(orientation_is_bounded),
		cmocka_unit_test(a_gif_that_moves_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
