#include "view/explain.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/sweep.h"
#include "registry/variant.h"
#include "state/knobs.h"
#include "state/seen.h"
#include "view/textbook.h"
#include "view/widget.h"

enum {
	NAME = 2,
	NAME_COLUMNS = 11,
	SIZE_COLUMNS = 21,
	SIZE_WIDE = 27,
	VALUE_COLUMNS = 10,
	ROOMY = 68,      /* columns from which words stand beside their step */
	WIDE = 100,      /* and from which there is room between them */
	TEXT_MOST = 100, /* columns that are still read with ease */
	REACH = 8192,    /* pixels of width to either side in which a next size is looked for */
};

/* ------------------------------------------------------------ lines */

void explain_columns(struct explain_columns *c, int width)
{
	*c = (struct explain_columns){
		.width = width,
		.name = NAME,
		.size = NAME + NAME_COLUMNS,
		.value_width = VALUE_COLUMNS,
		.is_narrow = width < ROOMY,
	};
	c->size_width = c->is_narrow   ? width - c->size - VALUE_COLUMNS
			: width < WIDE ? SIZE_COLUMNS
				       : SIZE_WIDE;
	if (c->size_width < 0)
		c->size_width = 0;
	c->value = c->size + c->size_width;
	c->text = c->is_narrow ? NAME + 2 : c->value + VALUE_COLUMNS + 2;
	c->fact = c->is_narrow ? NAME + 2 : NAME + NAME_COLUMNS + 2;
}

/* When there is no room left the last line is written anew. */
static struct explain_line *next(struct explain *out, enum explain_kind kind)
{
	if (out->n < EXPLAIN_MAX)
		out->n++;
	struct explain_line *line = &out->line[out->n - 1];

	*line = (struct explain_line){.kind = kind, .style = STYLE_TEXT, .sign = ' '};
	return line;
}

/* As much of text as fits, up to a blank; returns the rest. */
static const char *wrap(const char *text, int width, char *out, size_t size)
{
	size_t take = utf8_cut(text, (size_t)(width > 0 ? width : 1)), end = take;

	if (text[take]) {
		while (end > 0 && text[end] != ' ')
			end--;
		if (end == 0)
			end = take;
	}
	str_format(out, size, "%.*s", (int)end, text);
	if (strlen(out) < end) /* longer than a line can hold: go on where it was cut */
		end = strlen(out);
	text += end ? end : strlen(text);
	while (*text == ' ')
		text++;
	return text;
}

/* Words from column `at` on, the first of them on the line itself unless that is narrow. */
static void put_text(struct explain *out, struct explain_line *line, int at, const char *text)
{
	unsigned style = line->kind == EXPLAIN_STEP ? STYLE_DIM : STYLE_TEXT;
	int width = out->columns.width - at < TEXT_MOST ? out->columns.width - at : TEXT_MOST;

	line->at = at;
	if (!out->columns.is_narrow)
		text = wrap(text, width, line->text, sizeof line->text);
	while (*text && out->n < EXPLAIN_MAX) {
		line = next(out, EXPLAIN_MORE);
		line->at = at;
		line->style = style;
		text = wrap(text, width, line->text, sizeof line->text);
	}
}

void explain_close(struct explain *out)
{
	int n = 0;

	for (int i = 0; i < out->n; i++)
		if (out->line[i].kind != EXPLAIN_GAP)
			out->line[n++] = out->line[i];
	out->n = n;
}

void explain_head(struct explain *out, const char *title)
{
	if (out->n)
		next(out, EXPLAIN_GAP);
	str_format(next(out, EXPLAIN_HEAD)->text, sizeof out->line[0].text, "%s", title);
}

struct explain_line *explain_step(struct explain *out, const char *name, const char *size,
				  const char *text)
{
	struct explain_line *line = next(out, EXPLAIN_STEP);

	str_format(line->name, sizeof line->name, "%s", name);
	str_format(line->size, sizeof line->size, "%s", size);
	put_text(out, line, out->columns.text, text);
	return line;
}

struct explain_line *explain_fact(struct explain *out, const char *name, const char *text)
{
	struct explain_line *line = next(out, EXPLAIN_FACT);

	str_format(line->name, sizeof line->name, "%s", name);
	put_text(out, line, out->columns.fact, text);
	return line;
}

static void put_number(struct explain_line *line, char sign, int64_t number)
{
	char text[UNIT_TEXT];

	line->sign = sign;
	line->has_number = true;
	line->number = number;
	str_format(line->value, sizeof line->value, "%s", unit_grouped(text, number));
}

/* ------------------------------------------------------------ the derivation */

/* "80 × 103", "13 × 16 × 16 = 3,328", "3 × 4 + 1 = 13": the step as a product, where it is one. Of
 * what, its name says; tokens are summed in a column of their own. */
static char *size_of(const struct step *s, char out[56])
{
	char w[UNIT_TEXT], h[UNIT_TEXT], n[UNIT_TEXT], k[UNIT_TEXT];
	bool is_px = strcmp(s->unit, "px") == 0, is_tokens = strcmp(s->unit, "tokens") == 0;
	int64_t area = s->width > 0 && s->height > 0 && !is_px ? s->width * s->height : 0;

	out[0] = '\0';
	unit_grouped(n, s->count);
	if (s->width <= 0)
		return s->count && !is_tokens ? str_format(out, 56, "%s", n) : out;
	if (area > 0 && s->count > area && s->count % area == 0)
		str_append(out, 56, "%s \xc3\x97 ", unit_grouped(k, s->count / area));
	str_append(out, 56, "%s \xc3\x97 %s", unit_grouped(w, s->width),
		   unit_grouped(h, s->height));
	if (is_px)
		return str_append(out, 56, " px");
	if (is_tokens || !s->count)
		return out;
	if (s->kind == STEP_TILE && s->count == area + 1)
		str_append(out, 56, " + 1");
	return str_append(out, 56, " = %s", n);
}

static void add_step(struct explain *out, const struct step *s, int *summands)
{
	bool is_summand = strcmp(s->unit, "tokens") == 0;
	char size[56];
	struct explain_line *line =
		explain_step(out, step_name(s->kind), size_of(s, size), s->text);

	line->is_bound = s->bound;
	line->style = s->bound ? STYLE_WARN : STYLE_TEXT;
	for (struct explain_line *l = line + 1; s->bound && l < out->line + out->n; l++)
		l->style = STYLE_WARN;
	if (is_summand)
		put_number(line, (*summands)++ ? '+' : ' ', s->count);
}

static void add_sums(struct explain *out, const struct count *n, int summands)
{
	struct explain_line *line;

	if (summands > 1)
		next(out, EXPLAIN_RULE);
	line = explain_step(out, "visual", "", "visual tokens: image features");
	line->style = STYLE_VALUE;
	put_number(line, '=', n->visual);
	if (n->has_special) {
		line = explain_step(out, "special", "", "text tokens around them");
		line->style = STYLE_VALUE;
		put_number(line, '+', n->special);
	} else {
		explain_step(out, "special", "not known",
			     "the processor does not tell its special tokens");
	}
	next(out, EXPLAIN_RULE);
	line = explain_step(out, "total", "", "positions that one image takes");
	line->style = STYLE_BIG | STYLE_BOLD;
	put_number(line, '=', count_positions(n));
}

/* A picture that lies on its side in its file. */
static void add_exif(struct explain *out, const struct frame *f)
{
	const struct picture_info *p = &f->st->picture;
	const struct setup *s = &f->st->req.setup;
	struct turning by = request_turning(&f->st->req, f->st->reg, NULL);
	struct step step = {
		.kind = STEP_EXIF, .width = p->raw_width, .height = p->raw_height, .unit = "px"};
	int64_t width, height;
	int summands = 0;

	picture_seen(p, by.turns, &width, &height);
	if (!picture_lies(p) || s->width != width || s->height != height)
		return;
	str_format(step.text, sizeof step.text, "as stored; %s %s (EXIF %d)", orientation_verb(&by),
		   by.who, p->orientation);
	add_step(out, &step, &summands);
}

void explain_count(struct explain *out, const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;
	struct trace trace = {.n = 0};
	struct count n;
	char why[REFUSAL_TEXT];
	int summands = 0;

	count_image(s->model->processor, s->lens, &s->knobs, s->width, s->height, &n, &trace);
	add_exif(out, f);
	for (int32_t i = 0; i < trace.n; i++) {
		enum step_kind kind = trace.steps[i].kind;

		if (kind != STEP_VISUAL && kind != STEP_SPECIAL && kind != STEP_TOTAL &&
		    kind != STEP_REFUSED)
			add_step(out, &trace.steps[i], &summands);
	}
	if (n.refused) {
		explain_step(out, "refused", "", "")->style = STYLE_BAD;
		explain_fact(out, "reason", count_reason(&n, why))->style = STYLE_BAD;
		return;
	}
	add_sums(out, &n, summands);
}

/* ------------------------------------------------------------ around it */

static void add_cliff(struct explain *out, const struct setup *s, int64_t width, int64_t tokens,
		      int64_t here)
{
	double aspect = (double)s->height / (double)s->width;
	int64_t height = (int64_t)((double)width * aspect + 0.5),
		px = width > s->width ? width - s->width : s->width - width;
	int64_t change = tokens > here ? tokens - here : here - tokens;
	char size[56], text[176], a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], factor[UNIT_TEXT];

	if (!width)
		return;
	str_format(size, sizeof size, "%s \xc3\x97 %s px", unit_grouped(a, width),
		   unit_grouped(b, height > 0 ? height : 1));
	widget_factor(factor, (double)tokens, (double)here);
	str_format(text, sizeof text, "%s  %s %s, %s px %s", *factor == '=' ? "" : factor,
		   unit_grouped(c, change), tokens > here ? "more" : "less", unit_grouped(a, px),
		   width > s->width ? "wider" : "narrower");
	struct explain_line *line = explain_step(out, tokens > here ? "dearer" : "cheaper", size,
						 *factor == '=' ? text + 2 : text);

	line->style = tokens > here ? STYLE_WARN : STYLE_GOOD;
	put_number(line, ' ', tokens);
}

static void add_cliffs(struct explain *out, const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;
	int64_t least = s->width > REACH ? s->width - REACH : 1,
		here = count_positions(&f->est.count);
	int64_t most = s->width < SIDE_MAX - REACH ? s->width + REACH : SIDE_MAX;
	struct cliff cl;

	sweep_cliff(s, least, most, &cl);
	explain_head(out, "One step away, at this aspect");
	add_cliff(out, s, cl.cheaper_width, cl.cheaper_tokens, here);
	add_cliff(out, s, cl.dearer_width, cl.dearer_tokens, here);
	if (!cl.cheaper_width && !cl.dearer_width)
		explain_fact(out, "none", "no width near this one costs more or less");
	else if (!cl.dearer_width)
		explain_fact(out, "dearer", "no size near this one costs more");
	else if (!cl.cheaper_width)
		explain_fact(out, "cheaper", "no size near this one costs less");
}

static void add_runtime(struct explain *out, const struct setup *s, const struct processor *p,
			int64_t reference)
{
	struct count n;
	char size[56] = "", factor[UNIT_TEXT], text[176], a[UNIT_TEXT], b[UNIT_TEXT];
	char why[REFUSAL_TEXT];

	count_image(p, s->lens, &s->knobs, s->width, s->height, &n, NULL);
	if (n.resized_w > 0)
		str_format(size, sizeof size, "%s \xc3\x97 %s px", unit_grouped(a, n.resized_w),
			   unit_grouped(b, n.resized_h));
	widget_factor(factor, (double)count_positions(&n), (double)reference);
	str_format(text, sizeof text, "%s%s%s", n.refused || !p->runtime ? "" : factor,
		   p->runtime && !n.refused ? "  " : "",
		   n.refused           ? count_reason(&n, why)
		   : p->runtime_reason ? p->runtime_reason
		   : p->runtime        ? ""
				       : "the checkpoint's own processor");
	struct explain_line *line =
		explain_step(out, p->runtime ? p->runtime : "reference", size, text);

	if (!n.refused)
		put_number(line, ' ', count_positions(&n));
}

/* The same checkpoint elsewhere: "qwen3-vl@llama.cpp" beside "qwen3-vl". */
static void add_runtimes(struct explain *out, const struct frame *f)
{
	const struct registry *reg = f->st->reg;
	const struct setup *s = &f->st->req.setup;
	const struct processor *own = s->model->processor;
	const struct processor *p;
	bool any = false;

	for (size_t i = 0; (p = variant_next(reg, own, &i));) {
		if (p == own)
			continue;
		if (!any) {
			explain_head(out, "The same checkpoint in other runtimes");
			add_runtime(out, s, own, count_positions(&f->est.count));
		}
		any = true;
		add_runtime(out, s, p, count_positions(&f->est.count));
	}
}

void explain_around(struct explain *out, const struct frame *f)
{
	if (f->est.count.refused)
		return;
	add_cliffs(out, f);
	if (f->st->req.setup.lens == LENS_EXACT)
		add_runtimes(out, f);
}

void explain_source(struct explain *out, const struct frame *f)
{
	static const char *const sure[CONFIDENCE_N] = {
		[CONFIDENCE_HIGH] = "seen in the released configuration",
		[CONFIDENCE_MEDIUM] = "seen in part, or in a derived configuration",
		[CONFIDENCE_LOW] = "unverified, from code defaults or memory",
	};
	const struct processor *p = f->st->req.setup.model->processor;
	char text[256];

	explain_head(out, "Where the rule comes from");
	if (f->st->req.setup.lens == LENS_FORMULA) {
		enum textbook t = request_textbook(&f->st->req);
		char formula[64];

		explain_fact(out, "formula",
			     t == TEXTBOOK_NONE ? "none for this family"
						: textbook_formula(&f->st->req, t, formula));
		return;
	}
	str_format(text, sizeof text, "%s: %s; %s", p->id, count_rule(p), sure[p->confidence]);
	explain_fact(out, "rule", text)->style =
		p->confidence == CONFIDENCE_LOW ? STYLE_MARK : STYLE_TEXT;
	if (p->source)
		explain_fact(out, "source", p->source);
	if (p->unverified)
		explain_fact(out, "unverified", p->unverified)->style = STYLE_MARK;
	if (p->note)
		explain_fact(out, "note", p->note);
}
