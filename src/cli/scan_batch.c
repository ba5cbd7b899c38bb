#include "cli/scan_batch.h"

#include <stdlib.h>

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
