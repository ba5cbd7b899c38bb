/* Looking up, offering near names, overriding, and where a user's files are found. */
#include "tests/unit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "registry/derive.h"
#include "registry/kinds.h"
#include "registry/merge.h"
#include "registry/near.h"
#include "registry/schema.h"
#include "registry/shape.h"
#include "registry/registry_load.h"
#include "registry/subjects.h"

static void start(struct registry *r)
{
	struct vtok_error err = {0};

	assert_true(registry_init(r, &err));
}

static bool merge(struct registry *r, const char *text, struct vtok_error *err)
{
	*err = (struct vtok_error){0};
	return registry_merge(r, "my.ini", text, strlen(text), err);
}

/* A pointer list that stays the same shows that nothing happened. */
static bool same_lists(const struct registry *a, const struct registry *b)
{
	return memcmp(a, b, offsetof(struct registry, arena)) == 0;
}

static void shipped_entries_keep_their_rules(void **state)
{
	(void)state;
	struct registry r;
	start(&r);
	for (int k = 0; k < KIND_N; k++) {
		size_t n;
		const void *const *list = registry_list(&r, (enum registry_kind)k, &n);
		for (size_t i = 0; i < n; i++) {
			const char *key = NULL;
			struct vtok_error err = {0};
			if (!registry_check((enum registry_kind)k, list[i], &key, &err))
				fail_msg("%s: %s", entry_id((enum registry_kind)k, list[i]),
					 err.text);
			assert_ptr_equal(registry_find(&r, (enum registry_kind)k,
						       entry_id((enum registry_kind)k, list[i])),
					 list[i]);
		}
	}
	for (size_t i = 0; i < r.models_n; i++) {
		assert_non_null(r.models[i]->source);
		if (!r.models[i]->processor_id)
			continue; /* text alone */
		assert_non_null(r.models[i]->processor->strategy);
		if (r.models[i]->tower)
			assert_string_equal(r.models[i]->tower->id, r.models[i]->tower_id);
		else /* says why */
			assert_true(r.models[i]->unknown || r.models[i]->note);
		assert_string_equal(r.models[i]->processor->id, r.models[i]->processor_id);
	}
	for (size_t i = 0; i < r.hardware_n; i++)
		assert_non_null(r.hardware[i]->source);
	registry_fini(&r);
}

/* A key named in `unverified` must exist, or its mark would show nowhere. */
static void unverified_names_keys(void **state)
{
	(void)state;
	struct registry r;
	start(&r);
	for (int k = 0; k < KIND_N; k++) {
		const struct schema *s = registry_kinds[k].schema;
		const struct field *f = schema_field(s, "unverified");
		size_t n;
		const void *const *list = registry_list(&r, (enum registry_kind)k, &n);
		for (size_t i = 0; f && i < n; i++) {
			char words[512], *save = NULL;
			schema_text(f, list[i], words, sizeof(words));
			for (char *w = strtok_r(words, " ", &save); w;
			     w = strtok_r(NULL, " ", &save))
				if (!schema_field(s, w))
					fail_msg("[%s %s] unverified: no key %s", s->kind,
						 entry_id((enum registry_kind)k, list[i]), w);
		}
	}
	registry_fini(&r);
}

static void names_are_unique(void **state)
{
	(void)state;
	struct registry r;
	start(&r);
	for (int k = 0; k < KIND_N; k++) {
		size_t n;
		const void *const *list = registry_list(&r, (enum registry_kind)k, &n);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				if (i != j &&
				    str_has_word(entry_aliases((enum registry_kind)k, list[i]),
						 entry_id((enum registry_kind)k, list[j])))
					fail_msg("%s is an alias of %s and an id",
						 entry_id((enum registry_kind)k, list[j]),
						 entry_id((enum registry_kind)k, list[i]));
	}
	registry_fini(&r);
}

static void ids_aliases_and_case(void **state)
{
	(void)state;
	struct registry r;
	start(&r);
	const struct hardware *h = registry_hardware(&r, "h100-sxm");
	assert_non_null(h);
	assert_ptr_equal(registry_hardware(&r, "H100-SXM"), h);
	assert_ptr_equal(registry_hardware(&r, "h100"), h);
	assert_null(registry_hardware(&r, "h10"));
	assert_null(registry_hardware(&r, ""));
	assert_true(h->bf16 == 989e12 && h->mem_bytes == 81559.0 * 1048576 &&
		    h->link_bytes_per_s == 450e9);
	assert_string_equal(h->generation->id, "hopper");
	assert_ptr_equal(registry_model(&r, "qwen3-vl-8b-thinking"),
			 registry_model(&r, "qwen3-vl-8b"));
	assert_ptr_equal(registry_model(&r, "Qwen/Qwen3-VL-8B-Instruct"),
			 registry_model(&r, "qwen3-vl-8b"));
	assert_ptr_equal(registry_model(&r, "qwen3-vl-8b-instruct"),
			 registry_model(&r, "qwen3-vl-8b"));
	registry_fini(&r);
}

static void models_and_processors_resolve(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err = {0};
	const struct model *m;
	const struct processor *p;
	start(&r);
	assert_true(subject_resolve(&r, "qwen2.5-vl-7b", &m, &p, &err));
	assert_string_equal(m->id, "qwen2.5-vl-7b");
	assert_string_equal(p->id, "qwen2.5-vl");
	assert_true(subject_resolve(&r, "qwen2.5-vl", &m, &p, &err));
	assert_null(m);
	assert_string_equal(p->id, "qwen2.5-vl");
	assert_true(subject_resolve(&r, "qwen3vl-8b", &m, &p, &err));
	assert_string_equal(m->id, "qwen3-vl-8b");
	assert_false(subject_resolve(&r, "qwen3vl-9b", &m, &p, &err));
	assert_null(m);
	assert_null(p);
	assert_int_equal(err.code, VTOK_E_USAGE);
	assert_non_null(strstr(err.text, "did you mean qwen3-vl-"));
	err = (struct vtok_error){0};
	assert_false(subject_resolve(&r, "", &m, &p, &err));
	err = (struct vtok_error){0};
	assert_true(registry_model(&r, "llama-3-8b") != NULL);
	assert_false(subject_resolve(&r, "llama-3-8b", &m, &p, &err));
	assert_string_equal(err.text, "llama-3-8b is a language model alone: it takes no images; "
				      "vtok estimate -m llama-3-8b -n 0 says what its text costs");
	char longest[5000];
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	err = (struct vtok_error){0};
	assert_false(subject_resolve(&r, longest, &m, &p, &err));
	registry_fini(&r);
}

static void unknown_names_are_offered_near_ones(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err = {0};
	start(&r);
	assert_false(near_unknown(&r, KIND_HARDWARE, "h100sxm", &err));
	assert_non_null(strstr(err.text, "no hardware \"h100sxm\"; did you mean h100-sxm"));
	err = (struct vtok_error){0};
	near_unknown(&r, KIND_HARDWARE, "zzzzzzzz", &err);
	assert_string_equal(err.text, "no hardware \"zzzzzzzz\"; see vtok hardware");
	registry_fini(&r);
}

/* Family and tier first, names of hosted tiers among them, and no model without pictures. */
static void near_models_are_of_the_family(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *offered;
	} cases[] = {
		{"qwen3-vl-9b", "qwen3-vl-2b, qwen3-vl-4b, qwen3-vl-8b"},
		{"Qwen/Qwen3-VL-9B-FP8", "qwen3-vl-2b, qwen3-vl-4b, qwen3-vl-8b"},
		{"claude-haiku-4-7", "claude-haiku-4-5, claude-haiku-5-5"},
		{"gpt-7-mini", "gpt-5-mini, gpt-4o-mini, gpt-5.4-mini"},
		{"mistral-small-2611", "mistral-small-2503, mistral-small-2506"},
		{"qwne3-vl-8b", "qwen3-vl-8b"},
	};
	struct registry r;
	start(&r);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct vtok_error err = {0};
		const struct model *m;
		const struct processor *p;
		assert_false(subject_resolve(&r, cases[i].typed, &m, &p, &err));
		if (!strstr(err.text, cases[i].offered))
			fail_msg("%s", err.text);
	}
	registry_fini(&r);
}

/* Two sections of one shape could not be told apart by a name that is not written to the letter. */
static void shapes_are_of_one_section(void **state)
{
	(void)state;
	static const enum registry_kind kinds[] = {KIND_MODEL, KIND_PROCESSOR, KIND_HOSTED};
	struct registry r;
	start(&r);
	for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
		size_t n;
		const void *const *list = registry_list(&r, kinds[k], &n);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < i; j++) {
				const char *a = entry_id(kinds[k], list[i]),
					   *b = entry_id(kinds[k], list[j]);
				struct shape x, y;
				if (strchr(a, '@') || strchr(b, '@'))
					continue;
				assert_true(shape_of(a, strlen(a), &x));
				assert_true(shape_of(b, strlen(b), &y));
				if (shape_equal(&x, &y))
					fail_msg("%s and %s have one shape", a, b);
			}
	}
	registry_fini(&r);
}

/* What is no entry gets a model of its own, the same one each time, under an id that means it
 * again. */
static void stand_ins_are_made_once(void **state)
{
	(void)state;
	static const char *const ids[] = {"gpt-4o",
					  "chameleon",
					  "qwen2.5-vl",
					  "qwen2.5-vl@ollama",
					  "qwen2.5-vl-7b@ollama",
					  "gpt-4o@2023-11",
					  "claude-standard"};
	struct registry r;
	struct vtok_error err = {0};
	start(&r);
	const struct model *own = registry_model(&r, "qwen2.5-vl-7b");
	assert_ptr_equal(subject_named(&r, "qwen2.5-vl-7b", &err), own);
	assert_ptr_equal(subject_stand_in(&r, own, own->processor), own);
	assert_null(subject_stand_in(&r, NULL, NULL));
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const struct model *m = subject_named(&r, ids[i], &err);
		assert_non_null(m);
		assert_ptr_equal(subject_named(&r, ids[i], &err), m);
		assert_ptr_equal(subject_named(&r, m->id, &err), m);
		assert_int_equal(m->is_stand_in, m->layers == 0);
	}
	assert_string_equal(subject_named(&r, "qwen2.5-vl-7b@ollama", &err)->id,
			    "qwen2.5-vl-7b@ollama");
	assert_int_equal(subject_named(&r, "qwen2.5-vl-7b@ollama", &err)->layers, own->layers);
	assert_string_equal(subject_named(&r, "gpt-4o", &err)->id, "gpt-4o");
	assert_null(subject_named(&r, "gpt-4p", &err));
	assert_int_equal(err.code, VTOK_E_USAGE);
	registry_fini(&r);
}

static void variants_are_found_by_runtime(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err;
	const struct model *m;
	const struct processor *p;
	start(&r);
	assert_true(merge(&r,
			  "[processor qwen3-vl@other]\nname = Other\nsource = me\nstrategy = "
			  "merge\npatch = 16\n"
			  "merge = 2\nruntime = other\n",
			  &err));
	assert_true(subject_resolve(&r, "qwen3-vl-8b@other", &m, &p, &err));
	assert_string_equal(m->id, "qwen3-vl-8b");
	assert_string_equal(p->id, "qwen3-vl@other");
	assert_true(subject_resolve(&r, "qwen3-vl@other", &m, &p, &err));
	assert_null(m);
	assert_false(subject_resolve(&r, "qwen3-vl-8b@none", &m, &p, &err));
	assert_null(m);
	registry_fini(&r);
}

static void overriding_key_by_key(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err;
	start(&r);
	const struct model *before = registry_model(&r, "qwen3-vl-8b");
	size_t n = r.models_n;
	assert_true(merge(
		&r, "[model QWEN3-VL-8B]\ncontext = 1000\n[processor qwen3-vl]\nname = Other\n",
		&err));
	const struct model *now = registry_model(&r, "qwen3-vl-8b");
	assert_int_equal(r.models_n, n);
	assert_int_equal(now->context, 1000);
	assert_int_equal(now->layers, before->layers);
	assert_string_equal(now->processor->name, "Other");
	assert_int_equal(before->context, 262144); /* old pointers stay as they were */
	assert_string_equal(registry_model(&r, "qwen3-vl-4b")->processor->name,
			    "Other"); /* all who point to it */
	assert_true(merge(&r, "[model qwen3-vl-8b]\nlayers = 20\n", &err));
	now = registry_model(&r, "qwen3-vl-8b");
	assert_int_equal(now->context, 1000);   /* a later file adds to an earlier one */
	assert_int_equal(now->grow_layers, 20); /* what follows from it follows again */
	registry_fini(&r);
}

static void a_bad_file_changes_nothing(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"[model qwen3-vl-8b]\ncontext = 1000\n[hardware l4]\nmem = 80 gigs\n",
		"[tower clip-l-336]\nparams = 1 M\n[model qwen3-vl-8b]\nprocessor = nothing\n",
		("[hardware new]\nname = New\nmem = 1 GiB\nbandwidth = 1 GB/s\n[model new]\n"
		 "name = x\n"),
		"[tower clip-l-336]\nheads = 15\n",
	};
	struct registry r;
	struct vtok_error err;
	start(&r);
	struct registry before = r;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_false(merge(&r, bad[i], &err));
		assert_int_equal(err.code, VTOK_E_CONFIG);
		assert_true(same_lists(&before, &r));
	}
	assert_int_equal(registry_model(&r, "qwen3-vl-8b")->context, 262144);
	registry_fini(&r);
}

static void a_users_profile_comes_first(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err;
	start(&r);
	assert_true(merge(&r,
			  "[engine mine]\nname = Mine\nsource = me\n"
			  "[profile mine-a]\nengine = mine\nsource = me\n[profile mine-b]\nengine "
			  "= mine\nsource = me\n",
			  &err));
	assert_true(merge(&r, "[profile mine-c]\nengine = mine\nsource = me\n", &err));
	const struct profile *p = registry_engine(&r, "mine")->profiles;
	assert_string_equal(p->id, "mine-c");
	assert_string_equal(p->next->id, "mine-a");
	assert_string_equal(p->next->next->id, "mine-b");
	assert_null(p->next->next->next);
	for (size_t i = 0; i < r.engines_n; i++) /* at its own engine, or at one that shares it */
		for (p = r.engines[i]->profiles; p; p = p->next)
			assert_string_equal(p->engine_id, r.engines[i]->profiles_of
								  ? r.engines[i]->profiles_of
								  : r.engines[i]->id);
	registry_fini(&r);
}

/* An engine of a user's file may share the profiles of another; one that is not there is named. */
static void engines_share_profiles(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err;
	start(&r);
	assert_ptr_equal(registry_engine(&r, "ollama")->profiles,
			 registry_engine(&r, "llama.cpp")->profiles);
	assert_true(merge(&r,
			  "[engine mine]\nname = Mine\nsource = me\nprofiles-of = vllm\n"
			  "[profile new]\nengine = vllm\nsource = me\n",
			  &err));
	assert_string_equal(registry_engine(&r, "mine")->profiles->id, "new");
	assert_ptr_equal(registry_engine(&r, "mine")->profiles,
			 registry_engine(&r, "vllm")->profiles);
	assert_false(merge(&r, "[engine odd]\nname = Odd\nsource = me\nprofiles-of = vlm\n", &err));
	assert_non_null(strstr(err.text, "profiles-of"));
	registry_fini(&r);
}

static void ten_thousand_sections(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err;
	struct strbuf sb;
	start(&r);
	size_t shipped = r.hardware_n;
	strbuf_init(&sb);
	for (int i = 0; i < 10000; i++)
		strbuf_printf(&sb,
			      "[hardware card-%d]\nname = Card\nmem = 1 GiB\nbandwidth = 1 GB/s\n",
			      i);
	assert_true(merge(&r, strbuf_text(&sb), &err));
	assert_int_equal(r.hardware_n, shipped + 10000);
	assert_string_equal(registry_hardware(&r, "CARD-9999")->id, "card-9999");
	assert_string_equal(r.hardware[shipped]->id,
			    "card-0"); /* in file order, behind the shipped ones */
	strbuf_fini(&sb);
	registry_fini(&r);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void a_users_own_files(void **state)
{
	(void)state;
	struct registry r;
	struct vtok_error err = {0};
	char dir[3000], path[3100], home[3100];
	assert_non_null(getcwd(dir, sizeof(dir) - 20));
	strcat(dir, "/registry-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(home, sizeof(home), "%s/.config", dir);
	assert_int_equal(mkdir(home, 0700), 0);
	snprintf(path, sizeof(path), "%s/.config/vtok", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/.config/vtok/hardware.ini", dir);
	write_file(path, "[hardware l4]\npower = 50\n");

	start(&r);
	setenv("XDG_CONFIG_HOME", home, 1);
	assert_true(registry_load_user(&r, &err));
	assert_true(registry_hardware(&r, "l4")->watt == 50);
	registry_fini(&r);

	unsetenv("XDG_CONFIG_HOME");
	setenv("HOME", dir, 1);
	start(&r);
	assert_true(registry_load_user(&r, &err));
	assert_true(registry_hardware(&r, "l4")->watt == 50);
	registry_fini(&r);

	write_file(path, "[hardware l4]\npower = fifty\n");
	start(&r);
	assert_false(registry_load_user(&r, &err));
	assert_non_null(strstr(err.text, "hardware.ini:2: [hardware l4] power: expected a number"));
	registry_fini(&r);

	unsetenv("HOME");
	err = (struct vtok_error){0};
	start(&r);
	assert_true(registry_load_user(&r, &err));
	assert_true(registry_hardware(&r, "l4")->watt == 72);
	setenv("HOME", "not/absolute", 1);
	assert_true(registry_load_user(&r, &err));
	registry_fini(&r);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(home);
	rmdir(dir);
}

static void files_that_cannot_be_read(void **state)
{
	(void)state;
	static const struct {
		const char *path, *text;
	} t[] = {
		{"/nonexistent.ini", "/nonexistent.ini: cannot read: No such file or directory"},
		{"/", "/: cannot read: it is a directory"},
		{"/dev/null", "/dev/null: cannot read: not a regular file"},
	};
	struct registry r;
	start(&r);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct vtok_error err = {0};
		assert_false(registry_load_file(&r, t[i].path, &err));
		assert_string_equal(err.text, t[i].text);
		assert_int_equal(err.code, VTOK_E_CONFIG);
	}
	registry_fini(&r);
}

/* Every field reads back what it prints, so that `vtok models NAME` can be pasted into a file. */
static void values_read_back(void **state)
{
	(void)state;
	struct registry r;
	struct arena a;
	start(&r);
	arena_init(&a);
	for (int k = 0; k < KIND_N; k++) {
		const struct schema *s = registry_kinds[k].schema;
		size_t n;
		const void *const *list = registry_list(&r, (enum registry_kind)k, &n);
		void *copy = calloc(1, s->size);
		for (size_t i = 0; i < n; i++)
			for (size_t f = 0; f < s->n; f++) {
				char text[1024], again[1024];
				struct vtok_error err = {0};
				schema_text(&s->fields[f], list[i], text, sizeof(text));
				if (!s->fields[f].standard && (!text[0] || strcmp(text, "0") == 0))
					continue; /* none, or a dimension that is not known */
				if (!schema_set(copy, &s->fields[f], text, false, &a, &err))
					fail_msg("%s %s: %s", s->kind,
						 entry_id((enum registry_kind)k, list[i]),
						 err.text);
				assert_string_equal(
					schema_text(&s->fields[f], copy, again, sizeof(again)),
					text);
			}
		free(copy);
	}
	arena_fini(&a);
	registry_fini(&r);
}

/* What is read and written by its type has the size of that type, whatever the order of bytes. */
static void members_are_of_their_types(void **state)
{
	(void)state;
	for (int k = 0; k < KIND_N; k++) {
		const struct schema *s = registry_kinds[k].schema;
		for (size_t i = 0; i < s->n; i++) {
			const struct field *f = &s->fields[i];
			size_t want = f->bytes;
			switch (f->type) {
			case FIELD_TEXT:
			case FIELD_WORDS:
				want = sizeof(char *);
				break;
			case FIELD_BOOL:
				want = sizeof(bool);
				break;
			case FIELD_INT:
			case FIELD_DATE:
				want = sizeof(int32_t);
				break;
			case FIELD_ENUM:
				want = sizeof(int);
				break;
			case FIELD_LONG:
				want = sizeof(int64_t);
				break;
			case FIELD_SIZES:
			case FIELD_TABLE:
				break;
			default: /* a quantity */
				want = sizeof(double);
				break;
			}
			if (f->bytes != want)
				fail_msg("[%s] %s: %zu bytes", s->kind, f->key, f->bytes);
		}
	}
}

/* Defaults are text in the tables: one that its own field refuses would silently be zero. */
static void defaults_are_in_range(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a);
	for (int k = 0; k < KIND_N; k++) {
		const struct schema *s = registry_kinds[k].schema;
		void *entry = calloc(1, s->size);
		assert_true(s->n <= SCHEMA_FIELDS_MAX);
		for (size_t f = 0; f < s->n; f++) {
			struct vtok_error err = {0};
			assert_non_null(s->fields[f].help);
			if (s->fields[f].standard && s->fields[f].standard[0] &&
			    !schema_set(entry, &s->fields[f], s->fields[f].standard, false, &a,
					&err))
				fail_msg("[%s] %s", s->kind, err.text);
			for (size_t g = 0; g < f; g++)
				assert_string_not_equal(s->fields[f].key, s->fields[g].key);
		}
		free(entry);
	}
	arena_fini(&a);
}

/* The manual and messages have what is expected: of a list of words the last one too. */
static void what_is_expected_is_whole(void **state)
{
	(void)state;
	for (int k = 0; k < KIND_N; k++) {
		const struct schema *s = registry_kinds[k].schema;
		for (size_t f = 0; f < s->n; f++) {
			char text[SCHEMA_EXPECTED], longer[2 * SCHEMA_EXPECTED];
			schema_expected(&s->fields[f], NULL, text, sizeof(text));
			schema_expected(&s->fields[f], NULL, longer, sizeof(longer));
			assert_string_equal(text, longer);
			if (s->fields[f].type != FIELD_ENUM)
				continue;
			const char *const *last = s->fields[f].names;
			while (last[1])
				last++;
			assert_string_equal(text + strlen(text) - strlen(*last), *last);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_entries_keep_their_rules),
		cmocka_unit_test(unverified_names_keys),
		cmocka_unit_test(names_are_unique),
		cmocka_unit_test(ids_aliases_and_case),
		cmocka_unit_test(models_and_processors_resolve),
		cmocka_unit_test(unknown_names_are_offered_near_ones),
		cmocka_unit_test(near_models_are_of_the_family),
		cmocka_unit_test(shapes_are_of_one_section),
		cmocka_unit_test(stand_ins_are_made_once),
		cmocka_unit_test(variants_are_found_by_runtime),
		cmocka_unit_test(overriding_key_by_key),
		cmocka_unit_test(a_bad_file_changes_nothing),
		cmocka_unit_test(a_users_profile_comes_first),
		cmocka_unit_test(engines_share_profiles),
		cmocka_unit_test(ten_thousand_sections),
		cmocka_unit_test(a_users_own_files),
		cmocka_unit_test(files_that_cannot_be_read),
		cmocka_unit_test(values_read_back),
		cmocka_unit_test(defaults_are_in_range),
		cmocka_unit_test(what_is_expected_is_whole),
		cmocka_unit_test(members_are_of_their_types),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
