/* Counts and their derivations. */
#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/str.h"
#include "core/count.h"
#include "core/reason.h"
#include "core/usual.h"
#include "core/video.h"
#include "lib/lib.h"

static_assert((int)VTOK_SIDE_MAX == (int)SIDE_MAX, "limits are the library's own");
static_assert((int)VTOK_LENS_FORMULA == (int)LENS_FORMULA, "lenses are the library's own");
static_assert((int)VTOK_DETAIL_ORIGINAL == (int)DETAIL_ORIGINAL, "levels are the library's own");
static_assert((int)VTOK_MEDIA_ULTRA_HIGH == (int)MEDIA_ULTRA_HIGH, "levels are the library's own");

/* ------------------------------------------------------------ what comes in */

bool lib_within(const char *member, int64_t value, int64_t least, int64_t most,
		struct vtok_fault *fault)
{
	if (value >= least && value <= most)
		return true;
	return lib_fail_argument(fault, "%s: expected %lld to %lld, got %lld", member,
				 (long long)least, (long long)most, (long long)value);
}

static bool good(const struct vtok_options *o, struct vtok_fault *fault)
{
	return lib_within("lens", (int64_t)o->lens, 0, LENS_N - 1, fault) &&
	       lib_within("detail", (int64_t)o->detail, 0, DETAIL_N - 1, fault) &&
	       lib_within("media_resolution", (int64_t)o->media_resolution, 0, MEDIA_N - 1,
			  fault) &&
	       lib_within("patch", o->patch, 0, PATCH_MOST, fault) &&
	       lib_within("merge", o->merge, 0, MERGE_MOST, fault) &&
	       lib_within("pool", o->pool, 0, POOL_MOST, fault) &&
	       lib_within("grid", o->grid, 0, GRID_MOST, fault) &&
	       lib_within("images", o->images, 0, IMAGES_MOST, fault) &&
	       lib_within("min_pixels", o->min_pixels, 0, AREA_MOST, fault) &&
	       lib_within("max_pixels", o->max_pixels, 0, AREA_MOST, fault) &&
	       lib_within("max_tokens", o->max_tokens, 0, TOKENS_MOST, fault);
}

bool lib_options(struct lib_question *q, const struct vtok_options *options,
		 struct vtok_fault *fault)
{
	const size_t least = offsetof(struct vtok_options, media_resolution) +
			     sizeof(enum vtok_media_resolution);
	struct vtok_options o;

	*q = (struct lib_question){.lens = LENS_EXACT};
	if (!options)
		return true;
	if (!lib_take(&o, sizeof(o), options, least, "options", fault) || !good(&o, fault))
		return false;
	q->lens = (enum lens)o.lens;
	q->knobs = (struct knobs){
		.patch = o.patch,
		.merge = o.merge,
		.pool = o.pool,
		.grid_k = o.grid,
		.min_pixels = o.min_pixels,
		.max_pixels = o.max_pixels,
		.detail = (enum detail)o.detail,
		.media = (enum media_resolution)o.media_resolution,
		.images = o.images,
		.max_tokens = o.max_tokens,
	};
	return true;
}

bool lib_size(int64_t width, int64_t height, struct vtok_fault *fault)
{
	if (width < 1 || width > SIDE_MAX)
		return lib_fail_argument(fault, "width: expected 1 to %d pixels, got %lld",
					 SIDE_MAX, (long long)width);
	if (height < 1 || height > SIDE_MAX)
		return lib_fail_argument(fault, "height: expected 1 to %d pixels, got %lld",
					 SIDE_MAX, (long long)height);
	return true;
}

/* ------------------------------------------------------------ counts */

static bool give_count(const struct count *c, struct vtok_count *out, struct vtok_fault *fault)
{
	const size_t least = offsetof(struct vtok_count, reason) + sizeof(out->reason);
	bool knows = c->has_special && !c->refused;
	char why[REFUSAL_TEXT];
	struct vtok_count ours = {
		.refused = c->refused != REFUSED_NOT,
		.is_approximate = c->approximate,
		.visual = c->visual,
		.special = c->refused ? 0
			   : knows    ? c->special
				      : -1,
		.total = c->refused ? 0
			 : knows    ? c->total
				    : -1,
		.resized_w = c->resized_w,
		.resized_h = c->resized_h,
		.tiles = c->tiles,
	};

	if (c->refused)
		str_format(ours.reason, sizeof(ours.reason), "%s", count_reason(c, why));
	return lib_give(out, &ours, sizeof(ours), least, "count", fault);
}

/* A language model alone takes no images: as a refusal of each. */
static bool give_none(struct vtok_count *out, struct vtok_fault *fault)
{
	const size_t least = offsetof(struct vtok_count, reason) + sizeof(out->reason);
	struct vtok_count ours = VTOK_COUNT_INIT;

	ours.refused = true;
	str_format(ours.reason, sizeof(ours.reason), "%s", reason_text(REASON_NO_VISION));
	return lib_give(out, &ours, sizeof(ours), least, "count", fault);
}

bool vtok_count_image(const struct vtok_subject *s, const struct vtok_options *options,
		      int64_t width, int64_t height, struct vtok_count *out,
		      struct vtok_fault *fault)
{
	struct lib_question q;
	struct count count;

	lib_no_fault(fault);
	if (!lib_options(&q, options, fault) || !lib_size(width, height, fault))
		return false;
	if (!s->processor)
		return give_none(out, fault);
	count_image(s->processor, q.lens, &q.knobs, width, height, &count, NULL);
	return give_count(&count, out, fault);
}

bool vtok_count_video(const struct vtok_subject *s, int64_t frames, int64_t width, int64_t height,
		      struct vtok_count *out, struct vtok_fault *fault)
{
	struct count count;

	lib_no_fault(fault);
	if (frames < 1 || frames > IMAGES_MOST)
		return lib_fail_argument(fault, "frames: expected 1 to %d, got %lld", IMAGES_MOST,
					 (long long)frames);
	if (!lib_size(width, height, fault))
		return false;
	if (!s->processor)
		return give_none(out, fault);
	count_video(s->processor, &(struct video){.given = frames}, width, height, &count);
	return give_count(&count, out, fault);
}

int64_t vtok_video_frames(const struct vtok_subject *s, double seconds, double fps)
{
	struct frames frames = {.n = 0};

	if (!(seconds > 0 && seconds < 1e9) || !(fps > 0 && fps < 1e6) || !s->processor ||
	    s->processor->video.group < 1)
		return 0;
	/* a video that has enough frames for any rate */
	video_sample(s->processor,
		     &(struct video){.seconds = min_num(seconds, VIDEO_SECONDS_MOST),
				     .rate = max_num(fps, VIDEO_RATE_USUAL),
				     .fps = fps},
		     &frames);
	return frames.n;
}

/* ------------------------------------------------------------ derivations */

struct vtok_derivation {
	struct count count;
	struct trace trace; /* holds the texts of the steps */
	struct vtok_step steps[STEPS_MAX];
};

struct vtok_derivation *vtok_derivation_new(const struct vtok_subject *s,
					    const struct vtok_options *options, int64_t width,
					    int64_t height, struct vtok_fault *fault)
{
	struct vtok_derivation *d;
	struct lib_question q;

	lib_no_fault(fault);
	if (!lib_options(&q, options, fault) || !lib_size(width, height, fault))
		return NULL;
	if (!s->processor) {
		lib_fail_argument(fault, "%s", reason_text(REASON_NO_VISION));
		return NULL;
	}
	d = malloc(sizeof(*d));
	if (!d) {
		lib_fail_memory(fault);
		return NULL;
	}
	count_image(s->processor, q.lens, &q.knobs, width, height, &d->count, &d->trace);
	for (int i = 0; i < d->trace.n; i++) {
		const struct step *from = &d->trace.steps[i];

		d->steps[i] = (struct vtok_step){
			.name = step_name(from->kind),
			.width = from->width,
			.height = from->height,
			.count = from->count,
			.unit = from->unit ? from->unit : "",
			.is_bound = from->bound,
			.text = from->text,
		};
	}
	return d;
}

void vtok_derivation_free(struct vtok_derivation *d)
{
	free(d);
}

size_t vtok_derivation_n(const struct vtok_derivation *d)
{
	return (size_t)d->trace.n;
}

const struct vtok_step *vtok_derivation_step(const struct vtok_derivation *d, size_t i)
{
	return i < (size_t)d->trace.n ? &d->steps[i] : NULL;
}
