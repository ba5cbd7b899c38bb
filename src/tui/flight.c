#include "tui/flight.h"

bool flight_sent(struct flight *f, size_t bytes, int64_t now_ms)
{
	f->bytes += bytes;
	if (!f->can || f->is_waiting || f->bytes < FLIGHT_MAX)
		return false;
	f->is_waiting = true;
	f->since_ms = now_ms;
	f->bytes = 0;
	return true;
}

void flight_answered(struct flight *f)
{
	f->is_waiting = false;
	f->is_proven = true;
}

bool flight_ready(struct flight *f, int64_t now_ms)
{
	if (!f->is_waiting || !f->is_proven || f->bytes < FLIGHT_MAX)
		return true;
	if (now_ms - f->since_ms < FLIGHT_LOST_MS)
		return false;
	f->is_waiting = f->is_proven = false; /* it has stopped answering: do without */
	f->can = false;
	return true;
}
