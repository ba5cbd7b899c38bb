#include "cli/input.h"

#include <string.h>

#include "base/str.h"
#include "base/unit.h"
#include "core/usual.h"
#include "image/clip.h"
#include "image/image.h"
#include "state/size_name.h"

bool input_is_size(const char *text)
{
	int64_t width, height;
	bool has_digit = false;

	if (size_name_parse(text, &width, &height))
		return true;
	for (; *text; text++) {
		if (*text >= '0' && *text <= '9')
			has_digit = true;
		else if (!strchr("xX*, \t+-.\xc3\x97", *text))
			return false;
	}
	return has_digit;
}

bool input_is_address(const char *text)
{
	return str_starts(text, "http://") || str_starts(text, "https://") ||
	       str_starts(text, "ftp://") || str_starts(text, "s3://") ||
	       str_starts(text, "gs://") || str_starts(text, "data:");
}

/* One side at *s, any sign, any length, behind blanks. Moves *s over it. Returns a complaint, or
 * NULL. */
static const char *judge_side(const char **s)
{
	int64_t v;

	*s += strspn(*s, " \t");
	bool negative = **s == '-';
	*s += negative;
	size_t digits = strspn(*s, "0123456789");
	if (!digits)
		return "expected WxH, two whole numbers of pixels";
	const char *end = *s + digits;
	if (*end == '.')
		return "sides are whole numbers of pixels";
	if (negative)
		return "a side cannot be negative";
	if (!str_scan_uint(s, SIDE_MAX, &v))
		return "a side is at most 1,000,000,000 pixels";
	return v < 1 ? "both sides must be at least 1 pixel" : NULL;
}

/* Why unit_scan_size did not take it. */
static const char *judge_size(const char *s)
{
	const char *complaint = judge_side(&s);

	if (complaint)
		return complaint;
	s += strspn(s, " \t");
	s += *s && strchr("xX,*", *s) ? 1 : str_starts(s, "\xc3\x97") ? 2 : 0;
	complaint = judge_side(&s);
	return complaint ? complaint : "expected WxH and nothing after it";
}

typedef bool (*probe_fn)(const char *path, struct image_info *out, struct vtok_error *err);

/* What is no picture may be a video. The first error stands where it is neither. */
static bool read_clip(const char *path, bool takes_clips, struct input *in, struct vtok_error *err)
{
	struct vtok_error own = {0};
	struct clip_info clip;
	enum clip_state state = clip_probe(path, &clip, &own);

	if (state == CLIP_OTHER)
		return false;
	if (state == CLIP_BAD) {
		*err = own;
		return false;
	}
	err->code = VTOK_OK; /* the first error is kept otherwise */
	if (!takes_clips)
		return error_set(err, VTOK_E_INPUT, "a video: vtok count counts its tokens");
	*in = (struct input){
		.width = clip.width,
		.height = clip.height,
		.stored_w = clip.stored_w,
		.stored_h = clip.stored_h,
		.orientation = clip.orientation,
		.is_clip = true,
		.seconds = clip.seconds,
		.rate = clip.rate,
		.frames = clip.frames,
	};
	return true;
}

static bool read_file(const char *path, probe_fn probe, bool takes_clips, struct input *in,
		      struct vtok_error *err)
{
	struct image_info info;

	if (!probe(path, &info, err))
		return read_clip(path, takes_clips, in, err);
	*in = (struct input){
		.width = info.width,
		.height = info.height,
		.stored_w = info.stored_w,
		.stored_h = info.stored_h,
		.orientation = info.orientation,
		.file_bytes = info.file_bytes,
		.format = info.format,
	};
	return true;
}

/* "1920x1080" to the letter, as nearly every line of a stream is. */
static bool scan_plain(const char *s, const char *end, struct input *in)
{
	return str_scan_uint(&s, SIDE_MAX, &in->width) && *s++ == 'x' &&
	       str_scan_uint(&s, SIDE_MAX, &in->height) && s == end && in->width > 0 &&
	       in->height > 0;
}

static bool scan_any(const char *s, const char *end, struct input *in)
{
	return unit_scan_size(&s, &in->width, &in->height) && s == end;
}

/* "1080p", "A4@300". */
static bool scan_name(const char *text, size_t len, struct input *in)
{
	return strlen(text) == len && size_name_parse(text, &in->width, &in->height);
}

static bool read_any(const char *text, size_t len, probe_fn probe, bool takes_clips,
		     struct input *in, struct vtok_error *err)
{
	in->is_plain = scan_plain(text, text + len, in);
	if (in->is_plain || scan_any(text, text + len, in) || scan_name(text, len, in)) {
		in->stored_w = in->width;
		in->stored_h = in->height;
		in->orientation = 1;
		in->file_bytes = 0;
		in->is_clip = false;
		return true;
	}
	if (strlen(text) != len)
		return error_set(err, VTOK_E_INPUT, "a NUL byte in the line");
	if (!text[strspn(text, " \t")])
		return error_set(err, VTOK_E_INPUT, "empty line");
	if (input_is_size(text))
		return error_set(err, VTOK_E_INPUT, "bad size: %s", judge_size(text));
	if (input_is_address(text))
		return error_set(err, VTOK_E_INPUT, INPUT_ADDRESS);
	if (strcmp(text, "-") == 0)
		return error_set(err, VTOK_E_INPUT, INPUT_STDIN);
	return read_file(text, probe, takes_clips, in, err);
}

struct input input_seen(const struct input *in, bool turns)
{
	struct input seen = *in;

	if (!turns && in->orientation >= 5 && !in->is_clip) {
		seen.width = in->stored_w;
		seen.height = in->stored_h;
	}
	return seen;
}

bool input_read(const char *text, size_t len, struct input *in, struct vtok_error *err)
{
	return read_any(text, len, image_probe, false, in, err);
}

bool input_read_moving(const char *text, size_t len, struct input *in, struct vtok_error *err)
{
	return read_any(text, len, image_probe, true, in, err);
}

bool input_read_sized(const char *text, size_t len, struct input *in, struct vtok_error *err)
{
	return read_any(text, len, image_probe_sized, false, in, err);
}

bool input_read_file(const char *path, struct input *in, struct vtok_error *err)
{
	return read_file(path, image_probe, false, in, err);
}

bool input_read_file_sized(const char *path, struct input *in, struct vtok_error *err)
{
	return read_file(path, image_probe_sized, false, in, err);
}
