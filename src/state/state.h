/* All that the screen depends on. A frame is a function of it and of the screen's size; events
 * change it (view/update.h), by the verbs of state/turn.h. */
#ifndef VTOK_STATE_STATE_H
#define VTOK_STATE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/count.h"
#include "core/quantity.h"
#include "draw/theme.h"
#include "registry/registry.h"
#include "state/event.h"
#include "state/budgeted.h"
#include "state/budgets.h"
#include "state/judged.h"
#include "state/request.h"

enum overlay {
	OVERLAY_NONE,
	OVERLAY_HELP,
	OVERLAY_PICK,    /* a list with a filter */
	OVERLAY_TYPE,    /* a value for the focused knob */
	OVERLAY_OPEN,    /* a path */
	OVERLAY_COMMAND, /* the command line of this screen */
	OVERLAY_EXPORT,
	OVERLAY_KNOB,     /* what the focused knob does */
	OVERLAY_BUDGET,   /* a value for the chosen budget */
	OVERLAY_WRITE,    /* the name of a picture file */
	OVERLAY_SETTINGS, /* what tells an engine to hold the size */
	OVERLAY_N
};

/* How a chart shows its quantity. */
struct charting {
	bool has_parts;      /* one that has parts is stacked from them */
	int64_t least, most; /* widths of the axis, pixels; 0 = the usual ones */
};

/* A request that stands beside the present one. */
struct kept_request {
	bool is_set;
	struct request req;
};

struct script; /* state/script.h */

/* Where a talk stands, and what its beginning looked like: a step back is the steps before it
 * played anew. */
struct talk {
	const struct script *script; /* borrowed; NULL = there is no talk */
	int at, target;  /* steps done; step to reach (a picture that is being opened holds the talk
			    up) */
	int part;        /* of step at + 1: the next to do */
	char note[200];  /* the caption; "" = none */
	char error[160]; /* the first part that could not be done, and why; "" = none */
	bool is_acting;  /* its own keys must not move it */
	struct request first;
	size_t view;
	enum knob focus;
	enum quantity_id metric;
	struct charting chart;
	bool log_axis, big;
	const struct theme *theme;
	struct picture_info picture;
};

/* What a list is of: the entries of a knob, the themes, what can be done, the counting rules. */
#define PICK_THEME KNOB_N
#define PICK_ACTION ((enum knob)(KNOB_N + 1))
#define PICK_STRATEGY ((enum knob)(KNOB_N + 2))

struct prompt {
	char text[512]; /* UTF-8 */
	size_t len;
	char error[96]; /* why it was not taken; "" = none */
};

enum { UNDO_MAX = 64, CHARTED_MAX = 6 };

struct state {
	const struct registry *reg;
	struct request req, start; /* now; what reset returns to */
	/* undo[0 .. undo_n) are older requests, the newest last; undo[undo_n .. undo_n + redo_n)
	 * those that redo brings back, the next one first */
	struct request undo[UNDO_MAX];
	int undo_n, redo_n;
	enum knob last_turned; /* steps of one knob in a row are one undo entry; KNOB_N = none */

	struct budgeted budgeted; /* for req, once an event was taken in; so is the next */
	struct judged judged;

	int width, height; /* of the screen, cells */
	size_t view;       /* index into views[] */
	enum knob focus;
	enum quantity_id metric;
	bool log_axis;
	struct charting chart;
	struct { /* what the chart was before the key D, which brings it back */
		bool is_set, log_axis, has_parts;
		enum quantity_id metric;
	} figure_before;

	enum overlay overlay;
	enum knob pick;      /* whose entries the list has, or PICK_THEME */
	int pick_at, scroll; /* chosen row of the filtered list; first row shown */
	struct prompt prompt;
	enum knob
		focus_before; /* what Esc returns to, where typing moved it; KNOB_N = it did not */
	char typed_path[512]; /* what was typed last where a picture is opened */
	bool is_searching;    /* in the help: letters go to the prompt */
	struct theme_list themes; /* those one picks from */
	const struct theme *theme,
		*theme_before; /* before: what Esc in the theme list returns to */
	bool theme_is_chosen;  /* by an option, the settings or a person: the background no longer
				  decides */

	bool ascii, big, mouse_off;
	bool has_lines;             /* ascii for want of a font: lines and full blocks are there */
	bool is_mono;               /* the terminal shows no colours, whatever the theme says */
	enum picture_way pictures;  /* how a person wants them drawn */
	struct picture_means means; /* what draws them now */
	bool is_playing;
	int play_step;                  /* +1 wider, -1 narrower */
	int play_ms;                    /* between two steps */
	struct kept_request pin, pin_b; /* A; B, which there is beside A alone */
	struct kept_request
		before; /* the last turn, until the next key: what it changed is shown */
	struct picture_info picture;
	struct {
		enum quantity_id sort; /* the best first, words by the alphabet */
		bool is_reversed;
		int at;    /* entry of compare.h; -1 = the present model's */
		int first; /* row at the top, as far as the chosen one stays in sight */
		bool is_typing;
		struct prompt filter;
	} compare;
	struct {
		int look;    /* what Tab goes through */
		double u, v; /* of the token cursor, shares of what is fed */
	} image;
	struct {
		int at;                          /* chosen budget */
		double asked[BUDGET_KINDS_MOST]; /* values that were typed or stepped to; 0 = none
						  */
		int64_t width, height;           /* of the file whose name is being asked for */
	} fit;
	char writing[64];       /* the picture file that is being written; "" = none is */
	struct budgets budgets; /* for req, while they are shown */
	int explain_first;      /* line at the top of the derivation */
	struct talk talk;
	const struct script *tour; /* what T starts; borrowed; NULL = there is none */
	char carried[512]; /* options of the start that no knob holds, as words for a shell, a blank
			      first */
	bool is_configured; /* a settings file stands behind the start: a command line must not lean
			       on defaults */
	char message[ERROR_TEXT]; /* one line above the footer's hints; "" = none; gone with
				   * the next key */
	bool message_bad;
	bool is_refusing; /* a fixed knob took no typing: figures that follow are not keys of views
			   */
	int drag;         /* enum knob being dragged, -1 = the chart, KNOB_N = nothing */
	int drag_x;       /* column where its last step was */
	struct {
		const struct model *model[CHARTED_MAX];
		int n;          /* 0 = the strategies and the selected model */
		bool is_marked; /* in the comparison: what was turned reaches the present one alone
				 */
	} charted;              /* what the chart draws in lens exact, when it was asked for */
};

/* The exact start of the dashboard (DESIGN section 7): the usual value of every knob, focus on the
 * width, aspect locked. A registry without the usual ids gives its first entries. reg is
 * borrowed. */
void state_init(struct state *st, const struct registry *reg);

/* Takes the present request as the one to which reset returns; forgets undo. Call after options
 * were applied. */
void state_settle(struct state *st);

/* A picture's size becomes the request's, or its error the message. */
void state_picture(struct state *st, const struct picture_info *picture);

/* A size in pixels (sides 1..SIDE_MAX), taken as the new aspect. */
void state_size(struct state *st, int64_t width, int64_t height);

/* Every request the state keeps: the present one, the start, those of undo and redo, both pins, the
 * one before the last turn, the talk's beginning. Who adds a place that keeps one adds it here;
 * what was worked out for a request (budgeted, judged, budgets) keeps its own to tell others apart,
 * and is made anew. */
void state_each_request(struct state *st, void (*visit)(struct request *r, void *arg), void *arg);

#endif
