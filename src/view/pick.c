#include "view/pick.h"

#include "base/str.h"
#include "base/unit.h"
#include "core/count.h"
#include "core/strategy.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "view/compare.h"

const char *pick_title(enum pick p)
{
	static const char *const titles[PICK_N] = {"Model", "Hardware", "Engine", "Theme"};

	return titles[p];
}

size_t pick_total(const struct state *st)
{
	switch (st->pick) {
	case PICK_MODEL:
		return subject_n(st->reg);
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

/* In the comparison's order: checkpoints, processors by themselves, hosted models. The note is what
 * the search looks at. */
static void model_item(const struct subject *e, struct pick_item *out)
{
	const char *vendor = e->processor->hosted.vendor;

	str_format(out->id, sizeof out->id, "%s", e->id);
	out->text = compare_text(e, COMPARE_NAME);
	str_format(out->note, sizeof out->note, "%s %s %s", e->processor->strategy->name,
		   vendor     ? "hosted"
		   : e->model ? ""
			      : "processor",
		   vendor ? vendor : "");
}

/* The numbers of a row that is shown; the search looks at words alone. */
static void model_numbers(const struct state *st, const struct subject *e, struct pick_item *out)
{
	char tokens[UNIT_TEXT], params[UNIT_TEXT], context[UNIT_TEXT], rest[48];
	const char *vendor = e->processor->hosted.vendor;
	struct count n;
	struct model room;
	struct setup s;

	compare_setup(st, e, &room, &s);
	count_image(e->processor, s.lens, &s.knobs, s.width, s.height, &n, NULL);
	if (e->model)
		str_format(rest, sizeof rest, "%7s %9s", unit_count(params, e->model->total_params),
			   unit_grouped(context, e->model->context));
	else
		str_format(rest, sizeof rest, "%s%s", vendor ? "hosted: " : "processor alone",
			   vendor ? vendor : "");
	str_format(out->note, sizeof out->note, "%-9.9s %8s %17.17s",
		   vendor ? "hosted" : e->processor->strategy->name,
		   n.refused ? "refused" : unit_count(tokens, (double)n.visual), rest);
}

struct pick_item pick_heads(enum pick p)
{
	static const struct pick_item heads[PICK_N] = {
		[PICK_MODEL] = {"model",  "name",            "strategy    tokens  params   context"},
		[PICK_HARDWARE] = {"device", "name",            "   memory    bandwidth"              },
		[PICK_ENGINE] = {"engine", "name",            ""                                    },
		[PICK_THEME] = {"theme",  "what it is like", ""                                    },
	};

	return heads[p];
}

static void hardware_item(const struct hardware *h, struct pick_item *out)
{
	char memory[UNIT_TEXT];

	str_format(out->id, sizeof out->id, "%s", h->id);
	out->text = h->name ? h->name : "";
	str_format(out->note, sizeof out->note, "%9s %6.0f GB/s", unit_bytes(memory, h->mem_bytes),
		   h->bw_bytes_per_s / 1e9);
}

/* False: the place is empty; only models have such. */
static bool entry(const struct state *st, size_t i, struct pick_item *out)
{
	struct subject e;

	out->note[0] = '\0';
	switch (st->pick) {
	case PICK_MODEL:
		if (!subject_at(st->reg, SUBJECTS_EACH, i, &e))
			return false;
		model_item(&e, out);
		break;
	case PICK_HARDWARE:
		hardware_item(st->reg->hardware[i], out);
		break;
	case PICK_ENGINE:
		str_format(out->id, sizeof out->id, "%s", st->reg->engines[i]->id);
		out->text = st->reg->engines[i]->name ? st->reg->engines[i]->name : "";
		break;
	case PICK_THEME:
		str_format(out->id, sizeof out->id, "%s", themes[i].name);
		out->text = themes[i].summary;
		break;
	case PICK_N:
		return false;
	}
	return true;
}

/* Every word of the filter must be somewhere in id or text. */
static bool passes(const struct pick_item *item, const char *filter)
{
	char word[64];

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

/* The place in the whole list of the n-th entry that passes; the list's length when there is none.
 */
static size_t place(const struct state *st, int n)
{
	size_t all = pick_total(st);

	for (size_t i = 0; i < all; i++) {
		struct pick_item item;

		if (entry(st, i, &item) && passes(&item, st->prompt.text) && n-- == 0)
			return i;
	}
	return all;
}

int pick_count(const struct state *st)
{
	size_t all = pick_total(st);
	int count = 0;

	for (size_t i = 0; i < all; i++) {
		struct pick_item item;

		count += entry(st, i, &item) && passes(&item, st->prompt.text);
	}
	return count;
}

bool pick_item(const struct state *st, int n, struct pick_item *out)
{
	size_t i = n < 0 ? pick_total(st) : place(st, n);

	if (i >= pick_total(st))
		return false;
	struct subject e;

	entry(st, i, out);
	if (st->pick == PICK_MODEL && subject_at(st->reg, SUBJECTS_EACH, i, &e))
		model_numbers(st, &e, out);
	return true;
}

/* Entries before the present one; places without an entry are none of them. */
static int present_model(const struct registry *reg, const struct model *m)
{
	int at = subject_find(reg, m), before = 0;
	struct subject e;

	for (int i = 0; i < at; i++)
		before += subject_at(reg, SUBJECTS_EACH, (size_t)i, &e);
	return before;
}

int pick_present(const struct state *st, enum pick p)
{
	const struct registry *reg = st->reg;
	const struct setup *s = &st->req.setup;

	if (p == PICK_MODEL)
		return present_model(reg, s->model);
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
	struct subject e;
	const struct model *m;

	switch (st->pick) {
	case PICK_MODEL:
		m = subject_at(st->reg, SUBJECTS_EACH, i, &e) ? subject_model(st->reg, &e) : NULL;
		if (!m)
			return false;
		request_model(&st->req, m);
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
