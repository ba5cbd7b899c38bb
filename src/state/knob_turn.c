/* Turning knobs: steps, limits, typed values. Every way in goes through set_number or a list, so
 * that a request never leaves its limits. */
#include "state/knobs.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "registry/subjects.h"
#include "state/size_name.h"

enum {
	SIDE_STEP_MOST = 16384, /* what keys reach; typing goes on to SIDE_MAX */
	TOKENS_MOST = 100000000,
};

static const enum dtype weight_types[] = {
	DTYPE_FP32, DTYPE_BF16,   DTYPE_FP16, DTYPE_FP8,  DTYPE_INT8,
	DTYPE_Q8_0, DTYPE_Q4_K_M, DTYPE_AWQ,  DTYPE_INT4, DTYPE_FP4,
};
static const enum dtype kv_types[] = {DTYPE_BF16, DTYPE_FP16, DTYPE_FP8, DTYPE_INT8, DTYPE_INT4};
static const int64_t patch_sides[] = {8, 10, 12, 14, 16, 20, 24, 28, 32};
static const int64_t image_counts[] = {0,  1,  2,  3,  4,  5,  6,   8,   10,  12,  16,
				       20, 24, 32, 48, 64, 96, 128, 256, 512, 1000};

/* ------------------------------------------------------------ sizes */

static int64_t clamp(int64_t v, int64_t least, int64_t most)
{
	return v < least ? least : v > most ? most : v;
}

/* The side that keeps the locked aspect, rounded to whole pixels. */
static int64_t other_side(int64_t side, int64_t this_part, int64_t other_part)
{
	if (this_part <= 0 || other_part <= 0)
		return side;
	double other = (double)side * ((double)other_part / (double)this_part);

	return other < 1 ? 1 : other > SIDE_MAX ? SIDE_MAX : (int64_t)(other + 0.5);
}

static void set_width(struct request *r, int64_t width)
{
	r->setup.width = clamp(width, 1, SIDE_MAX);
	if (r->aspect_lock) {
		r->setup.height = other_side(r->setup.width, r->aspect_w, r->aspect_h);
	} else {
		r->aspect_w = r->setup.width;
		r->aspect_h = r->setup.height;
	}
}

static void set_height(struct request *r, int64_t height)
{
	r->setup.height = clamp(height, 1, SIDE_MAX);
	if (r->aspect_lock) {
		r->setup.width = other_side(r->setup.height, r->aspect_h, r->aspect_w);
	} else {
		r->aspect_w = r->setup.width;
		r->aspect_h = r->setup.height;
	}
}

/* One step is one token of the model's own grid where it has one that fine, else two patches of 14.
 */
static int64_t size_unit(const struct request *r)
{
	const struct processor *p = r->setup.model ? r->setup.model->processor : NULL;
	int64_t unit = p && p->patch > 0 ? (int64_t)p->patch * (p->merge > 0 ? p->merge : 1) : 28;

	return unit >= 20 && unit <= 64 ? unit : 28;
}

/* ------------------------------------------------------------ other numbers */

static int64_t least_of(enum knob k)
{
	switch (k) {
	case KNOB_IMAGES:
	case KNOB_GRID:
	case KNOB_TEXT:
	case KNOB_RESERVE:
		return 0;
	default:
		return 1;
	}
}

static int64_t most_of(enum knob k)
{
	switch (k) {
	case KNOB_WIDTH:
	case KNOB_HEIGHT:
		return SIDE_MAX;
	case KNOB_IMAGES:
		return 100000;
	case KNOB_GRID:
		return 9;
	case KNOB_MERGE:
	case KNOB_POOL:
		return 16;
	case KNOB_PATCH:
		return 256;
	case KNOB_CONTEXT:
	case KNOB_TEXT:
	case KNOB_RESERVE:
		return TOKENS_MOST;
	case KNOB_TP:
		return 64;
	default:
		return 0;
	}
}

/* The checkpoint's own value is kept as "not turned", so that it follows when the model changes. */
static int32_t turned(int64_t value, int32_t own)
{
	return value == own ? 0 : (int32_t)value;
}

static void set_number(struct request *r, enum knob k, int64_t v)
{
	struct setup *s = &r->setup;

	v = clamp(v, least_of(k), most_of(k));
	switch (k) {
	case KNOB_WIDTH:
		set_width(r, v);
		break;
	case KNOB_HEIGHT:
		set_height(r, v);
		break;
	case KNOB_IMAGES:
		s->images = v;
		s->knobs.images =
			(int32_t)v; /* some processors stop cutting, some hosted rules tighten */
		break;
	case KNOB_GRID:
		s->knobs.grid_k = (int32_t)v;
		break;
	case KNOB_MERGE:
		s->knobs.merge = turned(v, knob_own(r, KNOB_MERGE));
		break;
	case KNOB_POOL:
		s->knobs.pool = turned(v, knob_own(r, KNOB_POOL));
		break;
	case KNOB_PATCH:
		s->knobs.patch = turned(v, knob_own(r, KNOB_PATCH));
		break;
	case KNOB_CONTEXT:
		s->context_limit = s->model && v == s->model->context ? 0 : v;
		break;
	case KNOB_TEXT:
		s->text_tokens = v;
		break;
	case KNOB_RESERVE:
		s->reserve_tokens = v;
		break;
	case KNOB_TP:
		s->tensor_parallel = (int32_t)v;
		break;
	case KNOB_MODEL:
	case KNOB_LENS:
	case KNOB_HARDWARE:
	case KNOB_ENGINE:
	case KNOB_WEIGHTS:
	case KNOB_KV:
	case KNOB_N:
		break;
	}
}

/* ------------------------------------------------------------ steps */

/* The next multiple of unit above or below v. */
static int64_t step_grid(int64_t v, int n, int64_t unit)
{
	int64_t down = v / unit * unit;

	if (n > 0)
		return down + n * unit;
	return (down == v ? v : down + unit) + n * unit;
}

/* The next power of two above or below v; 0 is a step below `first`. */
static int64_t step_power(int64_t v, int n, int64_t first)
{
	for (; n > 0 && v < TOKENS_MOST;
	     n--) { /* a drag can ask for more steps than there are powers */
		int64_t next = first;

		while (next <= v)
			next *= 2;
		v = next;
	}
	for (; n < 0; n++) {
		int64_t next = first;

		while (next * 2 < v)
			next *= 2;
		v = v <= first ? 0 : next;
	}
	return v;
}

static int64_t step_list(const int64_t *list, size_t count, int64_t v, int n)
{
	size_t at = 0;

	while (at + 1 < count && list[at + 1] <= v)
		at++;
	if (n < 0 && list[at] < v)
		n++; /* between two entries: down goes to the lower one */
	int64_t to = clamp((int64_t)at + n, 0, (int64_t)count - 1);

	return list[to];
}

static size_t type_index(const enum dtype *list, size_t count, enum dtype t)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == t)
			return i;
	return 0;
}

static enum dtype step_type(const enum dtype *list, size_t count, enum dtype t, int n)
{
	return list[clamp((int64_t)type_index(list, count, t) + n, 0, (int64_t)count - 1)];
}

/* The entry n places further in a registry list, its ends being ends. */
#define STEP_ENTRY(list, count, entry, n)                                                          \
	step_entry((const void *const *)(list), (count), (entry), (n))

static const void *step_entry(const void *const *list, size_t count, const void *entry, int n)
{
	size_t at = 0;

	while (at < count && list[at] != entry)
		at++;
	if (at == count)
		return count ? list[0] : entry;
	return list[clamp((int64_t)at + n, 0, (int64_t)count - 1)];
}

/* The model n places further in the comparison's order, the ends being ends. Places that are no
 * entry are passed over; a variant, which has no place, steps from the beginning. */
static const struct model *step_model(const struct registry *reg, const struct model *now, int n)
{
	int size = (int)subject_n(reg), at = subject_find(reg, now), step = n < 0 ? -1 : 1;
	struct subject e, last = {.processor = NULL};

	for (int i = at + step; n && i >= 0 && i < size; i += step)
		if (subject_at(reg, SUBJECTS_EACH, (size_t)i, &e)) {
			last = e;
			n -= step;
		}
	const struct model *to = last.processor ? subject_model(reg, &last) : NULL;

	return to ? to : now;
}

void request_model(struct request *r, const struct model *m)
{
	const struct knobs *old = &r->setup.knobs;

	if (m == r->setup.model)
		return;
	r->setup.model = m;
	r->setup.knobs =
		(struct knobs){.detail = old->detail, .media = old->media, .images = old->images};
	r->freed = 0;
	r->setup.context_limit = 0;
}

static int64_t stepped(const struct request *r, enum knob k, int n, bool big)
{
	int64_t v = knob_number(r, k);

	switch (k) {
	case KNOB_WIDTH:
	case KNOB_HEIGHT: {
		int64_t unit = size_unit(r);

		return clamp(step_grid(v, big ? n * 8 : n, unit), unit,
			     v > SIDE_STEP_MOST ? SIDE_MAX : SIDE_STEP_MOST);
	}
	case KNOB_IMAGES:
		return step_list(image_counts, ARRAY_SIZE(image_counts), v, big ? n * 4 : n);
	case KNOB_PATCH:
		return step_list(patch_sides, ARRAY_SIZE(patch_sides), v, big ? n * 3 : n);
	case KNOB_CONTEXT: {
		int64_t to = step_power(v, big ? n * 3 : n, 512);

		return to < 512 ? 512 : to;
	}
	case KNOB_TEXT:
	case KNOB_RESERVE:
		return step_power(v, big ? n * 3 : n, 16);
	case KNOB_TP: {
		int64_t to = step_power(v, big ? n * 2 : n, 1);

		return to < 1 ? 1 : to;
	}
	case KNOB_GRID:
	case KNOB_MERGE:
	case KNOB_POOL:
		return v + (big ? n * 2 : n);
	case KNOB_MODEL:
	case KNOB_LENS:
	case KNOB_HARDWARE:
	case KNOB_ENGINE:
	case KNOB_WEIGHTS:
	case KNOB_KV:
	case KNOB_N:
		break;
	}
	return v;
}

static bool same_request(const struct request *a, const struct request *b)
{
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_number(a, k) != knob_number(b, k))
			return false;
	return a->setup.model == b->setup.model && a->setup.hardware == b->setup.hardware &&
	       a->setup.engine == b->setup.engine;
}

bool knob_step(struct request *r, const struct registry *reg, enum knob k, int n, bool big)
{
	struct setup *s = &r->setup;
	struct request before = *r;
	int far = big ? n * 5 : n;

	if (knob_fixed(r, k))
		return false;
	switch (k) {
	case KNOB_MODEL:
		request_model(r, step_model(reg, s->model, far));
		break;
	case KNOB_HARDWARE:
		s->hardware = STEP_ENTRY(reg->hardware, reg->hardware_n, s->hardware, far);
		break;
	case KNOB_ENGINE:
		s->engine = STEP_ENTRY(reg->engines, reg->engines_n, s->engine, far);
		break;
	case KNOB_LENS:
		s->lens = n > 0 ? LENS_FORMULA : LENS_EXACT;
		break;
	case KNOB_WEIGHTS:
		s->weights = step_type(weight_types, ARRAY_SIZE(weight_types), s->weights, n);
		break;
	case KNOB_KV:
		s->kv = step_type(kv_types, ARRAY_SIZE(kv_types), s->kv, n);
		break;
	case KNOB_WIDTH:
	case KNOB_HEIGHT:
	case KNOB_IMAGES:
	case KNOB_GRID:
	case KNOB_MERGE:
	case KNOB_POOL:
	case KNOB_PATCH:
	case KNOB_CONTEXT:
	case KNOB_TEXT:
	case KNOB_RESERVE:
	case KNOB_TP:
		set_number(r, k, stepped(r, k, n, big));
		break;
	case KNOB_N:
		break;
	}
	return !same_request(&before, r);
}

bool knob_limit(struct request *r, const struct registry *reg, enum knob k, bool most)
{
	struct request before = *r;
	const struct model *m = r->setup.model;

	if (knob_fixed(r, k))
		return false;
	switch (k) {
	case KNOB_WIDTH:
	case KNOB_HEIGHT:
		set_number(r, k, most ? 4096 : size_unit(r));
		break;
	case KNOB_IMAGES:
		set_number(r, k, most ? 64 : 0);
		break;
	case KNOB_CONTEXT:
		set_number(r, k, !most ? 2048 : m && m->context > 0 ? m->context : 1048576);
		break;
	case KNOB_TEXT:
	case KNOB_RESERVE:
		set_number(r, k, most ? 131072 : 0);
		break;
	case KNOB_PATCH:
		set_number(r, k, most ? 32 : 8);
		break;
	case KNOB_GRID:
	case KNOB_MERGE:
	case KNOB_POOL:
	case KNOB_TP:
		set_number(r, k, most ? most_of(k) : least_of(k));
		break;
	case KNOB_MODEL:
	case KNOB_LENS:
	case KNOB_HARDWARE:
	case KNOB_ENGINE:
	case KNOB_WEIGHTS:
	case KNOB_KV:
		knob_step(r, reg, k, most ? 1000 : -1000, false);
		break;
	case KNOB_N:
		break;
	}
	return !same_request(&before, r);
}

/* ------------------------------------------------------------ typed values */

/* Positions of a context are counted in powers of two by everyone: "32k" is 32,768 there, 4k tokens
 * of text 4,000. */
static bool typed_number(enum knob k, const char *text, int64_t *out)
{
	char plain[64];
	size_t n = 0;

	for (; *text && n + 2 < sizeof plain; text++)
		if (*text != ',' && *text != ' ')
			plain[n++] = *text;
	plain[n] = '\0';
	if (k == KNOB_CONTEXT && n > 1 && (plain[n - 1] == 'k' || plain[n - 1] == 'K')) {
		plain[n - 1] = 'K'; /* unit_parse_count: K is 1024 */
	}
	double v;

	if (!unit_parse_count(plain, &v) || !(v >= 0) || v > 1e15)
		return false;
	*out = (int64_t)(v + 0.5);
	return true;
}

static bool refuse(char error[96], const char *why)
{
	str_format(error, 96, "%s", why);
	return false;
}

/* "50%": of the size whose aspect the lock keeps (the picture's, until another is typed), or of the
 * context. */
static bool typed_share(const struct request *r, enum knob k, const char *text, int64_t *out)
{
	char number[32];
	double percent, whole;
	size_t n = strlen(text);

	if (n < 2 || n >= sizeof number || text[n - 1] != '%')
		return false;
	str_format(number, sizeof number, "%.*s", (int)n - 1, text);
	if (!str_num(str_trim(number), &percent) || !(percent >= 0 && percent <= 10000))
		return false;
	if (k == KNOB_WIDTH)
		whole = (double)r->aspect_w;
	else if (k == KNOB_HEIGHT)
		whole = (double)r->aspect_h;
	else if (k == KNOB_CONTEXT)
		whole = r->setup.model ? (double)r->setup.model->context : 0;
	else if (k == KNOB_TEXT || k == KNOB_RESERVE)
		whole = (double)knob_number(r, KNOB_CONTEXT);
	else
		return false;
	*out = (int64_t)(whole * percent / 100 + 0.5);
	return true;
}

static bool type_number(struct request *r, enum knob k, const char *text, char error[96])
{
	int64_t v;
	char least[UNIT_TEXT], most[UNIT_TEXT];

	if (k == KNOB_GRID && str_casecmp(text, "auto") == 0) {
		set_number(r, k, 0);
		return true;
	}
	if (!typed_share(r, k, text, &v) && !typed_number(k, text, &v))
		return refuse(
			error,
			k == KNOB_WIDTH || k == KNOB_HEIGHT
				? "expected pixels, a size like 1920x1080, 1080p, A4@300 or 50%"
				: "expected a number");
	if (v < least_of(k) || v > most_of(k)) {
		str_format(error, 96, "expected %s to %s", unit_grouped(least, least_of(k)),
			   unit_grouped(most, most_of(k)));
		return false;
	}
	set_number(r, k, v);
	return true;
}

static bool type_dtype(enum dtype *out, const enum dtype *list, size_t count, const char *text,
		       char error[96])
{
	enum dtype t;

	if (dtype_find(text, &t))
		for (size_t i = 0; i < count; i++)
			if (list[i] == t) {
				*out = t;
				return true;
			}
	return refuse(error, "expected a number format like bf16, fp8, int8 or int4");
}

static bool type_entry(struct request *r, const struct registry *reg, enum knob k, const char *text,
		       char error[96])
{
	if (k == KNOB_MODEL) {
		struct vtok_error err = {0};
		const struct model *m = subject_named(reg, text, &err);

		if (!m)
			return refuse(error, "no model of that name; m lists them");
		if (!m->processor)
			return refuse(error, "a language model alone: it takes no images");
		request_model(r, m);
	} else if (k == KNOB_HARDWARE) {
		const struct hardware *h = registry_hardware(reg, text);

		if (!h)
			return refuse(error, "no hardware of that name; g lists it");
		r->setup.hardware = h;
	} else {
		const struct engine *e = registry_engine(reg, text);

		if (!e)
			return refuse(error, "no engine of that name");
		r->setup.engine = e;
	}
	return true;
}

bool knob_type(struct request *r, const struct registry *reg, enum knob k, const char *text,
	       char error[96])
{
	int64_t width, height;
	const char *fixed = knob_fixed(r, k);

	error[0] = '\0';
	if (fixed) {
		str_format(error, 96, "fixed: %s", fixed);
		return false;
	}
	switch (k) {
	case KNOB_MODEL:
	case KNOB_HARDWARE:
	case KNOB_ENGINE:
		return type_entry(r, reg, k, text, error);
	case KNOB_LENS:
		if (str_casecmp(text, "exact") != 0 && str_casecmp(text, "formula") != 0)
			return refuse(error, "expected exact or formula");
		r->setup.lens = str_casecmp(text, "exact") == 0 ? LENS_EXACT : LENS_FORMULA;
		return true;
	case KNOB_WEIGHTS:
		return type_dtype(&r->setup.weights, weight_types, ARRAY_SIZE(weight_types), text,
				  error);
	case KNOB_KV:
		return type_dtype(&r->setup.kv, kv_types, ARRAY_SIZE(kv_types), text, error);
	case KNOB_WIDTH:
	case KNOB_HEIGHT:
		if (size_name_parse(text, &width, &height)) {
			request_size(r, width, height);
			return true;
		}
		return type_number(r, k, text, error);
	case KNOB_IMAGES:
	case KNOB_GRID:
	case KNOB_MERGE:
	case KNOB_POOL:
	case KNOB_PATCH:
	case KNOB_CONTEXT:
	case KNOB_TEXT:
	case KNOB_RESERVE:
	case KNOB_TP:
		return type_number(r, k, text, error);
	case KNOB_N:
		break;
	}
	return false;
}

void knob_reset(struct request *r, const struct request *start, enum knob k)
{
	struct setup *s = &r->setup;

	switch (k) {
	case KNOB_MODEL:
		request_model(r, start->setup.model);
		break;
	case KNOB_LENS:
		s->lens = start->setup.lens;
		break;
	case KNOB_WIDTH:
	case KNOB_HEIGHT:
		request_size(r, start->setup.width, start->setup.height);
		break;
	case KNOB_IMAGES:
		set_number(r, k, start->setup.images);
		break;
	case KNOB_GRID:
		s->knobs.grid_k = 0;
		break;
	case KNOB_MERGE:
		s->knobs.merge = 0;
		break;
	case KNOB_POOL:
		s->knobs.pool = 0;
		break;
	case KNOB_PATCH:
		s->knobs.patch = 0;
		break;
	case KNOB_CONTEXT:
		s->context_limit = 0;
		break;
	case KNOB_TEXT:
		s->text_tokens = start->setup.text_tokens;
		break;
	case KNOB_RESERVE:
		s->reserve_tokens = start->setup.reserve_tokens;
		break;
	case KNOB_HARDWARE:
		s->hardware = start->setup.hardware;
		break;
	case KNOB_ENGINE:
		s->engine = start->setup.engine;
		break;
	case KNOB_TP:
		s->tensor_parallel = start->setup.tensor_parallel;
		break;
	case KNOB_WEIGHTS:
		s->weights = start->setup.weights;
		break;
	case KNOB_KV:
		s->kv = start->setup.kv;
		break;
	case KNOB_N:
		return;
	}
	r->freed &= ~(UINT32_C(1) << k);
}
