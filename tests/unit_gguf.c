/* The keys of GGUF files (import/gguf.h), made here byte by byte: every type of the format, what is
 * cut or no key at all, and which keys of transformers they become. Whole files: tests/import.sh.
 */
#include "unit.h"

#include <math.h>

#include "import/gguf.h"

enum type { U8, I8, U16, I16, U32, I32, F32, BOOL, TEXT, ARRAY, U64, I64, F64, NONE };

static unsigned char bytes[100000];
static size_t n;

static void le(uint64_t v, size_t len)
{
	assert_true(n + len <= sizeof(bytes));
	for (size_t i = 0; i < len; i++, v >>= 8)
		bytes[n++] = (unsigned char)v;
}

static void text(const char *s)
{
	le(strlen(s), 8);
	assert_true(n + strlen(s) <= sizeof(bytes));
	memcpy(bytes + n, s, strlen(s));
	n += strlen(s);
}

static void begin(unsigned version, uint64_t keys)
{
	n = 0;
	memcpy(bytes, "GGUF", n = 4);
	le(version, 4);
	le(0, 8);
	le(keys, 8);
}

static void key(const char *name, unsigned type)
{
	text(name);
	le(type, 4);
}

static void number(const char *name, unsigned type, uint64_t v, size_t len)
{
	key(name, type);
	le(v, len);
}

static uint64_t of_double(double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return bits;
}

static uint32_t of_float(float v)
{
	uint32_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return bits;
}

static void reads(const char *expected)
{
	struct vtok_error err = {0};
	json_t *o = gguf_parse("f.gguf", bytes, n, &err);

	if (!o)
		fail_msg("%s", err.text);
	char *found = json_dumps(o, JSON_COMPACT);

	assert_string_equal(found, expected);
	free(found);
	json_decref(o);
}

static void refuses(const char *why)
{
	struct vtok_error err = {0};

	assert_null(gguf_parse("f.gguf", bytes, n, &err));
	assert_string_equal(err.text, why);
}

static void every_type_is_read(void **state)
{
	(void)state;
	begin(3, 17);
	number("u8", U8, 200, 1);
	number("i8", I8, 200, 1);
	number("u16", U16, 60000, 2);
	number("i16", I16, 60000, 2);
	number("u32", U32, 4000000000, 4);
	number("i32", I32, 4000000000, 4);
	number("u64", U64, 5000000000, 8);
	number("i64", I64, (uint64_t)-5, 8);
	number("more", U64, UINT64_MAX, 8); /* JSON's integers have 63 bits here */
	number("f32", F32, of_float(1.5f), 4);
	number("f64", F64, of_double(-0.25), 8);
	number("inf", F32, of_float(INFINITY), 4);
	number("yes", BOOL, 1, 1);
	number("no", BOOL, 0, 1);
	key("text", TEXT);
	text("a \"b\"");
	key("bytes", TEXT);
	text("\xff\xfe");
	key("list", ARRAY);
	le(I16, 4);
	le(3, 8);
	le(1, 2);
	le(65535, 2);
	le(3, 2);
	reads("{\"u8\":200,\"i8\":-56,\"u16\":60000,\"i16\":-5536,\"u32\":4000000000,\"i32\":-"
	      "294967296,"
	      "\"u64\":5000000000,\"i64\":-5,\"more\":9223372036854775807,\"f32\":1.5,\"f64\":-0."
	      "25,\"inf\":null,"
	      "\"yes\":true,\"no\":false,\"text\":\"a "
	      "\\\"b\\\"\",\"bytes\":null,\"list\":[1,-1,3]}");
}

/* Of a vocabulary and other long lists the number of entries. */
static void long_lists_are_counted(void **state)
{
	(void)state;
	begin(2, 4);
	key("tokens", ARRAY);
	le(TEXT, 4);
	le(3, 8);
	text("a");
	text("");
	text("a longer one");
	key("scores", ARRAY);
	le(F32, 4);
	le(2000, 8);
	for (int i = 0; i < 2000; i++)
		le(0, 4);
	key("none", ARRAY);
	le(U8, 4);
	le(0, 8);
	number("last", U8, 7, 1); /* all of them were passed over */
	reads("{\"tokens\":3,\"scores\":2000,\"none\":[],\"last\":7}");
}

static void long_texts_are_cut(void **state)
{
	static char longer[10000];
	struct vtok_error err = {0};

	(void)state;
	memset(longer, 'x', sizeof(longer) - 1);
	begin(3, 2);
	key("text", TEXT);
	text(longer);
	number(longer, U8, 9, 1); /* a key: 255 bytes of it are kept */
	json_t *o = gguf_parse("f.gguf", bytes, n, &err);

	assert_non_null(o);
	assert_int_equal(json_string_length(json_object_get(o, "text")), 4095);
	longer[255] = '\0';
	assert_int_equal(json_integer_value(json_object_get(o, longer)), 9);
	json_decref(o);
}

static const char none[] = "f.gguf: the file ends inside its keys, or they are none";

static void what_is_cut_is_refused(void **state)
{
	(void)state;
	begin(3, 3);
	key("text", TEXT);
	text("abc");
	key("list", ARRAY);
	le(U16, 4);
	le(2, 8);
	le(1, 4);
	key("tokens", ARRAY);
	le(TEXT, 4);
	le(2, 8);
	text("a");
	text("b");
	size_t all = n;

	reads("{\"text\":\"abc\",\"list\":[1,0],\"tokens\":2}");
	for (n = 0; n < all; n++)
		refuses(n < 4    ? "f.gguf: expected a GGUF file, found another"
			: n < 24 ? "f.gguf: the file ends inside its header"
				 : none);
}

static void what_is_none_is_refused(void **state)
{
	(void)state;
	begin(1, 0);
	refuses("f.gguf: expected version 2 or 3 of GGUF, found 1");
	begin(4, 0);
	refuses("f.gguf: expected version 2 or 3 of GGUF, found 4");
	begin(3, 10001);
	refuses("f.gguf: expected at most 10000 keys, found 10001");
	begin(3, 0);
	bytes[3] = 'G';
	refuses("f.gguf: expected a GGUF file, found another");
	for (unsigned type = NONE; type < NONE + 2; type++) {
		begin(3, 1);
		number("a", type, 0, 8);
		refuses(none);
		begin(3, 1);
		key("a", ARRAY);
		le(type, 4);
		le(1, 8);
		le(0, 8);
		refuses(none);
	}
	begin(3, 1); /* a list of lists */
	key("a", ARRAY);
	le(ARRAY, 4);
	le(1, 8);
	le(0, 8);
	refuses(none);
	begin(3, 1); /* more than a file is read of: not even a list of bytes that says so is walked
			over */
	key("a", ARRAY);
	le(U64, 4);
	le(UINT64_C(1) << 61, 8);
	le(0, 8);
	refuses(none);
	begin(3, 1);
	key("a", ARRAY);
	le(U8, 4);
	le(64 << 20, 8);
	le(0, 8);
	refuses(none);
	begin(3, 1);
	key("a", TEXT);
	le(UINT64_MAX, 8);
	le(0, 8);
	refuses(none);
}

/* ------------------------------------------------------------ as transformers have it */

static void becomes(const char *language, const char *projector, const char *expected,
		    const char *pre)
{
	json_t *text_keys = language ? json_loads(language, 0, NULL) : NULL;
	json_t *vision_keys = projector ? json_loads(projector, 0, NULL) : NULL;
	json_t *p = NULL, *o = gguf_config(text_keys, vision_keys, &p);
	char *found = json_dumps(o, JSON_COMPACT),
	     *found_pre = p ? json_dumps(p, JSON_COMPACT) : NULL;

	assert_string_equal(found, expected);
	assert_string_equal(found_pre ? found_pre : "", pre);
	free(found);
	free(found_pre);
	json_decref(o);
	json_decref(p);
	json_decref(text_keys);
	json_decref(vision_keys);
}

static void keys_become_those_of_transformers(void **state)
{
	(void)state;
	becomes("{\"general.architecture\":\"qwen2vl\",\"general.name\":\"Qwen2.5 "
		"VL\",\"qwen2vl.block_count\":28,"
		"\"qwen2vl.attention.head_count_kv\":[4,8,2],\"qwen2vl.embedding_length\":\"much\","
		"\"tokenizer.ggml.tokens\":152064}",
		NULL,
		"{\"model_type\":\"qwen2_5_vl\",\"text_config\":{\"num_hidden_layers\":28,\"num_"
		"key_value_heads\":8,"
		"\"vocab_size\":152064}}",
		"");
	becomes("{\"general.architecture\":\"qwen2vl\",\"general.basename\":\"Qwen2.5-VL\"}", NULL,
		"{\"model_type\":\"qwen2_5_vl\",\"text_config\":{}}", "");
	becomes("{\"general.architecture\":\"qwen2vl\",\"general.name\":\"Qwen2 "
		"VL\",\"general.file_type\":15}",
		NULL,
		"{\"model_type\":\"qwen2_vl\",\"text_config\":{},"
		"\"quantization_config\":{\"quant_method\":\"gguf\",\"file_type\":15}}",
		"");
	/* linear layers share the inner size among their value heads */
	becomes("{\"general.architecture\":\"qwen35\",\"qwen35.ssm.inner_size\":4096,\"qwen35.ssm."
		"time_step_rank\":32,"
		"\"qwen35.vocab_size\":10,\"tokenizer.ggml.tokens\":99,\"qwen35.attention.head_"
		"count_kv\":[0,0],"
		"\"general.file_type\":\"q4\"}",
		NULL,
		"{\"model_type\":\"qwen3_5\",\"text_config\":{\"vocab_size\":10,\"linear_num_value_"
		"heads\":32,"
		"\"linear_value_head_dim\":128}}",
		"");
	becomes("{\"general.architecture\":\"qwen35\",\"qwen35.ssm.inner_size\":4,\"qwen35.ssm."
		"time_step_rank\":32}",
		NULL,
		"{\"model_type\":\"qwen3_5\",\"text_config\":{\"linear_num_value_heads\":32}}", "");
}

static void projectors_tell_the_family(void **state)
{
	(void)state;
	/* one projector for both of Qwen3-VL: where there is an architecture, that tells */
	becomes("{\"general.architecture\":\"qwen3vlmoe\"}",
		"{\"clip.projector_type\":\"qwen3vl_merger\"}",
		"{\"model_type\":\"qwen3_vl_moe\",\"text_config\":{},\"vision_config\":{\"temporal_"
		"patch_size\":2}}",
		"");
	becomes(NULL, "{\"clip.projector_type\":\"qwen3vl_merger\"}",
		"{\"model_type\":\"qwen3_vl\",\"vision_config\":{\"temporal_patch_size\":2}}", "");
	becomes(NULL, "{\"clip.vision.projector_type\":\"gemma3\",\"clip.vision.patch_size\":14}",
		"{\"model_type\":\"gemma3\",\"vision_config\":{\"patch_size\":14}}",
		"{\"patch_size\":14}");
	becomes("{\"general.architecture\":\"llama\"}", "{\"clip.projector_type\":\"new\"}",
		"{\"model_type\":\"new\",\"text_config\":{},\"vision_config\":{}}", "");
	becomes("{\"general.architecture\":\"llama\"}", NULL,
		"{\"model_type\":\"llama\",\"text_config\":{}}", "");
	/* Qwen2.5's tower attends to everything in each fourth layer */
	becomes(NULL,
		"{\"clip.projector_type\":\"qwen2.5vl_merger\",\"clip.vision.block_count\":9,"
		"\"clip.vision.n_wa_pattern\":4,"
		"\"clip.vision.projector.scale_factor\":2,\"clip.vision.image_min_pixels\":3136,"
		"\"clip.vision.image_max_pixels\":9999}",
		"{\"model_type\":\"qwen2_5_vl\",\"vision_config\":{\"num_hidden_layers\":9,"
		"\"temporal_patch_size\":2,"
		"\"fullatt_block_indexes\":[3,7],\"window_size\":112},\"scale_factor\":2}",
		"{\"min_pixels\":3136,\"max_pixels\":9999}");
	/* numbers that no file has are no list of a million layers */
	becomes(NULL,
		"{\"clip.projector_type\":\"qwen2vl_merger\",\"clip.vision.block_count\":1000000,"
		"\"clip.vision.n_wa_pattern\":1}",
		"{\"model_type\":\"qwen2_vl\",\"vision_config\":{\"num_hidden_layers\":1000000,"
		"\"temporal_patch_size\":2}}",
		"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_read),
		cmocka_unit_test(long_lists_are_counted),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(what_is_cut_is_refused),
		cmocka_unit_test(what_is_none_is_refused),
		cmocka_unit_test(keys_become_those_of_transformers),
		cmocka_unit_test(projectors_tell_the_family),
	};

	return cmocka_run_group_tests_name("gguf", tests, NULL, NULL);
}
