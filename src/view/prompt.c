#include "view/prompt.h"

#include <string.h>

#include "base/str.h"

void prompt_set(struct state *st, const char *text)
{
	str_format(st->prompt.text, sizeof st->prompt.text, "%s", text);
	st->prompt.len = strlen(st->prompt.text);
	st->prompt.error[0] = '\0';
}

void prompt_open(struct state *st, enum overlay what, const char *text)
{
	st->overlay = what;
	st->scroll = 0;
	prompt_set(st, text);
}
