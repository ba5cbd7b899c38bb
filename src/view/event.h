/* What comes in from a terminal, a script or a test. */
#ifndef VTOK_VIEW_EVENT_H
#define VTOK_VIEW_EVENT_H

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
	EVENT_NONE,
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_PASTE,  /* text: one bracketed paste, control characters removed */
	EVENT_RESIZE, /* width, height in cells */
	EVENT_TICK,   /* a wished-for time has come */
	EVENT_FILE,   /* the answer to WISH_OPEN: file */
};

/* Keys without a code point of their own, above Unicode. Control characters arrive as KEY_CTRL('L'). */
enum {
	VKEY_UP = 0x200000, VKEY_DOWN, VKEY_LEFT, VKEY_RIGHT, VKEY_PGUP, VKEY_PGDN, VKEY_HOME, VKEY_END,
	VKEY_INSERT, VKEY_DELETE, VKEY_BACKSPACE, VKEY_TAB, VKEY_BACKTAB, VKEY_ENTER, VKEY_ESC,
	VKEY_F1, VKEY_F2, VKEY_F3, VKEY_F4, VKEY_F5, VKEY_F6, VKEY_F7, VKEY_F8, VKEY_F9, VKEY_F10,
	VKEY_F11, VKEY_F12,
	VKEY_CTRL = 0x300000, /* | 'A'..'Z' */
};
#define KEY_CTRL_(c) (VKEY_CTRL | (c))

enum mouse_kind { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct picture; /* image/image.h: opaque to update */

struct event {
	enum event_kind kind;
	uint32_t key;	/* a code point or VKEY_* */
	enum mouse_kind mouse;
	int button;	/* 1 left, 2 middle, 3 right */
	int x, y;	/* cells, mouse */
	int width, height;
	const char *text; /* paste; borrowed for the call */
};

/* "Up", "C-x", "F1", "a", "Space": one word of --keys or a .scr file. False: unknown word. */
bool event_key_parse(const char *word, uint32_t *key);

#endif
