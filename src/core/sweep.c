/* One request over a range of widths. Every point is computed afresh at a whole pixel: counting
 * rules are staircases, some of them not monotone, and interpolation would hide the steps that
 * matter. */
#include "core/sweep.h"

#include <math.h>
#include <stddef.h>

#include "core/count.h"

enum { CLIFF_NEAR = 256, CLIFF_STRIDE = 8, CLIFF_FAR = 8192 }; /* pixels */

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
	return c.has_special ? c.total : c.visual;
}

/* Whether a width is a step on the side that is looked for. */
static bool is_step(const struct setup *s, int64_t width, int64_t here, int direction,
		    int64_t *tokens)
{
	*tokens = tokens_at(s, width);
	return *tokens >= 0 && (direction < 0 ? *tokens < here : *tokens > here);
}

/* How far to go on at a distance: pixel by pixel near by, then in strides, at last in strides that
 * grow with the distance, so that even a plateau of 10^9 pixels takes some thousand counts. */
static int64_t stride_at(int64_t distance)
{
	if (distance < CLIFF_NEAR)
		return 1;
	return distance < CLIFF_FAR ? CLIFF_STRIDE : distance / (CLIFF_FAR / CLIFF_STRIDE);
}

/* The nearest step from s->width down or up to `last`; 0 = none. A stride that hits is halved until
 * it is short, then walked from its beginning. */
static int64_t find_step(const struct setup *s, int64_t here, int64_t last, int direction,
			 int64_t *tokens)
{
	int64_t range = direction < 0 ? s->width - last : last - s->width, far = 0;

	for (int64_t d = 1; d <= range;) {
		if (!is_step(s, s->width + direction * d, here, direction, tokens)) {
			int64_t stride = stride_at(d);

			far = d;
			d += d < range && range - d < stride ? range - d : stride;
			continue;
		}
		while (d - far > CLIFF_STRIDE) {
			int64_t middle = far + (d - far) / 2;

			if (is_step(s, s->width + direction * middle, here, direction, tokens))
				d = middle;
			else
				far = middle;
		}
		for (far++; far < d; far++)
			if (is_step(s, s->width + direction * far, here, direction, tokens))
				return s->width + direction * far;
		is_step(s, s->width + direction * d, here, direction, tokens);
		return s->width + direction * d;
	}
	*tokens = 0;
	return 0;
}

void sweep_cliff(const struct setup *s, int64_t least, int64_t most, struct cliff *out)
{
	*out = (struct cliff){0};
	if (s->model == NULL || s->model->processor == NULL || s->width < 1)
		return;
	int64_t here = tokens_at(s, s->width);

	if (here < 0)
		return;
	out->cheaper_width = find_step(s, here, least > 0 ? least : 1, -1, &out->cheaper_tokens);
	out->dearer_width =
		find_step(s, here, most < SIDE_MAX ? most : SIDE_MAX, 1, &out->dearer_tokens);
}
