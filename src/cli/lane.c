#include "cli/lane.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/plain_line.h"
#include "cli/rows.h"

enum {
	COPY_BYTES = 16, /* of a line with its newline; a copy of a known size is a single move */
	HEAD_MOST = 2 * sizeof(((struct target *)0)->name) + 3, /* all quotes, in quotes, comma */
	ROW_MOST = HEAD_MOST + COPY_BYTES + 4 + ROWS_COUNTS * (OUT_INT_MAX + 1) + 1 + COPY_BYTES,
};
static_assert(2 * PLAIN_DIGITS + 2 <= COPY_BYTES, "a line is one copy");
static_assert((int)PLAIN_READS <= (int)STREAM_SLACK, "reads end inside the chunk");

/* One of the models that are asked for. */
struct lane_model {
	const struct rule *rule;
	size_t head_len;
	char head[HEAD_MOST + COPY_BYTES]; /* its name as a cell, and a comma */
};

/* "0," to "16383,", which most numbers of a row are. */
struct lane_number {
	char text[7];
	unsigned char len; /* moved along with the text, and written over by what follows */
};
static_assert(sizeof(struct lane_number) == sizeof(uint64_t), "one move");

enum { NUMBERS = 1 << 14 };

/* ------------------------------------------------------------------ writing */

/* "NAME,WIDTH,HEIGHT", which is where rows of either kind part. */
static inline char *put_start(char *p, const struct lane_model *m, const char *text,
			      const struct plain_line *line)
{
	size_t n = m->head_len;

	for (size_t i = 0; i < n; i += COPY_BYTES)
		memcpy(p + i, m->head + i, COPY_BYTES);
	p += n;
	memcpy(p, text, COPY_BYTES);
	p[line->width_len] = ',';
	return p + line->len;
}

/* ",TEXT" with the newline. */
static inline char *put_end(char *p, const char *text, const struct plain_line *line)
{
	*p = ',';
	memcpy(p + 1, text, COPY_BYTES);
	return p + 1 + line->len + 1;
}

/* The numbers of nearly every row: all are there and in the table, as one look at all of their bits
 * says. */
static inline bool is_usual(const struct count *c)
{
	int64_t all = c->visual | c->special | c->total | c->resized_w | c->resized_h | c->tiles;

	return (uint64_t)all < NUMBERS && c->has_special && c->resized_w && c->tiles;
}

static inline char *put_small(char *p, const struct lane_number *small, int64_t n)
{
	memcpy(p, &small[n], sizeof(*small));
	return p + small[n].len;
}

static inline char *put_usual(char *p, const struct lane_number *small, const struct count *c)
{
	int64_t visual = c->visual, special = c->special, total = c->total;
	int64_t resized_w = c->resized_w, resized_h = c->resized_h, tiles = c->tiles;

	p = put_small(p, small, visual);
	p = put_small(p, small, special);
	p = put_small(p, small, total);
	p = put_small(p, small, resized_w);
	p = put_small(p, small, resized_h);
	return put_small(p, small, tiles);
}

APART static char *put_any(char *p, const struct count *c)
{
	int64_t counts[ROWS_COUNTS];

	rows_counts(c, counts);
	for (int i = 0; i < ROWS_COUNTS; i++)
		p = rows_csv_number(p, counts[i]);
	return p;
}

static inline void put_counted(const struct lane_number *small, struct out *o,
			       const struct lane_model *m, const char *text,
			       const struct plain_line *line, const struct count *c)
{
	out_room(o, ROW_MOST);
	char *p = put_start(o->data + o->used, m, text, line);

	memcpy(p, ",ok,", 4);
	p = is_usual(c) ? put_usual(p + 4, small, c) : put_any(p + 4, c);
	o->used = (size_t)(put_end(p, text, line) - o->data);
}

APART static void put_refused(struct out *o, const struct lane_model *m, const char *text,
			      struct plain_line copy, const struct count *c)
{
	const struct plain_line *line = &copy;
	static const char empty[] = ",error,,,,,,,";
	char why[REFUSAL_TEXT];

	static_assert(sizeof(empty) - 1 == sizeof(",error,") - 1 + ROWS_COUNTS, "a comma a cell");
	out_room(o, ROW_MOST);
	char *p = put_start(o->data + o->used, m, text, line);
	memcpy(p, empty, sizeof(empty) - 1);
	o->used = (size_t)(p + sizeof(empty) - 1 - o->data);
	out_csv(o, why, refusal_write(c->refused, &c->facts, why));
	out_room(o, ROW_MOST);
	o->used = (size_t)(put_end(o->data + o->used, text, line) - o->data);
}

/* ------------------------------------------------------------------ public */

static void make_model(struct lane_model *m, const struct target *t, const struct rule *rule)
{
	struct out cell = {.data = m->head, .size = HEAD_MOST};

	out_csv(&cell, t->name, t->name_len);
	out_putc(&cell, ',');
	m->head_len = cell.used;
	m->rule = rule;
}

static void make_numbers(struct lane_number *small)
{
	for (int v = 0; v < NUMBERS; v++) {
		char *end = out_digits(small[v].text, v);
		*end = ',';
		small[v].len = (unsigned char)(end + 1 - small[v].text);
	}
}

bool lane_init(struct lane *l, const struct targets *targets, const struct rule *rules)
{
	*l = (struct lane){.n = targets->n};
	l->models = calloc(targets->n, sizeof(*l->models));
	l->small = calloc(NUMBERS, sizeof(*l->small));
	if (!l->models || !l->small)
		return false;
	for (size_t i = 0; i < targets->n; i++)
		make_model(&l->models[i], &targets->list[i], &rules[i]);
	make_numbers(l->small);
	return true;
}

void lane_fini(struct lane *l)
{
	free(l->models);
	free(l->small);
}

char *lane_run(const void *arg, struct out *o, char *p, const char *end,
	       struct stream_result *result)
{
	const struct lane *l = arg;
	const struct lane_model *models = l->models, *models_end = models + l->n;
	const struct lane_number *small = l->small;
	size_t lines = 0, failed = 0;
	struct plain_line line;
	struct count c;

	for (; p < end && plain_scan(p, &line); p += line.len + 1) {
		bool refused = false;
		for (const struct lane_model *m = models; m < models_end; m++) {
			count_plain(m->rule, line.width, line.height, &c);
			if (c.refused) {
				put_refused(o, m, p, line, &c);
				refused = true;
			} else {
				put_counted(small, o, m, p, &line, &c);
			}
		}
		lines++;
		failed += refused;
	}
	result->lines += lines;
	result->failed += failed;
	return p;
}
