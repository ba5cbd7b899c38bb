/* tests/registry/NAME.ini, read over the shipped tables, gives tests/registry/NAME.golden: the
 * message, or what the file changed. With UPDATE_GOLDEN set the golden files
 * are written instead. */
#include "tests/unit.h"

#include <dirent.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "registry/kinds.h"
#include "registry/registry_load.h"
#include "registry/schema.h"

enum { FILES_MAX = 200 };

static char *names[FILES_MAX];
static size_t names_n;

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_files(void)
{
	DIR *dir = opendir(".");
	const struct dirent *e;

	while (dir && (e = readdir(dir)) != NULL) {
		size_t len = strlen(e->d_name);
		if (len > 4 && strcmp(e->d_name + len - 4, ".ini") == 0 && names_n < FILES_MAX)
			names[names_n++] = strdup(e->d_name);
	}
	if (dir)
		closedir(dir);
	qsort(names, names_n, sizeof(names[0]), by_name);
}

/* The keys of an entry that differ from the shipped one of the same id, or from the defaults. */
static void print_changes(struct strbuf *out, enum registry_kind kind, const void *entry,
			  const void *before)
{
	const struct schema *s = registry_kinds[kind].schema;
	void *standard = calloc(1, s->size);

	schema_defaults(s, standard);
	strbuf_printf(out, "[%s %s] %s\n", s->kind, entry_id(kind, entry),
		      before ? "changed" : "new");
	for (size_t i = 0; i < s->n + s->derived_n; i++) {
		const struct field *f = i < s->n ? &s->fields[i] : &s->derived[i - s->n];
		char now[256], then[256];
		schema_text(f, entry, now, sizeof(now));
		schema_text(f, before ? before : standard, then, sizeof(then));
		if (strcmp(now, then) != 0)
			strbuf_printf(out, "%s = %s\n", f->key, now);
	}
	free(standard);
}

static void describe(struct strbuf *out, const struct registry *r, const struct registry *shipped)
{
	for (int k = 0; k < KIND_N; k++) {
		size_t n, old_n;
		const void *const *list = registry_list(r, (enum registry_kind)k, &n);
		const void *const *old = registry_list(shipped, (enum registry_kind)k, &old_n);
		for (size_t i = 0; i < n; i++) {
			const void *before = NULL;
			for (size_t j = 0; j < old_n && !before; j++)
				if (strcmp(entry_id(k, old[j]), entry_id(k, list[i])) == 0)
					before = old[j];
			if (before != list[i])
				print_changes(out, (enum registry_kind)k, list[i], before);
		}
	}
}

static char *slurp(const char *path)
{
	FILE *f = fopen(path, "r");
	struct strbuf sb;
	char part[4096];
	size_t n;

	if (!f)
		return NULL;
	strbuf_init(&sb);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		strbuf_add(&sb, part, n);
	fclose(f);
	strbuf_puts(&sb, "");
	return strbuf_steal(&sb);
}

static void file_gives_its_golden(void **state)
{
	const char *name = *state;
	char golden[300];
	struct registry r, shipped;
	struct vtok_error err = {0};
	struct strbuf out;

	snprintf(golden, sizeof(golden), "%.*s.golden", (int)strlen(name) - 4, name);
	strbuf_init(&out);
	assert_true(registry_init(&r, &err));
	assert_true(registry_init(&shipped, &err));
	if (registry_load_file(&r, name, &err)) {
		strbuf_puts(&out, "fine\n");
	} else {
		assert_int_equal(err.code, VTOK_E_CONFIG);
		strbuf_printf(&out, "%s\n", err.text);
	}
	describe(&out, &r, &shipped); /* nothing after an error */
	if (getenv("UPDATE_GOLDEN")) {
		FILE *f = fopen(golden, "w");
		assert_non_null(f);
		fputs(strbuf_text(&out), f);
		fclose(f);
	} else {
		char *want = slurp(golden);
		assert_non_null(want);
		assert_string_equal(strbuf_text(&out), want);
		free(want);
	}
	strbuf_fini(&out);
	registry_fini(&r);
	registry_fini(&shipped);
}

int main(void)
{
	struct CMUnitTest tests[FILES_MAX];
	char dir[4096];

	snprintf(dir, sizeof(dir), "%s/tests/registry", getenv("SRCDIR") ? getenv("SRCDIR") : ".");
	if (chdir(dir) != 0) /* messages then name the file alone */
		return 99;
	list_files();
	for (size_t i = 0; i < names_n; i++)
		tests[i] =
			(struct CMUnitTest){names[i], file_gives_its_golden, NULL, NULL, names[i]};
	if (names_n == 0)
		return 99;
	int failed = _cmocka_run_group_tests("registry files", tests, names_n, NULL, NULL);
	for (size_t i = 0; i < names_n; i++)
		free(names[i]);
	return failed;
}
