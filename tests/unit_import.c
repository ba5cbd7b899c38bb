/* Model folders as the hub has them, in the key names of both generations (tests/data/import,
 * written from published configurations): what import prints is loaded as a user's file and must
 * count, and be dimensioned, as the shipped checkpoint of the same name. */
#include "tests/unit.h"

#include <dirent.h>

#include "base/base.h"
#include "core/count.h"
#include "import/import.h"
#include "registry/registry.h"
#include "registry/registry_load.h"
#include "registry/schema.h"

enum { FOLDERS_MAX = 64 };

static struct registry shipped;
static char folders[FOLDERS_MAX][64];
static size_t folders_n;

/* All differences are told before a test fails. */
static int wrong_n;
#define WRONG(...) (print_message("# " __VA_ARGS__), print_message("\n"), wrong_n++)

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int setup(void **state)
{
	(void)state;
	char path[1024];
	struct vtok_error err = {0};
	struct dirent *e;

	snprintf(path, sizeof(path), "%s/tests/data/import", getenv("SRCDIR"));
	DIR *dir = opendir(path);
	if (!dir || !registry_init(&shipped, &err))
		return -1;
	while ((e = readdir(dir)) && folders_n < FOLDERS_MAX)
		if (strstr(e->d_name, "-copy"))
			snprintf(folders[folders_n++], sizeof(folders[0]), "%.63s", e->d_name);
	closedir(dir);
	qsort(folders, folders_n, sizeof(folders[0]), by_name);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	registry_fini(&shipped);
	return 0;
}

/* Imports one folder and loads what it prints. */
static void import_folder(const char *folder, struct registry *r)
{
	char path[1024], file[1024];
	struct strbuf text;
	struct vtok_error err = {0};

	snprintf(path, sizeof(path), "%s/tests/data/import/%s", getenv("SRCDIR"), folder);
	snprintf(file, sizeof(file), "%s/unit_import.tmp.ini", getenv("BUILDDIR"));
	strbuf_init(&text);
	if (!import_path(path, NULL, &text, &err))
		fail_msg("%s: %s", folder, err.text);
	FILE *f = fopen(file, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(strbuf_text(&text), 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
	strbuf_fini(&text);
	assert_true(registry_init(r, &err));
	if (!registry_load_file(r, file, &err))
		fail_msg("%s: %s", folder, err.text);
	remove(file);
}

static const struct model *original(const char *folder)
{
	char id[64];

	snprintf(id, sizeof(id), "%.*s", (int)(strstr(folder, "-copy") - folder), folder);
	const struct model *m = registry_model(&shipped, id);
	if (!m)
		fail_msg("%s: no such checkpoint is shipped", id);
	return m;
}

static void same_count(const char *folder, const struct processor *a, const struct processor *b,
		       int64_t w, int64_t h)
{
	struct count x, y;

	count_image(a, LENS_EXACT, NULL, w, h, &x, NULL);
	count_image(b, LENS_EXACT, NULL, w, h, &y, NULL);
	if (wrong_n < 40 && (x.refused != y.refused || x.visual != y.visual || x.total != y.total ||
			     x.special != y.special || x.tiles != y.tiles ||
			     x.resized_w != y.resized_w || x.has_special != y.has_special))
		WRONG("%s %dx%d: shipped %d + %d, imported %d + %d", folder, (int)w, (int)h,
		      (int)x.visual, (int)x.special, (int)y.visual, (int)y.special);
}

static void counts_are_the_shipped_ones(void **state)
{
	(void)state;
	wrong_n = 0;
	static const int64_t sides[] = {1,   28,   100,  224,  336,  480,  640,
					768, 1000, 1080, 1344, 1920, 2550, 4032};

	assert_in_range(folders_n, 24, FOLDERS_MAX - 1);
	for (size_t k = 0; k < folders_n; k++) {
		struct registry r;
		import_folder(folders[k], &r);
		const struct processor *copy = registry_processor(&r, folders[k]);
		assert_non_null(copy);
		for (size_t i = 0; i < ARRAY_SIZE(sides); i++)
			for (size_t j = 0; j < ARRAY_SIZE(sides); j++)
				same_count(folders[k], original(folders[k])->processor, copy,
					   sides[i], sides[j]);
		registry_fini(&r);
	}
	assert_int_equal(wrong_n, 0);
}

/* Sums of parameters and the projector stand in no configuration file. */
static bool is_from_elsewhere(const struct field *f)
{
	return f->type == FIELD_TEXT || f->type == FIELD_WORDS || f->type == FIELD_COUNT ||
	       strncmp(f->key, "projector", 9) == 0;
}

static void dimensions_are_the_shipped_ones(void **state)
{
	(void)state;
	wrong_n = 0;
	for (size_t k = 0; k < folders_n; k++) {
		struct registry r;
		import_folder(folders[k], &r);
		const struct model *a = original(folders[k]), *b = registry_model(&r, folders[k]);
		if (!b)
			fail_msg("%s: no model was imported", folders[k]);
		for (size_t i = 0; i < schema_model.n; i++) {
			const struct field *f = &schema_model.fields[i];
			char x[128], y[128];
			schema_text(f, a, x, sizeof(x));
			schema_text(f, b, y, sizeof(y));
			if (!is_from_elsewhere(f) && strcmp(x, y) != 0)
				WRONG("%s: %s is %s in the shipped tables, %s imported", folders[k],
				      f->key, x, y);
		}
		assert_int_equal(a->grow_layers, b->grow_layers);
		assert_int_equal(a->grow_elems, b->grow_elems);
		assert_int_equal(a->win_elems, b->win_elems);
		registry_fini(&r);
	}
	assert_int_equal(wrong_n, 0);
}

/* The tower of the shipped checkpoint is recognised by its dimensions; a few files do not give
 * them. */
static void towers_are_recognised(void **state)
{
	(void)state;
	wrong_n = 0;
	static const char *const silent[] = {"phi-3.5-vision-copy", "molmo-7b-d-copy"};

	for (size_t k = 0; k < folders_n; k++) {
		struct registry r;
		bool given = true;
		import_folder(folders[k], &r);
		const struct model *a = original(folders[k]), *b = registry_model(&r, folders[k]);
		for (size_t i = 0; i < ARRAY_SIZE(silent); i++)
			given &= strcmp(silent[i], folders[k]) != 0;
		if (given && (!b->tower_id || strcmp(a->tower_id, b->tower_id) != 0))
			WRONG("%s: tower %s, expected %s", folders[k],
			      b->tower_id ? b->tower_id : "none", a->tower_id);
		registry_fini(&r);
	}
	assert_int_equal(wrong_n, 0);
}

/* Numbers of the files win over those of the shipped processor, in the spelling of every
 * generation. */
static void the_files_win(void **state)
{
	(void)state;
	wrong_n = 0;
	static const struct {
		const char *config, *pre;
		int64_t width, height, visual;
	} t[] = {
		/* max_pixels of 28 x 28 x 100: 100 tokens for a large square */
		{"{\"model_type\":\"qwen2_5_vl\"}", "{\"min_pixels\":3136,\"max_pixels\":78400}",
		 2000, 2000, 100},
		{"{\"model_type\":\"qwen2_5_vl\"}",
		 "{\"size\":{\"shortest_edge\":3136,\"longest_edge\":78400}}", 2000, 2000, 100},
		{"{\"model_type\":\"qwen2_5_vl\"}",
		 "{\"size\":{\"min_pixels\":3136,\"max_pixels\":78400}}", 2000, 2000, 100},
		{"{\"model_type\":\"qwen2_5_vl\",\"vision_config\":{\"spatial_merge_size\":1}}",
		 "{}", 280, 280, 400},
		{"{\"model_type\":\"llava\",\"vision_config\":{\"image_size\":224,\"patch_size\":"
		 "14}}",
		 "{}", 500, 500, 256},
		{"{\"model_type\":\"gemma3\",\"mm_tokens_per_image\":64,\"vision_config\":{\"image_"
		 "size\":896}}",
		 "{}", 500, 500, 64},
		{"{\"model_type\":\"internvl_chat\",\"max_dynamic_patch\":1}", "{}", 4000, 3000,
		 256},
		{"{\"model_type\":\"internvl_chat\",\"max_dynamic_patch\":1,\"downsample_ratio\":0."
		 "25}",
		 "{}", 4000, 3000, 64},
		{"{\"model_type\":\"llava\",\"vision_config\":{\"model_type\":\"pixtral\"}}",
		 "{\"size\":{\"longest_edge\":512}}", 2048, 2048, 1024},
		{"{\"model_type\":\"mistral3\",\"spatial_merge_size\":1}", "{}", 140, 140, 100},
		{"{\"model_type\":\"smolvlm\",\"scale_factor\":2}",
		 "{\"size\":{\"longest_edge\":512},\"max_image_size\":{\"longest_edge\":512}}", 512,
		 512, 256},
		{"{\"model_type\":\"minicpmv\",\"query_num\":10}", "{}", 100, 100, 10},
		{"{\"model_type\":\"gemma4\"}", "{\"max_soft_tokens\":70}", 480, 480, 64},
	};
	char folder[1024], path[1200];

	snprintf(folder, sizeof(folder), "%s/unit_import.tmp", getenv("BUILDDIR"));
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct strbuf text;
		struct vtok_error err = {0};
		struct registry r;
		struct count c;
		const char *const parts[][2] = {{"config.json", t[i].config},
						{"preprocessor_config.json", t[i].pre}};

		assert_int_equal(system("mkdir -p \"$BUILDDIR/unit_import.tmp\""), 0);
		for (size_t k = 0; k < ARRAY_SIZE(parts); k++) {
			snprintf(path, sizeof(path), "%s/%s", folder, parts[k][0]);
			FILE *f = fopen(path, "w");
			assert_non_null(f);
			fputs(parts[k][1], f);
			fclose(f);
		}
		strbuf_init(&text);
		if (!import_path(folder, NULL, &text, &err))
			fail_msg("%s: %s", t[i].config, err.text);
		snprintf(path, sizeof(path), "%s.ini", folder);
		FILE *f = fopen(path, "w");
		assert_non_null(f);
		fputs(strbuf_text(&text), f);
		fclose(f);
		strbuf_fini(&text);
		assert_true(registry_init(&r, &err));
		if (!registry_load_file(&r, path, &err))
			fail_msg("%s: %s", t[i].config, err.text);
		count_image(registry_processor(&r, "unit_import.tmp"), LENS_EXACT, NULL, t[i].width,
			    t[i].height, &c, NULL);
		if (c.visual != t[i].visual)
			WRONG("%s %s: expected %d, got %d", t[i].config, t[i].pre, (int)t[i].visual,
			      (int)c.visual);
		registry_fini(&r);
	}
	assert_int_equal(
		system("rm -r \"$BUILDDIR/unit_import.tmp\" \"$BUILDDIR/unit_import.tmp.ini\""), 0);
	assert_int_equal(wrong_n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_the_shipped_ones),
		cmocka_unit_test(dimensions_are_the_shipped_ones),
		cmocka_unit_test(towers_are_recognised),
		cmocka_unit_test(the_files_win),
	};
	return cmocka_run_group_tests_name("import", tests, setup, teardown);
}
