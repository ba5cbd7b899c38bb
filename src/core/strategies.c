#include "core/strategy.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"

/* Each ends its strategy_<name>.c. */
/* clang-format off */
#define STRATEGIES(each) \
	each(fixed) \
	each(merge) \
	each(anyres) \
	each(pool) \
	each(area) \
	each(box) \
	each(budget) \
	each(crops) \
	each(cross) \
	each(doubled) \
	each(edge) \
	each(lines) \
	each(mosaic) \
	each(naflex) \
	each(navit) \
	each(nearest) \
	each(omni) \
	each(overlap) \
	each(padded) \
	each(query) \
	each(rows) \
	each(slices) \
	each(threshold) \
	each(tiles) \
	each(views) \
	each(windows) \
	each(hosted_area) \
	each(hosted_crops) \
	each(hosted_padded) \
	each(hosted_patches) \
	each(hosted_table) \
	each(hosted_tiles) \
	each(hosted_whole)
#define DECLARE(name) extern const struct strategy strategy_##name;
#define PLACE(name) &strategy_##name,

STRATEGIES(DECLARE)
const struct strategy *const strategies[] = {STRATEGIES(PLACE)};
/* clang-format on */
const size_t strategies_n = ARRAY_SIZE(strategies);

const struct strategy *strategy_find(const char *name)
{
	for (size_t i = 0; i < strategies_n; i++)
		if (strcmp(strategies[i]->name, name) == 0)
			return strategies[i];
	return NULL;
}

static bool pins_are_whole(const struct processor *p)
{
	for (int32_t i = 0; i < p->pins_n; i++)
		if (p->pins[i].width % p->tile || p->pins[i].height % p->tile)
			return false;
	return true;
}

/* The INI key that is missing, or NULL. */
static const char *missing(const struct processor *p, unsigned needs)
{
	const struct {
		unsigned need;
		bool there;
		const char *key;
	} t[] = {
		{NEED_PATCH, p->patch > 0, "patch"},
		{NEED_TILE, p->tile > 0, "tile"},
		{NEED_BASE, p->base > 0, "base"},
		{NEED_MAX_TILES, p->max_tiles > 0, "max-tiles"},
		{NEED_PINS, p->pins_n > 0, "pins"},
		{NEED_LONGEST_EDGE, p->longest_edge > 0, "longest-edge"},
		{NEED_MAX_TOKENS, p->max_tokens > 0, "max-tokens"},
		{NEED_MAX_PATCHES, p->max_patches > 0, "max-patches"},
		{NEED_TOKENS_PER_TILE, p->tokens_per_tile > 0, "tokens-per-tile"},
		{NEED_RATIO, p->ratio > 0, "ratio"},
		{NEED_MIN_CROP, p->min_crop > 0, "min-crop"},
		{NEED_TABLE, p->hosted.table_n > 0, "table"},
		{NEED_PATCH_OR_TOKENS, p->tokens_per_tile > 0 || (p->patch > 0 && p->tile > 0),
		 "tokens-per-tile, or patch and tile"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if ((needs & t[i].need) && !t[i].there)
			return t[i].key;
	return NULL;
}

/* 0, 1, 2, 5, 10, 17, ... */
static bool is_square_and_one(int32_t tiles)
{
	int32_t k = 0;

	while (k * k + 1 < tiles)
		k++;
	return tiles == 0 || tiles == k * k + 1;
}

bool strategy_check(const struct processor *p, char text[STRATEGY_TEXT])
{
	const struct strategy *s = p->strategy;
	const char *key = missing(p, s->needs);

	if (!key && s->missing)
		key = s->missing(p);

	text[0] = '\0';
	if (key)
		str_format(text, STRATEGY_TEXT, "strategy %s needs %s", s->name, key);
	else if (!p->hosted.vendor && (p->merge < 1 || p->pool < 1))
		str_format(text, STRATEGY_TEXT, "merge and pool are 1 at least");
	else if ((s->needs & NEED_SQUARE_AND_ONE) && !is_square_and_one(p->max_tiles))
		str_format(text, STRATEGY_TEXT, "strategy %s needs max-tiles of k x k + 1",
			   s->name);
	else if ((s->needs & NEED_MARGINS) && p->tile <= 2 * p->overlap * p->patch)
		str_format(text, STRATEGY_TEXT, "strategy %s needs a tile larger than its margins",
			   s->name);
	else if ((s->needs & NEED_PINS_OF_TILES) && !pins_are_whole(p))
		str_format(text, STRATEGY_TEXT, "strategy %s needs pins that are multiples of tile",
			   s->name);
	return text[0] == '\0';
}
