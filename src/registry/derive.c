/* Values that follow from others. Files never give them, so that a changed layer count cannot leave
 * an old sum behind; sums of parameters alone may be given, because published ones are better than
 * computed ones. */
#include "registry/derive.h"

#include "base/str.h"
#include "core/params.h"

static void derive_tower(struct tower *t)
{
	if (t->layers_stored < t->layers_run)
		t->layers_stored = t->layers_run;
	if (t->window_patches == 0)
		t->full_layers = t->layers_run;
}

/* Layers whose cache grows for the whole context, and the numbers one of
 * them keeps per position. */
static void derive_cache(struct model *m)
{
	int32_t plain = 2 * m->kv_heads * m->head_dim; /* keys and values */

	m->grow_layers = m->layers - m->win_layers - m->shared_layers - m->linear_layers -
			 m->conv_layers - m->cross_layers - m->bare_layers;
	m->grow_elems = m->kv_kind == KV_MLA   ? m->mla_kv_rank + m->mla_rope
			: m->global_layers > 0 ? 2 * m->global_kv_heads * m->global_head_dim
					       : plain;
	m->win_elems = m->win_layers > 0 ? plain : 0;
	m->cross_elems = m->cross_layers > 0 ? plain : 0;
}

static void derive_model(struct model *m)
{
	struct params p;

	derive_cache(m);
	params_of(m, &p);
	if (m->llm_params == 0)
		m->llm_params = p.llm;
	if (m->active_params == 0)
		m->active_params = m->experts > 0 ? p.active : m->llm_params;
	if (m->total_params == 0)
		m->total_params =
			m->llm_params + m->projector_params + (m->tower ? m->tower->params : 0);
}

/* What is marked stands for measurements of something else. */
static void derive_decoder(struct decoder *d)
{
	char key[24];

	for (int i = 0; i < IMAGE_FORMAT_N; i++) {
		str_format(key, sizeof(key), "%s-pixels", picture_formats[i]);
		d->rate[i].guessed = str_has_word(d->unverified, key);
	}
	d->unsized.guessed = str_has_word(d->unverified, "unsized");
}

static void derive_preprocess(struct preprocess *p)
{
	p->fast.guessed =
		str_has_word(p->unverified, "fast-in") || str_has_word(p->unverified, "fast-out");
	p->gpu.guessed = str_has_word(p->unverified, "gpu-in");
	p->slow.guessed =
		str_has_word(p->unverified, "slow-in") || str_has_word(p->unverified, "slow-out");
}

void registry_derive(enum registry_kind kind, void *entry)
{
	switch (kind) {
	case KIND_TOWER:
		derive_tower(entry);
		break;
	case KIND_MODEL:
		derive_model(entry);
		break;
	case KIND_DECODER:
		derive_decoder(entry);
		break;
	case KIND_PREPROCESS:
		derive_preprocess(entry);
		break;
	case KIND_PROCESSOR:
	case KIND_GENERATION:
	case KIND_HARDWARE:
	case KIND_ENGINE:
	case KIND_PROFILE:
	case KIND_PACE:
	case KIND_HOSTED:
	case KIND_PRICE:
	case KIND_RENT:
	case KIND_CAP:
	case KIND_SETTING:
	case KIND_LIMIT:
	case KIND_TERM:
	case KIND_UNCOUNTED:
	case KIND_N:
		break;
	}
}
