/* Built and run by make: turns the theme files into the table of shipped themes, through the same
 * parser as a user's own file. Prints to standard output.
 *
 *     gen-themes dark.ini light.ini ... >theme_tables.c */
#include <stdio.h>
#include <stdlib.h>

#include "draw/theme_file.h"

/* The table is what is being made: start with none. */
const struct theme themes[1];
const size_t themes_n = 0;

static void print_theme(const struct theme *t)
{
	printf("\t{\n\t\t.name = \"%s\",\n\t\t.summary = \"%s\",\n", t->name, t->summary);
	printf("\t\t.is_light = %d, .is_mono = %d, .background = 0x%06x, .foreground = "
	       "0x%06x,\n\t\t.roles = {\n",
	       t->is_light, t->is_mono, (unsigned)t->background, (unsigned)t->foreground);
	for (int i = 0; i < STYLE_N; i++)
		printf("\t\t\t{%d, %d, 0x%x},\n", (int)t->roles[i].fg, (int)t->roles[i].bg,
		       t->roles[i].attrs);
	printf("\t\t},\n\t},\n");
}

int main(int argc, char **argv)
{
	printf("/* Made by gen-themes from themes/. */\n#include \"draw/theme.h\"\n\nconst struct "
	       "theme themes[] = {\n");
	for (int i = 1; i < argc; i++) {
		static char text[65536];
		struct theme t = {.background = 0, .foreground = 0xffffff};
		struct vtok_error err = {0};
		FILE *f = fopen(argv[i], "r");

		if (!f) {
			fprintf(stderr, "gen-themes: %s: cannot be read\n", argv[i]);
			return EXIT_FAILURE;
		}
		size_t len = fread(text, 1, sizeof text, f);

		fclose(f);
		for (int k = 0; k < STYLE_N; k++)
			t.roles[k].fg = t.roles[k].bg = THEME_KEEP;
		if (!theme_read(&t, argv[i], text, len, &err)) {
			fprintf(stderr, "gen-themes: %s\n", err.text);
			return EXIT_FAILURE;
		}
		print_theme(&t);
	}
	printf("};\nconst size_t themes_n = sizeof themes / sizeof themes[0];\n");
	return ferror(stdout) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
