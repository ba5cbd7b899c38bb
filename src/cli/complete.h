/* Completions for shells, made from the tables of commands and options. */
#ifndef VTOK_CLI_COMPLETE_H
#define VTOK_CLI_COMPLETE_H

/* Prints the script for "bash", "zsh" or "fish" on standard output; returns an exit code. */
int complete_print(const char *shell);

#endif
