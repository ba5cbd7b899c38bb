/* How far the terminal is behind. The kernel's buffer for a pseudo terminal, and the network behind
 * it, take seconds of output without complaint, so no local test shows it. A status request (DSR 5)
 * is sent after some hundred bytes; the terminal answers when it gets there. Once it has ever
 * answered, at most FLIGHT_MAX bytes and one frame are under way: further frames wait, and the one
 * sent then shows the newest state. */
#ifndef VTOK_TUI_FLIGHT_H
#define VTOK_TUI_FLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FLIGHT_MAX = 384,      /* bytes */
	FLIGHT_LOST_MS = 2000, /* an answer is lost */
};

#define FLIGHT_REQUEST "\033[5n"

struct flight {
	bool can;        /* the terminal is of a kind that answers */
	bool is_proven;  /* it has */
	bool is_waiting; /* for an answer */
	int64_t since_ms;
	int64_t way_ms; /* there and back, the longest so far */
	size_t bytes;   /* sent after the request that is not answered yet, or the last answer */
};

/* Notes bytes sent; true: a request must follow them now. */
bool flight_sent(struct flight *f, size_t bytes, int64_t now_ms);
void flight_answered(struct flight *f, int64_t now_ms);

/* Until when an answer under way is waited for when the terminal is given back: twice the way there
 * and back, within a second; a whole second after the request where nobody knows how far away the
 * terminal is. is_pressed: the program was told to end and does not wait for long. */
int64_t flight_patience(const struct flight *f, int64_t now_ms, bool is_pressed);

/* A frame may be sent. */
bool flight_ready(struct flight *f, int64_t now_ms);

#endif
