/* Pixels through the confined child: right colours, right way up, and what happens to children that
 * misbehave. */
#include "config.h"
#include "tests/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "image/image.h"
#include "image/pixels.h"
#include "image/sandbox.h"
#include "tests/decodes.h"
#include "tests/refuse_seccomp.h"

static const char *data_path(const char *name)
{
	static char path[4096];
	const char *src = getenv("SRCDIR");

	snprintf(path, sizeof(path), "%s/%s", src ? src : ".", name);
	return path;
}

static const char *write_path(const void *bytes, size_t n)
{
	static char path[4096];
	const char *build = getenv("BUILDDIR");

	snprintf(path, sizeof(path), "%s/unit_pixels.tmp", build ? build : ".");
	if (bytes) {
		FILE *f = fopen(path, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(bytes, 1, n, f), n);
		assert_int_equal(fclose(f), 0);
	}
	return path;
}

static bool near(int a, int b)
{
	return abs(a - b) <= 12; /* lossy formats */
}

struct shown_file {
	const char *name;
	int orientation; /* by which the picture is turned, by whomever */
	bool upside_down;
};

/* tests/data/images/README: red tells left from right, green upper from lower, as stored. */
static void check_colours(const struct shown_file *t, const struct raster *r)
{
	bool turned = t->orientation >= 5;

	assert_int_equal(r->width, turned ? 16 : 24);
	assert_int_equal(r->height, turned ? 24 : 16);
	for (int y = 2; y < r->height; y += r->height - 5)
		for (int x = 2; x < r->width; x += r->width - 5) {
			const uint8_t *p = r->rgb + (y * r->width + x) * 3;
			bool right = x > r->width / 2, low = y > r->height / 2;
			bool red = !right, green = !low; /* orientation 1 */
			if (t->orientation == 6) /* turned right: the stored left is on top */
				red = !low, green = right;
			if (t->orientation == 8) /* turned left: the stored left is below */
				red = low, green = !right;
			green ^= t->upside_down;
			if (!near(p[0], red ? 200 : 30) || !near(p[1], green ? 180 : 20) ||
			    !near(p[2], 120))
				fail_msg("%s at %d,%d: %d %d %d", t->name, x, y, p[0], p[1], p[2]);
		}
}

static void colours_are_right_and_upright(void **state)
{
	(void)state;
	unit_decodes();
	static const struct shown_file t[] = {
		{"tiny.png", 1, false},           {"tiny.jpg", 1, false},
		{"tiny.bmp", 1, false},           {"tiny.gif", 1, false},
		{"top-down-150dpi.bmp", 1, true}, {"turned-200dpi.png", 8, false},
		{"turned-300dpi.jpg", 6, false},
#ifdef HAVE_WEBP
		{"lossy.webp", 1, false},         {"lossless.webp", 1, false},
		{"turned.webp", 6, false},
#endif
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		char name[128];
		struct raster r;
		struct vtok_error err = {0};

		snprintf(name, sizeof(name), "tests/data/images/%s", t[i].name);
		if (!pixels_load(data_path(name), 64, 64, false, &r, &err))
			fail_msg("%s: %s", name, err.text);
		check_colours(&t[i], &r);
		pixels_free(&r);
	}
}

/* Formats whose library is loaded for the file at hand. */
#ifdef HAVE_TIFF
#define BUILT_TIFF true
#else
#define BUILT_TIFF false
#endif
#ifdef HAVE_HEIF
#define BUILT_HEIF true
#else
#define BUILT_HEIF false
#endif
#ifdef HAVE_JXL
#define BUILT_JXL true
#else
#define BUILT_JXL false
#endif
static const struct late_file {
	struct shown_file file;
	bool is_built;
	size_t spare; /* bytes behind the picture */
} late_files[] = {
	{{"turned-300dpi.tif", 6, false}, BUILT_TIFF, 64}, /* when and where it was made */
	{{"big.tif", 1, false}, BUILT_TIFF, 0},
	{{"turned.avif", 8, false}, BUILT_HEIF, 0},
	{{"tiny.heic", 1, false}, BUILT_HEIF, 0},
	{{"bare.jxl", 1, false}, BUILT_JXL, 0},
	{{"turned.jxl", 6, false}, BUILT_JXL, 0},
};

/* Whether a refusal is about what is installed. */
static bool is_missing(const struct vtok_error *err)
{
	return strstr(err->text, "is not on this system: it decodes") ||
	       strstr(err->text, "of this system has no decoder of");
}

static void libraries_are_loaded_for_their_formats(void **state)
{
	(void)state;
	unit_decodes();
	int shown = 0;

	for (size_t i = 0; i < ARRAY_SIZE(late_files); i++) {
		const struct late_file *t = &late_files[i];
		char name[128];
		struct raster r = {0};
		struct vtok_error err = {0};

		snprintf(name, sizeof(name), "tests/data/images/%s", t->file.name);
		bool done = pixels_load(data_path(name), 64, 64, false, &r, &err);
		if (!t->is_built)
			assert_non_null(strstr(err.text, "this vtok was built without lib"));
		else if (done)
			check_colours(&t->file, &r);
		else if (!is_missing(&err))
			fail_msg("%s: %s", name, err.text);
		shown += done;
		pixels_free(&r);
	}
	if (!shown)
		unit_skip("no libheif, libjxl or libtiff here");
}

/* Every orientation, exactly: a stored PNG of 3 x 2 with grey 0, 40, 80 / 120, 160, 200. */
static void all_orientations_turn(void **state)
{
	(void)state;
	unit_decodes();
	static const char shown[9][7] = {
		"", "012345", "210543", "543210", "345012", "031425", "304152", "524130", "251403",
	};
	for (int o = 1; o <= 8; o++) {
		const uint8_t png[] = {
			0x89, 'P',  'N', 'G', '\r', '\n', 0x1a, '\n', 0,          0,  0,   13,  'I',
			'H',  'D',  'R', 0,   0,    0,    3,    0,    0,          0,  2,   8,   0,
			0,    0,    0,   0,   0,    0,    0,    0,    0,          0,  26,  'e', 'X',
			'I',  'f',  'M', 'M', 0,    42,   0,    0,    0,          8,  0,   1,   1,
			0x12, 0,    3,   0,   0,    0,    1,    0,    (uint8_t)o, 0,  0,   0,   0,
			0,    0,    0,   0,   0,    0,    0,    0,    0,          19, 'I', 'D', 'A',
			'T',  0x78, 1,   1,   8,    0,    0xf7, 0xff, 0,          0,  40,  80,  0,
			120,  160,  200, 0,   0,    0,    0,    0,    0,          0,  0,   0,   0,
			0,    0,    'I', 'E', 'N',  'D',  0,    0,    0,          0,
		};
		struct raster r;
		struct vtok_error err = {0};
		if (!pixels_load(write_path(png, sizeof(png)), 9, 9, false, &r, &err))
			fail_msg("orientation %d: %s", o, err.text);
		assert_int_equal(r.width, o >= 5 ? 2 : 3);
		for (int i = 0; i < 6; i++)
			if (r.rgb[i * 3] != (shown[o][i] - '0') * 40)
				fail_msg("orientation %d, pixel %d: %d", o, i, r.rgb[i * 3]);
		pixels_free(&r);
	}
	unlink(write_path(NULL, 0));
}

static void large_pictures_come_small(void **state)
{
	(void)state;
	unit_decodes();
	struct raster r;
	struct vtok_error err = {0};

	assert_true(pixels_load(data_path("samples/photo-turned.jpg"), 200, 100, false, &r, &err));
	assert_int_equal(r.width, 75);
	assert_int_equal(r.height, 100);
	/* sky above, the dark shore below */
	assert_true(r.rgb[(5 * 75 + 37) * 3 + 2] > 60);
	assert_true(r.rgb[(98 * 75 + 37) * 3 + 2] < 50);
	pixels_free(&r);
}

enum { PICTURE_MOST = 2048 };

/* The bytes of a file of tests/data/images; returns how many. */
static size_t read_picture(const char *name, uint8_t bytes[PICTURE_MOST])
{
	char path[128];

	snprintf(path, sizeof(path), "tests/data/images/%s", name);
	FILE *f = fopen(data_path(path), "rb");
	assert_non_null(f);
	size_t n = fread(bytes, 1, PICTURE_MOST, f);
	fclose(f);
	assert_in_range(n, 20, PICTURE_MOST - 1);
	return n;
}

/* Cut anywhere: one line, whatever the version of the decoder; the picture only where its last
 * pixel is there. */
static void cut_files_are_called_cut(void **state)
{
	(void)state;
	unit_decodes();
	static const struct {
		const char *name;
		size_t header, spare; /* bytes that tell the size; bytes behind the picture */
	} t[] = {
		{"tiny.png", 33, 4},                        /* a check sum */
		{"tiny.jpg", 167, 0},  {"tiny.gif", 13, 1}, /* the trailer */
		{"tiny.bmp", 46, 0},
#ifdef HAVE_WEBP
		{"lossy.webp", 30, 0},
#endif
	};

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		uint8_t bytes[PICTURE_MOST];
		size_t n = read_picture(t[i].name, bytes);
		for (size_t k = 0; k <= n; k += n > 300 && k + 7 <= n - 7 ? 7 : 1) {
			struct raster r = {0};
			struct vtok_error err = {0};
			bool shown = pixels_load(write_path(bytes, k), 64, 64, false, &r, &err);
			if (shown != (k >= n - t[i].spare))
				fail_msg("%s, %zu of %zu bytes: %s", t[i].name, k, n,
					 shown ? "shown" : err.text);
			const char *says = k < t[i].header ? (k ? "truncated" : "the file is empty")
							   : "its pixels cannot be shown: ";
			if (!shown && !strstr(err.text, says))
				fail_msg("%s, %zu of %zu bytes: %s", t[i].name, k, n, err.text);
			if (shown)
				assert_true(r.width == 24 && r.height == 16);
			pixels_free(&r);
		}
	}
	unlink(write_path(NULL, 0));
}

/* The same of those: each answer is the picture or one line. */
static void cut_files_of_libraries_are_called_cut(void **state)
{
	(void)state;
	unit_decodes();
	int shown = 0;

	for (size_t i = 0; i < ARRAY_SIZE(late_files); i++) {
		const struct late_file *t = &late_files[i];
		uint8_t bytes[PICTURE_MOST];
		size_t n = read_picture(t->file.name, bytes);
		for (size_t k = n; t->is_built && k > 0; k -= k > n / 4 ? n / 4 : k) {
			struct raster r = {0};
			struct vtok_error err = {0};
			size_t cut = k < n ? k - 1 : k;
			bool done = pixels_load(write_path(bytes, cut), 64, 64, false, &r, &err);
			if (is_missing(&err))
				break;
			if (done != (cut >= n - t->spare))
				fail_msg("%s, %zu of %zu bytes: %s", t->file.name, cut, n,
					 done ? "shown" : err.text);
			shown += done;
			if (!done && (!err.text[0] || strchr(err.text, '\n')))
				fail_msg("%s, %zu of %zu bytes: \"%s\"", t->file.name, cut, n,
					 err.text);
			pixels_free(&r);
		}
	}
	unlink(write_path(NULL, 0));
	if (!shown)
		unit_skip("no libheif, libjxl or libtiff here");
}

/* Other bytes in the head of a file, where its sizes are: a picture or one line. */
static void changed_files_cost_a_line_at_most(void **state)
{
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(late_files); i++) {
		const struct late_file *t = &late_files[i];
		uint8_t bytes[PICTURE_MOST];
		size_t n = read_picture(t->file.name, bytes);
		for (size_t k = 17 + i; t->is_built && k < n; k += n / 4) {
			struct raster r = {0};
			struct vtok_error err = {0};

			bytes[k] ^= 0xff;
			if (pixels_load(write_path(bytes, n), 64, 64, false, &r, &err))
				assert_in_range(r.width, 1, 64);
			else if (!err.text[0] || strchr(err.text, '\n'))
				fail_msg("%s, byte %zu: \"%s\"", t->file.name, k, err.text);
			bytes[k] ^= 0xff;
			pixels_free(&r);
		}
	}
	unlink(write_path(NULL, 0));
}

/* stb_image 2.27 writes beyond its tables on Huffman counts above 256. The size is there all the
 * same. */
static void a_decoder_bug_stays_in_the_child(void **state)
{
	(void)state;
	uint8_t jpeg[2 + 4 + 17 + 4080 + 19] = "\xff\xd8\xff\xc4\x10\x03";
	struct image_info info;
	struct raster r = {0};
	struct vtok_error err = {0};

	memset(jpeg + 7, 255, 16);
	memcpy(jpeg + sizeof(jpeg) - 19, "\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0\xff\xd9",
	       15);
	assert_true(image_probe_bytes(jpeg, sizeof(jpeg), &info, &err));
	assert_true(info.width == 32 && info.height == 16);
	assert_false(pixels_load(write_path(jpeg, sizeof(jpeg)), 64, 64, false, &r, &err));
	assert_non_null(strstr(err.text, "its pixels cannot be shown: "));
	assert_null(r.rgb);
	unlink(write_path(NULL, 0));
}

static void bombs_are_refused(void **state)
{
	(void)state;
	static const uint8_t bomb[] = "\xff\xd8\xff\xc2\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0";
	struct raster r = {0};
	struct vtok_error err = {0};

	assert_false(pixels_load(write_path(bomb, sizeof(bomb)), 64, 64, false, &r, &err));
	assert_string_equal(err.text, "65535x65535 is too large to show (150 megapixels at most)");
	unlink(write_path(NULL, 0));
	err = (struct vtok_error){0};
	assert_false(pixels_load("/nonexistent/x.png", 64, 64, false, &r, &err));
	assert_string_equal(err.text, "no such file");
}

static void say(int fd, const char *s)
{
	if (write(fd, s, strlen(s)) < 0)
		_exit(1);
}

static void say_no(int fd, void *arg)
{
	(void)arg;
	say(fd, "not confined");
}

static bool start_as(struct sandbox *box, sandbox_work *work, bool starts_threads)
{
	struct vtok_error err = {0};
	struct sandbox_task task = {
		.work = work, .refuse = say_no, .starts_threads = starts_threads};

	return sandbox_start(box, &task, &err);
}

static bool start(struct sandbox *box, sandbox_work *work)
{
	return start_as(box, work, false);
}

/* What a child gets out before it is stopped or ends. */
static void listen_as(sandbox_work *work, bool starts_threads, char *out, size_t size)
{
	struct sandbox box;
	size_t n = 0;

	assert_true(start_as(&box, work, starts_threads));
	for (;;) {
		struct pollfd p = {box.fd, POLLIN, 0};
		assert_int_equal(poll(&p, 1, 20000), 1);
		ssize_t got = read(box.fd, out + n, size - 1 - n);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	out[n] = '\0';
	sandbox_end(&box);
	assert_int_equal(box.pid, 0);
}

static void listen_to(sandbox_work *work, char *out, size_t size)
{
	listen_as(work, false, out, size);
}

static void work_well(int fd, void *arg)
{
	(void)arg;
	volatile char *memory = malloc(1 << 20);
	memory[100] = 'x';
	say(fd, "done");
}

static void work_crash(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	abort();
}

static void work_open(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	int other = open("/etc/passwd", O_RDONLY);
	say(fd, other >= 0 ? " opened" : "");
}

static void work_stderr(int fd, void *arg)
{
	(void)arg;
	for (int i = 0; i < 64; i++)
		if (i != fd && write(i, "x", 1) == 1)
			say(fd, "wrote elsewhere");
}

static void work_fork(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	if (fork() > 0)
		say(fd, " forked");
}

/* What a child would harm: the test itself and a file of its own, known before it begins. */
static pid_t victim;
static char victim_path[4096], victim_moved[4096 + 8];

static void work_kill(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	if (kill(victim, 0) == 0) /* whether it may */
		say(fd, " could kill");
}

static void work_unlink(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	if (unlink(victim_path) == 0)
		say(fd, " unlinked");
}

static void work_rename(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	if (rename(victim_path, victim_moved) == 0)
		say(fd, " renamed");
}

static void work_chmod(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	if (chmod(victim_path, 0777) == 0)
		say(fd, " changed");
}

static void work_truncate(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	if (truncate(victim_path, 0) == 0)
		say(fd, " emptied");
}

static void *thread(void *arg)
{
	say(*(int *)arg, " thread");
	return NULL;
}

static void work_thread(int fd, void *arg)
{
	pthread_t t;

	(void)arg;
	say(fd, "before");
	if (pthread_create(&t, NULL, thread, &fd) == 0 && pthread_join(t, NULL) == 0)
		say(fd, " joined");
}

/* Those that may start threads may start nothing else. */
static void threads_are_for_tasks_that_start_them(void **state)
{
	(void)state;
	unit_decodes();
	char out[256];

#ifdef VTOK_COVERAGE
	unit_skip("children of a build that counts branches may write files");
#endif
#ifndef __linux__
	unit_skip("another system's way to confine has no word for threads");
#endif
	listen_to(work_thread, out, sizeof(out));
	assert_string_equal(out, "before");
	listen_as(work_thread, true, out, sizeof(out));
	assert_string_equal(out, "before thread joined");
	listen_as(work_fork, true, out, sizeof(out));
	assert_string_equal(out, "before");
	listen_as(work_open, true, out, sizeof(out));
	assert_string_equal(out, "before");
	listen_as(work_stderr, true, out, sizeof(out));
	assert_string_equal(out, "");
}

static void children_cannot_do_harm(void **state)
{
	(void)state;
	unit_decodes();
	char out[256];

#ifdef VTOK_COVERAGE
	unit_skip("children of a build that counts branches may write files");
#endif
	listen_to(work_well, out, sizeof(out));
	assert_string_equal(out, "done");
	listen_to(work_crash, out, sizeof(out));
	assert_string_equal(out, "before");
	listen_to(work_open, out, sizeof(out));
	assert_string_equal(out, "before");
	listen_to(work_stderr, out, sizeof(out));
	assert_string_equal(out, "");
}

/* Nothing outside of it: no other process, no file by its name. */
static void children_reach_nothing(void **state)
{
	(void)state;
	unit_decodes();
	static sandbox_work *const works[] = {work_fork,   work_kill,  work_unlink,
					      work_rename, work_chmod, work_truncate};
	static const char kept[] = "kept";
	char out[256];
	struct stat st;

#ifdef VTOK_COVERAGE
	unit_skip("children of a build that counts branches may write files");
#endif
#ifndef __linux__
	unit_skip("another system's way to confine refuses other calls");
#endif
	victim = getpid();
	snprintf(victim_path, sizeof(victim_path), "%s", write_path(kept, sizeof(kept)));
	snprintf(victim_moved, sizeof(victim_moved), "%s.moved", victim_path);
	assert_int_equal(chmod(victim_path, 0600), 0);
	for (size_t i = 0; i < ARRAY_SIZE(works); i++)
		for (int starts_threads = 0; starts_threads < 2; starts_threads++) {
			listen_as(works[i], starts_threads, out, sizeof(out));
			assert_string_equal(out, "before");
		}
	assert_int_equal(stat(victim_path, &st), 0);
	assert_int_equal(st.st_size, sizeof(kept));
	assert_int_equal(st.st_mode & 07777, 0600);
	unlink(victim_path);
}

/* In a process of its own: what is refused there stays refused. */
static void without_a_filter_nothing_is_worked_on(void **state)
{
	(void)state;
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		struct vtok_error err = {0};
		char out[256] = "";
		if (!refuse_seccomp())
			_exit(77);
		listen_to(work_well, out, sizeof(out));
		if (strcmp(out, "not confined") != 0)
			_exit(1);
		struct raster r;
		if (pixels_load(data_path("samples/photo.jpg"), 64, 64, false, &r, &err) ||
		    !strstr(err.text, "cannot confine the decoder"))
			_exit(2);
		err = (struct vtok_error){0};
		_exit(pixels_load(data_path("samples/photo.jpg"), 64, 64, true, &r, &err) ? 0 : 3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		unit_skip("this system has no seccomp to refuse");
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void work_forever(int fd, void *arg)
{
	(void)arg;
	say(fd, "before");
	for (volatile int i = 0;; i = i + 1)
		continue;
}

static void children_end_when_told(void **state)
{
	(void)state;
	struct sandbox box;
	struct vtok_error err = {0};
	char c;

	assert_true(start(&box, work_forever));
	struct pollfd p = {box.fd, POLLIN, 0};
	assert_int_equal(poll(&p, 1, 20000), 1);
	assert_int_equal(read(box.fd, &c, 1), 1);
	sandbox_end(&box);
	assert_int_equal(box.pid, 0);
	sandbox_end(&box); /* harmless */

	struct pixels_job job;
	assert_true(pixels_start(&job, data_path("samples/photo.jpg"), 64, 64, false, &err));
	pixels_cancel(&job);
	pixels_cancel(&job);
	assert_null(job.raster.rgb);
}

/* A decoder that took over its process could send anything: nothing of it is believed. */
static void work_lie(int fd, void *arg)
{
	const int32_t head[32] = {1 << 30, 1 << 30};
	(void)arg;
	if (write(fd, head, sizeof(head)) < 0)
		_exit(1);
}

static void work_half(int fd, void *arg)
{
	const int32_t head[32] = {8, 8};
	(void)arg;
	if (write(fd, head, sizeof(head)) < 0 || write(fd, head, 100) < 0)
		_exit(1);
}

static void answers_are_checked(void **state)
{
	(void)state;
	unit_decodes();
	static const struct {
		sandbox_work *work;
		const char *says;
	} t[] = {
		{work_lie, "its pixels cannot be shown: the decoder gave an impossible size"},
		{work_half, "its pixels cannot be shown: the decoder failed on it"},
		{work_crash, "its pixels cannot be shown: the decoder failed on it"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct pixels_job job = {.max_w = 64, .max_h = 64, .deadline_ms = INT64_MAX};
		struct raster r = {0};
		struct vtok_error err = {0};
		enum pixels_state s;
		assert_true(start(&job.box, t[i].work));
		while ((s = pixels_step(&job, &r, &err)) == PIXELS_WAIT) {
			struct pollfd p = {job.box.fd, POLLIN, 0};
			assert_int_equal(poll(&p, 1, 20000), 1);
		}
		assert_int_equal(s, PIXELS_FAILED);
		assert_string_equal(err.text, t[i].says);
		assert_null(job.raster.rgb);
	}
	/* one that says nothing at all until its time is over */
	struct pixels_job job = {.max_w = 64, .max_h = 64, .deadline_ms = 0};
	struct raster r = {0};
	struct vtok_error err = {0};
	assert_true(start(&job.box, work_forever));
	enum pixels_state s;
	while ((s = pixels_step(&job, &r, &err)) == PIXELS_WAIT)
		continue;
	assert_int_equal(s, PIXELS_FAILED);
	assert_string_equal(err.text, "its pixels cannot be shown: the decoder took too long");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_right_and_upright),
		cmocka_unit_test(libraries_are_loaded_for_their_formats),
		cmocka_unit_test(cut_files_of_libraries_are_called_cut),
		cmocka_unit_test(changed_files_cost_a_line_at_most),
		cmocka_unit_test(all_orientations_turn),
		cmocka_unit_test(large_pictures_come_small),
		cmocka_unit_test(cut_files_are_called_cut),
		cmocka_unit_test(a_decoder_bug_stays_in_the_child),
		cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(children_cannot_do_harm),
		cmocka_unit_test(children_reach_nothing),
		cmocka_unit_test(threads_are_for_tasks_that_start_them),
		cmocka_unit_test(without_a_filter_nothing_is_worked_on),
		cmocka_unit_test(children_end_when_told),
		cmocka_unit_test(answers_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
