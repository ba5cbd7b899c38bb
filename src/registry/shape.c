/* A name is cut at everything that is no letter or digit, and between letters and digits; but what
 * is one word and ends in a unit is a size ("8b", "0.8b", "e4b", "16e", "128k"), "a3b" is what of a
 * mixture is active, and a single letter behind a number belongs to it ("4o", "3n", "4.6v"): so
 * that "4o-mini" is not "o4-mini". */
#include "registry/shape.h"

#include <string.h>

#include "base/str.h"

/* A part of a name: where it stands, or for a number with its letter. */
struct part {
	const char *at;
	size_t len;
};

struct parts {
	struct part words[SHAPE_WORDS], numbers[SHAPE_WORDS], sizes[SHAPE_WORDS], active;
	size_t words_n, numbers_n, sizes_n;
};

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
	return small(c) >= 'a' && small(c) <= 'z';
}

static bool is_cut(const char *s, const char *end)
{
	return s >= end || (!str_is_digit(*s) && !is_letter(*s));
}

/* The length of the size that begins at s, 0 = it is none. */
static size_t size_length(const char *s, const char *end)
{
	const char *p = s;

	if (p < end && is_letter(*p))
		p++;
	const char *digits = p;
	while (p < end && str_is_digit(*p))
		p++;
	if (p == digits)
		return 0;
	if (end - p > 1 && *p == '.' && str_is_digit(p[1]))
		for (p++; p < end && str_is_digit(*p);)
			p++;
	if (p < end && memchr("bmek", small(*p), 4) && is_cut(p + 1, end))
		return (size_t)(p + 1 - s);
	return 0;
}

static bool add(struct part *list, size_t *n, const char *at, size_t len)
{
	if (*n == SHAPE_WORDS)
		return false;
	list[(*n)++] = (struct part){at, len};
	return true;
}

/* One part at *at, which is moved behind it. False: there are too many. */
static bool take(struct parts *p, const char **at, const char *end, bool is_start)
{
	const char *s = *at;
	size_t size = is_start ? size_length(s, end) : 0;

	if (size > 0) {
		*at = s + size;
		if (small(*s) != 'a' || p->active.at)
			return add(p->sizes, &p->sizes_n, s, size);
		p->active = (struct part){s, size};
		return true;
	}
	const char *e = s;
	if (is_letter(*s)) {
		while (e < end && is_letter(*e))
			e++;
		*at = e;
		return add(p->words, &p->words_n, s, (size_t)(e - s));
	}
	while (e < end && str_is_digit(*e))
		e++;
	if (e < end && is_letter(*e) && is_cut(e + 1, end))
		e++;
	*at = e;
	return add(p->numbers, &p->numbers_n, s, (size_t)(e - s));
}

static bool split(const char *name, size_t len, struct parts *p)
{
	const char *end = name + len;
	bool is_start = true;

	p->words_n = p->numbers_n = p->sizes_n = 0;
	p->active = (struct part){.len = 0};
	for (const char *s = name; s < end;) {
		if (is_cut(s, end)) {
			s++;
			is_start = true;
			continue;
		}
		if (!take(p, &s, end, is_start))
			return false;
		is_start = false;
	}
	return p->words_n + p->numbers_n + p->sizes_n > 0;
}

static int compare(const struct part *a, const struct part *b)
{
	for (size_t i = 0; i < a->len && i < b->len; i++)
		if (small(a->at[i]) != small(b->at[i]))
			return small(a->at[i]) - small(b->at[i]);
	return (a->len > b->len) - (a->len < b->len);
}

static void sort(struct part *list, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct part p = list[i];
		size_t k = i;
		for (; k > 0 && compare(&list[k - 1], &p) > 0; k--)
			list[k] = list[k - 1];
		list[k] = p;
	}
}

static bool put(struct shape *out, size_t *n, const char *text, size_t len, char behind)
{
	if (*n + len + 2 > SHAPE_TEXT)
		return false;
	for (size_t i = 0; i < len; i++)
		out->text[(*n)++] = small(text[i]);
	out->text[(*n)++] = behind;
	out->text[*n] = '\0';
	return true;
}

static bool put_list(struct shape *out, size_t *n, const struct part *list, size_t list_n)
{
	for (size_t i = 0; i < list_n; i++)
		if (!put(out, n, list[i].at, list[i].len, ' '))
			return false;
	return put(out, n, "", 0, '|');
}

static uint32_t hash(const char *s, size_t n)
{
	uint32_t h = 2166136261U; /* FNV-1a */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619U;
	return h;
}

bool shape_of(const char *name, size_t len, struct shape *out)
{
	struct parts p;
	size_t n = 0;

	out->text[0] = '\0';
	out->hash = out->inactive_hash = out->sizeless_hash = 0;
	out->inactive = out->sizeless = 0;
	if (!split(name, len, &p))
		return false;
	sort(p.words, p.words_n);
	sort(p.sizes, p.sizes_n);
	bool fits =
		put_list(out, &n, p.words, p.words_n) && put_list(out, &n, p.numbers, p.numbers_n);
	out->sizeless = n;
	fits = fits && put_list(out, &n, p.sizes, p.sizes_n);
	out->inactive = n;
	if (!fits || (p.active.at && !put(out, &n, p.active.at, p.active.len, '|'))) {
		out->text[0] = '\0';
		return false;
	}
	out->hash = hash(out->text, n);
	out->inactive_hash = hash(out->text, out->inactive);
	out->sizeless_hash = hash(out->text, out->sizeless);
	return true;
}

bool shape_equal(const struct shape *a, const struct shape *b)
{
	return a->hash == b->hash && a->text[0] && strcmp(a->text, b->text) == 0;
}

bool shape_is_short(const struct shape *a, const struct shape *mixture)
{
	return a->hash == mixture->inactive_hash && a->text[0] && !a->text[a->inactive] &&
	       mixture->text[mixture->inactive] &&
	       strncmp(a->text, mixture->text, mixture->inactive) == 0;
}

/* "8b ", "0.9b ", "258m ": all that stands between the version and the end. */
static bool one_size(const char *text, double *params)
{
	double v = 0, tenth = 0;

	if (!str_is_digit(*text))
		return false;
	for (; str_is_digit(*text) || *text == '.'; text++) {
		if (*text == '.') {
			tenth = 0.1;
			continue;
		}
		v = tenth > 0 ? v + (*text - '0') * tenth : v * 10 + (*text - '0');
		tenth /= 10;
	}
	*params = *text == 'b' ? v * 1e9 : v * 1e6;
	return (*text == 'b' || *text == 'm') && strcmp(text + 1, " |") == 0;
}

bool shape_is_sized(const struct shape *a, const struct shape *name, double *params)
{
	return a->sizeless_hash == name->sizeless_hash && a->text[0] &&
	       strcmp(name->text + name->sizeless, "|") == 0 && a->sizeless == name->sizeless &&
	       strncmp(a->text, name->text, a->sizeless) == 0 &&
	       one_size(a->text + a->sizeless, params);
}

/* Both lists are in order: one walk along both. */
size_t shape_words_apart(const struct shape *a, const struct shape *b)
{
	const char *p = a->text, *q = b->text;
	size_t apart = 0;

	while (*p && *q && (*p != '|' || *q != '|')) {
		struct part x = {p, strcspn(p, " |")}, y = {q, strcspn(q, " |")};
		int order = *p == '|' ? 1 : *q == '|' ? -1 : compare(&x, &y);
		apart += order != 0;
		p += order <= 0 ? x.len + 1 : 0;
		q += order >= 0 ? y.len + 1 : 0;
	}
	return apart;
}
