/* Every row of tests/data/user-cases.csv (reports of users, with what they saw) and limit-cases.csv
 * (each rule of limits.ini on both sides of its versions and bounds), judged as `vtok check` does,
 * options included: the worst verdict, and the rule that says it. Then: every rule has bitten in
 * some row. One line of TAP for each. Columns are found by their names. An input FILE=NAME[:BYTES]
 * is a copy of a file of tests/data/images, as long as said. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/checking.h"
#include "core/limit.h"

enum { COLUMNS_MOST = 24, LINE = 2048, ARGS_MOST = 40, PATH_ROOM = 4096 };

static int cases, failures;
static bool has_bitten[LIMIT_ROWS];
static char file_path[PATH_ROOM]; /* the input that was made last; "" = none */

/* ------------------------------------------------------------ rows */

struct table {
	char header[LINE], line[LINE];
	char *names[COLUMNS_MOST], *cells[COLUMNS_MOST];
	int n;
};

/* Cuts a line at its commas, takes quotes off; "" within quotes is one. */
static int cut(char *line, char **cells)
{
	int n = 0;

	line[strcspn(line, "\r\n")] = '\0';
	for (char *s = line; n < COLUMNS_MOST;) {
		bool quoted = *s == '"';
		char *out = s += quoted;

		cells[n++] = out;
		for (; *s && (quoted || *s != ','); s++) {
			if (quoted && *s == '"' && *++s != '"') {
				quoted = false;
				s--;
				continue;
			}
			*out++ = *s;
		}
		bool is_last = !*s;
		*out = '\0';
		if (is_last)
			break;
		s++;
	}
	return n;
}

static const char *cell(const struct table *t, const char *name)
{
	for (int i = 0; i < t->n; i++)
		if (strcmp(t->names[i], name) == 0)
			return t->cells[i];
	return "";
}

/* ------------------------------------------------------------ one case */

struct argv {
	char *list[ARGS_MOST];
	int n;
};

static void add(struct argv *a, const char *option, const char *value)
{
	if (option)
		a->list[a->n++] = strdup(option);
	a->list[a->n++] = strdup(value);
}

static void add_given(struct argv *a, const char *option, const char *value)
{
	if (*value)
		add(a, option, value);
}

/* A copy of a sample, as many bytes long as the row says: of a file its length alone is read. */
static const char *make_file(const char *spec)
{
	const char *src = getenv("SRCDIR"), *build = getenv("BUILDDIR");
	const char *colon = strchr(spec, ':');
	char from[PATH_ROOM], bytes[1 << 16];
	int64_t size = 0;

	str_format(from, sizeof(from), "%s/tests/data/images/%.*s", src ? src : ".",
		   (int)(colon ? colon - spec : (long)strlen(spec)), spec);
	str_format(file_path, sizeof(file_path), "%s/limit-case-%d", build ? build : ".",
		   (int)getpid());
	int in = open(from, O_RDONLY), out = open(file_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	ssize_t n = in >= 0 ? read(in, bytes, sizeof(bytes)) : -1;
	bool fine = out >= 0 && n > 0 && write(out, bytes, (size_t)n) == n;

	if (fine && colon)
		fine = str_int(colon + 1, 1, 1 << 30, &size) && ftruncate(out, (off_t)size) == 0;
	close(in);
	close(out);
	return fine ? file_path : "a file that could not be made";
}

static void make_argv(const struct table *t, struct argv *a)
{
	char text[256];
	const char *version = cell(t, "version"), *inputs = cell(t, "inputs");

	*a = (struct argv){0};
	add(a, NULL, "check");
	add(a, "-m", cell(t, "model"));
	str_format(text, sizeof(text), "%s%s%s", cell(t, "engine"), *version ? "@" : "", version);
	add(a, "--engine", text);
	add_given(a, "--server", cell(t, "server_args"));
	for (const char *s = cell(t, "client_args"); *s && a->n < ARGS_MOST - 12;) {
		size_t len = strcspn(s, " ");

		str_format(text, sizeof(text), "%.*s", (int)len, s);
		add(a, "--client", text);
		s += len + (s[len] != '\0');
	}
	add_given(a, "-t", cell(t, "text"));
	add_given(a, "-n", cell(t, "images"));
	add_given(a, "-g", cell(t, "device"));
	add_given(a, NULL, str_starts(inputs, "FILE=") ? make_file(inputs + 5) : inputs);
}

static size_t judge(struct checking *c, const struct registry *r, const struct options *o,
		    struct limit_row rows[LIMIT_ROWS], struct vtok_error *err)
{
	static struct limit_image images[CHECK_IMAGES_MOST];
	struct limit_case of = c->judged;

	of.images = images;
	if (o->inputs.n > 0) {
		const char *text = o->inputs.items[0];

		of.images_n = checking_images(c, text, strlen(text), c->setup.images, images,
					      CHECK_IMAGES_MOST, err);
		if (of.images_n == 0)
			return 0;
	}
	return limit_rows(r->limits, r->limits_n, &of, rows);
}

static void note_bites(const struct registry *r, const struct limit_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < r->limits_n && k < LIMIT_ROWS; k++)
			if (rows[i].limit == r->limits[k] &&
			    rows[i].verdict == rows[i].limit->verdict)
				has_bitten[k] = true;
}

/* The worst verdict is the expected one; the rule has a row with it. */
static bool agrees(const struct table *t, const struct limit_row *rows, size_t n)
{
	const char *verdict = cell(t, "expected_verdict"), *rule = cell(t, "expected_rule");
	const char *worst = n ? verdict_names[rows[0].verdict] : verdict_names[VERDICT_OK];
	/* sizes that nobody gave: another rule may say the same */
	bool any_rule = strcmp(rule, "-") == 0 || strcmp(cell(t, "confidence"), "low") == 0;

	if (strcmp(worst, verdict) != 0)
		return false;
	for (size_t i = 0; i < n && !any_rule; i++)
		any_rule = strcmp(rows[i].limit->id, rule) == 0 &&
			   strcmp(verdict_names[rows[i].verdict], verdict) == 0;
	return any_rule;
}

static void say(const struct table *t, bool fine, const struct limit_row *rows, size_t n,
		const struct vtok_error *err)
{
	printf("%s %d - %s: %s@%s, %s: %s\n", fine ? "ok" : "not ok", ++cases, cell(t, "case"),
	       cell(t, "engine"), cell(t, "version"), cell(t, "expected_rule"),
	       cell(t, "expected_verdict"));
	if (fine)
		return;
	failures++;
	printf("# %s\n", err->text);
	for (size_t i = 0; i < n; i++)
		printf("# %s %s %g %g\n", rows[i].limit->id, verdict_names[rows[i].verdict],
		       rows[i].value, rows[i].bound);
}

static void run_case(const struct table *t, struct registry *r)
{
	static const struct options_scope scope = {
		.name = "check",
		.options = OPT_COUNTING | OPT_COSTS | OPT_RULES | OPT_SUM | OPT_LIMITS,
		.inputs = INPUTS_MANY,
		.formats = FORMAT_BIT(FORMAT_CSV),
	};
	struct limit_row rows[LIMIT_ROWS];
	struct vtok_error err = {0};
	struct checking c = {0};
	struct options o;
	struct argv a;
	size_t n = 0;

	r->rules_date = 0;
	make_argv(t, &a);
	if (options_parse(&o, &scope, a.n, a.list, &err) && checking_init(&c, &o, r, &err))
		n = judge(&c, r, &o, rows, &err);
	note_bites(r, rows, n);
	say(t, !err.code && agrees(t, rows, n), rows, n, &err);
	checking_fini(&c);
	options_fini(&o);
	for (int i = 0; i < a.n; i++)
		free(a.list[i]);
	if (*file_path)
		unlink(file_path);
	file_path[0] = '\0';
}

/* ------------------------------------------------------------ all */

static bool run_file(const char *name, struct registry *r)
{
	const char *src = getenv("SRCDIR");
	char path[PATH_ROOM];
	struct table t;

	str_format(path, sizeof(path), "%s/tests/data/%s", src ? src : ".", name);
	FILE *in = fopen(path, "r");

	if (!in || !fgets(t.header, sizeof(t.header), in)) {
		printf("Bail out! %s cannot be read\n", path);
		return false;
	}
	t.n = cut(t.header, t.names);
	while (fgets(t.line, sizeof(t.line), in)) {
		if (cut(t.line, t.cells) != t.n) {
			printf("Bail out! %s: a row with too few columns: %s\n", name, t.line);
			fclose(in);
			return false;
		}
		run_case(&t, r);
	}
	fclose(in);
	return true;
}

int main(void)
{
	struct vtok_error err = {0};
	struct registry r;

	if (!registry_init(&r, &err)) {
		printf("Bail out! %s\n", err.text);
		return 1;
	}
	bool fine = run_file("user-cases.csv", &r) && run_file("limit-cases.csv", &r);

	for (size_t i = 0; i < r.limits_n; i++) {
		bool bites = i < LIMIT_ROWS && has_bitten[i];

		printf("%s %d - bites somewhere: %s\n", bites ? "ok" : "not ok", ++cases,
		       r.limits[i]->id);
		if (!bites)
			printf("# no row of tests/data/limit-cases.csv expects it: add one\n");
		failures += !bites;
	}
	printf("1..%d\n", cases);
	registry_fini(&r);
	return !fine || failures > 0;
}
