/* libvtok: the installed API over the layers. Public structs are filled member by member, so that
 * the inner ones may change without breaking a program that was linked before. */
#include "config.h"

#include "vtok/vtok.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "core/count.h"
#include "core/estimate.h"
#include "import/import.h"
#include "registry/near.h"
#include "registry/registry.h"
#include "registry/registry_load.h"
#include "registry/subjects.h"

struct vtok {
	struct registry registry;
};

_Static_assert((int)VTOK_SIDE_MAX == (int)SIDE_MAX && (int)VTOK_STEPS_MAX == (int)STEPS_MAX,
	       "limits are the library's own");
_Static_assert((int)VTOK_LENS_FORMULA == (int)LENS_FORMULA, "lenses are the library's own");
_Static_assert((int)VTOK_DETAIL_ORIGINAL == (int)DETAIL_ORIGINAL, "levels are the library's own");
_Static_assert((int)VTOK_MEDIA_ULTRA_HIGH == (int)MEDIA_ULTRA_HIGH, "levels are the library's own");
_Static_assert((int)VTOK_CONFIDENCE_LOW == (int)CONFIDENCE_LOW, "confidence is the library's own");

/* ---------------------------------------------------------------- faults */

/* Takes over what a layer reported. Returns false. */
static bool fail(struct vtok_fault *fault, const struct vtok_error *err)
{
	if (!fault)
		return false;
	fault->kind = err->code == VTOK_E_USAGE ? VTOK_FAULT_ARGUMENT : VTOK_FAULT_FILE;
	str_format(fault->text, sizeof(fault->text), "%s", err->text);
	return false;
}

static bool fail_argument(struct vtok_fault *fault, const char *text)
{
	if (!fault)
		return false;
	fault->kind = VTOK_FAULT_ARGUMENT;
	str_format(fault->text, sizeof(fault->text), "%s", text);
	return false;
}

static bool fail_range(struct vtok_fault *fault, const char *name, int64_t most, int64_t value)
{
	char text[160];

	str_format(text, sizeof(text), "%s: expected a whole number from 0 to %lld, got %lld", name,
		   (long long)most, (long long)value);
	return fail_argument(fault, text);
}

static void no_fault(struct vtok_fault *fault)
{
	if (!fault)
		return;
	fault->kind = VTOK_FAULT_NONE;
	fault->text[0] = '\0';
}

const char *vtok_version(void)
{
	return PACKAGE_VERSION;
}

/* ---------------------------------------------------------------- registry */

struct vtok *vtok_open(const char *file, struct vtok_fault *fault)
{
	struct vtok_error err = {0};
	struct vtok *v = calloc(1, sizeof(*v));

	no_fault(fault);
	if (!v) {
		fail_argument(fault, "out of memory");
		return NULL;
	}
	if (registry_init(&v->registry, &err)) {
		if (!file || registry_load_file(&v->registry, file, &err))
			return v;
		registry_fini(&v->registry);
	}
	free(v);
	fail(fault, &err);
	return NULL;
}

void vtok_close(struct vtok *v)
{
	if (!v)
		return;
	registry_fini(&v->registry);
	free(v);
}

static const char *id_at(const struct registry *r, enum vtok_kind kind, size_t i)
{
	switch (kind) {
	case VTOK_CHECKPOINT:
		return r->models[i]->id;
	case VTOK_PROCESSOR:
		return r->processors[i]->id;
	case VTOK_HOSTED:
		return r->hosted[i]->id;
	case VTOK_HARDWARE:
		return r->hardware[i]->id;
	case VTOK_ENGINE:
		return r->engines[i]->id;
	case VTOK_KINDS:
		break;
	}
	return NULL;
}

size_t vtok_list(const struct vtok *v, enum vtok_kind kind, const char **ids, size_t max)
{
	const struct registry *r = &v->registry;
	const size_t n[VTOK_KINDS] = {
		[VTOK_CHECKPOINT] = r->models_n, [VTOK_PROCESSOR] = r->processors_n,
		[VTOK_HOSTED] = r->hosted_n,     [VTOK_HARDWARE] = r->hardware_n,
		[VTOK_ENGINE] = r->engines_n,
	};

	if ((unsigned)kind >= VTOK_KINDS)
		return 0;
	for (size_t i = 0; i < n[kind] && i < max; i++)
		ids[i] = id_at(r, kind, i);
	return n[kind];
}

static void fill_entry(const struct model *m, const struct processor *p, struct vtok_entry *out)
{
	*out = (struct vtok_entry){
		.kind = p->hosted.vendor ? VTOK_HOSTED : VTOK_PROCESSOR,
		.id = p->id,
		.name = p->name,
		.source = p->source,
		.note = p->note,
		.unverified = p->unverified,
		.confidence = (enum vtok_confidence)p->confidence,
		.approximate = p->hosted.approximate,
		.rule_from = p->hosted.from,
		.rule_until = p->hosted.until,
		.model = m,
		.processor = p,
	};
	if (!m)
		return;
	out->kind = VTOK_CHECKPOINT;
	out->id = m->id;
	out->name = m->name;
	out->source = m->source;
	out->note = m->note;
	out->unverified = m->unverified;
}

bool vtok_lookup(const struct vtok *v, const char *id, const char *rules_date,
		 struct vtok_entry *out, struct vtok_fault *fault)
{
	struct registry r =
		v->registry; /* a copy that may have a date of its own; its lists are borrowed */
	const struct model *m;
	const struct processor *p;
	struct vtok_error err = {0};

	no_fault(fault);
	if (rules_date && !hosted_parse_date(rules_date, &r.rules_date))
		return fail_argument(fault,
				     "the date of the rules must look like 2025-04-14 or 2025-04");
	if (!subject_resolve(&r, id, &m, &p, &err))
		return fail(fault, &err);
	fill_entry(m, p, out);
	return true;
}

/* ---------------------------------------------------------------- counting */

static bool options_good(const struct vtok_options *o, struct vtok_fault *fault)
{
	if (!o)
		return true;
	if ((unsigned)o->lens >= LENS_N || (unsigned)o->detail >= DETAIL_N ||
	    (unsigned)o->media_resolution >= MEDIA_N)
		return fail_argument(fault, "lens, detail or media_resolution is none of its enum");
	/* the limits of the program's options: beyond them sizes no longer multiply in 64 bits */
	const struct {
		const char *name;
		int64_t value, most;
	} t[] = {
		{"patch",      o->patch,      PATCH_MOST },
		{"merge",      o->merge,      MERGE_MOST },
		{"pool",       o->pool,       POOL_MOST  },
		{"grid",       o->grid,       GRID_MOST  },
		{"min_pixels", o->min_pixels, AREA_MOST  },
		{"max_pixels", o->max_pixels, AREA_MOST  },
		{"images",     o->images,     IMAGES_MOST},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if (t[i].value < 0 || t[i].value > t[i].most)
			return fail_range(fault, t[i].name, t[i].most, t[i].value);
	return true;
}

static bool size_good(int64_t width, int64_t height, struct vtok_fault *fault)
{
	if (width >= 1 && width <= SIDE_MAX && height >= 1 && height <= SIDE_MAX)
		return true;
	return fail_argument(fault,
			     "width and height must be 1 to " USUAL_WORDS(SIDE_MAX) " pixels");
}

static struct knobs to_knobs(const struct vtok_options *o)
{
	if (!o)
		return (struct knobs){0};
	return (struct knobs){
		.patch = o->patch,
		.merge = o->merge,
		.pool = o->pool,
		.grid_k = o->grid,
		.min_pixels = o->min_pixels,
		.max_pixels = o->max_pixels,
		.detail = (enum detail)o->detail,
		.media = (enum media_resolution)o->media_resolution,
		.images = o->images,
	};
}

static void fill_count(const struct count *c, struct vtok_count *out)
{
	*out = (struct vtok_count){
		.refused = c->refused,
		.has_special = c->has_special,
		.approximate = c->approximate,
		.visual = c->visual,
		.special = c->has_special ? c->special : 0,
		.total = c->has_special ? c->total : 0,
		.resized_w = c->resized_w,
		.resized_h = c->resized_h,
		.tiles = c->tiles,
	};
	str_format(out->reason, sizeof(out->reason), "%s", c->reason);
}

bool vtok_count(const struct vtok_entry *entry, const struct vtok_options *options, int64_t width,
		int64_t height, struct vtok_count *out, struct vtok_fault *fault)
{
	struct knobs knobs = to_knobs(options);
	struct count count;

	no_fault(fault);
	if (!options_good(options, fault) || !size_good(width, height, fault))
		return false;
	count_image(entry->processor, options ? (enum lens)options->lens : LENS_EXACT, &knobs,
		    width, height, &count, NULL);
	fill_count(&count, out);
	return true;
}

size_t vtok_explain(const struct vtok_entry *entry, const struct vtok_options *options,
		    int64_t width, int64_t height, struct vtok_step *steps, size_t max,
		    struct vtok_fault *fault)
{
	struct knobs knobs = to_knobs(options);
	struct count count;
	struct trace trace;

	no_fault(fault);
	if (!options_good(options, fault) || !size_good(width, height, fault))
		return 0;
	count_image(entry->processor, options ? (enum lens)options->lens : LENS_EXACT, &knobs,
		    width, height, &count, &trace);
	for (size_t i = 0; i < (size_t)trace.n && i < max; i++) {
		const struct step *s = &trace.steps[i];
		steps[i] = (struct vtok_step){
			.name = step_name(s->kind),
			.width = s->width,
			.height = s->height,
			.count = s->count,
			.unit = s->unit ? s->unit : "",
			.bound = s->bound,
		};
		str_format(steps[i].text, sizeof(steps[i].text), "%s", s->text);
	}
	return (size_t)trace.n;
}

/* ---------------------------------------------------------------- costs */

static bool find_dtype(const char *name, enum dtype *out, struct vtok_fault *fault)
{
	*out = USUAL_DTYPE;
	if (!name || dtype_find(name, out))
		return true;
	return fail_argument(fault, "weights and kv must be bf16, fp16, fp8, int8, int4, ...: "
				    "`vtok models` lists them");
}

/* The program's defaults (`vtok estimate`). */
static bool fill_setup(const struct registry *r, const struct vtok_entry *entry,
		       const struct vtok_request *q, struct setup *s, struct vtok_fault *fault)
{
	const char *hardware = q->hardware ? q->hardware : USUAL_HARDWARE,
		   *engine = q->engine ? q->engine : USUAL_ENGINE;
	struct vtok_error err = {0};

	*s = (struct setup){
		.model = entry->model,
		.hardware = registry_hardware(r, hardware),
		.engine = registry_engine(r, engine),
		.lens = (enum lens)q->options.lens,
		.knobs = to_knobs(&q->options),
		.width = q->width,
		.height = q->height,
		.images = q->images == 0  ? USUAL_IMAGES
			  : q->images < 0 ? 0
					  : q->images,
		.text_tokens = q->text_tokens,
		.reserve_tokens = q->reserve_tokens,
		.context_limit = q->context_limit,
		.tensor_parallel = q->tensor_parallel ? q->tensor_parallel : USUAL_RANKS,
	};
	if (!s->hardware)
		return near_unknown(r, KIND_HARDWARE, hardware, &err) || fail(fault, &err);
	if (!s->engine)
		return near_unknown(r, KIND_ENGINE, engine, &err) || fail(fault, &err);
	if (s->images > IMAGES_MOST || q->text_tokens < 0 || q->text_tokens > TOKENS_MOST ||
	    q->reserve_tokens < 0 || q->reserve_tokens > TOKENS_MOST || q->context_limit < 0 ||
	    q->context_limit > TOKENS_MOST || q->tensor_parallel < 0 ||
	    q->tensor_parallel > RANKS_MOST)
		return fail_argument(fault, "images, tokens or tensor_parallel out of range");
	return find_dtype(q->weights, &s->weights, fault) && find_dtype(q->kv, &s->kv, fault);
}

/* The number, or NaN and, for the first of them, why. */
static double value_of(struct quantity q, char *reason, size_t size)
{
	if (!q.reason)
		return q.value;
	if (!reason[0])
		str_format(reason, size, "%s", q.reason);
	return NAN;
}

static void fill_estimate(const struct estimate *e, struct vtok_estimate *out)
{
	char *why = out->reason;
	size_t n = sizeof(out->reason);
	bool timed = !e->prefill.reason;

	fill_count(&e->count, &out->count);
	out->image_tokens = e->tokens.images;
	out->total_tokens = e->tokens.total;
	out->context_limit = e->context.limit;
	out->text_left = e->context.text_left;
	out->images_fit = e->context.images_fit;
	out->kv_bytes_per_token = value_of(e->kv.bytes_per_token, why, n);
	out->kv_bytes_per_request = value_of(e->kv.bytes_per_request, why, n);
	out->weights_bytes = value_of(e->memory.weights_bytes, why, n);
	out->kv_pool_bytes = value_of(e->memory.kv_pool_bytes, why, n);
	out->concurrency = value_of(e->capacity.concurrency, why, n);
	out->concurrency_text_only = value_of(e->capacity.concurrency_text_only, why, n);
	out->ttft_s = value_of((struct quantity){e->prefill.ttft_s, e->prefill.reason}, why, n);
	out->ttft_low_s = timed ? e->prefill.low_s : NAN;
	out->ttft_high_s = timed ? e->prefill.high_s : NAN;
	out->vision_s = timed ? e->prefill.vision.seconds : NAN;
	out->llm_s = timed ? e->prefill.llm.seconds : NAN;
}

bool vtok_estimate(const struct vtok *v, const struct vtok_entry *entry,
		   const struct vtok_request *request, struct vtok_estimate *out,
		   struct vtok_fault *fault)
{
	struct setup setup;
	struct estimate e;

	no_fault(fault);
	if (!entry->model)
		return fail_argument(
			fault, "only a checkpoint has the dimensions that costs are computed from");
	if (!options_good(&request->options, fault) ||
	    !size_good(request->width, request->height, fault) ||
	    !fill_setup(&v->registry, entry, request, &setup, fault))
		return false;
	estimate(&setup, &e);
	memset(out, 0, sizeof(*out));
	fill_estimate(&e, out);
	return true;
}

/* ---------------------------------------------------------------- import */

char *vtok_import(const char *path, struct vtok_fault *fault)
{
	struct vtok_error err = {0};
	struct strbuf text;

	no_fault(fault);
	strbuf_init(&text);
	if (!import_path(path, &text, &err)) {
		strbuf_fini(&text);
		fail(fault, &err);
		return NULL;
	}
	return strbuf_steal(&text);
}

void vtok_free(char *text)
{
	free(text);
}
