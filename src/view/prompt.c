#include "view/prompt.h"

#include <string.h>

#include "base/utf8.h"

void prompt_add(struct state *st, const char *text)
{
	struct prompt *p = &st->prompt;

	while (*text) {
		uint32_t cp;
		size_t n = utf8_decode(text, &cp);

		if (cp != UTF8_BAD && cp >= 0x20 && cp != 0x7f && !(cp >= 0x80 && cp < 0xa0)) {
			if (p->len + n >= sizeof p->text)
				break;
			memcpy(p->text + p->len, text, n);
			p->len += n;
		}
		text += n;
	}
	p->text[p->len] = '\0';
	p->error[0] = '\0';
}

void prompt_set(struct state *st, const char *text)
{
	st->prompt.len = 0;
	prompt_add(st, text);
}

void prompt_open(struct state *st, enum overlay what, const char *text)
{
	st->overlay = what;
	st->scroll = 0;
	prompt_set(st, text);
}
