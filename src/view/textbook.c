#include "view/textbook.h"

#include <string.h>

#include "base/str.h"
#include "state/knobs.h"

static const struct {
	const char *name;
	char glyph;
} table[TEXTBOOK_N] = {
	[TEXTBOOK_NONE] = {"none", '?'},
	[TEXTBOOK_ORIGINAL] = {"original", '*'},
	[TEXTBOOK_MERGER] = {"merger", 'o'},
	[TEXTBOOK_MULTIGRID] = {"multi-grid", '+'},
	[TEXTBOOK_DOWNSAMPLER] = {"downsampler", 'x'},
};

const char *textbook_name(enum textbook t)
{
	return table[t].name;
}

uint32_t textbook_glyph(enum textbook t)
{
	return (uint32_t)table[t].glyph;
}

static int32_t grid(const struct request *r)
{
	return request_grid(r) ? request_grid(r) : 3;
}

int64_t textbook_count(const struct request *r, enum textbook t)
{
	return count_textbook(t, request_patch(r), request_merge(r), request_pool(r), grid(r),
			      r->setup.width, r->setup.height);
}

char *textbook_formula(const struct request *r, enum textbook t, char out[64])
{
	int patch = request_patch(r), k = grid(r);
	int side = patch * (t == TEXTBOOK_MERGER        ? request_merge(r)
			    : t == TEXTBOOK_DOWNSAMPLER ? request_pool(r)
							: 1);

	str_format(out, 64, "(%lld/%d)\xc3\x97(%lld/%d)", (long long)r->setup.width, side,
		   (long long)r->setup.height, side);
	if (t == TEXTBOOK_MULTIGRID) {
		size_t n = strlen(out);

		str_format(out + n, 64 - n, "\xc3\x97(%d\xc3\x97%d+1)", k, k);
	}
	return out;
}
