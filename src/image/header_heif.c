/* HEIF (ISO/IEC 23008-12), and AVIF, which is HEIF with other pixels: boxes as of MP4.
 *
 *     ftyp            brands
 *     meta            a full box: four bytes of version and flags before what is in it
 *       pitm          which item is the picture
 *       iprp
 *         ipco        properties, counted from 1: ispe (size), clap (a part of it), irot, imir
 *         ipma        which item has which of them, in the order in which they apply
 *
 * A phone's picture is one item of that size made of tiles, which are items too. A decoder of HEIC
 * cuts and turns it itself, so that the size given here is the final one and the orientation 1;
 * those of AVIF leave both to the program, and Pillow gives them as an orientation of EXIF and does
 * not cut. */
#include "image/box.h"
#include "image/header.h"

enum { BOXES_MOST = 4096, PROPERTIES_MOST = 255, ITEMS_MOST = 65536 };

struct heif {
	struct boxes boxes;
	uint32_t item;                        /* the picture */
	int n;                                /* its properties: */
	int index[PROPERTIES_MOST];           /* each one's number in ipco */
	struct box property[PROPERTIES_MOST]; /* its box; one without a type is not there */
};

static bool read_item(struct heif *f, const struct box *pitm)
{
	const uint8_t *p = source_get(f->boxes.s, pitm->pos, 6);
	bool is_wide = p && p[0] > 0;

	if (is_wide)
		p = source_get(f->boxes.s, pitm->pos, 8);
	if (p)
		f->item = is_wide ? be32(p + 4) : be16(p + 4);
	return p != NULL;
}

enum row { ROW_OURS, ROW_OTHER, ROW_CUT };

/* One row of ipma: the item's own, or another's. */
static enum row read_row(struct heif *f, int64_t *pos, bool is_wide, bool has_wide_index)
{
	const uint8_t *p = source_get(f->boxes.s, *pos, is_wide ? 5 : 3);

	if (!p)
		return ROW_CUT;
	bool is_ours = (is_wide ? be32(p) : be16(p)) == f->item;
	int n = p[is_wide ? 4 : 2];
	*pos += is_wide ? 5 : 3;
	for (f->n = 0; is_ours && f->n < n && f->n < PROPERTIES_MOST; f->n++) {
		/* the highest bit says whether a reader must know the property */
		p = source_get(f->boxes.s, *pos + f->n * (has_wide_index ? 2 : 1),
			       has_wide_index ? 2 : 1);
		if (!p)
			return ROW_CUT;
		f->index[f->n] = has_wide_index ? (int)(be16(p) & 0x7fff) : p[0] & 0x7f;
	}
	*pos += (int64_t)n * (has_wide_index ? 2 : 1);
	return is_ours ? ROW_OURS : ROW_OTHER;
}

static bool read_rows(struct heif *f, const struct box *ipma)
{
	const uint8_t *p = source_get(f->boxes.s, ipma->pos, 8);
	int64_t pos = ipma->pos + 8;

	if (!p)
		return false;
	bool is_wide = p[0] > 0, has_wide_index = p[3] & 1;
	uint32_t n = be32(p + 4);
	enum row row = ROW_OTHER;
	for (uint32_t i = 0; row == ROW_OTHER && i < n && i < ITEMS_MOST && pos < ipma->end; i++)
		row = read_row(f, &pos, is_wide, has_wide_index);
	return row == ROW_OURS;
}

/* What is done to the picture, one property after the other: its present sides, and how it must be
 * turned so far, as EXIF says it. */
struct shape {
	int64_t w, h;
	int orientation;
	bool cuts; /* clap counts */
};

/* An orientation of EXIF is a turn to the right, after a mirroring from left to right: these two
 * tables say which. */
static const int turns[] = {0, 0, 0, 2, 2, 3, 1, 1, 3};
static const int mirrored[] = {0, 0, 1, 0, 1, 1, 0, 1, 0};

static int orientation_of(int turn, int mirror)
{
	for (int o = 1; o <= 8; o++)
		if (turns[o] == (turn & 3) && mirrored[o] == mirror)
			return o;
	return 1;
}

/* irot: a number of quarter turns to the left. */
static void turn(struct shape *t, int lefts)
{
	t->orientation =
		orientation_of(turns[t->orientation] + 4 - lefts, mirrored[t->orientation]);
	if (lefts & 1) {
		int64_t w = t->w;
		t->w = t->h;
		t->h = w;
	}
}

/* imir: 0 exchanges top and bottom, 1 left and right. A mirror behind a turn is the same mirror
 * before the opposite turn. */
static void mirror(struct shape *t, int axis)
{
	int turned = 4 - turns[t->orientation] + (axis ? 0 : 2);

	t->orientation = orientation_of(turned, !mirrored[t->orientation]);
}

/* clap: the sides as fractions, then where they lie. */
static void cut(struct shape *t, const uint8_t *p)
{
	double w = be32(p + 4) ? (double)be32(p) / be32(p + 4) : 0;
	double h = be32(p + 12) ? (double)be32(p + 8) / be32(p + 12) : 0;

	if (!t->cuts || w < 1 || h < 1)
		return;
	t->w = w < (double)t->w ? (int64_t)(w + 0.5) : t->w;
	t->h = h < (double)t->h ? (int64_t)(h + 0.5) : t->h;
}

static void apply(struct heif *f, const struct box *property, struct shape *t)
{
	const uint8_t *p;

	if (box_is(property, "ispe") && t->w == 0 &&
	    (p = source_get(f->boxes.s, property->pos, 12))) {
		t->w = be32(p + 4);
		t->h = be32(p + 8);
	} else if (box_is(property, "clap") && (p = source_get(f->boxes.s, property->pos, 16))) {
		cut(t, p);
	} else if (box_is(property, "irot") && (p = source_get(f->boxes.s, property->pos, 1))) {
		turn(t, *p & 3);
	} else if (box_is(property, "imir") && (p = source_get(f->boxes.s, property->pos, 1))) {
		mirror(t, *p & 1);
	}
}

/* Their boxes, by one walk over those of all items. */
static void read_properties(struct heif *f, const struct box *ipco)
{
	int64_t pos = ipco->pos;
	struct box one;
	int last = 0;

	for (int i = 0; i < f->n; i++)
		last = f->index[i] > last ? f->index[i] : last;
	for (int number = 1; number <= last && box_at(&f->boxes, pos, ipco->end, &one);
	     number++, pos = one.end)
		for (int i = 0; i < f->n; i++)
			if (f->index[i] == number)
				f->property[i] = one;
}

static bool read_meta(struct heif *f, const struct box *meta, struct shape *t)
{
	struct box pitm, iprp, ipco, ipma;
	int64_t pos = meta->pos + 4;
	bool found = false;

	if (!box_find(&f->boxes, pos, meta->end, "pitm", &pitm) || !read_item(f, &pitm) ||
	    !box_find(&f->boxes, pos, meta->end, "iprp", &iprp) ||
	    !box_find(&f->boxes, iprp.pos, iprp.end, "ipco", &ipco))
		return false;
	for (pos = iprp.pos; !found && box_find(&f->boxes, pos, iprp.end, "ipma", &ipma);
	     pos = ipma.end)
		found = read_rows(f, &ipma);
	read_properties(f, &ipco);
	for (int i = 0; i < f->n; i++)
		apply(f, &f->property[i], t);
	return t->w > 0 && t->h > 0;
}

bool header_heif(struct source *s, struct image_info *out, struct vtok_error *err)
{
	const char *name = out->format == IMAGE_AVIF ? "AVIF" : "HEIC";
	struct heif f = {.boxes = {s, BOXES_MOST, false}};
	struct shape t = {.orientation = 1, .cuts = out->format == IMAGE_HEIC};
	int64_t end = source_length(s);
	struct box meta, movie;

	if (!box_find(&f.boxes, 0, end, "meta", &meta)) {
		f.boxes.left = BOXES_MOST;
		if (box_find(&f.boxes, 0, end, "moov", &movie))
			return error_set(err, VTOK_E_INPUT,
					 "this %s is a film without a still picture", name);
		return header_cut(s, name, err);
	}
	if (!read_meta(&f, &meta, &t))
		return f.boxes.is_cut ? header_cut(s, name, err)
				      : error_set(err, VTOK_E_INPUT,
						  "damaged %s: no size among its boxes", name);
	bool turned = out->format == IMAGE_AVIF && t.orientation >= 5;
	out->orientation = out->format == IMAGE_AVIF ? t.orientation : 1;
	out->stored_w = turned ? t.h : t.w;
	out->stored_h = turned ? t.w : t.h;
	return true;
}
