/* How many such requests the device holds at once, and what the image does to that. */
#include "view/panel.h"

#include "base/str.h"
#include "base/unit.h"
#include "view/widget.h"

static char *bytes(char *out, double value)
{
	return unit_bytes(out, value);
}

static char *requests(char *out, double value)
{
	return unit_count(out, value);
}

static char *factor(char *out, double value)
{
	return str_format(out, UNIT_TEXT, "\xc3\x97%.*f", value < 9.995 ? 2 : 1, value);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct estimate *pin = f->st->pin.is_set ? &f->pin : NULL;
	int row = 0;

	if (e->memory.overflow) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_BAD | STYLE_BOLD, e->memory.overflow);
		if (e->memory.gpus_needed > 0 && r.height > 1)
			cells_printf(c, r.x, r.y + 1, STYLE_TEXT, "needs %d GPUs",
				     e->memory.gpus_needed);
		row = 2;
	} else if (e->capacity.concurrency.reason && e->capacity.concurrency_text_only.reason) {
		struct rect top = {r.x, r.y, r.width, r.height < 3 ? r.height : 3};

		row = widget_wrap(c, top, STYLE_DIM, e->capacity.concurrency.reason);
	} else if (e->capacity.concurrency.reason) {
		struct rect top = {r.x, r.y, r.width, r.height < 3 ? r.height - 1 : 2};

		row = widget_wrap(c, top, STYLE_DIM, e->capacity.concurrency.reason);
		widget_quantity(c, r, row++, "text alone", &e->capacity.concurrency_text_only,
				pin ? &pin->capacity.concurrency_text_only : NULL, requests);
	} else {
		widget_quantity(c, r, row++, "requests at once", &e->capacity.concurrency,
				pin ? &pin->capacity.concurrency : NULL, requests);
		widget_quantity(c, r, row++, "text alone", &e->capacity.concurrency_text_only,
				pin ? &pin->capacity.concurrency_text_only : NULL, requests);
		widget_quantity(c, r, row++, "image factor", &e->capacity.image_factor, NULL,
				factor);
		if (row < r.height)
			widget_quantity(c, r, row++, "at full context",
					&e->capacity.concurrency_full,
					pin ? &pin->capacity.concurrency_full : NULL, requests);
	}
	if (row < r.height)
		widget_quantity(c, r, row++, "weights", &e->memory.weights_bytes,
				pin ? &pin->memory.weights_bytes : NULL, bytes);
	if (row < r.height)
		widget_quantity(c, r, row++, "room for KV", &e->memory.kv_pool_bytes,
				pin ? &pin->memory.kv_pool_bytes : NULL, bytes);
	if (row < r.height)
		widget_quantity(c, r, row++, "reserve", &e->memory.reserve_bytes, NULL, bytes);
}

static char *title(const struct frame *f, char out[64])
{
	int gpus = f->st->req.setup.tensor_parallel;

	return gpus > 1 ? str_format(out, 64, "Capacity, %d GPUs", gpus)
			: str_format(out, 64, "Capacity");
}

const struct panel panel_capacity = {
	.rows = {3, 3,           5, 3},
	.is_beside = true,
	.makes_room = true,
	.wide = {COLUMN_RIGHT, 2, 0},
	.title = title,
	.draw = draw,
};
