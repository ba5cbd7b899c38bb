/* vtok models, hardware, engines: what the registry knows, as a list, that part of it which has a
 * word, or one section as it was read. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/check_names.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/sheet.h"
#include "core/version.h"
#include "registry/fitted.h"
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

/* Keys that say the same as their default are left out, as in the shipped files, and so are
 * dimensions that are not known. */
static bool is_worth_showing(const struct field *f, const char *value)
{
	return *value && strcmp(f->standard ? f->standard : "0", value) != 0;
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

/* A list that is too long for one line of a file goes on in another of the same key. */
static void write_value(const char *key, const char *value, struct out *o)
{
	enum { LINE_BYTES = 187 }; /* beside " = "; only lists are longer than a line may be */
	size_t left = strlen(value);

	while (strlen(key) + left > LINE_BYTES && memchr(value, ' ', LINE_BYTES - strlen(key))) {
		size_t n = LINE_BYTES - strlen(key);
		while (value[n] != ' ')
			n--;
		out_text(o, value, n);
		out_printf(o, "\n%s = ", key);
		value += n + 1;
		left -= n + 1;
	}
	out_text(o, value, left);
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
		write_value(c[1].text, c[2].text, o);
		out_puts(o, mark ? "\033[0m\n" : "\n");
	}
}

/* A checkpoint with its processor, what that takes, and its tower; a processor, a hosted model. */
static bool add_subject(struct sheet *s, const struct registry *r, const char *name,
			struct vtok_error *err)
{
	const struct model *m = subject_language(r, name);
	const struct processor *p = NULL;
	const struct uncounted *u = subject_uncounted(r, name);

	if (!m && !subject_resolve(r, name, &m, &p, err)) {
		if (!u)
			return false;
		add_section(s, KIND_UNCOUNTED, u);
		return true;
	}
	if (m)
		add_section(s, KIND_MODEL, m);
	if (p)
		add_section(s, p->hosted.vendor ? KIND_HOSTED : KIND_PROCESSOR, p);
	const struct model *called =
		p && p->hosted.vendor ? subject_called(r, NULL, p, name) : NULL;
	if (p && p->hosted.vendor && !called)
		return error_memory(err);
	if (called && called->price)
		add_section(s, KIND_PRICE, called->price);
	if (p && p->preprocess)
		add_section(s, KIND_PREPROCESS, p->preprocess);
	if (m && m->tower)
		add_section(s, KIND_TOWER, m->tower);
	return true;
}

/* A device with its generation, an engine with its profiles. */
static bool add_named(struct sheet *s, enum registry_kind kind, const struct registry *r,
		      const char *name, struct vtok_error *err)
{
	if (kind == KIND_MODEL)
		return add_subject(s, r, name, err);
	const void *entry = registry_find(r, kind, name);
	if (!entry)
		return near_unknown(r, kind, name, err);
	add_section(s, kind, entry);
	if (kind == KIND_HARDWARE) {
		const struct hardware *h = entry;
		if (h->generation)
			add_section(s, KIND_GENERATION, h->generation);
		for (const struct rent *p = h->rents; p; p = p->next)
			add_section(s, KIND_RENT, p);
		return true;
	}
	const struct engine *e = entry;
	for (const struct profile *p = e->profiles; p; p = p->next)
		if (!e->profiles_of)
			add_section(s, KIND_PROFILE, p);
	for (const struct pace *p = e->paces; p; p = p->next)
		if (str_casecmp(p->engine_id, e->id) == 0) /* not those it shares */
			add_section(s, KIND_PACE, p);
	return true;
}

/* True when the word names an entry to the letter. */
static bool is_exact(enum registry_kind kind, const struct registry *r, const char *word)
{
	if (kind != KIND_MODEL)
		return registry_find(r, kind, word);
	return registry_model(r, word) || registry_processor(r, word) ||
	       registry_hosted(r, word, 0) || registry_find(r, KIND_UNCOUNTED, word);
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

/* The word stands in id, name or one of the aliases; NULL is in all of them. */
static bool has_word(enum registry_kind kind, const void *entry, const char *word)
{
	const char *texts[] = {entry_id(kind, entry), entry_name(kind, entry),
			       entry_aliases(kind, entry)};

	for (size_t i = 0; word && i < ARRAY_SIZE(texts); i++)
		if (texts[i] && str_casestr(texts[i], word))
			return true;
	return !word;
}

static void add_models(struct sheet *s, const struct registry *r, const char *word)
{
	for (size_t i = 0; i < r->models_n; i++) {
		const struct model *m = r->models[i];
		if (!has_word(KIND_MODEL, m, word))
			continue;
		add_model_row(s, m->id, m->processor ? "checkpoint" : "text", m->name, m->processor,
			      m, m->unverified, m->source);
	}
	for (size_t i = 0; i < r->processors_n; i++) {
		const struct processor *p = r->processors[i];
		if (!has_word(KIND_PROCESSOR, p, word))
			continue;
		add_model_row(s, p->id, p->runtime ? "runtime" : "processor", p->name, p, NULL,
			      p->unverified, p->source);
	}
	for (size_t i = 0; i < r->hosted_n; i++) {
		const struct processor *p = r->hosted[i];
		if (!has_word(KIND_HOSTED, p, word))
			continue;
		add_model_row(s, p->id, "hosted", p->name, p, NULL, p->unverified, p->source);
	}
	for (size_t i = 0; i < r->uncounted_n; i++) {
		const struct uncounted *u = r->uncounted[i];
		if (has_word(KIND_UNCOUNTED, u, word))
			add_model_row(s, u->id, "uncounted", u->name, NULL, NULL, NULL, u->source);
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

static void add_hardware(struct sheet *s, const struct registry *r, const char *word)
{
	char room[UNIT_TEXT];

	for (size_t i = 0; i < r->hardware_n; i++) {
		const struct hardware *h = r->hardware[i];
		if (!has_word(KIND_HARDWARE, h, word))
			continue;
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

/* clang-format off */
static const struct sheet_column engine_columns[] = {
	{"id",       NULL, false},
	{"name",     NULL, false},
	{"versions", NULL, false},
	{"fitted",   NULL, false},
	{"source",   NULL, false},
};
/* clang-format on */

enum { WORDS_SIZE = 320, VERSIONS_MOST = 32 };

struct versions {
	const char *text[VERSIONS_MOST];
	int32_t number[VERSIONS_MOST];
	size_t n;
};

/* In rising order, each once. */
static void add_version(struct versions *v, const char *text)
{
	int32_t number;
	size_t at = 0;

	if (!text || !version_number(text, &number) || v->n == VERSIONS_MOST)
		return;
	while (at < v->n && v->number[at] < number)
		at++;
	if (at < v->n && v->number[at] == number)
		return;
	for (size_t i = v->n++; i > at; i--) {
		v->text[i] = v->text[i - 1];
		v->number[i] = v->number[i - 1];
	}
	v->text[at] = text;
	v->number[at] = number;
}

/* The versions from which on it does something else: what --engine NAME@VERSION tells apart. */
static char *engine_versions(const struct registry *r, const struct engine *e, char out[WORDS_SIZE])
{
	struct versions v = {.n = 0};

	for (size_t i = 0; i < schema_engine.n; i++) {
		const struct field *f = &schema_engine.fields[i];
		size_t len = strlen(f->key);
		if (f->type == FIELD_TEXT && len > 6 && strcmp(f->key + len - 6, "-since") == 0)
			add_version(&v, *(const char *const *)((const char *)e + f->offset));
	}
	for (size_t i = 0; i < r->settings_n; i++) {
		if (r->settings[i]->engine != e)
			continue;
		add_version(&v, r->settings[i]->since);
		add_version(&v, r->settings[i]->until);
	}
	out[0] = '\0';
	for (size_t i = 0; i < v.n; i++)
		str_append(out, WORDS_SIZE, "%s%s", i ? " " : "", v.text[i]);
	return out;
}

static void add_engines(struct sheet *s, const struct registry *r, const char *word)
{
	char words[WORDS_SIZE];

	for (size_t i = 0; i < r->engines_n; i++) {
		const struct engine *e = r->engines[i];
		if (!has_word(KIND_ENGINE, e, word))
			continue;
		sheet_text(s, e->id);
		sheet_text(s, e->name);
		sheet_text(s, engine_versions(r, e, words));
		sheet_text(s, engine_fitted(e, words, sizeof(words)));
		sheet_text(s, e->source);
	}
}

/* ------------------------------------------------------------------------- run */

static const struct {
	const struct sheet_column *columns;
	size_t columns_n;
	void (*add)(struct sheet *s, const struct registry *r, const char *word);
} lists[KIND_N] = {
	[KIND_MODEL] = {model_columns, ARRAY_SIZE(model_columns), add_models},
	[KIND_HARDWARE] = {hardware_columns, ARRAY_SIZE(hardware_columns), add_hardware},
	[KIND_ENGINE] = {engine_columns, ARRAY_SIZE(engine_columns), add_engines},
};

/* One section where the word names one to the letter or no row has it, else the rows that have it.
 * *is_section says which. */
static bool fill(struct sheet *s, enum registry_kind kind, const char *word,
		 const struct registry *r, bool *is_section, struct vtok_error *err)
{
	*is_section = word && is_exact(kind, r, word);
	if (!*is_section) {
		sheet_init(s, lists[kind].columns, lists[kind].columns_n);
		if (!word || *word)
			lists[kind].add(s, r, word);
		/* sources are whole sentences: for programs, and for `models NAME` */
		s->hide_last = true;
		if (!word || s->cells_n > 0)
			return true;
		sheet_fini(s);
		*s = (struct sheet){0};
		*is_section = true;
	}
	sheet_init(s, section_columns, ARRAY_SIZE(section_columns));
	return add_named(s, kind, r, word, err);
}

static int list(enum registry_kind kind, const struct options *opt)
{
	struct vtok_error err = {0};
	enum format format = options_format(opt);
	struct registry r;
	struct sheet s = {0};
	struct out o;
	int code = VTOK_OK;
	bool is_section = false;
	size_t unknown = 0;

	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	const char *word = opt->inputs.n ? opt->inputs.items[0] : NULL;
	if (!out_init(&o, STDOUT_FILENO) ||
	    !(opt->check ? check_names(opt->check, &r, &s, &unknown, &err)
			 : fill(&s, kind, word, &r, &is_section, &err))) {
		error_memory(&err);
		code = cli_fail(&err);
	} else if (is_section && format == FORMAT_TABLE) {
		o.is_ascii = cli_ascii(opt);
		if (s.failed)
			out_no_memory(&o);
		else
			write_ini(&s, cli_color(opt), &o);
		code = out_finish(&o, VTOK_OK);
	} else {
		o.is_ascii = cli_ascii(opt);
		sheet_write(&s, format, !opt->no_header, cli_color(opt), &o);
		code = out_finish(&o, unknown ? VTOK_E_INPUT : VTOK_OK);
	}
	sheet_fini(&s);
	out_fini(&o);
	registry_fini(&r);
	return code;
}

static int run_models(const struct options *opt)
{
	if (!opt->check || !opt->inputs.n)
		return list(KIND_MODEL, opt);
	cli_note("--check takes its names from the file, not from the command line");
	return VTOK_E_USAGE;
}

static int run_hardware(const struct options *opt)
{
	return list(KIND_HARDWARE, opt);
}

static int run_engines(const struct options *opt)
{
	return list(KIND_ENGINE, opt);
}

#define LIST_FORMATS                                                                               \
	(FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |             \
	 FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD))
#define NAME_OR_WORD                                                                               \
	"NAME shows its sections with every key, source and mark, as a file could hold them; any " \
	"other word lists what has it."

const struct command cmd_models = {
	.name = "models",
	.usage = "[OPTION]... [NAME|WORD]",
	.summary = "List checkpoints, processors and hosted models, or show one as read",
	.details = NAME_OR_WORD,
	.options = OPT_RULES | OPT_CHECK,
	.inputs = INPUTS_NAME,
	.formats = LIST_FORMATS,
	.run = run_models,
};

const struct command cmd_hardware = {
	.name = "hardware",
	.usage = "[OPTION]... [NAME|WORD]",
	.summary = "List accelerators, or show one as read",
	.details = NAME_OR_WORD,
	.options = OPT_RULES,
	.inputs = INPUTS_NAME,
	.formats = LIST_FORMATS,
	.run = run_hardware,
};

const struct command cmd_engines = {
	.name = "engines",
	.usage = "[OPTION]... [NAME|WORD]",
	.summary = "List serving engines, or show one as read",
	.details = NAME_OR_WORD,
	.options = OPT_RULES,
	.inputs = INPUTS_NAME,
	.formats = LIST_FORMATS,
	.run = run_engines,
};
