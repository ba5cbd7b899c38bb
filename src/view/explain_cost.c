/* From the count to context, cache, memory and time: the same chain as the panels, with the sums
 * written out. */
#include "view/explain.h"

#include <math.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/fits.h"

static const char *plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static void add_context(struct explain *out, const struct frame *f)
{
	const struct estimate *e = &f->est;
	char text[256], a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT], g[UNIT_TEXT];

	explain_head(out, "Context");
	str_format(text, sizeof text, "%s image%s \xc3\x97 %s + %s text + %s output = %s positions",
		   unit_grouped(a, f->st->req.setup.images), plural(f->st->req.setup.images),
		   unit_grouped(b, e->tokens.per_image), unit_grouped(c, e->tokens.text),
		   unit_grouped(d, e->tokens.reserve), unit_grouped(g, e->tokens.total));
	explain_fact(out, "request", text);
	if (e->context.limit <= 0)
		return;
	int64_t left = e->context.text_left;

	str_format(text, sizeof text, "%s of %s = %s; %s %s", unit_grouped(a, e->tokens.total),
		   unit_grouped(b, e->context.limit), unit_percent(c, e->context.used_share),
		   unit_grouped(d, left < 0 ? -left : left),
		   left < 0 ? "too much" : "left for text");
	int64_t n = e->context.images_fit;

	if (n >= 0)
		str_append(text, sizeof text, "; %s image%s fit%s", unit_grouped(g, n), plural(n),
			   n == 1 ? "s" : "");
	explain_fact(out, "share", text);
}

/* Growing layers x elements x bytes, where that is all there is to it. */
static void kv_token_text(const struct frame *f, char text[256])
{
	const struct setup *s = &f->st->req.setup;
	const struct model *m = s->model;
	double bytes = dtype_kv_bytes(s->kv), value = f->est.kv.bytes_per_token.value;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT];

	unit_bytes(c, value);
	if (m->grow_layers > 0 &&
	    fabs((double)m->grow_layers * m->grow_elems * bytes - value) < 0.5)
		str_format(text, 256,
			   "%s layer%s that grow \xc3\x97 %s numbers of keys and values \xc3\x97 "
			   "%.4g bytes (%s) = %s",
			   unit_grouped(a, m->grow_layers), plural(m->grow_layers),
			   unit_grouped(b, m->grow_elems), bytes, dtype_name(s->kv), c);
	else
		str_format(text, 256, "%s in all layers and on all %d GPU%s, %s", c,
			   (int)s->tensor_parallel, plural(s->tensor_parallel), dtype_name(s->kv));
}

static void kv_request_text(const struct frame *f, char text[256])
{
	const struct setup *s = &f->st->req.setup;
	const struct estimate *e = &f->est;
	double block = s->engine->block_tokens > 0 ? s->engine->block_tokens : 1;
	double paged = ceil((double)e->tokens.total / block) * block,
	       grown = paged * e->kv.bytes_per_token.value;
	double rest = e->kv.bytes_per_request.value - grown;
	char a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT];

	str_format(text, 256, "%s positions", unit_grouped(a, (int64_t)paged));
	if (block > 1)
		str_append(text, 256, " (whole blocks of %s)", unit_grouped(b, (int64_t)block));
	str_append(text, 256, " \xc3\x97 %s", unit_bytes(c, e->kv.bytes_per_token.value));
	if (rest > 0.5)
		str_append(text, 256, " + %s for layers with a window or a fixed state",
			   unit_bytes(d, rest));
	str_append(text, 256, " = %s", unit_bytes(a, e->kv.bytes_per_request.value));
}

static void add_kv(struct explain *out, const struct frame *f)
{
	const struct estimate *e = &f->est;
	char text[256];

	explain_head(out, "KV cache");
	if (e->kv.bytes_per_token.reason) {
		explain_fact(out, "none", e->kv.bytes_per_token.reason);
		return;
	}
	kv_token_text(f, text);
	explain_fact(out, "a token", text);
	if (e->kv.bytes_per_request.reason)
		str_format(text, sizeof text, "%s", e->kv.bytes_per_request.reason);
	else
		kv_request_text(f, text);
	explain_fact(out, "a request", text);
}

static void add_memory(struct explain *out, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct setup *s = &f->st->req.setup;
	char text[256], a[UNIT_TEXT], b[UNIT_TEXT], c[UNIT_TEXT], d[UNIT_TEXT], g[UNIT_TEXT];
	struct fits fits;

	explain_head(out, "Memory");
	if (e->memory.kv_pool_bytes.reason) {
		explain_fact(out, "none",
			     e->memory.overflow ? e->memory.overflow
						: e->memory.kv_pool_bytes.reason);
		return;
	}
	str_format(text, sizeof text,
		   "%s of %d \xc3\x97 %s - %s kept free - %s weights - %s reserve = %s",
		   unit_bytes(a, e->memory.total_bytes.value), (int)s->tensor_parallel,
		   s->hardware->id, unit_bytes(b, e->memory.idle_bytes),
		   unit_bytes(c, e->memory.weights_bytes.value),
		   unit_bytes(d, e->memory.reserve_bytes.value),
		   unit_bytes(g, e->memory.kv_pool_bytes.value));
	explain_fact(out, "KV pool", text);
	fits_of(s, e, &fits);
	explain_fact(out, "room", fits_text(&fits, text, sizeof text));
	if (fits.n > 0)
		explain_fact(out, "", fits_ways_text(&fits, text, sizeof text));
	if (e->capacity.concurrency.reason) {
		explain_fact(out, "at once", e->capacity.concurrency.reason);
		return;
	}
	str_format(text, sizeof text, "%s \xc3\xb7 %s a request, floored = %s",
		   unit_bytes(a, e->memory.kv_pool_bytes.value),
		   unit_bytes(b, e->kv.bytes_per_request.value),
		   unit_grouped(c, (int64_t)e->capacity.concurrency.value));
	if (s->images > 0 && !e->capacity.concurrency_text_only.reason &&
	    !e->capacity.image_factor.reason)
		str_append(text, sizeof text,
			   "; %s of text alone: the image costs a factor of %.3g",
			   unit_grouped(d, (int64_t)e->capacity.concurrency_text_only.value),
			   e->capacity.image_factor.value);
	explain_fact(out, "at once", text);
}

static struct explain_line *add_part(struct explain *out, const char *name, char sign,
				     double seconds, const char *text)
{
	char time[UNIT_TEXT];
	struct explain_line *line = explain_step(out, name, "", text);

	line->sign = sign;
	line->has_time = true;
	line->seconds = seconds;
	str_format(line->value, sizeof line->value, "%s", unit_time(time, seconds));
	return line;
}

/* Tower and projector, which text alone does not need. */
static void add_vision(struct explain *out, const struct estimate *e)
{
	char text[176], a[UNIT_TEXT];

	str_format(text, sizeof text, "the tower over the image: %sFLOP; bound by %s",
		   unit_rate(a, e->prefill.vision_flop), bound_name(e->prefill.vision.bound));
	add_part(out, "vision", '+', e->prefill.vision.seconds, text);
	str_format(text, sizeof text, "from features to tokens; bound by %s",
		   bound_name(e->prefill.projector.bound));
	add_part(out, "projector", '+', e->prefill.projector.seconds, text);
}

/* The two parts of the time before the encoder. */
static void add_preprocess(struct explain *out, const struct setup *s, const struct estimate *e)
{
	struct preprocess_job job;
	char text[176], who[PREPROCESS_TEXT];

	estimate_preparer(s, e, &job);
	if (job.way == PREPROCESS_NONE) {
		add_part(out, "preprocess", '+', 0, "left out, as asked for");
		return;
	}
	str_format(text, sizeof text, "%.3g million pixels read from %s by one CPU thread",
		   job.in_mpx * job.images, job.file_bytes > 0 ? "the file" : "a JPEG");
	add_part(out, "decode", '+', e->prefill.decode_s, text);
	str_format(text, sizeof text, "%.3g million pixels made for the tower by %s%s",
		   job.out_mpx * job.images, preprocess_words(&job, who),
		   e->prefill.preprocess_guessed ? "; not measured" : "");
	add_part(out, "processor", '+', e->prefill.processor_s, text);
}

static void add_prefill(struct explain *out, const struct frame *f)
{
	const struct estimate *e = &f->est;
	const struct setup *s = &f->st->req.setup;
	char text[176], a[UNIT_TEXT], b[UNIT_TEXT];

	explain_head(out, "Time to the first token");
	if (e->prefill.reason) {
		explain_fact(out, "none", e->prefill.reason);
		return;
	}
	add_part(out, "fixed", ' ', e->prefill.fixed.seconds, "the engine takes the request in");
	if (s->images > 0) {
		add_preprocess(out, s, e);
		add_vision(out, e);
	}
	str_format(text, sizeof text, "prefill of %s tokens: %sFLOP; bound by %s",
		   unit_grouped(b, e->tokens.images + e->tokens.text),
		   unit_rate(a, e->prefill.llm_flop), bound_name(e->prefill.llm.bound));
	add_part(out, "LLM", '+', e->prefill.llm.seconds, text);
	str_format(text, sizeof text, "%s to %s%s", unit_time(a, e->prefill.low_s),
		   unit_time(b, e->prefill.high_s),
		   e->prefill.calibrated ? "" : "; not fitted to measurements");
	add_part(out, "in all", '=', e->prefill.ttft_s, text)->style = STYLE_VALUE | STYLE_BOLD;
}

void explain_costs(struct explain *out, const struct frame *f)
{
	if (f->est.why == REASON_REFUSED)
		return;
	add_context(out, f);
	add_kv(out, f);
	add_memory(out, f);
	add_prefill(out, f);
}
