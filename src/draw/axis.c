#include "draw/axis.h"

#include <math.h>
#include <stddef.h>

#include "base/base.h"

double axis_share(const struct axis *a, double value)
{
	if (a->is_log)
		return value > 0 ? log(value / a->low) / log(a->high / a->low) : -1;
	return (value - a->low) / (a->high - a->low);
}

double axis_value(const struct axis *a, double share)
{
	if (a->is_log)
		return a->low * pow(a->high / a->low, share);
	return a->low + (a->high - a->low) * share;
}

double axis_nice_step(double raw)
{
	static const double steps[] = {1, 2, 5, 10};

	if (!(raw > 0))
		return 1;
	double magnitude = pow(10, floor(log10(raw)));

	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		if (raw <= steps[i] * magnitude)
			return steps[i] * magnitude;
	return 10 * magnitude; /* log10 rounded down just below a power of ten */
}

/* Every power of the base inside; with room for it in base ten also its 2 and 5 fold, with too
 * little only each second or third power. */
static int log_ticks(const struct axis *a, bool base_two, double *ticks, int most)
{
	static const double fine[] = {1, 2, 5};
	double base = base_two ? 2 : 10, low = a->low * (1 - 1e-9), high = a->high * (1 + 1e-9);
	int first = (int)ceil(log(low) / log(base) - 1e-9),
	    last = (int)floor(log(high) / log(base) + 1e-9);
	int powers = last - first + 1, skip = 1, n = 0;
	int per_power = !base_two && (powers + 1) * 3 <= most ? 3 : 1;

	while ((powers + skip - 1) / skip > most)
		skip++;
	for (int e = first - 1; e <= last; e++) {
		if (e < first && per_power == 1)
			continue;
		if ((e - first + 1024 * skip) % skip)
			continue;
		for (int i = 0; i < per_power; i++) {
			double t = pow(base, e) * fine[i];

			if (t >= low && t <= high && n < most)
				ticks[n++] = t;
		}
	}
	return n;
}

int axis_ticks(const struct axis *a, bool base_two, double *ticks, int most)
{
	int n = 0;

	if (most < 1 || !(a->high > a->low))
		return 0;
	if (a->is_log)
		return log_ticks(a, base_two, ticks, most);
	double step = axis_nice_step((a->high - a->low) / most);

	if (base_two)
		for (step = 64; (a->high - a->low) / step > most;)
			step *= 2;
	for (double t = ceil(a->low / step) * step; t <= a->high * (1 + 1e-9) && n < most;
	     t += step)
		ticks[n++] = t;
	return n;
}
