/* The dashboard on a terminal: what the loop wishes from files is done here. */
#include "base/str.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/save.h"
#include "cli/screen_state.h"
#include "registry/registry.h"
#include "tui/tui.h"

static void open_picture(void *data, const char *path, struct picture_info *out)
{
	(void)data;
	screen_picture(path, out);
}

static bool save_text(void *data, const char *path, const struct strbuf *text, char *said, size_t size)
{
	struct vtok_error err = {0};

	(void)data;
	if (!save_new(path, strbuf_text(text), text->len, &err)) {
		str_format(said, size, "%s", err.text);
		return false;
	}
	str_format(said, size, "%s written", path);
	return true;
}

static const enum term_color colors[] = {
	[COLOR_AUTO] = TERM_COLOR_AUTO,
	[COLOR_ALWAYS] = TERM_COLOR_ALWAYS,
	[COLOR_NEVER] = TERM_COLOR_NEVER,
};

static int run(const struct options *o)
{
	const struct tui_host host = {.open = open_picture, .save = save_text};
	const struct term_options term = {.color = colors[o->color], .no_mouse = o->no_mouse};
	struct vtok_error err = {0};
	struct registry r;
	struct state st;

	if (!cli_registry(o, &r, &err))
		return cli_fail(&err);
	bool is_good = screen_state_init(&st, o, &r, &err) && tui_run(&st, &term, &host, &err);
	registry_fini(&r);
	return is_good ? VTOK_OK : cli_fail(&err);
}

const struct command cmd_tui = {
	.bit = FOR_TUI,
	.name = "tui",
	.usage = "[FILE | WxH]",
	.summary = "the dashboard; the word tui can be left out",
	.details = "Arrows turn the knobs, ? lists every key, q leaves. Needs a terminal; `vtok render` prints one frame without.",
	.inputs = INPUTS_ONE,
	.run = run,
};
