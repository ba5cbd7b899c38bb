#include "view/preview_color.h"

#include <math.h>

enum {
	PADDING = 0x303030, /* no picture has a frame this even */
	FIELD = 0x5f6f80,   /* stands for a picture that is not there */
	STRIPE = 0x101010,
	SAMPLES_MOST = 4,
};

struct preview_area preview_window(const struct preview *p)
{
	return p->window.width > 0 ? p->window : (struct preview_area){0, 0, 1, 1};
}

uint32_t preview_mix(uint32_t from, uint32_t to, double share)
{
	uint32_t rgb = 0;

	for (int at = 16; at >= 0; at -= 8) {
		double a = from >> at & 255, b = to >> at & 255;

		rgb |= (uint32_t)(a + (b - a) * share + 0.5) << at;
	}
	return rgb;
}

struct place {
	double u, v;
};

/* Where a place of the stored picture lies in the upright one. */
static struct place upright(double u, double v, int orientation)
{
	switch (orientation) {
	case 2:
		return (struct place){1 - u, v};
	case 3:
		return (struct place){1 - u, 1 - v};
	case 4:
		return (struct place){u, 1 - v};
	case 5:
		return (struct place){v, u};
	case 6:
		return (struct place){1 - v, u};
	case 7:
		return (struct place){1 - v, 1 - u};
	case 8:
		return (struct place){v, 1 - u};
	}
	return (struct place){u, v};
}

int preview_index(double share, int n)
{
	int at = (int)floor(share * n);

	return at < 0 ? 0 : at >= n ? n - 1 : at;
}

/* The mean of a few pixels around u, v, shares of the picture as it is shown; du, dv is the part of
 * it that one sample stands for. */
static uint32_t pixel(const struct raster *p, int orientation, double u, double v, double du,
		      double dv, int samples)
{
	unsigned sum[3] = {0}, n = (unsigned)(samples * samples);

	for (int j = 0; j < samples; j++)
		for (int i = 0; i < samples; i++) {
			struct place at =
				upright(u + du * ((i + 0.5) / samples - 0.5),
					v + dv * ((j + 0.5) / samples - 0.5), orientation);
			const uint8_t *rgb = p->rgb + ((size_t)preview_index(at.v, p->height) *
							       (size_t)p->width +
						       (size_t)preview_index(at.u, p->width)) *
							      3;
			for (int k = 0; k < 3; k++)
				sum[k] += rgb[k];
		}
	return (sum[0] + n / 2) / n << 16 | (sum[1] + n / 2) / n << 8 | (sum[2] + n / 2) / n;
}

uint32_t preview_color(const struct preview *p, double u, double v, double du, double dv,
		       int samples, bool is_stripe)
{
	double x = (u - p->x) / p->width, y = (v - p->y) / p->height;
	bool is_fed = u >= 0 && u < 1 && v >= 0 && v < 1;
	uint32_t k = PADDING;

	samples = samples < 1 ? 1 : samples > SAMPLES_MOST ? SAMPLES_MOST : samples;
	if (x >= 0 && x < 1 && y >= 0 && y < 1)
		k = p->picture ? pixel(p->picture, p->orientation, x, y, du / p->width,
				       dv / p->height, samples)
			       : FIELD;
	else if (!is_fed)
		return STRIPE;
	if (is_fed)
		return k;
	return is_stripe ? STRIPE : preview_mix(k, 0x808080, 0.6);
}
