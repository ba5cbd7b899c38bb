#include "cli/options.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/count.h"
#include "core/hosted.h"

const char *const format_names[] = {"auto", "table", "csv", "json", "jsonl",
				    "md",   "text",  "svg", NULL};
static_assert(ARRAY_SIZE(format_names) == FORMAT_N + 1, "one name for each format");

static const char *const lens_names[] = {"exact", "formula", NULL};
static_assert(LENS_EXACT == 0 && LENS_FORMULA == 1, "lens_names follows enum lens");
static const char *const color_names[] = {"auto", "always", "never", NULL};
static const char *const axis_names[] = {"log", "linear", NULL};

/* Groups of commands that share options. */
enum {
	FOR_SCREEN = FOR_TUI | FOR_RENDER,
	FOR_COSTS = FOR_ESTIMATE | FOR_CHART | FOR_SCREEN,
	FOR_COUNTING = FOR_COUNT | FOR_EXPLAIN | FOR_COSTS,
	FOR_LISTS = FOR_COUNT | FOR_ESTIMATE | FOR_EXPLAIN | FOR_MODELS,
};

#define AT(member) offsetof(struct options, member)

/* clang-format off */
const struct option options_table[] = {
	{"model", 'm', OPTION_LIST, "MODEL",
	 "checkpoint, processor (both: `vtok models`), processor@runtime or hosted model; may be repeated",
	 FOR_COUNTING, AT(models), 0, 0, 0, NULL},
	{"all", 0, OPTION_FLAG, NULL, "every model there is",
	 FOR_COUNT | FOR_ESTIMATE | FOR_EXPLAIN, AT(all), 0, 0, 0, NULL},
	{"all-runtimes", 0, OPTION_FLAG, NULL, "also the variants other engines count by, each with its reason",
	 FOR_COUNT, AT(all_runtimes), 0, 0, 0, NULL},
	{"lens", 0, OPTION_CHOICE, "LENS", "what the real processor does, or the textbook formula",
	 FOR_COUNTING, AT(lens), 0, 0, 0, lens_names},
	{"images", 'n', OPTION_COUNT, "N", "images in one request (default 1)",
	 FOR_COUNTING, AT(images), 0, 1000000, 1, NULL},
	{"sum", 0, OPTION_FLAG, NULL, "the inputs are the images of one request: a last row adds them up",
	 FOR_COUNT, AT(sum), 0, 0, 0, NULL},
	{"text", 't', OPTION_COUNT, "TOKENS", "text tokens of the request (default 512)",
	 FOR_COSTS, AT(text), 0, 1e9, 512, NULL},
	{"reserve", 'r', OPTION_COUNT, "TOKENS", "tokens kept free for the answer (default 1024)",
	 FOR_COSTS, AT(reserve), 0, 1e9, 1024, NULL},
	{"context", 'c', OPTION_COUNT, "TOKENS", "context limit (default the model's own)",
	 FOR_COSTS, AT(context), 1, 1e9, 0, NULL},
	{"hardware", 'g', OPTION_TEXT, "HARDWARE", "accelerator (`vtok hardware`; default h100-sxm)",
	 FOR_COSTS, AT(hardware), 0, 0, 0, NULL},
	{"engine", 0, OPTION_TEXT, "ENGINE", "serving engine (default vllm)",
	 FOR_COSTS, AT(engine), 0, 0, 0, NULL},
	{"tp", 0, OPTION_COUNT, "N", "tensor parallel: accelerators that share one model (default 1)",
	 FOR_COSTS, AT(tensor_parallel), 1, 1024, 1, NULL},
	{"weights", 0, OPTION_TEXT, "DTYPE", "data type of the weights (default bf16)",
	 FOR_COSTS, AT(weights), 0, 0, 0, NULL},
	{"kv", 0, OPTION_TEXT, "DTYPE", "data type of the KV cache (default bf16)",
	 FOR_COSTS, AT(kv), 0, 0, 0, NULL},
	{"patch", 0, OPTION_COUNT, "PIXELS", "side of a patch, in place of the checkpoint's",
	 FOR_COUNTING, AT(patch), 1, 4096, 0, NULL},
	{"merge", 0, OPTION_COUNT, "N", "patches merged per side of a token",
	 FOR_COUNTING, AT(merge), 1, 64, 0, NULL},
	{"pool", 0, OPTION_COUNT, "N", "side of the pooling window",
	 FOR_COUNTING, AT(pool), 1, 64, 0, NULL},
	{"grid", 0, OPTION_COUNT, "K", "at most K x K tiles; 0 = the model's own grids",
	 FOR_COUNTING, AT(grid), 0, 9, 0, NULL},
	{"min-pixels", 0, OPTION_COUNT, "PIXELS", "least area after the resize",
	 FOR_COUNTING, AT(min_pixels), 1, 1e15, 0, NULL},
	{"max-pixels", 0, OPTION_COUNT, "PIXELS", "largest area after the resize",
	 FOR_COUNTING, AT(max_pixels), 1, 1e15, 0, NULL},
	{"detail", 0, OPTION_CHOICE, "LEVEL", "level of detail asked of hosted OpenAI models",
	 FOR_COUNTING, AT(detail), 0, 0, 0, detail_names},
	{"media-resolution", 0, OPTION_CHOICE, "LEVEL", "resolution asked of hosted Gemini models",
	 FOR_COUNTING, AT(media_resolution), 0, 0, 0, media_names},
	{"rules", 0, OPTION_TEXT, "DATE", "hosted rules of that day, like 2025-04 or 2025-04-14",
	 FOR_COUNTING | FOR_MODELS, AT(rules), 0, 0, 0, NULL},
	{"frames", 0, OPTION_COUNT, "N", "a video of N frames of the given size",
	 FOR_COUNT, AT(frames), 1, 10000000, 0, NULL},
	{"video", 0, OPTION_NUMBER, "SECONDS", "a video of that length",
	 FOR_COUNT, AT(video_seconds), 0.001, 1e6, 0, NULL},
	{"fps", 0, OPTION_NUMBER, "RATE", "frames sampled per second of --video (default 2)",
	 FOR_COUNT, AT(fps), 0.001, 1000, 2, NULL},
	{"price", 0, OPTION_NUMBER, "USD", "price of a million input tokens: adds the price of 1,000 images",
	 FOR_ESTIMATE, AT(price_usd), 0, 1e6, 0, NULL},
	{"metric", 0, OPTION_TEXT, "METRIC", "what the chart shows: tokens, ttft, kv, share or concurrency",
	 FOR_CHART | FOR_SCREEN, AT(metric), 0, 0, 0, NULL},
	{"axis", 0, OPTION_CHOICE, "SCALE", "scale of the chart's axes",
	 FOR_CHART | FOR_SCREEN, AT(axis), 0, 0, 0, axis_names},
	{"size", 0, OPTION_SIZE, "COLSxROWS", "size in character cells (default 80x24, for chart that of the terminal)",
	 FOR_CHART | FOR_RENDER, AT(size), 0, 0, 0, NULL},
	{"keys", 0, OPTION_TEXT, "KEYS", "keys to press first, blanks between: \"Down Enter 4 k Enter\"",
	 FOR_RENDER, AT(keys), 0, 0, 0, NULL},
	{"view", 0, OPTION_TEXT, "NAME", "view to start with: dashboard, chart, compare, image or explain",
	 FOR_SCREEN, AT(view), 0, 0, 0, NULL},
	{"theme", 0, OPTION_TEXT, "NAME", "colours (`vtok themes`)",
	 FOR_SCREEN, AT(theme), 0, 0, 0, NULL},
	{"big", 0, OPTION_FLAG, NULL, "big digits, readable from the back of a room",
	 FOR_SCREEN, AT(big), 0, 0, 0, NULL},
	{"no-mouse", 0, OPTION_FLAG, NULL, "leave the mouse to the terminal",
	 FOR_SCREEN, AT(no_mouse), 0, 0, 0, NULL},
	{"script", 0, OPTION_TEXT, "FILE", "steps of a talk; Space goes on to the next",
	 FOR_SCREEN, AT(script), 0, 0, 0, NULL},
	{"step", 0, OPTION_COUNT, "N", "step of --script to show (default the first; for render the last)",
	 FOR_SCREEN, AT(step), 0, 1000, -1, NULL},
	{"at", 0, OPTION_SIZE, "WxH", "what the knobs turned the size to; the aspect stays that of the input",
	 FOR_SCREEN, AT(at), 0, 0, 0, NULL},
	{"no-lock", 0, OPTION_FLAG, NULL, "width and height turn alone",
	 FOR_SCREEN, AT(no_lock), 0, 0, 0, NULL},
	{"jobs", 'j', OPTION_COUNT, "N", "threads; 0 = one for each core (default 1)",
	 FOR_COUNT, AT(jobs), 0, 256, 1, NULL},
	{"registry", 'f', OPTION_LIST, "FILE", "INI file that adds to the shipped ones; may be repeated",
	 FOR_ALL, AT(registries), 0, 0, 0, NULL},
	{"no-config", 0, OPTION_FLAG, NULL, "do not read the user's own files",
	 FOR_ALL, AT(no_config), 0, 0, 0, NULL},
	{"output", 'o', OPTION_CHOICE, "FORMAT", "format of the result",
	 FOR_LISTS | FOR_CHART, AT(output), 0, 0, 0, format_names},
	{"no-header", 0, OPTION_FLAG, NULL, "no line of column names in table and csv",
	 FOR_LISTS | FOR_CHART, AT(no_header), 0, 0, 0, NULL},
	{"color", 0, OPTION_CHOICE, "WHEN", "colours",
	 FOR_ALL, AT(color), 0, 0, 0, color_names},
	{"ascii", 0, OPTION_FLAG, NULL, "nothing but ASCII characters",
	 FOR_ALL, AT(ascii), 0, 0, 0, NULL},
	{"help", 'h', OPTION_FLAG, NULL, "this text", FOR_ALL, AT(help), 0, 0, 0, NULL},
	{"version", 'V', OPTION_FLAG, NULL, "version of the program", FOR_ALL, AT(version), 0, 0, 0, NULL},
};
/* clang-format on */
const size_t options_n = ARRAY_SIZE(options_table);
static_assert(ARRAY_SIZE(options_table) <= 64, "options.given has a bit for each");

static void *place(struct options *o, const struct option *opt)
{
	return (char *)o + opt->offset;
}

static void set_defaults(struct options *o)
{
	for (size_t i = 0; i < options_n; i++) {
		const struct option *opt = &options_table[i];
		if (opt->kind == OPTION_COUNT)
			*(int64_t *)place(o, opt) = (int64_t)opt->standard;
		else if (opt->kind == OPTION_NUMBER)
			*(double *)place(o, opt) = opt->standard;
	}
}

/* One line for "not this, but one of those": auto is what an option without a value means, and is
 * not listed. */
static bool refuse_choice(const struct option *opt, const struct options_scope *scope,
			  const char *value, struct vtok_error *err)
{
	char list[128] = "";

	for (size_t i = 0; opt->choices[i]; i++) {
		if (opt->choices == format_names && !(scope->formats & FORMAT_BIT(i)))
			continue;
		if (*list)
			strncat(list, ", ", sizeof(list) - strlen(list) - 1);
		strncat(list, opt->choices[i], sizeof(list) - strlen(list) - 1);
	}
	return error_set(err, VTOK_E_USAGE, "--%s: expected one of %s, got \"%s\"", opt->name, list,
			 value);
}

static bool set_choice(const struct option *opt, const struct options_scope *scope,
		       const char *value, int32_t *out, struct vtok_error *err)
{
	for (int32_t i = 0; opt->choices[i]; i++) {
		if (opt->choices == format_names && !(scope->formats & FORMAT_BIT(i)))
			continue;
		if (strcmp(opt->choices[i], value) == 0) {
			*out = i;
			return true;
		}
	}
	return refuse_choice(opt, scope, value, err);
}

static bool set_number(const struct option *opt, const char *value, void *at,
		       struct vtok_error *err)
{
	bool whole = opt->kind == OPTION_COUNT;
	double v;

	if (!(whole ? unit_parse_count(value, &v) : str_num(value, &v)) || v < opt->least ||
	    v > opt->most || (whole && v != (double)(int64_t)v))
		return error_set(err, VTOK_E_USAGE,
				 "--%s: expected a %snumber from %.15g to %.15g, got \"%s\"",
				 opt->name, whole ? "whole " : "", opt->least, opt->most, value);
	if (whole)
		*(int64_t *)at = (int64_t)v;
	else
		*(double *)at = v;
	return true;
}

/* value is NULL for flags. */
static bool set_value(struct options *o, const struct option *opt, const char *value,
		      struct vtok_error *err)
{
	void *at = place(o, opt);

	o->given |= UINT64_C(1) << (opt - options_table);
	switch (opt->kind) {
	case OPTION_FLAG:
		*(bool *)at = true;
		return true;
	case OPTION_TEXT:
		*(const char **)at = value;
		return true;
	case OPTION_LIST: {
		struct text_list *list = at;
		list->items[list->n++] = value;
		return true;
	}
	case OPTION_COUNT:
	case OPTION_NUMBER:
		return set_number(opt, value, at, err);
	case OPTION_CHOICE:
		return set_choice(opt, &o->scope, value, at, err);
	case OPTION_SIZE: {
		struct option_size *size = at;
		if (unit_parse_size(value, &size->width, &size->height))
			return true;
		return error_set(err, VTOK_E_USAGE, "--%s: expected a size like 80x24, got \"%s\"",
				 opt->name, value);
	}
	}
	return false;
}

static const struct option *by_letter(char letter)
{
	for (size_t i = 0; i < options_n; i++)
		if (options_table[i].letter == letter)
			return &options_table[i];
	return NULL;
}

static const struct option *by_name(const char *name, size_t len)
{
	for (size_t i = 0; i < options_n; i++)
		if (strlen(options_table[i].name) == len &&
		    memcmp(options_table[i].name, name, len) == 0)
			return &options_table[i];
	return NULL;
}

static bool unknown(const struct options_scope *scope, const char *arg, size_t len,
		    struct vtok_error *err)
{
	char name[64];
	const char *nearest = NULL;
	size_t least = 3;

	snprintf(name, sizeof(name), "%.*s", (int)(len < 60 ? len : 60), arg);
	for (size_t i = 0; str_starts(name, "--") && i < options_n; i++) {
		size_t d = str_distance(name + 2, options_table[i].name);
		if (options_table[i].commands & scope->bit && d < least) {
			least = d;
			nearest = options_table[i].name;
		}
	}
	if (nearest)
		return error_set(err, VTOK_E_USAGE, "%s: unknown option %s; did you mean --%s?",
				 scope->name, name, nearest);
	return error_set(err, VTOK_E_USAGE, "%s: unknown option %s; see vtok %s --help",
			 scope->name, name, scope->name);
}

/* One option at argv[*i]; moves *i over a value of its own. */
static bool parse_one(struct options *o, int argc, char **argv, int *i, struct vtok_error *err)
{
	const char *arg = argv[*i], *value = NULL;
	const struct option *opt;
	size_t len;

	if (arg[1] == '-') {
		len = strcspn(arg, "=");
		opt = by_name(arg + 2, len - 2);
		value = arg[len] ? arg + len + 1 : NULL;
	} else {
		len = 2;
		opt = by_letter(arg[1]);
		value = arg[2] ? arg + 2 : NULL;
	}
	if (!opt || !(opt->commands & o->scope.bit) ||
	    (opt->choices == format_names && !o->scope.formats))
		return unknown(&o->scope, arg, len, err);
	if (opt->kind == OPTION_FLAG && value)
		return error_set(err, VTOK_E_USAGE, "--%s takes no value", opt->name);
	if (opt->kind != OPTION_FLAG && !value) {
		if (*i + 1 >= argc)
			return error_set(err, VTOK_E_USAGE, "--%s: %s is missing", opt->name,
					 opt->arg);
		value = argv[++*i];
	}
	return set_value(o, opt, value, err);
}

/* "-" is standard input and "-5x10" a size, though a bad one. */
static bool is_option(const char *arg)
{
	return arg[0] == '-' && arg[1] && !(arg[1] >= '0' && arg[1] <= '9');
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
	if (o->min_pixels && o->max_pixels && o->min_pixels > o->max_pixels)
		return error_set(err, VTOK_E_USAGE,
				 "--min-pixels %lld is more than --max-pixels %lld",
				 (long long)o->min_pixels, (long long)o->max_pixels);
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
	const char **items = calloc(3 * room + 1, sizeof(*items));
	if (!items)
		return error_set(err, VTOK_E_INPUT, "out of memory");
	o->inputs.items = items;
	o->models.items = items + room;
	o->registries.items = items + 2 * room;
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
	const struct option *opt = by_name(name, strlen(name));

	return opt && o->given >> (opt - options_table) & 1;
}

void options_fini(struct options *o)
{
	free((void *)o->inputs.items);
	memset(o, 0, sizeof(*o));
}

enum format options_format(const struct options *o)
{
	if (o->output != FORMAT_AUTO)
		return (enum format)o->output;
	if (!isatty(STDOUT_FILENO))
		return FORMAT_CSV;
	return o->scope.formats & FORMAT_BIT(FORMAT_TABLE) ? FORMAT_TABLE : FORMAT_TEXT;
}

const char *option_title(const struct option *opt, char *out, size_t size)
{
	char letter[8] = "    ";

	if (opt->letter)
		snprintf(letter, sizeof(letter), "-%c, ", opt->letter);
	snprintf(out, size, "%s--%s%s%s", letter, opt->name, opt->arg ? " " : "",
		 opt->arg ? opt->arg : "");
	return out;
}
