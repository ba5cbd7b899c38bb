#include "image/box.h"

#include <string.h>

bool box_at(struct boxes *b, int64_t pos, int64_t end, struct box *out)
{
	const uint8_t *p = end - pos >= 8 && b->left > 0 ? source_get(b->s, pos, 8) : NULL;
	int64_t head = 8;

	if (!p)
		return false;
	b->left--;
	uint64_t len = be32(p);
	memcpy(out->type, p + 4, 4);
	if (len == 1) { /* it has no room there: behind the type are 64 bits */
		head = 16;
		if (end - pos < head || !(p = source_get(b->s, pos + 8, 8)))
			return false;
		len = be64(p);
	} else if (len == 0) {
		len = (uint64_t)(end - pos);
	}
	if (len < (uint64_t)head)
		return false;
	if (len > (uint64_t)(end - pos)) {
		b->is_cut = true;
		len = (uint64_t)(end - pos);
	}
	out->pos = pos + head;
	out->end = pos + (int64_t)len;
	return true;
}

bool box_find(struct boxes *b, int64_t pos, int64_t end, const char *type, struct box *out)
{
	for (; box_at(b, pos, end, out); pos = out->end)
		if (box_is(out, type))
			return true;
	return false;
}

bool box_is(const struct box *box, const char *type)
{
	return memcmp(box->type, type, 4) == 0;
}

const uint8_t *box_bytes(struct source *s, const struct box *box, int64_t at, size_t n)
{
	return at <= box->end - box->pos - (int64_t)n ? source_get(s, box->pos + at, n) : NULL;
}
