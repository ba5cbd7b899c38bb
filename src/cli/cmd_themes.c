/* vtok themes: the colours there are, or one theme as a file could hold it. */
#include <stdio.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/sheet.h"
#include "cli/user_themes.h"
#include "draw/theme.h"

static const struct sheet_column list_columns[] = {
	{"name", NULL, false},
	{"background", NULL, false},
	{"colours", NULL, false},
	{"summary", NULL, false},
};
static const struct sheet_column role_columns[] = {
	{"role", NULL, false},       {"colour", NULL, false}, {"background", NULL, false},
	{"attributes", NULL, false}, {"to", NULL, false},
};

static void add_list(struct sheet *s, const struct theme_list *themes)
{
	for (size_t i = 0; i < theme_count(themes); i++) {
		const struct theme *t = theme_at(themes, i);
		sheet_text(s, t->name);
		sheet_text(s, t->is_light ? "light" : "dark");
		sheet_text(s, t->is_mono ? "no" : "yes");
		sheet_text(s, t->summary);
	}
}

static void add_colour(struct sheet *s, int32_t colour)
{
	char text[16];

	snprintf(text, sizeof(text), "#%06x", (unsigned)colour);
	sheet_text(s, colour == THEME_KEEP ? "default" : text);
}

static void add_roles(struct sheet *s, const struct theme *t)
{
	for (unsigned i = 0; i < STYLE_N; i++) {
		char text[48];
		const struct theme_role *r = &t->roles[i];
		sheet_text(s, theme_role_name(i));
		add_colour(s, r->fg);
		add_colour(s, r->bg);
		snprintf(text, sizeof(text), "%s%s%s", r->attrs & STYLE_BOLD ? "bold " : "",
			 r->attrs & STYLE_UNDERLINE ? "underline " : "",
			 r->attrs & STYLE_REVERSE ? "reverse " : "");
		sheet_text(s, str_trim(text));
		add_colour(s, r->to == THEME_KEEP ? r->fg : r->to);
	}
}

static int print_themes(const struct options *opt, const struct theme_list *themes)
{
	struct vtok_error err = {0};
	const char *name = opt->inputs.n ? opt->inputs.items[0] : NULL;
	const struct theme *t = name ? theme_find(themes, name) : NULL;
	struct sheet s;
	struct out o;

	if (name && !t)
		error_set(&err, VTOK_E_USAGE, "no theme \"%s\"; vtok themes lists them", name);
	else if (!out_init(&o, STDOUT_FILENO))
		error_memory(&err);
	if (err.code)
		return cli_fail(&err);
	if (t) {
		sheet_init(&s, role_columns, ARRAY_SIZE(role_columns));
		add_roles(&s, t);
	} else {
		sheet_init(&s, list_columns, ARRAY_SIZE(list_columns));
		add_list(&s, themes);
	}
	bool fine = sheet_write(&s, options_format(opt), !opt->no_header, cli_color(opt), &o);
	int code = out_finish(&o, fine ? VTOK_OK : VTOK_E_INPUT);
	sheet_fini(&s);
	out_fini(&o);
	return code;
}

static int run_themes(const struct options *opt)
{
	struct vtok_error err = {0};
	struct theme_list themes;

	if (!user_themes_load(&themes, opt, &err))
		return cli_fail(&err);
	int code = print_themes(opt, &themes);
	user_themes_free(&themes);
	return code;
}

const struct command cmd_themes = {
	.name = "themes",
	.usage = "[OPTION]... [NAME]",
	.summary = "List the colour themes of the dashboard, or show one",
	.options = OPT_RULES,
	.inputs = INPUTS_NAME,
	.formats = FORMAT_BIT(FORMAT_TABLE) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_JSONL) | FORMAT_BIT(FORMAT_MD),
	.run = run_themes,
};
