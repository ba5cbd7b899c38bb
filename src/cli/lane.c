#include "cli/lane.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"

enum {
	DIGITS_MOST = 8, /* of a side: what is read at once */
	COPY_BYTES = 16, /* of a line; a copy of a known size is a single move */
	HEAD_MOST = 2 * sizeof(((struct target *)0)->name) + 3, /* all quotes, in quotes, comma */
	ROW_MOST = HEAD_MOST + COPY_BYTES + 4 + 6 * (OUT_INT_MAX + 1) + 1 + COPY_BYTES,
};
static_assert(COPY_BYTES + DIGITS_MOST <= STREAM_SLACK, "reads end inside the chunk");

struct lane_head {
	char text[HEAD_MOST + COPY_BYTES]; /* the model's name as a cell, and a comma */
	size_t len;
};

/* "0," to "9999,", which most numbers of a row are. */
struct lane_number {
	char text[7];
	unsigned char len; /* moved along with the text, and written over by what follows */
};
static_assert(sizeof(struct lane_number) == sizeof(uint64_t), "one move");

enum { NUMBERS = 10000 };

/* One line "1920x1080\n". */
struct line {
	int64_t width, height;
	unsigned width_len, len; /* bytes; len without the newline */
};

/* ------------------------------------------------------------------ reading */

/* The bytes of a text as a number, the first byte lowest. */
static inline uint64_t little_endian(uint64_t w)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(w);
#else
	return w;
#endif
}

/* How many digits stand at p, up to eight, and their value. Digits are the bytes 0x30 to 0x39:
 * their upper half is 3, and stays 3 when 6 is added. The digits are moved to the top, zeros come
 * in below, and neighbours are added up in pairs, fours and eights. Eight bytes are read. */
static inline unsigned scan_digits(const char *p, int64_t *value)
{
	const uint64_t upper = 0xf0f0f0f0f0f0f0f0, threes = 0x3030303030303030;
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	w = little_endian(w);
	uint64_t other = ((w & upper) ^ threes) | (((w + 0x0606060606060606) & upper) ^ threes);
	unsigned n = other ? (unsigned)__builtin_ctzll(other) / 8 : DIGITS_MOST;
	if (n == 0)
		return 0;
	w <<= 8 * (DIGITS_MOST - n);
	w = (w & 0x0f0f0f0f0f0f0f0f) * (10 * (1 << 8) + 1) >> 8;
	w = (w & 0x00ff00ff00ff00ff) * (100 * (1 << 16) + 1) >> 16;
	*value = (int64_t)((w & 0x0000ffff0000ffff) * (10000 * (INT64_C(1) << 32) + 1) >> 32);
	return n;
}

/* True for a line that the lane takes. A leading zero is no part of a number's text, so that such a
 * line would not be copied but written anew: the careful lane's, as 0 itself is. */
static inline bool scan_line(const char *p, struct line *out)
{
	unsigned a = scan_digits(p, &out->width);

	if (a == 0 || p[a] != 'x' || p[0] == '0')
		return false;
	unsigned b = scan_digits(p + a + 1, &out->height);
	out->width_len = a;
	out->len = a + 1 + b;
	return b && p[a + 1] != '0' && p[out->len] == '\n' && out->len < COPY_BYTES;
}

/* ------------------------------------------------------------------ writing */

/* n and a comma: of a number in the table one move of eight bytes. */
static inline char *put_number(char *p, const struct lane_number *small, int64_t n)
{
	if ((uint64_t)n < NUMBERS) {
		memcpy(p, &small[n], sizeof(*small));
		return p + small[n].len;
	}
	p = out_digits_long(p, n);
	*p = ',';
	return p + 1;
}

static inline char *put_number_if(char *p, const struct lane_number *small, bool has, int64_t n)
{
	if (has)
		return put_number(p, small, n);
	*p = ',';
	return p + 1;
}

static inline char *put_head(char *p, const struct lane_head *head)
{
	for (size_t i = 0; i < head->len; i += COPY_BYTES)
		memcpy(p + i, head->text + i, COPY_BYTES);
	return p + head->len;
}

/* csv_put of rows.c for a count that is there. */
static void put_counted(const struct lane *l, struct out *o, size_t target, const char *text,
			const struct line *line, const struct count *c)
{
	const struct lane_number *small = l->small;

	out_room(o, ROW_MOST);
	char *p = put_head(o->data + o->used, &l->heads[target]);

	memcpy(p, text, COPY_BYTES);
	p[line->width_len] = ',';
	p += line->len;
	memcpy(p, ",ok,", 4);
	p = put_number(p + 4, small, c->visual);
	p = put_number_if(p, small, c->has_special, c->special);
	p = put_number_if(p, small, c->has_special, c->total);
	p = put_number_if(p, small, c->resized_w > 0, c->resized_w);
	p = put_number_if(p, small, c->resized_w > 0, c->resized_h);
	p = put_number_if(p, small, c->tiles > 0, c->tiles);
	*p++ = ',';
	memcpy(p, text, COPY_BYTES);
	p += line->len + 1; /* with its newline */
	o->used = (size_t)(p - o->data);
}

static void put_refused(const struct lane *l, struct out *o, size_t target, const char *text,
			const struct line *line, const struct count *c)
{
	struct input in = {.width = line->width, .height = line->height, .is_plain = true};
	struct row row = {.target = &l->targets[target],
			  .text = text,
			  .text_len = line->len,
			  .input = &in,
			  .count = c};

	rows_put(l->rows, o, &row, false);
}

/* ------------------------------------------------------------------ public */

static void make_head(struct lane_head *head, const struct target *t)
{
	struct out cell = {.data = head->text, .size = HEAD_MOST};

	out_csv(&cell, t->name, t->name_len);
	out_putc(&cell, ',');
	head->len = cell.used;
}

static void make_numbers(struct lane_number *small)
{
	for (int v = 0; v < NUMBERS; v++) {
		char *end = out_digits(small[v].text, v);
		*end = ',';
		small[v].len = (unsigned char)(end + 1 - small[v].text);
	}
}

bool lane_init(struct lane *l, const struct rows *rows, const struct targets *targets,
	       const struct rule *rules)
{
	*l = (struct lane){.rows = rows, .targets = targets->list, .rules = rules, .n = targets->n};
	l->heads = calloc(targets->n, sizeof(*l->heads));
	l->small = calloc(NUMBERS, sizeof(*l->small));
	if (!l->heads || !l->small)
		return false;
	for (size_t i = 0; i < targets->n; i++)
		make_head(&l->heads[i], &targets->list[i]);
	make_numbers(l->small);
	return true;
}

void lane_fini(struct lane *l)
{
	free(l->heads);
	free(l->small);
}

char *lane_run(const void *arg, struct out *o, char *p, const char *end,
	       struct stream_result *result)
{
	const struct lane *l = arg;
	struct line line;
	struct count c;

	for (; p < end && scan_line(p, &line); p += line.len + 1) {
		bool refused = false;
		for (size_t i = 0; i < l->n; i++) {
			count_by(&l->rules[i], line.width, line.height, &c, NULL);
			if (c.refused)
				put_refused(l, o, i, p, &line, &c);
			else
				put_counted(l, o, i, p, &line, &c);
			refused = refused || c.refused;
		}
		result->lines++;
		result->failed += refused;
	}
	return p;
}
