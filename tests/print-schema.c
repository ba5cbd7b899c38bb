/* The keys of registry files and the strategies as the manual has them, from the tables that the
 * parser uses: man_keys.sh compares. */
#include <stdio.h>

#include "base/str.h"
#include "core/strategy.h"
#include "registry/kinds.h"
#include "registry/schema.h"

/* Text in which groff sees no command and no hyphenation of keys. */
static void put(const char *s)
{
	for (; *s; s++) {
		if (*s == '-' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
}

static void put_field(const struct field *f)
{
	char text[SCHEMA_EXPECTED];

	printf(".TP\n.B ");
	put(f->key);
	printf("\n");
	put(f->help);
	printf("\n(");
	put(schema_expected(f, NULL, text, sizeof(text)));
	if (!f->standard) {
		printf("; required");
	} else if (f->standard[0]) {
		printf("; default ");
		put(f->standard);
	}
	printf(").\n");
}

static void put_kind(const struct schema *s)
{
	static const char common[] = "name aliases source note unverified";

	printf(".SS Keys of [%s]\n", s->kind);
	for (size_t i = 0; i < s->n; i++)
		if (!str_has_word(common, s->fields[i].key))
			put_field(&s->fields[i]);
}

static void put_strategy(const struct strategy *s)
{
	printf(".TP\n.B ");
	put(s->name);
	printf("\n");
	put(s->summary);
	for (size_t i = 0; s->variants && s->variants[i]; i++) {
		printf(i ? ", " : "; variants: ");
		put(s->variants[i]);
	}
	printf(".\nTokens: ");
	put(s->formula);
	printf(".\n");
}

int main(void)
{
	for (int k = 0; k < KIND_N; k++)
		put_kind(registry_kinds[k].schema);
	printf(".SS Strategies of [processor]\n");
	for (size_t i = 0; i < strategies_n; i++)
		put_strategy(strategies[i]);
	return 0;
}
