#include "view/chart_words.h"

#include "base/str.h"

/* The aspect as people say it, where the sides have a small ratio. */
char *chart_title(const struct state *st, char out[64])
{
	int64_t a = st->req.aspect_w, b = st->req.aspect_h;
	char title[48];

	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	int64_t w = a ? st->req.aspect_w / a : 1, h = a ? st->req.aspect_h / a : 1;

	str_format(title, sizeof title, "%s", quantity_title(st->metric));
	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	if (w <= 32 && h <= 32)
		return str_format(out, 64, "%s, by width at %d:%d", title, (int)w, (int)h);
	return str_format(out, 64, "%s, by width", title);
}

char *chart_value(enum quantity_id metric, double v, char out[UNIT_TEXT])
{
	enum unit unit = quantities[metric].unit;

	unit_text(out, unit, v);
	/* the other units stand in the text */
	if (unit == UNIT_TOKENS)
		str_append(out, UNIT_TEXT, " tok");
	else if (unit == UNIT_REQUESTS)
		str_append(out, UNIT_TEXT, " req");
	return out;
}

char *chart_setting(const struct state *st, char out[CHART_SETTING])
{
	const struct setup *s = &st->req.setup;
	unsigned needs = quantities[st->metric].needs;

	out[0] = '\0';
	if (!s->model || !s->hardware || !s->engine || !needs)
		return out;
	if (needs & (ESTIMATE_MEMORY | ESTIMATE_PREFILL)) {
		str_append(out, CHART_SETTING, "%s, %s, weights %s", s->hardware->id, s->engine->id,
			   dtype_name(setup_weights(s)));
		if (s->tensor_parallel > 1)
			str_append(out, CHART_SETTING, ", %d GPUs", (int)s->tensor_parallel);
	}
	if (needs & ESTIMATE_KV)
		str_append(out, CHART_SETTING, "%scache %s", *out ? ", " : "", dtype_name(s->kv));
	return out;
}
