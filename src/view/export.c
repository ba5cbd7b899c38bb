#include "view/export.h"

#include "base/str.h"
#include "state/seen.h"
#include "core/budget.h"
#include "view/budget_words.h"
#include "view/export_svg.h"
#include "view/frame.h"
#include "view/view.h"

/* ------------------------------------------------------------ the screen's
 * numbers, one row each */

static const char *const columns[] = {"name", "value", "unit", "reason"};

/* JSON: one object whose members are the names; elsewhere a row each. */
static void put_quantity(struct strbuf *out, enum export_format format, enum quantity_id id,
			 const struct value *v, bool is_first)
{
	char name[QUANTITY_NAME], value[QUANTITY_FIGURE];
	const char *unit = unit_name(quantities[id].unit), *reason = v->reason ? v->reason : "";

	quantity_name(id, name);
	quantity_figure(id, v, value);
	if (format != EXPORT_JSON) {
		const char *const fields[] = {name, value, unit, reason};

		export_fields(out, format, columns, fields, ARRAY_SIZE(columns), is_first);
		return;
	}
	strbuf_printf(out, "%s  \"%s\": ", is_first ? "" : ",\n", name);
	if (quantities[id].unit == UNIT_FLAG && !v->reason)
		strbuf_puts(out, v->number > 0 ? "true" : "false");
	else
		export_field(out, format, value);
	if (v->reason) {
		strbuf_printf(out, ",\n  \"%s_reason\": ", name);
		export_field(out, format, v->reason);
	}
}

static void put_fact(struct strbuf *out, enum export_format format, const char *name,
		     const char *value, const char *unit)
{
	const char *const fields[] = {name, value, unit, ""};

	if (format != EXPORT_JSON) {
		export_fields(out, format, columns, fields, ARRAY_SIZE(columns), false);
		return;
	}
	strbuf_printf(out, ",\n  \"%s\": ", name);
	export_field(out, format, value);
}

/* What `count` says of a file that lies on its side, under the same names. */
static void put_orientation(struct strbuf *out, enum export_format format, const struct state *st)
{
	struct turning by = request_turning(&st->req, st->reg, NULL);
	const char *who = orientation_turner(&by);
	char side[24];

	put_fact(out, format, "stored_w",
		 str_format(side, sizeof side, "%lld", (long long)st->picture.raw_width), "px");
	put_fact(out, format, "stored_h",
		 str_format(side, sizeof side, "%lld", (long long)st->picture.raw_height), "px");
	put_fact(out, format, "turned_by", who ? who : "", "");
}

/* A row that is no quantity: text, or a number of pixels or tokens; "" = there is none. */
static void put_other(struct strbuf *out, enum export_format format, const char *name,
		      const char *value, const char *unit, const char *reason)
{
	if (format != EXPORT_JSON) {
		const char *const fields[] = {name, value, unit, *value ? "" : reason};

		export_fields(out, format, columns, fields, ARRAY_SIZE(columns), false);
		return;
	}
	strbuf_printf(out, ",\n  \"%s\": ", name);
	export_field(out, format, value);
	if (!*value && *reason) {
		strbuf_printf(out, ",\n  \"%s_reason\": ", name);
		export_field(out, format, reason);
	}
}

static void put_whole(struct strbuf *out, enum export_format format, const char *name, int64_t v,
		      const char *unit, const char *reason)
{
	char text[32] = "";

	if (v > 0)
		str_format(text, sizeof text, "%lld", (long long)v);
	put_other(out, format, name, text, unit, reason);
}

/* What the request's budget is, whether it holds, and the largest size that does. */
static void export_budget(const struct budgeted *b, enum export_format format, struct strbuf *out)
{
	char asked[BUDGET_TEXT], why[BUDGET_SAID];
	const struct fit_size *best = &b->fit.best;

	put_other(out, format, "budget", budget_word(&b->of.budget, asked), "", "");
	put_other(out, format, "budget_holds",
		  b->now.reason ? ""
		  : b->holds    ? "yes"
				: "no",
		  "", b->now.reason ? b->now.reason : "");
	put_other(out, format, "budget_status", fit_status_word(b->fit.status), "", "");
	budget_largest(b, why);
	put_whole(out, format, "budget_fit_width", best->width, "px", why);
	put_whole(out, format, "budget_fit_height", best->height, "px", why);
	put_whole(out, format, "budget_fit_tokens", best->tokens, "tokens", why);
}

static void export_rows(const struct frame *f, enum export_format format, struct strbuf *out)
{
	const struct setup *s = &f->st->req.setup;
	bool is_first = true;

	if (format == EXPORT_JSON)
		strbuf_puts(out, "{\n");
	else
		export_head(out, format, columns, ARRAY_SIZE(columns));
	for (enum quantity_id id = 0; id < Q_N; id++) {
		struct value v = quantity_read(id, s, &f->est);

		if (quantities[id].is_aside || (quantities[id].is_remark && v.reason))
			continue;
		put_quantity(out, format, id, &v, is_first);
		is_first = false;
	}
	if (picture_lies(&f->st->picture))
		put_orientation(out, format, f->st);
	if (f->budgeted)
		export_budget(f->budgeted, format, out);
	if (format == EXPORT_JSON)
		strbuf_puts(out, "\n}\n");
}

void export_state(const struct state *st, enum export_format format, struct strbuf *out)
{
	struct frame f;

	if (format == EXPORT_SVG) {
		export_svg(st, out);
		return;
	}
	frame_init(&f, st);
	if (f.is_valid && st->view < views_n && views[st->view]->write)
		views[st->view]->write(&f, format, out);
	else if (f.is_valid)
		export_rows(&f, format, out);
}
