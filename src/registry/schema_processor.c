/* [processor ID]: how a picture is counted, a strategy and its parameters. */
#include <assert.h>
#include <stddef.h>

#include "base/base.h"
#include "core/processor.h"
#include "registry/schema.h"

static const char *const confidence_names[] = {"high", "medium", "low", NULL};
static_assert(ARRAY_SIZE(confidence_names) == CONFIDENCE_N + 1, "a name for each");
static const char *const textbook_names[] = {"none",      "original",    "merger",
					     "multigrid", "downsampler", NULL};
static_assert(ARRAY_SIZE(textbook_names) == TEXTBOOK_N + 1, "a name for each");

#define AT(m) FIELD_AT(struct processor, m)

// clang-format off
static const struct field fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",	  FIELD_TEXT, "",	 0, 0,	  NULL, "name for people", AT(name)},
	{"aliases",	  FIELD_WORDS, "",	 0, 0,	  "",	"other ids, blanks between; may be repeated", AT(aliases)},
	{"source",	  FIELD_TEXT, "",	 0, 0,	  NULL, "where the parameters come from", AT(source)},
	{"note",	  FIELD_TEXT, "",	 0, 0,	  "",	"caveat for people", AT(note)},
	{"unverified",	  FIELD_TEXT, "",	 0, 0,	  "",	"keys whose values could not be confirmed", AT(unverified)},
	{"confidence",	  FIELD_ENUM, "",	 0, 0,	  "medium", "high: released configuration; medium: derived; low: from memory",
	 AT(confidence), .names = confidence_names},
	{"strategy",	  FIELD_TEXT, "",	 0, 0,	  NULL, "the counting rule", AT(strategy_name)},
	{"variant",	  FIELD_TEXT, "",	 0, 0,	  "",	"which reading of the rule", AT(variant_name)},
	{"preprocess",	  FIELD_TEXT, "",	 0, 0,	  "",	"what preparing a picture takes: a [preprocess]; absent = by strategy", AT(preprocess_id)},
	{"textbook",	  FIELD_ENUM, "",	 0, 0,	  "none", "formula of lens formula", AT(textbook), .names = textbook_names},

	{"patch",	  FIELD_INT,  "pixels",	 0, 1024, "0",	"side of one encoder patch", AT(patch)},
	{"merge",	  FIELD_INT,  "patches", 1, MERGE_MOST, "1",	"side of the square of patches that becomes one token", AT(merge)},
	{"pool",	  FIELD_INT,  "patches", 1, POOL_MOST, "1",	"side of the square of patches that is averaged", AT(pool)},
	{"tile",	  FIELD_INT,  "pixels",	 0, 16384, "0", "side of one encoder input", AT(tile)},
	{"base",	  FIELD_INT,  "pixels",	 0, 16384, "0", "side of the overview where it differs", AT(base)},
	{"align",	  FIELD_INT,  "pixels",	 0, 16384, "0", "sides become multiples of this; 0 = patch x merge", AT(align)},
	{"overlap",	  FIELD_INT,  "patches", 0, 1024, "0",	"margin that neighbouring tiles share, at each border", AT(overlap)},
	{"min-crop",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "a crop with a smaller side is not taken", AT(min_crop)},
	{"split-above",	  FIELD_INT,  "pixels",	 0, 1000000, "0", "no tiles while both sides are at most this", AT(split_above)},
	{"min-pixels",	  FIELD_LONG, "pixels",	 0, AREA_MOST, "0",	"least area after the resize", AT(min_pixels)},
	{"max-pixels",	  FIELD_LONG, "pixels",	 0, AREA_MOST, "0",	"largest area after the resize; 0 = no limit", AT(max_pixels)},
	{"longest-edge",  FIELD_INT,  "pixels",	 0, 1000000, "0", "longest side after the resize", AT(longest_edge)},
	{"max-aspect",	  FIELD_NUM,  "",	 0, 1e9,  "0",	"longer to shorter side that is refused or cut; 0 = none", AT(max_aspect)},

	{"min-tiles",	  FIELD_INT,  "tiles",	 1, 400,  "1",	"tiles of the grid, at least", AT(min_tiles)},
	{"max-tiles",	  FIELD_INT,  "tiles",	 0, 400,  "0",	"tiles of the grid, at most", AT(max_tiles)},
	{"max-grid",	  FIELD_INT,  "tiles",	 0, 400,  "0",	"tiles along one side, at most; 0 = no limit", AT(max_grid)},
	{"grid-cap",	  FIELD_INT,  "tiles",	 0, 400,  "0",	"features of more tiles are scaled down (anyres_max_N)", AT(grid_cap)},
	{"max-cut-images", FIELD_INT, "images", 0, 1000000, "0", "in a request of more images none is cut; 0 = no matter",
	 AT(max_cut_images)},
	{"thumbnail",	  FIELD_BOOL, "",	 0, 0,	  "no", "one more tile with the whole image when it was cut", AT(thumbnail)},
	{"pins-height-first", FIELD_BOOL, "",	 0, 0,	  "no", "the first number of a pin is its height", AT(pins_are_hw)},
	{"pins",	  FIELD_SIZES, "pixels", 0, 0,	  "",	"allowed canvases, in the published order; may be repeated",
	 AT(pins), .offset2 = offsetof(struct processor, pins_n), .member2 = "pins_n"},

	{"tokens-per-tile", FIELD_INT, "tokens", 0, 1000000, "0", "learned or given; 0 = from the geometry", AT(tokens_per_tile)},
	{"min-tokens",	  FIELD_INT,  "tokens",	 0, 100000000, "0", "least budget", AT(min_tokens)},
	{"max-tokens",	  FIELD_INT,  "tokens",	 0, 100000000, "0", "largest budget", AT(max_tokens)},
	{"min-patches",	  FIELD_INT,  "patches", 0, 100000000, "0", "patches after the resize, at least", AT(min_patches)},
	{"max-patches",	  FIELD_INT,  "patches", 0, 100000000, "0", "patches after the resize, at most", AT(max_patches)},
	{"max-side-patches", FIELD_INT, "patches", 0, 1000000, "0", "patches along one side, at most", AT(max_side_patches)},
	{"visual-per-row", FIELD_INT, "tokens",	 0, 1000, "0",	"learned features after each row", AT(visual_per_row)},
	{"visual-per-image", FIELD_INT, "tokens", 0, 1000, "0", "learned features per image", AT(visual_per_image)},
	{"ratio",	  FIELD_NUM,  "",	 0, 1e6,  "0",	"the rule's own number: tolerance, threshold or scale", AT(ratio)},

	{"special",	  FIELD_INT,  "tokens",	 -1, 1000, "0", "per image, always; -1 = the processor does not expose them",
	 AT(special_per_image)},
	{"special-if-split", FIELD_INT, "tokens", -1000, 1000, "0", "once more when the image was cut", AT(special_if_split)},
	{"special-per-tile", FIELD_INT, "tokens", 0, 1000, "0", "for each tile of the grid", AT(special_per_tile)},
	{"special-per-row", FIELD_INT, "tokens", 0, 1000, "0",	"for each row of tiles, or of tokens where nothing is cut",
	 AT(special_per_row)},

	{"size-digits",	  FIELD_INT,  "digits", 0, 20,	  "0",	"of a text that names both sides of the image, to one token; 0 = there is none",
	 AT(size_digits)},

	{"video",	  FIELD_ENUM, "",	 0, 0,	  "auto", "what a video costs", AT(video.kind), .names = video_kind_names},
	{"video-sampler", FIELD_ENUM, "",	 0, 0,	  "rate", "which frames its processor takes", AT(video.sampler), .names = video_frames_names},
	{"video-own-reader", FIELD_BOOL, "",	 0, 0,	  "no", "engines that sample evenly leave its videos to it", AT(video.own_reader)},
	{"video-fps",	  FIELD_NUM,  "frames/s", 0, 1000, "2", "frames taken of a second", AT(video.fps)},
	{"min-frames",	  FIELD_INT,  "frames",	 0, 1000000, "1", "frames taken from a video, at least", AT(video.min_frames)},
	{"max-frames",	  FIELD_INT,  "frames",	 0, 1000000, "0", "frames taken from a video, at most; 0 = no limit", AT(video.max_frames)},
	{"temporal-merge", FIELD_INT, "frames",	 0, 64,	  "0",	"frames that become one group; 0 = rule unknown", AT(video.group)},
	{"video-min-pixels", FIELD_LONG, "pixels", 0, AREA_MOST, "0", "least area of a frame", AT(video.min_pixels)},
	{"video-max-pixels", FIELD_LONG, "pixels", 0, AREA_MOST, "0", "largest area of a frame; 0 = the total alone limits", AT(video.max_pixels)},
	{"video-total-pixels", FIELD_LONG, "pixels", 0, 1e15, "0", "area of all frames together, at most",
	 AT(video.total_pixels)},
	{"video-frame-cap", FIELD_LONG, "pixels", 0, AREA_MOST, "0", "largest area of a frame beside the total, where the video processor caps it",
	 AT(video.frame_cap)},
	{"video-tokens",  FIELD_INT,  "tokens",	 0, 1000000, "0", "of a group where they are fixed; of images, the budget of a frame",
	 AT(video.tokens[MEDIA_DEFAULT])},
	{"video-max-patches", FIELD_INT, "patches", 0, 100000000, "0", "of a frame; 0 = as of images", AT(video.max_patches)},
	{"video-least-seconds", FIELD_NUM, "s", 0, 1000000, "0", "length of a video that is taken, at least", AT(video.least_s)},
	{"video-most-seconds", FIELD_NUM, "s", 0, 1000000, "0", "the same, at most; 0 = any", AT(video.most_s)},
	{"video-least-fps", FIELD_NUM, "frames/s", 0, 1000, "0", "frames of a second that may be asked for, at least", AT(video.least_fps)},
	{"video-most-fps", FIELD_NUM, "frames/s", 0, 1000, "0", "the same, at most; 0 = any", AT(video.most_fps)},
	{"video-once",	  FIELD_INT,  "tokens",	 0, 1000000, "0", "learned features of a whole video", AT(video.once)},
	{"video-special", FIELD_INT,  "tokens",	 -1, 1000, "0", "around each group; -1 = the processor does not expose them", AT(video.special)},
	{"video-special-once", FIELD_INT, "tokens", 0, 1000, "0", "around the whole video", AT(video.special_once)},
	{"video-stamp",	  FIELD_ENUM, "",	 0, 0,	  "none", "the text that tells a group's time", AT(video.stamp), .names = video_stamp_names},

	{"from",	  FIELD_DATE, "",	 0, 0,	  "",	"first day in force, or seen to be; absent = always", AT(hosted.from)},
	{"until",	  FIELD_DATE, "",	 0, 0,	  "",	"first day no longer in force", AT(hosted.until)},
	{"seen-on",	  FIELD_DATE, "",	 0, 0,	  "",	"last day the source was read", AT(hosted.seen_on)},
	{"orientation",	  FIELD_ENUM, "",	 0, 0,	  "unknown", "what is done with the EXIF orientation of a file", AT(orientation), .names = orientation_names},
	{"evidence",	  FIELD_ENUM, "",	 0, 0,	  "read", "how the rule is known", AT(hosted.evidence), .names = evidence_names},
	{"reject-pixels", FIELD_LONG, "pixels",	 0, AREA_MOST, "0", "area as it came that is not exceeded, or the image is refused; 0 = none is", AT(reject_pixels)},
	{"host",	  FIELD_TEXT, "",	 0, 0,	  "",	"for people: who serves it so; absent = an engine", AT(host)},
	{"runtime",	  FIELD_TEXT, "",	 0, 0,	  "",	"engine, or host, that counts this way; absent = the reference", AT(runtime)},
	{"runtime-reason", FIELD_TEXT, "",	 0, 0,	  "",	"why it counts differently", AT(runtime_reason)},
};
// clang-format on

const struct schema schema_processor = {
	.kind = "processor",
	.summary = "how a picture is counted",
	SCHEMA_OF(processor),
	.fields = fields,
	.n = ARRAY_SIZE(fields),
};
