/* What the files of the library share: its opaque objects and how faults are told. */
#ifndef VTOK_LIB_LIB_H
#define VTOK_LIB_LIB_H

#include "base/base.h"
#include "base/error.h"
#include "core/model.h"
#include "registry/registry.h"
#include "vtok/vtok.h"

struct vtok {
	struct registry registry;
};

struct vtok_subject {
	const struct model *model;         /* NULL: no dimensions are known */
	const struct processor *processor; /* NULL: a language model alone */
	const struct price *price;         /* NULL: not known */
	enum dtype weights;                /* that its name says; DTYPE_STORED = nothing */
	int32_t day;                       /* that it is asked for on; 0 = not known */
};

/* Takes over what a layer reported. Returns false. */
bool lib_fail(struct vtok_fault *fault, const struct vtok_error *err);

/* Each names the member that is wrong, and what was found. Returns false. */
bool lib_fail_argument(struct vtok_fault *fault, const char *fmt, ...) PRINTF_LIKE(2, 3);
bool lib_fail_memory(struct vtok_fault *fault);

/* True when a value lies in least..most; else a fault with the member's name. */
bool lib_within(const char *member, int64_t value, int64_t least, int64_t most,
		struct vtok_fault *fault);

void lib_no_fault(struct vtok_fault *fault);

/* A struct of the caller's, which may know fewer members than we or more: its first `size` bytes to
 * a zeroed one of ours of `room` bytes. least: the size of its first version. False: `size` is less
 * than that. */
bool lib_take(void *ours, size_t room, const void *theirs, size_t least, const char *what,
	      struct vtok_fault *fault);

/* The other way: to the caller as much of ours as its size says; its own size stays. */
bool lib_give(void *theirs, const void *ours, size_t room, size_t least, const char *what,
	      struct vtok_fault *fault);

/* Checked and turned into what core takes; options may be NULL. */
struct lib_question {
	enum lens lens;
	struct knobs knobs;
};
bool lib_options(struct lib_question *q, const struct vtok_options *options,
		 struct vtok_fault *fault);
/* A request as the cost model takes it. room: the model that stands in it, which must live as long.
 * False: fault says what is wrong. */
bool lib_setup(const struct vtok *v, const struct vtok_subject *subject,
	       const struct vtok_request *request, struct model *room, struct setup *out,
	       struct vtok_fault *fault);
bool lib_size(int64_t width, int64_t height, struct vtok_fault *fault);

#endif
