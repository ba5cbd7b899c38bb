#include "view/command.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "state/knobs.h"
#include "state/seen.h"
#include "view/view.h"

/* A word for the shell: in quotes when it holds anything but letters, digits
 * and a few safe marks. */
void command_word(struct strbuf *out, const char *word)
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

static void put_name(struct strbuf *out, const char *option, const char *name, const char *usual)
{
	if (!name || strcmp(name, usual) == 0)
		return;
	strbuf_printf(out, " %s", option);
	command_word(out, name);
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
	int64_t width = st->req.aspect_w, height = st->req.aspect_h;

	if (is_picture)
		picture_seen(p, st->req.is_upright, &width, &height);
	if (!st->req.aspect_lock)
		strbuf_puts(out, " --no-lock");
	if (!is_size(s, width, height))
		strbuf_printf(out, " --at %lldx%lld", (long long)s->width, (long long)s->height);
	if (is_picture)
		command_word(out, p->path);
	else
		strbuf_printf(out, " %lldx%lld", (long long)st->req.aspect_w,
			      (long long)st->req.aspect_h);
}

/* What a start without the option gives. "" = the option is needed: settings may stand there. */
static const char *usual_word(const struct knob_spec *k, bool is_plain, char out[KNOB_TEXT_SIZE])
{
	if (k->is_setting && !is_plain)
		return "";
	if (k->kind == IS_ENTRY)
		return k->usual_id;
	if (k->kind == IS_CHOICE)
		return k->name_of((int)k->usual);
	if (k->kind == IS_BUDGET)
		return "off";
	return knob_number_word(k, k->usual, out);
}

static void put_knob(struct strbuf *out, const struct request *r, enum knob which, bool is_plain)
{
	const struct knob_spec *k = &knob_specs[which];
	char option[32], word[KNOB_TEXT_SIZE], usual[KNOB_TEXT_SIZE];

	if (k->letter)
		str_format(option, sizeof option, "-%c", k->letter);
	else
		str_format(option, sizeof option, "--%s", k->name);
	if (k->arg)
		put_name(out, option, knob_word(r, which, word), usual_word(k, is_plain, usual));
}

/* What every command that computes takes; of the screen: what the dashboard alone does, too. */
static void put_request(const struct state *st, bool of_screen, struct strbuf *out)
{
	bool is_plain = !st->is_configured; /* settings may stand where the program's defaults do */

	strbuf_puts(out, st->carried);
	for (enum knob k = 0; k < KNOB_N; k++)
		if (of_screen || !knob_specs[k].is_of_screen)
			put_knob(out, &st->req, k, is_plain);
}

void command_estimate(const struct state *st, struct strbuf *out)
{
	const struct setup *s = &st->req.setup;
	const struct picture_info *p = &st->picture;
	int64_t width, height;

	strbuf_puts(out, "vtok estimate");
	put_request(st, false, out);
	picture_seen(p, st->req.is_upright, &width, &height);
	if (p->path[0] != '\0' && is_size(s, width, height))
		command_word(out, p->path); /* how long it takes to read depends on the file */
	else
		strbuf_printf(out, " %lldx%lld", (long long)s->width, (long long)s->height);
}

void command_dashboard(const struct state *st, struct strbuf *out)
{
	bool is_plain = !st->is_configured;

	strbuf_puts(out, "vtok tui");
	put_request(st, true, out);
	put_name(out, "--view", views[st->view < views_n ? st->view : 0]->name,
		 is_plain ? "dashboard" : "");
	put_name(out, "--metric", quantities[st->metric].metric,
		 is_plain ? quantity_metric(0) : "");
	if (st->chart.has_parts)
		strbuf_puts(out, " --parts");
	if (st->chart.least)
		strbuf_printf(out, " --widths %lld:%lld", (long long)st->chart.least,
			      (long long)st->chart.most);
	put_name(out, "--axis", st->log_axis ? "log" : "linear", is_plain ? "log" : "");
	put_name(out, "--theme", st->theme->name, is_plain ? shipped_themes[0].name : "");
	if (st->big)
		strbuf_puts(out, " --big");
	if (st->ascii)
		strbuf_puts(out, " --ascii");
	put_subject(out, st);
}

char *command_leaves_out(const struct state *st, char out[COMMAND_LEFT_OUT])
{
	bool has_budgets = false, is_arranged = st->compare.sort != Q_VISUAL ||
						st->compare.is_reversed ||
						st->compare.filter.len > 0;

	for (size_t i = 0; i < BUDGET_KINDS_MOST; i++)
		has_budgets |= st->fit.asked[i] > 0;
	const struct {
		bool is_lost;
		const char *what;
	} parts[] = {
		{st->pin.is_set, "what is pinned"},
		{st->charted.is_marked && st->charted.n, "models marked for the chart"},
		{has_budgets, "budgets of view 5"},
		{is_arranged, "order and filter of the comparison"},
	};

	*out = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].is_lost)
			str_append(out, COMMAND_LEFT_OUT, "%s%s",
				   *out ? ", " : "Left out: ", parts[i].what);
	return out;
}
