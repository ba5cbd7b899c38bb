#include "cli/report.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/sheet.h"
#include "core/fits.h"
#include "core/reason.h"

enum { LABEL = 12, PARTS_TEXT = 400 };

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

struct value result_value(const struct result *r, enum quantity_id id)
{
	if (id == Q_MODEL)
		return (struct value){.text = r->target->name};
	return quantity_read(id, &r->setup, &r->e);
}

/* As people read it; a dash where there is none. */
static const char *text_of(const struct result *r, enum quantity_id id, char room[UNIT_TEXT])
{
	struct value v = result_value(r, id);

	return quantity_text(id, &v, room);
}

static const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static void tokens_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	if (e->why == REASON_REFUSED) {
		line(o, "tokens", "refused: %s", e->refusal);
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
	line(o, "request", "%s of images + %s text + %s output = %s",
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
	if (e->why == REASON_REFUSED) {
		line(o, "context", "%s limit", unit_grouped(a, e->context.limit));
		return;
	}
	char fit[UNIT_TEXT + 24] = "";
	int64_t left = e->context.text_left, n = e->context.images_fit;

	if (n >= 0)
		snprintf(fit, sizeof(fit), "; %s image%s%s fit%s", unit_grouped(d, n), plural(n),
			 left < 0 ? " would" : "", left >= 0 && n == 1 ? "s" : "");
	if (left < 0)
		line(o, "context", "%s limit, %s used: %s token%s too much%s",
		     unit_grouped(a, e->context.limit), unit_percent(b, e->context.used_share),
		     unit_grouped(c, -left), plural(-left), fit);
	else
		line(o, "context", "%s limit, %s used, %s left%s",
		     unit_grouped(a, e->context.limit), unit_percent(b, e->context.used_share),
		     unit_grouped(c, left), fit);
}

static void kv_line(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	if (e->kv.bytes_per_token.reason) {
		line(o, "KV cache", "not available: %s", e->kv.bytes_per_token.reason);
		return;
	}
	bool has_image = r->setup.images > 0;

	line(o, "KV cache", "%s per token, %s%s%s per request, %s", text_of(r, Q_KV_TOKEN, a),
	     has_image ? text_of(r, Q_KV_IMAGE, b) : "", has_image ? " per image, " : "",
	     text_of(r, Q_KV_REQUEST, c), dtype_name(r->setup.kv));
	if (e->kv.window_bytes.value > 0)
		line(o, "", "layers with a window grow to %s at most", text_of(r, Q_KV_WINDOW, d));
	if (e->kv.state_bytes.value > 0)
		line(o, "", "layers with a fixed state take %s", text_of(r, Q_KV_STATE, d));
	if (e->kv.bytes_per_request.reason)
		line(o, "", "per request: %s", estimate_reason(e, e->kv.bytes_per_request.reason));
}

/* What is set aside, part by part; where the greatest counts, the others stand in brackets. */
static void parts_line(const struct result *r, struct out *o)
{
	static const enum quantity_id ids[] = {Q_ENCODER,       Q_ACTIVATION, Q_SAMPLER,
					       Q_ENCODER_CACHE, Q_BUFFER,     Q_PROJECTOR_FILE,
					       Q_SLOT_STATE,    Q_GRAPHS,     Q_FRAMEWORK};
	const struct estimate *e = &r->e;
	double greatest = fmax(e->memory.encoder_bytes,
			       fmax(e->memory.activation_bytes, e->memory.sampler_bytes));
	char text[PARTS_TEXT] = "", number[UNIT_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		struct value v = quantity_read(ids[i], &r->setup, e);
		bool aside = e->memory.takes_greatest && i < 3 && v.number < greatest;
		size_t used = strlen(text);

		if (v.reason || !(v.number > 0))
			continue;
		str_format(text + used, sizeof(text) - used, "%s%s%s %s%s", *text ? ", " : "",
			   aside ? "(" : "", quantity_label(ids[i]), text_of(r, ids[i], number),
			   aside ? ")" : "");
	}
	line(o, "", "set aside: %s%s", text,
	     e->memory.takes_greatest ? "; of the first three the greatest counts" : "");
}

/* Whether it fits, from the low end, and what would make it. */
static void fits_lines(const struct result *r, struct out *o)
{
	char text[FITS_TEXT], ways[FITS_TEXT];
	struct fits f;

	fits_of(&r->setup, &r->e, &f);
	if (f.answer == FITS_UNKNOWN)
		return;
	if (f.answer == FITS_NO)
		line(o, "", "%s: %s", fits_text(&f, text, sizeof(text)), r->e.memory.overflow);
	else
		line(o, "", "%s", fits_text(&f, text, sizeof(text)));
	if (f.n > 0)
		line(o, "", "it fits with %s", fits_ways_text(&f, ways, sizeof(ways)));
	if (f.answer == FITS_NO && r->e.memory.gpus_needed > 0)
		line(o, "", "%d GPU%s would usually hold it, one request at a time",
		     (int)r->e.memory.gpus_needed, plural(r->e.memory.gpus_needed));
}

static void memory_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT], share[UNIT_TEXT];

	if (e->memory.total_bytes.reason) {
		line(o, "memory", "not available: %s",
		     estimate_reason(e, e->memory.total_bytes.reason));
	} else {
		line(o, "memory", "%s, %s taken: weights %s (%s), set aside %s, KV pool %s",
		     text_of(r, Q_MEMORY, a), unit_percent(share, e->memory.utilisation),
		     text_of(r, Q_WEIGHTS, b), dtype_name(setup_weights(&r->setup)),
		     text_of(r, Q_RESERVE, c), text_of(r, Q_KV_POOL, d));
		parts_line(r, o);
		if (!e->memory.kv_pool_bytes.reason)
			line(o, "", "KV pool from %s to %s",
			     e->memory.kv_pool_low_bytes.reason ? "nothing"
								: text_of(r, Q_KV_POOL_LOW, a),
			     text_of(r, Q_KV_POOL_HIGH, b));
		fits_lines(r, o);
		if (e->memory.caveat)
			line(o, "", "%s", e->memory.caveat);
	}
	if (e->capacity.concurrency.reason) {
		line(o, "capacity", "not available: %s",
		     estimate_reason(e, e->capacity.concurrency.reason));
		return;
	}
	bool has_factor = r->setup.images > 0 && !e->capacity.image_factor.reason;

	line(o, "capacity", "%s request%s at once; %s of text alone, %s of full context%s%s",
	     text_of(r, Q_CONCURRENCY, a), plural((int64_t)e->capacity.concurrency.value),
	     text_of(r, Q_TEXT_ONLY, b),
	     e->capacity.concurrency_full.reason ? "none" : text_of(r, Q_FULL, d),
	     has_factor ? "; image factor " : "", has_factor ? text_of(r, Q_IMAGE_FACTOR, c) : "");
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
		line(o, "prefill", "not available: %s", estimate_reason(e, e->prefill.reason));
		if (!e->prefill.image_reason && r->setup.images > 0)
			line(o, "",
			     "the pictures alone: decode %s + processor %s + vision %s + projector "
			     "%s",
			     unit_time(a, e->prefill.decode_s),
			     unit_time(b, e->prefill.processor_s),
			     unit_time(c, e->prefill.vision.seconds),
			     unit_time(d, e->prefill.projector.seconds));
		return;
	}
	line(o, "prefill", "%s to the first token (%s to %s), bound by %s",
	     unit_time(a, e->prefill.ttft_s), unit_time(b, e->prefill.low_s),
	     unit_time(c, e->prefill.high_s), bound_name(e->prefill.bound));
	before_line(r, o);
	if (r->setup.images == 0)
		line(o, "", "GPU %s of it, the LLM (%s)", unit_time(a, e->prefill.gpu_s),
		     bound_name(e->prefill.llm.bound));
	else
		line(o, "", "GPU %s of it: vision %s (%s) + projector %s + LLM %s (%s)",
		     unit_time(a, e->prefill.gpu_s), unit_time(c, e->prefill.vision.seconds),
		     bound_name(e->prefill.vision.bound),
		     unit_time(d, e->prefill.projector.seconds),
		     unit_time(f, e->prefill.llm.seconds), bound_name(e->prefill.llm.bound));
	line(o, "", "%s%s%s",
	     e->prefill.calibrated ? "fitted to measurements" : "not fitted to measurements",
	     e->prefill.caveat ? "; " : "", e->prefill.caveat ? e->prefill.caveat : "");
}

/* A server of such requests, what it costs, and what the traffic that was asked for needs. */
static void server_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT], f[UNIT_TEXT];
	struct value date = result_value(r, Q_RENT_DATE);
	struct value caveat = result_value(r, Q_SERVER_CAVEAT);

	if (e->decode.reason) {
		line(o, "server", "not available: %s", estimate_reason(e, e->decode.reason));
		return;
	}
	line(o, "server", "requests at %s (%s to %s), %s at once, bound by %s",
	     text_of(r, Q_REQUESTS_S, a), text_of(r, Q_REQUESTS_LOW, b),
	     text_of(r, Q_REQUESTS_HIGH, c), text_of(r, Q_AT_ONCE, d),
	     text_of(r, Q_SERVER_BOUND, f));
	line(o, "",
	     "%s between tokens (%s to %s), output tokens at %s; one request alone %s a token",
	     text_of(r, Q_ITL, a), text_of(r, Q_ITL_LOW, b), text_of(r, Q_ITL_HIGH, c),
	     text_of(r, Q_OUTPUT_S, d), text_of(r, Q_STEP_ONE, f));
	line(o, "", "%s%s%s",
	     e->decode.calibrated ? "fitted to measurements" : "not fitted to measurements",
	     caveat.reason ? "" : "; ", caveat.reason ? "" : caveat.text);
	if (e->cost.reason) {
		line(o, "cost", "not available: %s", estimate_reason(e, e->cost.reason));
	} else {
		line(o, "cost", "%s for 1,000 %s (%s to %s) at %s an hour%s%s",
		     text_of(r, Q_COST, a), r->setup.images > 0 ? "images" : "requests",
		     text_of(r, Q_COST_LOW, b), text_of(r, Q_COST_HIGH, c), text_of(r, Q_RENT, d),
		     date.reason ? "" : ", prices until ", date.reason ? "" : date.text);
	}
}

/* Where servers that are as slow as they may be fall behind, a queue has no longest time. */
static const char *longest_of(const struct result *r, enum quantity_id id, char room[UNIT_TEXT])
{
	return result_value(r, id).reason ? "no end" : text_of(r, id, room);
}

static void traffic_lines(const struct result *r, struct out *o)
{
	const struct estimate *e = &r->e;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT], f[UNIT_TEXT];

	if (!(r->setup.rate_per_s > 0) || e->decode.reason)
		return;
	if (e->traffic.reason) {
		line(o, "traffic", "not available: %s", estimate_reason(e, e->traffic.reason));
		return;
	}
	line(o, "traffic", "%s GPU%s for %s; first token after %s (%s to %s)",
	     text_of(r, Q_GPUS, a), plural((int64_t)e->traffic.gpus),
	     unit_text(d, UNIT_RATE, r->setup.rate_per_s), text_of(r, Q_TRAFFIC_TTFT, b),
	     text_of(r, Q_TRAFFIC_TTFT_LOW, c), longest_of(r, Q_TRAFFIC_TTFT_HIGH, f));
	line(o, "", "%s between tokens (%s to %s)", text_of(r, Q_TRAFFIC_ITL, a),
	     text_of(r, Q_TRAFFIC_ITL_LOW, b), longest_of(r, Q_TRAFFIC_ITL_HIGH, c));
	if (!e->cost.reason)
		line(o, "", "%s an hour, %s for 1,000 %s", text_of(r, Q_TRAFFIC_HOUR, a),
		     text_of(r, Q_TRAFFIC_COST, b), r->setup.images > 0 ? "images" : "requests");
}

/* A line for each that has keys whose values could not be confirmed. */
static void unverified_lines(const struct result *r, struct out *o)
{
	const char *label = "unverified";

	for (enum quantity_id id = 0; id < Q_N; id++) {
		const struct quantity_spec *q = &quantities[id];
		struct value v = result_value(r, id);

		if (!q->group || strcmp(q->group, "unverified") != 0 || v.reason)
			continue;
		line(o, label, "%s: %s", q->label, v.text);
		label = "";
	}
}

static void price_line(const struct result *r, struct out *o)
{
	static const enum quantity_id more[] = {Q_PRICE_BATCH, Q_PRICE_CACHED, Q_PRICE_OUTPUT,
						Q_PRICE_REQUEST};
	struct value date = result_value(r, Q_PRICE_DATE), mark = result_value(r, Q_PRICE_MARK);
	char a[UNIT_TEXT], b[UNIT_TEXT];

	if (result_value(r, Q_PRICE_IMAGES).reason)
		return;
	line(o, "price", "%s for 1,000 images at %s for a million input tokens",
	     text_of(r, Q_PRICE_IMAGES, a), text_of(r, Q_PRICE_MILLION, b));
	for (size_t i = 0; i < ARRAY_SIZE(more); i++)
		if (!result_value(r, more[i]).reason)
			line(o, "", "%s: %s", quantity_label(more[i]), text_of(r, more[i], a));
	if (!date.reason)
		line(o, "", "of %s%s%s: %s", date.text, mark.reason ? "" : ", ",
		     mark.reason ? "" : mark.text, result_value(r, Q_PRICE_SOURCE).text);
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
	else if (s->model->is_stand_in)
		out_printf(o, "%s, an image processor", r->target->name);
	else
		out_printf(o, "%s on %d x %s, %s", r->target->name, (int)s->tensor_parallel,
			   s->hardware->id, s->engine->id);
	out_printf(o, "%s%s%s%s%s\n", s->lens == LENS_FORMULA ? ", textbook formula" : "",
		   r->target->processor && count_is_modified(r->target->processor, &s->knobs)
			   ? ", modified: no longer the checkpoint"
			   : "",
		   mark ? "  [" : "", mark ? mark : "", mark ? "]" : "");
	out_puts(o, color ? "\033[0m" : "");
	if (s->images > 0)
		line(o, "image", "%lldx%lld pixels, %s image%s", (long long)s->width,
		     (long long)s->height, unit_grouped(a, s->images), plural(s->images));
	tokens_lines(r, o);
	context_line(r, o);
	if (vendor) {
		line(o, "costs", "KV cache, memory and time are the vendor's and not known");
	} else if (s->model->is_stand_in) {
		line(o, "costs", "not available: %s", reason_text(REASON_NO_CHECKPOINT));
	} else {
		kv_line(r, o);
		memory_lines(r, o);
		prefill_lines(r, o);
		server_lines(r, o);
		traffic_lines(r, o);
	}
	price_line(r, o);
	unverified_lines(r, o);
}

/* ---------------------------------------------------------------- side by side */

/* The range of the time is two quantities in one column, behind it. */
static const enum quantity_id columns[] = {
	Q_MODEL,      Q_VISUAL,  Q_SPECIAL,     Q_TOTAL, Q_SHARE,    Q_IMAGES_FIT,
	Q_KV_REQUEST, Q_WEIGHTS, Q_CONCURRENCY, Q_TTFT,  Q_TTFT_LOW, Q_PRICE_IMAGES,
};

/* The first reason there is, or the marks of its numbers. */
static const char *note_of(const struct result *r, char room[40])
{
	const struct estimate *e = &r->e;
	const char *mark = target_mark(r->target);

	if (e->why == REASON_REFUSED)
		return e->refusal;
	if (target_vendor(r->target))
		return str_format(room, 40, "hosted%s%s", mark ? ", " : "", mark ? mark : "");
	if (e->memory.overflow)
		return e->memory.overflow;
	if (e->capacity.concurrency.reason)
		return e->capacity.concurrency.reason;
	return e->prefill.reason ? e->prefill.reason : mark;
}

static void add_range(struct sheet *s, const struct result *r)
{
	char low[UNIT_TEXT], high[UNIT_TEXT], range[2 * UNIT_TEXT + 4];

	if (result_value(r, Q_TTFT_LOW).reason) {
		sheet_empty(s);
		return;
	}
	snprintf(range, sizeof(range), "%s to %s", text_of(r, Q_TTFT_LOW, low),
		 text_of(r, Q_TTFT_HIGH, high));
	sheet_text(s, range);
}

static void add_result(struct sheet *s, const struct result *r, const enum quantity_id *ids,
		       size_t n)
{
	char note[40];

	for (size_t i = 0; i < n; i++) {
		struct value v = result_value(r, ids[i]);

		if (ids[i] == Q_TTFT_LOW)
			add_range(s, r);
		else
			sheet_quantity(s, ids[i], &v);
	}
	sheet_text(s, note_of(r, note));
}

static struct sheet_column column_of(enum quantity_id id, char name[QUANTITY_NAME])
{
	bool is_range = id == Q_TTFT_LOW;

	return (struct sheet_column){
		.name = quantity_name(id, name),
		.title = is_range ? "range" : quantity_head(id),
		.right = quantities[id].unit != UNIT_WORD,
	};
}

bool report_compare(const struct result *results, size_t n, enum format format, bool header,
		    bool color, struct out *o)
{
	struct sheet_column heads[ARRAY_SIZE(columns) + 1];
	enum quantity_id used[ARRAY_SIZE(columns)];
	char names[ARRAY_SIZE(columns)][QUANTITY_NAME];
	size_t used_n = 0;
	bool has_price = false;
	struct sheet s;

	for (size_t i = 0; i < n; i++)
		has_price |= !result_value(&results[i], Q_PRICE_IMAGES).reason;
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		if (columns[i] != Q_PRICE_IMAGES || has_price) {
			heads[used_n] = column_of(columns[i], names[used_n]);
			used[used_n++] = columns[i];
		}
	heads[used_n] = (struct sheet_column){.name = "note"};
	sheet_init(&s, heads, used_n + 1);
	for (size_t i = 0; i < n; i++)
		add_result(&s, &results[i], used, used_n);
	bool fine = sheet_write(&s, format, header, color, o);
	sheet_fini(&s);
	return fine;
}
