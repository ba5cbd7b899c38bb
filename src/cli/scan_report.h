/* What a scan tells of one model, in any format. */
#ifndef VTOK_CLI_SCAN_REPORT_H
#define VTOK_CLI_SCAN_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/dataset.h"
#include "cli/options.h"
#include "cli/out.h"

struct partial;

/* What is known of a model beside its tally. */
struct scan_subject {
	const struct partial *partial; /* the tally, the model's name, the caps */
	int64_t limit;      /* tokens of an image: more are over it; -1 = none is known */
	int64_t share;      /* tokens of an image within --max-share; -1 = no context is known */
	double usd_million; /* price of a million of them; negative = not known */
};

/* Limits that a data set must keep; 0 = not asked for. */
struct scan_gates {
	int64_t tokens;  /* of an image */
	double share;    /* of the context */
	double usd_1000; /* of 1,000 images, in the mean */
};

/* Writes all of them. False: memory is short. */
bool scan_report(const struct scan_subject *subjects, size_t n, const struct options *o,
		 struct out *out);

/* The gate that the model does not keep, or that cannot be judged, in words, or NULL. */
const char *scan_gate(const struct scan_subject *s, const struct scan_gates *g);

#endif
