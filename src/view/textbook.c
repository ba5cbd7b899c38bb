#include "view/textbook.h"

#include "base/str.h"
#include "view/knobs.h"

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
	return count_textbook(t, request_patch(r), request_merge(r), request_pool(r), grid(r), r->setup.width,
			      r->setup.height);
}

char *textbook_formula(const struct request *r, enum textbook t, char out[64])
{
	int patch = request_patch(r), k = grid(r);

	switch (t) {
	case TEXTBOOK_ORIGINAL:
		return str_format(out, 64, "%-11s  (H/%d)(W/%d)", table[t].name, patch, patch);
	case TEXTBOOK_MERGER: case TEXTBOOK_DOWNSAMPLER: {
		int side = patch * (t == TEXTBOOK_MERGER ? request_merge(r) : request_pool(r));

		return str_format(out, 64, "%-11s  (H/%d)(W/%d)", table[t].name, side, side);
	}
	case TEXTBOOK_MULTIGRID:
		return str_format(out, 64, "%-11s  original \xc3\x97 (%d\xc3\x97%d + 1)", table[t].name, k, k);
	case TEXTBOOK_NONE: case TEXTBOOK_N:
		break;
	}
	out[0] = '\0';
	return out;
}
