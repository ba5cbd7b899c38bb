#include "view/caption.h"

#include <string.h>

#include "base/str.h"

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

char *caption_text(const struct frame *f, const char *note, char *out, size_t size)
{
	out[0] = '\0';
	while (*note) {
		enum quantity_id id;
		size_t len;

		if (named(note, &len, &id)) {
			struct value v = frame_value(f, id);
			char text[UNIT_TEXT];

			str_append(out, size, "%s", quantity_text(id, &v, text));
			note += len;
		} else {
			len = strcspn(note + 1, "{") + 1;
			str_append(out, size, "%.*s", (int)len, note);
			note += len;
		}
	}
	return out;
}
