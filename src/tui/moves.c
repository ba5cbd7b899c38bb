#include "tui/moves.h"

#include <string.h>

#include "base/str.h"

enum { WAY = 32, STEPS_BACK = 3 };

void moves_forget(struct moves *m)
{
	m->row = m->column = m->most = MOVES_UNKNOWN;
}

void moves_are_at(struct moves *m, int row, int column)
{
	m->row = row;
	m->column = m->most = column;
}

void moves_drawn(struct moves *m, uint32_t cp)
{
	bool is_ascii = cp < 0x7f;

	if (m->row == MOVES_UNKNOWN)
		return;
	m->most += is_ascii ? 1 : 2;
	m->column = is_ascii && m->column != MOVES_UNKNOWN ? m->column + 1 : MOVES_UNKNOWN;
	if (m->most >= m->width) /* at the edge terminals differ */
		moves_forget(m);
}

/* Bytes that go somewhere. */
struct way {
	char text[WAY];
	size_t n;
};

static void add(struct way *w, const char *text)
{
	size_t n = strlen(text);

	memcpy(w->text + w->n, text, n);
	w->n += n;
}

static void add_number(struct way *w, int number)
{
	w->n = (size_t)(str_put_decimal(w->text + w->n, number) - w->text);
}

static void take_shorter(struct way *best, const struct way *other)
{
	if (other->n < best->n)
		*best = *other;
}

/* Within a row, behind the bytes of `before`: by number of the column, or by steps. */
static void find_in_row(const struct moves *m, const char *before, int from, int column,
			struct way *best)
{
	struct way w = {.n = 0};

	if (m->has_column) {
		add(&w, before);
		add(&w, "\033[");
		add_number(&w, column + 1);
		add(&w, "G");
		take_shorter(best, &w);
	}
	if (from == MOVES_UNKNOWN)
		return;
	w.n = 0;
	add(&w, before);
	if (m->has_right && column > from) {
		add(&w, "\033[");
		if (column - from > 1)
			add_number(&w, column - from);
		add(&w, "C");
	} else if (m->has_left && column < from && from - column <= STEPS_BACK) {
		add(&w, (&"\b\b\b"[STEPS_BACK - (from - column)]));
	} else if (column != from) {
		return;
	}
	take_shorter(best, &w);
}

static struct way full_address(int row, int column)
{
	struct way w = {.n = 0};

	add(&w, "\033[");
	add_number(&w, row + 1);
	add(&w, ";");
	add_number(&w, column + 1);
	add(&w, "H");
	return w;
}

/* Of a terminal that addresses in another way there is that one alone. */
static size_t by_address(const struct moves *m, int row, int column, char *out)
{
	const char *text = m->address ? m->address(row, column) : NULL;
	size_t n = text ? strlen(text) : 0;

	if (n > MOVES_LONGEST)
		n = 0;
	memcpy(out, text ? text : "", n);
	return n;
}

size_t moves_to(struct moves *m, int row, int column, char out[MOVES_LONGEST])
{
	struct way best = full_address(row, column);
	int from = m->column;
	bool is_same = m->row == row && from == column;
	bool is_below = m->has_down && m->row != MOVES_UNKNOWN && row == m->row + 1;

	if (is_same)
		return 0;
	if (!m->has_address) {
		moves_are_at(m, row, column);
		return by_address(m, row, column, out);
	}
	if (m->row == row) {
		find_in_row(m, "", from, column, &best);
		if (m->has_down)
			find_in_row(m, "\r", 0, column, &best);
	} else if (is_below) {
		find_in_row(m, "\n", from, column, &best);
		find_in_row(m, "\r\n", 0, column, &best);
	}
	moves_are_at(m, row, column);
	memcpy(out, best.text, best.n);
	return best.n;
}
