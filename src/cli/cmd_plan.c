/* vtok plan: devices, images a second, GPUs and money for a traffic, and what hosted models ask for
 * the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/plan.h"
#include "cli/setup.h"
#include "cli/sheet.h"

/* clang-format off */
static const struct sheet_column columns[] = {
	{"model",        NULL,        false},
	{"device",       NULL,        false},
	{"tp",           "GPUs each", true },
	{"fits",         NULL,        false},
	{"images_per_s", "images/s",  true },
	{"bound_by",     "bound by",  false},
	{"gpus",         "GPUs",      true },
	{"usd_per_hour", "USD/hour",  true },
	{"usd_per_1000", "USD/1,000", true },
	{"usd_low",      "at least",  true },
	{"usd_high",     "at most",   true },
	{"ttft_ms",      "1st token", true },
	{"itl_ms",       "between",   true },
	{"status",       NULL,        false},
	{"reason",       NULL,        false},
};
/* clang-format on */

static const char *const status_names[] = {
	[PLAN_OK] = "ok", [PLAN_NO] = "no", [PLAN_HOSTED] = "hosted"};

static void put(struct sheet *s, const struct plan_row *row, enum quantity_id id)
{
	struct value v = quantity_read(id, &row->setup, &row->e);

	sheet_quantity(s, id, &v);
}

/* What a row has beside its names: by its own server, or by nobody's. */
static void put_numbers(struct sheet *s, const struct plan_row *row)
{
	static const enum quantity_id costs[] = {Q_TRAFFIC_HOUR, Q_TRAFFIC_COST, Q_TRAFFIC_LOW,
						 Q_TRAFFIC_HIGH};
	bool is_own = row->status != PLAN_HOSTED;

	if (is_own)
		sheet_int(s, row->setup.tensor_parallel, NULL);
	else
		sheet_empty(s);
	if (is_own)
		put(s, row, Q_FITS);
	else
		sheet_empty(s);
	put(s, row, row->setup.images > 0 ? Q_IMAGES_S : Q_REQUESTS_S);
	put(s, row, Q_SERVER_BOUND);
	put(s, row, Q_GPUS);
	for (size_t i = 0; i < ARRAY_SIZE(costs); i++)
		put(s, row, costs[i]);
	put(s, row, Q_TRAFFIC_TTFT);
	put(s, row, Q_TRAFFIC_ITL);
}

static int write_plan(const struct plan *p, const struct options *opt)
{
	struct vtok_error err = {0};
	struct sheet s;
	struct out o;

	if (!out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	o.is_ascii = cli_ascii(opt);
	sheet_init(&s, columns, ARRAY_SIZE(columns));
	for (size_t i = 0; i < p->n; i++) {
		const struct plan_row *row = &p->rows[i];

		sheet_text(&s, row->model);
		sheet_text(&s, row->device);
		put_numbers(&s, row);
		sheet_text(&s, status_names[row->status]);
		sheet_text(&s, row->reason);
	}
	sheet_write(&s, options_format(opt), !opt->no_header, cli_color(opt), &o);
	int code = out_finish(&o, plan_fits(p) ? VTOK_OK : VTOK_E_INPUT);
	sheet_fini(&s);
	out_fini(&o);
	return code;
}

static bool read_limits(const struct options *o, struct setup *s, struct vtok_error *err)
{
	if (!(s->rate_per_s > 0))
		return error_set(err, VTOK_E_USAGE,
				 "plan: no traffic; give --rate, requests a "
				 "second");
	if (!o->budget_ttft)
		return true;
	if (!setup_time(o->budget_ttft, &s->ttft_s) || !(s->ttft_s > 0))
		return error_set(err, VTOK_E_USAGE,
				 "--ttft: expected a time with its unit, like 300ms, got \"%.60s\"",
				 o->budget_ttft);
	return true;
}

/* The size in the setup is that of one picture, of a file as t's model sees it, or of a mix the
 * mean area as a square, which is what hosted models are asked for. */
static bool set_size(struct plan *p, const struct options *opt, const struct registry *r,
		     const struct target *t, const struct input *in, const struct scan_merge *scan,
		     struct setup *own, struct vtok_error *err)
{
	if (opt->inputs.n) {
		struct input seen = input_seen(in, t->turning.turns);

		own->width = seen.width;
		own->height = seen.height;
		own->file_bytes = in->file_bytes;
		own->file_format = in->format;
	}
	if (!opt->scan)
		return true;
	if (!plan_mix_make(opt->scan, scan, t, r, own, p->mix, err))
		return false;
	own->width = own->height = p->mix->side;
	return true;
}

static bool plan_target(struct plan *p, const struct options *opt, const struct registry *r,
			const struct target *t, const struct input *in,
			const struct scan_merge *scan, const struct setup *s,
			struct vtok_error *err)
{
	struct model *room = arena_alloc(&p->arena, sizeof(*room));
	struct target *kept = arena_alloc(&p->arena, sizeof(*kept)); /* rows have its name */
	bool is_first = p->n == 0;
	struct setup own = *s;

	if (!room || !kept)
		return error_memory(err);
	*kept = *t;
	if (target_vendor(t))
		return error_set(err, VTOK_E_USAGE,
				 "plan: %s is hosted, its price is listed with any plan; "
				 "name a model with open weights",
				 t->name);
	return setup_target(&own, t, r, room, err) && set_size(p, opt, r, t, in, scan, &own, err) &&
	       plan_devices(p, kept, r, opt, &own, err) &&
	       (!is_first || plan_hosted(p, r, &own, err));
}

static bool make_rows(struct plan *p, const struct options *opt, const struct registry *r,
		      const struct targets *targets, const struct scan_merge *scan,
		      struct vtok_error *err)
{
	struct options one = *opt; /* the devices are read here, the usual one stands for them */
	const char *text = opt->inputs.n ? opt->inputs.items[0] : NULL;
	struct input in = {0};
	struct setup s;

	one.knobs[KNOB_HARDWARE].text = NULL;
	if (text && !input_read_sized(text, strlen(text), &in, err))
		return error_at(err, text, 0);
	if (!setup_make(&one, r, &s, err) || !read_limits(opt, &s, err))
		return false;
	for (size_t i = 0; i < targets->n; i++)
		if (!plan_target(p, opt, r, &targets->list[i], &in, scan, &s, err))
			return false;
	return plan_sort(p) || error_memory(err);
}

/* ------------------------------------------------------------ a data set in place of a size */

static bool scan_sense(const struct options *opt, struct vtok_error *err)
{
	if (!opt->scan)
		return true;
	if (opt->inputs.n)
		return error_set(err, VTOK_E_USAGE,
				 "plan: --scan has the sizes: %s is one too many",
				 opt->inputs.items[0]);
	return opt->knobs[KNOB_IMAGES].number > 0 ||
	       error_set(err, VTOK_E_USAGE, "plan: --scan is of pictures, and -n 0 asks for none");
}

/* The models that were named, or else all that the partials are of. */
static bool plan_all(struct plan *p, const struct options *opt, const struct registry *r,
		     struct vtok_error *err)
{
	const char **names = NULL;
	struct options with = *opt;
	struct targets targets = {0};
	struct scan_merge scan = {0};
	bool is_good =
		scan_sense(opt, err) && (!opt->scan || scan_merge(&scan, &opt->scan, 1, err));

	if (is_good && opt->scan && !opt->models.n) {
		names = calloc(scan.n, sizeof(*names));
		is_good = names || error_memory(err);
		for (size_t i = 0; is_good && i < scan.n; i++)
			names[i] = scan.list[i].model;
		with.models = (struct text_list){names, scan.n};
	}
	if (is_good && opt->scan) {
		p->mix = malloc(sizeof(*p->mix));
		is_good = p->mix || error_memory(err);
	}
	is_good = is_good && targets_models(&targets, &with, r, err) &&
		  make_rows(p, opt, r, &targets, &scan, err);
	targets_fini(&targets);
	scan_merge_fini(&scan);
	free(p->mix);
	p->mix = NULL;
	free(names);
	return is_good;
}

static int run_plan(const struct options *opt)
{
	struct vtok_error err = {0};
	struct plan p = {0};
	struct registry r;

	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	arena_init(&p.arena);
	int code = plan_all(&p, opt, &r, &err) ? write_plan(&p, opt) : cli_fail(&err);
	plan_fini(&p);
	registry_fini(&r);
	return code;
}

const struct command cmd_plan = {
	.name = "plan",
	.usage = "-m MODEL -g GPU,...|all --rate R [OPTION]... [WxH|FILE]",
	.summary = "Plan GPUs and their cost for a traffic, beside what hosted models ask",
	.details =
		"A row for each device, and number of GPUs that share the model, that carries the "
		"traffic: images a second of one such server, what binds them, GPUs for all of it, "
		"cost of an hour and of 1,000 images at the middle price, and at the least and the "
		"highest; then devices that do not, with the reason; then hosted models with a "
		"known price, for the same picture, text and answer (-r). Sorted by cost. With "
		"--scan "
		"the pictures are those of a data set, each size as often as it comes. Exits 1 "
		"where "
		"no device carries it.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_RULES | OPT_TRAFFIC | OPT_PLAN,
	.inputs = INPUTS_ONE,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_plan,
};
