/* vtok chart: one metric against the width of the picture, from the
 * dashboard's own drawing code. */
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/base.h"
#include "base/strbuf.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/screen_state.h"
#include "cli/sheet.h"
#include "cli/target.h"
#include "cli/user_themes.h"
#include "registry/subjects.h"
#include "state/seen.h"
#include "view/chart.h"
#include "view/chart_stack.h"
#include "view/export_svg.h"

static bool choose_models(struct state *st, struct targets *targets, const struct options *opt,
			  const struct registry *r, struct vtok_error *err)
{
	if (!opt->models.n)
		return true;
	if (!targets_init(targets, opt, r, err))
		return false;
	if (targets->n > CHARTED_MAX)
		return error_set(err, VTOK_E_USAGE, "chart: at most %d models, got %zu",
				 CHARTED_MAX, targets->n);
	const struct target *weighed = NULL;
	for (size_t i = 0; i < targets->n; i++) {
		const struct target *t = &targets->list[i];
		/* of a processor or a hosted model tokens and share can be charted; its price is
		 * that of the name */
		const struct model *m = subject_called(r, t->model, t->processor, t->name);
		if (!m)
			return error_memory(err);
		st->charted.model[st->charted.n++] = m;
		if (!t->model)
			continue;
		if (weighed && t->weights != weighed->weights)
			return error_set(
				err, VTOK_E_USAGE,
				"chart: all curves have one type of weights; of \"%s\" and "
				"\"%s\" make two charts, or say --weights",
				weighed->name, t->name);
		weighed = t;
	}
	st->req.setup.model = st->charted.model[0];
	if (weighed && weighed->weights != DTYPE_STORED)
		st->req.setup.weights = weighed->weights;
	request_follow(&st->req, r, &st->picture);
	return true;
}

/* --size, else the terminal's, else 80x24; a file has room for whole names. */
static void set_size(struct state *st, const struct options *opt)
{
	struct winsize w = {0};
	bool is_file = options_format(opt) == FORMAT_SVG;
	int64_t width = is_file ? 120 : 80, height = is_file ? 36 : 24;

	if (opt->size.width) {
		width = opt->size.width;
		height = opt->size.height;
	} else if (!is_file && isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 &&
		   w.ws_col && w.ws_row > 1) {
		width = w.ws_col;
		height = w.ws_row - 1; /* the prompt stays below */
	}
	st->width = (int)(width > CELLS_MAX ? CELLS_MAX : width);
	st->height = (int)(height > CELLS_MAX ? CELLS_MAX : height);
}

/* ------------------------------------------------------------------------ csv */

struct points {
	struct sheet sheet;
	enum quantity_id metric, low, high;
	bool has_range;
};

static void take_point(void *to, const struct chart_row *row)
{
	struct points *p = to;

	sheet_text(&p->sheet, row->id);
	sheet_int(&p->sheet, row->width, NULL);
	sheet_int(&p->sheet, row->height, NULL);
	sheet_quantity(&p->sheet, p->metric, &row->value);
	if (p->has_range) {
		sheet_quantity(&p->sheet, p->low, &row->low);
		sheet_quantity(&p->sheet, p->high, &row->high);
	}
	sheet_text(&p->sheet, row->value.reason);
}

static bool write_points(const struct frame *f, const struct options *opt, struct out *o)
{
	struct points p = {.metric = f->st->metric};
	char name[QUANTITY_NAME], low[QUANTITY_NAME], high[QUANTITY_NAME];
	/* clang-format off */
	struct sheet_column columns[] = {
		{"model",  NULL, false},
		{"width",  NULL, true },
		{"height", NULL, true },
		{quantity_name(p.metric, name), NULL, true},
		{NULL, NULL, true},
		{NULL, NULL, true},
		{NULL, NULL, false},
	};
	/* clang-format on */
	size_t n = 4;

	/* a time by itself would look surer than it is */
	p.has_range = quantity_range(p.metric, &p.low, &p.high);
	if (p.has_range) {
		columns[n++].name = quantity_name(p.low, low);
		columns[n++].name = quantity_name(p.high, high);
	}
	columns[n++] = (struct sheet_column){"reason", NULL, false};
	sheet_init(&p.sheet, columns, n);
	chart_each(f, take_point, &p);
	bool fine = sheet_write(&p.sheet, options_format(opt), !opt->no_header, false, o);
	sheet_fini(&p.sheet);
	return fine;
}

/* -------------------------------------------------------------------- drawing */

/* Below the drawing, a row for each curve without a value at the mark, which says why. Returns the
 * rows. */
static int draw_missing(struct cells *c, const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;
	struct estimate e;
	struct chart ch;
	int rows = 0;

	chart_init(&ch, f, 2);
	for (int i = 0; i < ch.n && rows < c->height / 3; i++) {
		const char *why =
			chart_missing(&ch.curves[i], f->st->metric, s->width, s->height, &e);
		char text[192];

		if (!why)
			continue;
		snprintf(text, sizeof(text), "%s: %s", ch.curves[i].label, why);
		cells_text_fit(c, 0, c->height - 1 - rows++, c->width, STYLE_DIM, text);
	}
	return rows;
}

static void draw(struct cells *c, const struct frame *f)
{
	const struct setup *s = &f->st->req.setup;
	bool is_strategies = s->lens == LENS_FORMULA && f->st->charted.n < 2;
	bool is_stack = stack_shown(f->st) != NULL; /* of one model alone */
	bool has_llm = is_strategies && quantities[f->st->metric].needs && !is_stack;
	char title[256], words[64], setting[CHART_SETTING];

	chart_setting(f->st, setting);
	snprintf(title, sizeof(title), "%s%s%s%s%s", chart_title(f->st, words),
		 has_llm    ? ", the LLM of "
		 : is_stack ? ", "
			    : "",
		 has_llm || is_stack ? s->model->id : "", *setting ? "; " : "", setting);
	cells_text_fit(c, 0, 0, c->width, STYLE_TITLE, title);
	chart_draw(c, (struct rect){0, 1, c->width, c->height - 1 - draw_missing(c, f)}, f,
		   CHART_CROSSHAIR);
}

/* Both looks in one file, where no theme was asked for. False: memory is short. */
static bool draw_looks(const struct frame *f, const struct options *opt, const struct cells *c,
		       struct strbuf *text)
{
	struct state st = *f->st;
	struct frame dark;
	struct cells d;

	st.theme = theme_find(&st.themes, "dark");
	if (opt->theme || !st.theme || st.theme == f->st->theme) {
		export_svg_cells(c, f->st->theme, text);
		return true;
	}
	if (!cells_init(&d, c->width, c->height))
		return false;
	d.ascii = c->ascii;
	frame_init(&dark, &st);
	draw(&d, &dark);
	export_svg_looks(c, f->st->theme, &d, st.theme, text);
	cells_fini(&d);
	return true;
}

static bool write_drawing(const struct frame *f, const struct options *opt, struct out *o)
{
	bool is_svg = options_format(opt) == FORMAT_SVG;
	struct cells c;
	struct strbuf text;

	if (!cells_init(&c, f->st->width, f->st->height))
		return out_no_memory(o);
	c.ascii = cli_ascii(opt);
	draw(&c, f);
	strbuf_init(&text);
	if (!is_svg)
		cells_to_text(&c, &text);
	else if (!draw_looks(f, opt, &c, &text))
		text.failed = true;
	bool fine = strbuf_ok(&text) || out_no_memory(o);
	if (fine)
		out_puts(o, strbuf_text(&text));
	strbuf_fini(&text);
	cells_fini(&c);
	return fine;
}

/* ------------------------------------------------------------------------ run */

static int chart(const struct options *opt, const struct registry *r, struct targets *models,
		 const struct theme_list *themes)
{
	struct options for_state = *opt;
	struct vtok_error err = {0};
	struct state st;
	struct frame f;
	struct out o;

	for_state.models.n =
		0; /* chosen here: the dashboard takes one checkpoint, a chart any models */
	if (!screen_state_init(&st, &for_state, r, themes, &err) ||
	    !choose_models(&st, models, opt, r, &err))
		return cli_fail(&err);
	set_size(&st, opt);
	frame_init(&f, &st);
	if (!out_init(&o, STDOUT_FILENO)) {
		error_memory(&err);
		return cli_fail(&err);
	}
	enum format format = options_format(opt);
	if (format == FORMAT_SVG && !opt->theme && theme_find(&st.themes, "light"))
		st.theme = theme_find(&st.themes, "light"); /* the other look is beside it */
	st.is_mono = format == FORMAT_TEXT; /* text has no colours: marks tell curves apart */
	bool fine = format == FORMAT_TEXT || format == FORMAT_SVG ? write_drawing(&f, opt, &o)
								  : write_points(&f, opt, &o);
	int code = out_finish(&o, fine ? VTOK_OK : VTOK_E_INPUT);
	out_fini(&o);
	return code;
}

static int run_chart(const struct options *opt)
{
	struct vtok_error err = {0};
	struct targets models = {0};
	struct theme_list themes = {0};
	struct registry r;
	int code;

	if (opt->theme && options_format(opt) != FORMAT_SVG) {
		error_set(&err, VTOK_E_USAGE, "--theme: only -o svg has colours");
		return cli_fail(&err);
	}
	if (!cli_registry(opt, &r, &err))
		return cli_fail(&err);
	if (user_themes_load(&themes, opt, &err))
		code = chart(opt, &r, &models, &themes);
	else
		code = cli_fail(&err);
	user_themes_free(&themes);
	targets_fini(&models);
	registry_fini(&r);
	return code;
}

const struct command cmd_chart = {
	.name = "chart",
	.usage = "[-m MODEL]... [--metric METRIC] [OPTION]... [WxH|FILE]",
	.summary = "Chart a quantity against the width",
	.details = "Without -m the strategies are drawn, with it the models named, at most 6. The "
		   "aspect and the mark are "
		   "those of the size or picture.",
	.options = OPT_COUNTING | OPT_COSTS | OPT_RULES | OPT_CHART | OPT_SIZE | OPT_TRAFFIC,
	.inputs = INPUTS_ONE,
	.formats = FORMAT_BIT(FORMAT_TEXT) | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_JSON) |
		   FORMAT_BIT(FORMAT_SVG),
	.run = run_chart,
};
