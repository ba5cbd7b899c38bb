/* JSON token by token (base/pull.h), against RFC 8259: what is read, what is refused and why, and
 * what is counted of strings that are longer than what is kept. */
#include "unit.h"

#include <errno.h>
#include <unistd.h>

#include "base/pull.h"

enum { HEAD = 10000, LINE = 1 << 20 };

/* Reads `n` bytes from a file. */
static struct pull reader(const char *bytes, size_t n, size_t head, int64_t line_most)
{
	FILE *f = tmpfile();
	struct pull p;

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	rewind(f);
	int fd = dup(fileno(f));

	fclose(f);
	assert_true(pull_init(&p, fd, head, line_most));
	return p;
}

static void done(struct pull *p)
{
	close(p->fd);
	pull_fini(p);
}

static const char *shown(const struct pull *p, enum pull_token token, char out[200])
{
	static const char *const plain[] = {
		[PULL_OBJECT] = "{",    [PULL_OBJECT_END] = "}", [PULL_ARRAY] = "[",
		[PULL_ARRAY_END] = "]", [PULL_TRUE] = "true",    [PULL_FALSE] = "false",
		[PULL_NULL] = "null",   [PULL_END] = ".",
	};

	switch (token) {
	case PULL_KEY:
		snprintf(out, 200, "%s:", p->text);
		return out;
	case PULL_STRING:
		snprintf(out, 200, "'%s'", p->text);
		return out;
	case PULL_NUMBER:
		return p->text;
	case PULL_BAD:
		snprintf(out, 200, "(%s)", p->fault);
		return out;
	default:
		return plain[token];
	}
}

/* The tokens with a blank between, goes on behind the line of what is bad. */
static void read_as(const char *json, bool by_lines, const char *expected)
{
	struct pull p = reader(json, strlen(json), HEAD, LINE);
	char found[1000] = "", room[200];
	enum pull_token token;

	p.by_lines = by_lines;
	do {
		token = pull_next(&p);
		snprintf(found + strlen(found), sizeof(found) - strlen(found), "%s%s",
			 *found ? " " : "", shown(&p, token, room));
		if (token == PULL_BAD)
			pull_next_line(&p);
	} while (token != PULL_END);
	done(&p);
	assert_string_equal(found, expected);
}

static void values_are_read(void **state)
{
	static const struct {
		const char *json, *tokens;
	} t[] = {
		{"", "."},
		{" \t\r\n", "."},
		{"\xef\xbb\xbf{}", "{ } ."}, /* a byte order mark */
		{"[ ]", "[ ] ."},
		{"{\"a\":1,\"b\":[true,false,null]}", "{ a: 1 b: [ true false null ] } ."},
		{" { \"a\" : { } , \"b\" : [ 1 , [ 2 ] ] } ", "{ a: { } b: [ 1 [ 2 ] ] } ."},
		{"1 2\n3", "1 2 3 ."},
		{"0 -0 10 -1.5 2e3 2E+3 2e-3 0.5 0e0 7", "0 -0 10 -1.5 2e3 2E+3 2e-3 0.5 0e0 7 ."},
		{"\"\"", "'' ."},
		{"\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "'a\"b\\c/d\b\f\n\r\t' ."},
		{"\"\\u0041\\u00e9\\u00E9\\u20ac\\u20AC\"",
		 "'A\xc3\xa9\xc3\xa9\xe2\x82\xac\xe2\x82\xac' ."},
		{"\"\\u0000\"", "'?' ."},
		{"\"\\ud83d\\ude00\\uDBFF\\uDFFF\"", "'\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf' ."},
		/* halves without the other: replaced, and what stands behind them is not lost */
		{"\"\\ud83d\"", "'\xef\xbf\xbd' ."},
		{"\"\\ude00x\"", "'\xef\xbf\xbdx' ."},
		{"\"\\ud83dx\"", "'\xef\xbf\xbdx' ."},
		{"\"\\ud83d\\u0041\"", "'\xef\xbf\xbd\x41' ."},
		{"\"\\ud83d\\tx\"", "'\xef\xbf\xbd\tx' ."},
		{"\"\\ud83d\\ud83d\\ude00\"", "'\xef\xbf\xbd\xf0\x9f\x98\x80' ."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		read_as(t[i].json, false, t[i].tokens);
}

static void what_is_no_json_is_refused(void **state)
{
	static const struct {
		const char *json, *tokens;
	} t[] = {
		{"01", "(a number that begins with 0) ."},
		{"-", "(no value of JSON) ."},
		{"+1", "(no value of JSON) ."},
		{".5", "(no value of JSON) ."},
		{"1.", "(a number without digits behind its point) ."},
		{"1.e3", "(a number without digits behind its point) ."},
		{"1e", "(an exponent without digits) ."},
		{"1e+", "(an exponent without digits) ."},
		{"1E-x", "(an exponent without digits) ."},
		{"tru", "(no value of JSON) ."},
		{"nule", "(no value of JSON) ."},
		{"False", "(no value of JSON) ."},
		{"NaN", "(no value of JSON) ."},
		{"\xef\xbb", "(no value of JSON) ."},
		{"\xef\xbb\x42", "(no value of JSON) ."},
		{"{a:1}", "{ (a key without quotation marks) ."},
		{"{\"a\" 1}", "{ (a key without a colon) ."},
		{"{\"a\"", "{ (a key without a colon) ."},
		{"{\"a", "{ (a string without an end) ."},
		{"{\"a\":", "{ a: (it ends too early) ."},
		{"{\"a\":1 \"b\":2}", "{ a: 1 (a comma is missing) ."},
		{"{\"a\":1,}", "{ a: 1 (a key without quotation marks) ."},
		{"[1 2]", "[ 1 (a comma is missing) ."},
		{"[1}", "[ 1 (a comma is missing) ."},
		{"[1", "[ 1 (it ends too early) ."},
		{"[1,", "[ 1 (it ends too early) ."},
		{"[1,]", "[ 1 (no value of JSON) ."},
		{"[,1]", "[ (no value of JSON) ."},
		{"}", "(no value of JSON) ."},
		{"\"abc", "(a string without an end) ."},
		{"\"a\tb\"", "(a control character in a string) ."},
		{"\"a\\x\"", "(a wrong escape in a string) ."},
		{"\"a\\", "(a wrong escape in a string) ."},
		{"\"\\u12g4\"", "(a wrong escape in a string) ."},
		{"\"\\u12", "(a wrong escape in a string) ."},
		{"\"\\u12:4\"", "(a wrong escape in a string) ."},
		{"\"\\u12/4\"", "(a wrong escape in a string) ."},
		{"\"\\u12G4\"", "(a wrong escape in a string) ."},
		{"\"\\ud83d\\x\"", "(a wrong escape in a string) ."},
		{"\"\\ud83d\\u12\"", "(a wrong escape in a string) ."},
		/* the next line is read again, whatever the fault was */
		{"[1,[2,{\"a\" x\n3", "[ 1 [ 2 { (a key without a colon) 3 ."},
		{"\"a\\\n4", "(a wrong escape in a string) 4 ."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		read_as(t[i].json, false, t[i].tokens);
}

/* Where each value has a line, one that does not end on it is bad, and the next one is read. */
static void values_by_lines(void **state)
{
	(void)state;
	read_as("{\"a\":1}\n\n[2]\n", true, "{ a: 1 } [ 2 ] .");
	read_as("{\"a\":\n1}", true, "{ a: (it ends too early) 1 (no value of JSON) .");
	read_as("[1\n,2]", true, "[ 1 (it ends too early) (no value of JSON) .");
	read_as("[\n2", true, "[ (it ends too early) 2 .");
	read_as("[1\n,2]", false, "[ 1 2 ] .");
}

static void depth_has_an_end(void **state)
{
	char json[2 * PULL_DEPTH + 4];
	struct pull p;

	(void)state;
	for (int more = 0; more < 2; more++) {
		int n = PULL_DEPTH + more;

		memset(json, '[', (size_t)n);
		memset(json + n, ']', (size_t)n);
		p = reader(json, (size_t)(2 * n), HEAD, LINE);
		for (int i = 0; i < PULL_DEPTH; i++)
			assert_int_equal(pull_next(&p), PULL_ARRAY);
		assert_int_equal(pull_next(&p), more ? PULL_BAD : PULL_ARRAY_END);
		if (more)
			assert_string_equal(p.fault, "more than 64 levels");
		done(&p);
	}
}

static void a_line_has_a_length(void **state)
{
	static const char *const lines[] = {"[1,2,3,4,5,6,7,8,9]",
					    "\"0123456789abcdef\\n0123456789abcdef\""};
	struct pull p;

	(void)state;
	for (int i = 0; i < 2; i++) {
		enum pull_token token;

		p = reader(lines[i], strlen(lines[i]), HEAD, 10);
		while ((token = pull_next(&p)) != PULL_BAD)
			assert_int_not_equal(token, PULL_END);
		assert_string_equal(p.fault, "the line is too long");
		done(&p);
		p = reader(lines[i], strlen(lines[i]), HEAD, 40);
		while ((token = pull_next(&p)) != PULL_END)
			assert_int_not_equal(token, PULL_BAD);
		done(&p);
	}
}

static void what_is_skipped_is_read_too(void **state)
{
	static const char good[] = "[{\"a\":[1,{\"b\":\"}\"}],\"c\":{}}] 7",
			  wrong[] = "[{\"a\":[1,}] 7";
	struct pull p = reader(good, sizeof(good) - 1, HEAD, LINE);

	(void)state;
	assert_int_equal(pull_next(&p), PULL_ARRAY);
	assert_true(pull_skip(&p));
	assert_int_equal(p.depth, 0);
	assert_int_equal(pull_next(&p), PULL_NUMBER);
	assert_int_equal(p.start, sizeof(good) - 2);
	done(&p);
	p = reader(wrong, sizeof(wrong) - 1, HEAD, LINE);
	assert_int_equal(pull_next(&p), PULL_ARRAY);
	assert_false(pull_skip(&p));
	done(&p);
}

/* A string of more bytes than a window, of which little is kept: its sums are of all of it. */
static void long_strings_are_counted(void **state)
{
	enum { HALF = PULL_WINDOW, KEPT = 5 };
	static const char end[] = "\\n\\u00e9 \xc3\xa9x=\"";
	char *json = malloc(HALF + sizeof(end) + 8);

	(void)state;
	assert_non_null(json);
	json[0] = '"';
	memset(json + 1, 'a', HALF);
	memcpy(json + 1, "\xc3\xa9", 2); /* within what is kept */
	memcpy(json + 1 + HALF, end, sizeof(end));
	struct pull p = reader(json, HALF + sizeof(end), KEPT, LINE);

	assert_int_equal(pull_next(&p), PULL_STRING);
	assert_string_equal(p.text, "\xc3\xa9\x61\x61\x61");
	/* a line end, two letters of two bytes, a blank, x and = */
	assert_int_equal(p.bytes, HALF + 1 + 2 + 1 + 2 + 1 + 1);
	assert_int_equal(pull_other(&p), 2 + 2 + 2);
	assert_int_equal(p.blanks, 2); /* the line end, and =; blanks are looked for at the end */
	assert_int_equal(pull_next(&p), PULL_END);
	done(&p);
	free(json);
}

/* All of a text that is kept, beyond the first room for it. */
static void texts_grow(void **state)
{
	enum { LEN = 9000 };
	char json[LEN + 2];
	struct pull p;

	(void)state;
	memset(json, 'b', sizeof(json));
	json[0] = json[LEN + 1] = '"';
	p = reader(json, sizeof(json), HEAD, LINE);
	assert_int_equal(pull_next(&p), PULL_STRING);
	assert_int_equal(p.text_len, LEN);
	assert_int_equal(strspn(p.text, "b"), LEN);
	done(&p);
}

/* Digits beyond those that are kept are passed over. */
static void long_numbers_are_cut(void **state)
{
	char json[101];
	struct pull p;

	(void)state;
	memset(json, '3', 100);
	json[100] = '\0';
	p = reader(json, 100, HEAD, LINE);
	assert_int_equal(pull_next(&p), PULL_NUMBER);
	assert_int_equal(strlen(p.text), 63);
	assert_int_equal(pull_next(&p), PULL_END);
	done(&p);
}

static void a_read_that_fails_is_told(void **state)
{
	struct pull p;

	(void)state;
	assert_true(pull_init(&p, -1, HEAD, LINE));
	assert_int_equal(pull_next(&p), PULL_END);
	assert_int_equal(p.error, EBADF);
	pull_fini(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(what_is_no_json_is_refused),
		cmocka_unit_test(values_by_lines),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(a_line_has_a_length),
		cmocka_unit_test(what_is_skipped_is_read_too),
		cmocka_unit_test(long_strings_are_counted),
		cmocka_unit_test(texts_grow),
		cmocka_unit_test(long_numbers_are_cut),
		cmocka_unit_test(a_read_that_fails_is_told),
	};

	return cmocka_run_group_tests_name("pull", tests, NULL, NULL);
}
