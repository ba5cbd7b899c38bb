/* The limits are set by the child itself after the fork, before the first hostile byte is looked
 * at. */
#include "config.h"

#include "image/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef HAVE_SYS_SYSCALL_H
#include <sys/syscall.h>
#endif
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif
#ifdef HAVE_CAP_ENTER
#include <sys/capsicum.h>
#endif

/* The filter compares numbers of system calls, which are the architecture's own. */
#if defined(HAVE_SYS_PRCTL_H) && defined(HAVE_LINUX_SECCOMP_H) && defined(__BYTE_ORDER__)
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#if defined(__x86_64__) && !defined(__ILP32__)
#define SANDBOX_ARCH AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define SANDBOX_ARCH AUDIT_ARCH_I386
#elif defined(__aarch64__) && defined(AUDIT_ARCH_AARCH64) /* not run */
#define SANDBOX_ARCH AUDIT_ARCH_AARCH64
#elif defined(__arm__) && !defined(__ARMEB__) /* not run */
#define SANDBOX_ARCH AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64 && defined(AUDIT_ARCH_RISCV64) /* not run */
#define SANDBOX_ARCH AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__) &&                                      \
	defined(AUDIT_ARCH_PPC64LE) /* not run */
#define SANDBOX_ARCH AUDIT_ARCH_PPC64LE
#elif defined(__loongarch64) && defined(AUDIT_ARCH_LOONGARCH64) /* not run */
#define SANDBOX_ARCH AUDIT_ARCH_LOONGARCH64
#elif defined(__s390x__) /* not run */
#define SANDBOX_ARCH AUDIT_ARCH_S390X
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

enum { SANDBOX_CPU_SECONDS = 20, SANDBOX_COUNTING_MS = 1000 };
#define SANDBOX_MEMORY (INT64_C(2) << 30) /* bytes of addresses */

/* A build that counts branches writes its counters to files when the child ends. */
#ifdef VTOK_COVERAGE
#define SANDBOX_COUNTS 1
void __gcov_dump(void);
#else
#define SANDBOX_COUNTS 0
#endif

static void limit(int what, rlim_t most)
{
	struct rlimit r = {most, most};

	setrlimit(what, &r);
}

static void set_limits(bool starts_threads)
{
	limit(RLIMIT_CORE, 0);
	if (!SANDBOX_COUNTS) {
		limit(RLIMIT_FSIZE, 0);
		limit(RLIMIT_NOFILE, 0);
	}
#ifdef RLIMIT_NPROC
	if (!starts_threads) /* it counts them too; the filter lets no process begin */
		limit(RLIMIT_NPROC, 0);
#else
	(void)starts_threads;
#endif
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

/* Calls that are allowed whatever their arguments: memory, time, waiting for threads, the end. */
static const uint32_t allowed[] = {
	__NR_munmap,
	__NR_mremap,
	__NR_madvise,
	__NR_brk,
	__NR_getrandom,
	__NR_sched_yield,
	__NR_rt_sigreturn,
	__NR_exit,
	__NR_exit_group,
#if SANDBOX_ASAN /* asked before a library's exception is thrown */
	__NR_sigaltstack,
#endif
#ifdef __NR_futex
	__NR_futex,
#endif
#ifdef __NR_clock_gettime
	__NR_clock_gettime,
#endif
#ifdef __NR_futex_time64 /* 32-bit systems, since times have 64 bits */
	__NR_futex_time64,
#endif
#ifdef __NR_clock_gettime64
	__NR_clock_gettime64,
#endif
#ifdef __s390x__ /* its mmap points to its arguments, where no filter can look */
	__NR_mmap,
#endif
#if SANDBOX_COUNTS /* such builds are for x86-64 */
	__NR_openat,
	__NR_read,
	__NR_write,
	__NR_close,
	__NR_fcntl,
	__NR_lseek,
	__NR_newfstatat,
	__NR_getpid,
#endif
};

/* Those that a thread needs to begin, and a library to ask how many are worth it. */
static const uint32_t thread_calls[] = {
	__NR_rt_sigprocmask, __NR_set_robust_list, __NR_sched_getaffinity,
#ifdef __NR_rseq
	__NR_rseq,
#endif
#if SANDBOX_ASAN /* its own account of threads and their stacks */
	__NR_gettid,         __NR_prlimit64,
#endif
};

/* The flags of clone() by which C libraries start a thread; one of them adds a flag that means
 * nothing any more. */
#define THREAD_FLAGS                                                                               \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |        \
	 CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)
#define THREAD_FLAG_OLD 0x00400000u /* CLONE_DETACHED */
#ifdef __s390x__
#define CLONE_FLAGS_ARG 1
#else
#define CLONE_FLAGS_ARG 0
#endif

/* Calls that hand out memory: unless it could run as code. */
static const uint32_t memory_calls[] = {
	__NR_mprotect,
#ifdef __NR_mmap2
	__NR_mmap2,
#elif !defined(__s390x__)
	__NR_mmap,
#endif
};

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_WORD 4
#else
#define LOW_WORD 0
#endif
#define LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(at))
#define FIELD(field) offsetof(struct seccomp_data, field)
/* Skips n instructions unless the value loaded last is this one. */
#define UNLESS(value, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, n)
/* All of it: with a thread less, the rest might wait for ever. */
#ifdef SECCOMP_RET_KILL_PROCESS
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#else
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL)
#endif
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* Threads alone: clone() with their flags. Of the newer call, whose flags lie where no filter can
 * look, it is said that it does not exist; then the older one is tried. */
static unsigned short allow_threads(struct sock_filter *f)
{
	unsigned short n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(thread_calls); i++) {
		f[n++] = (struct sock_filter)UNLESS(thread_calls[i], 1);
		f[n++] = (struct sock_filter)ALLOW;
	}
#ifdef __NR_clone3
	f[n++] = (struct sock_filter)UNLESS(__NR_clone3, 1);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS);
#endif
	f[n++] = (struct sock_filter)UNLESS(__NR_clone, 5);
	f[n++] = (struct sock_filter)LOAD(FIELD(args[CLONE_FLAGS_ARG]) + LOW_WORD);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, ~THREAD_FLAG_OLD);
	f[n++] = (struct sock_filter)UNLESS(THREAD_FLAGS, 1);
	f[n++] = (struct sock_filter)ALLOW;
	f[n++] = (struct sock_filter)KILL;
	return n;
}

/* False where the kernel sets none. */
static bool set_filter(int fd, bool starts_threads)
{
	struct sock_filter f[24 + 2 * ARRAY_SIZE(allowed) + 2 * ARRAY_SIZE(thread_calls) +
			     5 * ARRAY_SIZE(memory_calls)] = {
		LOAD(FIELD(arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SANDBOX_ARCH, 1, 0),
		KILL,
		LOAD(FIELD(nr)),
	};
	unsigned short n = 4;

	for (size_t i = 0; i < ARRAY_SIZE(allowed); i++) {
		f[n++] = (struct sock_filter)UNLESS(allowed[i], 1);
		f[n++] = (struct sock_filter)ALLOW;
	}
	for (size_t i = 0; i < ARRAY_SIZE(memory_calls); i++) {
		f[n++] = (struct sock_filter)UNLESS(memory_calls[i], 4);
		f[n++] = (struct sock_filter)LOAD(FIELD(args[2]) + LOW_WORD);
		f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
		f[n++] = (struct sock_filter)KILL;
		f[n++] = (struct sock_filter)ALLOW;
	}
	if (starts_threads)
		n += allow_threads(f + n);
	/* writing, to the pipe alone: libraries that complain find their output closed, as it is */
	f[n++] = (struct sock_filter)UNLESS(__NR_write, 4);
	f[n++] = (struct sock_filter)LOAD(FIELD(args[0]) + LOW_WORD);
	f[n++] = (struct sock_filter)UNLESS(fd, 1);
	f[n++] = (struct sock_filter)ALLOW;
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EBADF);
	f[n++] = (struct sock_filter)KILL;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &(struct sock_fprog){n, f}, 0, 0) == 0;
}

#elif defined(HAVE_PLEDGE) /* not run */

static bool set_filter(int fd, bool starts_threads)
{
	(void)fd;
	(void)starts_threads;
	return pledge("stdio", NULL) == 0;
}

#elif defined(HAVE_CAP_ENTER) /* not run */

static bool set_filter(int fd, bool starts_threads)
{
	(void)fd;
	(void)starts_threads;
	return cap_enter() == 0;
}

#else

static bool set_filter(int fd, bool starts_threads)
{
	(void)fd;
	(void)starts_threads;
	return false;
}

#endif

/* Of those above `most` some may stay where the system cannot close a range: the filter lets
 * nothing be done with them. */
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

static void *end_at_once(void *arg)
{
	return arg;
}

/* Before the confinement: the C library makes itself ready with the first thread, by calls that are
 * not allowed later; and those who ask for the processors find one, and start no thread for more.
 */
static void prepare_threads(void)
{
	pthread_t first;

	if (pthread_create(&first, NULL, end_at_once, NULL) == 0)
		pthread_join(first, NULL);
#if defined(HAVE_SCHED_SETAFFINITY) && defined(HAVE_SCHED_GETCPU)
	int here = sched_getcpu();
	cpu_set_t one;

	if (here < 0 || here >= CPU_SETSIZE)
		return;
	CPU_ZERO(&one);
	CPU_SET(here, &one);
	sched_setaffinity(0, sizeof(one), &one);
#endif
}

static _Noreturn void child(int fd, const struct sandbox_task *task, const sigset_t *mask)
{
	/* the program's handlers restore its terminal: not from here */
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	if (task->prepare)
		task->prepare(task->arg);
	if (task->starts_threads)
		prepare_threads();
	close_others(fd);
	set_limits(task->starts_threads);
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (set_filter(fd, task->starts_threads) || task->unconfined)
		task->work(fd, task->arg);
	else
		task->refuse(fd, task->arg);
#ifdef VTOK_COVERAGE
	__gcov_dump();
#endif
	_exit(0);
}

static bool make_pipe(int ends[2])
{
#ifdef HAVE_PIPE2
	return pipe2(ends, O_CLOEXEC) == 0;
#else
	if (pipe(ends) != 0)
		return false;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return true;
#endif
}

bool sandbox_start(struct sandbox *s, const struct sandbox_task *task, struct vtok_error *err)
{
	int ends[2];
	sigset_t all, mask;

	*s = (struct sandbox){0, -1};
	if (!make_pipe(ends))
		return error_set(err, VTOK_E_INPUT, "no pipe to a decoder: %s", strerror(errno));
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &mask);
	pid_t pid = fork();
	if (pid == 0)
		child(ends[1], task, &mask);
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

bool sandbox_send(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

const char sandbox_refusal[] =
	"this system cannot confine the decoder (see unconfined-pictures in vtok(1))";

int64_t sandbox_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A child that counts branches is given time to write them down: the parent
 * has its answer before. */
static void let_it_end(const struct sandbox *s)
{
	struct pollfd p = {s->fd, 0, 0}; /* nothing but the end of the other side */

	if (SANDBOX_COUNTS)
		poll(&p, 1, SANDBOX_COUNTING_MS);
}

void sandbox_end(struct sandbox *s)
{
	if (s->pid <= 0)
		return;
	let_it_end(s);
	close(s->fd);
	kill(s->pid, SIGKILL);
	while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	*s = (struct sandbox){0, -1};
}
