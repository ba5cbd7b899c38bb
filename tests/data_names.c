/* Every row of tests/data/names.csv: names as people type them (hub, ollama, GGUF files,
 * OpenRouter, Bedrock, Vertex, the vendors' own), and what each must mean. Columns: the name; its
 * meaning; where it was seen. A meaning is
 *
 *     qwen3-vl-8b          the checkpoint, processor or hosted model of that id; where it is a
 *                          checkpoint, its processor by itself counts the same and will do
 *     uncounted:grok-4     known, but not counted: [uncounted grok-4] says why
 *     no:                  refused: nothing of that name is known
 *
 * One line of TAP for each kind of meaning, and the share of the rows that are right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "registry/registry.h"
#include "registry/subjects.h"

enum meaning { OPEN, HOSTED, UNCOUNTED, REFUSED, MEANING_N };

static const char *const titles[MEANING_N] = {
	[OPEN] = "open models",
	[HOSTED] = "hosted models",
	[UNCOUNTED] = "known, not counted",
	[REFUSED] = "refused",
};

struct tally {
	size_t rows, right;
};

static const char uncounted_mark[] = "uncounted:", refused_mark[] = "no:";

static enum meaning meaning_of(const struct registry *r, const char *text)
{
	if (str_starts(text, uncounted_mark))
		return UNCOUNTED;
	if (str_starts(text, refused_mark))
		return REFUSED;
	return registry_hosted(r, text, 0) ? HOSTED : OPEN;
}

static bool is_plain(const char *id, const char *wanted)
{
	size_t len = strlen(wanted);

	return strncmp(id, wanted, len) == 0 && (!id[len] || id[len] == '@');
}

/* What the name means, as the data writes it. Returns out. */
static const char *found(const struct registry *r, const char *name, const char *wanted,
			 char out[160])
{
	const struct model *m;
	const struct processor *p;
	struct vtok_error err = {0};

	if (subject_resolve(r, name, &m, &p, &err)) {
		const struct model *want = registry_model(r, wanted);
		if (!m && want && want->processor == p)
			return wanted;
		return str_format(out, 160, "%s", m ? m->id : p->id);
	}
	const struct uncounted *u = subject_uncounted(r, name);
	return u ? str_format(out, 160, "%s%s", uncounted_mark, u->id) : refused_mark;
}

/* Cuts "name,meaning,seen" in place. */
static bool cut(char *line, char **name, char **meaning)
{
	line[strcspn(line, "\r\n")] = '\0';
	char *comma = strchr(line, ',');
	char *second = comma ? strchr(comma + 1, ',') : NULL;

	if (!second)
		return false;
	*comma = *second = '\0';
	*name = line;
	*meaning = comma + 1;
	return true;
}

static void row(const struct registry *r, const char *name, const char *wanted, struct tally *t)
{
	char room[160];
	const char *is = found(r, name, wanted, room);
	bool is_right = is_plain(is, wanted);

	t->rows++;
	t->right += is_right;
	if (!is_right)
		printf("# %s: should mean %s, means %s\n", name, wanted, is);
}

static int all_rows(const struct registry *r, FILE *in)
{
	char line[512], *name, *meaning;
	struct tally tallies[MEANING_N] = {0}, all = {0};
	int failed = 0;

	while (fgets(line, sizeof(line), in)) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		if (!cut(line, &name, &meaning))
			return printf("Bail out! names.csv: no three columns: %s\n", line), 1;
		row(r, name, meaning, &tallies[meaning_of(r, meaning)]);
	}
	for (int i = 0; i < MEANING_N; i++) {
		const struct tally *t = &tallies[i];
		bool is_fine = t->rows > 0 && t->right == t->rows;
		printf("%s %d - %s: %zu of %zu names\n", is_fine ? "ok" : "not ok", i + 1,
		       titles[i], t->right, t->rows);
		failed += !is_fine;
		all.rows += t->rows;
		all.right += t->right;
	}
	printf("# %zu of %zu names mean what they should: %.1f %%\n1..%d\n", all.right, all.rows,
	       100.0 * (double)all.right / (double)(all.rows ? all.rows : 1), MEANING_N);
	return failed;
}

int main(void)
{
	const char *src = getenv("SRCDIR");
	struct vtok_error err = {0};
	struct registry r;
	char path[4096];

	snprintf(path, sizeof(path), "%s/tests/data/names.csv", src ? src : ".");
	FILE *in = fopen(path, "r");
	if (!in || !registry_init(&r, &err)) {
		printf("Bail out! %s\n", in ? err.text : path);
		return 1;
	}
	int failed = all_rows(&r, in);
	fclose(in);
	registry_fini(&r);
	return failed != 0;
}
