/* The child's answer: a head, then the pixels. Nothing in it is believed: sizes are held against
 * what was asked for, the text is cleaned. */
#include "config.h"

#include "image/pixels.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "image/decode.h"
#include "image/image.h"
#include "image/stb.h"

struct answer {
	int32_t width, height; /* 0 = failed: text says why */
	char text[120];
};
static_assert(sizeof(struct answer) == sizeof(((struct pixels_job *)0)->head), "one head");

/* What the child is given. */
struct task {
	const uint8_t *bytes; /* the file, mapped */
	size_t n;
	struct image_info info;
	int max_w, max_h;
};

/* ---- in the child */

static void send_failure(int fd, const char *text)
{
	struct answer a = {0};

	strncpy(a.text, text, sizeof(a.text) - 1);
	sandbox_send(fd, &a, sizeof(a));
}

/* The largest size of the picture's aspect inside most_w x most_h; at least a pixel, never larger
 * than it is. */
static void fit(int w, int h, int most_w, int most_h, int *out_w, int *out_h)
{
	double scale = 1;

	if (w > most_w)
		scale = (double)most_w / w;
	if (h * scale > most_h)
		scale = (double)most_h / h;
	*out_w = (int)(w * scale + 0.5);
	*out_h = (int)(h * scale + 0.5);
	*out_w = *out_w < 1 ? 1 : *out_w > most_w ? most_w : *out_w;
	*out_h = *out_h < 1 ? 1 : *out_h > most_h ? most_h : *out_h;
}

static void prepare(void *arg)
{
	decode_load_library(((const struct task *)arg)->info.format);
}

static void work(int fd, void *arg)
{
	const struct task *t = arg;
	bool turned = t->info.orientation >= 5;
	const char *why = "not enough memory";
	int small_w, small_h;
	struct decoded full;

	if (!decode_picture(t->info.format, t->bytes, t->n, 3, &full, &why)) {
		send_failure(fd, why);
		return;
	}
	int w = full.width, h = full.height;
	fit(w, h, turned ? t->max_h : t->max_w, turned ? t->max_w : t->max_h, &small_w, &small_h);
	size_t n = (size_t)small_w * (size_t)small_h * 3;
	bool same = small_w == w && small_h == h; /* the resizer would soften it even so */
	uint8_t *small = same ? full.pixels : malloc(n), *upright = malloc(n);
	if (!small || !upright ||
	    (!same && !stb_shrink(full.pixels, w, h, small, small_w, small_h))) {
		send_failure(fd, "not enough memory");
		return;
	}
	struct answer a = {turned ? small_h : small_w, turned ? small_w : small_h, ""};
	decode_upright(small, upright, t->info.orientation, a.width, a.height, 3);
	sandbox_send(fd, &a, sizeof(a));
	sandbox_send(fd, upright, n);
	/* nothing is freed: the process ends here */
}

static void refuse(int fd, void *arg)
{
	(void)arg;
	send_failure(fd, sandbox_refusal);
}

/* ---- in the parent */

/* Who looks now and then gets more at a time: 12 MB in 12 looks and not in 190. */
static void widen(int fd)
{
#ifdef F_SETPIPE_SZ
	enum { PIPE_BYTES = 1 << 20 }; /* what Linux allows everybody */

	fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
#else
	(void)fd;
#endif
}

bool pixels_start(struct pixels_job *job, const char *path, int max_w, int max_h, bool unconfined,
		  struct vtok_error *err)
{
	struct task t = {.max_w = max_w, .max_h = max_h};
	int fd = image_open(path, err);

	*job = (struct pixels_job){.max_w = max_w, .max_h = max_h};
	job->box = (struct sandbox){0, -1};
	if (fd < 0)
		return false;
	if (!image_probe_fd(fd, &t.info, err)) {
		close(fd);
		return false;
	}
	t.n = (size_t)t.info.file_bytes;
	void *map = mmap(NULL, t.n, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(errno));
	bool started = false;
	if (t.info.width * t.info.height > PIXELS_MOST) {
		error_set(err, VTOK_E_INPUT,
			  "%lldx%lld is too large to show (150 megapixels at most)",
			  (long long)t.info.width, (long long)t.info.height);
	} else {
		t.bytes = map;
		job->deadline_ms = sandbox_now_ms() + PIXELS_TIMEOUT_MS;
		/* the child has its own copy of t */
		started = sandbox_start(
			&job->box,
			&(struct sandbox_task){
				.work = work,
				.refuse = refuse,
				.arg = &t,
				.unconfined = unconfined,
				.prepare = prepare,
				.starts_threads = decode_starts_threads(t.info.format),
			},
			err);
		if (started)
			widen(job->box.fd);
	}
	munmap(map, t.n);
	return started;
}

void pixels_cancel(struct pixels_job *job)
{
	sandbox_end(&job->box);
	pixels_free(&job->raster);
}

static enum pixels_state fail(struct pixels_job *job, const char *text, struct vtok_error *err)
{
	error_set(err, VTOK_E_INPUT, "its pixels cannot be shown: %s", text);
	pixels_cancel(job);
	return PIXELS_FAILED;
}

/* The whole head is there: makes room for the pixels, or returns false and why. */
static bool begin(struct pixels_job *job, char *why, size_t n)
{
	struct answer a;

	memcpy(&a, job->head, sizeof(a));
	a.text[sizeof(a.text) - 1] = '\0';
	if (a.width == 0) {
		snprintf(why, n, "%s", a.text);
		return false;
	}
	if (a.width < 1 || a.height < 1 || a.width > job->max_w || a.height > job->max_h) {
		snprintf(why, n, "the decoder gave an impossible size");
		return false;
	}
	snprintf(why, n, "not enough memory");
	job->raster =
		(struct raster){a.width, a.height, malloc((size_t)a.width * (size_t)a.height * 3)};
	return job->raster.rgb != NULL;
}

enum pixels_state pixels_step(struct pixels_job *job, struct raster *out, struct vtok_error *err)
{
	for (;;) {
		bool in_head = job->head_got < sizeof(job->head);
		size_t all = (size_t)job->raster.width * (size_t)job->raster.height * 3;
		uint8_t *to = in_head ? job->head + job->head_got : job->raster.rgb + job->got;
		size_t want = in_head ? sizeof(job->head) - job->head_got : all - job->got;
		ssize_t n = read(job->box.fd, to, want);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			if (sandbox_now_ms() < job->deadline_ms)
				return PIXELS_WAIT;
			return fail(job, "the decoder took too long", err);
		}
		if (n <= 0)
			return fail(job, "the decoder failed on it", err);
		*(in_head ? &job->head_got : &job->got) += (size_t)n;
		char why[sizeof(job->head)];
		if (in_head && job->head_got == sizeof(job->head) && !begin(job, why, sizeof(why)))
			return fail(job, why, err);
		if (!in_head && job->got == all)
			break;
	}
	*out = job->raster;
	job->raster = (struct raster){0};
	pixels_cancel(job);
	return PIXELS_DONE;
}

bool pixels_load(const char *path, int max_w, int max_h, bool unconfined, struct raster *out,
		 struct vtok_error *err)
{
	struct pixels_job job;

	if (!pixels_start(&job, path, max_w, max_h, unconfined, err))
		return false;
	for (;;) {
		switch (pixels_step(&job, out, err)) {
		case PIXELS_DONE:
			return true;
		case PIXELS_FAILED:
			return false;
		case PIXELS_WAIT:
			break;
		}
		struct pollfd p = {job.box.fd, POLLIN, 0};
		int64_t left = job.deadline_ms - sandbox_now_ms();
		poll(&p, 1, left > 0 ? (int)left : 0);
	}
}

void pixels_free(struct raster *r)
{
	free(r->rgb);
	*r = (struct raster){0};
}
