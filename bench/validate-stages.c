/* The stages of a request, predicted against measured: validate-stages [-o csv] FILE.csv
 *
 * A line of the file is one model at one picture size on an eager engine (transformers, one H100
 * SXM, bf16, one picture); a column is the milliseconds of one stage: tests/data/measured/README.md
 * says how each was taken. A stage whose column the file
 * does not have is not asked for; an empty cell was not measured (status unstated); a model that
 * the registry does not know is unmapped. Prints every prediction, then median, 90th percentile and
 * the share inside the printed range, stage by stage. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "bench/csv.h"
#include "bench/figures.h"
#include "core/estimate.h"
#include "registry/registry.h"

static const char engine_id[] = "transformers", hardware_id[] = "h100-sxm";

/* Seconds, and the 10th and 90th percentile of what may be measured. */
struct forecast {
	double s, low_s, high_s;
};

/* ------------------------------------------------------------------ stages */

/* The setup counts its picture; its way of preparing is overridden. */
static enum reason time_before(const struct setup *row, enum preprocess_way way, int32_t threads,
			       struct preprocess_time *out)
{
	struct setup s = *row;
	struct estimate e;

	s.preprocess = way;
	s.cpu_threads = threads;
	enum reason why = estimate_tokens(&s, &e);

	return why != REASON_NONE ? why : estimate_preprocess(&s, &e, out);
}

static enum reason predict_decode(const struct setup *s, struct forecast *out)
{
	struct preprocess_time t;
	enum reason why = time_before(s, PREPROCESS_FAST, 0, &t);

	*out = (struct forecast){t.decode_s, t.decode_low_s, t.decode_high_s};
	return why;
}

static enum reason predict_processor(const struct setup *s, enum preprocess_way way,
				     int32_t threads, struct forecast *out)
{
	struct preprocess_time t;
	enum reason why = time_before(s, way, threads, &t);

	*out = (struct forecast){t.processor_s, t.processor_low_s, t.processor_high_s};
	return why;
}

static enum reason predict_cpu1(const struct setup *s, struct forecast *out)
{
	return predict_processor(s, PREPROCESS_FAST, 1, out);
}

static enum reason predict_cpu8(const struct setup *s, struct forecast *out)
{
	return predict_processor(s, PREPROCESS_FAST, 8, out);
}

static enum reason predict_gpu(const struct setup *s, struct forecast *out)
{
	return predict_processor(s, PREPROCESS_GPU, 0, out);
}

/* A part as large a share of the range as of the sum. */
static void share_range(const struct estimate *e, double s, struct forecast *out)
{
	*out = (struct forecast){s, s * e->prefill.low_s / e->prefill.ttft_s,
				 s * e->prefill.high_s / e->prefill.ttft_s};
}

static enum reason whole(const struct setup *s, struct estimate *e)
{
	struct setup with_tower = *s;

	if (s->model->tower == NULL)
		return REASON_NO_TOWER;
	estimate(&with_tower, e);
	return e->prefill.reason == NULL ? REASON_NONE : REASON_NO_PROFILE;
}

/* Patch mergers are a part of the tower in that library; other projectors were not measured. */
static enum reason predict_vision(const struct setup *s, struct forecast *out)
{
	struct estimate e;
	enum reason why = whole(s, &e);

	if (why == REASON_NONE)
		share_range(&e,
			    e.prefill.vision.seconds + (s->model->tower->reads_lengths
								? e.prefill.projector.seconds
								: 0),
			    out);
	return why;
}

static enum reason predict_llm(const struct setup *s, struct forecast *out)
{
	struct estimate e;
	enum reason why = whole(s, &e);

	if (why == REASON_NONE)
		share_range(&e, e.prefill.llm.seconds, out);
	return why;
}

static enum reason predict_ttft(const struct setup *s, struct forecast *out)
{
	struct estimate e;
	enum reason why = whole(s, &e);

	if (why == REASON_NONE)
		share_range(&e, e.prefill.ttft_s, out);
	return why;
}

static const struct stage {
	const char *name, *column; /* of milliseconds */
	/* With another reason than REASON_NONE *out means nothing. */
	enum reason (*predict)(const struct setup *s, struct forecast *out);
} stages[] = {
	{"decode", "decode_ms", predict_decode},
	{"processor-cpu1", "processor_cpu1_ms", predict_cpu1},
	{"processor-cpu8", "processor_cpu8_ms", predict_cpu8},
	{"processor-gpu", "processor_gpu_ms", predict_gpu},
	{"vision", "vision_ms", predict_vision},
	{"llm", "llm_ms", predict_llm},
	{"ttft", "ttft_wall_ms", predict_ttft},
};

/* ------------------------------------------------------------------ rows */

enum status { STATUS_OK, STATUS_UNMAPPED, STATUS_UNSTATED };
static const char *const status_names[] = {"ok", "unmapped", "unstated"};

struct result {
	char id[96]; /* model@WxH:stage */
	size_t stage;
	enum status status;
	double measured;             /* milliseconds, 0 = not stated */
	double predicted, low, high; /* milliseconds, STATUS_OK alone */
	const char *why;             /* STATUS_UNMAPPED */
};

static bool read_number(const struct csv *c, const char *column, double least, double most,
			double *out)
{
	return csv_has(c, column) && str_num(csv_get(c, column), out) && *out >= least &&
	       *out <= most;
}

/* NULL, or what is wrong with the line. */
static const char *read_setup(const struct registry *reg, const struct csv *c, struct setup *s)
{
	double width, height, text = 0, bytes = 0;

	*s = (struct setup){
		.model = registry_model(reg, csv_get(c, "model")),
		.hardware = registry_hardware(reg, hardware_id),
		.engine = registry_engine(reg, engine_id),
		.images = 1,
		.tensor_parallel = 1,
		.weights = DTYPE_BF16,
		.kv = DTYPE_BF16,
		.file_format = IMAGE_JPEG,
	};
	if (c->bad != NULL)
		return c->bad;
	if (s->model == NULL || s->model->processor == NULL)
		return "no such model that takes pictures";
	if (s->hardware == NULL || s->engine == NULL)
		return "the registry lacks the device or the engine";
	if (!read_number(c, "width", 1, 1e6, &width) || !read_number(c, "height", 1, 1e6, &height))
		return "width and height must be 1 to 1000000 pixels";
	if (!read_number(c, "text_tokens", 0, 1e6, &text))
		text = 0;
	if (!read_number(c, "jpeg_bytes", 0, 1e12, &bytes))
		bytes = 0;
	s->width = (int64_t)width;
	s->height = (int64_t)height;
	s->text_tokens = (int64_t)text;
	s->file_bytes = (int64_t)bytes;
	return NULL;
}

static void forecast_stage(const struct setup *s, const char *wrong, struct result *r)
{
	struct forecast f = {0};
	enum reason why;

	r->why = wrong;
	if (wrong == NULL) {
		why = stages[r->stage].predict(s, &f);
		r->why = reason_text(why);
	}
	if (r->why == NULL && !(isfinite(f.s) && f.s > 0))
		r->why = reason_text(REASON_ABSURD);
	r->status = r->why != NULL    ? STATUS_UNMAPPED
		    : r->measured > 0 ? STATUS_OK
				      : STATUS_UNSTATED;
	r->predicted = 1e3 * f.s;
	r->low = 1e3 * f.low_s;
	r->high = 1e3 * f.high_s;
}

/* All results of one line; returns how many. */
static size_t read_line(const struct registry *reg, const struct csv *c, struct result *out)
{
	struct setup s;
	const char *wrong = read_setup(reg, c, &s);
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(stages); i++) {
		if (!csv_has(c, stages[i].column))
			continue;
		struct result *r = &out[n++];

		*r = (struct result){.stage = i};
		snprintf(r->id, sizeof(r->id), "%.40s@%.12sx%.12s:%s", csv_get(c, "model"),
			 csv_get(c, "width"), csv_get(c, "height"), stages[i].name);
		str_clean(r->id);
		if (!read_number(c, stages[i].column, 0, 1e9, &r->measured))
			r->measured = 0;
		forecast_stage(&s, wrong, r);
	}
	return n;
}

/* The caller's to free; NULL: no memory, or no rows. */
static struct result *read_all(const struct registry *reg, struct csv *csv, size_t *n)
{
	struct result *all = NULL;
	size_t room = 0;

	*n = 0;
	while (csv_next(csv)) {
		if (*n + ARRAY_SIZE(stages) > room) {
			room = 2 * room + 256;
			struct result *more = realloc(all, room * sizeof(*all));

			if (more == NULL) {
				free(all);
				return NULL;
			}
			all = more;
		}
		*n += read_line(reg, csv, &all[*n]);
	}
	return all;
}

/* ------------------------------------------------------------------ what is printed */

static bool inside(const struct result *r)
{
	return r->measured >= r->low && r->measured <= r->high;
}

static double error_of(const struct result *r)
{
	return fabs(r->predicted / r->measured - 1);
}

static void print_csv(const struct result *all, size_t n)
{
	puts("id,status,predicted,measured,low,high");
	for (size_t i = 0; i < n; i++) {
		const struct result *r = &all[i];

		figures_put_cell(r->id);
		printf(",%s,", status_names[r->status]);
		if (r->status != STATUS_UNMAPPED)
			printf("%.6g", r->predicted);
		putchar(',');
		if (r->measured > 0)
			printf("%.6g", r->measured);
		if (r->status != STATUS_UNMAPPED)
			printf(",%.6g,%.6g\n", r->low, r->high);
		else
			puts(",,");
	}
}

static void print_table(const struct result *all, size_t n)
{
	printf("%-46s %11s %11s %10s  %s\n", "id", "predicted", "measured", "error", "range");
	for (size_t i = 0; i < n; i++) {
		const struct result *r = &all[i];

		if (r->status == STATUS_OK)
			printf("%-46s %11.4g %11.4g %+8.1f %%  %s\n", r->id, r->predicted,
			       r->measured, 100 * (r->predicted / r->measured - 1),
			       inside(r) ? "inside" : "outside");
		else if (r->status == STATUS_UNSTATED)
			printf("%-46s %11.4g %11s %10s  unstated\n", r->id, r->predicted, "", "");
		else
			printf("%-46s %11s %11s %10s  %s\n", r->id, "", "", "", r->why);
	}
}

/* One line: rows of `stage`, or of all where it is ARRAY_SIZE(stages). errors: room for n. */
static void print_summary(FILE *to, const struct result *all, size_t n, size_t stage,
			  double *errors)
{
	bool any = stage == ARRAY_SIZE(stages);
	size_t used = 0, covered = 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].status == STATUS_OK && (any || all[i].stage == stage)) {
			errors[used++] = error_of(&all[i]);
			covered += inside(&all[i]);
		}
	if (used > 0)
		fprintf(to, "%-16s %5zu %8.1f %% %8.1f %% %8.0f %%\n",
			any ? "all stages" : stages[stage].name, used,
			100 * figures_quantile(errors, used, 0.5),
			100 * figures_quantile(errors, used, 0.9),
			100 * (double)covered / (double)used);
}

static bool print_summaries(FILE *to, const struct result *all, size_t n)
{
	double *errors = calloc(n > 0 ? n : 1, sizeof(*errors));
	size_t unmapped = 0, unstated = 0;

	if (errors == NULL)
		return false;
	fprintf(to, "\n%-16s %5s %10s %10s %10s\n", "stage", "rows", "median", "p90", "in range");
	for (size_t i = 0; i <= ARRAY_SIZE(stages); i++)
		print_summary(to, all, n, i, errors);
	for (size_t i = 0; i < n; i++) {
		unmapped += all[i].status == STATUS_UNMAPPED;
		unstated += all[i].status == STATUS_UNSTATED;
	}
	fprintf(to, "\nnot measured: %zu; not mapped: %zu\n", unstated, unmapped);
	for (size_t i = 0; i < n; i++)
		if (all[i].status == STATUS_UNMAPPED)
			fprintf(to, "%s: %s\n", all[i].id, all[i].why);
	free(errors);
	return true;
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "validate-stages: %s%s\n", what, why);
	return 1;
}

/* What the header lacks; NULL: nothing. */
static const char *missing_column(const struct csv *csv)
{
	static const char *const columns[] = {"model", "width", "height"};

	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		if (!csv_has(csv, columns[i]))
			return columns[i];
	for (size_t i = 0; i < ARRAY_SIZE(stages); i++)
		if (csv_has(csv, stages[i].column))
			return NULL;
	return stages[0].column;
}

static int validate(struct csv *csv, bool as_csv)
{
	struct registry reg;
	struct vtok_error err = {0};
	size_t n;

	if (!registry_init(&reg, &err)) {
		fprintf(stderr, "validate-stages: %s\n", err.text);
		return 3;
	}
	struct result *all = read_all(&reg, csv, &n);
	bool printed = all != NULL;

	if (all != NULL && as_csv)
		print_csv(all, n);
	else if (all != NULL)
		print_table(all, n);
	if (all != NULL)
		printed = print_summaries(as_csv ? stderr : stdout, all, n);
	free(all);
	registry_fini(&reg);
	return printed ? 0 : fail("no rows", "");
}

int main(int argc, char **argv)
{
	static struct csv csv;
	bool as_csv = argc == 4 && strcmp(argv[1], "-o") == 0 && strcmp(argv[2], "csv") == 0;

	if (argc != 2 && !as_csv) {
		fputs("usage: validate-stages [-o csv] FILE.csv\n", stderr);
		return 2;
	}
	FILE *file = fopen(argv[argc - 1], "r");

	if (file == NULL)
		return fail("cannot read ", argv[argc - 1]);
	bool opened = csv_open(&csv, file);
	const char *missing = opened ? missing_column(&csv) : NULL;
	int code;

	if (!opened)
		code = fail("no header: ", csv.bad != NULL ? csv.bad : "the file is empty");
	else if (missing != NULL)
		code = fail("the header has no column ", missing);
	else
		code = validate(&csv, as_csv);
	fclose(file);
	return code;
}
