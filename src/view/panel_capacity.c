/* How many such requests the device holds at once, and what the image does to that. */
#include "view/panel.h"

#include "base/str.h"
#include "view/widget.h"

/* What stands in place of the requests at once: why there are none. Returns the rows taken. */
static int draw_why(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	bool has_text_only = !e->capacity.concurrency_text_only.reason;
	int rows = r.height < 3 ? r.height - has_text_only : 3 - has_text_only;

	if (e->memory.overflow) {
		cells_text_fit(c, r.x, r.y, r.width, STYLE_BAD | STYLE_BOLD, e->memory.overflow);
		if (e->memory.gpus_needed > 0 && r.height > 1)
			cells_printf(c, r.x, r.y + 1, STYLE_TEXT, "needs %d GPUs",
				     e->memory.gpus_needed);
		return 2;
	}
	int row = widget_wrap(c, (struct rect){r.x, r.y, r.width, rows}, STYLE_DIM,
			      frame_value(f, Q_CONCURRENCY).reason);

	if (has_text_only)
		widget_quantity(c, r, row++, NULL, f, Q_TEXT_ONLY);
	return row;
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	static const enum quantity_id capacity[] = {Q_CONCURRENCY, Q_TEXT_ONLY, Q_IMAGE_FACTOR,
						    Q_FULL};
	static const enum quantity_id memory[] = {Q_WEIGHTS, Q_KV_POOL, Q_RESERVE};
	int row = 0;

	if (f->est.memory.overflow || f->est.capacity.concurrency.reason)
		row = draw_why(c, r, f);
	else
		for (size_t i = 0; i < ARRAY_SIZE(capacity); i++)
			widget_quantity(c, r, row++, NULL, f, capacity[i]);
	for (size_t i = 0; i < ARRAY_SIZE(memory); i++)
		widget_quantity(c, r, row++, NULL, f, memory[i]);
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
