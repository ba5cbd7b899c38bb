/* One record per line, quotes around fields with commas, "" for a quote. */
#include "bench/csv.h"

#include <string.h>

/* Cuts text in place; fields that are missing become "". */
static size_t split(char *text, const char **field)
{
	char *in = text, *out = text;
	size_t n = 0;
	bool quoted = false;

	field[n++] = out;
	for (; *in != '\0' && *in != '\n' && *in != '\r'; in++) {
		if (*in == '"' && quoted && in[1] == '"') {
			*out++ = *in++;
		} else if (*in == '"') {
			quoted = !quoted;
		} else if (*in == ',' && !quoted && n < CSV_FIELDS) {
			*out++ = '\0';
			field[n++] = out;
		} else {
			*out++ = *in;
		}
	}
	*out = '\0';
	for (size_t i = n; i < CSV_FIELDS; i++)
		field[i] = "";
	return n;
}

bool csv_open(struct csv *c, FILE *file)
{
	*c = (struct csv){.file = file};
	if (fgets(c->header, sizeof(c->header), file) == NULL)
		return false;
	c->columns = split(c->header, c->name);
	c->line = 1;
	return true;
}

bool csv_next(struct csv *c)
{
	do {
		if (fgets(c->text, sizeof(c->text), c->file) == NULL)
			return false;
		c->line++;
	} while (c->text[0] == '\n' || c->text[0] == '\r');
	split(c->text, c->field);
	return true;
}

const char *csv_get(const struct csv *c, const char *name)
{
	for (size_t i = 0; i < c->columns; i++)
		if (strcmp(c->name[i], name) == 0)
			return c->field[i];
	return "";
}
