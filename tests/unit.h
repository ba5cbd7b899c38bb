/* What every cmocka test includes, in the order cmocka asks for. */
#ifndef VTOK_TESTS_UNIT_H
#define VTOK_TESTS_UNIT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Leaves the running test out: tests/tap-run.sh tells automake, with the reason. */
#define unit_skip(reason)                                                                          \
	do {                                                                                       \
		printf("# skip: %s\n", reason);                                                    \
		skip();                                                                            \
	} while (0)

#endif
