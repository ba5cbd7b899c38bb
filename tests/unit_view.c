/* Knobs, keys, undo, overlays and exports: the state after keys, without a screen. */
#include "tests/unit.h"

#include <math.h>

#include "base/str.h"
#include "draw/axis.h"
#include "draw/stand_in.h"
#include "registry/registry.h"
#include "state/keymap.h"
#include "state/knobs.h"
#include "state/turn.h"
#include "view/bars.h"
#include "view/chart.h"
#include "view/chart_stack.h"
#include "view/command.h"
#include "view/export.h"
#include "view/export_svg.h"
#include "view/overlay.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"
#include "view/widget.h"
#include "tests/shipped.h"

static struct wishes wishes;

static void press(struct state *st, const char *words)
{
	char text[256];

	str_format(text, sizeof text, "%s", words);
	for (char *rest = text, *word = strtok_r(rest, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		struct event ev = {.kind = EVENT_KEY};

		assert_true(event_key_parse(word, &ev.key));
		update(st, &ev, &wishes);
	}
}

static void start_is_as_promised(void **state)
{
	(void)state;
	struct state st;
	state_init(&st, &reg);
	const struct setup *s = &st.req.setup;

	assert_string_equal(s->model->id, "qwen3-vl-8b");
	assert_string_equal(s->hardware->id, "h100-sxm");
	assert_string_equal(s->engine->id, "vllm");
	assert_int_equal(s->lens, LENS_EXACT);
	assert_true(s->width == 1024 && s->height == 1024 && s->images == 1);
	assert_true(s->text_tokens == 512 && s->reserve_tokens == 1024 && s->tensor_parallel == 1);
	assert_int_equal(st.focus, KNOB_WIDTH);
	assert_true(st.req.aspect_lock);
}

static void typed_values(void **state)
{
	(void)state;
	static const struct {
		enum knob knob;
		const char *text;
		bool good;
		int64_t width_or_value, height; /* height 0: not looked at */
	} t[] = {
		{KNOB_WIDTH, "1080p", true, 1920, 1080},
		{KNOB_WIDTH, "4032x3024", true, 4032, 3024},
		{KNOB_WIDTH, "A4@300", true, 2480, 3508},
		{KNOB_HEIGHT, "a4@150", true, 1240, 1754},
		{KNOB_WIDTH, "4k", true, 3840, 2160},
		{KNOB_WIDTH, "1,920", true, 1920, 1920},
		{KNOB_WIDTH, "Letter@300", true, 2550, 3300},
		{KNOB_WIDTH, "1", true, 1, 1},
		{KNOB_WIDTH, "0", false, 0, 0},
		{KNOB_WIDTH, "-5x10", false, 0, 0},
		{KNOB_WIDTH, "99999999999x1", false, 0, 0},
		{KNOB_WIDTH, "wide", false, 0, 0},
		{KNOB_WIDTH, "A4@", false, 0, 0},
		{KNOB_WIDTH, "A4@300x", false, 0, 0},
		{KNOB_WIDTH, "50%", true, 512, 512},
		{KNOB_HEIGHT, "12.5 %", true, 128, 128},
		{KNOB_WIDTH, "0%", false, 0, 0},
		{KNOB_WIDTH, "%", false, 0, 0},
		{KNOB_CONTEXT, "50%", true, 131072, 0},
		{KNOB_TEXT, "25%", true, 65536, 0},
		{KNOB_IMAGES, "50%", false, 0, 0},
		{KNOB_CONTEXT, "32k", true, 32768, 0},
		{KNOB_CONTEXT, "4096", true, 4096, 0},
		{KNOB_CONTEXT, "0", false, 0, 0},
		{KNOB_TEXT, "4k", true, 4000, 0},
		{KNOB_TEXT, "0", true, 0, 0},
		{KNOB_GRID, "auto", true, 0, 0},
		{KNOB_GRID, "10", false, 0, 0},
		{KNOB_TP, "8", true, 8, 0},
		{KNOB_TP, "1025", false, 0, 0},
		{KNOB_KV, "fp8", true, DTYPE_FP8, 0},
		{KNOB_KV, "q4_k_m", false, 0, 0},
		{KNOB_WEIGHTS, "int4", true, DTYPE_INT4, 0},
		{KNOB_LENS, "formula", true, LENS_FORMULA, 0},
		{KNOB_LENS, "both", false, 0, 0},
		{KNOB_HARDWARE, "nothing", false, 0, 0},
		{KNOB_IMAGES, "1e999", false, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct state st;
		char error[96] = "";

		state_init(&st, &reg);
		if (t[i].knob >= KNOB_GRID && t[i].knob <= KNOB_PATCH)
			st.req.setup.lens = LENS_FORMULA; /* every knob is live there */
		bool good = knob_type(&st.req, &reg, t[i].knob, t[i].text, error);

		if (good != t[i].good)
			print_message("\"%s\": %s\n", t[i].text, error);
		assert_int_equal(good, t[i].good);
		if (!good) {
			assert_true(error[0] != '\0');
			continue;
		}
		bool is_size = t[i].knob == KNOB_WIDTH || t[i].knob == KNOB_HEIGHT;

		assert_int_equal(knob_number(&st.req, is_size ? KNOB_WIDTH : t[i].knob),
				 t[i].width_or_value);
		if (t[i].height)
			assert_int_equal(st.req.setup.height, t[i].height);
	}
}

static void steps_stay_on_the_grid_and_in_range(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	state_size(&st, 1000, 500);
	press(&st, "Right");
	assert_int_equal(st.req.setup.width,
			 1024); /* the next multiple of 32, this model's token */
	assert_int_equal(st.req.setup.height, 512);
	press(&st, "Left Left");
	assert_int_equal(st.req.setup.width, 960);
	for (enum knob k = 0; k < KNOB_N; k++)
		for (int dir = -1; dir <= 1; dir += 2) {
			struct state turned = st;

			turned.req.setup.lens = LENS_FORMULA;
			for (int i = 0; i < 300; i++)
				turn_knob(&turned, k, dir, i % 3 == 2);
			assert_true(turned.req.setup.width >= 1 &&
				    turned.req.setup.width <= SIDE_MAX);
			assert_true(turned.req.setup.height >= 1 &&
				    turned.req.setup.tensor_parallel >= 1);
			assert_true(turned.req.setup.tensor_parallel <= RANKS_MOST &&
				    turned.req.setup.images >= 0);
			assert_true(turned.req.setup.knobs.grid_k >= 0 &&
				    turned.req.setup.knobs.grid_k <= 9);
			assert_true(request_patch(&turned.req) >= 1 &&
				    request_merge(&turned.req) >= 1);
			assert_non_null(turned.req.setup.model);
		}
}

/* A lock keeps the aspect it was set at, however often rounding happened on the way. */
static void the_locked_aspect_does_not_drift(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	state_size(&st, 1920, 1080);
	for (int i = 0; i < 200; i++)
		press(&st, i % 7 < 4 ? "Right" : "Left");
	press(&st, "R");
	state_size(&st, 1920, 1080);
	press(&st, "Right Left");
	assert_true(st.req.setup.width == 1920 && st.req.setup.height == 1080);
	press(&st, "L Down Right"); /* free: the height alone */
	assert_int_equal(st.req.setup.width, 1920);
	assert_int_equal(st.req.setup.height, 1088);
}

static void undo_takes_runs_of_steps_together(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	press(&st, "Right Right Right Down Down Right Right");
	int64_t width = st.req.setup.width, images = st.req.setup.images;

	assert_true(width > 1024 && images > 1);
	press(&st, "u");
	assert_true(st.req.setup.images == 1 && st.req.setup.width == width);
	press(&st, "u");
	assert_int_equal(st.req.setup.width, 1024);
	press(&st, "u");
	assert_true(st.message[0] != '\0');
	press(&st, "U U");
	assert_true(st.req.setup.images == images && st.req.setup.width == width);
	press(&st, "r"); /* the number of images */
	assert_true(st.req.setup.images == 1 && st.undo_n == 3);
	press(&st, "r x x u u"); /* what is as it was is nothing to undo */
	assert_int_equal(st.undo_n, 3);
	press(&st, "R R");
	assert_int_equal(st.undo_n, 4);
	for (int i = 0; i < 3 * UNDO_MAX; i++)
		press(&st, "x");
	for (int i = 0; i < 4 * UNDO_MAX; i++)
		press(&st, "u");
	for (int i = 0; i < 4 * UNDO_MAX; i++)
		press(&st, "U");
}

/* The lock is a turn like any other: undone by itself, and no run of steps goes on across it. */
static void undo_knows_the_lock(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	state_size(&st, 1024, 768);
	press(&st, "Right L");
	int64_t width = st.req.setup.width;

	press(&st, "u");
	assert_true(st.req.aspect_lock && st.req.setup.width == width);
	assert_non_null(strstr(st.message, "aspect locked"));
	press(&st, "U");
	assert_false(st.req.aspect_lock);
	assert_non_null(strstr(st.message, "aspect free"));
	press(&st, "Right u");
	assert_true(!st.req.aspect_lock && st.req.setup.width == width);
}

/* What is taken again as it is makes no entry and leaves what redo has. */
static void taking_the_same_again_is_no_turn(void **state)
{
	static const char *const same[] = {"g Enter", "Enter 1 0 2 4 Enter", "m Enter"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(same); i++) {
		struct state st;

		state_init(&st, &reg);
		state_size(&st, 1000, 700);
		press(&st, "Right");
		assert_int_equal(st.req.setup.width, 1024);
		press(&st, same[i]);
		press(&st, "u");
		assert_int_equal(st.req.setup.width, 1000);
		press(&st, i == 1 ? "Enter 1 0 0 0 Enter U" : "g Enter U");
		assert_int_equal(st.req.setup.width, 1024);
	}
}

/* Of the size before there is no way back to under the name of the new picture. */
static void a_picture_begins_the_history_anew(void **state)
{
	struct picture_info phone = {.path = "phone.png", .width = 1170, .height = 2532};
	struct picture_info gone = {.path = "gone.png", .error = "gone.png: no such file"};
	struct state st;
	struct wishes w;

	(void)state;
	state_init(&st, &reg);
	press(&st, "Right u Right");
	update(&st, &(struct event){.kind = EVENT_FILE, .picture = &gone}, &w);
	assert_int_equal(st.undo_n, 1);
	update(&st, &(struct event){.kind = EVENT_FILE, .picture = &phone}, &w);
	press(&st, "u");
	assert_int_equal(st.req.setup.width, 1170);
	assert_non_null(strstr(st.message, "since the picture was opened"));
	press(&st, "U Right u");
	assert_int_equal(st.req.setup.width, 1170);
}

/* The key that types the budget takes the focus, and Esc gives it back. */
static void typing_the_budget_gives_the_focus_back(void **state)
{
	static const char *const left[] = {"v Esc", "v Enter", "v Space Enter"};
	struct state st;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(left); i++) {
		state_init(&st, &reg);
		press(&st, left[i]);
		assert_int_equal(st.focus, KNOB_WIDTH);
	}
	press(&st, "v 5 0 0 Enter Esc");
	assert_int_equal(st.focus, KNOB_BUDGET);
	press(&st, "Enter Esc"); /* it stood there already */
	assert_int_equal(st.focus, KNOB_BUDGET);
}

/* Beyond the end of a knob's steps the most is no less, nor the least more. */
static void ends_never_turn_round(void **state)
{
	static const struct {
		enum knob knob;
		const char *typed, *key;
	} rows[] = {
		{KNOB_WIDTH, "8000x6000", "End"},
		{KNOB_WIDTH, "8x8", "Home"},
		{KNOB_IMAGES, "500", "End"},
		{KNOB_TEXT, "500000", "End"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct state st;
		char error[KNOB_ERROR_SIZE];

		state_init(&st, &reg);
		st.focus = rows[i].knob;
		assert_true(knob_type(&st.req, &reg, st.focus, rows[i].typed, error));
		int64_t v = knob_number(&st.req, st.focus);

		press(&st, rows[i].key);
		assert_int_equal(knob_number(&st.req, st.focus), v);
	}
}

/* One knob goes back to what all of them go back to, and alone. */
static void a_reset_knob_is_as_the_start_had_it(void **state)
{
	static const struct {
		enum knob knob;
		const char *start, *turned;
	} rows[] = {
		{KNOB_RENT, "2.5", "4"},
		{KNOB_CONTEXT, "8192", "16384"},
		{KNOB_MAX_PIXELS, "1M", "2M"},
		{KNOB_MERGE, "4", "3"},
	};
	struct state st;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		enum knob k = rows[i].knob;
		char error[KNOB_ERROR_SIZE];

		state_init(&st, &reg);
		knob_free(&st.req, k, true);
		assert_true(knob_type(&st.req, &reg, k, rows[i].start, error));
		state_settle(&st);
		int64_t v = knob_number(&st.req, k);

		assert_true(knob_type(&st.req, &reg, k, rows[i].turned, error));
		assert_int_not_equal(knob_number(&st.req, k), v);
		turn_reset(&st, k);
		assert_int_equal(knob_number(&st.req, k), v);
		assert_true(knob_is_freed(&st.req, k));
	}
	state_init(&st, &reg);
	state_size(&st, 1000, 700);
	state_settle(&st);
	press(&st, "L Down Right Up Right");
	int64_t height = st.req.setup.height;

	assert_int_not_equal(height, 700);
	press(&st, "r");
	assert_true(st.req.setup.width == 1000 && st.req.setup.height == height);
}

/* The last rows stay at the end of the box, and a step back moves them at once. */
static void text_scrolls_to_its_end(void **state)
{
	static const char *const opened[] = {"?", "? / e", "5 s"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(opened); i++) {
		struct state st;

		state_init(&st, &reg);
		press(&st, opened[i]);
		press(&st, "End");
		int end = st.scroll;

		assert_true(end > 0 && end < 100);
		press(&st, "PgDn Down");
		assert_int_equal(st.scroll, end);
		press(&st, "Up");
		assert_int_equal(st.scroll, end - 1);
	}
}

/* "=" where two numbers look alike, and a factor where they do not, as near as they may be. */
static void equal_is_what_looks_alike(void **state)
{
	static const struct {
		double now, pinned;
		const char *said;
	} rows[] = {
		{259722, 259838,
		 "\xc3\x97"
		 "1.00"},
		{259722, 259722, "="},
		{519444, 259722,
		 "\xc3\x97"
		 "2.00"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct value now = value_number(rows[i].now), pinned = value_number(rows[i].pinned);
		char text[UNIT_TEXT];
		unsigned style;

		assert_string_equal(widget_factor_of(text, Q_TEXT_LEFT, &now, &pinned, &style),
				    rows[i].said);
	}
}

/* The key D shows a figure, and again the chart that was there. */
static void the_figure_goes_as_it_came(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	press(&st, "2 D");
	assert_true(st.metric == Q_TTFT && st.chart.has_parts && !st.log_axis);
	press(&st, "u D");
	assert_true(st.metric == Q_VISUAL && !st.chart.has_parts && st.log_axis);
	assert_true(st.chart.least == 0 && st.chart.most == 0);
	press(&st, "i D i D");
	assert_false(st.log_axis);
}

static void fixed_knobs_say_why_and_can_be_freed(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	st.focus = KNOB_POOL;
	assert_non_null(knob_fixed(&st.req, KNOB_POOL));
	static const char *const keys[] = {"Right", "PgDn", "Home", "End"};
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		press(&st, keys[i]);
		assert_true(str_casestr(st.message, "fixed") != NULL);
		assert_false(request_modified(&st.req));
	}
	press(&st, "F Right");
	assert_null(knob_fixed(&st.req, KNOB_POOL));
	assert_true(request_modified(&st.req));
	press(&st, "r");
	assert_false(request_modified(&st.req));
	press(&st, "x Right"); /* lens formula: every knob is live and nothing is a checkpoint's */
	assert_false(request_modified(&st.req));
}

/* The curves depend on the aspect and not on the width: few bytes a key, and nothing jumps. */
static void curves_do_not_follow_the_width(void **state)
{
	(void)state;
	static struct chart before, after;
	struct state st;
	struct frame f;

	state_init(&st, &reg);
	state_size(&st, 1920, 1080);
	for (size_t m = 0; quantity_metric(m); m++)
		for (int lens = 0; lens < LENS_N; lens++) {
			struct state wider = st;

			assert_true(quantity_find_metric(quantity_metric(m), &wider.metric));
			st.metric = wider.metric;
			wider.req.setup.lens = st.req.setup.lens = (enum lens)lens;
			press(&wider, "Right Right PgUp");
			frame_init(&f, &st);
			chart_init(&before, &f, 80);
			frame_init(&f, &wider);
			chart_init(&after, &f, 80);
			assert_int_equal(before.n, after.n);
			assert_true(before.low == after.low &&
				    before.high == after.high); /* exact: the same input */
			for (int i = 0; i < before.n; i++)
				for (int k = 0; k < before.curves[i].n; k++)
					assert_true(before.curves[i].points[k].y ==
						    after.curves[i].points[k].y);
		}
}

static void the_chart_has_the_promised_curves(void **state)
{
	(void)state;
	static struct chart ch;
	struct state st;
	struct frame f;

	state_init(&st, &reg);
	frame_init(&f, &st);
	chart_init(&ch, &f, 80);
	assert_int_equal(ch.n, 4);
	press(&st, "m i n t e r n v l 3 - 8 b Enter");
	assert_string_equal(st.req.setup.model->id, "internvl3-8b");
	frame_init(&f, &st);
	chart_init(&ch, &f, 80);
	assert_int_equal(ch.n, 5);
	assert_true(ch.curves[4].is_selected);
	/* the growth figure of the textbook: k = 3, SMS = 2, pooling = 2 */
	press(&st, "x");
	st.req.setup.model = registry_model(&reg, "llava-1.5-7b");
	frame_init(&f, &st);
	chart_init(&ch, &f, 80);
	assert_int_equal(ch.n, 4);
	assert_int_equal(request_merge(&st.req), 2);
	assert_int_equal(request_pool(&st.req), 2);
	for (int i = 0; i < ch.n; i++)
		for (int k = 0; k < i; k++)
			assert_true(ch.curves[i].glyph != ch.curves[k].glyph &&
				    ch.curves[i].style != ch.curves[k].style);
}

static bool is_shown(const struct state *st, const char *text)
{
	struct strbuf out;
	struct cells c;

	strbuf_init(&out);
	assert_true(cells_init(&c, 120, 40));
	screen_draw(&c, st);
	cells_to_text(&c, &out);
	bool found = strstr(strbuf_text(&out), text) != NULL;

	cells_fini(&c);
	strbuf_fini(&out);
	return found;
}

static void rows_that_are_marked_are_the_curves(void **state)
{
	(void)state;
	static struct chart ch;
	struct state st;
	struct frame f;

	state_init(&st, &reg);
	st.width = 120, st.height = 40;
	press(&st, "3 / i n t e r n v l 3 - 8 b Enter Home Space");
	assert_int_equal(st.charted.n, 1);
	press(&st, "/ Esc / g e m m a - 3 - 4 b Enter Home Space 2");
	frame_init(&f, &st);
	chart_init(&ch, &f, 80);
	assert_int_equal(ch.n, 3); /* and the present model */
	assert_string_equal(ch.curves[0].id, "internvl3-8b");
	assert_string_equal(ch.curves[1].id, "gemma-3-4b");
	assert_string_equal(ch.curves[2].id, "qwen3-vl-8b");
	assert_true(ch.curves[2].is_selected && !ch.curves[0].is_selected);
	for (int i = 0; i < ch.n; i++)
		for (int k = 0; k < i; k++)
			assert_true(ch.curves[i].style != ch.curves[k].style);
	/* what is turned reaches the present one alone */
	press(&st, "F");
	st.req.setup.knobs.merge = 4;
	frame_init(&f, &st);
	chart_init(&ch, &f, 80);
	assert_int_equal(ch.curves[0].setup.knobs.merge, 0);
	assert_int_equal(ch.curves[2].setup.knobs.merge, 4);
	press(&st, "3 Space Down Up");
	assert_int_equal(st.charted.n, 1); /* the second time takes the mark away */
}

/* Curves that coincide share a line of the legend; one that ends says so. */
static void curves_say_what_cannot_be_seen(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	st.width = 120, st.height = 40;
	press(&st, "x 2");
	assert_true(is_shown(&st, "merger = downsampler"));
	state_init(&st, &reg);
	st.width = 120, st.height = 40;
	st.req.setup.context_limit = 8192; /* OneVision takes more from 768 pixels on */
	st.metric = Q_TTFT;
	press(&st, "2");
	assert_true(is_shown(&st, "\xe2\x9c\x95"));
}

static void parts_add_up_to_the_whole(void **state)
{
	(void)state;
	static const enum quantity_id wholes[] = {Q_TTFT, Q_BUDGET};
	static struct stack sk;
	struct state st;
	struct frame f;

	state_init(&st, &reg);
	state_size(&st, 1920, 1080);
	for (size_t i = 0; i < ARRAY_SIZE(wholes); i++) {
		st.metric = wholes[i];
		st.chart.has_parts = true;
		frame_init(&f, &st);
		stack_init(&sk, stack_shown(&st), &f, 80);
		assert_int_equal(sk.n, 80);
		for (int k = 0; k < sk.n; k++) {
			struct setup at;
			struct estimate e;

			sweep_size(&st.req.setup, sk.points[k].x, &at);
			estimate(&at, &e);
			struct value whole = quantity_read(wholes[i], &at, &e);

			assert_int_equal(sk.points[k].has, whole.reason == NULL);
			assert_true(fabs(sk.points[k].sum - whole.number) < 1e-9 * whole.number);
			assert_true(sk.points[k].sum <= sk.high);
		}
	}
	st.metric = Q_VISUAL;
	assert_null(stack_shown(&st));
	/* a hosted model has no memory of ours: the chart says so */
	st.width = 120, st.height = 40;
	st.metric = Q_BUDGET;
	press(&st, "m g p t - 4 o Enter 2");
	assert_true(is_shown(&st, "the vendor runs it"));
}

/* The third figure of the text that the project began from: FastVLM on an M1 Max. */
static void the_share_of_the_encoder_grows(void **state)
{
	(void)state;
	static struct stack sk;
	struct state st;
	struct frame f;
	double before = 0;

	state_init(&st, &reg);
	struct request start = st.req;

	press(&st, "D");
	frame_init(&f, &st);
	stack_init(&sk, stack_shown(&st), &f, 80);
	assert_int_equal((int)sk.points[0].x, 256);
	assert_int_equal((int)sk.points[sk.n - 1].x, 1536);
	for (int k = 0; k < sk.n; k++) {
		const struct stack_point *p = &sk.points[k];

		assert_true(p->has);
		assert_int_equal(p->is_beyond, p->x > 1024);
		if (k % 10 == 0) { /* the language model has steps, the tower none */
			assert_true(p->part[3] / p->sum > before);
			before = p->part[3] / p->sum;
		}
	}
	assert_true(sk.beyond > 1024 && sk.beyond < 1060);
	press(&st, "u");
	assert_ptr_equal(st.req.setup.model, start.setup.model);
	assert_int_equal(st.req.setup.text_tokens, start.setup.text_tokens);
}

static void what_a_turn_did_stands_until_the_next_key(void **state)
{
	(void)state;
	struct state st;
	struct wishes w;
	struct event resize = {.kind = EVENT_RESIZE, .width = 120, .height = 40},
		     tick = {.kind = EVENT_TICK};

	state_init(&st, &reg);
	assert_false(st.before.is_set);
	press(&st, "Right");
	/* 32 x 32 tokens become 33 x 33 */
	assert_true(is_shown(&st, "+65 (+6 %)") && is_shown(&st, "+5.59 ms"));
	update(&st, &resize, &w);
	assert_true(is_shown(&st, "+65 (+6 %)"));
	press(&st, "Down");
	assert_false(st.before.is_set || is_shown(&st, "+6 %"));
	press(&st, "u");
	assert_true(is_shown(&st, "-65 (-6 %)"));
	press(&st, "m Esc");
	assert_false(st.before.is_set);
	press(&st, "p");
	update(&st, &tick, &w); /* what plays does not stand still */
	assert_true(st.req.setup.width > 1024);
	assert_false(st.before.is_set);
}

static void two_pinned_states_have_their_factor(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	st.width = 120, st.height = 40;
	press(&st, "A");
	assert_false(st.pin_b.is_set); /* B stands beside A alone */
	press(&st, "a PgUp PgUp PgUp PgUp A PgDn");
	/* twice the sides: four times the tokens; 142 at once are 64 */
	assert_true(is_shown(&st, "\xc3\x97"
				  "4.00") &&
		    is_shown(&st, "2.22\xc3\x97 less"));
	press(&st, "2");
	assert_true(is_shown(&st, "A") && is_shown(&st, "B\xe2\x94\x80"));
	press(&st, "a");
	assert_false(st.pin.is_set || st.pin_b.is_set);
}

static void axes_have_nice_ticks(void **state)
{
	(void)state;
	static const struct {
		struct axis a;
		bool base_two;
		int most, n;
		double first, last;
	} t[] = {
		{{224, 4096, true}, true, 10, 5, 256, 4096},
		{{224, 4096, false}, true, 10, 8, 512, 4096},
		{{1, 1000, true}, false, 4, 4, 1, 1000},
		{{0, 100, false}, false, 5, 6, 0, 100},
		{{70, 22000, true}, false, 3, 3, 100, 10000},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		double ticks[16];
		int n = axis_ticks(&t[i].a, t[i].base_two, ticks, t[i].most == 5 ? 6 : t[i].most);

		assert_int_equal(n, t[i].n);
		assert_true(ticks[0] == t[i].first &&
			    ticks[n - 1] == t[i].last); /* small whole numbers: exact */
	}
	assert_true(axis_nice_step(0) == 1 && axis_nice_step(-3) == 1);
	assert_true(axis_nice_step(3) == 5 && axis_nice_step(0.015) >= 0.0199 &&
		    axis_nice_step(0.015) <= 0.0201);
}

static void keys_have_one_meaning(void **state)
{
	(void)state;
	bool seen[ACTION_N] = {false};

	for (size_t i = 0; i < bindings_n; i++) {
		assert_false(seen[bindings[i].action]);
		seen[bindings[i].action] = true;
		assert_non_null(bindings[i].help);
		assert_true((bindings[i].action == ACTION_VIEW) == !bindings[i].keys[0]);
		for (size_t k = 0; k < BINDING_KEYS && bindings[i].keys[k]; k++)
			assert_int_equal(keymap_find(bindings[i].keys[k]), bindings[i].action);
	}
	for (size_t i = 0; i < views_n; i++) {
		size_t at = 99;

		assert_int_equal(keymap_find((uint32_t)views[i]->key), ACTION_NONE);
		assert_true(view_find_key((uint32_t)views[i]->key, &at) && at == i);
	}
	for (int a = ACTION_NONE + 1; a < ACTION_N; a++)
		assert_true(seen[a]);
}

static void every_key_word_is_read(void **state)
{
	(void)state;
	static const char *const good[] = {"a",   "?",     "Up",  "pgup", "F12",     "C-x",
					   "C-L", "Space", "Esc", "+",    "\xc3\xa9"};
	static const char *const bad[] = {"", "F13", "C-", "C-1", "ab", "\xff", "Upp"};
	uint32_t key;

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(event_key_parse(good[i], &key));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(event_key_parse(bad[i], &key));
}

/* Random keys find no crash and no state out of range; the seed is printed by a failure. */
static void any_keys_are_survived(void **state)
{
	(void)state;
	struct state st;
	struct cells c;
	uint32_t seed = 12345;

	state_init(&st, &reg);
	assert_true(cells_init(&c, 90, 28));
	for (int i = 0; i < 20000; i++) {
		struct event ev = {.kind = EVENT_KEY};

		seed = seed * 1664525 + 1013904223;
		uint32_t r = seed >> 8;

		if (r % 11 == 0)
			ev = (struct event){.kind = EVENT_MOUSE,
					    .button = 1,
					    .mouse = (enum mouse_kind)(r / 11 % 5),
					    .x = (int)(r / 64 % 92),
					    .y = (int)(r / 8192 % 30)};
		else if (r % 13 == 0)
			ev = (struct event){.kind = EVENT_TICK};
		else
			ev.key = r % 3 ? ' ' + r / 3 % 95 : VKEY_UP + r / 3 % 27;
		update(&st, &ev, &wishes);
		assert_true(st.focus < KNOB_N && st.view < views_n && st.overlay < OVERLAY_N);
		assert_true(st.prompt.len < sizeof st.prompt.text);
		if (i % 50 == 0)
			screen_draw(&c, &st);
	}
	cells_fini(&c);
}

static void wishes_go_out(void **state)
{
	(void)state;
	struct state st;
	struct event paste = {.kind = EVENT_PASTE, .text = "'/tmp/a b.png' "};

	state_init(&st, &reg);
	update(&st, &paste, &wishes);
	assert_true(wishes.open);
	assert_string_equal(wishes.open_path, "/tmp/a b.png");
	assert_int_equal(st.overlay, OVERLAY_NONE);
	press(&st, "C-l");
	assert_true(wishes.redraw);
	press(&st, "C-z");
	assert_true(wishes.suspend && !wishes.redraw);
	press(&st, "p");
	assert_true(wishes.timer_ms > 0);
	press(&st, "p");
	assert_int_equal(wishes.timer_ms, 0);
	press(&st, "e Enter");
	assert_true(wishes.save);
	assert_string_equal(wishes.save_path, "vtok.csv");
	press(&st, "m C-c");
	assert_true(wishes.quit); /* even inside a list */
	press(&st, "Esc Esc");
	assert_false(wishes.quit); /* Esc closes, never quits */
	press(&st, "q");
	assert_true(wishes.quit);
}

/* A click on the chosen row is Enter: the theme taken so is kept for the next start. */
static void a_click_is_the_key_that_means_the_same(void **state)
{
	(void)state;
	struct state st;
	struct event click = {.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .button = 1};

	state_init(&st, &reg);
	press(&st, "t");
	struct rect r = overlay_rect(&st, st.width, st.height);

	click.x = r.x + 2;
	click.y = r.y + 3 + 2;
	update(&st, &click, &wishes);
	assert_int_equal(st.overlay, OVERLAY_PICK);
	assert_ptr_equal(st.theme, &shipped_themes[2]); /* shown at once */
	assert_int_equal(wishes.settings, SETTINGS_NONE);
	update(&st, &click, &wishes);
	assert_int_equal(st.overlay, OVERLAY_NONE);
	assert_ptr_equal(st.theme, &shipped_themes[2]);
	assert_int_equal(wishes.settings, SETTINGS_THEME);
}

/* The button that closed a box is still down: moving it turns no knob. */
static void a_click_that_closes_a_box_drags_nothing(void **state)
{
	(void)state;
	static const char *const boxes[] = {"?", "m", "y", "Enter"};

	for (size_t i = 0; i < ARRAY_SIZE(boxes); i++) {
		struct state st;
		struct event ev = {.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .button = 1};

		state_init(&st, &reg);
		press(&st, boxes[i]);
		assert_int_not_equal(st.overlay, OVERLAY_NONE);
		update(&st, &ev, &wishes);
		assert_int_equal(st.overlay, OVERLAY_NONE);
		ev.mouse = MOUSE_DRAG;
		ev.x = 9;
		update(&st, &ev, &wishes);
		for (enum knob k = 0; k < KNOB_N; k++)
			assert_true(knob_entry(&st.req, k) == knob_entry(&st.start, k) &&
				    knob_number(&st.req, k) == knob_number(&st.start, k));
	}
}

/* What a click on a hint and the key that it shows leave behind. */
static void same_state(const struct state *a, const struct state *b)
{
	assert_int_equal(a->overlay, b->overlay);
	assert_int_equal(a->pick, b->pick);
	assert_int_equal(a->view, b->view);
	assert_int_equal(a->focus, b->focus);
	assert_int_equal(a->metric, b->metric);
	assert_int_equal(a->fit.at, b->fit.at);
	assert_int_equal(a->compare.at, b->compare.at);
	assert_int_equal(a->charted.n, b->charted.n);
	assert_int_equal(a->undo_n, b->undo_n);
	assert_int_equal(a->big, b->big);
	assert_int_equal(a->req.setup.width, b->req.setup.width);
	assert_string_equal(a->message, b->message);
}

static const struct binding *binding_of(enum action a)
{
	for (size_t i = 0; i < bindings_n; i++)
		if (bindings[i].action == a)
			return &bindings[i];
	return NULL;
}

/* In every view: some keys mean another thing there, and the hint says which. */
static void a_click_on_a_hint_is_its_key(void **state)
{
	(void)state;
	int clicked = 0;

	for (size_t v = 0; v < views_n; v++) {
		enum action last = ACTION_NONE;

		for (int x = 0; x < 120; x++) {
			struct state st, by_key;
			struct event ev = {.kind = EVENT_RESIZE, .width = 120, .height = 40};

			state_init(&st, &reg);
			update(&st, &ev, &wishes);
			ev = (struct event){.kind = EVENT_KEY, .key = (uint32_t)views[v]->key};
			update(&st, &ev, &wishes);
			enum action a = footer_hit(&st, 120, x);

			if (a == ACTION_NONE || a == last || a == ACTION_QUIT)
				continue;
			last = a;
			by_key = st;
			ev.key = binding_of(a)->keys[0];
			update(&by_key, &ev, &wishes);
			ev = (struct event){.kind = EVENT_MOUSE,
					    .mouse = MOUSE_PRESS,
					    .button = 1,
					    .x = x,
					    .y = 39};
			update(&st, &ev, &wishes);
			same_state(&st, &by_key);
			clicked++;
		}
	}
	assert_true(clicked > 30);
}

/* Files that were read again may have other rules for the very same request, and the old ones are
 * gone. */
static void files_read_again_are_judged_anew(void **state)
{
	(void)state;
	struct state st;
	struct event ev = {.kind = EVENT_REREAD, .good = true, .text = "files read again"};

	state_init(&st, &reg);
	press(&st, "Right");
	assert_true(st.judged.is_there);
	const char *who = st.judged.who;

	st.judged.who = "of before";
	update(&st, &ev, &wishes);
	assert_true(st.judged.is_there);
	assert_string_equal(st.judged.who, who);
}

/* The line of the chart is where this very request fills the context, as the gauge has it. */
static void the_context_line_agrees_with_the_gauge(void **state)
{
	(void)state;
	static struct chart ch;
	struct state st;
	struct frame f;

	state_init(&st, &reg);
	st.req.setup.images = 3;
	st.req.setup.context_limit = 20000;
	frame_init(&f, &st);
	chart_init(&ch, &f, 60);
	/* (20,000 - 512 - 1,024) / 3 - 2 special tokens, rounded down */
	assert_int_equal((int64_t)ch.limit, 6152);
	double used = 3 * (ch.limit + 2) + 512 + 1024;

	assert_true(used <= 20000 && used + 3 > 20000);
	st.req.setup.context_limit = 1000; /* text and output alone are more */
	frame_init(&f, &st);
	chart_init(&ch, &f, 60);
	assert_true(ch.limit == 0);
}

static void a_longer_context_is_marked(void **state)
{
	(void)state;
	struct state st;

	state_init(&st, &reg);
	st.req.setup.context_limit = 8192; /* less of it is still the checkpoint's */
	assert_false(knob_modified(&st.req, KNOB_CONTEXT));
	st.req.setup.context_limit = 1000000;
	assert_true(knob_modified(&st.req, KNOB_CONTEXT) && request_modified(&st.req));
}

static void the_command_line_tells_the_state(void **state)
{
	(void)state;
	struct state st;
	struct strbuf sb;

	strbuf_init(&sb);
	state_init(&st, &reg);
	command_dashboard(&st, &sb);
	assert_string_equal(strbuf_text(&sb), "vtok tui 1024x1024");
	strbuf_clear(&sb);
	press(&st, "x 2 c i");
	st.focus = KNOB_GRID;
	press(&st, "Right Right");
	st.req.setup.kv = DTYPE_FP8;
	str_format(st.picture.path, sizeof st.picture.path, "it's a.png");
	st.picture.width = st.picture.height = 1024;
	command_dashboard(&st, &sb);
	assert_string_equal(strbuf_text(&sb),
			    "vtok tui --lens formula --grid 2 --kv fp8 --view "
			    "chart --metric share --axis linear 'it'\\''s a.png'");
	strbuf_fini(&sb);
}

static void exports_are_whole(void **state)
{
	(void)state;
	static const char *const begins[EXPORT_N] = {"name,value,unit,reason\n", "{\n", "| name |",
						     "<svg "};
	static const char *const ends[EXPORT_N] = {",\n", "}\n", "|\n", "</svg>\n"};
	struct state st;

	state_init(&st, &reg);
	for (int i = 0; i < EXPORT_N; i++) {
		struct strbuf sb;

		strbuf_init(&sb);
		export_state(&st, (enum export_format)i, &sb);
		const char *text = strbuf_text(&sb);

		assert_true(str_starts(text, begins[i]));
		assert_true(sb.len > strlen(ends[i]));
		assert_string_equal(text + sb.len - strlen(ends[i]), ends[i]);
		for (enum quantity_id id = 0; i != EXPORT_SVG && id < Q_N; id++) {
			char name[QUANTITY_NAME];

			if (!quantities[id].is_aside && !quantities[id].is_remark)
				assert_non_null(strstr(text, quantity_name(id, name)));
		}
		strbuf_fini(&sb);
	}
}

/* Cells are 9 by 18 from a margin of 10 on: a joint, two dots, a half-filled cell, a wide
 * character, one to escape. */
static void svg_draws_what_fonts_lack(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"d=\"M14.5 19H19M14.5 10V28\"",
		"stroke-linecap=\"round\" d=\"M21.25 12.25h0M25.75 25.75h0\"",
		"d=\"M28 10h4.5v18h-4.5z\"",
		"x=\"37\" y=\"24\" textLength=\"27\"",
		">\xe6\x97\xa5&lt;</text>",
	};
	struct strbuf sb;
	struct cells c;

	strbuf_init(&sb);
	assert_true(cells_init(&c, 8, 1));
	cells_text(&c, 0, 0, STYLE_TEXT, "\xe2\x94\x9c\xe2\xa2\x81\xe2\x96\x8c\xe6\x97\xa5<");
	export_svg_cells(&c, &shipped_themes[0], &sb);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (!strstr(strbuf_text(&sb), parts[i]))
			fail_msg("no %s in %s", parts[i], strbuf_text(&sb));
	cells_fini(&c);
	strbuf_fini(&sb);
}

/* What is drawn at a column is what a click there means. */
static void hints_act_where_they_stand(void **state)
{
	(void)state;
	struct state st;
	struct cells c;
	int found = 0;

	state_init(&st, &reg);
	assert_true(cells_init(&c, 80, 24));
	screen_draw(&c, &st);
	for (int x = 0; x < 80; x++) {
		enum action a = footer_hit(&st, 80, x);

		if (a == ACTION_HELP || a == ACTION_QUIT)
			found++;
		if (a == ACTION_HELP)
			assert_true(c.cell[23 * 80 + x].cp != 'q' ||
				    c.cell[23 * 80 + x].style == STYLE_BAR);
	}
	assert_true(found > 8);
	str_format(st.writing, sizeof st.writing, "photo.jpg"); /* which the footer says instead */
	for (int x = 0; x < 80; x++)
		assert_int_equal(footer_hit(&st, 80, x), ACTION_NONE);
	/* nor are the view's keys there while something lies over it, where they would be typed */
	static const char *const opened[] = {"m", ":", "o", "Enter", "e", "?", "K", "Esc 3 /"};

	st.writing[0] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(opened); i++) {
		press(&st, "Esc");
		press(&st, opened[i]);
		for (int x = 0; x < 80; x++)
			assert_int_equal(footer_hit(&st, 80, x), ACTION_NONE);
	}
	/* facts alone have no token to move */
	press(&st, "Esc Esc 4");
	static const struct {
		int width, height;
		bool moves;
	} rooms[] = {{80, 24, true}, {30, 8, false}};

	for (size_t i = 0; i < ARRAY_SIZE(rooms); i++) {
		bool moves = false;

		st.width = rooms[i].width;
		st.height = rooms[i].height;
		for (int x = 0; x < st.width; x++)
			moves = moves || footer_hit(&st, st.width, x) == ACTION_MORE;
		assert_true(moves == rooms[i].moves);
	}
	assert_int_equal(header_hit(80, 8), 0);
	assert_int_equal(header_hit(80, 79), -1);
	cells_fini(&c);
}

/* Whatever the width, the end of an error is on the screen: it says why. */
static void an_error_keeps_its_reason(void **state)
{
	(void)state;
	static const char want[] = " /home/some\xe2\x80\xa6ni: Permission denied\n";
	struct state st;
	struct cells c;
	struct strbuf sb;

	strbuf_init(&sb);
	state_init(&st, &reg);
	assert_true(cells_init(&c, 34, 1));
	str_format(st.message, sizeof st.message, "/home/somebody/.config/vtok/settings.ini: %s",
		   "Permission denied");
	st.message_bad = true;
	footer_draw(&c, 0, 34, &(struct frame){.st = &st});
	cells_to_text(&c, &sb);
	assert_string_equal(strbuf_text(&sb), want);
	strbuf_fini(&sb);
	cells_fini(&c);
}

/* Ranges of glyphs have one stand-in each, at both of their ends. */
/* Names as some systems write them, the accent behind its letter. */
static void accents_join_their_letters(void **state)
{
	static const struct {
		const char *text, *drawn;
		bool ascii;
	} t[] = {
		{"e\xcc\x81te\xcc\x81.jpg", "\xc3\xa9t\xc3\xa9.jpg", false},
		{"o\xcc\x88", "\xc3\xb6", false},
		{"c\xcc\xa7"
		 "a",
		 "\xc3\xa7"
		 "a",
		 false},
		{"x\xcc\x81"
		 "a",
		 "xa", false}, /* there is no such letter */
		{"\xcc\x81"
		 "a",
		 "a", false},
		{"e\xcc\x81te", "ete", true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct cells c;
		struct strbuf out;

		assert_true(cells_init(&c, 20, 1));
		strbuf_init(&out);
		c.ascii = t[i].ascii;
		cells_text(&c, 0, 0, STYLE_TEXT, t[i].text);
		cells_to_text(&c, &out);
		assert_int_equal(strncmp(strbuf_text(&out), t[i].drawn, strlen(t[i].drawn)), 0);
		assert_int_equal(strbuf_text(&out)[strlen(t[i].drawn)], '\n');
		strbuf_fini(&out);
		cells_fini(&c);
	}
}

static void glyphs_have_stand_ins(void **state)
{
	static const struct {
		uint32_t first, last;
		char ascii;
	} t[] = {
		{'a', 'a', 'a'},       {'~', '~', '~'},
		{0x7f, 0x7f, '.'},     {0x2502, 0x2503, '|'}, /* a line has its own */
		{0x250c, 0x254f, '+'},                        /* corners and joints have not */
		{0x2580, 0x2580, '#'},                        /* the upper half */
		{0x2581, 0x2583, '_'},                        /* less than half a block */
		{0x2584, 0x2588, '#'}, {0x2589, 0x258c, '#'}, /* left half and more */
		{0x258d, 0x258f, ' '}, {0x2591, 0x2591, '.'},
		{0x2592, 0x2592, ':'}, {0x2593, 0x2593, '#'},
		{0x2594, 0x2595, '.'}, {0x2596, 0x259f, '#'}, /* quarters */
		{0x2800, 0x2800, ' '},                        /* Braille: without a point */
		{0x2801, 0x28ff, '*'}, {0x27ff, 0x27ff, '.'},
		{0x2900, 0x2900, '.'}, {0x1f600, 0x1f600, '.'},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		for (uint32_t cp = t[i].first; cp <= t[i].last; cp++)
			if (stand_in_ascii(cp) != (uint32_t)t[i].ascii)
				fail_msg("U+%04X gives %c, expected %c", (unsigned)cp,
					 (char)stand_in_ascii(cp), t[i].ascii);
	static const struct {
		uint32_t cp, console;
	} c[] = {
		{'a', 'a'},       {0x00d7, 0x00d7}, {0x250c, 0x250c}, {0x2588, 0x2588},
		{0x2580, 0x2588}, {0x2582, '_'},    {0x2584, 0x2588}, {0x258a, 0x2588},
		{0x258e, 0x2592}, {0x2593, 0x2592}, {0x2026, '~'},    {0x2194, '-'},
		{0x25c6, '*'},    {0x25cf, 0x25cf}, {0x2801, '*'},    {0x2800, ' '},
	};

	for (size_t i = 0; i < ARRAY_SIZE(c); i++)
		assert_int_equal(stand_in_console(c[i].cp), c[i].console);
}

static bool reread(struct state *st, const struct picture_info *p, const char *text, bool good)
{
	struct wishes w;

	return update(
		st, &(struct event){.kind = EVENT_REREAD, .picture = p, .text = text, .good = good},
		&w);
}

/* A picture that was read again: the knobs follow where they stood at its size, and undo leads
 * back; where one had turned them away, or it cannot be read, they stay. */
static void a_picture_read_again(void **state)
{
	struct state st;
	struct picture_info small = {.path = "a.png", .width = 640, .height = 480};
	struct picture_info large = {.path = "a.png", .width = 1280, .height = 960};
	struct picture_info gone = {.path = "a.png", .error = "a.png: no such file"};

	(void)state;
	state_init(&st, &reg);
	st.width = 100;
	st.height = 30;
	state_picture(&st, &small);
	assert_int_equal(st.req.setup.width, 640);
	reread(&st, &large, "read again", true);
	assert_true(st.req.setup.width == 1280 && st.picture.width == 1280);
	assert_string_equal(st.message, "read again");
	assert_false(st.message_bad);
	press(&st, "u");
	assert_int_equal(st.req.setup.width, 640);
	/* it stands elsewhere now: only the picture is another */
	reread(&st, &small, "read again", true);
	press(&st, "Right");
	int64_t turned = st.req.setup.width;

	assert_int_not_equal(turned, 640);
	reread(&st, &large, "read again", true);
	assert_true(st.req.setup.width == turned && st.picture.width == 1280);
	reread(&st, &gone, "a.png: no such file", false);
	assert_true(st.req.setup.width == turned && st.picture.width == 1280);
	assert_true(st.message_bad);
	assert_string_equal(st.message, "a.png: no such file");
	/* no picture at all */
	reread(&st, NULL, NULL, true);
	assert_int_equal(st.req.setup.width, turned);
	assert_string_equal(st.message, "");
}

/* The terminal's background chooses among the themes until somebody has. */
static void the_ground_chooses_a_theme(void **state)
{
	struct wishes w;
	struct state st;

	(void)state;
	state_init(&st, &reg);
	assert_false(st.theme->is_light);
	update(&st, &(struct event){.kind = EVENT_GROUND, .good = true}, &w);
	assert_true(st.theme->is_light && !st.theme->is_mono);
	const struct theme *light = st.theme;

	update(&st, &(struct event){.kind = EVENT_GROUND, .good = true}, &w);
	assert_ptr_equal(st.theme, light);
	st.theme_is_chosen = true;
	update(&st, &(struct event){.kind = EVENT_GROUND, .good = false}, &w);
	assert_ptr_equal(st.theme, light);
	st.theme_is_chosen = false;
	update(&st, &(struct event){.kind = EVENT_GROUND, .good = false}, &w);
	assert_false(st.theme->is_light);
}

static void cells_keep_wide_characters_whole(void **state)
{
	(void)state;
	struct cells c;
	struct strbuf sb;

	strbuf_init(&sb);
	assert_true(cells_init(&c, 6, 1));
	cells_text(&c, 0, 0, STYLE_TEXT, "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"); /* six columns */
	cells_put(&c, 1, 0, 'x', STYLE_TEXT); /* breaks the first */
	cells_text_fit(&c, 2, 0, 3, STYLE_TEXT, "abcdef");
	cells_to_text(&c, &sb);
	assert_string_equal(strbuf_text(&sb), " xab\xe2\x80\xa6\n");
	c.ascii = true;
	strbuf_clear(&sb);
	cells_clear(&c);
	cells_text(&c, 0, 0, STYLE_TEXT, "\xe2\x94\x82\xc3\x97\xe6\x97\xa5\xe2\x86\x92");
	cells_to_text(&c, &sb);
	assert_string_equal(strbuf_text(&sb), "|x..>\n");
	strbuf_fini(&sb);
	cells_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(start_is_as_promised),
		cmocka_unit_test(typed_values),
		cmocka_unit_test(steps_stay_on_the_grid_and_in_range),
		cmocka_unit_test(the_locked_aspect_does_not_drift),
		cmocka_unit_test(undo_takes_runs_of_steps_together),
		cmocka_unit_test(undo_knows_the_lock),
		cmocka_unit_test(taking_the_same_again_is_no_turn),
		cmocka_unit_test(a_picture_begins_the_history_anew),
		cmocka_unit_test(typing_the_budget_gives_the_focus_back),
		cmocka_unit_test(ends_never_turn_round),
		cmocka_unit_test(a_reset_knob_is_as_the_start_had_it),
		cmocka_unit_test(text_scrolls_to_its_end),
		cmocka_unit_test(the_figure_goes_as_it_came),
		cmocka_unit_test(equal_is_what_looks_alike),
		cmocka_unit_test(fixed_knobs_say_why_and_can_be_freed),
		cmocka_unit_test(curves_do_not_follow_the_width),
		cmocka_unit_test(the_chart_has_the_promised_curves),
		cmocka_unit_test(rows_that_are_marked_are_the_curves),
		cmocka_unit_test(curves_say_what_cannot_be_seen),
		cmocka_unit_test(parts_add_up_to_the_whole),
		cmocka_unit_test(the_share_of_the_encoder_grows),
		cmocka_unit_test(what_a_turn_did_stands_until_the_next_key),
		cmocka_unit_test(two_pinned_states_have_their_factor),
		cmocka_unit_test(axes_have_nice_ticks),
		cmocka_unit_test(keys_have_one_meaning),
		cmocka_unit_test(every_key_word_is_read),
		cmocka_unit_test(any_keys_are_survived),
		cmocka_unit_test(the_context_line_agrees_with_the_gauge),
		cmocka_unit_test(a_longer_context_is_marked),
		cmocka_unit_test(wishes_go_out),
		cmocka_unit_test(a_click_is_the_key_that_means_the_same),
		cmocka_unit_test(a_click_that_closes_a_box_drags_nothing),
		cmocka_unit_test(a_click_on_a_hint_is_its_key),
		cmocka_unit_test(files_read_again_are_judged_anew),
		cmocka_unit_test(the_command_line_tells_the_state),
		cmocka_unit_test(exports_are_whole),
		cmocka_unit_test(svg_draws_what_fonts_lack),
		cmocka_unit_test(hints_act_where_they_stand),
		cmocka_unit_test(an_error_keeps_its_reason),
		cmocka_unit_test(accents_join_their_letters),
		cmocka_unit_test(glyphs_have_stand_ins),
		cmocka_unit_test(a_picture_read_again),
		cmocka_unit_test(the_ground_chooses_a_theme),
		cmocka_unit_test(cells_keep_wide_characters_whole),
	};
	return cmocka_run_group_tests_name("view", tests, shipped_load, shipped_free);
}
