/* One frame of the dashboard as text: the same update and draw code, no terminal. */
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/headless.h"
#include "cli/out.h"
#include "cli/screen_state.h"
#include "cli/settings.h"
#include "cli/talk.h"
#include "cli/user_themes.h"
#include "image/pixels.h"
#include "registry/registry.h"
#include "view/screen.h"
#include "view/talk.h"
#include "view/update.h"
#include "view/view.h"

static bool press_keys(struct state *st, int step, const char *keys, struct headless_pixels *p,
		       struct vtok_error *err)
{
	struct wishes w = {.open = false}; /* a talk that is not there wishes nothing */
	bool is_good = true;

	update_talk(st, step, &w);
	headless_carry_out(st, &w, p);
	update(st, &(struct event){.kind = EVENT_RESIZE, .width = st->width, .height = st->height},
	       &w);
	headless_carry_out(st, &w, p);
	while (is_good && *keys) {
		struct event ev = {.kind = EVENT_KEY};
		char word[32];
		size_t len = strcspn(keys, " \t\n");

		if (len >= sizeof word) {
			is_good = error_set(err, VTOK_E_USAGE, "--keys: \"%.40s\" is no key", keys);
		} else if (len) {
			str_format(word, sizeof word, "%.*s", (int)len, keys);
			if (event_key_parse(word, &ev.key)) {
				update(st, &ev, &w);
				headless_carry_out(st, &w, p);
			} else {
				is_good = error_set(err, VTOK_E_USAGE,
						    "--keys: \"%s\" is no key; single characters, "
						    "Up, PgDn, C-x, "
						    "F1 are",
						    word);
			}
		}
		keys += len + strspn(keys + len, " \t\n");
	}
	return is_good;
}

/* Returns the exit code; what goes wrong is said. */
static int print_frame(const struct state *st)
{
	struct vtok_error err = {0};
	int code;
	struct cells c;
	struct strbuf text;
	bool is_good = cells_init(&c, st->width, st->height);

	strbuf_init(&text);
	if (is_good) {
		screen_draw(&c, st);
		cells_to_text(&c, &text);
		is_good = strbuf_ok(&text);
	}
	if (is_good) {
		code = out_whole(STDOUT_FILENO, strbuf_text(&text), text.len, VTOK_OK);
	} else {
		error_memory(&err);
		code = cli_fail(&err);
	}
	strbuf_fini(&text);
	cells_fini(&c);
	return code;
}

static int run(const struct options *o)
{
	struct vtok_error err = {0};
	struct registry r;
	struct headless_pixels pixels = {.unconfined = false};
	struct talks talks = {.own = {.n = 0}};
	struct theme_list themes;
	struct settings settings;
	struct options with = *o;
	struct state st;
	bool is_good;

	if (talks_list(o))
		return cli_finish(VTOK_OK);
	if (!cli_registry(o, &r, &err))
		return cli_fail(&err);
	is_good = user_themes_load(&themes, o, &err) &&
		  settings_load(&settings, &with, &r, &themes, &err) &&
		  screen_state_init(&st, &with, &r, &themes, &err) &&
		  talks_load(&talks, &with, &st, &err);
	if (is_good) {
		st.is_configured = settings.is_there;
		pixels.unconfined = settings_unconfined(&settings);
		int step = o->step < 0 ? talks.own.n : (int)o->step;

		st.width = o->size.width
				   ? (int)(o->size.width > CELLS_MAX ? CELLS_MAX : o->size.width)
				   : 80;
		st.height = o->size.height
				    ? (int)(o->size.height > CELLS_MAX ? CELLS_MAX : o->size.height)
				    : 24;
		is_good = press_keys(&st, step, o->keys ? o->keys : "", &pixels, &err);
	}
	int code = is_good ? print_frame(&st) : cli_fail(&err);
	pixels_free(&pixels.raster);
	talks_fini(&talks);
	user_themes_free(&themes);
	registry_fini(&r);
	return code;
}

const struct command cmd_render = {
	.name = "render",
	.usage = "[--size COLSxROWS] [--script FILE] [--keys KEYS] [FILE | WxH]",
	.summary = "Print one frame of the dashboard as text, without a terminal",
	.details = "--keys is a list separated by blanks: single characters, and Up Down Left "
		   "Right PgUp PgDn Home End Enter "
		   "Esc Tab Space F1..F12 C-x.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_RULES | OPT_CHART | OPT_SIZE | OPT_SCREEN |
		   OPT_KEYS | OPT_TRAFFIC,
	.inputs = INPUTS_ONE,
	.run = run,
};
