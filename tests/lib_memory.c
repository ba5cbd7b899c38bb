/* Memory runs out at one call of the library after the other: each function then does without, with
 * the same answer, or says so; either way it gives back all that it took. The program's own malloc
 * stands before the C library's, for whatever the library calls too. Of vtok_import all calls but
 * those of jansson: 2.14 walks over a string that it got no room for, and its allocator is the
 * caller's to change (src/cli/main.c does; tests/cli/memory.sh tries that). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vtok/vtok.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__)
int main(void)
{
	puts("1..0 # SKIP the allocator of this C library cannot be stood before");
	return 0;
}
#else

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static long calls, fail_at, live;
static bool fails_on; /* every one after it too */

static bool spares_json; /* calls of jansson succeed and are not counted */
static long json_calls;

static bool is_of_json(const void *from)
{
	Dl_info of;

	return dladdr(from, &of) && of.dli_fname && strstr(of.dli_fname, "jansson");
}

static bool fails(const void *from)
{
	if (spares_json && is_of_json(from)) {
		json_calls++;
		return false;
	}
	calls++;
	if (fail_at == 0 || calls < fail_at || (calls > fail_at && !fails_on))
		return false;
	errno = ENOMEM;
	return true;
}

static void *taken(void *p)
{
	live += p != NULL;
	return p;
}

void *malloc(size_t n)
{
	return fails(__builtin_return_address(0)) ? NULL : taken(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : taken(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n)
{
	void *moved = fails(__builtin_return_address(0)) ? NULL : __libc_realloc(p, n);

	live += moved && !p;
	return moved;
}

void free(void *p)
{
	live -= p != NULL;
	__libc_free(p);
}

/* ------------------------------------------------------------------ what is tried */

static struct vtok *known;           /* opened when there was memory */
static struct vtok_subject *subject; /* of it */
static char path[4096];

/* What a call has answered: compared as bytes. */
struct answer {
	bool is_good;
	double numbers[4];
	struct vtok_fault fault;
};

static const char *in_tree(const char *name)
{
	const char *tree = getenv("SRCDIR");

	snprintf(path, sizeof path, "%s/%s", tree ? tree : ".", name);
	return path;
}

static void open_shipped(struct answer *a)
{
	struct vtok *v = vtok_open(NULL, &a->fault);

	a->is_good = v != NULL;
	vtok_close(v);
}

static void open_file(struct answer *a)
{
	struct vtok *v = vtok_open(in_tree("hardware.ini"), &a->fault);

	a->is_good = v != NULL;
	a->numbers[0] = v ? (double)vtok_list(v, VTOK_HARDWARE, NULL, 0) : 0;
	vtok_close(v);
}

static void find(struct answer *a)
{
	struct vtok_subject *s = vtok_find(known, "qwen3-vl-8b", NULL, &a->fault);

	a->is_good = s != NULL;
	vtok_subject_free(s);
}

static void open_bad(struct answer *a)
{
	struct vtok *v = vtok_open(in_tree("tests/registry/bad-name.ini"), &a->fault);

	a->is_good = !v && a->fault.kind == VTOK_FAULT_FILE;
	vtok_close(v);
}

/* A hosted model of a day, and what is said of it. */
static void find_dated(struct answer *a)
{
	struct vtok_subject *s = vtok_find(known, "gpt-4o", "2025-04", &a->fault);

	a->is_good = s && vtok_subject_rule_from(s) > 0 && vtok_subject_id(s);
	vtok_subject_free(s);
}

static void ask_lists(struct answer *a)
{
	const char *ids[64];

	a->numbers[0] = (double)vtok_list(known, VTOK_CHECKPOINT, ids, 64);
	a->numbers[1] = (double)vtok_subject_runtimes(known, subject, ids, 64);
	a->is_good = a->numbers[0] > 64;
}

static void find_none(struct answer *a)
{
	a->is_good = !vtok_find(known, "qwen3-vl-8c", NULL, &a->fault) &&
		     a->fault.kind == VTOK_FAULT_ARGUMENT;
}

static void count(struct answer *a)
{
	struct vtok_count c = VTOK_COUNT_INIT;

	a->is_good = vtok_count_image(subject, NULL, 1920, 1080, &c, &a->fault);
	a->numbers[0] = (double)c.visual;
}

static void count_video(struct answer *a)
{
	struct vtok_count c = VTOK_COUNT_INIT;
	int64_t frames = vtok_video_frames(subject, 10, 30);

	a->is_good = vtok_count_video(subject, frames, 1920, 1080, &c, &a->fault);
	a->numbers[0] = (double)c.visual;
	a->numbers[1] = (double)frames;
}

static void derive(struct answer *a)
{
	struct vtok_derivation *d = vtok_derivation_new(subject, NULL, 1920, 1080, &a->fault);

	a->is_good = d != NULL;
	a->numbers[0] = d ? (double)vtok_derivation_n(d) : 0;
	vtok_derivation_free(d);
}

static void estimate(struct answer *a)
{
	struct vtok_request r = VTOK_REQUEST_INIT;
	struct vtok_estimate *e;
	char name[VTOK_QUANTITY_NAME];
	size_t said = 0;

	r.width = 1920;
	r.height = 1080;
	e = vtok_estimate_new(known, subject, &r, &a->fault);
	a->is_good = e && vtok_quantity(e, "prefill_ttft_ms", &a->numbers[0], NULL) &&
		     vtok_quantity(e, "kv_bytes_per_request", &a->numbers[1], NULL);
	for (size_t i = 0; e && vtok_quantity_name(i, name); i++)
		said += vtok_quantity_text(e, name, NULL) != NULL;
	a->numbers[2] = (double)said;
	vtok_estimate_free(e);
}

static void fit(struct answer *a)
{
	static const struct vtok_budget budgets[] = {{"tokens_visual", 700}};
	struct vtok_request r = VTOK_REQUEST_INIT;
	struct vtok_fitted f = VTOK_FITTED_INIT;

	r.width = 1920;
	r.height = 1080;
	a->is_good = vtok_fit(known, subject, &r, budgets, 1, &f, &a->fault);
	a->numbers[0] = (double)f.width;
	a->numbers[1] = (double)f.tokens;
}

static void picture(struct answer *a)
{
	struct vtok_picture p = VTOK_PICTURE_INIT;

	a->is_good = vtok_picture_size(in_tree("samples/letter-300dpi.jpg"), &p, &a->fault);
	a->numbers[0] = (double)p.width;
}

static void import(struct answer *a)
{
	char *text = vtok_import(in_tree("tests/data/import/gemma-3-4b-copy"), &a->fault);

	a->is_good = text != NULL;
	for (const char *p = text; p && *p; p++)
		a->numbers[0] = fmod(a->numbers[0] * 31 + *p, 1e9);
	vtok_free(text);
}

/* ------------------------------------------------------------------ one call after the other */

static int n_tests, failed;

static struct answer answer_at(void (*run)(struct answer *), long at, bool and_on)
{
	struct answer a;

	memset(&a, 0, sizeof a);
	calls = 0;
	fail_at = at;
	fails_on = and_on;
	run(&a);
	fail_at = 0;
	return a;
}

/* What is wrong with an answer, or NULL. */
static const char *wrong(const struct answer *a, const struct answer *good, long leaked)
{
	if (leaked)
		return "memory is not given back";
	if (a->is_good != good->is_good)
		return a->is_good                           ? "an answer where there was none"
		       : a->fault.text[0] == 0              ? "no word of why"
		       : a->fault.kind != VTOK_FAULT_MEMORY ? "another reason than memory"
							    : NULL;
	return memcmp(a->numbers, good->numbers, sizeof a->numbers) ? "another answer" : NULL;
}

static void try(const char *name, void (*run)(struct answer *))
{
	struct answer good = answer_at(run, 0, false); /* what is made once is made */
	long before, n;
	bool is_bad;

	good = answer_at(run, 0, false);
	n = calls;
	is_bad = !good.is_good;
	if (is_bad)
		printf("# with memory: %s\n", good.fault.text);
	for (long at = 1; at <= n; at++)
		for (int and_on = 0; and_on < 2; and_on++) {
			before = live;
			struct answer a = answer_at(run, at, and_on);
			const char *why = wrong(&a, &good, live - before);

			if (why && !is_bad)
				printf("# call %ld%s: %s: %s\n", at, and_on ? " and on" : "", why,
				       a.fault.text);
			is_bad = is_bad || why;
		}
	failed += is_bad;
	printf("%sok %d - %s: %ld allocations\n", is_bad ? "not " : "", ++n_tests, name, n);
}

static void try_import(void)
{
	struct answer once;

	spares_json = true;
	once = answer_at(import, 0, false);
	if (once.is_good && json_calls == 0)
		printf("ok %d - vtok_import # SKIP jansson's calls are not told from others\n",
		       ++n_tests);
	else
		try("vtok_import", import);
	spares_json = false;
}

int main(void)
{
	known = vtok_open(NULL, NULL);
	subject = known ? vtok_find(known, "qwen3-vl-8b", NULL, NULL) : NULL;
	if (!subject) {
		puts("Bail out! the library does not open");
		return 1;
	}
	try("vtok_open", open_shipped);
	try("vtok_open of a file", open_file);
	try("vtok_open of a wrong file", open_bad);
	try("vtok_list, vtok_subject_runtimes", ask_lists);
	try("vtok_find", find);
	try("vtok_find of a day", find_dated);
	try("vtok_find of what is not known", find_none);
	try("vtok_count_image", count);
	try("vtok_count_video", count_video);
	try("vtok_derivation_new", derive);
	try("vtok_estimate_new", estimate);
	try("vtok_fit", fit);
	try("vtok_picture_size", picture);
	try_import();
	vtok_subject_free(subject);
	vtok_close(known);
	printf("1..%d\n", n_tests);
	return failed != 0;
}
#endif
