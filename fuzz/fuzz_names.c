/* Any text as the name of a model, a device or an engine: it means something that counts, or one
 * line says that it does not. Seeds: the names of tests/data/names.csv. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "registry/near.h"
#include "registry/spelling.h"
#include "registry/subjects.h"

enum { TEXT = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_line(const struct vtok_error *err)
{
	return err->text[0] != '\0' && !strchr(err->text, '\n');
}

static void check_spellings(const char *typed)
{
	static struct spellings s; /* large */
	char bare[SPELLING_SIZE];

	if (spellings_of(typed, &s) && s.n > SPELLINGS_MOST)
		abort();
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(s.list[i].text, '\0', SPELLING_SIZE))
			abort();
	if (spelling_bare(typed, bare) && !memchr(bare, '\0', sizeof bare))
		abort();
}

static void check_unknown(const struct registry *r, enum registry_kind kind, const char *typed)
{
	struct vtok_error err = {0};

	if (near_unknown(r, kind, typed, &err) || !is_line(&err))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct registry r;
	struct vtok_error err = {0};
	const struct model *model;
	const struct processor *processor;
	char text[TEXT + 1];

	if (size > TEXT || (!r.models_n && !registry_init(&r, &err)))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	check_spellings(text);
	if (subject_resolve(&r, text, &model, &processor, &err)) {
		if (!processor || (model && !model->processor) || err.code != VTOK_OK)
			abort();
	} else if (model || processor || !is_line(&err)) {
		abort();
	}
	if (!registry_find(&r, KIND_HARDWARE, text))
		check_unknown(&r, KIND_HARDWARE, text);
	if (!registry_find(&r, KIND_ENGINE, text))
		check_unknown(&r, KIND_ENGINE, text);
	subject_weights(&r, text);
	return 0;
}
