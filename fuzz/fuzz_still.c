/* Any bytes as a picture file for what is asked of one beside its size: whether it moves, its
 * colour profile, what a stranger is, the beginning of a deflated part. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/picture.h"
#include "image/animated.h"
#include "image/inflate.h"
#include "image/profile.h"
#include "image/stranger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_profile(enum image_format format, const uint8_t *data, size_t size)
{
	struct span s = profile_find(format, data, size);

	if (s.bytes && (s.bytes < data || s.n > size || s.bytes > data + size - s.n))
		abort();
	if (profile_place(format, data, size) > size)
		abort();
	profile_is_there(format, data, size);
}

static void check_inflate(const uint8_t *data, size_t size)
{
	static uint8_t out[INFLATE_MOST];
	size_t most = size ? data[0] * 256u + 1 : 1;
	struct source s;

	source_init_bytes(&s, data, size);
	if (inflate_head(&s, 0, (int64_t)size, out, most) > most)
		abort();
	source_init_bytes(&s, data, size);
	if (inflate_zlib_head(&s, 1, (int64_t)size - 1, out, most) > most)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct stranger *stranger = stranger_find(data, size);

	if (stranger && !stranger->name)
		abort();
	image_is_animated_bytes(data, size);
	for (int f = 0; f < IMAGE_FORMAT_N; f++)
		check_profile((enum image_format)f, data, size);
	if (size > 1)
		check_inflate(data, size);
	return 0;
}
