#include "cli/scan_batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"

/* A member in a batch: its name with a NUL, then its first bytes, at a multiple of 8. */
struct head {
	size_t name_size, bytes;
	const char *why;
};

bool scan_batch_room(struct scan_batch *b, size_t room)
{
	if (b->room >= room)
		return true;
	char *more = realloc(b->data, room + SCAN_SLACK);

	if (!more)
		return false;
	b->data = more;
	b->room = room;
	return true;
}

static size_t to_eight(size_t n)
{
	return (n + 7) / 8 * 8;
}

uint8_t *scan_batch_member(struct scan_batch *b, const char *archive, const char *name, size_t most)
{
	bool is_stdin = strcmp(archive, "-") == 0;
	size_t before = is_stdin ? 0 : strlen(archive) + 1, len = strlen(name);
	struct head head = {.name_size = to_eight(before + len + 1)};

	if (!scan_batch_room(b, b->used + sizeof(head) + head.name_size + to_eight(most)))
		return NULL;
	char *p = b->data + b->used;
	memcpy(p, &head, sizeof(head));
	p += sizeof(head);
	memset(p, 0, head.name_size);
	if (before) {
		memcpy(p, archive, before - 1);
		p[before - 1] = ':';
	}
	memcpy(p + before, name, len);
	return (uint8_t *)p + head.name_size;
}

void scan_batch_took(struct scan_batch *b, size_t n, const char *why)
{
	struct head head;

	memcpy(&head, b->data + b->used, sizeof(head));
	head.bytes = n;
	head.why = why;
	memcpy(b->data + b->used, &head, sizeof(head));
	b->used += sizeof(head) + head.name_size + to_eight(n);
}

bool scan_batch_next(const struct scan_batch *b, size_t *at, struct scan_member *out)
{
	struct head head;

	if (*at >= b->used)
		return false;
	const char *p = b->data + *at;
	memcpy(&head, p, sizeof(head));
	*out = (struct scan_member){.name = p + sizeof(head),
				    .bytes = p + sizeof(head) + head.name_size,
				    .n = head.bytes,
				    .why = head.why};
	*at += sizeof(head) + head.name_size + to_eight(head.bytes);
	return true;
}
