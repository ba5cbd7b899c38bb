/* What is left of a name that hosts, hubs and packers have dressed, and how else it may be written:
 * one row a rule, and those that look like one and are none. */
#include "tests/unit.h"

#include "base/base.h"
#include "registry/spelling.h"

/* clang-format off */
static const struct {
	const char *typed, *bare, *last; /* the last of its spellings */
	const char *weights;
	bool is_dated;
	const char *runtime;
} rows[] = {
	{"Qwen/Qwen2.5-VL-7B-Instruct", "qwen2.5-vl-7b", "qwen2.5-vl-7b", "stored", false, ""},
	{"QWEN2.5-VL-7B", "qwen2.5-vl-7b", "qwen2.5-vl-7b", "stored", false, ""},
	{"~/models/x", "x", "x", "stored", false, ""},
	{"@cf/meta/llama-3.2-11b-vision-instruct", "llama-3.2-11b-vision", "llama-3.2-11b-vision", "stored", false, ""},
	{"claude-sonnet-4-5[1m]", "claude-sonnet-4-5", "claude-sonnet-4-5", "stored", false, ""},
	{"/models/gemma-3-4b-it-Q4_K_M.gguf", "gemma-3-4b", "gemma-3-4b", "q4_k_m", false, ""},
	{"C:\\models\\gemma-3-4b-it-Q4_K_M.gguf", "gemma-3-4b", "gemma-3-4b", "q4_k_m", false, ""},
	{"model-00001-of-00004.safetensors", "model", "model", "stored", false, ""},
	{"gemma-3-4b-00001-of-00004.safetensors", "gemma-3-4b", "gemma-3-4b", "stored", false, ""},
	{"mmproj-gemma-3-4b-it-f16.gguf", "gemma-3-4b", "gemma-3-4b", "stored", false, ""},
	{"gemma-3-4b-it-mmproj-f16.gguf", "gemma-3-4b", "gemma-3-4b", "stored", false, ""},
	{"google/gemma-3-4b-it/", "gemma-3-4b", "gemma-3-4b", "stored", false, ""},
	{"models--google--gemma-3-4b-it", "gemma-3-4b", "gemma-3-4b", "stored", false, ""},
	{"models--google", "models--google", "models--google", "stored", false, ""},
	{"us.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4", "claude-sonnet-4", "stored", true, ""},
	{"anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku", "claude-3-haiku", "stored", true, ""},
	{"us.", "us.", "us.", "stored", false, ""},
	{"eu.amazon.", "amazon.", "amazon.", "stored", false, ""},
	{"gemma3:4b-it-qat", "gemma3-4b", "gemma3-4b", "stored", false, ""},
	{"qwen2.5-vl:7b@ollama", "qwen2.5-vl-7b", "qwen2.5-vl-7b", "stored", false, "@ollama"},
	{"claude-opus-4@20250514", "claude-opus-4", "claude-opus-4", "stored", false, ""},
	{"claude-opus-4@default", "claude-opus-4", "claude-opus-4", "stored", false, ""},
	{"gemini-2.5@latest", "gemini-2.5", "gemini-2.5", "stored", false, ""},
	{"@vllm", "vllm", "vllm", "stored", false, ""},
	{"a@b/c", "c", "c", "stored", false, ""},
	{"gpt-4o-2024-05-13", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-13-2024", "gpt-4o-13-2024", "gpt-4o-1.3-2024", "stored", false, ""},
	{"gpt-4o-05-2024", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-0513", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-240513", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-20240513", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-20241340", "gpt-4o-20241340", "gpt-4o-20241340", "stored", false, ""},
	{"gpt-4o-20240532", "gpt-4o-20240532", "gpt-4o-20240532", "stored", false, ""},
	{"gpt-4o-19990513", "gpt-4o-19990513", "gpt-4o-19990513", "stored", false, ""},
	{"gpt-4o-991301", "gpt-4o-991301", "gpt-4o-991301", "stored", false, ""},
	{"gpt-4o-9913", "gpt-4o-9913", "gpt-4o-9913", "stored", false, ""},
	{"gpt-4o-2405", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-0524", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-05-13", "gpt-4o", "gpt-4o", "stored", true, ""},
	{"gpt-4o-24-05", "gpt-4o-24-05", "gpt-4o-2.4-05", "stored", false, ""},
	{"gpt-4o-13-45", "gpt-4o-13-45", "gpt-4o-1.3-45", "stored", false, ""},
	{"gpt-4o-20230013", "gpt-4o-20230013", "gpt-4o-20230013", "stored", false, ""},
	{"gpt-4o-20231313", "gpt-4o-20231313", "gpt-4o-20231313", "stored", false, ""},
	{"gpt-4o-20230500", "gpt-4o-20230500", "gpt-4o-20230500", "stored", false, ""},
	{"gpt-4o-20220513", "gpt-4o-20220513", "gpt-4o-20220513", "stored", false, ""},
	{"gpt-4o-20400513", "gpt-4o-20400513", "gpt-4o-20400513", "stored", false, ""},
	{"gpt-4o-21240513", "gpt-4o-21240513", "gpt-4o-21240513", "stored", false, ""},
	{"gpt-4o-230013", "gpt-4o-230013", "gpt-4o-230013", "stored", false, ""},
	{"gpt-4o-230532", "gpt-4o-230532", "gpt-4o-230532", "stored", false, ""},
	{"gpt-4o-231305", "gpt-4o-231305", "gpt-4o-231305", "stored", false, ""},
	{"gpt-4o-221305", "gpt-4o-221305", "gpt-4o-221305", "stored", false, ""},
	{"gpt-4o-0500", "gpt-4o-0500", "gpt-4o-0500", "stored", false, ""},
	{"gpt-4o-0540", "gpt-4o-0540", "gpt-4o-0540", "stored", false, ""},
	{"gpt-4o-1324", "gpt-4o-1324", "gpt-4o-1324", "stored", false, ""},
	{"gpt-4o-2413", "gpt-4o-2413", "gpt-4o-2413", "stored", false, ""},
	{"gpt-4o-0022", "gpt-4o-0022", "gpt-4o-0022", "stored", false, ""},
	{"grok-4-0709", "grok-4", "grok-4", "stored", true, ""},
	{"gemini-2.5-flash-001", "gemini-2.5-flash", "gemini-2.5-flash", "stored", true, ""},
	{"mistral-small-2503", "mistral-small-2503", "mistral-small-2503", "stored", false, ""},
	{"mistral-small-latest", "mistral-small-latest", "mistral-small-latest", "stored", false, ""},
	{"mistral-small-3.1-24b-instruct-2503", "mistral-small-3.1-24b-instruct-2503", "mistral-small-3.1-24b-2503", "stored", false, ""},
	{"qwen2p5-vl-7b", "qwen2p5-vl-7b", "qwen2.5-vl-7b", "stored", false, ""},
	{"qwen36-27b", "qwen36-27b", "qwen3.6-27b", "stored", false, ""},
	{"llava-v1.6", "llava-v1.6", "llava-1.6", "stored", false, ""},
	{"v1.6", "v1.6", "v1.6", "stored", false, ""},
	{"openai/gpt-4o", "gpt-4o", "gpt-4o", "stored", false, ""},
	{"openai-gpt-4o", "openai-gpt-4o", "gpt-4o", "stored", false, ""},
	{"x-ai.grok-4", "x-ai.grok-4", "grok-4", "stored", false, ""},
	{"openai-", "openai-", "openai-", "stored", false, ""},
	{"qwen-vl-7b-instruct-awq", "qwen-vl-7b", "qwen-vl-7b", "awq", false, ""},
	{"gemma-4-31b-it-qat-q4_0-gguf", "gemma-4-31b", "gemma-4-31b", "q4_0", false, ""},
	{"x", "x", "x", "stored", false, ""},
};
/* clang-format on */

static void names_are_undressed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		static struct spellings all;
		char bare[SPELLING_SIZE];

		if (!spelling_bare(rows[i].typed, bare) || !spellings_of(rows[i].typed, &all))
			fail_msg("%s is no name", rows[i].typed);
		const struct spelling *last = &all.list[all.n - 1];

		if (strcmp(bare, rows[i].bare) != 0 || strcmp(last->text, rows[i].last) != 0)
			fail_msg("%s: %s, at last %s", rows[i].typed, bare, last->text);
		assert_string_equal(dtype_name(last->weights), rows[i].weights);
		assert_int_equal(last->is_dated, rows[i].is_dated);
		assert_string_equal(all.runtime, rows[i].runtime);
		for (size_t k = 1; k < all.n; k++)
			assert_string_not_equal(all.list[k].text, all.list[k - 1].text);
	}
}

static void no_name_is_too_long_or_empty(void **state)
{
	static struct spellings all;
	char typed[SPELLING_SIZE + 1], bare[SPELLING_SIZE];

	(void)state;
	assert_false(spellings_of("", &all) || spelling_bare("", bare));
	memset(typed, 'a', sizeof typed);
	typed[SPELLING_SIZE] = '\0';
	assert_false(spellings_of(typed, &all) || spelling_bare(typed, bare));
	typed[SPELLING_SIZE - 1] = '\0';
	assert_true(spellings_of(typed, &all) && spelling_bare(typed, bare));
	assert_string_equal(bare, typed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_undressed),
		cmocka_unit_test(no_name_is_too_long_or_empty),
	};

	return cmocka_run_group_tests_name("spelling", tests, NULL, NULL);
}
