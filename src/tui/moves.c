#include "tui/moves.h"

#include <string.h>

#include "base/str.h"

enum { WAY = 48, WAY_MOST = 24, NUMBER_MOST = 9999 };

void moves_forget(struct moves *m)
{
	m->row = m->column = m->most = 0;
}

void moves_text(struct moves *m, unsigned char byte)
{
	bool is_ascii = byte >= 0x20 && byte < 0x7f;

	if (!m->row)
		return;
	if (byte == '\b' && m->column > 1) {
		m->most = --m->column;
		return;
	}
	if (!is_ascii && byte < 0x80) {
		moves_forget(m);
		return;
	}
	if ((byte & 0xc0) == 0x80) /* the rest of a character */
		return;
	m->most += is_ascii ? 1 : 2;
	m->column = is_ascii && m->column ? m->column + 1 : 0;
	if (m->most > m->width) /* at the edge terminals differ */
		moves_forget(m);
}

/* Up to two numbers of a sequence; false for anything else between ESC [ and its letter. */
static bool numbers(const char *s, size_t n, int out[2])
{
	int i = 0;

	out[0] = out[1] = 0;
	for (size_t at = 2; at + 1 < n; at++) {
		if (s[at] == ';' && i == 0)
			i = 1;
		else if (s[at] < '0' || s[at] > '9' || out[i] > NUMBER_MOST)
			return false;
		else
			out[i] = out[i] * 10 + (s[at] - '0');
	}
	return true;
}

/* A sequence that is written for another. */
struct way {
	char text[WAY];
	size_t n;
};

static struct way way_of(const char *before, int number, char letter)
{
	struct way w = {.n = strlen(before)};

	memcpy(w.text, before, w.n);
	memcpy(w.text + w.n, "\033[", 2);
	w.n = (size_t)(str_put_decimal(w.text + w.n + 2, number) - w.text);
	w.text[w.n++] = letter;
	return w;
}

/* The shortest way to a place on the screen: `way` stays where none is shorter. */
static void find_way(const struct moves *m, int row, int column, struct way *way)
{
	int right = column - m->column;
	struct way other;

	if (!m->row || !m->width || column > m->width)
		return;
	if (m->has_column && (row == m->row || row == m->row + 1)) {
		other = way_of(row == m->row ? "" : "\n", column, 'G');
		if (other.n < way->n)
			*way = other;
	}
	if (m->has_right && row == m->row && m->column && right > 0) {
		other = right == 1 ? (struct way){"\033[C", 3} : way_of("", right, 'C');
		if (other.n < way->n)
			*way = other;
	}
}

size_t moves_sequence(struct moves *m, const char *sequence, size_t n, char *out)
{
	struct way way = {.n = n};
	char letter = sequence[n - 1];
	int at[2];

	if (n > WAY_MOST || !numbers(sequence, n, at)) {
		moves_forget(m);
		memmove(out, sequence, n);
		return n;
	}
	memcpy(way.text, sequence, n);
	int row = m->row, column = at[0] ? at[0] : 1;
	switch (letter) {
	case 'H':
		row = column;
		column = at[1] ? at[1] : 1;
		find_way(m, row, column, &way);
		break;
	case 'G':
		find_way(m, row, column, &way);
		break;
	case 'C':
		column = m->column ? m->column + column : 0;
		break;
	case 'd':
		row = column;
		column = m->column;
		if (m->has_column && m->row && row == m->row + 1)
			way = (struct way){"\n", 1};
		break;
	case 'm':
	case 'K':
	case 'X':
		column = m->column; /* the cursor stays */
		break;
	default:
		row = column = 0;
	}
	bool keeps_most = column == m->column && letter != 'H' && letter != 'G';
	if (letter == 'C' && !column)
		row = 0;
	m->most = keeps_most ? m->most : column;
	m->row = row;
	m->column = column;
	memcpy(out, way.text, way.n);
	return way.n;
}
