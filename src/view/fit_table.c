#include "view/fit_table.h"

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "base/utf8.h"
#include "core/budget.h"
#include "view/fit_words.h"
#include "view/judged_words.h"
#include "view/widget.h"

/* ------------------------------------------------------------ where it stands */

enum { BELOW_LEAST = 5 /* rows under the table that are worth a line between */ };

static int rows_of(const struct state *st)
{
	return st->budgets.is_there && st->budgets.n > 0 ? st->budgets.n : 1;
}

void fit_place(struct fit_place *p, struct rect body, const struct state *st)
{
	struct rect in = rect_inset(body, 2, 1);
	int n = rows_of(st), most = in.height - 1;
	int below = most - n - 1;

	if (below < BELOW_LEAST) /* the rows scroll sooner than nothing is said of them */
		below = most >= BELOW_LEAST + 1 + 3 ? BELOW_LEAST : most >= 6 ? 2 : 0;
	int rows = most - (below ? below + 1 : 0);

	rows = rows > n ? n : rows;
	*p = (struct fit_place){
		.head = {in.x, in.y, in.width, 1},
		.rows = {in.x, in.y + 1, in.width, rows},
	};
	if (below)
		p->below = (struct rect){in.x, in.y + rows + 2, in.width, most - rows - 1};
	int at = st->fit.at >= n ? n - 1 : st->fit.at < 0 ? 0 : st->fit.at;

	p->first = at - rows / 2;
	p->first = p->first > n - rows ? n - rows : p->first;
	p->first = p->first < 0 ? 0 : p->first;
}

/* The columns from the left; those that do not fit are left out in the order of `drop`. */
enum column { BUDGET, VALUE, LARGEST, TOKENS, BOUND, LESS, MORE, COLUMNS };

/* clang-format off */
static const struct {
	const char *title;
	int width; /* with the gap before it */
	int drop;  /* the greater goes first; 0 = never */
	bool is_left;
} columns[COLUMNS] = {
	[BUDGET] =  {"budget",       9, 0, true },
	[VALUE] =   {"",            10, 1, false},
	[LARGEST] = {"largest",     16, 0, false},
	[TOKENS] =  {"tokens",      10, 2, false},
	[BOUND] =   {"bound by",    12, 4, true },
	[LESS] =    {"a step less", 26, 5, false},
	[MORE] =    {"a step more", 26, 3, false},
};
/* clang-format on */

/* The x of each, -1 = left out; [COLUMNS] is where the room ends. */
static void find_columns(struct rect r, int x[COLUMNS + 1])
{
	bool is_in[COLUMNS];
	int used = 0, next = r.x + 1;

	for (int i = 0; i < COLUMNS; i++) {
		is_in[i] = true;
		used += columns[i].width;
	}
	for (int drop = COLUMNS; drop > 0 && used > r.width - 1; drop--)
		for (int i = 0; i < COLUMNS; i++)
			if (columns[i].drop == drop && is_in[i]) {
				is_in[i] = false;
				used -= columns[i].width;
			}
	for (int i = 0; i < COLUMNS; i++) {
		x[i] = is_in[i] ? next : -1;
		next += is_in[i] ? columns[i].width : 0;
	}
	x[COLUMNS] = r.x + r.width;
}

static void put(struct cells *c, const int x[], enum column i, int y, unsigned style,
		const char *text)
{
	int gap = i == BUDGET ? 0 : 2, width = columns[i].width;

	if (x[i] < 0)
		return;
	if (width > x[COLUMNS] - x[i])
		width = x[COLUMNS] - x[i];
	if (columns[i].is_left)
		cells_text_fit(c, x[i] + gap, y, width - gap, style, text);
	else
		cells_text_right(c, x[i], y, width, style, text);
}

/* ------------------------------------------------------------ the table */

/* A size with its tokens: "2,432 × 3,440   8,208". */
static void put_step(struct cells *c, const int x[], enum column i, int y, unsigned style,
		     const struct fit_size *s)
{
	char size[FIT_WORDS], text[FIT_WORDS], tokens[UNIT_TEXT];

	if (s->width <= 0)
		return;
	str_format(text, sizeof text, "%s %8s", fit_size_text(s->width, s->height, size),
		   unit_grouped(tokens, s->tokens));
	put(c, x, i, y, style, text);
}

static void draw_row(struct cells *c, struct rect at, const struct budgets_row *row, bool is_chosen)
{
	unsigned plain = is_chosen ? STYLE_FOCUS : STYLE_TEXT,
		 dim = is_chosen ? STYLE_FOCUS : STYLE_DIM,
		 value = is_chosen ? STYLE_FOCUS : STYLE_VALUE;
	char text[FIT_WORDS], asked[BUDGET_TEXT], tokens[UNIT_TEXT];
	int x[COLUMNS + 1];

	find_columns(at, x);
	if (is_chosen)
		cells_fill(c, at, ' ', STYLE_FOCUS);
	cells_put(c, at.x, at.y, is_chosen ? 0x25b8 : ' ', plain);
	put(c, x, BUDGET, at.y, row->kind < 0 && !is_chosen ? STYLE_MARK : plain,
	    budget_name(row->budget.quantity));
	put(c, x, VALUE, at.y, value, budget_value_text(&row->budget, asked));
	if (*fit_outcome(row, text)) {
		bool is_good = row->fit.status == FIT_FITS;
		int from = x[LARGEST] + 3;

		cells_text_fit(c, from, at.y, at.x + at.width - from,
			       is_chosen ? STYLE_FOCUS
			       : is_good ? STYLE_GOOD
					 : STYLE_WARN,
			       text);
		return;
	}
	put(c, x, LARGEST, at.y, value | STYLE_BOLD,
	    fit_size_text(row->fit.best.width, row->fit.best.height, text));
	put(c, x, TOKENS, at.y, value, unit_grouped(tokens, row->fit.best.tokens));
	put(c, x, BOUND, at.y, dim, fit_bound(row));
	put_step(c, x, LESS, at.y, dim, &row->less);
	put_step(c, x, MORE, at.y, dim, &row->fit.next);
}

static void draw_rows(struct cells *c, const struct fit_place *p, const struct state *st)
{
	const struct budgets *b = &st->budgets;
	const struct budgets_row *chosen = fit_chosen(st);
	int x[COLUMNS + 1];

	find_columns(p->rows, x);
	for (int i = 0; i < COLUMNS; i++)
		put(c, x, (enum column)i, p->head.y, STYLE_TITLE, columns[i].title);
	for (int i = 0; i < p->rows.height && p->first + i < b->n; i++)
		draw_row(c, (struct rect){p->rows.x, p->rows.y + i, p->rows.width, 1},
			 &b->row[p->first + i], &b->row[p->first + i] == chosen);
	if (!chosen)
		cells_text_fit(c, p->rows.x, p->rows.y, p->rows.width, STYLE_WARN, b->reason);
}

/* ------------------------------------------------------------ under it */

enum { STEP_WIDTH = 71 }; /* from here on the table has a column for a step more */

/* What is said of the chosen budget. Returns the rows taken. */
static int draw_words(struct cells *c, struct rect r, const struct budgets_row *row)
{
	char text[2 * FIT_WORDS + BUDGET_TEXT], kept[FIT_WORDS], size[FIT_WORDS], cost[BUDGET_TEXT],
		tokens[UNIT_TEXT];
	bool is_useless = false;

	if (row->fit.status != FIT_OK && row->fit.status != FIT_FITS)
		return widget_wrap(c, (struct rect){r.x, r.y, r.width, r.height < 2 ? r.height : 2},
				   STYLE_WARN, fit_outcome(row, text));
	if (row->fit.status == FIT_FITS)
		str_format(text, sizeof text, "the picture fits as it is: %s",
			   budget_amount(row->budget.quantity, row->at_best.number, cost));
	else
		str_format(text, sizeof text, "%s %s; %s",
			   fit_size_text(row->fit.best.width, row->fit.best.height, size),
			   budget_taken(row->budget.quantity, row->at_best.number, cost),
			   fit_kept_text(row, kept, &is_useless));
	if (row->fit.status == FIT_OK && row->fit.next.width > 0 && r.width < STEP_WIDTH)
		str_append(text, sizeof text, "; a step more, %s, takes %s tokens",
			   fit_size_text(row->fit.next.width, row->fit.next.height, size),
			   unit_grouped(tokens, row->fit.next.tokens));
	return widget_wrap(c, (struct rect){r.x, r.y, r.width, r.height < 2 ? r.height : 2},
			   is_useless ? STYLE_WARN : STYLE_TEXT, text);
}

/* Lines one under the other, as far as there is room. */
struct lines {
	struct cells *c;
	struct rect r;
	int row, left_out;
	bool is_airy;  /* with an empty row behind each */
	bool is_roomy; /* with all that is known of each, as under the key s */
};

enum { WHOSE_WIDTH = 11, TEXT_ROWS = 3 };

/* A text behind whose it is; takes the rows it needs. */
static void draw_line(struct lines *l, const char *whose, unsigned style, const char *text)
{
	struct rect r = {l->r.x + WHOSE_WIDTH, l->r.y + l->row, l->r.width - WHOSE_WIDTH,
			 l->r.height - l->row};

	if (r.height <= 0)
		return;
	cells_text_fit(l->c, l->r.x, r.y, WHOSE_WIDTH - 1, STYLE_TITLE, whose);
	r.height = r.height < TEXT_ROWS ? r.height : TEXT_ROWS;
	l->row += widget_wrap(l->c, r, style, text);
}

/* "vllm  --mm-processor-kwargs '...'", and under it "server, area, transformers 4; a request's own
 * wins". */
static void draw_told(void *to, const struct told *line)
{
	struct lines *l = to;
	char text[SETTING_TEXT], place[FIT_WORDS], under[2 * FIT_WORDS];
	const char *note = NULL;

	if (line->place)
		note = line->place->note && *line->place->note ? line->place->note
							       : line->cap->note;
	if (l->row + 1 >= l->r.height) {
		l->left_out++;
		return;
	}
	draw_line(l, line->whose, line->place ? STYLE_VALUE : STYLE_TEXT,
		  line->place ? fit_told_text(line, text) : "takes no such setting");
	str_format(under, sizeof under, "%s%s%s", fit_told_place(line, place),
		   note && *note ? "; " : "", note ? note : "");
	if (line->place)
		draw_line(l, "", STYLE_DIM, under);
	if (l->is_roomy && line->place && note != line->cap->note && line->cap->note)
		draw_line(l, "", STYLE_DIM, line->cap->note);
	l->row += l->is_airy;
}

static void count_told(void *to, const struct told *line)
{
	(void)line;
	++*(int *)to;
}

/* What whoever sends it can do himself, and what that does to a page of text. */
static void draw_client(struct lines *l, const struct frame *f, const struct budgets_row *row)
{
	const struct picture_info *p = &f->st->picture;
	double before = p->dpi / 6; /* 12 points are a sixth of an inch */
	char text[FIT_WORDS];

	if (row->fit.status != FIT_OK)
		return;
	str_format(text, sizeof text, "resize before sending%s",
		   p->path[0] ? ": w writes the file" : "");
	if (p->dpi > 0 && f->st->budgets.of.setup.width > 0)
		str_append(text, sizeof text,
			   "; 12-point text is %.0f px high then, %.0f in the original",
			   before * (double)row->fit.best.width /
				   (double)f->st->budgets.of.setup.width,
			   before);
	draw_line(l, "client", STYLE_TEXT, text);
	l->row += l->is_airy;
}

/* What the server does to the picture of the screen, whatever the budget. Returns the rows taken.
 */
static int draw_judged(struct cells *c, struct rect r, const struct frame *f)
{
	char text[JUDGED_WHOLE + FIT_WORDS], said[JUDGED_WHOLE], size[FIT_WORDS];
	const struct setup *s = &f->st->req.setup;

	if (!f->judged || r.height < 1)
		return 0;
	str_format(text, sizeof text, "%s to %s: %s", fit_size_text(s->width, s->height, size),
		   f->judged->who, judged_sentence(f->judged, said));
	r.height = r.height > 3 ? 2 : 1;
	return widget_wrap(c, r, judged_style(f->judged), text);
}

static void draw_below(struct cells *c, struct rect body, struct rect r, const struct frame *f)
{
	const struct budgets_row *row = fit_chosen(f->st);
	char title[BUDGET_TEXT + 32], asked[BUDGET_TEXT];

	if (rect_empty(r) || !row)
		return;
	cells_hline(c, body.x, r.y - 1, body.width, STYLE_BORDER);
	str_format(title, sizeof title, " What holds %s ", budget_text(&row->budget, true, asked));
	cells_text_fit(c, body.x + 2, r.y - 1, body.width - 4, STYLE_TITLE, title);

	int used = draw_words(c, r, row);

	used += draw_judged(c, (struct rect){r.x, r.y + used, r.width, r.height - used}, f);
	struct lines l = {c, {r.x, r.y + used, r.width, r.height - used}, 0, 0, false, false};
	int settings = 0;

	fit_told(f->st, row, count_told, &settings);
	l.is_airy = l.r.height >= 4 * (settings + 1);
	l.is_roomy = l.r.height >= 7 * (settings + 1);

	if (l.r.height > 3) { /* a line between words and settings */
		l.r.y++;
		l.r.height--;
	}
	draw_client(&l, f, row);
	fit_told(f->st, row, draw_told, &l);
	if (l.left_out && l.r.height > 0)
		cells_text_right(c, l.r.x, r.y + r.height, l.r.width, STYLE_DIM, " s shows all ");
}

/* ------------------------------------------------------------ the whole */

static char *title(const struct frame *f, int width, char out[FIT_WORDS])
{
	const struct request *r = &f->st->budgets.of;
	const char *file = f->st->picture.path;
	char size[FIT_WORDS];

	for (const char *p = file; *p; p++)
		if (*p == '/' && p[1])
			file = p + 1;
	fit_size_text(r->setup.width, r->setup.height, size);
	str_format(out, FIT_WORDS, "What should I send?");
	if (width >= 60)
		str_append(out, FIT_WORDS, "  %.60s%s%s", file, *file ? " " : "", size);
	if (width >= 100 && r->setup.model->processor->hosted.vendor)
		str_append(out, FIT_WORDS, " \xe2\x86\x92 %s", r->setup.model->id);
	else if (width >= 100)
		str_append(out, FIT_WORDS, " \xe2\x86\x92 %s on %s, %s", r->setup.model->id,
			   r->setup.hardware->id, r->setup.engine->id);
	return out;
}

void fit_draw(struct cells *c, struct rect body, const struct frame *f)
{
	struct fit_place p;
	char text[FIT_WORDS];

	if (!f->st->budgets.is_there) /* before the first event */
		return;
	cells_box(c, body, STYLE_BORDER, title(f, body.width, text), STYLE_TITLE);
	fit_place(&p, body, f->st);
	draw_rows(c, &p, f->st);
	draw_below(c, body, p.below, f);
}

/* ------------------------------------------------------------ export */

static const char *const fields[] = {
	"budget",      "value",      "status",      "fit_width",   "fit_height",
	"tokens",      "kept_share", "bound_by",    "less_width",  "less_height",
	"less_tokens", "next_width", "next_height", "next_tokens", "reason",
};

static const char *whole(char out[32], int64_t v)
{
	return v > 0 ? str_format(out, 32, "%lld", (long long)v) : "";
}

static const char *number(char out[32], double v)
{
	return str_format(out, 32, "%.12g", v);
}

static void write_row(const struct budgets_row *row, enum export_format format, bool is_first,
		      struct strbuf *out)
{
	const struct fit *f = &row->fit;
	char name[QUANTITY_NAME], n[11][32], words[FIT_WORDS];
	bool has = f->best.width > 0;
	const char *const values[ARRAY_SIZE(fields)] = {
		quantity_name(row->budget.quantity, name),
		number(n[0], unit_number(quantities[row->budget.quantity].unit, row->budget.value)),
		fit_status_word(f->status),
		whole(n[1], f->best.width),
		whole(n[2], f->best.height),
		whole(n[3], f->best.tokens),
		has && f->whole > 0 ? number(n[4], (double)f->best.effective / (double)f->whole)
				    : "",
		f->bound_by >= 0 ? name : "",
		whole(n[5], row->less.width),
		whole(n[6], row->less.height),
		whole(n[7], row->less.tokens),
		whole(n[8], f->next.width),
		whole(n[9], f->next.height),
		whole(n[10], f->next.tokens),
		has ? "" : fit_outcome(row, words),
	};

	export_fields(out, format, fields, values, ARRAY_SIZE(fields), is_first);
}

void fit_write(const struct frame *f, enum export_format format, struct strbuf *out)
{
	const struct budgets *b = &f->st->budgets;

	export_head(out, format, fields, ARRAY_SIZE(fields));
	for (int i = 0; b->is_there && i < b->n; i++)
		write_row(&b->row[i], format, i == 0, out);
	export_tail(out, format);
}
