#include "cli/scan_row.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/csv_line.h"
#include "cli/input.h"
#include "cli/plain_line.h"
#include "core/estimate.h"
#include "image/image.h"

/* One record, read. */
struct record {
	struct input in;
	uint64_t weight;
	const char *name; /* of the worst */
	size_t name_len;
	char size_name[48]; /* where it has none of its own */
};

/* ------------------------------------------------------------ counting */

/* What the costs of an image are, as the estimate of a request with it says. */
static void estimate_cost(const struct setup *of, const struct input *in, struct scan_cost *out)
{
	struct setup s = *of;
	struct estimate e;

	s.width = in->width;
	s.height = in->height;
	s.file_bytes = in->file_bytes;
	s.file_format = in->format;
	estimate_steps(&s, ESTIMATE_KV | ESTIMATE_PREFILL, &e);
	const char *reason =
		e.kv.bytes_per_image.reason ? e.kv.bytes_per_image.reason : e.prefill.reason;

	*out = (struct scan_cost){.width = in->width,
				  .height = in->height,
				  .file_bytes = in->file_bytes,
				  .file_format = in->format,
				  .reason = reason};
	if (reason)
		return;
	out->kv_bytes = (int64_t)e.kv.bytes_per_image.value;
	out->micros = (int64_t)(e.prefill.ttft_s * 1e6 + 0.5);
}

static const struct scan_cost *cost_of(struct scan_tallies *t, size_t i, const struct input *in)
{
	uint64_t hash = (((uint64_t)in->width * 31 + (uint64_t)in->height) * 31 +
			 (uint64_t)in->file_bytes) *
			UINT64_C(11400714819323198485);
	struct scan_cost *memo = &t->costs[i * SCAN_MEMO + (hash >> 54) % SCAN_MEMO];

	if (memo->width != in->width || memo->height != in->height ||
	    memo->file_bytes != in->file_bytes || memo->file_format != in->format)
		estimate_cost(&t->job->setups[i], in, memo);
	return memo;
}

static void add_costs(struct scan_tallies *t, size_t i, const struct record *r)
{
	const struct scan_cost *c = cost_of(t, i, &r->in);

	if (c->reason)
		dataset_reason(&t->sets[i], c->reason);
	else
		tally_add_costs(&t->sets[i].sum, c->kv_bytes, c->micros, r->weight);
}

/* The same shape with at most that many pixels. */
static void shrink(int64_t most, int64_t *width, int64_t *height)
{
	double w = (double)*width, h = (double)*height, f = sqrt((double)most / (w * h));

	if (f >= 1)
		return;
	*width = max_i64(1, (int64_t)(w * f));
	*height = max_i64(1, (int64_t)(h * f));
}

static void add_caps(struct scan_tallies *t, size_t i, const struct record *r, int64_t tokens)
{
	const struct scan_job *j = t->job;

	for (size_t k = 0; k < j->shape.caps; k++) {
		const struct scan_cap *cap = &j->caps[k];
		int64_t width = r->in.width, height = r->in.height;
		struct count c;

		if (!cap->is_tokens)
			shrink(cap->most, &width, &height);
		count_by(cap->is_tokens ? &cap->rules[i] : &j->rules[i], width, height, &c, NULL);
		/* what is refused when it is smaller is sent as it is */
		dataset_cap(&t->sets[i], k, c.refused ? tokens : c.total, r->weight);
	}
}

static void refuse(struct dataset *d, const struct count *c)
{
	char why[REFUSAL_TEXT];

	d->sum.rows++;
	d->sum.refused++;
	refusal_text(c->refused, &c->facts, why);
	dataset_reason(d, why);
}

static void add_one(struct scan_tallies *t, size_t i, const struct record *r)
{
	const struct scan_job *j = t->job;
	struct dataset *d = &t->sets[i];
	struct record seen = *r;
	struct count c;

	seen.in = input_seen(&r->in, j->targets.list[i].turning.turns);
	count_by(&j->rules[i], seen.in.width, seen.in.height, &c, NULL);
	d->sum.turned += r->in.orientation >= 5;
	if (c.refused) {
		refuse(d, &c);
		return;
	}
	tally_add(&d->sum, c.total, seen.in.width, seen.in.height, r->weight);
	dataset_count(d, c.total, r->weight);
	if (r->weight)
		dataset_name(d, c.total, r->name, r->name_len);
	if (j->shape.caps)
		add_caps(t, i, &seen, c.total);
	if (t->costs)
		add_costs(t, i, &seen);
}

static void add(struct scan_tallies *t, struct record *r)
{
	if (t->job->swaps) {
		int64_t width = r->in.width;

		r->in.width = r->in.stored_w = r->in.height;
		r->in.height = r->in.stored_h = width;
	}
	for (size_t i = 0; i < t->job->targets.n; i++)
		add_one(t, i, r);
	t->rows++;
}

void scan_fault(struct scan_tallies *t, const char *why)
{
	for (size_t i = 0; i < t->job->targets.n; i++) {
		t->sets[i].sum.rows++;
		t->sets[i].sum.failed++;
		dataset_reason(&t->sets[i], why);
	}
	t->rows++;
}

/* ------------------------------------------------------------ reading */

static void set_size(struct record *r, int64_t width, int64_t height)
{
	r->in = (struct input){.width = width,
			       .height = height,
			       .stored_w = width,
			       .stored_h = height,
			       .orientation = 1};
}

static bool is_side(int64_t n)
{
	return n >= 1 && n <= SIDE_MAX;
}

/* A size and, behind blanks or a comma, how many there are of it. */
static bool read_size(const char *text, struct record *r)
{
	int64_t width, height, weight = 1;

	if (!unit_scan_size(&text, &width, &height))
		return false;
	text += *text == ',';
	text += strspn(text, " \t");
	if (*text && (!str_scan_uint(&text, INT64_MAX / 16, &weight) || text[strspn(text, " \t")]))
		return false;
	set_size(r, width, height);
	r->weight = (uint64_t)weight;
	return true;
}

/* What a file has of bytes is a system call, and is in the costs alone. */
static bool read_line(const struct scan_job *j, const char *text, size_t len, struct record *r,
		      struct vtok_error *err)
{
	if (j->from != SCAN_PATHS && strlen(text) == len && read_size(text, r))
		return true;
	if (j->from == SCAN_PATHS && strlen(text) == len)
		return j->shape.has_costs ? input_read_file_sized(text, &r->in, err)
					  : input_read_file(text, &r->in, err);
	if (j->from == SCAN_SIZES && !input_is_size(text))
		return error_set(err, VTOK_E_INPUT, "bad size: expected width and height");
	return j->shape.has_costs ? input_read_sized(text, len, &r->in, err)
				  : input_read(text, len, &r->in, err);
}

/* "1920" or "1920.0"; a weight may be 0. */
static bool read_whole(const char *text, double *out)
{
	double v;

	if (!text || !str_num(text, &v) || v != floor(v) || v < 0 || v > 1e15)
		return false;
	*out = v;
	return true;
}

static bool take_sides(struct record *r, double width, double height, double weight,
		       struct vtok_error *err)
{
	if (!is_side((int64_t)width) || !is_side((int64_t)height))
		return error_set(err, VTOK_E_INPUT,
				 "bad size: a side is from 1 to 1,000,000,000 pixels");
	set_size(r, (int64_t)width, (int64_t)height);
	r->weight = (uint64_t)weight;
	return true;
}

static bool read_csv(const struct scan_columns *columns, char *text, struct record *r,
		     struct vtok_error *err)
{
	char *field[4] = {NULL}, *p = text;
	const int at[] = {columns->width, columns->height, columns->weight, columns->key};
	double width, height, weight = 1;

	for (int i = 0; p; i++) {
		char *one = csv_field(&p, ',');

		if (!one)
			return error_set(err, VTOK_E_INPUT, "csv: a quotation mark is missing");
		for (size_t k = 0; k < ARRAY_SIZE(at); k++)
			if (at[k] == i)
				field[k] = one;
	}
	if (!read_whole(field[0], &width) || !read_whole(field[1], &height))
		return error_set(err, VTOK_E_INPUT, "csv: width and height are whole numbers");
	if (columns->weight >= 0 && !read_whole(field[2], &weight))
		return error_set(err, VTOK_E_INPUT, "csv: a weight is a whole number");
	if (field[3]) {
		r->name = field[3];
		r->name_len = strlen(field[3]);
	}
	return take_sides(r, width, height, weight, err);
}

static bool json_whole(const json_t *o, const char *key, double *out)
{
	const json_t *v = json_object_get(o, key);
	double n = json_number_value(v);

	if (json_is_string(v))
		return read_whole(json_string_value(v), out);
	if (!json_is_number(v) || !(n >= 0) || n > 1e15 || n != floor(n))
		return false;
	*out = n;
	return true;
}

static bool read_object(const struct scan_job *j, const json_t *o, struct record *r,
			struct vtok_error *err)
{
	double width, height, weight = 1;

	if (!json_is_object(o))
		return error_set(err, VTOK_E_INPUT, "jsonl: expected an object in each line");
	if (!json_whole(o, j->width, &width) || !json_whole(o, j->height, &height))
		return error_set(err, VTOK_E_INPUT, "jsonl: width and height are whole numbers");
	if (j->weight && !json_whole(o, j->weight, &weight))
		return error_set(err, VTOK_E_INPUT, "jsonl: a weight is a whole number");
	return take_sides(r, width, height, weight, err);
}

static void name_by_size(struct record *r)
{
	str_format(r->size_name, sizeof(r->size_name), "%lldx%lld", (long long)r->in.width,
		   (long long)r->in.height);
	r->name = r->size_name;
	r->name_len = strlen(r->size_name);
}

/* Its name lives as long as the object, so it is added here. */
static bool add_object(struct scan_tallies *t, const char *text, size_t len, struct record *r,
		       struct vtok_error *err)
{
	const struct scan_job *j = t->job;
	json_error_t fault;
	json_t *o = json_loadb(text, len, 0, &fault);
	bool fine = read_object(j, o, r, err);
	const json_t *key = fine && j->key ? json_object_get(o, j->key) : NULL;

	if (json_is_string(key)) {
		r->name = json_string_value(key);
		r->name_len = json_string_length(key);
	}
	if (fine && !r->name)
		name_by_size(r);
	if (fine)
		add(t, r);
	json_decref(o);
	return fine;
}

void scan_record(struct scan_tallies *t, const struct scan_columns *columns, char *text, size_t len)
{
	const struct scan_job *j = t->job;
	struct vtok_error err;
	struct record r = {.weight = 1, .name = text, .name_len = len};

	err.code = VTOK_OK;
	if (j->from == SCAN_JSONL) {
		r.name = NULL;
		if (!add_object(t, text, len, &r, &err))
			scan_fault(t, err.text);
		return;
	}
	bool fine;
	if (j->from == SCAN_CSV) {
		r.name = NULL;
		fine = read_csv(columns, text, &r, &err);
	} else if (len > SCAN_PATH) {
		fine = error_set(&err, VTOK_E_INPUT, "longer than %d bytes", SCAN_PATH);
	} else {
		fine = read_line(j, text, len, &r, &err);
	}
	if (!fine) {
		scan_fault(t, err.text);
		return;
	}
	if (!r.name)
		name_by_size(&r);
	add(t, &r);
}

void scan_member(struct scan_tallies *t, const struct scan_member *m)
{
	struct image_info info;
	struct vtok_error err;
	struct record r = {.weight = 1, .name = m->name, .name_len = strlen(m->name)};

	err.code = VTOK_OK;
	if (m->why || !image_probe_bytes(m->bytes, m->n, &info, &err)) {
		scan_fault(t, m->why ? m->why : err.text);
		return;
	}
	r.in = (struct input){.width = info.width,
			      .height = info.height,
			      .stored_w = info.stored_w,
			      .stored_h = info.stored_h,
			      .orientation = info.orientation};
	add(t, &r);
}

/* ------------------------------------------------------------ plain lines */

/* Returns where it stopped; *lines: how many there were. */
static char *add_plain(struct scan_tallies *t, size_t i, char *p, const char *end, uint64_t *lines)
{
	struct dataset *d = &t->sets[i];
	const struct rule *rule = &t->job->rules[i];
	uint64_t n = 0, refused = 0, tokens = 0, pixels = 0;
	struct plain_line line;
	struct count c;

	for (; p < end && plain_scan(p, &line); p += line.len + 1) {
		count_plain(rule, line.width, line.height, &c);
		if (c.refused) {
			refuse(d, &c);
			refused++;
			continue;
		}
		n++;
		tokens += (uint64_t)c.total;
		pixels += (uint64_t)(line.width * line.height);
		dataset_count(d, c.total, 1);
		dataset_name(d, c.total, p, line.len);
	}
	tally_add_many(&d->sum, n, tokens, pixels);
	*lines = n + refused;
	return p;
}

/* A chunk is read once a model: its lines are in the cache by then. */
char *scan_plain(struct scan_tallies *t, char *p, const char *end)
{
	const struct scan_job *j = t->job;
	uint64_t lines = 0;

	if ((j->from != SCAN_AUTO && j->from != SCAN_SIZES) || j->shape.caps || t->costs ||
	    j->swaps)
		return p;
	char *stop = add_plain(t, 0, p, end, &lines);
	t->rows += lines;
	for (size_t i = 1; i < j->targets.n; i++)
		add_plain(t, i, p, stop, &lines);
	return stop;
}

/* ------------------------------------------------------------ columns */

bool scan_columns_find(const struct scan_job *j, char *head, struct scan_columns *out,
		       struct vtok_error *err)
{
	const char *names[] = {j->width, j->height, j->weight, j->key};
	int found[ARRAY_SIZE(names)] = {-1, -1, -1, -1};
	char *p = head;

	for (int i = 0; p; i++) {
		char *one = csv_field(&p, ',');

		if (!one)
			return error_set(err, VTOK_E_INPUT,
					 "the line of column names lacks a quotation mark");
		for (size_t k = 0; k < ARRAY_SIZE(names); k++)
			if (names[k] && found[k] < 0 && str_casecmp(str_trim(one), names[k]) == 0)
				found[k] = i;
	}
	for (size_t k = 0; k < ARRAY_SIZE(names); k++)
		if (names[k] && found[k] < 0)
			return error_set(err, VTOK_E_INPUT, "there is no column \"%s\"", names[k]);
	*out = (struct scan_columns){found[0], found[1], found[2], found[3]};
	return true;
}
