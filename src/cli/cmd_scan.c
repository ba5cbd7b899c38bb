/* vtok scan: what a data set costs, as a report or as a partial that merges. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/hash.h"
#include "base/str.h"
#include "cli/budget.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/scan_merge.h"
#include "cli/scan_report.h"
#include "cli/scan_run.h"
#include "core/estimate.h"
#include "core/price.h"
#include "registry/registry.h"
#include "registry/schema.h"

/* ------------------------------------------------------------ what changes a result */

static uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}

static uint64_t hash_number(uint64_t hash, int64_t n)
{
	char text[STR_NUMBER];

	return hash_text(hash, str_decimal(text, n));
}

/* The keys of a section that are for people change nothing. */
static uint64_t hash_section(uint64_t hash, const struct schema *s, const void *entry)
{
	static const char quiet[] = "source unverified note name aliases";
	char value[4096];

	for (size_t i = 0; entry && i < s->n; i++) {
		if (str_has_word(quiet, s->fields[i].key))
			continue;
		hash = hash_text(hash, s->fields[i].key);
		hash = hash_text(hash, schema_text(&s->fields[i], entry, value, sizeof(value)));
	}
	return hash;
}

static uint64_t hash_costs(uint64_t hash, const struct setup *s)
{
	hash = hash_section(hash, &schema_model, s->model);
	hash = hash_section(hash, &schema_tower, s->model ? s->model->tower : NULL);
	hash = hash_section(hash, &schema_hardware, s->hardware);
	hash = hash_section(hash, &schema_engine, s->engine);
	const int64_t numbers[] = {s->engine_version,
				   s->kv,
				   s->weights,
				   s->preprocess,
				   s->cpu_threads,
				   s->tensor_parallel,
				   s->images,
				   s->text_tokens,
				   s->reserve_tokens,
				   s->context_limit,
				   s->max_batched_tokens};
	for (size_t n = 0; n < ARRAY_SIZE(numbers); n++)
		hash = hash_number(hash, numbers[n]);
	return hash;
}

static uint64_t hash_options(const struct scan_job *j, size_t i, const struct options *o)
{
	const struct target *t = &j->targets.list[i];
	const struct setup *s = &j->setups[i];
	const struct knobs *k = &s->knobs;
	const int64_t numbers[] = {s->lens,       k->patch,
				   k->merge,      k->pool,
				   k->grid_k,     k->min_pixels,
				   k->max_pixels, k->max_tokens,
				   k->detail,     k->media,
				   k->images,     t->turning.turns,
				   j->swaps,      (int64_t)j->shape.top};
	uint64_t hash = hash_text(HASH_START, target_vendor(t) ? "hosted" : "open");

	hash = hash_section(hash, target_vendor(t) ? &schema_hosted : &schema_processor,
			    t->processor);
	for (size_t n = 0; n < ARRAY_SIZE(numbers); n++)
		hash = hash_number(hash, numbers[n]);
	hash = hash_text(hash, o->rules);
	for (size_t c = 0; c < j->shape.caps; c++)
		hash = hash_text(hash, j->caps[c].text);
	return j->shape.has_costs ? hash_costs(hash, s) : hash;
}

static struct partial *make_heads(const struct scan_job *j, const struct options *o)
{
	struct partial *heads = calloc(j->targets.n + 1, sizeof(*heads));

	for (size_t i = 0; heads && i < j->targets.n; i++) {
		struct partial *p = &heads[i];

		str_format(p->version, sizeof(p->version), "%s", PACKAGE_VERSION);
		str_format(p->model, sizeof(p->model), "%s", j->targets.list[i].name);
		str_format(p->options, sizeof(p->options), "%016llx",
			   (unsigned long long)hash_options(j, i, o));
		str_format(p->part, sizeof(p->part), "%s", o->part ? o->part : "");
		for (size_t c = 0; c < j->shape.caps; c++)
			str_format(p->caps[c], PARTIAL_WORD, "%s", j->caps[c].text);
	}
	return heads;
}

/* ------------------------------------------------------------ what is known beside */

/* Tokens of an image that leave the rest within a share of the context; -1 = none is known. */
static int64_t within(const struct setup *of, double share)
{
	struct setup s = *of;
	struct estimate e;

	s.width = s.height = 64;
	estimate_steps(&s, 0, &e);
	if (e.context.limit <= 0)
		return -1;
	int64_t left =
		(int64_t)((double)e.context.limit * share) - s.text_tokens - s.reserve_tokens;

	return left < 0 ? 0 : left / (s.images > 0 ? s.images : 1);
}

/* Images of more tokens are over what --max-tokens, --max-share or the context allow. */
static void set_limits(const struct setup *s, const struct scan_gates *g, struct scan_subject *out)
{
	out->share = within(s, g->share > 0 ? g->share : 1);
	out->limit = g->tokens ? g->tokens : out->share;
}

static double price_of(const struct setup *s)
{
	struct price_rates rates = price_rates(s->model ? s->model->price : NULL, 0);
	double usd = s->price_usd > 0 ? s->price_usd : rates.image > 0 ? rates.image : rates.input;

	return usd > 0 ? usd : -1;
}

/* A partial's model is looked up as -m would be; one that is not known here has no limit. False:
 * memory is short. */
static bool know(const char *model, const struct options *o, const struct registry *r,
		 const struct scan_gates *g, struct scan_subject *out)
{
	struct options own = *o;
	struct vtok_error err = {0};
	struct scan_job j;

	own.models = (struct text_list){.items = &model, .n = 1};
	own.caps.n = 0;
	own.estimate = false;
	out->limit = g->tokens ? g->tokens : -1;
	out->share = -1;
	out->usd_million = o->price_usd > 0 ? o->price_usd : -1;
	if (scan_job_init(&j, &own, r, &err)) {
		set_limits(&j.setups[0], g, out);
		out->usd_million = price_of(&j.setups[0]);
	}
	scan_job_fini(&j);
	return !err.is_memory;
}

/* ------------------------------------------------------------ results */

static bool put_partials(const struct partial *list, size_t n, struct out *o)
{
	struct strbuf text;
	bool fine = true;

	strbuf_init(&text);
	for (size_t i = 0; fine && i < n; i++) {
		fine = partial_write(&list[i], &text);
		strbuf_putc(&text, '\n');
	}
	fine = fine && strbuf_ok(&text);
	if (fine)
		out_long(o, strbuf_text(&text), text.len);
	strbuf_fini(&text);
	return fine;
}

static bool has_errors(const struct partial *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].tally.sum.refused || list[i].tally.sum.failed)
			return true;
	return false;
}

/* --errors, or what is usual: a partial is not judged, the report is. */
static int code_of(const struct options *o, const struct partial *list, size_t n)
{
	bool judges = o->errors ? o->errors == 1 : !o->partial;

	return judges && has_errors(list, n) ? VTOK_E_INPUT : VTOK_OK;
}

static int finish(const struct options *o, const struct partial *list, size_t n,
		  const struct scan_subject *subjects, const struct scan_gates *g)
{
	struct vtok_error err = {0};
	struct out out;
	int code = code_of(o, list, n);

	if (!out_init(&out, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	out.is_ascii = cli_ascii(o);
	bool fine = o->partial ? put_partials(list, n, &out) : scan_report(subjects, n, o, &out);
	if (!fine)
		out_no_memory(&out);
	for (size_t i = 0; fine && !o->partial && i < n; i++) {
		const char *why = scan_gate(&subjects[i], g);

		if (why)
			cli_note("%s: %s", list[i].model, why);
		code = why ? VTOK_E_INPUT : code;
	}
	code = out_finish(&out, code);
	out_fini(&out);
	return code;
}

static bool read_gates(const struct options *o, struct scan_gates *g, struct vtok_error *err)
{
	*g = (struct scan_gates){.tokens = o->max_tokens, .usd_1000 = o->budget_price};
	return !o->max_share || budget_share(o->max_share, &g->share, err) ||
	       error_prefix(err, "--max-share");
}

/* ------------------------------------------------------------ scan */

static int report_scan(const struct options *o, const struct scan_job *j, struct partial *heads,
		       const struct scan_done *done, const struct scan_gates *g)
{
	size_t n = j->targets.n;
	struct scan_subject *subjects = calloc(n, sizeof(*subjects));
	struct vtok_error err = {0};

	if (!subjects) {
		error_memory(&err);
		return cli_fail(&err);
	}
	for (size_t i = 0; i < n; i++) {
		heads[i].tally = done->all.sets[i]; /* borrowed */
		subjects[i] = (struct scan_subject){.partial = &heads[i],
						    .usd_million = price_of(&j->setups[i])};
		set_limits(&j->setups[i], g, &subjects[i]);
	}
	int code = finish(o, heads, n, subjects, g);
	free(subjects);
	return code;
}

/* A partial says that it is complete, so that an interrupted one is not written. */
static int interrupted(const struct options *o)
{
	if (o->resume)
		cli_note("interrupted; the same command goes on from %s", o->resume);
	else
		cli_note("interrupted: this is what was done until then; --resume FILE makes a "
			 "scan that can be gone on with");
	return VTOK_E_INPUT;
}

static int run(const struct options *o, const struct scan_job *j, struct partial *heads,
	       const struct scan_gates *g)
{
	struct vtok_error err = {0};
	struct scan_done done;
	const struct scan_order order = {.job = j,
					 .inputs = o->inputs.items,
					 .n = o->inputs.n,
					 .is_null = o->null,
					 .jobs = options_jobs(o),
					 .resume = o->resume,
					 .heads = heads};

	if (!scan_run(&order, &done, &err))
		return cli_fail(&err);
	int code = done.is_interrupted && o->partial ? VTOK_OK : report_scan(o, j, heads, &done, g);
	if (done.is_interrupted)
		code = interrupted(o);
	scan_done_fini(&done);
	return code;
}

static int scan(const struct options *o, const struct registry *r, const struct scan_gates *g)
{
	struct vtok_error err = {0};
	struct partial *heads = NULL;
	struct scan_job j;
	int code;

	if (!scan_job_init(&j, o, r, &err))
		code = cli_fail(&err);
	else if (!(heads = make_heads(&j, o)))
		code = (error_memory(&err), cli_fail(&err));
	else
		code = run(o, &j, heads, g);
	free(heads);
	scan_job_fini(&j);
	return code;
}

/* ------------------------------------------------------------ merge */

static int merge(const struct options *o, const struct registry *r, const struct scan_gates *g)
{
	struct vtok_error err = {0};
	struct scan_merge m;
	int code;

	if (!scan_merge(&m, o->inputs.items, o->inputs.n, &err))
		return cli_fail(&err);
	struct scan_subject *subjects = calloc(m.n + 1, sizeof(*subjects));
	bool fine = subjects != NULL;
	for (size_t i = 0; fine && i < m.n; i++) {
		fine = know(m.list[i].model, o, r, g, &subjects[i]);
		subjects[i].partial = &m.list[i];
	}
	code = fine ? finish(o, m.list, m.n, subjects, g) : (error_memory(&err), cli_fail(&err));
	free(subjects);
	scan_merge_fini(&m);
	return code;
}

static bool sense(const struct options *o, struct vtok_error *err)
{
	if (!o->inputs.n)
		return error_set(err, VTOK_E_USAGE,
				 o->merge
					 ? "scan: no partials; name their files, or - for "
					   "standard input"
					 : "scan: no input; name folders or files, or - for a list "
					   "on standard input");
	if (o->part && !o->partial)
		return error_set(err, VTOK_E_USAGE,
				 "--part names a partial: it goes with --partial");
	if (o->merge && (o->resume || o->part || o->caps.n || o->estimate))
		return error_set(err, VTOK_E_USAGE,
				 "--merge reads partials: --resume, --part, --cap and --estimate "
				 "belong to the scans that made them");
	return true;
}

static int run_scan(const struct options *o)
{
	struct vtok_error err = {0};
	struct scan_gates gates;
	struct registry r;

	if (!sense(o, &err) || !read_gates(o, &gates, &err) || !cli_registry(o, &r, &err))
		return cli_fail(&err);
	int code = o->merge ? merge(o, &r, &gates) : scan(o, &r, &gates);
	registry_fini(&r);
	return code;
}

const struct command cmd_scan = {
	.name = "scan",
	.usage = "[-m MODEL]... [OPTION]... PATH|-... | --merge PARTIAL...",
	.summary = "Tell what a data set costs: tokens in all, percentiles, the worst files",
	.details =
		"Folders are walked as find does it, - reads a list from standard input: files, or "
		"sizes like 1920x1080 with an integer weight behind them. --partial writes one "
		"line "
		"of JSON for each model that --merge adds up, wherever and in whatever parts the "
		"scans ran. Exits with 1 if an input failed, unless --errors ok.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_EVERY_MODEL | OPT_RULES | OPT_ROWS | OPT_PRICE |
		   OPT_SCAN | OPT_LISTS,
	.inputs = INPUTS_MANY,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_scan,
};
