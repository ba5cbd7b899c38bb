/* One table of options: parsing, --help, the completions and the list in the manual all follow from
 * it. */
#ifndef VTOK_CLI_OPTIONS_H
#define VTOK_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Commands as bits, so that an option can say to which it belongs. */
enum {
	FOR_TUI = 1 << 0,
	FOR_COUNT = 1 << 1,
	FOR_ESTIMATE = 1 << 2,
	FOR_EXPLAIN = 1 << 3,
	FOR_CHART = 1 << 4,
	FOR_MODELS = 1 << 5, /* models, hardware, themes */
	FOR_IMPORT = 1 << 6,
	FOR_RENDER = 1 << 7,
	FOR_ALL = (1 << 8) - 1,
};

enum format {
	FORMAT_AUTO, /* table on a terminal, csv elsewhere */
	FORMAT_TABLE,
	FORMAT_CSV,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_MD,
	FORMAT_TEXT,
	FORMAT_SVG,
	FORMAT_N
};
#define FORMAT_BIT(f) (1u << (f))
extern const char *const format_names[]; /* NULL-terminated, in enum order */

/* What a command line holds beside options. */
enum inputs {
	INPUTS_NONE,
	INPUTS_NAME, /* at most one name of a section, theme or shell */
	INPUTS_ONE,  /* at most one FILE or WxH */
	INPUTS_MANY, /* any number of them */
};

/* What a command takes: the part of its record that parsing needs. */
struct options_scope {
	const char *name; /* of the command, for messages */
	unsigned bit;     /* one FOR_*: which options belong to it */
	enum inputs inputs;
	unsigned formats; /* FORMAT_BIT()s that -o takes; 0 = no -o */
};

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char *; NULL = not given */
	OPTION_LIST,   /* struct text_list: may be given several times */
	OPTION_COUNT,  /* int64_t, "4k" allowed; its default where not given */
	OPTION_NUMBER, /* double */
	OPTION_CHOICE, /* int32_t, place in choices; 0 = the first, its default */
	OPTION_SIZE,   /* struct option_size, "80x24" */
};

struct text_list {
	const char **items;
	size_t n;
};

struct option_size {
	int64_t width, height; /* 0 = not given */
};

struct option {
	const char *name; /* without dashes */
	char letter;      /* 0 = none */
	enum option_kind kind;
	const char *arg;            /* its name in help; NULL for a flag */
	const char *help;           /* starts small, no full stop */
	unsigned commands;          /* FOR_* */
	size_t offset;              /* in struct options */
	double least, most;         /* OPTION_COUNT, OPTION_NUMBER: inclusive */
	double standard;            /* OPTION_COUNT, OPTION_NUMBER: value where it is not given */
	const char *const *choices; /* OPTION_CHOICE: NULL-terminated */
};

extern const struct option options_table[];
extern const size_t options_n;

/* What was given. Texts are borrowed from argv. -1 stands for "not given" where 0 means something.
 */
struct options {
	struct options_scope scope;
	struct text_list inputs; /* what is no option */
	bool help, version;

	/* which models, what request */
	struct text_list models, registries;
	bool all, all_runtimes, no_config;
	bool sum; /* the inputs are one request */
	int64_t images, text, reserve, context;
	const char *hardware, *engine, *weights, *kv;
	int64_t tensor_parallel;

	/* how it is counted */
	int32_t lens;                                             /* enum lens */
	int64_t patch, merge, pool, grid, min_pixels, max_pixels; /* 0 = the checkpoint's */
	int32_t detail, media_resolution; /* enum detail, enum media_resolution */
	const char *rules;
	int64_t frames;            /* 0 = no video */
	double video_seconds, fps; /* 0 = no video; 0 = the model's own rate */
	double price_usd;          /* per million input tokens; 0 = not given */

	/* how it is shown */
	int32_t output; /* enum format */
	int32_t color;  /* enum color_mode */
	bool no_header, ascii;
	int64_t jobs;
	struct option_size size;
	const char *keys, *view, *metric, *theme, *script;
	int32_t axis; /* 0 = log, 1 = linear */
	bool big, no_mouse, no_lock;
	int64_t step; /* -1 = not given */
	struct option_size at;
	uint64_t given; /* bit per row of options_table */
};

/* Parses argv[1..argc-1]. Options and inputs may be mixed; "--" ends the options; "-" and "-5x10"
 * are inputs. False: err says in one line what is wrong. Free with options_fini in both cases. */
bool options_parse(struct options *o, const struct options_scope *scope, int argc, char **argv,
		   struct vtok_error *err);
void options_fini(struct options *o);

/* True when the option was on the command line. */
bool options_given(const struct options *o, const char *name);

/* The format to write: what was asked for, or table (text for a command without tables) on a
 * terminal and csv elsewhere. */
enum format options_format(const struct options *o);

/* "-m, --model MODEL": the left column of help and manual. Writes at most size bytes; returns out.
 */
const char *option_title(const struct option *opt, char *out, size_t size);

#endif
