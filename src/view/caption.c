#include "view/caption.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"

enum { CAPTION_SENTENCE = 512 };

/* A quantity between braces at the beginning of text; false: something else. */
static bool named(const char *text, size_t *len, enum quantity_id *id)
{
	char name[QUANTITY_NAME];
	size_t n = strcspn(text + 1, "}");

	if (text[0] != '{' || text[n + 1] != '}' || n >= sizeof name)
		return false;
	str_format(name, sizeof name, "%.*s", (int)n, text + 1);
	*len = n + 2;
	return quantity_find(name, id);
}

/* "1 tokens" loses its s: the length of such a word and the blank before it; 0 = it is another. */
static size_t plural_length(const char *text)
{
	static const char *const words[] = {" tokens",         " positions", " images", " requests",
					    " encoder inputs", " tiles",     " GPUs"};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t n = strlen(words[i]);

		if (strncmp(text, words[i], n) == 0 && !(text[n] >= 'a' && text[n] <= 'z'))
			return n;
	}
	return 0;
}

/* Up to the blank behind a point. */
static size_t sentence_length(const char *note)
{
	const char *end = strstr(note, ". ");

	return end ? (size_t)(end - note) + 2 : strlen(note);
}

/* One sentence with its numbers; the reason where one of them is not there. */
static const char *fill_in(const struct frame *f, const char *note, size_t left, char *out,
			   size_t size)
{
	out[0] = '\0';
	while (left > 0) {
		enum quantity_id id;
		size_t len = 1;

		if (!named(note, &len, &id)) {
			while (len < left && note[len] != '{')
				len++;
			str_append(out, size, "%.*s", (int)len, note);
		} else {
			struct value v = frame_value(f, id);
			char text[UNIT_TEXT];

			if (v.reason)
				return estimate_reason(&f->est, v.reason);
			str_append(out, size, "%s", quantity_text(id, &v, text));
			size_t plural = strcmp(text, "1") == 0 ? plural_length(note + len) : 0;

			if (plural)
				str_append(out, size, "%.*s", (int)plural - 1, note + len);
			len += plural;
		}
		note += len;
		left -= len;
	}
	return NULL;
}

const char *caption_known(const struct frame *f, const char *note, char *out, size_t size)
{
	const char *missing = NULL;

	out[0] = '\0';
	while (*note) {
		size_t len = sentence_length(note);
		char sentence[CAPTION_SENTENCE];
		const char *reason = fill_in(f, note, len, sentence, sizeof sentence);

		if (!reason)
			str_append(out, size, "%s", sentence);
		else if (!missing)
			missing = reason;
		note += len;
	}
	for (size_t n = strlen(out); n > 0 && out[n - 1] == ' '; n--)
		out[n - 1] = '\0';
	return missing;
}

char *caption_text(const struct frame *f, const char *note, char *out, size_t size)
{
	const char *missing = caption_known(f, note, out, size);

	if (!*out && missing)
		str_format(out, size, "%s", missing);
	return out;
}
