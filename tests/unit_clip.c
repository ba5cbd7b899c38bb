/* Containers of videos: what their headers say, every cut of them, and the exact words. The files
 * are made by tests/data/clips/make.py. */
#include "tests/unit.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "image/clip.h"

static const char *data_path(const char *name)
{
	static char path[4096];
	const char *src = getenv("SRCDIR");

	snprintf(path, sizeof(path), "%s/tests/data/clips/%s", src ? src : ".", name);
	return path;
}

static const struct {
	const char *name, *format;
	int orientation, w, h;
	double seconds, rate;
	int frames;
} clips[] = {
	{"plain.mp4", "MP4", 1, 640, 360, 3, 30, 90},
	{"turned.mp4", "MP4", 6, 1080, 1920, 2.002, 30000 / 1001.0, 60},
	{"old.mov", "QuickTime", 1, 320, 240, 2, 20, 40},
	{"fragments.mp4", "MP4", 1, 854, 480, 2, 25, 50},
	{"extended.mp4", "MP4", 1, 854, 480, 7.5, 25, 0},
	{"plain.webm", "WebM", 1, 640, 480, 5, 25, 0},
	{"live.webm", "WebM", 1, 1280, 720, 0, 30, 0},
	{"cropped.mkv", "Matroska", 6, 1080, 1920, 2, 1e9 / 41708333, 0},
};

static void headers_tell_size_length_and_rate(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(clips); i++) {
		struct clip_info c;
		struct vtok_error err = {0};
		assert_int_equal(clip_probe(data_path(clips[i].name), &c, &err), CLIP_GOOD);
		assert_string_equal(c.format, clips[i].format);
		assert_int_equal(c.orientation, clips[i].orientation);
		assert_int_equal(c.width, clips[i].w);
		assert_int_equal(c.height, clips[i].h);
		assert_true(fabs(c.seconds - clips[i].seconds) < 1e-9);
		assert_true(fabs(c.rate - clips[i].rate) < 1e-9);
		assert_int_equal(c.frames, clips[i].frames);
	}
}

static size_t slurp(const char *name, uint8_t *to, size_t most)
{
	FILE *f = fopen(data_path(name), "rb");

	assert_non_null(f);
	size_t n = fread(to, 1, most, f);
	fclose(f);
	return n;
}

/* A cut file tells what it still can, or says in one line that it is cut; never a size of none. */
static void every_cut_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(clips); i++) {
		uint8_t bytes[2048];
		size_t n = slurp(clips[i].name, bytes, sizeof(bytes));
		for (size_t cut = 0; cut < n; cut++) {
			struct clip_info c = {0};
			struct vtok_error err = {0};
			enum clip_state s = clip_probe_bytes(bytes, cut, &c, &err);
			assert_true(s == CLIP_BAD ? err.text[0] && !strchr(err.text, '\n')
						  : !err.text[0]);
			if (s == CLIP_GOOD) {
				assert_true(c.width > 0 && c.height > 0);
				assert_true(c.seconds >= 0 && c.rate >= 0 && c.frames >= 0);
			}
		}
	}
}

static enum clip_state probe(const void *bytes, size_t n, struct vtok_error *err)
{
	struct clip_info c;

	*err = (struct vtok_error){0};
	return clip_probe_bytes(bytes, n, &c, err);
}

static void words(void **state)
{
	(void)state;
	struct vtok_error err;
	uint8_t bytes[2048];
	size_t n = slurp("sound.mp4", bytes, sizeof(bytes));

	assert_int_equal(probe(bytes, n, &err), CLIP_BAD);
	assert_string_equal(err.text, "this MP4 has sound but no pictures");
	assert_int_equal(probe("\0\0\0\x14"
			       "ftypisom\0\0\0\0mp42",
			       20, &err),
			 CLIP_BAD);
	assert_string_equal(err.text, "truncated MP4: the header is cut off");
	/* pictures come in the same boxes */
	assert_int_equal(probe("\0\0\0\x14"
			       "ftypavif\0\0\0\0mif1",
			       20, &err),
			 CLIP_OTHER);
	assert_int_equal(probe("RIFF\0\0\0\0AVI LIST", 16, &err), CLIP_OTHER);
	assert_int_equal(probe("", 0, &err), CLIP_OTHER);
	/* one box inside the other, much deeper than any file */
	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, "\0\0\x08\0moov", 8);
	for (size_t at = 8; at + 8 < sizeof(bytes); at += 8) {
		size_t left = sizeof(bytes) - at;
		bytes[at + 2] = (uint8_t)(left >> 8);
		bytes[at + 3] = (uint8_t)left;
		memcpy(bytes + at + 4, at == 8 ? "trak" : "mdia", 4);
	}
	assert_int_equal(probe(bytes, sizeof(bytes), &err), CLIP_BAD);
}

/* A length that no file has ends what is looked at, not the program. */
static void lying_lengths(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(clips); i++) {
		uint8_t bytes[2048];
		size_t n = slurp(clips[i].name, bytes, sizeof(bytes));
		for (size_t at = 0; at + 4 <= n; at++) {
			uint8_t kept[4];
			struct vtok_error err;
			memcpy(kept, bytes + at, 4);
			memset(bytes + at, 0xff, 4);
			probe(bytes, n, &err);
			memset(bytes + at, 0, 4);
			probe(bytes, n, &err);
			memcpy(bytes + at, kept, 4);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_tell_size_length_and_rate),
		cmocka_unit_test(every_cut_is_told),
		cmocka_unit_test(words),
		cmocka_unit_test(lying_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
