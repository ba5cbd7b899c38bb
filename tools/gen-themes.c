/* Built and run by make: turns the theme files into the table of shipped themes, through the same
 * parser as a user's own file, by their key `order`, those without one last by name. Prints to
 * standard output.
 *
 *     gen-themes dark.ini light.ini ... >theme_tables.c */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/theme_file.h"

/* The table is what is being made: start with none. */
const struct theme shipped_themes[1];
const size_t shipped_themes_n = 0;

static void print_theme(const struct theme *t)
{
	printf("\t{\n\t\t.name = \"%s\",\n\t\t.summary = \"%s\",\n", t->name, t->summary);
	printf("\t\t.is_light = %d, .is_mono = %d, .background = 0x%06x, .foreground = "
	       "0x%06x,\n\t\t.roles = {\n",
	       t->is_light, t->is_mono, (unsigned)t->background, (unsigned)t->foreground);
	for (int i = 0; i < STYLE_N; i++)
		printf("\t\t\t{%d, %d, 0x%x, %d},\n", (int)t->roles[i].fg, (int)t->roles[i].bg,
		       t->roles[i].attrs, (int)t->roles[i].to);
	printf("\t\t},\n\t},\n");
}

static int by_order(const void *a, const void *b)
{
	const struct theme *x = a, *y = b;
	int dx = x->order ? x->order : INT32_MAX, dy = y->order ? y->order : INT32_MAX;

	return dx != dy ? (dx > dy) - (dx < dy) : strcmp(x->name, y->name);
}

/* True if one of the first n has that name. */
static bool is_taken(const char *name, const struct theme *list, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

static bool read_theme(const char *path, struct theme *t)
{
	static char text[65536];
	struct vtok_error err = {0};
	FILE *f = fopen(path, "r");

	*t = (struct theme){.background = 0, .foreground = 0xffffff};
	for (int k = 0; k < STYLE_N; k++)
		t->roles[k].fg = t->roles[k].bg = t->roles[k].to = THEME_KEEP;
	if (!f) {
		fprintf(stderr, "gen-themes: %s: cannot be read\n", path);
		return false;
	}
	size_t len = fread(text, 1, sizeof text, f);

	fclose(f);
	if (!theme_read(t, path, text, len, &err))
		fprintf(stderr, "gen-themes: %s\n", err.text);
	return !err.code;
}

int main(int argc, char **argv)
{
	struct theme *list = calloc((size_t)argc, sizeof *list);

	if (!list)
		return EXIT_FAILURE;
	for (int i = 1; i < argc; i++) {
		if (!read_theme(argv[i], &list[i - 1]))
			return EXIT_FAILURE;
		if (is_taken(list[i - 1].name, list, i - 1)) {
			fprintf(stderr, "gen-themes: %s: another file has a theme \"%s\"\n",
				argv[i], list[i - 1].name);
			return EXIT_FAILURE;
		}
	}
	qsort(list, (size_t)argc - 1, sizeof *list, by_order);
	printf("/* Made by gen-themes from themes/. */\n#include \"draw/theme.h\"\n\nconst struct "
	       "theme shipped_themes[] = {\n");
	for (int i = 1; i < argc; i++)
		print_theme(&list[i - 1]);
	free(list);
	printf("};\nconst size_t shipped_themes_n = sizeof shipped_themes / sizeof "
	       "shipped_themes[0];\n");
	return ferror(stdout) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
