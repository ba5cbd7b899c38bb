/* The dashboard on a terminal: what the loop wishes from files is done here. */
#include "base/str.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/save.h"
#include "cli/screen_state.h"
#include "image/pixels.h"
#include "registry/registry.h"
#include "tui/tui.h"

static void open_picture(void *data, const char *path, struct picture_info *out)
{
	(void)data;
	screen_picture(path, out);
}

/* What is decoded, and what was. */
struct decoding {
	struct pixels_job job;
	struct raster raster;
	struct vtok_error err; /* of the start */
	bool is_started;
};

static void start_pixels(void *data, const char *path)
{
	struct decoding *d = data;

	if (d->is_started)
		pixels_cancel(&d->job);
	pixels_free(&d->raster);
	d->err = (struct vtok_error){0};
	d->is_started = pixels_start(&d->job, path, PIXELS_PREVIEW, PIXELS_PREVIEW, &d->err);
}

static bool step_pixels(void *data, const struct raster **pixels, char *said, size_t size)
{
	struct decoding *d = data;
	enum pixels_state state = PIXELS_FAILED;

	if (d->is_started)
		state = pixels_step(&d->job, &d->raster, &d->err);
	if (state == PIXELS_WAIT)
		return false;
	d->is_started = false;
	*pixels = state == PIXELS_DONE ? &d->raster : NULL;
	str_format(said, size, "%s", d->err.text);
	return true;
}

static void end_pixels(struct decoding *d)
{
	if (d->is_started)
		pixels_cancel(&d->job);
	pixels_free(&d->raster);
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

/* The picture may have been saved again meanwhile. */
static void reload_picture(void *data, struct state *st)
{
	struct picture_info picture;

	(void)data;
	if (!st->picture.path[0])
		return;
	screen_picture(st->picture.path, &picture);
	state_picture(st, &picture);
}

static const enum term_color colors[] = {
	[COLOR_AUTO] = TERM_COLOR_AUTO,
	[COLOR_ALWAYS] = TERM_COLOR_ALWAYS,
	[COLOR_NEVER] = TERM_COLOR_NEVER,
};

static int run(const struct options *o)
{
	struct decoding decoding = {.is_started = false};
	const struct tui_host host = {.data = &decoding, .open = open_picture, .save = save_text, .reload = reload_picture,
		.pixels_start = start_pixels, .pixels_step = step_pixels};
	const struct term_options term = {.color = colors[o->color], .no_mouse = o->no_mouse};
	struct vtok_error err = {0};
	struct registry r;
	struct state st;

	if (!cli_registry(o, &r, &err))
		return cli_fail(&err);
	bool is_good = screen_state_init(&st, o, &r, &err) && tui_run(&st, &term, &host, &err);
	end_pixels(&decoding);
	registry_fini(&r);
	return is_good ? VTOK_OK : cli_fail(&err);
}

const struct command cmd_tui = {
	.bit = FOR_TUI,
	.name = "tui",
	.usage = "[FILE | WxH]",
	.summary = "The dashboard; the word tui can be left out",
	.details = "Arrows turn the knobs, ? lists every key, q leaves. Needs a terminal; `vtok render` prints one frame without.",
	.inputs = INPUTS_ONE,
	.run = run,
};
