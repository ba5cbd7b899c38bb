/* See term.h. One function a level of precedence, each reading and computing at once; what has no
 * value is a NAN on the way. */
#include "core/term.h"

#include <math.h>
#include <string.h>

#include "base/str.h"

enum { DEEP = 40, WORD_ROOM = 48 };

struct run {
	const char *at;
	const struct term_names *names; /* NULL: nothing is computed, every name is fine */
	size_t picture;
	int depth;
	bool wrong;
	char *reason; /* room for TERM_REASON, or NULL */
};

static double level_choice(struct run *r);

static double fault(struct run *r, const char *what, const char *name)
{
	if (!r->wrong && r->reason)
		str_format(r->reason, TERM_REASON, "%s%s%.40s%s", what, *name ? " \"" : "", name,
			   *name ? "\"" : "");
	r->wrong = true;
	return NAN;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void blanks(struct run *r)
{
	while (*r->at == ' ' || *r->at == '\t' || *r->at == '\n')
		r->at++;
}

/* How long the name at s is; 0 = none. */
static size_t name_length(const char *s)
{
	size_t n = 0;

	if (!is_letter(*s))
		return 0;
	while (is_letter(s[n]) || str_is_digit(s[n]) ||
	       (s[n] && strchr(".:-", s[n]) && (is_letter(s[n + 1]) || str_is_digit(s[n + 1]))))
		n++;
	return n;
}

/* Behind a value a dozen operators are asked for, of which one is there at most: the first letter
 * tells most of them apart. */
static bool take(struct run *r, const char *what)
{
	blanks(r);
	if (*r->at != *what)
		return false;
	size_t n = strlen(what);

	if (strncmp(r->at, what, n) != 0)
		return false;
	if (is_letter(*what) && name_length(r->at) != n)
		return false;
	r->at += n;
	return true;
}

static bool read_name(struct run *r, char out[TERM_NAME])
{
	blanks(r);
	size_t n = name_length(r->at);

	if (n == 0 || n >= TERM_NAME)
		return false;
	memcpy(out, r->at, n);
	out[n] = '\0';
	r->at += n;
	return true;
}

static double truth(bool b)
{
	return b ? 1 : 0;
}

/* ------------------------------------------------------------ calls */

/* given(name), is(name, word): their arguments are no numbers. */
static double call_given(struct run *r)
{
	char name[TERM_NAME];

	if (!read_name(r, name) || !take(r, ")"))
		return fault(r, "given() takes a name", "");
	return r->names ? truth(r->names->given(r->names->arg, r->picture, name)) : NAN;
}

static double call_is(struct run *r)
{
	char name[TERM_NAME], word[WORD_ROOM];
	bool any = false;

	if (!read_name(r, name))
		return fault(r, "is() takes a name and words", "");
	while (take(r, ",")) {
		blanks(r);
		size_t n = strcspn(r->at, ",) \t\n");

		str_put(word, sizeof(word), 0, r->at, n);
		r->at += n;
		any = any || (r->names && r->names->is(r->names->arg, r->picture, name, word));
	}
	if (!take(r, ")"))
		return fault(r, "is() takes a name and words", "");
	return r->names ? truth(any) : NAN;
}

static bool known_sum(struct run *r, double *sum)
{
	const struct term_sums *kept = r->names ? r->names->sums : NULL;

	for (int i = 0; kept && i < kept->n; i++)
		if (kept->list[i].from == r->at) {
			r->at = kept->list[i].to;
			*sum = kept->list[i].sum;
			return true;
		}
	return false;
}

static void keep_sum(const struct run *r, const char *from, double sum)
{
	struct term_sums *kept = r->names ? r->names->sums : NULL;

	if (!kept || r->wrong || kept->n == TERM_SUMS)
		return;
	kept->list[kept->n].from = from;
	kept->list[kept->n].to = r->at;
	kept->list[kept->n++].sum = sum;
}

/* The argument is read once for each picture. */
static double call_sum(struct run *r)
{
	const char *from = r->at;
	size_t before = r->picture, n = r->names ? r->names->pictures(r->names->arg) : 0;
	double sum = 0;

	if (known_sum(r, &sum))
		return sum;
	for (size_t i = 0; i < n && !r->wrong; i++) {
		r->at = from;
		r->picture = i;
		sum += r->names->weight(r->names->arg, i) * level_choice(r);
	}
	if (n == 0)
		level_choice(r);
	r->picture = before;
	if (!take(r, ")"))
		return fault(r, "sum() takes one argument", "");
	sum = r->names ? sum : NAN;
	keep_sum(r, from, sum);
	return sum;
}

/* Functions of numbers that need nobody. What is not known stays so. */
static bool call_own(const char *name, const double *args, int n, double *out)
{
	bool is_min = strcmp(name, "min") == 0, is_max = strcmp(name, "max") == 0;

	if ((is_min || is_max) && n > 0) {
		*out = args[0];
		for (int i = 1; i < n; i++)
			*out = isnan(*out) || isnan(args[i]) ? NAN
			       : is_min                      ? fmin(*out, args[i])
							     : fmax(*out, args[i]);
	} else if (strcmp(name, "floor") == 0 && n == 1) {
		*out = floor(args[0]);
	} else if (strcmp(name, "ceil") == 0 && n == 1) {
		*out = ceil(args[0]);
	} else if (strcmp(name, "one_of") == 0 && n > 1) {
		*out = isnan(args[0]) ? NAN : 0;
		for (int i = 1; i < n; i++)
			if (args[0] == args[i])
				*out = 1;
	} else {
		return false;
	}
	return true;
}

static double call(struct run *r, const char *name)
{
	double args[TERM_ARGS], out = NAN;
	int n = 0;

	if (strcmp(name, "given") == 0)
		return call_given(r);
	if (strcmp(name, "is") == 0)
		return call_is(r);
	if (strcmp(name, "sum") == 0)
		return call_sum(r);
	if (!take(r, ")")) {
		do {
			double v = level_choice(r);

			if (n == TERM_ARGS || r->wrong)
				return fault(r, "too many arguments of", name);
			args[n++] = v;
		} while (take(r, ","));
		if (!take(r, ")"))
			return fault(r, "no ) behind the arguments of", name);
	}
	if (call_own(name, args, n, &out) || !r->names)
		return out;
	if (!r->names->call(r->names->arg, name, args, n, &out))
		return fault(r, "no such function, or not of so many arguments:", name);
	return out;
}

/* ------------------------------------------------------------ values */

static double number(struct run *r)
{
	char digits[WORD_ROOM];
	size_t n = strspn(r->at, "0123456789.");
	double v;

	str_put(digits, sizeof(digits), 0, r->at, n);
	if (n >= sizeof(digits) || !str_num(digits, &v))
		return fault(r, "not a number:", digits);
	r->at += n;
	return v;
}

static double named(struct run *r)
{
	char name[TERM_NAME];
	double v = NAN;

	if (!read_name(r, name))
		return fault(r, "a name is too long", "");
	if (*r->at == '(') {
		r->at++;
		return call(r, name);
	}
	if (r->names && !r->names->value(r->names->arg, r->picture, name, &v))
		return fault(r, "nobody knows", name);
	return v;
}

static double level_value(struct run *r)
{
	double v;

	blanks(r);
	if (r->wrong)
		return NAN;
	if (str_is_digit(*r->at))
		return number(r);
	if (is_letter(*r->at))
		return named(r);
	if (take(r, "-")) {
		if (++r->depth > DEEP)
			return fault(r, "too deep", "");
		v = -level_value(r);
		r->depth--;
		return v;
	}
	if (!take(r, "("))
		return fault(r, *r->at ? "expected a value at" : "it ends where a value should be",
			     r->at);
	v = level_choice(r);
	if (!take(r, ")"))
		return fault(r, *r->at ? "no ) at" : "no ) at its end", r->at);
	return v;
}

static double level_product(struct run *r)
{
	double v = level_value(r);

	while (!r->wrong) {
		if (take(r, "*")) {
			v *= level_value(r);
		} else if (take(r, "/")) {
			double by = level_value(r);

			v = by == 0 ? NAN : v / by;
		} else {
			break;
		}
	}
	return v;
}

static double level_sum(struct run *r)
{
	double v = level_product(r);

	while (!r->wrong) {
		if (take(r, "+"))
			v += level_product(r);
		else if (take(r, "-"))
			v -= level_product(r);
		else
			break;
	}
	return v;
}

/* What does not matter is read, and nobody is asked about its names: some numbers take a search. */
static double passed_over(struct run *r, double (*level)(struct run *))
{
	const struct term_names *names = r->names;

	r->names = NULL;
	double v = level(r);

	r->names = names;
	return v;
}

static double level_default(struct run *r)
{
	double v = level_sum(r);

	while (!r->wrong && take(r, "??")) {
		double other = isnan(v) ? level_sum(r) : passed_over(r, level_sum);

		if (isnan(v))
			v = other;
	}
	return v;
}

/* ------------------------------------------------------------ truth */

static double level_compare(struct run *r)
{
	static const char *const signs[] = {"<=", ">=", "==", "!=", "<", ">", NULL};
	double a = level_default(r), b;
	int which = 0;

	while (signs[which] && !take(r, signs[which]))
		which++;
	if (!signs[which])
		return a;
	b = level_default(r);
	if (isnan(a) || isnan(b))
		return NAN;
	switch (which) {
	case 0:
		return truth(a <= b);
	case 1:
		return truth(a >= b);
	case 2:
		return truth(a == b); /* counts and given numbers: exact */
	case 3:
		return truth(a != b);
	case 4:
		return truth(a < b);
	}
	return truth(a > b);
}

static double level_not(struct run *r)
{
	if (!take(r, "not"))
		return level_compare(r);
	if (++r->depth > DEEP)
		return fault(r, "too deep", "");
	double v = level_not(r);

	r->depth--;
	return isnan(v) ? v : truth(v == 0);
}

/* What is false stays so, whatever the unknown turns out to be. */
static double level_and(struct run *r)
{
	double v = level_not(r);

	while (!r->wrong && take(r, "and")) {
		double b = level_not(r);

		if (v == 0 || b == 0)
			v = 0;
		else
			v = isnan(v) || isnan(b) ? NAN : 1;
	}
	return v;
}

static double level_or(struct run *r)
{
	double v = level_and(r);

	while (!r->wrong && take(r, "or")) {
		double b = level_and(r);
		bool is_true = (!isnan(v) && v != 0) || (!isnan(b) && b != 0);

		if (is_true)
			v = 1;
		else
			v = isnan(v) || isnan(b) ? NAN : 0;
	}
	return v;
}

static double level_choice(struct run *r)
{
	if (++r->depth > DEEP)
		return fault(r, "too deep", "");
	double v = level_or(r);

	blanks(r);
	if (!r->wrong && *r->at == '?') { /* every ?? was taken */
		r->at++;
		bool is_yes = !isnan(v) && v != 0, is_no = v == 0;
		double yes = is_yes ? level_choice(r) : passed_over(r, level_choice);

		if (!take(r, ":"))
			return fault(r, "no : behind ?", "");
		double no = is_no ? level_choice(r) : passed_over(r, level_choice);

		v = isnan(v) ? NAN : v != 0 ? yes : no;
	}
	r->depth--;
	return v;
}

/* ------------------------------------------------------------ the whole */

static double whole(struct run *r)
{
	double v = level_choice(r);

	blanks(r);
	if (!r->wrong && *r->at)
		return fault(r, "not expected:", r->at);
	return v;
}

enum term_state term_eval(const char *text, const struct term_names *names, size_t picture,
			  double *out, char reason[TERM_REASON])
{
	struct run r = {.at = text, .names = names, .picture = picture, .reason = reason};
	double v = whole(&r);

	*out = v;
	return r.wrong ? TERM_WRONG : isnan(v) ? TERM_UNKNOWN : TERM_VALUE;
}

bool term_good(const char *text, char reason[TERM_REASON])
{
	struct run r = {.at = text ? text : "", .reason = reason};

	whole(&r);
	return !r.wrong;
}
