#include "tui/flight.h"

enum { SHORT_MS = 50, LONG_MS = 1000 };

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

void flight_answered(struct flight *f, int64_t now_ms)
{
	if (f->is_waiting && now_ms - f->since_ms > f->way_ms)
		f->way_ms = now_ms - f->since_ms;
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

int64_t flight_patience(const struct flight *f, int64_t now_ms, bool is_pressed)
{
	int64_t soon = now_ms + SHORT_MS, late = f->since_ms + LONG_MS;
	int64_t end = f->is_proven ? f->since_ms + 2 * f->way_ms : late;

	if (is_pressed || end < soon)
		return soon;
	return end > late ? late : end;
}
