/* The limits are set by the child itself after the fork, before the first hostile byte is looked
 * at. */
#include "config.h"

#include "image/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif
#if defined(HAVE_SYS_PRCTL_H) && defined(HAVE_LINUX_SECCOMP_H) && defined(__BYTE_ORDER__) &&       \
	__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#if defined(__x86_64__) && !defined(__ILP32__)
#define SANDBOX_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SANDBOX_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define SANDBOX_ARCH AUDIT_ARCH_RISCV64
#endif
#endif

/* The address sanitizer reserves terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_ASAN 1
#endif
#endif
#ifndef SANDBOX_ASAN
#define SANDBOX_ASAN 0
#endif

enum { SANDBOX_CPU_SECONDS = 20 };
#define SANDBOX_MEMORY (INT64_C(2) << 30) /* bytes of addresses */

static void limit(int what, rlim_t most)
{
	struct rlimit r = {most, most};

	setrlimit(what, &r);
}

static void set_limits(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, 0);
	limit(RLIMIT_CPU, SANDBOX_CPU_SECONDS);
	if (!SANDBOX_ASAN)
		limit(RLIMIT_AS, (rlim_t)SANDBOX_MEMORY);
#ifdef HAVE_SYS_PRCTL_H
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
}

#ifdef SANDBOX_ARCH

#define DATA(field) ((uint32_t)offsetof(struct seccomp_data, field))
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DATA(field))
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* one call, whatever its arguments */
#define PERMIT(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), ALLOW
/* one call that hands out memory, unless the memory could run as code */
#define PERMIT_DATA(call)                                                                          \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 4), LOAD(args[2]),                     \
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), KILL, ALLOW

/* Kernels without seccomp refuse the filter; the limits above hold all the same. */
static void set_filter(int fd)
{
	struct sock_filter filter[] = {
		LOAD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SANDBOX_ARCH, 1, 0),
		KILL,
		LOAD(nr),
		/* write, to the pipe only */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_write, 0, 4),
		LOAD(args[0]),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)fd, 0, 1),
		ALLOW,
		KILL,
		PERMIT_DATA(mmap),
		PERMIT_DATA(mprotect),
		PERMIT(munmap),
		PERMIT(mremap),
		PERMIT(madvise),
		PERMIT(brk),
		PERMIT(futex),
		PERMIT(getrandom),
		PERMIT(sched_yield),
		PERMIT(clock_gettime),
		PERMIT(rt_sigreturn),
		PERMIT(exit),
		PERMIT(exit_group),
		KILL,
	};
	struct sock_fprog program = {sizeof(filter) / sizeof(filter[0]), filter};

	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else

static void set_filter(int fd)
{
	(void)fd;
}

#endif

static void close_others(int fd)
{
	struct rlimit r;
	int most =
		getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < 65536 ? (int)r.rlim_cur : 65536;

#ifdef SYS_close_range
	if ((fd == 0 || syscall(SYS_close_range, 0U, (unsigned)fd - 1, 0U) == 0) &&
	    syscall(SYS_close_range, (unsigned)fd + 1, ~0U, 0U) == 0)
		return;
#endif
	for (int i = 0; i < most; i++)
		if (i != fd)
			close(i);
}

static _Noreturn void child(int fd, sandbox_work *work, void *arg, const sigset_t *mask)
{
	/* the program's handlers restore its terminal: not from here */
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	close_others(fd);
	set_limits();
	sigprocmask(SIG_SETMASK, mask, NULL);
	set_filter(fd);
	work(fd, arg);
	_exit(0);
}

bool sandbox_start(struct sandbox *s, sandbox_work *work, void *arg, struct vtok_error *err)
{
	int ends[2];
	sigset_t all, mask;

	*s = (struct sandbox){0, -1};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return error_set(err, VTOK_E_INPUT, "no pipe to a decoder: %s", strerror(errno));
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &mask);
	pid_t pid = fork();
	if (pid == 0)
		child(ends[1], work, arg, &mask);
	int reason = errno;
	sigprocmask(SIG_SETMASK, &mask, NULL);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return error_set(err, VTOK_E_INPUT, "no process for a decoder: %s",
				 strerror(reason));
	}
	*s = (struct sandbox){pid, ends[0]};
	return true;
}

void sandbox_end(struct sandbox *s)
{
	if (s->pid <= 0)
		return;
	close(s->fd);
	kill(s->pid, SIGKILL);
	while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	*s = (struct sandbox){0, -1};
}
