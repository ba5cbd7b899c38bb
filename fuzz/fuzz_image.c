/* Headers and EXIF of anything. What comes out of accepted bytes must be in range. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image_info info;
	struct vtok_error err = {0};

	if (!image_probe_bytes(data, size, &info, &err)) {
		if (err.code != VTOK_E_INPUT || err.text[0] == '\0')
			abort();
		return 0;
	}
	if (info.width < 1 || info.height < 1 || info.width > 1000000000 ||
	    info.height > 1000000000 || info.orientation < 1 || info.orientation > 8 ||
	    !(info.dpi >= 0 && info.dpi <= 10000))
		abort();
	return 0;
}
