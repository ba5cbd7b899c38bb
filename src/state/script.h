/* The text of a talk: one step a line, its parts divided by semicolons. A part is `note "caption"`,
 * `name = value`, or keys as --keys takes them:
 *
 *     # what resolution costs
 *     picture = photo.jpg; note "One photo from a phone"
 *     width = 50%; note "Half the width is a quarter of the tokens"
 *     x c c; note "The textbook, and time in place of tokens"
 *
 * A word between braces in a caption is a quantity, whose value on the screen stands in its place:
 * "{ttft} to the first word".
 *
 * Empty lines and lines that begin with # are no steps. A semicolon inside the quotes of a note
 * divides nothing. */
#ifndef VTOK_STATE_SCRIPT_H
#define VTOK_STATE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

enum { SCRIPT_STEPS_MAX = 1000, SCRIPT_LINE_BYTES = 1000 };

enum part_kind { PART_KEY, PART_SET, PART_NOTE };

struct part {
	enum part_kind kind;
	uint32_t key;      /* PART_KEY */
	const char *name;  /* PART_SET */
	const char *value; /* PART_SET, PART_NOTE */
};

struct script_step {
	int line; /* in the file, from 1 */
	int parts_n;
	const struct part *parts;
};

struct script {
	struct arena arena;
	const char *name;   /* of the file, for messages */
	const char *folder; /* pictures without a leading / are looked for there; "" = where the
			       program runs */
	struct script_step *steps;
	int n;
};

/* Reads len bytes. Texts are copied. False: "name:line: what was expected". Free with script_fini
 * in both cases. */
bool script_read(struct script *s, const char *name, const char *text, size_t len,
		 struct vtok_error *err);
void script_fini(struct script *s);

#endif
