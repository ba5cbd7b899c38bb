/* The knobs as the manual has them, from the rows that options, keys and scripts use: man_keys.sh
 * compares. */
#include <ctype.h>
#include <stdio.h>

#include "base/unit.h"
#include "state/knobs.h"

/* Hyphens of options and ids are not the hyphens of a text. */
static void put(const char *text)
{
	for (; *text; text++)
		if (*text == '-')
			fputs("\\-", stdout);
		else if (*text != '`')
			putchar(*text);
}

static void put_title(const struct knob_spec *k)
{
	printf(".TP\n");
	if (!k->arg)
		printf(".B ");
	else if (k->letter)
		printf(".BR \\-%c \", \" \\-\\-", k->letter);
	else
		printf(".BI \\-\\-");
	put(k->name);
	if (k->arg)
		printf(k->letter ? " \" \\fI%s\\fR\"" : " \" %s\"", k->arg);
	putchar('\n');
}

static void put_values(const struct knob_spec *k)
{
	char least[KNOB_TEXT_SIZE], most[KNOB_TEXT_SIZE];

	for (size_t i = 0; k->kind == IS_CHOICE && i < k->steps_n; i++) {
		printf(i ? ", " : ": ");
		put(k->name_of((int)k->steps[i]));
	}
	if (k->scale > 0)
		printf("; %s to %s", knob_number_word(k, k->least, least),
		       knob_number_word(k, k->most, most));
	else if (k->kind == IS_NUMBER || k->kind == IS_SIDE)
		printf("; %s to %s", unit_grouped(least, k->least), unit_grouped(most, k->most));
}

static void put_usual(const struct knob_spec *k)
{
	char number[UNIT_TEXT];

	if (k->own && k->usual == k->nothing)
		return;
	printf(" (default ");
	put(k->kind == IS_BUDGET   ? "off"
	    : k->kind == IS_ENTRY  ? k->usual_id
	    : k->kind == IS_CHOICE ? k->name_of((int)k->usual)
				   : unit_grouped(number, k->usual));
	putchar(')');
}

int main(void)
{
	for (enum knob i = 0; i < KNOB_N; i++) {
		const struct knob_spec *k = &knob_specs[i];
		char first[2] = {(char)toupper((unsigned char)k->help[0]), '\0'};

		put_title(k);
		put(first);
		put(k->help + 1);
		put_values(k);
		put_usual(k);
		printf(".\n");
	}
	return 0;
}
