#include "view/help.h"

#include "base/base.h"
#include "base/str.h"
#include "state/keymap.h"
#include "view/filter.h"
#include "view/keys.h"
#include "view/widget.h"

/* Words the screens use; the manual has the same list. */
static const struct {
	const char *word, *meaning;
} words[] = {
	{"token", "one position in the language model's input"},
	{"visual", "tokens filled by image features"},
	{"special", "text tokens the processor adds to an image"},
	{"lens", "exact: the checkpoint's own processor; formula: the textbook"},
	{"context", "positions the model accepts: images, text and output share it"},
	{"KV cache", "keys and values of every token, kept while a request lives"},
	{"prefill", "all work before the first token of the answer"},
	{"LLM", "the large language model behind the vision tower"},
	{"FLOP", "floating point operations; T = 10^12, P = 10^15"},
	{"\xc3\x97"
	 "1.78",
	 "times the pinned state (key a), or times the text alone"},
	{"+65", "what the last key did; paler or denser in a bar: where it was"},
	{"mod", "turned away from the checkpoint's own value"},
	{"tok, px", "tokens, pixels"},
	{"mouse", "click a knob: focus, again: its list; wheel and drag turn it"},
	{"", "chart: click and drag the width; tabs, hints, rows: click"},
};

struct help_line {
	const char *heading; /* else: */
	char key[KEYMAP_NAMES];
	const char *text;
};

static int key_lines(void)
{
	int n = 0;

	for (size_t i = 0; i < keys_n(); i++)
		n += 1 + (keys_row(i).group ? (i ? 2 : 1) : 0);
	return n;
}

/* Line n of the keys as one long column; an empty line stands before a heading. */
static void key_line(int n, struct help_line *out)
{
	int at = 0;

	*out = (struct help_line){.text = ""};
	for (size_t i = 0; i < keys_n(); i++) {
		struct binding row = keys_row(i);

		if (row.group) {
			at += i > 0;
			if (at++ == n) {
				out->heading = row.group;
				return;
			}
		}
		if (at++ == n) {
			keymap_names(&row, out->key);
			out->text = row.help;
			return;
		}
	}
}

static int help_columns(int width)
{
	return width >= 72 ? 2 : 1;
}

static int key_rows(int width)
{
	return (key_lines() + help_columns(width) - 1) / help_columns(width);
}

/* Keys in columns, then the words over the whole width. */
int help_rows(int width)
{
	return key_rows(width) + 2 + (int)ARRAY_SIZE(words);
}

static void draw_key(struct cells *c, int x, int y, int width, int n)
{
	struct help_line line;
	int keys = width >= 44 ? 15 : 13;

	key_line(n, &line);
	if (line.heading) {
		cells_text_fit(c, x, y, width, STYLE_TITLE, line.heading);
		return;
	}
	cells_text_fit(c, x, y, keys - 1, STYLE_VALUE | STYLE_BOLD, line.key);
	cells_text_fit(c, x + keys, y, width - keys, STYLE_TEXT, line.text);
}

static bool has_words(const struct state *st, const char *a, const char *b)
{
	const char *const texts[] = {a, b};

	return filter_passes(st->prompt.text, texts, ARRAY_SIZE(texts), false);
}

/* The n-th line of keys and words that has what was typed; false behind the last. */
static bool found_line(const struct state *st, int n, struct help_line *out)
{
	for (size_t i = 0; i < keys_n(); i++) {
		struct binding row = keys_row(i);

		keymap_names(&row, out->key);
		out->text = row.help;
		if (has_words(st, out->key, out->text) && n-- == 0)
			return true;
	}
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (has_words(st, words[i].word, words[i].meaning) && n-- == 0) {
			str_format(out->key, sizeof out->key, "%s", words[i].word);
			out->text = words[i].meaning;
			return true;
		}
	return false;
}

enum { SEARCH_ROWS = 2 }; /* the field, and a blank line */

int help_rows_of(const struct state *st, int width)
{
	struct help_line line;
	int n = 0;

	if (!st->is_searching)
		return help_rows(width);
	while (found_line(st, n, &line))
		n++;
	return n + SEARCH_ROWS;
}

static void draw_found(struct cells *c, struct rect in, const struct state *st)
{
	struct help_line line;
	int row = 0;

	cells_text(c, in.x, in.y, STYLE_DIM, "search");
	widget_field(c, in.x + 7, in.y, in.width - 7, st->prompt.text);
	for (; row + SEARCH_ROWS < in.height && found_line(st, st->scroll + row, &line); row++) {
		cells_text_fit(c, in.x, in.y + SEARCH_ROWS + row, 14, STYLE_VALUE | STYLE_BOLD,
			       line.key);
		cells_text_fit(c, in.x + 15, in.y + SEARCH_ROWS + row, in.width - 15, STYLE_TEXT,
			       line.text);
	}
	if (!row)
		cells_text_fit(c, in.x, in.y + 2, in.width, STYLE_WARN,
			       "nothing has these words; Backspace widens, Esc ends the search");
}

void help_draw(struct cells *c, struct rect in, const struct frame *f)
{
	const struct state *st = f->st;

	if (st->is_searching) {
		draw_found(c, in, st);
		return;
	}
	int columns = help_columns(in.width), gap = 2,
	    width = (in.width - (columns - 1) * gap) / columns;
	int keys = key_rows(in.width), all = help_rows(in.width);
	int most = all > in.height ? all - in.height : 0,
	    from = st->scroll < most ? st->scroll : most;

	for (int i = 0; i < in.height && from + i < all; i++) {
		int row = from + i, y = in.y + i, word = row - keys - 2;

		for (int col = 0; row < keys && col < columns; col++)
			draw_key(c, in.x + col * (width + gap), y, width, row + col * keys);
		if (row == keys + 1)
			cells_text_fit(c, in.x, y, in.width, STYLE_TITLE, "Words");
		if (word >= 0) {
			cells_text_fit(c, in.x, y, 12, STYLE_VALUE | STYLE_BOLD, words[word].word);
			cells_text_fit(c, in.x + 13, y, in.width - 13, STYLE_TEXT,
				       words[word].meaning);
		}
	}
	if (in.width >= 72)
		cells_text_fit(c, in.x, in.y + in.height, in.width - 34, STYLE_DIM,
			       " / search  # rules  T tour  : commands ");
	if (most) {
		char text[64];

		str_format(text, sizeof text, " row %d of %d, arrows scroll ", from + in.height,
			   all);
		cells_text_right(c, in.x, in.y + in.height, in.width, STYLE_DIM, text);
	}
}
