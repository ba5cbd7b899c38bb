#include "config.h"

#include "image/remake.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "image/decode.h"
#include "image/image.h"
#include "image/profile.h"
#include "image/sandbox.h"
#include "image/stb.h"

#ifdef HAVE_WEBP
#include <webp/encode.h>
#endif

enum { WHY = 120 }; /* bytes of a reason */

/* The child's answer: this, then n bytes of a file. */
struct answer {
	uint64_t n; /* 0 = failed: text says why */
	bool covered_white, dropped_profile, dropped_frames;
	char text[WHY - 3];
};

/* What the child is given. */
struct task {
	const uint8_t *bytes; /* the file, mapped */
	size_t n;
	struct image_info info;
	struct remake how;
};

/* Bytes that grow. */
struct buffer {
	uint8_t *bytes;
	size_t n, room;
	bool failed;
};

static void append(void *arg, void *bytes, int n)
{
	struct buffer *b = arg;

	if (n <= 0 || b->failed)
		return;
	if (b->n + (size_t)n > b->room) {
		size_t room = b->room ? b->room : 65536;
		uint8_t *grown;

		while (room < b->n + (size_t)n)
			room *= 2;
		grown = realloc(b->bytes, room);
		if (!grown) {
			b->failed = true;
			return;
		}
		b->bytes = grown;
		b->room = room;
	}
	memcpy(b->bytes + b->n, bytes, (size_t)n);
	b->n += (size_t)n;
}

/* ------------------------------------------------------------ in the child */

static void send_failure(int fd, const char *text)
{
	struct answer a = {0};

	str_format(a.text, sizeof(a.text), "%s", text);
	sandbox_send(fd, &a, sizeof(a));
}

static bool is_opaque(const uint8_t *rgba, size_t pixels)
{
	for (size_t i = 0; i < pixels; i++)
		if (rgba[4 * i + 3] != 255)
			return false;
	return true;
}

/* To three channels, in place: what is transparent lets white through. */
static void cover_white(uint8_t *rgba, size_t pixels)
{
	for (size_t i = 0; i < pixels; i++) {
		unsigned alpha = rgba[4 * i + 3];

		for (int c = 0; c < 3; c++)
			rgba[3 * i + (size_t)c] = (uint8_t)((rgba[4 * i + (size_t)c] * alpha +
							     255 * (255 - alpha) + 127) /
							    255);
	}
}

static bool encode(const struct remake *how, uint8_t *rgba, bool opaque, struct buffer *out)
{
	int w = how->width, h = how->height;
	size_t pixels = (size_t)w * (size_t)h;

	if (how->format == IMAGE_WEBP) {
#ifdef HAVE_WEBP
		out->n = WebPEncodeRGBA(rgba, w, h, 4 * w, (float)how->quality, &out->bytes);
		return out->n > 0;
#else
		return false;
#endif
	}
	if (opaque || how->format == IMAGE_JPEG)
		cover_white(rgba, pixels);
	if (how->format == IMAGE_JPEG)
		return stb_jpeg(append, out, rgba, w, h, how->quality) && !out->failed;
	return stb_png(append, out, rgba, w, h, opaque ? 3 : 4) && !out->failed;
}

/* More than one picture: a GIF with a second image descriptor, a WebP with its animation flag. */
static bool is_animated(const struct task *t)
{
	if (t->info.format == IMAGE_WEBP)
		return t->n > 20 && memcmp(t->bytes + 12, "VP8X", 4) == 0 && (t->bytes[20] & 2);
	return t->info.format == IMAGE_GIF && memmem(t->bytes, t->n, "NETSCAPE2.0", 11);
}

/* Resized as it is stored, then turned: rgba of how's size; *from is what was decoded. NULL and why
 * otherwise. */
static uint8_t *make_pixels(const struct task *t, struct decoded *from, const char **why)
{
	bool turned = t->info.orientation >= 5;
	int to_w = turned ? t->how.height : t->how.width,
	    to_h = turned ? t->how.width : t->how.height;
	size_t n = 4 * (size_t)to_w * (size_t)to_h;

	if (!decode_picture(t->info.format, t->bytes, t->n, 4, from, why))
		return NULL;
	*why = "not enough memory";
	uint8_t *full = from->pixels;
	if (to_w != from->width || to_h != from->height) { /* the resizer would soften it even so */
		uint8_t *small = malloc(n);

		if (!small || !stb_resample(full, from->width, from->height, small, to_w, to_h))
			return NULL;
		full = small;
	}
	if (t->info.orientation <= 1)
		return full;
	uint8_t *upright = malloc(n);

	if (upright)
		decode_upright(full, upright, t->info.orientation, t->how.width, t->how.height, 4);
	return upright;
}

static void prepare(void *arg)
{
	decode_load_library(((const struct task *)arg)->info.format);
}

static void work(int fd, void *arg)
{
	const struct task *t = arg;
	const char *why = "not enough memory";
	struct decoded from;
	uint8_t *rgba = make_pixels(t, &from, &why);
	struct buffer file = {0};
	struct answer a = {0};

	if (!rgba) {
		send_failure(fd, why);
		return;
	}
	bool opaque = is_opaque(rgba, (size_t)t->how.width * (size_t)t->how.height);

	if (!encode(&t->how, rgba, opaque, &file)) {
		send_failure(fd, "it could not be encoded");
		return;
	}
	struct span profile = t->how.format == t->info.format
				      ? profile_find(t->info.format, t->bytes, t->n)
				      : (struct span){0};
	size_t place = profile.bytes ? profile_place(t->how.format, file.bytes, file.n) : 0;

	profile.n = place ? profile.n : 0;
	a.n = file.n + profile.n;
	a.covered_white = !opaque && t->how.format == IMAGE_JPEG;
	a.dropped_profile = !profile.n &&
			    (from.has_profile || profile_is_there(t->info.format, t->bytes, t->n));
	a.dropped_frames = from.has_more || is_animated(t);
	if (sandbox_send(fd, &a, sizeof(a)) && sandbox_send(fd, file.bytes, place) &&
	    sandbox_send(fd, profile.bytes, profile.n))
		sandbox_send(fd, file.bytes + place, file.n - place);
	/* nothing is freed: the process ends here */
}

static void refuse(int fd, void *arg)
{
	(void)arg;
	send_failure(fd, sandbox_refusal);
}

/* ------------------------------------------------------------ in the parent */

static_assert(sizeof(struct answer) <= sizeof(((struct remake_job *)NULL)->head),
	      "an answer has room");

/* More than any of the encoders writes for a picture. */
static uint64_t most_bytes(const struct task *t)
{
	return 8 * (uint64_t)t->how.width * (uint64_t)t->how.height + t->n + 1000000;
}

static bool map_file(const char *path, struct task *t, struct vtok_error *err)
{
	int fd = image_open(path, err);

	if (fd < 0)
		return false;
	bool is_read = image_probe_fd(fd, &t->info, err);

	t->n = (size_t)t->info.file_bytes;
	void *map = is_read ? mmap(NULL, t->n, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;

	if (is_read && map == MAP_FAILED)
		error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(errno));
	close(fd);
	t->bytes = map;
	return map != MAP_FAILED;
}

bool remake_start(struct remake_job *job, const char *path, const struct remake *how,
		  struct vtok_error *err)
{
	struct task t = {.how = *how};

	*job = (struct remake_job){.deadline_ms = sandbox_now_ms() + REMAKE_TIMEOUT_MS};
	if (!map_file(path, &t, err))
		return false;
	if (t.info.width * t.info.height > REMAKE_PIXELS ||
	    (int64_t)how->width * how->height > REMAKE_PIXELS) {
		munmap((void *)(uintptr_t)t.bytes, t.n);
		return error_set(err, VTOK_E_INPUT,
				 "%lldx%lld is too large to write (100 megapixels at most)",
				 (long long)t.info.width, (long long)t.info.height);
	}
	job->most = most_bytes(&t);
	/* the child has its own copy of the mapping */
	bool started = sandbox_start(&job->box,
				     &(struct sandbox_task){
					     .work = work,
					     .refuse = refuse,
					     .arg = &t,
					     .unconfined = how->unconfined,
					     .prepare = prepare,
					     .starts_threads = decode_starts_threads(t.info.format),
				     },
				     err);

	munmap((void *)(uintptr_t)t.bytes, t.n);
	return started;
}

void remake_cancel(struct remake_job *job)
{
	sandbox_end(&job->box);
	free(job->made.bytes);
	job->made = (struct remade){0};
}

static enum remake_state fail(struct remake_job *job, const char *why, struct vtok_error *err)
{
	error_set(err, VTOK_E_INPUT, "its pixels cannot be written: %s", why);
	remake_cancel(job);
	return REMAKE_FAILED;
}

/* The head is whole; false: why says what is wrong with it. */
static bool begin(struct remake_job *job, char why[WHY])
{
	struct answer a;

	memcpy(&a, job->head, sizeof(a));
	if (a.n == 0 || a.n > job->most) {
		a.text[sizeof(a.text) - 1] = '\0';
		str_format(why, WHY, "%s", a.n ? "the encoder gave an impossible size" : a.text);
		return false;
	}
	job->made = (struct remade){malloc((size_t)a.n), (size_t)a.n, a.covered_white,
				    a.dropped_profile, a.dropped_frames};
	str_format(why, WHY, "not enough memory");
	return job->made.bytes != NULL;
}

enum remake_state remake_step(struct remake_job *job, struct remade *out, struct vtok_error *err)
{
	char why[WHY];

	while (!job->made.bytes || job->got < job->made.n) {
		bool in_head = !job->made.bytes;
		uint8_t *to = in_head ? job->head + job->head_got : job->made.bytes + job->got;
		size_t want =
			in_head ? sizeof(struct answer) - job->head_got : job->made.n - job->got;
		ssize_t n = read(job->box.fd, to, want);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return sandbox_now_ms() < job->deadline_ms
				       ? REMAKE_WAIT
				       : fail(job, "the decoder took too long", err);
		if (n <= 0)
			return fail(job, "the decoder failed on it", err);
		*(in_head ? &job->head_got : &job->got) += (size_t)n;
		if (in_head && job->head_got == sizeof(struct answer) && !begin(job, why))
			return fail(job, why, err);
	}
	*out = job->made;
	job->made = (struct remade){0};
	remake_cancel(job);
	return REMAKE_DONE;
}

bool remake(const char *path, const struct remake *how, struct remade *out, struct vtok_error *err)
{
	struct remake_job job;
	enum remake_state state;

	*out = (struct remade){0};
	if (!remake_start(&job, path, how, err))
		return false;
	while ((state = remake_step(&job, out, err)) == REMAKE_WAIT) {
		struct pollfd p = {job.box.fd, POLLIN, 0};
		int64_t left = job.deadline_ms - sandbox_now_ms();

		poll(&p, 1, left > 0 ? (int)left : 0);
	}
	return state == REMAKE_DONE;
}

bool remake_can(enum image_format format)
{
#ifdef HAVE_WEBP
	if (format == IMAGE_WEBP)
		return true;
#endif
	return format == IMAGE_PNG || format == IMAGE_JPEG;
}

enum image_format remake_format(const char *path)
{
	static const struct {
		const char *ending;
		enum image_format format;
	} endings[] = {
		{".png", IMAGE_PNG},
		{".jpg", IMAGE_JPEG},
		{".jpeg", IMAGE_JPEG},
		{".webp", IMAGE_WEBP},
	};
	size_t len = strlen(path);

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		size_t n = strlen(endings[i].ending);

		if (len > n && str_casecmp(path + len - n, endings[i].ending) == 0)
			return endings[i].format;
	}
	return IMAGE_FORMAT_N;
}
