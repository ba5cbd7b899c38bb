#include "cli/help.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"

enum { COLUMNS = 79, LEFT = 30 };

/* Prints text in lines of at most COLUMNS, all but the first indented; *column is where the pen
 * stands. '\n' ends a line. */
static void wrap(const char *text, int indent, int column)
{
	while (*text) {
		int len = (int)strcspn(text, " \n");
		if (column + len > COLUMNS && column > indent) {
			printf("\n%*s", indent, "");
			column = indent;
		}
		printf("%.*s", len, text);
		column += len;
		text += len;
		if (*text == '\n') {
			printf("\n%*s", text[1] ? indent : 0, "");
			column = indent;
			text++;
		} else if (*text == ' ') {
			text++;
			if (column + 1 + (int)strcspn(text, " \n") <= COLUMNS) {
				putchar(' ');
				column++;
			} else {
				printf("\n%*s", indent, "");
				column = indent;
			}
		}
	}
	putchar('\n');
}

static void item(const char *title, const char *text)
{
	int n = printf("  %-*s", LEFT - 3, title);

	if (n < LEFT)
		putchar(' ');
	else
		printf("\n%*s", LEFT, "");
	wrap(text, LEFT, LEFT);
}

/* The choices that an option has for this command stand behind its help. */
static void option_item(const struct option *opt, const struct command *cmd)
{
	char title[64], text[320];
	const char *choice;
	size_t n = 0;

	option_help(opt, text, sizeof(text));
	for (size_t i = 0;
	     opt->kind == OPTION_CHOICE && (choice = option_choice(opt, cmd->formats, i)); i++) {
		if (!*choice)
			continue;
		strncat(text, n++ ? ", " : ": ", sizeof(text) - strlen(text) - 1);
		strncat(text, choice, sizeof(text) - strlen(text) - 1);
	}
	item(option_title(opt, title, sizeof(title)), text);
}

void help_command(const struct command *cmd)
{
	printf("Usage: vtok %s%s%s\n\n", cmd->name, *cmd->usage ? " " : "", cmd->usage);
	printf("%s.\n", cmd->summary);
	if (cmd->details) {
		putchar('\n');
		wrap(cmd->details, 0, 0);
	}
	printf("\nOptions:\n");
	for (size_t i = 0; i < options_n; i++) {
		struct option opt;
		if (option_at(i, &opt) && option_belongs(&opt, cmd->options, cmd->formats))
			option_item(&opt, cmd);
	}
}

void help_program(void)
{
	char line[160];

	printf("Usage: vtok [OPTION]... [FILE | WxH]        the dashboard\n"
	       "       vtok COMMAND [OPTION]... [INPUT]...\n\n"
	       "What an image costs a vision-language model: visual tokens, share of the context,\n"
	       "KV cache, concurrent requests, time to the first token.\n\nCommands:\n");
	for (size_t i = 0; i < commands_n; i++) {
		snprintf(line, sizeof(line), "%s", commands[i]->summary);
		printf("  %-11s", commands[i]->name);
		wrap(line, 13, 13);
	}
	printf("\n`vtok COMMAND --help` lists the options of a command, `man vtok` explains all.\n"
	       "Exit codes: 0 fine; 1 an input failed or a result could not be written; 2 wrong\n"
	       "usage, or no usable terminal; 3 a registry, theme or settings file is wrong.\n");
}
