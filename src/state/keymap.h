/* Keys become actions here, and only here: the help overlay, the footer's hints and the manual walk
 * this table. */
#ifndef VTOK_STATE_KEYMAP_H
#define VTOK_STATE_KEYMAP_H

#include <stddef.h>
#include <stdint.h>

enum action {
	ACTION_NONE,
	ACTION_FOCUS_PREV,
	ACTION_FOCUS_NEXT,
	ACTION_FOCUS_GROUP,
	ACTION_FOCUS_GROUP_BACK,
	ACTION_LESS,
	ACTION_MORE,
	ACTION_MUCH_LESS,
	ACTION_MUCH_MORE,
	ACTION_LEAST,
	ACTION_MOST,
	ACTION_TYPE,
	ACTION_LOCK,
	ACTION_FREE,
	ACTION_FIT,
	ACTION_BUDGET,
	ACTION_UNDO,
	ACTION_REDO,
	ACTION_RESET,
	ACTION_RESET_ALL,
	ACTION_MODEL,
	ACTION_HARDWARE,
	ACTION_ENGINE,
	ACTION_THEME,
	ACTION_OPEN,
	ACTION_LENS,
	ACTION_METRIC,
	ACTION_METRIC_BACK,
	ACTION_AXIS,
	ACTION_PARTS,
	ACTION_FIGURE,
	ACTION_SORT,
	ACTION_SORT_REVERSE,
	ACTION_FILTER,
	ACTION_WRITE,
	ACTION_VIEW, /* no key of the table: each view has its own in its record */
	ACTION_BIG,
	ACTION_PLAY,
	ACTION_SLOWER,
	ACTION_FASTER,
	ACTION_PIN,
	ACTION_PIN_B,
	ACTION_COMMAND,
	ACTION_EXPORT,
	ACTION_STEP_NEXT,
	ACTION_STEP_BACK,
	ACTION_MOUSE,
	ACTION_RELOAD,
	ACTION_SAVE,
	ACTION_HELP,
	ACTION_PALETTE,
	ACTION_STRATEGIES,
	ACTION_TEACH,
	ACTION_COPY,
	ACTION_TOUR,
	ACTION_REDRAW,
	ACTION_SUSPEND,
	ACTION_QUIT,
	ACTION_N
};

enum { BINDING_KEYS = 4 };

struct binding {
	enum action action;
	uint32_t keys[BINDING_KEYS]; /* 0 ends */
	const char *group;           /* heading in help and manual; NULL = as the row before */
	const char *help;            /* one line */
	const char *hint;            /* one or two words for the footer; NULL = not there */
};

extern const struct binding bindings[];
extern const size_t bindings_n;

/* ACTION_NONE: the table has no such key. */
enum action keymap_find(uint32_t key);

/* The first key of an action; 0 = it has none. */
uint32_t keymap_key(enum action a);

enum { KEYMAP_NAMES = 48, KEYMAP_HINT = 16 }; /* bytes */

/* "Left h -": the keys of a binding for people. Returns out. */
char *keymap_names(const struct binding *b, char out[KEYMAP_NAMES]);

/* The first key of a binding for hints: "?", "Ctrl-L"; an arrow stands there with the opposite one,
 * whose action is the same the other way. Returns out. */
char *keymap_hint(const struct binding *b, char out[KEYMAP_HINT]);

#endif
