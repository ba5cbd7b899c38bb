/* What cli/partial.h refuses, member by member: a partial that somebody changed, or another
 * program's, is named with what is wrong with it and adds nothing up. That partials of any split
 * merge to the same bytes is tests/prop_tally.c. */
#include "unit.h"

#include "cli/partial.h"

static const char good[] = "{\"vtok\":\"scan-partial\",\"schema\":1,\"version\":\"0.2.0\","
			   "\"model\":\"m\",\"options\":\"abc\",\"part\":\"p\","
			   "\"rows\":6,\"ok\":4,\"refused\":1,\"failed\":1,\"turned\":2,\"weight\":"
			   "\"4\",\"tokens\":\"50\",\"pixels\":\"400\","
			   "\"kv_bytes\":\"7\",\"micros\":\"8\",\"hist\":[[10,3],[20,1]],\"cap\":[["
			   "\"100\",\"50\"],[\"5t\",\"20\"]],"
			   "\"top_most\":3,\"top\":[[20,\"b\"],[10,\"a\"]],\"reasons\":[["
			   "\"cannot\",1],[\"refused\",1]],\"complete\":true}";

/* The good line with its only `from` as `to`; NULL: as it stands. Static. */
static const char *changed(const char *from, const char *to)
{
	static char line[2000];
	const char *at = from ? strstr(good, from) : good;

	assert_non_null(at);
	if (from)
		assert_null(strstr(at + 1, from));
	int len = snprintf(line, sizeof(line), "%.*s%s%s", (int)(at - good), good, from ? to : "",
			   at + (from ? strlen(from) : 0));
	assert_in_range(len, 1, sizeof(line) - 1);
	return line;
}

static void a_good_one_is_written_as_it_was_read(void **state)
{
	struct partial p;
	struct vtok_error err = {0};
	struct strbuf out = {0};

	(void)state;
	assert_true(partial_read(good, strlen(good), &p, &err));
	assert_string_equal(p.model, "m");
	assert_string_equal(p.part, "p");
	assert_string_equal(p.caps[1], "5t");
	assert_int_equal(p.tally.sum.turned, 2);
	assert_int_equal(p.tally.capped[1].low, 20);
	assert_int_equal(p.tally.worst_n, 2);
	assert_true(partial_write(&p, &out));
	assert_string_equal(strbuf_text(&out), good);
	strbuf_fini(&out);
	partial_fini(&p);
}

static void what_may_lack_lacks(void **state)
{
	static const char *const may_lack[] = {
		",\"part\":\"p\"",
		",\"turned\":2",
		",\"kv_bytes\":\"7\",\"micros\":\"8\"",
		",\"cap\":[[\"100\",\"50\"],[\"5t\",\"20\"]]",
		",\"top_most\":3",
	};
	struct vtok_error err = {0};
	struct partial p;

	(void)state;
	for (size_t i = 0; i < sizeof(may_lack) / sizeof(may_lack[0]); i++) {
		const char *line = changed(may_lack[i], "");

		assert_true(partial_read(line, strlen(line), &p, &err));
		assert_int_equal(p.tally.shape.caps, i == 3 ? 0 : 2);
		assert_int_equal(p.tally.shape.top, i == 4 ? DATASET_TOP_USUAL : 3);
		assert_int_equal(p.tally.shape.has_costs, i != 2);
		partial_fini(&p);
	}
}

#define LONG                                                                                       \
	"0123456789012345678901234567890123456789012345678901234567890123" /* PARTIAL_WORD bytes   \
									    */

static void what_is_wrong_is_named(void **state)
{
	static const struct {
		const char *from, *to, *why;
	} t[] = {
		{"{\"vtok\"", "[\"vtok\"", "expected an object of JSON in one line"},
		{"\"ok\":4", "\"ok\":4,\"ok\":4",
		 "expected an object of JSON in one line, found duplicate"},
		{"\"vtok\":\"scan-partial\",", "", "vtok: expected a text"},
		{"\"vtok\":\"scan-partial\"", "\"vtok\":1", "vtok: expected a text"},
		{"scan-partial", "scan", "vtok: expected \"scan-partial\""},
		{"\"schema\":1", "\"schema\":2", "schema: expected 1, found 2"},
		{"\"schema\":1", "\"schema\":-1", "schema: expected a whole number"},
		{"\"schema\":1", "\"schema\":\"1\"", "schema: expected a whole number"},
		{"\"version\":\"0.2.0\",", "", "version: expected a text"},
		{"0.2.0", LONG, "version: expected a text"},
		{"\"model\":\"m\"", "\"model\":null", "model: expected a text"},
		{"\"options\":\"abc\"", "\"options\":7", "options: expected a text"},
		{"\"part\":\"p\"", "\"part\":7", "part: expected a text"},
		{"\"rows\":6", "\"rows\":-6", "rows: expected a whole number"},
		{"\"ok\":4", "\"ok\":4.5", "ok: expected a whole number"},
		{"\"refused\":1", "\"refused\":null", "refused: expected a whole number"},
		{"\"failed\":1", "\"failed\":\"1\"", "failed: expected a whole number"},
		{"\"failed\":1,", "", "failed: expected a whole number"},
		{"\"turned\":2", "\"turned\":[]", "turned: expected a whole number"},
		{"\"weight\":\"4\"", "\"weight\":4", "weight: expected decimal digits in quotes"},
		{"\"tokens\":\"50\"", "\"tokens\":\"5x\"",
		 "tokens: expected decimal digits in quotes"},
		{"\"pixels\":\"400\"", "\"pixels\":\"\"",
		 "pixels: expected decimal digits in quotes"},
		{"\"pixels\":\"400\"", "\"pixels\":\"340282366920938463463374607431768211456\"",
		 "pixels: expected decimal digits"},
		{"\"pixels\":\"400\"", "\"pixels\":\"3402823669209384634633746074317682114550\"",
		 "pixels: expected decimal digits"},
		{"\"pixels\":\"400\",", "", "pixels: expected decimal digits in quotes"},
		{"\"kv_bytes\":\"7\"", "\"kv_bytes\":\"7.0\"",
		 "kv_bytes: expected decimal digits in quotes"},
		{"\"micros\":\"8\"", "\"micros\":\"-8\"",
		 "micros: expected decimal digits in quotes"},
		{",\"micros\":\"8\"", "", "micros: expected decimal digits in quotes"},
		{"[10,3]", "[10]", "hist: expected pairs of tokens, ascending"},
		{"[10,3]", "10,3", "hist: expected pairs of tokens, ascending"},
		{"[10,3]", "[20,3]", "hist: expected pairs of tokens, ascending"},
		{"[10,3]", "[10,0]", "hist: expected pairs of tokens, ascending"},
		{"[10,3]", "[-10,3]", "hist: expected pairs of tokens, ascending"},
		{"[10,3]", "[\"10\",3]", "hist: expected pairs of tokens, ascending"},
		{"[10,3]", "[10,3.5]", "hist: expected pairs of tokens, ascending"},
		{"[[10,3],[20,1]]", "{}", "hist: expected pairs of tokens, ascending"},
		{"\"hist\":[[10,3],[20,1]],", "", "hist: expected pairs of tokens, ascending"},
		{"[\"100\",\"50\"]", "[\"100\"]", "cap: expected pairs of a cap and tokens"},
		{"[\"100\",\"50\"]", "[100,\"50\"]", "cap: expected pairs of a cap and tokens"},
		{"[\"100\",\"50\"]", "[\"100\",50]", "cap: expected pairs of a cap and tokens"},
		{"[\"100\",\"50\"]", "[\"100\",\"5x\"]", "cap: expected pairs of a cap and tokens"},
		{"[\"100\",\"50\"]", "[\"" LONG "\",\"50\"]",
		 "cap: expected pairs of a cap and tokens"},
		{"[[\"100\",\"50\"],[\"5t\",\"20\"]]", "7",
		 "cap: expected pairs of a cap and tokens"},
		{"[\"100\",\"50\"],",
		 "[\"1\",\"1\"],[\"2\",\"1\"],[\"3\",\"1\"],[\"4\",\"1\"],[\"5\",\"1\"],"
		 "[\"6\",\"1\"],[\"7\",\"1\"],[\"8\",\"1\"],",
		 "cap: expected pairs of a cap and tokens"},
		{"\"top_most\":3", "\"top_most\":-3", "top_most: expected a whole number"},
		{"\"top_most\":3", "\"top_most\":1", "top: expected pairs of tokens and a name"},
		{"\"top_most\":3", "\"top_most\":10001",
		 "top: expected pairs of tokens and a name"},
		{"[20,\"b\"]", "[20]", "top: expected pairs of tokens and a name"},
		{"[20,\"b\"]", "[20,7]", "top: expected pairs of tokens and a name"},
		{"[20,\"b\"]", "[\"20\",\"b\"]", "top: expected pairs of tokens and a name"},
		{"\"top\":[[20,\"b\"],[10,\"a\"]],", "",
		 "top: expected pairs of tokens and a name"},
		{"[\"cannot\",1]", "[\"cannot\"]",
		 "reasons: expected pairs of a text and a number"},
		{"[\"cannot\",1]", "[7,1]", "reasons: expected pairs of a text and a number"},
		{"[\"cannot\",1]", "[\"cannot\",-1]",
		 "reasons: expected pairs of a text and a number"},
		{",\"reasons\":[[\"cannot\",1],[\"refused\",1]]", "",
		 "reasons: expected pairs of a text and a number"},
		{",\"complete\":true", "", "not complete"},
		{"\"complete\":true", "\"complete\":false", "not complete"},
		{"\"complete\":true", "\"complete\":true,\"more\":1", "not complete"},
		{"\"rows\":6", "\"rows\":7", "do not add up"},
		{"\"weight\":\"4\"", "\"weight\":\"5\"", "do not add up"},
		{"\"tokens\":\"50\"", "\"tokens\":\"18446744073709551666\"",
		 "do not add up"}, /* 50 + 2^64 */
		{"\"tokens\":\"50\"", "\"tokens\":\"49\"", "do not add up"},
		/* one reason twice, of more rows than there are numbers */
		{"[\"cannot\",1]", "[\"refused\",9223372036854775807]", "do not add up"},
	};
	struct partial p;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct vtok_error err = {0};
		const char *line = changed(t[i].from, t[i].to);

		if (partial_read(line, strlen(line), &p, &err))
			fail_msg("taken: %s", line);
		if (!strstr(err.text, t[i].why))
			fail_msg("%s: \"%s\", not \"%s\"", line, err.text, t[i].why);
	}
}

static void an_empty_line_is_none(void **state)
{
	struct vtok_error err = {0};
	struct partial p;

	(void)state;
	assert_false(partial_read("", 0, &p, &err));
	assert_non_null(strstr(err.text, "found an empty line"));
}

static void what_does_not_go_together_is_named(void **state)
{
	static const struct {
		const char *from, *to, *why;
	} t[] = {
		{"0.2.0", "0.1.0",
		 "partials of m do not go together: version: \"0.2.0\", \"0.1.0\""},
		{"\"abc\"", "\"abd\"",
		 "partials of m do not go together: options: \"abc\", \"abd\""},
		{",[\"5t\",\"20\"]", "", "one has members that the other has not"},
		{",\"kv_bytes\":\"7\",\"micros\":\"8\"", "",
		 "one has members that the other has not"},
		{"\"top_most\":3", "\"top_most\":4", "one has members that the other has not"},
		{"[\"100\"", "[\"200\"", "partials of m do not go together: cap: \"100\", \"200\""},
		{"\"pixels\":\"400\"", "\"pixels\":\"340282366920938463463374607431768211455\"",
		 "the sums of m have more than 128 bits"},
		{"[\"100\",\"50\"]", "[\"100\",\"340282366920938463463374607431768211455\"]",
		 "the sums of m have more than 128 bits"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct vtok_error err = {0};
		struct partial a, b;
		const char *line = changed(t[i].from, t[i].to);

		assert_true(partial_read(good, strlen(good), &a, &err));
		assert_true(partial_read(line, strlen(line), &b, &err));
		assert_false(partial_merge(&a, &b, &err));
		if (!strstr(err.text, t[i].why))
			fail_msg("\"%s\", not \"%s\"", err.text, t[i].why);
		partial_fini(&a);
		partial_fini(&b);
	}
}

/* A sum that went over is no result: not written. */
static void what_is_void_is_not_written(void **state)
{
	struct vtok_error err = {0};
	struct strbuf out = {0};
	struct partial p;

	(void)state;
	assert_true(partial_read(good, strlen(good), &p, &err));
	dataset_reason_is(&p.tally, "cannot", INT64_MAX);
	assert_false(partial_write(&p, &out));
	assert_int_equal(out.len, 0);
	partial_fini(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_one_is_written_as_it_was_read),
		cmocka_unit_test(what_may_lack_lacks),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(an_empty_line_is_none),
		cmocka_unit_test(what_does_not_go_together_is_named),
		cmocka_unit_test(what_is_void_is_not_written),
	};

	return cmocka_run_group_tests_name("partial", tests, NULL, NULL);
}
