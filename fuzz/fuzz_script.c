/* Any bytes as the text of a talk: its steps have parts of the kinds there are, with names and
 * values; what is refused says where. Seeds: samples/talk.steps. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "state/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_part(const struct part *p)
{
	switch (p->kind) {
	case PART_KEY:
		break;
	case PART_SET:
		if (!p->name || !p->value)
			abort();
		break;
	case PART_NOTE:
		if (!p->value)
			abort();
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vtok_error err = {0};
	struct script s;

	if (script_read(&s, "fuzz.steps", (const char *)data, size, &err)) {
		int line = 0;

		if (s.n < 0 || s.n > SCRIPT_STEPS_MAX)
			abort();
		for (int i = 0; i < s.n; i++) {
			if (s.steps[i].line <= line || s.steps[i].parts_n < 0)
				abort();
			line = s.steps[i].line;
			for (int k = 0; k < s.steps[i].parts_n; k++)
				check_part(&s.steps[i].parts[k]);
		}
	} else if (strncmp(err.text, "fuzz.steps:", 11) != 0 || strchr(err.text, '\n')) {
		abort();
	}
	script_fini(&s);
	return 0;
}
