/* Pictures as bytes for terminals: what a terminal makes of them, read by decoders of this file's
 * own, are the pixels that went in; and the glyphs that cells draw them with. */
#include "tests/unit.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "draw/blocks.h"
#include "draw/kitty.h"
#include "draw/palette.h"
#include "draw/sixel.h"
#include "tests/picture_bytes.h"
#include "tests/random.h"

static void fill_random(struct shot *s, int width, int height)
{
	s->width = width;
	s->height = height;
	for (int i = 0; i < width * height * 3; i++)
		s->rgb[i] = (uint8_t)next();
}

/* ------------------------------------------------------------ kitty */

static void kitty_gets_every_pixel(void **state)
{
	static const struct {
		int w, h;
	} sizes[] = {{1, 1}, {2, 1}, {3, 5}, {32, 32}, {33, 31}, {199, 150}};
	static struct shot in, out;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct strbuf sb;

		fill_random(&in, sizes[i].w, sizes[i].h);
		strbuf_init(&sb);
		kitty_picture(&sb,
			      &(struct kitty_picture){7, in.rgb, in.width, in.height, 9, 4, 1});
		const char *end = shot_kitty(strbuf_text(&sb), &out);
		assert_non_null(end);
		assert_int_equal(*end, '\0');
		assert_int_equal(out.width, in.width);
		assert_int_equal(out.height, in.height);
		assert_memory_equal(out.rgb, in.rgb, (size_t)(in.width * in.height * 3));
		/* shown at once, in RGB, over so many cells, above; nothing is answered and the
		 * cursor stays */
		assert_non_null(strstr(out.keys, ",a=T"));
		assert_int_equal(shot_key(out.keys, ",f="), 24);
		assert_int_equal(shot_key(out.keys, ",i="), 7);
		assert_int_equal(shot_key(out.keys, ",c="), 9);
		assert_int_equal(shot_key(out.keys, ",r="), 4);
		assert_int_equal(shot_key(out.keys, ",z="), 1);
		assert_int_equal(shot_key(out.keys, ",C="), 1);
		assert_int_equal(shot_key(out.keys, ",q="), 2);
		strbuf_fini(&sb);
	}
}

static void kitty_deletes_by_id(void **state)
{
	struct strbuf sb;

	(void)state;
	strbuf_init(&sb);
	kitty_delete(&sb, 4294967295u);
	assert_string_equal(strbuf_text(&sb), "\033_Ga=d,d=I,i=4294967295,q=2\033\\");
	strbuf_fini(&sb);
}

/* ------------------------------------------------------------ sixel */

static int worst_off(const struct shot *a, const struct shot *b)
{
	int worst = 0;

	for (int i = 0; i < a->width * a->height * 3; i++) {
		int off = abs(a->rgb[i] - b->rgb[i]);

		worst = off > worst ? off : worst;
	}
	return worst;
}

static int through_sixel(const struct shot *in, struct shot *out, int registers)
{
	struct strbuf sb;

	strbuf_init(&sb);
	assert_true(sixel_picture(&sb, in->rgb, in->width, in->height, registers));
	const char *end = shot_sixels(strbuf_text(&sb), out);

	assert_non_null(end);
	assert_int_equal(*end, '\0');
	strbuf_fini(&sb);
	assert_int_equal(out->width, in->width);
	assert_int_equal(out->height, in->height);
	for (int i = 0; i < in->width * in->height; i++)
		assert_true(out->is_set[i]);
	return out->registers;
}

/* As many colours as there are registers come back to the percent that a register holds. */
static void sixel_keeps_few_colours(void **state)
{
	static const struct {
		int w, h;
	} sizes[] = {{1, 1}, {7, 1}, {1, 7}, {40, 6}, {41, 13}, {200, 60}};
	static struct shot in, out;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		in.width = sizes[i].w;
		in.height = sizes[i].h;
		for (int k = 0; k < in.width * in.height; k++) {
			uint8_t grey = (uint8_t)(next() % 16 * 16);

			in.rgb[k * 3] = grey;
			in.rgb[k * 3 + 1] = (uint8_t)(255 - grey);
			in.rgb[k * 3 + 2] = grey / 2;
		}
		assert_true(through_sixel(&in, &out, 16) <= 16);
		assert_true(worst_off(&in, &out) <= 2);
	}
}

/* More colours than registers: a slope of two channels has 4,096, and no pixel is off by more than
 * a box of it is wide. */
static void sixel_comes_near_many_colours(void **state)
{
	static struct shot in, out;

	(void)state;
	in.width = in.height = 128;
	for (int y = 0; y < 128; y++)
		for (int x = 0; x < 128; x++) {
			uint8_t *rgb = in.rgb + (y * 128 + x) * 3;

			rgb[0] = (uint8_t)(x * 2);
			rgb[1] = (uint8_t)(y * 2);
			rgb[2] = 128;
		}
	assert_true(through_sixel(&in, &out, 1000) <= PALETTE_MOST);
	assert_true(worst_off(&in, &out) <= 17);
	assert_true(through_sixel(&in, &out, 16) <= 16);
	assert_true(worst_off(&in, &out) <= 66);
	fill_random(&in, 150, 150);
	assert_true(through_sixel(&in, &out, 2) <= 2);
}

/* ------------------------------------------------------------ cells */

/* Which samples of a cell the glyph inks, by Unicode's names of them. */
static unsigned inked(uint32_t cp, enum picture_ink ink)
{
	static const struct {
		uint32_t cp;
		unsigned quadrants; /* UL 1, UR 2, LL 4, LR 8 */
	} names[] = {{' ', 0},     {0x2598, 1},  {0x259d, 2},  {0x2580, 3},
		     {0x2596, 4},  {0x258c, 5},  {0x259e, 6},  {0x259b, 7},
		     {0x2597, 8},  {0x259a, 9},  {0x2590, 10}, {0x259c, 11},
		     {0x2584, 12}, {0x2599, 13}, {0x259f, 14}, {0x2588, 15}};

	if (ink == INK_SEXTANTS) {
		/* BLOCK SEXTANT-1 is U+1FB00; 135 and 246 are the left and the right half */
		unsigned bits = cp - 0x1fb00 + 1;

		if (cp == ' ' || cp == 0x2588)
			return cp == ' ' ? 0 : 63;
		if (cp == 0x258c || cp == 0x2590)
			return cp == 0x258c ? 21 : 42;
		bits += bits >= 21;
		return bits + (bits >= 42);
	}
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].cp == cp)
			return ink == INK_QUADRANTS
				       ? names[i].quadrants
				       : (names[i].quadrants & 1) | (names[i].quadrants >> 1 & 2);
	fail_msg("U+%04X", (unsigned)cp);
	return 0;
}

/* Two colours in any pattern come back as they are. */
static void cells_show_two_colours(void **state)
{
	static const uint32_t bright = 0xf8f800, dark = 0x000080;
	struct cells c;

	(void)state;
	assert_true(cells_init(&c, 1, 1));
	for (enum picture_ink ink = INK_HALVES; ink <= INK_SEXTANTS; ink++) {
		struct blocks_shape s = blocks_shape(ink);
		int n = s.cols * s.rows;

		for (unsigned mask = 0; mask < 1u << n; mask++) {
			uint32_t samples[BLOCKS_MOST] = {0};

			for (int i = 0; i < n; i++)
				samples[i] = mask >> i & 1 ? bright : dark;
			blocks_put(&c, 0, 0, ink, samples);
			unsigned got = inked(c.cell->cp, ink);
			bool is_even = mask == 0 || mask == (1u << n) - 1;

			if (got != mask)
				fail_msg("ink %d: %x drawn as %x", ink, mask, got);
			if (!is_even)
				assert_int_equal(c.cell->paint, paint_rgb(bright, dark));
			else
				assert_int_equal(c.cell->paint, paint_rgb(samples[0], samples[0]));
		}
	}
	cells_fini(&c);
}

/* More than two are parted where they differ most. */
static void cells_part_colours_in_two(void **state)
{
	static const uint32_t samples[BLOCKS_MOST] = {0xf0f0f0, 0xe0e0e0, 0x101010,
						      0xe8e8e8, 0x000000, 0x080808};
	struct cells c;

	(void)state;
	assert_true(cells_init(&c, 1, 1));
	blocks_put(&c, 0, 0, INK_SEXTANTS, samples);
	assert_int_equal(inked(c.cell->cp, INK_SEXTANTS), 1 | 2 | 8);
	assert_int_equal(c.cell->paint, paint_rgb(0xe8e8e8, 0x080808));
	cells_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kitty_gets_every_pixel),
		cmocka_unit_test(kitty_deletes_by_id),
		cmocka_unit_test(sixel_keeps_few_colours),
		cmocka_unit_test(sixel_comes_near_many_colours),
		cmocka_unit_test(cells_show_two_colours),
		cmocka_unit_test(cells_part_colours_in_two),
	};

	random_begin(NULL);
	return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
