#include "state/event.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{"Up", VKEY_UP},
	{"Down", VKEY_DOWN},
	{"Left", VKEY_LEFT},
	{"Right", VKEY_RIGHT},
	{"PgUp", VKEY_PGUP},
	{"PgDn", VKEY_PGDN},
	{"Home", VKEY_HOME},
	{"End", VKEY_END},
	{"Insert", VKEY_INSERT},
	{"Delete", VKEY_DELETE},
	{"Backspace", VKEY_BACKSPACE},
	{"Tab", VKEY_TAB},
	{"BackTab", VKEY_BACKTAB},
	{"Enter", VKEY_ENTER},
	{"Esc", VKEY_ESC},
	{"F1", VKEY_F1},
	{"F2", VKEY_F2},
	{"F3", VKEY_F3},
	{"F4", VKEY_F4},
	{"F5", VKEY_F5},
	{"F6", VKEY_F6},
	{"F7", VKEY_F7},
	{"F8", VKEY_F8},
	{"F9", VKEY_F9},
	{"F10", VKEY_F10},
	{"F11", VKEY_F11},
	{"F12", VKEY_F12},
	{"Space", ' '},
};

bool event_key_parse(const char *word, uint32_t *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_casecmp(names[i].name, word) == 0) {
			*key = names[i].key;
			return true;
		}
	if ((str_starts(word, "C-") || str_starts(word, "c-")) && word[2] && !word[3]) {
		char c = word[2];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c < 'A' || c > 'Z')
			return false;
		*key = KEY_CTRL_(c);
		return true;
	}
	if (!*word)
		return false;
	uint32_t cp;
	size_t n = utf8_decode(word, &cp);

	if (cp == UTF8_BAD || cp < 0x20 || word[n])
		return false;
	*key = cp;
	return true;
}

void event_key_name(uint32_t key, char out[EVENT_KEY_NAME])
{
	if (key >= VKEY_CTRL) {
		memcpy(out, "Ctrl-", 5);
		out[5] = (char)(key & 0x7f);
		out[6] = '\0';
		return;
	}
	if (key == VKEY_BACKTAB) {
		memcpy(out, "Shift-Tab", sizeof "Shift-Tab");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].key == key) {
			memcpy(out, names[i].name,
			       strlen(names[i].name) + 1); /* all shorter than the room */
			return;
		}
	out[utf8_put(key, out)] = '\0';
}
