/* Versions of engines as people write them, in an order: dotted numbers ("0.21", "v0.8.5.post1",
 * "0.16.0rc1"), builds ("b6900"), and days ("2026-05", "2026-08-11"). Two of one kind are compared
 * by themselves; of two kinds by their days, which a list of the engine tells:
 * "0.15=2026-02-04 b6900=2025-10-31". core/version.h holds the plain numbers that costs need. */
#ifndef VTOK_CORE_RELEASE_H
#define VTOK_CORE_RELEASE_H

#include <stdbool.h>
#include <stdint.h>

enum release_kind {
	RELEASE_NEWEST, /* nothing was said, or "latest", "main", "nightly" */
	RELEASE_DOTTED,
	RELEASE_BUILD,
	RELEASE_DAY,
};

enum { RELEASE_PARTS = 4 };

struct release {
	enum release_kind kind;
	int32_t parts[RELEASE_PARTS]; /* dotted */
	int32_t stage;                /* dotted: rc1 lies before the release, post1 behind it */
	int32_t number;               /* of a build; of a day yyyymmdd */
};

/* Reads a version; a "~" or "v" before it and any text behind it are left out. NULL and "" are the
 * newest. False, with *out the newest, where there is no version at the beginning. */
bool release_parse(const char *text, struct release *out);

/* The day of a version, yyyymmdd: its own, or the listed one of the newest version that is no newer
 * than it (builds lie evenly between two listed ones). 0: older than every listed one, or none is
 * listed. days: words "VERSION=DAY", rising; may be NULL. */
int32_t release_day(const struct release *v, const char *days);

/* Whether v lies in [since, until): empty or absent ends are open, the newest has no `until` behind
 * it. Ends that cannot be compared with v are taken as open. */
bool release_within(const struct release *v, const char *since, const char *until,
		    const char *days);

/* Whether every word of such a list is VERSION=DAY. */
bool release_days_good(const char *days);

#endif
