/* Any two texts as config.json and preprocessor_config.json, parted by the first NUL byte. What is
 * accepted prints sections that the registry takes (import checks that itself), what is not gives
 * one clean line. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *cut = size ? memchr(text, '\0', size) : NULL;
	size_t config_len = cut ? (size_t)(cut - text) : size;
	struct strbuf out;
	struct vtok_error err = {0};

	strbuf_init(&out);
	bool fine = import_text("fuzz", text, config_len, cut ? cut + 1 : NULL,
				cut ? size - config_len - 1 : 0, &out, &err);
	if (fine != (err.code == VTOK_OK) ||
	    (!fine && (err.text[0] == '\0' || strchr(err.text, '\n'))))
		abort();
	for (const char *p = strbuf_text(&out); fine && *p; p++)
		if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7f)
			abort();
	strbuf_fini(&out);
	return 0;
}
