#include "cli/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

bool records_next(struct records *r)
{
	char end = r->is_null ? '\0' : '\n';
	ssize_t n = getdelim(&r->text, &r->room, end, r->in);

	if (n <= 0)
		return false;
	r->len = (size_t)n;
	r->len -= r->text[r->len - 1] == end;
	r->len -= !r->is_null && r->len > 0 && r->text[r->len - 1] == '\r';
	size_t mark = r->begun ? 0 : utf8_mark(r->text, r->len);
	r->len -= mark;
	memmove(r->text, r->text + mark, r->len);
	r->text[r->len] = '\0';
	r->begun = true;
	return true;
}

void records_fini(struct records *r)
{
	free(r->text);
}
