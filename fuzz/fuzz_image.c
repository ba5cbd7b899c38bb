/* Headers and orientations of anything, through a file as through memory. What comes out of
 * accepted bytes must be in range, and both routes must say the same. */
#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file in memory that is written anew for each input. */
static int file_of(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("fuzz_image", 0);
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image_info info = {.width = -7}, other = {.width = -7};
	struct vtok_error err = {0}, other_err = {0};
	bool good = image_probe_fd(file_of(data, size), &info, &err);

	if (image_probe_bytes(data, size, &other, &other_err) != good ||
	    strcmp(err.text, other_err.text) != 0 || info.format != other.format ||
	    info.stored_w != other.stored_w || info.stored_h != other.stored_h ||
	    info.width != other.width || info.height != other.height ||
	    info.orientation != other.orientation || info.dpi != other.dpi)
		abort();
	if (!good) {
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
