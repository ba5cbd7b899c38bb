#include "state/keymap.h"

#include <assert.h>

#include "base/base.h"
#include "base/str.h"
#include "state/event.h"

/* clang-format off */
const struct binding bindings[] = {
	{ACTION_MORE,      {VKEY_RIGHT, 'l', '+', '='}, "Turn a knob", "one step more", "turn"},
	{ACTION_LESS,      {VKEY_LEFT, 'h', '-'},  NULL, "one step less", NULL},
	{ACTION_MUCH_MORE, {VKEY_PGUP},            NULL, "a big step more", NULL},
	{ACTION_MUCH_LESS, {VKEY_PGDN},            NULL, "a big step less", NULL},
	{ACTION_LEAST,     {VKEY_HOME},            NULL, "the least value", NULL},
	{ACTION_MOST,      {VKEY_END},             NULL, "the most", NULL},
	{ACTION_TYPE,      {VKEY_ENTER},           NULL, "type: 4k, 1080p, 50%", "type"},
	{ACTION_LOCK,      {'L'},                  NULL, "lock or free the aspect", NULL},
	{ACTION_FREE,      {'F'},                  NULL, "free a fixed knob", NULL},
	{ACTION_FIT,       {'f'},                  NULL, "fit it to the budget", NULL},
	{ACTION_BUDGET,    {'v'},                  NULL, "type the budget", NULL},
	{ACTION_UNDO,      {'u'},                  NULL, "undo", NULL},
	{ACTION_REDO,      {'U', KEY_CTRL_('R')},  NULL, "redo", NULL},
	{ACTION_RESET,     {'r'},                  NULL, "reset this knob", NULL},
	{ACTION_RESET_ALL, {'R'},                  NULL, "reset all knobs", NULL},

	{ACTION_FOCUS_PREV, {VKEY_UP, 'k'},        "Move", "the knob above", "knob"},
	{ACTION_FOCUS_NEXT, {VKEY_DOWN, 'j'},      NULL, "the knob below", NULL},
	{ACTION_FOCUS_GROUP, {VKEY_TAB},           NULL, "the next group of knobs", NULL},
	{ACTION_FOCUS_GROUP_BACK, {VKEY_BACKTAB},  NULL, "the group before", NULL},
	{ACTION_VIEW,      {0},                    NULL, "a view", NULL},

	{ACTION_MODEL,     {'m'},                  "Choose", "model, with search", "model"},
	{ACTION_HARDWARE,  {'g'},                  NULL, "hardware, with search", "hardware"},
	{ACTION_ENGINE,    {'E'},                  NULL, "serving engine", NULL},
	{ACTION_LENS,      {'x'},                  NULL, "lens: exact or formula", "lens"},
	{ACTION_OPEN,      {'o'},                  NULL, "open a picture", "open"},
	{ACTION_THEME,     {'t'},                  NULL, "theme, with preview", "theme"},

	{ACTION_METRIC,    {'c'},                  "Chart", "next quantity", NULL},
	{ACTION_METRIC_BACK, {'C'},                NULL, "the quantity before", NULL},
	{ACTION_AXIS,      {'i'},                  NULL, "axes: linear or log", NULL},
	{ACTION_PARTS,     {'d'},                  NULL, "what it consists of", NULL},
	{ACTION_FIGURE,    {'D'},                  NULL, "the figure of FastVLM", NULL},

	{ACTION_SORT,      {'s'},                  "Compare", "sort; in view 5 settings", NULL},
	{ACTION_SORT_REVERSE, {'S'},               NULL, "turn the order round", NULL},
	{ACTION_FILTER,    {'/'},                  NULL, "filter as you type", NULL},

	{ACTION_WRITE,     {'w'},                  "Fit", "write the picture file", NULL},

	{ACTION_BIG,       {'b'},                  "Show", "big digits", "big"},
	{ACTION_PLAY,      {'p'},                  NULL, "play the width, stop", "play"},
	{ACTION_SLOWER,    {'<'},                  NULL, "play slower", NULL},
	{ACTION_FASTER,    {'>'},                  NULL, "play faster", NULL},
	{ACTION_PIN,       {'a'},                  NULL, "pin as A, compare", NULL},
	{ACTION_PIN_B,     {'A'},                  NULL, "pin another as B", NULL},
	{ACTION_COMMAND,   {'y'},                  NULL, "show the command line", NULL},
	{ACTION_COPY,      {'Y'},                  NULL, "copy the command line", NULL},
	{ACTION_EXPORT,    {'e'},                  NULL, "export to a file", NULL},

	{ACTION_STEP_NEXT, {' '},                  "Talk", "next step; view 3: mark", NULL},
	{ACTION_STEP_BACK, {VKEY_BACKSPACE},       NULL, "the step before", NULL},
	{ACTION_TOUR,      {'T'},                  NULL, "a tour; ends a talk", NULL},

	{ACTION_HELP,      {'?', VKEY_F1},         "Program", "this help, / searches it", "help"},
	{ACTION_TEACH,     {'K'},                  NULL, "what this knob does", NULL},
	{ACTION_STRATEGIES, {'#'},                 NULL, "the counting rules", NULL},
	{ACTION_PALETTE,   {':'},                  NULL, "every command, searched", NULL},
	{ACTION_MOUSE,     {'M'},                  NULL, "mouse off or on", NULL},
	{ACTION_RELOAD,    {VKEY_F5},              NULL, "read files again", NULL},
	{ACTION_SAVE,      {'W'},                  NULL, "write the settings", NULL},
	{ACTION_REDRAW,    {KEY_CTRL_('L')},       NULL, "draw the screen again", NULL},
	{ACTION_SUSPEND,   {KEY_CTRL_('Z')},       NULL, "suspend", NULL},
	{ACTION_QUIT,      {'q', VKEY_F10, KEY_CTRL_('C')}, NULL, "quit", "quit"},
};
/* clang-format on */
const size_t bindings_n = ARRAY_SIZE(bindings);

enum action keymap_find(uint32_t key)
{
	for (size_t i = 0; i < bindings_n; i++)
		for (size_t k = 0; k < BINDING_KEYS && bindings[i].keys[k]; k++)
			if (bindings[i].keys[k] == key)
				return bindings[i].action;
	return ACTION_NONE;
}

uint32_t keymap_key(enum action a)
{
	for (size_t i = 0; i < bindings_n; i++)
		if (bindings[i].action == a)
			return bindings[i].keys[0];
	return 0;
}

char *keymap_names(const struct binding *b, char out[KEYMAP_NAMES])
{
	char name[EVENT_KEY_NAME];

	out[0] = '\0';
	for (size_t k = 0; k < BINDING_KEYS && b->keys[k]; k++) {
		event_key_name(b->keys[k], name);
		str_append(out, KEYMAP_NAMES, "%s%s", k ? " " : "", name);
	}
	return out;
}

static_assert((int)KEYMAP_HINT >= (int)EVENT_KEY_NAME, "a hint is a key's name");

char *keymap_hint(const struct binding *b, char out[KEYMAP_HINT])
{
	switch (b->keys[0]) {
	case VKEY_RIGHT:
		return str_format(out, KEYMAP_HINT, "\xe2\x86\x90\xe2\x86\x92");
	case VKEY_UP:
		return str_format(out, KEYMAP_HINT, "\xe2\x86\x91\xe2\x86\x93");
	default:
		event_key_name(b->keys[0], out);
		return out;
	}
}
