/* Completions for shells, made from the tables of commands and options. */
#ifndef VTOK_CLI_COMPLETE_H
#define VTOK_CLI_COMPLETE_H

/* Prints the script for "bash", "zsh" or "fish" on standard output; for "models" and the other
 * lists their names that begin like word (cli/complete_names.h). Returns an exit code. */
int complete_print(const char *shell, const char *word);

#endif
