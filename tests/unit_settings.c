/* The settings file: every key that the program reads changes the start that it says, gives way to
 * the command line, and refuses a value that is none; what W writes, the next start reads. */
#include "tests/unit.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/screen_state.h"
#include "cli/settings.h"
#include "state/knobs.h"
#include "tests/shipped.h"
#include "view/view.h"

enum { PATH_BYTES = 1024, FILE_BYTES = 4096, WORDS = 8 };

/* What a start is made of; large. */
static struct start {
	struct settings settings;
	struct options options;
	struct theme_list themes;
	struct state st;
	struct vtok_error err;
} now;

/* ------------------------------------------------------------ what a start shows */

static const char *theme_shown(void)
{
	return now.st.theme->name;
}

static const char *view_shown(void)
{
	return views[now.st.view]->name;
}

static const char *metric_shown(void)
{
	return quantities[now.st.metric].metric;
}

static const char *axis_shown(void)
{
	return now.st.log_axis ? "log" : "linear";
}

static const char *yes_or_no(bool is_so)
{
	return is_so ? "yes" : "no";
}

static const char *ascii_shown(void)
{
	return yes_or_no(now.st.ascii);
}

static const char *mouse_shown(void)
{
	return yes_or_no(!now.st.mouse_off);
}

static const char *graphics_shown(void)
{
	return picture_ways[now.st.pictures];
}

static const char *unconfined_shown(void)
{
	return yes_or_no(settings_unconfined(&now.settings));
}

static char word[KNOB_TEXT_SIZE];

static const char *model_shown(void)
{
	return knob_word(&now.st.req, KNOB_MODEL, word);
}

static const char *lens_shown(void)
{
	return knob_word(&now.st.req, KNOB_LENS, word);
}

static const char *hardware_shown(void)
{
	return knob_word(&now.st.req, KNOB_HARDWARE, word);
}

static const char *engine_shown(void)
{
	return knob_word(&now.st.req, KNOB_ENGINE, word);
}

static const char *orientation_shown(void)
{
	return knob_word(&now.st.req, KNOB_ORIENTATION, word);
}

static const char *budget_shown(void)
{
	return knob_word(&now.st.req, KNOB_BUDGET, word);
}

static const char *rate_shown(void)
{
	return knob_word(&now.st.req, KNOB_TRAFFIC, word);
}

static const char *gpu_price_shown(void)
{
	return knob_word(&now.st.req, KNOB_RENT, word);
}

/* clang-format off */
static const struct row {
	const char *key;
	const char *(*shown)(void);
	const char *usual, *value; /* without the key, with it */
	const char *option;        /* a command line that says otherwise; NULL: there is none */
	const char *then;          /* what it gives */
	const char *wrong, *why;   /* a value that is none, and what is said */
	bool is_own;               /* the user's own word: W does not write it */
} rows[] = {
	{"theme", theme_shown, "dark", "light", "--theme monochrome", "monochrome",
	 "pink", "expected a theme (vtok themes), got \"pink\"", false},
	{"view", view_shown, "dashboard", "explain", "--view chart", "chart",
	 "Dash", "expected a view: dashboard, ", false},
	{"metric", metric_shown, "tokens", "share", "--metric tokens", "tokens",
	 "pixels", "expected tokens, ", false},
	{"axis", axis_shown, "log", "linear", "--axis log", "log",
	 "square", "expected log or linear, got \"square\"", false},
	{"ascii", ascii_shown, "no", "yes", NULL, NULL,
	 "1", "expected yes or no, got \"1\"", false},
	{"mouse", mouse_shown, "yes", "no", NULL, NULL,
	 "off", "expected yes or no, got \"off\"", false},
	{"graphics", graphics_shown, "auto", "sixel", "--graphics cells", "cells",
	 "iterm", "expected auto, kitty, sixel or cells, got \"iterm\"", false},
	{"unconfined-pictures", unconfined_shown, "no", "yes", NULL, NULL,
	 "", "expected yes or no, got \"\"", true},
	{"model", model_shown, "qwen3-vl-8b", "gemma-3-4b", "-m gpt-4o", "gpt-4o",
	 "gemma-3-4bb", "no model \"gemma-3-4bb\"; did you mean gemma-3-4b, ", false},
	{"lens", lens_shown, "exact", "formula", "--lens exact", "exact",
	 "blurred", "expected one of exact, formula, got \"blurred\"", false},
	{"budget", budget_shown, "off", "at once 16", "--budget tokens=1280", "tokens 1280",
	 "cheap", "expected a budget like ttft 300ms, tokens 1280 or off, got \"cheap\"", false},
	{"rate", rate_shown, "0", "12.5", "--rate 20", "20",
	 "many", "expected a number from 0 to 1000000, got \"many\"", false},
	{"gpu-price", gpu_price_shown, "0", "2.25", "--gpu-price 3.5", "3.5",
	 "-1", "expected a number from 0 to 1000000, got \"-1\"", false},
	{"hardware", hardware_shown, "h100-sxm", "l40s", "-g t4", "t4",
	 "toaster", "no hardware \"toaster\"", false},
	{"engine", engine_shown, "vllm", "vllm@0.12", "--engine sglang", "sglang",
	 "vllm@new", "vllm@new: expected a version like 0.20 or 0.20.1 behind vllm@", false},
	{"orientation", orientation_shown, "auto", "ignore", "--orientation apply", "apply",
	 "turned", "expected one of auto, apply, ignore, got \"turned\"", false},
};
/* clang-format on */

static const struct row *row_of(const char *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (strcmp(rows[i].key, key) == 0)
			return &rows[i];
	fail_msg("the key %s of the settings has no row here", key);
	return NULL;
}

/* ------------------------------------------------------------ files and starts */

static char folder[PATH_BYTES], path[PATH_BYTES]; /* absolute */

static void write_file(const char *text, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void read_file(char text[FILE_BYTES])
{
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, FILE_BYTES - 1, f)] = '\0';
	fclose(f);
}

static void write_pair(const char *key, const char *value)
{
	char text[FILE_BYTES];

	str_format(text, sizeof text, "# mine\n[dashboard]\n%s = %s\n", key, value);
	write_file(text, strlen(text));
}

/* `vtok render` with these words behind it, as far as the state; false: err says why not. */
static bool start(const char *words)
{
	static const struct options_scope scope = {"render",
						   OPT_COUNTING | OPT_COSTS | OPT_RULES |
							   OPT_CHART | OPT_SCREEN | OPT_TRAFFIC,
						   INPUTS_ONE, 0};
	static char text[FILE_BYTES];
	char *argv[WORDS] = {text}, *rest;
	int n = 1;

	str_format(text, sizeof text, "%s", words);
	for (char *w = strtok_r(text, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		argv[n++] = w;
	options_fini(&now.options);
	now.err = (struct vtok_error){0};
	return options_parse(&now.options, &scope, n, argv, &now.err) &&
	       settings_load(&now.settings, &now.options, &reg, &now.themes, &now.err) &&
	       screen_state_init(&now.st, &now.options, &reg, &now.themes, &now.err);
}

static void starts(const char *words)
{
	if (!start(words))
		fail_msg("%s: %s", words, now.err.text);
}

/* ------------------------------------------------------------ the tests */

static void every_key_changes_the_start(void **state)
{
	(void)state;
	for (size_t i = 0; settings_key(i); i++) {
		const struct row *r = row_of(settings_key(i));

		unlink(path);
		starts("");
		assert_string_equal(r->shown(), r->usual);
		assert_false(now.settings.is_there);
		write_pair(r->key, r->value);
		starts("");
		if (strcmp(r->shown(), r->value) != 0)
			fail_msg("%s = %s gives %s", r->key, r->value, r->shown());
		assert_true(now.settings.is_there);
		starts("--no-config");
		assert_string_equal(r->shown(), r->usual);
		if (!r->option)
			continue;
		starts(r->option);
		if (strcmp(r->shown(), r->then) != 0)
			fail_msg("%s: %s stands over %s", r->key, r->shown(), r->option);
	}
}

static void every_row_is_a_key(void **state)
{
	size_t n = 0;

	(void)state;
	for (size_t i = 0; settings_key(i); i++)
		for (size_t other = n++; other > 0; other--)
			assert_string_not_equal(settings_key(i), settings_key(other - 1));
	assert_int_equal(n, ARRAY_SIZE(rows));
}

static void a_wrong_value_is_named_with_its_line(void **state)
{
	char want[ERROR_TEXT];

	(void)state;
	for (size_t i = 0; settings_key(i); i++) {
		const struct row *r = row_of(settings_key(i));

		write_pair(r->key, r->wrong);
		assert_false(start(""));
		assert_int_equal(now.err.code, VTOK_E_CONFIG);
		str_format(want, sizeof want, "settings.ini:3: [dashboard] %s: %s", r->key, r->why);
		if (!strstr(now.err.text, want))
			fail_msg("expected ...%s, found %s", want, now.err.text);
		/* nor is it looked at where nobody asks for the file */
		starts("--no-config");
	}
}

/* A value that does not fit is refused like any other, not cut into one that is none. */
static void a_value_of_any_length_is_one_line(void **state)
{
	char value[600];

	(void)state;
	memset(value, 'x', sizeof value);
	value[sizeof value - 1] = '\0';
	for (size_t i = 0; settings_key(i); i++) {
		write_pair(settings_key(i), value);
		assert_false(start(""));
		assert_null(strchr(now.err.text, '\n'));
		assert_true(strlen(now.err.text) < ERROR_TEXT - 1);
	}
}

static void other_sections_and_keys_are_somebody_elses(void **state)
{
	static const char text[] = "[other]\ntheme = pink\n[dashboard]\nfuture = kept\n";

	(void)state;
	write_file(text, sizeof text - 1);
	starts("");
	assert_string_equal(theme_shown(), "dark");
}

static bool has_line(const char *text, const char *key, const char *value)
{
	char line[256];

	str_format(line, sizeof line, "\n%s = %s\n", key, value);
	return strstr(text, line) != NULL;
}

/* All keys at once: W writes what stands on the screen, and the next start stands there again. */
static void what_is_written_is_read(void **state)
{
	char all[FILE_BYTES] = "[dashboard]\n", text[FILE_BYTES], said[ERROR_TEXT];
	size_t used = strlen(all);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		str_format(all + used, sizeof all - used, "%s = %s\n", rows[i].key, rows[i].value);
		used += strlen(all + used);
	}
	write_file(all, used);
	starts("");
	unlink(path);
	assert_true(settings_save(&now.st, SETTINGS_ALL, said, sizeof said));
	assert_non_null(strstr(said, "settings saved in "));
	read_file(text);
	for (size_t i = 0; settings_key(i); i++) {
		const struct row *r = row_of(settings_key(i));

		if (has_line(text, r->key, r->value) == r->is_own)
			fail_msg("%s = %s is %swritten:\n%s", r->key, r->value,
				 r->is_own ? "" : "not ", text);
	}
	starts("");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(rows[i].shown(),
				    rows[i].is_own ? rows[i].usual : rows[i].value);
}

/* A theme that was picked writes its key alone; the rest of the file stays to the letter. */
static void a_theme_is_written_alone(void **state)
{
	static const char before[] = "# mine\n[other]\ntheme = pink\n[dashboard]\nview = chart\n"
				     "future = kept\n";
	char text[FILE_BYTES], want[FILE_BYTES], said[ERROR_TEXT];

	(void)state;
	write_file(before, sizeof before - 1);
	starts("--theme monochrome");
	assert_true(settings_save(&now.st, SETTINGS_THEME, said, sizeof said));
	assert_non_null(strstr(said, "theme saved in "));
	read_file(text);
	str_format(want, sizeof want, "%stheme = monochrome\n", before);
	assert_string_equal(text, want);
}

/* ------------------------------------------------------------ files that are none */

static void a_file_that_is_no_ini_is_not_written_over(void **state)
{
	static const char torn[] = "[dashboard]\nthis is no pair\n";
	char text[FILE_BYTES], said[ERROR_TEXT];

	(void)state;
	unlink(path);
	starts("");
	write_file(torn, sizeof torn - 1);
	assert_false(settings_save(&now.st, SETTINGS_ALL, said, sizeof said));
	assert_non_null(strstr(said, "not saved: "));
	assert_non_null(strstr(said, "settings.ini:2: "));
	read_file(text);
	assert_string_equal(text, torn);
	assert_false(start(""));
	assert_int_equal(now.err.code, VTOK_E_CONFIG);
}

/* A folder, a pipe or a very large file in its place is told, never waited for and never replaced.
 */
static void what_is_no_file_is_told(void **state)
{
	static char large[1024 * 1024 + 1];
	char said[ERROR_TEXT];

	(void)state;
	for (int what = 0; what < 3; what++) {
		unlink(path);
		starts("");
		struct state st = now.st;

		if (what == 0)
			assert_int_equal(mkdir(path, 0700), 0);
		else if (what == 1)
			assert_int_equal(mkfifo(path, 0600), 0);
		else
			write_file(memset(large, '#', sizeof large), sizeof large);
		const char *why = what == 2 ? "settings.ini: cannot read: larger than 1 MiB"
					    : "settings.ini: cannot read: not a regular file";

		assert_false(start(""));
		assert_int_equal(now.err.code, VTOK_E_CONFIG);
		if (!strstr(now.err.text, why))
			fail_msg("expected %s, found %s", why, now.err.text);
		assert_false(settings_save(&st, SETTINGS_ALL, said, sizeof said));
		if (!strstr(said, why))
			fail_msg("expected %s, found %s", why, said);
		assert_int_equal(what == 0 ? rmdir(path) : unlink(path), 0);
	}
}

/* Without a home there is nothing to read and no place to write to; a path longer than any is none
 * either. */
static void without_a_place_nothing_is_kept(void **state)
{
	static char longer[5000];
	char said[ERROR_TEXT];

	(void)state;
	memset(longer, 'x', sizeof longer - 1);
	longer[0] = '/';
	for (int i = 0; i < 3; i++) {
		if (i == 0)
			unsetenv("XDG_CONFIG_HOME");
		else
			setenv("XDG_CONFIG_HOME", i == 1 ? "not/absolute" : longer, 1);
		unsetenv("HOME");
		starts("");
		assert_false(now.settings.is_there);
		assert_false(settings_save(&now.st, SETTINGS_ALL, said, sizeof said));
		assert_string_equal(said, "there is no home directory: settings are not kept");
	}
	assert_int_equal(setenv("XDG_CONFIG_HOME", folder, 1), 0);
}

/* The manual says which keys there are. */
static void the_manual_names_every_key(void **state)
{
	const char *root = getenv("SRCDIR");
	static char text[256 * 1024];
	char page[PATH_BYTES], name[64];
	FILE *f = fopen(str_format(page, sizeof page, "%s/man/vtok.1", root ? root : "."), "r");

	(void)state;
	assert_non_null(f);
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	char *section = strstr(text, "\n.SH SETTINGS\n"),
	     *end = strstr(text, "\n.SH EXIT STATUS\n");

	assert_true(section && end && section < end);
	*end = '\0';
	for (size_t i = 0; settings_key(i); i++) {
		size_t n = 0;

		for (const char *p = settings_key(i); *p && n + 2 < sizeof name; p++) {
			if (*p == '-')
				name[n++] = '\\';
			name[n++] = *p;
		}
		name[n] = '\0';
		if (!strstr(section, name))
			fail_msg("SETTINGS of vtok(1) does not name %s", settings_key(i));
	}
}

static int begin(void **state)
{
	const char *build = getenv("BUILDDIR");
	char name[PATH_BYTES];

	str_format(name, sizeof name, "%s/unit_settings.XXXXXX", build ? build : ".");
	char *real = mkdtemp(name) ? realpath(name, NULL) : NULL;

	if (!real || shipped_load(state) != 0)
		return 1;
	str_format(folder, sizeof folder, "%s", real);
	free(real);
	str_format(path, sizeof path, "%s/vtok", folder);
	if (mkdir(path, 0700) != 0)
		return 1;
	str_format(path, sizeof path, "%s/vtok/settings.ini", folder);
	return setenv("XDG_CONFIG_HOME", folder, 1);
}

static int end(void **state)
{
	options_fini(&now.options);
	unlink(path);
	*strrchr(path, '/') = '\0';
	return rmdir(path) == 0 && rmdir(folder) == 0 ? shipped_free(state) : 1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_changes_the_start),
		cmocka_unit_test(every_row_is_a_key),
		cmocka_unit_test(a_wrong_value_is_named_with_its_line),
		cmocka_unit_test(a_value_of_any_length_is_one_line),
		cmocka_unit_test(other_sections_and_keys_are_somebody_elses),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_theme_is_written_alone),
		cmocka_unit_test(a_file_that_is_no_ini_is_not_written_over),
		cmocka_unit_test(what_is_no_file_is_told),
		cmocka_unit_test(without_a_place_nothing_is_kept),
		cmocka_unit_test(the_manual_names_every_key),
	};

	return cmocka_run_group_tests_name("settings", tests, begin, end);
}
