#include "view/notes.h"

#include "base/str.h"
#include "base/unit.h"
#include "core/memory.h"
#include "base/utf8.h"
#include "core/reason.h"
#include "view/widget.h"

/* Draws a block into r, whose first row is for its title, and returns its rows. */
typedef int (*block_draw)(struct cells *c, struct rect r, const struct setup *s);

static void put(struct cells *c, struct rect r, int row, const char *label, const char *value)
{
	widget_row(c, r, row, label, value, STYLE_TEXT);
}

/* A value of the registry; one that could not be confirmed wears a mark. a and b: the keys it
 * stands in, b may be NULL. unverified: the keys of its section that are not confirmed, or NULL. */
static void put_fact(struct cells *c, struct rect r, int row, const char *label, const char *value,
		     const char *unverified, const char *a, const char *b)
{
	char text[96];

	if (!str_has_word(unverified, a) && !(b && str_has_word(unverified, b))) {
		put(c, r, row, label, value);
		return;
	}
	str_format(text, sizeof text, "%s unverified", value);
	if (utf8_columns(label) + utf8_columns(text) + 1 > (size_t)(r.width > 0 ? r.width : 0))
		str_format(text, sizeof text, "%s !", value);
	widget_row(c, r, row, label, text, STYLE_MARK);
}

static void put_title(struct cells *c, struct rect r, const char *name, const char *id)
{
	if (r.height > 0)
		cells_text_fit(c, r.x, r.y, r.width, STYLE_TITLE, name ? name : id);
}

/* Text over as many rows as it needs, at most `most`. Returns how many. */
static int put_words(struct cells *c, struct rect r, int row, int most, const char *text)
{
	struct rect at = {r.x, r.y + row, r.width, r.height - row < most ? r.height - row : most};

	return at.height > 0 ? widget_wrap(c, at, STYLE_DIM, text) : most;
}

static int checkpoint(struct cells *c, struct rect r, const struct setup *s)
{
	const struct model *m = s->model;
	char text[64], number[UNIT_TEXT];

	put_title(c, r, m->name, m->id);
	if (m->is_stand_in)
		return 1 +
		       put_words(c, r, 1, 3,
				 reason_text(m->processor->hosted.vendor ? REASON_HOSTED
									 : REASON_NO_CHECKPOINT));
	put_fact(c, r, 1, "parameters", unit_count(number, m->total_params), m->unverified,
		 "total-params", NULL);
	str_format(text, sizeof text, "%d \xc3\x97 %d", m->layers, m->hidden);
	put_fact(c, r, 2, "layers \xc3\x97 width", text, m->unverified, "layers", "hidden");
	str_format(text, sizeof text, "%d \xc3\x97 %d", m->kv_heads, m->head_dim);
	put_fact(c, r, 3, "KV heads \xc3\x97 size", text, m->unverified, "kv-heads", "head-dim");
	return 4;
}

static int device(struct cells *c, struct rect r, const struct setup *s)
{
	const struct hardware *h = s->hardware;
	char text[64], number[UNIT_TEXT];

	put_title(c, r, h->name, h->id);
	put_fact(c, r, 1, "memory", unit_bytes(number, h->mem_bytes), h->unverified, "mem", NULL);
	str_format(text, sizeof text, "%.0f GB/s", h->bw_bytes_per_s / 1e9);
	put_fact(c, r, 2, "bandwidth", text, h->unverified, "bandwidth", NULL);
	return 3;
}

static int processor(struct cells *c, struct rect r, const struct setup *s)
{
	static const char *const sure[CONFIDENCE_N] = {
		[CONFIDENCE_HIGH] = "released config",
		[CONFIDENCE_MEDIUM] = "in part",
		[CONFIDENCE_LOW] = "unverified",
	};
	const struct processor *p = s->model->processor;
	char title[80];
	int row = 1;

	if (!p)
		return 0;
	str_format(title, sizeof title, "processor %s", p->id);
	put_title(c, r, title, p->id);
	put(c, r, row++, "strategy", p->strategy_name);
	row += put_words(c, r, row, 3, count_rule(p));
	widget_row(c, r, row++, "seen in", sure[p->confidence],
		   p->confidence == CONFIDENCE_HIGH ? STYLE_TEXT : STYLE_MARK);
	return row + (p->source ? put_words(c, r, row, 3, p->source) : 0);
}

static int tower(struct cells *c, struct rect r, const struct setup *s)
{
	const struct tower *t = s->model->tower;
	char text[64], number[UNIT_TEXT];

	if (!t)
		return 0;
	str_format(text, sizeof text, "tower %s", t->name ? t->name : t->id);
	put_title(c, r, text, t->id);
	put_fact(c, r, 1, "parameters", unit_count(number, t->params), t->unverified, "params",
		 NULL);
	if (t->is_conv) {
		put(c, r, 2, "kind", "convolutions");
		return 3;
	}
	str_format(text, sizeof text, "%d \xc3\x97 %d", t->layers_run, t->hidden);
	put_fact(c, r, 2, "layers \xc3\x97 width", text, t->unverified, "layers", "hidden");
	return 3;
}

static int engine(struct cells *c, struct rect r, const struct setup *s)
{
	const struct engine *e = s->engine;
	char text[64], number[UNIT_TEXT];

	str_format(text, sizeof text, "engine %s", e->name ? e->name : e->id);
	put_title(c, r, text, e->id);
	double share = s->hardware ? memory_utilisation(s, s->tensor_parallel, POOL_USUAL)
				   : e->utilisation;

	put_fact(c, r, 1, "share of memory", unit_percent(number, share), e->unverified,
		 "utilisation", NULL);
	if (e->block_tokens > 1)
		str_format(text, sizeof text, "%d tokens", e->block_tokens);
	else
		str_format(text, sizeof text, "not paged");
	put_fact(c, r, 2, "cache block", text, e->unverified, "block", NULL);
	return 3;
}

/* Rows a block wants; nothing is drawn. */
static int measure(struct cells *c, block_draw block, int width, const struct setup *s)
{
	struct rect old = cells_clip(c, (struct rect){0});
	int rows = block(c, (struct rect){0, 0, width, 99}, s);

	cells_unclip(c, old);
	return rows;
}

void notes_draw(struct cells *c, struct rect r, const struct frame *f)
{
	static const block_draw blocks[] = {checkpoint, device, processor, tower, engine};
	const struct setup *s = &f->st->req.setup;
	struct rect old = cells_clip(c, r);
	int gap = r.height >= 8; /* seven rows hold the first two blocks without one */

	for (size_t i = 0; i < ARRAY_SIZE(blocks); i++) {
		int rows = measure(c, blocks[i], r.width, s);

		if (!rows || rows > r.height)
			continue;
		blocks[i](c, r, s);
		r.y += rows + gap;
		r.height -= rows + gap;
	}
	cells_unclip(c, old);
}
