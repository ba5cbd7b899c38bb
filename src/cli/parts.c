#include "cli/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/fd.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "cli/scan_batch.h"
#include "cli/scan_tar.h"
#include "cli/scan_zip.h"
#include "core/usual.h"
#include "image/image.h"
#include "image/pdf.h"

enum { HEAD = 512 };

/* One that unpacks itself begins with a program. */
static bool is_called_zip(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && str_casecmp(dot, ".zip") == 0;
}

enum parts parts_of(const char *path)
{
	struct vtok_error ignored = {0};
	int fd = image_open(path, &ignored);
	uint8_t head[HEAD] = {0};
	ssize_t n = fd < 0 ? -1 : fd_read(fd, head, sizeof(head));

	if (fd >= 0)
		close(fd);
	if (n < 5)
		return PARTS_NONE;
	if (memcmp(head, "%PDF-", 5) == 0)
		return PARTS_PDF;
	if (memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0)
		return PARTS_ZIP;
	if (memcmp(head + 257, "ustar", 5) == 0)
		return PARTS_TAR;
	return is_called_zip(path) ? PARTS_ZIP : PARTS_NONE;
}

/* ------------------------------------------------------------ pages */

/* Pixels of a side, as who draws pages rounds: up, so that nothing is cut off. What floating
 * numbers add to a whole number of pixels is not another one. points: up to 10^9 (pdf_pages). */
static int64_t pixels(double points, double dpi)
{
	return (int64_t)ceil(points * dpi / 72 - 1e-6);
}

static bool each_page(const struct parts_order *o, struct vtok_error *err)
{
	struct pdf_page *pages = NULL;
	struct strbuf name;
	size_t n;
	bool goes_on = true;

	if (!pdf_pages(o->path, &pages, &n, err))
		return false;
	strbuf_init(&name);
	for (size_t i = 0; goes_on && i < n; i++) {
		struct input in = {.width = pixels(pages[i].width, o->dpi),
				   .height = pixels(pages[i].height, o->dpi),
				   .orientation = 1};
		bool fits = in.width >= 1 && in.height >= 1 && in.width <= SIDE_MAX &&
			    in.height <= SIDE_MAX;

		in.stored_w = in.width;
		in.stored_h = in.height;
		strbuf_clear(&name);
		strbuf_printf(&name, "%s:%zu", o->path, i + 1);
		goes_on = strbuf_ok(&name) && o->take(o->arg, strbuf_text(&name), fits ? &in : NULL,
						      "a page of no size that a picture can have");
	}
	bool fine = strbuf_ok(&name);
	strbuf_fini(&name);
	free(pages);
	return fine || error_memory(err);
}

/* ------------------------------------------------------------ members */

static bool take_member(const struct parts_order *o, const struct scan_member *m)
{
	struct image_info info;
	struct vtok_error err = {0};

	if (m->why || !image_probe_bytes(m->bytes, m->n, &info, &err))
		return o->take(o->arg, m->name, NULL, m->why ? m->why : err.text);
	struct input in = {.width = info.width,
			   .height = info.height,
			   .stored_w = info.stored_w,
			   .stored_h = info.stored_h,
			   .orientation = info.orientation,
			   .format = info.format};
	return o->take(o->arg, m->name, &in, NULL);
}

static bool take_batch(const struct parts_order *o, const struct scan_batch *b)
{
	struct scan_member m;
	bool goes_on = true;

	for (size_t at = 0; goes_on && scan_batch_next(b, &at, &m);)
		goes_on = take_member(o, &m);
	return goes_on;
}

static bool each_member(const struct parts_order *o, struct vtok_error *err)
{
	int fd = image_open(o->path, err);
	struct scan_tar *tar = fd >= 0 && o->kind == PARTS_TAR ? scan_tar_open(fd, o->path) : NULL;
	struct scan_zip *zip = fd >= 0 && o->kind == PARTS_ZIP ? scan_zip_open(fd, o->path) : NULL;
	struct scan_batch b = {0};

	if (fd >= 0 && !tar && !zip)
		error_memory(err);
	while (!err->code && (tar ? scan_tar_next(tar, &b, err) : scan_zip_next(zip, &b, err)) &&
	       take_batch(o, &b))
		;
	scan_tar_close(tar);
	scan_zip_close(zip);
	free(b.data);
	if (fd >= 0)
		close(fd);
	return !err->code;
}

bool parts_each(const struct parts_order *o, struct vtok_error *err)
{
	return o->kind == PARTS_PDF ? each_page(o, err) : each_member(o, err);
}
