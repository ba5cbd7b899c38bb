/* Any bytes as the command line of a server and as a client's keys, and any text as a condition of
 * a rule: each is read or refused with a reason. The first byte says which. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/release.h"
#include "core/term.h"
#include "import/server_line.h"
#include "registry/registry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_line(unsigned which, const char *text)
{
	static const char *const engines[] = {"vllm", "llama.cpp", "sglang", "ollama"};
	static struct registry r;
	struct vtok_error err = {0};
	struct server_line line;

	if (!r.engines_n && !registry_init(&r, &err))
		return;
	server_line_init(&line);
	bool fine =
		which < 4 ? server_line_read(&line, registry_engine(&r, engines[which]), text, &err)
			  : server_line_client(&line, text, &err);
	if (fine == (err.code != VTOK_OK) || (!fine && !err.text[0]))
		__builtin_trap();
	server_line_fini(&line);
}

static void read_term(const char *text)
{
	char reason[TERM_REASON] = "";

	if (!term_good(text, reason) && !reason[0])
		__builtin_trap();
}

/* A version lies on one side of itself. */
static void read_version(const char *text)
{
	struct release v;

	if (release_parse(text, &v) && v.kind != RELEASE_NEWEST &&
	    (!release_within(&v, text, NULL, text) || release_within(&v, NULL, text, text)))
		__builtin_trap();
	release_days_good(text);
	release_day(&v, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	char *text = malloc(size);

	if (!text)
		return 0;
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	if (data[0] % 8 < 5)
		read_line(data[0] % 8, text);
	else if (data[0] % 8 < 7)
		read_term(text);
	else
		read_version(text);
	free(text);
	return 0;
}
