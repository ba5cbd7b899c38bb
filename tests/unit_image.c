/* Sizes, orientation and density from headers: real files, every cut of them, lying ones, and the
 * exact words. */
#include "tests/unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "image/animated.h"
#include "image/exif.h"
#include "image/header.h"
#include "image/image.h"
#include "image/inflate.h"
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
	{"tests/data/images/turned-300dpi.tif", IMAGE_TIFF, 6, 24, 16, 300, 0},
	{"tests/data/images/big.tif", IMAGE_TIFF, 1, 24, 16, 0, 0},
	{"tests/data/images/turned.avif", IMAGE_AVIF, 8, 24, 16, 0, 0},
	{"tests/data/images/many-properties.avif", IMAGE_AVIF, 7, 24, 16, 0, 0},
	{"tests/data/images/tiny.heic", IMAGE_HEIC, 1, 24, 16, 0, 0},
	{"tests/data/images/bare.jxl", IMAGE_JXL, 1, 24, 16, 0, 0},
	{"tests/data/images/turned.jxl", IMAGE_JXL, 1, 16, 24, 0, 0}, /* its decoder turns it */
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
	{BYTES("hello, world: a text"),
	 "not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)", 0, 0},
	{BYTES("BMW drivers of the world"),
	 "not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)", 0, 0},
	{BYTES("RIFF\x24\0\0\0WAVEfmt "),
	 "not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)", 0, 0},
	{BYTES("\x89PN"), "truncated: the file ends inside its first bytes", 0, 0},
	{BYTES(PNG_MAGIC), "truncated PNG: the header is cut off", 0, 0},
	{BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), "truncated JPEG: the header is cut off", 0, 0},
	{BYTES("GIF89a\x01"), "truncated GIF: the header is cut off", 0, 0},
	{BYTES("II*\0\x08\0\0\0"), "truncated TIFF: the header is cut off", 0, 0},
	{BYTES("\0\0\0\x1c"
	       "ftypavif"),
	 "truncated AVIF: the header is cut off", 0, 0},
	{BYTES("\0\0\0\x1c"
	       "ftypheic"),
	 "truncated HEIC: the header is cut off", 0, 0},
	{BYTES("%PDF-1.7\n"),
	 "PDF is no picture: vtok count FILE counts its pages; pdftoppm -r 150 -png makes "
	 "pictures of them",
	 0, 0},
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
	{BYTES(JPEG_OF("\xe0\0\x04\0\0\0\0\0\0")), "truncated JPEG: the header is cut off", 0, 0},
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

/* A file gives one answer, however it is read. */
static void same_by_every_route(const char *what, const uint8_t *bytes, size_t n)
{
	struct image_info info[3] = {{.width = -7}, {.width = -7}, {.width = -7}};
	struct vtok_error err[3] = {0};
	const char *path = write_path("route", bytes, n);
	bool good[] = {image_probe_bytes(bytes, n, &info[0], &err[0]),
		       image_probe(path, &info[1], &err[1]),
		       image_probe_sized(path, &info[2], &err[2])};

	for (int i = 1; i < 3; i++) {
		if (good[i] != good[0] || strcmp(err[i].text, err[0].text) != 0)
			fail_msg("%s: \"%s\" of bytes, \"%s\" of a file", what, err[0].text,
				 err[i].text);
		if (info[i].format != info[0].format || info[i].width != info[0].width ||
		    info[i].height != info[0].height || info[i].stored_w != info[0].stored_w ||
		    info[i].orientation != info[0].orientation || info[i].dpi != info[0].dpi)
			fail_msg("%s: the routes differ", what);
	}
}

#define KIND(name) "tests/data/images/kinds/" name
static const struct {
	const char *name;
	int width, height;
	const char *says; /* NULL = a picture of that size, as displayed */
} kinds[] = {
	{KIND("png-exif-behind-idat.png"), 48, 64, NULL},
	{KIND("png-by-imagemagick.png"), 48, 64, NULL},
	{KIND("png-raw-profile.png"), 48, 64, NULL},
	{KIND("png-xmp.png"), 48, 64, NULL},
	{KIND("png-exif-prefix.png"), 48, 64, NULL},
	{KIND("jpeg-orientation-long.jpg"), 48, 64, NULL},
	{KIND("jpeg-exif-twice.jpg"), 64, 48, NULL},
	{KIND("jpeg-exif-pad-ff.jpg"), 48, 64, NULL},
	{KIND("jpeg-junk-between-segments.jpg"), 64, 48, NULL},
	{KIND("jpeg-5000-fill-bytes.jpg"), 64, 48, NULL},
	{KIND("gif-frame-larger-than-screen.gif"), 50, 40, NULL},
	{KIND("bmp-os2v2-16.bmp"), 64, 48, NULL},
	{KIND("svg-with-declaration.svg"), 0, 0,
	 "SVG is not supported: convert it to PNG, JPEG or WebP"},
	{KIND("p6.ppm"), 0, 0, "PNM is not supported: convert it to PNG, JPEG or WebP"},
	{KIND("dicom.dcm"), 0, 0, "DICOM is not supported: convert it to PNG, JPEG or WebP"},
	{KIND("jpeg-ls.jls"), 0, 0, "JPEG-LS is not supported: convert it to PNG, JPEG or WebP"},
	{KIND("lfs-pointer.png"), 0, 0,
	 "a Git LFS pointer, not a picture: git lfs pull fetches it"},
	{KIND("html-error-page.jpg"), 0, 0,
	 "an HTML page, not a picture: is the download an error?"},
};

static void what_real_files_showed(void **state)
{
	static uint8_t bytes[64 * 1024];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct image_info info;
		struct vtok_error err = {0};
		bool good = image_probe(data_path(kinds[i].name), &info, &err);

		if (good != !kinds[i].says)
			fail_msg("%s: %s", kinds[i].name, good ? "taken" : err.text);
		if (good && (info.width != kinds[i].width || info.height != kinds[i].height))
			fail_msg("%s: %lldx%lld", kinds[i].name, (long long)info.width,
				 (long long)info.height);
		if (!good)
			assert_string_equal(err.text, kinds[i].says);
		size_t n = slurp(kinds[i].name, bytes, sizeof(bytes));
		assert_true(n < sizeof(bytes));
		same_by_every_route(kinds[i].name, bytes, n);
	}
	unlink(write_path("route", NULL, 0));
}

/* Whole, cut anywhere, with a byte changed. */
static void routes_agree(void **state)
{
	static uint8_t bytes[8 * 1024];
	unsigned seed = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pictures); i++) {
		size_t n = slurp(pictures[i].name, bytes, sizeof(bytes));

		same_by_every_route(pictures[i].name, bytes, n);
		for (size_t k = 0; k < n; k += 1 + n / 25)
			same_by_every_route(pictures[i].name, bytes, k);
		for (int k = 0; k < 25; k++) {
			size_t at = (size_t)rand_r(&seed) % (n < 600 ? n : 600);
			uint8_t was = bytes[at];

			bytes[at] = (uint8_t)rand_r(&seed);
			same_by_every_route(pictures[i].name, bytes, n);
			bytes[at] = was;
		}
	}
	unlink(write_path("route", NULL, 0));
}

static size_t put(uint8_t *to, const char *bytes, size_t n)
{
	memcpy(to, bytes, n);
	return n;
}

#define EXIF_TURNED                                                                                \
	"Exif\0\0MM\0*\0\0\0\x08"                                                                  \
	"\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
#define JPEG_FRAME "\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0"

/* Any number of segments, fill bytes and junk may stand before the frame; what never ends is given
 * up in words that do not call it damaged. */
static void much_before_the_frame(void **state)
{
	enum { SEGMENT = 65535 + 2, SEGMENTS = 128, FILL = 1000000 };
	size_t n = 2;
	uint8_t *file = calloc(1, (size_t)SEGMENT * SEGMENTS + 64);
	struct image_info info;
	struct vtok_error err = {0};

	(void)state;
	assert_non_null(file);
	memcpy(file, "\xff\xd8", 2);
	for (int i = 0; i < SEGMENTS; i++, n += SEGMENT)
		memcpy(file + n, "\xff\xe2\xff\xff", 4);
	n += put(file + n, "\xff\xe1\0\x22" EXIF_TURNED, 4 + sizeof(EXIF_TURNED) - 1);
	n += put(file + n, JPEG_FRAME, 13);
	assert_true(image_probe(write_path("long", file, n), &info, &err));
	assert_true(info.width == 16 && info.height == 32 && info.orientation == 6);
	same_by_every_route("128 segments", file, n);

	memset(file + 2, 0xff, FILL);
	n = 2 + FILL + put(file + 2 + FILL, &JPEG_FRAME[1], 12);
	assert_true(image_probe(write_path("long", file, n), &info, &err));
	assert_true(info.width == 32 && info.height == 16);
	same_by_every_route("fill bytes", file, n);

	/* twice the windows that are read */
	int fd = open(write_path("long", "\xff\xd8\xff", 3), O_WRONLY);
	assert_true(fd >= 0 && ftruncate(fd, (off_t)128 << 20) == 0);
	close(fd);
	assert_false(image_probe(write_path("long", NULL, 0), &info, &err));
	assert_string_equal(err.text, "this JPEG states no size in the 16384 parts that are read");
	unlink(write_path("long", NULL, 0));
	unlink(write_path("route", NULL, 0));
	free(file);
}

/* How many windows a reader took. */
static int reads_of(const uint8_t *bytes, size_t n, struct image_info *info)
{
	struct source s;
	struct vtok_error err = {0};

	source_init_bytes(&s, bytes, n);
	s.size = SOURCE_UNSIZED;
	s.reads_left = IMAGE_READS;
	*info = (struct image_info){.orientation = 1};
	assert_true(header_png(&s, info, &err));
	return IMAGE_READS - s.reads_left;
}

static size_t put_chunk(uint8_t *to, const char *type, size_t len)
{
	uint8_t head[8] = {(uint8_t)(len >> 24), (uint8_t)(len >> 16), (uint8_t)(len >> 8),
			   (uint8_t)len};

	memcpy(head + 4, type, 4);
	memcpy(to, head, 8);
	return len + 12;
}

/* What stands behind the pixels is read without reading them: 16 MB of them in 2,000 chunks that
 * are alike cost a handful of reads, whatever the last one is like and whatever follows. */
static void pixels_are_left_out(void **state)
{
	enum { CHUNK = 8192, CHUNKS = 2000 };
	uint8_t *png = calloc(1, (CHUNK + 12) * (CHUNKS + 2) + 70000);
	struct image_info info;

	(void)state;
	assert_non_null(png);
	for (int last = 0; last <= CHUNK; last += CHUNK / 4)
		for (int text = 0; text <= 60000; text += 20000) {
			size_t n = put(png, PNG_OF("\0\0\0\x20", "\0\0\0\x10", "\x08\2"), 33);

			for (int i = 0; i < CHUNKS; i++)
				n += put_chunk(png + n, "IDAT", CHUNK);
			if (last)
				n += put_chunk(png + n, "IDAT", (size_t)last);
			if (text)
				n += put_chunk(png + n, "tEXt", (size_t)text);
			size_t exif = n + 8;
			n += put_chunk(png + n, "eXIf", sizeof(EXIF_TURNED) - 1 - 6);
			memcpy(png + exif, &EXIF_TURNED[6], sizeof(EXIF_TURNED) - 1 - 6);
			n += put_chunk(png + n, "IEND", 0);
			int reads = reads_of(png, n, &info);
			if (info.orientation != 6 || reads > 20)
				fail_msg("last %d, text %d: orientation %d, %d reads", last, text,
					 info.orientation, reads);
			n = exif - 8 + put_chunk(png + exif - 8, "IEND", 0);
			reads = reads_of(png, n, &info);
			if (info.orientation != 1 || (!text && last && last < CHUNK && reads > 2))
				fail_msg("last %d, text %d: %d reads of an upright one", last, text,
					 reads);
		}
	free(png);
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
		int orientation; /* 0 = there is no such tag */
	} t[] = {
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x06\0\0")), 6},
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x08\0\0")), 8},
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x09\0\0")), 1}, /* no such orientation */
		{BYTES(EXIF_OF("\x03", "\x01", "\0\0\0\0")), 1},
		{BYTES(EXIF_OF("\x01", "\x01", "\x06\0\0\0")), 6}, /* every kind of integer */
		{BYTES(EXIF_OF("\x04", "\x01", "\0\0\0\x06")), 6},
		{BYTES(EXIF_OF("\x06", "\x01", "\x06\0\0\0")), 6},
		{BYTES(EXIF_OF("\x08", "\x01", "\0\x06\0\0")), 6},
		{BYTES(EXIF_OF("\x09", "\x01", "\0\0\0\x06")), 6},
		{BYTES(EXIF_OF("\x09", "\x01", "\xff\xff\xff\xfa")), 1},
		{BYTES(EXIF_OF("\x02", "\x01", "6\0\0\0")), 1},    /* a text */
		{BYTES(EXIF_OF("\x03", "\x02", "\0\x06\0\0")), 1}, /* two of them */
		{BYTES(EXIF_OF("\x03", "\x01", "\0\x06\0")), 0},   /* cut off by a byte */
		{BYTES("Exif\0\xff" EXIF_OF("\x03", "\x01", "\0\x06\0\0")), 6},
		{BYTES("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"), 3},
		{BYTES("II*\0\xff\xff\xff\xff\x01\0????"), 0}, /* a directory far away */
		{BYTES("II+\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"), 0},
		{BYTES("IM*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0"), 0},
		{BYTES("MM\0*"), 0},
		{BYTES(""), 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct source s;
		source_init_bytes(&s, t[i].bytes, t[i].n);
		if (exif_orientation(&s, 0, (int64_t)t[i].n) != t[i].orientation)
			fail_msg("EXIF block %zu", i);
	}
	/* a length that says more than the file has */
	struct source s;
	source_init_bytes(&s, "MM\0*\0\0\0\x08\0\x05", 10);
	assert_int_equal(exif_orientation(&s, 0, INT64_MAX / 2), 0);
}

/* In XMP as an attribute or an element, wherever in the text it stands. */
static void xmp_has_orientations(void **state)
{
	static const struct {
		const char *text;
		int orientation;
	} t[] = {
		{"<x tiff:Orientation=\"6\"/>", 6},
		{"<x tiff:Orientation='8'/>", 8},
		{"<tiff:Orientation>3</tiff:Orientation>", 3},
		{"<x tiff:Orientation=\"9\"/><tiff:Orientation>5<", 5},
		{"<x tiff:Orientation=\"", 0},
		{"<x exif:Orientation=\"6\"/>", 0},
		{"", 0},
	};
	static char text[20000];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		for (size_t before = 0; before < 9000; before = before * 2 + 977) {
			struct source s;
			size_t n = strlen(t[i].text);

			memset(text, 't', sizeof(text));
			memcpy(text + before, t[i].text, n);
			source_init_bytes(&s, text, before + n);
			s.size = SOURCE_UNSIZED;
			assert_int_equal(xmp_orientation(&s, 0, (int64_t)(before + n)),
					 t[i].orientation);
		}
}

/* Streams of Python's zlib: stored, with fixed codes, with codes of their own, long repeats. */
static void inflates_as_zlib_does(void **state)
{
	/* clang-format off */
	static const struct {
		const char *bytes;
		size_t n;
		const char *text; /* repeated */
		size_t times;
	} t[] = {
		{BYTES("\170\001\001\044\000\333\377\157\162\151\145\156\164\141\164\151\157\156\040\066\054\040\164\165\162\156\145\144\040\164\157\040\164\150\145\040\162\151\147\150\164\073\040\367\310\014\336"), "orientation 6, turned to the right; ", 1},
		{BYTES("\170\001\313\057\312\114\315\053\111\054\311\314\317\123\060\323\121\050\051\055\312\113\115\121\050\311\127\050\311\110\125\050\312\114\317\050\261\126\310\247\222\032\000\125\014\046\230"), "orientation 6, turned to the right; ", 3},
		{BYTES("\170\332\355\312\261\015\200\060\014\000\260\127\162\000\063\013\327\040\121\265\135\032\251\012\377\363\002\007\330\263\163\317\266\352\256\231\053\316\043\352\335\253\075\121\031\065\132\354\331\107\135\221\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\216\343\070\316\357\363\001\135\264\143\122"), "orientation 6, turned to the right; ", 1500},
		{BYTES("\170\001\005\301\301\011\000\040\014\003\300\125\062\200\157\077\116\043\130\154\077\051\204\270\277\167\255\012\172\273\232\230\003\176\142\034\270\341\014\250\156\172\241\125\101\157\127\023\163\300\117\214\003\067\234\001\325\115\057\264\052\350\355\152\142\016\370\211\161\340\206\063\240\272\351\205\126\005\275\135\115\314\001\077\061\016\334\160\006\124\067\275\360\001\272\152\063\165"), "orientation 6, turned to the right; ", 4},
	};
	/* clang-format on */
	static uint8_t out[INFLATE_MOST];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		size_t len = strlen(t[i].text), all = len * t[i].times;
		struct source s;

		source_init_bytes(&s, t[i].bytes, t[i].n);
		assert_int_equal(inflate_zlib_head(&s, 0, (int64_t)t[i].n, out, sizeof(out)), all);
		for (size_t k = 0; k < all; k++)
			assert_int_equal(out[k], t[i].text[k % len]);
		/* the beginning alone; cut; wrong */
		assert_int_equal(inflate_zlib_head(&s, 0, (int64_t)t[i].n, out, 7), 7);
		for (size_t k = 0; k < t[i].n - 5; k++)
			assert_true(inflate_zlib_head(&s, 0, (int64_t)k, out, sizeof(out)) < all);
		assert_int_equal(inflate_zlib_head(&s, 1, (int64_t)t[i].n - 1, out, 7), 0);
	}
}

static size_t put_size(uint8_t *to, size_t n, const char *type)
{
	put_chunk(to, type, n);
	return 8;
}

/* A HEIF file of 24 x 16 with these properties of its picture, in this order. */
static size_t put_heif(uint8_t *to, const char *brand, const char *properties, size_t n, int count)
{
	uint8_t *p = to;
	size_t ipco = 8 + 20 + n, ipma = 8 + 4 + 4 + 3 + (size_t)count + 1;
	size_t meta = 12 + 14 + 8 + ipco + ipma;

	p += put(p,
		 "\0\0\0\x14"
		 "ftyp",
		 8);
	p += put(p, brand, 4);
	p += put(p, "\0\0\0\0mif1", 8);
	p += put_size(p, meta, "meta");
	p += put(p, "\0\0\0\0\0\0\0\x0epitm\0\0\0\0\0\7", 18);
	p += put_size(p, 8 + ipco + ipma, "iprp");
	p += put_size(p, ipco, "ipco");
	p += put(p, "\0\0\0\x14ispe\0\0\0\0\0\0\0\x18\0\0\0\x10", 20);
	p += put(p, properties, n);
	p += put_size(p, ipma, "ipma");
	p += put(p, "\0\0\0\0\0\0\0\1\0\7", 10);
	*p++ = (uint8_t)(count + 1);
	for (int i = 0; i <= count; i++)
		*p++ = (uint8_t)(0x80 | (i + 1));
	return (size_t)(p - to);
}

/* Rows of properties that end with the file: what was read of one stayed when the next was read. */
static void boxes_end_within_a_row(void **state)
{
	enum { META = 20, ITEM = 44, IPMA = 21, ROWS = 300 };
	static uint8_t file[1024];
	struct vtok_error err = {0};
	struct image_info info;
	size_t n = put_heif(file, "heic", "", 0, 1);
	uint8_t *ipma = file + n - IPMA, *iprp = ipma - 36;

	(void)state;
	assert_memory_equal(ipma + 4, "ipma", 4);
	assert_memory_equal(iprp + 4, "iprp", 4);
	put_size(file + META, n - META + ROWS, "meta");
	put_size(iprp, 36 + IPMA + ROWS, "iprp");
	put_size(ipma, IPMA + ROWS, "ipma");
	memcpy(ipma + 12, "\0\0\1\0", 4); /* rows */
	memset(file + ITEM, 0x40, 2);
	memset(ipma + 16, 0x40, ROWS); /* each of 64 properties of the item */
	for (size_t end = n - 5; end < n + 150; end++)
		image_probe(write_path("rows.heic", file, end), &info, &err);
	assert_false(image_probe(write_path("rows.heic", file, n + 60), &info, &err));
	unlink(write_path("rows.heic", NULL, 0));
}

#define IROT(n) "\0\0\0\x09irot" n
#define IMIR(n) "\0\0\0\x09imir" n
#define CLAP                                                                                       \
	"\0\0\0\x28"                                                                               \
	"clap\0\0\0\x28\0\0\0\2\0\0\0\x0a\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1"

static void boxes_turn_and_cut(void **state)
{
	static const struct {
		const char *properties;
		size_t n;
		int count, orientation; /* of AVIF */
		int heic_w, heic_h;
	} t[] = {
		{BYTES(""), 0, 1, 24, 16},
		{BYTES(IROT("\0")), 1, 1, 24, 16},
		{BYTES(IROT("\1")), 1, 8, 16, 24}, /* to the left */
		{BYTES(IROT("\2")), 1, 3, 24, 16},
		{BYTES(IROT("\3")), 1, 6, 16, 24},
		{BYTES(IMIR("\1")), 1, 2, 24, 16}, /* left and right */
		{BYTES(IMIR("\0")), 1, 4, 24, 16}, /* top and bottom */
		{BYTES(IROT("\1") IMIR("\1")), 2, 7, 16, 24},
		{BYTES(IROT("\1") IMIR("\0")), 2, 5, 16, 24},
		{BYTES(IROT("\3") IMIR("\1")), 2, 5, 16, 24},
		{BYTES(IMIR("\1") IROT("\1")), 2, 5, 16, 24},
		{BYTES(CLAP), 1, 1, 20, 10},
		{BYTES(CLAP IROT("\1")), 2, 8, 10, 20},
	};
	uint8_t file[512];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct image_info info;
		struct vtok_error err = {0};
		size_t n = put_heif(file, "avif", t[i].properties, t[i].n, t[i].count);

		assert_true(image_probe_bytes(file, n, &info, &err));
		if (info.orientation != t[i].orientation || info.stored_w != 24 ||
		    info.stored_h != 16)
			fail_msg("AVIF %zu: %d, %lldx%lld", i, info.orientation,
				 (long long)info.stored_w, (long long)info.stored_h);
		for (size_t k = 12; k < n; k++)
			assert_false(image_probe_bytes(file, k, &info, NULL) &&
				     info.stored_w != 24);
		n = put_heif(file, "heic", t[i].properties, t[i].n, t[i].count);
		assert_true(image_probe_bytes(file, n, &info, &err));
		if (info.width != t[i].heic_w || info.height != t[i].heic_h ||
		    info.stored_w != info.width || info.orientation != 1)
			fail_msg("HEIC %zu: %lldx%lld", i, (long long)info.width,
				 (long long)info.height);
	}
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
		cmocka_unit_test(what_real_files_showed),
		cmocka_unit_test(routes_agree),
		cmocka_unit_test(much_before_the_frame),
		cmocka_unit_test(pixels_are_left_out),
		cmocka_unit_test(inflates_as_zlib_does),
		cmocka_unit_test(boxes_end_within_a_row),
		cmocka_unit_test(boxes_turn_and_cut),
		cmocka_unit_test(orientation_is_bounded),
		cmocka_unit_test(xmp_has_orientations),
		cmocka_unit_test(a_gif_that_moves_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
