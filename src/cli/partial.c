#include "cli/partial.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const char kind[] = "scan-partial";

/* ------------------------------------------------------------ writing */

static json_t *wide_json(struct wide a)
{
	char text[WIDE_TEXT];

	return json_string(wide_text(text, a));
}

static json_t *pair(json_t *a, json_t *b)
{
	json_t *out = json_array();

	json_array_append_new(out, a);
	json_array_append_new(out, b);
	return out;
}

static json_t *hist_json(const struct tally_bin *bins, size_t n)
{
	json_t *out = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(out, pair(json_integer(bins[i].tokens),
						json_integer((json_int_t)bins[i].weight)));
	return out;
}

static json_t *caps_json(const struct partial *p)
{
	json_t *out = json_array();

	for (size_t i = 0; i < p->tally.shape.caps; i++)
		json_array_append_new(out,
				      pair(json_string(p->caps[i]), wide_json(p->tally.capped[i])));
	return out;
}

static json_t *top_json(const struct dataset *d)
{
	json_t *out = json_array();

	for (size_t i = 0; i < d->worst_n; i++)
		json_array_append_new(
			out, pair(json_integer(d->worst[i].tokens), json_string(d->worst[i].name)));
	return out;
}

static json_t *reasons_json(const struct dataset *d)
{
	json_t *out = json_array();

	for (size_t i = 0; i < d->reasons_n; i++)
		json_array_append_new(out, pair(json_string(d->reasons[i].text),
						json_integer((json_int_t)d->reasons[i].n)));
	return out;
}

static void put_rows(json_t *o, const char *name, uint64_t n)
{
	json_object_set_new(o, name, json_integer((json_int_t)n));
}

static json_t *partial_json(const struct partial *p, const struct tally_bin *bins)
{
	const struct tally *t = &p->tally.sum;
	json_t *o = json_object();

	json_object_set_new(o, "vtok", json_string(kind));
	json_object_set_new(o, "schema", json_integer(PARTIAL_SCHEMA));
	json_object_set_new(o, "version", json_string(p->version));
	json_object_set_new(o, "model", json_string(p->model));
	json_object_set_new(o, "options", json_string(p->options));
	if (*p->part)
		json_object_set_new(o, "part", json_string(p->part));
	put_rows(o, "rows", t->rows);
	put_rows(o, "ok", t->ok);
	put_rows(o, "refused", t->refused);
	put_rows(o, "failed", t->failed);
	if (t->turned)
		put_rows(o, "turned", t->turned);
	json_object_set_new(o, "weight", wide_json(t->sums[TALLY_WEIGHT]));
	json_object_set_new(o, "tokens", wide_json(t->sums[TALLY_TOKENS]));
	json_object_set_new(o, "pixels", wide_json(t->sums[TALLY_PIXELS]));
	if (p->tally.shape.has_costs) {
		json_object_set_new(o, "kv_bytes", wide_json(t->sums[TALLY_KV]));
		json_object_set_new(o, "micros", wide_json(t->sums[TALLY_MICROS]));
	}
	json_object_set_new(o, "hist", hist_json(bins, p->tally.hist.n));
	if (p->tally.shape.caps)
		json_object_set_new(o, "cap", caps_json(p));
	if (p->tally.shape.top != DATASET_TOP_USUAL)
		put_rows(o, "top_most", p->tally.shape.top);
	json_object_set_new(o, "top", top_json(&p->tally));
	json_object_set_new(o, "reasons", reasons_json(&p->tally));
	json_object_set_new(o, "complete", json_true());
	return o;
}

static int put_json(const char *bytes, size_t n, void *out)
{
	strbuf_add(out, bytes, n);
	return strbuf_ok(out) ? 0 : -1;
}

bool partial_write(const struct partial *p, struct strbuf *out)
{
	struct tally_bin *bins = dataset_is_good(&p->tally) ? dataset_bins(&p->tally) : NULL;
	json_t *o = bins ? partial_json(p, bins) : NULL;
	int fault = o ? json_dump_callback(o, put_json, out, JSON_COMPACT | JSON_ENSURE_ASCII) : -1;

	json_decref(o);
	free(bins);
	return fault == 0;
}

/* ------------------------------------------------------------ reading */

/* Where the reader is: the members still to come are those behind the last that was taken. */
struct reading {
	void *at; /* the next member; NULL behind the last */
	json_t *object;
	struct vtok_error *err;
};

static bool is_next(const struct reading *r, const char *name)
{
	return r->at && strcmp(json_object_iter_key(r->at), name) == 0;
}

static bool bad(const struct reading *r, const char *name, const char *expected)
{
	return error_set(r->err, VTOK_E_USAGE, "no partial of vtok scan: %s: expected %s", name,
			 expected);
}

/* The next member, if that is its name. */
static json_t *take(struct reading *r, const char *name)
{
	if (!is_next(r, name))
		return NULL;
	json_t *value = json_object_iter_value(r->at);
	r->at = json_object_iter_next(r->object, r->at);
	return value;
}

static bool take_text(struct reading *r, const char *name, char *out, size_t size)
{
	json_t *v = take(r, name);

	if (!json_is_string(v) || json_string_length(v) >= size)
		return bad(r, name, "a text");
	str_format(out, size, "%s", json_string_value(v));
	return true;
}

static bool is_number(const json_t *v)
{
	return json_is_integer(v) && json_integer_value(v) >= 0;
}

static bool take_rows(struct reading *r, const char *name, uint64_t *out)
{
	json_t *v = take(r, name);

	if (!is_number(v))
		return bad(r, name, "a whole number");
	*out = (uint64_t)json_integer_value(v);
	return true;
}

static bool take_wide(struct reading *r, const char *name, struct wide *out)
{
	json_t *v = take(r, name);

	return (json_is_string(v) && wide_parse(json_string_value(v), out)) ||
	       bad(r, name, "decimal digits in quotes");
}

/* Of two members each. */
static json_t *take_pairs(struct reading *r, const char *name)
{
	json_t *list = take(r, name);

	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_array_size(json_array_get(list, i)) != 2)
			return NULL;
	return json_is_array(list) ? list : NULL;
}

static bool take_hist(struct reading *r, struct dataset *d)
{
	json_t *list = take_pairs(r, "hist");
	int64_t before = -1;
	bool fine = list != NULL;

	for (size_t i = 0; fine && i < json_array_size(list); i++) {
		const json_t *tokens = json_array_get(json_array_get(list, i), 0);
		const json_t *weight = json_array_get(json_array_get(list, i), 1);

		fine = is_number(tokens) && is_number(weight) && json_integer_value(weight) > 0 &&
		       json_integer_value(tokens) > before;
		if (fine)
			dataset_count(d, before = json_integer_value(tokens),
				      (uint64_t)json_integer_value(weight));
	}
	return fine || bad(r, "hist", "pairs of tokens, ascending, and their weight");
}

static bool take_caps(struct reading *r, struct partial *p)
{
	if (!is_next(r, "cap"))
		return true;
	json_t *list = take_pairs(r, "cap");
	size_t n = json_array_size(list);
	bool fine = list && n <= DATASET_CAPS;

	for (size_t i = 0; fine && i < n; i++) {
		const json_t *name = json_array_get(json_array_get(list, i), 0);
		const json_t *tokens = json_array_get(json_array_get(list, i), 1);

		fine = json_is_string(name) && json_string_length(name) < PARTIAL_WORD &&
		       json_is_string(tokens) &&
		       wide_parse(json_string_value(tokens), &p->tally.capped[i]);
		if (fine)
			str_format(p->caps[i], PARTIAL_WORD, "%s", json_string_value(name));
	}
	p->tally.shape.caps = fine ? n : 0;
	return fine || bad(r, "cap", "pairs of a cap and tokens");
}

static bool take_top(struct reading *r, struct dataset *d)
{
	uint64_t most = DATASET_TOP_USUAL;

	if (is_next(r, "top_most") && !take_rows(r, "top_most", &most))
		return false;
	json_t *list = take_pairs(r, "top");
	bool fine = list && most <= DATASET_TOP && json_array_size(list) <= most;

	d->shape.top = fine ? (size_t)most : 0;

	for (size_t i = 0; fine && i < json_array_size(list); i++) {
		const json_t *tokens = json_array_get(json_array_get(list, i), 0);
		const json_t *name = json_array_get(json_array_get(list, i), 1);

		fine = is_number(tokens) && json_is_string(name);
		if (fine)
			dataset_name(d, json_integer_value(tokens), json_string_value(name),
				     json_string_length(name));
	}
	return fine || bad(r, "top", "pairs of tokens and a name");
}

static bool take_reasons(struct reading *r, struct dataset *d)
{
	json_t *list = take_pairs(r, "reasons");
	bool fine = list != NULL;

	for (size_t i = 0; fine && i < json_array_size(list); i++) {
		const json_t *text = json_array_get(json_array_get(list, i), 0);
		const json_t *n = json_array_get(json_array_get(list, i), 1);

		fine = json_is_string(text) && is_number(n);
		if (fine)
			dataset_reason_is(d, json_string_value(text),
					  (uint64_t)json_integer_value(n));
	}
	return fine || bad(r, "reasons", "pairs of a text and a number");
}

static bool take_head(struct reading *r, struct partial *p)
{
	char what[PARTIAL_WORD];
	uint64_t schema;

	if (!take_text(r, "vtok", what, sizeof(what)) || !take_rows(r, "schema", &schema))
		return false;
	if (strcmp(what, kind) != 0)
		return bad(r, "vtok", "\"scan-partial\"");
	if (schema != PARTIAL_SCHEMA)
		return error_set(r->err, VTOK_E_USAGE, "schema: expected %d, found %llu",
				 PARTIAL_SCHEMA, (unsigned long long)schema);
	return take_text(r, "version", p->version, sizeof(p->version)) &&
	       take_text(r, "model", p->model, sizeof(p->model)) &&
	       take_text(r, "options", p->options, sizeof(p->options)) &&
	       (!is_next(r, "part") || take_text(r, "part", p->part, sizeof(p->part)));
}

static bool take_sums(struct reading *r, struct partial *p)
{
	struct tally *t = &p->tally.sum;

	if (!take_rows(r, "rows", &t->rows) || !take_rows(r, "ok", &t->ok) ||
	    !take_rows(r, "refused", &t->refused) || !take_rows(r, "failed", &t->failed))
		return false;
	if (is_next(r, "turned") && !take_rows(r, "turned", &t->turned))
		return false;
	if (!take_wide(r, "weight", &t->sums[TALLY_WEIGHT]) ||
	    !take_wide(r, "tokens", &t->sums[TALLY_TOKENS]) ||
	    !take_wide(r, "pixels", &t->sums[TALLY_PIXELS]))
		return false;
	p->tally.shape.has_costs = is_next(r, "kv_bytes");
	return !p->tally.shape.has_costs || (take_wide(r, "kv_bytes", &t->sums[TALLY_KV]) &&
					     take_wide(r, "micros", &t->sums[TALLY_MICROS]));
}

/* A line that does not add up was changed by somebody, or is of another program. */
static bool adds_up(const struct reading *r, const struct partial *p)
{
	const struct tally *t = &p->tally.sum;
	struct tally_bin *bins = p->tally.no_memory ? NULL : dataset_bins(&p->tally);
	size_t n = p->tally.hist.n;

	if (!bins)
		return error_memory(r->err);
	bool fine = !t->is_over && t->ok + t->refused + t->failed == t->rows &&
		    wide_compare(tally_weight(bins, n), t->sums[TALLY_WEIGHT]) == 0 &&
		    wide_compare(tally_tokens(bins, n), t->sums[TALLY_TOKENS]) == 0;
	free(bins);
	return fine || error_set(r->err, VTOK_E_USAGE,
				 "no partial of vtok scan: its numbers do not add up");
}

static bool read_members(struct reading *r, struct partial *p)
{
	if (!take_head(r, p) || !take_sums(r, p) || !take_hist(r, &p->tally) || !take_caps(r, p) ||
	    !take_top(r, &p->tally) || !take_reasons(r, &p->tally))
		return false;
	const json_t *complete = take(r, "complete");

	if (!json_is_true(complete) || r->at)
		return error_set(r->err, VTOK_E_USAGE,
				 "the partial is not complete: it does not end with \"complete\"");
	return adds_up(r, p);
}

bool partial_read(const char *line, size_t n, struct partial *out, struct vtok_error *err)
{
	json_error_t fault;
	json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, &fault);
	struct reading r = {.object = o, .err = err, .at = json_object_iter(o)};

	*out = (struct partial){0};
	bool fine = json_is_object(o) ? read_members(&r, out)
				      : error_set(err, VTOK_E_USAGE,
						  "no partial of vtok scan: expected an object of "
						  "JSON in one line, found %.40s",
						  n ? fault.text : "an empty line");
	json_decref(o);
	if (!fine)
		partial_fini(out);
	return fine;
}

void partial_fini(struct partial *p)
{
	dataset_fini(&p->tally);
}

/* ------------------------------------------------------------ merging */

static bool same(const char *member, const char *model, const char *a, const char *b,
		 struct vtok_error *err)
{
	return strcmp(a, b) == 0 ||
	       error_set(err, VTOK_E_USAGE, "partials of %s do not go together: %s: \"%s\", \"%s\"",
			 model, member, a, b);
}

bool partial_merge(struct partial *into, const struct partial *from, struct vtok_error *err)
{
	const struct dataset_shape *a = &into->tally.shape, *b = &from->tally.shape;

	if (!same("version", into->model, into->version, from->version, err) ||
	    !same("options", into->model, into->options, from->options, err))
		return false;
	if (a->caps != b->caps || a->has_costs != b->has_costs || a->top != b->top)
		return error_set(err, VTOK_E_USAGE,
				 "partials of %s do not go together: one has members that the "
				 "other has not",
				 into->model);
	for (size_t i = 0; i < a->caps; i++)
		if (!same("cap", into->model, into->caps[i], from->caps[i], err))
			return false;
	dataset_merge(&into->tally, &from->tally);
	return dataset_is_good(&into->tally) ||
	       (into->tally.no_memory
			? error_memory(err)
			: error_set(err, VTOK_E_INPUT, "the sums of %s have more than 128 bits",
				    into->model));
}
