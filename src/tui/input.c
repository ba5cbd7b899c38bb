/* The decoder knows what xterm and its many likes send (CSI and SS3 forms of a key both, whatever
 * mode the terminal is in: after a suspend or a program that crashed before us it may be the wrong
 * one), bracketed paste, SGR and X10 mouse reports and UTF-8. Keys of other terminals are taught
 * from terminfo. ESC followed by an ordinary key at once is two keys, because on a slow line two
 * keys arrive together and no action uses Alt. Sources: ECMA-48 for the grammar, xterm's ctlseqs
 * for the meanings, console_codes(4) for the Linux console's F1 to F5. */
#include "tui/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/utf8.h"
#include "tui/ground.h"

enum { ESC = 0x1b, DEL = 0x7f, CSI_MAX = 64, STRING_MAX = 256, PARAMS_MAX = 4, BURST_LEAST = 5 };

/* What a decoding step says. */
enum step {
	STEP_MORE,  /* more bytes are needed */
	STEP_SKIP,  /* bytes used, no event */
	STEP_EVENT, /* bytes used, *ev filled */
};

/* clang-format off */
static const struct {
	char final;
	uint32_t key;
} letters[] = {
	{'A', VKEY_UP     },
	{'B', VKEY_DOWN   },
	{'C', VKEY_RIGHT  },
	{'D', VKEY_LEFT   },
	{'F', VKEY_END    },
	{'H', VKEY_HOME   },
	{'P', VKEY_F1     },
	{'Q', VKEY_F2     },
	{'R', VKEY_F3     },
	{'S', VKEY_F4     },
	{'Z', VKEY_BACKTAB},
};
/* clang-format on */

/* CSI number ~ ; 0: no key */
static const uint32_t numbers[] = {
	[1] = VKEY_HOME, [2] = VKEY_INSERT, [3] = VKEY_DELETE, [4] = VKEY_END,  [5] = VKEY_PGUP,
	[6] = VKEY_PGDN, [7] = VKEY_HOME,   [8] = VKEY_END,    [11] = VKEY_F1,  [12] = VKEY_F2,
	[13] = VKEY_F3,  [14] = VKEY_F4,    [15] = VKEY_F5,    [17] = VKEY_F6,  [18] = VKEY_F7,
	[19] = VKEY_F8,  [20] = VKEY_F9,    [21] = VKEY_F10,   [23] = VKEY_F11, [24] = VKEY_F12,
};
enum { PASTE_BEGIN = 200, PASTE_END = 201 };

static const char paste_end[] = "\033[201~";

void input_init(struct input *in)
{
	*in = (struct input){0};
}

void input_fini(struct input *in)
{
	free(in->paste);
	in->paste = NULL;
}

static enum step key_event(struct event *ev, uint32_t key)
{
	*ev = (struct event){.kind = EVENT_KEY, .key = key};
	return STEP_EVENT;
}

static uint32_t letter_key(unsigned char final)
{
	for (size_t i = 0; i < ARRAY_SIZE(letters); i++)
		if ((unsigned char)letters[i].final == final)
			return letters[i].key;
	return 0;
}

/* Buttons 0 to 2 are left, middle, right; 32 marks motion, 64 the wheel; 3 without SGR is "some
 * button was let go". */
static enum step mouse_event(struct event *ev, unsigned code, unsigned x, unsigned y,
			     bool is_release)
{
	if (x < 1 || y < 1 || code >= 128)
		return STEP_SKIP;
	*ev = (struct event){.kind = EVENT_MOUSE, .x = (int)x - 1, .y = (int)y - 1};
	if (code & 64) {
		if ((code & 3) > 1 || is_release)
			return STEP_SKIP;
		ev->mouse = code & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
		return STEP_EVENT;
	}
	ev->button = (int)(code & 3) + 1;
	if (is_release || ev->button == 4) {
		if (code & 32)
			return STEP_SKIP;
		ev->mouse = MOUSE_RELEASE;
		ev->button = ev->button == 4 ? 1 : ev->button;
	} else {
		ev->mouse = code & 32 ? MOUSE_DRAG : MOUSE_PRESS;
	}
	return STEP_EVENT;
}

/* What stands between CSI and its final byte. */
struct csi {
	unsigned param[PARAMS_MAX];
	size_t params;
	char private;
	bool is_plain;
	unsigned char final;
	size_t size; /* bytes, the final one included */
};

/* CSI: parameters 0x30-0x3f, intermediates 0x20-0x2f, one final 0x40-0x7e. STEP_EVENT: it is whole.
 * Anything else ends it, unused: STEP_SKIP, and size is what to leave out. */
static enum step csi_read(struct csi *out, const unsigned char *s, size_t n)
{
	size_t i = 2;

	*out = (struct csi){.is_plain = true};
	for (; i < n && i < CSI_MAX && s[i] >= 0x20 && s[i] < 0x40; i++) {
		unsigned *param = &out->param[out->params < PARAMS_MAX ? out->params : 0];

		if (s[i] >= '0' && s[i] <= '9') {
			if (out->params < PARAMS_MAX && *param < 100000)
				*param = *param * 10 + (unsigned)(s[i] - '0');
		} else if (s[i] == ';') {
			out->params++;
		} else if (i == 2 && s[i] >= '<') {
			out->private = (char)s[i];
		} else {
			out->is_plain = false;
		}
	}
	if (i == n && i < CSI_MAX)
		return STEP_MORE;
	if (i == CSI_MAX || s[i] < 0x40 || s[i] > 0x7e) {
		out->size = i; /* the offending byte is looked at again: it may start something */
		return STEP_SKIP;
	}
	out->final = s[i];
	out->size = i + 1;
	return out->is_plain ? STEP_EVENT : STEP_SKIP;
}

/* X10: three bytes behind the final one, each plus 32. */
static enum step csi_x10(const unsigned char *s, size_t n, size_t *used, struct event *ev)
{
	if (n < 6)
		return STEP_MORE;
	*used = 6;
	if (s[3] < 32 || s[4] < 32 || s[5] < 32)
		return STEP_SKIP;
	return mouse_event(ev, s[3] - 32u, s[4] - 32u, s[5] - 32u, false);
}

/* A final ~: keys by their number, and the start of a paste. */
static enum step csi_number(struct input *in, unsigned number, struct event *ev)
{
	if (number == PASTE_BEGIN) {
		in->is_pasting = true;
		in->paste_len = 0;
		return STEP_SKIP;
	}
	uint32_t key = number < ARRAY_SIZE(numbers) ? numbers[number] : 0;

	return key ? key_event(ev, key) : STEP_SKIP;
}

static enum step csi_step(struct input *in, const unsigned char *s, size_t n, size_t *used,
			  struct event *ev)
{
	struct csi c;

	if (n > 2 && s[2] == '[') { /* Linux console: CSI [ A to E */
		if (n < 4)
			return STEP_MORE;
		*used = 4;
		return s[3] >= 'A' && s[3] <= 'E' ? key_event(ev, VKEY_F1 + (s[3] - 'A'))
						  : STEP_SKIP;
	}
	enum step step = csi_read(&c, s, n);

	if (step == STEP_MORE)
		return STEP_MORE;
	*used = c.size;
	if (step == STEP_SKIP)
		return STEP_SKIP;
	if (c.private == '<' && (c.final == 'M' || c.final == 'm'))
		return mouse_event(ev, c.param[0], c.param[1], c.param[2], c.final == 'm');
	if (c.private)
		return STEP_SKIP;
	if (c.final == 'M' && c.size == 3)
		return csi_x10(s, n, used, ev);
	if (c.final == 'n') {
		in->has_answer = true;
		return STEP_SKIP;
	}
	if (c.final == '~')
		return csi_number(in, c.param[0], ev);
	if (c.final == 'R' && c.params > 0 && c.param[0] != 1)
		return STEP_SKIP; /* a cursor position report, not F3 */
	uint32_t key = letter_key(c.final);

	return key ? key_event(ev, key) : STEP_SKIP;
}

/* SS3: one byte; keypad keys in application mode are the ASCII character plus 0x40. */
static enum step ss3_step(const unsigned char *s, size_t n, size_t *used, struct event *ev)
{
	if (n < 3)
		return STEP_MORE;
	*used = 3;
	if (s[2] == 'M')
		return key_event(ev, VKEY_ENTER);
	if (s[2] >= 'j' && s[2] <= 'y')
		return key_event(ev, s[2] - 0x40u);
	uint32_t key = letter_key(s[2]);
	return key ? key_event(ev, key) : STEP_SKIP;
}

/* OSC, DCS, SOS, PM, APC: text up to ST or BEL, none of which this program asks for. */
static enum step string_step(const unsigned char *s, size_t n, size_t *used)
{
	for (size_t i = 2; i < n && i < STRING_MAX; i++) {
		*used = i + 1;
		if (s[i] == 0x07)
			return STEP_SKIP;
		if (s[i] == ESC) {
			if (i + 1 == n)
				return STEP_MORE;
			*used = s[i + 1] == '\\' ? i + 2 : i;
			return STEP_SKIP;
		}
	}
	*used = n < STRING_MAX ? n : STRING_MAX;
	return n < STRING_MAX ? STEP_MORE : STEP_SKIP;
}

static enum step escape_step(struct input *in, const unsigned char *s, size_t n, size_t *used,
			     struct event *ev)
{
	if (n < 2)
		return STEP_MORE;
	switch (s[1]) {
	case '[':
		return csi_step(in, s, n, used, ev);
	case 'O':
		return ss3_step(s, n, used, ev);
	case ']':
	case 'P':
	case 'X':
	case '^':
	case '_':
		return string_step(s, n, used);
	}
	*used = 1;
	return key_event(ev, VKEY_ESC);
}

static enum step control_step(unsigned char c, struct event *ev)
{
	switch (c) {
	case '\t':
		return key_event(ev, VKEY_TAB);
	case '\r':
	case '\n':
		return key_event(ev, VKEY_ENTER);
	case '\b':
	case DEL:
		return key_event(ev, VKEY_BACKSPACE);
	}
	return c >= 1 && c <= 26 ? key_event(ev, VKEY_CTRL | (uint32_t)(c + 'A' - 1)) : STEP_SKIP;
}

/* Bytes of the UTF-8 sequence that starts with c; 1 for anything that starts none. */
static size_t utf8_need(unsigned char c)
{
	return c < 0xc2 || c > 0xf4 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static enum step text_step(const unsigned char *s, size_t n, size_t *used, struct event *ev)
{
	size_t need = utf8_need(s[0]), have = 1;
	char one[5] = {0};
	uint32_t cp;

	while (have < need && have < n && (s[have] & 0xc0) == 0x80)
		have++;
	if (have < need && have == n)
		return STEP_MORE;
	memcpy(one, s, have);
	*used = have;
	utf8_decode(one, &cp);
	if (have < need || cp == UTF8_BAD || (cp >= 0x80 && cp < 0xa0))
		return STEP_SKIP;
	return key_event(ev, cp);
}

/* A key of this terminal's own; STEP_SKIP: none of them starts like this. */
static enum step learnt_step(const struct input *in, const unsigned char *s, size_t n, size_t *used,
			     struct event *ev)
{
	bool may_follow = false;

	for (size_t i = 0; i < in->keys_n; i++) {
		const struct input_key *k = &in->keys[i];

		if (n < k->len) {
			may_follow |= memcmp(k->seq, s, n) == 0;
		} else if (memcmp(k->seq, s, k->len) == 0) {
			*used = k->len;
			return key_event(ev, k->key);
		}
	}
	return may_follow ? STEP_MORE : STEP_SKIP;
}

static enum step one_step(struct input *in, const unsigned char *s, size_t n, size_t *used,
			  struct event *ev)
{
	if (s[0] == ESC)
		return escape_step(in, s, n, used, ev);
	*used = 1;
	if (s[0] < 0x20 || s[0] == DEL)
		return control_step(s[0], ev);
	return text_step(s, n, used, ev);
}

static void paste_add(struct input *in, unsigned char c)
{
	if (in->paste_len >= INPUT_PASTE_MAX)
		return;
	if (in->paste_len + 1 >= in->paste_size) {
		size_t size = in->paste_size ? in->paste_size * 2 : 256;
		char *bigger = realloc(in->paste, size);

		if (!bigger)
			return; /* a cut paste is better than none */
		in->paste = bigger;
		in->paste_size = size;
	}
	if (c == '\n' || c == '\r' || c == '\t')
		c = ' ';
	if (c >= 0x20 && c != DEL)
		in->paste[in->paste_len++] = (char)c;
}

static enum step paste_done(struct input *in, struct event *ev)
{
	in->is_pasting = false;
	if (in->paste_len == 0)
		return STEP_SKIP;
	in->paste[in->paste_len] = '\0';
	*ev = (struct event){.kind = EVENT_PASTE, .text = in->paste};
	return STEP_EVENT;
}

static enum step paste_step(struct input *in, bool flush, struct event *ev)
{
	const size_t mark = sizeof(paste_end) - 1;

	while (in->pos < in->len) {
		const unsigned char *s = in->buf + in->pos;
		size_t n = in->len - in->pos;

		if (s[0] == ESC && memcmp(s, paste_end, n < mark ? n : mark) == 0) {
			if (n < mark)
				break;
			in->pos += mark;
			return paste_done(in, ev);
		}
		paste_add(in, s[0]);
		in->pos++;
	}
	if (!flush)
		return STEP_MORE;
	in->pos = in->len; /* the end never came: do not swallow keys for ever */
	return paste_done(in, ev);
}

unsigned char *input_space(struct input *in, size_t *room)
{
	memmove(in->buf, in->buf + in->pos, in->len - in->pos);
	in->len -= in->pos;
	in->pos = 0;
	*room = INPUT_BUF - in->len;
	return in->buf + in->len;
}

/* Text of which at least three characters differ from the one before. */
static bool is_burst(const unsigned char *s, size_t n)
{
	size_t changes = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < 0x20 || s[i] == DEL)
			return false;
		changes += i > 0 && s[i] != s[i - 1];
	}
	return n >= BURST_LEAST && changes >= 3;
}

void input_added(struct input *in, size_t n)
{
	if (in->has_no_paste && in->pos == in->len && !in->is_pasting &&
	    is_burst(in->buf + in->len, n))
		in->burst = n;
	in->wheel = 0;
	in->len += n;
}

static enum step paste_burst(struct input *in, struct event *ev)
{
	in->paste_len = 0;
	for (; in->burst > 0; in->burst--)
		paste_add(in, in->buf[in->pos++]);
	return paste_done(in, ev);
}

/* A second report of one notch is none. */
static bool is_second_wheel(struct input *in, const struct event *ev)
{
	unsigned code = (unsigned)ev->mouse + 1;
	bool is_second = in->wheel == code;

	if (!in->pairs_wheel || ev->kind != EVENT_MOUSE ||
	    (ev->mouse != MOUSE_WHEEL_UP && ev->mouse != MOUSE_WHEEL_DOWN))
		return false;
	in->wheel = is_second ? 0 : code;
	return is_second;
}

bool input_pending(const struct input *in)
{
	return in->is_pasting || (in->pos < in->len && !in->is_held);
}

/* An answer with a pause in it is neither flushed nor taken for keys; a lone
 * ESC is still the key. */
static enum step ground_step(struct input *in, const unsigned char *s, size_t n, size_t *used,
			     struct event *ev)
{
	bool is_start = s[0] == ESC ? n > 1 : s[0] == ']' && in->was_esc;
	enum ground ground;

	if (!in->expects_ground || !is_start)
		return STEP_SKIP;
	switch (ground_answer(s, n, used, &ground)) {
	case GROUND_OTHER:
		break;
	case GROUND_PART:
		return STEP_MORE;
	case GROUND_WHOLE:
		in->expects_ground = false;
		*ev = (struct event){.kind = EVENT_GROUND, .good = ground == GROUND_LIGHT};
		return STEP_EVENT;
	}
	return STEP_SKIP;
}

/* The same for what it says of pictures, which is no event: whoever asked looks when all is there.
 */
static enum step answers_step(struct input *in, const unsigned char *s, size_t n, size_t *used)
{
	bool is_start =
		s[0] == ESC ? n > 1 : (s[0] == '[' || s[0] == 'P' || s[0] == '_') && in->was_esc;

	if (!in->expects_answers || !is_start)
		return STEP_SKIP;
	switch (answers_read(&in->answers, s, n, used)) {
	case ANSWERS_OTHER:
		break;
	case ANSWERS_PART:
		return STEP_MORE;
	case ANSWERS_WHOLE:
		return STEP_EVENT;
	}
	return STEP_SKIP;
}

bool input_next(struct input *in, bool flush, struct event *ev)
{
	in->is_held = false;
	while (input_pending(in)) {
		const unsigned char *s = in->buf + in->pos;
		size_t n = in->len - in->pos, used = 1;
		enum step step;

		if (in->burst > 0 && paste_burst(in, ev) == STEP_EVENT)
			return true;
		if (in->is_pasting) {
			step = paste_step(in, flush, ev);
			if (step == STEP_EVENT)
				return true;
			if (step == STEP_MORE)
				return false;
			continue;
		}
		step = answers_step(in, s, n, &used);
		if (step == STEP_EVENT) {
			in->pos += used;
			continue;
		}
		if (step == STEP_SKIP)
			step = ground_step(in, s, n, &used, ev);
		if (step == STEP_MORE) {
			in->is_held = true;
			return false;
		}
		if (step == STEP_SKIP)
			step = learnt_step(in, s, n, &used, ev);
		if (step == STEP_SKIP || (step == STEP_MORE && flush))
			step = one_step(in, s, n, &used, ev);
		if (step == STEP_MORE) {
			if (!flush)
				return false;
			if (n == 1 && s[0] == ESC) {
				used = 1;
				step = key_event(ev, VKEY_ESC);
			} else {
				used = n;
				step = STEP_SKIP;
			}
		}
		in->pos += used;
		if (step == STEP_EVENT && !is_second_wheel(in, ev)) {
			in->was_esc = ev->kind == EVENT_KEY && ev->key == VKEY_ESC;
			return true;
		}
	}
	return false;
}

void input_learn(struct input *in, const char *seq, uint32_t key)
{
	size_t len = seq ? strlen(seq) : 0, used = 0;
	struct event ev = {0};

	if (len == 0 || len > INPUT_SEQ_MAX || in->keys_n == INPUT_KEYS_MAX)
		return;
	if (one_step(in, (const unsigned char *)seq, len, &used, &ev) == STEP_EVENT &&
	    used == len && ev.kind == EVENT_KEY && ev.key == key)
		return;
	struct input_key *k = &in->keys[in->keys_n++];
	memcpy(k->seq, seq, len);
	k->len = len;
	k->key = key;
}
