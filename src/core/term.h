/* The small language in which rules of servers are written: "text + sum(T) >= limit". Numbers,
 * names, + - * /, comparisons, and, or, not, a ?? b (b where a has no value), c ? a : b, and calls:
 * min, max, floor, ceil, one_of(x, 1, 2), sum(x) over all pictures, given(name), is(name, word),
 * and those of whoever answers for the names. What is not known has no value, and neither has what
 * is made of it: a rule about a size says nothing of a picture of which only tokens are known.
 *
 * A name has letters, digits and _ . : and, between them, -, so that settings keep the names that
 * their engines gave them: "max-num-batched-tokens", "limit-mm-per-prompt.image.count",
 * "part:max_pixels"; a minus has a blank on its right. Evaluated from the text each time: no memory
 * is taken, and the depth is bounded. */
#ifndef VTOK_CORE_TERM_H
#define VTOK_CORE_TERM_H

#include <stdbool.h>
#include <stddef.h>

enum { TERM_ARGS = 16, TERM_NAME = 96, TERM_REASON = 96, TERM_SUMS = 8 };

/* Sums that were made already: they are the same for every picture. By the place of their argument
 * in its text, so that texts have to stay where they are. Starts as zeros. */
struct term_sums {
	struct {
		const char *from, *to;
		double sum;
	} list[TERM_SUMS];
	int n;
};

/* Whoever knows the names. `picture` is one of pictures(); each has a weight: so many alike. */
struct term_names {
	const void *arg;
	/* NAN: it has no value. False: there is no such name. */
	bool (*value)(const void *arg, size_t picture, const char *name, double *out);
	/* It was set, whatever it is. */
	bool (*given)(const void *arg, size_t picture, const char *name);
	bool (*is)(const void *arg, size_t picture, const char *name, const char *word);
	/* Another function of numbers. False: there is none of this name. */
	bool (*call)(const void *arg, const char *name, const double *args, int n, double *out);
	size_t (*pictures)(const void *arg);
	double (*weight)(const void *arg, size_t picture);
	struct term_sums *sums; /* NULL: none are kept */
};

enum term_state {
	TERM_VALUE,   /* *out is a number; truth is 1 or 0 */
	TERM_UNKNOWN, /* something in it has no value */
	TERM_WRONG,   /* not of this language, or a name that nobody knows: reason says what */
};

/* What the text says of one picture. reason may be NULL. */
enum term_state term_eval(const char *text, const struct term_names *names, size_t picture,
			  double *out, char reason[TERM_REASON]);

/* Whether the text is of this language; names are not asked. NULL is a text without anything. */
bool term_good(const char *text, char reason[TERM_REASON]);

#endif
