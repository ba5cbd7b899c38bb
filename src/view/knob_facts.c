#include "view/knob_facts.h"

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"

/* In the order of their importance; those that are not known leave no gap. */
static const struct {
	const char *label; /* at most 9 columns */
	enum quantity_id id;
	const char *behind;
} prices[] = {
	{"Input", Q_PRICE_MILLION, "/M"}, {"Output", Q_PRICE_OUTPUT, "/M"},
	{"Cached", Q_PRICE_CACHED, "/M"}, {"1k images", Q_PRICE_IMAGES, ""},
	{"Price of", Q_PRICE_DATE, ""},
};

static const struct hosted *hosted(const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;

	return setup_is_hosted(s) ? &s->model->processor->hosted : NULL;
}

static bool limit(int32_t n, const char *name, const char *unit, char label[16],
		  char value[UNIT_TEXT], int *left)
{
	char number[UNIT_TEXT];

	if (n <= 0 || (*left)-- > 0)
		return false;
	str_format(label, 16, "%s", name);
	str_format(value, UNIT_TEXT, "%s%s", unit_grouped(number, n), unit);
	return true;
}

bool knob_fact(const struct frame *f, enum knob k, char label[16], char value[UNIT_TEXT])
{
	const struct hosted *h = hosted(f);
	int left = 0; /* facts before the wanted one */
	char text[UNIT_TEXT];

	if (!h || !f->is_valid || knob_specs[k].group != GROUP_SERVING ||
	    knob_is_freed(&f->st->req, k))
		return false;
	while (k > 0 && knob_specs[k - 1].group == GROUP_SERVING)
		k--, left++;
	label[0] = value[0] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(prices); i++) {
		struct value v = frame_value(f, prices[i].id);

		if (v.reason || left-- > 0)
			continue;
		str_format(label, 16, "%s", prices[i].label);
		str_format(value, UNIT_TEXT, "%s%s", quantity_text(prices[i].id, &v, text),
			   prices[i].behind);
		return true;
	}
	if (!limit(h->images_max, "Images", " most", label, value, &left))
		limit(h->reject_side, "Side", " px most", label, value, &left);
	return true;
}
