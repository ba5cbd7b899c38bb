#include "cli/misplaced.h"

#include <string.h>
#include <unistd.h>

#include "cli/input.h"
#include "registry/registry.h"
#include "registry/subjects.h"

/* A list of a million names costs one question: the first that is not there. */
static const char *first_missing(const struct options *o)
{
	for (size_t i = 0; i < o->inputs.n; i++) {
		const char *text = o->inputs.items[i];
		if (strcmp(text, "-") != 0 && !input_is_size(text) && access(text, F_OK) != 0)
			return text;
	}
	return NULL;
}

static bool is_model(const struct registry *r, const char *name)
{
	const struct model *m;
	const struct processor *p;
	struct vtok_error ignored = {0};

	return subject_language(r, name) || subject_uncounted(r, name) ||
	       subject_resolve(r, name, &m, &p, &ignored);
}

bool misplaced_check(const struct options *o, const struct registry *r, struct vtok_error *err)
{
	bool takes_pictures = o->scope.inputs == INPUTS_ONE || o->scope.inputs == INPUTS_MANY;
	const char *text = takes_pictures ? first_missing(o) : NULL;

	if (!text || !is_model(r, text))
		return true;
	return error_set(err, VTOK_E_USAGE, "%s is a model and no picture: vtok %s -m %s 1920x1080",
			 text, o->scope.name, text);
}
