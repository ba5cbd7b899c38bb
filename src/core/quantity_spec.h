/* A row of the quantity table (core/quantity.h). */
#ifndef VTOK_CORE_QUANTITY_SPEC_H
#define VTOK_CORE_QUANTITY_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/unit.h"
#include "core/estimate.h"
#include "core/value.h"

/* How a quantity moves while the picture grows: what the search for a size (core/fit.h) may take
 * for granted. */
enum course {
	COURSE_ANY,    /* who knows */
	COURSE_NONE,   /* not at all: it is given, or what is looked for */
	COURSE_COUNT,  /* a number of the count, which needs no estimate */
	COURSE_TOKENS, /* follows from the tokens of an image, to the worse; where there are
			  cross-attention layers, from its tiles too */
	COURSE_WORSE,  /* to the worse, give or take what kernels are uneven by */
};

struct quantity_spec {
	const char *group, *name; /* "kv", "bytes_per_request": the member of JSON; with '_' between
				     them the column of CSV. group NULL: beside the groups */
	const char *metric; /* a word for --metric: the chart can draw it; NULL = it does not */
	const char *title;  /* "KV cache of one request": in a sentence, a chart's title */
	const char *label;  /* "KV of a request": beside its value; NULL = title */
	const char *head;   /* "KV": over a column; NULL = label */
	enum unit unit;     /* UNIT_WORD: a text */
	unsigned needs;     /* ESTIMATE_*: the steps that must have run */
	bool is_cost;       /* less is better */
	bool is_remark;     /* JSON leaves it out where there is nothing to remark */
	bool is_aside;      /* no member of an estimate */
	struct value (*read)(const struct quantity_spec *q, const struct setup *s,
			     const struct estimate *e);
	size_t at; /* for the readers of one field: its place in struct estimate, of
		      quantity_read_of_setup in struct setup */
	enum course course;
};

#endif
