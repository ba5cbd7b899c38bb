#include "view/judged_words.h"

#include <math.h>

#include "base/str.h"
#include "base/unit.h"
#include "draw/style.h"

char *judged_note(const struct judged *j, char out[JUDGED_SAID])
{
	return str_format(out, JUDGED_SAID, "%.40s: %s", j->who, verdict_names[j->verdict]);
}

unsigned judged_style(const struct judged *j)
{
	return j->verdict == VERDICT_OK     ? STYLE_GOOD
	       : verdict_is_bad(j->verdict) ? STYLE_BAD
					    : STYLE_WARN;
}

static char *number(double v, char out[UNIT_TEXT])
{
	if (fabs(v) < 9e15)
		return unit_grouped(out, (int64_t)ceil(v));
	return str_format(out, UNIT_TEXT, "%.3g", v);
}

char *judged_sentence(const struct judged *j, char out[JUDGED_WHOLE])
{
	char value[UNIT_TEXT], bound[UNIT_TEXT];

	if (j->verdict == VERDICT_OK)
		return str_format(out, JUDGED_WHOLE, "ok: no rule is against it");
	str_format(out, JUDGED_WHOLE, "%s", verdict_names[j->verdict]);
	if (!isnan(j->value) && !isnan(j->bound))
		str_append(out, JUDGED_WHOLE, ", %s against %s %s", number(j->value, value),
			   number(j->bound, bound), j->rule->unit ? j->rule->unit : "");
	str_append(out, JUDGED_WHOLE, " (%s)", j->rule->id);
	if (*j->remedy)
		str_append(out, JUDGED_WHOLE, ": %s", j->remedy);
	return out;
}
