/* [decoder ID]: what reading a picture file takes. [preprocess ID]: what making it into the tower's
 * input takes, by the way it is done. Rates are per 10^6 pixels of one picture, or per 10^6 bytes
 * of its file. */
#include <stddef.h>

#include "base/base.h"
#include "core/preprocess.h"
#include "registry/schema.h"

#define DECODER(m) FIELD_AT(struct decoder, m)
#define RATE(format, m) FIELD_AT(struct decoder, rate[format].m)

static const char pixel[] = "s per 10^6 pixels", byte[] = "s per 10^6 bytes";

// clang-format off
static const struct field decoder_fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",	  FIELD_TEXT,	 "",	0, 0,	NULL, "name for people", DECODER(name)},
	{"source",	  FIELD_TEXT,	 "",	0, 0,	NULL, "where the values come from", DECODER(source)},
	{"note",	  FIELD_TEXT,	 "",	0, 0,	"",   "caveat for people", DECODER(note)},
	{"unverified",	  FIELD_TEXT,	 "",	0, 0,	"",   "keys whose values stand for something else that was measured", DECODER(unverified)},
	{"png-pixels",	  FIELD_SECONDS, pixel,	0, 100, "0",  "PNG: by its pixels", RATE(IMAGE_PNG, pixels_s)},
	{"png-bytes",	  FIELD_SECONDS, byte,	0, 100, "0",  "PNG: by its file", RATE(IMAGE_PNG, bytes_s)},
	{"jpeg-pixels",	  FIELD_SECONDS, pixel,	0, 100, "0",  "JPEG: by its pixels", RATE(IMAGE_JPEG, pixels_s)},
	{"jpeg-bytes",	  FIELD_SECONDS, byte,	0, 100, "0",  "JPEG: by its file", RATE(IMAGE_JPEG, bytes_s)},
	{"gif-pixels",	  FIELD_SECONDS, pixel,	0, 100, "0",  "GIF: by its pixels", RATE(IMAGE_GIF, pixels_s)},
	{"gif-bytes",	  FIELD_SECONDS, byte,	0, 100, "0",  "GIF: by its file", RATE(IMAGE_GIF, bytes_s)},
	{"bmp-pixels",	  FIELD_SECONDS, pixel,	0, 100, "0",  "BMP: by its pixels", RATE(IMAGE_BMP, pixels_s)},
	{"bmp-bytes",	  FIELD_SECONDS, byte,	0, 100, "0",  "BMP: by its file", RATE(IMAGE_BMP, bytes_s)},
	{"webp-pixels",	  FIELD_SECONDS, pixel,	0, 100, "0",  "WebP: by its pixels", RATE(IMAGE_WEBP, pixels_s)},
	{"webp-bytes",	  FIELD_SECONDS, byte,	0, 100, "0",  "WebP: by its file", RATE(IMAGE_WEBP, bytes_s)},
	{"unsized",	  FIELD_SECONDS, pixel,	0, 100, "0",  "a picture of which only the size in pixels is known", DECODER(unsized.pixels_s)},
	{"low",		  FIELD_NUM,	 "",	0.01, 1, "0.5", "measured over predicted, 10th percentile", DECODER(low)},
	{"high",	  FIELD_NUM,	 "",	1, 100, "2",  "measured over predicted, 90th percentile", DECODER(high)},
	{"unsized-low",	  FIELD_NUM,	 "",	0.01, 1, "0.5", "the same where the file is not known", DECODER(unsized_low)},
	{"unsized-high",  FIELD_NUM,	 "",	1, 100, "2",  "the same where the file is not known", DECODER(unsized_high)},
};

/* Follow from `unverified`: see registry_derive. */
static const struct field decoder_derived[] = {
	{"png-guessed",	 FIELD_BOOL, "", 0, 0, "no", "PNG was not measured", RATE(IMAGE_PNG, guessed)},
	{"jpeg-guessed", FIELD_BOOL, "", 0, 0, "no", "JPEG was not measured", RATE(IMAGE_JPEG, guessed)},
	{"gif-guessed",	 FIELD_BOOL, "", 0, 0, "no", "GIF was not measured", RATE(IMAGE_GIF, guessed)},
	{"bmp-guessed",	 FIELD_BOOL, "", 0, 0, "no", "BMP was not measured", RATE(IMAGE_BMP, guessed)},
	{"webp-guessed", FIELD_BOOL, "", 0, 0, "no", "WebP was not measured", RATE(IMAGE_WEBP, guessed)},
	{"unsized-guessed", FIELD_BOOL, "", 0, 0, "no", "nothing was measured", DECODER(unsized.guessed)},
};

#define AT(m) FIELD_AT(struct preprocess, m)

static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",	  FIELD_TEXT,	 "",	0, 0,	NULL, "name for people", AT(name)},
	{"source",	  FIELD_TEXT,	 "",	0, 0,	NULL, "where the values come from", AT(source)},
	{"note",	  FIELD_TEXT,	 "",	0, 0,	"",   "caveat for people", AT(note)},
	{"unverified",	  FIELD_TEXT,	 "",	0, 0,	"",   "keys whose values stand for something else that was measured", AT(unverified)},
	{"strategies",	  FIELD_TEXT,	 "",	0, 0,	"",   "processors of these, blanks between, unless they name a kind", AT(strategies)},
	{"fast-fixed",	  FIELD_SECONDS, "s",	0, 100, "0",  "fast way, one thread: every picture", AT(fast.fixed_s)},
	{"fast-in",	  FIELD_SECONDS, pixel,	0, 100, "0",  "fast way: by the pixels sent", AT(fast.in_s)},
	{"fast-out",	  FIELD_SECONDS, pixel,	0, 100, "0",  "fast way, one thread: by the pixels fed to the tower", AT(fast.out_s)},
	{"gpu-fixed",	  FIELD_SECONDS, "s",	0, 100, "0",  "on the GPU: every picture", AT(gpu.fixed_s)},
	{"gpu-in",	  FIELD_SECONDS, pixel,	0, 100, "0",  "on the GPU: by the pixels sent", AT(gpu.in_s)},
	{"gpu-out",	  FIELD_SECONDS, pixel,	0, 100, "0",  "on the GPU: by the pixels fed", AT(gpu.out_s)},
	{"slow-fixed",	  FIELD_SECONDS, "s",	0, 100, "0",  "slow way: every picture", AT(slow.fixed_s)},
	{"slow-in",	  FIELD_SECONDS, pixel,	0, 100, "0",  "slow way: by the pixels sent", AT(slow.in_s)},
	{"slow-out",	  FIELD_SECONDS, pixel,	0, 100, "0",  "slow way: by the pixels fed", AT(slow.out_s)},
	{"slow-knee",	  FIELD_NUM, "10^6 pixels", 0, 1e6, "0", "slow way: fed pixels beyond it cost slow-above; 0 = none", AT(slow_knee_mpx)},
	{"slow-above",	  FIELD_SECONDS, pixel,	0, 100, "0",  "slow way: by the pixels fed beyond the knee", AT(slow_above_s)},
	{"low",		  FIELD_NUM,	 "",	0.01, 1, "0.5", "fast and GPU: measured over predicted, 10th percentile", AT(low)},
	{"high",	  FIELD_NUM,	 "",	1, 100, "2",  "fast and GPU: measured over predicted, 90th percentile", AT(high)},
	{"slow-low",	  FIELD_NUM,	 "",	0.01, 1, "0.5", "slow: measured over predicted, 10th percentile", AT(slow_low)},
	{"slow-high",	  FIELD_NUM,	 "",	1, 100, "2",  "slow: measured over predicted, 90th percentile", AT(slow_high)},
};

static const struct field derived[] = {
	{"fast-guessed", FIELD_BOOL, "", 0, 0, "no", "the fast way was not measured", AT(fast.guessed)},
	{"gpu-guessed",	 FIELD_BOOL, "", 0, 0, "no", "the GPU was not measured", AT(gpu.guessed)},
	{"slow-guessed", FIELD_BOOL, "", 0, 0, "no", "the slow way was not measured", AT(slow.guessed)},
};
// clang-format on

const struct schema schema_decoder = {
	.kind = "decoder",
	.summary = "what reading a picture file takes",
	SCHEMA_OF(decoder),
	.fields = decoder_fields,
	.n = ARRAY_SIZE(decoder_fields),
	.derived = decoder_derived,
	.derived_n = ARRAY_SIZE(decoder_derived),
};

const struct schema schema_preprocess = {
	.kind = "preprocess",
	.summary = "what making a picture into the tower's input takes",
	SCHEMA_OF(preprocess),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
	.derived = derived,
	.derived_n = ARRAY_SIZE(derived),
};
