#include "tui/entries.h"

#include <string.h>

const char *entries_find(const char *type)
{
	for (size_t i = 0; i < entries_n; i++)
		if (strcmp(entries[i].type, type) == 0)
			return entries[i].description;
	return NULL;
}
