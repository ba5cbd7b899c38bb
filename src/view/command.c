#include "view/command.h"

#include <string.h>

#include "base/str.h"
#include "state/knobs.h"
#include "view/view.h"

/* A word for the shell: in quotes when it holds anything but letters, digits and a few safe marks.
 */
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

static void put_number(struct strbuf *out, const char *option, int64_t value, bool is_usual)
{
	if (!is_usual)
		strbuf_printf(out, " %s %lld", option, (long long)value);
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

	if (!st->req.aspect_lock)
		strbuf_puts(out, " --no-lock");
	if (is_picture ? !is_size(s, p->width, p->height)
		       : !is_size(s, st->req.aspect_w, st->req.aspect_h))
		strbuf_printf(out, " --at %lldx%lld", (long long)s->width, (long long)s->height);
	if (is_picture)
		command_word(out, p->path);
	else
		strbuf_printf(out, " %lldx%lld", (long long)st->req.aspect_w,
			      (long long)st->req.aspect_h);
}

/* What every command that computes takes. */
static void put_request(const struct state *st, struct strbuf *out)
{
	const struct setup *s = &st->req.setup;
	const struct knobs *k = &s->knobs;
	bool is_plain = !st->is_configured; /* settings may stand where the program's defaults do */

	strbuf_puts(out, st->carried);
	put_name(out, "-m", s->model ? s->model->id : NULL, is_plain ? "qwen3-vl-8b" : "");
	put_name(out, "--lens", s->lens == LENS_EXACT ? "exact" : "formula",
		 is_plain ? "exact" : "");
	put_number(out, "-n", s->images, s->images == 1);
	put_number(out, "--grid", k->grid_k, k->grid_k == 0);
	put_number(out, "--merge", k->merge, k->merge == 0);
	put_number(out, "--pool", k->pool, k->pool == 0);
	put_number(out, "--patch", k->patch, k->patch == 0);
	put_number(out, "--min-pixels", k->min_pixels, k->min_pixels == 0);
	put_number(out, "--max-pixels", k->max_pixels, k->max_pixels == 0);
	put_name(out, "--detail", detail_names[k->detail], detail_names[DETAIL_AUTO]);
	put_name(out, "--media-resolution", media_names[k->media], media_names[MEDIA_DEFAULT]);
	put_number(out, "-c", s->context_limit, s->context_limit == 0);
	put_number(out, "-t", s->text_tokens, s->text_tokens == 512);
	put_number(out, "-r", s->reserve_tokens, s->reserve_tokens == 1024);
	put_name(out, "-g", s->hardware ? s->hardware->id : NULL, is_plain ? "h100-sxm" : "");
	put_name(out, "--engine", s->engine ? s->engine->id : NULL, is_plain ? "vllm" : "");
	put_number(out, "--tp", s->tensor_parallel, s->tensor_parallel == 1);
	put_name(out, "--weights", dtype_name(s->weights), "bf16");
	put_name(out, "--kv", dtype_name(s->kv), "bf16");
}

void command_estimate(const struct state *st, struct strbuf *out)
{
	const struct setup *s = &st->req.setup;

	strbuf_puts(out, "vtok estimate");
	put_request(st, out);
	strbuf_printf(out, " %lldx%lld", (long long)s->width, (long long)s->height);
}

void command_dashboard(const struct state *st, struct strbuf *out)
{
	bool is_plain = !st->is_configured;

	strbuf_puts(out, "vtok tui");
	put_request(st, out);
	put_name(out, "--view", views[st->view < views_n ? st->view : 0]->name,
		 is_plain ? "dashboard" : "");
	put_name(out, "--metric", metric_name(st->metric), is_plain ? "tokens" : "");
	put_name(out, "--axis", st->log_axis ? "log" : "linear", is_plain ? "log" : "");
	put_name(out, "--theme", st->theme->name, is_plain ? themes[0].name : "");
	if (st->big)
		strbuf_puts(out, " --big");
	if (st->ascii)
		strbuf_puts(out, " --ascii");
	put_subject(out, st);
}
