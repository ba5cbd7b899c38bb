/* The image view: pixels are asked for once and only when shown; every size and extreme picture
 * stays in its frame. */
#include "tests/unit.h"

#include "view/preview.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"
#include "tests/shipped.h"

static struct state st;

static void start(const char *view)
{
	state_init(&st, &reg);
	st.width = 80;
	st.height = 24;
	assert_true(view_find(view, &st.view));
}

static struct picture_info picture_of(int64_t width, int64_t height)
{
	return (struct picture_info){.path = "scan.png",
				     .format = "PNG",
				     .width = width,
				     .height = height,
				     .raw_width = width,
				     .raw_height = height};
}

static bool asks(enum event_kind kind, const struct picture_info *p)
{
	struct wishes w;

	update(&st, &(struct event){.kind = kind, .width = 80, .height = 24, .picture = p}, &w);
	bool asked = w.pixels;
	return asked;
}

static void pixels_are_asked_for_once(void **state)
{
	(void)state;
	struct picture_info p = picture_of(640, 480);

	start("dashboard");
	assert_false(asks(EVENT_RESIZE, NULL));
	assert_false(asks(EVENT_FILE, &p)); /* sizes need no pixels */
	assert_true(view_find("image", &st.view));
	assert_true(asks(EVENT_RESIZE, NULL));
	assert_false(asks(EVENT_RESIZE, NULL));
	assert_true(asks(EVENT_FILE, &p)); /* another picture */
	start("image");
	assert_false(asks(EVENT_RESIZE, NULL)); /* none is open */
}

static void pixels_arrive(void **state)
{
	(void)state;
	static uint8_t rgb[3] = {10, 20, 30};
	static const struct raster raster = {1, 1, rgb};
	struct picture_info p = picture_of(640, 480);
	struct wishes w;

	start("image");
	asks(EVENT_FILE, &p);
	update(&st, &(struct event){.kind = EVENT_PIXELS, .text = "the decoder failed on it"}, &w);
	assert_string_equal(st.picture.pixels_error, "the decoder failed on it");
	assert_null(st.picture.pixels);
	update(&st, &(struct event){.kind = EVENT_PIXELS, .pixels = &raster}, &w);
	assert_ptr_equal(st.picture.pixels, &raster);
	assert_string_equal(st.picture.pixels_error, "");
	/* a picture that cannot be opened leaves the one that is */
	p.error[0] = 'x';
	asks(EVENT_FILE, &p);
	assert_ptr_equal(st.picture.pixels, &raster);
}

/* Header and footer rows keep what they had: the view writes between them alone. */
static void every_size_and_picture_stays_inside(void **state)
{
	(void)state;
	static const struct {
		int64_t w, h;
	} sizes[] = {{1, 1},       {1, 1000000000}, {1000000000, 1}, {1000000000, 1000000000},
		     {2480, 3508}, {7, 3}};
	static uint8_t rgb[4 * 3];
	static const struct raster raster = {2, 2, rgb};
	struct cells c;

	assert_true(cells_init(&c, 1, 1));
	for (size_t m = 0; m < reg.models_n; m += 3)
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			struct picture_info p = picture_of(sizes[i].w, sizes[i].h);
			start("image");
			st.req.setup.model = reg.models[m];
			if (!st.req.setup.model->processor)
				continue;
			asks(EVENT_FILE, &p);
			st.picture.pixels = i % 2 ? &raster : NULL;
			st.ascii = m % 2;
			for (int w = 1; w <= 130; w += 21)
				for (int h = 1; h <= 50; h += 7) {
					assert_true(cells_resize(&c, w, h));
					screen_draw(&c, &st);
					for (int k = 0; k < w * h; k++)
						if (st.ascii && c.cell[k].cp > 126)
							fail_msg("%s: U+%04X in ASCII",
								 reg.models[m]->id, c.cell[k].cp);
					if (h < 2)
						continue;
					for (int x = 0; x < w; x++)
						assert_int_equal(
							c.cell[x].paint |
								c.cell[(h - 1) * w + x].paint,
							0);
				}
		}
	cells_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pixels_are_asked_for_once),
		cmocka_unit_test(pixels_arrive),
		cmocka_unit_test(every_size_and_picture_stays_inside),
	};
	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
