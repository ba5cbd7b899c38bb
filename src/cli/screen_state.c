#include "cli/screen_state.h"

#include <stdlib.h>
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/misplaced.h"
#include "cli/setup.h"
#include "cli/target.h"
#include "image/image.h"
#include "image/remake.h"
#include "registry/subjects.h"
#include "state/knobs.h"
#include "view/command.h"
#include "view/figure.h"
#include "view/view.h"

/* A path typed into the program's prompt passed no shell: "~/" is the home folder here too. */
static const char *expand_home(const char *path, char *room, size_t size)
{
	const char *home = getenv("HOME");

	if (!str_starts(path, "~/") || !home || home[0] != '/' ||
	    strlen(home) + strlen(path) > size)
		return path;
	return str_format(room, size, "%s%s", home, path + 1);
}

void screen_picture(const char *typed, struct picture_info *out)
{
	struct image_info info;
	struct vtok_error err = {0};
	char room[sizeof out->path];
	const char *path = expand_home(typed, room, sizeof room);

	*out = (struct picture_info){0};
	str_format(out->path, sizeof out->path, "%s", path);
	str_clean(out->path);
	bool is_there = input_is_address(typed)   ? error_set(&err, VTOK_E_INPUT, INPUT_ADDRESS)
			: strcmp(typed, "-") == 0 ? error_set(&err, VTOK_E_INPUT, INPUT_STDIN)
						  : image_probe_sized(path, &info, &err);
	if (!is_there) {
		error_at(&err, out->path, 0);
		str_format(out->error, sizeof out->error, "%s", err.text);
		return;
	}
	out->width = info.width;
	out->height = info.height;
	out->raw_width = info.stored_w;
	out->raw_height = info.stored_h;
	out->orientation = info.orientation;
	out->dpi = info.dpi;
	out->file_bytes = info.file_bytes;
	out->file_format = info.format;
	str_format(out->ending, sizeof out->ending, "%s",
		   !remake_can(info.format)    ? ".png"
		   : info.format == IMAGE_JPEG ? ".jpg"
		   : info.format == IMAGE_WEBP ? ".webp"
					       : ".png");
	str_format(out->format, sizeof out->format, "%s", image_format_name(info.format));
}

static bool read_subject(struct state *st, const char *text, struct vtok_error *err)
{
	struct picture_info picture;
	struct input in;

	if (input_is_size(text)) {
		if (!input_read(text, strlen(text), &in, err))
			return error_at(err, text, 0);
		state_size(st, in.width, in.height);
		return true;
	}
	screen_picture(text, &picture);
	if (picture.error[0])
		return error_set(err, VTOK_E_INPUT, "%s", picture.error);
	state_picture(st, &picture);
	return true;
}

static bool set_names(struct state *st, const struct options *o, struct vtok_error *err)
{
	char words[128];
	size_t view = 0;
	char names[128];

	if (o->view && !view_find(o->view, &view))
		return error_set(err, VTOK_E_USAGE, "--view: expected %s, got \"%s\"",
				 str_any_of(names, sizeof names, view_name), o->view);
	st->view = view;
	if (o->metric && !quantity_find_metric(o->metric, &st->metric))
		return error_set(err, VTOK_E_USAGE, "--metric: expected %s, got \"%s\"",
				 str_any_of(words, sizeof(words), quantity_metric), o->metric);
	st->chart.has_parts = o->parts;
	if (o->widths && !figure_widths(st, o->widths))
		return error_set(err, VTOK_E_USAGE,
				 "--widths: expected two widths like 256:1536, got \"%s\"",
				 o->widths);
	if (o->theme) {
		st->theme_is_chosen = true;
		st->theme = theme_find(&st->themes, o->theme);
		if (!st->theme)
			return error_set(err, VTOK_E_USAGE,
					 "--theme: there is no theme called %s (vtok themes)",
					 o->theme);
	}
	return true;
}

static bool set_model(struct state *st, const struct options *o, const struct registry *r,
		      struct vtok_error *err)
{
	struct targets t;
	bool is_good = targets_init(&t, o, r, err);

	if (is_good && t.n) {
		st->req.setup.model =
			subject_called(r, t.list[0].model, t.list[0].processor, t.list[0].name);
		is_good = st->req.setup.model || error_memory(err);
		if (t.list[0].weights != DTYPE_STORED)
			st->req.setup.weights = t.list[0].weights;
	}
	targets_fini(&t);
	return is_good;
}

/* --at: a size of the input's own aspect keeps it exactly, whatever its sides were rounded to;
 * another size is taken as it is. */
static void turn_size(struct state *st, const struct options *o)
{
	struct request *r = &st->req;
	int64_t w = r->setup.width, h = r->setup.height;

	if (o->at.width) {
		double off_w =
			fabs((double)o->at.width * (double)h / (double)w - (double)o->at.height);
		double off_h =
			fabs((double)o->at.height * (double)w / (double)h - (double)o->at.width);

		request_size(r, o->at.width, o->at.height);
		if (!o->no_lock && (off_w <= 0.5 || off_h <= 0.5)) {
			r->aspect_w = w;
			r->aspect_h = h;
		}
	}
	r->aspect_lock = !o->no_lock;
}

/* Budgets are no part of a setup, which is what everything costs. */
static bool set_budgets(struct state *st, const struct options *o, struct vtok_error *err)
{
	char why[KNOB_ERROR_SIZE];

	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_specs[k].kind == IS_BUDGET && o->knobs[k].text &&
		    !knob_type(&st->req, st->reg, k, o->knobs[k].text, why))
			return error_set(err, VTOK_E_USAGE, "--%s: %s", knob_specs[k].name, why);
	return true;
}

/* A knob that the command line turns was freed on purpose. */
static void free_turned(struct request *r)
{
	for (enum knob k = 0; k < KNOB_N; k++)
		if (knob_modified(r, k) && knob_fixed(r, k))
			knob_free(r, k, true);
}

/* What a command line needs beside the knobs. */
static void carry(struct state *st, const struct options *o)
{
	struct strbuf words;

	strbuf_init(&words);
	for (size_t i = 0; i < o->registries.n; i++) {
		strbuf_puts(&words, " -f");
		command_word(&words, o->registries.items[i]);
	}
	if (o->no_config)
		strbuf_puts(&words, " --no-config");
	if (options_given(o, "graphics"))
		strbuf_printf(&words, " --graphics %s", picture_ways[o->graphics]);
	if (o->rules) {
		strbuf_puts(&words, " --rules");
		command_word(&words, o->rules);
	}
	if (o->itl) {
		strbuf_puts(&words, " --itl");
		command_word(&words, o->itl);
	}
	if (options_given(o, "quantile"))
		strbuf_printf(&words, " --quantile %.15g", o->quantile);
	if (strbuf_ok(&words) && words.len < sizeof st->carried)
		str_format(st->carried, sizeof st->carried, "%s", strbuf_text(&words));
	strbuf_fini(&words);
}

bool screen_state_init(struct state *st, const struct options *o, const struct registry *r,
		       const struct theme_list *themes, struct vtok_error *err)
{
	struct setup s;

	state_init(st, r);
	if (themes)
		st->themes = *themes;
	st->theme = theme_at(&st->themes, 0);
	if (!setup_make(o, r, &s, err))
		return false;
	s.model = st->req.setup.model;
	s.width = st->req.setup.width;
	s.height = st->req.setup.height;
	st->req.setup = s;
	if (s.by_engine)
		st->req.setup.model = subject_by_engine(r, s.model, s.engine);
	if (s.model && !st->req.setup.model)
		return error_memory(err);
	if ((o->models.n && !set_model(st, o, r, err)) || !set_names(st, o, err))
		return false;
	st->log_axis = o->axis == 0;
	st->ascii = cli_ascii(o);
	st->big = o->big;
	st->mouse_off = o->no_mouse;
	st->pictures = (enum picture_way)o->graphics;
	if (!misplaced_check(o, r, err) ||
	    (o->inputs.n && !read_subject(st, o->inputs.items[0], err)))
		return false;
	turn_size(st, o);
	if (!set_budgets(st, o, err))
		return false;
	free_turned(&st->req);
	carry(st, o);
	state_settle(st);
	return true;
}
