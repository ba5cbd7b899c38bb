/* MP4, QuickTime and their kin: boxes in boxes (ISO/IEC 14496-12).
 *
 *     moov            mvhd, mvex (mehd, trex: fragmented files)
 *       trak          the first with handler "vide" and frames
 *         tkhd        the matrix that turns it, the size it is shown in
 *         mdia        mdhd (ticks a second, ticks in all), hdlr
 *           minf stbl stsd (pixels of a frame), stsz or stz2 (frames), stts (ticks of each)
 *     moof traf       tfhd, tfdt, trun: frames of fragmented files, and when they begin
 *     sidx            an index of those
 *
 * A file is read box by box, children of known boxes alone, so that a moov behind gigabytes of
 * pictures costs two reads. */
#include "image/box.h"
#include "image/clip_format.h"

#include <string.h>

#include "base/base.h"
#include "image/header.h"

enum { BOXES_MAX = 4096, DEPTH_MAX = 8 };

struct track {
	bool is_video;
	int64_t shown_w, shown_h; /* of tkhd, whole pixels; 0 = it does not say */
	int64_t w, h;             /* of the first description */
	int orientation;
	uint32_t id, ticks_a_second;
	uint64_t ticks;    /* of the track */
	int64_t frames;    /* of the table of sizes */
	uint64_t in_table; /* ticks of the table of times */
};

struct movie {
	struct track track; /* the one that counts; id 0 = none yet */
	uint32_t ticks_a_second;
	uint64_t ticks, fragments; /* of mvhd and mehd */
	uint32_t default_id, default_ticks;
	bool is_fragmented;
	uint32_t frame_ticks; /* of the first fragment; 0 = none told */
	int64_t frames;       /* of the fragments */
	uint64_t end;         /* of the last of them, ticks of the track */
	double indexed_s;     /* of all of them by an index; 0 = none */
	struct boxes boxes;
};

/* ticks a second and ticks of mvhd or mdhd: both versions. */
static void read_times(struct source *s, const struct box *b, uint32_t *a_second, uint64_t *ticks)
{
	const uint8_t *p = box_bytes(s, b, 0, 20);

	if (p && p[0] == 1) {
		if (!(p = box_bytes(s, b, 0, 32)))
			return;
		*a_second = be32(p + 20);
		*ticks = be64(p + 24);
	} else if (p) {
		*a_second = be32(p + 12);
		*ticks = be32(p + 16) == UINT32_MAX ? 0 : be32(p + 16);
	}
}

/* The matrix's four numbers that turn: a b / c d, in 16.16; seen as a, b. Mirrors are not told
 * apart: they keep the size. */
static int turned(const uint8_t *m)
{
	int32_t a = (int32_t)be32(m), b = (int32_t)be32(m + 4), c = (int32_t)be32(m + 12),
		d = (int32_t)be32(m + 16);

	if (a == 0 && d == 0 && b != 0 && c != 0)
		return b > 0 ? 6 : 8;
	return a < 0 && d < 0 && b == 0 && c == 0 ? 3 : 1;
}

static void read_tkhd(struct source *s, const struct box *b, struct track *t)
{
	const uint8_t *p = box_bytes(s, b, 0, 4);
	int64_t shift = p && p[0] == 1 ? 12 : 0;

	if (!p || !(p = box_bytes(s, b, 12 + (shift ? 8 : 0), 4)))
		return;
	t->id = be32(p);
	if (!(p = box_bytes(s, b, 40 + shift, 44)))
		return;
	t->orientation = turned(p);
	t->shown_w = be32(p + 36) >> 16;
	t->shown_h = be32(p + 40) >> 16;
}

/* The first description: 8 bytes of the table, then a box with the size of a frame in it. */
static void read_stsd(struct source *s, const struct box *b, struct track *t)
{
	const uint8_t *p = box_bytes(s, b, 8, 36);

	if (!p)
		return;
	t->w = be16(p + 32);
	t->h = be16(p + 34);
}

static void read_sizes(struct source *s, const struct box *b, struct track *t)
{
	const uint8_t *p = box_bytes(s, b, 8, 4);

	if (p)
		t->frames = be32(p);
}

/* Frames of equal length one after the other; a table of many lines is one of a camera whose rate
 * changes, and the length of the track tells the mean. */
static void read_stts(struct source *s, const struct box *b, struct track *t)
{
	enum { LINES_MOST = 400 };
	const uint8_t *p = box_bytes(s, b, 4, 4);
	uint32_t n = p ? be32(p) : 0;
	uint64_t sum = 0;

	if (n > LINES_MOST)
		return;
	for (uint32_t i = 0; i < n; i++) {
		if (!(p = box_bytes(s, b, 8 + 8 * (int64_t)i, 8)))
			return;
		sum += (uint64_t)be32(p) * be32(p + 4);
	}
	t->in_table = sum;
}

static void read_track(struct source *s, struct movie *m, const struct box *in, struct track *t,
		       int depth)
{
	static const char nested[][5] = {"mdia", "minf", "stbl"};
	struct box b;

	for (int64_t pos = in->pos; box_at(&m->boxes, pos, in->end, &b); pos = b.end) {
		const uint8_t *p;
		for (size_t i = 0; i < ARRAY_SIZE(nested); i++)
			if (box_is(&b, nested[i]) && depth < DEPTH_MAX)
				read_track(s, m, &b, t, depth + 1);
		if (box_is(&b, "tkhd"))
			read_tkhd(s, &b, t);
		else if (box_is(&b, "mdhd"))
			read_times(s, &b, &t->ticks_a_second, &t->ticks);
		else if (box_is(&b, "hdlr") && (p = box_bytes(s, &b, 8, 4)))
			t->is_video |= memcmp(p, "vide", 4) == 0;
		else if (box_is(&b, "stsd"))
			read_stsd(s, &b, t);
		else if (box_is(&b, "stsz") || box_is(&b, "stz2"))
			read_sizes(s, &b, t);
		else if (box_is(&b, "stts"))
			read_stts(s, &b, t);
	}
}

static void read_mvex(struct source *s, struct movie *m, const struct box *in)
{
	struct box b;

	m->is_fragmented = true;
	for (int64_t pos = in->pos; box_at(&m->boxes, pos, in->end, &b); pos = b.end) {
		const uint8_t *p = box_is(&b, "mehd") ? box_bytes(s, &b, 0, 8) : NULL;
		if (p && p[0] == 1)
			m->fragments = (p = box_bytes(s, &b, 4, 8)) ? be64(p) : 0;
		else if (p)
			m->fragments = be32(p + 4);
		if (box_is(&b, "trex") && (p = box_bytes(s, &b, 4, 12)) &&
		    (!m->default_id || be32(p) == m->track.id)) {
			m->default_id = be32(p);
			m->default_ticks = be32(p + 8);
		}
	}
}

static void read_moov(struct source *s, struct movie *m, const struct box *in)
{
	struct box b;

	for (int64_t pos = in->pos; box_at(&m->boxes, pos, in->end, &b); pos = b.end) {
		if (box_is(&b, "mvhd")) {
			read_times(s, &b, &m->ticks_a_second, &m->ticks);
		} else if (box_is(&b, "mvex")) {
			read_mvex(s, m, &b);
		} else if (box_is(&b, "trak") && !m->track.is_video) {
			struct track t = {.orientation = 1};
			read_track(s, m, &b, &t, 0);
			if (t.is_video)
				m->track = t;
		}
	}
}

/* ------------------------------------------------------------ fragments */

/* Ticks of a frame where the track's own fragment header says so; bits: ISO/IEC 14496-12, 8.8.7. */
static uint32_t header_ticks(struct source *s, const struct box *b)
{
	const uint8_t *p = box_bytes(s, b, 0, 4);
	uint32_t flags = p ? be32(p) & 0xffffff : 0;
	int64_t at = 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);

	p = flags & 8 ? box_bytes(s, b, at, 4) : NULL;
	return p ? be32(p) : 0;
}

/* A table of frames: how many, and the first one's ticks where each has its own. */
static void read_run(struct source *s, struct movie *m, const struct box *b, uint32_t ticks)
{
	const uint8_t *p = box_bytes(s, b, 0, 8);
	uint32_t flags = p ? be32(p) & 0xffffff : 0;
	uint32_t n = p ? be32(p + 4) : 0;
	int64_t at = 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);

	p = flags & 0x100 ? box_bytes(s, b, at, 4) : NULL;
	if (p)
		ticks = be32(p);
	if (!m->frame_ticks)
		m->frame_ticks = ticks;
	m->frames += n;
	m->end += (uint64_t)n * ticks;
}

static void read_traf(struct source *s, struct movie *m, const struct box *in)
{
	uint32_t ticks = m->default_id == m->track.id ? m->default_ticks : 0;
	struct box b;

	for (int64_t pos = in->pos; box_at(&m->boxes, pos, in->end, &b); pos = b.end) {
		const uint8_t *p;
		if (box_is(&b, "tfhd")) {
			if (!(p = box_bytes(s, &b, 4, 4)) || be32(p) != m->track.id)
				return;
			uint32_t own = header_ticks(s, &b);
			ticks = own ? own : ticks;
		} else if (box_is(&b, "tfdt") && (p = box_bytes(s, &b, 0, 8))) {
			bool is_wide = p[0] == 1;
			p = box_bytes(s, &b, 4, is_wide ? 8 : 4);
			m->end = !p ? 0 : is_wide ? be64(p) : be32(p);
		} else if (box_is(&b, "trun")) {
			read_run(s, m, &b, ticks);
		}
	}
}

static void read_moof(struct source *s, struct movie *m, const struct box *in)
{
	struct box b;

	for (int64_t pos = in->pos; box_at(&m->boxes, pos, in->end, &b); pos = b.end)
		if (box_is(&b, "traf"))
			read_traf(s, m, &b);
}

/* The length of all segments that an index lists; 0 where it is that of a part of the file. */
static double index_seconds(struct source *s, const struct box *b)
{
	const uint8_t *p = box_bytes(s, b, 0, 12);
	uint64_t ticks = 0, bytes = 0;

	if (!p)
		return 0;
	uint32_t a_second = be32(p + 8);
	int64_t at = 12 + (p[0] == 0 ? 8 : 16);
	if (!(p = box_bytes(s, b, at + 2, 2)) || a_second == 0)
		return 0;
	uint32_t n = be16(p);
	for (uint32_t i = 0; i < n && (p = box_bytes(s, b, at + 4 + 12 * (int64_t)i, 12)); i++) {
		bytes += be32(p) & 0x7fffffff;
		ticks += be32(p + 4);
	}
	bool is_whole = bytes >= (uint64_t)(s->size - b->pos) / 10 * 9;
	return is_whole ? (double)ticks / a_second : 0;
}

/* ------------------------------------------------------------ all of it */

/* A file whose frames stand in one table. */
static void tell_table(const struct track *t, struct clip_info *out)
{
	double ticks = (double)(t->in_table ? t->in_table : t->ticks);

	out->seconds = ticks / t->ticks_a_second;
	out->frames = t->frames;
	out->rate = out->seconds > 0 ? (double)t->frames / out->seconds : 0;
}

/* One in fragments; all_seen: to its end. */
static void tell_fragments(const struct movie *m, bool all_seen, struct clip_info *out)
{
	uint32_t ticks = m->frame_ticks ? m->frame_ticks : m->default_ticks;

	if (ticks && m->track.ticks_a_second)
		out->rate = (double)m->track.ticks_a_second / ticks;
	if (all_seen && m->frames > 0 && m->track.ticks_a_second) {
		out->seconds = (double)m->end / m->track.ticks_a_second;
		out->frames = m->frames;
	} else if (m->fragments && m->ticks_a_second) {
		out->seconds = (double)m->fragments / m->ticks_a_second;
	} else {
		out->seconds = m->indexed_s;
	}
}

static bool to_info(const struct movie *m, bool all_seen, struct clip_info *out,
		    struct vtok_error *err)
{
	const struct track *t = &m->track;
	bool is_told = t->w > 0 && t->h > 0;

	if (!t->is_video)
		return error_set(err, VTOK_E_INPUT, "this %s has sound but no pictures",
				 out->format);
	out->stored_w = is_told ? t->w : t->shown_w;
	out->stored_h = is_told ? t->h : t->shown_h;
	out->orientation = t->orientation;
	if (t->frames > 0 && t->ticks_a_second > 0)
		tell_table(t, out);
	else
		tell_fragments(m, all_seen, out);
	return true;
}

bool clip_mp4(struct source *s, struct clip_info *out, struct vtok_error *err)
{
	struct movie m = {.boxes = {s, BOXES_MAX, false}};
	const uint8_t *p = source_get(s, 0, 12);
	bool is_quicktime = p && (memcmp(p + 4, "ftyp", 4) != 0 || memcmp(p + 8, "qt  ", 4) == 0);
	bool has_moov = false;
	int64_t pos = 0;
	struct box b;

	out->format = is_quicktime ? "QuickTime" : "MP4";
	for (; box_at(&m.boxes, pos, s->size, &b); pos = b.end) {
		if (box_is(&b, "moov") && !has_moov) {
			has_moov = true;
			read_moov(s, &m, &b);
			if (!m.is_fragmented || m.fragments)
				break;
		} else if (box_is(&b, "sidx") && !(m.indexed_s > 0)) {
			m.indexed_s = index_seconds(s, &b);
		} else if (box_is(&b, "moof") && has_moov) {
			read_moof(s, &m, &b);
		}
	}
	if (!has_moov)
		return header_cut(s, out->format, err);
	return to_info(&m, pos >= s->size, out, err);
}
