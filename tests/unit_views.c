/* Comparison and explanation: the same models as the command line, in the order asked for; sums
 * that add up. */
#include "tests/unit.h"

#include "base/str.h"
#include "base/unit.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "draw/cells.h"
#include "view/compare.h"
#include "view/explain.h"
#include "view/export.h"
#include "view/hit.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"
#include "tests/shipped.h"

static struct state st;
static struct compare_list list;

static const struct {
	int64_t width, height;
} sizes[] = {{1, 1},       {224, 224}, {1024, 1024}, {2550, 3300},
	     {4032, 3024}, {4000, 10}, {1170, 2532}, {30000, 20000}};

static void start(const char *view)
{
	state_init(&st, &reg);
	st.width = 120;
	st.height = 40;
	state_size(&st, 2550, 3300);
	assert_true(view_find(view, &st.view));
}

static void send(const struct event *ev)
{
	struct wishes w;

	update(&st, ev, &w);
}

static void press(const char *keys)
{
	for (; *keys; keys++) {
		uint32_t key = *keys == '\n'     ? VKEY_ENTER
			       : *keys == '\033' ? VKEY_ESC
						 : (uint32_t)*keys;

		send(&(struct event){.kind = EVENT_KEY, .key = key});
	}
}

/* ------------------------------------------------------------ the mouse on the knobs */

static void mouse(enum mouse_kind kind, int button, int x, int y)
{
	send(&(struct event){.kind = EVENT_MOUSE, .mouse = kind, .button = button, .x = x, .y = y});
}

/* A cell of the knob; fails where it has none. */
static void find_knob(enum knob k, int *x, int *y)
{
	for (*y = 1; *y < st.height - 1; ++*y)
		for (*x = 0; *x < st.width; ++*x) {
			struct event ev = {.kind = EVENT_MOUSE, .button = 1, .x = *x, .y = *y};
			struct hit h = hit_find(&st, &ev);

			if (h.kind == HIT_KNOB && h.knob == k)
				return;
		}
	fail();
}

static void a_second_click_opens_a_list(void **state)
{
	int x, y;

	(void)state;
	start("dashboard");
	find_knob(KNOB_MODEL, &x, &y);
	st.focus = KNOB_WIDTH;
	mouse(MOUSE_PRESS, 1, x, y);
	assert_int_equal(st.focus, KNOB_MODEL);
	assert_int_equal(st.overlay, OVERLAY_NONE);
	mouse(MOUSE_PRESS, 3, x, y); /* not by another button */
	assert_int_equal(st.overlay, OVERLAY_NONE);
	mouse(MOUSE_PRESS, 1, x, y);
	assert_int_equal(st.overlay, OVERLAY_PICK);
	press("\033");
	find_knob(KNOB_TEXT, &x, &y); /* a number has no list */
	mouse(MOUSE_PRESS, 1, x, y);
	mouse(MOUSE_PRESS, 1, x, y);
	assert_int_equal(st.focus, KNOB_TEXT);
	assert_int_equal(st.overlay, OVERLAY_NONE);
}

static void a_knob_is_dragged(void **state)
{
	int x, y, columns = 0;

	(void)state;
	start("dashboard");
	find_knob(KNOB_TEXT, &x, &y);
	int64_t before = st.req.setup.text_tokens;

	mouse(MOUSE_DRAG, 1, x + 40, y); /* nothing was taken hold of */
	assert_int_equal(st.req.setup.text_tokens, before);
	mouse(MOUSE_PRESS, 1, x, y);
	mouse(MOUSE_DRAG, 1, x + 1000000, y); /* no screen is that wide */
	assert_int_equal(st.req.setup.text_tokens, before);
	while (st.req.setup.text_tokens == before && columns < 20)
		mouse(MOUSE_DRAG, 1, x + ++columns, y);
	struct request one = st.start;

	assert_true(columns > 1); /* a hand that trembles turns nothing */
	assert_true(knob_step(&one, &reg, KNOB_TEXT, 1, false));
	assert_int_equal(st.req.setup.text_tokens, one.setup.text_tokens);
	mouse(MOUSE_DRAG, 1, x, y); /* and back */
	assert_int_equal(st.req.setup.text_tokens, before);
	mouse(MOUSE_DRAG, 1, x - 1000000, y);
	assert_int_equal(st.req.setup.text_tokens, before);
	mouse(MOUSE_RELEASE, 1, x, y);
	mouse(MOUSE_DRAG, 1, x + 40, y);
	assert_int_equal(st.req.setup.text_tokens, before);
}

/* ------------------------------------------------------------ comparison */

static bool is_listed(const struct processor *p)
{
	for (int i = 0; i < list.n; i++) {
		struct subject e;

		assert_true(subject_at(&reg, (size_t)list.row[i].entry, &e));
		if (e.processor == p)
			return true;
	}
	return false;
}

static void every_model_of_count_all_is_there(void **state)
{
	(void)state;
	start("compare");
	compare_list(&st, &list);
	assert_int_equal(list.n, list.all);
	for (size_t i = 0; i < reg.processors_n; i++)
		if (!reg.processors[i]->runtime)
			assert_true(is_listed(reg.processors[i]));
	for (size_t i = 0; i < reg.hosted_n; i++) {
		char id[64] = "";

		memcpy(id, reg.hosted[i]->id, strcspn(reg.hosted[i]->id, "@"));
		assert_int_equal(is_listed(reg.hosted[i]),
				 registry_hosted(&reg, id, reg.rules_date) == reg.hosted[i]);
	}
}

static void estimates_are_those_of_the_model(void **state)
{
	(void)state;
	start("compare");
	compare_list(&st, &list);
	for (int i = 0; i < list.n; i++) {
		struct compare_item item;
		const struct subject *e = &item.subject;
		struct count n;

		compare_item(&st, &list.row[i], &item);
		count_image(e->processor, LENS_EXACT, NULL, 2550, 3300, &n, NULL);
		assert_int_equal(item.est.count.visual, n.visual);
		assert_int_equal(item.est.count.total, n.total);
		assert_true(n.refused || list.row[i].key == (double)n.visual); /* whole numbers */
		if (e->processor->hosted.vendor || !e->model)
			assert_non_null(item.est.kv.bytes_per_request.reason);
	}
}

/* A theme may underline marks: a blank in their place would be a line. */
static void rows_without_a_mark_have_none(void **state)
{
	struct cells c;
	int marks = 0;

	(void)state;
	start("compare");
	assert_true(cells_init(&c, st.width, st.height));
	screen_draw(&c, &st);
	for (int i = 1; i < c.width * c.height; i++) {
		bool is_mark = (c.cell[i].style & STYLE_ROLE) == STYLE_MARK &&
			       c.cell[i - 1].cp >= '0' && c.cell[i - 1].cp <= '9';

		marks += is_mark;
		if (is_mark && c.cell[i].cp == ' ')
			fail_msg("row %d", i / c.width);
	}
	assert_true(marks > 0);
	cells_fini(&c);
}

static const char *text_of(const struct compare_item *item, enum quantity_id id)
{
	return quantity_read(id, &item->setup, &item->est).text;
}

static void every_order_is_one(void **state)
{
	(void)state;
	for (int by = 0; by < COMPARE_COLUMNS; by++)
		for (int turned = 0; turned < 2; turned++) {
			const struct compare_column *col = &compare_columns[by];
			struct compare_item a, b;

			start("compare");
			st.compare.sort = col->order ? col->order : col->quantity;
			st.compare.is_reversed = turned;
			bool is_falling = compare_is_falling(&st);

			/* the best first: least of a cost, most of what one gets */
			assert_int_equal(is_falling, turned ^ (st.compare.sort == Q_CONCURRENCY));
			compare_list(&st, &list);
			assert_int_equal(list.n, list.all);
			for (int i = 1; i < list.n; i++) {
				const struct compare_row *x = &list.row[is_falling ? i : i - 1],
							 *y = &list.row[is_falling ? i - 1 : i];

				assert_true(list.row[i - 1].has || !list.row[i].has);
				if (!x->has || !y->has)
					continue;
				assert_true(x->key <= y->key);
				if (quantities[st.compare.sort].unit != UNIT_WORD)
					continue;
				compare_item(&st, x, &a);
				compare_item(&st, y, &b);
				assert_true(str_casecmp(text_of(&a, st.compare.sort),
							text_of(&b, st.compare.sort)) <= 0);
			}
		}
}

/* What is turned reaches the present model alone, and the title says so; in lens formula all. */
static void turned_knobs_are_said(void **state)
{
	(void)state;
	struct compare_item item;
	struct cells c;
	struct strbuf out;

	for (int lens = LENS_EXACT; lens <= LENS_FORMULA; lens++) {
		start("compare");
		st.req.setup.lens = (enum lens)lens;
		st.req.setup.knobs.merge = 4;
		compare_list(&st, &list);
		for (int i = 0; i < list.n; i++) {
			compare_item(&st, &list.row[i], &item);
			bool is_own = subject_is(&item.subject, st.req.setup.model);

			assert_int_equal(item.setup.knobs.merge,
					 is_own || lens == LENS_FORMULA ? 4 : 0);
		}
		strbuf_init(&out);
		assert_true(cells_init(&c, st.width, st.height));
		screen_draw(&c, &st);
		cells_to_text(&c, &out);
		assert_int_equal(strstr(strbuf_text(&out), "the others as released") != NULL,
				 lens == LENS_EXACT);
		cells_fini(&c);
		strbuf_fini(&out);
	}
}

static void a_filter_narrows_as_one_types(void **state)
{
	(void)state;
	int before;

	start("compare");
	press("/");
	compare_list(&st, &list);
	before = list.n;
	for (const char *p = "qwen3 vl"; *p; p++) {
		press((char[]){*p, '\0'});
		compare_list(&st, &list);
		assert_true(list.n > 0 && list.n <= before);
		before = list.n;
	}
	assert_true(list.n < list.all);
	for (int i = 0; i < list.n; i++) {
		struct subject e;

		subject_at(&reg, (size_t)list.row[i].entry, &e);
		assert_true(str_casestr(e.id, "qwen3") || str_casestr(compare_name(&e), "qwen3"));
	}
	press("q"); /* text, not the key that quits; no id has it */
	assert_true(st.compare.is_typing);
	compare_list(&st, &list);
	assert_int_equal(list.n, 0);
	assert_int_equal(list.at, -1);
	press("\n\n"); /* the first ends the typing, the second has nothing to take */
	assert_string_equal(st.req.setup.model->id, "qwen3-vl-8b");
	press("\033");
	compare_list(&st, &list);
	assert_int_equal(list.n, list.all);
}

static void enter_takes_any_model(void **state)
{
	(void)state;
	start("compare");
	press("/gemma-3-27b\n\n");
	assert_string_equal(st.req.setup.model->id, "gemma-3-27b");
	press("u");
	assert_string_equal(st.req.setup.model->id, "qwen3-vl-8b");
	press("\033/gpt-4o\n\n");
	const struct model *hosted = st.req.setup.model;

	assert_string_equal(hosted->id, "gpt-4o");
	press("u");
	assert_string_equal(st.req.setup.model->id, "qwen3-vl-8b");
}

static void a_click_on_a_head_sorts(void **state)
{
	(void)state;
	bool seen[Q_N] = {false};

	start("compare");
	for (int x = 0; x < st.width; x++) {
		send(&(struct event){
			.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .button = 1, .x = x, .y = 2});
		seen[st.compare.sort] = true;
	}
	assert_true(seen[Q_MODEL] && seen[Q_VISUAL] && seen[Q_KV_REQUEST] && seen[Q_TTFT]);
	start("compare");
	send(&(struct event){
		.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .button = 1, .x = 6, .y = 2});
	assert_int_equal(st.compare.sort, Q_MODEL);
	assert_false(st.compare.is_reversed);
	send(&(struct event){
		.kind = EVENT_MOUSE, .mouse = MOUSE_PRESS, .button = 1, .x = 6, .y = 2});
	assert_true(st.compare.is_reversed);
}

static void the_chosen_row_stays_chosen(void **state)
{
	(void)state;
	struct subject before, after;

	start("compare");
	press("jjj");
	compare_list(&st, &list);
	subject_at(&reg, (size_t)list.row[list.at].entry, &before);
	state_size(&st, 640, 480);
	press("s");
	compare_list(&st, &list);
	subject_at(&reg, (size_t)list.row[list.at].entry, &after);
	assert_string_equal(before.id, after.id);
}

static int lines_of(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void key(uint32_t k)
{
	send(&(struct event){.kind = EVENT_KEY, .key = k});
}

/* Letters of any length in and out of the filter, by keys and by a paste. */
static void a_filter_is_typed(void **state)
{
	static const char letters[] =
		"0123456789012345678901234567890123456789012345678901234567890123456789";

	(void)state;
	start("compare");
	press("/g");
	key(0xe9);
	key(0x20ac);
	assert_string_equal(st.compare.filter.text, "g\xc3\xa9\xe2\x82\xac");
	key(VKEY_BACKSPACE);
	assert_string_equal(st.compare.filter.text, "g\xc3\xa9");
	key(VKEY_BACKSPACE);
	key(VKEY_BACKSPACE);
	key(VKEY_BACKSPACE); /* of nothing */
	assert_string_equal(st.compare.filter.text, "");
	send(&(struct event){.kind = EVENT_PASTE,
			     .text = "ge\xffm\xc3\xa9\x01"}); /* what is no letter is left out */
	assert_string_equal(st.compare.filter.text, "gem\xc3\xa9");
	send(&(struct event){.kind = EVENT_PASTE});
	key(VKEY_UP); /* no letter: it moves, and typing goes on */
	assert_true(st.compare.is_typing);
	press(letters);
	assert_in_range(st.compare.filter.len, 55, 63);
	assert_int_equal(strlen(st.compare.filter.text), st.compare.filter.len);
	press("\n");
	assert_false(st.compare.is_typing);
	assert_true(st.compare.filter.len > 0);
	press("\033");
	assert_int_equal(st.compare.filter.len, 0);
	press("/gem\033");
	assert_int_equal(st.compare.filter.len, 0);
	assert_false(st.compare.is_typing);
}

/* Marked rows are curves of the chart, five of them and the present one; once more they are none.
 */
static void rows_are_marked(void **state)
{
	(void)state;
	start("compare");
	compare_list(&st, &list);
	assert_true(list.n > 6);
	key(VKEY_HOME);
	for (int i = 0; i < 6; i++) {
		press(" ");
		assert_int_equal(st.charted.n, i < 5 ? i + 1 : 5);
		if (i < 5)
			key(VKEY_DOWN);
	}
	assert_non_null(strstr(st.message, "five marked models"));
	const struct model *third = st.charted.model[2];

	key(VKEY_HOME);
	key(VKEY_DOWN);
	press(" ");
	assert_int_equal(st.charted.n, 4);
	assert_ptr_equal(st.charted.model[1], third);
	/* where nothing is listed, nothing is marked or taken */
	press("/qqqqqq\n");
	compare_list(&st, &list);
	assert_int_equal(list.n, 0);
	const struct model *before = st.req.setup.model;

	press(" \n");
	assert_int_equal(st.charted.n, 4);
	assert_ptr_equal(st.req.setup.model, before);
}

static void the_table_is_exported(void **state)
{
	(void)state;
	struct strbuf out;

	start("compare");
	compare_list(&st, &list);
	strbuf_init(&out);
	export_state(&st, EXPORT_CSV, &out);
	assert_int_equal(lines_of(strbuf_text(&out)), list.n + 1);
	assert_non_null(strstr(strbuf_text(&out), "\nqwen3-vl-8b,checkpoint,8240,2,"));
	strbuf_fini(&out);
	strbuf_init(&out);
	export_state(&st, EXPORT_JSON, &out);
	assert_int_equal(lines_of(strbuf_text(&out)), list.n + 2);
	strbuf_fini(&out);
}

/* A picture that lies on its side: how it is stored, and who turns it, under the names of count. */
static void a_turned_picture_is_exported(void **state)
{
	static const struct picture_info lying = {.path = "a.jpg",
						  .format = "JPEG",
						  .width = 3024,
						  .height = 4032,
						  .raw_width = 4032,
						  .raw_height = 3024,
						  .orientation = 6};
	static const struct {
		const char *engine, *csv, *json;
	} t[] = {
		{"vllm", "\nturned_by,vllm,,\n", "\"turned_by\": \"vllm\""},
		{"ollama", "\nturned_by,,,\n", "\"turned_by\": null"},
	};
	struct strbuf out;
	char why[96];

	(void)state;
	strbuf_init(&out);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		start("dashboard");
		state_picture(&st, &lying);
		assert_true(knob_type(&st.req, &reg, KNOB_ENGINE, t[i].engine, why));
		st.req.setup.by_engine = true;
		strbuf_clear(&out);
		export_state(&st, EXPORT_CSV, &out);
		assert_non_null(strstr(strbuf_text(&out), "\nstored_w,4032,px,\n"));
		assert_non_null(strstr(strbuf_text(&out), "\nstored_h,3024,px,\n"));
		assert_non_null(strstr(strbuf_text(&out), t[i].csv));
		strbuf_clear(&out);
		export_state(&st, EXPORT_JSON, &out);
		assert_non_null(strstr(strbuf_text(&out), "\"stored_w\": 4032"));
		assert_non_null(strstr(strbuf_text(&out), t[i].json));
	}
	strbuf_fini(&out);
}

/* The curve's value in the file is the count of the same model at the row's size. */
static void the_curves_are_exported(void **state)
{
	(void)state;
	static const char head[] = "model,width,height,tokens_visual,reason\n";
	struct strbuf out;
	long long width, height, value;
	int seen = 0;

	start("chart");
	strbuf_init(&out);
	export_state(&st, EXPORT_CSV, &out);
	assert_true(str_starts(strbuf_text(&out), head));
	int rows = lines_of(strbuf_text(&out)) - 1;

	for (const char *p = strbuf_text(&out); (p = strstr(p, "\nqwen3-vl-8b,")); seen++) {
		struct setup s = st.req.setup;
		struct estimate e;

		p++;
		assert_int_equal(
			sscanf(p, "qwen3-vl-8b,%lld,%lld,%lld,\n", &width, &height, &value), 3);
		s.width = width;
		s.height = height;
		estimate(&s, &e);
		assert_int_equal(value, e.count.visual);
	}
	assert_int_equal(seen, CHART_POINTS);
	assert_int_equal(rows % CHART_POINTS, 0);
	strbuf_clear(&out);
	export_state(&st, EXPORT_MARKDOWN, &out);
	assert_int_equal(lines_of(strbuf_text(&out)), rows + 2);
	strbuf_clear(&out);
	export_state(&st, EXPORT_JSON, &out);
	assert_int_equal(lines_of(strbuf_text(&out)), rows + 2);
	assert_non_null(strstr(strbuf_text(&out), "\"reason\": null}"));
	strbuf_fini(&out);
}

/* ------------------------------------------------------------ explanation */

static void adds_up(const struct explain *e, const struct estimate *est)
{
	int64_t summands = 0, all = 0;
	bool has_total = false;

	assert_true(e->n < EXPLAIN_MAX);
	for (int i = 0; i < e->n && !has_total; i++) {
		const struct explain_line *l = &e->line[i];
		char text[UNIT_TEXT];

		if (!l->has_number)
			continue;
		assert_string_equal(l->value, unit_grouped(text, l->number));
		if (strcmp(l->name, "visual") == 0) {
			assert_int_equal(l->number, summands);
			assert_int_equal(l->number, est->count.visual);
			all += l->number;
		} else if (strcmp(l->name, "special") == 0) {
			all += l->number;
		} else if (strcmp(l->name, "total") == 0) {
			assert_int_equal(l->number, all);
			assert_int_equal(l->number, est->tokens.per_image);
			has_total = true;
		} else {
			summands += l->number;
		}
	}
	assert_int_equal(has_total, !est->count.refused);
}

/* Numbers are numbers for a program: no texts among the values, no marks in the sizes. */
static void exported_values_are_numbers(void **state)
{
	(void)state;
	struct estimate e;
	struct strbuf out;
	char line[96], value[STR_NUMBER];

	start("explain");
	estimate(&st.req.setup, &e);
	strbuf_init(&out);
	export_state(&st, EXPORT_CSV, &out);
	assert_true(str_starts(strbuf_text(&out), "part,step,size,value,unit,words\n"));
	str_format(line, sizeof line, "\nCount,visual,,%lld,tokens,", (long long)e.count.visual);
	assert_non_null(strstr(strbuf_text(&out), line));
	str_number(value, e.prefill.ttft_s * 1e3);
	str_format(line, sizeof line, "\nTime to the first token,in all,,%s,ms,", value);
	assert_non_null(strstr(strbuf_text(&out), line));
	assert_non_null(strstr(strbuf_text(&out), "\nCount,resize,2560x3296 px,,,"));
	strbuf_fini(&out);
}

static void every_derivation_adds_up(void **state)
{
	(void)state;
	static struct explain e;

	for (size_t m = 0; m < reg.models_n; m++)
		for (size_t i = 0; i < 2 * ARRAY_SIZE(sizes); i++) {
			struct frame f;

			if (!reg.models[m]->processor)
				continue;
			start("explain");
			st.req.setup.model = reg.models[m];
			st.req.setup.lens = i % 2 ? LENS_FORMULA : LENS_EXACT;
			state_size(&st, sizes[i / 2].width, sizes[i / 2].height);
			frame_init(&f, &st);
			e.n = 0;
			explain_columns(&e.columns, 40 + (int)(m % 100));
			explain_count(&e, &f);
			adds_up(&e, &f.est);
			explain_around(&e, &f);
			explain_costs(&e, &f);
			explain_source(&e, &f);
			assert_true(e.n < EXPLAIN_MAX);
		}
}

static void runtimes_stand_side_by_side(void **state)
{
	(void)state;
	static struct explain e;
	struct frame f;
	bool seen = false;

	start("explain");
	frame_init(&f, &st);
	explain_columns(&e.columns, 116);
	explain_around(&e, &f);
	for (int i = 0; i < e.n; i++)
		if (strcmp(e.line[i].name, "llama.cpp") == 0) {
			struct count n;

			count_image(registry_processor(&reg, "qwen3-vl@llama.cpp"), LENS_EXACT,
				    NULL, 2550, 3300, &n, NULL);
			assert_int_equal(e.line[i].number, n.has_special ? n.total : n.visual);
			seen = true;
		}
	assert_true(seen);
}

static void the_derivation_is_exported(void **state)
{
	(void)state;
	struct strbuf out;

	start("explain");
	strbuf_init(&out);
	export_state(&st, EXPORT_CSV, &out);
	assert_non_null(strstr(strbuf_text(&out), "\nCount,total,,8242,"));
	assert_non_null(strstr(strbuf_text(&out), "\nCount,patches,"));
	strbuf_fini(&out);
	strbuf_init(&out);
	export_state(&st, EXPORT_JSON, &out);
	assert_non_null(strstr(
		strbuf_text(&out),
		"{\"part\": \"Count\", \"step\": \"total\", \"size\": null, \"value\": 8242"));
	strbuf_fini(&out);
}

/* ------------------------------------------------------------ views */

static void every_view_has_its_key(void **state)
{
	(void)state;
	static const char *const first[] = {"dashboard", "chart", "compare",
					    "image",     "fit",   "explain"};
	size_t view;

	assert_true(views_n >= ARRAY_SIZE(first));
	for (size_t i = 0; i < views_n; i++) {
		if (i < ARRAY_SIZE(first)) {
			assert_string_equal(views[i]->name, first[i]);
			assert_int_equal(views[i]->key, '1' + (int)i);
		}
		assert_true(view_find(views[i]->name, &view));
		assert_int_equal(view, i);
		start(i == 0 ? "chart" : "dashboard");
		press((char[]){views[i]->key, '\0'});
		assert_int_equal(st.view, view);
	}
	start("chart");
	press("9"); /* no view: nothing happens */
	assert_string_equal(views[st.view]->name, "chart");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_click_opens_a_list),
		cmocka_unit_test(a_knob_is_dragged),
		cmocka_unit_test(every_model_of_count_all_is_there),
		cmocka_unit_test(rows_without_a_mark_have_none),
		cmocka_unit_test(estimates_are_those_of_the_model),
		cmocka_unit_test(every_order_is_one),
		cmocka_unit_test(turned_knobs_are_said),
		cmocka_unit_test(a_filter_narrows_as_one_types),
		cmocka_unit_test(enter_takes_any_model),
		cmocka_unit_test(a_click_on_a_head_sorts),
		cmocka_unit_test(the_chosen_row_stays_chosen),
		cmocka_unit_test(a_filter_is_typed),
		cmocka_unit_test(rows_are_marked),
		cmocka_unit_test(the_table_is_exported),
		cmocka_unit_test(a_turned_picture_is_exported),
		cmocka_unit_test(the_curves_are_exported),
		cmocka_unit_test(exported_values_are_numbers),
		cmocka_unit_test(every_derivation_adds_up),
		cmocka_unit_test(runtimes_stand_side_by_side),
		cmocka_unit_test(the_derivation_is_exported),
		cmocka_unit_test(every_view_has_its_key),
	};
	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
