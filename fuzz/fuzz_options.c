/* Any lines as the words of a command line, for a command that takes every option there is, and as
 * what is typed at each knob. What is refused says why, in one line. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "registry/registry.h"
#include "state/knobs.h"

enum { WORDS = 64, TEXT = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse(char *text, enum inputs inputs)
{
	const struct options_scope scope = {"fuzz", ~0u, inputs, ~0u};
	char name[] = "vtok", *argv[WORDS + 1] = {name}, *next = text;
	struct options o = {0};
	struct vtok_error err = {0};
	int n = 1;

	while (n < WORDS && next) {
		argv[n++] = next;
		next = strchr(next, '\n');
		if (next)
			*next++ = '\0';
	}
	argv[n] = NULL;
	if (!options_parse(&o, &scope, n, argv, &err) &&
	    (err.text[0] == '\0' || strchr(err.text, '\n')))
		abort();
	options_fini(&o);
}

static void type(const struct registry *r, const char *text)
{
	struct request start;

	request_init(&start, r);
	for (int k = 0; k < KNOB_N; k++) {
		struct request now = start;
		char error[KNOB_ERROR_SIZE] = "", word[KNOB_TEXT_SIZE];

		if (!knob_type(&now, r, (enum knob)k, text, error) &&
		    (error[0] == '\0' || strchr(error, '\n')))
			abort();
		if (!memchr(knob_word(&now, (enum knob)k, word), '\0', KNOB_TEXT_SIZE))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct registry r;
	struct vtok_error err = {0};

	if (size < 1 || size > TEXT || (!r.models_n && !registry_init(&r, &err)))
		return 0;
	char *text = malloc(size);

	if (!text)
		return 0;
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	if (data[0] % 8 == 7)
		type(&r, text);
	else
		parse(text, (enum inputs)(data[0] % 4));
	free(text);
	return 0;
}
