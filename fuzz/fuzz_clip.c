/* Boxes and elements of anything: what comes out of accepted bytes must be in range. Seeds:
 * tests/data/clips. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "image/clip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct clip_info c;
	struct vtok_error err = {0};

	switch (clip_probe_bytes(data, size, &c, &err)) {
	case CLIP_OTHER:
		if (err.code != VTOK_OK)
			abort();
		break;
	case CLIP_BAD:
		if (err.code != VTOK_E_INPUT || err.text[0] == '\0')
			abort();
		break;
	case CLIP_GOOD:
		if (c.width < 1 || c.height < 1 || c.width > 1000000000 || c.height > 1000000000 ||
		    c.orientation < 1 || c.orientation > 8 ||
		    !(c.seconds >= 0 && c.seconds <= 1e6) || !(c.rate >= 0 && c.rate <= 1000) ||
		    c.frames < 0)
			abort();
		break;
	}
	return 0;
}
