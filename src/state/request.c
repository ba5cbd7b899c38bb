#include "state/request.h"

bool request_is_complete(const struct request *r)
{
	const struct setup *s = &r->setup;

	return s->model && s->model->processor && s->hardware && s->engine;
}

static int64_t side(int64_t v)
{
	return v < 1 ? 1 : v > SIDE_MAX ? SIDE_MAX : v;
}

void request_size(struct request *r, int64_t width, int64_t height)
{
	r->setup.width = r->aspect_w = side(width);
	r->setup.height = r->aspect_h = side(height);
}
