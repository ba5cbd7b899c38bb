#include "cli/moving.h"

#include <string.h>

#include "cli/setup.h"
#include "core/version.h"
#include "registry/registry.h"

static const char utils[] = "qwen-vl-utils";

/* What an engine does with videos; version 0: the newest. */
static void ask_engine(struct video *v, const struct engine *e, int32_t version)
{
	v->sampler = e->video;
	v->even = e->video_frames;
	v->is_bare = !e->video_outer;
	/* the newest version is not taken for one that caps: see video-cap-since in engines.ini */
	v->is_capped =
		e->video_cap_since && version > 0 && version_has(version, e->video_cap_since);
	v->engine = e->name;
}

bool moving_init(struct moving *m, const struct options *o, const struct registry *r,
		 struct vtok_error *err)
{
	const char *engine = o->knobs[KNOB_ENGINE].text;
	const char *name = o->sampler ? o->sampler : engine;
	int32_t version = 0;

	*m = (struct moving){.registry = r, .is_asked = o->frames || o->video_seconds > 0};
	m->ask = (struct video){
		.given = o->frames,
		.seconds = o->video_seconds,
		.rate = o->source_fps,
		.fps = o->fps,
		.min_pixels = o->knobs[KNOB_MIN_PIXELS].number,
		.max_pixels = o->knobs[KNOB_MAX_PIXELS].number,
		.media = (enum media_resolution)o->knobs[KNOB_MEDIA].number,
	};
	m->is_chosen = name != NULL;
	if (!name)
		return true;
	if (o->sampler && strcmp(name, utils) == 0) {
		m->ask.sampler = SAMPLER_UTILS;
		return true;
	}
	const struct engine *e = setup_entry(r, KNOB_ENGINE, name, &version, err);
	if (!e)
		return error_prefix(err, o->sampler ? "--sampler" : "--engine");
	ask_engine(&m->ask, e, version);
	return true;
}

bool moving_is(const struct moving *m, const struct input *in)
{
	return m->is_asked || in->is_clip;
}

void moving_count(const struct moving *m, const struct processor *p, const struct input *in,
		  struct count *out)
{
	struct video v = m->ask;

	/* a variant counts as its engine does */
	const struct engine *e = p->runtime && !m->is_chosen
					 ? registry_find(m->registry, KIND_ENGINE, p->runtime)
					 : NULL;
	if (e)
		ask_engine(&v, e, 0);
	if (in->is_clip && !m->is_asked) {
		v.seconds = in->seconds;
		v.in_file = v.rate > 0 ? 0 : in->frames;
	}
	if (in->is_clip && !(v.rate > 0))
		v.rate = in->rate;
	count_video(p, &v, in->width, in->height, out);
}
