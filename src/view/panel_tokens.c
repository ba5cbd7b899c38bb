/* The number everything follows from, and how it came about. In lens formula all four textbook
 * strategies stand side by side at the present knobs, the selected model's one big. */
#include "view/panel.h"

#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "draw/digits.h"
#include "state/knobs.h"
#include "view/textbook.h"
#include "view/widget.h"

enum { FORMULA_WIDTH = 46 }; /* name, "(4032/16)×(3024/16)×(3×3+1)" and its count */

/* One step as it stands in the chain; "" = not worth a place. */
static char *chain_link(const struct step *s, char out[48])
{
	long long w = (long long)s->width, h = (long long)s->height;

	switch (s->kind) {
	case STEP_RESIZE:
	case STEP_PAD:
	case STEP_UNPAD:
		if (w && h)
			return str_format(out, 48, "%lld\xc3\x97%lld%s", w, h,
					  s->kind == STEP_PAD ? " padded" : "");
		break;
	case STEP_TILE:
		if (s->count > 1)
			return str_format(out, 48, "%lld tiles", (long long)s->count);
		break;
	case STEP_PATCH:
		if (w && h)
			return str_format(out, 48, "%lld\xc3\x97%lld patches", w, h);
		break;
	case STEP_MERGE:
	case STEP_POOL:
		if (w && h) {
			str_format(out, 48, "%lld\xc3\x97%lld %s", w, h,
				   s->kind == STEP_MERGE ? "merged" : "pooled");
			/* the grid of one tile, and how many of them there are */
			if (s->count > w * h && s->count % (w * h) == 0)
				str_append(out, 48, " \xc3\x97%lld",
					   (long long)(s->count / (w * h)));
			return out;
		}
		break;
	case STEP_QUERY:
	case STEP_NEWLINE:
		if (s->count)
			return str_format(out, 48, "%s%lld %s", s->kind == STEP_NEWLINE ? "+" : "",
					  (long long)s->count,
					  s->kind == STEP_QUERY ? "queries"
					  : s->count == 1       ? "newline"
								: "newlines");
		break;
	case STEP_ORIGINAL:
	case STEP_EXIF:
	case STEP_VISUAL:
	case STEP_SPECIAL:
	case STEP_TOTAL:
	case STEP_REFUSED:
	case STEP_N:
		break;
	}
	out[0] = '\0';
	return out;
}

/* True where a merge or a pooling follows: the patches before it can be left out. */
static bool is_passing(const struct trace *t, int i)
{
	if (t->steps[i].kind != STEP_PATCH)
		return false;
	for (i++; i < t->n; i++)
		if (t->steps[i].kind == STEP_MERGE || t->steps[i].kind == STEP_POOL)
			return true;
	return false;
}

/* What a chain that is too long does without, one after the other, so that its end stands: patches
 * that go on to a merge, row ends, padding. */
enum brevity { ALL, NO_PATCHES, NO_NEWLINES, NO_PADDING };

static bool is_left_out(const struct trace *t, int i, enum brevity b)
{
	return (b >= NO_PATCHES && is_passing(t, i)) ||
	       (b >= NO_NEWLINES && t->steps[i].kind == STEP_NEWLINE) ||
	       (b >= NO_PADDING && t->steps[i].kind == STEP_PAD);
}

static int chain_width(const struct trace *t, enum brevity b)
{
	int width = 0;

	for (int i = 0; i < t->n; i++) {
		char link[48];

		if (chain_link(&t->steps[i], link)[0] && !is_left_out(t, i, b))
			width += (int)utf8_columns(link) + (width ? 3 : 0);
	}
	return width;
}

/* The most that fits; a row is broken before an arrow, which takes up to a link of it. */
static enum brevity chain_brevity(const struct trace *t, struct rect r)
{
	enum brevity b = chain_width(t, ALL) > r.width * r.height ? NO_PATCHES : ALL;

	if (r.height == 1)
		while (b < NO_PADDING && chain_width(t, b) > r.width - (b >= NO_NEWLINES ? 2 : 0))
			b++;
	return b;
}

/* Links joined by arrows, broken before an arrow when a line is full. Returns the rows used. */
static int draw_chain(struct cells *c, struct rect r, const struct trace *t)
{
	enum brevity b = chain_brevity(t, r);
	int x = r.x, row = 0;
	bool is_first = true;

	for (int i = 0; i < t->n && row < r.height; i++) {
		char link[48], text[64];

		chain_link(&t->steps[i], link);
		if (!link[0] || is_left_out(t, i, b))
			continue;
		str_format(text, sizeof text, "%s%s", is_first ? "" : " \xe2\x86\x92 ", link);
		int width = (int)utf8_columns(text);

		if (x + width > r.x + r.width) {
			row++;
			if (row >= r.height) {
				cells_put(c, r.x + r.width - 1, r.y + row - 1, 0x2026, STYLE_DIM);
				return r.height;
			}
			x = r.x;
			str_format(text, sizeof text, "%s%s", is_first ? "" : "\xe2\x86\x92 ",
				   link);
		}
		cells_text_fit(c, x, r.y + row, r.x + r.width - x,
			       t->steps[i].bound ? STYLE_WARN : STYLE_TEXT, text);
		x += (int)utf8_columns(text);
		is_first = false;
	}
	if (b >= NO_NEWLINES) /* tokens of theirs are missing in it */
		cells_put(c, r.x + r.width - 1, r.y + row, 0x2026, STYLE_DIM);
	return row + 1;
}

/* With a row for each, the steps stand in words. Returns the rows used; 0 =
 * there are not enough. */
static int draw_steps(struct cells *c, struct rect r, const struct trace *t)
{
	int row = 0, links = 0;

	for (int i = 0; i < t->n; i++) {
		char link[48];

		links += chain_link(&t->steps[i], link)[0] != '\0';
	}
	if (r.height < links || r.height < 3 || r.width < 50)
		return 0;
	for (int i = 0; i < t->n && row < r.height; i++) {
		const struct step *s = &t->steps[i];
		char link[48];

		chain_link(s, link);
		if (!link[0])
			continue;
		unsigned style = s->bound ? STYLE_WARN : STYLE_TEXT;

		cells_text_fit(c, r.x, r.y + row, 20, style, link);
		cells_text_fit(c, r.x + 21, r.y + row, r.width - 21,
			       s->bound ? STYLE_WARN : STYLE_DIM, s->text);
		row++;
	}
	return row;
}

/* The rules that limited the result, in words, while there is room. */
static void draw_bounds(struct cells *c, struct rect r, const struct trace *t)
{
	int row = 0;

	for (int i = 0; i < t->n && row < r.height; i++)
		if (t->steps[i].bound && t->steps[i].text[0])
			cells_text_fit(c, r.x, r.y + row++, r.width, STYLE_WARN, t->steps[i].text);
}

/* At the right end of the width; 0 = at its left, as long as it gets. */
static void draw_special(struct cells *c, int x, int y, int width, const struct count *n)
{
	char text[64], special[UNIT_TEXT], total[UNIT_TEXT];

	if (n->has_special)
		str_format(text, sizeof text, "+ %s special = %s",
			   unit_grouped(special, n->special), unit_grouped(total, n->total));
	else
		str_format(text, sizeof text, "special tokens not known");
	if (!width)
		cells_text(c, x, y, STYLE_DIM, text);
	else if ((int)utf8_columns(text) <= width)
		cells_text_right(c, x, y, width, STYLE_DIM, text);
}

/* The headline: big digits over several rows where there is room, else bold in one. Returns the
 * rows taken. */
static int draw_headline(struct cells *c, struct rect r, const struct frame *f, int64_t tokens)
{
	char text[UNIT_TEXT];
	const struct count *n = &f->est.count;
	int rows = digits_height(1, c->ascii);
	bool formula = f->st->req.setup.lens == LENS_FORMULA;
	unsigned mark = n->approximate && !formula ? STYLE_MARK : STYLE_DIM;
	const char *label = n->approximate && !formula ? "visual tokens, approximate"
						       : quantity_title(Q_VISUAL);
	char factor[2 * UNIT_TEXT + 8], before[UNIT_TEXT], times[UNIT_TEXT], change[WIDGET_CHANGE];

	unit_grouped(text, tokens);
	widget_factor(times, (double)tokens, f->st->pin.is_set ? (double)f->pin.count.visual : 0);
	factor[0] = '\0';
	if (f->st->pin_b.is_set)
		str_format(factor, sizeof factor, "A %s, B %s",
			   unit_grouped(before, f->pin.count.visual),
			   unit_grouped(times, f->pin_b.count.visual));
	else if (*times)
		str_format(factor, sizeof factor, "%s of %s", times,
			   unit_grouped(before, f->pin.count.visual));
	if (r.height > rows && digits_width(text, 1) + 26 <= r.width) {
		int x = r.x + digits_width(text, 1) + 2;

		/* blanks between the digits have their style: a change then needs fewer colour
		 * codes */
		cells_fill(c, (struct rect){r.x, r.y, digits_width(text, 1), rows}, ' ', STYLE_BIG);
		digits_draw(c, r.x, r.y, STYLE_BIG, text, 1);
		x = *factor ? cells_text(c, x, r.y, STYLE_MARK, factor) + 2 : x;
		if (x + (int)utf8_columns(widget_change_of_tokens(change, f)) <= r.x + r.width)
			cells_text(c, x, r.y, STYLE_BIG, change); /* the digits' pen: fewer bytes */
		x = r.x + digits_width(text, 1) + 2;
		cells_text_fit(c, x, r.y + rows - 3, r.x + r.width - x, mark, label);
		if (!formula)
			draw_special(c, x, r.y + rows - 2, 0, n);
		return rows;
	}
	int x = cells_text(c, r.x, r.y, STYLE_BIG | STYLE_BOLD, text) + 1;

	if (*factor)
		x = cells_text(c, x, r.y, STYLE_MARK, factor) + 1;
	else if (*widget_change_of_tokens(change, f))
		x = cells_text(c, x, r.y, STYLE_BIG, change) + 1;
	if (formula) {
		char worked[64];

		textbook_formula(&f->st->req, request_textbook(&f->st->req), worked);
		cells_text_fit(c, x, r.y, r.x + r.width - x, STYLE_DIM, "=");
		cells_text_fit(c, x + 2, r.y, r.x + r.width - x - 2, STYLE_DIM, worked);
		return 1;
	}
	cells_text_fit(c, x, r.y, r.x + r.width - x, mark, quantity_label(Q_VISUAL));
	x += 14;
	draw_special(c, x, r.y, r.x + r.width - x, n);
	return 1;
}

/* "■ merger      (4032/32)×(3024/32)      11,844" */
static void draw_strategy(struct cells *c, struct rect at, const struct frame *f, enum textbook t,
			  bool is_chosen)
{
	unsigned curve = (unsigned)(STYLE_CURVE1 + (int)t - 1);
	char value[UNIT_TEXT], label[96], formula[64];

	cells_put(c, at.x, at.y, c->ascii || widget_is_plain(f) ? textbook_glyph(t) : 0x25a0,
		  curve);
	at.x += 2;
	at.width -= 2;
	if (at.width >= FORMULA_WIDTH)
		str_format(label, sizeof label, "%-12s%s", textbook_name(t),
			   textbook_formula(&f->st->req, t, formula));
	else
		str_format(label, sizeof label, "%s", textbook_name(t));
	widget_row(c, at, 0, label, unit_grouped(value, textbook_count(&f->st->req, t)),
		   is_chosen ? STYLE_BIG | STYLE_BOLD : STYLE_VALUE);
}

static void draw_strategies(struct cells *c, struct rect r, const struct frame *f,
			    enum textbook chosen)
{
	int columns = r.height >= TEXTBOOK_N - 1 ? 1 : 2;
	int width = columns == 1 ? r.width : (r.width - 3) / 2;

	for (enum textbook t = TEXTBOOK_ORIGINAL; t < TEXTBOOK_N; t++) {
		int i = (int)t - 1;
		struct rect at = {r.x + i % columns * (width + 3), r.y + i / columns, width, 1};

		if (at.y < r.y + r.height)
			draw_strategy(c, at, f, t, t == chosen);
	}
}

/* Under the digits: what they are, and what the last turn did to them. */
static void draw_note(struct cells *c, struct rect r, const struct frame *f)
{
	char change[WIDGET_CHANGE], text[96];

	if (r.height < 1)
		return;
	widget_change_of_tokens(change, f);
	str_format(text, sizeof text, "visual tokens per image%s%s; quotients rounded down",
		   *change ? ": " : "", change);
	cells_text_fit(c, r.x, r.y, r.width, STYLE_DIM, text);
}

/* With rows for big digits the four strategies stand at their right, or under them where the number
 * is long. */
static void draw_formula(struct cells *c, struct rect r, const struct frame *f)
{
	enum textbook chosen = request_textbook(&f->st->req);

	if (chosen == TEXTBOOK_NONE) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_MARK | STYLE_BOLD,
			       "none for this family; lens exact counts it");
		r.y++, r.height--;
		draw_strategies(c, r, f, chosen);
		return;
	}
	int64_t tokens = textbook_count(&f->st->req, chosen);
	char text[UNIT_TEXT];
	int rows = digits_height(1, c->ascii),
	    digits = digits_width(unit_grouped(text, tokens), 1) + 3;
	bool is_beside = r.height >= rows && r.height < rows + TEXTBOOK_N - 1 &&
			 rows >= TEXTBOOK_N - 1 && r.width - digits >= FORMULA_WIDTH + 2;

	if (is_beside) {
		cells_fill(c, (struct rect){r.x, r.y, digits - 3, rows}, ' ', STYLE_BIG);
		digits_draw(c, r.x, r.y, STYLE_BIG, text, 1);
		draw_strategies(c, (struct rect){r.x + digits, r.y, r.width - digits, rows}, f,
				chosen);
		draw_note(c, (struct rect){r.x, r.y + rows, r.width, r.height - rows}, f);
		return;
	}
	struct rect head = {r.x, r.y, r.width, r.height - (TEXTBOOK_N - 1)};

	rows = draw_headline(c, head, f, tokens);
	r.y += rows, r.height -= rows;
	draw_strategies(c, r, f, chosen);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	int rows;

	if (f->st->req.setup.lens == LENS_FORMULA) {
		draw_formula(c, r, f);
		return;
	}
	if (f->est.count.refused) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_BAD | STYLE_BOLD,
			       "refused by the processor");
		r.y++, r.height--;
		widget_wrap(c, r, STYLE_TEXT, f->est.refusal);
		return;
	}
	rows = draw_headline(c, r, f, f->est.count.visual);
	r.y += rows, r.height -= rows;
	if (draw_steps(c, r, &f->trace))
		return;
	rows = draw_chain(c, r, &f->trace);
	r.y += rows, r.height -= rows;
	draw_bounds(c, r, &f->trace);
}

static char *title(const struct frame *f, char out[64])
{
	const struct setup *s = &f->st->req.setup;

	return str_format(out, 64, "%s",
			  s->lens == LENS_FORMULA ? "Visual tokens, textbook formula"
						  : "Visual tokens");
}

/* The four strategies of lens formula take a row more than one chain of steps. Big digits need some
 * width; without them there is nothing to fill more rows with. */
static struct panel_rows rows_for(enum lens lens, int width)
{
	enum { BIG_WIDTH = 60 };

	return (struct panel_rows){2, lens == LENS_FORMULA ? 3 : 2, width < BIG_WIDTH ? 3 : 5, 0};
}

const struct panel panel_tokens = {
	.rows_for = rows_for,
	.wide = {COLUMN_LEFT, 1, 0},
	.group = "tokens",
	.title = title,
	.draw = draw,
};
