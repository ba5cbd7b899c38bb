#include "registry/fitted.h"

#include <string.h>

#include "base/str.h"

char *engine_fitted(const struct engine *e, char *out, size_t size)
{
	out[0] = '\0';
	for (const struct profile *p = e->profiles; p; p = p->next) {
		const char *on = p->hardware && *p->hardware         ? p->hardware
				 : p->generations && *p->generations ? p->generations
								     : "any";
		char word[64];

		for (; p->calibrated && *(on += strspn(on, " ")); on += strcspn(on, " ")) {
			str_format(word, sizeof word, "%.*s", (int)strcspn(on, " "), on);
			if (!str_has_word(out, word))
				str_append(out, size, "%s%s", *out ? " " : "", word);
		}
	}
	return out;
}
