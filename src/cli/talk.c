#include "cli/talk.h"

#include <stdlib.h>

#include "cli/headless.h"
#include "cli/slurp.h"
#include "view/talk.h"

static bool rehearse_step(struct state *st, int step, struct wishes *w, struct vtok_error *err)
{
	const struct script *s = st->talk.script;
	int line = s->steps[step - 1].line;

	update_talk(st, step, w);
	bool is_open = headless_carry_out(st, w, NULL);
	w->open = w->pixels = false;
	if (is_open && !st->talk.error[0])
		return true;
	error_set(err, VTOK_E_CONFIG, "%s", is_open ? st->talk.error : st->message);
	return error_at(err, s->name, line);
}

static bool rehearse(const struct state *st, struct vtok_error *err)
{
	struct state *copy = malloc(sizeof *copy);
	struct wishes w;
	bool is_good = true;

	if (!copy)
		return error_memory(err);
	*copy = *st;
	for (int i = 1; is_good && i <= st->talk.script->n; i++)
		is_good = rehearse_step(copy, i, &w, err);
	free(copy);
	return is_good;
}

bool talk_load(struct script *s, const struct options *o, struct state *st, struct vtok_error *err)
{
	size_t len;

	*s = (struct script){.n = 0};
	if (!o->script)
		return o->step < 0 || error_set(err, VTOK_E_USAGE, "--step: needs --script");
	char *text = slurp(o->script, &len, NULL, err);

	if (!text)
		return false;
	bool is_good = script_read(s, o->script, text, len, err);

	free(text);
	if (!is_good)
		return false;
	if (o->step > s->n)
		return error_set(err, VTOK_E_USAGE, "--step: %s has %d steps", o->script, s->n);
	talk_begin(st, s);
	return rehearse(st, err);
}
