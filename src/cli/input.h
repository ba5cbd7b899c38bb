/* One input: a size like 1920x1080 or a picture file, as an argument or as a line of standard
 * input. */
#ifndef VTOK_CLI_INPUT_H
#define VTOK_CLI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/picture.h"

struct input {
	int64_t width, height;      /* pixels, as displayed, or as whoever counts takes it */
	int64_t stored_w, stored_h; /* pixels, as in the file: the other way round when EXIF turns
				       the picture */
	int orientation;            /* EXIF; 1 for a plain size */
	int64_t file_bytes;         /* 0 for a size, and where it was not asked for */
	enum image_format format;   /* of a file */
	bool is_clip;               /* a video's file: width and height are those of its frames */
	double seconds, rate;       /* of a video, frames a second; 0 = its file does not say */
	int64_t frames;             /* of a video; 0 = its file does not say */
	bool is_plain; /* the text was digits, x and digits: no format has to look at it again */
};

/* The input as one sees it who turns pictures by their orientation, or leaves them as stored. */
struct input input_seen(const struct input *in, bool turns);

/* text is NUL-terminated at len; a NUL byte before that is an error. False: err says what is wrong
 * with it, in words that stand alone in an error column. err->code must be VTOK_OK. */
bool input_read(const char *text, size_t len, struct input *in, struct vtok_error *err);

/* The same, and files of videos. */
bool input_read_moving(const char *text, size_t len, struct input *in, struct vtok_error *err);

/* The first with file_bytes, one system call more. */
bool input_read_sized(const char *text, size_t len, struct input *in, struct vtok_error *err);

/* The same two of a path, though it may look like a size. */
bool input_read_file(const char *path, struct input *in, struct vtok_error *err);
bool input_read_file_sized(const char *path, struct input *in, struct vtok_error *err);

/* True if text is meant as a size, though it may be a bad one: "640x480",
 * "-5x10", "0,0", "1024", "1080p", "A4@300". */
bool input_is_size(const char *text);

/* True of a URL; what is said of it. */
bool input_is_address(const char *text);

/* Of "-" where a command takes an input and reads no list of them. */
#define INPUT_STDIN "standard input is not read here; a file of that name is ./-"
#define INPUT_ADDRESS "an address: vtok opens no network; fetch the file first and name it"

#endif
