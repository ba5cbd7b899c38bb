#include "core/fit_other.h"

#include "core/fit_judge.h"
#include "core/fit_pace.h"

/* Of a stretch that begins with so many tokens and in which they do not fall: the first k of
 * another number, which its last size has. */
static int64_t first_other(struct walk *w, const struct stretch_of *of, int64_t tokens)
{
	int64_t same = of->lo.k, other = of->hi.k;
	struct seen at;

	while (other - same > 1) {
		walk_to(w, same + (other - same) / 2, &at);
		walk_count(w, &at);
		if (count_positions(&at.count) == tokens)
			same = at.k;
		else
			other = at.k;
	}
	return other;
}

/* The sizes a..b without counting each. True if they are done with: *k is the first that takes
 * another number of tokens, 0 = none does. */
static bool answer_other(struct walk *w, int64_t a, int64_t b, int64_t tokens, int64_t *k)
{
	struct stretch_of of;

	*k = 0;
	walk_stretch(w, a, b, &of);
	if (of.kind == STRETCH_ANY || of.kind == STRETCH_SHAPED)
		return false;
	if (of.kind == STRETCH_REFUSED)
		return true;
	if (count_positions(&of.lo.count) != tokens)
		*k = a;
	else if (of.kind == STRETCH_RISING && count_positions(&of.hi.count) != tokens)
		*k = first_other(w, &of, tokens);
	return true;
}

int64_t fit_other(struct walk *w, int64_t a, int64_t b, int64_t tokens)
{
	struct fit_pace pace = fit_pace_new();
	struct seen at;

	for (int64_t k = a; k <= b && w->spent <= WORK_MOST;) {
		int64_t n = min_i64(pace.stretch, b - k + 1), found;

		if (pace.alone == 0) {
			bool done = answer_other(w, k, k + n - 1, tokens, &found);

			if (done && found)
				return found;
			k += done ? n : 0;
			fit_pace_after(&pace, n, done);
			continue;
		}
		walk_to(w, k, &at);
		walk_count(w, &at);
		if (!at.count.refused && count_positions(&at.count) != tokens)
			return k;
		k++;
		pace.alone--;
	}
	return 0;
}
