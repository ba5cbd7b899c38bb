/* [hosted ID@FROM]: a dated rule of a closed model's API. Fills a struct processor like [processor
 * ID], with the keys that such rules have. */
#include <assert.h>
#include <stddef.h>

#include "base/base.h"
#include "core/processor.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct processor, m)
#define LEVEL(level, m) FIELD_AT(struct processor, hosted.detail[level].m)
#define VIDEO(level) FIELD_AT(struct processor, video.tokens[level])
#define MEDIA(level) FIELD_AT(struct processor, hosted.media_tokens[level])

// clang-format off
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",	  FIELD_TEXT, "",	 0, 0,	  NULL, "name for people", AT(name)},
	{"aliases",	  FIELD_WORDS, "",	 0, 0,	  "",	"other ids, blanks between; may be repeated", AT(aliases)},
	{"vendor",	  FIELD_TEXT, "",	 0, 0,	  NULL, "whose API it is", AT(hosted.vendor)},
	{"hosts",	  FIELD_WORDS, "",	 0, 0,	  "",	"ids behind @ of who answers by this rule; may be repeated", AT(hosted.hosts)},
	{"source",	  FIELD_TEXT, "",	 0, 0,	  NULL, "where the rule comes from", AT(source)},
	{"note",	  FIELD_TEXT, "",	 0, 0,	  "",	"caveat for people", AT(note)},
	{"from",	  FIELD_DATE, "",	 0, 0,	  NULL, "first day in force, or seen to be", AT(hosted.from)},
	{"until",	  FIELD_DATE, "",	 0, 0,	  "",	"first day no longer in force", AT(hosted.until)},
	{"seen-on",	  FIELD_DATE, "",	 0, 0,	  "",	"last day the source was read", AT(hosted.seen_on)},
	{"orientation",	  FIELD_ENUM, "",	 0, 0,	  "unknown", "what is done with the EXIF orientation of a file", AT(orientation), .names = orientation_names},
	{"evidence",	  FIELD_ENUM, "",	 0, 0,	  "documented", "how the rule is known", AT(hosted.evidence), .names = evidence_names},
	{"approximate",	  FIELD_BOOL, "",	 0, 0,	  "no", "the vendor gives rough figures", AT(hosted.approximate)},
	{"strategy",	  FIELD_TEXT, "",	 0, 0,	  NULL, "the counting rule", AT(strategy_name)},
	{"variant",	  FIELD_TEXT, "",	 0, 0,	  "",	"which reading of the rule", AT(variant_name)},

	{"patch",	  FIELD_INT,  "pixels",	 0, 1024, "0",	"side of one patch", AT(patch)},
	{"tile",	  FIELD_INT,  "pixels",	 0, 16384, "0", "side of one tile", AT(tile)},
	{"longest-edge",  FIELD_INT,  "pixels",	 0, 1000000, "0", "longest side after the resize", AT(longest_edge)},
	{"short-side",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "shorter side after the resize, at most", AT(hosted.short_side)},
	{"one-side",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "one tile while no side is longer", AT(hosted.one_side)},
	{"max-tokens",	  FIELD_INT,  "tokens",	 0, 100000000, "0", "largest budget", AT(max_tokens)},
	{"max-tiles",	  FIELD_INT,  "tiles",	 0, 400,  "0",	"tiles that are charged, at most; 0 = all", AT(max_tiles)},
	{"base-tokens",	  FIELD_INT,  "tokens",	 0, 1000000, "0", "charged for the image before any tile", AT(hosted.base_tokens)},
	{"tokens-per-tile", FIELD_INT, "tokens", 0, 1000000, "0", "charged for each tile", AT(tokens_per_tile)},
	{"ratio",	  FIELD_NUM,  "",	 0, 1e6,  "0",	"multiplier of patches, pixels of a token, or shorter side to crop", AT(ratio)},

	{"auto",	  FIELD_ENUM, "",	 0, 0,	  "high", "what detail auto stands for", AT(hosted.auto_detail), .names = detail_names},
	{"low-side",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "detail low: longest side; 0 = not offered", LEVEL(DETAIL_LOW, side)},
	{"low-patches",	  FIELD_INT,  "patches", 0, 100000000, "0", "detail low: budget; 0 = none", LEVEL(DETAIL_LOW, patches)},
	{"high-side",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "detail high: longest side; 0 = not offered", LEVEL(DETAIL_HIGH, side)},
	{"high-patches",  FIELD_INT,  "patches", 0, 100000000, "0", "detail high: budget; 0 = none", LEVEL(DETAIL_HIGH, patches)},
	{"original-side", FIELD_INT,  "pixels",	 0, 1000000, "0", "detail original: longest side; 0 = not offered", LEVEL(DETAIL_ORIGINAL, side)},
	{"original-patches", FIELD_INT, "patches", 0, 100000000, "0", "detail original: budget; 0 = none", LEVEL(DETAIL_ORIGINAL, patches)},
	{"media-default", FIELD_INT,  "tokens",	 0, 1000000, "0", "without media resolution; 0 = by tiles", MEDIA(MEDIA_DEFAULT)},
	{"media-low",	  FIELD_INT,  "tokens",	 0, 1000000, "0", "media resolution low; 0 = not offered", MEDIA(MEDIA_LOW)},
	{"media-medium",  FIELD_INT,  "tokens",	 0, 1000000, "0", "media resolution medium; 0 = not offered", MEDIA(MEDIA_MEDIUM)},
	{"media-high",	  FIELD_INT,  "tokens",	 0, 1000000, "0", "media resolution high; 0 = by tiles", MEDIA(MEDIA_HIGH)},
	{"media-ultra-high", FIELD_INT, "tokens", 0, 1000000, "0", "media resolution ultra-high; 0 = not offered", MEDIA(MEDIA_ULTRA_HIGH)},
	{"extra-square",  FIELD_INT,  "tokens",	 0, 1000000, "0", "added for a square image", AT(hosted.extra_square)},
	{"extra-other",	  FIELD_INT,  "tokens",	 0, 1000000, "0", "added for any other", AT(hosted.extra_other)},
	{"table",	  FIELD_TABLE, "",	 0, 0,	  "",	"the vendor's examples by increasing area",
	 AT(hosted.table), .offset2 = offsetof(struct processor, hosted.table_n), .member2 = "hosted.table_n"},

	{"video",	  FIELD_ENUM, "",	 0, 0,	  "auto", "what a video costs", AT(video.kind), .names = video_kind_names},
	{"video-sampler", FIELD_ENUM, "",	 0, 0,	  "rate-up", "which frames are taken", AT(video.sampler), .names = video_frames_names},
	{"video-fps",	  FIELD_NUM,  "frames/s", 0, 1000, "1", "frames taken of a second", AT(video.fps)},
	{"max-frames",	  FIELD_INT,  "frames",	 0, 1000000, "0", "frames taken from a video, at most; 0 = no limit", AT(video.max_frames)},
	{"temporal-merge", FIELD_INT, "frames",	 0, 64,	  "0",	"frames that become one group; 0 = rule unknown", AT(video.group)},
	{"video-tokens",  FIELD_INT,  "tokens",	 0, 1000000, "0", "of a frame", VIDEO(MEDIA_DEFAULT)},
	{"video-tokens-low", FIELD_INT, "tokens", 0, 1000000, "0", "the same at media resolution low; 0 = not offered", VIDEO(MEDIA_LOW)},
	{"video-tokens-medium", FIELD_INT, "tokens", 0, 1000000, "0", "the same at medium", VIDEO(MEDIA_MEDIUM)},
	{"video-tokens-high", FIELD_INT, "tokens", 0, 1000000, "0", "the same at high", VIDEO(MEDIA_HIGH)},

	{"reject-side",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "a longer side is an error; 0 = none known", AT(hosted.reject_side)},
	{"reject-patches", FIELD_INT, "patches", 0, 100000000, "0", "more after the resize are an error", AT(hosted.reject_patches)},
	{"many-images",	  FIELD_INT,  "",	 0, 1000000, "0", "with more images in a request, many-side holds", AT(hosted.many_images)},
	{"many-side",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "replaces reject-side then", AT(hosted.many_side)},
	{"images-max",	  FIELD_INT,  "",	 0, 1000000, "0", "images in a request", AT(hosted.images_max)},
};
// clang-format on
static_assert(ARRAY_SIZE(fields) <= SCHEMA_FIELDS_MAX, "key_line has room for every key");

const struct schema schema_hosted = {
	.kind = "hosted",
	.summary = "a dated rule of a closed model's API",
	SCHEMA_OF(processor),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
