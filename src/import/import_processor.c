/* The [processor] of a folder: the shipped one of its family, changed by what the files say. */
#include "base/base.h"
#include "import/importer.h"
#include "registry/variant.h"

static void take(const struct importer *im, struct processor *p, const struct mapping *m)
{
	const struct node *v = import_part(im, m->part);
	void *at = (char *)p + m->offset;

	switch (m->take) {
	case TAKE_INT:
		node_int32(v, m->keys, (int32_t)m->least, (int32_t)m->most, at);
		break;
	case TAKE_LONG:
		node_int(v, m->keys, (int64_t)m->least, (int64_t)m->most, at);
		break;
	case TAKE_NUM:
		node_num(v, m->keys, m->least, m->most, at);
		break;
	case TAKE_BOOL:
		node_bool(v, m->keys, at);
		break;
	case TAKE_SIDE:
		node_side(v, m->keys, at);
		break;
	}
}

/* The video processor's own limits, where the rule is one of limits: of all frames, or of each. */
static void read_video(const struct importer *im, struct video_rule *r)
{
	const struct node *v = &im->video;

	if (r->group == 0 || r->kind != VIDEO_AUTO)
		return;
	node_int(v, "size.longest_edge|max_pixels", 1, (int64_t)1e15,
		 r->max_pixels > 0 ? &r->max_pixels : &r->total_pixels);
	node_int(v, "size.shortest_edge|min_pixels", 0, AREA_MOST, &r->min_pixels);
	node_int32(v, "min_frames", 1, 1000000, &r->min_frames);
	node_int32(v, "max_frames", 1, 1000000, &r->max_frames);
	node_num(v, "fps", 0.001, 1000, &r->fps);
}

/* The one of that id; for files of llama.cpp as llama.cpp counts, where that differs. */
static const struct processor *shipped(const struct importer *im, const char *id)
{
	const struct processor *p = registry_processor(&im->shipped, id);
	const struct processor *variant =
		p && im->is_gguf ? variant_find(&im->shipped, p, "llama.cpp", 0) : NULL;

	return variant ? variant : p;
}

void import_processor(struct importer *im)
{
	const struct family *f = im->family;
	const char *other = f->choose ? f->choose(im) : NULL;
	const struct processor *base = shipped(im, other ? other : f->processor);
	struct processor *p = &im->processor;

	if (!base) {
		import_note(im,
			    "family %s is known, but the processor %s it starts from is not there",
			    im->type, other ? other : f->processor);
		return;
	}
	*p = *base;
	p->id = im->id;
	p->aliases = NULL;
	p->name = im->id;
	p->note = base->note;
	p->unverified = NULL;
	p->runtime = p->runtime_reason = NULL; /* an entry of its own */
	for (const struct mapping *m = f->mappings; m->keys; m++)
		take(im, p, m);
	if (base->video.group == 0) /* what it merges tells nothing where the rule is not known */
		p->video.group = 0;
	read_video(im, &p->video);
	if (f->adjust)
		f->adjust(im);
	import_note(im, "family %s: rule and special tokens as [processor %s]", im->type, base->id);
	if (!im->pre.obj && !im->is_gguf)
		import_note(im, "no preprocessor_config.json: limits are those of [processor %s]",
			    base->id);
	im->has_processor = true;
}
