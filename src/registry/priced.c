#include "registry/priced.h"

#include <string.h>

#include "base/str.h"
#include "core/hosted.h"
#include "core/price.h"
#include "registry/subjects.h"

/* ------------------------------------------------------------ names of prices */

/* What a name means on the registry's day: what registry_price and registry_hosted say of it. The
 * dashboard asks this of all prices when it starts, so the sections are walked once for all of
 * them. */
struct meaning {
	const char *name; /* NULL: nobody has this place */
	size_t len;
	const struct price *price;    /* the newest in force */
	const struct processor *rule; /* likewise */
};

/* Open addressing: a place for each name, half of them empty at least. */
struct names {
	struct meaning *places;
	size_t n; /* a power of 2 */
};

static unsigned char folded(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* FNV-1a of the last letters: names begin alike, and end in what tells them apart. */
static size_t hash_of(const char *name, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = len > 8 ? len - 8 : 0; i < len; i++)
		h = (h ^ folded(name[i])) * 16777619u;
	return h ^ h >> 15;
}

/* Where the name is, or would be. */
static struct meaning *place_of(const struct names *names, const char *name, size_t len)
{
	for (size_t i = hash_of(name, len);; i++) {
		struct meaning *m = &names->places[i & (names->n - 1)];

		if (!m->name || (m->len == len && str_ncasecmp(m->name, name, len) == 0))
			return m;
	}
}

/* The word at *at, which moves behind it; 0 = there is none. */
static size_t next_word(const char **at, const char **word)
{
	*word = *at ? *at + strspn(*at, " ") : "";
	size_t len = strcspn(*word, " ");

	*at = *word + len;
	return len;
}

static size_t words(const char *list)
{
	const char *word;
	size_t n = 0;

	while (next_word(&list, &word))
		n++;
	return n;
}

static void add_price(struct names *names, const char *name, size_t len, const struct price *p)
{
	struct meaning *m = place_of(names, name, len);

	if (!m->name)
		*m = (struct meaning){.name = name, .len = len};
	if (!m->price || p->from > m->price->from)
		m->price = p;
}

static void add_rule(const struct names *names, const char *name, size_t len,
		     const struct processor *p)
{
	struct meaning *m = place_of(names, name, len);

	if (m->name && (!m->rule || p->hosted.from > m->rule->hosted.from))
		m->rule = p;
}

static bool is_asked(const struct price *p, int32_t day)
{
	return !day || price_in_force(p, day);
}

static bool make_names(const struct registry *r, struct arena *a, struct names *names)
{
	size_t most = r->prices_n;

	for (size_t i = 0; i < r->prices_n; i++)
		most += words(r->prices[i]->aliases);
	for (names->n = 16; names->n < 2 * most;)
		names->n *= 2;
	names->places = arena_alloc(a, names->n * sizeof(*names->places));
	return names->places != NULL;
}

static void fill_prices(const struct registry *r, struct names *names)
{
	const char *word;
	size_t len;

	for (size_t i = 0; i < r->prices_n; i++) {
		const struct price *p = r->prices[i];
		const char *at = p->aliases;

		if (!is_asked(p, registry_day(r)))
			continue;
		add_price(names, p->id, strcspn(p->id, "@"), p);
		while ((len = next_word(&at, &word)))
			add_price(names, word, len, p);
	}
}

static void fill_rules(const struct registry *r, const struct names *names)
{
	const char *word;
	size_t len;

	for (size_t i = 0; i < r->hosted_n; i++) {
		const struct processor *p = r->hosted[i];
		const char *at = p->aliases;

		if (r->rules_date && !hosted_in_force(&p->hosted, r->rules_date))
			continue;
		add_rule(names, p->id, strcspn(p->id, "@"), p);
		add_rule(names, p->id, strlen(p->id), p);
		while ((len = next_word(&at, &word)))
			add_rule(names, word, len, p);
	}
}

/* ------------------------------------------------------------ the list */

/* By the first of the price's names that has a rule. False: none has, or that name has a newer
 * price. */
static bool find_rule(const struct names *names, const struct price *price, struct priced *out)
{
	const char *at = price->aliases, *word = price->id;
	size_t len = strcspn(word, "@");
	const struct meaning *m = place_of(names, word, len);

	while (!m->rule && (len = next_word(&at, &word)))
		m = place_of(names, word, len);
	*out = (struct priced){.price = price, .rule = m->rule, .name = word, .len = len};
	return m->rule && m->price == price;
}

static void fill_list(const struct registry *r, const struct names *names, struct stand_ins *all)
{
	int32_t day = registry_day(r);

	all->priced_n = 0;
	for (size_t i = 0; i < r->prices_n; i++)
		if (is_asked(r->prices[i], day))
			all->priced_n +=
				find_rule(names, r->prices[i], &all->priced[all->priced_n]);
	all->priced_day = day;
	all->priced_rules = r->rules_date;
	all->priced_of = r->prices;
}

static bool is_known(const struct registry *r, const struct stand_ins *all)
{
	return all->priced && all->priced_day == registry_day(r) &&
	       all->priced_rules == r->rules_date && all->priced_of == r->prices;
}

struct priced *priced_list(const struct registry *r, size_t *n)
{
	struct stand_ins *all = r->stand_ins;
	struct names names;
	struct arena mine;

	*n = 0;
	if (!all || !r->prices_n)
		return NULL;
	if (!is_known(r, all)) {
		arena_init(&mine);
		all->priced = arena_alloc(&all->arena, r->prices_n * sizeof(*all->priced));
		if (all->priced && make_names(r, &mine, &names)) {
			fill_prices(r, &names);
			fill_rules(r, &names);
			fill_list(r, &names, all);
		} else {
			all->priced = NULL;
		}
		arena_fini(&mine);
	}
	*n = all->priced ? all->priced_n : 0;
	return all->priced;
}

const struct model *priced_model(const struct registry *r, struct priced *p)
{
	char name[96];

	if (p->model)
		return p->model;
	str_format(name, sizeof(name), "%.*s", (int)p->len, p->name);
	p->model = str_has_word(p->rule->aliases, name) ? subject_called(r, NULL, p->rule, name)
							: subject_stand_in(r, NULL, p->rule);
	return p->model;
}
