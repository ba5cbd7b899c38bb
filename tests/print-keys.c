/* The dashboard's keys as the manual has them, from the table that help and footer use: man_keys.sh
 * compares. */
#include <stdio.h>

#include "view/keys.h"

int main(void)
{
	for (size_t i = 0; i < keys_n(); i++) {
		struct binding row = keys_row(i);
		char names[48];

		if (row.group)
			printf(".SS %s\n", row.group);
		printf(".TP\n.B ");
		for (const char *p = keymap_names(&row, names); *p; p++)
			*p == '-' ? (void)fputs("\\-", stdout) : (void)putchar(*p);
		printf("\n%s\n", row.help);
	}
	return 0;
}
