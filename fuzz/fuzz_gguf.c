/* Keys of anything: what is accepted becomes a configuration, what is not gives one clean line.
 * Seeds: tests/data/gguf. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "import/gguf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vtok_error err = {0};
	json_t *pre = NULL, *keys = gguf_parse("fuzz", data, size, &err);

	if (!keys) {
		if (err.code == VTOK_OK || !err.text[0] || strchr(err.text, '\n'))
			abort();
		return 0;
	}
	json_t *config = gguf_config(keys, keys, &pre);
	if (!config || !json_string_value(json_object_get(config, "model_type")))
		abort();
	json_decref(pre);
	json_decref(config);
	json_decref(keys);
	return 0;
}
