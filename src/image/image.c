/* Which format, which size. */
#include "image/image.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image/header.h"
#include "image/source.h"

enum {
	IMAGE_SIDE_MAX = 1000000000, /* pixels: a side that the counting accepts */
	HEAD_BYTES = 16,             /* tell the formats apart */
};

static const struct {
	const char *name;
	const char *magic;
	size_t n;
	header_reader *read;
} formats[] = {
	[IMAGE_PNG] = {"PNG", "\x89PNG\r\n\x1a\n", 8, header_png},
	[IMAGE_JPEG] = {"JPEG", "\xff\xd8\xff", 3, header_jpeg},
	[IMAGE_GIF] = {"GIF", "GIF8", 4, header_gif},
	[IMAGE_BMP] = {"BMP", "BM", 2, header_bmp},
	[IMAGE_WEBP] = {"WebP", "RIFF", 4, header_webp},
};
static_assert(ARRAY_SIZE(formats) == IMAGE_FORMAT_N, "one row per format");

/* Pictures vtok does not read, so that it can name them instead of saying "not an image". */
static const struct {
	const char *name;
	size_t at;
	const char *magic;
	size_t n;
} strangers[] = {
	{"TIFF", 0, "II*\0", 4},
	{"TIFF", 0, "MM\0*", 4},
	{"BigTIFF", 0, "II+\0", 4},
	{"BigTIFF", 0, "MM\0+", 4},
	{"AVIF", 4, "ftypavif", 8},
	{"AVIF", 4, "ftypavis", 8},
	{"HEIC", 4, "ftyphei", 7},
	{"HEIC", 4, "ftyphev", 7},
	{"HEIF", 4, "ftypmif1", 8},
	{"HEIF", 4, "ftypmsf1", 8},
	{"JPEG XL", 0, "\xff\x0a", 2},
	{"JPEG XL", 4, "JXL \r\n\x87\n", 8},
	{"JPEG 2000", 4, "jP  \r\n\x87\n", 8},
	{"JPEG 2000", 0, "\xff\x4f\xff\x51", 4},
	{"Photoshop", 0, "8BPS", 4},
	{"PDF", 0, "%PDF-", 5},
	{"SVG", 0, "<svg", 4},
	{"icon", 0, "\0\0\1\0", 4},
	{"QOI", 0, "qoif", 4},
};

/* True if the file begins with the magic; cut is set when it ends inside it. */
static bool begins(const uint8_t *head, size_t len, const char *magic, size_t n, bool *cut)
{
	size_t most = len < n ? len : n;

	if (memcmp(head, magic, most) != 0)
		return false;
	if (most < n)
		*cut = true;
	return most == n;
}

static int sniff(const uint8_t *head, size_t len, bool *cut)
{
	for (int i = 0; i < IMAGE_FORMAT_N; i++) {
		if (!begins(head, len, formats[i].magic, formats[i].n, cut))
			continue;
		if (i == IMAGE_BMP && len >= 10 && memcmp(head + 6, "\0\0\0", 4) != 0)
			continue; /* "BM" alone is the start of many texts; the reserved bytes are
				     zero */
		if (i == IMAGE_WEBP && len >= 12 && memcmp(head + 8, "WEBP", 4) != 0)
			continue; /* RIFF holds sound and films too */
		return i;
	}
	return -1;
}

static const char *stranger(const uint8_t *head, size_t len)
{
	bool ignored;

	for (size_t i = 0; i < ARRAY_SIZE(strangers); i++)
		if (len > strangers[i].at && begins(head + strangers[i].at, len - strangers[i].at,
						    strangers[i].magic, strangers[i].n, &ignored))
			return strangers[i].name;
	return NULL;
}

static bool refuse(const uint8_t *head, size_t len, bool cut, struct vtok_error *err)
{
	const char *name = stranger(head, len);

	if (name)
		return error_set(err, VTOK_E_INPUT,
				 "%s is not supported: convert it to PNG, JPEG or WebP", name);
	if (cut)
		return error_set(err, VTOK_E_INPUT,
				 "truncated: the file ends inside its first bytes");
	return error_set(err, VTOK_E_INPUT, "not an image (PNG, JPEG, GIF, BMP or WebP)");
}

static bool check_size(struct image_info *info, struct vtok_error *err)
{
	const char *name = formats[info->format].name;

	if (info->stored_w < 1 || info->stored_h < 1)
		return error_set(err, VTOK_E_INPUT, "damaged %s: a size of %lldx%lld", name,
				 (long long)info->stored_w, (long long)info->stored_h);
	if (info->stored_w > IMAGE_SIDE_MAX || info->stored_h > IMAGE_SIDE_MAX)
		return error_set(err, VTOK_E_INPUT,
				 "%s of %lldx%lld: a side is at most 1,000,000,000 pixels", name,
				 (long long)info->stored_w, (long long)info->stored_h);
	bool turned = info->orientation >= 5;
	info->width = turned ? info->stored_h : info->stored_w;
	info->height = turned ? info->stored_w : info->stored_h;
	return true;
}

static bool probe(struct source *s, struct image_info *out, struct vtok_error *err)
{
	struct image_info info = {.orientation = 1};
	size_t len;
	const uint8_t *head = source_head(s, HEAD_BYTES, &len);
	bool cut = false;

	if (!head)
		return s->error ? header_cut(s, "file", err)
				: error_set(err, VTOK_E_INPUT, "the file is empty");
	int format = sniff(head, len, &cut);
	if (format < 0)
		return refuse(head, len, cut, err);
	info.format = (enum image_format)format;
	if (!formats[format].read(s, &info, err))
		return false;
	if (!check_size(&info, err))
		return false;
	*out = info;
	return true;
}

static int open_file(const char *path, struct vtok_error *err)
{
	/* O_NONBLOCK: opening a named pipe would wait for somebody to write into it */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		error_set(err, VTOK_E_INPUT, "%s",
			  errno == ENOENT ? "no such file" : strerror(errno));
	return fd;
}

static bool is_regular(int fd, struct vtok_error *err)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return true;
	return error_set(err, VTOK_E_INPUT, "%s",
			 S_ISDIR(st.st_mode) ? "is a directory" : "not a regular file");
}

int image_open(const char *path, struct vtok_error *err)
{
	int fd = open_file(path, err);

	if (fd < 0 || is_regular(fd, err))
		return fd;
	close(fd);
	return -1;
}

bool image_probe_fd(int fd, struct image_info *out, struct vtok_error *err)
{
	struct source s;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return error_set(err, VTOK_E_INPUT, "cannot be read: %s", strerror(errno));
	source_init_fd(&s, fd, st.st_size);
	if (!probe(&s, out, err))
		return false;
	out->file_bytes = st.st_size;
	return true;
}

bool image_probe(const char *path, struct image_info *out, struct vtok_error *err)
{
	struct vtok_error why = {0};
	struct source s;
	int fd = open_file(path, err);

	if (fd < 0)
		return false;
	source_init_fd(&s, fd, SOURCE_UNSIZED);
	bool done = probe(&s, out, &why);
	if (!done && is_regular(fd, err)) /* else that is what is wrong with it */
		error_set(err, why.code, "%s", why.text);
	close(fd);
	return done;
}

bool image_probe_sized(const char *path, struct image_info *out, struct vtok_error *err)
{
	int fd = image_open(path, err);

	if (fd < 0)
		return false;
	bool done = image_probe_fd(fd, out, err);
	close(fd);
	return done;
}

bool image_probe_bytes(const void *bytes, size_t n, struct image_info *out, struct vtok_error *err)
{
	struct source s;

	source_init_bytes(&s, bytes, n);
	if (!probe(&s, out, err))
		return false;
	out->file_bytes = (int64_t)n;
	return true;
}

const char *image_signature(const void *bytes, size_t n)
{
	bool cut = false;
	int format = sniff(bytes, n, &cut);

	return format >= 0 ? formats[format].name : stranger(bytes, n);
}

const char *image_format_name(enum image_format f)
{
	return f < IMAGE_FORMAT_N ? formats[f].name : "?";
}
