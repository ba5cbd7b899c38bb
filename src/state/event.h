/* What comes in from a terminal, a script or a test. */
#ifndef VTOK_STATE_EVENT_H
#define VTOK_STATE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/picture.h"

enum event_kind {
	EVENT_NONE,
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_PASTE,   /* text: one bracketed paste, control characters removed */
	EVENT_RESIZE,  /* width, height in cells */
	EVENT_TICK,    /* the wished-for time has come */
	EVENT_FILE,    /* the answer to an open wish: picture */
	EVENT_WRITTEN, /* the answer to a write wish: text and good as for EVENT_SAVED */
	EVENT_SAVED,   /* the answer to a save wish: text says what happened, good if it worked */
	EVENT_GROUND,  /* the terminal's background: good when it is light */
	EVENT_REREAD,  /* the answer to a reload wish: picture, NULL if there is none; text and good
			  say what happened */
	EVENT_COMPLETED, /* the answer to a complete wish: text is the longer path, others say which
			    names go on; NULL = none is alike */
	EVENT_INK,       /* what pictures are drawn with: means */
	EVENT_PIXELS,    /* the answer to a pixels wish: pixels, or text says why there are none */
};

/* Keys without a code point of their own, above Unicode. Control characters arrive as
 * KEY_CTRL_('L'), except Tab, Enter, Esc and Backspace, which have names. */
enum {
	VKEY_UP = 0x200000,
	VKEY_DOWN,
	VKEY_LEFT,
	VKEY_RIGHT,
	VKEY_PGUP,
	VKEY_PGDN,
	VKEY_HOME,
	VKEY_END,
	VKEY_INSERT,
	VKEY_DELETE,
	VKEY_BACKSPACE,
	VKEY_TAB,
	VKEY_BACKTAB,
	VKEY_ENTER,
	VKEY_ESC,
	VKEY_F1,
	VKEY_F2,
	VKEY_F3,
	VKEY_F4,
	VKEY_F5,
	VKEY_F6,
	VKEY_F7,
	VKEY_F8,
	VKEY_F9,
	VKEY_F10,
	VKEY_F11,
	VKEY_F12,
	VKEY_CTRL = 0x300000, /* | 'A'..'Z' */
};
#define KEY_CTRL_(c) (VKEY_CTRL | (uint32_t)(c))

enum mouse_kind { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

/* What is known of an opened picture; the sizes are as displayed, EXIF rotation applied. */
struct picture_info {
	char path[1024];               /* as given, cleaned of control characters; "" = none */
	int64_t width, height;         /* pixels, upright */
	int64_t raw_width, raw_height; /* pixels as stored */
	int orientation;               /* EXIF, 1 = upright; from 5 on the two pairs differ */
	char format[16];               /* "JPEG" */
	char ending[8];                /* of a file it can be written as, ".jpg"; "" = not known */
	int64_t file_bytes;
	enum image_format file_format;
	double dpi;                  /* pixels per inch the header states; 0 = it does not */
	const struct raster *pixels; /* a small copy, upright, borrowed while the picture is open;
					NULL = none (yet) */
	bool pixels_asked;
	char pixels_error[160]; /* why there are none; "" = there are, or they have not come yet */
	char error[ERROR_TEXT]; /* not "": could not be read, the sizes do not hold */
};

struct event {
	enum event_kind kind;
	uint32_t key; /* a code point or VKEY_* */
	enum mouse_kind mouse;
	int button; /* 1 left, 2 middle, 3 right */
	int x, y;   /* cells, mouse */
	int width, height;
	struct picture_means means; /* ink */
	bool good;                  /* saved, written, reread: it worked; ground: it is light */
	const char *text;           /* what the kind says; borrowed for the call */
	const char *others;         /* completed; borrowed for the call; "" = none */
	const struct picture_info *picture; /* file, reread; borrowed for the call */
	const struct raster
		*pixels; /* pixels; borrowed until another picture is opened; NULL = none */
};

/* "Up", "C-x", "F1", "a", "Space": one word of --keys or a .scr file. False: unknown word. */
bool event_key_parse(const char *word, uint32_t *key);

/* The name of a key for people: "Up", "Ctrl-L", "PgDn", "a". */
enum { EVENT_KEY_NAME = 16 }; /* bytes */
void event_key_name(uint32_t key, char out[EVENT_KEY_NAME]);

#endif
