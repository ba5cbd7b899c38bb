/* Any bytes as a theme file: what is refused has a reason and leaves the theme alone, what is taken
 * has colours, and names that a terminal may see. Seeds: themes/. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "draw/theme_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_color(int32_t color)
{
	if (color != THEME_KEEP && (color < 0 || color > 0xffffff))
		abort();
}

static void check_text(const char *text, size_t room)
{
	char clean[128];

	if (!memchr(text, '\0', room))
		abort();
	str_format(clean, sizeof clean, "%s", text);
	str_clean(clean);
	if (strcmp(clean, text) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct theme t = shipped_themes[0], before = t;
	struct vtok_error err = {0};

	if (!theme_read(&t, "fuzz.ini", (const char *)data, size, &err)) {
		if (err.text[0] == '\0' || strchr(err.text, '\n') ||
		    memcmp(&t, &before, sizeof t) != 0)
			abort();
		return 0;
	}
	check_text(t.name, sizeof t.name);
	check_text(t.summary, sizeof t.summary);
	check_color(theme_background(&t));
	check_color(theme_foreground(&t));
	for (unsigned i = 0; i < STYLE_N; i++) {
		struct theme_role role = theme_paint(&t, i);

		check_color(role.fg);
		check_color(role.bg);
		check_color(role.to);
	}
	return 0;
}
