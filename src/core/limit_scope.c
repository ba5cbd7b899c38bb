#include "core/limit_scope.h"

#include <string.h>

#include "base/str.h"
#include "core/setting.h"
#include "core/strategy.h"

enum { ID_ROOM = 96 };

static bool is_any(const char *words)
{
	return !words || !*words;
}

static bool has_id(const char *words, const char *id)
{
	char bare[ID_ROOM];

	if (is_any(words))
		return false;
	str_put(bare, sizeof(bare), 0, id, strcspn(id, "@"));
	return str_has_word(words, bare);
}

static const char *variant_of(const struct processor *p)
{
	if (p->variant_name)
		return p->variant_name;
	return p->strategy->variants ? p->strategy->variants[0] : "";
}

/* By the checkpoint's own processor: another runtime's variant counts by a rule of its own. */
static bool is_of_family(const struct limit_scope *s, const struct limit_case *c)
{
	const struct processor *p = c->family;
	const struct model *m = c->setup->model;

	if (s->setting && !setting_is_for(s->setting, p))
		return false;
	if (has_id(s->except, p->id) || has_id(s->except, m->id))
		return false;
	if (has_id(s->models, m->id) || has_id(s->processors, p->id))
		return true;
	if (str_has_word(s->strategies, p->strategy->name))
		return is_any(s->variants) || str_has_word(s->variants, variant_of(p));
	return is_any(s->models) && is_any(s->processors) && is_any(s->strategies);
}

bool limit_scope_fits(const struct limit_scope *s, const struct limit_case *c)
{
	const char *days = c->engine ? c->engine->releases : NULL;
	bool is_theirs = str_has_word(s->engines, "any");

	if (!is_theirs && c->engine)
		is_theirs = str_has_word(s->engines, c->engine->id);
	if (!is_theirs && c->vendor && s->vendor)
		is_theirs = str_casecmp(s->vendor, c->vendor) == 0;
	return is_theirs && release_within(&c->version, s->since, s->until, days) &&
	       is_of_family(s, c);
}
