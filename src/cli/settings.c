#include "cli/settings.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/picture.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/save.h"
#include "cli/settings_edit.h"
#include "cli/setup.h"
#include "cli/slurp.h"
#include "draw/theme.h"
#include "registry/ini_read.h"
#include "registry/registry_load.h"
#include "state/knobs.h"
#include "view/view.h"

enum { PATH_BYTES = 4096 };

static const char section_name[] = "dashboard";

static const char new_file[] =
	"# How the dashboard of vtok starts; options on the command line go first. See vtok(5).\n"
	"# Picking a theme writes its key, the key W all of them; other lines stay as they are.\n";

/* False: there is no place for settings. */
static bool settings_path(char path[PATH_BYTES])
{
	return registry_user_path("settings.ini", path, PATH_BYTES);
}

/* ------------------------------------------------------------ reading */

static bool is_theme(const struct theme_list *themes, const char *v)
{
	return theme_find(themes, v) != NULL;
}

static bool is_view(const struct theme_list *themes, const char *v)
{
	size_t at;

	(void)themes;
	return view_find(v, &at);
}

static bool is_metric(const struct theme_list *themes, const char *v)
{
	enum quantity_id m;

	(void)themes;
	return quantity_find_metric(v, &m);
}

static bool is_axis(const struct theme_list *themes, const char *v)
{
	(void)themes;
	return strcmp(v, "log") == 0 || strcmp(v, "linear") == 0;
}

static bool is_yes_or_no(const struct theme_list *themes, const char *v)
{
	(void)themes;
	return strcmp(v, "yes") == 0 || strcmp(v, "no") == 0;
}

static const char *way_name(size_t i)
{
	return picture_ways[i];
}

static bool is_way(const struct theme_list *themes, const char *v)
{
	enum picture_way way;

	(void)themes;
	return picture_way_find(v, &way);
}

static const struct {
	const char *key;
	bool (*is_good)(const struct theme_list *themes, const char *value);
	const char *expected;             /* a word or two; behind it */
	const char *(*name_at)(size_t i); /* what it may be; NULL = said already */
} keys[] = {
	[SETTING_THEME] = {"theme", is_theme, "a theme (vtok themes)", NULL},
	[SETTING_VIEW] = {"view", is_view, "a view: ", view_name},
	[SETTING_METRIC] = {"metric", is_metric, "", quantity_metric},
	[SETTING_AXIS] = {"axis", is_axis, "log or linear", NULL},
	[SETTING_ASCII] = {"ascii", is_yes_or_no, "yes or no", NULL},
	[SETTING_MOUSE] = {"mouse", is_yes_or_no, "yes or no", NULL},
	[SETTING_GRAPHICS] = {"graphics", is_way, "", way_name},
	[SETTING_UNCONFINED] = {"unconfined-pictures", is_yes_or_no, "yes or no", NULL},
};
static_assert(ARRAY_SIZE(keys) == SETTING_N, "a row for each setting");

const char *settings_key(size_t i)
{
	if (i < SETTING_N)
		return keys[i].key;
	i -= SETTING_N;
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_specs[k].is_setting && i-- == 0)
			return knob_specs[k].name;
	return NULL;
}

struct reader {
	struct settings *s;
	const struct registry *r;
	const struct theme_list *themes;
	bool is_inside;
};

static bool take_section(void *user, const char *name, int line, struct vtok_error *err)
{
	(void)line;
	(void)err;
	((struct reader *)user)->is_inside = strcmp(name, section_name) == 0;
	return true;
}

/* A knob's value is what its option takes. */
static bool is_knob_good(enum knob k, const struct registry *r, const char *value,
			 struct vtok_error *err)
{
	int64_t number;
	int32_t version;

	return knob_specs[k].kind == IS_ENTRY ? setup_entry(r, k, value, &version, err) != NULL
					      : options_read_knob(k, value, &number, err);
}

static bool take_knob(const struct reader *rd, enum knob k, const char *value,
		      struct vtok_error *err)
{
	struct vtok_error why = {0};

	if (!is_knob_good(k, rd->r, value, &why))
		return error_set(err, VTOK_E_CONFIG, "[%s] %s: %s", section_name,
				 knob_specs[k].name, why.text);
	str_format(rd->s->knobs[k], sizeof rd->s->knobs[k], "%s", value);
	return true;
}

static bool take_pair(void *user, const char *key, const char *value, int line,
		      struct vtok_error *err)
{
	struct reader *rd = user;
	char names[128] = "";

	(void)line;
	for (enum knob k = 0; rd->is_inside && k < KNOB_N; k++)
		if (knob_specs[k].is_setting && strcmp(knob_specs[k].name, key) == 0)
			return take_knob(rd, k, value, err);
	for (size_t i = 0; rd->is_inside && i < SETTING_N; i++) {
		if (strcmp(keys[i].key, key) != 0)
			continue;
		if (!keys[i].is_good(rd->themes, value)) {
			if (keys[i].name_at)
				str_any_of(names, sizeof names, keys[i].name_at);
			return error_set(err, VTOK_E_CONFIG,
					 "[%s] %s: expected %s%s, got \"%.60s\"", section_name, key,
					 keys[i].expected, names, value);
		}
		str_format(rd->s->value[i], sizeof rd->s->value[i], "%s", value);
	}
	return true;
}

static void give_knob(struct settings *s, struct options *o, enum knob k)
{
	const char *value = s->knobs[k];
	struct vtok_error none = {0};

	if (!*value || options_given(o, knob_specs[k].name))
		return;
	if (k == KNOB_MODEL) {
		s->models[0] = value;
		o->models = (struct text_list){s->models, 1};
	} else if (knob_specs[k].kind == IS_ENTRY || knob_specs[k].kind == IS_BUDGET) {
		o->knobs[k].text = value;
	} else {
		options_read_knob(k, value, &o->knobs[k].number, &none); /* read well once */
	}
}

/* One setting becomes the option it stands for. */
static void give(struct settings *s, struct options *o)
{
	/* clang-format off */
	const struct {
		enum setting setting;
		const char **option;
	} texts[] = {
		{SETTING_THEME,  &o->theme },
		{SETTING_VIEW,   &o->view  },
		{SETTING_METRIC, &o->metric}
	};
	/* clang-format on */

	for (enum knob k = 0; k < KNOB_N; k++)
		give_knob(s, o, k);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (!*texts[i].option && *s->value[texts[i].setting])
			*texts[i].option = s->value[texts[i].setting];
	if (!options_given(o, "axis"))
		o->axis = strcmp(s->value[SETTING_AXIS], "linear") == 0;
	enum picture_way way;

	if (!options_given(o, "graphics") && picture_way_find(s->value[SETTING_GRAPHICS], &way))
		o->graphics = (int32_t)way;
	o->ascii = o->ascii || strcmp(s->value[SETTING_ASCII], "yes") == 0;
	o->no_mouse = o->no_mouse || strcmp(s->value[SETTING_MOUSE], "no") == 0;
}

bool settings_load(struct settings *s, struct options *o, const struct registry *r,
		   const struct theme_list *themes, struct vtok_error *err)
{
	char path[PATH_BYTES];
	size_t len;
	int why = 0;
	struct vtok_error why_not = {0};

	*s = (struct settings){.is_there = false};
	if (o->no_config || !settings_path(path))
		return true;
	char *text = slurp(path, SLURP_TEXT, &len, &why, &why_not);

	/* a closed home, as under sudo -u: what cannot even be looked up is not there */
	bool is_hidden = why == EACCES && access(path, F_OK) != 0;

	if (!text && (why == ENOENT || why == ENOTDIR || is_hidden))
		return true;
	if (!text && why == EACCES) { /* somebody else's, as a run as root may have left it */
		cli_note("%s; going on without", why_not.text);
		return true;
	}
	if (!text)
		return why_not.is_memory ? error_memory(err)
					 : error_set(err, VTOK_E_CONFIG, "%s", why_not.text);
	struct reader rd = {s, r, themes, false};
	const struct ini_sink sink = {take_section, take_pair, &rd};

	s->is_there = ini_read(path, text, len, &sink, err);
	free(text);
	if (s->is_there)
		give(s, o);
	return s->is_there;
}

bool settings_unconfined(const struct settings *s)
{
	return strcmp(s->value[SETTING_UNCONFINED], "yes") == 0;
}

/* ------------------------------------------------------------ writing */

enum { PAIRS_MOST = (int)SETTING_N + KNOB_N };
static_assert((int)PAIRS_MOST <= (int)SETTINGS_PAIRS_MAX, "settings_edit takes them all");

/* texts holds the knobs' values as long as the pairs are used. */
static size_t collect(const struct state *st, enum settings_part part, struct settings_pair *out,
		      char (*texts)[KNOB_TEXT_SIZE])
{
	size_t n = 0;

	out[n++] = (struct settings_pair){keys[SETTING_THEME].key, st->theme->name};
	if (part == SETTINGS_THEME)
		return n;
	out[n++] = (struct settings_pair){keys[SETTING_VIEW].key, views[st->view]->name};
	out[n++] = (struct settings_pair){keys[SETTING_METRIC].key, quantities[st->metric].metric};
	out[n++] = (struct settings_pair){keys[SETTING_AXIS].key, st->log_axis ? "log" : "linear"};
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_specs[k].is_setting)
			out[n++] = (struct settings_pair){knob_specs[k].name,
							  knob_word(&st->req, k, texts[k])};
	out[n++] = (struct settings_pair){keys[SETTING_ASCII].key, st->ascii ? "yes" : "no"};
	out[n++] = (struct settings_pair){keys[SETTING_GRAPHICS].key, picture_ways[st->pictures]};
	out[n++] = (struct settings_pair){keys[SETTING_MOUSE].key, st->mouse_off ? "no" : "yes"};
	return n;
}

static bool ignore_section(void *user, const char *name, int line, struct vtok_error *err)
{
	(void)user, (void)name, (void)line, (void)err;
	return true;
}

static bool ignore_pair(void *user, const char *key, const char *value, int line,
			struct vtok_error *err)
{
	(void)user, (void)key, (void)value, (void)line, (void)err;
	return true;
}

/* A file that cannot be read as INI is not written over: its owner is in the
 * middle of something. */
static bool write_settings(const char *path, const struct settings_pair *pairs, size_t n,
			   struct vtok_error *err)
{
	static const struct ini_sink any = {ignore_section, ignore_pair, NULL};
	struct strbuf out;
	struct vtok_error why_not = {0};
	size_t len = 0;
	int why = 0;
	char *text = slurp(path, SLURP_TEXT, &len, &why, &why_not);
	bool is_new = !text && (why == ENOENT || why == ENOTDIR);

	if (!text && !is_new)
		return error_set(err, why_not.code, "%s", why_not.text);
	strbuf_init(&out);
	bool is_good = is_new || ini_read(path, text, len, &any, err);

	if (is_good) {
		settings_edit(text ? text : new_file, text ? len : sizeof new_file - 1,
			      section_name, pairs, n, &out);
		is_good = strbuf_ok(&out) ? save_over(path, out.data, out.len, err)
					  : error_memory(err);
	}
	strbuf_fini(&out);
	free(text);
	return is_good;
}

/* A path stands at the left of why, and the reason behind it is never cut. */
static void say_not_saved(const char *why, char *said, size_t size)
{
	static const char before[] = "not saved: ", cut[] = "...";
	size_t n = strlen(why), room = size - sizeof(before), at = 0;

	if (n > room)
		at = n - room + sizeof(cut) - 1;
	while (at && (why[at] & 0xc0) == 0x80) /* the rest of a character */
		at++;
	str_format(said, size, "%s%s%s", before, at ? cut : "", why + at);
}

bool settings_save(const struct state *st, enum settings_part part, char *said, size_t size)
{
	struct settings_pair pairs[PAIRS_MOST];
	char texts[KNOB_N][KNOB_TEXT_SIZE];
	struct vtok_error err = {0};
	char path[PATH_BYTES];
	size_t n = collect(st, part, pairs, texts);

	if (!settings_path(path)) {
		str_format(said, size, "there is no home directory: settings are not kept");
		return false;
	}
	if (!write_settings(path, pairs, n, &err)) {
		say_not_saved(err.text, said, size);
		return false;
	}
	str_format(said, size, "%s saved in %s", part == SETTINGS_THEME ? "theme" : "settings",
		   path);
	return true;
}
