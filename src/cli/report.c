#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/sheet.h"

enum { LABEL = 12 };

/* A line: label, text. An empty label goes on with the one above. */
static void line(struct out *o, const char *label, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void line(struct out *o, const char *label, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	out_printf(o, "%-*s", LABEL, label);
	out_text(o, text, strlen(text));
	out_putc(o, '\n');
}

static const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static const char *bytes_or_dash(char room[UNIT_TEXT], const struct quantity *q)
{
	return q->reason ? "-" : unit_bytes(room, q->value);
}

static void tokens_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	if (e->count.refused) {
		line(o, "tokens", "refused: %s", e->count.reason);
		return;
	}
	if (r->setup.images == 0)
		line(o, "tokens", "no image");
	else if (e->count.has_special)
		line(o, "tokens", "%s visual + %s special = %s per image",
		     unit_grouped(a, e->count.visual), unit_grouped(b, e->count.special),
		     unit_grouped(c, e->tokens.per_image));
	else
		line(o, "tokens",
		     "%s visual per image (the processor does not tell its special tokens)",
		     unit_grouped(a, e->count.visual));
	line(o, "request", "%s of images + %s text + %s reserved = %s",
	     unit_grouped(a, e->tokens.images), unit_grouped(b, e->tokens.text),
	     unit_grouped(c, e->tokens.reserve), unit_grouped(d, e->tokens.total));
}

static void context_line(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	if (e->context.limit <= 0) {
		line(o, "context", "no limit is known; -c gives one");
		return;
	}
	if (e->count.refused) {
		line(o, "context", "%s limit", unit_grouped(a, e->context.limit));
		return;
	}
	if (e->context.text_left < 0)
		line(o, "context", "%s limit, %s used: %s tokens too much; %s image%s would fit",
		     unit_grouped(a, e->context.limit), unit_percent(b, e->context.used_share),
		     unit_grouped(c, -e->context.text_left), unit_grouped(d, e->context.images_fit),
		     plural(e->context.images_fit));
	else
		line(o, "context", "%s limit, %s used, %s left; %s image%s fit",
		     unit_grouped(a, e->context.limit), unit_percent(b, e->context.used_share),
		     unit_grouped(c, e->context.text_left), unit_grouped(d, e->context.images_fit),
		     plural(e->context.images_fit));
}

static void kv_line(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	if (e->kv.bytes_per_token.reason) {
		line(o, "KV cache", "not available: %s", e->kv.bytes_per_token.reason);
		return;
	}
	line(o, "KV cache", "%s per token, %s per image, %s per request, %s",
	     bytes_or_dash(a, &e->kv.bytes_per_token), bytes_or_dash(b, &e->kv.bytes_per_image),
	     bytes_or_dash(c, &e->kv.bytes_per_request), dtype_name(r->setup.kv));
	if (!e->kv.window_bytes.reason && e->kv.window_bytes.value > 0)
		line(o, "", "of it %s at most for layers with a window or a fixed state",
		     unit_bytes(d, e->kv.window_bytes.value));
	if (e->kv.bytes_per_request.reason)
		line(o, "", "per request: %s", e->kv.bytes_per_request.reason);
}

static void memory_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	if (e->memory.total_bytes.reason) {
		line(o, "memory", "not available: %s", e->memory.total_bytes.reason);
	} else {
		line(o, "memory", "%s: weights %s (%s), reserve %s, KV pool %s",
		     bytes_or_dash(a, &e->memory.total_bytes),
		     bytes_or_dash(b, &e->memory.weights_bytes), dtype_name(r->setup.weights),
		     bytes_or_dash(c, &e->memory.reserve_bytes),
		     bytes_or_dash(d, &e->memory.kv_pool_bytes));
		if (e->memory.overflow)
			line(o, "", "does not fit: %s", e->memory.overflow);
		if (e->memory.overflow && e->memory.gpus_needed > 0)
			line(o, "", "%d GPU%s would hold it", (int)e->memory.gpus_needed,
			     plural(e->memory.gpus_needed));
	}
	if (e->capacity.concurrency.reason) {
		line(o, "capacity", "not available: %s", e->capacity.concurrency.reason);
		return;
	}
	line(o, "capacity", "%s request%s at once; %s of text alone, %s of full context%s%s",
	     unit_count(a, e->capacity.concurrency.value),
	     plural((int64_t)e->capacity.concurrency.value),
	     e->capacity.concurrency_text_only.reason
		     ? "-"
		     : unit_count(b, e->capacity.concurrency_text_only.value),
	     e->capacity.concurrency_full.reason
		     ? "none"
		     : unit_count(d, e->capacity.concurrency_full.value),
	     e->capacity.image_factor.reason ? "" : "; images cost a factor of ",
	     e->capacity.image_factor.reason
		     ? ""
		     : (snprintf(c, sizeof(c), "%.3g", e->capacity.image_factor.value), c));
}

/* What is done before the GPU has anything to do. */
static void before_line(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	struct preprocess_job job;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], who[PREPROCESS_TEXT];

	unit_time(a, e->prefill.fixed.seconds);
	if (r->setup.images == 0) {
		line(o, "", "fixed %s", a);
		return;
	}
	estimate_preparer(&r->setup, e, &job);
	preprocess_words(&job, who);
	if (job.way == PREPROCESS_NONE)
		line(o, "", "fixed %s; preprocessing left out", a);
	else
		line(o, "", "fixed %s + decode %s + processor %s (%s%s)", a,
		     unit_time(b, e->prefill.decode_s), unit_time(c, e->prefill.processor_s), who,
		     e->prefill.preprocess_guessed ? "; not measured" : "");
}

static void prefill_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT], f[UNIT_TEXT];

	if (e->prefill.reason) {
		line(o, "prefill", "not available: %s", e->prefill.reason);
		return;
	}
	line(o, "prefill", "%s to the first token (%s to %s), bound by %s",
	     unit_time(a, e->prefill.ttft_s), unit_time(b, e->prefill.low_s),
	     unit_time(c, e->prefill.high_s), bound_name(e->prefill.bound));
	before_line(r, o);
	line(o, "", "GPU %s of it: vision %s (%s) + projector %s + LLM %s (%s)",
	     unit_time(a, e->prefill.gpu_s), unit_time(c, e->prefill.vision.seconds),
	     bound_name(e->prefill.vision.bound), unit_time(d, e->prefill.projector.seconds),
	     unit_time(f, e->prefill.llm.seconds), bound_name(e->prefill.llm.bound));
	line(o, "", "%s%s%s",
	     e->prefill.calibrated ? "fitted to measurements" : "not fitted to measurements",
	     e->prefill.caveat ? "; " : "", e->prefill.caveat ? e->prefill.caveat : "");
}

/* A line for each that has keys whose values could not be confirmed. */
static void unverified_lines(const struct result *r, struct out *o)
{
	const char *label = "unverified";

	for (size_t i = 0; i < result_members_n; i++) {
		const struct member *m = &result_members[i];

		if (!m->group || strcmp(m->group, "unverified") != 0 || !result_has(r, i))
			continue;
		line(o, label, "%s: %s", m->name, result_value(r, i).text);
		label = "";
	}
}

static void price_line(const struct result *r, struct out *o)
{
	if (r->price_usd > 0 && !r->e.count.refused)
		line(o, "price", "%.4g USD for 1,000 images at %.4g USD for a million input tokens",
		     (double)r->e.tokens.per_image * r->price_usd / 1e3, r->price_usd);
}

void report_write(const struct result *r, bool color, struct out *o)
{
	const struct setup *s = &r->setup;
	const char *mark = target_mark(r->target);
	const char *vendor = target_vendor(r->target);
	char a[UNIT_TEXT];

	out_puts(o, color ? "\033[1m" : "");
	if (vendor)
		out_printf(o, "%s, hosted by %s", r->target->name, vendor);
	else
		out_printf(o, "%s on %d x %s, %s", r->target->name, (int)s->tensor_parallel,
			   s->hardware->id, s->engine->id);
	out_printf(o, "%s%s%s%s%s\n", s->lens == LENS_FORMULA ? ", textbook formula" : "",
		   r->target->processor && count_is_modified(r->target->processor, &s->knobs)
			   ? ", modified: no longer the checkpoint"
			   : "",
		   mark ? "  [" : "", mark ? mark : "", mark ? "]" : "");
	out_puts(o, color ? "\033[0m" : "");
	line(o, "image", "%lldx%lld pixels, %s image%s", (long long)s->width, (long long)s->height,
	     unit_grouped(a, s->images), plural(s->images));
	tokens_lines(r, o);
	context_line(r, o);
	if (vendor) {
		line(o, "costs", "KV cache, memory and time are the vendor's and not known");
	} else {
		kv_line(r, o);
		memory_lines(r, o);
		prefill_lines(r, o);
	}
	price_line(r, o);
	unverified_lines(r, o);
}

/* ---------------------------------------------------------------- side by side */

static const struct sheet_column columns[] = {
	{"model",                NULL,           false},
	{"visual",               NULL,           true },
	{"special",              NULL,           true },
	{"total",                "request",      true },
	{"used_share",           "context used", true },
	{"images_fit",           "images fit",   true },
	{"kv_bytes_per_request", "KV/request",   true },
	{"weights_bytes",        "weights",      true },
	{"concurrency",          "at once",      true },
	{"ttft_ms",              "first token",  true },
	{"range",                "range",        true },
	{"usd_per_1000_images",  "USD/1,000",    true },
	{"note",		 NULL,           false},
};
enum { PRICE_COLUMN = 11 };

static void add_bytes(struct sheet *s, const struct quantity *q)
{
	char room[UNIT_TEXT];

	if (q->reason)
		sheet_empty(s);
	else
		sheet_number(s, q->value, unit_bytes(room, q->value));
}

/* The first reason there is, or the marks of its numbers. */
static const char *note_of(const struct result *r, char room[40])
{
	const struct estimate *e = &r->e;
	const char *mark = target_mark(r->target);

	if (e->count.refused)
		return e->count.reason;
	if (target_vendor(r->target))
		return str_format(room, 40, "hosted%s%s", mark ? ", " : "", mark ? mark : "");
	if (e->memory.overflow)
		return e->memory.overflow;
	if (e->capacity.concurrency.reason)
		return e->capacity.concurrency.reason;
	return e->prefill.reason ? e->prefill.reason : mark;
}

static void add_tokens(struct sheet *s, const struct estimate *e)
{
	char room[UNIT_TEXT];

	if (e->count.refused) {
		for (int i = 0; i < 5; i++)
			sheet_empty(s);
		return;
	}
	sheet_int(s, e->count.visual, NULL);
	if (e->count.has_special)
		sheet_int(s, e->count.special, NULL);
	else
		sheet_empty(s);
	sheet_int(s, e->tokens.total, NULL);
	if (e->context.limit > 0) {
		sheet_number(s, e->context.used_share, unit_percent(room, e->context.used_share));
		sheet_int(s, e->context.images_fit, NULL);
	} else {
		sheet_empty(s);
		sheet_empty(s);
	}
}

static void add_time(struct sheet *s, const struct estimate *e)
{
	char a[UNIT_TEXT], b[UNIT_TEXT], range[2 * UNIT_TEXT + 4];

	if (e->prefill.reason) {
		sheet_empty(s);
		sheet_empty(s);
		return;
	}
	sheet_number(s, e->prefill.ttft_s * 1e3, unit_time(a, e->prefill.ttft_s));
	snprintf(range, sizeof(range), "%s..%s", unit_time(a, e->prefill.low_s),
		 unit_time(b, e->prefill.high_s));
	sheet_text(s, range);
}

static void add_result(struct sheet *s, const struct result *r, bool with_price)
{
	const struct estimate *e = &r->e;
	char room[UNIT_TEXT], note[40];

	sheet_text(s, r->target->name);
	add_tokens(s, e);
	add_bytes(s, &e->kv.bytes_per_request);
	add_bytes(s, &e->memory.weights_bytes);
	if (e->capacity.concurrency.reason)
		sheet_empty(s);
	else
		sheet_number(s, e->capacity.concurrency.value, NULL);
	add_time(s, e);
	if (with_price) {
		double usd = (double)e->tokens.per_image * r->price_usd / 1e3;
		snprintf(room, sizeof(room), "%.4g", usd);
		sheet_number(s, usd, room);
	}
	sheet_text(s, note_of(r, note));
}

bool report_compare(const struct result *results, size_t n, enum format format, bool header,
		    bool color, struct out *o)
{
	struct sheet_column used[ARRAY_SIZE(columns)];
	bool with_price = n && results[0].price_usd > 0;
	size_t used_n = 0;
	struct sheet s;

	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		if (i != PRICE_COLUMN || with_price)
			used[used_n++] = columns[i];
	sheet_init(&s, used, used_n);
	for (size_t i = 0; i < n; i++)
		add_result(&s, &results[i], with_price);
	bool fine = sheet_write(&s, format, header, color, o);
	sheet_fini(&s);
	return fine;
}
