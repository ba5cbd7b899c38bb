/* Tokens of a video: frames are sampled (video_sample.c), resized alike, and `group` of them become
 * one.
 *
 *     a limit per frame (Qwen2-VL, Qwen2.5-VL): the smart resize of one frame; where
 *         qwen-vl-utils prepares it,
 *         max = max(min(max_pixels, total / frames * group), int(1.05 * min_pixels))
 *     a total alone (Qwen3-VL, GLM): the smart resize with frames * h * w held against the total;
 *         small frames are enlarged to one factor first. Versions that cap frames:
 *         total = max(min(frame_cap, total // frames), int(1.05 * min_pixels)) * frames.
 *         Where qwen-vl-utils prepares it: as above, with 128 to 768 tokens a frame and 115,200
 *         in all
 *     both:   V = ceil(frames / group) * (h / f) (w / f)
 *     fixed:  V = ceil(frames / group) * tokens
 *     image:  V = ceil(frames / group) * V of an image of that size, under the limits of a frame
 *     shape:  rows = round(sqrt(max_patches H / W)), cols likewise, halves to even; rows, then
 *         cols, to a multiple of merge, up if the product stays within max_patches, else down;
 *         V = ceil(frames / group) * rows cols / merge^2
 *
 * To V come the features of a whole video (`once`); around groups and video stand special tokens
 * and the texts that tell times (video_stamp.c). Source: vision_process.py of QwenLM/Qwen3-VL;
 * video_processing_qwen2_vl.py, video_processing_qwen3_vl.py, video_processing_glm4v.py and
 * video_processing_gemma4.py of huggingface/transformers. */
#include "core/video.h"

#include <string.h>

#include "core/padded.h"
#include "core/smart_resize.h"
#include "core/strategy.h"
#include "core/trace.h"

const char *const video_kind_names[] = {"auto",  "images", "content", "fixed",
					"image", "shape",  NULL};
static_assert(ARRAY_SIZE(video_kind_names) == VIDEO_KIND_N + 1, "a name for each");
const char *const video_frames_names[] = {"rate", "rate-up",  "rate-even", "even",
					  "all",  "glm-4.1v", "glm-4.6v",  "glm-5",
					  "step", "packed",   "unknown",   NULL};
static_assert(ARRAY_SIZE(video_frames_names) == VIDEO_FRAMES_N + 1, "a name for each");
const char *const video_stamp_names[] = {"none",  "seconds", "whole", "tenths",
					 "point", "clock",   NULL};
static_assert(ARRAY_SIZE(video_stamp_names) == VIDEO_STAMP_N + 1, "a name for each");
const char *const video_sampler_names[] = {"card", "model",   "even", "utils",
					   "none", "unknown", NULL};
static_assert(ARRAY_SIZE(video_sampler_names) == SAMPLER_N + 1, "a name for each");

/* What qwen-vl-utils allows, in tokens. */
enum { UTILS_FRAME_LEAST = 128, UTILS_FRAME_MOST = 768, UTILS_ALL = 115200 };

static bool has_frame_limit(const struct processor *p)
{
	return p->video.max_pixels > 0;
}

/* What tells the Qwen families apart, for which alone qwen-vl-utils is (and the copy of it that
 * Keye-VL has). */
static bool is_qwen(const struct processor *p)
{
	return (has_frame_limit(p) && p->video.total_pixels > 0) || p->video.frame_cap > 0;
}

/* GLM-5-Next: frames are padded, not stretched. */
static bool is_padded(const struct processor *p)
{
	return strcmp(p->strategy->name, "padded") == 0;
}

/* Floor of 1.05 times the least area: the smallest cap that is used. */
static int64_t least_cap(int64_t min_pixels)
{
	return (int64_t)((double)min_pixels * 1.05);
}

/* qwen-vl-utils' cap of one frame. */
static int64_t shared(const struct processor *p, int64_t most, double total, int64_t least,
		      int64_t frames)
{
	double share = total > 0 ? total / (double)frames * p->video.group : (double)most;

	return (int64_t)max_num(min_num((double)most, share), (double)least_cap(least));
}

static struct extent enlarged(struct extent in, int64_t f)
{
	if (in.w >= f && in.h >= f)
		return in;
	double s = max_num((double)f / (double)in.h, (double)f / (double)in.w);
	return (struct extent){(int64_t)((double)in.w * s), (int64_t)((double)in.h * s)};
}

/* Limits of the request go before the family's. */
static struct smart_limits asked(struct smart_limits l, const struct video *v)
{
	if (v->min_pixels > 0)
		l.min_pixels = v->min_pixels;
	if (v->max_pixels > 0)
		l.max_pixels = v->max_pixels;
	return l;
}

/* The limits of one frame by itself. */
static struct smart_limits frame_limits(const struct processor *p, const struct video *v,
					int64_t frames)
{
	const struct video_rule *r = &p->video;
	int64_t f = (int64_t)p->patch * p->merge, area = f * f;
	struct smart_limits l = {.factor = f, .frames = 1, .counted_frames = 1, .least = 1};
	bool by_utils = v->sampler == SAMPLER_UTILS || v->sampler == SAMPLER_CARD;

	l.min_pixels = has_frame_limit(p) ? r->min_pixels : UTILS_FRAME_LEAST * area;
	if (!has_frame_limit(p))
		l.max_pixels = shared(p, UTILS_FRAME_MOST * area, (double)(UTILS_ALL * area),
				      l.min_pixels, frames);
	else if (by_utils)
		l.max_pixels = shared(p, r->frame_cap > 0 ? r->frame_cap : r->max_pixels,
				      (double)r->total_pixels, l.min_pixels, frames);
	else
		l.max_pixels = r->max_pixels;
	return asked(l, v);
}

static struct smart_limits volume_limits(const struct processor *p, const struct video *v,
					 int64_t frames)
{
	const struct video_rule *r = &p->video;
	struct smart_limits l = {
		.factor = (int64_t)p->patch * p->merge, .frames = frames, .least = 1};

	l.counted_frames = round_even((double)frames / r->group) * r->group;
	l.min_pixels = r->min_pixels;
	l.max_pixels = r->total_pixels;
	if (v->is_capped && r->frame_cap > 0)
		l.max_pixels = max_i64(min_i64(r->frame_cap, r->total_pixels / frames),
				       least_cap(r->min_pixels)) *
			       frames;
	return asked(l, v);
}

static bool by_frame(const struct processor *p, const struct video *v)
{
	return has_frame_limit(p) || v->sampler == SAMPLER_UTILS;
}

static void refuse(struct count *out, enum refusal why, const char *who, int64_t a)
{
	struct refusal_facts facts = {.a = a};

	if (who)
		facts.vendor = who;
	count_refuse(out, NULL, why, facts);
}

/* What a host does not take. */
static void out_of_bounds(const struct processor *p, const struct video *v, struct count *out)
{
	const struct video_rule *r = &p->video;
	struct refusal_facts facts = {.vendor = p->host ? p->host : "this model"};

	if (r->most_s > 0 && v->seconds > 0 &&
	    (v->seconds < r->least_s || v->seconds > r->most_s)) {
		facts.a = (int64_t)r->least_s;
		facts.b = (int64_t)r->most_s;
		count_refuse(out, NULL, REFUSED_VIDEO_SECONDS, facts);
	} else if (r->most_fps > 0 && v->fps > 0 &&
		   (v->fps < r->least_fps || v->fps > r->most_fps)) {
		facts.a = round_even(r->least_fps * 10);
		facts.b = round_even(r->most_fps * 10);
		count_refuse(out, NULL, REFUSED_VIDEO_FPS, facts);
	}
}

/* Families and engines without a rule, each with its reason. */
static bool has_no_rule(const struct processor *p, const struct video *v, struct count *out)
{
	const struct video_rule *r = &p->video;
	bool by_limits = r->kind == VIDEO_AUTO;
	const char *engine = v->engine ? v->engine : "this engine";

	if (r->kind == VIDEO_IMAGES)
		refuse(out, REFUSED_VIDEO_IMAGES, NULL, 0);
	else if (v->sampler == SAMPLER_NONE)
		refuse(out, REFUSED_VIDEO_ENGINE, engine, 0);
	else if (r->kind == VIDEO_CONTENT)
		refuse(out, REFUSED_VIDEO_CONTENT, NULL, 0);
	else if (r->group < 1 ||
		 (by_limits && !is_padded(p) && strcmp(p->strategy->name, "merge") != 0))
		refuse(out, REFUSED_VIDEO, NULL, 0);
	else if (v->sampler == SAMPLER_UNKNOWN && !v->given)
		refuse(out, REFUSED_VIDEO_SAMPLER, engine, 0);
	else if (!v->given && !v->in_file && !(v->seconds > 0))
		refuse(out, REFUSED_VIDEO_LENGTH, NULL, 0);
	else if (v->sampler == SAMPLER_UTILS && !is_qwen(p))
		refuse(out, REFUSED_VIDEO_UTILS, NULL, 0);
	else if (r->sampler == FRAMES_UNKNOWN && !v->given && v->sampler != SAMPLER_EVEN)
		refuse(out, REFUSED_VIDEO_SAMPLER, "its own processor", 0);
	else
		out_of_bounds(p, v, out);
	return out->refused != REFUSED_NOT;
}

static bool has_bad_frames(const struct processor *p, const struct video *v, int64_t frames,
			   struct count *out)
{
	int64_t least = p->video.kind == VIDEO_AUTO && !by_frame(p, v) ? p->video.group : 1;

	if (frames > VIDEO_FRAMES_MOST || v->given < 0)
		refuse(out, REFUSED_FRAMES, NULL, 0);
	else if (frames < least)
		refuse(out, REFUSED_FEW_FRAMES, NULL, max_i64(least, p->video.group));
	return out->refused != REFUSED_NOT;
}

/* ------------------------------------------------------------ the visual part */

static void count_resized(const struct processor *p, const struct video *v, int64_t frames,
			  struct extent in, struct count *out)
{
	int64_t longer = max_i64(in.w, in.h), shorter = min_i64(in.w, in.h);
	enum smart_limit limit;

	if (!by_frame(p, v))
		in = enlarged(in, (int64_t)p->patch * p->merge);
	struct smart_limits l =
		by_frame(p, v) ? frame_limits(p, v, frames) : volume_limits(p, v, frames);
	if (p->max_aspect > 0 && (double)longer / (double)shorter > p->max_aspect) {
		count_refuse(
			out, NULL, REFUSED_ASPECT,
			(struct refusal_facts){.limit = p->max_aspect, .a = longer, .b = shorter});
		return;
	}
	/* frames * area must stay within 64 bits: shapes that large are capped to the same size
	 * anyway */
	if (in.w > INT64_MAX / 2 / in.h / l.frames) {
		refuse(out, REFUSED_LARGE_FRAMES, NULL, 0);
		return;
	}
	struct extent tokens = smart_resize(&l, in, &limit);
	int64_t groups = ceil_div(frames, p->video.group);

	out->visual = groups * tokens.w * tokens.h;
	out->resized_w = tokens.w * l.factor;
	out->resized_h = tokens.h * l.factor;
	out->encoder_patches = out->visual * p->merge * p->merge;
}

/* The limits are of all frames together; the sides of a group follow. */
static void count_padded(const struct processor *p, const struct video *v, int64_t frames,
			 struct extent in, struct count *out)
{
	const struct video_rule *r = &p->video;
	int64_t groups = ceil_div(frames, r->group);
	struct padded_limits l = {.factor = (int64_t)p->patch * p->merge, .frames = frames};
	bool is_raised;

	if (in.w + l.factor > INT64_MAX / 4 / (in.h + l.factor) / (frames + r->group)) {
		refuse(out, REFUSED_LARGE_FRAMES, NULL, 0);
		return;
	}
	l.whole_frames = max_i64(1, round_even((double)frames / r->group)) * r->group;
	l.min_pixels = v->min_pixels > 0 ? v->min_pixels : r->min_pixels;
	l.max_pixels = v->max_pixels > 0 ? v->max_pixels : r->total_pixels;
	struct extent grid = padded_grid(&l, in, &is_raised);

	out->visual = groups * grid.w * grid.h;
	out->resized_w = grid.w * l.factor;
	out->resized_h = grid.h * l.factor;
	out->encoder_patches = out->visual * p->merge * p->merge;
}

static void count_fixed(const struct processor *p, const struct video *v, int64_t groups,
			struct count *out)
{
	int32_t each = p->video.tokens[v->media];

	if (each < 1) {
		refuse(out, REFUSED_MEDIA, NULL, (int64_t)v->media);
		return;
	}
	out->visual = groups * each;
}

/* Its tokens times the groups. */
static void count_images(const struct processor *p, int64_t groups, struct extent in,
			 struct count *out)
{
	struct processor frame = *p;
	struct count one;

	if (p->video.tokens[MEDIA_DEFAULT] > 0)
		frame.max_tokens = p->video.tokens[MEDIA_DEFAULT];
	if (p->video.max_patches > 0)
		frame.max_patches = p->video.max_patches;
	count_image(&frame, LENS_EXACT, NULL, in.w, in.h, &one, NULL);
	if (one.refused) {
		count_refuse(out, NULL, one.refused, one.facts);
		return;
	}
	out->visual = groups * one.visual;
	out->resized_w = one.resized_w;
	out->resized_h = one.resized_h;
	out->encoder_patches = groups * one.encoder_patches;
}

/* A side in patches, made a multiple of the merge: up where the area still fits. */
static int64_t whole_side(const struct processor *p, int64_t side, int64_t other)
{
	int64_t rest = side % p->merge, up = side - rest + p->merge;

	if (rest == 0)
		return side;
	return up * other <= p->video.max_patches ? up : max_i64(p->merge, side - rest);
}

static void count_shape(const struct processor *p, int64_t groups, struct extent in,
			struct count *out)
{
	double most = p->video.max_patches, aspect = (double)in.h / (double)in.w;
	int64_t rows = max_i64(1, round_even(sqrt(most * aspect))),
		cols = max_i64(1, round_even(sqrt(most / aspect)));

	rows = whole_side(p, rows, cols);
	cols = whole_side(p, cols, rows);
	out->visual = groups * (rows / p->merge) * (cols / p->merge);
	out->resized_w = cols * p->patch;
	out->resized_h = rows * p->patch;
	out->encoder_patches = groups * rows * cols;
}

/* ------------------------------------------------------------ all of it */

/* What stands around the groups, and what tells their times. */
static void add_special(const struct processor *p, const struct video *v, const struct frames *f,
			int64_t groups, struct count *out)
{
	const struct video_rule *r = &p->video;
	bool is_bare = v->is_bare && is_qwen(p) && r->special > 0;
	int64_t stamps = video_stamps(r->stamp, f, video_group(p, f));

	out->visual += r->once;
	out->has_special = r->special >= 0;
	if (out->has_special)
		out->special = r->special * groups + (is_bare ? 0 : r->special_once) + stamps;
	out->total = out->visual + out->special;
}

void count_video(const struct processor *p, const struct video *v, int64_t width, int64_t height,
		 struct count *out)
{
	struct extent in = {width, height};
	struct frames f;

	memset(out, 0, sizeof(*out));
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
		refuse(out, REFUSED_SIDES, NULL, 0);
		return;
	}
	if (has_no_rule(p, v, out))
		return;
	video_sample(p, v, &f);
	if (has_bad_frames(p, v, f.n, out))
		return;
	int64_t groups = ceil_div(f.n, video_group(p, &f));

	out->tiles = groups;
	out->approximate = p->hosted.approximate;
	if (p->video.kind == VIDEO_FIXED)
		count_fixed(p, v, groups, out);
	else if (p->video.kind == VIDEO_IMAGE)
		count_images(p, groups, in, out);
	else if (p->video.kind == VIDEO_SHAPE)
		count_shape(p, groups, in, out);
	else if (is_padded(p))
		count_padded(p, v, f.n, in, out);
	else
		count_resized(p, v, f.n, in, out);
	if (!out->refused)
		add_special(p, v, &f, groups, out);
}
