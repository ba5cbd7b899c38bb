#include "view/export.h"

#include <string.h>

#include "base/str.h"
#include "state/knobs.h"
#include "view/export_svg.h"
#include "view/frame.h"
#include "view/textbook.h"
#include "view/view.h"

bool export_format_of(const char *path, enum export_format *out)
{
	static const struct {
		const char *end;
		enum export_format format;
	} ends[] = {
		{".csv",  EXPORT_CSV     },
		{".json", EXPORT_JSON    },
		{".md",   EXPORT_MARKDOWN},
		{".svg",  EXPORT_SVG     }
        };
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && dot != path && i < ARRAY_SIZE(ends); i++)
		if (str_casecmp(dot, ends[i].end) == 0) {
			*out = ends[i].format;
			return true;
		}
	return false;
}

/* Between quotes, those inside doubled (CSV) or escaped (JSON). */
static void quote(struct strbuf *out, const char *text, char escape)
{
	strbuf_putc(out, '"');
	for (; *text; text++) {
		if (*text == '"' || (*text == '\\' && escape == '\\'))
			strbuf_putc(out, escape);
		strbuf_putc(out, *text);
	}
	strbuf_putc(out, '"');
}

static void put_field(struct strbuf *out, enum export_format format, const char *text)
{
	double number;

	if (format == EXPORT_JSON && !*text)
		strbuf_puts(out, "null");
	else if (format == EXPORT_JSON && !str_num(text, &number))
		quote(out, text, '\\');
	else if (format == EXPORT_CSV && strpbrk(text, ",\""))
		quote(out, text, '"');
	else
		for (; *text; text++)
			strbuf_putc(out, *text == '|' && format == EXPORT_MARKDOWN ? '/' : *text);
}

static void put_line(struct strbuf *out, enum export_format format, const char *const *names,
		     const char *const *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (format == EXPORT_JSON)
			strbuf_printf(out, "%s\"%s\": ", i ? ", " : "{", names[i]);
		else
			strbuf_puts(out, format == EXPORT_CSV ? (i ? "," : "") : i ? " | " : "| ");
		put_field(out, format, fields[i]);
	}
	strbuf_puts(out, format == EXPORT_JSON ? "}" : format == EXPORT_CSV ? "\n" : " |\n");
}

void export_head(struct strbuf *out, enum export_format format, const char *const *names, size_t n)
{
	if (format == EXPORT_JSON) {
		strbuf_puts(out, "[\n");
		return;
	}
	put_line(out, format, names, names, n);
	for (size_t i = 0; format == EXPORT_MARKDOWN && i < n; i++)
		strbuf_puts(out, i + 1 < n ? "| --- " : "| --- |\n");
}

void export_fields(struct strbuf *out, enum export_format format, const char *const *names,
		   const char *const *fields, size_t n, bool is_first)
{
	if (format == EXPORT_JSON)
		strbuf_puts(out, is_first ? "  " : ",\n  ");
	put_line(out, format, names, fields, n);
}

void export_tail(struct strbuf *out, enum export_format format)
{
	if (format == EXPORT_JSON)
		strbuf_puts(out, "\n]\n");
}

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

/* ------------------------------------------------------------ the command line of the screen */

/* A word for the shell: in quotes when it holds anything but letters, digits and a few safe marks.
 */
void export_word(struct strbuf *out, const char *word)
{
	bool is_safe = *word != '\0' && *word != '-';

	for (const char *p = word; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		      (*p >= '0' && *p <= '9') || strchr("._-/@+:,", *p)))
			is_safe = false;
	strbuf_putc(out, ' ');
	if (is_safe) {
		strbuf_puts(out, word);
		return;
	}
	strbuf_puts(out, *word == '-' ? "./'" : "'");
	for (const char *p = word; *p; p++)
		if (*p == '\'')
			strbuf_puts(out, "'\\''");
		else
			strbuf_putc(out, *p);
	strbuf_putc(out, '\'');
}

static void put_number(struct strbuf *out, const char *option, int64_t value, bool is_usual)
{
	if (!is_usual)
		strbuf_printf(out, " %s %lld", option, (long long)value);
}

static void put_name(struct strbuf *out, const char *option, const char *name, const char *usual)
{
	if (!name || strcmp(name, usual) == 0)
		return;
	strbuf_printf(out, " %s", option);
	export_word(out, name);
}

static bool is_size(const struct setup *s, int64_t width, int64_t height)
{
	return s->width == width && s->height == height;
}

/* The picture, or the size whose aspect the lock keeps; then what the knobs made of it. */
static void put_subject(struct strbuf *out, const struct state *st)
{
	const struct setup *s = &st->req.setup;
	const struct picture_info *p = &st->picture;
	bool is_picture = p->path[0] != '\0';

	if (!st->req.aspect_lock)
		strbuf_puts(out, " --no-lock");
	if (is_picture ? !is_size(s, p->width, p->height)
		       : !is_size(s, st->req.aspect_w, st->req.aspect_h))
		strbuf_printf(out, " --at %lldx%lld", (long long)s->width, (long long)s->height);
	if (is_picture)
		export_word(out, p->path);
	else
		strbuf_printf(out, " %lldx%lld", (long long)st->req.aspect_w,
			      (long long)st->req.aspect_h);
}

/* What every command that computes takes. */
static void put_request(const struct state *st, struct strbuf *out)
{
	const struct setup *s = &st->req.setup;
	const struct knobs *k = &s->knobs;
	bool is_plain = !st->is_configured; /* settings may stand where the program's defaults do */

	strbuf_puts(out, st->carried);
	put_name(out, "-m", s->model ? s->model->id : NULL, is_plain ? "qwen3-vl-8b" : "");
	put_name(out, "--lens", s->lens == LENS_EXACT ? "exact" : "formula",
		 is_plain ? "exact" : "");
	put_number(out, "-n", s->images, s->images == 1);
	put_number(out, "--grid", k->grid_k, k->grid_k == 0);
	put_number(out, "--merge", k->merge, k->merge == 0);
	put_number(out, "--pool", k->pool, k->pool == 0);
	put_number(out, "--patch", k->patch, k->patch == 0);
	put_number(out, "--min-pixels", k->min_pixels, k->min_pixels == 0);
	put_number(out, "--max-pixels", k->max_pixels, k->max_pixels == 0);
	put_name(out, "--detail", detail_names[k->detail], detail_names[DETAIL_AUTO]);
	put_name(out, "--media-resolution", media_names[k->media], media_names[MEDIA_DEFAULT]);
	put_number(out, "-c", s->context_limit, s->context_limit == 0);
	put_number(out, "-t", s->text_tokens, s->text_tokens == 512);
	put_number(out, "-r", s->reserve_tokens, s->reserve_tokens == 1024);
	put_name(out, "-g", s->hardware ? s->hardware->id : NULL, is_plain ? "h100-sxm" : "");
	put_name(out, "--engine", s->engine ? s->engine->id : NULL, is_plain ? "vllm" : "");
	put_number(out, "--tp", s->tensor_parallel, s->tensor_parallel == 1);
	put_name(out, "--weights", dtype_name(s->weights), "bf16");
	put_name(out, "--kv", dtype_name(s->kv), "bf16");
}

void export_estimate(const struct state *st, struct strbuf *out)
{
	const struct setup *s = &st->req.setup;

	strbuf_puts(out, "vtok estimate");
	put_request(st, out);
	strbuf_printf(out, " %lldx%lld", (long long)s->width, (long long)s->height);
}

void export_command(const struct state *st, struct strbuf *out)
{
	bool is_plain = !st->is_configured;

	strbuf_puts(out, "vtok tui");
	put_request(st, out);
	put_name(out, "--view", views[st->view < views_n ? st->view : 0]->name,
		 is_plain ? "dashboard" : "");
	put_name(out, "--metric", metric_name(st->metric), is_plain ? "tokens" : "");
	put_name(out, "--axis", st->log_axis ? "log" : "linear", is_plain ? "log" : "");
	put_name(out, "--theme", st->theme->name, is_plain ? themes[0].name : "");
	if (st->big)
		strbuf_puts(out, " --big");
	if (st->ascii)
		strbuf_puts(out, " --ascii");
	put_subject(out, st);
}
