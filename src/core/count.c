#include "core/count.h"

#include <string.h>

#include "core/hosted_rule.h"
#include "core/strategy.h"
#include "core/trace.h"

/* ---------------------------------------------------------------- the textbook */

/* (height / cell) (width / cell), both floored. */
static int64_t cells(int64_t cell, int64_t width, int64_t height)
{
	return min_i64((width / cell) * (height / cell), COUNT_MAX);
}

static int64_t at_least_1(int64_t v)
{
	return v < 1 ? 1 : v;
}

int64_t count_textbook(enum textbook t, int32_t patch, int32_t merge, int32_t pool, int32_t grid_k,
		       int64_t width, int64_t height)
{
	int64_t ps = at_least_1(patch);
	int64_t k = grid_k < 1 ? 3 : grid_k;

	switch (t) {
	case TEXTBOOK_ORIGINAL:
		return cells(ps, width, height);
	case TEXTBOOK_MERGER:
		return cells(ps * at_least_1(merge), width, height);
	case TEXTBOOK_MULTIGRID:
		return min_i64(cells(ps, width, height) *
				       (min_i64(k, GRID_MOST) * min_i64(k, GRID_MOST) + 1),
			       COUNT_MAX);
	case TEXTBOOK_DOWNSAMPLER:
		return cells(ps * at_least_1(pool), width, height);
	case TEXTBOOK_NONE:
	case TEXTBOOK_N:
		break;
	}
	return 0;
}

/* What one token of the formula covers, in pixels. */
static int64_t textbook_cell(const struct processor *p)
{
	if (p->textbook == TEXTBOOK_MERGER)
		return at_least_1(p->patch) * at_least_1(p->merge);
	if (p->textbook == TEXTBOOK_DOWNSAMPLER)
		return at_least_1(p->patch) * at_least_1(p->pool);
	return at_least_1(p->patch);
}

static void trace_textbook(const struct processor *p, int64_t width, int64_t height, int64_t visual,
			   struct trace *t)
{
	int64_t cell = textbook_cell(p);
	int64_t w = width / cell, h = height / cell;
	enum step_kind kind = p->textbook == TEXTBOOK_MERGER        ? STEP_MERGE
			      : p->textbook == TEXTBOOK_DOWNSAMPLER ? STEP_POOL
								    : STEP_PATCH;

	trace_canvas(t, (struct extent){width, height}, 1, 1, (double)cell, false);
	if (p->textbook == TEXTBOOK_MULTIGRID) {
		int32_t g = (int32_t)min_i64(p->max_grid, GRID_MOST);
		t->layout.overview = true;
		t->layout.cols = t->layout.rows = g;
		trace_step(t, STEP_TILE, g, g, (int64_t)g * g + 1, WORD_TILES, false,
			   "%d x %d tiles and the overview", (int)g, (int)g);
	}
	trace_step(t, kind, w, h, visual, WORD_TOKENS, false, "(W/%d) (H/%d), quotients floored%s",
		   (int)cell, (int)cell, p->textbook == TEXTBOOK_MULTIGRID ? ", in each" : "");
}

/* The formula as a rule like any strategy's. Reads textbook, patch, merge, pool and, as grid_k,
 * max_grid. */
static void count_formula(const struct processor *p, int64_t width, int64_t height,
			  struct count *out, struct trace *t)
{
	if (p->textbook == TEXTBOOK_NONE) {
		count_refuse(out, t, REFUSED_NO_FORMULA, (struct refusal_facts){0});
		return;
	}
	out->visual = count_textbook(p->textbook, p->patch, p->merge, p->pool, p->max_grid, width,
				     height);
	out->has_special = true; /* the textbook knows none: 0 */
	if (t)
		trace_textbook(p, width, height, out->visual, t);
}

/* All of the formula's knobs are live, whatever the processor fixes. */
static void apply_formula(const struct knobs *k, struct processor *p)
{
	p->max_grid = 3;
	if (!k)
		return;
	p->patch = k->patch > 0 ? k->patch : p->patch;
	p->merge = k->merge > 0 ? k->merge : p->merge;
	p->pool = k->pool > 0 ? k->pool : p->pool;
	p->max_grid = k->grid_k > 0 ? k->grid_k : p->max_grid;
}

/* ---------------------------------------------------------------- knobs */

void count_knob_rules(const struct processor *p, struct knob_rules *out)
{
	static const char learned[] = "the number of tokens is learned, whatever the patches";

	*out = p->strategy->fixed;
	if (p->tokens_per_tile > 0) {
		out->patch = out->patch ? out->patch : learned;
		out->merge = out->merge ? out->merge : learned;
		out->pool = out->pool ? out->pool : learned;
	}
}

/* Puts a turned knob in place; true if it changes anything. */
static bool turn(int32_t knob, const char *fixed, int32_t *value)
{
	if (knob <= 0 || fixed || knob == *value)
		return false;
	*value = knob;
	return true;
}

static bool turn_pixels(int64_t knob, const char *fixed, int64_t *value)
{
	if (knob <= 0 || fixed || knob == *value)
		return false;
	*value = min_i64(knob, AREA_MOST);
	return true;
}

static bool nothing_turned(const struct knobs *k)
{
	return !k || (k->patch <= 0 && k->merge <= 0 && k->pool <= 0 && k->grid_k <= 0 &&
		      k->min_pixels <= 0 && k->max_pixels <= 0 && k->max_tokens <= 0);
}

/* grid_k narrows a processor's own grids: one as large as the largest of them changes
 * nothing. */
static int32_t largest_grid(const struct processor *p)
{
	int32_t most = p->max_tiles;

	if (p->pins_n > 0 && p->tile > 0)
		most = 0;
	for (int32_t i = 0; i < p->pins_n && p->tile > 0; i++) {
		int32_t side =
			p->pins[i].width > p->pins[i].height ? p->pins[i].width : p->pins[i].height;
		if (side / p->tile > most)
			most = side / p->tile;
	}
	return p->max_grid > 0 && (most == 0 || p->max_grid < most) ? p->max_grid : most;
}

/* Returns true if the copy counts by other rules than the original. */
static bool apply(const struct knobs *k, struct processor *p)
{
	struct knob_rules r;
	bool turned = false;
	int32_t largest = largest_grid(p);

	count_knob_rules(p, &r);
	turned |= turn(k->patch, r.patch, &p->patch);
	turned |= turn(k->merge, r.merge, &p->merge);
	turned |= turn(k->pool, r.pool, &p->pool);
	if (largest == 0 || k->grid_k < largest)
		turned |= turn(k->grid_k, r.grid_k, &p->max_grid);
	turned |= turn_pixels(k->min_pixels, r.min_pixels, &p->min_pixels);
	turned |= turn_pixels(k->max_pixels, r.max_pixels, &p->max_pixels);
	if (k->max_tokens > 0) {
		p->asked_tokens = k->max_tokens;
		turned = true;
		if (p->strategy->cap && p->strategy->cap(p, k->max_tokens))
			p->asked_tokens = 0; /* what the setting does is what is counted */
	}
	return turned;
}

/* A family without a setting for it, or whose least is more: an image that takes more is refused.
 */
static void count_within(const struct processor *p, int64_t width, int64_t height,
			 struct count *out, struct trace *t)
{
	p->strategy->count(p, width, height, out, t);
	if (!out->refused && out->visual > p->asked_tokens)
		count_refuse(out, t, REFUSED_CAP,
			     (struct refusal_facts){.a = p->asked_tokens, .b = out->visual});
}

/* Where a rest of patches is no token; other rules make one of it. */
static bool is_without_tokens(const struct processor *p)
{
	struct count c;

	count_clear(&c);
	p->strategy->count(p, p->tile, p->tile, &c, NULL);
	return !c.refused && c.visual == 0;
}

enum refusal count_misfit(const struct processor *p, struct refusal_facts *facts)
{
	int32_t input = least_input(p);
	int64_t token = at_least_1(p->patch) * at_least_1(p->merge) * at_least_1(p->pool);

	if (input == 0 || p->tokens_per_tile > 0)
		return REFUSED_NOT;
	*facts = (struct refusal_facts){.a = p->patch, .b = input};
	if (p->patch > input)
		return REFUSED_PATCH;
	facts->a = token;
	return token > input && is_without_tokens(p) ? REFUSED_TOKEN : REFUSED_NOT;
}

static void count_nothing(const struct processor *p, int64_t width, int64_t height,
			  struct count *out, struct trace *t)
{
	struct refusal_facts facts = {0};
	enum refusal why = count_misfit(p, &facts);

	(void)width;
	(void)height;
	count_refuse(out, t, why, facts);
}

/* A host that refuses a picture by what it is before any resize. */
static void count_admitted(const struct processor *p, int64_t width, int64_t height,
			   struct count *out, struct trace *t)
{
	if (width * height > p->reject_pixels)
		count_refuse(out, t, REFUSED_AREA,
			     (struct refusal_facts){.vendor = p->host ? p->host : "this server",
						    .a = p->reject_pixels});
	else if (p->asked_tokens > 0)
		count_within(p, width, height, out, t);
	else
		p->strategy->count(p, width, height, out, t);
}

/* As hosted_piece: true where the refusal decides. */
static bool rejected_piece(const struct processor *p, const struct box *b, struct piece_of *out)
{
	if (!p->reject_pixels || b->w2 * b->h2 <= p->reject_pixels)
		return false;
	out->piece = b->w1 * b->h1 > p->reject_pixels ? PIECE_CELLS : PIECE_UNKNOWN;
	return true;
}

bool count_is_modified(const struct processor *p, const struct knobs *knobs)
{
	if (nothing_turned(knobs))
		return false;
	struct processor copy = *p;
	return apply(knobs, &copy);
}

/* ---------------------------------------------------------------- one image */

/* The rules of closed APIs write their own first and last steps: they bill one number. */
static void close_trace(const struct processor *p, const struct count *out, struct trace *t)
{
	if (out->refused || p->hosted.vendor)
		return;
	trace_step(t, STEP_VISUAL, 0, 0, out->visual, WORD_TOKENS, false, "visual tokens");
	if (out->has_special)
		trace_step(t, STEP_SPECIAL, 0, 0, out->special, WORD_TOKENS, false,
			   "special tokens around them");
	trace_step(t, STEP_TOTAL, 0, 0, out->total, WORD_TOKENS, false,
		   out->has_special ? "positions in the sequence"
				    : "the processor does not expose special tokens");
}

/* A rule of a runtime that has moved says since when it holds, and how it is known. */
static void open_trace(const struct processor *p, int64_t width, int64_t height, struct trace *t)
{
	const struct hosted *h = &p->hosted;
	char from[11], until[11];

	t->n = 0;
	t->layout = (struct layout_px){0};
	if (h->from && !h->vendor)
		trace_step(t, STEP_ORIGINAL, width, height, 0, WORD_PX, false,
			   "as it came; rule of %s (%s), in force from %s%s%s",
			   p->host      ? p->host
			   : p->runtime ? p->runtime
					: p->id,
			   evidence_names[h->evidence], hosted_date_text(h->from, from),
			   h->until ? " until " : "", hosted_date_text(h->until, until));
	else if (!h->vendor)
		trace_step(t, STEP_ORIGINAL, width, height, 0, WORD_PX, false,
			   "the image as it came");
}

/* DeepSeek-VL2 leaves images whole when a request holds more than two. */
static bool too_many_to_cut(const struct processor *p, const struct knobs *knobs)
{
	return knobs && p->max_cut_images > 0 && knobs->images > p->max_cut_images;
}

void count_prepare(struct rule *r, const struct processor *p, enum lens lens,
		   const struct knobs *knobs)
{
	bool is_turned = !nothing_turned(knobs), is_whole = too_many_to_cut(p, knobs);

	r->processor = p;
	r->count = p->reject_pixels > 0 ? count_admitted : p->strategy->count;
	if (lens != LENS_FORMULA && !is_turned && !is_whole && !(knobs && p->hosted.vendor))
		return;
	r->own = *p;
	r->processor = &r->own;
	if (lens == LENS_FORMULA) {
		r->count = count_formula;
		apply_formula(knobs, &r->own);
	} else if (p->hosted.vendor) {
		hosted_ask(&r->own, knobs);
		r->own.asked_tokens = knobs->max_tokens;
		if (r->own.asked_tokens > 0)
			r->count = count_within;
	} else {
		if (is_turned)
			apply(knobs, &r->own);
		if (r->own.asked_tokens > 0 && !p->reject_pixels)
			r->count = count_within;
		if (is_whole)
			r->own.max_grid = 1;
		if (is_turned && count_misfit(&r->own, &(struct refusal_facts){0}))
			r->count = count_nothing;
	}
}

void count_by(const struct rule *r, int64_t width, int64_t height, struct count *out,
	      struct trace *trace)
{
	count_clear(out);
	if (trace)
		open_trace(r->processor, width, height, trace);
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
		count_refuse(out, trace, REFUSED_SIDES, (struct refusal_facts){0});
		return;
	}
	r->count(r->processor, width, height, out, trace);
	count_add(out);
	if (trace)
		close_trace(r->processor, out, trace);
}

/* A trace without room for steps: what a rule would say in words is never made. */
void count_layout(const struct rule *r, int64_t width, int64_t height, struct count *out,
		  struct layout_px *l)
{
	struct trace t;

	t.n = STEPS_MAX;
	t.layout = (struct layout_px){0};
	count_clear(out);
	r->count(r->processor, width, height, out, &t);
	count_add(out);
	*l = out->refused ? (struct layout_px){0} : t.layout;
}

struct piece_of count_piece(const struct rule *r, const struct box *b)
{
	const struct processor *p = r->processor;
	struct piece_of of = {.piece = PIECE_UNKNOWN};

	if (r->count == count_formula) /* quotients floored */
		return (struct piece_of){.piece = p->textbook == TEXTBOOK_NONE ? PIECE_CELLS
									       : PIECE_RISING};
	if (r->count == count_nothing)
		return (struct piece_of){.piece = PIECE_CELLS};
	if (rejected_piece(p, b, &of) || (p->hosted.vendor && hosted_piece(p, b, &of)))
		return of;
	return p->strategy->piece ? p->strategy->piece(p, b) : of;
}

void count_image(const struct processor *p, enum lens lens, const struct knobs *knobs,
		 int64_t width, int64_t height, struct count *out, struct trace *trace)
{
	struct rule r;

	count_prepare(&r, p, lens, knobs);
	count_by(&r, width, height, out, trace);
}

const char *count_rule(const struct processor *p)
{
	return p->strategy->summary;
}

/* Keys of videos say nothing of images. */
static bool has_unsure_key(const char *keys)
{
	static const char *const of_videos[] = {"video-", "max-frames", "min-frames"};

	while (keys && *keys) {
		bool is_of_videos = false;
		for (size_t i = 0; i < ARRAY_SIZE(of_videos); i++)
			is_of_videos |= strncmp(keys, of_videos[i], strlen(of_videos[i])) == 0;
		if (!is_of_videos)
			return true;
		keys += strcspn(keys, " ");
		keys += strspn(keys, " ");
	}
	return false;
}

const char *count_mark(const struct processor *p, const struct model *m)
{
	bool is_unsure = (m && m->unverified) ||
			 (p && (has_unsure_key(p->unverified) || p->confidence == CONFIDENCE_LOW));
	bool is_rough = p && p->hosted.vendor &&
			(p->hosted.approximate || p->hosted.evidence == EVIDENCE_ASSUMED);

	return is_rough && is_unsure ? "unverified, approximate"
	       : is_unsure           ? "unverified"
	       : is_rough            ? "approximate"
				     : NULL;
}
