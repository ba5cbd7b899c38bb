#include "view/overlay.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "core/budget.h"
#include "state/keymap.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/drop.h"
#include "view/export_table.h"
#include "view/fit_words.h"
#include "view/pick.h"
#include "view/prompt.h"

static void close_overlay(struct state *st)
{
	if (st->overlay == OVERLAY_OPEN)
		str_format(st->typed_path, sizeof st->typed_path, "%s", st->prompt.text);
	st->is_searching = false;
	st->focus_before = KNOB_N;
	prompt_open(st, OVERLAY_NONE, "");
}

/* Nothing was typed: the focus is where it was. */
static void leave_typing(struct state *st)
{
	if (st->overlay == OVERLAY_TYPE && st->focus_before != KNOB_N)
		st->focus = st->focus_before;
	close_overlay(st);
}

/* Keeps the chosen row inside the list and on the screen. */
static void follow(struct state *st)
{
	int count = pick_count(st), rows = overlay_list_rows(st, st->width, st->height);

	if (st->pick_at >= count)
		st->pick_at = count - 1;
	if (st->pick_at < 0)
		st->pick_at = 0;
	if (st->scroll > st->pick_at)
		st->scroll = st->pick_at;
	if (rows > 0 && st->scroll < st->pick_at - rows + 1)
		st->scroll = st->pick_at - rows + 1;
	if (st->scroll > count - rows)
		st->scroll = count > rows ? count - rows : 0;
}

void overlay_pick(struct state *st, enum knob p)
{
	st->overlay = OVERLAY_PICK;
	st->pick = p;
	st->scroll = 0;
	prompt_set(st, "");
	st->pick_at = pick_present(st, p);
	st->theme_before = st->theme;
	st->theme_is_chosen |= p == PICK_THEME;
	follow(st);
}

void overlay_type(struct state *st)
{
	const char *fixed = knob_fixed(&st->req, st->focus);

	st->is_refusing = fixed != NULL;
	if (fixed) {
		str_format(st->message, sizeof st->message, "%s is fixed: %s (F frees it)",
			   knob_specs[st->focus].label, fixed);
		return;
	}
	if (knob_specs[st->focus].kind == IS_ENTRY) {
		overlay_pick(st, st->focus);
		return;
	}
	prompt_open(st, OVERLAY_TYPE, "");
}

void overlay_type_of(struct state *st, enum knob k)
{
	enum knob before = st->focus;

	st->focus = k;
	overlay_type(st);
	if (st->overlay == OVERLAY_TYPE)
		st->focus_before = before;
}

void overlay_open(struct state *st)
{
	prompt_open(st, OVERLAY_OPEN, st->typed_path);
}

void overlay_completed(struct state *st, const char *path, const char *others)
{
	if (st->overlay != OVERLAY_OPEN)
		return;
	if (path)
		prompt_set(st, path);
	str_format(st->prompt.error, sizeof st->prompt.error, "%s",
		   path ? others : "no name of a file goes on like this");
}

void overlay_export(struct state *st)
{
	prompt_open(st, OVERLAY_EXPORT, "vtok.csv");
}

void overlay_insert(struct state *st, const char *text)
{
	prompt_add(st, text);
	if (st->overlay == OVERLAY_PICK) {
		st->pick_at = st->scroll = 0;
		follow(st);
	}
}

static void rub_out(struct state *st)
{
	struct prompt *p = &st->prompt;

	while (p->len > 0) {
		unsigned char c = (unsigned char)p->text[--p->len];

		if (c < 0x80 || c >= 0xc0)
			break;
	}
	p->text[p->len] = '\0';
	p->error[0] = '\0';
}

/* ------------------------------------------------------------ what Enter does */

static void take_value(struct state *st)
{
	struct request before = st->req;
	char text[sizeof st->prompt.text];

	str_format(text, sizeof text, "%s", st->prompt.text);
	const char *value = str_trim(text);

	if (!*value) {
		leave_typing(st);
		return;
	}
	if (!knob_type(&st->req, st->reg, st->focus, value, st->prompt.error)) {
		st->req = before;
		return;
	}
	turn_note_changed(st, &before);
	close_overlay(st);
}

static void take_path(struct state *st, struct wishes *w)
{
	char path[sizeof st->prompt.text];

	if (*drop_path(st->prompt.text, path, sizeof path)) {
		w->open = true;
		str_format(w->open_path, sizeof w->open_path, "%s", path);
	}
	close_overlay(st);
}

/* A value of the row's own quantity; the request's budget may become any other. */
static void take_budget(struct state *st)
{
	const struct budgets_row *row = fit_chosen(st);
	struct request before = st->req;
	struct fit_budget b;
	char text[sizeof st->prompt.text];

	str_format(text, sizeof text, "%s", st->prompt.text);
	if (!row || !*str_trim(text)) {
		close_overlay(st);
		return;
	}
	b = row->budget;
	if (!budget_read(str_trim(text), &b, st->prompt.error))
		return;
	if (row->kind < 0) {
		st->req.budget = b;
		turn_note_changed(st, &before);
	} else if (b.quantity != row->budget.quantity) {
		str_format(st->prompt.error, sizeof st->prompt.error,
			   "this row is one of %s: a value like %s",
			   budget_name(row->budget.quantity), budget_example(row->budget.quantity));
		return;
	} else {
		st->fit.asked[row->kind] = b.value;
	}
	close_overlay(st);
}

static void take_write(struct state *st, struct wishes *w)
{
	static const char *const endings[] = {".png", ".jpg", ".jpeg", ".webp"};
	const char *name = st->prompt.text, *dot = strrchr(name, '.');
	bool is_known = false;

	for (size_t i = 0; dot && dot > name && i < ARRAY_SIZE(endings); i++)
		is_known = is_known || str_casecmp(dot, endings[i]) == 0;
	if (!is_known || strlen(name) >= sizeof w->write_path) {
		str_format(st->prompt.error, sizeof st->prompt.error,
			   "end the name in .png, .jpg or .webp");
		return;
	}
	str_format(w->write_path, sizeof w->write_path, "%s", name);
	w->write_w = st->fit.width;
	w->write_h = st->fit.height;
	w->write = true;
	const char *slash = strrchr(name, '/');
	str_format(st->writing, sizeof st->writing, "%s", slash ? slash + 1 : name);
	close_overlay(st);
}

static void take_export(struct state *st, struct wishes *w)
{
	enum export_format format;

	if (!export_format_of(st->prompt.text, &format)) {
		str_format(st->prompt.error, sizeof st->prompt.error,
			   "end the name in .csv, .json, .md or .svg");
		return;
	}
	str_format(w->save_path, sizeof w->save_path, "%s", st->prompt.text);
	w->save = true;
	close_overlay(st);
}

static uint32_t take_pick(struct state *st, struct wishes *w)
{
	struct request before = st->req;
	int count = pick_count(st);

	if (!count)
		return 0;
	uint32_t key = pick_key(st, st->pick_at);

	if (key) {
		close_overlay(st);
		return key;
	}
	if (!pick_take(st, st->pick_at))
		turn_say(st, false, "there is no model to take");
	else if (st->pick == PICK_THEME)
		w->settings = st->theme != st->theme_before ? SETTINGS_THEME : SETTINGS_NONE;
	else
		turn_note_changed(st, &before);
	close_overlay(st);
	return 0;
}

static uint32_t take(struct state *st, struct wishes *w)
{
	switch (st->overlay) {
	case OVERLAY_TYPE:
		take_value(st);
		break;
	case OVERLAY_OPEN:
		take_path(st, w);
		break;
	case OVERLAY_EXPORT:
		take_export(st, w);
		break;
	case OVERLAY_PICK:
		return take_pick(st, w);
	case OVERLAY_BUDGET:
		take_budget(st);
		break;
	case OVERLAY_WRITE:
		take_write(st, w);
		break;
	case OVERLAY_SETTINGS:
	case OVERLAY_HELP:
	case OVERLAY_COMMAND:
	case OVERLAY_KNOB:
	case OVERLAY_NONE:
	case OVERLAY_N:
		close_overlay(st);
		break;
	}
	return 0;
}

/* ------------------------------------------------------------ keys */

/* Esc in a search of the help ends the search alone. */
static void cancel(struct state *st)
{
	if (st->overlay == OVERLAY_HELP && st->is_searching) {
		st->is_searching = false;
		prompt_set(st, "");
		return;
	}
	if (st->overlay == OVERLAY_PICK && st->pick == PICK_THEME)
		st->theme = st->theme_before;
	leave_typing(st);
}

/* How far a key moves in a list; 0 = it does not. */
static int list_move(const struct state *st, uint32_t key)
{
	int rows = overlay_list_rows(st, st->width, st->height);

	switch (key) {
	case VKEY_UP:
	case KEY_CTRL_('P'):
	case VKEY_BACKTAB:
		return -1;
	case VKEY_DOWN:
	case KEY_CTRL_('N'):
	case VKEY_TAB:
		return 1;
	case VKEY_PGUP:
		return rows > 1 ? 1 - rows : -1;
	case VKEY_PGDN:
		return rows > 1 ? rows - 1 : 1;
	case VKEY_HOME:
		return -100000;
	case VKEY_END:
		return 100000;
	default:
		return 0;
	}
}

static void move_pick(struct state *st, int n)
{
	st->pick_at += n;
	follow(st);
	if (st->pick == PICK_THEME)
		pick_take(st, st->pick_at); /* the preview */
}

void overlay_choose(struct state *st, int row)
{
	move_pick(st, row - st->pick_at);
}

static void type(struct state *st, uint32_t key)
{
	char text[5] = "";

	text[utf8_put(key, text)] = '\0';
	overlay_insert(st, text);
}

static bool is_letter(uint32_t key)
{
	return key >= 0x20 && key < 0x110000;
}

/* What is typed narrows the help; the rows begin anew. */
static void search_help(struct state *st, uint32_t key)
{
	st->scroll = 0;
	if (key == VKEY_BACKSPACE)
		rub_out(st);
	else if (key == KEY_CTRL_('U'))
		prompt_set(st, "");
	else if (is_letter(key))
		type(st, key);
}

/* Keys that lead on from the help do what they do elsewhere. */
static bool leads_on(uint32_t key)
{
	enum action a = keymap_find(key);

	return a == ACTION_STRATEGIES || a == ACTION_PALETTE || a == ACTION_TEACH ||
	       a == ACTION_TOUR;
}

/* To the last row and not beyond it. The screen may have become larger. */
static void scroll_text(struct state *st, int n)
{
	int most = overlay_scroll_most(st);

	st->scroll = st->scroll > most ? most : st->scroll;
	st->scroll += n;
	st->scroll = st->scroll > most ? most : st->scroll < 0 ? 0 : st->scroll;
}

static uint32_t help_key(struct state *st, uint32_t key)
{
	bool typed = st->is_searching && is_letter(key);
	int n = list_move(st, typed ? 0 : key == 'j' ? VKEY_DOWN : key == 'k' ? VKEY_UP : key);

	if (n != 0) {
		scroll_text(st, n);
	} else if (st->is_searching && key != VKEY_ENTER) {
		search_help(st, key);
	} else if (key == '/') {
		st->is_searching = true;
		st->scroll = 0;
	} else {
		close_overlay(st);
		return leads_on(key) ? key : 0;
	}
	return 0;
}

/* A key while one types. */
static void edit(struct state *st, uint32_t key)
{
	bool is_first_slash = st->overlay == OVERLAY_PICK && key == '/' && !st->prompt.len;

	if (key == VKEY_BACKSPACE)
		rub_out(st);
	else if (key == KEY_CTRL_('U'))
		prompt_set(st, "");
	else if (is_letter(key) && !is_first_slash) {
		type(st, key);
		return;
	}
	if (st->overlay == OVERLAY_PICK) {
		follow(st);
		if (st->pick == PICK_THEME)
			pick_take(st, st->pick_at);
	}
}

bool overlay_is_text(const struct state *st)
{
	return st->overlay == OVERLAY_HELP || st->overlay == OVERLAY_COMMAND ||
	       st->overlay == OVERLAY_KNOB;
}

uint32_t overlay_key(struct state *st, uint32_t key, struct wishes *w)
{
	if (key == VKEY_ESC) {
		cancel(st);
		return 0;
	}
	if (st->overlay == OVERLAY_HELP)
		return help_key(st, key);
	if (key == VKEY_ENTER)
		return take(st, w);
	if (st->overlay == OVERLAY_SETTINGS && list_move(st, key))
		scroll_text(st, list_move(st, key));
	else if (overlay_is_text(st) || st->overlay == OVERLAY_SETTINGS)
		close_overlay(st);
	else if (st->overlay == OVERLAY_OPEN && key == VKEY_TAB)
		w->complete = true;
	else if (st->overlay == OVERLAY_PICK && list_move(st, key))
		move_pick(st, list_move(st, key));
	else
		edit(st, key);
	return 0;
}
