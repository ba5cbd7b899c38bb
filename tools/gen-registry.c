/* Built and run by make: turns the shipped INI files into constant C tables, through the same
 * reader, schema and checks as a user's own files. Prints to standard output.
 *
 *     gen-registry models.ini hardware.ini ... >registry_tables.c */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "core/strategy.h"
#include "registry/kinds.h"
#include "registry/registry_load.h"
#include "registry/schema.h"

/* The tables are what is being made: start with none. */
const struct shipped registry_shipped[KIND_N];

static void print_string(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '"' || c == '\\' || c == '?')
			printf("\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			printf("\\%03o", c);
		else
			putchar(c);
	}
	putchar('"');
}

static const char *text_at(const void *entry, size_t offset)
{
	return *(const char *const *)((const char *)entry + offset);
}

static void print_sizes(const struct field *f, const void *entry)
{
	const struct px_size *list = (const void *)((const char *)entry + f->offset);
	int32_t n = *(const int32_t *)(const void *)((const char *)entry + f->offset2);

	if (n == 0)
		return;
	printf("\t\t.%s = %d, .%s = {", f->member2, (int)n, f->member);
	for (int32_t i = 0; i < n; i++)
		printf("{%d, %d}, ", (int)list[i].width, (int)list[i].height);
	printf("},\n");
}

static void print_table(const struct field *f, const void *entry)
{
	const struct size_tokens *list = (const void *)((const char *)entry + f->offset);
	int32_t n = *(const int32_t *)(const void *)((const char *)entry + f->offset2);

	if (n == 0)
		return;
	printf("\t\t.%s = %d, .%s = {", f->member2, (int)n, f->member);
	for (int32_t i = 0; i < n; i++)
		printf("{%d, %d, %d}, ", (int)list[i].width, (int)list[i].height,
		       (int)list[i].tokens);
	printf("},\n");
}

/* One member; nothing when it is zero anyway. */
static void print_field(const struct field *f, const void *entry)
{
	char text[64];

	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_WORDS:
		if (text_at(entry, f->offset)) {
			printf("\t\t.%s = ", f->member);
			print_string(text_at(entry, f->offset));
			printf(",\n");
		}
		return;
	case FIELD_BOOL:
		if (strcmp(schema_text(f, entry, text, sizeof(text)), "yes") == 0)
			printf("\t\t.%s = true,\n", f->member);
		return;
	case FIELD_ENUM: {
		int i;
		memcpy(&i, (const char *)entry + f->offset, sizeof(i));
		printf("\t\t.%s = %d, /* %s */\n", f->member, i, f->names[i]);
		return;
	}
	case FIELD_SIZES:
		print_sizes(f, entry);
		return;
	case FIELD_TABLE:
		print_table(f, entry);
		return;
	case FIELD_DATE: {
		int32_t date = *(const int32_t *)(const void *)((const char *)entry + f->offset);
		if (date)
			printf("\t\t.%s = %d,\n", f->member, (int)date);
		return;
	}
	case FIELD_NUM:
	case FIELD_BYTES:
	case FIELD_SECONDS:
	case FIELD_FLOPS:
	case FIELD_RATE:
	case FIELD_COUNT: {
		double v = *(const double *)(const void *)((const char *)entry + f->offset);
		if (v != 0) /* exact: absent is 0 */
			printf("\t\t.%s = %.17g,\n", f->member, v);
		return;
	}
	case FIELD_INT:
	case FIELD_LONG:
		if (strcmp(schema_text(f, entry, text, sizeof(text)), "0") != 0)
			printf("\t\t.%s = %s,\n", f->member, text);
		return;
	}
}

/* "&shipped_tower[3]", "&strategy_merge". */
static void print_pointer(const struct registry *r, const struct link *l, const void *entry)
{
	const void *target;
	size_t n;

	memcpy(&target, (const char *)entry + l->pointer_offset, sizeof(target));
	if (!target)
		return;
	if (l->target == KIND_N) {
		printf("\t\t.%s = &strategy_", l->member);
		for (const char *p = ((const struct strategy *)target)->name; *p; p++)
			putchar(*p == '-' ? '_' : *p);
		printf(",\n");
		return;
	}
	const void *const *list = registry_list(r, l->target, &n);
	for (size_t i = 0; i < n; i++)
		if (list[i] == target)
			printf("\t\t.%s = &shipped_%s[%zu],\n", l->member,
			       registry_kinds[l->target].schema->kind, i);
}

static void print_entry(const struct registry *r, enum registry_kind kind, const void *entry)
{
	const struct schema *s = registry_kinds[kind].schema;

	printf("\t{\n\t\t.id = ");
	print_string(entry_id(kind, entry));
	printf(",\n");
	for (size_t i = 0; i < s->n; i++)
		print_field(&s->fields[i], entry);
	for (size_t i = 0; i < s->derived_n; i++)
		print_field(&s->derived[i], entry);
	for (size_t i = 0; i < registry_links_n; i++)
		if (registry_links[i].kind == kind)
			print_pointer(r, &registry_links[i], entry);
	if ((kind == KIND_PROCESSOR || kind == KIND_HOSTED) &&
	    ((const struct processor *)entry)->variant != 0)
		printf("\t\t.variant = %d,\n", (int)((const struct processor *)entry)->variant);
	printf("\t},\n");
}

static void print_tables(const struct registry *r)
{
	printf("/* Made from the INI files by tools/gen-registry: change those. */\n"
	       "#include \"core/strategy.h\"\n#include \"registry/kinds.h\"\n\n");
	for (size_t i = 0; i < strategies_n; i++) {
		printf("extern const struct strategy strategy_");
		for (const char *p = strategies[i]->name; *p; p++)
			putchar(*p == '-' ? '_' : *p);
		printf(";\n");
	}
	for (int k = 0; k < KIND_N; k++) { /* tables point to each other */
		size_t n;
		registry_list(r, (enum registry_kind)k, &n);
		printf("static const struct %s shipped_%s[%zu];\n", registry_kinds[k].schema->type,
		       registry_kinds[k].schema->kind, n + 1);
	}
	for (int k = 0; k < KIND_N; k++) {
		size_t n;
		const void *const *list = registry_list(r, (enum registry_kind)k, &n);
		printf("\nstatic const struct %s shipped_%s[%zu]%s", registry_kinds[k].schema->type,
		       registry_kinds[k].schema->kind, n + 1, n ? " = {\n" : ";\n");
		for (size_t i = 0; i < n; i++)
			print_entry(r, (enum registry_kind)k, list[i]);
		if (n)
			printf("};\n");
	}
	printf("\nconst struct shipped registry_shipped[KIND_N] = {\n");
	for (int k = 0; k < KIND_N; k++) {
		size_t n;
		registry_list(r, (enum registry_kind)k, &n);
		printf("\t{shipped_%s, %zu},\n", registry_kinds[k].schema->kind, n);
	}
	printf("};\n");
}

int main(int argc, char **argv)
{
	struct registry r;
	struct vtok_error err = {0};
	bool good = registry_init(&r, &err);

	for (int i = 1; good && i < argc; i++)
		good = registry_load_file(&r, argv[i], &err);
	if (good)
		print_tables(&r);
	else
		fprintf(stderr, "%s\n", err.text);
	if (good)
		registry_fini(&r);
	return good && fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
