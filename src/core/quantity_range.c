#include "core/quantity.h"

#include "base/base.h"

static const struct {
	enum quantity_id middle, low, high;
} ranges[] = {
	{Q_TTFT, Q_TTFT_LOW, Q_TTFT_HIGH},
	{Q_KV_POOL, Q_KV_POOL_LOW, Q_KV_POOL_HIGH},
	{Q_STEP, Q_STEP_LOW, Q_STEP_HIGH},
	{Q_REQUESTS_S, Q_REQUESTS_LOW, Q_REQUESTS_HIGH},
	{Q_COST, Q_COST_LOW, Q_COST_HIGH},
	{Q_TRAFFIC_COST, Q_TRAFFIC_LOW, Q_TRAFFIC_HIGH},
	{Q_ITL, Q_ITL_LOW, Q_ITL_HIGH},
	{Q_IMAGES_S, Q_IMAGES_LOW, Q_IMAGES_HIGH},
	{Q_TRAFFIC_TTFT, Q_TRAFFIC_TTFT_LOW, Q_TRAFFIC_TTFT_HIGH},
	{Q_TRAFFIC_ITL, Q_TRAFFIC_ITL_LOW, Q_TRAFFIC_ITL_HIGH},
};

bool quantity_range(enum quantity_id id, enum quantity_id *low, enum quantity_id *high)
{
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (ranges[i].middle == id) {
			*low = ranges[i].low;
			*high = ranges[i].high;
			return true;
		}
	return false;
}
