#include "cli/complete_names.h"

#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/user_themes.h"
#include "core/scaling.h"
#include "registry/kinds.h"
#include "registry/registry.h"
#include "registry/subjects.h"

static void offer(const char *name, size_t len, const char *word)
{
	size_t n = strlen(word);

	if (name && len >= n && str_ncasecmp(name, word, n) == 0)
		printf("%.*s\n", (int)len, name);
}

static void offer_id(const char *id, const char *word)
{
	offer(id, strlen(id), word);
}

/* Nothing is typed yet: a long list would hide the ids. */
static void offer_others(const char *names, const char *word)
{
	while (*word && names && *names) {
		size_t n = strcspn(names, " ");

		offer(names, n, word);
		names += n + strspn(names + n, " ");
	}
}

static void offer_models(const struct registry *r, const char *word)
{
	size_t n = subject_n(r);
	struct subject s;

	for (size_t i = 0; i < n; i++) {
		if (!subject_at(r, i, &s))
			continue;
		offer_id(s.id, word);
		offer_others(s.model ? s.model->aliases : s.processor->aliases, word);
		offer_others(s.model ? s.model->hf_repo : NULL, word);
	}
	for (size_t i = 0; i < r->processors_n; i++)
		if (*word)
			offer_id(r->processors[i]->id, word);
}

static void offer_entries(const struct registry *r, enum registry_kind kind, const char *word)
{
	size_t n;
	const void *const *list = registry_list(r, kind, &n);

	for (size_t i = 0; i < n; i++) {
		offer_id(entry_id(kind, list[i]), word);
		offer_others(entry_aliases(kind, list[i]), word);
	}
}

static void offer_hardware(const struct registry *r, const char *word)
{
	offer_entries(r, KIND_HARDWARE, word);
}

static void offer_engines(const struct registry *r, const char *word)
{
	offer_entries(r, KIND_ENGINE, word);
}

static void offer_strategies(const struct registry *r, const char *word)
{
	struct strategy_words w;

	(void)r;
	for (size_t i = 0; strategy_words(i, &w); i++)
		offer_id(w.name, word);
}

static void offer_themes(const struct registry *r, const char *word)
{
	struct options none = {.no_config = false};
	struct vtok_error ignored = {0};
	struct theme_list themes;

	(void)r;
	if (user_themes_load(&themes, &none, &ignored))
		for (size_t i = 0; i < theme_count(&themes); i++)
			offer_id(theme_at(&themes, i)->name, word);
	user_themes_free(&themes);
}

/* clang-format off */
static const struct {
	const char *name;
	void (*offer)(const struct registry *r, const char *word);
} lists[] = {
	{"models",     offer_models    },
	{"hardware",   offer_hardware  },
	{"engines",    offer_engines   },
	{"strategies", offer_strategies},
	{"themes",     offer_themes    },
};
/* clang-format on */

bool complete_names(const char *list, const char *word)
{
	struct options none = {.no_config = false};
	struct vtok_error ignored = {0};
	struct registry r;

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		if (strcmp(lists[i].name, list) != 0)
			continue;
		if (cli_registry(&none, &r, &ignored)) { /* a shell shows no complaint */
			lists[i].offer(&r, word);
			registry_fini(&r);
		}
		return true;
	}
	return false;
}
