#include "core/grid.h"

static bool too_wide(const struct processor *p, struct px_size canvas)
{
	int64_t most = (int64_t)p->max_grid * p->tile;

	return p->max_grid > 0 && (canvas.width > most || canvas.height > most);
}

struct px_size grid_pin(const struct processor *p, int64_t width, int64_t height)
{
	struct px_size best = {p->tile, p->tile};
	int64_t best_kept = -1, best_waste = 0;
	double w = (double)width, h = (double)height;

	for (int32_t i = 0; i < p->pins_n; i++) {
		struct px_size c = p->pins[i];
		if (p->pins_are_hw)
			c = (struct px_size){c.height, c.width};
		if (too_wide(p, c))
			continue;
		double s = min_num(c.width / w, c.height / h);
		int64_t kept = min_i64((int64_t)(w * s) * (int64_t)(h * s), width * height);
		int64_t waste = (int64_t)c.width * c.height - kept;
		if (kept > best_kept || (kept == best_kept && waste < best_waste)) {
			best = c;
			best_kept = kept;
			best_waste = waste;
		}
	}
	return best;
}
