/* Every key of the key table and of the views is pressed, and does what its line in the help says:
 * one row for each action, from a state in which it has something to do. */
#include "tests/unit.h"

#include <string.h>

#include "registry/registry.h"
#include "state/keymap.h"
#include "state/knobs.h"
#include "state/script.h"
#include "state/state.h"
#include "view/talk.h"
#include "view/update.h"
#include "view/view.h"

static struct registry reg;
static struct script script;

/* What a press led to. */
struct press {
	struct state before, after;
	struct wishes wishes;
};

static bool is_wider(const struct press *p)
{
	return p->after.req.setup.width > p->before.req.setup.width;
}

static bool is_narrower(const struct press *p)
{
	return p->after.req.setup.width < p->before.req.setup.width;
}

static bool is_least(const struct press *p)
{
	return is_narrower(p) && p->after.req.setup.width < 256;
}

static bool is_most(const struct press *p)
{
	return is_wider(p) && p->after.req.setup.width >= 4096;
}

static bool is_typing(const struct press *p)
{
	return p->after.overlay == OVERLAY_TYPE;
}

static bool is_unlocked(const struct press *p)
{
	return p->before.req.aspect_lock && !p->after.req.aspect_lock && p->after.message[0];
}

static bool is_free(const struct press *p)
{
	return knob_fixed(&p->before.req, p->before.focus) &&
	       !knob_fixed(&p->after.req, p->after.focus);
}

static bool is_fitted(const struct press *p)
{
	return p->before.req.budget.quantity == Q_IMAGES && !p->before.budgeted.holds &&
	       p->after.budgeted.holds && is_narrower(p) && p->after.message[0];
}

static bool is_typing_budget(const struct press *p)
{
	return p->after.overlay == OVERLAY_TYPE && p->after.focus == KNOB_BUDGET;
}

static bool is_back(const struct press *p)
{
	return p->after.req.setup.width == 1024 && p->before.req.setup.width != 1024;
}

static bool is_forth(const struct press *p)
{
	return p->before.req.setup.width == 1024 && p->after.req.setup.width != 1024;
}

static bool is_all_reset(const struct press *p)
{
	return is_back(p) && p->before.req.setup.images == 2 && p->after.req.setup.images == 1;
}

static bool is_above(const struct press *p)
{
	return p->after.focus + 1 == p->before.focus;
}

static bool is_below(const struct press *p)
{
	return p->after.focus == p->before.focus + 1;
}

static bool is_next_group(const struct press *p)
{
	return knob_specs[p->after.focus].group == knob_specs[p->before.focus].group + 1;
}

static bool is_group_before(const struct press *p)
{
	return knob_specs[p->after.focus].group + 1 == knob_specs[p->before.focus].group;
}

static bool is_model_list(const struct press *p)
{
	return p->after.overlay == OVERLAY_PICK && p->after.pick == KNOB_MODEL;
}

static bool is_hardware_list(const struct press *p)
{
	return p->after.overlay == OVERLAY_PICK && p->after.pick == KNOB_HARDWARE;
}

static bool is_engine_list(const struct press *p)
{
	return p->after.overlay == OVERLAY_PICK && p->after.pick == KNOB_ENGINE;
}

static bool is_theme_list(const struct press *p)
{
	return p->after.overlay == OVERLAY_PICK && p->after.pick == PICK_THEME;
}

static bool is_other_lens(const struct press *p)
{
	return p->after.req.setup.lens != p->before.req.setup.lens;
}

static bool is_opening(const struct press *p)
{
	return p->after.overlay == OVERLAY_OPEN;
}

/* The nearest in that direction; an open model has no price, which is left out. */
static bool is_metric_beside(const struct press *p, int n)
{
	enum quantity_id id = quantity_next_metric(p->before.metric, n);

	/* an open model has no price, and nobody asked for a traffic */
	while (id == Q_PRICE_IMAGES || id == Q_GPUS)
		id = quantity_next_metric(id, n);
	return p->after.metric == id;
}

static bool is_next_metric(const struct press *p)
{
	return is_metric_beside(p, 1);
}

static bool is_metric_before(const struct press *p)
{
	return is_metric_beside(p, -1);
}

static bool is_other_axis(const struct press *p)
{
	return p->after.log_axis != p->before.log_axis;
}

static bool has_parts(const struct press *p)
{
	return p->after.metric == Q_TTFT && p->after.chart.has_parts;
}

static bool is_figure(const struct press *p)
{
	return p->after.chart.least == 256 && p->after.chart.most == 1536 &&
	       strcmp(p->after.req.setup.model->id, "fastvlm-1.5b") == 0;
}

static bool is_sorted(const struct press *p)
{
	return p->after.compare.sort != p->before.compare.sort;
}

static bool is_reversed(const struct press *p)
{
	return p->after.compare.is_reversed != p->before.compare.is_reversed;
}

static bool is_filtering(const struct press *p)
{
	return p->after.compare.is_typing;
}

/* The state has no picture: it is said what one does about that. */
static bool is_writing(const struct press *p)
{
	return strstr(p->after.message, "o opens a picture") != NULL;
}

static bool is_big(const struct press *p)
{
	return p->after.big;
}

static bool is_playing(const struct press *p)
{
	return p->after.is_playing && p->wishes.timer_ms > 0;
}

static bool is_slower(const struct press *p)
{
	return p->after.play_ms > p->before.play_ms;
}

static bool is_faster(const struct press *p)
{
	return p->after.play_ms < p->before.play_ms;
}

static bool is_pinned(const struct press *p)
{
	return p->after.pin.is_set && p->after.pin.req.setup.width == 1024;
}

static bool is_pinned_b(const struct press *p)
{
	return p->after.pin.is_set && p->after.pin_b.is_set &&
	       p->after.pin_b.req.setup.width > p->after.pin.req.setup.width;
}

static bool is_command(const struct press *p)
{
	return p->after.overlay == OVERLAY_COMMAND;
}

static bool is_export(const struct press *p)
{
	return p->after.overlay == OVERLAY_EXPORT && p->after.prompt.len > 0;
}

static bool is_step_done(const struct press *p)
{
	return p->after.talk.at == p->before.talk.at + 1;
}

static bool is_step_undone(const struct press *p)
{
	return p->after.talk.at + 1 == p->before.talk.at;
}

static bool is_help(const struct press *p)
{
	return p->after.overlay == OVERLAY_HELP;
}

static bool is_command_list(const struct press *p)
{
	return p->after.overlay == OVERLAY_PICK && p->after.pick == PICK_ACTION;
}

static bool is_strategy_list(const struct press *p)
{
	return p->after.overlay == OVERLAY_PICK && p->after.pick == PICK_STRATEGY;
}

static bool is_teaching(const struct press *p)
{
	return p->after.overlay == OVERLAY_KNOB;
}

static bool wishes_copy(const struct press *p)
{
	return p->wishes.copy;
}

/* The talk of begin() is over. */
static bool is_talk_over(const struct press *p)
{
	return p->before.talk.script && !p->after.talk.script;
}

static bool is_mouse_off(const struct press *p)
{
	return p->after.mouse_off;
}

static bool wishes_reload(const struct press *p)
{
	return p->wishes.reload;
}

static bool wishes_settings(const struct press *p)
{
	return p->wishes.settings == SETTINGS_ALL;
}

static bool wishes_redraw(const struct press *p)
{
	return p->wishes.redraw;
}

static bool wishes_suspend(const struct press *p)
{
	return p->wishes.suspend;
}

static bool wishes_quit(const struct press *p)
{
	return p->wishes.quit;
}

/* clang-format off */
static const struct {
	const char *first; /* keys that lead to a state in which it has something to do */
	bool (*is_done)(const struct press *);
} rows[ACTION_N] = {
	[ACTION_MORE] = {"", is_wider},
	[ACTION_LESS] = {"", is_narrower},
	[ACTION_MUCH_MORE] = {"", is_wider},
	[ACTION_MUCH_LESS] = {"", is_narrower},
	[ACTION_LEAST] = {"", is_least},
	[ACTION_MOST] = {"", is_most},
	[ACTION_TYPE] = {"", is_typing},
	[ACTION_LOCK] = {"", is_unlocked},
	[ACTION_FREE] = {"Down Down Down Down Down", is_free},
	[ACTION_FIT] = {"v 5 0 0 Enter", is_fitted},
	[ACTION_BUDGET] = {"", is_typing_budget},
	[ACTION_UNDO] = {"Right", is_back},
	[ACTION_REDO] = {"Right u", is_forth},
	[ACTION_RESET] = {"Right", is_back},
	[ACTION_RESET_ALL] = {"Right Down Down Right", is_all_reset},
	[ACTION_FOCUS_PREV] = {"", is_above},
	[ACTION_FOCUS_NEXT] = {"", is_below},
	[ACTION_FOCUS_GROUP] = {"", is_next_group},
	[ACTION_FOCUS_GROUP_BACK] = {"", is_group_before},
	[ACTION_MODEL] = {"", is_model_list},
	[ACTION_HARDWARE] = {"", is_hardware_list},
	[ACTION_ENGINE] = {"", is_engine_list},
	[ACTION_LENS] = {"", is_other_lens},
	[ACTION_OPEN] = {"", is_opening},
	[ACTION_THEME] = {"", is_theme_list},
	[ACTION_METRIC] = {"", is_next_metric},
	[ACTION_METRIC_BACK] = {"", is_metric_before},
	[ACTION_AXIS] = {"", is_other_axis},
	[ACTION_PARTS] = {"", has_parts},
	[ACTION_FIGURE] = {"", is_figure},
	[ACTION_SORT] = {"3", is_sorted},
	[ACTION_SORT_REVERSE] = {"3", is_reversed},
	[ACTION_FILTER] = {"3", is_filtering},
	[ACTION_WRITE] = {"5 v 5 0 0 Enter", is_writing},
	[ACTION_BIG] = {"", is_big},
	[ACTION_PLAY] = {"", is_playing},
	[ACTION_SLOWER] = {"", is_slower},
	[ACTION_FASTER] = {"", is_faster},
	[ACTION_PIN] = {"", is_pinned},
	[ACTION_PIN_B] = {"a Right", is_pinned_b},
	[ACTION_COMMAND] = {"", is_command},
	[ACTION_EXPORT] = {"", is_export},
	[ACTION_STEP_NEXT] = {"", is_step_done},
	[ACTION_STEP_BACK] = {"Space", is_step_undone},
	[ACTION_HELP] = {"", is_help},
	[ACTION_PALETTE] = {"", is_command_list},
	[ACTION_STRATEGIES] = {"", is_strategy_list},
	[ACTION_TEACH] = {"", is_teaching},
	[ACTION_COPY] = {"", wishes_copy},
	[ACTION_TOUR] = {"", is_talk_over},
	[ACTION_MOUSE] = {"", is_mouse_off},
	[ACTION_RELOAD] = {"", wishes_reload},
	[ACTION_SAVE] = {"", wishes_settings},
	[ACTION_REDRAW] = {"", wishes_redraw},
	[ACTION_SUSPEND] = {"", wishes_suspend},
	[ACTION_QUIT] = {"", wishes_quit},
};
/* clang-format on */

/* ------------------------------------------------------------ keys of view 5 */

static bool is_row_below(const struct press *p)
{
	return p->after.fit.at == p->before.fit.at + 1;
}

static bool is_row_above(const struct press *p)
{
	return p->after.fit.at + 1 == p->before.fit.at;
}

static bool is_first_row(const struct press *p)
{
	return p->before.fit.at > 0 && p->after.fit.at == 0;
}

static bool is_last_row(const struct press *p)
{
	return p->after.fit.at > 0 && p->after.fit.at == p->after.budgets.n - 1;
}

static double value_of(const struct state *st)
{
	return st->budgets.row[st->fit.at].budget.value;
}

static bool is_looser(const struct press *p)
{
	return value_of(&p->after) > value_of(&p->before);
}

static bool is_tighter(const struct press *p)
{
	return value_of(&p->after) < value_of(&p->before);
}

static bool is_usual_again(const struct press *p)
{
	return p->before.fit.asked[0] > 0 && !(p->after.fit.asked[0] > 0) && is_tighter(p);
}

static bool is_typing_value(const struct press *p)
{
	return p->after.overlay == OVERLAY_BUDGET;
}

static bool is_taken(const struct press *p)
{
	const struct fit_size *best = &p->before.budgets.row[0].fit.best;

	return p->after.req.setup.width == best->width &&
	       p->after.req.setup.height == best->height && p->after.undo_n == 1;
}

static bool is_settings(const struct press *p)
{
	return p->after.overlay == OVERLAY_SETTINGS;
}

/* What keys mean there and nowhere else. */
static const struct {
	const char *first;
	uint32_t key;
	bool (*is_done)(const struct press *);
} fit_rows[] = {
	{"5", VKEY_DOWN, is_row_below},
	{"5", 'j', is_row_below},
	{"5 Down", VKEY_UP, is_row_above},
	{"5 Down", 'k', is_row_above},
	{"5 Down Down", VKEY_HOME, is_first_row},
	{"5 Down Down", VKEY_PGUP, is_first_row},
	{"5", VKEY_END, is_last_row},
	{"5", VKEY_RIGHT, is_looser},
	{"5", '+', is_looser},
	{"5", VKEY_LEFT, is_tighter},
	{"v 3 0 0 m s Enter 5", VKEY_RIGHT, is_looser},
	{"5 Right", 'r', is_usual_again},
	{"5", 'v', is_typing_value},
	{"5", VKEY_ENTER, is_taken},
	{"5", 'f', is_taken},
	{"5", 's', is_settings},
};

static void send(struct state *st, uint32_t key, struct wishes *w)
{
	update(st, &(struct event){.kind = EVENT_KEY, .key = key}, w);
}

/* A fresh dashboard with a talk of two steps, after some keys. */
static void begin(struct state *st, const char *words)
{
	struct wishes w;
	char word[16];
	int used = 0;

	state_init(st, &reg);
	talk_begin(st, &script);
	while (sscanf(words, " %15s%n", word, &used) == 1) {
		uint32_t key;

		assert_true(event_key_parse(word, &key));
		send(st, key, &w);
		words += used;
	}
}

static void every_key_does_what_it_says(void **state)
{
	(void)state;
	static struct press p;

	for (size_t i = 0; i < bindings_n; i++) {
		enum action a = bindings[i].action;

		for (size_t k = 0; k < BINDING_KEYS && bindings[i].keys[k]; k++) {
			char name[16];

			event_key_name(bindings[i].keys[k], name);
			if (!rows[a].is_done)
				fail_msg("no row for the key %s: %s", name, bindings[i].help);
			begin(&p.before, rows[a].first);
			p.after = p.before;
			send(&p.after, bindings[i].keys[k], &p.wishes);
			if (!rows[a].is_done(&p))
				fail_msg("%s did not do it: %s", name, bindings[i].help);
		}
	}
}

static void every_view_has_its_key(void **state)
{
	(void)state;
	static struct state st;
	struct wishes w;

	for (size_t i = 0; i < views_n; i++) {
		begin(&st, i == 0 ? "2" : "");
		assert_int_not_equal(st.view, i);
		send(&st, (uint32_t)views[i]->key, &w);
		assert_int_equal(st.view, i);
	}
}

static int setup_all(void **state)
{
	static const char text[] = "width = 640\nwidth = 320\n";
	struct vtok_error err = {0};

	(void)state;
	return registry_init(&reg, &err) &&
			       script_read(&script, "two.steps", text, sizeof(text) - 1, &err)
		       ? 0
		       : -1;
}

static int teardown_all(void **state)
{
	(void)state;
	script_fini(&script);
	registry_fini(&reg);
	return 0;
}

static void keys_of_the_fit_view(void **state)
{
	static struct press p;

	(void)state;
	for (size_t i = 0; i < sizeof fit_rows / sizeof fit_rows[0]; i++) {
		char name[16];

		begin(&p.before, fit_rows[i].first);
		p.after = p.before;
		send(&p.after, fit_rows[i].key, &p.wishes);
		event_key_name(fit_rows[i].key, name);
		if (!fit_rows[i].is_done(&p))
			fail_msg("%s after %s: not what it should do", name, fit_rows[i].first);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_does_what_it_says),
		cmocka_unit_test(every_view_has_its_key),
		cmocka_unit_test(keys_of_the_fit_view),
	};

	return cmocka_run_group_tests_name("keys", tests, setup_all, teardown_all);
}
