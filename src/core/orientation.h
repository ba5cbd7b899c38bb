/* Who turns a picture by the EXIF orientation its file states. It decides which side is the width
 * before anything is counted, and engines, vendors and their versions differ. */
#ifndef VTOK_CORE_ORIENTATION_H
#define VTOK_CORE_ORIENTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model.h"

/* What to go by; the first is what is known of whoever counts. */
extern const char *const orientation_ask_names[];

struct turning {
	bool turns;      /* the picture is turned before it is counted */
	bool is_assumed; /* nobody has published it: taken as displayed */
	const char *who; /* who does, or does not: an engine, a host, a vendor; "--orientation" when
			    asked for. Never NULL; borrowed */
};

/* p, the rule that counts, may be of a vendor or a runtime that says it itself; e, of that version
 * (0 = the newest) on that day (yyyymmdd, 0 = today), says it for all others. Either may be NULL.
 */
struct turning orientation_of(const struct processor *p, const struct engine *e, int32_t version,
			      int32_t day, enum orientation_ask ask);

/* What a list or a file says of it: who, "assumed", or NULL where the picture stays as stored. */
const char *orientation_turner(const struct turning *t);

/* "turned by", "not turned by", "turned; not known of": what stands before who. */
const char *orientation_verb(const struct turning *t);

#endif
