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
		/* the smaller of both quotients; which one it is takes no division */
		double s = c.width * height <= c.height * width ? c.width / w : c.height / h;
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

static int64_t area(struct grid g)
{
	return (int64_t)g.cols * g.rows;
}

/* The real code walks its grids by area, and grids of one area by columns. Ours walks as
 * is cheap, and asks this. */
static bool earlier(struct grid a, struct grid b)
{
	return area(a) != area(b) ? area(a) < area(b) : a.cols < b.cols;
}

/* Of two equally near grids, the real code keeps the later one if the image has more than
 * half its area. */
static struct grid nearer_of_equals(struct grid a, struct grid b, int64_t side, int64_t pixels)
{
	struct grid first = earlier(a, b) ? a : b, later = earlier(a, b) ? b : a;

	return 2 * pixels > side * side * area(later) ? later : first;
}

/* For each number of rows only the two columns around aspect x rows can be nearest. Most of them
 * are farther by more than all rounding: they are not worth a division. */
struct grid grid_ratio(const struct processor *p, int64_t side, int64_t width, int64_t height)
{
	double aspect = (double)width / (double)height, best_difference = INFINITY;
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};

	for (int32_t r = 1; r <= most; r++) {
		int64_t least = (p->min_tiles + r - 1) / r, last = min_i64(p->max_tiles / r, most);
		double cols = aspect * r, far = best_difference * r + cols * 1e-14;
		int64_t wanted = (int64_t)cols, c = max_i64(least, min_i64(last, wanted));
		double difference = INFINITY;
		for (int64_t end = min_i64(c + 1, last); c <= end; c++) {
			if (fabs(cols - (double)c) > far)
				continue;
			struct grid g = {(int32_t)c, r};
			difference = fabs(aspect - (double)c / r);
			if (difference < best_difference)
				best = g;
			else if (difference == best_difference) /* exact, as in the real code */
				best = nearer_of_equals(best, g, side, width * height);
			best_difference = min_num(difference, best_difference);
		}
		if (wanted > last && p->min_tiles <= r && difference > best_difference)
			break; /* the widest is too narrow: more rows are farther still */
	}
	return best;
}

/* In the order of evaluation of the real code: near-ties of square images hang on double
 * rounding. */
struct grid grid_coverage(const struct processor *p, int64_t width, int64_t height)
{
	static const double area_enough = 0.6;
	double aspect = (double)width / (double)height, best_score = -INFINITY;
	int64_t pixels = width * height, tile = (int64_t)p->tile * p->tile;
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};

	for (int32_t c = 1; c <= most; c++)
		for (int32_t r = 1; r <= most && c * r <= p->max_tiles; r++) {
			struct grid g = {c, r};
			if (c * r < p->min_tiles)
				continue;
			double shape = (double)c / r;
			double score = min_num(int_quotient(area(g) * tile, pixels), area_enough) *
				       min_num(shape / aspect, aspect / shape);
			if (score > best_score || (score == best_score && earlier(g, best))) {
				best = g;
				best_score = score;
			}
		}
	return best;
}

/* Scales below 1 are worse than all others, the largest of them first; from 1 on the
 * smallest is best. */
static bool scale_is_better(double scale, double best)
{
	if ((scale >= 1) != (best >= 1))
		return scale >= 1;
	return scale >= 1 ? scale < best : scale > best;
}

/* Rows whose scales are kept during a choice; more than any family has, and the rest is divided
 * anew. */
enum { ROWS_KEPT = 64 };

struct grid grid_canvas(const struct processor *p, int64_t width, int64_t height)
{
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};
	double best_scale = 0, down[ROWS_KEPT];

	for (int32_t r = 1; r <= most && r <= ROWS_KEPT; r++)
		down[r - 1] = (double)r * p->tile / (double)height;
	for (int32_t c = 1; c <= most; c++) {
		double across = (double)c * p->tile / (double)width;
		for (int32_t r = 1; r <= most && c * r <= p->max_tiles; r++) {
			double high =
				r <= ROWS_KEPT ? down[r - 1] : (double)r * p->tile / (double)height;
			double scale = min_num(across, high);
			struct grid g = {c, r};
			if (scale_is_better(scale, best_scale) ||
			    (scale == best_scale && earlier(g, best))) {
				best = g;
				best_scale = scale;
			}
			if (across <= high) /* more rows: the same scale, more tiles */
				break;
		}
	}
	return best;
}

/* Whole tensors are divided in single precision there: both operands and the quotient are
 * rounded to it. */
struct grid grid_canvas_f32(const struct processor *p, int64_t width, int64_t height)
{
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};
	float best_scale = 0, down[ROWS_KEPT];

	for (int32_t r = 1; r <= most && r <= ROWS_KEPT; r++)
		down[r - 1] = (float)(r * p->tile) / (float)height;
	for (int32_t c = 1; c <= most; c++) {
		float across = (float)(c * p->tile) / (float)width;
		for (int32_t r = 1; r <= most && c * r <= p->max_tiles; r++) {
			float high =
				r <= ROWS_KEPT ? down[r - 1] : (float)(r * p->tile) / (float)height;
			float scale = across < high ? across : high;
			struct grid g = {c, r};
			if (scale_is_better((double)scale, (double)best_scale) ||
			    (scale == best_scale && earlier(g, best))) {
				best = g;
				best_scale = scale;
			}
			if (across <= high)
				break;
		}
	}
	return best;
}

/* A scaled picture of less than a pixel keeps nothing: then the smallest canvas is best. */
struct grid grid_kept_f32(const struct processor *p, int64_t width, int64_t height)
{
	int64_t most_kept = 0, least_waste = INT64_MAX;
	int32_t most = grid_side_max(p);
	struct grid best = {1, 1};

	for (int32_t c = 1; c <= most; c++) {
		float across = (float)(c * p->tile) / (float)width;
		for (int32_t r = 1; r <= most && c * r <= p->max_tiles; r++) {
			float down = (float)(r * p->tile) / (float)height;
			float scale = down < across ? down : across;
			struct grid g = {c, r};
			if (c * r < p->min_tiles)
				continue;
			int64_t kept = min_i64((int64_t)((float)width * scale) *
						       (int64_t)((float)height * scale),
					       width * height);
			int64_t waste = area(g) * p->tile * p->tile - kept;
			if (kept > most_kept || (kept == most_kept && waste < least_waste)) {
				best = g;
				most_kept = kept;
				least_waste = waste;
			}
			if (across <= down) /* more rows keep as much and waste more */
				break;
		}
	}
	return best;
}

bool grid_keep_pins(struct processor *p,
		    int64_t (*most_tokens)(const struct processor *p, struct px_size pin),
		    int64_t tokens)
{
	int32_t n = 0;

	for (int32_t i = 0; i < p->pins_n; i++)
		n += most_tokens(p, p->pins[i]) <= tokens;
	if (n == 0)
		return false;
	n = 0;
	for (int32_t i = 0; i < p->pins_n; i++)
		if (most_tokens(p, p->pins[i]) <= tokens)
			p->pins[n++] = p->pins[i];
	p->pins_n = n;
	return true;
}
