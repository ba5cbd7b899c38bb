/* Scripts, dropped paths, edits of the settings file, playing and the pace. */
#include "tests/unit.h"

#include <string.h>

#include "base/str.h"
#include "cli/settings_edit.h"
#include "registry/registry.h"
#include "state/script.h"
#include "view/drop.h"
#include "view/screen.h"
#include "view/caption.h"
#include "view/talk.h"
#include "view/update.h"
#include "tests/shipped.h"

static struct wishes wishes;
static struct state st;

static void key(uint32_t k)
{
	update(&st, &(struct event){.kind = EVENT_KEY, .key = k}, &wishes);
}

static void paste(const char *text)
{
	update(&st, &(struct event){.kind = EVENT_PASTE, .text = text}, &wishes);
}

static void dropped_paths(void **state)
{
	static const struct {
		const char *text, *path;
		bool is_path;
	} t[] = {
		{"/a/b.png", "/a/b.png", true},
		{"'/a/my photo.png' ", "/a/my photo.png", true},
		{"/a/my\\ photo.png", "/a/my photo.png", true},
		{"\"/a/\\\"x\\\".png\"", "/a/\"x\".png", true},
		{"file:///a/my%20photo.png", "/a/my photo.png", true},
		{"file://host/a/b.png", "/a/b.png", true},
		{"file:///a/100%.png", "/a/100%.png", true},
		{"file:///a%00b", "/a%00b", true},
		{"/a/Anna's.jpg", "/a/Anna's.jpg", true},
		{"  photo.JPG", "photo.JPG", true},
		{"'/a.png' '/b.png'", "/a.png", true},
		{"/a.png /b.png", "/a.png", true},
		{"/a/two words.png", "/a/two words.png", true},
		{"'it'\\''s.png'", "it's.png", true},
		{"1080p", "1080p", false},
		{"gemma 3", "gemma 3", false},
		{"", "", false},
		{"'", "", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		char path[64];

		assert_string_equal(drop_path(t[i].text, path, sizeof path), t[i].path);
		assert_int_equal(drop_is_path(path), t[i].is_path);
	}
}

static void paste_opens_or_types(void **state)
{
	(void)state;
	state_init(&st, &reg);
	paste("file:///tmp/a%20b.png");
	assert_true(wishes.open);
	assert_string_equal(wishes.open_path, "/tmp/a b.png");
	key('m');
	paste("gemma");
	assert_int_equal(st.overlay, OVERLAY_PICK);
	assert_string_equal(st.prompt.text, "gemma");
	paste("'/tmp/c.png'");
	assert_true(wishes.open && st.overlay == OVERLAY_NONE);
	paste("1080p");
	assert_int_equal(st.overlay, OVERLAY_TYPE);
	key(VKEY_ENTER);
	assert_true(st.req.setup.width == 1920 && st.req.setup.height == 1080);
}

/* What is no talk: the message names line and reason. long_line and many are made here. */
static void scripts_that_are_none(void **state)
{
	static char long_line[1100], many_parts[400], many_steps[4100];
	static const struct {
		const char *text, *message; /* "" = it is one */
	} t[] = {
		{"x", ""},
		{"note \"a\"", ""},
		{"note\"a\"", ""},
		{"note\t\"a\"\r\n", ""},
		{"note \"{tokens} of {context_used_share}\"", ""},
		{"note \"\"", ""},
		{"notes", "a.steps:1: expected a key like x, PgUp or C-l, name = value, or note "
			  "\"text\", got \"notes\""},
		{"note a", "a.steps:1: expected note \"text\", got \"a\""},
		{"note \"", "a.steps:1: expected note \"text\", got \"\"\""},
		{"note a\"", "a.steps:1: expected note \"text\", got \"a\"\""},
		{"\nnote \"{tokens\"", "a.steps:2: expected a quantity like {tokens} or "
				       "{prefill_ttft_ms}, got \"{tokens\""},
		{"note \"{token}\"", "a.steps:1: expected a quantity like {tokens} or "
				     "{prefill_ttft_ms}, got \"{token}\""},
		{"note \"{}\"",
		 "a.steps:1: expected a quantity like {tokens} or {prefill_ttft_ms}, got \"{}\""},
		{"note \"{tokens} "
		 "{a_name_that_is_longer_than_the_name_of_any_quantity_that_there_is_today}\"",
		 "a.steps:1: expected a quantity like {tokens} or {prefill_ttft_ms}, got "
		 "\"{a_name_that_is_longer_than_the_name_of_a"},
		{"width =", "a.steps:1: expected a value after =, got \"width\""},
		{"width = 1; height = ", "a.steps:1: expected a value after =, got \"height\""},
		{"= =", ""},   /* a key, twice */
		{"w = 5", ""}, /* three keys */
		{"", "a.steps:1: a talk without a step"},
		{"# a\n \n\t\n", "a.steps:1: a talk without a step"},
		{long_line, "a.steps:1: line too long (at most 1,000 bytes)"},
		{many_parts, "a.steps:1: a step has at most 64 parts"},
		{many_steps, "a.steps:1001: a talk has at most 1,000 steps"},
	};
	struct script s;

	(void)state;
	memset(long_line, 'x', 1001);
	for (int i = 0; i < 65; i++)
		memcpy(many_parts + 2 * i, "x ", 2);
	for (int i = 0; i < 1001; i++)
		memcpy(many_steps + 2 * i, "x\n", 2);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct vtok_error err = {0};
		bool is_good = script_read(&s, "a.steps", t[i].text, strlen(t[i].text), &err);

		if (is_good == (t[i].message[0] != '\0') ||
		    strncmp(err.text, t[i].message, strlen(t[i].message)) != 0)
			fail_msg("%.40s: expected %s, found %s", t[i].text, t[i].message,
				 is_good ? "a talk" : err.text);
		script_fini(&s);
	}
	struct vtok_error err = {0};

	assert_false(script_read(&s, "a.steps", "x\n\0x\n", 5, &err));
	assert_string_equal(err.text, "a.steps:2: a NUL byte: not a text file");
	script_fini(&s);
	/* as long and as many as they may be */
	long_line[1000] = many_parts[128] = many_steps[2000] = '\0';
	memset(long_line, ' ', 999);
	const char *const good[] = {long_line, many_parts, many_steps};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		assert_true(script_read(&s, "a.steps", good[i], strlen(good[i]), &err));
		script_fini(&s);
	}
}

static void a_talk_goes_both_ways(void **state)
{
	static const char text[] = "# a talk\r\nmodel = gemma-3-4b; note \"first; "
				   "still\"\n\npicture = p.png; width = 50%\n"
				   "x b Right; view = chart\n";
	struct script s;
	struct vtok_error err = {0};
	struct picture_info picture = {.path = "talks/p.png", .width = 2000, .height = 1000};

	(void)state;
	assert_true(script_read(&s, "talks/a.steps", text, strlen(text), &err));
	assert_int_equal(s.n, 3);
	assert_int_equal(s.steps[1].line, 4);
	state_init(&st, &reg);
	talk_begin(&st, &s);
	key(' ');
	assert_string_equal(st.req.setup.model->id, "gemma-3-4b");
	assert_string_equal(st.talk.note, "first; still");
	key(' ');
	assert_true(wishes.open);
	assert_string_equal(wishes.open_path, "talks/p.png");
	assert_int_equal(st.talk.at, 1); /* the picture is awaited */
	update(&st, &(struct event){.kind = EVENT_FILE, .picture = &picture}, &wishes);
	assert_int_equal(st.talk.at, 2);
	assert_true(st.req.setup.width == 1000 && st.req.setup.height == 500);
	key(' ');
	assert_true(st.req.setup.lens == LENS_FORMULA && st.big && st.view == 1);
	key(' ');
	assert_true(st.talk.at == 3 && st.message[0]); /* that was the last */
	key(VKEY_BACKSPACE);
	update(&st, &(struct event){.kind = EVENT_FILE, .picture = &picture}, &wishes);
	assert_true(st.talk.at == 2 && st.req.setup.lens == LENS_EXACT && !st.big && st.view == 0);
	assert_int_equal(st.req.setup.width, 1000);
	key(VKEY_BACKSPACE);
	key(VKEY_BACKSPACE);
	assert_true(st.talk.at == 0 && st.req.setup.width == 1024);
	script_fini(&s);
}

/* A word between braces is the number on the screen; one that names none is refused. */
static void captions_hold_numbers(void **state)
{
	(void)state;
	static const char good[] =
		"width = 640; note \"{tokens} tokens, {prefill_ttft_ms} to go, {no\"\n";
	static const char fine[] = "note \"{tokens} of {context_limit}\"\n",
			  bad[] = "note \"{tokns}\"\n";
	struct vtok_error err = {0};
	struct script s;
	struct frame f;
	char text[128];

	assert_false(script_read(&s, "a.steps", good, strlen(good), &err)); /* no end of braces */
	script_fini(&s);
	err = (struct vtok_error){0};
	assert_false(script_read(&s, "a.steps", bad, strlen(bad), &err));
	assert_non_null(strstr(err.text, "a.steps:1"));
	assert_non_null(strstr(err.text, "{tokns}"));
	script_fini(&s);
	err = (struct vtok_error){0};
	assert_true(script_read(&s, "a.steps", fine, strlen(fine), &err));
	state_init(&st, &reg);
	frame_init(&f, &st);
	caption_text(&f, s.steps[0].parts[0].value, text, sizeof text);
	assert_string_equal(text, "1,024 of 262,144");
	script_fini(&s);
}

/* What a picture brought is where reset goes: the header names it. */
static void reset_goes_to_the_picture(void **state)
{
	struct picture_info picture = {.path = "p.png", .width = 2000, .height = 1000};

	(void)state;
	state_init(&st, &reg);
	update(&st, &(struct event){.kind = EVENT_FILE, .picture = &picture}, &wishes);
	key(VKEY_RIGHT);
	assert_int_not_equal(st.req.setup.width, 2000);
	key('R');
	assert_true(st.req.setup.width == 2000 && st.req.setup.height == 1000);
}

static void playing_turns_at_its_ends(void **state)
{
	int turns = 0, last = 1;

	(void)state;
	state_init(&st, &reg);
	key('p');
	assert_true(wishes.timer_ms > 0);
	for (int i = 0; i < 1000; i++) {
		int64_t before = st.req.setup.width;

		update(&st, &(struct event){.kind = EVENT_TICK}, &wishes);
		int way = st.req.setup.width > before ? 1 : -1;

		assert_true(st.req.setup.width != before);
		assert_true(st.req.setup.width >= 192 && st.req.setup.width <= 4128);
		turns += way != last;
		last = way;
	}
	assert_true(turns >= 4);
	int pace = wishes.timer_ms;

	key('>');
	assert_true(wishes.timer_ms > 0 && wishes.timer_ms < pace);
	key('p');
	assert_int_equal(wishes.timer_ms, 0);
	key('u');
	assert_int_equal(st.req.setup.width, 1024); /* a play is undone at once */
}

static void settings_text_keeps_what_it_does_not_know(void **state)
{
	static const struct settings_pair pairs[] = {{"theme", "light"}, {"view", "chart"}};
	static const struct {
		const char *before, *after;
	} t[] = {
		{"", "[dashboard]\ntheme = light\nview = chart\n"},
		{"# mine\n[dashboard]\ntheme=dark\nfuture = 1\n\n[other]\ntheme = x\n",
		 "# mine\n[dashboard]\ntheme = light\nfuture = 1\nview = chart\n\n[other]\ntheme = "
		 "x\n"},
		{"[other]\na = 1", "[other]\na = 1\n\n[dashboard]\ntheme = light\nview = chart\n"},
		{"[dashboard]\r\nview = image\r\n",
		 "[dashboard]\r\nview = chart\r\ntheme = light\r\n"},
		{"[dashboard]\n# theme = a\nthemes = b\n",
		 "[dashboard]\n# theme = a\nthemes = b\ntheme = light\nview = chart\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct strbuf out;

		strbuf_init(&out);
		settings_edit(t[i].before, strlen(t[i].before), "dashboard", pairs,
			      ARRAY_SIZE(pairs), &out);
		assert_string_equal(strbuf_text(&out), t[i].after);
		strbuf_fini(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dropped_paths),
		cmocka_unit_test(paste_opens_or_types),
		cmocka_unit_test(scripts_that_are_none),
		cmocka_unit_test(a_talk_goes_both_ways),
		cmocka_unit_test(captions_hold_numbers),
		cmocka_unit_test(reset_goes_to_the_picture),
		cmocka_unit_test(playing_turns_at_its_ends),
		cmocka_unit_test(settings_text_keeps_what_it_does_not_know),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
