/* From a count to what the tower is fed: rows worked by hand. */
#include "tests/unit.h"

#include "base/base.h"
#include "core/count.h"
#include "core/model.h"
#include "core/vision_load.h"

/* 577 positions a tile, as CLIP; 14 pixels a patch; windows of 8 x 8 patches; a first stage. */
static const struct tower clip = {.positions = 577, .patch = 14}, native = {.patch = 14},
			  windowed = {.patch = 14, .window_patches = 64},
			  two_stages = {.stage1_layers = 12}, bare = {.hidden = 64};
static const struct processor merging = {.merge = 2}, tiling = {.merge = 1, .tile = 336},
			      crossing = {.merge = 1, .tile = 560, .max_tiles = 4};

/* clang-format off */
static const struct {
	const char *name;
	const struct tower *tower;
	const struct processor *processor; /* NULL: nobody knows */
	struct count count;
	int64_t width, height;
	double sequences, patches, windows, tile_mpx;
} rows[] = {
	{"a fixed length, five tiles", &clip, &tiling, {.tiles = 5, .encoder_patches = 5 * 576},
	 0, 0, 5, 577, 0, 0.112896},
	{"as many as the rule fed", &native, &merging, {.tiles = 1, .encoder_patches = 1024, .resized_w = 448, .resized_h = 448},
	 0, 0, 1, 1024, 0, 0.200704},
	{"two tiles share them", &native, &merging, {.tiles = 2, .encoder_patches = 1024, .resized_w = 448, .resized_h = 448},
	 0, 0, 2, 512, 0, 0.100352},
	{"the resized area in patches", &native, &merging, {.resized_w = 448, .resized_h = 448},
	 0, 0, 1, 1024, 0, 0.200704},
	{"the picture's own where nothing is resized", &native, &merging, {.visual = 50},
	 280, 140, 1, 200, 0, 0.0392},
	{"sixteen for each token of two stages", &two_stages, &merging, {.visual = 256},
	 0, 0, 1, 4096, 0, 0},
	{"the merged patches of each token", &bare, &merging, {.visual = 256},
	 0, 0, 1, 1024, 0, 0},
	{"one where merging is not known", &bare, NULL, {.visual = 256},
	 0, 0, 1, 256, 0, 0},
	{"windows of 112 pixels, cut ones too", &windowed, &merging, {.tiles = 1, .encoder_patches = 704, .resized_w = 448, .resized_h = 308},
	 0, 0, 1, 704, 4 * 3, 0.137984},
	{"half of them in each of two tiles", &windowed, &merging, {.tiles = 2, .encoder_patches = 704, .resized_w = 448, .resized_h = 308},
	 0, 0, 2, 352, 6, 0.068992},
	{"none where the size is not known", &windowed, &merging, {.tiles = 1, .encoder_patches = 704},
	 448, 308, 1, 704, 0, 0.137984},
};
/* clang-format on */

static void near(const char *name, const char *what, double got, double want)
{
	if (got < want - 1e-9 || got > want + 1e-9)
		fail_msg("%s: %s %.9g, expected %.9g", name, what, got, want);
}

static void towers_are_fed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct model m = {.tower = rows[i].tower, .processor = rows[i].processor};
		struct vision_load load;

		vision_load(&m, &rows[i].count, rows[i].width, rows[i].height, &load);
		near(rows[i].name, "sequences", load.sequences, rows[i].sequences);
		near(rows[i].name, "patches", load.patches, rows[i].patches);
		near(rows[i].name, "windows", load.windows, rows[i].windows);
		near(rows[i].name, "megapixels", load.tile_mpx, rows[i].tile_mpx);
		near(rows[i].name, "positions", load.cross_positions, 0);
	}
}

/* Cross-attention: two tiles of 1,601 positions lie in a sequence with room for four; without a
 * number of tiles each is a sequence of its own. */
static void tile_slots_are_one_sequence(void **state)
{
	static const struct tower vit = {.positions = 1601, .patch = 14};
	static const struct processor *const without[] = {&tiling, NULL};
	struct model m = {
		.tower = &vit, .processor = &crossing, .cross_layers = 8, .cross_positions = 1601};
	struct count two = {.tiles = 2};
	struct vision_load load;

	(void)state;
	vision_load(&m, &two, 0, 0, &load);
	near("slots", "sequences", load.sequences, 1);
	near("slots", "patches", load.patches, 4 * 1601);
	near("slots", "positions", load.cross_positions, 2 * 1601);
	for (size_t i = 0; i < ARRAY_SIZE(without); i++) {
		m.processor = without[i];
		vision_load(&m, &two, 0, 0, &load);
		near("no slots", "sequences", load.sequences, 2);
		near("no slots", "patches", load.patches, 1601);
		near("no slots", "positions", load.cross_positions, 2 * 1601);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(towers_are_fed),
		cmocka_unit_test(tile_slots_are_one_sequence),
	};

	return cmocka_run_group_tests_name("vision_load", tests, NULL, NULL);
}
