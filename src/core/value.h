/* What a quantity is of a setup, or why it is nothing. */
#ifndef VTOK_CORE_VALUE_H
#define VTOK_CORE_VALUE_H

#include <stddef.h>

/* One value: a number in the unit of its row (seconds are seconds), a text, or the reason why there
 * is neither. Texts are static or live as long as the setup and the estimate
 * they were read from. */
struct value {
	double number;
	const char *text;   /* NULL: number holds */
	const char *reason; /* not NULL: neither holds */
};

/* A value of each kind: for readers. */
static inline struct value value_number(double n)
{
	return (struct value){.number = n};
}

static inline struct value value_none(const char *reason)
{
	return (struct value){.reason = reason};
}

static inline struct value value_word(const char *text, const char *reason)
{
	return text ? (struct value){.text = text} : value_none(reason);
}

#endif
