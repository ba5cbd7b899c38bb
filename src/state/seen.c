#include "state/seen.h"

#include "registry/subjects.h"

struct turning request_turning(const struct request *r, const struct registry *reg,
			       const struct processor *p)
{
	const struct setup *s = &r->setup;

	if (!p && s->model)
		p = s->model->processor;
	return subject_turning(reg, p, s->by_engine ? s->engine : NULL, s->engine_version,
			       s->orientation);
}

bool picture_lies(const struct picture_info *p)
{
	return p->path[0] && p->orientation >= 5;
}

void picture_seen(const struct picture_info *p, bool turns, int64_t *width, int64_t *height)
{
	bool is_stored = !turns && p->orientation >= 5;

	*width = is_stored ? p->raw_width : p->width;
	*height = is_stored ? p->raw_height : p->height;
}

void request_picture(struct request *r, const struct registry *reg,
		     const struct picture_info *picture)
{
	int64_t width, height;

	r->is_upright = request_turning(r, reg, NULL).turns;
	picture_seen(picture, r->is_upright, &width, &height);
	request_size(r, width, height);
	r->setup.file_bytes = picture->file_bytes;
	r->setup.file_pixels = picture->width * picture->height;
	r->setup.file_format = picture->file_format;
}

bool request_lies(const struct request *r, const struct picture_info *picture, bool turns)
{
	int64_t width, height;

	if (!picture_lies(picture) || turns == r->is_upright)
		return false;
	picture_seen(picture, r->is_upright, &width, &height);
	return r->aspect_w == width && r->aspect_h == height;
}

static void swap(int64_t *a, int64_t *b)
{
	int64_t was = *a;

	*a = *b;
	*b = was;
}

void request_follow(struct request *r, const struct registry *reg,
		    const struct picture_info *picture)
{
	bool turns = request_turning(r, reg, NULL).turns;

	if (request_lies(r, picture, turns)) {
		swap(&r->setup.width, &r->setup.height);
		swap(&r->aspect_w, &r->aspect_h);
	}
	r->is_upright = turns;
}
