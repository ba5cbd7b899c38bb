/* The rules of closed APIs against what the vendors print: tests/data/hosted.csv holds their worked
 * examples and tables, each row with its source. Rows whose source says "approximate" or
 * "estimated" may be 5 % off, all others not. */
#include "tests/unit.h"

#include "base/base.h"
#include "base/error.h"
#include "base/str.h"
#include "core/count.h"
#include "core/strategy.h"
#include "registry/registry.h"
#include "registry/subjects.h"

static struct registry r;

static int setup(void **state)
{
	(void)state;
	struct vtok_error err = {0};
	return registry_init(&r, &err) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	registry_fini(&r);
	return 0;
}

struct asked {
	const char *model, *detail; /* columns of the file */
	const char *id;             /* NULL: as in the file */
	const char *date;           /* NULL: newest */
	struct knobs knobs;
};

/* Rows whose model or level is called otherwise there, or of a day; others are asked as they stand.
 */
static const struct asked asked[] = {
	/* a model of that budget whose multiplier was 1 */
	{"patch-budget-1536", "pre-multiplier", "gpt-5.2", "2026-07-31", {0}},
	{"claude-standard-tier", "default", NULL, NULL, {0}},
	{"claude-high-res-tier", "default", NULL, NULL, {0}},
	{"gemini-2.0/2.5", "tiles", "gemini-2.0", NULL, {0}},
	{"gemini-1.0/1.5-early", "fixed", "gemini-1.5", NULL, {0}},
	{"gemini-2.5", "media_resolution_low", NULL, NULL, {.media = MEDIA_LOW}},
	{"gemini-2.5", "media_resolution_medium", NULL, NULL, {.media = MEDIA_MEDIUM}},
	{"gemini-3", "media_resolution_low", NULL, "2026-07-31", {.media = MEDIA_LOW}},
	{"gemini-3", "media_resolution_medium", NULL, "2026-07-31", {.media = MEDIA_MEDIUM}},
	{"gemini-3", "media_resolution_high", NULL, "2026-07-31", {.media = MEDIA_HIGH}},
	{"gemini-3", "default", NULL, "2026-07-31", {0}},
	{"gemini-3",
	 "media_resolution_ultra_high",
	 NULL,
	 "2026-07-31",
	 {.media = MEDIA_ULTRA_HIGH}},
	{"nova-lite/pro", "approximate", "nova-pro", NULL, {0}},
	{"pixtral-12b/large", "approximate", "pixtral-hosted", NULL, {0}},
	{"mistral-small-3.1/3.2 medium-3", "approximate", "mistral-small-hosted", NULL, {0}},
};

static struct asked asked_of(const char *model, const char *detail)
{
	struct asked own = {.model = model, .detail = detail};

	for (size_t i = 0; i < ARRAY_SIZE(asked); i++)
		if (strcmp(asked[i].model, model) == 0 && strcmp(asked[i].detail, detail) == 0)
			return asked[i];
	for (int level = 1; level < DETAIL_N; level++)
		if (strcmp(detail_names[level], detail) == 0)
			own.knobs.detail = (enum detail)level;
	if (own.knobs.detail == DETAIL_AUTO && strcmp(detail, "default") != 0)
		fail_msg("%s %s: no level of that name", model, detail);
	return own;
}

static const struct processor *rule(const char *id, const char *date)
{
	int32_t day = 0;

	assert_true(!date || hosted_parse_date(date, &day));
	const struct processor *p = registry_hosted(&r, id, day);
	if (!p)
		fail_msg("no rule of %s%s%s", id, date ? " on " : "", date ? date : "");
	return p;
}

struct row {
	char *model, *detail, *source;
	int64_t width, height, tokens;
};

static bool parse_row(char *line, struct row *row)
{
	char *field[7];
	int n = 0;

	for (char *p = line; n < 7; n++) {
		field[n] = p;
		p = n < 6 ? strchr(p, ',') : NULL;
		if (!p) {
			n++;
			break;
		}
		*p++ = '\0';
	}
	*row = (struct row){.model = field[1], .detail = field[2]};
	if (n != 7)
		return false;
	row->source = field[6];
	return str_int(field[3], 0, SIDE_MAX, &row->width) &&
	       str_int(field[4], 0, SIDE_MAX, &row->height) &&
	       str_int(field[5], 1, SIDE_MAX, &row->tokens);
}

static bool is_rough(const char *source)
{
	return strstr(source, "approximate") || strstr(source, "estimated") ||
	       strstr(source, "rounded figure") || strstr(source, "16 px batches") ||
	       strstr(source, "28 px per token") || strstr(source, "nearest table row");
}

static void check_size(const struct row *row, const struct asked *a, int64_t width, int64_t height)
{
	const struct processor *p = rule(a->id ? a->id : row->model, a->date);
	struct count c;

	count_image(p, LENS_EXACT, &a->knobs, width, height, &c, NULL);
	assert_false(c.refused);
	assert_int_equal(c.total, c.visual + c.special);
	int64_t off = c.visual - row->tokens, most = is_rough(row->source) ? row->tokens / 20 : 0;
	if (off > most || -off > most)
		fail_msg("%s %s %dx%d: expected %d%s, got %d", row->model, row->detail, (int)width,
			 (int)height, (int)row->tokens, most ? " within 5 %" : "", (int)c.visual);
	if (most && !c.approximate)
		fail_msg("%s %s: rough figures that are not labelled so", row->model, row->detail);
}

/* "0" as a size stands for any; for a rule with a published maximum (Grok), large enough to reach
 * it. */
static void check_row(const struct row *row)
{
	static const int64_t any[][2] = {{4000, 3000}, {1792, 2000}, {3000, 5000}};
	const struct asked a = asked_of(row->model, row->detail);

	if (row->width) {
		check_size(row, &a, row->width, row->height);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(any); i++)
		check_size(row, &a, any[i][0], any[i][1]);
}

static void the_vendors_examples_match(void **state)
{
	(void)state;
	char path[1024], line[1024];
	int rows = 0;

	snprintf(path, sizeof(path), "%s/tests/data/hosted.csv", getenv("SRCDIR"));
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f)); /* names of the columns */
	while (fgets(line, sizeof(line), f)) {
		struct row row;
		line[strcspn(line, "\r\n")] = '\0';
		if (!parse_row(line, &row))
			fail_msg("bad row: %s", line);
		check_row(&row);
		rows++;
	}
	fclose(f);
	assert_true(rows >= 42);
}

/* What the facts say beside the table: revisions, levels, measured bills. */
static void revisions_and_levels(void **state)
{
	(void)state;
	static const struct {
		const char *id, *date;
		struct knobs knobs;
		int64_t width, height, tokens;
	} t[] = {
		/* measured bills, 2026 (JOHNISKING/image-token-cost), as quoted beside the rule */
		{"gpt-5.4", NULL, {.detail = DETAIL_HIGH}, 4032, 3024, 2942},
		{"gpt-6-astra", NULL, {0}, 4032, 3024, 14364},
		{"gpt-5.5", NULL, {0}, 4032, 3024, 11868},
		{"gpt-6-astra", NULL, {0}, 3840, 2160, 9792},
		/* auto differs by model */
		{"gpt-5.4", NULL, {0}, 4032, 3024, 2942},
		/* 16 x 16 x 1.2 */
		{"gpt-5.6-terra", NULL, {.detail = DETAIL_LOW}, 4096, 4096, 308},
		/* the same id on two days: 1024 x 1.62, then 1024 x 1.2 */
		{"gpt-5-mini", "2026-07-31", {0}, 1024, 1024, 1659},
		{"gpt-5-mini", "2026-08-01", {0}, 1024, 1024, 1229},
		{"gpt-5-mini@2025-08", NULL, {0}, 1024, 1024, 1659},
		{"gpt-5-nano", NULL, {0}, 1024, 1024, 1536},
		{"o4-mini", NULL, {0}, 1024, 1024, 1762},
		/* tiles: maxima of the price table, small images never enlarged */
		{"gpt-4o", NULL, {0}, 2048, 768, 85 + 8 * 170},
		{"gpt-4o-mini", NULL, {0}, 2048, 768, 48169},
		{"gpt-5.1", NULL, {0}, 2048, 768, 1190},
		{"o3", NULL, {0}, 2048, 768, 1275},
		{"computer-use-preview", NULL, {0}, 2048, 768, 1097},
		{"gpt-4o", NULL, {0}, 1, 1, 255},
		{"gpt-4o", NULL, {0}, 512, 512, 255},
		{"gpt-4o", NULL, {0}, 513, 512, 425},
		{"gpt-image-1-high-fidelity", NULL, {0}, 1024, 1024, 65 + 129 + 4160},
		{"gpt-image-1-high-fidelity", NULL, {0}, 1024, 2048, 65 + 2 * 129 + 6240},
		/* Claude before the patches of 2026: w h / 750 */
		{"claude-standard", "2025-06", {0}, 750, 1000, 1000},
		{"claude-opus-4-1", "2025-06", {0}, 1000, 1000, 1334},
		{"claude-opus-4-8", NULL, {0}, 1920, 1080, 2691},
		/* Gemini: the price follows the aspect, not the size */
		{"gemini-2.0", NULL, {0}, 4000, 3000, 1032},
		{"gemini-2.0", NULL, {0}, 768, 576, 1032},
		{"gemini-2.5", NULL, {.media = MEDIA_HIGH}, 960, 540, 1548},
		{"gemini-2.5-pro", NULL, {0}, 384, 100, 258},
		{"grok-vision", NULL, {0}, 448, 448, 512},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct count c;
		char why[REFUSAL_TEXT];
		count_image(rule(t[i].id, t[i].date), LENS_EXACT, &t[i].knobs, t[i].width,
			    t[i].height, &c, NULL);
		if (c.refused || c.visual != t[i].tokens)
			fail_msg("%s %s %dx%d: expected %d, got %d %s", t[i].id,
				 t[i].date ? t[i].date : "", (int)t[i].width, (int)t[i].height,
				 (int)t[i].tokens, (int)c.visual, count_reason(&c, why));
	}
}

static void limits_are_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *id;
		struct knobs knobs;
		int64_t width, height;
		const char *reason;
	} t[] = {
		{"gpt-6-astra",
		 {0},
		 8000,
		 8000,
		 "more than 30000 patches"}, /* 250 x 250 = 62,500 */
		{"gpt-6-astra", {.images = 1501}, 100, 100, "at most 1500 images"},
		{"gpt-4o", {.detail = DETAIL_ORIGINAL}, 100, 100, "detail original"},
		{"claude-standard", {0}, 8001, 10, "above 8000 px"},
		{"claude-high-res", {.images = 21}, 2001, 10, "above 2000 px when"},
		{"pixtral-hosted", {0}, 10, 10001, "above 10000 px"},
		{"gemini-3", {.media = MEDIA_N - 1}, 1, 1, NULL}, /* offered */
		{"gemini-2.5",
		 {.media = MEDIA_ULTRA_HIGH},
		 100,
		 100,
		 "media resolution ultra-high"},
		{"claude-high-res", {.images = 20}, 2001, 10, NULL},
		{"claude-standard", {0}, 8000, 8000, NULL},
		{"gpt-6-astra",
		 {.detail = DETAIL_HIGH},
		 8000,
		 8000,
		 NULL}, /* shrunk before the check */
		{"pixtral-hosted", {0}, 10000, 10000, NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		struct count c;
		char why[REFUSAL_TEXT];
		count_image(rule(t[i].id, NULL), LENS_EXACT, &t[i].knobs, t[i].width, t[i].height,
			    &c, NULL);
		count_reason(&c, why);
		if ((c.refused != REFUSED_NOT) != (t[i].reason != NULL) ||
		    (t[i].reason && !strstr(why, t[i].reason)))
			fail_msg("%s: expected %s, got %s", t[i].id,
				 t[i].reason ? t[i].reason : "a count",
				 c.refused ? why : "a count");
		if (c.refused)
			assert_int_equal(c.visual + c.total, 0);
	}
}

static void dates_pick_rules(void **state)
{
	(void)state;
	const struct model *m;
	const struct processor *p;
	struct vtok_error err = {0};

	assert_null(registry_hosted(&r, "gpt-6-astra", 20250101));
	assert_null(registry_hosted(&r, "gpt-5-mini@2019-01", 0));
	/* not before they came, however old the page is that tells of them */
	static const struct {
		const char *name;
		int32_t before, first;
	} came[] = {
		{"gpt-4o-mini", 20240630, 20240701}, {"gpt-5", 20250731, 20250801},
		{"gpt-5-mini", 20250731, 20250801},  {"gpt-5-nano", 20250731, 20250801},
		{"gpt-5.2", 20251130, 20251201},
	};

	for (size_t i = 0; i < ARRAY_SIZE(came); i++) {
		assert_null(registry_hosted(&r, came[i].name, came[i].before));
		assert_non_null(registry_hosted(&r, came[i].name, came[i].first));
	}
	assert_string_equal(registry_hosted(&r, "GPT-5-Mini", 0)->id, "gpt-5-mini@2026-08");
	r.rules_date = 20260715;
	assert_true(subject_resolve(&r, "codex-mini", &m, &p, &err));
	assert_string_equal(p->id, "o4-mini@2025-04");
	assert_null(m);
	assert_false(subject_resolve(&r, "gpt-6-astra", &m, &p, &err));
	assert_non_null(strstr(err.text, "2026-07-15"));
	r.rules_date = 0;
	err = (struct vtok_error){0};
	assert_false(subject_resolve(&r, "gpt-6-astr", &m, &p, &err));
	assert_non_null(strstr(err.text, "did you mean gpt-6-astra"));
}

/* A name of a rule that has ended must lead to the one that replaced it, or it would give an
 * outdated count for ever. */
static void must_be_current(const struct processor *ended, const char *name)
{
	const struct processor *now = registry_hosted(&r, name, 0);

	if (!now || now->hosted.until)
		fail_msg("%s: \"%s\" means %s, which has ended", ended->id, name,
			 now ? now->id : "nothing");
}

static void names_outlive_their_rules(void **state)
{
	char name[96];

	(void)state;
	for (size_t i = 0; i < r.hosted_n; i++) {
		const struct processor *p = r.hosted[i];
		if (!p->hosted.until)
			continue;
		str_format(name, sizeof(name), "%.*s", (int)strcspn(p->id, "@"), p->id);
		must_be_current(p, name);
		for (const char *w = p->aliases ? p->aliases : ""; *w;) {
			size_t n = strcspn(w, " ");
			str_format(name, sizeof(name), "%.*s", (int)n, w);
			must_be_current(p, name);
			w += n;
			w += strspn(w, " ");
		}
	}
}

/* Any size from 1 x 1 up: a bill of at least one token or a reason, derived in steps that end in
 * it; a larger image within the budget never undercuts its half where the rule is monotone in area
 * (patches without a resize). */
static void any_size_is_billed_or_refused(void **state)
{
	(void)state;
	static const int64_t sides[] = {1,    2,    27,   28,    29,    31,      32,
					33,   511,  512,  513,   768,   1567,    1568,
					2048, 2577, 8000, 65535, 65536, 1000000, SIDE_MAX};

	for (size_t k = 0; k < r.hosted_n; k++)
		for (size_t i = 0; i < ARRAY_SIZE(sides); i++)
			for (size_t j = 0; j < ARRAY_SIZE(sides); j++) {
				struct count c, again;
				struct trace trace;
				count_image(r.hosted[k], LENS_EXACT, NULL, sides[i], sides[j], &c,
					    &trace);
				count_image(r.hosted[k], LENS_EXACT, NULL, sides[i], sides[j],
					    &again, NULL);
				assert_int_equal(c.visual, again.visual);
				assert_true(c.refused ? c.visual == 0 : c.visual >= 1);
				assert_true(trace.n >= 2 && trace.n < STEPS_MAX);
				const struct step *last = &trace.steps[trace.n - 1];
				assert_int_equal(last->kind, c.refused ? STEP_REFUSED : STEP_TOTAL);
				assert_int_equal(last->count, c.total);
				assert_true(c.resized_w <= SIDE_MAX && c.resized_h <= SIDE_MAX);
			}
}

/* At every level of detail and of resolution too: what is refused is so whatever the size, or the
 * derivation ends in the bill. */
static void any_level_is_derived(void **state)
{
	static const int64_t sides[] = {1, 31, 513, 2049, 7000};
	int billed = 0;

	(void)state;
	for (size_t k = 0; k < r.hosted_n; k++)
		for (int level = 0; level < (int)DETAIL_N + MEDIA_N; level++)
			for (size_t i = 0; i < ARRAY_SIZE(sides) * ARRAY_SIZE(sides); i++) {
				int64_t w = sides[i % ARRAY_SIZE(sides)],
					h = sides[i / ARRAY_SIZE(sides)];
				bool is_detail = level < DETAIL_N;
				struct knobs knobs = {
					.detail = is_detail ? (enum detail)level : DETAIL_AUTO,
					.media = is_detail ? MEDIA_DEFAULT
							   : (enum media_resolution)(level -
										     DETAIL_N)};
				struct count c, again;
				struct trace t;

				count_image(r.hosted[k], LENS_EXACT, &knobs, w, h, &c, &t);
				count_image(r.hosted[k], LENS_EXACT, &knobs, w, h, &again, NULL);
				assert_int_equal(c.refused, again.refused);
				assert_int_equal(c.total, again.total);
				assert_int_equal(t.steps[t.n - 1].count, c.total);
				assert_int_equal(t.steps[t.n - 1].kind,
						 c.refused ? STEP_REFUSED : STEP_TOTAL);
				assert_true(c.refused ? c.total == 0 : c.total > 0);
				billed += !c.refused;
			}
	assert_true(billed > 0);
}

/* Budgets hold: never more than the level's patches, Claude's sides and tokens. */
static void budgets_hold(void **state)
{
	(void)state;
	const struct processor *gpt = rule("gpt-5.4", NULL),
			       *claude = rule("claude-standard", NULL);
	uint32_t seed = 12345;

	for (int i = 0; i < 20000; i++) {
		struct count c;
		seed = seed * 1664525u + 1013904223u;
		int64_t w = 1 + (seed >> 8) % 8000;
		seed = seed * 1664525u + 1013904223u;
		int64_t h = 1 + (seed >> 8) % 8000;
		count_image(gpt, LENS_EXACT, &(struct knobs){.detail = DETAIL_HIGH}, w, h, &c,
			    NULL);
		assert_false(c.refused);
		assert_in_range(c.visual, 1, 3000);
		count_image(claude, LENS_EXACT, NULL, w, h, &c, NULL);
		assert_in_range(c.visual, 1, 1568);
		assert_in_range(c.resized_w, 1, 1568);
		assert_in_range(c.resized_h, 1, 1568);
		assert_true(c.resized_w <= w && c.resized_h <= h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vendors_examples_match),
		cmocka_unit_test(revisions_and_levels),
		cmocka_unit_test(limits_are_refusals),
		cmocka_unit_test(dates_pick_rules),
		cmocka_unit_test(names_outlive_their_rules),
		cmocka_unit_test(any_size_is_billed_or_refused),
		cmocka_unit_test(any_level_is_derived),
		cmocka_unit_test(budgets_hold),
	};
	return cmocka_run_group_tests_name("hosted rules", tests, setup, teardown);
}
