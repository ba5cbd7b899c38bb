/* The vendor's table of examples, on the straight lines between its rows (Amazon Nova).
 *
 * Small images are enlarged until their longer side is `longest-edge`; then the area decides:
 * linear between two rows, in proportion to the area before the first and after the last. The
 * vendor first snaps the aspect to a list of its own, which its own examples do not show, so this
 * does not either. Reads longest_edge, hosted.table. Source: Amazon Nova user guide, image
 * understanding, 2024-12 to 2026: estimates. */
#include <math.h>

#include "core/hosted_rule.h"
#include "core/strategy.h"

static double area(const struct size_tokens *row)
{
	return (double)row->width * row->height;
}

static double interpolate(const struct size_tokens *table, int32_t n, double px)
{
	const struct size_tokens *last = &table[n - 1];

	if (px <= area(&table[0]))
		return table[0].tokens * px / area(&table[0]);
	for (int32_t i = 1; i < n; i++)
		if (px <= area(&table[i])) {
			double share = (px - area(&table[i - 1])) /
				       (area(&table[i]) - area(&table[i - 1]));
			return table[i - 1].tokens +
			       share * (table[i].tokens - table[i - 1].tokens);
		}
	return last->tokens * px / area(last);
}

static void count(const struct processor *p, int64_t width, int64_t height, struct count *out,
		  struct trace *trace)
{
	double longer = (double)(width > height ? width : height);
	double px = (double)width * (double)height;

	if (!hosted_admits(p, width, height, out, trace))
		return;
	hosted_lay(trace, width, height, 1, 1);
	if (longer < p->longest_edge) {
		double by = p->longest_edge / longer;

		hosted_lay(trace, llround((double)width * by), llround((double)height * by), 1, 1);
		px *= by * by;
		if (trace)
			trace_step(trace, STEP_RESIZE, 0, 0, 0, "px", true,
				   "enlarged to a longer side of %d px", p->longest_edge);
	}
	int64_t tokens =
		(int64_t)fmax(1, nearbyint(interpolate(p->hosted.table, p->hosted.table_n, px)));
	if (trace)
		trace_step(trace, STEP_QUERY, 0, 0, tokens, "tokens", false,
			   "by area, between the %d rows of the vendor's table", p->hosted.table_n);
	hosted_bill(p, tokens, out, trace);
}

const struct strategy strategy_hosted_table = {
	.name = "hosted-table",
	.summary = "closed API: between the rows of the vendor's table of examples",
	.formula = "linear between the rows of the table, by area",
	.needs = NEED_TABLE,
	.count = count,
	.fixed = HOSTED_FIXED,
};
