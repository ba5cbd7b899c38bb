/* What an hour of a device costs where it can be rented, by date: a section of the registry for
 * each reading of the market. Prices are USD of one device and hour. */
#ifndef VTOK_CORE_RENT_H
#define VTOK_CORE_RENT_H

#include <stdint.h>

struct rent {
	const char *id; /* "h100-sxm@2026-11-09" */
	const char *hardware_id, *source, *note;
	const struct rent *next;  /* of the same device */
	int32_t from;             /* day of the newest offer, as yyyymmdd */
	int32_t oldest;           /* day of the oldest one; 0 = one day alone */
	double low, median, high; /* of the newest offer of each provider */
	int32_t offers, providers;
};

/* Of a device's chain the newest reading that is no younger than that day (yyyymmdd; 0 = the newest
 * of all); NULL where there is none. */
const struct rent *rent_on(const struct rent *first, int32_t day);

/* What is to be said beside it on that day (yyyymmdd; 0 = not known): "one offer", "older than 90
 * days", both, or NULL. */
const char *rent_mark(const struct rent *r, int32_t day);

#endif
