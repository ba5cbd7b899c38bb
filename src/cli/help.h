/* Texts made from the tables of commands and options. All go to standard output. */
#ifndef VTOK_CLI_HELP_H
#define VTOK_CLI_HELP_H

struct command;

/* `vtok --help`, and `vtok COMMAND --help`. */
void help_program(void);
void help_command(const struct command *cmd);

#endif
