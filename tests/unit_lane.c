/* The quick lane of the stream by itself: which lines it takes, where it stops, and what it writes
 * of a number. That its rows are the careful lane's is checked by tests/cli/lanes.sh. */
#include "tests/unit.h"

#include "cli/cli.h"
#include "cli/lane.h"

/* What out.c asks of the rest of the program. */
void cli_note(const char *fmt, ...)
{
	(void)fmt;
}

/* width tokens, height of them special; a width of 13 is refused. */
static void plain(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *t)
{
	(void)p;
	(void)t;
	out->refused = width == 13 ? REFUSED_SIDE : REFUSED_NOT;
	out->visual = width;
	out->special = height;
	out->has_special = true;
	out->tiles = 1;
	out->resized_w = out->resized_h = 5;
}

/* Nothing but tokens. */
static void bare(const struct processor *p, int64_t width, int64_t height, struct count *out,
		 struct trace *t)
{
	(void)p;
	(void)t;
	out->visual = width * height;
}

static const struct processor processor;
static struct rule rules[2] = {{.processor = &processor, .count = plain},
			       {.processor = &processor, .count = bare}};
static struct target two[2] = {{.name = "m", .name_len = 1}, {.name = "a,\"b\"", .name_len = 5}};

/* Runs the lane over text, which is followed by zeros as a chunk of the stream is. Returns the
 * bytes it took. */
static size_t run(const char *text, size_t targets, struct out *o, struct stream_result *result)
{
	static char chunk[1024];
	struct targets t = {.list = two, .n = targets};
	struct lane lane;

	memset(chunk, 0, sizeof(chunk));
	memcpy(chunk, text, strlen(text));
	*result = (struct stream_result){0};
	o->used = 0;
	assert_true(lane_init(&lane, &t, rules));
	size_t took = (size_t)(lane_run(&lane, o, chunk, chunk + strlen(text), result) - chunk);
	lane_fini(&lane);
	o->data[o->used] = '\0';
	return took;
}

static void takes_sizes_to_the_letter(void **state)
{
	static const struct {
		const char *text;
		size_t took;
	} t[] = {
		{"", 0},
		{"1x1\n", 4},
		{"1x1", 0}, /* an end without newline */
		{"1234567x1234567\n", 16},
		{"1234567x12345678\n", 0}, /* eight digits */
		{"12345678x1\n", 0},
		{"1x1\r\n", 0},
		{"01x1\n", 0},
		{"1x01\n", 0},
		{"0x1\n", 0},
		{"1x0\n", 0},
		{"x1\n", 0},
		{"1x\n", 0},
		{"1X1\n", 0},
		{"1,1\n", 0},
		{"1 1\n", 0},
		{" 1x1\n", 0},
		{"1x1 \n", 0},
		{"+1x1\n", 0},
		{"-1x1\n", 0},
		{"1x1x1\n", 0},
		{"1x1:\n", 0}, /* the character after 9, and the one before 0 */
		{"1/x1\n", 0},
		{"\xb1x1\n", 0}, /* a digit with its top bit set */
		{"\n", 0},
		{"1x1\n2x2\n\n3x3\n", 8},
		{"1x1\n2x2\nfile\n3x3\n", 8},
	};
	struct stream_result result;
	struct out o;
	(void)state;

	assert_true(out_init(&o, -1));
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		size_t took = run(t[i].text, 1, &o, &result), lines = 0;
		for (size_t k = 0; k < took; k++)
			lines += t[i].text[k] == '\n';
		if (took != t[i].took)
			fail_msg("\"%s\": took %zu bytes, not %zu", t[i].text, took, t[i].took);
		assert_int_equal(result.lines, lines);
	}
	out_fini(&o);
}

static void writes_rows(void **state)
{
	struct stream_result result;
	struct out o;
	(void)state;

	assert_true(out_init(&o, -1));
	assert_int_equal(run("640x480\n13x2\n1234567x9\n", 2, &o, &result), 23);
	assert_string_equal(o.data, "m,640,480,ok,640,480,1120,5,5,1,,640x480\n"
				    "\"a,\"\"b\"\"\",640,480,ok,307200,,,,,,,640x480\n"
				    "m,13,2,error,,,,,,,a side shrinks to nothing,13x2\n"
				    "\"a,\"\"b\"\"\",13,2,ok,26,,,,,,,13x2\n"
				    "m,1234567,9,ok,1234567,9,1234576,5,5,1,,1234567x9\n"
				    "\"a,\"\"b\"\"\",1234567,9,ok,11111103,,,,,,,1234567x9\n");
	assert_int_equal(result.lines, 3);
	assert_int_equal(result.failed, 1); /* a line, whatever the number of models */
	out_fini(&o);
}

static void writes_every_number(void **state)
{
	struct stream_result result;
	struct out o;
	(void)state;

	assert_true(out_init(&o, -1));
	for (int v = 1; v < 20000; v++) {
		char text[32], row[128];
		if (v == 13)
			continue;
		snprintf(text, sizeof(text), "%dx%d\n", v, v);
		snprintf(row, sizeof(row), "m,%d,%d,ok,%d,%d,%d,5,5,1,,%s", v, v, v, v, 2 * v,
			 text);
		run(text, 1, &o, &result);
		assert_string_equal(o.data, row);
	}
	out_fini(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_sizes_to_the_letter),
		cmocka_unit_test(writes_rows),
		cmocka_unit_test(writes_every_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
