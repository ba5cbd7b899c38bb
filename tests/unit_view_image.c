/* The image view: pixels are asked for once and only when shown; every size and extreme picture
 * stays in its frame. */
#include "tests/unit.h"

#include "image/decode.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/compare.h"
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

/* A photograph that lies on its side in its file: 4000 x 3000 stored, shown as 3000 x 4000. */
static struct picture_info lying(void)
{
	struct picture_info p = picture_of(3000, 4000);

	p.orientation = 6;
	p.raw_width = 4000;
	p.raw_height = 3000;
	return p;
}

/* As a talk does it. */
static void types(enum knob k, const char *value)
{
	struct request before = st.req;
	char error[KNOB_ERROR_SIZE];

	if (!knob_type(&st.req, &reg, k, value, error))
		fail_msg("%s: %s", value, error);
	turn_note(&st, &before, KNOB_N);
}

static void presses(uint32_t key)
{
	struct wishes w;

	update(&st, &(struct event){.kind = EVENT_KEY, .key = key}, &w);
}

static void assert_size(int64_t width, int64_t height)
{
	assert_int_equal(st.req.setup.width, width);
	assert_int_equal(st.req.setup.height, height);
}

/* Pictures in pixels lie inside the body, side by side, on blank cells; below them is an empty row
 * for the last band of sixels and the one that the terminal goes on to. Under a list there are
 * none. */
static void pixels_have_their_place(void **state)
{
	static const char *const models[] = {"qwen3-vl-8b", "llava-onevision-7b", "internvl3-8b"};
	struct picture_info p = picture_of(2480, 3508);
	struct cells c;
	int most = 0;

	(void)state;
	assert_true(cells_init(&c, 1, 1));
	for (size_t m = 0; m < ARRAY_SIZE(models); m++) {
		start("image");
		types(KNOB_MODEL, models[m]);
		asks(EVENT_FILE, &p);
		st.means = (struct picture_means){.ink = INK_PIXELS, .cell_w = 8, .cell_h = 17};
		for (st.image.look = 0; st.image.look < 3; st.image.look++)
			for (int w = 30; w <= 200; w += 17)
				for (int h = 8; h <= 60; h += 5) {
					assert_true(cells_resize(&c, w, h));
					screen_draw(&c, &st);
					most = c.pictures > most ? c.pictures : most;
					for (int i = 0; i < c.pictures; i++) {
						struct rect r = c.picture[i].at;

						assert_true(r.x >= 0 && r.y >= 1);
						assert_true(r.x + r.width <= w);
						assert_true(r.y + r.height <= h - 2);
						for (int k = 0; k < i; k++)
							assert_true(rect_empty(
								rect_cut(r, c.picture[k].at)));
						for (int y = r.y; y < r.y + r.height; y++)
							for (int x = r.x; x < r.x + r.width; x++)
								assert_int_equal(
									c.cell[y * w + x].cp, ' ');
					}
				}
		st.image.look = 0;
		st.overlay = OVERLAY_HELP;
		screen_draw(&c, &st);
		assert_int_equal(c.pictures, 0);
	}
	assert_int_equal(most, CELLS_PICTURES);
	cells_fini(&c);
}

static void who_counts_decides_how_it_lies(void **state)
{
	(void)state;
	struct picture_info p = lying();

	start("image");
	asks(EVENT_FILE, &p);
	assert_size(3000, 4000); /* vLLM turns it */
	types(KNOB_ENGINE, "sglang");
	assert_size(4000, 3000);
	types(KNOB_ORIENTATION, "apply");
	assert_size(3000, 4000);
	types(KNOB_ORIENTATION, "auto");
	types(KNOB_WIDTH, "2000");
	assert_size(2000, 1500);
	types(KNOB_ENGINE, "vllm"); /* what was made of it turns along */
	assert_size(1500, 2000);
	types(KNOB_ENGINE, "vllm@0.18");
	assert_size(2000, 1500);
	types(KNOB_MODEL, "gpt-4o"); /* closed models do not ask an engine */
	assert_size(1500, 2000);
	presses('u');
	assert_size(2000, 1500);
	presses('R');
	assert_size(3000, 4000);
	assert_ptr_equal(st.req.setup.engine, registry_engine(&reg, "vllm"));
	types(KNOB_ENGINE, "ollama");
	st.focus = KNOB_WIDTH;
	presses('r'); /* the size alone: as ollama sees it */
	assert_size(4000, 3000);
	types(KNOB_WIDTH, "640x480"); /* a size of one's own is nobody's to turn */
	types(KNOB_ENGINE, "vllm");
	assert_size(640, 480);
	types(KNOB_WIDTH, "4000x3000"); /* not even where it looks like the other one */
	types(KNOB_ENGINE, "ollama");
	assert_size(4000, 3000);
	asks(EVENT_FILE, &p);
	assert_size(4000, 3000);
	presses('u');
	presses('R');
	assert_size(3000, 4000);
}

static void a_file_that_is_read_again_lies_as_before(void **state)
{
	(void)state;
	struct picture_info p = lying(), upright = picture_of(3000, 4000);

	start("image");
	types(KNOB_ENGINE, "ollama");
	asks(EVENT_FILE, &p);
	asks(EVENT_REREAD, &p);
	assert_size(4000, 3000);
	assert_int_equal(st.start.setup.height, 4000); /* the start is vLLM's */
	asks(EVENT_REREAD, &upright);
	assert_size(3000, 4000);
}

/* The comparison asks each model. */
static void each_model_of_the_comparison_sees_its_own(void **state)
{
	(void)state;
	struct picture_info p = lying();
	struct compare_list *list = malloc(sizeof *list);
	int turned = 0, stored = 0;

	assert_non_null(list);
	start("compare");
	asks(EVENT_FILE, &p);
	compare_list(&st, list);
	for (int i = 0; i < list->n; i++) {
		struct compare_item item;

		compare_item(&st, &list->row[i], &item);
		bool is_upright = item.setup.width == 3000;
		if (item.subject.processor->hosted.vendor &&
		    strcmp(item.subject.processor->hosted.vendor, "Anthropic") == 0)
			assert_false(is_upright);
		else if (item.subject.model)
			assert_true(is_upright);
		turned += is_upright;
		stored += !is_upright;
	}
	if (turned < 100 || stored < 2)
		fail_msg("%d see it turned, %d as stored", turned, stored);
	free(list);
}

/* Stored pixels of 4 x 2 come back from the upright raster, whatever the orientation was. */
static void the_preview_shows_it_as_stored(void **state)
{
	(void)state;
	uint8_t kept[4 * 2 * 3], turned[4 * 2 * 3];
	struct cells c;

	for (size_t i = 0; i < sizeof kept; i++)
		kept[i] = (uint8_t)(i * 10);
	assert_true(cells_init(&c, 4, 1));
	for (int o = 1; o <= 8; o++) {
		struct raster upright = {o >= 5 ? 2 : 4, o >= 5 ? 4 : 2, turned};
		struct preview p = {.picture = &upright,
				    .width = 1,
				    .height = 1,
				    .cols = 1,
				    .rows = 1,
				    .orientation = o};

		decode_upright(kept, turned, o, upright.width, upright.height, 3);
		preview_draw(&c, (struct rect){0, 0, 4, 1}, &p);
		for (int x = 0; x < 4; x++) {
			const uint8_t *up = kept + x * 3, *down = kept + (4 + x) * 3;
			uint32_t a = (uint32_t)(up[0] << 16 | up[1] << 8 | up[2]);
			uint32_t b = (uint32_t)(down[0] << 16 | down[1] << 8 | down[2]);

			if (c.cell[x].paint != paint_rgb(a, b) &&
			    c.cell[x].paint != paint_rgb(b, a))
				fail_msg("orientation %d, column %d", o, x);
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
		cmocka_unit_test(pixels_have_their_place),
		cmocka_unit_test(who_counts_decides_how_it_lies),
		cmocka_unit_test(a_file_that_is_read_again_lies_as_before),
		cmocka_unit_test(each_model_of_the_comparison_sees_its_own),
		cmocka_unit_test(the_preview_shows_it_as_stored),
	};
	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
