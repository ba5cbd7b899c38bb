/* Pictures made anew in the confined child: right size and colours, upright, what is carried over
 * and what is said to be lost, and what happens to files that are none. */
#include "config.h"
#include "tests/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "image/image.h"
#include "image/pixels.h"
#include "image/profile.h"
#include "image/remake.h"
#include "tests/decodes.h"

static const char *data_path(const char *name)
{
	static char path[4096];
	const char *src = getenv("SRCDIR");

	return str_format(path, sizeof(path), "%s/tests/data/images/%s", src ? src : ".", name);
}

static const char *write_path(const void *bytes, size_t n)
{
	static char path[4096];
	const char *build = getenv("BUILDDIR");
	FILE *f;

	str_format(path, sizeof(path), "%s/unit_remake.tmp", build ? build : ".");
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return path;
}

static struct remade make(const char *path, int width, int height, enum image_format format)
{
	struct remake how = {.width = width, .height = height, .format = format, .quality = 95};
	struct vtok_error err = {0};
	struct remade out;

	if (!remake(path, &how, &out, &err))
		fail_msg("%s: %s", path, err.text);
	return out;
}

/* Its pixels as another program sees them. */
static struct raster pixels_of(const struct remade *m)
{
	struct vtok_error err = {0};
	struct raster r;

	if (!pixels_load(write_path(m->bytes, m->n), 64, 64, false, &r, &err))
		fail_msg("%s", err.text);
	return r;
}

static bool near(int a, int b)
{
	return abs(a - b) <= 14; /* lossy formats */
}

/* tests/data/images/README: red tells left from right, green upper from lower, as stored. */
static void sizes_and_colours_are_right(void **state)
{
	unit_decodes();
	static const struct {
		const char *name;
		bool turned;
	} from[] = {
		{"tiny.png", false},   {"tiny.jpg", false},
		{"tiny.bmp", false},   {"tiny.gif", false},
#ifdef HAVE_WEBP
		{"lossy.webp", false}, {"lossless.webp", false},
#endif
	};
	static const enum image_format to[] = {IMAGE_PNG, IMAGE_JPEG, IMAGE_WEBP};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(from); i++)
		for (size_t k = 0; k < ARRAY_SIZE(to); k++) {
			if (!remake_can(to[k]))
				continue;
			struct remade m = make(data_path(from[i].name), 12, 8, to[k]);
			struct image_info info;
			struct vtok_error err = {0};

			assert_true(image_probe_bytes(m.bytes, m.n, &info, &err));
			assert_int_equal(info.format, to[k]);
			assert_int_equal(info.width, 12);
			assert_int_equal(info.height, 8);
			assert_int_equal(info.orientation, 1);
			assert_false(m.covered_white || m.dropped_profile || m.dropped_frames);
			struct raster r = pixels_of(&m);

			for (int y = 1; y < 8; y += 5)
				for (int x = 1; x < 12; x += 9) {
					const uint8_t *p = r.rgb + (y * 12 + x) * 3;

					assert_true(near(p[0], x < 6 ? 200 : 30));
					assert_true(near(p[1], y < 4 ? 180 : 20));
					assert_true(near(p[2], 120));
				}
			pixels_free(&r);
			free(m.bytes);
		}
}

/* Orientation 6: the stored left half is the upper half that people see. */
static void turned_pictures_are_upright_without_a_tag(void **state)
{
	unit_decodes();
	struct remade m = make(data_path("turned-300dpi.jpg"), 8, 12, IMAGE_JPEG);
	struct image_info info;
	struct vtok_error err = {0};

	(void)state;
	assert_true(image_probe_bytes(m.bytes, m.n, &info, &err));
	assert_int_equal(info.width, 8);
	assert_int_equal(info.height, 12);
	assert_int_equal(info.orientation, 1);
	struct raster r = pixels_of(&m);

	assert_true(near(r.rgb[(1 * 8 + 4) * 3], 200));
	assert_true(near(r.rgb[(10 * 8 + 4) * 3], 30));
	pixels_free(&r);
	free(m.bytes);
}

/* An own size gives the very pixels. */
static void nothing_is_softened_without_a_resize(void **state)
{
	unit_decodes();
	struct remade m = make(data_path("tiny.png"), 24, 16, IMAGE_PNG);
	struct vtok_error err = {0};
	struct raster a, b = pixels_of(&m);

	(void)state;
	assert_true(pixels_load(data_path("tiny.png"), 64, 64, false, &a, &err));
	assert_int_equal(a.width, b.width);
	assert_memory_equal(a.rgb, b.rgb, 24 * 16 * 3);
	pixels_free(&a);
	pixels_free(&b);
	free(m.bytes);
}

/* 2 x 1 pixels: black without cover, black in full. Made to 1 x 1, what covers nothing weighs
 * nothing; alone it lies over white in a JPEG. Stored blocks of zlib, no filter. */
static void transparency_is_kept_or_said(void **state)
{
	unit_decodes();
	static const uint8_t png[] = {
		0x89, 'P', 'N',  'G',  13,   10,   26,   10,   0,    0,    0,    13,   'I',
		'H',  'D', 'R',  0,    0,    0,    2,    0,    0,    0,    1,    8,    6,
		0,    0,   0,    0xf4, 0x22, 0x7f, 0x8a, 0,    0,    0,    20,   'I',  'D',
		'A',  'T', 0x78, 1,    1,    9,    0,    0xf6, 0xff, 0,    0,    0,    0,
		0,    0,   0,    0,    255,  0x09, 0x00, 0x01, 0x00, 0,    0,    0,    0,
		0,    0,   0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82,
	};
	struct remade m = make(write_path(png, sizeof(png)), 2, 1, IMAGE_JPEG);

	(void)state;
	assert_true(m.covered_white);
	struct raster r = pixels_of(&m);

	assert_true(r.rgb[0] > r.rgb[3] + 60); /* JPEG smears two pixels */
	pixels_free(&r);
	free(m.bytes);
	m = make(write_path(png, sizeof(png)), 2, 1, IMAGE_PNG);
	assert_false(m.covered_white);
	assert_int_equal(m.bytes[25], 6); /* colour type: with alpha */
	free(m.bytes);
	m = make(data_path("tiny.png"), 12, 8, IMAGE_PNG);
	assert_int_equal(m.bytes[25], 2); /* without: none was needed */
	free(m.bytes);
}

/* Grey between black and white stripes of one pixel: half the light is 188 in sRGB, not 128. */
static void light_is_added_and_not_its_code(void **state)
{
	unit_decodes();
	enum { SIDE = 64 };
	static uint8_t bmp[54 + SIDE * SIDE * 3];
	const uint8_t head[54] = {
		'B', 'M', 0, 0,    0, 0, 0, 0,    0, 0, 54, 0, 0, 0,  40,
		0,   0,   0, SIDE, 0, 0, 0, SIDE, 0, 0, 0,  1, 0, 24, 0,
	};

	(void)state;
	memcpy(bmp, head, sizeof(head));
	for (int i = 0; i < SIDE * SIDE; i++)
		memset(bmp + 54 + i * 3, i % 2 ? 255 : 0, 3);
	struct remade m = make(write_path(bmp, sizeof(bmp)), 16, 16, IMAGE_PNG);
	struct raster r = pixels_of(&m);

	for (int i = 0; i < 16 * 16; i++)
		if (i % 16 > 1 && i % 16 < 14)
			assert_true(abs(r.rgb[i * 3] - 188) <= 3);
	pixels_free(&r);
	free(m.bytes);
}

static size_t insert(uint8_t *out, const uint8_t *file, size_t n, size_t at, const uint8_t *piece,
		     size_t piece_n)
{
	memcpy(out, file, at);
	memcpy(out + at, piece, piece_n);
	memcpy(out + at + piece_n, file + at, n - at);
	return n + piece_n;
}

static size_t read_file(const char *path, uint8_t *out, size_t size)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(out, 1, size, f);
	fclose(f);
	return n;
}

/* A made-up profile in each format: the bytes come along, or it is said that they do not. */
static void profiles_come_along_in_their_format(void **state)
{
	unit_decodes();
	static const uint8_t icc_png[] = {0, 0, 0, 6, 'i', 'C', 'C', 'P', 'x',
					  0, 0, 1, 2, 3,   9,   9,   9,   9};
	static const uint8_t icc_jpeg[] = {0xff, 0xe2, 0,   20,  'I', 'C', 'C', '_', 'P', 'R', 'O',
					   'F',  'I',  'L', 'E', 0,   1,   2,   'a', 'b', 'c', 'd',
					   0xff, 0xe2, 0,   18,  'I', 'C', 'C', '_', 'P', 'R', 'O',
					   'F',  'I',  'L', 'E', 0,   2,   2,   'e', 'f'};
	static uint8_t file[8192], with[8192];
	size_t n = read_file(data_path("tiny.png"), file, 4096);
	struct remade m;

	(void)state;
	n = insert(with, file, n, 33, icc_png, sizeof(icc_png));
	m = make(write_path(with, n), 12, 8, IMAGE_PNG);
	assert_false(m.dropped_profile);
	assert_memory_equal(m.bytes + 33, icc_png, sizeof(icc_png));
	free(m.bytes);
	m = make(write_path(with, n), 12, 8, IMAGE_JPEG);
	assert_true(m.dropped_profile);
	free(m.bytes);

	n = read_file(data_path("tiny.jpg"), file, 4096);
	n = insert(with, file, n, 2, icc_jpeg, sizeof(icc_jpeg));
	m = make(write_path(with, n), 12, 8, IMAGE_JPEG);
	assert_false(m.dropped_profile);
	struct span s = profile_find(IMAGE_JPEG, m.bytes, m.n);

	assert_int_equal(s.n, sizeof(icc_jpeg));
	assert_memory_equal(s.bytes, icc_jpeg, s.n);
	struct raster r = pixels_of(&m); /* and it is a picture still */

	assert_int_equal(r.width, 12);
	pixels_free(&r);
	free(m.bytes);
}

/* Every cut of a file with a profile: no reading beyond it (the sanitizers look). */
static void broken_profiles_are_none(void **state)
{
	static const uint8_t jpeg[] = {0xff, 0xd8, 0xff, 0xe2, 0,   20,  'I',  'C', 'C',
				       '_',  'P',  'R',  'O',  'F', 'I', 'L',  'E', 0,
				       1,    1,    'a',  'b',  'c', 'd', 0xff, 0xda};
	static const uint8_t png[] = {0x89, 'P', 'N', 'G', 13,  10,  26, 10, 0, 0, 0,
				      2,    'i', 'C', 'C', 'P', 'x', 0,  1,  2, 3, 4};

	(void)state;
	for (size_t n = 0; n <= sizeof(jpeg); n++) {
		uint8_t *copy = malloc(n ? n : 1);

		memcpy(copy, jpeg, n);
		assert_int_equal(profile_is_there(IMAGE_JPEG, copy, n), n >= 24);
		free(copy);
	}
	for (size_t n = 0; n <= sizeof(png); n++) {
		uint8_t *copy = malloc(n ? n : 1);

		memcpy(copy, png, n);
		assert_int_equal(profile_is_there(IMAGE_PNG, copy, n), n == sizeof(png));
		free(copy);
	}
}

static void what_cannot_be_made_says_why(void **state)
{
	unit_decodes();
	static uint8_t file[8192];
	struct remake how = {.width = 12, .height = 8, .format = IMAGE_PNG, .quality = 90};
	struct vtok_error err = {0};
	struct remade m;
	size_t n = read_file(data_path("tiny.jpg"), file, sizeof(file));

	(void)state;
	assert_false(remake(write_path(file, n / 2), &how, &m, &err));
	assert_non_null(strstr(err.text, "cut off"));
	assert_null(m.bytes);
	err = (struct vtok_error){0};
	assert_false(remake("/nonexistent/a.png", &how, &m, &err));
	err = (struct vtok_error){0};
	assert_false(remake(write_path("text", 4), &how, &m, &err));
	how.width = 20000;
	how.height = 20000;
	err = (struct vtok_error){0};
	assert_false(remake(data_path("tiny.png"), &how, &m, &err));
	assert_non_null(strstr(err.text, "100 megapixels"));
}

static void endings_are_formats(void **state)
{
	static const struct {
		const char *path;
		enum image_format format;
	} t[] = {
		{"a.png", IMAGE_PNG},    {"a.JPG", IMAGE_JPEG},         {"b/a.jpeg", IMAGE_JPEG},
		{"a.webp", IMAGE_WEBP},  {"a.gif", IMAGE_FORMAT_N},     {".png", IMAGE_FORMAT_N},
		{"png", IMAGE_FORMAT_N}, {"a.png.txt", IMAGE_FORMAT_N}, {"", IMAGE_FORMAT_N},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		assert_int_equal(remake_format(t[i].path), t[i].format);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_and_colours_are_right),
		cmocka_unit_test(turned_pictures_are_upright_without_a_tag),
		cmocka_unit_test(nothing_is_softened_without_a_resize),
		cmocka_unit_test(transparency_is_kept_or_said),
		cmocka_unit_test(light_is_added_and_not_its_code),
		cmocka_unit_test(profiles_come_along_in_their_format),
		cmocka_unit_test(broken_profiles_are_none),
		cmocka_unit_test(what_cannot_be_made_says_why),
		cmocka_unit_test(endings_are_formats),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	remove(write_path("", 0));
	return failed;
}
