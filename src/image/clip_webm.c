/* WebM and Matroska: elements in elements, each an id, a length and its bytes (RFC 8794, RFC 9559).
 *
 *     EBML     DocType
 *     Segment
 *       Info      TimestampScale (nanoseconds of a tick), Duration (ticks)
 *       Tracks    TrackEntry: TrackType 1, DefaultDuration (nanoseconds of a frame),
 *                 Video: PixelWidth, PixelHeight, what is cropped, DisplayWidth and -Height,
 *                 Projection: ProjectionPoseRoll (degrees)
 *       Cluster   Timestamp, SimpleBlock and BlockGroup: where no frame's length is told, the mean
 *                 distance of the first ones tells the rate
 */
#include "image/clip_format.h"

#include <math.h>
#include <string.h>

#include "image/header.h"

enum {
	ELEMENTS_MAX = 4096,
	BLOCKS_MAX = 31, /* one or two seconds tell a rate */
	DEPTH_MAX = 6,
};

/* Ids as they are written, with their marker bits. */
enum {
	ID_EBML = 0x1a45dfa3,
	ID_DOCTYPE = 0x4282,
	ID_SEGMENT = 0x18538067,
	ID_INFO = 0x1549a966,
	ID_SCALE = 0x2ad7b1,
	ID_DURATION = 0x4489,
	ID_TRACKS = 0x1654ae6b,
	ID_ENTRY = 0xae,
	ID_NUMBER = 0xd7,
	ID_TYPE = 0x83,
	ID_FRAME_NS = 0x23e383,
	ID_VIDEO = 0xe0,
	ID_WIDTH = 0xb0,
	ID_HEIGHT = 0xba,
	ID_CROP_BOTTOM = 0x54aa,
	ID_CROP_TOP = 0x54bb,
	ID_CROP_LEFT = 0x54cc,
	ID_CROP_RIGHT = 0x54dd,
	ID_PROJECTION = 0x7670,
	ID_ROLL = 0x7675,
	ID_CLUSTER = 0x1f43b675,
	ID_TIME = 0xe7,
	ID_BLOCK = 0xa3,
	ID_GROUP = 0xa0,
	ID_GROUP_BLOCK = 0xa1,
};

struct element {
	uint32_t id;
	int64_t pos, len; /* of what is in it; of unknown length: to the end of its parent */
};

struct entry {
	uint64_t number, type, frame_ns;
	uint64_t w, h, left, right, top, bottom;
	double roll;
};

struct file {
	struct source *s;
	int left; /* elements that are still looked at */
	struct clip_info *out;
	struct entry track; /* number 0 = none yet */
	uint64_t scale;     /* nanoseconds of a tick */
	double ticks;
	uint64_t cluster; /* ticks */
	int64_t times[BLOCKS_MAX + 1];
	int blocks;
};

/* A number whose first byte tells its length by the place of its first bit; -1: none. Its marker is
 * kept where `keep`. */
static int64_t number_at(struct source *s, int64_t pos, int64_t end, int most, bool keep, int *len)
{
	const uint8_t *p = pos < end ? source_get(s, pos, 1) : NULL;
	int n = 1;

	if (!p || !p[0])
		return -1;
	while (!(p[0] & 0x80 >> (n - 1)))
		n++;
	if (n > most || pos + n > end || !(p = source_get(s, pos, (size_t)n)))
		return -1;
	uint64_t v = keep ? p[0] : p[0] & (0xff >> n);
	bool all_ones = (p[0] | ~(0xff >> n)) == -1;
	for (int i = 1; i < n; i++) {
		v = v << 8 | p[i];
		all_ones = all_ones && p[i] == 0xff;
	}
	*len = n;
	return !keep && all_ones ? INT64_MAX : (int64_t)v;
}

static bool element_at(struct file *f, int64_t pos, int64_t end, struct element *e)
{
	int id_len, len_len;

	if (f->left <= 0)
		return false;
	f->left--;
	int64_t id = number_at(f->s, pos, end, 4, true, &id_len);
	if (id < 0)
		return false;
	int64_t len = number_at(f->s, pos + id_len, end, 8, false, &len_len);
	if (len < 0)
		return false;
	e->id = (uint32_t)id;
	e->pos = pos + id_len + len_len;
	e->len = len > end - e->pos ? end - e->pos : len;
	return true;
}

static uint64_t whole_of(struct file *f, const struct element *e)
{
	const uint8_t *p =
		e->len >= 1 && e->len <= 8 ? source_get(f->s, e->pos, (size_t)e->len) : NULL;
	uint64_t v = 0;

	for (int64_t i = 0; p && i < e->len; i++)
		v = v << 8 | p[i];
	return v;
}

static double real_of(struct file *f, const struct element *e)
{
	const uint8_t *p =
		e->len == 4 || e->len == 8 ? source_get(f->s, e->pos, (size_t)e->len) : NULL;
	double wide = 0;
	float narrow;

	if (p && e->len == 4) {
		uint32_t bits = be32(p);
		memcpy(&narrow, &bits, sizeof(narrow));
		wide = narrow;
	} else if (p) {
		uint64_t bits = be64(p);
		memcpy(&wide, &bits, sizeof(wide));
	}
	return isfinite(wide) ? wide : 0;
}

static void read_doctype(struct file *f, const struct element *e)
{
	const uint8_t *p = e->len >= 4 ? source_get(f->s, e->pos, 4) : NULL;

	f->out->format = p && memcmp(p, "webm", 4) == 0 ? "WebM" : "Matroska";
}

static void read_entry(struct file *f, const struct element *in, struct entry *t, int depth)
{
	struct element e;

	for (int64_t pos = in->pos; element_at(f, pos, in->pos + in->len, &e);
	     pos = e.pos + e.len) {
		switch (e.id) {
		case ID_VIDEO:
		case ID_PROJECTION:
			if (depth < DEPTH_MAX)
				read_entry(f, &e, t, depth + 1);
			break;
		case ID_NUMBER:
			t->number = whole_of(f, &e);
			break;
		case ID_TYPE:
			t->type = whole_of(f, &e);
			break;
		case ID_FRAME_NS:
			t->frame_ns = whole_of(f, &e);
			break;
		case ID_WIDTH:
			t->w = whole_of(f, &e);
			break;
		case ID_HEIGHT:
			t->h = whole_of(f, &e);
			break;
		case ID_CROP_LEFT:
			t->left = whole_of(f, &e);
			break;
		case ID_CROP_RIGHT:
			t->right = whole_of(f, &e);
			break;
		case ID_CROP_TOP:
			t->top = whole_of(f, &e);
			break;
		case ID_CROP_BOTTOM:
			t->bottom = whole_of(f, &e);
			break;
		case ID_ROLL:
			t->roll = real_of(f, &e);
			break;
		}
	}
}

static void read_tracks(struct file *f, const struct element *in)
{
	struct element e;

	for (int64_t pos = in->pos; element_at(f, pos, in->pos + in->len, &e);
	     pos = e.pos + e.len) {
		struct entry t = {0};
		if (e.id != ID_ENTRY || f->track.number)
			continue;
		read_entry(f, &e, &t, 0);
		if (t.type == 1)
			f->track = t;
	}
}

static void read_info(struct file *f, const struct element *in)
{
	struct element e;

	for (int64_t pos = in->pos; element_at(f, pos, in->pos + in->len, &e);
	     pos = e.pos + e.len) {
		if (e.id == ID_SCALE)
			f->scale = whole_of(f, &e);
		else if (e.id == ID_DURATION)
			f->ticks = real_of(f, &e);
	}
}

/* A block begins with its track and 16 bits of time since the cluster's. */
static void read_block(struct file *f, const struct element *e)
{
	int len;
	int64_t track = number_at(f->s, e->pos, e->pos + e->len, 8, false, &len);
	const uint8_t *p =
		track >= 0 && e->len >= len + 2 ? source_get(f->s, e->pos + len, 2) : NULL;

	if (!p || (uint64_t)track != f->track.number || f->blocks > BLOCKS_MAX)
		return;
	f->times[f->blocks++] = (int64_t)(f->cluster & INT32_MAX) + (int16_t)be16(p);
}

static void read_cluster(struct file *f, const struct element *in, int depth)
{
	struct element e;

	for (int64_t pos = in->pos;
	     f->blocks <= BLOCKS_MAX && element_at(f, pos, in->pos + in->len, &e);
	     pos = e.pos + e.len) {
		if (e.id == ID_CLUSTER) /* behind one of unknown length */
			read_cluster(f, &e, depth < DEPTH_MAX ? depth + 1 : depth);
		else if (e.id == ID_TIME)
			f->cluster = whole_of(f, &e);
		else if (e.id == ID_BLOCK || e.id == ID_GROUP_BLOCK)
			read_block(f, &e);
		else if (e.id == ID_GROUP && depth < DEPTH_MAX)
			read_cluster(f, &e, depth + 1);
		if (depth >= DEPTH_MAX && e.id == ID_CLUSTER)
			return;
	}
}

/* Blocks stand as they are decoded, not as they are shown: the earliest and the latest tell. */
static double rate_of_blocks(const struct file *f)
{
	int64_t first = INT64_MAX, last = INT64_MIN;

	for (int i = 0; i < f->blocks; i++) {
		first = f->times[i] < first ? f->times[i] : first;
		last = f->times[i] > last ? f->times[i] : last;
	}
	if (f->blocks < 2 || last <= first)
		return 0;
	return (f->blocks - 1) * 1e9 / ((double)(last - first) * (double)f->scale);
}

static void read_segment(struct file *f, const struct element *in)
{
	struct element e;

	for (int64_t pos = in->pos; element_at(f, pos, in->pos + in->len, &e);
	     pos = e.pos + e.len) {
		if (e.id == ID_INFO)
			read_info(f, &e);
		else if (e.id == ID_TRACKS)
			read_tracks(f, &e);
		else if (e.id == ID_CLUSTER) {
			/* both stand before the pictures */
			if (!f->track.number || f->track.frame_ns)
				return;
			read_cluster(f, &e, 0);
		}
		if (f->blocks > BLOCKS_MAX)
			return;
	}
}

static int64_t cropped(uint64_t side, uint64_t a, uint64_t b)
{
	if (side > INT32_MAX || a > INT32_MAX || b > INT32_MAX || a + b >= side)
		return side > INT32_MAX ? INT64_MAX : (int64_t)side;
	return (int64_t)(side - a - b);
}

static void to_info(struct file *f)
{
	const struct entry *t = &f->track;
	struct clip_info *out = f->out;

	out->stored_w = cropped(t->w, t->left, t->right);
	out->stored_h = cropped(t->h, t->top, t->bottom);
	/* a roll turns against the clock */
	out->orientation = t->roll == 90 || t->roll == -270   ? 8
			   : t->roll == -90 || t->roll == 270 ? 6
			   : fabs(t->roll) == 180             ? 3
							      : 1;
	out->seconds = f->ticks * (double)f->scale / 1e9;
	out->rate = t->frame_ns ? 1e9 / (double)t->frame_ns : rate_of_blocks(f);
}

bool clip_webm(struct source *s, struct clip_info *out, struct vtok_error *err)
{
	struct file f = {.s = s, .left = ELEMENTS_MAX, .out = out, .scale = 1000000};
	struct element e, inner;
	bool has_segment = false;

	out->format = "Matroska";
	for (int64_t pos = 0; !has_segment && element_at(&f, pos, s->size, &e);
	     pos = e.pos + e.len) {
		if (e.id == ID_EBML)
			for (int64_t at = e.pos; element_at(&f, at, e.pos + e.len, &inner);
			     at = inner.pos + inner.len) {
				if (inner.id == ID_DOCTYPE)
					read_doctype(&f, &inner);
			}
		has_segment = e.id == ID_SEGMENT;
		if (has_segment)
			read_segment(&f, &e);
	}
	if (!has_segment || (!f.track.number && s->reads_left == 0))
		return header_cut(s, out->format, err);
	if (!f.track.number)
		return error_set(err, VTOK_E_INPUT, "this %s has no pictures", out->format);
	to_info(&f);
	return true;
}
