#include "view/pick.h"

#include "base/str.h"
#include "base/unit.h"
#include "core/count.h"
#include "core/strategy.h"
#include "view/compare.h"
#include "view/knobs.h"

const char *pick_title(enum pick p)
{
	static const char *const titles[PICK_N] = {"Model", "Hardware", "Engine", "Theme"};

	return titles[p];
}

size_t pick_total(const struct state *st)
{
	switch (st->pick) {
	case PICK_MODEL:
		return st->reg->models_n;
	case PICK_HARDWARE:
		return st->reg->hardware_n;
	case PICK_ENGINE:
		return st->reg->engines_n;
	case PICK_THEME:
		return themes_n;
	case PICK_N:
		break;
	}
	return 0;
}

/* A language model alone is no choice: its id is left out. */
static void model_item(const struct model *m, struct pick_item *out)
{
	const struct processor *p = m->processor;

	out->id = p ? m->id : NULL;
	out->text = m->name ? m->name : "";
	str_format(out->note, sizeof out->note, "%s", p && p->strategy ? p->strategy->name : "");
}

/* The numbers of a row that is shown; the search looks at words alone. */
static void model_numbers(const struct state *st, const struct model *m, struct pick_item *out)
{
	char tokens[UNIT_TEXT], params[UNIT_TEXT], context[UNIT_TEXT];
	const struct compare_entry e = {.model = m, .processor = m->processor};
	struct count n = {.refused = true};
	struct model room;
	struct setup s;

	if (m->processor) {
		compare_setup(st, &e, &room, &s);
		count_image(m->processor, s.lens, &s.knobs, s.width, s.height, &n, NULL);
	}
	str_format(out->note, sizeof out->note, "%-9s %8s %7s %9s", m->processor ? m->processor->strategy->name : "",
		   n.refused ? "refused" : unit_count(tokens, (double)n.visual), unit_count(params, m->total_params),
		   unit_grouped(context, m->context));
}

struct pick_item pick_heads(enum pick p)
{
	static const struct pick_item heads[PICK_N] = {
		[PICK_MODEL] = {"model", "name", "strategy    tokens  params   context"},
		[PICK_HARDWARE] = {"device", "name", "   memory    bandwidth"},
		[PICK_ENGINE] = {"engine", "name", ""},
		[PICK_THEME] = {"theme", "what it is like", ""},
	};

	return heads[p];
}

static void hardware_item(const struct hardware *h, struct pick_item *out)
{
	char memory[UNIT_TEXT];

	out->id = h->id;
	out->text = h->name ? h->name : "";
	str_format(out->note, sizeof out->note, "%9s %6.0f GB/s", unit_bytes(memory, h->mem_bytes),
		   h->bw_bytes_per_s / 1e9);
}

static void entry(const struct state *st, size_t i, struct pick_item *out)
{
	out->note[0] = '\0';
	switch (st->pick) {
	case PICK_MODEL:
		model_item(st->reg->models[i], out);
		break;
	case PICK_HARDWARE:
		hardware_item(st->reg->hardware[i], out);
		break;
	case PICK_ENGINE:
		out->id = st->reg->engines[i]->id;
		out->text = st->reg->engines[i]->name ? st->reg->engines[i]->name : "";
		break;
	case PICK_THEME:
		out->id = themes[i].name;
		out->text = themes[i].summary;
		break;
	case PICK_N:
		break;
	}
}

/* Every word of the filter must be somewhere in id or text. */
static bool passes(const struct pick_item *item, const char *filter)
{
	char word[64];

	if (!item->id)
		return false;
	while (*filter) {
		size_t n = 0;

		while (*filter == ' ')
			filter++;
		while (*filter && *filter != ' ' && n + 1 < sizeof word)
			word[n++] = *filter++;
		word[n] = '\0';
		while (*filter && *filter != ' ')
			filter++;
		if (n && !str_casestr(item->id, word) && !str_casestr(item->text, word) &&
		    !str_casestr(item->note, word))
			return false;
	}
	return true;
}

/* The place in the whole list of the n-th entry that passes; the list's length when there is none. */
static size_t place(const struct state *st, int n)
{
	size_t all = pick_total(st);

	for (size_t i = 0; i < all; i++) {
		struct pick_item item;

		entry(st, i, &item);
		if (passes(&item, st->prompt.text) && n-- == 0)
			return i;
	}
	return all;
}

int pick_count(const struct state *st)
{
	size_t all = pick_total(st);
	int count = 0;

	if (!st->prompt.len && st->pick != PICK_MODEL)
		return (int)all;
	for (size_t i = 0; i < all; i++) {
		struct pick_item item;

		entry(st, i, &item);
		count += passes(&item, st->prompt.text);
	}
	return count;
}

bool pick_item(const struct state *st, int n, struct pick_item *out)
{
	size_t i = n < 0 ? pick_total(st) : place(st, n);

	if (i >= pick_total(st))
		return false;
	entry(st, i, out);
	if (st->pick == PICK_MODEL)
		model_numbers(st, st->reg->models[i], out);
	return true;
}

int pick_present(const struct state *st, enum pick p)
{
	const struct registry *reg = st->reg;
	const struct setup *s = &st->req.setup;

	int listed = 0;

	for (size_t i = 0; p == PICK_MODEL && i < reg->models_n; i++) {
		if (reg->models[i] == s->model)
			return listed;
		listed += reg->models[i]->processor != NULL;
	}
	for (size_t i = 0; p == PICK_HARDWARE && i < reg->hardware_n; i++)
		if (reg->hardware[i] == s->hardware)
			return (int)i;
	for (size_t i = 0; p == PICK_ENGINE && i < reg->engines_n; i++)
		if (reg->engines[i] == s->engine)
			return (int)i;
	for (size_t i = 0; p == PICK_THEME && i < themes_n; i++)
		if (&themes[i] == st->theme)
			return (int)i;
	return 0;
}

bool pick_take(struct state *st, int n)
{
	size_t i = n < 0 ? pick_total(st) : place(st, n);

	if (i >= pick_total(st))
		return false;
	switch (st->pick) {
	case PICK_MODEL:
		request_model(&st->req, st->reg->models[i]);
		break;
	case PICK_HARDWARE:
		st->req.setup.hardware = st->reg->hardware[i];
		break;
	case PICK_ENGINE:
		st->req.setup.engine = st->reg->engines[i];
		break;
	case PICK_THEME:
		st->theme = &themes[i];
		break;
	case PICK_N:
		break;
	}
	return true;
}
