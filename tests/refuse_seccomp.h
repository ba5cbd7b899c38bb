/* A system that lets no process confine itself, as some containers are: prctl(PR_SET_SECCOMP) and
 * seccomp() answer EPERM from here on, in this process and its children. */
#ifndef VTOK_TESTS_REFUSE_SECCOMP_H
#define VTOK_TESTS_REFUSE_SECCOMP_H

#include "config.h"

#include <stdbool.h>

#if defined(HAVE_LINUX_SECCOMP_H) && defined(HAVE_SYS_PRCTL_H)
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* The low word of an argument. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define REFUSE_ARG0 (offsetof(struct seccomp_data, args[0]) + 4)
#else
#define REFUSE_ARG0 offsetof(struct seccomp_data, args[0])
#endif

/* False where that cannot be had. */
static inline bool refuse_seccomp(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_seccomp, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_prctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)REFUSE_ARG0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
#else
static inline bool refuse_seccomp(void)
{
	return false;
}
#endif

#endif
