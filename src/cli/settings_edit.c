#include "cli/settings_edit.h"

#include <string.h>

#include "base/str.h"

struct edit {
	const struct settings_pair *pairs;
	size_t n;
	bool is_done[SETTINGS_PAIRS_MAX];
	const char *section;
	bool is_inside, was_there;
	size_t blanks;   /* empty lines held back, so that new keys stand before them */
	const char *eol; /* of the file: "\n" or "\r\n" */
	struct strbuf *out;
};

static void put_pair(struct edit *e, size_t i)
{
	strbuf_printf(e->out, "%s = %s%s", e->pairs[i].key, e->pairs[i].value, e->eol);
	e->is_done[i] = true;
}

static void put_blanks(struct edit *e)
{
	for (; e->blanks; e->blanks--)
		strbuf_puts(e->out, e->eol);
}

static void end_section(struct edit *e)
{
	for (size_t i = 0; e->is_inside && i < e->n; i++)
		if (!e->is_done[i])
			put_pair(e, i);
	e->is_inside = false;
	put_blanks(e);
}

static bool begins_section(const char *line, size_t len, const char *name)
{
	size_t n = strlen(name);

	return len >= n + 2 && memcmp(line + 1, name, n) == 0 && line[n + 1] == ']';
}

/* The pair whose key this line has; e->n = none. */
static size_t find_pair(const struct edit *e, const char *line, size_t len)
{
	const char *equals = memchr(line, '=', len);
	size_t n = equals ? (size_t)(equals - line) : 0;

	while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		n--;
	for (size_t i = 0; n && i < e->n; i++)
		if (strlen(e->pairs[i].key) == n && memcmp(e->pairs[i].key, line, n) == 0)
			return i;
	return e->n;
}

static void take_line(struct edit *e, const char *line, size_t len)
{
	if (len == 0) {
		e->blanks++;
		return;
	}
	if (line[0] == '[') {
		end_section(e);
		e->is_inside = begins_section(line, len, e->section);
		e->was_there = e->was_there || e->is_inside;
	}
	put_blanks(e);
	size_t i = e->is_inside ? find_pair(e, line, len) : e->n;

	if (i < e->n) {
		put_pair(e,
			 i); /* a key that is there twice: the last one counts, so both are set */
		return;
	}
	strbuf_add(e->out, line, len);
	strbuf_puts(e->out, e->eol);
}

void settings_edit(const char *text, size_t len, const char *section,
		   const struct settings_pair *pairs, size_t n, struct strbuf *out)
{
	const char *end = text + len, *first = memchr(text, '\n', len);
	struct edit e = {.pairs = pairs,
			 .n = n < SETTINGS_PAIRS_MAX ? n : SETTINGS_PAIRS_MAX,
			 .section = section,
			 .out = out,
			 .eol = first && first > text && first[-1] == '\r' ? "\r\n" : "\n"};

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t line = (size_t)((stop ? stop : end) - text);

		take_line(&e, text, line && text[line - 1] == '\r' ? line - 1 : line);
		text = stop ? stop + 1 : end;
	}
	end_section(&e);
	if (e.was_there)
		return;
	strbuf_printf(out, "%s[%s]%s", out->len ? e.eol : "", section, e.eol);
	e.is_inside = true;
	end_section(&e);
}
