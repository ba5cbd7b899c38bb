#include "view/export.h"

#include "base/str.h"
#include "view/export_svg.h"
#include "view/frame.h"
#include "view/view.h"

/* ------------------------------------------------------------ the screen's numbers, one row each
 */

struct row {
	const char *name, *unit;
	double value;
	bool is_there;
};

enum { ROWS_MAX = 40 };

static void add(struct row *rows, int *n, const char *name, const char *unit, double value,
		bool is_there)
{
	if (*n < ROWS_MAX)
		rows[(*n)++] = (struct row){name, unit, value, is_there};
}

static void add_quantity(struct row *rows, int *n, const char *name, const char *unit,
			 const struct quantity *q)
{
	add(rows, n, name, unit, q->value, !q->reason);
}

static int collect(const struct frame *f, struct row *rows)
{
	const struct estimate *e = &f->est;
	const struct setup *s = &f->st->req.setup;
	bool counted = !e->count.refused, timed = counted && !e->prefill.reason;
	bool has_limit = e->context.limit > 0;
	int n = 0;

	add(rows, &n, "width", "px", (double)s->width, true);
	add(rows, &n, "height", "px", (double)s->height, true);
	add(rows, &n, "images", "", (double)s->images, true);
	add(rows, &n, "visual_tokens", "tokens", (double)e->count.visual, counted);
	add(rows, &n, "special_tokens", "tokens", (double)e->count.special,
	    counted && e->count.has_special);
	add(rows, &n, "total_tokens", "tokens", (double)e->tokens.total, counted);
	add(rows, &n, "context_limit", "tokens", (double)e->context.limit, has_limit);
	add(rows, &n, "context_share", "", e->context.used_share, counted && has_limit);
	add(rows, &n, "text_left", "tokens", (double)e->context.text_left, counted && has_limit);
	add(rows, &n, "images_fit", "", (double)e->context.images_fit, counted && has_limit);
	add_quantity(rows, &n, "kv_bytes_per_token", "bytes", &e->kv.bytes_per_token);
	add_quantity(rows, &n, "kv_bytes_per_image", "bytes", &e->kv.bytes_per_image);
	add_quantity(rows, &n, "kv_bytes_per_request", "bytes", &e->kv.bytes_per_request);
	add_quantity(rows, &n, "weights_bytes", "bytes", &e->memory.weights_bytes);
	add_quantity(rows, &n, "kv_pool_bytes", "bytes", &e->memory.kv_pool_bytes);
	add_quantity(rows, &n, "concurrency", "", &e->capacity.concurrency);
	add_quantity(rows, &n, "concurrency_text_only", "", &e->capacity.concurrency_text_only);
	add_quantity(rows, &n, "concurrency_full", "", &e->capacity.concurrency_full);
	add_quantity(rows, &n, "image_factor", "", &e->capacity.image_factor);
	add(rows, &n, "vision_ms", "ms", e->prefill.vision.seconds * 1e3, timed);
	add(rows, &n, "projector_ms", "ms", e->prefill.projector.seconds * 1e3, timed);
	add(rows, &n, "llm_ms", "ms", e->prefill.llm.seconds * 1e3, timed);
	add(rows, &n, "ttft_ms", "ms", e->prefill.ttft_s * 1e3, timed);
	add(rows, &n, "low_ms", "ms", e->prefill.low_s * 1e3, timed);
	add(rows, &n, "high_ms", "ms", e->prefill.high_s * 1e3, timed);
	return n;
}

static void export_rows(const struct frame *f, enum export_format format, struct strbuf *out)
{
	const struct setup *s = &f->st->req.setup;
	const char *model = s->model->id, *hardware = s->hardware->id;
	const char *lens = s->lens == LENS_EXACT ? "exact" : "formula";
	struct row rows[ROWS_MAX];
	int n = collect(f, rows);

	/* ids come from registry sections, which hold no character that any of the formats would
	 * have to escape */
	if (format == EXPORT_CSV)
		strbuf_printf(out, "name,value,unit\nmodel,%s,\nhardware,%s,\nlens,%s,\n", model,
			      hardware, lens);
	else if (format == EXPORT_JSON)
		strbuf_printf(
			out, "{\n  \"model\": \"%s\",\n  \"hardware\": \"%s\",\n  \"lens\": \"%s\"",
			model, hardware, lens);
	else
		strbuf_printf(out,
			      "| name | value | unit |\n| --- | ---: | --- |\n| model | %s | |\n| "
			      "hardware | %s | |\n"
			      "| lens | %s | |\n",
			      model, hardware, lens);
	for (int i = 0; i < n; i++) {
		char value[40] = "";

		if (rows[i].is_there)
			str_format(value, sizeof value, "%.10g", rows[i].value);
		if (format == EXPORT_CSV)
			strbuf_printf(out, "%s,%s,%s\n", rows[i].name, value, rows[i].unit);
		else if (format == EXPORT_JSON)
			strbuf_printf(out, ",\n  \"%s\": %s", rows[i].name,
				      *value ? value : "null");
		else
			strbuf_printf(out, "| %s | %s | %s |\n", rows[i].name, value, rows[i].unit);
	}
	if (format == EXPORT_JSON)
		strbuf_puts(out, "\n}\n");
}

void export_state(const struct state *st, enum export_format format, struct strbuf *out)
{
	struct frame f;

	if (format == EXPORT_SVG) {
		export_svg(st, out);
		return;
	}
	frame_init(&f, st);
	if (f.is_valid && st->view < views_n && views[st->view]->write)
		views[st->view]->write(&f, format, out);
	else if (f.is_valid)
		export_rows(&f, format, out);
}
