#include "core/fit_course.h"

#include <string.h>

static bool is_of_traffic(enum quantity_id id)
{
	const char *group = quantities[id].group;

	return group && strcmp(group, "traffic") == 0;
}

enum course fit_course(const struct setup *s, enum quantity_id id)
{
	bool is_crossed = s->model->cross_positions > 0 && (quantities[id].needs & ESTIMATE_KV);

	if (quantities[id].course == COURSE_TOKENS && is_crossed)
		return COURSE_WORSE;
	return quantities[id].course;
}

bool fit_is_counted_anew(const struct setup *s, enum quantity_id id)
{
	return id == Q_IMAGES_FIT && !estimate_counts_alike(s);
}

bool fit_is_ordered(enum quantity_id id)
{
	return quantities[id].course != COURSE_ANY;
}

/* What pictures take before the encoder only limits the rate of a server, unless the GPU prepares
 * them: then it takes turns with all else, and leaves time for fewer requests at once. The rate
 * falls all the same, with what follows from it: fewer at once are never quicker together, and one
 * at a time is chosen only where that is quicker. How many servers a traffic needs is found in
 * steps. */
static bool is_server_unsteady(const struct setup *s, enum quantity_id id)
{
	enum preprocess_way way = s->preprocess;

	if (way == PREPROCESS_AUTO && s->engine)
		way = s->engine->prepares;
	return is_of_traffic(id) || (way == PREPROCESS_GPU && quantities[id].course == COURSE_ANY);
}

bool fit_is_unsteady(const struct setup *s, enum quantity_id id)
{
	bool is_time = quantities[id].needs & ESTIMATE_PREFILL;

	return quantities[id].needs & ESTIMATE_SERVER
		       ? is_server_unsteady(s, id)
		       : is_time && quantities[id].course == COURSE_ANY;
}
