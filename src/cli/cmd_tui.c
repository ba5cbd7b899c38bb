/* The dashboard on a terminal: what the loop wishes from files is done here. */
#include <stdlib.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/fit_write.h"
#include "cli/headless.h"
#include "cli/path_complete.h"
#include "cli/save.h"
#include "cli/screen_state.h"
#include "cli/settings.h"
#include "cli/talk.h"
#include "cli/user_themes.h"
#include "image/pixels.h"
#include "registry/registry.h"
#include "registry/subjects.h"
#include "tui/tui.h"
#include "view/export.h"
#include "view/talk.h"
#include "view/update.h"

static void open_picture(void *data, const char *path, struct picture_info *out)
{
	(void)data;
	screen_picture(path, out);
}

static bool complete_path(void *data, const char *typed, char *out, size_t size, char *others,
			  size_t others_size)
{
	(void)data;
	return path_complete(typed, out, size, others, others_size);
}

/* What is decoded, and what was. */
struct host {
	const struct options *options;
	struct registry *registry; /* the one the state points into */
	struct pixels_job job;
	struct raster raster;
	struct vtok_error err; /* of the start */
	bool is_started;
	bool unconfined; /* as for pixels_start */
	struct fit_writing writing;
	bool is_writing;
};

static void start_pixels(void *data, const char *path)
{
	struct host *d = data;

	if (d->is_started)
		pixels_cancel(&d->job);
	pixels_free(&d->raster);
	d->err = (struct vtok_error){0};
	d->is_started =
		pixels_start(&d->job, path, PIXELS_PREVIEW, PIXELS_PREVIEW, d->unconfined, &d->err);
}

static bool step_pixels(void *data, const struct raster **pixels, char *said, size_t size)
{
	struct host *d = data;
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

static void end_pixels(struct host *d)
{
	if (d->is_started)
		pixels_cancel(&d->job);
	pixels_free(&d->raster);
}

static bool save_state(void *data, const struct state *st, const char *path, char *said,
		       size_t size)
{
	enum export_format format = EXPORT_CSV; /* the prompt takes no name without a known end */
	struct vtok_error err = {0};
	struct strbuf text;

	(void)data;
	(void)export_format_of(path, &format);
	strbuf_init(&text);
	export_state(st, format, &text);
	bool is_good = strbuf_ok(&text) ? save_new(path, strbuf_text(&text), text.len, &err)
					: error_memory(&err);

	strbuf_fini(&text);
	str_format(said, size, "%s%s", is_good ? path : err.text, is_good ? " written" : "");
	return is_good;
}

static bool start_writing(void *data, const char *from, const struct wishes *w, char *said,
			  size_t size)
{
	struct host *h = data;

	h->is_writing = fit_writing_start(&h->writing, from, w->write_path, w->write_w, w->write_h,
					  h->unconfined, said, size);
	return h->is_writing;
}

static bool step_writing(void *data, bool *good, char *said, size_t size)
{
	struct host *h = data;

	if (h->is_writing && !fit_writing_step(&h->writing, good, said, size))
		return false;
	h->is_writing = false;
	return true;
}

static void stop_writing(void *data)
{
	struct host *h = data;

	if (h->is_writing)
		fit_writing_cancel(&h->writing);
	h->is_writing = false;
}

/* ------------------------------------------------------------ files that change on disk */

/* Where requests move to: another registry, and what stands for entries that are gone there. */
struct move {
	const struct registry *to;
	struct setup instead;
};

static void move_request(struct request *q, void *arg)
{
	const struct move *move = arg;
	struct setup *s = &q->setup;
	struct vtok_error none = {0};
	const struct model *m = subject_named(move->to, s->model->id, &none);
	const struct hardware *h = registry_hardware(move->to, s->hardware->id);
	const struct engine *e = registry_engine(move->to, s->engine->id);

	s->model = m ? m : move->instead.model;
	s->hardware = h ? h : move->instead.hardware;
	s->engine = e ? e : move->instead.engine;
}

static bool move_state(struct state *st, const struct registry *to, struct vtok_error *err)
{
	const struct setup *now = &st->req.setup;
	struct move move = {.to = to};
	struct vtok_error none = {0};

	move.instead.model = subject_named(to, now->model->id, &none);
	move.instead.hardware = registry_hardware(to, now->hardware->id);
	move.instead.engine = registry_engine(to, now->engine->id);
	if (!move.instead.model || !move.instead.hardware || !move.instead.engine)
		return error_set(
			err, VTOK_E_CONFIG,
			"the files no longer have the model, hardware or engine on the screen");
	state_each_request(st, move_request, &move);
	st->charted.n = 0;
	/* found with entries that go */
	st->budgeted.is_there = st->budgets.is_there = st->judged.is_known = false;
	st->reg = to;
	return true;
}

static bool reload_registry(struct host *h, struct state *st, struct vtok_error *err)
{
	struct registry *fresh = malloc(sizeof *fresh);

	if (!fresh)
		return error_memory(err);
	if (!cli_registry(h->options, fresh, err)) {
		free(fresh);
		return false;
	}
	if (!move_state(st, fresh, err)) {
		registry_fini(fresh);
		free(fresh);
		return false;
	}
	registry_fini(h->registry);
	free(h->registry);
	h->registry = fresh;
	return true;
}

static bool reload(void *data, struct state *st, struct picture_info *picture, char *said,
		   size_t size)
{
	struct vtok_error err = {0};
	bool is_good = reload_registry(data, st, &err);

	if (st->picture.path[0])
		screen_picture(st->picture.path, picture);
	if (!is_good)
		str_format(said, size, "kept as it was: %s", err.text);
	else if (picture->error[0])
		str_format(said, size, "%s", picture->error);
	else
		str_format(said, size, "files read again");
	return is_good && !picture->error[0];
}

static bool keep_settings(void *data, const struct state *st, enum settings_part part, char *said,
			  size_t size)
{
	const struct host *h = data;

	if (!h->options->no_config)
		return settings_save(st, part, said, size);
	str_format(said, size, "not saved: --no-config");
	return part == SETTINGS_THEME; /* picked for this run alone: no mistake */
}

static const enum term_color colors[] = {
	[COLOR_AUTO] = TERM_COLOR_AUTO,
	[COLOR_ALWAYS] = TERM_COLOR_ALWAYS,
	[COLOR_NEVER] = TERM_COLOR_NEVER,
};

/* A talk begins with its first step, or where --step says. */
static void begin_talk(struct state *st, const struct options *o)
{
	struct wishes w = {.open = false}; /* a talk that is not there wishes nothing */

	update_talk(st, o->step < 0 ? 1 : (int)o->step, &w);
	headless_carry_out(st, &w, NULL);
}

static bool run_dashboard(struct host *files, const struct options *o, struct vtok_error *err)
{
	const struct tui_host host = {.data = files,
				      .open = open_picture,
				      .complete = complete_path,
				      .save = save_state,
				      .write_start = start_writing,
				      .write_step = step_writing,
				      .write_stop = stop_writing,
				      .reload = reload,
				      .pixels_start = start_pixels,
				      .pixels_step = step_pixels,
				      .settings = keep_settings};
	struct talks talks = {.own = {.n = 0}};
	struct theme_list themes;
	struct settings settings;
	struct options with = *o;
	struct state st;
	bool is_good = user_themes_load(&themes, o, err) &&
		       settings_load(&settings, &with, files->registry, &themes, err) &&
		       screen_state_init(&st, &with, files->registry, &themes, err) &&
		       talks_load(&talks, &with, &st, err);

	if (is_good) {
		const struct term_options term = {.color = colors[o->color],
						  .no_mouse = with.no_mouse,
						  .pictures = st.pictures};

		st.is_configured = settings.is_there;
		files->unconfined = settings_unconfined(&settings);
		begin_talk(&st, o);
		is_good = tui_run(&st, &term, &host, err);
	}
	user_themes_free(&themes);
	talks_fini(&talks);
	return is_good;
}

static int run(const struct options *o)
{
	struct host files = {.options = o, .registry = malloc(sizeof *files.registry)};
	struct vtok_error err = {0};

	if (talks_list(o)) {
		free(files.registry);
		return cli_finish(VTOK_OK);
	}
	if (!files.registry || !cli_registry(o, files.registry, &err)) {
		free(files.registry);
		return cli_fail(&err);
	}
	bool is_good = run_dashboard(&files, o, &err);

	end_pixels(&files);
	registry_fini(files.registry);
	free(files.registry);
	return is_good ? VTOK_OK : cli_fail(&err);
}

const struct command cmd_tui = {
	.name = "tui",
	.usage = "[FILE | WxH]",
	.summary = "The dashboard; the word tui can be left out",
	.details = "Arrows turn the knobs, ? lists every key, q leaves. Needs a terminal; `vtok "
		   "render` prints one frame without.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_RULES | OPT_CHART | OPT_SCREEN | OPT_TRAFFIC,
	.inputs = INPUTS_ONE,
	.run = run,
};
