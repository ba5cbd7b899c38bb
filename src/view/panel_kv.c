/* What keys and values take. */
#include "view/panel.h"

#include "base/str.h"
#include "base/unit.h"
#include "view/widget.h"

static char *bytes(char *out, double value)
{
	return unit_bytes(out, value);
}

static void draw(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct estimate *pin = f->st->pin.is_set ? &f->pin : NULL;
	int row = 0;

	widget_quantity(c, r, row++, "per token", &e->kv.bytes_per_token,
			pin ? &pin->kv.bytes_per_token : NULL, bytes);
	widget_quantity(c, r, row++, "one image", &e->kv.bytes_per_image,
			pin ? &pin->kv.bytes_per_image : NULL, bytes);
	widget_quantity(c, r, row++, "request", &e->kv.bytes_per_request,
			pin ? &pin->kv.bytes_per_request : NULL, bytes);
	if (e->kv.window_bytes.value > 0 || e->kv.window_bytes.reason)
		widget_quantity(c, r, row++, "windows at most", &e->kv.window_bytes, NULL, bytes);
	if (row < r.height && f->st->req.setup.tensor_parallel > 1) {
		char text[UNIT_TEXT];

		widget_row(c, r, row++, "request, one GPU", unit_bytes(text, e->kv.bytes_per_gpu),
			   STYLE_VALUE, 0, 0);
	}
}

static char *title(const struct frame *f, char out[64])
{
	return str_format(out, 64, "KV cache %s", dtype_name(f->st->req.setup.kv));
}

const struct panel panel_kv = {
	.rows = {3, 3,           5, 3},
	.makes_room = true,
	.wide = {COLUMN_RIGHT, 2, 0},
	.title = title,
	.draw = draw,
};
