/* Grid to text: what tests compare and `vtok render` prints. */
#include "draw/cells.h"

#include "base/strbuf.h"
#include "base/utf8.h"

void cells_to_text(const struct cells *c, struct strbuf *out)
{
	for (int y = 0; y < c->height; y++) {
		const struct cell *row = &c->cell[(size_t)y * (size_t)c->width];
		int end = c->width;

		while (end > 0 && row[end - 1].cp == ' ')
			end--;
		for (int x = 0; x < end; x++) {
			char bytes[4];

			if (row[x].cp)
				strbuf_add(out, bytes, utf8_put(row[x].cp, bytes));
		}
		strbuf_putc(out, '\n');
	}
}
