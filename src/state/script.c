#include "state/script.h"

#include <string.h>

#include "base/str.h"
#include "core/quantity.h"
#include "state/event.h"

enum { PARTS_MAX = 64 };

static bool fail(const struct script *s, int line, struct vtok_error *err, const char *what,
		 const char *found)
{
	error_set(err, VTOK_E_CONFIG, "%s%s%.60s%s", what, *found ? ", got \"" : "", found,
		  *found ? "\"" : "");
	return error_at(err, s->name, line);
}

/* A step under construction. */
struct draft {
	struct part parts[PARTS_MAX];
	int n, line;
};

static bool add_part(struct script *s, struct draft *d, struct part part, struct vtok_error *err)
{
	if (d->n == PARTS_MAX)
		return fail(s, d->line, err, "a step has at most 64 parts", "");
	d->parts[d->n++] = part;
	return true;
}

/* A word between braces is a quantity: a caption that names none would show
 * its braces on a stage. */
static bool good_captions(const struct script *s, const struct draft *d, const char *text,
			  struct vtok_error *err)
{
	for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
		char name[QUANTITY_NAME];
		enum quantity_id id;
		size_t n = strcspn(at + 1, "}");

		str_format(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : 0), at + 1);
		if (at[n + 1] != '}' || !quantity_find(name, &id))
			return fail(s, d->line, err,
				    "expected a quantity like {tokens} or {prefill_ttft_ms}", at);
	}
	return true;
}

/* "note "text"": the text, its closing quote being the last byte. */
static bool add_note(struct script *s, struct draft *d, char *text, struct vtok_error *err)
{
	text = str_trim(text);
	size_t n = strlen(text);

	if (n < 2 || text[0] != '"' || text[n - 1] != '"')
		return fail(s, d->line, err, "expected note \"text\"", text);
	const char *copy = arena_strndup(&s->arena, text + 1, n - 2);

	if (copy && !good_captions(s, d, copy, err))
		return false;

	return copy ? add_part(s, d, (struct part){.kind = PART_NOTE, .value = copy}, err)
		    : error_memory(err);
}

static bool add_assignment(struct script *s, struct draft *d, char *name, char *value,
			   struct vtok_error *err)
{
	struct part part = {.kind = PART_SET,
			    .name = arena_strdup(&s->arena, str_trim(name)),
			    .value = arena_strdup(&s->arena, str_trim(value))};

	if (!part.name || !part.value)
		return error_memory(err);
	if (!*part.value)
		return fail(s, d->line, err, "expected a value after =", part.name);
	return add_part(s, d, part, err);
}

static bool add_keys(struct script *s, struct draft *d, char *text, struct vtok_error *err)
{
	for (char *rest = text, *word; (word = strtok_r(rest, " \t", &rest)) != NULL;) {
		struct part part = {.kind = PART_KEY};

		if (!event_key_parse(word, &part.key))
			return fail(s, d->line, err,
				    "expected a key like x, PgUp or C-l, name = value, or note "
				    "\"text\"",
				    word);
		if (!add_part(s, d, part, err))
			return false;
	}
	return true;
}

/* "name =": letters and dashes, two at least: + stands for the key = among keys. */
static bool is_assignment(const char *text)
{
	size_t n = 0;

	while ((text[n] >= 'a' && text[n] <= 'z') || text[n] == '-')
		n++;
	return n >= 2 && text[n + strspn(text + n, " \t")] == '=';
}

static bool read_part(struct script *s, struct draft *d, char *text, struct vtok_error *err)
{
	text = str_trim(text);
	if (str_starts(text, "note") && (text[4] == ' ' || text[4] == '\t' || text[4] == '"'))
		return add_note(s, d, text + 4, err);
	if (is_assignment(text)) {
		char *value = strchr(text, '=');

		*value = '\0';
		return add_assignment(s, d, text, value + 1, err);
	}
	return add_keys(s, d, text, err);
}

/* Where the part that begins at s ends: a semicolon outside quotes, or the end of the line. */
static char *part_end(char *s)
{
	for (bool is_quoted = false; *s && (is_quoted || *s != ';'); s++)
		if (*s == '"')
			is_quoted = !is_quoted;
	return s;
}

static bool read_line(struct script *s, int line, char *text, struct vtok_error *err)
{
	struct draft d = {.n = 0, .line = line};

	str_clean(text);
	text = str_trim(text);
	if (!*text || *text == '#')
		return true;
	for (bool is_last = false; !is_last;) {
		char *end = part_end(text);

		is_last = !*end;
		*end = '\0';
		if (!read_part(s, &d, text, err))
			return false;
		text = end + 1;
	}
	if (s->n == SCRIPT_STEPS_MAX)
		return fail(s, line, err, "a talk has at most 1,000 steps", "");
	struct part *parts = arena_alloc(&s->arena, (size_t)d.n * sizeof d.parts[0] + 1);

	if (!parts)
		return error_memory(err);
	memcpy(parts, d.parts, (size_t)d.n * sizeof d.parts[0]);
	s->steps[s->n++] = (struct script_step){line, d.n, parts};
	return true;
}

static bool read_text(struct script *s, const char *text, size_t len, struct vtok_error *err)
{
	const char *end = text + len;

	for (int line = 1; text < end; line++) {
		char copy[SCRIPT_LINE_BYTES + 1];
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((stop ? stop : end) - text);

		if (n > SCRIPT_LINE_BYTES)
			return fail(s, line, err, "line too long (at most 1,000 bytes)", "");
		if (memchr(text, '\0', n))
			return fail(s, line, err, "a NUL byte: not a text file", "");
		memcpy(copy, text, n);
		copy[n] = '\0';
		for (char *p = copy; *p; p++) /* tabs and carriage returns are blanks here */
			if (*p == '\t' || *p == '\r')
				*p = ' ';
		if (!read_line(s, line, copy, err))
			return false;
		text = stop ? stop + 1 : end;
	}
	return s->n > 0 || fail(s, 1, err, "a talk without a step", "");
}

/* "talks/cost.steps" gives "talks/". */
static const char *folder_of(struct arena *a, const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? arena_strndup(a, name, (size_t)(slash - name) + 1) : "";
}

bool script_read(struct script *s, const char *name, const char *text, size_t len,
		 struct vtok_error *err)
{
	*s = (struct script){.n = 0};
	arena_init(&s->arena);
	s->name = arena_strdup(&s->arena, name);
	s->folder = folder_of(&s->arena, name);
	s->steps = arena_alloc(&s->arena, SCRIPT_STEPS_MAX * sizeof s->steps[0]);
	if (!s->name || !s->folder || !s->steps)
		return error_memory(err);
	return read_text(s, text, len, err);
}

void script_fini(struct script *s)
{
	arena_fini(&s->arena);
	*s = (struct script){.n = 0};
}
