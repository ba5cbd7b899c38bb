/* Walks through the program written down in the .scr files of tests/screens and compares its frames
 * with the golden ones beside them.
 *
 *     run-screens LIST FILE.scr...            TAP, one result per shot
 *     run-screens --update LIST FILE.scr...   writes FILE.golden anew
 *
 * LIST names the sections of the shipped files that the screens know, "model qwen3-vl-8b" a line: a
 * new model changes no golden frame. A script that begins with SHIPPED knows all of them.
 *
 * A script has one command a line: SIZE 80 24, KEY words..., TYPE text, PICTURE 4000x3000 name.jpg,
 * MOUSE press|wheel-up| wheel-down X Y, ASCII, SHIPPED, SHOT name. # begins a comment. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/unit.h"
#include "registry/registry.h"
#include "registry/schema.h"
#include "view/screen.h"
#include "view/update.h"

struct walk {
	const struct registry *shipped;
	struct state st;
	struct wishes wishes;
	struct strbuf out; /* all shots of the script */
	const char *file;
	int line;
};

static int fail(const struct walk *w, const char *what)
{
	fprintf(stderr, "%s:%d: %s\n", w->file, w->line, what);
	return 1;
}

static int press(struct walk *w, char *words)
{
	for (char *word = strtok_r(words, " ", &words); word; word = strtok_r(NULL, " ", &words)) {
		struct event ev = {.kind = EVENT_KEY};

		if (!event_key_parse(word, &ev.key))
			return fail(w, "unknown key");
		update(&w->st, &ev, &w->wishes);
	}
	return 0;
}

static int type(struct walk *w, const char *text)
{
	struct event ev = {.kind = EVENT_PASTE, .text = text};

	update(&w->st, &ev, &w->wishes);
	return 0;
}

static int picture(struct walk *w, char *args)
{
	struct picture_info p = {.format = "JPEG"};
	struct event ev = {.kind = EVENT_FILE, .picture = &p};
	char *name = strchr(args, ' ');

	if (!name)
		return fail(w, "expected PICTURE WxH NAME");
	*name++ = '\0';
	if (!unit_parse_size(args, &p.width, &p.height))
		str_format(p.error, sizeof p.error, "%s: %s", name, args);
	str_format(p.path, sizeof p.path, "%s", name);
	p.raw_width = p.width;
	p.raw_height = p.height;
	update(&w->st, &ev, &w->wishes);
	return 0;
}

static int mouse(struct walk *w, const char *args)
{
	struct event ev = {.kind = EVENT_MOUSE, .button = 1};
	char kind[16];

	if (sscanf(args, "%15s %d %d", kind, &ev.x, &ev.y) != 3)
		return fail(w, "expected MOUSE KIND X Y");
	ev.mouse = strcmp(kind, "press") == 0      ? MOUSE_PRESS
		   : strcmp(kind, "drag") == 0     ? MOUSE_DRAG
		   : strcmp(kind, "release") == 0  ? MOUSE_RELEASE
		   : strcmp(kind, "wheel-up") == 0 ? MOUSE_WHEEL_UP
						   : MOUSE_WHEEL_DOWN;
	update(&w->st, &ev, &w->wishes);
	return 0;
}

static int resize(struct walk *w, const char *args)
{
	struct event ev = {.kind = EVENT_RESIZE};

	if (sscanf(args, "%d %d", &ev.width, &ev.height) != 2)
		return fail(w, "expected SIZE COLUMNS ROWS");
	update(&w->st, &ev, &w->wishes);
	return 0;
}

static int shot(struct walk *w, const char *name)
{
	struct cells c;

	if (!cells_init(&c, w->st.width, w->st.height))
		return fail(w, "out of memory");
	screen_draw(&c, &w->st);
	strbuf_printf(&w->out, "=== %s %dx%d\n", name, c.width, c.height);
	cells_to_text(&c, &w->out);
	cells_fini(&c);
	return 0;
}

static int command(struct walk *w, char *line)
{
	char *args = line + strcspn(line, " ");

	if (*args)
		*args++ = '\0';
	if (strcmp(line, "SIZE") == 0)
		return resize(w, args);
	if (strcmp(line, "KEY") == 0)
		return press(w, args);
	if (strcmp(line, "TYPE") == 0)
		return type(w, args);
	if (strcmp(line, "PICTURE") == 0)
		return picture(w, args);
	if (strcmp(line, "MOUSE") == 0)
		return mouse(w, args);
	if (strcmp(line, "SHOT") == 0)
		return shot(w, args);
	if (strcmp(line, "ASCII") == 0) {
		w->st.ascii = true;
		return 0;
	}
	if (strcmp(line, "SHIPPED") == 0) {
		state_init(&w->st, w->shipped);
		return 0;
	}
	return fail(w, "unknown command");
}

static int walk_script(struct walk *w, const struct registry *reg, const char *path)
{
	FILE *f = fopen(path, "r");
	char line[512];
	int failed = 0;

	w->file = path;
	w->line = 0;
	if (!f)
		return fail(w, "cannot be read");
	state_init(&w->st, reg);
	while (!failed && fgets(line, sizeof line, f)) {
		char *text = str_trim(line);

		w->line++;
		if (*text && *text != '#')
			failed = command(w, text);
	}
	fclose(f);
	return failed;
}

static char *golden_path(const char *script, char *out, size_t size)
{
	const char *dot = strrchr(script, '.');

	return str_format(out, size, "%.*s.golden",
			  (int)(dot ? dot - script : (long)strlen(script)), script);
}

static void read_all(const char *path, struct strbuf *out)
{
	FILE *f = fopen(path, "r");
	char buf[4096];
	size_t n;

	while (f && (n = fread(buf, 1, sizeof buf, f)) > 0)
		strbuf_add(out, buf, n);
	if (f)
		fclose(f);
}

/* The end of the shot that begins at s. */
static const char *shot_end(const char *s)
{
	const char *next = strstr(s + 1, "\n=== ");

	return next ? next + 1 : s + strlen(s);
}

static void print_difference(const char *want, size_t want_len, const char *have, size_t have_len)
{
	printf("# expected:\n");
	for (const char *p = want; p < want + want_len;) {
		size_t n = strcspn(p, "\n");

		printf("#   %.*s\n", (int)n, p);
		p += n + 1;
	}
	printf("# found:\n");
	for (const char *p = have; p < have + have_len;) {
		size_t n = strcspn(p, "\n");

		printf("#   %.*s\n", (int)n, p);
		p += n + 1;
	}
}

/* Shot by shot, in order. */
static int compare(const char *script, const char *have, const char *want, int *count)
{
	const char *name = strrchr(script, '/') ? strrchr(script, '/') + 1 : script;
	int failed = 0;

	while (*have || *want) {
		size_t have_len = *have ? (size_t)(shot_end(have) - have) : 0;
		size_t want_len = *want ? (size_t)(shot_end(want) - want) : 0;
		const char *title = *have ? have : want;
		bool is_equal = have_len == want_len && memcmp(have, want, have_len) == 0;

		printf("%sok %d - %s:%.*s\n", is_equal ? "" : "not ", ++*count, name,
		       (int)strcspn(title + 3, "\n"), title + 3);
		if (!is_equal) {
			failed = 1;
			print_difference(want, want_len, have, have_len);
		}
		have += have_len;
		want += want_len;
	}
	return failed;
}

/* ---- the list of what screens know */

static enum registry_kind kind_named(const char *word)
{
	int k = 0;

	while (k < KIND_N && strcmp(registry_kinds[k].schema->kind, word) != 0)
		k++;
	return (enum registry_kind)k;
}

/* What is kept of each kind; a kind without a list stays as it is. */
struct kept {
	const void **list;
	size_t n;
};

static const void *section(const struct registry *r, enum registry_kind kind, const char *id)
{
	size_t n;
	const void *const *list = registry_list(r, kind, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(entry_id(kind, list[i]), id) == 0)
			return list[i];
	return NULL;
}

/* False: the line names no section, or one that is kept already. */
static bool keep(struct registry *r, struct kept kept[KIND_N], char *line)
{
	char *id = strchr(line, ' ');

	if (!id)
		return false;
	*id++ = '\0';
	enum registry_kind kind = kind_named(line);
	const void *entry = kind < KIND_N ? section(r, kind, id) : NULL;
	if (!entry)
		return false;
	struct kept *k = &kept[kind];
	size_t n;
	registry_list(r, kind, &n);
	if (!k->list)
		k->list = arena_alloc(&r->arena, n * sizeof(*k->list));
	for (size_t i = 0; k->list && i < k->n; i++)
		if (k->list[i] == entry)
			return false;
	if (k->list)
		k->list[k->n++] = entry;
	return k->list;
}

static bool keep_listed(struct registry *r, const char *path)
{
	FILE *f = fopen(path, "r");
	struct kept kept[KIND_N] = {0};
	char line[256];
	bool good = f;

	if (!f)
		fprintf(stderr, "%s: cannot be read\n", path);
	while (good && fgets(line, sizeof(line), f)) {
		char *text = str_trim(line);
		if (!*text || *text == '#')
			continue;
		char whole[sizeof(line)];
		str_format(whole, sizeof(whole), "%s", text);
		good = keep(r, kept, text);
		if (!good)
			fprintf(stderr, "%s: \"%s\": no shipped section, or named twice\n", path,
				whole);
	}
	for (int k = 0; k < KIND_N; k++)
		if (kept[k].list)
			registry_set_list(r, (enum registry_kind)k, kept[k].list, kept[k].n);
	if (f)
		fclose(f);
	return good;
}

int main(int argc, char **argv)
{
	struct registry reg, shipped;
	struct vtok_error err = {0};
	struct walk w;
	bool is_update = argc > 1 && strcmp(argv[1], "--update") == 0;
	int failed = 0, count = 0;

	argv += is_update;
	argc -= is_update;
	if (argc < 3) {
		fprintf(stderr, "usage: run-screens [--update] LIST FILE.scr...\n");
		return 99;
	}
	if (!registry_init(&reg, &err) || !registry_init(&shipped, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 99;
	}
	if (!keep_listed(&reg, argv[1]))
		return 99;
	w.shipped = &shipped;
	for (int i = 2; i < argc; i++) {
		char path[1024];
		struct strbuf golden;

		strbuf_init(&w.out);
		strbuf_init(&golden);
		golden_path(argv[i], path, sizeof path);
		if (walk_script(&w, &reg, argv[i])) {
			printf("not ok %d - %s can be walked\n", ++count, argv[i]);
			failed = 1;
		} else if (is_update) {
			FILE *f = fopen(path, "w");

			if (!f || fputs(strbuf_text(&w.out), f) < 0 || fclose(f) != 0) {
				fprintf(stderr, "%s: cannot be written\n", path);
				failed = 1;
			}
		} else {
			read_all(path, &golden);
			failed |=
				compare(argv[i], strbuf_text(&w.out), strbuf_text(&golden), &count);
		}
		strbuf_fini(&golden);
		strbuf_fini(&w.out);
	}
	if (!is_update)
		printf("1..%d\n", count);
	registry_fini(&shipped);
	registry_fini(&reg);
	return failed;
}
