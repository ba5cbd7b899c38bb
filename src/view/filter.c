#include "view/filter.h"

#include "base/str.h"

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool has_letters(const char *text, const char *word)
{
	for (; *text && *word; text++)
		word += lower(*text) == lower(*word);
	return !*word;
}

static bool has_word(const char *text, const char *word, bool is_loose)
{
	return text && (is_loose ? has_letters(text, word) : str_casestr(text, word) != NULL);
}

/* The next word of *filter, cut at size; false behind the last. */
static bool next_word(const char **filter, char *word, size_t size)
{
	const char *s = *filter;
	size_t n = 0;

	while (*s == ' ')
		s++;
	for (; *s && *s != ' '; s++)
		if (n + 1 < size)
			word[n++] = *s;
	word[n] = '\0';
	*filter = s;
	return n > 0;
}

bool filter_passes(const char *filter, const char *const *texts, size_t n, bool is_loose)
{
	char word[64];

	while (next_word(&filter, word, sizeof word)) {
		bool found = false;

		for (size_t i = 0; i < n && !found; i++)
			found = has_word(texts[i], word, is_loose);
		if (!found)
			return false;
	}
	return true;
}
