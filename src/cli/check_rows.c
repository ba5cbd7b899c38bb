#include "cli/check_rows.h"

#include <math.h>

#include "base/base.h"
#include "base/str.h"

/* clang-format off */
const struct sheet_column check_columns[] = {
	{"input",   NULL, false},
	{"rule",    NULL, false},
	{"verdict", NULL, false},
	{"value",   NULL, true },
	{"limit",   NULL, true },
	{"unit",    NULL, false},
	{"since",   NULL, false},
	{"until",   NULL, false},
	{"remedy",  NULL, false},
	{"source",  NULL, false},
};
/* clang-format on */
const size_t check_columns_n = ARRAY_SIZE(check_columns);

/* Rules that nobody could confirm say so where they came from. */
static const char *source_of(const struct limit *l, char out[CHECK_SOURCE])
{
	if (!l->unverified || !*l->unverified)
		return l->source;
	return str_format(out, CHECK_SOURCE, "not verified (%s): %s", l->unverified, l->source);
}

void check_row_make(const char *input, const struct limit_row *row, const struct limit_case *c,
		    struct check_row *out)
{
	out->input = input;
	out->rule = row ? row->limit->id : "-";
	out->verdict = verdict_names[row ? row->verdict : VERDICT_OK];
	out->value = row ? row->value : NAN;
	out->bound = row ? row->bound : NAN;
	out->unit = out->since = out->until = out->remedy = out->source = NULL;
	if (!row)
		return;
	bool bites = row->verdict != VERDICT_OK;

	out->unit = row->limit->unit;
	out->since = row->limit->scope.since;
	out->until = row->limit->scope.until;
	out->source = source_of(row->limit, out->source_room);
	if (bites || row->limit->verdict == VERDICT_OK)
		out->remedy = limit_remedy(row, c, out->remedy_room);
}

bool check_row_fails(enum verdict v, bool is_strict)
{
	return verdict_is_bad(v) || (is_strict && v != VERDICT_OK);
}
