/* How what is asked for moves with the size of a picture, for one setup: what the judge of sizes
 * (core/fit_judge.h) may take for granted. */
#ifndef VTOK_CORE_FIT_COURSE_H
#define VTOK_CORE_FIT_COURSE_H

#include "core/quantity.h"

/* With its tokens; the setup has a model. */
enum course fit_course(const struct setup *s, enum quantity_id id);

/* True if a picture is counted anew for it, with more images in the request. */
bool fit_is_counted_anew(const struct setup *s, enum quantity_id id);

/* True if more of a load (core/fit_marks.h) moves it one way alone. */
bool fit_is_ordered(enum quantity_id id);

/* True if pixels alone, with the same count, may move it either way. */
bool fit_is_unsteady(const struct setup *s, enum quantity_id id);

#endif
