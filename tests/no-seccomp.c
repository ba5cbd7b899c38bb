/* Runs a command on a system that lets no process confine itself: tests/no-seccomp COMMAND
 * [ARGUMENT]... Exit 77 where such a system cannot be played. */
#include "tests/refuse_seccomp.h"

#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 2 || !refuse_seccomp())
		return 77;
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 127;
}
