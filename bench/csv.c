/* One record per line, quotes around fields with commas, "" for a quote. */
#include "bench/csv.h"

#include <string.h>

/* Cuts text in place; fields that are missing become "". False: a quote is not closed, or there are
 * too many. */
static bool split(char *text, const char **field, size_t *fields)
{
	char *in = text, *out = text;
	size_t n = 0;
	bool quoted = false, fits = true;

	field[n++] = out;
	for (; *in != '\0' && *in != '\n' && (*in != '\r' || quoted); in++) {
		if (*in == '"' && quoted && in[1] == '"') {
			*out++ = *in++;
		} else if (*in == '"') {
			quoted = !quoted;
		} else if (*in == ',' && !quoted && n < CSV_FIELDS) {
			*out++ = '\0';
			field[n++] = out;
		} else {
			fits = fits && (*in != ',' || quoted);
			*out++ = *in;
		}
	}
	*out = '\0';
	for (size_t i = n; i < CSV_FIELDS; i++)
		field[i] = "";
	*fields = n;
	return fits && !quoted;
}

/* One line; what does not fit is read over, so that the next line starts at its own beginning. */
static bool read_line(struct csv *c, char *line)
{
	int ch;

	c->bad = NULL;
	if (fgets(line, CSV_LINE, c->file) == NULL)
		return false;
	c->line++;
	if (strlen(line) + 1 < CSV_LINE || line[CSV_LINE - 2] == '\n')
		return true;
	do
		ch = getc(c->file);
	while (ch != '\n' && ch != EOF);
	if (ch == EOF && ferror(c->file))
		return false;
	c->bad = "the line is too long";
	return true;
}

bool csv_open(struct csv *c, FILE *file)
{
	static const char mark[] = "\xEF\xBB\xBF";
	char *text = c->header;

	*c = (struct csv){.file = file};
	if (!read_line(c, c->header) || c->bad != NULL)
		return false;
	if (strncmp(text, mark, strlen(mark)) == 0)
		text += strlen(mark);
	if (!split(text, c->name, &c->columns))
		c->bad = "the header has an open quote or too many columns";
	return c->bad == NULL;
}

bool csv_next(struct csv *c)
{
	size_t n;

	do
		if (!read_line(c, c->text))
			return false;
	while (c->text[0] == '\n' || c->text[0] == '\r');
	if (!split(c->text, c->field, &n) && c->bad == NULL)
		c->bad = "a quote is not closed on its line";
	if (n != c->columns && c->bad == NULL)
		c->bad = "not as many fields as the header has columns";
	return true;
}

bool csv_has(const struct csv *c, const char *name)
{
	for (size_t i = 0; i < c->columns; i++)
		if (strcmp(c->name[i], name) == 0)
			return true;
	return false;
}

const char *csv_get(const struct csv *c, const char *name)
{
	for (size_t i = 0; i < c->columns; i++)
		if (strcmp(c->name[i], name) == 0)
			return c->field[i];
	return "";
}
