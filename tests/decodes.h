/* Pictures are decoded where a filter of system calls confines the child alone: an emulator that
 * runs programs of another processor has none, and what looks at pixels is left out there. */
#ifndef VTOK_TESTS_DECODES_H
#define VTOK_TESTS_DECODES_H

#include "image/sandbox.h"
#include "tests/unit.h"

#include <string.h>
#include <unistd.h>

static void decodes_work(int fd, void *arg)
{
	(void)arg;
	sandbox_send(fd, "y", 1);
}

static void decodes_refuse(int fd, void *arg)
{
	(void)arg;
	sandbox_send(fd, "n", 1);
}

static inline bool decodes_here(void)
{
	struct sandbox_task task = {.work = decodes_work, .refuse = decodes_refuse};
	struct sandbox box = {0};
	struct vtok_error err = {0};
	char answer = 'y'; /* one that does not start is for the test to say */

	if (!sandbox_start(&box, &task, &err))
		return true;
	while (read(box.fd, &answer, 1) < 0)
		usleep(1000);
	sandbox_end(&box);
	return answer != 'n';
}

/* The first line of a test that looks at pixels. */
#define unit_decodes()                                                                             \
	do {                                                                                       \
		if (!decodes_here())                                                               \
			unit_skip("no seccomp under emulation");                                   \
	} while (0)

#endif
