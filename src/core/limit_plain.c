/* See limit_plain.h. */
#include "core/limit_plain.h"

#include "core/count.h"
#include "core/version.h"

static struct release version_of(const struct setup *s, const char *vendor, int32_t day)
{
	struct release v = {.kind = RELEASE_NEWEST};
	char text[VERSION_TEXT];

	if (vendor && day > 0)
		v = (struct release){.kind = RELEASE_DAY, .number = day};
	else if (!vendor && s->engine_version > 0)
		release_parse(version_text(s->engine_version, text), &v);
	return v;
}

/* A file is what is sent as long as the picture is as large as the one in it. */
static void set_image(const struct setup *s, struct limit_image *out)
{
	bool is_file = s->file_bytes > 0 &&
		       (s->file_pixels == 0 || s->file_pixels == s->width * s->height);

	*out = (struct limit_image){
		.width = s->width,
		.height = s->height,
		.has_file = is_file,
		.format = s->file_format,
		.file_bytes = is_file ? s->file_bytes : 0,
		.many = s->images,
	};
}

void limit_plain_make(const struct setup *s, const struct processor *family, int32_t day,
		      const struct limit_term *const *terms, size_t terms_n,
		      struct limit_plain *out)
{
	const struct processor *own = s->model->processor;
	const char *vendor = own->hosted.vendor;
	struct rule turned;

	count_prepare(&turned, own, LENS_EXACT, &s->knobs);
	out->counted = *turned.processor;
	out->most.is_known = false;
	set_image(s, &out->image);
	out->judged = (struct limit_case){
		.setup = s,
		.engine = vendor ? NULL : s->engine,
		.vendor = vendor,
		.version = version_of(s, vendor, day),
		.names_device = true,
		.server = &out->counted,
		.request = &out->counted,
		.own = own,
		.family = family,
		.images = &out->image,
		.images_n = s->images > 0,
		.terms = terms,
		.terms_n = terms_n,
		.v_max = &out->most,
		.server_max = &out->most,
	};
	limit_image_count(&out->judged, &out->counted, &s->knobs, s->images, &out->image);
}
