/* Subcommands: one file each, ending in one record; main.c, --help, completions and the manual walk
 * the list. */
#ifndef VTOK_CLI_COMMANDS_H
#define VTOK_CLI_COMMANDS_H

#include <stddef.h>

#include "cli/options.h"

struct command {
	const char *name;
	const char *usage;   /* what follows the name */
	const char *summary; /* one line */
	const char *details; /* paragraphs for --help, '\n' between them; NULL = none */
	unsigned options;    /* groups it takes, OPT_* of options.h */
	enum inputs inputs;
	unsigned formats; /* FORMAT_BIT()s that -o takes; 0 = no -o */
	/* Options are parsed, --help is done. Returns an exit code; has said on stderr what was
	 * wrong. */
	int (*run)(const struct options *o);
};

extern const struct command *const commands[];
extern const size_t commands_n;

/* NULL when there is none of that name. */
const struct command *command_find(const char *name);

#endif
