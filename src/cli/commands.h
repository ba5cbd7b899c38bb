/* Subcommands: one file each, ending in one record; main.c, --help, completions and the manual walk the list. */
#ifndef VTOK_CLI_COMMANDS_H
#define VTOK_CLI_COMMANDS_H

#include <stddef.h>

struct command {
	const char *name;
	const char *usage;   /* without the program's name */
	const char *summary; /* one line */
	int (*run)(int argc, char **argv); /* argv[0] is the command's name; returns an exit code */
};

extern const struct command *const commands[];
extern const size_t commands_n;

const struct command *command_find(const char *name);

#endif
