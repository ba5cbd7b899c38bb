#include "view/pick.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/count.h"
#include "registry/fitted.h"
#include "registry/kinds.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "view/catalogue.h"
#include "view/compare.h"
#include "view/filter.h"

const char *pick_title(enum knob p)
{
	if (catalogue_is(p))
		return catalogue_title(p);
	return p == PICK_THEME ? "Theme" : knob_specs[p].label;
}

static bool is_models(enum knob p)
{
	return p < KNOB_N && knob_specs[p].entries == KIND_MODEL;
}

/* The entries of a knob's kind, in file order. */
static const void *const *entries(const struct state *st, size_t *n)
{
	return registry_list(st->reg, knob_specs[st->pick].entries, n);
}

size_t pick_total(const struct state *st)
{
	size_t n = theme_count(&st->themes);

	if (catalogue_is(st->pick))
		return catalogue_total(st->pick);
	if (is_models(st->pick))
		return subject_n(st->reg);
	if (st->pick != PICK_THEME)
		entries(st, &n);
	return n;
}

/* In the comparison's order: checkpoints, processors by themselves, hosted models. The note is what
 * the search looks at. */
static void model_item(const struct subject *e, struct pick_item *out)
{
	const char *vendor = e->processor->hosted.vendor;

	str_format(out->id, sizeof out->id, "%s", e->id);
	out->text = compare_name(e);
	str_format(out->note, sizeof out->note, "%s %s %s", e->processor->strategy_name,
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
		   vendor ? "hosted" : e->processor->strategy_name,
		   n.refused ? "refused" : unit_count(tokens, (double)n.visual), rest);
}

static void hardware_note(const void *entry, char *out, size_t size)
{
	const struct hardware *h = entry;
	char memory[UNIT_TEXT];

	str_format(out, size, "%9s %6.0f GB/s", unit_bytes(memory, h->mem_bytes),
		   h->bw_bytes_per_s / 1e9);
}

static void engine_note(const void *entry, char *out, size_t size)
{
	enum { ROOM = 20 }; /* the name keeps its own; vtok engines has all of them */
	char devices[256];
	size_t used = 0;
	int left_out = 0;

	engine_fitted(entry, devices, sizeof devices);
	str_format(out, size, "%s", *devices ? "fitted:" : "times by analogy");
	for (char *rest = devices, *word; (word = strtok_r(rest, " ", &rest)) != NULL;) {
		bool is_shown = left_out == 0 && (used == 0 || used + strlen(word) <= ROOM);

		used += strlen(word) + 1;
		if (is_shown)
			str_append(out, size, " %s", word);
		left_out += !is_shown;
	}
	if (left_out > 0)
		str_append(out, size, " +%d", left_out);
}

/* What the list of a kind has beside id and name. */
static const struct {
	const char *id, *note; /* heads of the columns; NULL = that of the knob, none */
	void (*write)(const void *entry, char *out, size_t size);
} columns[KIND_N] = {
	[KIND_MODEL] = {"model", "strategy    tokens  params   context", NULL},
	[KIND_HARDWARE] = {"device", "   memory    bandwidth", hardware_note},
	[KIND_ENGINE] = {NULL, "measured on", engine_note},
};

struct pick_item pick_heads(enum knob p)
{
	struct pick_item heads = {"theme", "what it is like", ""};

	if (catalogue_is(p))
		return catalogue_heads(p);
	if (p == PICK_THEME)
		return heads;
	enum registry_kind kind = knob_specs[p].entries;

	str_format(heads.id, sizeof heads.id, "%s",
		   columns[kind].id ? columns[kind].id : knob_specs[p].name);
	heads.text = "name";
	if (columns[kind].note)
		str_format(heads.note, sizeof heads.note, "%s", columns[kind].note);
	return heads;
}

static void entry_item(enum registry_kind kind, const void *entry, struct pick_item *out)
{
	const char *name = entry_name(kind, entry);

	str_format(out->id, sizeof out->id, "%s", entry_id(kind, entry));
	out->text = name ? name : "";
	if (columns[kind].write)
		columns[kind].write(entry, out->note, sizeof out->note);
}

/* False: the place is empty; only models have such. */
static bool entry(const struct state *st, size_t i, struct pick_item *out)
{
	struct subject e;
	size_t n;

	out->note[0] = '\0';
	if (catalogue_is(st->pick)) {
		catalogue_item(st->pick, i, out);
	} else if (st->pick == PICK_THEME) {
		const struct theme *t = theme_at(&st->themes, i);

		str_format(out->id, sizeof out->id, "%s", t->name);
		out->text = t->summary;
	} else if (!is_models(st->pick)) {
		entry_item(knob_specs[st->pick].entries, entries(st, &n)[i], out);
	} else if (subject_at(st->reg, i, &e)) {
		model_item(&e, out);
	} else {
		return false;
	}
	return true;
}

static bool passes(const struct state *st, size_t i, bool is_loose)
{
	struct pick_item item;

	if (!entry(st, i, &item))
		return false;
	/* letters in their order are looked for in names alone: sentences have nearly all */
	const char *const texts[] = {item.id, item.text, item.note};

	return filter_passes(st->prompt.text, texts, is_loose ? 1 : ARRAY_SIZE(texts), is_loose);
}

static int count(const struct state *st, bool is_loose)
{
	size_t all = pick_total(st);
	int n = 0;

	for (size_t i = 0; i < all; i++)
		n += passes(st, i, is_loose);
	return n;
}

/* Only where nothing has the words as they stand. */
static bool is_loose(const struct state *st)
{
	return st->prompt.len > 1 && !count(st, false);
}

/* The place in the whole list of the n-th entry that passes; the list's
 * length when there is none. */
static size_t place(const struct state *st, int n)
{
	size_t all = pick_total(st);
	bool loose = is_loose(st);

	for (size_t i = 0; i < all; i++)
		if (passes(st, i, loose) && n-- == 0)
			return i;
	return all;
}

int pick_count(const struct state *st)
{
	return count(st, is_loose(st));
}

size_t pick_place(const struct state *st, int n)
{
	return n < 0 ? pick_total(st) : place(st, n);
}

uint32_t pick_key(const struct state *st, int n)
{
	size_t i = pick_place(st, n);

	return i < pick_total(st) ? catalogue_key(st->pick, i) : 0;
}

bool pick_item(const struct state *st, int n, struct pick_item *out)
{
	size_t i = n < 0 ? pick_total(st) : place(st, n);

	if (i >= pick_total(st))
		return false;
	struct subject e;

	entry(st, i, out);
	if (catalogue_is(st->pick))
		catalogue_numbers(st, i, out);
	if (is_models(st->pick) && subject_at(st->reg, i, &e))
		model_numbers(st, &e, out);
	return true;
}

/* Entries before the present one; places without an entry are none of them. */
static int present_model(const struct registry *reg, const struct model *m)
{
	int at = subject_find(reg, m), before = 0;
	struct subject e;

	for (int i = 0; i < at; i++)
		before += subject_at(reg, (size_t)i, &e);
	return before;
}

/* The strategy of the present model; the first command. */
static int present_rule(const struct state *st, enum knob p)
{
	const struct model *m = st->req.setup.model;
	const struct processor *now = m ? m->processor : NULL;
	struct pick_item item;

	for (size_t i = 0; p == PICK_STRATEGY && now && i < catalogue_total(p); i++) {
		catalogue_item(p, i, &item);
		if (strcmp(item.id, now->strategy_name) == 0)
			return (int)i;
	}
	return 0;
}

int pick_present(const struct state *st, enum knob p)
{
	if (is_models(p))
		return present_model(st->reg, st->req.setup.model);
	if (catalogue_is(p))
		return present_rule(st, p);
	for (size_t i = 0; p == PICK_THEME && i < theme_count(&st->themes); i++)
		if (theme_at(&st->themes, i) == st->theme)
			return (int)i;
	if (p == PICK_THEME)
		return 0;
	size_t n;
	const void *const *list = registry_list(st->reg, knob_specs[p].entries, &n);

	for (size_t i = 0; i < n; i++)
		if (list[i] == knob_entry(&st->req, p))
			return (int)i;
	return 0;
}

bool pick_take(struct state *st, int n)
{
	size_t i = n < 0 ? pick_total(st) : place(st, n), all;
	struct subject e;

	if (i >= pick_total(st))
		return false;
	if (catalogue_is(st->pick)) {
		const struct model *m = catalogue_model(st, i);

		if (!m)
			return false;
		request_model(&st->req, m);
	} else if (st->pick == PICK_THEME) {
		st->theme = theme_at(&st->themes, i);
	} else if (!is_models(st->pick)) {
		knob_set_entry(&st->req, st->pick, entries(st, &all)[i]);
	} else {
		const struct model *m =
			subject_at(st->reg, i, &e) ? subject_model(st->reg, &e) : NULL;
		if (!m)
			return false;
		request_model(&st->req, m);
	}
	return true;
}
