/* Processor time of one whole frame at 200x60, view by view and metric by metric: bench-frame
 *
 *     floor  a grid of that size cleared and filled with text, row by row, timed in the same run
 *     frame  screen_draw: layout, every panel, all curves; at most 0.5 ms, else status 1
 *
 * Best of several rounds: the others measure who else is running. */
#include <math.h>
#include <stdio.h>

#include "bench/clock.h"
#include "registry/registry.h"
#include "view/screen.h"
#include "view/view.h"

static const double limit_s = 0.5e-3;

enum { ROUNDS = 7, FRAMES = 40, WIDTH = 200, HEIGHT = 60 };

static void draw_floor(struct cells *c, const struct state *st)
{
	static const char words[] =
		"a row of text as wide as a panel, drawn without a thought: 1,234,567 ";

	(void)st;
	cells_clear(c);
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x += (int)sizeof(words) - 1)
			cells_text(c, x, y, STYLE_TEXT, words);
}

static double time_of(void (*draw)(struct cells *, const struct state *), struct cells *c,
		      const struct state *st)
{
	double best = INFINITY;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now_s();

		for (int i = 0; i < FRAMES; i++)
			draw(c, st);
		best = fmin(best, (now_s() - start) / FRAMES);
	}
	return best;
}

int main(void)
{
	struct vtok_error err = {0};
	struct registry reg;
	struct cells c;
	static struct state st;
	double worst = 0;

	if (!registry_init(&reg, &err) || !cells_init(&c, WIDTH, HEIGHT)) {
		fprintf(stderr, "bench-frame: %s\n", err.text);
		return 1;
	}
	state_init(&st, &reg);
	state_size(&st, 4032, 3024);
	st.width = WIDTH;
	st.height = HEIGHT;
	double bare = time_of(draw_floor, &c, &st);
	printf("floor          %8.3f ms\n", bare * 1e3);
	for (st.view = 0; st.view < views_n; st.view++)
		for (size_t m = 0; quantity_metric(m); m++) {
			quantity_find_metric(quantity_metric(m), &st.metric);
			double t = time_of(screen_draw, &c, &st);

			worst = fmax(worst, t);
			printf("%-10s %-12s %5.3f ms  ratio %6.2f\n", views[st.view]->name,
			       quantity_metric(m), t * 1e3, t / bare);
			if (st.view > 1)
				break; /* the other views show no metric */
		}
	bool is_beyond = worst > limit_s;
	printf("worst frame    %8.3f ms  (limit %g ms%s)\n", worst * 1e3, limit_s * 1e3,
	       is_beyond ? ", beyond it" : "");
	cells_fini(&c);
	registry_fini(&reg);
	return is_beyond;
}
