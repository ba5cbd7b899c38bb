#include "view/fed.h"

#include <math.h>

#include "state/seen.h"
#include "view/preview_color.h"

/* Where a file states no resolution, its longer side is taken for that of a sheet of A4: 297 mm. */
static const double PAGE_INCHES = 297 / 25.4;

enum { CELL_ASPECT = 2 }; /* of a cell whose pixels nobody knows */
enum { CELLS_OF_GRID = 1000000, PATCHES_OF_TOKEN = 32 };

static void look_layout(struct fed *s, const struct trace *trace)
{
	s->l = trace->layout;
	if (s->l.canvas_w <= 0 || s->l.canvas_h <= 0)
		s->l = (struct layout_px){.canvas_w = s->count.resized_w,
					  .canvas_h = s->count.resized_h};
	if (s->l.content_w <= 0 || s->l.content_h <= 0) {
		s->l.content_w = s->l.canvas_w;
		s->l.content_h = s->l.canvas_h;
	}
	if (s->l.cols < 1 || s->l.rows < 1)
		s->l.cols = s->l.rows = 1;
	if (s->count.refused)
		s->l.canvas_w = 0;
}

/* How often `part` goes into `whole`, the last one cut; 0: not at all, or too often. */
static int times(double whole, double part)
{
	double n = part > 0 ? ceil(whole / part - 1e-6) : 0;

	return n >= 1 && n <= CELLS_OF_GRID ? (int)n : 0;
}

/* The rule adds up: what the grid has is what is counted, but for the overview, which is as large
 * as a tile. */
static enum fed_order find_order(const struct fed *s)
{
	int64_t grid = (int64_t)s->cols * s->rows, tile = (int64_t)s->tile_cols * s->tile_rows;
	int64_t counted = s->count.visual - (s->l.overview ? tile : 0);
	bool has_tiles = s->l.cols > 1 || s->l.rows > 1;

	if (counted == grid)
		return has_tiles ? FED_BY_TILE : FED_BY_ROW;
	return counted == grid + s->rows || counted == grid + s->rows - 1 ? FED_BY_ROW_ENDED
									  : FED_UNKNOWN;
}

/* From the patches of the derivation: of the whole canvas, or of one tile. */
static int find_patches(const struct fed *s, const struct trace *trace)
{
	for (int i = 0; i < trace->n; i++) {
		const struct step *p = &trace->steps[i];

		if (p->kind != STEP_PATCH || p->width <= 0)
			continue;
		for (int tiled = 0; tiled < 2; tiled++) {
			double across = (double)p->width * (tiled ? s->l.cols : 1);
			double n = across * s->l.cell_w / (double)s->l.canvas_w;

			if (n >= 1 && n <= PATCHES_OF_TOKEN && fabs(n - rint(n)) < 1e-6)
				return (int)rint(n);
		}
	}
	return 0;
}

static void look_tokens(struct fed *s, const struct trace *trace)
{
	s->cols = s->rows = 0;
	if (!fed_is_known(s))
		return;
	s->cols = times((double)s->l.canvas_w, s->l.cell_w);
	s->rows = times((double)s->l.canvas_h, s->l.cell_h);
	s->tile_cols = times((double)s->l.canvas_w / s->l.cols, s->l.cell_w);
	s->tile_rows = times((double)s->l.canvas_h / s->l.rows, s->l.cell_h);
	if (s->cols && s->rows) {
		s->order = find_order(s);
		s->patches = find_patches(s, trace);
		return;
	}
	s->is_tiles = s->l.cols > 1 || s->l.rows > 1;
	s->cols = s->is_tiles ? s->l.cols : 0;
	s->rows = s->is_tiles ? s->l.rows : 0;
}

void fed_look(struct fed *s, const struct state *st)
{
	const struct picture_info *p = &st->picture;
	struct trace trace = {.n = 0};

	*s = (struct fed){.setup = &st->req.setup};
	s->turning = request_turning(&st->req, st->reg, NULL);
	picture_seen(p, s->turning.turns, &s->file_w, &s->file_h);
	count_image(s->setup->model->processor, s->setup->lens, &s->setup->knobs, s->setup->width,
		    s->setup->height, &s->count, &trace);
	look_layout(s, &trace);
	look_tokens(s, &trace);
	s->dpi_is_stated = p->path[0] && p->dpi > 0 && s->file_h > 0;
	double longer =
		(double)(s->setup->width > s->setup->height ? s->setup->width : s->setup->height);
	s->dpi = s->dpi_is_stated ? p->dpi * (double)s->setup->height / (double)s->file_h
				  : longer / PAGE_INCHES;
}

bool fed_is_known(const struct fed *s)
{
	return s->l.canvas_w > 0 && s->l.canvas_h > 0;
}

struct preview_area fed_content(const struct fed *s)
{
	double w = (double)s->l.canvas_w, h = (double)s->l.canvas_h;

	if (!fed_is_known(s))
		return (struct preview_area){0, 0, 1, 1};
	return (struct preview_area){(double)s->l.content_x / w, (double)s->l.content_y / h,
				     (double)s->l.content_w / w, (double)s->l.content_h / h};
}

/* What a terminal draws lies above the text: not under a list, nor where there are no colours. */
static bool is_above(const struct state *st)
{
	return st->means.ink == INK_PIXELS && (st->overlay != OVERLAY_NONE || st->ascii ||
					       st->is_mono || (st->theme && st->theme->is_mono));
}

struct preview fed_preview(const struct fed *s, const struct state *st)
{
	const struct theme *t = st->theme;
	struct preview_area at = fed_content(s);
	bool is_known = fed_is_known(s), has_tokens = is_known && s->cols && !s->is_tiles;

	return (struct preview){
		.picture = st->picture.pixels,
		.x = at.x,
		.y = at.y,
		.width = at.width,
		.height = at.height,
		.cols = is_known ? s->l.cols : 1,
		.rows = is_known ? s->l.rows : 1,
		.token_w = has_tokens ? s->l.cell_w / (double)s->l.canvas_w : 0,
		.token_h = has_tokens ? s->l.cell_h / (double)s->l.canvas_h : 0,
		.orientation = s->turning.turns ? 1 : st->picture.orientation,
		.is_mono = st->is_mono || (t && t->is_mono),
		.is_light = t && t->is_light,
		.ink = is_above(st) ? INK_HALVES : st->means.ink,
		.cell_w = st->means.cell_w,
		.cell_h = st->means.cell_h,
		.patches = s->patches,
	};
}

double fed_cell_aspect(const struct state *st)
{
	const struct picture_means *m = &st->means;

	return m->ink == INK_PIXELS && m->cell_w > 0 ? (double)m->cell_h / m->cell_w : CELL_ASPECT;
}

bool fed_at(const struct fed *s, double u, double v, int *col, int *row)
{
	if (!s->cols || !s->rows)
		return false;
	struct preview_area one = fed_token(s, 0, 0);

	*col = preview_index(u / (one.width * s->cols), s->cols);
	*row = preview_index(v / (one.height * s->rows), s->rows);
	return true;
}

struct preview_area fed_token(const struct fed *s, int col, int row)
{
	double w = s->is_tiles ? 1.0 / s->cols : s->l.cell_w / (double)s->l.canvas_w;
	double h = s->is_tiles ? 1.0 / s->rows : s->l.cell_h / (double)s->l.canvas_h;

	return (struct preview_area){col * w, row * h, w, h};
}

int64_t fed_place(const struct fed *s, int col, int row)
{
	int64_t tile, in_tile;

	if (s->is_tiles)
		return (int64_t)row * s->cols + col + 1;
	switch (s->order) {
	case FED_UNKNOWN:
		break;
	case FED_BY_ROW:
		return (int64_t)row * s->cols + col + 1;
	case FED_BY_ROW_ENDED:
		return (int64_t)row * (s->cols + 1) + col + 1;
	case FED_BY_TILE:
		tile = (int64_t)(row / s->tile_rows) * s->l.cols + col / s->tile_cols;
		in_tile = (int64_t)(row % s->tile_rows) * s->tile_cols + col % s->tile_cols;
		return tile * s->tile_cols * s->tile_rows + in_tile + 1;
	}
	return 0;
}
