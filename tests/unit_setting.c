/* Settings that cap a picture: the lines of the reference by number, and of every processor, size
 * and budget each line read again and applied with vtok's own rule. */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/fit_settings.h"
#include "core/count.h"
#include "core/setting.h"
#include "registry/subjects.h"
#include "registry/variant.h"
#include "tests/shipped.h"

static const struct processor *processor(const char *id)
{
	const struct processor *p = registry_processor(&reg, id);

	if (!p)
		p = registry_hosted(&reg, id, 0);
	if (!p)
		fail_msg("no processor %s", id);
	return p;
}

/* The rows of one engine and model: text behind its version and scope. */
static bool has_line(const char *engine, const char *id, int64_t width, int64_t height,
		     int64_t tokens, const char *version, const char *scope, const char *text)
{
	struct fit_engine which;
	struct vtok_error err = {0};
	struct sheet s;
	bool found = false;

	assert_true(fit_engine_find(&reg, engine, &which, &err));
	sheet_init(&s, fit_settings_columns, fit_settings_columns_n);
	fit_settings_add(&s, &reg, &which, processor(id), width, height, tokens);
	assert_int_equal(s.cells_n % fit_settings_columns_n, 0);
	for (size_t i = 0; i < s.cells_n; i += fit_settings_columns_n) {
		const char *given = s.cells[i + 1].text ? s.cells[i + 1].text : "";

		found |= strcmp(s.cells[i + 3].text, text) == 0 && strcmp(given, version) == 0 &&
			 strcmp(s.cells[i + 2].text, scope) == 0;
	}
	for (size_t i = 0; !found && i < s.cells_n; i += fit_settings_columns_n)
		print_error("%s | %s | %s\n", s.cells[i + 1].text, s.cells[i + 2].text,
			    s.cells[i + 3].text);
	sheet_fini(&s);
	return found;
}

/* Lines as people paste them; 4032x3024 is larger than every cap here. */
static void lines_are_those_of_the_documents(void **state)
{
	static const struct {
		const char *engine, *processor;
		int64_t tokens;
		const char *version, *scope, *text;
	} t[] = {
		{"vllm", "qwen3-vl", 1024, "transformers 5", "server",
		 "--mm-processor-kwargs "
		 "'{\"size\":{\"shortest_edge\":65536,\"longest_edge\":1048576}}'"},
		{"vllm", "qwen2.5-vl", 1024, "transformers 4", "server",
		 "--mm-processor-kwargs '{\"min_pixels\":3136,\"max_pixels\":802816}'"},
		{"vllm", "qwen2.5-vl", 1024, "transformers 4", "body",
		 "\"mm_processor_kwargs\":{\"min_pixels\":3136,\"max_pixels\":802816}"},
		{"vllm", "gemma4", 280, "", "server",
		 "--mm-processor-kwargs '{\"max_soft_tokens\":280}'"},
		{"vllm", "gemma4", 300, "", "server",
		 "--mm-processor-kwargs '{\"max_soft_tokens\":280}'"},
		{"vllm", "internvl2-2.5-3", 1024, "", "server",
		 "--mm-processor-kwargs '{\"max_dynamic_patch\":3}'"},
		{"vllm", "glm-4.1v", 1024, "", "server",
		 "--mm-processor-kwargs "
		 "'{\"size\":{\"shortest_edge\":12544,\"longest_edge\":1605632}}'"},
		{"sglang", "qwen2.5-vl", 1024, "transformers 4", "server",
		 "--mm-process-config '{\"image\":{\"min_pixels\":3136,\"max_pixels\":802816}}'"},
		{"lmdeploy", "qwen3-vl", 1024, ">=0.13, transformers 4", "body",
		 "\"mm_processor_kwargs\":{\"image\":{\"min_pixels\":65536,\"max_pixels\":1048576}"
		 "}"},
		{"lmdeploy", "qwen2.5-vl", 1024, "transformers 4", "part",
		 "\"image_url\":{\"url\":\"...\",\"min_pixels\":3136,\"max_pixels\":802816}"},
		{"vllm", "lfm2-vl-1.6b", 100, "", "server",
		 "--mm-processor-kwargs "
		 "'{\"do_image_splitting\":false,\"max_image_tokens\":100}'"},
		{"vllm", "lfm2-vl-1.6b", 100, "", "server",
		 "--mm-processor-kwargs "
		 "'{\"min_tiles\":1,\"max_tiles\":1,\"max_image_tokens\":100}'"},
		{"vllm", "idefics2-8b", 100, "", "server",
		 "--mm-processor-kwargs '{\"do_image_splitting\":false}'"},
		{"lmdeploy", "qwen3.5", 1024, ">=0.13, transformers 5", "body",
		 "\"mm_processor_kwargs\":{\"image\":{\"min_pixels\":65536,\"max_pixels\":1048576}"
		 "}"},
		{"lmdeploy", "qwen2-vl", 1024, "transformers 5", "part",
		 "\"image_url\":{\"url\":\"...\",\"min_pixels\":3136,\"max_pixels\":802816}"},
		{"lmdeploy", "internvl2-2.5-3", 1024, "", "part",
		 "\"image_url\":{\"url\":\"...\",\"max_dynamic_patch\":3}"},
		{"llama.cpp", "qwen3-vl", 1024, "", "server", "--image-max-tokens 1024"},
		{"llama.cpp", "gemma4", 1000, "", "server", "--image-max-tokens 1000"},
		{"ollama", "qwen3-vl", 1024, "", "environment", "LLAMA_ARG_IMAGE_MAX_TOKENS=1024"},
		{"transformers", "qwen3-vl", 1024, "transformers 5", "python",
		 "processor.image_processor.size = "
		 "{\"shortest_edge\":65536,\"longest_edge\":1048576}"},
		{"all", "gpt-5", 100, "", "part", "\"detail\":\"low\""},
		{"all", "gemini-3", 300, "", "body",
		 "\"generationConfig\":{\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\"}"},
		{"all", "claude-high-res", 300, "", "client", "resize before sending"},
		{"vllm", "llava-1.5", 300, "", "client", "resize before sending"},
		{"llama.cpp", "internvl2-2.5-3", 300, "", "client", "resize before sending"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if (!has_line(t[i].engine, t[i].processor, 4032, 3024, t[i].tokens, t[i].version,
			      t[i].scope, t[i].text))
			fail_msg("%s, %s, %d: no line %s", t[i].engine, t[i].processor,
				 (int)t[i].tokens, t[i].text);
}

static void older_versions_lack_newer_settings(void **state)
{
	(void)state;
	assert_true(has_line("lmdeploy@0.13", "glm-4.1v", 4032, 3024, 1024, ">=0.13", "body",
			     "\"mm_processor_kwargs\":{\"image\":{\"min_pixels\":12544,"
			     "\"max_pixels\":1605632}}"));
	assert_true(has_line("lmdeploy@0.12", "glm-4.1v", 4032, 3024, 1024, "", "client",
			     "resize before sending"));
}

/* LMDeploy's families with a preprocess of their own read keys in image_url, the newer ones in the
 * body; neither reads the other's. */
static void families_take_keys_in_their_own_place(void **state)
{
	static const char *const families[][2] = {
		{"qwen2-vl", "part"}, {"qwen2.5-vl", "part"}, {"qwen3-vl", "body"},
		{"qwen3.5", "body"},  {"dots-ocr", "client"}, {"internvl2-2.5-3", "part"},
		{"glm-4.1v", "body"}, {"eagle2.5", "client"}, {"internvl3-hf", "client"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		struct fit_engine which;
		struct vtok_error err = {0};
		struct sheet s;

		assert_true(fit_engine_find(&reg, "lmdeploy", &which, &err));
		sheet_init(&s, fit_settings_columns, fit_settings_columns_n);
		fit_settings_add(&s, &reg, &which, processor(families[i][0]), 4032, 3024, 1024);
		for (size_t k = 0; k < s.cells_n; k += fit_settings_columns_n)
			assert_string_equal(s.cells[k + 2].text, families[i][1]);
		sheet_fini(&s);
	}
}

static void every_name_of_a_list_is_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < reg.settings_n; i++) {
		const char *caps = reg.settings[i]->caps;
		char word[64];

		for (const char *w = caps; *w; w += strspn(w, " \t")) {
			size_t len = strcspn(w, " \t");
			bool is_one = false;

			str_format(word, sizeof(word), "%.*s", (int)len, w);
			for (size_t k = 0; k < reg.caps_n; k++)
				is_one |= strcmp(reg.caps[k]->id, word) == 0;
			if (!is_one)
				fail_msg("%s: no cap %s", reg.settings[i]->id, word);
			w += len;
		}
	}
}

/* "\"max_pixels\":", the member of JSON that holds the cap, as its template has it; "" = none
 * does. Returns out. */
static char *member(const struct cap *c, char out[40])
{
	const char *end = c->keys ? strstr(c->keys, "\":{value}") : NULL, *at = end;

	while (at && at > c->keys && at[-1] != '"')
		at--;
	return end ? str_format(out, 40, "\"%.*s\":", (int)(end - at), at)
		   : str_format(out, 40, "%s", "");
}

/* What the line itself says, put into a copy of the rule. */
static void read_back(const struct cap *c, const char *text, struct processor *own,
		      struct knobs *knobs)
{
	const char *open = strchr(text, '{'), *close = strrchr(text, '}');
	char key[40];
	long long value = 0;

	if (open && close) { /* the JSON of it must be such */
		json_error_t e;
		json_t *all =
			json_loadb(open, (size_t)(close - open) + 1, JSON_REJECT_DUPLICATES, &e);

		if (!all)
			fail_msg("%s: %s", text, e.text);
		json_decref(all);
	}
	if (*member(c, key) && strstr(text, key))
		value = atoll(strstr(text, key) + strlen(key));
	if (strstr(text, "max-tokens "))
		value = atoll(strstr(text, "max-tokens ") + 11);
	if (strstr(text, "MAX_TOKENS="))
		value = atoll(strstr(text, "MAX_TOKENS=") + 11);
	int64_t side = (int64_t)own->patch * (own->merge > 0 ? own->merge : 1);

	switch (c->unit) {
	case CAP_AREA:
		own->max_pixels = value;
		own->min_pixels = own->min_pixels < value ? own->min_pixels : value;
		break;
	case CAP_EDGE:
		own->longest_edge = (int32_t)value;
		break;
	case CAP_TOKENS:
		if (strstr(text, "\"do_image_splitting\":false") ||
		    strstr(text, "\"max_tiles\":1,"))
			own->ratio = 1e9; /* no picture is large enough to be cut */
		if (own->max_pixels > 0) {
			own->max_pixels = value * side * side;
			own->min_pixels = own->min_pixels < own->max_pixels ? own->min_pixels
									    : own->max_pixels;
		} else {
			own->max_tokens = (int32_t)value;
			own->min_tokens =
				own->min_tokens < value ? own->min_tokens : (int32_t)value;
		}
		break;
	case CAP_PATCHES:
		own->max_patches = (int32_t)value;
		break;
	case CAP_TILES:
		if (strstr(text, "\"do_image_splitting\":false"))
			value = 1;
		own->max_tiles = (int32_t)value;
		own->min_tiles = own->min_tiles < value ? own->min_tiles : (int32_t)value;
		break;
	case CAP_DETAIL:
		for (int level = 1; level < DETAIL_N; level++) {
			char name[24];

			if (strstr(text,
				   str_format(name, sizeof(name), "\"%s\"", detail_names[level])))
				knobs->detail = (enum detail)level;
		}
		assert_int_not_equal(knobs->detail, DETAIL_AUTO);
		return;
	case CAP_MEDIA:
		knobs->media = strstr(text, "ULTRA")     ? MEDIA_ULTRA_HIGH
			       : strstr(text, "_HIGH")   ? MEDIA_HIGH
			       : strstr(text, "_MEDIUM") ? MEDIA_MEDIUM
							 : MEDIA_LOW;
		return;
	case CAP_N:
		break;
	}
	if (value <= 0)
		fail_msg("no number in %s", text);
}

static void check_line(const struct cap_place *place, const struct processor *p, int64_t width,
		       int64_t height, int64_t tokens, int *lines)
{
	for (size_t k = 0; k < reg.caps_n; k++) {
		const struct cap *c = reg.caps[k];
		char text[SETTING_TEXT];
		struct processor own = *p;
		struct knobs knobs = {0};
		struct capped v;
		struct count n;

		if (!setting_takes(place, c, p) || !cap_value(c, p, width, height, tokens, &v))
			continue;
		setting_text(place, c, &v, text);
		assert_null(strstr(text, "{keys}"));
		assert_null(strstr(text, "{value}"));
		assert_null(strstr(text, "{min}"));
		read_back(c, text, &own, &knobs);
		count_image(&own, LENS_EXACT, &knobs, width, height, &n, NULL);
		if (n.refused || n.visual > tokens || n.visual != v.visual)
			fail_msg("%s, %lldx%lld: %lld tokens with %s", p->id, (long long)width,
				 (long long)height, (long long)n.visual, text);
		++*lines;
	}
}

static void every_line_holds(void **state)
{
	static const int sizes[][2] = {{4032, 3024}, {1920, 1080}, {640, 480}, {224, 1600}};
	static const int budgets[] = {64, 300, 1024, 4000};
	int lines = 0;

	(void)state;
	for (size_t k = 0; k < reg.settings_n; k++)
		for (size_t i = 0; i < reg.processors_n + reg.hosted_n; i++) {
			const struct processor *p = i < reg.processors_n
							    ? reg.processors[i]
							    : reg.hosted[i - reg.processors_n];
			const struct cap_place *place = reg.settings[k];

			if (place->vendor
				    ? !p->hosted.vendor || strcmp(place->vendor, p->hosted.vendor)
				    : p->hosted.vendor != NULL)
				continue;
			for (size_t s = 0; s < ARRAY_SIZE(sizes); s++)
				for (size_t b = 0; b < ARRAY_SIZE(budgets); b++)
					check_line(place, p, sizes[s][0], sizes[s][1], budgets[b],
						   &lines);
		}
	assert_true(lines > 3000);
}

static void unknown_engines_and_versions_are_refused(void **state)
{
	struct fit_engine which;
	struct vtok_error err = {0};

	(void)state;
	assert_false(fit_engine_find(&reg, "vlm", &which, &err));
	assert_non_null(strstr(err.text, "vllm"));
	err = (struct vtok_error){0};
	assert_false(fit_engine_find(&reg, "vllm@new", &which, &err));
	assert_non_null(strstr(err.text, "\"new\""));
	assert_true(fit_engine_find(&reg, "vllm@0.20.1", &which, &err));
	assert_true(which.engine && which.version > 0);
	assert_true(fit_engine_find(&reg, "all", &which, &err));
	assert_null(which.engine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_those_of_the_documents),
		cmocka_unit_test(older_versions_lack_newer_settings),
		cmocka_unit_test(families_take_keys_in_their_own_place),
		cmocka_unit_test(every_name_of_a_list_is_one),
		cmocka_unit_test(every_line_holds),
		cmocka_unit_test(unknown_engines_and_versions_are_refused),
	};

	return cmocka_run_group_tests(tests, shipped_load, shipped_free);
}
