#include "core/fit_scale.h"

#include <stdbool.h>

#include "core/arith.h"

void fit_scale(int64_t width, int64_t height, int64_t k, int64_t *w, int64_t *h)
{
	int64_t longer = width > height ? width : height, shorter = width > height ? height : width;
	int64_t other = (2 * k * shorter + longer) / (2 * longer);

	other = other < 1 ? 1 : other;
	*w = width >= height ? k : other;
	*h = width >= height ? other : k;
	if (width == height)
		*w = *h = k;
}

int64_t fit_effective(int64_t width, int64_t height, const struct count *c,
		      const struct layout_px *l)
{
	bool is_laid = l->content_w > 0 && l->content_h > 0;
	bool is_sized = c->resized_w > 0 && c->resized_h > 0;
	int64_t w = is_laid ? l->content_w : is_sized ? c->resized_w : width;
	int64_t h = is_laid ? l->content_h : is_sized ? c->resized_h : height;

	return min_i64(width, w) * min_i64(height, h);
}
