/* See animated.h. The blocks of a GIF, as GIF89a has them:
 *
 *     header 6, screen 7, [palette], then any of
 *     21 LABEL (LENGTH bytes...)... 00         an extension
 *     2C descriptor 9 [palette] LZW (LENGTH bytes...)... 00      a picture
 *     3B                                       the end */
#include "image/animated.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { BYTES_MOST = 1 << 28, HEAD = 13, DESCRIPTOR = 9, EXTENSION = 0x21, PICTURE = 0x2c };

struct walk {
	FILE *in;
	int64_t left; /* bytes that may still be read */
};

static bool take(struct walk *w, uint8_t *out, int n)
{
	w->left -= n;
	return w->left >= 0 && fread(out, 1, (size_t)n, w->in) == (size_t)n;
}

/* fread and no fseek: a file may end within what is left out. */
static bool leave(struct walk *w, int n)
{
	uint8_t bytes[1024];

	for (; n > (int)sizeof(bytes); n -= (int)sizeof(bytes))
		if (!take(w, bytes, (int)sizeof(bytes)))
			return false;
	return take(w, bytes, n);
}

static bool leave_palette(struct walk *w, uint8_t flags)
{
	return !(flags & 0x80) || leave(w, 3 << ((flags & 7) + 1));
}

static bool leave_blocks(struct walk *w)
{
	uint8_t length;

	while (take(w, &length, 1) && length > 0)
		if (!leave(w, length))
			return false;
	return w->left >= 0 && !feof(w->in) && !ferror(w->in);
}

static bool leave_picture(struct walk *w)
{
	uint8_t d[DESCRIPTOR], lzw;

	return take(w, d, DESCRIPTOR) && leave_palette(w, d[DESCRIPTOR - 1]) && take(w, &lzw, 1) &&
	       leave_blocks(w);
}

static bool has_second(struct walk *w)
{
	uint8_t head[HEAD], kind, label;

	if (!take(w, head, HEAD) || memcmp(head, "GIF8", 4) != 0 || !leave_palette(w, head[10]))
		return false;
	for (int pictures = 0; take(w, &kind, 1);) {
		if (kind == PICTURE && ++pictures == 2)
			return true;
		if (kind == PICTURE ? !leave_picture(w)
				    : kind != EXTENSION || !take(w, &label, 1) || !leave_blocks(w))
			return false;
	}
	return false;
}

static bool moves(FILE *in)
{
	struct walk w = {.in = in, .left = BYTES_MOST};

	if (!in)
		return false;
	bool has = has_second(&w);

	fclose(in);
	return has;
}

bool image_is_animated(const char *path)
{
	return moves(fopen(path, "rb"));
}

/* The stream only reads. */
bool image_is_animated_bytes(const void *bytes, size_t n)
{
	return n > 0 && moves(fmemopen((void *)(uintptr_t)bytes, n, "rb"));
}
