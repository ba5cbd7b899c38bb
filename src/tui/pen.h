/* How a terminal draws the next character, and the shortest way from one such pen to another: what
 * differs, as SGR parameters of one sequence (ECMA-48, 8.3.117), or for a terminal with sequences
 * of its own everything anew. */
#ifndef VTOK_TUI_PEN_H
#define VTOK_TUI_PEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PEN_KEEP = -1,    /* the terminal's own colour */
	PEN_CHANGE = 256, /* bytes of a change, at most */
	PEN_PART = 32,    /* of one of its parts */
	PEN_COLORS = 64,  /* colours whose sequences are kept */
};

struct pen {
	bool is_known;  /* of a terminal: false until something was sent */
	uint16_t attrs; /* STYLE_BOLD, STYLE_UNDERLINE, STYLE_REVERSE */
	int32_t fg, bg; /* number of a colour, 0xRRGGBB with has_rgb, PEN_KEEP */
};

/* What a terminal has to draw with. */
struct inks {
	char reset[PEN_PART], bold[PEN_PART], underline[PEN_PART], reverse[PEN_PART];
	char no_color[PEN_PART]; /* both colours back to the terminal's own */
	/* Its sequence for a colour, until the next call; NULL = it has none. */
	const char *(*color)(int32_t number, bool is_ground);
	uint16_t beside_color; /* attributes that it shows together with colours */
	bool has_rgb;          /* any colour, by SGR 38;2 and 48;2 */

	/* set by inks_settle */
	bool is_sgr;      /* all of it is SGR: parameters go together */
	bool can_undo;    /* 22, 24, 27 switch single attributes off */
	bool has_default; /* 39 and 49 are its own colours */
	struct inks_color {
		bool is_known, is_ground;
		int32_t number;
		uint8_t n;
		char text[PEN_PART]; /* the parameters; not with has_rgb */
	} colors[PEN_COLORS];
};

/* To be called when the sequences are set. underline_off: what ends an underline, NULL = nothing
 * does by itself. */
void inks_settle(struct inks *k, const char *underline_off);

/* The shortest bytes that make `want`, which is known, of `have`; returns their number, 0 when
 * there is nothing to change. */
size_t pen_change(struct inks *k, const struct pen *have, const struct pen *want,
		  char out[PEN_CHANGE]);

/* True if a character looks the same with both, which are known. */
bool pen_same(const struct pen *a, const struct pen *b);

#endif
