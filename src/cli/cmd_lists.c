/* vtok models, hardware: what the registry knows, as a list, or one section as it was read. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/sheet.h"
#include "registry/kinds.h"
#include "registry/near.h"
#include "registry/registry.h"
#include "registry/schema.h"
#include "registry/subjects.h"

/* ---------------------------------------------------------------- one section */

static const struct sheet_column section_columns[] = {
	{"section", NULL, false},
	{"key", NULL, false},
	{"value", NULL, false},
	{"unverified", NULL, false},
};

/* Long enough for the longest list of grids. */
enum { VALUE_MAX = 2048 };

/* Keys that say the same as their default are left out, as in the shipped files. */
static bool is_worth_showing(const struct field *f, const char *value)
{
	return *value && !(f->standard && strcmp(f->standard, value) == 0);
}

static void add_section(struct sheet *s, enum registry_kind kind, const void *entry)
{
	const struct schema *schema = registry_kinds[kind].schema;
	const struct field *marks = schema_field(schema, "unverified");
	const char *unverified =
		marks ? *(const char *const *)((const char *)entry + marks->offset) : NULL;
	char title[128], value[VALUE_MAX];

	snprintf(title, sizeof(title), "%s %s", schema->kind, entry_id(kind, entry));
	for (size_t i = 0; i < schema->n; i++) {
		const struct field *f = &schema->fields[i];
		if (!is_worth_showing(f, schema_text(f, entry, value, sizeof(value))))
			continue;
		sheet_text(s, title);
		sheet_text(s, f->key);
		sheet_text(s, value);
		sheet_flag(s, str_has_word(unverified, f->key));
	}
}

/* As a file would hold it; unverified keys are marked by colour where there is one, and by their
 * own key. */
static void write_ini(const struct sheet *s, bool color, struct out *o)
{
	const char *section = "";

	for (size_t i = 0; i + 3 < s->cells_n; i += ARRAY_SIZE(section_columns)) {
		const struct sheet_cell *c = &s->cells[i];
		if (strcmp(section, c[0].text) != 0)
			out_printf(o, "%s%s[%s]%s\n", *section ? "\n" : "", color ? "\033[1m" : "",
				   c[0].text, color ? "\033[0m" : "");
		section = c[0].text;
		bool mark = c[3].integer && color;
		out_printf(o, "%s%s = ", mark ? "\033[33m" : "", c[1].text);
		out_text(o, c[2].text, strlen(c[2].text));
		out_puts(o, mark ? "\033[0m\n" : "\n");
	}
}

/* A checkpoint with its processor, what that takes, and its tower; a processor, a hosted model; a
 * device with its generation. */
static bool add_named(struct sheet *s, enum registry_kind kind, const struct registry *r,
		      const char *name, struct vtok_error *err)
{
	if (kind == KIND_HARDWARE) {
		const struct hardware *h = registry_hardware(r, name);
		if (!h)
			return near_unknown(r, kind, name, err);
		add_section(s, KIND_HARDWARE, h);
		if (h->generation)
			add_section(s, KIND_GENERATION, h->generation);
		return true;
	}
	const struct model *m = registry_model(r, name);
	const struct processor *p = m ? m->processor : NULL;
	if (!m && !subject_resolve(r, name, &m, &p, err))
		return false;
	if (m)
		add_section(s, KIND_MODEL, m);
	if (p)
		add_section(s, p->hosted.vendor ? KIND_HOSTED : KIND_PROCESSOR, p);
	const struct price *price =
		p && p->hosted.vendor ? registry_price(r, name, registry_day(r)) : NULL;
	if (price)
		add_section(s, KIND_PRICE, price);
	if (p && p->preprocess)
		add_section(s, KIND_PREPROCESS, p->preprocess);
	if (m && m->tower)
		add_section(s, KIND_TOWER, m->tower);
	return true;
}

/* ------------------------------------------------------------------- the lists */

/* clang-format off */
static const struct sheet_column model_columns[] = {
	{"id",         NULL, false},
	{"kind",       NULL, false},
	{"name",       NULL, false},
	{"processor",  NULL, false},
	{"strategy",   NULL, false},
	{"context",    NULL, true },
	{"parameters", NULL, true },
	{"unverified", NULL, false},
	{"source",     NULL, false},
};
/* clang-format on */

static void add_model_row(struct sheet *s, const char *id, const char *kind, const char *name,
			  const struct processor *p, const struct model *m, const char *unverified,
			  const char *source)
{
	char room[UNIT_TEXT];

	sheet_text(s, id);
	sheet_text(s, kind);
	sheet_text(s, name);
	sheet_text(s, p ? p->id : NULL);
	sheet_text(s, p ? p->strategy_name : NULL);
	if (m && m->context > 0)
		sheet_int(s, m->context, NULL);
	else
		sheet_empty(s);
	if (m && m->total_params > 0)
		sheet_number(s, m->total_params, unit_rate(room, m->total_params));
	else
		sheet_empty(s);
	sheet_text(s, unverified);
	sheet_text(s, source);
}

static void add_models(struct sheet *s, const struct registry *r)
{
	for (size_t i = 0; i < r->models_n; i++) {
		const struct model *m = r->models[i];
		add_model_row(s, m->id, m->processor ? "checkpoint" : "text", m->name, m->processor,
			      m, m->unverified, m->source);
	}
	for (size_t i = 0; i < r->processors_n; i++) {
		const struct processor *p = r->processors[i];
		add_model_row(s, p->id, p->runtime ? "runtime" : "processor", p->name, p, NULL,
			      p->unverified, p->source);
	}
	for (size_t i = 0; i < r->hosted_n; i++) {
		const struct processor *p = r->hosted[i];
		add_model_row(s, p->id, "hosted", p->name, p, NULL, p->unverified, p->source);
	}
}

static const struct sheet_column hardware_columns[] = {
	{"id", NULL, false},
	{"name", NULL, false},
	{"memory_bytes", "memory", true},
	{"bandwidth_bytes_per_s", "bandwidth", true},
	{"bf16_flops", "bf16", true},
	{"fp8_flops", "fp8", true},
	{"generation", NULL, false},
	{"unverified", NULL, false},
	{"source", NULL, false},
};

/* 0 = not known. Decimal prefixes, as data sheets have them. */
static void add_rate(struct sheet *s, double v, const char *unit)
{
	char room[UNIT_TEXT], text[UNIT_TEXT + 8];

	if (v <= 0) {
		sheet_empty(s);
		return;
	}
	snprintf(text, sizeof(text), "%s%s", unit_rate(room, v), unit);
	sheet_number(s, v, text);
}

static void add_hardware(struct sheet *s, const struct registry *r)
{
	char room[UNIT_TEXT];

	for (size_t i = 0; i < r->hardware_n; i++) {
		const struct hardware *h = r->hardware[i];
		sheet_text(s, h->id);
		sheet_text(s, h->name);
		sheet_number(s, h->mem_bytes, unit_bytes(room, h->mem_bytes));
		add_rate(s, h->bw_bytes_per_s, "B/s");
		add_rate(s, h->bf16, "FLOP/s");
		add_rate(s, h->fp8, "FLOP/s");
		sheet_text(s, h->generation_id);
		sheet_text(s, h->unverified);
		sheet_text(s, h->source);
	}
}

/* ------------------------------------------------------------------------- run */

static bool fill(struct sheet *s, enum registry_kind kind, const struct options *opt,
		 const struct registry *r, struct vtok_error *err)
{
	if (opt->inputs.n) {
		sheet_init(s, section_columns, ARRAY_SIZE(section_columns));
		return add_named(s, kind, r, opt->inputs.items[0], err);
	}
	if (kind == KIND_HARDWARE) {
		sheet_init(s, hardware_columns, ARRAY_SIZE(hardware_columns));
		add_hardware(s, r);
	} else {
		sheet_init(s, model_columns, ARRAY_SIZE(model_columns));
		add_models(s, r);
	}
	/* sources are whole sentences: for programs, and for `models NAME` */
	s->hide_last = true;
	return true;
}

static int list(enum registry_kind kind, const struct options *opt)
{
	struct vtok_error err = {0};
	enum format format = options_format(opt);
	struct registry r;
	struct sheet s = {0};
	struct out o;
	int code = VTOK_OK;

	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	if (!out_init(&o, STDOUT_FILENO) || !fill(&s, kind, opt, &r, &err)) {
		error_memory(&err);
		code = cli_fail(&err);
	} else if (opt->inputs.n && format == FORMAT_TABLE) {
		if (s.failed)
			out_no_memory(&o);
		else
			write_ini(&s, cli_color(opt), &o);
		code = out_finish(&o, VTOK_OK);
	} else {
		sheet_write(&s, format, !opt->no_header, cli_color(opt), &o);
		code = out_finish(&o, VTOK_OK);
	}
	sheet_fini(&s);
	out_fini(&o);
	registry_fini(&r);
	return code;
}

static int run_models(const struct options *opt)
{
	return list(KIND_MODEL, opt);
}

static int run_hardware(const struct options *opt)
{
	return list(KIND_HARDWARE, opt);
}

#define LIST_FORMATS                                                                               \
	(FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |             \
	 FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD))

const struct command cmd_models = {
	.name = "models",
	.usage = "[OPTION]... [NAME]",
	.summary = "List checkpoints, processors and hosted models, or show one as read",
	.details = "NAME shows its sections with every key, source and mark, as a file could hold "
		   "them.",
	.options = OPT_RULES,
	.inputs = INPUTS_NAME,
	.formats = LIST_FORMATS,
	.run = run_models,
};

const struct command cmd_hardware = {
	.name = "hardware",
	.usage = "[OPTION]... [NAME]",
	.summary = "List accelerators, or show one as read",
	.details = "NAME shows its sections with every key, source and mark, as a file could hold "
		   "them.",
	.options = OPT_RULES,
	.inputs = INPUTS_NAME,
	.formats = LIST_FORMATS,
	.run = run_hardware,
};
