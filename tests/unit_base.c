#include "tests/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/charset.h"
#include "base/error.h"
#include "base/fd.h"
#include "base/quote.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/unit.h"
#include "base/utf8.h"

static void numbers_are_strict(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
		double value;
	} t[] = {
		{"1", true, 1},
		{"-2.5", true, -2.5},
		{"1e3", true, 1000},
		{"0.84", true, 0.84},
		{"3.6", true, 3.6},
		{".5", true, .5},
		{"12845056", true, 12845056},
		{"1e-3", true, 1e-3},
		{"", false, 0},
		{"1,5", false, 0},
		{"1 2", false, 0},
		{"0x10", false, 0},
		{"nan", false, 0},
		{"inf", false, 0},
		{"1e", false, 0},
		{"--1", false, 0},
		{"1.2.3", false, 0},
		{"1e999", false, 0},
		{"-", false, 0},
		{".", false, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		double v = 42;
		assert_int_equal(str_num(t[i].text, &v), t[i].good);
		assert_true(v == (t[i].good ? t[i].value : 42)); /* exact: the parser promises it */
	}
}

static void numbers_come_back(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *text;
	} t[] = {
		{0, "0"},
		{8240, "8240"},
		{-3, "-3"},
		{-0.0, "0"},
		{0.1, "0.1"},
		{1.5e-7, "1.5e-07"},
		{1e15, "1000000000000000"},
		{9e15, "9000000000000000"}, /* whole below 2^53: every digit */
		{1e16, "1e+16"},
		{1.0 / 3, "0.333333333333"},
		{2e12 / 3, "666666666667"},
	};
	char text[STR_NUMBER];

	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		assert_string_equal(str_number(text, t[i].value), t[i].text);
}

static void integers_stay_in_range(void **state)
{
	(void)state;
	int64_t v = 7;
	assert_true(str_int("9223372036854775807", INT64_MIN, INT64_MAX, &v));
	assert_true(v == INT64_MAX);
	assert_false(str_int("9223372036854775808", INT64_MIN, INT64_MAX, &v));
	assert_false(str_int("5", 6, 9, &v));
	assert_false(str_int("5 ", 0, 9, &v));
	assert_true(v == INT64_MAX);
}

static void sizes_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
		int64_t w, h;
	} t[] = {
		{"1920x1080", true, 1920, 1080},
		{"1920,1080", true, 1920, 1080},
		{"1920 1080\r", true, 1920, 1080},
		{" 1 X 2 ", true, 1, 2},
		{"1000000000x1", true, 1000000000, 1},
		{"0x0", false, 0, 0},
		{"-5x10", false, 0, 0},
		{"99999999999x1", false, 0, 0},
		{"12", false, 0, 0},
		{"12x", false, 0, 0},
		{"12x34x56", false, 0, 0},
		{"", false, 0, 0},
		{"1.5x2", false, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		int64_t w = 0, h = 0;
		assert_int_equal(unit_parse_size(t[i].text, &w, &h), t[i].good);
		assert_int_equal(w, t[i].w);
		assert_int_equal(h, t[i].h);
	}
}

static void units_read_back(void **state)
{
	(void)state;
	char s[UNIT_TEXT];
	double v;
	assert_string_equal(unit_bytes(s, 1024.0 * 36), "36.0 KiB");
	assert_string_equal(unit_bytes(s, 1.25 * 1073741824), "1.25 GiB");
	assert_string_equal(unit_bytes(s, -36.0 * 1073741824), "-36.0 GiB");
	assert_string_equal(unit_time(s, 0.0123), "12.3 ms");
	assert_string_equal(unit_time(s, 3.6e-6), "3.60 us");
	assert_string_equal(unit_time(s, 9999.4), "9999 s");
	assert_string_equal(unit_time(s, 11188.4), "11,188 s");
	assert_string_equal(unit_time(s, 1e14), "100,000,000,000,000 s");
	assert_string_equal(unit_percent(s, 0.705), "70.5 %");
	/* all of it and nothing are said of these alone */
	assert_string_equal(unit_percent(s, 1), "100.0 %");
	assert_string_equal(unit_percent(s, 0.9997), "99.9 %");
	assert_string_equal(unit_percent(s, 1.0001), "100.1 %");
	assert_string_equal(unit_percent(s, 2.0 / 131072), "< 0.01 %");
	assert_string_equal(unit_percent(s, 0), "0.0 %");
	assert_string_equal(unit_percent(s, 99.99), "9999 %");
	assert_string_equal(unit_percent(s, 557), "55,700 %");
	assert_string_equal(unit_count(s, 12345), "12,345");
	assert_string_equal(unit_count(s, 1234567), "1.23 M");
	assert_string_equal(unit_grouped(s, -1234567), "-1,234,567");
	assert_true(unit_parse_bytes("80 GiB", &v) && v == 80.0 * 1073741824);
	assert_false(unit_parse_bytes("80 gigs", &v));
	assert_false(unit_parse_bytes("1e300GiB", &v)); /* a number, and its product is none */
	assert_true(v == 80.0 * 1073741824);
	assert_true(unit_parse_seconds("3.5 ms", &v) && v == 3.5e-3);
	assert_true(unit_parse_count("4k", &v) && v == 4000);
}

static void text_from_outside_is_cleaned(void **state)
{
	(void)state;
	char s[] = "a\033[31mb\xc2\x9b"
		   "c\xff\xe2\x82";
	str_clean(s);
	assert_string_equal(s, "a?[31mb?c??");
	char t[] = "gr\xc3\xbc\xc3\x9f \xe2\x94\x82";
	str_clean(t);
	assert_string_equal(t, "gr\xc3\xbc\xc3\x9f \xe2\x94\x82");
}

/* The reason stays whole, the name of the file too; folders go first. */
static void errors_about_a_path(void **state)
{
	char path[1001], wide[1001], reason[301];
	struct vtok_error e = {0};

	(void)state;
	assert_false(error_path(&e, VTOK_E_INPUT, "a/b.ini", "cannot read: %s", "gone"));
	assert_string_equal(e.text, "a/b.ini: cannot read: gone");
	assert_int_equal(e.code, VTOK_E_INPUT);
	assert_false(error_path(&e, VTOK_E_CONFIG, "c", "second"));
	assert_string_equal(e.text, "a/b.ini: cannot read: gone");
	error_at(&e, "d", 7);
	assert_string_equal(e.text, "d:7: a/b.ini: cannot read: gone");

	memset(path, 'x', 1000); /* one name, longer than any error */
	path[1000] = '\0';
	e = (struct vtok_error){0};
	error_path(&e, VTOK_E_INPUT, path, "no space");
	assert_int_equal(strlen(e.text), ERROR_TEXT - 1);
	assert_memory_equal(e.text, "...xxx", 6);
	assert_string_equal(e.text + ERROR_TEXT - 1 - strlen("x: no space"), "x: no space");

	strcpy(path + 900, "/f/settings.ini"); /* a slash within what is kept, and one before */
	e = (struct vtok_error){0};
	error_path(&e, VTOK_E_INPUT, path, "no space");
	assert_string_equal(e.text, ".../f/settings.ini: no space");
	e = (struct vtok_error){0};
	error_set(&e, VTOK_E_CONFIG, "what");
	error_at(&e, path, 12);
	assert_string_equal(e.text, ".../f/settings.ini:12: what");
	e = (struct vtok_error){0};
	error_set(&e, VTOK_E_INPUT, "empty line");
	error_at(&e, "", 0);
	assert_string_equal(e.text, "empty line");

	for (int i = 0; i < 333; i++) /* never half a character, wherever the cut falls */
		memcpy(wide + 3 * i, "\xe2\x82\xac", 3);
	wide[999] = '\0';
	for (int i = 0; i < 3; i++) {
		e = (struct vtok_error){0};
		error_path(&e, VTOK_E_INPUT, wide, "%.*s", i + 1, "why");
		assert_null(strchr(e.text, '?'));
		assert_memory_equal(e.text, "...\xe2\x82\xac", 6);
	}

	memset(reason, 'r', 300); /* longer than any reason of ours: the path keeps a part */
	reason[300] = '\0';
	e = (struct vtok_error){0};
	error_path(&e, VTOK_E_INPUT, "/tmp/picture.png", "%s", reason);
	assert_memory_equal(e.text, "/tmp/picture.png: rrr", 21);
	e = (struct vtok_error){0};
	error_path(&e, VTOK_E_INPUT, "a\033[31m\n", "b\tc");
	assert_string_equal(e.text, "a?[31m?: b?c");
}

/* One row a text: as it came, and as it stands in each format. */
static void texts_are_quoted_for_their_reader(void **state)
{
	static const struct {
		const char *text, *people, *csv, *json, *md;
	} t[] = {
		{"", "", "", "\"\"", ""},
		{"plain-1.jpg", "plain-1.jpg", "plain-1.jpg", "\"plain-1.jpg\"", "plain-1.jpg"},
		{"a,b", "a,b", "\"a,b\"", "\"a,b\"", "a,b"},
		{"a\"b", "a\"b", "\"a\"\"b\"", "\"a\\\"b\"", "a\"b"},
		{" a", " a", "\" a\"", "\" a\"", " a"},
		{"a ", "a ", "\"a \"", "\"a \"", "a "},
		{"a b", "a b", "a b", "\"a b\"", "a b"},
		{"a\tb\nc", "a?b?c", "a?b?c", "\"a\\tb\\nc\"", "a?b?c"},
		{"\b\f\r\v", "????", "????", "\"\\b\\f\\r\\u000b\"", "????"},
		{"\033[31m\177", "?[31m?", "?[31m?", "\"\\u001b[31m\\u007f\"", "?\\[31m?"},
		{"\xff\xc3", "??", "??", "\"\xef\xbf\xbd\xef\xbf\xbd\"", "??"},
		{"\xc2\x9b", "?", "?", "\"\\u009b\"", "?"},
		{"rtl\xe2\x80\xaegpj", "rtl?gpj", "rtl?gpj", "\"rtl\\u202egpj\"", "rtl?gpj"},
		{"\xef\xbf\xbf", "?", "?", "\"\\uffff\"", "?"},
		{"\xf3\xa0\x80\x81", "?", "?", "\"\\udb40\\udc01\"", "?"},
		{"\xc3\xa4\xe2\x82\xac", "\xc3\xa4\xe2\x82\xac", "\xc3\xa4\xe2\x82\xac",
		 "\"\xc3\xa4\xe2\x82\xac\"", "\xc3\xa4\xe2\x82\xac"},
		{"a\\|b", "a\\|b", "a\\|b", "\"a\\\\|b\"", "a\\\\\\|b"},
		{"<img>", "<img>", "<img>", "\"<img>\"", "&lt;img>"},
		{"[l](x)", "[l](x)", "[l](x)", "\"[l](x)\"", "\\[l](x)"},
		{"`*`", "`*`", "`*`", "\"`*`\"", "\\`\\*\\`"},
		{"&lt;&#60;& x", "&lt;&#60;& x", "&lt;&#60;& x", "\"&lt;&#60;& x\"",
		 "\\&lt;\\&#60;& x"},
	};
	struct strbuf sb;

	(void)state;
	strbuf_init(&sb);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		const char *want[QUOTE_N] = {[QUOTE_TEXT] = t[i].people,
					     [QUOTE_CSV] = t[i].csv,
					     [QUOTE_JSON] = t[i].json,
					     [QUOTE_MD] = t[i].md};

		for (int q = 0; q < QUOTE_N; q++) {
			strbuf_clear(&sb);
			quote_add(&sb, (enum quote)q, t[i].text);
			assert_string_equal(strbuf_text(&sb), want[q]);
		}
		/* plain is what stands as it is in all of them */
		char inner[64];

		str_format(inner, sizeof inner, "\"%s\"", t[i].text);
		assert_int_equal(quote_is_plain(t[i].text, strlen(t[i].text)),
				 strcmp(t[i].csv, t[i].text) == 0 &&
					 strcmp(t[i].md, t[i].text) == 0 &&
					 strcmp(t[i].json, inner) == 0 &&
					 (unsigned char)t[i].text[0] < 0x80);
	}
	strbuf_fini(&sb);
}

static void gather(void *arg, const char *bytes, size_t n)
{
	strbuf_add(arg, bytes, n);
}

/* The stream hands out slices: what follows them is another field. */
static void quoting_stays_in_the_slice(void **state)
{
	struct strbuf sb;

	(void)state;
	strbuf_init(&sb);
	quote_write(QUOTE_JSON, "a\xe2\x82\xac", 3, gather, &sb); /* the last byte is not ours */
	assert_string_equal(strbuf_text(&sb), "\"a\xef\xbf\xbd\"");
	strbuf_clear(&sb);
	quote_write(QUOTE_JSON, "a\0b", 3, gather, &sb);
	assert_string_equal(strbuf_text(&sb), "\"a\\u0000b\"");
	strbuf_clear(&sb);
	quote_write(QUOTE_CSV, "a\0b,", 3, gather, &sb);
	assert_string_equal(strbuf_text(&sb), "a?b");
	strbuf_fini(&sb);
}

static void widths_and_cuts(void **state)
{
	(void)state;
	assert_int_equal(utf8_columns("a\xe6\x97\xa5"
				      "e\xcc\x81"),
			 4);
	assert_int_equal(utf8_cut("\xe6\x97\xa5\xe6\x9c\xac", 3), 3);
	assert_int_equal(utf8_cut("abc", 2), 2);
}

/* Nobody who wants to hear of it: nothing happens. No error yet: nothing to add to. */
static void errors_without_a_listener(void **state)
{
	struct vtok_error none = {0}, long_one = {0};
	char text[ERROR_TEXT + 100];

	(void)state;
	assert_false(error_set(NULL, VTOK_E_INPUT, "what"));
	assert_false(error_path(NULL, VTOK_E_INPUT, "a", "what"));
	assert_false(error_memory(NULL) || error_at(NULL, "a", 1) || error_prefix(NULL, "a"));
	assert_false(error_at(&none, "a", 1) || error_prefix(&none, "a"));
	assert_true(none.code == VTOK_OK && none.text[0] == '\0');
	/* memory ran out first, or something else did */
	error_memory(&none);
	assert_true(none.is_memory && none.code == VTOK_E_INPUT);
	assert_string_equal(none.text, "out of memory");
	error_set(&long_one, VTOK_E_CONFIG, "what");
	error_memory(&long_one);
	assert_false(long_one.is_memory);
	/* what does not fit is cut, with an end */
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	error_prefix(&long_one, "%s", text);
	assert_true(strlen(long_one.text) < ERROR_TEXT);
	assert_memory_equal(long_one.text, "xxxx", 4);
	long_one = (struct vtok_error){0};
	error_set(&long_one, VTOK_E_CONFIG, "%s", text);
	assert_int_equal(strlen(long_one.text), ERROR_TEXT - 1);
	error_prefix(&long_one, "file:%d", 3);
	assert_int_equal(strlen(long_one.text), ERROR_TEXT - 1);
	assert_memory_equal(long_one.text, "file:3: xxx", 11);
}

/* What the locale of the environment says of the terminal; one that is not installed is known by
 * its name. The locale of the test is put back. */
static void the_locale_says_utf_8(void **state)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	static const struct {
		const char *value[3]; /* NULL = not set */
		bool is_utf8;
	} t[] = {
		{{"C.UTF-8", NULL, NULL}, true},
		{{NULL, "C.UTF-8", NULL}, true},
		{{NULL, NULL, "C.UTF-8"}, true},
		{{"C", "C.UTF-8", "C.UTF-8"}, false},
		{{"", "C", "C.UTF-8"}, false},
		{{NULL, NULL, NULL}, false},
		/* nowhere installed */
		{{"xx_YY.UTF-8", NULL, NULL}, true},
		{{NULL, "xx_YY.utf8", NULL}, true},
		{{"", "", "xx_YY.UTF-8"}, true},
		{{"", "xx_YY.UTF-8", "C"}, true},
		{{"xx_YY.ISO-8859-1", NULL, "C.UTF-8"}, false},
		{{NULL, "xx_YY", "C.UTF-8"}, false},
	};
	char *before[3];

	(void)state;
	for (size_t k = 0; k < ARRAY_SIZE(names); k++)
		before[k] = getenv(names[k]) ? strdup(getenv(names[k])) : NULL;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		setlocale(LC_CTYPE, "C");
		for (size_t k = 0; k < ARRAY_SIZE(names); k++)
			if (t[i].value[k])
				setenv(names[k], t[i].value[k], 1);
			else
				unsetenv(names[k]);
		if (charset_is_utf8() != t[i].is_utf8)
			fail_msg("row %zu: LC_ALL=%s", i, t[i].value[0] ? t[i].value[0] : "");
	}
	for (size_t k = 0; k < ARRAY_SIZE(names); k++) {
		if (before[k])
			setenv(names[k], before[k], 1);
		else
			unsetenv(names[k]);
		free(before[k]);
	}
	setlocale(LC_CTYPE, "C");
}

static void numbers_at_the_ends_of_a_double(void **state)
{
	static const struct {
		const char *text;
		bool is_number;
		double value;
	} t[] = {
		{"1e300", true, 1e300},
		{"1e-300", true, 1e-300},
		{"1e301", false, 0},
		{"123456789012345678e290", true, 123456789012345678e290},
		{"179769313486231570e291", true, 1.7976931348623157e308},
		{"180000000000000000e291", false, 0}, /* above the largest */
		{"999999999999999999e300", false, 0},
		{"0.00000000000000000000000000000000000000001e-299", false, 0},
		{"0.000000000000000000001", true, 1e-21},
		{"1e", false, 0},
		{"1e+", false, 0},
		{".", false, 0},
		{"1.2.3", false, 0},
	};
	char digits[500];
	double v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		v = -1;
		if (str_num(t[i].text, &v) != t[i].is_number)
			fail_msg("%s is %sa number", t[i].text, t[i].is_number ? "not " : "");
		if (t[i].is_number && fabs(v / t[i].value - 1) > 1e-14)
			fail_msg("%s is %.17g", t[i].text, v);
	}
	memset(digits, '9', sizeof digits - 1); /* more digits than any number has */
	digits[sizeof digits - 1] = '\0';
	assert_false(str_num(digits, &v));
	digits[300] = '\0';
	assert_true(str_num(digits, &v) && v > 9.99e299);
}

/* More than can be had is refused at once, and stays refused. */
static void more_memory_than_there_is(void **state)
{
	struct strbuf sb;
	struct arena a;

	(void)state;
	strbuf_init(&sb);
	strbuf_puts(&sb, "kept");
	strbuf_add(&sb, "", SIZE_MAX / 2);
	assert_false(strbuf_ok(&sb));
	strbuf_puts(&sb, " and more");
	strbuf_printf(&sb, "%d", 1);
	strbuf_putc(&sb, '!');
	assert_string_equal(strbuf_text(&sb), "kept");
	assert_null(strbuf_steal(&sb));
	arena_init(&a);
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_alloc(&a, SIZE_MAX / 2 + 1));
	assert_non_null(arena_alloc(&a, 16)); /* it goes on */
	arena_fini(&a);
}

static void descriptors_that_fail(void **state)
{
	char byte = 'x';
	int ends[2];

	(void)state;
	assert_int_equal(fd_read(-1, &byte, 1), -1);
	assert_int_equal(errno, EBADF);
	assert_int_equal(fd_write(-1, &byte, 1), EBADF);
	assert_int_equal(fd_write(-1, &byte, 0), 0);
	assert_int_equal(pipe(ends), 0);
	/* an end that does not wait is waited for: the byte comes from a child later */
	assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	pid_t child = fork();

	if (child == 0) {
		poll(NULL, 0, 20);
		_exit(fd_write(ends[1], "y", 1));
	}
	assert_true(child > 0);
	assert_int_equal(fd_read(ends[0], &byte, 1), 1);
	assert_int_equal(byte, 'y');
	int status = -1;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(ends[1]);
	assert_int_equal(fd_read(ends[0], &byte, 1), 0);
	close(ends[0]);
	/* a reader that has gone */
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	void (*old)(int) = signal(SIGPIPE, SIG_IGN);

	assert_int_equal(fd_write(ends[1], &byte, 1), EPIPE);
	signal(SIGPIPE, old);
	close(ends[1]);
}

static void sizes_with_blanks(void **state)
{
	static const struct {
		const char *text;
		int64_t width, height; /* 0 = none */
	} t[] = {
		{"640x480", 640, 480},
		{" 640 x 480 ", 640, 480},
		{"\t640\tX\t480\t", 640, 480},
		{"640,480", 640, 480},
		{"640 480", 640, 480},
		{"640x480\r\n", 640, 480},
		{"640", 0, 0},
		{"640x", 0, 0},
		{"x480", 0, 0},
		{"640x0", 0, 0},
		{"0x480", 0, 0},
		{"640x480x3", 0, 0},
		{"1000000001x1", 0, 0},
		{"1x1000000001", 0, 0},
		{"", 0, 0},
		{"  ", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		int64_t w = 0, h = 0;

		assert_int_equal(unit_parse_size(t[i].text, &w, &h), t[i].width > 0);
		assert_true(w == t[i].width && h == t[i].height);
	}
}

static void first_error_wins(void **state)
{
	(void)state;
	struct vtok_error e = {0};
	assert_false(error_set(&e, VTOK_E_INPUT, "first %d", 1));
	assert_false(error_set(&e, VTOK_E_CONFIG, "second"));
	error_prefix(&e, "file:%d", 3);
	assert_int_equal(e.code, VTOK_E_INPUT);
	assert_string_equal(e.text, "file:3: first 1");
}

static void growing_text(void **state)
{
	(void)state;
	struct strbuf sb;
	strbuf_init(&sb);
	for (int i = 0; i < 1000; i++)
		strbuf_printf(&sb, "%d,", i);
	assert_true(strbuf_ok(&sb));
	assert_int_equal(sb.len, 3890);
	char *s = strbuf_steal(&sb);
	assert_int_equal(strlen(s), 3890);
	free(s);
	struct arena a;
	arena_init(&a);
	for (int i = 0; i < 5000; i++)
		assert_non_null(arena_strdup(&a, "some text of no importance"));
	assert_non_null(arena_alloc(&a, 100000));
	arena_fini(&a);
}

static void near_names(void **state)
{
	(void)state;
	assert_int_equal(str_distance("qwen3-vl-8b", "qwen3-vl-8b"), 0);
	assert_int_equal(str_distance("kitten", "sitting"), 3);
	assert_int_equal(str_distance("", "abc"), 3);
}

static void formats_are_cut_whole(void **state)
{
	(void)state;
	char out[8];

	assert_string_equal(str_format(out, sizeof(out), "%d/%s", 3, "ab"), "3/ab");
	assert_string_equal(str_format(out, sizeof(out), "1234567890"), "1234567");
	assert_string_equal(str_format(out, sizeof(out),
				       "12345\xc3\x97"
				       "90"),
			    "12345\xc3\x97");
	assert_string_equal(str_format(out, sizeof(out),
				       "123456\xc3\x97"
				       "9"),
			    "123456");
	assert_string_equal(str_format(out, sizeof(out), "12345\xe2\x82\xac"), "12345");
	assert_string_equal(str_format(out, sizeof(out),
				       "1234\xe2\x82\xac"
				       "9"),
			    "1234\xe2\x82\xac");
	assert_string_equal(str_format(out, sizeof(out), "1234\xf0\x9f\x98\x80"), "1234");
}

static void arenas_join(void **state)
{
	(void)state;
	struct arena a, b;
	arena_init(&a);
	arena_init(&b);
	const char *in_a = arena_strdup(&a, "a"), *in_b = arena_strdup(&b, "b");
	assert_non_null(arena_alloc(&b, 100000)); /* a second block */
	arena_join(&a, &b);
	assert_null(b.last);
	arena_join(&a, &b); /* nothing left to move */
	assert_string_equal(in_a, "a");
	assert_string_equal(in_b, "b");
	assert_non_null(arena_alloc(&a, 8));
	arena_fini(&b);
	arena_fini(&a); /* frees both: the sanitizers watch */
}

static void text_is_appended_within_its_room(void **state)
{
	(void)state;
	char s[8] = "abc";
	assert_string_equal(str_append(s, sizeof(s), "-%d", 12), "abc-12");
	assert_string_equal(str_append(s, sizeof(s), "345"), "abc-123");
	assert_string_equal(str_append(s, sizeof(s), "4"), "abc-123");
}

static void case_of_the_first_bytes(void **state)
{
	(void)state;
	assert_true(str_ncasecmp("H100-SXM", "h100", 4) == 0);
	assert_true(str_ncasecmp("H100", "h200", 2) != 0);
	assert_true(str_ncasecmp("ab", "abc", 5) != 0);
	assert_true(str_ncasecmp("x", "y", 0) == 0);
}

/* Every byte at every place of a word of eight and of what is left over. */
static void csv_looks_at_every_byte(void **state)
{
	(void)state;
	for (int c = 1; c < 256; c++)
		for (size_t at = 0; at < 19; at++) {
			char text[20] = "aaaaaaaaaaaaaaaaaaa", expected[32] = "";
			struct strbuf sb;
			bool is_quoted =
				c == ',' || c == '"' || (c == ' ' && (at == 0 || at == 18));

			text[at] = (char)c;
			snprintf(expected, sizeof(expected), "%s%.*s%s%s%s", is_quoted ? "\"" : "",
				 (int)at, text,
				 c < 0x20 || c >= 0x7f ? "?"
				 : c == '"'            ? "\"\""
						       : (char[2]){(char)c, '\0'},
				 text + at + 1, is_quoted ? "\"" : "");
			strbuf_init(&sb);
			quote_add(&sb, QUOTE_CSV, text);
			assert_string_equal(strbuf_text(&sb), expected);
			strbuf_fini(&sb);
		}
}

static const char *const fruits[] = {"apple", "pear", "plum", NULL};

static const char *one(size_t i)
{
	return i ? NULL : fruits[0];
}

static const char *three(size_t i)
{
	return fruits[i];
}

static void lists_of_names(void **state)
{
	char out[64], narrow[9];

	(void)state;
	assert_string_equal(str_any_of(out, sizeof out, one), "apple");
	assert_string_equal(str_any_of(out, sizeof out, three), "apple, pear or plum");
	assert_string_equal(str_any_of(narrow, sizeof narrow, three), "apple, p");
}

static char *ratio(char out[STR_NUMBER], int64_t a, int64_t b)
{
	*str_put_ratio(out, a, b) = '\0';
	return out;
}

/* To the digit as printf does it: small sides, all of them, and random ones of any length. */
static void ratios_are_printf_s(void **state)
{
	char found[STR_NUMBER], expected[STR_NUMBER];
	uint64_t seed = 1;
	(void)state;

	for (int64_t i = 0; i < 600000; i++) {
		int64_t a = i / 600, b = i % 600 + 1;
		if (i >= 300000) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			a = (int64_t)(seed >> 33) >> (seed >> 28 & 31);
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			b = ((int64_t)(seed >> 33) >> (seed >> 28 & 31)) + 1;
		}
		snprintf(expected, sizeof(expected), "%.10g", (double)a / (double)b);
		if (strcmp(ratio(found, a, b), expected) != 0)
			fail_msg("%lld / %lld: %s, not %s", (long long)a, (long long)b, found,
				 expected);
	}
	/* halves of the tenth digit, which only the double decides */
	for (int64_t b = 2048; b <= INT64_C(1) << 30; b *= 2)
		for (int64_t a = b + 1; a < 40 * b && a < 200000 + b; a += 2) {
			snprintf(expected, sizeof(expected), "%.10g", (double)a / (double)b);
			assert_string_equal(ratio(found, a, b), expected);
		}
	assert_string_equal(ratio(found, INT64_C(99999999999), 1), "1e+11");
	assert_string_equal(ratio(found, 999999999, 100000000), "9.99999999");
	assert_string_equal(ratio(found, 0, 7), "0");
}

static void whole_numbers(void **state)
{
	static const int64_t t[] = {0, 1, 9, 10, 12345, -1, -90, INT64_MAX, INT64_MIN};
	char found[STR_NUMBER], expected[STR_NUMBER];
	(void)state;

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		snprintf(expected, sizeof(expected), "%lld", (long long)t[i]);
		assert_string_equal(str_decimal(found, t[i]), expected);
	}
}

static void text_is_put_within_its_room(void **state)
{
	char out[8] = "";
	size_t used;
	(void)state;

	used = str_put(out, sizeof(out), 0, "abcdef", 3);
	assert_int_equal(used, 3);
	assert_string_equal(out, "abc");
	used = str_put(out, sizeof(out), used, "d\xc3\xa9z", 4);
	assert_string_equal(out, "abcd\xc3\xa9z");
	assert_int_equal(used, 7);
	used = str_put(out, sizeof(out), 6, "\xc3\xa9", 2); /* half of it would fit */
	assert_int_equal(used, sizeof(out));
	assert_string_equal(out, "abcd\xc3\xa9");
	used = str_put(out, sizeof(out), used, "m", 1);
	assert_int_equal(used, sizeof(out));
	assert_string_equal(out, "abcd\xc3\xa9");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_strict),
		cmocka_unit_test(numbers_come_back),
		cmocka_unit_test(integers_stay_in_range),
		cmocka_unit_test(sizes_are_read),
		cmocka_unit_test(units_read_back),
		cmocka_unit_test(text_from_outside_is_cleaned),
		cmocka_unit_test(errors_about_a_path),
		cmocka_unit_test(texts_are_quoted_for_their_reader),
		cmocka_unit_test(csv_looks_at_every_byte),
		cmocka_unit_test(quoting_stays_in_the_slice),
		cmocka_unit_test(widths_and_cuts),
		cmocka_unit_test(errors_without_a_listener),
		cmocka_unit_test(the_locale_says_utf_8),
		cmocka_unit_test(numbers_at_the_ends_of_a_double),
		cmocka_unit_test(more_memory_than_there_is),
		cmocka_unit_test(descriptors_that_fail),
		cmocka_unit_test(sizes_with_blanks),
		cmocka_unit_test(first_error_wins),
		cmocka_unit_test(growing_text),
		cmocka_unit_test(near_names),
		cmocka_unit_test(arenas_join),
		cmocka_unit_test(text_is_appended_within_its_room),
		cmocka_unit_test(case_of_the_first_bytes),
		cmocka_unit_test(formats_are_cut_whole),
		cmocka_unit_test(lists_of_names),
		cmocka_unit_test(ratios_are_printf_s),
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(text_is_put_within_its_room),
	};
	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
