/* See server_line.h. */
#include "import/server_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/base.h"
#include "base/str.h"

enum { NAME_ROOM = 160, DEEP = 12 };

void server_line_init(struct server_line *s)
{
	*s = (struct server_line){0};
	arena_init(&s->arena);
}

void server_line_fini(struct server_line *s)
{
	free(s->settings);
	free(s->ignored);
	arena_fini(&s->arena);
	*s = (struct server_line){0};
}

/* ------------------------------------------------------------ values */

/* "8k" is 8,000 and "8K" 8,192, as vLLM reads them; true and false in every
 * spelling. NAN: it is no number. */
static double number_of(const char *text)
{
	static const struct {
		const char *word;
		double value;
	} words[] = {{"true", 1}, {"yes", 1}, {"on", 1}, {"false", 0}, {"no", 0}, {"off", 0}};
	static const char suffixes[] = "kmgKMG";
	size_t len = strlen(text);
	char digits[STR_NUMBER];
	double v;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_casecmp(text, words[i].word) == 0)
			return words[i].value;
	if (str_num(text, &v))
		return v;
	const char *suffix =
		len > 1 && len < sizeof(digits) ? strchr(suffixes, text[len - 1]) : NULL;

	if (!suffix || !str_num(str_format(digits, sizeof(digits), "%.*s", (int)len - 1, text), &v))
		return NAN;
	int power = (int)(suffix - suffixes) % 3 + 1;

	return v * pow(suffix - suffixes < 3 ? 1000 : 1024, power);
}

static bool add(struct server_line *s, const char *name, const char *text, struct vtok_error *err)
{
	if (s->settings_n == SERVER_WORDS_MOST)
		return error_set(err, VTOK_E_USAGE, "more than %d settings", SERVER_WORDS_MOST);
	if (s->settings_n == s->settings_room) {
		size_t room = s->settings_room ? 2 * s->settings_room : 16;
		struct limit_setting *list = realloc(s->settings, room * sizeof(*list));

		if (!list)
			return error_memory(err);
		s->settings = list;
		s->settings_room = room;
	}
	char *own_name = arena_strdup(&s->arena, name), *own_text = arena_strdup(&s->arena, text);

	if (!own_name || !own_text)
		return error_memory(err);
	s->settings[s->settings_n++] =
		(struct limit_setting){own_name, own_text, number_of(own_text)};
	return true;
}

static bool join(char out[NAME_ROOM], const char *name, const char *member, struct vtok_error *err)
{
	if (strlen(name) + strlen(member) + 2 > NAME_ROOM)
		return error_set(err, VTOK_E_USAGE, "%.40s...: the name is too long", name);
	str_format(out, NAME_ROOM, "%s.%s", name, member);
	return true;
}

/* Each member under its own name; arrays keep to their text. */
static bool add_json(struct server_line *s, const char *name, const json_t *v, int depth,
		     struct vtok_error *err)
{
	char member[NAME_ROOM], text[STR_NUMBER];
	const char *key;
	json_t *inner;

	if (depth > DEEP)
		return error_set(err, VTOK_E_USAGE, "%s: nested too deep", name);
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		json_object_foreach(
			(json_t *)v, key,
			inner) if (!join(member, name, key, err) ||
				   !add_json(s, member, inner, depth + 1, err)) return false;
		return true;
	case JSON_STRING:
		return add(s, name, json_string_value(v), err);
	case JSON_INTEGER:
	case JSON_REAL:
		return add(s, name, str_number(text, json_number_value(v)), err);
	case JSON_TRUE:
		return add(s, name, "true", err);
	case JSON_FALSE:
		return add(s, name, "false", err);
	case JSON_ARRAY:
		return add(s, name, "[]", err);
	case JSON_NULL:
		break;
	}
	return true;
}

/* "image=2,video=0" and "image=2": the form before JSON. */
static bool is_old_form(const char *text)
{
	size_t word = strspn(text, "abcdefghijklmnopqrstuvwxyz_");
	const char *rest = text + word;

	if (word == 0 || *rest != '=')
		return false;
	size_t digits = strspn(rest + 1, "0123456789");

	rest += 1 + digits;
	return digits > 0 && (!*rest || (*rest == ',' && is_old_form(rest + 1)));
}

static bool add_old_form(struct server_line *s, const char *name, const char *text,
			 struct vtok_error *err)
{
	char key[NAME_ROOM], member[NAME_ROOM], value[STR_NUMBER];

	while (*text) {
		size_t word = strcspn(text, "="), digits = strcspn(text + word, ",");

		str_format(key, sizeof(key), "%.*s", (int)word, text);
		str_format(value, sizeof(value), "%.*s", (int)(digits - 1), text + word + 1);
		if (!join(member, name, key, err) || !add(s, member, value, err))
			return false;
		text += word + digits;
		text += *text == ',';
	}
	return true;
}

/* A value of whatever form. */
static bool add_value(struct server_line *s, const char *name, const char *text,
		      struct vtok_error *err)
{
	const char *start = text + strspn(text, " \t\n");
	json_error_t fault;

	if (is_old_form(text))
		return add_old_form(s, name, text, err);
	if (*start != '{')
		return add(s, name, text, err);
	json_t *v = json_loads(start, 0, &fault);

	if (!v)
		return error_set(err, VTOK_E_USAGE, "%s: not JSON: %s", name, fault.text);
	bool fine = add_json(s, name, v, 0, err);

	json_decref(v);
	return fine;
}

/* ------------------------------------------------------------ words */

struct words {
	char **list;
	size_t n;
};

/* Up to the end of an object that is written without quotes around it. */
static const char *copy_braces(const char *s, char **out)
{
	bool in_string = false;
	int depth = 0;

	for (; *s; s++) {
		if (*s == '\\' && s[1]) {
			if (in_string && s[1] != '"')
				*(*out)++ = *s;
			s++;
		} else if (*s == '"') {
			in_string = !in_string;
		} else if (!in_string) {
			depth += (*s == '{') - (*s == '}');
		}
		*(*out)++ = *s;
		if (depth == 0)
			return s + 1;
	}
	return s;
}

/* One word; an object at its beginning or behind = keeps its quotes. NULL with
 * err set where a quote has no end. *out has room for the rest of the line. */
static const char *copy_word(const char *s, char **out, struct vtok_error *err)
{
	char quote = '\0', before = '=';

	for (; *s && (quote || !strchr(" \t\r\n", *s)); s++) {
		if (!quote && before == '=' && *s == '{') {
			s = copy_braces(s, out) - 1;
		} else if (quote != '\'' && *s == '\\' && s[1]) {
			s++;
			if (*s == '\n')
				continue;
			if (quote == '"' && !strchr("\"\\$`", *s))
				*(*out)++ = '\\';
			*(*out)++ = *s;
		} else if (quote ? *s == quote : (*s == '"' || *s == '\'')) {
			quote = quote ? '\0' : *s;
		} else {
			*(*out)++ = *s;
		}
		before = *s;
	}
	if (quote) {
		error_set(err, VTOK_E_USAGE, "a quote %c has no end", quote);
		return NULL;
	}
	*(*out)++ = '\0';
	return s;
}

static const char *skip_blanks(const char *s)
{
	while (*s) {
		size_t blanks = strspn(s, " \t\r\n");

		if (s[blanks] == '\\' && s[blanks + 1] == '\n')
			blanks += 2;
		if (blanks == 0)
			break;
		s += blanks;
	}
	return s;
}

static bool split(struct server_line *a, const char *line, struct words *w, struct vtok_error *err)
{
	size_t len = strlen(line);

	*w = (struct words){0};
	if (len > SERVER_LINE_MOST)
		return error_set(err, VTOK_E_USAGE, "longer than %d bytes", SERVER_LINE_MOST);
	/* a word takes no more room than it takes in the line, with a blank or the
	 * end behind it */
	char *out = arena_alloc(&a->arena, len + 2);
	w->list = arena_alloc(&a->arena, SERVER_WORDS_MOST * sizeof(*w->list));
	if (!out || !w->list)
		return error_memory(err);
	for (const char *s = skip_blanks(line); *s; s = skip_blanks(s)) {
		if (w->n == SERVER_WORDS_MOST)
			return error_set(err, VTOK_E_USAGE, "more than %d words",
					 SERVER_WORDS_MOST);
		w->list[w->n++] = out;
		s = copy_word(s, &out, err);
		if (!s)
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ flags */

static const struct {
	const char *typed, *place;
} places[] = {
	{"part:", "part:"},     {"url:", "url:"},   {"body:", "body:"},
	{"kwargs:", "kwargs:"}, {"init:", "init:"}, {"call:", "body:"},
};

/* "init:max_pixels=200000": a library is started by arguments, not by a line.
 */
static bool is_placed(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (str_starts(word, places[i].typed))
			return strchr(word, '=') != NULL;
	return false;
}

static bool is_number(const char *word)
{
	double v;

	return str_num(word, &v);
}

static bool is_flag(const char *word)
{
	return word[0] == '-' && word[1] && !is_number(word);
}

/* NAME=VALUE of the environment. */
static bool is_variable(const char *word)
{
	size_t n = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	return n > 0 && word[n] == '=' && !(word[0] >= '0' && word[0] <= '9');
}

/* The engine's own name for one of its spellings; the word itself where it is
 * none. */
static void canonical(const struct engine *e, const char *word, char out[NAME_ROOM])
{
	size_t len = strlen(word);

	for (const char *s = e->spellings ? e->spellings : ""; *s;) {
		size_t n = strcspn(s, " ");

		if (n > len + 1 && s[len] == '=' && strncmp(s, word, len) == 0) {
			str_format(out, NAME_ROOM, "%.*s", (int)(n - len - 1), s + len + 1);
			return;
		}
		s += n;
		s += strspn(s, " ");
	}
	str_format(out, NAME_ROOM, "%s", word);
}

static bool ignore(struct server_line *s, const char *word, struct vtok_error *err)
{
	for (size_t i = 0; i < s->ignored_n; i++)
		if (strcmp(s->ignored[i], word) == 0)
			return true;
	if (s->ignored_n == 64) /* named in one line: more would not be read */
		return true;
	if (s->ignored_n == s->ignored_room) {
		size_t room = s->ignored_room ? 2 * s->ignored_room : 8;
		const char **list = realloc(s->ignored, room * sizeof(*list));

		if (!list)
			return error_memory(err);
		s->ignored = list;
		s->ignored_room = room;
	}
	const char *own = arena_strdup(&s->arena, word);

	if (!own)
		return error_memory(err);
	s->ignored[s->ignored_n++] = own;
	return true;
}

/* What is before the first dot is the flag, with - for _; behind it stand
 * members of its value. */
struct flag {
	char name[NAME_ROOM];    /* by the engine's own name, without members */
	char members[NAME_ROOM]; /* ".image.count", or "" */
	const char *value;       /* behind =; NULL */
	bool is_no;              /* --no-NAME */
};

static void read_flag(const struct engine *e, const char *word, struct flag *out)
{
	char head[NAME_ROOM];
	const char *s = word + strspn(word, "-");
	size_t n = strcspn(s, "=");
	const char *dot = memchr(s, '.', n);
	size_t len = dot ? (size_t)(dot - s) : n;

	*out = (struct flag){.value = s[n] == '=' ? s + n + 1 : NULL};
	str_format(head, sizeof(head), "%.*s", (int)(len < NAME_ROOM ? len : 0), s);
	str_format(out->members, sizeof(out->members), "%.*s", (int)(n - len), s + len);
	for (char *c = head; *c; c++)
		if (*c == '_')
			*c = '-';
	canonical(e, head, out->name);
	if (!str_has_word(e->switches, out->name) && str_starts(head, "no-")) {
		canonical(e, head + 3, out->name);
		out->is_no = str_has_word(e->switches, out->name);
	}
}

static bool set_switch(struct server_line *s, const struct flag *f, const char *next, size_t *used,
		       struct vtok_error *err)
{
	const char *value = f->value;

	if (!value && next && (str_casecmp(next, "true") == 0 || str_casecmp(next, "false") == 0)) {
		value = next;
		*used = 2;
	}
	bool is_on = !value || number_of(value) != 0;

	return add(s, f->name, is_on != f->is_no ? "true" : "false", err);
}

static bool set_flag(struct server_line *s, const struct flag *f, const char *word,
		     char *const *rest, size_t n, size_t *used, struct vtok_error *err)
{
	const char *value = f->value;
	char name[NAME_ROOM];

	if (!value) {
		if (n == 0 || is_flag(rest[0]))
			return error_set(err, VTOK_E_USAGE, "%s: needs a value", word);
		value = rest[0];
		*used = 2;
	}
	str_format(name, sizeof(name), "%s%s", f->name, f->members);
	if (!add_value(s, name, value, err))
		return false;
	while (is_old_form(value) && *used <= n && is_old_form(rest[*used - 1]))
		if (!add_value(s, name, rest[(*used)++ - 1], err))
			return false;
	return true;
}

static bool set_variable(struct server_line *s, const struct engine *e, const char *word,
			 struct vtok_error *err)
{
	char given[NAME_ROOM], name[NAME_ROOM];
	size_t n = strcspn(word, "=");

	str_format(given, sizeof(given), "%.*s", (int)n, word);
	canonical(e, given, name);
	if (!str_has_word(e->flags, name) && !str_has_word(e->switches, name))
		return ignore(s, given, err);
	return add_value(s, name, word + n + 1, err);
}

/* One word and, where it takes one, its value; *used says how many words that
 * were. */
static bool read_word(struct server_line *s, const struct engine *e, char *const *list, size_t n,
		      size_t *used, struct vtok_error *err)
{
	const char *word = list[0], *next = n > 1 ? list[1] : NULL;
	struct flag f;

	*used = 1;
	if (is_variable(word))
		return set_variable(s, e, word, err);
	if (is_placed(word))
		return server_line_client(s, word, err);
	if (!is_flag(word))
		return true; /* the program, its command, the model */
	read_flag(e, word, &f);
	if (str_has_word(e->switches, f.name))
		return set_switch(s, &f, next, used, err);
	if (str_has_word(e->flags, f.name))
		return set_flag(s, &f, word, list + 1, n - 1, used, err);
	if (next && !is_flag(next) && !f.value && !is_variable(next))
		*used = 2;
	return ignore(s, word, err);
}

bool server_line_read(struct server_line *s, const struct engine *e, const char *line,
		      struct vtok_error *err)
{
	struct words w;
	size_t used;

	if (!split(s, line, &w, err))
		return false;
	for (size_t i = 0; i < w.n; i += used)
		if (!read_word(s, e, w.list + i, w.n - i, &used, err))
			return false;
	return true;
}

/* ------------------------------------------------------------ the client */

/* mm_processor_kwargs and extra_body, of a body itself, are places of their
 * own. */
static bool add_member(struct server_line *s, const char *place, const char *key, const char *value,
		       bool is_inner, struct vtok_error *err);

static bool add_object(struct server_line *s, const char *place, const char *what,
		       const char *value, struct vtok_error *err)
{
	json_error_t fault;
	json_t *v = json_loads(value, 0, &fault), *inner;
	const char *key;
	bool fine = true;

	if (!json_is_object(v)) {
		json_decref(v);
		return error_set(err, VTOK_E_USAGE, "%s: expected a JSON object", what);
	}
	json_object_foreach(v, key, inner)
	{
		char *text = json_dumps(inner, JSON_COMPACT | JSON_ENCODE_ANY);
		const char *plain = json_is_string(inner) ? json_string_value(inner) : text;

		fine = fine &&
		       (plain ? add_member(s, place, key, plain, true, err) : error_memory(err));
		free(text);
	}
	json_decref(v);
	return fine;
}

static bool add_member(struct server_line *s, const char *place, const char *key, const char *value,
		       bool is_inner, struct vtok_error *err)
{
	char name[NAME_ROOM];

	if (strcmp(place, "body:") == 0 && strcmp(key, "mm_processor_kwargs") == 0)
		return add(s, "kwargs", value, err) && add_object(s, "kwargs:", key, value, err);
	if (strcmp(place, "body:") == 0 && strcmp(key, "extra_body") == 0 && !is_inner)
		return add_object(s, place, key, value, err);
	if (strlen(key) + 16 > NAME_ROOM)
		return error_set(err, VTOK_E_USAGE, "%.40s...: the name is too long", key);
	str_format(name, sizeof(name), "%s%s", place, key);
	if (strcmp(place, "kwargs:") == 0 && !add(s, "kwargs", "true", err))
		return false;
	return add_value(s, name, value, err);
}

bool server_line_client(struct server_line *s, const char *pair, struct vtok_error *err)
{
	const char *equals = strchr(pair, '='), *place = "body:", *start = pair;
	char key[NAME_ROOM];

	if (!equals || equals == pair || strlen(pair) > SERVER_LINE_MOST)
		return error_set(err, VTOK_E_USAGE, "expected KEY=VALUE, got \"%.60s\"", pair);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		if (str_starts(pair, places[i].typed)) {
			place = places[i].place;
			start = pair + strlen(places[i].typed);
		}
	size_t len = (size_t)(equals - start);

	if (start >= equals || len >= sizeof(key))
		return error_set(err, VTOK_E_USAGE, "expected KEY=VALUE, got \"%.60s\"", pair);
	str_format(key, sizeof(key), "%.*s", (int)len, start);
	if (strchr(key, ':'))
		return error_set(err, VTOK_E_USAGE,
				 "%s: expected part:, url:, body:, kwargs:, init: or call: before "
				 "a key",
				 key);
	return add_member(s, place, key, equals + 1, false, err);
}
