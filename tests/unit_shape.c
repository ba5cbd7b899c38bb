/* What stays of a name when punctuation and the order of its words do not count (registry/shape.h).
 */
#include "unit.h"

#include <math.h>

#include "registry/shape.h"

static struct shape of(const char *name)
{
	struct shape s;
	bool has = shape_of(name, strlen(name), &s);

	assert_int_equal(has, s.text[0] != '\0');
	return s;
}

static void names_have_shapes(void **state)
{
	static const struct {
		const char *name, *shape;
	} t[] = {
		{"gemma4", "gemma |4 ||"},
		{"Gemma-4", "gemma |4 ||"},
		{"gemma_4", "gemma |4 ||"},
		{"llama3.2-vision:11b", "llama vision |3 2 |11b |"},
		{"Llama-3.2-11B-Vision", "llama vision |3 2 |11b |"},
		{"gemma-3-4b", "gemma |3 |4b |"},
		{"gemma-4-3b", "gemma |4 |3b |"},
		{"4o-mini", "mini |4o ||"},
		{"o4-mini", "mini o |4 ||"},
		{"glm-4.6v", "glm |4 6v ||"},
		{"gemma-3n-E4B", "gemma |3n |e4b |"},
		{"phi-3.5-0.8b", "phi |3 5 |0.8b |"},
		{"mixtral-8x7b", "mixtral x |8 7b ||"},
		{"x-16e-128k", "x ||128k 16e |"},
		{"qwen3-vl-30b-a3b", "qwen vl |3 |30b |a3b|"},
		{"a3b-a4b", "||a4b |a3b|"}, /* one part is active, another is a size */
		{"8b.", "||8b |"},
		{"7.b", "b |7 ||"},
		{"", ""},
		{"-- ._", ""},
		{"n o p q r s t u v w x y", "n o p q r s t u v w x y |||"},
		{"n o p q r s t u v w x y z", ""}, /* more words than are kept, numbers, sizes */
		{"1 2 3 4 5 6 7 8 9 10 11 12 13", ""},
		{"1b 2b 3b 4b 5b 6b 7b 8b 9b 10b 11b 12b 13b", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		assert_string_equal(of(t[i].name).text, t[i].shape);
}

/* SHAPE_TEXT bytes, its marks and its end included. */
static void long_names_have_none(void **state)
{
	char name[120];

	(void)state;
	for (int len = 85; len < 100; len++) {
		memset(name, 'w', (size_t)len);
		name[len] = '\0';
		assert_int_equal(of(name).text[0] != '\0', len + 1 + 3 + 1 <= SHAPE_TEXT);
		strcpy(name + len, "-5");
		assert_int_equal(of(name).text[0] != '\0', len + 1 + 2 + 3 + 1 <= SHAPE_TEXT);
		strcpy(name + len, "-5b");
		assert_int_equal(of(name).text[0] != '\0', len + 1 + 3 + 3 + 1 <= SHAPE_TEXT);
		strcpy(name + len, "-a5b");
		assert_int_equal(of(name).text[0] != '\0', len + 1 + 3 + 4 + 1 <= SHAPE_TEXT);
	}
}

static void shapes_are_compared(void **state)
{
	static const struct {
		const char *a, *b;
		bool is_equal, is_short;
	} t[] = {
		{"gemma4", "Gemma 4", true, false},
		{"gemma4", "gemma3", false, false},
		{"", "", false, false}, /* what has no shape is like nothing */
		{"qwen3-vl-30b", "qwen3-vl-30b-a3b", false, true},
		{"qwen3-vl-30b-a3b", "qwen3-vl-30b-a3b", true, false},
		{"qwen3-vl-30b", "qwen3-vl-30b", true, false},
		{"qwen3-vl-32b", "qwen3-vl-30b-a3b", false, false},
		{"qwen3-vl-30b-a3b", "qwen3-vl-30b", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct shape a = of(t[i].a), b = of(t[i].b);

		assert_int_equal(shape_equal(&a, &b), t[i].is_equal);
		assert_int_equal(shape_is_short(&a, &b), t[i].is_short);
	}
}

static void sizes_are_read(void **state)
{
	static const struct {
		const char *a, *name;
		double params; /* 0: it is not that name with a size */
	} t[] = {
		{"perception-lm-8b", "perception-lm", 8e9},
		{"minicpm-v4.5:8b", "minicpm-v4.5", 8e9},
		{"x-0.9b", "x", 0.9e9},
		{"x-1.25B", "X", 1.25e9},
		{"x-258m", "x", 258e6},
		{"x-4k", "x", 0},
		{"x-e4b", "x", 0},
		{"x-7b-8b", "x", 0},
		{"x", "x", 0},
		{"x-8b", "x-8b", 0},
		{"x-8b", "y", 0},
		{"x-8b-a3b", "x", 0},
		{"", "", 0},
	};
	double params;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct shape a = of(t[i].a), b = of(t[i].name);
		bool is_sized = shape_is_sized(&a, &b, &params);

		assert_int_equal(is_sized, t[i].params > 0);
		if (is_sized)
			assert_true(fabs(params / t[i].params - 1) < 1e-12);
	}
}

static void words_apart_are_counted(void **state)
{
	static const struct {
		const char *a, *b;
		size_t apart;
	} t[] = {
		{"gemma-3-4b", "gemma-3-4b", 0},
		{"gemma-3-4b", "gemma-3-4b-it", 1},
		{"vl", "qwen-vl", 1},
		{"qwen-vl", "vl", 1},
		{"n-o", "p-q", 4},
		{"nn", "nnn", 2},
		{"n-p-r", "o-p-q", 4},
		{"n", "", 0},
		{"8b", "n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct shape a = of(t[i].a), b = of(t[i].b);

		assert_int_equal(shape_words_apart(&a, &b), t[i].apart);
		assert_int_equal(shape_words_apart(&b, &a), t[i].apart);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_have_shapes),       cmocka_unit_test(long_names_have_none),
		cmocka_unit_test(shapes_are_compared),     cmocka_unit_test(sizes_are_read),
		cmocka_unit_test(words_apart_are_counted),
	};

	return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
