/* Does the command line of the key y bring back the screen? Random walks through update(); every
 * line that command_dashboard() makes is run as `vtok render`, and its frame must be the state's
 * own, character for character. The focus, which no command line holds, is set back first. Then the
 * same with `vtok estimate`: its numbers must be the state's. command_line [STATES [SEED]]; the
 * seed is printed. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "registry/registry.h"
#include "state/knobs.h"
#include "view/command.h"
#include "view/export.h"
#include "view/frame.h"
#include "view/screen.h"
#include "view/update.h"
#include "view/view.h"

static uint64_t seed;

static unsigned draw_number(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % below;
}

/* Keys that change what is asked, never a list or a prompt. */
static void walk(struct state *st, struct wishes *w)
{
	static const uint32_t keys[] = {VKEY_LEFT, VKEY_RIGHT, VKEY_PGUP, VKEY_PGDN, VKEY_UP,
					VKEY_DOWN, VKEY_HOME,  VKEY_END,  'x',       'f',
					'c',       'i',        'L',       '1',       '2',
					'b',       'r',        'u',       'F'};

	for (unsigned n = 20 + draw_number(60); n > 0; n--) {
		struct event ev = {.kind = EVENT_KEY, .key = keys[draw_number(ARRAY_SIZE(keys))]};

		if (draw_number(4) == 0) /* arrows alone seldom reach the last knobs */
			st->focus = (enum knob)draw_number(KNOB_N);
		update(st, &ev, w);
	}
	/* what no command line holds */
	st->focus = KNOB_WIDTH;
	st->req.freed = 0;
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_modified(&st->req, k) && knob_fixed(&st->req, k))
			knob_free(&st->req, k, true);
	st->message[0] = '\0';
	st->before.is_set = false; /* what the last key did */
}

static void frame_of(const struct state *st, struct strbuf *out)
{
	struct cells c;

	if (!cells_init(&c, st->width, st->height))
		exit(99);
	screen_draw(&c, st);
	cells_to_text(&c, out);
	cells_fini(&c);
}

/* The output of a command; its first word, vtok, and the next are replaced. False: it failed. */
static bool run(const char *line, const char *as, struct strbuf *out)
{
	struct strbuf command;
	char buf[4096];
	size_t n;

	strbuf_init(&command);
	strbuf_printf(&command, "\"$VTOK\" %s%s 2>&1", as, strchr(line + strlen("vtok "), ' '));
	FILE *p = popen(strbuf_text(&command), "r");

	strbuf_fini(&command);
	while (p && (n = fread(buf, 1, sizeof buf, p)) > 0)
		strbuf_add(out, buf, n);
	return p && pclose(p) == 0;
}

/* The number of a member in a group of the JSON text; false: null, or not there. */
static bool member(const char *json, const char *group, const char *name, double *out)
{
	char key[64], text[64] = "";
	const char *at = strstr(json, str_format(key, sizeof key, "\n  \"%s\": {", group));
	const char *end = at ? strstr(at, "\n  }") : NULL;

	at = end ? strstr(at, str_format(key, sizeof key, "\n    \"%s\": ", name)) : NULL;
	if (!at || at > end)
		return false;
	at += strlen(key);
	str_format(text, sizeof text, "%.*s", (int)strcspn(at, ",\n"), at);
	return str_num(text, out);
}

/* What the panels show is what `vtok estimate` prints: the 12 digits that JSON holds, and nothing
 * where there is nothing. */
static bool same_numbers(const struct estimate *e, const char *json)
{
	const struct {
		const char *group, *name;
		bool is_there;
		double value;
	} rows[] = {
		{"tokens", "visual", true, (double)e->count.visual},
		{"tokens", "total", true, (double)e->tokens.total},
		{"context", "used_share", e->context.limit > 0, e->context.used_share},
		{"kv", "bytes_per_request", !e->kv.bytes_per_request.reason,
		 e->kv.bytes_per_request.value},
		{"prefill", "ttft_ms", !e->prefill.reason, e->prefill.ttft_s * 1e3},
		{"capacity", "concurrency", !e->capacity.concurrency.reason,
		 e->capacity.concurrency.value},
	};
	bool is_good = true;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		double value = 0;
		bool has = member(json, rows[i].group, rows[i].name, &value);

		if (has == rows[i].is_there &&
		    (!has || fabs(value - rows[i].value) <= 5e-12 * fabs(value)))
			continue;
		printf("# %s.%s: %s %.17g, on the screen %s %.17g\n", rows[i].group, rows[i].name,
		       has ? "is" : "is not there", value, rows[i].is_there ? "is" : "is not there",
		       rows[i].value);
		is_good = false;
	}
	return is_good;
}

/* A refused picture is refused there too. */
static bool check_estimate(const struct state *st, int at)
{
	struct strbuf line, table;
	struct frame f;

	strbuf_init(&line), strbuf_init(&table);
	frame_init(&f, st);
	command_estimate(st, &line);
	bool is_accepted = run(strbuf_text(&line), "estimate -o json --no-config", &table);
	bool is_good = f.est.count.refused
			       ? !is_accepted
			       : is_accepted && same_numbers(&f.est, strbuf_text(&table));

	if (!is_good)
		printf("# state %d: %s\n# gives: %s\n", at, strbuf_text(&line),
		       strbuf_text(&table));
	strbuf_fini(&line), strbuf_fini(&table);
	return is_good;
}

static bool check(const struct state *st, int at)
{
	struct strbuf line, mine, theirs;

	strbuf_init(&line), strbuf_init(&mine), strbuf_init(&theirs);
	command_dashboard(st, &line);
	frame_of(st, &mine);
	bool is_good = run(strbuf_text(&line), "render --no-config --size 100x30", &theirs) &&
		       strcmp(strbuf_text(&mine), strbuf_text(&theirs)) == 0;

	if (!is_good)
		printf("# state %d: %s\n%s\n# the command gives:\n%s\n", at, strbuf_text(&line),
		       strbuf_text(&mine), strbuf_text(&theirs));
	strbuf_fini(&line), strbuf_fini(&mine), strbuf_fini(&theirs);
	return check_estimate(st, at) && is_good;
}

/* What `e` writes of the chart is what `vtok chart -o csv` prints, in every metric. */
static bool check_curves(struct state *st)
{
	bool is_good = view_find("chart", &st->view);

	state_size(st, 1500, 1000);
	for (size_t m = 0; quantity_metric(m) && is_good; m++) {
		struct strbuf line, mine, theirs;

		strbuf_init(&line), strbuf_init(&mine), strbuf_init(&theirs);
		quantity_find_metric(quantity_metric(m), &st->metric);
		export_state(st, EXPORT_CSV, &mine);
		strbuf_printf(&line, "vtok chart --metric %s 1500x1000", quantity_metric(m));
		is_good = run(strbuf_text(&line), "chart -o csv", &theirs) && mine.len > 4000 &&
			  strcmp(strbuf_text(&mine), strbuf_text(&theirs)) == 0;
		if (!is_good)
			printf("# %s:\n%.600s\n# vtok chart gives:\n%.600s\n", quantity_metric(m),
			       strbuf_text(&mine), strbuf_text(&theirs));
		strbuf_fini(&line), strbuf_fini(&mine), strbuf_fini(&theirs);
	}
	return is_good;
}

int main(int argc, char **argv)
{
	int states = argc > 1 ? atoi(argv[1]) : 60, bad = 0;
	struct registry reg;
	struct vtok_error err = {0};
	struct wishes w;
	static struct state st;

	seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20261123;
	printf("# seed %" PRIu64 "\n", seed);
	if (!registry_init(&reg, &err))
		return 99;
	reg.today = 20261126; /* the day of `make check`, which the commands know */
	for (int i = 0; i < states && bad < 3; i++) {
		state_init(&st, &reg);
		st.width = 100;
		st.height = 30;
		walk(&st, &w);
		bad += !check(&st, i);
	}
	printf("%sok 1 - every screen and its numbers come back from their command lines (%d "
	       "states)\n",
	       bad ? "not " : "", states);
	state_init(&st, &reg);
	bool is_same = check_curves(&st);

	printf("%sok 2 - the curves are exported as vtok chart prints them\n1..2\n",
	       is_same ? "" : "not ");
	bad += !is_same;
	registry_fini(&reg);
	return bad != 0;
}
