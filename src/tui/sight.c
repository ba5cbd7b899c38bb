#include "tui/sight.h"

#include <stdlib.h>
#include <string.h>

#include "draw/kitty.h"
#include "tui/answers.h"
#include "tui/graphics.h"
#include "tui/outlet.h"

void sight_init(struct sight *s, struct canvas *canvas, struct input *in, struct flight *flight,
		enum picture_way way)
{
	*s = (struct sight){.canvas = canvas, .in = in, .flight = flight, .way = way};
	strbuf_init(&s->bytes);
}

void sight_fini(struct sight *s)
{
	strbuf_fini(&s->bytes);
}

static struct graphics_env graphics_env(const struct sight *s)
{
	return (struct graphics_env){.term = getenv("TERM"),
				     .vte = getenv("VTE_VERSION"),
				     .window = getenv("KITTY_WINDOW_ID"),
				     .in_tmux = getenv("TMUX") != NULL,
				     .in_screen = getenv("STY") != NULL,
				     .has_rgb = canvas_has_rgb(s->canvas)};
}

void sight_follow(struct sight *s)
{
	struct graphics_env env = graphics_env(s);
	const struct answers *a = &s->in->answers;
	struct pictures like = {.registers = graphics_registers(a)};

	like.kind = graphics_choose(s->way, &env, a, s->stage == SIGHT_KNOWN);
	if (!graphics_cell(like.kind, a, s->window_w, s->window_h, canvas_width(s->canvas),
			   canvas_height(s->canvas), &like.cell_w, &like.cell_h))
		like.kind = GRAPHICS_NONE;
	if (like.kind == GRAPHICS_NONE)
		like.cell_w = like.cell_h = 0;
	strbuf_clear(&s->bytes);
	if (pictures_set(&s->pictures, &like, &s->bytes))
		canvas_redraw(s->canvas);
	outlet_write(canvas_outlet(s->canvas), strbuf_text(&s->bytes), s->bytes.len);
	s->means = (struct picture_means){
		.ink = like.kind == GRAPHICS_NONE ? graphics_blocks(&env, a) : INK_PIXELS,
		.cell_w = like.cell_w,
		.cell_h = like.cell_h};
	if (like.kind == GRAPHICS_SIXEL && a->most_w >= like.cell_w && a->most_h >= like.cell_h) {
		s->means.most_cols = a->most_w / like.cell_w;
		s->means.most_rows = a->most_h / like.cell_h;
	}
}

/* ------------------------------------------------------------------ asking */

void sight_wish(struct sight *s, bool can_ask)
{
	if (s->stage == SIGHT_UNASKED && can_ask)
		s->stage = SIGHT_DUE;
}

/* A request, with a status query behind it whose answer says that all others are there; not while
 * another one is under way. */
static bool ask(struct sight *s, const char *request, int64_t now_ms)
{
	char all[128];
	size_t n = strlen(request);

	if (s->flight->is_waiting || n + sizeof(FLIGHT_REQUEST) > sizeof(all))
		return false;
	memcpy(all, request, n);
	memcpy(all + n, FLIGHT_REQUEST, sizeof(FLIGHT_REQUEST) - 1);
	s->in->expects_answers = true;
	flight_sent(s->flight, FLIGHT_MAX, now_ms);
	outlet_write(canvas_outlet(s->canvas), all, n + sizeof(FLIGHT_REQUEST) - 1);
	return true;
}

void sight_ask(struct sight *s, int64_t now_ms)
{
	if (s->stage == SIGHT_DUE && ask(s, ANSWERS_REQUEST, now_ms))
		s->stage = SIGHT_ASKED;
}

bool sight_learn(struct sight *s, int64_t now_ms)
{
	struct graphics_env env = graphics_env(s);

	sight_ask(s, now_ms);
	if (s->flight->is_waiting || (s->stage != SIGHT_ASKED && s->stage != SIGHT_TRIED))
		return false;
	const char *more = graphics_may_be_kitty(&env, &s->in->answers) ? KITTY_QUERY
			   : s->in->answers.has_sixel                   ? ANSWERS_SIXELS
									: NULL;

	if (s->stage == SIGHT_ASKED && s->way != PICTURES_CELLS && more && ask(s, more, now_ms)) {
		s->stage = SIGHT_TRIED;
		return false;
	}
	s->stage = SIGHT_KNOWN;
	s->in->expects_answers = false;
	sight_follow(s);
	return true;
}

/* ------------------------------------------------------------------ frames */

void sight_before(struct sight *s, const struct cells *c)
{
	strbuf_clear(&s->bytes);
	if (pictures_before(&s->pictures, c, canvas_is_all_new(s->canvas), &s->bytes))
		canvas_redraw(s->canvas);
	outlet_add(canvas_outlet(s->canvas), strbuf_text(&s->bytes), s->bytes.len);
}

/* Without memory there is no picture. */
void sight_behind(struct sight *s, const struct cells *c)
{
	strbuf_clear(&s->bytes);
	pictures_behind(&s->pictures, c, &s->bytes);
	if (strbuf_ok(&s->bytes)) {
		outlet_add(canvas_outlet(s->canvas), strbuf_text(&s->bytes), s->bytes.len);
		return;
	}
	s->pictures.n = 0;
	strbuf_fini(&s->bytes);
}
