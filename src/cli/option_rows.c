#include "cli/options.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/picture.h"
#include "base/str.h"
#include "cli/dataset.h"
#include "cli/parts.h"
#include "core/budget.h"
#include "core/quantity.h"
#include "core/usual.h"
#include "core/video.h"
#include "state/knobs.h"
#include "view/talks.h"
#include "view/view.h"

/* In enum order. */
const char *const format_names[] = {"auto", "table", "csv", "json", "jsonl",
				    "md",   "text",  "svg", NULL};
static_assert(ARRAY_SIZE(format_names) == FORMAT_N + 1, "one name for each format");

static const char *const color_names[] = {"auto", "always", "never", NULL};
static const char *const from_names[] = {"auto",  "paths", "sizes", "csv",
					 "jsonl", "tar",   "zip",   NULL};
static const char *const errors_names[] = {"auto", "fail", "ok", NULL};
static const char *const axis_names[] = {"log", "linear", NULL};

/* Who takes the frames of a video: engines of engines.ini, and one that is none. */
static const char *sampler_name(size_t i)
{
	static const char *const names[] = {USUAL_ENGINE, "transformers", "qwen-vl-utils", NULL};

	return names[i];
}

#define AT(member) .offset = offsetof(struct options, member)

/* clang-format off */
static const struct option rows[] = {
	{"all", 0, OPTION_FLAG, NULL, "every model: checkpoints, processors without one, hosted models", OPT_EVERY_MODEL, AT(all)},
	{"all-runtimes", 0, OPTION_FLAG, NULL, "also the variants other engines count by, each with its reason",
	 OPT_ROWS, AT(all_runtimes)},
	{"sum", 0, OPTION_FLAG, NULL, "the inputs are the images of one request: a last row adds them up",
	 OPT_SUM, AT(sum)},
	{"rules", 0, OPTION_TEXT, "DATE", "hosted rules of that day, like 2025-04 or 2025-04-14", OPT_RULES, AT(rules)},
	{"name", 0, OPTION_TEXT, "ID", "id of the sections (default the folder's name)", OPT_IMPORT, AT(name)},
	{"frames", 0, OPTION_COUNT, "N", "a video of N frames of the given size",
	 OPT_VIDEO, AT(frames), .least = 1, .most = 10000000},
	{"video", 0, OPTION_NUMBER, "SECONDS", "a video of that length",
	 OPT_VIDEO, AT(video_seconds), .least = 0.001, .most = VIDEO_SECONDS_MOST},
	{"fps", 0, OPTION_NUMBER, "RATE", "frames taken of a second (default what the sampler takes)",
	 OPT_VIDEO, AT(fps), .least = 0.001, .most = VIDEO_RATE_MOST},
	{"source-fps", 0, OPTION_NUMBER, "RATE", "frames a second of the video itself (default as its file says, else 30)",
	 OPT_VIDEO, AT(source_fps), .least = 0.001, .most = VIDEO_RATE_MOST},
	{"sampler", 0, OPTION_TEXT, "NAME", "who takes the frames, whatever the engine", OPT_VIDEO, AT(sampler), .name_at = sampler_name},
	{"dpi", 0, OPTION_NUMBER, "DPI", "pixels an inch of the pages of a PDF", OPT_PAGES, AT(dpi), .least = 1, .most = 10000, .standard = PARTS_DPI},
	{"price", 0, OPTION_NUMBER, "USD", "price of a million input tokens: adds the price of 1,000 images",
	 OPT_PRICE, AT(price_usd), .most = PRICE_MOST},
	{"itl", 0, OPTION_TEXT, "TIME", "longest time between tokens, like 40ms (default " USUAL_WORDS(USUAL_ITL_MS) "ms)", OPT_TRAFFIC, AT(itl)},
	{"quantile", 0, OPTION_NUMBER, "Q", "of the times to the first token under that traffic",
	 OPT_TRAFFIC, AT(quantile), .least = QUANTILE_LEAST, .most = QUANTILE_MOST, .standard = USUAL_QUANTILE},
	{"tokens", 0, OPTION_COUNT, "N", "budget: tokens of the request's images",
	 OPT_FIT, AT(budget_tokens), .most = TOKENS_MOST},
	{"share", 0, OPTION_TEXT, "P%", "budget: share of the context, text and answer included",
	 OPT_FIT, AT(budget_share)},
	{"ttft", 0, OPTION_TEXT, "TIME", "budget: time to the first token, like 300ms", OPT_FIT | OPT_PLAN, AT(budget_ttft)},
	{"gpu-time", 0, OPTION_TEXT, "TIME", "budget: the GPU's part of that", OPT_FIT, AT(budget_gpu_time)},
	{"kv-bytes", 0, OPTION_TEXT, "BYTES", "budget: KV cache of one request, like 200MiB",
	 OPT_FIT, AT(budget_kv_bytes)},
	{"concurrency", 0, OPTION_COUNT, "N", "budget: requests at once, at least",
	 OPT_FIT, AT(budget_concurrency), .least = 1, .most = TOKENS_MOST},
	{"max-price", 0, OPTION_NUMBER, "USD", "budget: price of 1,000 images",
	 OPT_FIT | OPT_SCAN, AT(budget_price), .most = PRICE_MOST},
	{"budget", 0, OPTION_LIST, "NAME=VALUE", "budget on any number that estimate gives, like prefill_gpu_ms=40ms",
	 OPT_FIT, AT(budgets)},
	{"safe", 0, OPTION_FLAG, NULL, "times and concurrency by the bad end of their range", OPT_FIT, AT(safe)},
	{"per-image", 0, OPTION_FLAG, NULL, "--tokens is of one image", OPT_FIT, AT(per_image)},
	{"aspects", 0, OPTION_FLAG, NULL, "the best size for each of the common shapes", OPT_FIT, AT(aspects)},
	{"common", 0, OPTION_FLAG, NULL, "one longest side that all inputs keep", OPT_FIT, AT(common)},
	{"snap", 0, OPTION_FLAG, NULL, "down to the multiple that the model rounds to", OPT_FIT, AT(snap)},
	{"upscale", 0, OPTION_FLAG, NULL, "larger than the original too, up to 16,384 pixels", OPT_FIT, AT(upscale)},
	{"why", 0, OPTION_FLAG, NULL, "a reason in words in every row", OPT_FIT, AT(why)},
	{"settings", 0, OPTION_TEXT, "ENGINE", "what tells it to hold the size: all, or one, like vllm@0.20", OPT_FIT, AT(settings)},
	{"write", 0, OPTION_TEXT, "FILE", "the picture at that size, as .png, .jpg or .webp", OPT_FIT, AT(write)},
	{"write-dir", 0, OPTION_TEXT, "FOLDER", "all of them there, under their own names", OPT_FIT, AT(write_dir)},
	{"force", 0, OPTION_FLAG, NULL, "over files that are there", OPT_FIT, AT(force)},
	{"quality", 0, OPTION_COUNT, "Q", "of JPEG and WebP, 1 to 100 (default 90)", OPT_FIT, AT(quality), .least = 1, .most = 100},
	{"server", 0, OPTION_LIST, "ARGS", "the command line that starts the engine, with variables before it", OPT_LIMITS, AT(server_lines)},
	{"client", 0, OPTION_LIST, "KEY=VALUE", "what the request sends, its place before the key: part:, url:, body:, kwargs:, init:", OPT_LIMITS, AT(client_keys)},
	{"strict", 0, OPTION_FLAG, NULL, "everything that is not ok fails", OPT_LIMITS, AT(strict)},
	{"request", 0, OPTION_TEXT, "FILE", "chat requests, one or JSONL, in place of inputs; - = standard input",
	 OPT_REQUEST, AT(request)},
	{"map", 0, OPTION_LIST, "NAME=ID", "the model behind a served name of requests", OPT_REQUEST, AT(maps)},
	{"max-line", 0, OPTION_COUNT, "BYTES", "of one request", OPT_REQUEST, AT(max_line),
	 .least = 1024, .most = 1e12, .standard = 268435456},
	{"from", 0, OPTION_CHOICE, "KIND", "what the inputs hold", OPT_SCAN, AT(from), .choices = from_names},
	{"null", '0', OPTION_FLAG, NULL, "records of lists end with a NUL, as find -print0 writes them", OPT_LISTS, AT(null)},
	{"width", 0, OPTION_TEXT, "COLUMN", "of the widths in a csv or jsonl (default width)", OPT_SCAN, AT(width_column)},
	{"height", 0, OPTION_TEXT, "COLUMN", "of the heights (default height)", OPT_SCAN, AT(height_column)},
	{"weight", 0, OPTION_TEXT, "COLUMN", "of how many images a row stands for", OPT_SCAN, AT(weight_column)},
	{"key", 0, OPTION_TEXT, "COLUMN", "of the name of a row, for the list of the worst", OPT_SCAN, AT(key_column)},
	{"swap", 0, OPTION_FLAG, NULL, "width and height stand the wrong way round", OPT_SCAN, AT(swap)},
	{"top", 0, OPTION_COUNT, "N", "how many of the worst are listed",
	 OPT_SCAN, AT(top), .most = DATASET_TOP, .standard = DATASET_TOP_USUAL},
	{"max-tokens", 0, OPTION_COUNT, "N", "fails where an image takes more tokens",
	 OPT_SCAN, AT(max_tokens), .least = 1, .most = TOKENS_MOST},
	{"max-share", 0, OPTION_TEXT, "P%", "fails where an image takes more of the context, text and answer included",
	 OPT_SCAN, AT(max_share)},
	{"cap", 0, OPTION_LIST, "CAP", "what a cap would save: tokens like 1280t, or pixels like 1000000",
	 OPT_SCAN, AT(caps)},
	{"estimate", 0, OPTION_FLAG, NULL, "KV cache and time to the first token too", OPT_SCAN, AT(estimate)},
	{"errors", 0, OPTION_CHOICE, "WHAT", "whether an input that failed makes the exit code 1; auto: not for --partial",
	 OPT_SCAN, AT(errors), .choices = errors_names},
	{"partial", 0, OPTION_FLAG, NULL, "one line of JSON for each model, for --merge", OPT_SCAN, AT(partial)},
	{"part", 0, OPTION_TEXT, "NAME", "of the partial: one that comes twice counts once", OPT_SCAN, AT(part)},
	{"merge", 0, OPTION_FLAG, NULL, "the inputs are files of partials", OPT_SCAN, AT(merge)},
	{"resume", 0, OPTION_TEXT, "FILE", "keeps there what is done, and goes on from it", OPT_SCAN, AT(resume)},
	{"scan", 0, OPTION_TEXT, "PARTIAL", "sizes of a data set in place of one, as scan --partial writes them; - = standard input",
	 OPT_PLAN, AT(scan)},
	{"metric", 0, OPTION_TEXT, "METRIC", "what the chart shows", OPT_CHART, AT(metric), .name_at = quantity_metric},
	{"parts", 0, OPTION_FLAG, NULL, "what the metric consists of, in place of curves: ttft, memory", OPT_CHART, AT(parts)},
	{"widths", 0, OPTION_TEXT, "FROM:TO", "ends of the chart's axis, pixels (default 224:4096)", OPT_CHART, AT(widths)},
	{"axis", 0, OPTION_CHOICE, "SCALE", "scale of the chart's axes", OPT_CHART, AT(axis), .choices = axis_names},
	{"size", 0, OPTION_SIZE, "COLSxROWS", "size in character cells (default 80x24, for chart that of the terminal)",
	 OPT_SIZE, AT(size)},
	{"keys", 0, OPTION_TEXT, "KEYS", "keys to press first, blanks between: \"Down Enter 4 k Enter\"",
	 OPT_KEYS, AT(keys)},
	{"view", 0, OPTION_TEXT, "NAME", "view to start with", OPT_SCREEN, AT(view), .name_at = view_name},
	{"theme", 0, OPTION_TEXT, "THEME", "colours (`vtok themes`)", OPT_SCREEN | OPT_CHART, AT(theme)},
	{"big", 0, OPTION_FLAG, NULL, "big digits, readable from the back of a room", OPT_SCREEN, AT(big)},
	{"graphics", 0, OPTION_CHOICE, "WAY", "what draws the picture of view 4", OPT_SCREEN, AT(graphics), .choices = picture_ways},
	{"no-mouse", 0, OPTION_FLAG, NULL, "leave the mouse to the terminal", OPT_SCREEN, AT(no_mouse)},
	{"script", 0, OPTION_TEXT, "FILE", "steps of a talk; Space goes on to the next", OPT_SCREEN, AT(script)},
	{"talk", 0, OPTION_TEXT, "NAME", "one of the talks that are built in, or list", OPT_SCREEN, AT(talk), .name_at = talk_name},
	{"step", 0, OPTION_COUNT, "N", "step of the talk to show (default the first; for render the last)",
	 OPT_SCREEN, AT(step), .most = 1000, .standard = -1},
	{"at", 0, OPTION_SIZE, "WxH", "what the knobs turned the size to; the aspect stays that of the input",
	 OPT_SCREEN, AT(at)},
	{"no-lock", 0, OPTION_FLAG, NULL, "width and height turn alone", OPT_SCREEN, AT(no_lock)},
	{"jobs", 'j', OPTION_COUNT, "N", "threads; 0 = one for each core",
	 OPT_ROWS, AT(jobs), .most = JOBS_MOST, .standard = 1},
	{"check", 0, OPTION_TEXT, "FILE", "what its names, one a line, mean, and which mean nothing; - = standard input",
	 OPT_CHECK, AT(check)},
	{"registry", 'f', OPTION_LIST, "FILE", "INI file that adds to the shipped ones", OPT_ALWAYS, AT(registries)},
	{"no-config", 0, OPTION_FLAG, NULL, "do not read the user's own files", OPT_ALWAYS, AT(no_config)},
	{"output", 'o', OPTION_CHOICE, "FORMAT", "format of the result", OPT_OUTPUT, AT(output), .choices = format_names},
	{"no-header", 0, OPTION_FLAG, NULL, "no line of column names in table and csv", OPT_OUTPUT, AT(no_header)},
	{"color", 0, OPTION_CHOICE, "WHEN", "colours", OPT_ALWAYS, AT(color), .choices = color_names},
	{"ascii", 0, OPTION_FLAG, NULL, "nothing but ASCII characters", OPT_ALWAYS, AT(ascii)},
	{"help", 'h', OPTION_FLAG, NULL, "this text", OPT_ALWAYS, AT(help)},
	{"version", 'V', OPTION_FLAG, NULL, "version of the program", OPT_ALWAYS, AT(version)},
};
/* clang-format on */
const size_t options_n = KNOB_N + ARRAY_SIZE(rows);
static_assert(KNOB_N + ARRAY_SIZE(rows) <= OPTIONS_ROOM, "options.given has a place for each");

/* ------------------------------------------------------------ the table */

/* Several models may be named, of other entries one. */
static bool knob_option(enum knob k, struct option *out)
{
	static const enum option_kind kinds[] = {[IS_NUMBER] = OPTION_COUNT,
						 [IS_CHOICE] = OPTION_CHOICE,
						 [IS_ENTRY] = OPTION_TEXT,
						 [IS_BUDGET] = OPTION_TEXT};
	const struct knob_spec *spec = &knob_specs[k];
	bool is_model = k == KNOB_MODEL;
	bool is_text = spec->kind == IS_ENTRY || spec->kind == IS_BUDGET;
	size_t member =
		is_text ? offsetof(struct knob_given, text) : offsetof(struct knob_given, number);

	if (!spec->arg)
		return false;
	*out = (struct option){
		.name = spec->name,
		.letter = spec->letter,
		.kind = is_model ? OPTION_LIST : kinds[spec->kind],
		.arg = spec->arg,
		.help = spec->help,
		.group = spec->is_of_screen             ? OPT_SCREEN
			 : spec->is_of_traffic          ? OPT_TRAFFIC
			 : spec->also_counts            ? OPT_COSTS | OPT_COUNTING
			 : spec->group >= GROUP_REQUEST ? OPT_COSTS
							: OPT_COUNTING,
		.offset = is_model ? offsetof(struct options, models)
				   : offsetof(struct options, knobs) +
					     k * sizeof(struct knob_given) + member,
		.least = (double)spec->least / knob_scale(spec),
		.most = (double)spec->most / knob_scale(spec),
		.standard = (double)spec->usual / knob_scale(spec),
		.knob = spec,
	};
	return true;
}

bool option_at(size_t i, struct option *out)
{
	if (i < KNOB_N)
		return knob_option((enum knob)i, out);
	*out = rows[i - KNOB_N];
	return true;
}

/* scan has a --merge of its own: a row goes before the knob of the same name. */
static bool is_hidden(const struct option *opt, unsigned groups)
{
	for (size_t i = 0; opt->knob && i < ARRAY_SIZE(rows); i++)
		if (rows[i].group & groups && strcmp(rows[i].name, opt->name) == 0)
			return true;
	return false;
}

bool option_belongs(const struct option *opt, unsigned groups, unsigned formats)
{
	if (is_hidden(opt, groups))
		return false;
	return (groups | OPT_ALWAYS | (formats ? OPT_OUTPUT : 0)) & opt->group;
}

const char *option_choice(const struct option *opt, unsigned formats, size_t i)
{
	if (opt->knob)
		return i < opt->knob->steps_n ? opt->knob->name_of((int)opt->knob->steps[i]) : NULL;
	if (opt->choices == format_names && opt->choices[i] && !(formats & FORMAT_BIT(i)))
		return "";
	return opt->choices[i];
}

char *option_help(const struct option *opt, char *out, size_t size)
{
	const struct knob_spec *k = opt->knob;
	char usual[64] = "", names[128] = "";

	if (k && k->kind == IS_ENTRY)
		str_format(usual, sizeof(usual), "%s", k->usual_id);
	else if (k && k->kind == IS_CHOICE && k->usual != k->steps[0])
		str_format(usual, sizeof(usual), "%s", k->name_of((int)k->usual));
	else if (!(k && k->kind == IS_CHOICE) && opt->standard > 0)
		str_format(usual, sizeof(usual), "%.15g", opt->standard);
	if (opt->name_at)
		str_any_of(names, sizeof(names), opt->name_at);
	return str_format(out, size, "%s%s%s%s%s%s%s", opt->help, *names ? ": " : "", names,
			  opt->kind == OPTION_LIST ? "; may be repeated" : "",
			  *usual ? " (default " : "", usual, *usual ? ")" : "");
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
