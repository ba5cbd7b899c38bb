/* Does the program say the same as the library, in every format? Random requests, several models
 * each: `vtok estimate` in JSON, CSV and as a table, `vtok count` of arguments and of a stream, and
 * libvtok; a line for each property. prop_surfaces [CASES [SEED]]; the seed is printed, and the
 * command lines that break a property with it. */
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vtok/vtok.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "core/quantity.h"
#include "tests/random.h"

enum { MODELS = 6, SIZES = 12, LINE = 1500, IDS_MAX = 1000, TEXT_MAX = 1 << 20 };

/* ------------------------------------------------------------ properties */

enum property {
	CSV_IS_JSON,
	JSON_IS_LIBRARY,
	REASONS_STAND_FOR_NUMBERS,
	REASONS_ARE_TRUE,
	TABLE_IS_JSON,
	TABLE_READS_WELL,
	COUNT_IS_LIBRARY,
	COUNT_IS_STREAM,
	COUNT_IS_ESTIMATE,
	IMAGES_MEAN_ONE_THING,
	PROPERTIES_N
};

static struct {
	const char *text;
	int cases, bad;
} properties[PROPERTIES_N] = {
	[CSV_IS_JSON] = {"estimate: every member of JSON is a column of CSV, of the same value", 0,
			 0},
	[JSON_IS_LIBRARY] = {"estimate: JSON is the library, number by number and reason by reason",
			     0, 0},
	[REASONS_STAND_FOR_NUMBERS] = {"estimate: null has one reason, a number none, all finite",
				       0, 0},
	[REASONS_ARE_TRUE] = {"estimate: a hosted model, a refusal and an excess are named so", 0,
			      0},
	[TABLE_IS_JSON] = {"estimate: the table has the digits of JSON", 0, 0},
	[TABLE_READS_WELL] = {"estimate: thousands have their marks in the table, and 1 is one", 0,
			      0},
	[COUNT_IS_LIBRARY] = {"count: the program is the library, column by column", 0, 0},
	[COUNT_IS_STREAM] = {"count: sizes on standard input are sizes as arguments", 0, 0},
	[COUNT_IS_ESTIMATE] = {"count: an image is what estimate says of one", 0, 0},
	[IMAGES_MEAN_ONE_THING] = {"count: -n changes no row but by the rule; --sum adds up", 0, 0},
};

static const char *asked = ""; /* the command line in question */

static bool must(enum property p, bool holds, const char *what, const char *a, const char *b)
{
	properties[p].cases++;
	if (!holds && properties[p].bad++ < 3)
		printf("# %s\n#   %s: \"%.200s\", \"%.200s\"\n#   %s\n", properties[p].text, what,
		       a, b, asked);
	return holds;
}

static void must_be(enum property p, const char *what, double a, double b)
{
	char left[40], right[40];

	must(p, a == b || fabs(a - b) <= 5e-12 * fabs(a), what, str_number(left, a),
	     str_number(right, b));
}

/* ------------------------------------------------------------ random requests */

static int below(int n)
{
	return (int)(next() % (uint64_t)n);
}

/* From 1 to most, small ones as often as large ones. */
static int up_to(int most)
{
	return (int)exp((double)(next() >> 11) * 0x1p-53 * log(most + 0.5));
}

struct ask {
	char options[LINE];
	const char *id[MODELS];
	struct vtok_request request;
	struct vtok_options knobs;
};

static struct vtok *lib;
static const char *ids[IDS_MAX], *hardware[IDS_MAX], *engines[IDS_MAX];
static int ids_n, hardware_n, engines_n;

static void say(struct ask *a, const char *option, int value)
{
	str_append(a->options, sizeof a->options, " --%s %d", option, value);
}

/* An option in one of three; its value also goes into the member of the library's struct. */
static void maybe(struct ask *a, const char *option, int32_t *member, int value)
{
	if (below(3))
		return;
	say(a, option, value);
	*member = value;
}

static const char *maybe_word(struct ask *a, const char *option, const char *word)
{
	if (below(3))
		return NULL;
	str_append(a->options, sizeof a->options, " --%s %s", option, word);
	return word;
}

static void draw_server(struct ask *a)
{
	static const char *const weights[] = {"bf16", "fp8", "int8", "int4", "fp4", "q4_k_m"};
	static const char *const caches[] = {"bf16", "fp16", "fp8", "int8", "int4"};
	static const char *const ways[] = {"auto", "fast", "gpu", "slow", "none"};
	struct vtok_request *q = &a->request;

	q->hardware = maybe_word(a, "hardware", hardware[below(hardware_n)]);
	q->engine = maybe_word(a, "engine", engines[below(engines_n)]);
	q->weights = maybe_word(a, "weights", weights[below(ARRAY_SIZE(weights))]);
	q->kv = maybe_word(a, "kv", caches[below(ARRAY_SIZE(caches))]);
	q->preprocess = maybe_word(a, "preprocess", ways[below(ARRAY_SIZE(ways))]);
	maybe(a, "tp", &q->tensor_parallel, 1 << below(5));
	maybe(a, "cpu-threads", &q->cpu_threads, up_to(64));
	maybe(a, "max-batched-tokens", &q->max_batched_tokens, up_to(32768));
	maybe(a, "max-seqs", &q->max_seqs, up_to(512));
	if (below(4) == 0) {
		int share = 1 + below(99);

		str_append(a->options, sizeof a->options, " --utilisation 0.%02d", share);
		q->utilisation = share / 100.0;
	}
}

static void draw_request(struct ask *a)
{
	struct vtok_request *q = &a->request;
	int32_t text = 512, reserve = 1024, context = 0, images = 1;

	maybe(a, "text", &text, below(4) ? up_to(4000) : up_to(200000));
	maybe(a, "reserve", &reserve, below(4) ? up_to(4000) : 0);
	maybe(a, "context", &context, up_to(1000000));
	maybe(a, "images", &images, below(3) ? up_to(100) : 0);
	q->text_tokens = text;
	q->reserve_tokens = reserve;
	q->context_limit = context;
	q->images = images ? images : -1;
	a->knobs.images = images;
	if (below(4) == 0) {
		q->usd_per_million = up_to(100);
		say(a, "price", (int)q->usd_per_million);
	}
	q->width = up_to(20000);
	q->height = up_to(20000);
}

static void draw_knobs(struct ask *a)
{
	struct vtok_options *k = &a->knobs;

	if (below(4) == 0) {
		str_append(a->options, sizeof a->options, " --lens formula");
		k->lens = VTOK_LENS_FORMULA;
	}
	if (below(3))
		return;
	maybe(a, "patch", &k->patch, 8 + below(24));
	maybe(a, "merge", &k->merge, 1 + below(4));
	maybe(a, "pool", &k->pool, 1 + below(4));
	maybe(a, "grid", &k->grid, 1 + below(6));
}

static void draw(struct ask *a)
{
	*a = (struct ask){.request = VTOK_REQUEST_INIT, .knobs = VTOK_OPTIONS_INIT};
	draw_server(a);
	draw_request(a);
	draw_knobs(a);
	for (int i = 0; i < MODELS; i++)
		a->id[i] = ids[below(ids_n)];
}

/* ------------------------------------------------------------ the program */

static char *slurp(FILE *f)
{
	char *text = malloc(TEXT_MAX);
	size_t n = f && text ? fread(text, 1, TEXT_MAX - 1, f) : 0;

	if (!f || !text || n == TEXT_MAX - 1)
		exit(99);
	text[n] = '\0';
	return text;
}

/* What it prints; freed by the caller. A refusal ends it with 1, and that is all right here. */
static char *run(const char *verb, const char *options, const char *input)
{
	char line[2 * LINE];

	str_format(line, sizeof line, "\"$VTOK\" %s --no-config%s 2>&1 <%s", verb, options, input);
	FILE *p = popen(line, "r");
	char *text = slurp(p);

	pclose(p);
	return text;
}

/* ------------------------------------------------------------ CSV */

enum { FIELDS_MAX = 200 };

/* Cuts a line of CSV in place; returns what is behind it. Quoted fields lose their quotes. */
static char *cut(char *line, char *field[FIELDS_MAX], int *n)
{
	char *to = line;

	for (*n = 0; *n < FIELDS_MAX;) {
		bool is_quoted = *line == '"';

		field[(*n)++] = to;
		for (line += is_quoted; *line; line++) {
			if (is_quoted && *line == '"' && line[1] == '"')
				line++;
			else if (is_quoted ? *line == '"' : *line == ',' || *line == '\n')
				break;
			*to++ = *line;
		}
		line += is_quoted && *line == '"';
		bool is_last = *line != ',';

		line += *line != '\0';
		*to++ = '\0';
		if (is_last)
			break;
	}
	return line;
}

/* ------------------------------------------------------------ an estimate */

/* The member of JSON that a quantity has; NULL = it is left out. */
static const json_t *member(const json_t *object, enum quantity_id id, const char *end)
{
	char name[QUANTITY_NAME + 8];

	if (quantities[id].group)
		object = json_object_get(object, quantities[id].group);
	return json_object_get(object,
			       str_format(name, sizeof name, "%s%s", quantities[id].name, end));
}

static void check_csv(enum quantity_id id, const json_t *value, const char *field)
{
	char name[QUANTITY_NAME];

	quantity_name(id, name);
	if (json_is_number(value))
		must_be(CSV_IS_JSON, name, json_number_value(value), strtod(field, NULL));
	else if (json_is_boolean(value))
		must(CSV_IS_JSON, strcmp(field, json_is_true(value) ? "yes" : "no") == 0, name,
		     field, json_is_true(value) ? "yes" : "no");
	else
		must(CSV_IS_JSON,
		     strcmp(field, json_is_string(value) ? json_string_value(value) : "") == 0,
		     name, field, json_is_string(value) ? json_string_value(value) : "");
}

static void check_library(enum quantity_id id, const json_t *object, const struct vtok_estimate *e)
{
	const json_t *value = member(object, id, ""), *why = member(object, id, "_reason");
	const char *reason = NULL;
	char name[QUANTITY_NAME];
	double number = NAN;

	quantity_name(id, name);
	if (json_is_string(value)) {
		const char *text = vtok_quantity_text(e, name, &reason);

		if (id != Q_MODEL) /* a name as it was asked for */
			must(JSON_IS_LIBRARY, text && strcmp(text, json_string_value(value)) == 0,
			     name, text ? text : reason, json_string_value(value));
		return;
	}
	if (vtok_quantity(e, name, &number, &reason)) {
		double mine =
			json_is_boolean(value) ? json_is_true(value) : json_number_value(value);

		must(JSON_IS_LIBRARY, json_is_number(value) || json_is_boolean(value), name,
		     "the library has a number", "JSON none");
		must_be(JSON_IS_LIBRARY, name, mine, number);
		must(REASONS_STAND_FOR_NUMBERS, isfinite(number) && !why, name, "a number",
		     why ? "and a reason" : "not finite");
		return;
	}
	must(JSON_IS_LIBRARY, !value || json_is_null(value), name, "the library has none",
	     "JSON a value");
	must(JSON_IS_LIBRARY, reason && *reason, name, "no number", "no reason");
	if (json_is_null(value) && id != Q_FITS) /* whose reason is a quantity of its own */
		must(REASONS_STAND_FOR_NUMBERS,
		     json_is_string(why) && reason && strcmp(reason, json_string_value(why)) == 0,
		     name, reason ? reason : "", json_is_string(why) ? json_string_value(why) : "");
}

/* Every member of JSON is a quantity or the reason of one that is null. */
static void check_members(const json_t *object, const char *group)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
	{
		char name[QUANTITY_NAME + 64], of[QUANTITY_NAME + 64];
		size_t len = strlen(key);
		enum quantity_id id;

		if (json_is_object(value)) {
			check_members(value, key);
			continue;
		}
		str_format(name, sizeof name, "%s%s%s", group, *group ? "_" : "", key);
		bool is_reason = len > 7 && strcmp(key + len - 7, "_reason") == 0;
		bool is_one = quantity_find(name, &id);

		str_format(of, sizeof of, "%.*s", (int)len - 7, key);
		must(REASONS_STAND_FOR_NUMBERS,
		     is_one || (is_reason && json_is_null(json_object_get(object, of))), name,
		     "a member", "neither a quantity nor the reason of a null");
	}
}

static const char *text_at(const json_t *object, enum quantity_id id, const char *end)
{
	const char *text = json_string_value(member(object, id, end));

	return text ? text : "";
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* The reason of what is missing is the one that holds: nothing else is in its way. */
static void check_reasons(const json_t *object, const struct vtok_subject *s, bool has_image)
{
	const char *kv = text_at(object, Q_KV_TOKEN, "_reason"),
		   *visual = text_at(object, Q_VISUAL, "_reason"),
		   *ttft = text_at(object, Q_TTFT, "_reason"),
		   *at_once = text_at(object, Q_CONCURRENCY, "_reason");
	double left = json_number_value(member(object, Q_TEXT_LEFT, ""));

	if (vtok_subject_kind(s) == VTOK_HOSTED) {
		must(REASONS_ARE_TRUE, starts(kv, "a hosted model"), "KV", kv, "");
		must(REASONS_ARE_TRUE, starts(ttft, "a hosted model"), "TTFT", ttft, "");
		must(REASONS_ARE_TRUE, starts(at_once, "a hosted model"), "requests", at_once, "");
	} else if (vtok_subject_kind(s) == VTOK_PROCESSOR) {
		must(REASONS_ARE_TRUE, starts(kv, "an image processor by itself"), "KV", kv, "");
		must(REASONS_ARE_TRUE, starts(ttft, "an image processor by itself"), "TTFT", ttft,
		     "");
	} else if (!*kv && *visual && has_image) {
		must(REASONS_ARE_TRUE, strcmp(ttft, visual) == 0, "a refusal, TTFT", ttft, visual);
	} else if (!*kv && left < 0) {
		must(REASONS_ARE_TRUE, strstr(ttft, "longer than the context limit"), "TTFT", ttft,
		     "");
	}
}

/* Found once; freed at the end. */
static struct {
	char id[96];
	struct vtok_subject *found;
} subjects[2 * IDS_MAX];
static int subjects_n;

static const struct vtok_subject *subject(const char *id)
{
	struct vtok_fault fault;

	for (int i = 0; i < subjects_n; i++)
		if (strcmp(subjects[i].id, id) == 0)
			return subjects[i].found;
	struct vtok_subject *s = vtok_find(lib, id, NULL, &fault);

	if (!s || subjects_n == ARRAY_SIZE(subjects)) {
		printf("# %s: %s\n", id, fault.text);
		exit(1);
	}
	str_format(subjects[subjects_n].id, sizeof subjects[0].id, "%s", id);
	return subjects[subjects_n++].found = s;
}

static void check_object(struct ask *a, const json_t *object, char *field[], int n)
{
	/* an engine that counts by a rule of its own has it in the name */
	const struct vtok_subject *s = subject(json_string_value(json_object_get(object, "model")));
	struct vtok_fault fault;
	struct vtok_estimate *e = vtok_estimate_new(lib, s, &a->request, &fault);
	int column = 0;

	if (!must(JSON_IS_LIBRARY, e, "the library", e ? "" : fault.text, "an estimate"))
		return;
	for (enum quantity_id id = 0; id < Q_N; id++) {
		if (quantities[id].is_aside)
			continue;
		check_library(id, object, e);
		if (column < n)
			check_csv(id, member(object, id, ""), field[column]);
		column++;
	}
	char name[VTOK_QUANTITY_NAME];

	must(CSV_IS_JSON, column == n && !vtok_quantity_name((size_t)column, name), "columns", "",
	     "");
	check_members(object, "");
	check_reasons(object, s, a->request.images > 0);
	vtok_estimate_free(e);
}

/* ------------------------------------------------------------ the table */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number that stands by itself, not as a part of a longer one. */
static bool has_number(const char *text, const char *number)
{
	size_t len = strlen(number);

	for (const char *at = text; (at = strstr(at, number)); at++) {
		bool begins = at == text || !(is_digit(at[-1]) || at[-1] == ',' || at[-1] == '.');
		char behind = at[len];
		bool ends = !is_digit(behind) &&
			    !((behind == ',' || behind == '.') && is_digit(at[len + 1]));

		if (begins && ends)
			return true;
	}
	return false;
}

/* No five digits in a row but where a size or a date stands; one of a thing is singular. */
static void check_words(const char *table)
{
	static const char *const plurals[] = {" 1 images", " 1 tokens", " 1 requests", " 1 GPUs"};

	for (const char *line = strchr(table, '\n'); line && *line;) {
		size_t len = strcspn(++line, "\n"), digits = 0, most = 0;
		char text[1000];

		str_format(text, sizeof text, "%.*s", (int)(len < 999 ? len : 999), line);
		for (const char *p = text; *p; p++) {
			if (*p == '.') /* behind the point there are no thousands */
				p += strspn(p + 1, "0123456789");
			digits = is_digit(*p) ? digits + 1 : 0;
			most = digits > most ? digits : most;
		}
		if (!starts(text, "image ") && !strstr(text, "refused: ") &&
		    !starts(text, "unverified") && !starts(text, "  "))
			must(TABLE_READS_WELL, most < 5, "thousands", text, "");
		for (size_t i = 0; i < ARRAY_SIZE(plurals); i++)
			must(TABLE_READS_WELL, !strstr(text, plurals[i]), plurals[i], text, "");
		line = strchr(line, '\n');
	}
}

static void check_table(const json_t *object, const char *table)
{
	static const enum quantity_id shown[] = {
		Q_IMAGES,   Q_TEXT,      Q_OUTPUT,  Q_TOTAL,   Q_LIMIT,       Q_SHARE,
		Q_KV_TOKEN, Q_MEMORY,    Q_WEIGHTS, Q_RESERVE, Q_CONCURRENCY, Q_TTFT,
		Q_TTFT_LOW, Q_TTFT_HIGH, Q_FIXED,   Q_GPU,     Q_KV_REQUEST,
	};
	double images = json_number_value(member(object, Q_IMAGE_COUNT, ""));
	bool is_refused = images > 0 && json_is_null(member(object, Q_VISUAL, ""));

	for (size_t i = 0; i < ARRAY_SIZE(shown) && !is_refused; i++) {
		const json_t *value = member(object, shown[i], "");
		enum unit unit = quantities[shown[i]].unit;
		char text[UNIT_TEXT];

		if (!json_is_number(value))
			continue;
		/* times are milliseconds there */
		unit_text(text, unit, json_number_value(value) / unit_number(unit, 1));
		must(TABLE_IS_JSON, has_number(table, text), quantities[shown[i]].name, text,
		     table);
	}
	check_words(table);
}

/* ------------------------------------------------------------ counts */

static void check_row(struct ask *a, const struct vtok_subject *s, char *field[], int64_t w,
		      int64_t h)
{
	struct vtok_count c = VTOK_COUNT_INIT;
	char text[7][32];

	vtok_count_image(s, &a->knobs, w, h, &c, NULL);
	const int64_t numbers[] = {c.visual, c.special, c.total, c.resized_w, c.resized_h, c.tiles};

	must(COUNT_IS_LIBRARY,
	     strcmp(field[3], c.refused ? "refused" : "ok") == 0 ||
		     (c.refused && strcmp(field[3], "error") == 0),
	     "status", field[3], c.refused ? "refused" : "ok");
	for (int i = 0; i < 6; i++) {
		bool is_empty = c.refused || (i > 2 ? numbers[i] <= 0 : numbers[i] < 0);

		str_format(text[i], sizeof text[i], "%" PRId64, numbers[i]);
		must(COUNT_IS_LIBRARY, strcmp(field[4 + i], is_empty ? "" : text[i]) == 0, field[0],
		     field[4 + i], is_empty ? "" : text[i]);
	}
	if (c.refused)
		must(COUNT_IS_LIBRARY, strcmp(field[10], c.reason) == 0, "reason", field[10],
		     c.reason);
}

/* tokens.per_image of estimate at this size, by itself. */
static void check_image(struct ask *a, const struct vtok_subject *s, char *field[], int64_t w,
			int64_t h)
{
	struct vtok_request q = a->request;
	double one;

	q.width = w;
	q.height = h;
	struct vtok_estimate *e = vtok_estimate_new(lib, s, &q, NULL);

	if (e && vtok_quantity(e, "tokens_per_image", &one, NULL))
		must_be(COUNT_IS_ESTIMATE, field[0], strtod(*field[6] ? field[6] : field[4], NULL),
			one);
	else
		must(COUNT_IS_ESTIMATE, e && *field[4] == '\0', field[0], field[4], "refused");
	vtok_estimate_free(e);
}

/* Rows of a list of sizes, model by model or size by size as they come. */
static void check_counts(struct ask *a, const char *options)
{
	char sizes[LINE] = "", with[3 * LINE], path[] = "/tmp/vtok-prop-XXXXXX", *field[FIELDS_MAX];
	int fd = mkstemp(path), n;
	FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;

	for (int i = 0; i < SIZES; i++) {
		char size[40];

		str_format(size, sizeof size, "%dx%d", up_to(20000), up_to(20000));
		str_append(sizes, sizeof sizes, " %s", size);
		if (f)
			fprintf(f, "%s\n", size);
	}
	if (!f || fclose(f) != 0)
		exit(99);
	str_format(with, sizeof with, "%s -o csv --no-header%s", options, sizes);
	asked = with;
	char *arguments = run("count", with, "/dev/null"), *at = arguments;

	str_format(with, sizeof with, "%s -o csv --no-header -", options);
	char *stream = run("count", with, path);

	must(COUNT_IS_STREAM, strcmp(arguments, stream) == 0, sizes, arguments, stream);
	while (*at) {
		at = cut(at, field, &n);
		if (!must(COUNT_IS_LIBRARY, n == 12, "columns", field[0], ""))
			break;
		const struct vtok_subject *s = subject(field[0]);
		int64_t w = atoll(field[1]), h = atoll(field[2]);

		check_row(a, s, field, w, h);
		check_image(a, s, field, w, h);
	}
	free(arguments);
	free(stream);
	unlink(path);
}

/* The sum of a request: images times what its rows say, which a rule for many images decides. */
static void check_sum(const char *options, int images, int w, int h)
{
	char with[2 * LINE], *field[FIELDS_MAX], *sum[FIELDS_MAX];
	int n, m;

	str_format(with, sizeof with, "%s --sum -o csv --no-header %dx%d", options, w, h);
	asked = with;
	char *text = run("count", with, "/dev/null");
	char *rest = cut(text, field, &n);

	cut(rest, sum, &m);
	if (n == 12 && m == 12 && strcmp(field[3], "ok") == 0)
		for (int i = 4; i < 7; i++)
			if (*field[i])
				must_be(IMAGES_MEAN_ONE_THING, "sum", strtod(sum[i], NULL),
					images * strtod(field[i], NULL));
	free(text);
}

/* ------------------------------------------------------------ run */

static void check_estimates(struct ask *a, const char *options, char *size)
{
	char with[2 * LINE], *names[FIELDS_MAX], *field[FIELDS_MAX];
	json_error_t error;
	int n, columns;

	str_format(with, sizeof with, "%s -o csv %s", options, size);
	asked = with;
	char *csv = run("estimate", with, "/dev/null"), *at = cut(csv, names, &columns);
	char json_with[2 * LINE];

	str_format(json_with, sizeof json_with, "%s -o json %s", options, size);
	char *text = run("estimate", json_with, "/dev/null");
	json_t *list = json_loads(text, 0, &error);

	if (must(CSV_IS_JSON, json_is_array(list), "JSON", list ? "no list" : error.text, text))
		for (size_t i = 0; i < json_array_size(list); i++) {
			at = cut(at, field, &n);
			check_object(a, json_array_get(list, i), field, n);
		}
	/* one of them as a table */
	char one[2 * LINE], table_with[3 * LINE];

	str_format(one, sizeof one, " -m %s%s", a->id[0], a->options);
	str_format(table_with, sizeof table_with, "%s -o table --color never %s", one, size);
	asked = table_with;
	char *table = run("estimate", table_with, "/dev/null");

	check_table(json_array_get(list, 0), table);
	free(table);
	json_decref(list);
	free(text);
	free(csv);
}

/* What `count` takes of the options. */
static void counted(const struct ask *a, char out[LINE])
{
	const struct vtok_options *k = &a->knobs;

	str_format(out, LINE, " -n %d%s", k->images, k->lens ? " --lens formula" : "");
	if (a->request.engine)
		str_append(out, LINE, " --engine %s", a->request.engine);
	const struct {
		const char *name;
		int32_t value;
	} knobs[] = {
		{"patch", k->patch}, {"merge", k->merge}, {"pool", k->pool}, {"grid", k->grid}};
	for (size_t i = 0; i < ARRAY_SIZE(knobs); i++)
		if (knobs[i].value)
			str_append(out, LINE, " --%s %d", knobs[i].name, knobs[i].value);
}

static void check(void)
{
	char all[LINE], count[LINE], options[LINE], size[40], single[2 * LINE];
	struct ask a;

	draw(&a);
	a.request.options = &a.knobs;
	str_format(all, sizeof all, "%s", "");
	for (int i = 0; i < MODELS; i++)
		str_append(all, sizeof all, " -m %s", a.id[i]);
	str_format(size, sizeof size, "%dx%d", (int)a.request.width, (int)a.request.height);
	str_format(options, sizeof options, "%s%s", all, a.options);
	check_estimates(&a, options, size);
	counted(&a, count);
	str_format(options, sizeof options, "%s%s", all, count);
	check_counts(&a, options);
	str_format(single, sizeof single, " -m %s%s", a.id[0], count);
	check_sum(single, a.knobs.images, (int)a.request.width, (int)a.request.height);
}

/* Ids as the program lists them: what can be estimated. */
static void list_ids(void)
{
	static char *text;
	char *line = text = run("count", " --all -o csv --no-header 64x64", "/dev/null");

	for (; *line && ids_n < IDS_MAX; line += strcspn(line, "\n") + 1) {
		ids[ids_n++] = line;
		line += strcspn(line, ",");
		*line++ = '\0';
	}
	hardware_n = (int)vtok_list(lib, VTOK_HARDWARE, hardware, IDS_MAX);
	engines_n = (int)vtok_list(lib, VTOK_ENGINE, engines, IDS_MAX);
}

int main(int argc, char **argv)
{
	int cases = argc > 1 ? atoi(argv[1]) : 16, bad = 0;

	random_begin(argc > 2 ? argv[2] : NULL);
	lib = vtok_open(NULL, NULL);
	if (!lib || !getenv("VTOK"))
		return 99;
	list_ids();
	for (int i = 0; i < cases; i++)
		check();
	printf("1..%d\n", PROPERTIES_N);
	for (int i = 0; i < PROPERTIES_N; i++) {
		bool holds = !properties[i].bad && properties[i].cases;

		printf("%sok %d - %s (%d cases, %d bad)\n", holds ? "" : "not ", i + 1,
		       properties[i].text, properties[i].cases, properties[i].bad);
		bad += !holds;
	}
	while (subjects_n > 0)
		vtok_subject_free(subjects[--subjects_n].found);
	vtok_close(lib);
	return bad != 0;
}
