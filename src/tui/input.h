/* Bytes from a terminal to events, without a terminal: the same decoder serves the program, its
 * unit test and its fuzzer. It never fails; what it does not know it drops whole, so that no half
 * of a sequence acts as a key. */
#ifndef VTOK_TUI_INPUT_H
#define VTOK_TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/event.h"
#include "tui/answers.h"

enum {
	INPUT_KEYS_MAX = 64, /* sequences of one terminal that differ from the usual ones */
	INPUT_SEQ_MAX = 16,  /* bytes of such a sequence */
	INPUT_BUF = 4096,
	INPUT_PASTE_MAX = 65536, /* bytes kept of one paste; the rest is dropped */
};

struct input {
	unsigned char buf[INPUT_BUF];
	size_t pos, len; /* not yet decoded: buf[pos .. len) */
	struct input_key {
		char seq[INPUT_SEQ_MAX];
		size_t len;
		uint32_t key;
	} keys[INPUT_KEYS_MAX];
	size_t keys_n;
	char *paste; /* grows while a paste runs; also holds the text of the last one */
	size_t paste_len, paste_size;
	bool is_pasting;
	bool has_answer;      /* the terminal answered a status query since this was last cleared */
	bool expects_ground;  /* it was asked for its background */
	bool expects_answers; /* it was asked what draws pictures */
	struct answers answers;
	bool is_held; /* what is pending is part of that answer: it waits for all of the rest */
	bool was_esc; /* the last event was a lone ESC, which may have begun that answer */
	bool has_no_paste; /* the terminal does not tell what is pasted: see input_added */
	bool pairs_wheel;  /* it reports each notch of the wheel twice, in one write */
	unsigned wheel;    /* the last report's code, while more of its bytes are there; 0 = none */
	size_t burst;      /* bytes at pos that came at once, as a paste does */
};

void input_init(struct input *in);
void input_fini(struct input *in);

/* Makes the sequence mean the key, unless it is one that every terminal sends for it. NULL, empty
 * and over-long sequences are left out. */
void input_learn(struct input *in, const char *seq, uint32_t key);

/* Where to put new bytes, and how many may be put there (at least 1 after input_next returned
 * false). */
unsigned char *input_space(struct input *in, size_t *room);
/* Where nothing tells what is pasted, five characters of text or more at once are: nobody types so
 * fast, and a held key repeats one. */
void input_added(struct input *in, size_t n);

/* The next event; false when more bytes are needed. With flush, nothing more is coming: a lone ESC
 * is the key, and a sequence cut short is dropped. ev->text of a paste lives
 * until the next call. */
bool input_next(struct input *in, bool flush, struct event *ev);

/* Bytes wait that may be the beginning of something longer, for which it is
 * worth to wait a moment. */
bool input_pending(const struct input *in);

#endif
