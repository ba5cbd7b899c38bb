/* What the libraries' decoders have in common. */
#include "image/decoder.h"

#include <stdlib.h>

bool decoder_room(int64_t w, int64_t h, int channels, struct decoded *out, const char **why)
{
	*why = "its decoder finds another size than its header says";
	if (w < 1 || h < 1 || w > DECODER_MOST || h > DECODER_MOST || w * h > DECODER_MOST)
		return false;
	*why = "not enough memory";
	out->width = (int)w;
	out->height = (int)h;
	out->pixels = malloc((size_t)w * (size_t)h * (size_t)channels);
	return out->pixels != NULL;
}

void decoder_divide_alpha(uint8_t *rgba, size_t pixels)
{
	for (uint8_t *p = rgba; p < rgba + 4 * pixels; p += 4) {
		unsigned alpha = p[3];

		for (int c = 0; c < 3 && alpha > 0 && alpha < 255; c++) {
			unsigned colour = (p[c] * 255u + alpha / 2) / alpha;

			p[c] = (uint8_t)(colour > 255 ? 255 : colour);
		}
	}
}

void decoder_drop_alpha(uint8_t *rgba, size_t pixels)
{
	for (size_t i = 0; i < pixels; i++)
		for (size_t c = 0; c < 3; c++)
			rgba[3 * i + c] = rgba[4 * i + c];
}
