#include "cli/talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "cli/headless.h"
#include "cli/slurp.h"
#include "view/talk.h"
#include "view/talks.h"

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
	struct wishes w = {.open = false};
	bool is_good = true;

	if (!copy)
		return error_memory(err);
	*copy = *st;
	for (int i = 1; is_good && i <= st->talk.script->n; i++)
		is_good = rehearse_step(copy, i, &w, err);
	free(copy);
	return is_good;
}

static bool read_named(struct script *s, const char *name, struct vtok_error *err)
{
	const struct talk_text *t = talk_text_find(name);
	char names[160];

	if (!t)
		return error_set(err, VTOK_E_USAGE, "--talk: expected %s, or list, got \"%s\"",
				 str_any_of(names, sizeof(names), talk_name), name);
	return script_read(s, t->name, t->text, strlen(t->text), err);
}

static bool read_file(struct script *s, const char *path, struct vtok_error *err)
{
	size_t len;
	char *text = slurp(path, SLURP_TEXT, &len, NULL, err);
	bool is_good = text && script_read(s, path, text, len, err);

	free(text);
	return is_good;
}

bool talks_load(struct talks *t, const struct options *o, struct state *st, struct vtok_error *err)
{
	const struct talk_text *tour = talk_text_at(0);

	*t = (struct talks){.own = {.n = 0}};
	if (!script_read(&t->tour, tour->name, tour->text, strlen(tour->text), err))
		return false;
	st->tour = &t->tour;
	if (o->script && o->talk)
		return error_set(err, VTOK_E_USAGE, "--script and --talk exclude each other");
	if (!o->script && !o->talk)
		return o->step < 0 ||
		       error_set(err, VTOK_E_USAGE, "--step: needs --script or --talk");
	if (!(o->talk ? read_named(&t->own, o->talk, err) : read_file(&t->own, o->script, err)))
		return false;
	if (o->step > t->own.n)
		return error_set(err, VTOK_E_USAGE, "--step: %s has %d steps", t->own.name,
				 t->own.n);
	talk_begin(st, &t->own);
	return rehearse(st, err);
}

void talks_fini(struct talks *t)
{
	script_fini(&t->own);
	script_fini(&t->tour);
}

bool talks_list(const struct options *o)
{
	const struct talk_text *t;

	if (!o->talk || strcmp(o->talk, "list") != 0)
		return false;
	for (size_t i = 0; (t = talk_text_at(i)); i++)
		printf("%-24s %s\n", t->name, t->summary);
	return true;
}
