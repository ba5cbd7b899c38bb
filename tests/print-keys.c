/* The dashboard's keys as the manual has them, from the table that help and footer use: man_keys.sh
 * compares. */
#include <stdio.h>

#include "state/keymap.h"

int main(void)
{
	for (size_t i = 0; i < bindings_n; i++) {
		char names[48];

		if (bindings[i].group)
			printf(".SS %s\n", bindings[i].group);
		printf(".TP\n.B ");
		for (const char *p = keymap_names(&bindings[i], names); *p; p++)
			*p == '-' ? (void)fputs("\\-", stdout) : (void)putchar(*p);
		printf("\n%s\n", bindings[i].help);
	}
	return 0;
}
