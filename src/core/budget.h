/* Budgets as people say them: "ttft 300ms", "tokens 1280", "share 5%", "at once 16", "price 2$".
 * The knob of the dashboard, scripts, settings and the command line read and write them here. */
#ifndef VTOK_CORE_BUDGET_H
#define VTOK_CORE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fit_budget.h"
#include "core/value.h"

/* A budget on nothing: {0}, since Q_MODEL is no number. */
static inline bool budget_is_set(const struct fit_budget *b)
{
	return b->quantity != Q_MODEL;
}

/* The same quantity and the same value. */
bool budget_same(const struct fit_budget *a, const struct fit_budget *b);

/* Quantities with a word of their own, in the order they are stepped through and listed in; each
 * with a value that people set. False behind the last, of BUDGET_KINDS_MOST at most. */
enum { BUDGET_KINDS_MOST = 10 };
bool budget_kind(size_t i, struct fit_budget *out);

/* A value in the unit of a quantity: "25%", "0.25", "300ms" (times without a unit are ms), "200
 * MiB", "4k", "$2". False: it is none, or not finite. */
bool budget_read_value(enum quantity_id id, const char *text, double *out);
const char *budget_example(enum quantity_id id); /* of such a value */

/* Why a value is too much for a budget on the quantity, for whatever request; NULL: it is not. */
const char *budget_too_much(enum quantity_id id, double v);

/* Reads "NAME VALUE", "NAME=VALUE", "NAME <= VALUE", with a word of budget_kind or the name of any
 * quantity that a size changes; a value alone: of the quantity of *out, or where its unit is
 * another's, of that one; "off". The value is above 0. False leaves *out alone; why says in one
 * line what was expected. */
enum { BUDGET_WHY = 96 };
bool budget_read(const char *text, struct fit_budget *out, char why[BUDGET_WHY]);

enum { BUDGET_TEXT = 64 };

/* As budget_read takes it: "ttft 300ms", "at once 16", "off". Returns out. */
char *budget_word(const struct fit_budget *b, char out[BUDGET_TEXT]);

/* For people: "ttft 300 ms"; with the sign, "ttft ≤ 300 ms", "at once ≥ 16". Returns out. */
char *budget_text(const struct fit_budget *b, bool with_sign, char out[BUDGET_TEXT]);

/* "tokens", "at once"; for a quantity without a word its label. */
const char *budget_name(enum quantity_id id);

/* The value alone, for people: "300 ms", "1,280". Returns out. */
char *budget_value_text(const struct fit_budget *b, char out[BUDGET_TEXT]);

/* An amount of the quantity in a sentence: "12 ms", "78 tokens", "3.2 %". Returns out. */
char *budget_amount(enum quantity_id id, double v, char out[BUDGET_TEXT]);

/* The same with its verb: "takes 298 ms"; of what is better the more there is, "leaves 250,015
 * tokens", "allows 50 requests". Returns out. */
char *budget_taken(enum quantity_id id, double v, char out[BUDGET_TEXT]);

/* n steps of the value through rounded ones; more is never less. A budget on nothing becomes the
 * first kind. */
void budget_step(struct fit_budget *b, int n);

/* To a rounded value: down for a cost, else up. */
void budget_round(struct fit_budget *b);

/* n kinds further, with their usual values; before the first there is none. */
void budget_turn(struct fit_budget *b, int n);

/* Whether a value keeps it; false where there is none. */
bool budget_holds(const struct fit_budget *b, const struct value *v);

#endif
