/* From a line of measurements to a prediction.
 *
 * Names are people's, not ids: the longest run of words that the registry knows decides ("NVIDIA DRIVE Thor" is
 * drive-thor, "VLM 2B (InternVL2-2B class, presumed)" is internvl2-2b), so that everything that maps is data in the INI
 * files. Nothing here looks at the number of a row.
 *
 * Readings of the other columns:
 *   resolution  "336", "1920x1080", "1152 (AnyRes, 10 tiles of 384)", "dynamic (...)"; AnyRes without a number of
 *               tiles, or a side above the tower's own: (side / tile)^2 tiles and the overview
 *   tokens      per sequence, or over the batch where the notes say so
 *   notes       "tp=N", "ubatch N"; "nominal count" of an AnyRes model: the published count is that of a square, the
 *               model unpads, and the pictures of those data sets are 640x480: that count is used */
#include "bench/measured.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"

enum { WORDS = 16, PHOTO_W = 640, PHOTO_H = 480 };

/* ------------------------------------------------------------------ names */

struct words {
	size_t n;
	char text[WORDS][40];
};

static void cut_words(const char *name, struct words *w)
{
	size_t len = 0;

	w->n = 0;
	for (; w->n < WORDS; name++) {
		unsigned char ch = (unsigned char)*name;

		if (isalnum(ch) || (ch == '.' && len > 0)) {
			if (len + 1 < sizeof(w->text[0]))
				w->text[w->n][len++] = (char)tolower(ch);
		} else if (len > 0) {
			w->text[w->n++][len] = '\0';
			len = 0;
		}
		if (ch == '\0')
			break;
	}
}

/* The entry that the longest run of words names. */
static const void *find_named(const struct registry *reg, enum registry_kind kind, const char *name)
{
	struct words w;

	cut_words(name, &w);
	for (size_t n = w.n; n > 0; n--)
		for (size_t at = 0; at + n <= w.n; at++) {
			char id[WORDS * 40] = "";
			const void *entry;

			for (size_t i = 0; i < n; i++) {
				if (i > 0)
					strncat(id, "-", sizeof(id) - strlen(id) - 1);
				strncat(id, w.text[at + i], sizeof(id) - strlen(id) - 1);
			}
			entry = registry_find(reg, kind, id);
			if (entry != NULL)
				return entry;
		}
	return NULL;
}

static bool find_precision(const char *name, enum dtype *out)
{
	static const struct {
		const char *word;
		enum dtype type;
	} words[] = {
		{"nvfp4", DTYPE_FP4},      {"mxfp4", DTYPE_MXFP4}, {"awq", DTYPE_AWQ},
		{"w4", DTYPE_INT4},        {"int4", DTYPE_INT4},   {"fp8", DTYPE_FP8},
		{"bf16", DTYPE_BF16},      {"fp16", DTYPE_FP16},   {"f16", DTYPE_FP16},
		{"q8_0", DTYPE_Q8_0},      {"q4_0", DTYPE_Q4_0},   {"q4_k_m", DTYPE_Q4_K_M},
		{"int8", DTYPE_INT8},      {"fp4", DTYPE_FP4},     {"fp32", DTYPE_FP32},
		{"quantised", DTYPE_FP16}, /* of a tower whose format is not given: it computes in 16 bit */
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_casestr(name, words[i].word) != NULL) {
			*out = words[i].type;
			return true;
		}
	return false;
}

/* The number behind `key`, "tp=" or "ubatch "; 0 when it is not there. */
static double number_after(const char *text, const char *key)
{
	const char *at = str_casestr(text, key);

	return at != NULL ? strtod(at + strlen(key), NULL) : 0;
}

/* ------------------------------------------------------------------ pictures */

struct picture {
	double width, height; /* pixels; 0 = not given */
	double tiles, side;   /* 0 = not given */
	bool anyres;
};

static void read_picture(const char *text, struct picture *p)
{
	const char *tiles = strstr(text, "tiles of ");
	char *end;

	*p = (struct picture){.anyres = strstr(text, "AnyRes") != NULL};
	if (tiles != NULL) {
		const char *from = tiles - 1;

		while (from > text && (isdigit((unsigned char)from[-1]) || from[-1] == '.'))
			from--;
		p->tiles = strtod(from, NULL);
		p->side = strtod(tiles + strlen("tiles of "), NULL);
		if (from == text)
			return;
	}
	p->width = p->height = strtod(text, &end);
	if (*end == 'x')
		p->height = strtod(end + 1, NULL);
}

/* Tower inputs and their length. */
static void fill_vision(struct prefill_job *job, const struct picture *p, double visual)
{
	const struct tower *t = job->tower;
	const struct processor *rule = job->model != NULL ? job->model->processor : NULL;
	double own = 0, side;
	bool class_token = false;

	if (t->positions > 0 && t->patch > 0) {
		double grid = floor(sqrt(t->positions));

		own = grid * t->patch;
		class_token = grid * grid < t->positions;
	}
	if (!t->is_conv && t->positions == 0) { /* native resolution: one sequence per image */
		double merge = rule != NULL && rule->merge > 0 ? rule->merge : 2;

		job->sequences = job->batch;
		job->patches = visual * merge * merge / job->batch;
		return;
	}
	side = p->side > 0 ? p->side : p->width > 0 ? p->width : own;
	job->sequences = p->tiles > 0 ? p->tiles : 1;
	if (p->tiles <= 0 && own > 0 && p->width > own &&
	    (p->anyres || (rule != NULL && rule->pins_n > 0))) {
		side = own;
		job->sequences = pow(ceil(p->width / own), 2) + 1;
	}
	if (!(p->tiles > 0))
		job->sequences *= job->batch;
	job->tile_mpx = side * side / 1e6;
	if (t->patch > 0)
		job->patches = pow(floor(side / t->patch), 2) + class_token;
}

/* ------------------------------------------------------------------ the row */

static bool no(struct measured *m, const char *why, const char *what)
{
	snprintf(m->why, sizeof(m->why), "%s%.44s", why, what);
	return false;
}

static bool is_none(const char *text)
{
	return *text == '\0' || strcmp(text, "-") == 0 || strcmp(text, "none") == 0;
}

static bool find_all(const struct registry *reg, const struct csv *c, struct prefill_job *job,
		     struct measured *m)
{
	bool llm = strcmp(m->metric, "vision_ms") != 0, vision = strcmp(m->metric, "llm_ms") != 0;
	const char *tower = csv_get(c, "vision_tower"), *model = csv_get(c, "model");

	m->hardware = job->hardware = find_named(reg, KIND_HARDWARE, csv_get(c, "hardware"));
	m->engine = job->engine = find_named(reg, KIND_ENGINE, csv_get(c, "engine"));
	job->model = find_named(reg, KIND_MODEL, model);
	if (job->hardware == NULL)
		return no(m, "no such hardware: ", csv_get(c, "hardware"));
	if (job->engine == NULL)
		return no(m, "no such engine: ", csv_get(c, "engine"));
	if (!find_precision(csv_get(c, "precision"), &job->weights))
		return no(m, "no such precision: ", csv_get(c, "precision"));
	if (llm && job->model == NULL)
		return no(m, "the dimensions of this model are not known: ", model);
	if (!vision || is_none(tower))
		return true;
	job->tower = job->model != NULL && job->model->tower != NULL
			     ? job->model->tower
			     : find_named(reg, KIND_TOWER, tower);
	return job->tower != NULL || no(m, "no such tower: ", tower);
}

static void fill_tokens(const struct csv *c, struct prefill_job *job)
{
	double visual = strtod(csv_get(c, "visual_tokens"), NULL),
	       text = strtod(csv_get(c, "text_tokens"), NULL);
	const char *notes = csv_get(c, "notes");
	const struct processor *rule = job->model != NULL ? job->model->processor : NULL;

	if (rule != NULL && rule->pins_n > 0 && strstr(notes, "nominal count") != NULL) {
		struct count photo;

		count_image(rule, LENS_EXACT, NULL, PHOTO_W, PHOTO_H, &photo, NULL);
		if (!photo.refused)
			visual = (double)photo.visual;
	}
	job->tokens = visual + text;
	if (strstr(notes, "over the batch") != NULL)
		job->tokens /= job->batch;
	if (job->tower != NULL) {
		struct picture p;

		read_picture(csv_get(c, "resolution"), &p);
		fill_vision(job, &p, visual);
		job->projected = job->model != NULL ? visual : 0;
		job->image_mpx = p.width * p.height / 1e6;
	}
}

static double seconds(const struct prefill_result *r)
{
	return cost_seconds(&r->fixed) + cost_seconds(&r->preprocess) + cost_seconds(&r->vision) +
	       cost_seconds(&r->projector) + cost_seconds(&r->llm);
}

static bool predict(const struct prefill_job *job, struct measured *m)
{
	struct prefill_result r;

	prefill(job, &r);
	if (r.reason != REASON_NONE)
		return no(m, reason_text(r.reason), "");
	double s = seconds(&r);

	if (strcmp(m->metric, "tokens_per_s") == 0) {
		m->predicted = job->batch * job->tokens / s;
		m->low = m->predicted / r.high;
		m->high = m->predicted / r.low;
	} else {
		m->predicted = 1e3 * s;
		m->low = m->predicted * r.low;
		m->high = m->predicted * r.high;
	}
	return isfinite(m->predicted) && m->predicted > 0 ? true
							  : no(m, reason_text(REASON_ABSURD), "");
}

void measured_read(const struct registry *reg, const struct csv *c, struct measured *out)
{
	static const char *const metrics[] = {"vision_ms", "llm_ms", "ttft_ms", "prefill_ms",
					      "tokens_per_s"};
	struct prefill_job job = {.ranks = 1};
	bool known = false;

	*out = (struct measured){.measured = strtod(csv_get(c, "value"), NULL)};
	snprintf(out->id, sizeof(out->id), "%s", csv_get(c, "id"));
	snprintf(out->metric, sizeof(out->metric), "%s", csv_get(c, "metric"));
	for (size_t i = 0; i < ARRAY_SIZE(metrics); i++)
		known = known || strcmp(out->metric, metrics[i]) == 0;
	if (!known || !(out->measured > 0)) {
		no(out, "no such metric, or no measured value: ", out->metric);
		return;
	}
	job.batch = fmax(1, strtod(csv_get(c, "batch"), NULL));
	if (!find_all(reg, c, &job, out))
		return;
	if (number_after(csv_get(c, "notes"), "tp=") > 1)
		job.ranks = number_after(csv_get(c, "notes"), "tp=");
	job.chunk = (int32_t)fmin(1e6, fmax(0, number_after(csv_get(c, "notes"), "ubatch ")));
	fill_tokens(c, &job);
	if (strcmp(out->metric, "vision_ms") == 0) {
		job.vision_only = true;
		job.tokens = 0;
	}
	out->mapped = predict(&job, out);
}
