#include "state/state.h"

#include "base/str.h"

enum { PLAY_MS = 150 };

static int64_t side(int64_t v)
{
	return v < 1 ? 1 : v > SIDE_MAX ? SIDE_MAX : v;
}

void request_size(struct request *r, int64_t width, int64_t height)
{
	r->setup.width = r->aspect_w = side(width);
	r->setup.height = r->aspect_h = side(height);
}

void state_init(struct state *st, const struct registry *reg)
{
	*st = (struct state){
		.reg = reg,
		.focus = KNOB_WIDTH,
		.last_turned = KNOB_N,
		.log_axis = true,
		.theme = &themes[0],
		.play_step = 1,
		.play_ms = PLAY_MS,
		.drag = KNOB_N,
		.compare = {.sort = COMPARE_TOKENS, .at = -1},
		.width = 80,
		.height = 24,
	};
	struct setup *s = &st->req.setup;

	s->model = registry_model(reg, "qwen3-vl-8b");
	if (!s->model && reg->models_n)
		s->model = reg->models[0];
	s->hardware = registry_hardware(reg, "h100-sxm");
	if (!s->hardware && reg->hardware_n)
		s->hardware = reg->hardware[0];
	s->engine = registry_engine(reg, "vllm");
	if (!s->engine && reg->engines_n)
		s->engine = reg->engines[0];
	s->lens = LENS_EXACT;
	s->images = 1;
	s->text_tokens = 512;
	s->reserve_tokens = 1024;
	s->tensor_parallel = 1;
	s->weights = s->kv = DTYPE_BF16;
	st->req.aspect_lock = true;
	request_size(&st->req, 1024, 1024);
	state_settle(st);
}

void state_settle(struct state *st)
{
	st->start = st->req;
	st->undo_n = st->redo_n = 0;
	st->last_turned = KNOB_N;
}

void state_size(struct state *st, int64_t width, int64_t height)
{
	request_size(&st->req, width, height);
}

void state_picture(struct state *st, const struct picture_info *picture)
{
	if (picture->error[0]) {
		str_format(st->message, sizeof st->message, "%s", picture->error);
		st->message_bad = true;
		return;
	}
	st->picture = *picture;
	request_size(&st->req, picture->width, picture->height);
}

void state_each_request(struct state *st, void (*visit)(struct request *r, void *arg), void *arg)
{
	visit(&st->req, arg);
	visit(&st->start, arg);
	for (int i = 0; i < st->undo_n + st->redo_n; i++)
		visit(&st->undo[i], arg);
	if (st->pin.is_set)
		visit(&st->pin.req, arg);
	if (st->talk.script)
		visit(&st->talk.first, arg);
}
