/* How many such requests the device holds at once, and what the image does to that. */
#include "view/panel.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/fits.h"
#include "view/widget.h"

enum { LOW_ROOM = 5 /* rows: below, the title says it alone */ };

/* What is missing, and what each alone would make it fit. Returns the rows taken. */
static int draw_missing(struct cells *c, struct rect r, const struct frame *f)
{
	char text[FITS_TEXT], number[UNIT_TEXT];
	struct fits fits;
	int row = 0;

	fits_of(&f->st->req.setup, &f->est, &fits);
	cells_text_fit(c, r.x, r.y + row++, r.width, STYLE_BAD | STYLE_BOLD,
		       f->est.memory.overflow);
	if (fits.answer != FITS_NO || row >= r.height)
		return row;
	str_format(text, sizeof text, "%s missing", unit_bytes(number, fits.missing_bytes));
	cells_text_fit(c, r.x, r.y + row++, r.width, STYLE_TEXT, text);
	for (int i = 0; i < fits.n && row < r.height; i++) {
		str_format(text, sizeof text, i == 0 ? "fits with " : "or ");
		fits_way_text(&fits.ways[i], text + strlen(text), sizeof text - strlen(text));
		cells_text_fit(c, r.x, r.y + row++, r.width, STYLE_TEXT, text);
	}
	return row;
}

/* What stands in place of the requests at once: why there are none. Returns the rows taken. */
static int draw_why(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	bool has_text_only = !e->capacity.concurrency_text_only.reason;
	int rows = r.height < 3 ? r.height - has_text_only : 3 - has_text_only;

	if (e->memory.overflow)
		return draw_missing(c, r, f);
	int row = widget_wrap(c, (struct rect){r.x, r.y, r.width, rows}, STYLE_DIM,
			      frame_value(f, Q_CONCURRENCY).reason);

	if (has_text_only)
		widget_quantity(c, r, row++, NULL, f, Q_TEXT_ONLY);
	return row;
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	static const enum quantity_id capacity[] = {Q_CONCURRENCY, Q_CONCURRENCY_LOW, Q_TEXT_ONLY,
						    Q_IMAGE_FACTOR, Q_FULL};
	static const enum quantity_id memory[] = {Q_WEIGHTS, Q_KV_POOL, Q_RESERVE};
	int row = 0;

	if (f->est.memory.overflow || f->est.capacity.concurrency.reason)
		row = draw_why(c, r, f);
	else
		for (size_t i = 0; i < ARRAY_SIZE(capacity); i++)
			if (capacity[i] != Q_CONCURRENCY_LOW || r.height > LOW_ROOM)
				widget_quantity(c, r, row++, NULL, f, capacity[i]);
	for (size_t i = 0; i < ARRAY_SIZE(memory); i++)
		widget_quantity(c, r, row++, NULL, f, memory[i]);
}

/* Whether it fits is said from the low end: so many do whatever is set aside. */
static char *title(const struct frame *f, char out[64])
{
	int gpus = f->st->req.setup.tensor_parallel;
	char on[24] = "", fits[40] = "", number[UNIT_TEXT];

	if (gpus > 1)
		str_format(on, sizeof on, ", %d GPUs", gpus);
	switch (fits_of_estimate(&f->est)) {
	case FITS_YES:
		str_format(fits, sizeof fits, ": %s fit",
			   unit_count(number, f->est.capacity.concurrency_low.value));
		break;
	case FITS_ONLY:
		str_format(fits, sizeof fits, ": only just");
		break;
	case FITS_NO:
		str_format(fits, sizeof fits, ": no room");
		break;
	case FITS_UNKNOWN:
		break;
	}
	return str_format(out, 64, "Capacity%s%s", on, fits);
}

const struct panel panel_capacity = {
	.rows = {3, 3, 5, 3},
	.is_beside = true,
	.makes_room = true,
	.wide = {COLUMN_RIGHT, 2, 6},
	.group = "capacity",
	.title = title,
	.draw = draw,
};
