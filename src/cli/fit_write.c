#include "cli/fit_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "cli/save.h"
#include "cli/settings.h"
#include "cli/slurp.h"
#include "cli/user_themes.h"
#include "image/image.h"
#include "image/remake.h"

/* ------------------------------------------------------------ what is asked */

static bool reads_stream(const struct options *o)
{
	for (size_t i = 0; i < o->inputs.n; i++)
		if (strcmp(o->inputs.items[i], "-") == 0)
			return true;
	return false;
}

static bool good(const struct options *o, size_t models, struct vtok_error *err)
{
	if (o->write && o->write_dir)
		return error_set(err, VTOK_E_USAGE, "fit: --write or --write-dir, not both");
	if (!o->write && !o->write_dir)
		return o->force ? error_set(err, VTOK_E_USAGE,
					    "fit: --force goes with --write or --write-dir")
				: true;
	if (models != 1)
		return error_set(err, VTOK_E_USAGE, "fit: a picture is written for one model");
	if (o->aspects)
		return error_set(err, VTOK_E_USAGE, "fit: --aspects has no picture to write");
	if (o->write && (o->inputs.n != 1 || reads_stream(o)))
		return error_set(err, VTOK_E_USAGE,
				 "fit: --write takes one picture; --write-dir takes many");
	if (o->write && !remake_can(remake_format(o->write)))
		return error_set(err, VTOK_E_USAGE,
				 "--write: expected a name ending in .png, .jpg%s, got \"%s\"",
				 remake_can(IMAGE_WEBP) ? " or .webp" : "", o->write);
	return true;
}

static bool make_folder(const char *dir, struct vtok_error *err)
{
	struct stat st;

	if (mkdir(dir, 0777) == 0)
		return true;
	int why = errno;

	if (why == EEXIST && stat(dir, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	return error_path(err, VTOK_E_INPUT, dir, "%s",
			  why == EEXIST ? "not a folder" : strerror(why));
}

/* The one of the settings that has to do with pictures. */
static bool read_unconfined(const struct options *o, const struct registry *r, bool *out,
			    struct vtok_error *err)
{
	struct options with = *o;
	struct theme_list themes;
	struct settings settings;

	if (!user_themes_load(&themes, o, err) || !settings_load(&settings, &with, r, &themes, err))
		return false;
	*out = settings_unconfined(&settings);
	return true;
}

bool fit_write_init(struct fit_write *w, const struct options *o, const struct registry *r,
		    size_t models, struct vtok_error *err)
{
	*w = (struct fit_write){
		.out = o->write,
		.dir = o->write_dir,
		.force = o->force,
		.quality = o->quality ? (int)o->quality : REMAKE_QUALITY,
	};
	if (!good(o, models, err))
		return false;
	if (!fit_write_is_asked(w))
		return true;
	return read_unconfined(o, r, &w->unconfined, err) && (!w->dir || make_folder(w->dir, err));
}

bool fit_write_is_asked(const struct fit_write *w)
{
	return w->out || w->dir;
}

/* ------------------------------------------------------------ under which name */

/* In the folder: the input's own name; another ending where the format is another. */
static char *name_in(const struct fit_write *w, const char *path, enum image_format format)
{
	static const char *const endings[IMAGE_FORMAT_N] = {
		[IMAGE_PNG] = ".png", [IMAGE_JPEG] = ".jpg", [IMAGE_WEBP] = ".webp"};
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	const char *dot = strrchr(base, '.');
	bool fits = remake_format(base) == format;
	size_t len = fits || !dot || dot == base ? strlen(base) : (size_t)(dot - base);
	size_t room = strlen(w->dir) + len + 8;
	char *out = malloc(room);

	if (out)
		str_format(out, room, "%s/%.*s%s", w->dir, (int)len, base,
			   fits ? "" : endings[format]);
	return out;
}

/* ------------------------------------------------------------ the file */

static void say_losses(const char *path, const struct remade *m)
{
	if (m->covered_white)
		cli_note("%s: what was transparent lies over white: JPEG has no transparency",
			 path);
	if (m->dropped_profile)
		cli_note("%s: without the colour profile of the original, as if it were sRGB",
			 path);
	if (m->dropped_frames)
		cli_note("%s: the first picture of an animation", path);
}

static bool has_size(const struct remade *m, int64_t width, int64_t height)
{
	struct image_info info;
	struct vtok_error err = {0};

	return image_probe_bytes(m->bytes, m->n, &info, &err) && info.width == width &&
	       info.height == height;
}

static bool save(const struct fit_write *w, const char *path, const void *bytes, size_t n,
		 struct vtok_error *err)
{
	if (w->force && access(path, F_OK) == 0)
		return save_over(path, bytes, n, err);
	return save_new(path, bytes, n, err);
}

/* The original's own bytes. */
static bool copy(const char *path, struct remade *out, struct vtok_error *err)
{
	*out = (struct remade){0};
	out->bytes = (uint8_t *)slurp(path, SLURP_PICTURE, &out->n, NULL, err);
	return out->bytes != NULL;
}

bool fit_write_one(const struct fit_write *w, const char *path, const struct fit_row *row,
		   struct vtok_error *err)
{
	struct image_info info;
	struct remade made;

	if (!image_probe(path, &info, err))
		return false;
	struct remake how = {
		.width = (int)row->fit.best.width,
		.height = (int)row->fit.best.height,
		.format = w->out                    ? remake_format(w->out)
			  : remake_can(info.format) ? info.format
						    : IMAGE_PNG,
		.quality = w->quality,
		.unconfined = w->unconfined,
	};
	bool is_same = row->fit.status == FIT_FITS && how.width == info.width &&
		       how.height == info.height && how.format == info.format &&
		       info.orientation == 1;
	char *to = w->dir ? name_in(w, path, how.format) : strdup(w->out);

	if (!to)
		return error_memory(err);
	bool fine = is_same ? copy(path, &made, err) : remake(path, &how, &made, err);

	if (fine && !is_same && !has_size(&made, how.width, how.height))
		fine = error_set(err, VTOK_E_INPUT, "what was written has another size");
	if (fine)
		fine = save(w, to, made.bytes, made.n, err);
	if (fine)
		say_losses(to, &made);
	free(made.bytes);
	free(to);
	return fine;
}

/* What of the original is not in the file, behind a semicolon. */
static const char *losses(const struct remade *m)
{
	return m->covered_white     ? "; what was transparent lies over white"
	       : m->dropped_profile ? "; without the colour profile"
	       : m->dropped_frames  ? "; the first picture of an animation"
				    : "";
}

static bool say_failure(const struct vtok_error *err, char *said, size_t size)
{
	str_format(said, size, "not written: %s", err->text);
	return false;
}

bool fit_writing_start(struct fit_writing *w, const char *path, const char *to, int64_t width,
		       int64_t height, bool unconfined, char *said, size_t size)
{
	struct vtok_error err = {0};
	struct remake how = {
		.width = (int)width,
		.height = (int)height,
		.format = remake_format(to),
		.quality = REMAKE_QUALITY,
		.unconfined = unconfined,
	};
	bool fine = remake_can(how.format) ||
		    error_set(&err, VTOK_E_INPUT, "this build writes no such format: .png, .jpg%s",
			      remake_can(IMAGE_WEBP) ? ", .webp" : "");

	w->width = width;
	w->height = height;
	str_format(w->to, sizeof(w->to), "%s", to);
	/* the name first: a picture that has no place to go is not worth a second of work */
	if (fine && access(to, F_OK) == 0)
		fine = error_path(&err, VTOK_E_INPUT, to,
				  "there is such a file already; it is kept");
	fine = fine && remake_start(&w->job, path, &how, &err);
	return fine || say_failure(&err, said, size);
}

bool fit_writing_step(struct fit_writing *w, bool *good, char *said, size_t size)
{
	struct vtok_error err = {0};
	struct remade made = {0};
	enum remake_state state = remake_step(&w->job, &made, &err);
	char bytes[UNIT_TEXT], across[UNIT_TEXT], down[UNIT_TEXT];

	if (state == REMAKE_WAIT)
		return false;
	*good = state == REMAKE_DONE;
	if (*good && !has_size(&made, w->width, w->height))
		*good = error_set(&err, VTOK_E_INPUT, "what was written has another size");
	*good = *good && save_new(w->to, made.bytes, made.n, &err);
	if (*good)
		str_format(said, size, "%s written: %s \xc3\x97 %s, %s%s", w->to,
			   unit_grouped(across, w->width), unit_grouped(down, w->height),
			   unit_bytes(bytes, (double)made.n), losses(&made));
	else
		say_failure(&err, said, size);
	free(made.bytes);
	return true;
}

void fit_writing_cancel(struct fit_writing *w)
{
	remake_cancel(&w->job);
}
