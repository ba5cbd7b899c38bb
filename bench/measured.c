/* From a line of measurements to a prediction.
 *
 * Names are people's, not ids: the longest run of words that the registry knows decides ("NVIDIA
 * DRIVE Thor" is drive-thor, "VLM 2B (InternVL2-2B class, presumed)" is internvl2-2b), so that
 * everything that maps is data in the INI files. Nothing here looks at the number of a row.
 *
 * Readings of the other columns:
 *   resolution  "336", "1920x1080", "1152 (AnyRes, 10 tiles of 384)", "dynamic (...)"; AnyRes
 *               without a number of tiles, or a side above the tower's own: (side / tile)^2 tiles
 *               and the overview
 *   hardware    "(24c GPU)", "38-core GPU": a device sold with fewer cores has as large a share of
 *               its rates
 *   precision   K-quants without a type of their own read as the nearest stored one that is larger
 *   tokens      per sequence, or over the batch where the notes say so
 *   notes       "tp=N", "ubatch N"; "nominal count" of an AnyRes model: the published count is that
 *               of a square, the model unpads, and the pictures of those data sets are 640x480:
 *               that count is used */
#include "bench/measured.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "core/count.h"

enum { WORDS = 16, PHOTO_W = 640, PHOTO_H = 480 };

static const double number_max =
	1e9; /* nothing that is measured is larger: tokens, pixels, milliseconds */

const char *const measured_columns[] = {
	"id",          "model", "vision_tower", "resolution", "visual_tokens",
	"text_tokens", "batch", "hardware",     "precision",  "engine",
	"metric",      "value", "notes",        NULL};

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
const void *measured_named(const struct registry *reg, enum registry_kind kind, const char *name)
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

bool measured_precision(const char *text, enum dtype *out)
{
	static const struct {
		const char *word;
		enum dtype type;
	} words[] = {
		{"nvfp4", DTYPE_FP4},
		{"mxfp4", DTYPE_MXFP4},
		{"awq", DTYPE_AWQ},
		{"w4", DTYPE_INT4},
		{"int4", DTYPE_INT4},
		{"fp8", DTYPE_FP8},
		{"bf16", DTYPE_BF16},
		{"fp16", DTYPE_FP16},
		{"f16", DTYPE_FP16},
		{"fp32", DTYPE_FP32},
		{"f32", DTYPE_FP32},
		{"fp4", DTYPE_FP4},
		{"q4_0", DTYPE_Q4_0},
		{"q4", DTYPE_Q4_K_M},
		{"q2_k", DTYPE_Q4_0},
		{"q3_k", DTYPE_Q4_0},
		{"q5", DTYPE_Q8_0},
		{"q6_k", DTYPE_Q8_0},
		{"q8", DTYPE_Q8_0},
		{"int8", DTYPE_INT8},
		{"w8", DTYPE_INT8},
		{"gptq", DTYPE_INT4},
		{"nf4", DTYPE_INT4},
		{"quantised",
		 DTYPE_FP16}, /* of a tower whose format is not given: it computes in 16 bit */
		{"quantized", DTYPE_FP16},
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_casestr(text, words[i].word) != NULL) {
			*out = words[i].type;
			return true;
		}
	return false;
}

/* That of the weights: what is said of the cache, between commas, is left out. */
static bool find_precision(const char *name, enum dtype *out)
{
	while (*name != '\0') {
		char part[64];
		size_t len = strcspn(name, ",;");

		snprintf(part, sizeof(part), "%.*s",
			 (int)(len < sizeof(part) ? len : sizeof(part) - 1), name);
		if (str_casestr(part, "kv") == NULL && measured_precision(part, out))
			return true;
		name += len + (name[len] != '\0');
	}
	return false;
}

/* A chip is sold with fewer cores than the registry's: "Apple M1 Max (24c GPU)", "76-core GPU".
 * Only where the registry counts the same cores. */
static void scale_cores(const char *name, const struct hardware *whole, struct hardware *out)
{
	const char *at = str_casestr(name, "c GPU");
	double cores = 0, share;

	*out = *whole;
	if (at == NULL)
		at = str_casestr(name, "-core GPU");
	if (at == NULL || whole->sms <= 0 || str_casecmp(whole->generation_id, "apple") != 0)
		return;
	while (at > name && isdigit((unsigned char)at[-1]))
		at--;
	cores = strtod(at, NULL);
	share = cores / whole->sms;
	if (!(share > 0) || share >= 1)
		return;
	out->sms = (int32_t)cores;
	out->fp32 *= share;
	out->fp16 *= share;
	out->bf16 *= share;
	out->fp16_acc16 *= share;
}

/* A field as a number; empty or "-" is 0. False: it is none, or an absurd one. */
static bool read_number(const struct csv *c, const char *column, double *out)
{
	char text[32];
	const char *field = csv_get(c, column);

	*out = 0;
	snprintf(text, sizeof(text), "%s", field);
	if (strlen(field) >= sizeof(text))
		return false;
	char *s = str_trim(text);

	if (*s == '\0' || strcmp(s, "-") == 0)
		return true;
	return str_num(s, out) && fabs(*out) <= number_max;
}

/* The number behind `key`, "tp=" or "ubatch "; 0 when it is not there. */
static double number_after(const char *text, const char *key)
{
	const char *at = str_casestr(text, key);

	double n = at != NULL ? strtod(at + strlen(key), NULL) : 0;

	return n > 0 && n <= number_max ? n : 0;
}

/* ------------------------------------------------------------------ pictures */

static const double side_max = 1e5; /* pixels */

struct picture {
	double width, height; /* pixels; 0 = not given */
	double tiles, side;   /* 0 = not given */
	bool anyres;
};

static double side_of(const char *text, char **end)
{
	double n = strtod(text, end);

	return n > 0 && n <= side_max ? n : 0;
}

static void read_picture(const char *text, struct picture *p)
{
	const char *tiles = str_casestr(text, " tiles of ");
	char *end;

	*p = (struct picture){.anyres = str_casestr(text, "anyres") != NULL};
	if (tiles != NULL) {
		const char *from = tiles;

		while (from > text && (isdigit((unsigned char)from[-1]) || from[-1] == '.'))
			from--;
		p->tiles = side_of(from, &end);
		p->side = side_of(tiles + strlen(" tiles of "), &end);
		if (from == text)
			return;
	}
	p->width = p->height = side_of(text, &end);
	while (*end == ' ')
		end++;
	if (*end == 'x' || *end == 'X')
		p->height = side_of(end + 1, &end);
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

	m->hardware = measured_named(reg, KIND_HARDWARE, csv_get(c, "hardware"));
	m->engine = job->engine = measured_named(reg, KIND_ENGINE, csv_get(c, "engine"));
	job->model = measured_named(reg, KIND_MODEL, model);
	if (m->hardware == NULL)
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
			     : measured_named(reg, KIND_TOWER, tower);
	return job->tower != NULL || no(m, "no such tower: ", tower);
}

static bool fill_tokens(const struct csv *c, struct prefill_job *job, struct measured *m)
{
	double visual, text;
	const char *notes = csv_get(c, "notes");
	const struct processor *rule = job->model != NULL ? job->model->processor : NULL;

	if (!read_number(c, "visual_tokens", &visual) || visual < 0)
		return no(m, "no number of visual tokens: ", csv_get(c, "visual_tokens"));
	if (!read_number(c, "text_tokens", &text)) /* negative: a part of the visual ones was cut */
		return no(m, "no number of text tokens: ", csv_get(c, "text_tokens"));
	if (rule != NULL && rule->pins_n > 0 && strstr(notes, "nominal count") != NULL) {
		struct count photo;

		count_image(rule, LENS_EXACT, NULL, PHOTO_W, PHOTO_H, &photo, NULL);
		if (!photo.refused)
			visual = fmin(visual, (double)photo.visual); /* less: tokens were pruned */
	}
	job->tokens = visual + text;
	if (strstr(notes, "over the batch") != NULL)
		job->tokens /= job->batch;
	if (job->tower != NULL) {
		struct picture p;

		read_picture(csv_get(c, "resolution"), &p);
		fill_vision(job, &p, visual);
		job->projected = job->model != NULL ? visual : 0;
	}
	return true;
}

static double seconds(const struct prefill_result *r)
{
	return cost_seconds(&r->fixed) + cost_seconds(&r->vision) + cost_seconds(&r->projector) +
	       cost_seconds(&r->llm);
}

/* Most publications leave out what the CPU does before the encoder; the notes say where one does
 * not. The file was not published: a JPEG is assumed. */
static void time_before(const struct csv *c, const struct prefill_job *job,
			struct preprocess_time *out)
{
	const struct processor *rule = job->model != NULL ? job->model->processor : NULL;
	struct picture p;

	*out = (struct preprocess_time){0};
	if (strstr(csv_get(c, "notes"), "includes CPU preprocessing") == NULL || rule == NULL ||
	    job->tower == NULL)
		return;
	read_picture(csv_get(c, "resolution"), &p);
	preprocess(
		&(struct preprocess_job){
			.decoder = job->engine->decoder,
			.kind = rule->preprocess,
			.way = job->engine->prepares,
			.threads = job->engine->cpu_threads,
			.images = job->batch,
			.in_mpx = p.width * p.height / 1e6,
			.out_mpx = job->sequences / job->batch * job->patches * job->tower->patch *
				   job->tower->patch / 1e6,
		},
		out);
}

bool measured_predict(const struct measured *m, const struct engine *engine, double *predicted,
		      double *low, double *high)
{
	struct prefill_job job = m->job;
	const struct preprocess_time *before = &m->before;
	struct prefill_result r;

	job.hardware = &m->device;
	job.engine = engine;
	prefill(&job, &r);
	double s = seconds(&r);

	if (r.reason != REASON_NONE || !isfinite(s) || !(s > 0))
		return false;
	if (strcmp(m->metric, "tokens_per_s") == 0) {
		*predicted = job.batch * job.tokens / s;
		*low = *predicted / r.high;
		*high = *predicted / r.low;
	} else {
		*predicted = 1e3 * (s + before->decode_s + before->processor_s);
		*low = 1e3 * (s * r.low + before->decode_low_s + before->processor_low_s);
		*high = 1e3 * (s * r.high + before->decode_high_s + before->processor_high_s);
	}
	return isfinite(*predicted);
}

double measured_ratio(const struct measured *m, double predicted)
{
	return strcmp(m->metric, "tokens_per_s") == 0 ? predicted / m->measured
						      : m->measured / predicted;
}

/* Why there is no prediction. */
static bool predict(struct measured *m)
{
	struct prefill_job job = m->job;
	struct prefill_result r;

	if (measured_predict(m, m->engine, &m->predicted, &m->low, &m->high))
		return true;
	job.hardware = &m->device;
	prefill(&job, &r);
	return no(m, reason_text(r.reason != REASON_NONE ? r.reason : REASON_ABSURD), "");
}

void measured_read(const struct registry *reg, const struct csv *c, struct measured *out)
{
	static const char *const metrics[] = {"vision_ms", "llm_ms", "ttft_ms", "prefill_ms",
					      "tokens_per_s"};
	struct prefill_job job = {.ranks = 1};
	bool known = false;

	*out = (struct measured){0};
	snprintf(out->id, sizeof(out->id), "%s", csv_get(c, "id"));
	snprintf(out->metric, sizeof(out->metric), "%s", csv_get(c, "metric"));
	snprintf(out->source, sizeof(out->source), "%s", csv_get(c, "source"));
	if (c->bad != NULL) {
		no(out, c->bad, "");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(metrics); i++)
		known = known || strcmp(out->metric, metrics[i]) == 0;
	if (!known) {
		no(out, "no such metric: ", out->metric);
		return;
	}
	if (!read_number(c, "value", &out->measured) || !(out->measured > 0)) {
		out->measured = 0;
		no(out, "no measured value: ", csv_get(c, "value"));
		return;
	}
	if (!read_number(c, "batch", &job.batch) || job.batch < 0) {
		no(out, "no number of sequences: ", csv_get(c, "batch"));
		return;
	}
	job.batch = fmax(1, job.batch);
	if (!find_all(reg, c, &job, out))
		return;
	scale_cores(csv_get(c, "hardware"), out->hardware, &out->device);
	job.ranks = fmax(1, floor(number_after(csv_get(c, "notes"), "tp=")));
	job.chunk = (int32_t)number_after(csv_get(c, "notes"), "ubatch ");
	if (!fill_tokens(c, &job, out))
		return;
	if (strcmp(out->metric, "vision_ms") == 0) {
		job.vision_only = true;
		job.tokens = 0;
		if (!(job.sequences > 0) || (!(job.patches > 0) && !job.tower->is_conv)) {
			no(out, "neither resolution nor visual tokens: ", "");
			return;
		}
	} else if (!(job.tokens > 0)) {
		no(out, "no tokens to prefill", "");
		return;
	}
	time_before(c, &job, &out->before);
	out->job = job;
	out->mapped = predict(out);
}
