/* Videos of the Qwen-VL families: frames are resized alike, and temporal_merge of them
 * become one.
 *
 *     a limit per frame (Qwen2-VL, Qwen2.5-VL): max = max(min(video_max_pixels,
 *         total / frames * temporal_merge),
 *         int(1.05 * video_min_pixels)), then the smart resize of one frame
 *     a total alone (Qwen3-VL): the smart resize with frames * h * w held against
 *         the total; small frames are enlarged
 *         to one factor first
 *     V = ceil(frames / temporal_merge) * (h / f) (w / f)
 *
 * Sampling: int(seconds * fps) frames, 4 to max_frames, whole groups in the families
 * with a limit per frame.
 * Source: qwen_vl_utils vision_process.py of QwenLM; video_processing_qwen2_vl.py and
 * video_processing_qwen3_vl.py of huggingface/transformers (with cap_pixels_per_frame
 * off, the default before 5.22). The timestamps that Qwen3-VL writes between frames are
 * text and are not counted. */
#include "core/count.h"

#include <string.h>

#include "base/unit.h"
#include "core/smart_resize.h"
#include "core/strategy.h"
#include "core/trace.h"

enum { FRAMES_LEAST = 4 }; /* FPS_MIN_FRAMES */
enum { FRAMES_MOST = 1000000 };

static bool has_frame_limit(const struct processor *p)
{
	return p->video_max_pixels > 0;
}

int64_t count_video_frames(const struct processor *p, double seconds, double fps)
{
	double wanted = seconds * fps;
	int64_t most = p->max_frames > 0 ? p->max_frames : FRAMES_MOST;

	if (p->temporal_merge < 1 || !(wanted > 0))
		return 0;
	int64_t n = wanted > (double)most ? most : max_i64((int64_t)wanted, FRAMES_LEAST);
	n = min_i64(n, most);
	return has_frame_limit(p) ? n / p->temporal_merge * p->temporal_merge : n;
}

static int64_t frame_limit(const struct processor *p, int64_t frames)
{
	double most = (double)p->video_max_pixels;

	if (p->video_total_pixels > 0)
		most = min_num(most,
			       (double)p->video_total_pixels / (double)frames * p->temporal_merge);
	return (int64_t)max_num(most, trunc((double)p->video_min_pixels * 1.05));
}

static struct extent enlarged(struct extent in, int64_t f)
{
	if (in.w >= f && in.h >= f)
		return in;
	double s = max_num((double)f / (double)in.h, (double)f / (double)in.w);
	return (struct extent){(int64_t)((double)in.w * s), (int64_t)((double)in.h * s)};
}

static struct smart_limits limits(const struct processor *p, int64_t frames)
{
	struct smart_limits l = {
		.factor = (int64_t)p->patch * p->merge, .frames = 1, .counted_frames = 1};

	l.least = 1;
	l.min_pixels = p->video_min_pixels;
	if (has_frame_limit(p)) {
		l.max_pixels = frame_limit(p, frames);
		return l;
	}
	l.frames = frames;
	l.counted_frames = round_even((double)frames / p->temporal_merge) * p->temporal_merge;
	l.max_pixels = p->video_total_pixels;
	return l;
}

static bool refused(const struct processor *p, int64_t frames, struct extent in, struct count *out,
		    struct trace *t)
{
	int64_t longer = max_i64(in.w, in.h), shorter = min_i64(in.w, in.h);

	if (p->temporal_merge < 1 || strcmp(p->strategy->name, "merge") != 0)
		count_refuse(out, t, REFUSED_VIDEO, (struct refusal_facts){0});
	else if (frames < 1 || frames > FRAMES_MOST)
		count_refuse(out, t, REFUSED_FRAMES, (struct refusal_facts){0});
	else if (!has_frame_limit(p) && frames < p->temporal_merge)
		count_refuse(out, t, REFUSED_FEW_FRAMES,
			     (struct refusal_facts){.a = p->temporal_merge});
	else if (p->max_aspect > 0 && (double)longer / (double)shorter > p->max_aspect)
		count_refuse(
			out, t, REFUSED_ASPECT,
			(struct refusal_facts){.limit = p->max_aspect, .a = longer, .b = shorter});
	return out->refused != REFUSED_NOT;
}

static void trace_video(const struct processor *p, int64_t frames, int64_t groups,
			const struct smart_limits *l, enum smart_limit limit, struct extent size,
			const struct count *out, struct trace *t)
{
	char px[UNIT_TEXT];
	int64_t bound = limit == SMART_RAISED ? l->min_pixels : l->max_pixels;

	trace_step(t, STEP_TILE, 0, 0, groups, WORD_TILES, false,
		   "%d frames, %d of them become one", (int)frames, (int)p->temporal_merge);
	trace_step(t, STEP_RESIZE, size.w, size.h, 0, WORD_PX, limit != SMART_FREE,
		   "%s %s pixels%s",
		   limit == SMART_FREE     ? "within the cap of"
		   : limit == SMART_CAPPED ? "pixel cap"
					   : "pixel floor",
		   unit_grouped(px, bound), has_frame_limit(p) ? " a frame" : " for all frames");
	trace_canvas(t, size, 1, 1, (double)l->factor, false);
	trace_step(t, STEP_MERGE, size.w / l->factor, size.h / l->factor, out->visual, WORD_TOKENS,
		   false, "%d groups of frames, %d x %d patches to a token", (int)groups,
		   (int)p->merge, (int)p->merge);
	trace_step(t, STEP_VISUAL, 0, 0, out->visual, WORD_TOKENS, false,
		   "visual tokens of the video");
	if (out->has_special)
		trace_step(t, STEP_SPECIAL, 0, 0, out->special, WORD_TOKENS, false,
			   has_frame_limit(p) ? "around the video"
					      : "around each group; timestamps are text");
	trace_step(t, STEP_TOTAL, 0, 0, out->total, WORD_TOKENS, false,
		   "positions in the sequence");
}

void count_video(const struct processor *p, int64_t frames, int64_t width, int64_t height,
		 struct count *out, struct trace *trace)
{
	struct extent in = {width, height};
	enum smart_limit limit;

	memset(out, 0, sizeof(*out));
	if (trace) {
		trace->n = 0;
		trace->layout = (struct layout_px){0};
		trace_step(trace, STEP_ORIGINAL, width, height, frames, WORD_PX, false,
			   "frames as they came");
	}
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
		count_refuse(out, trace, REFUSED_SIDES, (struct refusal_facts){0});
		return;
	}
	if (p->temporal_merge > 0 && p->patch > 0 && !has_frame_limit(p))
		in = enlarged(in, (int64_t)p->patch * p->merge);
	if (refused(p, frames, in, out, trace))
		return;
	struct smart_limits l = limits(p, frames);
	/* frames * area must stay within 64 bits: shapes that large are capped to the
	 * same size anyway */
	if (in.w > INT64_MAX / 2 / in.h / l.frames) {
		count_refuse(out, trace, REFUSED_LARGE_FRAMES, (struct refusal_facts){0});
		return;
	}
	struct extent tokens = smart_resize(&l, in, &limit);
	struct extent size = {tokens.w * l.factor, tokens.h * l.factor};
	int64_t groups = ceil_div(frames, p->temporal_merge);

	out->visual = groups * tokens.w * tokens.h;
	out->has_special = p->special_per_image >= 0;
	if (out->has_special)
		out->special = p->special_per_image * (has_frame_limit(p) ? 1 : groups);
	out->total = out->visual + out->special;
	out->resized_w = size.w;
	out->resized_h = size.h;
	out->tiles = groups;
	out->encoder_patches = out->visual * p->merge * p->merge;
	if (trace)
		trace_video(p, frames, groups, &l, limit, size, out, trace);
}
