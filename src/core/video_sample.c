/* Which frames of a video are taken. Every sampler has its own rounding, and the time stamps follow
 * from the frames: so each is written as its code computes it. Frames are numbered from 0.
 *
 *     rate      n = int(frames / rate * fps), min_frames at least, max_frames and all at most;
 *               numbers round(linspace(0, frames - 1, n)). With a limit per frame whole groups
 *               alone, and numbers int(k * frames / n). rate-even: n even
 *     even      n = max_frames; int(k * frames / n)
 *     glm-4.1v  d = frames / rate; n = floor(d fps), ceil(k rate / fps); beyond 300 s n = int(300
 *               fps), ceil(rate linspace(0, d, n)); each frame once, an odd one twice
 *     glm-4.6v  n = int(2 min(d, 2400) r), 640 at most, with r = 3 up to 30 s, 1 up to 300 s, 0.5
 *               beyond; the first frame at or after every 1 / (2 r) s until int(d) s, and if those
 *               are not n: int(linspace) from the first to the last of them (all frames where they
 *               are more); each frame once, an odd one twice
 *     glm-5     n = int(d fps), max_frames at most; steps of fps and, where those are not n, as
 *               glm-4.6v
 *     step      every s-th from the first, s = ceil(rate / fps - rate / 10^4), 1 at least
 *     packed    fps int(d) <= max_frames: n = round(min(fps, round(rate)) min(d, max_frames)), one
 *               by one; else k = ceil(d fps / max_frames) become one, 3 at most, and n = round(d
 *               fps), or of k = 3 or more max_frames k; frames from the middle of each n-th part
 *     engine    int(linspace(0, frames - 1, n)); a video of n frames or fewer is left to the family
 *
 * Source: video_utils and the models' video processors of huggingface/transformers; vllm
 * multimodal/video.py and models/minimax_m3/common/mm_preprocess.py (step); vision_process.py of
 * QwenLM/Qwen3-VL; the function of MiniCPM-V 4.5's card, as programs repeat it (packed). */
#include "core/video.h"

#include <assert.h>

#include "base/base.h"

static double rate_of(const struct video *v)
{
	return v->rate > 0 ? v->rate : VIDEO_RATE_USUAL;
}

static double fps_of(const struct processor *p, const struct video *v)
{
	return v->fps > 0 ? v->fps : p->video.fps;
}

static int64_t frames_in(const struct video *v)
{
	if (v->in_file > 0)
		return v->in_file;
	if (!(v->seconds > 0))
		return 0;
	return max_i64(1, round_even(min_num(v->seconds, VIDEO_SECONDS_MOST) * rate_of(v)));
}

static bool has_frame_limit(const struct processor *p)
{
	return p->video.max_pixels > 0;
}

/* numpy's linspace from 0 to `end`, n of them. */
static void spread(struct frames *f, double end, int64_t n)
{
	f->n = n;
	f->step = n > 1 ? end / (double)(n - 1) : 0;
	f->end = n > 1 ? (int64_t)end : -1;
}

/* x >= 0; more than can be counted stays more, cut to whole groups too. */
static int64_t whole(double x)
{
	return x > (double)VIDEO_FRAMES_MOST ? 2 * VIDEO_FRAMES_MOST : (int64_t)x;
}

static void take_rate(const struct processor *p, const struct video *v, int64_t total,
		      struct frames *f)
{
	const struct video_rule *r = &p->video;
	double wanted = (double)total / f->rate * fps_of(p, v);
	int64_t n = r->sampler == FRAMES_RATE_UP ? whole(ceil(wanted)) : whole(wanted);

	n = max_i64(n, r->min_frames);
	if (r->max_frames > 0)
		n = min_i64(n, r->max_frames);
	if (r->sampler != FRAMES_RATE_UP)
		n = min_i64(n, total);
	if (has_frame_limit(p) || v->sampler == SAMPLER_UTILS)
		n = n / r->group * r->group;
	if (r->sampler == FRAMES_RATE_EVEN)
		n = n / 2 * 2;
	spread(f, (double)(total - 1), n);
	if (has_frame_limit(p) && n > 0) {
		f->end = -1;
		f->step = (double)total / (double)n;
		f->how = TAKE_DOWN;
	}
}

/* Who asks for a rate gets it. */
static void take_even(const struct processor *p, const struct video *v, int64_t total,
		      struct frames *f)
{
	if (v->fps > 0) {
		take_rate(p, v, total, f);
		return;
	}
	f->n = p->video.max_frames > 0 ? min_i64(p->video.max_frames, total) : total;
	f->step = (double)total / (double)f->n;
	f->how = TAKE_DOWN;
}

static void take_all(const struct processor *p, const struct video *v, int64_t total,
		     struct frames *f)
{
	if (v->fps > 0)
		take_rate(p, v, total, f);
	else
		spread(f, (double)(total - 1), total);
}

/* Each frame once; then an even number. */
static void pair_up(struct frames *f)
{
	if (f->n == 0)
		return;
	f->n = min_i64(f->n, min_i64(f->last, ceil_int((double)(f->n - 1) * f->step)) + 1);
	f->step = max_num(f->step, 1); /* of steps within a frame each is the next one */
	f->taken = f->n;
	f->n += f->n & 1;
}

static void take_glm4v(const struct processor *p, const struct video *v, int64_t total,
		       struct frames *f)
{
	enum { LONG_S = 300 };
	double fps = fps_of(p, v), seconds = (double)total / f->rate;

	f->how = TAKE_UP;
	f->step = f->rate / fps;
	if (seconds <= LONG_S) {
		f->n = whole(floor(seconds * fps));
	} else {
		f->n = whole(LONG_S * fps);
		if (f->n >= total) {
			f->n = total;
			f->step = 1;
		} else {
			spread(f, seconds * f->rate, f->n);
			f->end = -1;
		}
	}
	pair_up(f);
}

/* Frames at or after steps of `every` seconds, as long as the step before the next one is below
 * `until`; `most` + 1 at most. *last_number: of the last of them. */
static int64_t greedy(const struct frames *f, double every, int64_t until, int64_t most,
		      int64_t *last_number)
{
	double at = 0, length = 1 / f->rate;
	int64_t n = 0, number = 0;

	*last_number = 0;
	while (n <= most) {
		int64_t low = max_i64(number, (int64_t)(at * f->rate) - 1);
		while (low <= f->last && (double)low * length < at)
			low++;
		if (low > f->last)
			break;
		*last_number = low;
		number = low + 1;
		n++;
		at += every;
		if (at >= (double)until)
			break;
	}
	return n;
}

/* Greedy steps where they give the number that is wanted, else that many between two frames: the
 * first and the last of the steps, or of all where the steps are more, or fewer than `least`. */
static void take_stepped(struct frames *f, int64_t total, double fps, int64_t wanted, int64_t least)
{
	int64_t last = total - 1;

	f->how = TAKE_DOWN;
	if (total >= wanted) {
		int64_t until = (int64_t)((double)total / f->rate);
		int64_t got = greedy(f, 1 / fps, until, wanted, &last);

		if (got == wanted && got >= least) {
			f->n = got;
			f->how = TAKE_UP;
			f->step = f->rate / fps;
			pair_up(f);
			return;
		}
		if (got < least || got > wanted)
			last = total - 1;
	}
	spread(f, (double)last, wanted);
	if (wanted > last + 1) { /* some frames twice: each counts once */
		f->n = last + 1;
		f->step = 1;
		f->end = -1;
	}
	pair_up(f);
}

static void take_glm46v(const struct processor *p, const struct video *v, int64_t total,
			struct frames *f)
{
	enum { LONGEST_S = 2400, MOST = 640, LEAST = 3 };
	(void)p, (void)v; /* the length alone decides */
	double judged = min_num((double)total / f->rate, LONGEST_S);
	double fps = judged <= 30 ? 6 : judged <= 300 ? 2 : 1;

	take_stepped(f, total, fps, min_i64((int64_t)(judged * fps), MOST), LEAST);
}

static void take_glm5(const struct processor *p, const struct video *v, int64_t total,
		      struct frames *f)
{
	double fps = fps_of(p, v);
	int64_t wanted = whole((double)total / f->rate * fps);

	if (p->video.max_frames > 0)
		wanted = min_i64(wanted, p->video.max_frames);
	take_stepped(f, total, fps, wanted, 0);
}

/* The next frame is the first that is a step of fps, less a ten-thousandth of a second, behind the
 * one before: so many frames further each time. */
static void take_step(const struct processor *p, const struct video *v, int64_t total,
		      struct frames *f)
{
	double fps = fps_of(p, v);

	if (!(fps > 0))
		return;
	int64_t step = max_i64(1, ceil_int(f->rate / fps - f->rate * 1e-4));

	f->n = ceil_div(total, step);
	f->step = (double)step;
}

static void take_packed(const struct processor *p, const struct video *v, int64_t total,
			struct frames *f)
{
	enum { MOST_PACKED = 3 };
	double fps = fps_of(p, v), seconds = (double)total / f->rate;
	int64_t most = p->video.max_frames > 0 ? p->video.max_frames : total;
	int64_t packed = ceil_int(seconds * fps / (double)most);

	f->packed = 1;
	if (fps * (double)(int64_t)seconds <= (double)most) {
		double each = min_num(fps, (double)round_even(f->rate));
		f->n = round_even(each * min_num((double)most, seconds));
	} else if (packed <= MOST_PACKED) {
		f->packed = (int32_t)packed;
		f->n = round_even(seconds * fps);
	} else {
		f->packed = MOST_PACKED;
		f->n = most * MOST_PACKED;
	}
	f->how = TAKE_DOWN;
	f->step = f->n > 0 ? (double)total / (double)f->n : 0;
}

static void (*const takers[])(const struct processor *p, const struct video *v, int64_t total,
			      struct frames *f) = {
	[FRAMES_RATE] = take_rate,     [FRAMES_RATE_UP] = take_rate, [FRAMES_RATE_EVEN] = take_rate,
	[FRAMES_EVEN] = take_even,     [FRAMES_ALL] = take_all,      [FRAMES_GLM4V] = take_glm4v,
	[FRAMES_GLM46V] = take_glm46v, [FRAMES_GLM5] = take_glm5,    [FRAMES_STEP] = take_step,
	[FRAMES_PACKED] = take_packed, [FRAMES_UNKNOWN] = take_all, /* what an engine leaves to the
								       family */
};
static_assert(ARRAY_SIZE(takers) == VIDEO_FRAMES_N, "each way of taking frames");

static void sample(const struct processor *p, const struct video *v, struct frames *out)
{
	int64_t total = frames_in(v);

	*out = (struct frames){.rate = rate_of(v), .last = total - 1, .end = -1};
	if (v->given > 0) {
		double fps = fps_of(p, v);
		out->n = v->given;
		out->step = 1;
		out->rate = fps > 0 ? fps : 1;
		out->last = v->given - 1;
		return;
	}
	if (total < 1 || p->video.group < 1)
		return;
	if (v->sampler == SAMPLER_EVEN && !(v->fps > 0) && !p->video.own_reader &&
	    total > v->even) {
		out->how = TAKE_DOWN;
		spread(out, (double)(total - 1), v->even);
		return;
	}
	takers[p->video.sampler](p, v, total, out);
}

void video_sample(const struct processor *p, const struct video *v, struct frames *out)
{
	sample(p, v, out);
	if (!out->taken)
		out->taken = out->n;
}

int32_t video_group(const struct processor *p, const struct frames *f)
{
	return f->packed > 0 ? f->packed : p->video.group;
}

double video_time(const struct frames *f, int64_t k)
{
	k = min_i64(k, f->taken - 1);
	double at = (double)k * f->step;
	int64_t number = f->how == TAKE_NEAREST ? round_even(at)
			 : f->how == TAKE_DOWN  ? (int64_t)at
						: ceil_int(at);

	if (k == f->taken - 1 && f->end >= 0) /* linspace ends at its end, whatever the product */
		number = f->end;
	return (double)min_i64(number, f->last) / f->rate;
}
