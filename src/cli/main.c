/* Finds the command, parses its options from the one table, turns errors into exit codes. */
#include "config.h"

#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/help.h"
#include "cli/input.h"
#include "cli/options.h"

static int print_version(void)
{
	puts("vtok " PACKAGE_VERSION);
	return cli_finish(VTOK_OK);
}

static int run_command(const struct command *cmd, int argc, char **argv)
{
	const struct options_scope scope = {cmd->name, cmd->options, cmd->inputs, cmd->formats};
	struct vtok_error err = {0};
	struct options o;
	int code;

	if (!options_parse(&o, &scope, argc, argv, &err)) {
		code = cli_fail(&err);
	} else if (o.help) {
		help_command(cmd);
		code = cli_finish(VTOK_OK);
	} else if (o.version) {
		code = print_version();
	} else {
		if (*o.note)
			cli_note("%s", o.note);
		code = cmd->run(&o);
	}
	options_fini(&o);
	return code;
}

/* A first word that is no command is the dashboard's picture, if it can be one; a word that is more
 * like a command gets the nearest one. */
static int unknown_command(const char *word)
{
	const char *nearest = NULL;
	size_t least = 3;

	for (size_t i = 0; i < commands_n; i++) {
		size_t d = str_distance(word, commands[i]->name);
		if (d < least) {
			least = d;
			nearest = commands[i]->name;
		}
	}
	if (nearest)
		cli_note("%s is neither a command nor a file; did you mean vtok %s?", word,
			 nearest);
	else
		cli_note("%s is neither a command nor a file; see vtok --help", word);
	return VTOK_E_USAGE;
}

static bool can_be_picture(const char *word)
{
	return strpbrk(word, "/.0123456789") || input_is_size(word) || access(word, F_OK) == 0;
}

static int run_dashboard(int argc, char **argv)
{
	const struct command *cmd = command_find("tui");

	if (cmd)
		return run_command(cmd, argc, argv);
	cli_note("this build has no dashboard; see vtok --help");
	return VTOK_E_USAGE;
}

/* jansson takes a lack of memory for a mistake of the file in one place and walks over it in
 * another. In the program it ends there; the library leaves its caller's allocator alone. */
static void *json_memory(size_t n)
{
	struct vtok_error err = {0};
	void *p = malloc(n);

	if (p || n == 0)
		return p;
	error_memory(&err);
	exit(cli_fail(&err));
}

/* `vtok help count` is `vtok count --help`. */
static int help_on(const char *word)
{
	const struct command *cmd = command_find(word);

	if (!cmd)
		return unknown_command(word);
	help_command(cmd);
	return cli_finish(VTOK_OK);
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	static const char *const for_help[] = {"--help", "-h", "help", NULL};
	static const char *const for_version[] = {"--version", "-V", "-v", "version", NULL};
	const char *first = argc > 1 ? argv[1] : "";

	/* a reader who goes away is an error of write(), reported by cli_finish, not a signal */
	signal(SIGPIPE, SIG_IGN);
	json_set_alloc_funcs(json_memory, free);
	if (strcmp(first, "help") == 0 && argc > 2)
		return help_on(argv[2]);
	if (is_one_of(first, for_help)) {
		help_program();
		return cli_finish(VTOK_OK);
	}
	if (is_one_of(first, for_version))
		return print_version();
	if (strcmp(first, "--completions") == 0)
		return complete_print(argc > 2 ? argv[2] : "", argc > 3 ? argv[3] : "");
	const struct command *cmd = command_find(first);
	if (cmd)
		return run_command(cmd, argc - 1, argv + 1);
	if (*first && *first != '-' && !can_be_picture(first))
		return unknown_command(first);
	return run_dashboard(argc, argv);
}
