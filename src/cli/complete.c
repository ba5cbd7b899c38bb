#include "cli/complete.h"

#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/complete_names.h"
#include "cli/options.h"

/* False: the i-th option is none of this command's. */
static bool option_of(const struct command *cmd, size_t i, struct option *out)
{
	return option_at(i, out) && option_belongs(out, cmd->options, cmd->formats);
}

static bool takes_file(const struct option *opt)
{
	return opt->arg && strcmp(opt->arg, "FILE") == 0;
}

static bool has_choices(const struct option *opt)
{
	return opt->kind == OPTION_CHOICE || opt->name_at;
}

static const char *choice_at(const struct option *opt, const struct command *cmd, size_t i)
{
	return opt->name_at ? opt->name_at(i) : option_choice(opt, cmd->formats, i);
}

/* The choices of an option of this command, a blank behind each. */
static void put_choices(const struct option *opt, const struct command *cmd)
{
	const char *choice;

	for (size_t i = 0; (choice = choice_at(opt, cmd, i)); i++)
		if (*choice)
			printf("%s ", choice);
}

/* Lists of names come from the program itself (complete_names.c), so that the user's own files are
 * offered too. */
static const struct {
	const char *arg, *list;
} sources[] = {
	{"MODEL", "models"},
	{"HARDWARE", "hardware"},
	{"ENGINE", "engines"},
	{"THEME", "themes"},
};

static const char *source_of(const struct option *opt)
{
	for (size_t i = 0; opt->arg && i < ARRAY_SIZE(sources); i++)
		if (strcmp(opt->arg, sources[i].arg) == 0)
			return sources[i].list;
	return NULL;
}

/* A command line without a command is the dashboard's. */
#define DEFAULT_COMMAND "tui"

/* The list whose names a command takes in place of files; NULL = it takes files. */
static const char *complete_list(const struct command *cmd)
{
	bool is_rules = strcmp(cmd->name, "strategies") == 0;

	return cmd->inputs == INPUTS_NAME || is_rules ? cmd->name : NULL;
}

static void put_commands(void)
{
	for (size_t i = 0; i < commands_n; i++)
		printf("%s%s", i ? " " : "", commands[i]->name);
}

/* ------------------------------------------------------------------ bash */

static void bash_values(const struct command *cmd)
{
	struct option row;

	for (size_t i = 0; i < options_n; i++) {
		const struct option *opt = &row;
		if (!option_of(cmd, i, &row) || !opt->arg)
			continue;
		printf("\t\t%s:--%s", cmd->name, opt->name);
		if (opt->letter)
			printf("|%s:-%c", cmd->name, opt->letter);
		printf(") ");
		if (has_choices(opt)) {
			printf("COMPREPLY=($(compgen -W \"");
			put_choices(opt, cmd);
			printf("\" -- \"$word\"))");
		} else if (source_of(opt)) {
			printf("COMPREPLY=($(_vtok_names %s \"$word\"))", source_of(opt));
		} else if (takes_file(opt)) {
			printf("COMPREPLY=($(compgen -f -- \"$word\"))");
		} else {
			printf("COMPREPLY=()");
		}
		printf("; return ;;\n");
	}
}

static void bash_words(const struct command *cmd)
{
	struct option opt;

	printf("\t\t%s) words=\"", cmd->name);
	for (size_t i = 0; i < options_n; i++)
		if (option_of(cmd, i, &opt))
			printf("--%s ", opt.name);
	printf("\" ;;\n");
}

/* What a command takes beside options: names of a list, or files. */
static void bash_inputs(void)
{
	printf("\t*) case $command in\n");
	for (size_t i = 0; i < commands_n; i++)
		if (complete_list(commands[i]))
			printf("\t\t%s) COMPREPLY=($(_vtok_names %s \"$word\")) ;;\n",
			       commands[i]->name, complete_list(commands[i]));
	printf("\t\t*) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
	       "\t\tesac ;;\n");
}

/* readline takes "--model=x" for three words. */
static void print_bash(void)
{
	printf("# bash completion for vtok, made by `vtok --completions bash`\n"
	       "_vtok_names() {\n"
	       "\tvtok --completions \"$1\" \"$2\" 2>/dev/null\n"
	       "}\n"
	       "_vtok() {\n"
	       "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	       "\tlocal command=${COMP_WORDS[1]} words\n"
	       "\tif [ \"$word\" = = ]; then\n"
	       "\t\tword=\n"
	       "\telif [ \"$before\" = = ]; then\n"
	       "\t\tbefore=${COMP_WORDS[COMP_CWORD-2]}\n"
	       "\tfi\n"
	       "\tif [ \"$COMP_CWORD\" -eq 1 ] && [ \"${word#-}\" = \"$word\" ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"help version");
	for (size_t i = 0; i < commands_n; i++)
		printf(" %s", commands[i]->name);
	printf("\" -- \"$word\") $(compgen -f -- \"$word\"))\n\t\treturn\n\tfi\n"
	       "\tcase $command in\n\thelp) COMPREPLY=($(compgen -W \"");
	put_commands();
	printf("\" -- \"$word\")); return ;;\n\t");
	for (size_t i = 0; i < commands_n; i++)
		printf("%s%s", i ? "|" : "", commands[i]->name);
	printf(") ;;\n\t*) command=%s ;;\n\tesac\n\tcase $command:$before in\n", DEFAULT_COMMAND);
	for (size_t i = 0; i < commands_n; i++)
		bash_values(commands[i]);
	printf("\tesac\n\tcase $command in\n");
	for (size_t i = 0; i < commands_n; i++)
		bash_words(commands[i]);
	printf("\t*) words=\"\" ;;\n\tesac\n"
	       "\tcase $word in\n"
	       "\t-*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n");
	bash_inputs();
	printf("\tesac\n"
	       "}\n"
	       "complete -o filenames -F _vtok vtok\n");
}

/* ------------------------------------------------------------------- zsh */

/* Help inside '[...]' and single quotes: what would end either is left out or escaped. */
static void zsh_text(const char *s)
{
	for (; *s; s++) {
		if (*s == '\'')
			printf("'\\''");
		else if (strchr("[]:\\", *s))
			printf("\\%c", *s);
		else if (*s != '`')
			putchar(*s);
	}
}

static void zsh_option(const struct option *opt, const struct command *cmd)
{
	char help[256];

	bool is_list = opt->kind == OPTION_LIST;

	if (opt->letter && is_list)
		printf("\t\t\t'*'{-%c+,--%s=}'[", opt->letter, opt->name);
	else if (opt->letter)
		printf("\t\t\t'(-%c --%s)'{-%c%s,--%s%s}'[", opt->letter, opt->name, opt->letter,
		       opt->arg ? "+" : "", opt->name, opt->arg ? "=" : "");
	else
		printf("\t\t\t'%s--%s%s[", is_list ? "*" : "", opt->name, opt->arg ? "=" : "");
	zsh_text(option_help(opt, help, sizeof(help)));
	printf("]");
	if (opt->arg) {
		printf(":%s:", opt->arg);
		if (has_choices(opt)) {
			printf("(");
			put_choices(opt, cmd);
			printf(")");
		} else if (source_of(opt)) {
			printf("{_vtok_names %s}", source_of(opt));
		} else if (takes_file(opt)) {
			printf("_files");
		}
	}
	printf("' \\\n");
}

static void zsh_command(const struct command *cmd)
{
	struct option opt;

	printf("\t%s)\n\t\t_arguments \\\n", cmd->name);
	for (size_t i = 0; i < options_n; i++)
		if (option_of(cmd, i, &opt))
			zsh_option(&opt, cmd);
	if (complete_list(cmd))
		printf("\t\t\t'*:name:{_vtok_names %s}' ;;\n", complete_list(cmd));
	else
		printf("\t\t\t'*:input:_files' ;;\n");
}

static void print_zsh(void)
{
	printf("#compdef vtok\n"
	       "# zsh completion for vtok, made by `vtok --completions zsh`\n"
	       "_vtok_names() {\n"
	       "\tlocal -a names\n"
	       "\tnames=(${(f)\"$(vtok --completions $1 \"$PREFIX\" 2>/dev/null)\"})\n"
	       "\tcompadd -U -a names\n"
	       "}\n"
	       "_vtok() {\n"
	       "\tlocal -a commands\n"
	       "\tif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
	       "\t\tcommands=(\n"
	       "\t\t\t'help:Help on a command'\n"
	       "\t\t\t'version:Version of the program'\n");
	for (size_t i = 0; i < commands_n; i++) {
		printf("\t\t\t'%s:", commands[i]->name);
		zsh_text(commands[i]->summary);
		printf("'\n");
	}
	printf("\t\t)\n"
	       "\t\t_describe command commands\n"
	       "\t\t_files\n"
	       "\t\treturn\n"
	       "\tfi\n"
	       "\tlocal command=$words[2]\n"
	       "\tcommands=(");
	put_commands();
	printf(" help)\n"
	       "\tif (( $commands[(Ie)$command] )); then\n"
	       "\t\tshift words\n"
	       "\t\t(( CURRENT-- ))\n"
	       "\telse\n"
	       "\t\tcommand=%s\n"
	       "\tfi\n"
	       "\tcase $command in\n"
	       "\thelp) compadd -a commands ;;\n",
	       DEFAULT_COMMAND);
	for (size_t i = 0; i < commands_n; i++)
		zsh_command(commands[i]);
	printf("\t*) _files ;;\n\tesac\n}\n_vtok \"$@\"\n");
}

/* ------------------------------------------------------------------ fish */

static void fish_text(const char *s)
{
	for (; *s; s++) {
		if (*s == '\'' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
}

static void fish_command(const struct command *cmd)
{
	bool is_default = strcmp(cmd->name, DEFAULT_COMMAND) == 0;
	char help[256];

	printf("complete -c vtok -n __fish_use_subcommand -a %s -d '", cmd->name);
	fish_text(cmd->summary);
	printf("'\n");
	for (size_t i = 0; i < options_n; i++) {
		struct option row;
		const struct option *opt = &row;
		if (!option_of(cmd, i, &row))
			continue;
		printf("complete -c vtok -n '%s%s' -l %s",
		       is_default ? "__vtok_is_dashboard" : "__fish_seen_subcommand_from ",
		       is_default ? "" : cmd->name, opt->name);
		if (opt->letter)
			printf(" -s %c", opt->letter);
		if (has_choices(opt)) {
			printf(" -x -a '");
			put_choices(opt, cmd);
			printf("'");
		} else if (source_of(opt)) {
			printf(" -x -a '(__vtok_names %s)'", source_of(opt));
		} else if (opt->arg) {
			printf(takes_file(opt) ? " -r -F" : " -x");
		}
		printf(" -d '");
		fish_text(option_help(opt, help, sizeof(help)));
		printf("'\n");
	}
	if (complete_list(cmd))
		printf("complete -c vtok -n '__fish_seen_subcommand_from %s' -f -a '(__vtok_names "
		       "%s)'\n",
		       cmd->name, complete_list(cmd));
}

static void print_fish(void)
{
	printf("# fish completion for vtok, made by `vtok --completions fish`\n"
	       "function __vtok_names\n"
	       "\tset -l word (commandline -ct | string replace -r -- '^--[a-z-]+=' '')\n"
	       "\tvtok --completions $argv[1] \"$word\" 2>/dev/null\n"
	       "end\n"
	       "function __vtok_is_dashboard\n"
	       "\tnot __fish_seen_subcommand_from ");
	for (size_t i = 0; i < commands_n; i++)
		if (strcmp(commands[i]->name, DEFAULT_COMMAND) != 0)
			printf("%s ", commands[i]->name);
	printf("help version\n"
	       "end\n"
	       "complete -c vtok -n __fish_use_subcommand -a help -d 'Help on a command'\n"
	       "complete -c vtok -n __fish_use_subcommand -a version -d 'Version of the program'\n"
	       "complete -c vtok -n '__fish_seen_subcommand_from help' -f -a '");
	put_commands();
	printf("'\n");
	for (size_t i = 0; i < commands_n; i++)
		fish_command(commands[i]);
}

int complete_print(const char *shell, const char *word)
{
	/* clang-format off */
	static const struct {
		const char *name;
		void (*print)(void);
	} shells[] = {
		{"bash", print_bash},
		{"zsh",  print_zsh },
		{"fish", print_fish}
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_SIZE(shells); i++)
		if (strcmp(shell, shells[i].name) == 0) {
			shells[i].print();
			return cli_finish(VTOK_OK);
		}
	if (complete_names(shell, word))
		return cli_finish(VTOK_OK);
	cli_note("--completions: expected one of bash, zsh, fish, got \"%s\"", shell);
	return VTOK_E_USAGE;
}
