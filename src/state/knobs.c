#include "state/knobs.h"

#include "base/str.h"
#include "base/unit.h"

const char *const knob_group_titles[GROUP_N] = {"Model", "Picture", "Strategy", "Request",
						"Serving"};

/* clang-format off */
const struct knob_spec knob_specs[KNOB_N] = {
	[KNOB_MODEL]    = {"Model",     "",    "-m",       "the checkpoint whose processor counts", GROUP_MODEL},
	[KNOB_LENS]     = {"Lens",      "",    "--lens",   "exact: the real processor; formula: the textbook", GROUP_MODEL},
	[KNOB_WIDTH]    = {"Width",     "px",  NULL,       "of one image", GROUP_PICTURE},
	[KNOB_HEIGHT]   = {"Height",    "px",  NULL,       "of one image; L locks the aspect", GROUP_PICTURE},
	[KNOB_IMAGES]   = {"Images",    "",    "-n",       "in one request", GROUP_PICTURE},
	[KNOB_GRID]     = {"Grid",      "",    "--grid",   "tiles: at most k by k; auto: the model's own grids", GROUP_STRATEGY},
	[KNOB_MERGE]    = {"Merge",     "",    "--merge",  "patches per token side", GROUP_STRATEGY},
	[KNOB_POOL]     = {"Pooling",   "",    "--pool",   "pooling side", GROUP_STRATEGY},
	[KNOB_PATCH]    = {"Patch",     "px",  "--patch",  "side of one encoder patch", GROUP_STRATEGY},
	[KNOB_CONTEXT]  = {"Context",   "tok", "-c",       "positions the model accepts", GROUP_REQUEST},
	[KNOB_TEXT]     = {"Text",      "tok", "-t",       "text tokens beside the images", GROUP_REQUEST},
	[KNOB_RESERVE]  = {"Output",    "tok", "-r",       "tokens kept free for the answer", GROUP_REQUEST},
	[KNOB_HARDWARE] = {"Hardware",  "",    "-g",       "the accelerator", GROUP_SERVING},
	[KNOB_ENGINE]   = {"Engine",    "",    "--engine", "the serving engine", GROUP_SERVING},
	[KNOB_TP]       = {"GPUs",      "",    "--tp",     "tensor parallel: the model over so many GPUs", GROUP_SERVING},
	[KNOB_WEIGHTS]  = {"Weights",   "",    "--weights","number format of the weights", GROUP_SERVING},
	[KNOB_KV]       = {"KV cache",  "",    "--kv",     "number format of keys and values", GROUP_SERVING},
};
/* clang-format on */

/* ------------------------------------------------------------ parameters in force */

static const struct processor *processor_of(const struct request *r)
{
	return r->setup.model ? r->setup.model->processor : NULL;
}

/* What stands where nothing was turned: the checkpoint's own, or the textbook's usual value where a
 * checkpoint has none (patch 14, merge 2, pooling 2; merging or pooling 1 x 1 is none). */
int32_t knob_own(const struct request *r, enum knob k)
{
	const struct processor *p = processor_of(r);

	switch (k) {
	case KNOB_PATCH:
		return p && p->patch > 0 ? p->patch : 14;
	case KNOB_MERGE:
		return p && p->merge > 1 ? p->merge : 2;
	case KNOB_POOL:
		return p && p->pool > 1 ? p->pool : 2;
	default:
		return 0;
	}
}

int32_t request_patch(const struct request *r)
{
	return r->setup.knobs.patch > 0 ? r->setup.knobs.patch : knob_own(r, KNOB_PATCH);
}

int32_t request_merge(const struct request *r)
{
	return r->setup.knobs.merge > 0 ? r->setup.knobs.merge : knob_own(r, KNOB_MERGE);
}

int32_t request_pool(const struct request *r)
{
	return r->setup.knobs.pool > 0 ? r->setup.knobs.pool : knob_own(r, KNOB_POOL);
}

int32_t request_grid(const struct request *r)
{
	return r->setup.knobs.grid_k;
}

enum textbook request_textbook(const struct request *r)
{
	const struct processor *p = processor_of(r);

	return p && p->textbook != TEXTBOOK_NONE ? p->textbook : TEXTBOOK_ORIGINAL;
}

/* ------------------------------------------------------------ what a knob says */

int64_t knob_number(const struct request *r, enum knob k)
{
	const struct setup *s = &r->setup;

	switch (k) {
	case KNOB_MODEL:
	case KNOB_HARDWARE:
	case KNOB_ENGINE:
	case KNOB_N:
		return 0;
	case KNOB_LENS:
		return s->lens;
	case KNOB_WIDTH:
		return s->width;
	case KNOB_HEIGHT:
		return s->height;
	case KNOB_IMAGES:
		return s->images;
	case KNOB_GRID:
		return s->knobs.grid_k;
	case KNOB_MERGE:
		return request_merge(r);
	case KNOB_POOL:
		return request_pool(r);
	case KNOB_PATCH:
		return request_patch(r);
	case KNOB_CONTEXT:
		return s->context_limit ? s->context_limit : s->model ? s->model->context : 0;
	case KNOB_TEXT:
		return s->text_tokens;
	case KNOB_RESERVE:
		return s->reserve_tokens;
	case KNOB_TP:
		return s->tensor_parallel;
	case KNOB_WEIGHTS:
		return s->weights;
	case KNOB_KV:
		return s->kv;
	}
	return 0;
}

static const char *or_none(const char *text)
{
	return text ? text : "none";
}

char *knob_text(const struct request *r, enum knob k, char out[KNOB_TEXT_SIZE])
{
	const struct setup *s = &r->setup;
	const char *text = NULL;
	char number[UNIT_TEXT];

	switch (k) {
	case KNOB_MODEL:
		text = s->model ? or_none(s->model->id) : "none";
		break;
	case KNOB_HARDWARE:
		text = s->hardware ? or_none(s->hardware->id) : "none";
		break;
	case KNOB_ENGINE:
		text = s->engine ? or_none(s->engine->id) : "none";
		break;
	case KNOB_LENS:
		text = s->lens == LENS_EXACT ? "exact" : "formula";
		break;
	case KNOB_WEIGHTS:
		text = dtype_name(s->weights);
		break;
	case KNOB_KV:
		text = dtype_name(s->kv);
		break;
	case KNOB_GRID:
		if (s->knobs.grid_k == 0)
			text = s->lens == LENS_EXACT ? "auto" : "3 x 3";
		else
			return str_format(out, KNOB_TEXT_SIZE, "%d x %d", s->knobs.grid_k,
					  s->knobs.grid_k);
		break;
	case KNOB_CONTEXT:
		text = knob_number(r, k) ? unit_grouped(number, knob_number(r, k)) : "unknown";
		break;
	case KNOB_WIDTH:
	case KNOB_HEIGHT:
	case KNOB_IMAGES:
	case KNOB_MERGE:
	case KNOB_POOL:
	case KNOB_PATCH:
	case KNOB_TEXT:
	case KNOB_RESERVE:
	case KNOB_TP:
		text = unit_grouped(number, knob_number(r, k));
		break;
	case KNOB_N:
		text = "";
		break;
	}
	return str_format(out, KNOB_TEXT_SIZE, "%s", text);
}

static const char *rule_of(const struct request *r, enum knob k)
{
	const struct processor *p = processor_of(r);
	struct knob_rules rules = {0};

	if (p)
		count_knob_rules(p, &rules);
	switch (k) {
	case KNOB_GRID:
		return rules.grid_k;
	case KNOB_MERGE:
		return rules.merge;
	case KNOB_POOL:
		return rules.pool;
	case KNOB_PATCH:
		return rules.patch;
	default:
		return NULL;
	}
}

const char *knob_fixed(const struct request *r, enum knob k)
{
	if (r->setup.lens == LENS_FORMULA || r->freed >> k & 1)
		return NULL;
	return rule_of(r, k);
}

bool knob_modified(const struct request *r, enum knob k)
{
	const struct knobs *n = &r->setup.knobs;

	switch (k) {
	case KNOB_GRID:
		return n->grid_k != 0;
	case KNOB_MERGE:
		return n->merge > 0 && n->merge != knob_own(r, k);
	case KNOB_POOL:
		return n->pool > 0 && n->pool != knob_own(r, k);
	case KNOB_PATCH:
		return n->patch > 0 && n->patch != knob_own(r, k);
	default:
		return false;
	}
}

bool request_modified(const struct request *r)
{
	const struct processor *p = processor_of(r);

	if (r->setup.lens != LENS_EXACT)
		return false;
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_modified(r, k))
			return true;
	return p && count_is_modified(p, &r->setup.knobs);
}
