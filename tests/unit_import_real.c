/* Folders of public repositories (tests/data/import/real.csv names each one's origin; only the keys
 * that are read are kept): what import prints counts, and is dimensioned, as the shipped entry of
 * their family; limits of their own are told in the table. */
#include "tests/unit.h"

#include <math.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"
#include "core/kv.h"
#include "import/import.h"
#include "registry/registry.h"
#include "registry/registry_load.h"
#include "registry/schema.h"
#include "registry/subjects.h"

enum { FOLDERS_LEAST = 40 };

struct folder {
	char name[64], shipped[64];
	int64_t least, most; /* pixels of its own; 0 = the family's */
};

static struct registry shipped;
static struct folder folders[128];
static size_t folders_n;

/* All differences are told before a test fails. */
static int wrong_n;
#define WRONG(...) (print_message("# " __VA_ARGS__), print_message("\n"), wrong_n++)

/* Sizes of screens, pages, phones and odd ones. */
static const struct px_size sizes[] = {
	{224, 224},   {336, 336},   {448, 448},   {512, 512},   {640, 480},
	{800, 600},   {1024, 768},  {1080, 1920}, {1170, 2532}, {1280, 720},
	{1366, 768},  {1500, 500},  {1654, 2339}, {1920, 1080}, {2048, 2048},
	{2480, 3508}, {3000, 4000}, {3840, 2160}, {100, 100},   {333, 777},
};
static_assert(ARRAY_SIZE(sizes) == 20, "twenty");

static bool cut(char *line, char **f, int n)
{
	for (int i = 0; i < n; i++) {
		f[i] = line;
		line += strcspn(line, ",\n");
		if (*line)
			*line++ = '\0';
	}
	return f[1][0] != '\0';
}

static int setup(void **state)
{
	char path[1024], line[512], *f[4];
	struct vtok_error err = {0};

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/data/import/real.csv", getenv("SRCDIR"));
	FILE *in = fopen(path, "r");
	if (!in || !registry_init(&shipped, &err) || !fgets(line, sizeof(line), in))
		return -1;
	while (fgets(line, sizeof(line), in) && folders_n < ARRAY_SIZE(folders)) {
		struct folder *d = &folders[folders_n++];
		if (!cut(line, f, 4))
			return -1;
		snprintf(d->name, sizeof(d->name), "%s", f[0]);
		snprintf(d->shipped, sizeof(d->shipped), "%s", f[1]);
		str_int(f[2], 0, AREA_MOST, &d->least);
		str_int(f[3], 0, AREA_MOST, &d->most);
	}
	fclose(in);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	registry_fini(&shipped);
	return 0;
}

/* Imports one folder and loads what it prints, under the id "copy". */
static void import_folder(const struct folder *d, struct registry *r)
{
	char path[1024], file[1024];
	struct strbuf text;
	struct vtok_error err = {0};

	snprintf(path, sizeof(path), "%s/tests/data/import/real/%s", getenv("SRCDIR"), d->name);
	snprintf(file, sizeof(file), "%s/unit_import_real.tmp.ini", getenv("BUILDDIR"));
	strbuf_init(&text);
	if (!import_path(path, "copy", &text, &err))
		fail_msg("%s: %s", d->name, err.text);
	FILE *f = fopen(file, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(strbuf_text(&text), 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
	strbuf_fini(&text);
	assert_true(registry_init(r, &err));
	if (!registry_load_file(r, file, &err))
		fail_msg("%s: %s", d->name, err.text);
	remove(file);
}

static void original(const struct folder *d, const struct model **m, const struct processor **p)
{
	struct vtok_error err = {0};

	if (!subject_resolve(&shipped, d->shipped, m, p, &err))
		fail_msg("%s: %s", d->shipped, err.text);
}

static void counts_are_the_familys(void **state)
{
	(void)state;
	wrong_n = 0;
	assert_in_range(folders_n, FOLDERS_LEAST, ARRAY_SIZE(folders) - 1);
	for (size_t k = 0; k < folders_n; k++) {
		const struct folder *d = &folders[k];
		const struct knobs own = {.min_pixels = d->least, .max_pixels = d->most};
		const struct model *m;
		const struct processor *p;
		struct registry r;

		import_folder(d, &r);
		original(d, &m, &p);
		const struct processor *copy = registry_processor(&r, "copy");
		assert_non_null(copy);
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			struct count a, b;
			count_image(p, LENS_EXACT, &own, sizes[i].width, sizes[i].height, &a, NULL);
			count_image(copy, LENS_EXACT, NULL, sizes[i].width, sizes[i].height, &b,
				    NULL);
			if (a.refused != b.refused || a.visual != b.visual ||
			    a.special != b.special || a.has_special != b.has_special ||
			    a.tiles != b.tiles || a.resized_w != b.resized_w ||
			    a.resized_h != b.resized_h)
				WRONG("%s %dx%d: %s %d + %d, imported %d + %d", d->name,
				      (int)sizes[i].width, (int)sizes[i].height, d->shipped,
				      (int)a.visual, (int)a.special, (int)b.visual, (int)b.special);
		}
		registry_fini(&r);
	}
	assert_int_equal(wrong_n, 0);
}

/* What a request with one image of each size keeps in the cache, at a page of 16 positions. */
static void memory_is_the_familys(void **state)
{
	const struct kv_layout plain = {.dtype = DTYPE_BF16, .ranks = 1, .block_tokens = 16};
	int compared = 0;

	(void)state;
	wrong_n = 0;
	for (size_t k = 0; k < folders_n; k++) {
		const struct folder *d = &folders[k];
		const struct model *m;
		const struct processor *p;
		struct registry r;

		import_folder(d, &r);
		original(d, &m, &p);
		const struct model *copy = registry_model(&r, "copy");
		for (size_t i = 0; m && copy && i < ARRAY_SIZE(sizes); i++) {
			struct count c;
			count_image(p, LENS_EXACT, NULL, sizes[i].width, sizes[i].height, &c, NULL);
			double tokens = (double)c.visual + 1000;
			double a = kv_request(m, &plain, tokens, (double)c.visual);
			double b = kv_request(copy, &plain, tokens, (double)c.visual);
			if (fabs(a - b) > 0.5)
				WRONG("%s %dx%d: %s keeps %.0f bytes, imported %.0f", d->name,
				      (int)sizes[i].width, (int)sizes[i].height, d->shipped, a, b);
			compared++;
		}
		/* published sums and those of the dimensions differ by norms, biases and the like
		 */
		if (m && copy && fabs(copy->llm_params / m->llm_params - 1) > 0.03)
			WRONG("%s: %.4g parameters, shipped %.4g", d->name, copy->llm_params,
			      m->llm_params);
		registry_fini(&r);
	}
	assert_in_range(compared, 20 * 25, 20 * 128);
	assert_int_equal(wrong_n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_the_familys),
		cmocka_unit_test(memory_is_the_familys),
	};

	return cmocka_run_group_tests_name("import_real", tests, setup, teardown);
}
