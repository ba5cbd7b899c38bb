/* One request over a range of widths. Every point is computed afresh at a whole pixel: counting
 * rules are staircases, some of them not monotone, and interpolation would hide the steps that
 * matter. */
#include "core/sweep.h"

#include <math.h>
#include <stddef.h>

#include "core/count.h"

enum { CLIFF_NEAR = 256, CLIFF_STRIDE = 8, CLIFF_FAR = 8192, SIDE_LEAST = 32 }; /* pixels */
#define ASPECT_ERROR 0.01

void sweep_widths(double least, double most, bool log_axis, struct point *points, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double at = n > 1 ? (double)i / (double)(n - 1) : 0;
		double x = log_axis && least > 0 ? least * pow(most / least, at)
						 : least + at * (most - least);

		points[i] = (struct point){.x = round(x)};
	}
}

void sweep_size(const struct setup *s, double width, struct setup *out)
{
	double aspect = s->width > 0 && s->height > 0 ? (double)s->height / (double)s->width : 1;
	double w = fmin(fmax(width, 1), SIDE_MAX), h = fmin(fmax(round(w * aspect), 1), SIDE_MAX);

	*out = *s;
	out->width = (int64_t)w;
	out->height = (int64_t)h;
}

void sweep(const struct setup *s, enum quantity_id q, struct point *points, size_t n)
{
	struct estimate e;
	struct setup at;

	for (size_t i = 0; i < n; i++) {
		sweep_size(s, points[i].x, &at);
		estimate_steps(&at, quantities[q].needs, &e);
		struct value v = quantity_read(q, &at, &e);

		points[i].has = !v.reason;
		points[i].y = v.reason ? 0 : v.number;
	}
}

/* Positions of one image at a width; -1 when there is no count. */
static int64_t tokens_at(const struct setup *s, int64_t width)
{
	struct setup at;
	struct count c;

	sweep_size(s, (double)width, &at);
	count_image(s->model->processor, s->lens, &s->knobs, at.width, at.height, &c, NULL);
	if (c.refused)
		return -1;
	return count_positions(&c);
}

/* A size that people can use, of the same aspect: no side of a few pixels, where the rounding of
 * the height makes another picture of it. */
static bool is_usable(const struct setup *s, int64_t width)
{
	int64_t own = s->width < s->height ? s->width : s->height;
	int64_t least = own < SIDE_LEAST ? own : SIDE_LEAST;
	struct setup at;

	sweep_size(s, (double)width, &at);
	double error =
		(double)at.width * (double)s->height / ((double)at.height * (double)s->width);

	return at.width >= least && at.height >= least && fabs(error - 1) < ASPECT_ERROR;
}

/* What is looked for: sign -1 a width that costs less, 1 one that costs more. */
struct search {
	const struct setup *s;
	int64_t here; /* positions at s->width */
	int sign;
};

static bool is_step(const struct search *f, int64_t width, int64_t *tokens)
{
	if (!is_usable(f->s, width))
		return false;
	*tokens = tokens_at(f->s, width);
	return *tokens >= 0 && (f->sign < 0 ? *tokens < f->here : *tokens > f->here);
}

/* How far to go on at a distance: pixel by pixel near by, then in strides, at last in strides that
 * grow with the distance, so that even a plateau of 10^9 pixels takes some thousand counts. */
static int64_t stride_at(int64_t distance)
{
	if (distance < CLIFF_NEAR)
		return 1;
	return distance < CLIFF_FAR ? CLIFF_STRIDE : distance / (CLIFF_FAR / CLIFF_STRIDE);
}

/* The distance of the nearest step in a direction, at most `range`; 0 = none. A stride that hits is
 * halved until it is short, then walked from its beginning. */
static int64_t find_step(const struct search *f, int direction, int64_t range, int64_t *tokens)
{
	int64_t from = f->s->width, far = 0;

	for (int64_t d = 1; d <= range;) {
		if (!is_step(f, from + direction * d, tokens)) {
			int64_t stride = stride_at(d);

			far = d;
			d += d < range && range - d < stride ? range - d : stride;
			continue;
		}
		while (d - far > CLIFF_STRIDE) {
			int64_t middle = far + (d - far) / 2;

			if (is_step(f, from + direction * middle, tokens))
				d = middle;
			else
				far = middle;
		}
		for (far++; far < d; far++)
			if (is_step(f, from + direction * far, tokens))
				return far;
		is_step(f, from + direction * d, tokens);
		return d;
	}
	return 0;
}

/* The nearest on either side; at the same distance the narrower costs less and the wider more. */
static int64_t find_nearest(const struct search *f, int64_t least, int64_t most, int64_t *tokens)
{
	int64_t from = f->s->width, other;
	int64_t range = f->sign < 0 ? from - least : most - from;
	int64_t back = f->sign < 0 ? most - from : from - least;
	int64_t near = find_step(f, f->sign, range, tokens);
	int64_t nearer = find_step(f, -f->sign, near && near - 1 < back ? near - 1 : back, &other);

	if (nearer) {
		*tokens = other;
		return from - f->sign * nearer;
	}
	if (!near)
		*tokens = 0;
	return near ? from + f->sign * near : 0;
}

void sweep_cliff(const struct setup *s, int64_t least, int64_t most, struct cliff *out)
{
	*out = (struct cliff){0};
	if (s->model == NULL || s->model->processor == NULL || s->width < 1 || s->height < 1)
		return;
	struct search f = {.s = s, .here = tokens_at(s, s->width), .sign = -1};

	if (f.here < 0)
		return;
	least = least > 0 ? least : 1;
	most = most < SIDE_MAX ? most : SIDE_MAX;
	out->cheaper_width = find_nearest(&f, least, most, &out->cheaper_tokens);
	f.sign = 1;
	out->dearer_width = find_nearest(&f, least, most, &out->dearer_tokens);
}
