#include "core/hosted_rule.h"

#include "core/arith.h"

void hosted_ask(struct processor *p, const struct knobs *knobs)
{
	p->hosted.asked_detail = knobs->detail;
	p->hosted.asked_media = knobs->media;
	p->hosted.asked_images = knobs->images;
}

/* The longest side the API takes, given how many images the request holds. */
static int32_t side_limit(const struct hosted *h)
{
	if (h->many_images && h->asked_images > h->many_images)
		return h->many_side;
	return h->reject_side;
}

/* The derivation starts with the rule itself: how it is known, and since when. */
static void say_rule(const struct hosted *h, int64_t width, int64_t height, struct trace *trace)
{
	char from[11], until[11];

	trace_step(trace, STEP_ORIGINAL, width, height, 0, "px", false,
		   "as sent; %s rule of %s, in force from %s%s%s", evidence_names[h->evidence],
		   h->vendor, hosted_date_text(h->from, from), h->until ? " until " : "",
		   hosted_date_text(h->until, until));
}

bool hosted_admits(const struct processor *p, int64_t width, int64_t height, struct count *out,
		   struct trace *trace)
{
	const struct hosted *h = &p->hosted;
	int32_t limit = side_limit(h);

	if (trace)
		say_rule(h, width, height, trace);
	if (h->images_max && h->asked_images > h->images_max) {
		count_refuse(out, trace, REFUSED_IMAGES,
			     (struct refusal_facts){.vendor = h->vendor,
						    .a = h->images_max,
						    .b = h->asked_images});
		return false;
	}
	if (limit && (width > limit || height > limit)) {
		count_refuse(out, trace, limit != h->reject_side ? REFUSED_LONG_OF : REFUSED_LONG,
			     (struct refusal_facts){
				     .vendor = h->vendor, .a = limit, .b = h->many_images});
		return false;
	}
	return true;
}

bool hosted_piece(const struct processor *p, const struct box *b, struct piece_of *out)
{
	int64_t limit = side_limit(&p->hosted);

	bool is_refused = p->hosted.images_max && p->hosted.asked_images > p->hosted.images_max;

	if (!is_refused && (!limit || (b->w2 <= limit && b->h2 <= limit)))
		return false;
	/* all are refused, or only the larger */
	out->piece = is_refused || b->w1 > limit || b->h1 > limit ? PIECE_CELLS : PIECE_UNKNOWN;
	return true;
}

const struct detail_level *hosted_level(const struct processor *p, struct count *out,
					struct trace *trace)
{
	const struct hosted *h = &p->hosted;
	enum detail d = h->asked_detail == DETAIL_AUTO ? h->auto_detail : h->asked_detail;

	if (h->detail[d].side > 0)
		return &h->detail[d];
	count_refuse(out, trace, REFUSED_DETAIL, (struct refusal_facts){.a = d});
	return NULL;
}

bool hosted_shrink(int64_t *width, int64_t *height, int64_t most)
{
	int64_t *longer = *width >= *height ? width : height;
	int64_t *shorter = longer == width ? height : width;

	if (*longer <= most)
		return false;
	/* whole numbers: both are at most SIDE_MAX, so the product fits */
	*shorter = *shorter * most / *longer;
	if (*shorter < 1)
		*shorter = 1;
	*longer = most;
	return true;
}

void hosted_lay(struct trace *t, int64_t width, int64_t height, int64_t cols, int64_t rows)
{
	if (t)
		t->layout = (struct layout_px){.canvas_w = width,
					       .canvas_h = height,
					       .content_w = width,
					       .content_h = height,
					       .cols = (int32_t)min_i64(cols, INT32_MAX),
					       .rows = (int32_t)min_i64(rows, INT32_MAX)};
}

void hosted_bill(const struct processor *p, int64_t tokens, struct count *out, struct trace *trace)
{
	out->has_special = true;
	out->approximate = p->hosted.approximate;
	out->visual = out->total = tokens;
	if (!trace)
		return;
	trace_step(trace, STEP_VISUAL, 0, 0, tokens, "tokens", false, "billed for the image%s",
		   p->hosted.approximate ? ", by the vendor's rough figures" : "");
	trace_step(trace, STEP_TOTAL, 0, 0, tokens, "tokens", false,
		   "nothing around it is billed apart");
}
