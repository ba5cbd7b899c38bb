/* What keys and values take. */
#include "view/panel.h"

#include "base/str.h"
#include "base/unit.h"
#include "view/widget.h"

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	struct value window = frame_value(f, Q_KV_WINDOW), state = frame_value(f, Q_KV_STATE);
	int row = 0;

	widget_quantity(c, r, row++, "per token", f, Q_KV_TOKEN);
	widget_quantity(c, r, row++, "one image", f, Q_KV_IMAGE);
	widget_quantity(c, r, row++, "request", f, Q_KV_REQUEST);
	if (window.number > 0 || window.reason)
		widget_quantity(c, r, row++, NULL, f, Q_KV_WINDOW);
	if (state.number > 0)
		widget_quantity(c, r, row++, "fixed state", f, Q_KV_STATE);
	if (row < r.height && f->st->req.setup.tensor_parallel > 1) {
		char text[UNIT_TEXT];

		widget_row(c, r, row++, "request, one GPU",
			   unit_bytes(text, f->est.kv.bytes_per_gpu), STYLE_VALUE);
	}
}

static bool is_shown(const struct request *r, int rows)
{
	return !panel_cost_instead(r, rows);
}

static char *title(const struct frame *f, char out[64])
{
	return str_format(out, 64, "KV cache %s", dtype_name(f->st->req.setup.kv));
}

const struct panel panel_kv = {
	.rows = {3, 3, 5, 3},
	.makes_room = true,
	.is_shown = is_shown,
	.wide = {COLUMN_RIGHT, 2, 6},
	.group = "kv",
	.title = title,
	.draw = draw,
};
