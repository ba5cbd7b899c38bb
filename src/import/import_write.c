/* Entries as INI text, through the schema: only keys that differ from their defaults. */
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "import/importer.h"
#include "registry/schema.h"

enum {
	VALUE_MAX = 1024, /* the longest list of canvases */
	LINE_MAX_ = 150   /* bytes of a value on one line: INI lines are short */
};

/* A list that does not fit a line is written in several: their values add up. */
static void put(struct strbuf *out, const struct field *f, const char *value)
{
	while (f->type == FIELD_SIZES && strlen(value) > LINE_MAX_) {
		size_t cut = LINE_MAX_;
		while (cut > 0 && value[cut] != ' ')
			cut--;
		strbuf_printf(out, "%s = %.*s\n", f->key, (int)cut, value);
		value += cut + 1;
	}
	strbuf_printf(out, "%s = %s\n", f->key, value);
}

/* True if a value is what an absent key means. */
static bool is_default(const struct field *f, const char *value)
{
	return f->standard && (strcmp(value, f->standard) == 0 || !value[0]);
}

static void section(struct strbuf *out, const struct schema *s, const char *id, const void *entry)
{
	char value[VALUE_MAX];

	strbuf_printf(out, "\n[%s %s]\n", s->kind, id);
	for (size_t i = 0; i < s->n; i++) {
		schema_text(&s->fields[i], entry, value, sizeof(value));
		if (s->fields[i].type == FIELD_TEXT || s->fields[i].type == FIELD_WORDS)
			value[LINE_MAX_] = '\0';
		if (!is_default(&s->fields[i], value))
			put(out, &s->fields[i], value);
	}
}

void import_write(const struct importer *im, struct strbuf *out)
{
	strbuf_puts(out, strbuf_text(&im->notes));
	if (im->has_processor)
		section(out, &schema_processor, im->id, &im->processor);
	if (im->has_tower)
		section(out, &schema_tower, im->id, &im->tower_entry);
	if (im->has_model)
		section(out, &schema_model, im->id, &im->model_entry);
}
