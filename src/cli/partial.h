/* A partial: the tally of one model as one line of JSON, of integers and texts alone, that says the
 * same wherever it was made. Partials of any split of a data set merge to the same bytes. Members
 * in this order:
 *
 *     vtok "scan-partial", schema, version, model, options (what changes a result, hashed),
 *     part (where it was named), rows, ok, refused, failed, turned (where there are any),
 *     weight, tokens, pixels, kv_bytes, micros (with --estimate), hist [[tokens, weight], ...],
 *     cap [[name, tokens], ...] (with --cap), top_most (where it is not 10),
 *     top [[tokens, name], ...], reasons [[text, n], ...], complete true
 *
 * Sums that can pass 2^53 are texts of decimal digits. */
#ifndef VTOK_CLI_PARTIAL_H
#define VTOK_CLI_PARTIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "cli/dataset.h"

enum { PARTIAL_SCHEMA = 1, PARTIAL_WORD = 64, PARTIAL_NAME = 256 };

struct partial {
	char version[PARTIAL_WORD];
	char model[PARTIAL_NAME];
	char options[PARTIAL_WORD];
	char part[PARTIAL_NAME];               /* "" = not named */
	char caps[DATASET_CAPS][PARTIAL_WORD]; /* as they were written; shape.caps of them */
	struct dataset tally;
};

/* Appends the line without its end. False: memory is short, or the tally is void. */
bool partial_write(const struct partial *p, struct strbuf *out);

/* Reads a line of n bytes. False: err says what is wrong with it. Free with partial_fini when
 * true. */
bool partial_read(const char *line, size_t n, struct partial *out, struct vtok_error *err);
void partial_fini(struct partial *p);

/* Adds `from` up. False: they are of different programs, options or caps; err names the member and
 * both values. */
bool partial_merge(struct partial *into, const struct partial *from, struct vtok_error *err);

#endif
