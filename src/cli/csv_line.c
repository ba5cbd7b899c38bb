#include "cli/csv_line.h"

#include <stddef.h>
#include <string.h>

/* From behind the opening quotation mark. */
static char *quoted(char **p, char separator)
{
	char *from = *p + 1, *to = *p, *start = to;

	for (; *from; from++) {
		if (*from == '"' && from[1] != '"')
			break;
		from += *from == '"';
		*to++ = *from;
	}
	if (*from != '"' || (from[1] && from[1] != separator))
		return NULL;
	*p = from[1] ? from + 2 : NULL;
	*to = '\0';
	return start;
}

char *csv_field(char **p, char separator)
{
	char *start = *p;

	if (!start)
		return NULL;
	if (*start == '"')
		return quoted(p, separator);
	char *end = strchr(start, separator);

	*p = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	return start;
}
