#include "cli/options.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/budget.h"
#include "core/usual.h"
#include "state/knobs.h"

/* ------------------------------------------------------------ values */

static void *place(struct options *o, const struct option *opt)
{
	return (char *)o + opt->offset;
}

static void set_defaults(struct options *o)
{
	struct option opt;

	for (size_t i = 0; i < options_n; i++) {
		if (!option_at(i, &opt))
			continue;
		if (opt.kind == OPTION_COUNT || (opt.kind == OPTION_CHOICE && opt.knob))
			*(int64_t *)place(o, &opt) = (int64_t)opt.standard;
		else if (opt.kind == OPTION_NUMBER)
			*(double *)place(o, &opt) = opt.standard;
	}
}

/* One line for "not this, but one of those": auto is what an option without a value means, and is
 * not listed. */
static bool refuse_choice(const struct option *opt, unsigned formats, const char *value,
			  struct vtok_error *err)
{
	char list[160] = "";
	const char *choice;

	for (size_t i = 0; (choice = option_choice(opt, formats, i)); i++) {
		if (*list && *choice)
			strncat(list, ", ", sizeof(list) - strlen(list) - 1);
		strncat(list, choice, sizeof(list) - strlen(list) - 1);
	}
	return error_set(err, VTOK_E_USAGE, "expected one of %s, got \"%s\"", list, value);
}

static bool find_choice(const struct option *opt, unsigned formats, const char *value, size_t *out,
			struct vtok_error *err)
{
	const char *choice;
	int other = opt->knob && *value ? knob_choice(opt->knob, value) : -1;

	if (other >= 0) {
		*out = (size_t)other;
		return true;
	}
	for (size_t i = 0; *value && (choice = option_choice(opt, formats, i)); i++)
		if (strcmp(choice, value) == 0) {
			*out = i;
			return true;
		}
	return refuse_choice(opt, formats, value, err);
}

/* "8k" of a context is 8,192 to everyone: K, which unit_parse_count takes for 1,024. */
static bool is_binary_k(const struct option *opt, const char *value)
{
	size_t n = strlen(value);

	return opt->knob && opt->knob->is_binary && n > 1 && value[n - 1] == 'k';
}

static bool parse_whole(const struct option *opt, const char *value, double *out)
{
	char text[64];

	if (!is_binary_k(opt, value))
		return unit_parse_count(value, out);
	snprintf(text, sizeof(text), "%.*sK", (int)strlen(value) - 1, value);
	return unit_parse_count(text, out);
}

static bool read_number(const struct option *opt, const char *value, double *out,
			struct vtok_error *err)
{
	bool whole = opt->kind == OPTION_COUNT && (!opt->knob || !(opt->knob->scale > 0));
	double v;

	if (!(whole ? parse_whole(opt, value, &v) : str_num(value, &v)) || v < opt->least ||
	    v > opt->most || (whole && v != (double)(int64_t)v))
		return error_set(err, VTOK_E_USAGE,
				 "expected a %snumber from %.15g to %.15g, got \"%s\"",
				 whole ? "whole " : "", opt->least, opt->most, value);
	*out = v;
	return true;
}

/* As the knob has it, which may have a word for nothing: "off" is what the screen says. */
static bool read_stored(const struct option *opt, const char *value, int64_t *out,
			struct vtok_error *err)
{
	const struct knob_spec *k = opt->knob;
	double v;

	if (k && k->own_word && str_casecmp(value, k->own_word) == 0) {
		*out = k->nothing;
		return true;
	}
	if (!read_number(opt, value, &v, err))
		return false;
	*out = k ? (int64_t)(v * knob_scale(k) + 0.5) : (int64_t)v;
	return true;
}

static bool read_budget(const char *value, struct vtok_error *err)
{
	struct fit_budget none = {Q_MODEL, 0};
	char why[BUDGET_WHY];

	return budget_read(value, &none, why) ||
	       error_set(err, VTOK_E_USAGE, "%s, got \"%.60s\"", why, value);
}

bool options_read_knob(enum knob k, const char *value, int64_t *out, struct vtok_error *err)
{
	struct option opt;
	size_t choice;

	if (!option_at((size_t)k, &opt))
		return error_set(err, VTOK_E_USAGE, "the input says it");
	if (opt.kind == OPTION_CHOICE) {
		if (!find_choice(&opt, 0, value, &choice, err))
			return false;
		*out = opt.knob->steps[choice];
	} else if (opt.kind == OPTION_COUNT && !read_stored(&opt, value, out, err)) {
		return false;
	}
	return opt.knob->kind != IS_BUDGET || read_budget(value, err);
}

/* value is NULL for flags. */
static bool set_value(struct options *o, const struct option *opt, const char *value,
		      struct vtok_error *err)
{
	void *at = place(o, opt);
	size_t choice;

	switch (opt->kind) {
	case OPTION_FLAG:
		*(bool *)at = true;
		return true;
	case OPTION_TEXT:
		*(const char **)at = value;
		return !opt->knob || opt->knob->kind != IS_BUDGET || read_budget(value, err);
	case OPTION_LIST: {
		struct text_list *list = at;
		list->items[list->n++] = value;
		return true;
	}
	case OPTION_COUNT:
		return read_stored(opt, value, at, err);
	case OPTION_NUMBER:
		return read_number(opt, value, at, err);
	case OPTION_CHOICE:
		if (!find_choice(opt, o->scope.formats, value, &choice, err))
			return false;
		if (opt->knob)
			*(int64_t *)at = opt->knob->steps[choice];
		else
			*(int32_t *)at = (int32_t)choice;
		return true;
	case OPTION_SIZE: {
		struct option_size *size = at;
		return unit_parse_size(value, &size->width, &size->height) ||
		       error_set(err, VTOK_E_USAGE, "expected a size like %s, got \"%s\"",
				 strcmp(opt->name, "at") == 0 ? "1024x768" : "80x24", value);
	}
	}
	return false;
}

/* ------------------------------------------------------------ parsing */

/* The place of an option by its letter, or by its name where that is 0; options_n = none. Of two
 * with one name that which belongs to the command. */
static size_t find_option(const struct options_scope *scope, char letter, const char *name,
			  size_t len, struct option *out)
{
	static const char other[] = "image-max-tokens", own[] = "max-tokens-per-image";

	if (!letter && len == sizeof(other) - 1 && memcmp(name, other, len) == 0) {
		name = own; /* as llama.cpp calls it */
		len = sizeof(own) - 1;
	}
	size_t found = options_n;
	struct option opt;

	for (size_t i = 0; i < options_n; i++) {
		if (!option_at(i, &opt) ||
		    !(letter ? opt.letter == letter
			     : strlen(opt.name) == len && memcmp(opt.name, name, len) == 0))
			continue;
		if (found == options_n || option_belongs(&opt, scope->options, scope->formats)) {
			found = i;
			*out = opt;
		}
	}
	return found;
}

/* What other programs call it. */
/* clang-format off */
static const struct {
	const char *other, *own;
} other_names[] = {
	{"gpu",                    "hardware"},
	{"device",                 "hardware"},
	{"tensor-parallel",        "tp"},
	{"tensor-parallel-size",   "tp"},
	{"dtype",                  "weights"},
	{"quantization",           "weights"},
	{"kv-cache-dtype",         "kv"},
	{"max-model-len",          "context"},
	{"ctx-size",               "context"},
	{"gpu-memory-utilization", "utilisation"},
	{"max-num-batched-tokens", "max-batched-tokens"},
	{"max-num-seqs",           "max-seqs"},
	{"limit-mm-per-prompt",    "limit-images"},
	{"format",                 "output"},
	{"width",                  "at"},
};
/* clang-format on */

/* The option that is meant by another program's name for it, or by the nearest one of this; NULL =
 * nothing is like it. name without its dashes. */
static const char *nearest_option(const struct options_scope *scope, const char *name)
{
	const char *nearest = NULL;
	size_t least = 3;
	struct option opt;

	for (size_t i = 0; i < ARRAY_SIZE(other_names); i++)
		if (strcmp(other_names[i].other, name) == 0)
			name = other_names[i].own;
	for (size_t i = 0; i < options_n; i++) {
		if (!option_at(i, &opt) || !option_belongs(&opt, scope->options, scope->formats))
			continue;
		size_t d = str_distance(name, opt.name);
		if (d < least) {
			least = d;
			nearest = opt.name;
		}
	}
	return nearest;
}

/* "--json": a format that -o takes here; NULL = it is none. */
static const char *format_meant(const struct options_scope *scope, const char *name)
{
	for (int i = FORMAT_AUTO + 1; i < FORMAT_N; i++)
		if (scope->formats & FORMAT_BIT(i) && strcmp(format_names[i], name) == 0)
			return format_names[i];
	return NULL;
}

static bool unknown(const struct options_scope *scope, const char *arg, size_t len,
		    struct vtok_error *err)
{
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)(len < 60 ? len : 60), arg);
	const char *format = str_starts(name, "--") ? format_meant(scope, name + 2) : NULL;
	const char *nearest = str_starts(name, "--") ? nearest_option(scope, name + 2)
			      : name[1] == 'v'       ? "version"
						     : NULL;

	if (format)
		return error_set(err, VTOK_E_USAGE, "%s: unknown option %s; did you mean -o %s?",
				 scope->name, name, format);
	if (nearest)
		return error_set(err, VTOK_E_USAGE, "%s: unknown option %s; did you mean --%s?",
				 scope->name, name, nearest);
	return error_set(err, VTOK_E_USAGE, "%s: unknown option %s; see vtok %s --help",
			 scope->name, name, scope->name);
}

/* A k that is not a thousand is said. */
static void say_binary(struct options *o, const struct option *opt, const char *value)
{
	char text[UNIT_TEXT];

	str_format(o->note, sizeof(o->note), "--%s %s is %s: a k of a context is 1,024", opt->name,
		   value, unit_grouped(text, *(const int64_t *)place(o, opt)));
}

/* One option at argv[*i]; moves *i over a value of its own. */
static bool parse_one(struct options *o, int argc, char **argv, int *i, struct vtok_error *err)
{
	const char *arg = argv[*i], *value = NULL;
	bool is_long = arg[1] == '-';
	size_t len = is_long ? strcspn(arg, "=") : 2;
	struct option opt;
	size_t at = is_long ? find_option(&o->scope, 0, arg + 2, len - 2, &opt)
			    : find_option(&o->scope, arg[1], NULL, 0, &opt);

	if (at == options_n || !option_belongs(&opt, o->scope.options, o->scope.formats))
		return unknown(&o->scope, arg, len, err);
	if (arg[len])
		value = arg + len + is_long;
	if (opt.kind == OPTION_FLAG && value)
		return error_set(err, VTOK_E_USAGE, "--%s takes no value", opt.name);
	if (opt.kind != OPTION_FLAG && !value) {
		if (*i + 1 >= argc)
			return error_set(err, VTOK_E_USAGE, "--%s: %s is missing", opt.name,
					 opt.arg);
		value = argv[++*i];
	}
	o->given[at] = true;
	if (!set_value(o, &opt, value, err))
		return error_prefix(err, "--%s", opt.name);
	if (opt.kind == OPTION_COUNT && is_binary_k(&opt, value))
		say_binary(o, &opt, value);
	return true;
}

/* "-" is standard input and "-5x10" a size, though a bad one. */
static bool is_option(const char *arg)
{
	return arg[0] == '-' && arg[1] &&
	       (!(arg[1] >= '0' && arg[1] <= '9') || strcmp(arg, "-0") == 0);
}

static bool check_inputs(const struct options *o, struct vtok_error *err)
{
	static const size_t most[] = {
		[INPUTS_NONE] = 0, [INPUTS_NAME] = 1, [INPUTS_ONE] = 1, [INPUTS_MANY] = SIZE_MAX};
	size_t n = most[o->scope.inputs];

	if (o->inputs.n > n)
		return error_set(err, VTOK_E_USAGE, "%s: one argument too many: %s", o->scope.name,
				 o->inputs.items[n]);
	return true;
}

/* Options that each are fine and together ask for nothing. */
static bool check_sense(const struct options *o, struct vtok_error *err)
{
	if (o->frames && o->video_seconds > 0)
		return error_set(
			err, VTOK_E_USAGE,
			"--frames and --video exclude each other: a video has frames or a length");
	long long least = o->knobs[KNOB_MIN_PIXELS].number, most = o->knobs[KNOB_MAX_PIXELS].number;

	if (least && most && least > most)
		return error_set(err, VTOK_E_USAGE,
				 "--min-pixels %lld is more than --max-pixels %lld", least, most);
	return true;
}

bool options_parse(struct options *o, const struct options_scope *scope, int argc, char **argv,
		   struct vtok_error *err)
{
	size_t room = (size_t)argc;
	bool ended = false;

	memset(o, 0, sizeof(*o));
	o->scope = *scope;
	set_defaults(o);
	/* no list can hold more than argc texts */
	const char **items = calloc(8 * room + 1, sizeof(*items));
	if (!items)
		return error_memory(err);
	o->inputs.items = items;
	o->models.items = items + room;
	o->registries.items = items + 2 * room;
	o->budgets.items = items + 3 * room;
	o->server_lines.items = items + 4 * room;
	o->client_keys.items = items + 5 * room;
	o->maps.items = items + 6 * room;
	o->caps.items = items + 7 * room;
	for (int i = 1; i < argc; i++) {
		if (ended || !is_option(argv[i]))
			o->inputs.items[o->inputs.n++] = argv[i];
		else if (strcmp(argv[i], "--") == 0)
			ended = true;
		else if (!parse_one(o, argc, argv, &i, err))
			return false;
	}
	return o->help || o->version || (check_inputs(o, err) && check_sense(o, err));
}

bool options_given(const struct options *o, const char *name)
{
	struct option opt;
	size_t at = find_option(&o->scope, 0, name, strlen(name), &opt);

	return at < options_n && o->given[at];
}

void options_fini(struct options *o)
{
	free((void *)o->inputs.items);
	memset(o, 0, sizeof(*o));
}

int options_jobs(const struct options *o)
{
	long cores = o->jobs ? (long)o->jobs : sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 1 ? 1 : cores > JOBS_MOST ? JOBS_MOST : (int)cores;
}

enum format options_format(const struct options *o)
{
	if (o->output != FORMAT_AUTO)
		return (enum format)o->output;
	if (!isatty(STDOUT_FILENO))
		return FORMAT_CSV;
	return o->scope.formats & FORMAT_BIT(FORMAT_TABLE) ? FORMAT_TABLE : FORMAT_TEXT;
}
