/* One table of options: parsing, --help, the completions and the list in the manual all follow from
 * it. */
#ifndef VTOK_CLI_OPTIONS_H
#define VTOK_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "state/request.h"

struct knob_spec;

/* What belongs together: a command names the groups it takes, an option the one it is of. A command
 * that writes a result has OPT_OUTPUT by its formats; OPT_ALWAYS every command has. */
enum option_group {
	OPT_ALWAYS = 1 << 0,
	OPT_OUTPUT = 1 << 1,
	OPT_COUNTING = 1 << 2,    /* the knobs of model, picture and strategy */
	OPT_COSTS = 1 << 3,       /* those of request and serving */
	OPT_EVERY_MODEL = 1 << 4, /* --all */
	OPT_RULES = 1 << 5,       /* the day of hosted rules */
	OPT_ROWS = 1 << 6,        /* many inputs, many rows */
	OPT_VIDEO = 1 << 7,
	OPT_PRICE = 1 << 8,
	OPT_CHART = 1 << 9,
	OPT_SIZE = 1 << 10, /* in character cells */
	OPT_SCREEN = 1 << 11,
	OPT_KEYS = 1 << 12,
	OPT_IMPORT = 1 << 13,
	OPT_FIT = 1 << 14, /* budgets, and what is made of them */
	OPT_SUM = 1 << 15,
	OPT_CHECK = 1 << 16,   /* a list of names */
	OPT_LIMITS = 1 << 17,  /* how a server is started, what a client sends */
	OPT_SCAN = 1 << 18,    /* data sets */
	OPT_REQUEST = 1 << 19, /* chat requests in place of inputs */
	OPT_TRAFFIC = 1 << 20, /* what comes in, its limits, what a device costs */
	OPT_PLAN = 1 << 21,
	OPT_LISTS = 1 << 22, /* many names on standard input */
	OPT_PAGES = 1 << 23, /* of PDFs */
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

/* As -o takes them, in enum order; NULL behind the last. */
extern const char *const format_names[];

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
	unsigned options; /* enum option_group */
	enum inputs inputs;
	unsigned formats; /* FORMAT_BIT()s that -o takes; 0 = no -o */
};

/* What the inputs of scan hold. */
enum scan_from { SCAN_AUTO, SCAN_PATHS, SCAN_SIZES, SCAN_CSV, SCAN_JSONL, SCAN_TAR, SCAN_ZIP };

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char *; NULL = not given */
	OPTION_LIST,   /* struct text_list: may be given several times */
	OPTION_COUNT,  /* int64_t, "4k" allowed; its default where not given */
	OPTION_NUMBER, /* double */
	OPTION_CHOICE, /* int32_t, place in choices; 0 = the first, its default. Of a knob: int64_t,
			  the value behind the name */
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
	const char *help;           /* starts small, no full stop; option_help() says more */
	unsigned group;             /* enum option_group: one of them, or two */
	size_t offset;              /* in struct options */
	double least, most;         /* OPTION_COUNT, OPTION_NUMBER: inclusive */
	double standard;            /* OPTION_COUNT, OPTION_NUMBER: value where it is not given */
	const char *const *choices; /* OPTION_CHOICE: NULL-terminated; NULL: of a knob */
	const char *(*name_at)(size_t i); /* OPTION_TEXT: what it may be, to the first NULL; NULL
					     = not said */
	const struct knob_spec *knob; /* the row it is made of; NULL = it stands in option_rows.c */
};

/* The knobs that are options come first, each made of its row (state/knobs.c), then the rows of
 * option_rows.c. False: the i-th knob is no option. */
extern const size_t options_n;
bool option_at(size_t i, struct option *out);

/* True when a command of these groups and formats takes it. */
bool option_belongs(const struct option *opt, unsigned groups, unsigned formats);

/* The i-th value of an OPTION_CHOICE; NULL behind the last. "" = the command writes no such
 * format. */
const char *option_choice(const struct option *opt, unsigned formats, size_t i);

/* One line with the default behind it. Writes at most size bytes; returns out. */
char *option_help(const struct option *opt, char *out, size_t size);

enum { OPTIONS_ROOM = 128 }; /* option_rows.c asserts that it is enough */

struct knob_given {
	int64_t number;   /* of a number or a choice; the usual one where not given */
	const char *text; /* of a budget, or of an entry other than the model; NULL = not given */
};

/* What was given. Texts are borrowed from argv. -1 stands for "not given"
 * where 0 means something. */
struct options {
	struct options_scope scope;
	struct text_list inputs; /* what is no option */
	bool help, version;
	char note[96]; /* how a value was taken that others might take otherwise; "" = none */

	/* which models, what request */
	struct knob_given knobs[KNOB_N];
	struct text_list models, registries;
	bool all, all_runtimes, no_config;
	bool sum;                  /* the inputs are one request */
	const char *rules, *name;  /* name: the id of what is imported */
	int64_t frames;            /* 0 = no video */
	double video_seconds, fps; /* 0 = no video; 0 = the sampler's own rate */
	double source_fps;         /* 0 = as the file says, or the usual rate */
	const char *sampler;       /* NULL = the engine's */
	double price_usd;          /* per million input tokens; 0 = not given */
	double dpi;                /* of the pages of a PDF */
	double quantile;           /* of the times to the first token */
	const char *itl;           /* NULL = the usual limit between tokens */

	/* budgets of fit: those not given are 0 or NULL (options_given) */
	int64_t budget_tokens, budget_concurrency;
	const char *budget_share, *budget_ttft, *budget_gpu_time, *budget_kv_bytes;
	double budget_price;
	struct text_list budgets; /* NAME=VALUE */
	bool safe, per_image, aspects, common, snap, upscale, why;
	const char *settings, *write, *write_dir; /* NULL = not asked for */
	bool force;
	int64_t quality; /* 0 = the usual one */

	/* of check */
	struct text_list server_lines, client_keys;
	bool strict;

	/* chat requests */
	const char *request; /* the file; NULL = none */
	struct text_list maps;
	int64_t max_line; /* bytes */

	/* data sets */
	int32_t from;   /* enum scan_from */
	int32_t errors; /* 0 = as is usual, 1 = they fail the run, 2 = they do not */
	bool null, swap, estimate, partial, merge;
	const char *width_column, *height_column, *weight_column,
		*key_column; /* NULL = the usual */
	int64_t top, max_tokens;
	const char *max_share, *part, *resume;
	struct text_list caps;
	const char *scan; /* a partial, for plan; NULL = none */

	/* how it is shown */
	int32_t output; /* enum format */
	int32_t color;  /* enum color_mode */
	bool no_header, ascii;
	int64_t jobs;
	struct option_size size;
	const char *check; /* the list of names; NULL = none */
	const char *keys, *view, *metric, *widths, *theme, *script, *talk;
	int32_t axis;     /* 0 = log, 1 = linear */
	int32_t graphics; /* enum picture_way */
	bool big, no_mouse, no_lock, parts;
	int64_t step; /* -1 = not given */
	struct option_size at;
	bool given[OPTIONS_ROOM];
};

/* Parses argv[1..argc-1]. Options and inputs may be mixed; "--" ends the options; "-" and "-5x10"
 * are inputs. False: err says in one line what is wrong. Free with options_fini in both cases. */
bool options_parse(struct options *o, const struct options_scope *scope, int argc, char **argv,
		   struct vtok_error *err);
void options_fini(struct options *o);

/* True when the option was on the command line. */
bool options_given(const struct options *o, const char *name);

/* A knob's number or choice as its option takes it. False: err says what was expected, without the
 * name. */
bool options_read_knob(enum knob k, const char *value, int64_t *out, struct vtok_error *err);

/* Threads: as many as asked for, or one for each core. */
enum { JOBS_MOST = 256 };
int options_jobs(const struct options *o);

/* The format to write: what was asked for, or table (text for a command without tables) on a
 * terminal and csv elsewhere. */
enum format options_format(const struct options *o);

/* "-m, --model MODEL": the left column of help and manual. Writes at most
 * size bytes; returns out. */
const char *option_title(const struct option *opt, char *out, size_t size);

#endif
