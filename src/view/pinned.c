#include "view/pinned.h"

#include "base/base.h"
#include "base/unit.h"
#include "view/widget.h"

enum { WIDE_ENOUGH = 38 }; /* columns of a panel that shows both values in a row (widget.c) */

void pinned_layout(struct layout *l, const struct state *st)
{
	size_t first = 0;

	while (first < panels_n && !panels[first]->makes_room)
		first++;
	if (!st->pin.is_set || st->big || !l->is_full || first == panels_n ||
	    rect_empty(l->panels[first]) || l->panels[first].width >= WIDE_ENOUGH)
		return;
	struct rect r = l->panels[first];

	for (size_t i = first; i < panels_n; i++) {
		struct rect *p = &l->panels[i];

		if (!panels[i]->makes_room || rect_empty(*p))
			continue;
		if (p->y == r.y) /* the width of its band */
			r.width = p->x + p->width - r.x > r.width ? p->x + p->width - r.x : r.width;
		if (p->y + p->height - r.y > r.height)
			r.height = p->y + p->height - r.y;
	}
	for (size_t i = first; i < panels_n; i++)
		if (panels[i]->makes_room)
			l->panels[i] = (struct rect){0};
	l->pinned = r;
}

static char *count_text(char *out, double v)
{
	return unit_count(out, v);
}

static char *bytes_text(char *out, double v)
{
	return unit_bytes(out, v);
}

static char *time_text(char *out, double v)
{
	return unit_time(out, v);
}

static char *share_text(char *out, double v)
{
	return unit_percent(out, v);
}

static void draw_row(struct cells *c, struct rect r, const char *name, widget_format format,
		     const struct quantity *now, const struct quantity *pinned)
{
	char text[64], factor[16] = "";
	int column = (r.width - 18 - 7) / 2;

	cells_text_fit(c, r.x, r.y, 17, STYLE_DIM, name);
	cells_text_right(c, r.x + 18, r.y, column, STYLE_DIM,
			 pinned->reason ? "\xe2\x80\x93" : format(text, pinned->value));
	cells_text_right(c, r.x + 18 + column, r.y, column, STYLE_VALUE,
			 now->reason ? "\xe2\x80\x93" : format(text, now->value));
	if (!now->reason && !pinned->reason)
		widget_factor(factor, now->value, pinned->value);
	cells_text_right(c, r.x + r.width - 7, r.y, 7, STYLE_MARK, factor);
}

void pinned_draw(struct cells *c, struct rect r, const struct frame *f)
{
	const struct estimate *a = &f->pin, *b = &f->est;
	const struct {
		const char *name;
		widget_format format;
		struct quantity now, pinned;
	} rows[] = {
		{"of the context",
		 share_text,		      {.value = b->context.used_share},
		 {.value = a->context.used_share}											   },
		{"KV per token",      bytes_text, b->kv.bytes_per_token,                                             a->kv.bytes_per_token  },
		{"KV of an image",    bytes_text, b->kv.bytes_per_image,                                             a->kv.bytes_per_image  },
		{"KV of a request",   bytes_text, b->kv.bytes_per_request,                                           a->kv.bytes_per_request},
		{"requests at once",  count_text, b->capacity.concurrency,                                           a->capacity.concurrency},
		{"with text alone",   count_text, b->capacity.concurrency_text_only,
		 a->capacity.concurrency_text_only											  },
		{"weights",           bytes_text, b->memory.weights_bytes,                                           a->memory.weights_bytes},
		{"room for KV",       bytes_text, b->memory.kv_pool_bytes,                                           a->memory.kv_pool_bytes},
		{"first token after",
		 time_text,		       {.value = b->prefill.ttft_s, .reason = b->prefill.reason},
		 {.value = a->prefill.ttft_s, .reason = a->prefill.reason}                                                                  },
		{"vision",
		 time_text,		       {.value = b->prefill.vision.seconds, .reason = b->prefill.reason},
		 {.value = a->prefill.vision.seconds, .reason = a->prefill.reason}                                                          },
		{"LLM",
		 time_text,		       {.value = b->prefill.llm.seconds, .reason = b->prefill.reason},
		 {.value = a->prefill.llm.seconds, .reason = a->prefill.reason}                                                             },
	};
	int column = (r.width - 18 - 7) / 2;

	cells_text_right(c, r.x + 18, r.y, column, STYLE_TITLE, "pinned");
	cells_text_right(c, r.x + 18 + column, r.y, column, STYLE_TITLE, "now");
	for (size_t i = 0; i < ARRAY_SIZE(rows) && (int)i + 1 < r.height; i++)
		draw_row(c, (struct rect){r.x, r.y + 1 + (int)i, r.width, 1}, rows[i].name,
			 rows[i].format, &rows[i].now, &rows[i].pinned);
}
