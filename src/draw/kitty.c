#include "draw/kitty.h"

#include "base/base64.h"

enum { PIECE = 3072 }; /* bytes: 4,096 letters, the most that one sequence may have */

void kitty_picture(struct strbuf *out, const struct kitty_picture *p)
{
	size_t n = (size_t)p->width * (size_t)p->height * 3;

	for (size_t at = 0; at < n; at += PIECE) {
		size_t piece = n - at < PIECE ? n - at : PIECE;
		char letters[BASE64_LETTERS(PIECE)];

		strbuf_puts(out, "\033_G");
		if (at == 0)
			strbuf_printf(out, "a=T,f=24,s=%d,v=%d,i=%lu,c=%d,r=%d,z=%d,C=1,q=2,",
				      p->width, p->height, (unsigned long)p->id, p->cols, p->rows,
				      p->z);
		strbuf_printf(out, "m=%d;", at + piece < n);
		strbuf_add(out, letters, base64_encode(p->rgb + at, piece, letters));
		strbuf_puts(out, "\033\\");
	}
}

void kitty_delete(struct strbuf *out, uint32_t id)
{
	strbuf_printf(out, "\033_Ga=d,d=I,i=%lu,q=2\033\\", (unsigned long)id);
}
