/* Pixels to cells: places, colours, tiles, and nothing outside the rectangle. */
#include "tests/unit.h"

#include "base/strbuf.h"
#include "view/preview.h"

static uint8_t pixels[4 * 4 * 3];
static const struct raster picture = {4, 4, pixels};

/* Left half white, right half black, the lower half of each red and blue. */
static void paint(void)
{
	for (int y = 0; y < 4; y++)
		for (int x = 0; x < 4; x++) {
			static const uint8_t colours[4][3] = {
				{255, 255, 255}, {0, 0, 0}, {255, 0, 0}, {0, 0, 255}};
			memcpy(pixels + (y * 4 + x) * 3, colours[(y / 2) * 2 + x / 2], 3);
		}
}

static void pictures_keep_their_shape(void **state)
{
	(void)state;
	static const struct {
		struct rect room;
		double w, h;
		int x, y, width, height;
	} t[] = {
		{{0, 0, 80, 20}, 1000, 1000, 20, 0, 40, 20},
		{{5, 3, 80, 20}, 4000, 1000, 5, 8, 80, 10},
		{{0, 0, 80, 20}, 1, 100000, 39, 0, 1, 20},
		{{0, 0, 80, 20}, 100000, 1, 0, 9, 80, 1},
		{{0, 0, 1, 1}, 3, 2, 0, 0, 1, 1},
		{{0, 0, 0, 9}, 3, 2, 0, 0, 0, 0},
		{{0, 0, 9, 9}, 0, 2, 0, 0, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct rect r = preview_fit(t[i].room, t[i].w, t[i].h, 2);
		assert_int_equal(r.x, t[i].x);
		assert_int_equal(r.y, t[i].y);
		assert_int_equal(r.width, t[i].width);
		assert_int_equal(r.height, t[i].height);
	}
}

static void two_pixels_share_a_cell(void **state)
{
	(void)state;
	struct cells c;
	const struct preview p = {
		.picture = &picture, .width = 1, .height = 1, .cols = 1, .rows = 1};

	assert_true(cells_init(&c, 4, 3));
	preview_draw(&c, (struct rect){1, 1, 2, 1}, &p);
	assert_int_equal(c.cell[4 + 1].cp, 0x2580);
	assert_int_equal(c.cell[4 + 1].paint, paint_rgb(0xffffff, 0xff0000));
	assert_int_equal(c.cell[4 + 2].cp,
			 0x2584); /* the brighter half is ink: as text it is still a picture */
	assert_int_equal(c.cell[4 + 2].paint, paint_rgb(0x0000ff, 0x000000));
	for (int i = 0; i < 12; i++)
		if (i != 5 && i != 6)
			assert_true(c.cell[i].paint == 0 && c.cell[i].cp == ' ');
	cells_fini(&c);
}

static void expect_text(const struct preview *p, bool ascii, struct rect r, const char *expected)
{
	struct cells c;
	struct strbuf sb;

	assert_true(cells_init(&c, 8, 4));
	c.ascii = ascii;
	preview_draw(&c, r, p);
	strbuf_init(&sb);
	cells_to_text(&c, &sb);
	assert_string_equal(strbuf_text(&sb), expected);
	strbuf_fini(&sb);
	cells_fini(&c);
}

static void ink_stands_for_light(void **state)
{
	(void)state;
	struct preview p = {.picture = &picture,
			    .width = 1,
			    .height = 1,
			    .cols = 1,
			    .rows = 1,
			    .is_mono = true};
	const struct rect all = {0, 0, 4, 2};

	expect_text(&p, true, all, "@@\n,,..\n\n\n");
	expect_text(&p, false, all, "██\n░░::\n\n\n");
	p.is_light = true;
	expect_text(&p, true, all, "  @@\n%%##\n\n\n");
	/* padding at the right half */
	p = (struct preview){.picture = &picture,
			     .width = 0.5,
			     .height = 1,
			     .cols = 1,
			     .rows = 1,
			     .is_mono = true};
	expect_text(&p, true, all, "@ ,,\n,.,,\n\n\n");
}

/* Greys from black to white, without a colour. */
static void there_are_eight_shades(void **state)
{
	(void)state;
	static const uint8_t greys[8] = {0, 8, 20, 41, 64, 128, 191, 255};
	uint8_t rgb[8 * 3];
	const struct raster ramp = {.width = 8, .height = 1, .rgb = rgb};
	struct preview p = {
		.picture = &ramp, .width = 1, .height = 1, .cols = 1, .rows = 1, .is_mono = true};
	struct cells c;

	for (int i = 0; i < 24; i++)
		rgb[i] = greys[i / 3];
	assert_true(cells_init(&c, 8, 1));
	preview_draw(&c, (struct rect){0, 0, 8, 1}, &p);
	for (int i = 0; i < 8; i++)
		for (int k = 0; k < i; k++)
			assert_int_not_equal(c.cell[i].cp, c.cell[k].cp);
	assert_int_equal(c.cell[0].cp, ' ');
	assert_int_equal(c.cell[7].cp, 0x2588);
	cells_fini(&c);
}

static void tiles_have_borders(void **state)
{
	(void)state;
	const struct preview p = {.width = 1, .height = 1, .cols = 2, .rows = 1, .is_mono = true};

	expect_text(&p, true, (struct rect){0, 0, 8, 4},
		    ";;;;|;;;\n;;;;|;;;\n;;;;|;;;\n;;;;|;;;\n");
	/* no room for lines: every second tile is darker */
	const struct preview dense = {
		.width = 1, .height = 1, .cols = 4, .rows = 2, .is_mono = true};
	expect_text(&dense, true, (struct rect){0, 0, 8, 4},
		    ";;::;;::\n;;::;;::\n::;;::;;\n::;;::;;\n");
	/* not even for that */
	const struct preview many = {
		.width = 1, .height = 1, .cols = 9, .rows = 9, .is_mono = true};
	expect_text(&many, true, (struct rect){0, 0, 4, 2}, ";;;;\n;;;;\n\n\n");
}

static void tokens_alternate_where_they_can_be_seen(void **state)
{
	(void)state;
	struct cells c;
	struct preview p = {
		.width = 1, .height = 1, .cols = 1, .rows = 1, .token_w = 0.25, .token_h = 0.5};
	const struct rect r = {0, 0, 8, 4};

	assert_true(cells_init(&c, 8, 4));
	assert_true(preview_shows_tokens(&c, r, &p));
	preview_draw(&c, r, &p);
	assert_int_equal(c.cell[0].paint, c.cell[1].paint);
	assert_int_not_equal(c.cell[1].paint, c.cell[2].paint);
	assert_int_equal(c.cell[0].paint, c.cell[2 * 8 + 2].paint);
	p.token_w = 0.01;
	assert_false(preview_shows_tokens(&c, r, &p));
	p.token_w = 0;
	assert_false(preview_shows_tokens(&c, r, &p));
	cells_fini(&c);
}

/* Rectangles beyond the screen and empty ones: nothing is written outside the clip. */
static void nothing_outside(void **state)
{
	(void)state;
	struct cells c;
	const struct preview p = {.picture = &picture,
				  .x = 0.1,
				  .y = 0.2,
				  .width = 0.5,
				  .height = 0.5,
				  .cols = 3,
				  .rows = 2,
				  .token_w = 0.3,
				  .token_h = 0.3};

	assert_true(cells_init(&c, 6, 4));
	struct rect old = cells_clip(&c, (struct rect){1, 1, 3, 2});
	preview_draw(&c, (struct rect){-5, -7, 60, 40}, &p);
	preview_draw(&c, (struct rect){2, 2, 0, 5}, &p);
	preview_draw(&c, (struct rect){2, 2, 5, -1}, &p);
	cells_unclip(&c, old);
	for (int y = 0; y < 4; y++)
		for (int x = 0; x < 6; x++)
			if (!rect_has((struct rect){1, 1, 3, 2}, x, y))
				assert_true(c.cell[y * 6 + x].paint == 0 &&
					    c.cell[y * 6 + x].cp == ' ');
	cells_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_keep_their_shape),
		cmocka_unit_test(two_pixels_share_a_cell),
		cmocka_unit_test(ink_stands_for_light),
		cmocka_unit_test(there_are_eight_shades),
		cmocka_unit_test(tiles_have_borders),
		cmocka_unit_test(tokens_alternate_where_they_can_be_seen),
		cmocka_unit_test(nothing_outside),
	};
	paint();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
