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
#include "image/stranger.h"

enum {
	IMAGE_SIDE_MAX = 1000000000, /* pixels: a side that the counting accepts */
	HEAD_BYTES = 1024,           /* tell the formats apart; a text's first tag may come late */
};

static const struct {
	const char *name;
	header_reader *read;
} formats[] = {
	[IMAGE_PNG] = {"PNG", header_png},     [IMAGE_JPEG] = {"JPEG", header_jpeg},
	[IMAGE_GIF] = {"GIF", header_gif},     [IMAGE_BMP] = {"BMP", header_bmp},
	[IMAGE_WEBP] = {"WebP", header_webp},  [IMAGE_TIFF] = {"TIFF", header_tiff},
	[IMAGE_AVIF] = {"AVIF", header_heif},  [IMAGE_HEIC] = {"HEIC", header_heif},
	[IMAGE_JXL] = {"JPEG XL", header_jxl},
};
static_assert(ARRAY_SIZE(formats) == IMAGE_FORMAT_N, "one row per format");

/* What files begin with. */
static const struct {
	enum image_format format;
	const char *magic;
	size_t n;
} magics[] = {
	{IMAGE_PNG, "\x89PNG\r\n\x1a\n", 8},
	{IMAGE_JPEG, "\xff\xd8\xff", 3},
	{IMAGE_GIF, "GIF8", 4},
	{IMAGE_BMP, "BM", 2},
	{IMAGE_WEBP, "RIFF", 4},
	{IMAGE_TIFF, "II*\0", 4},
	{IMAGE_TIFF, "MM\0*", 4},
	{IMAGE_TIFF, "II+\0", 4},
	{IMAGE_TIFF, "MM\0+", 4},
	{IMAGE_JXL, "\xff\x0a", 2},
	{IMAGE_JXL, "\0\0\0\x0cJXL \r\n\x87\n", 12},
};

/* True if the file begins with the magic; cut is set when it ends inside it. */
static bool begins(const uint8_t *head, size_t len, const char *magic, size_t n, bool *cut)
{
	size_t most = len < n ? len : n;

	if (*head != (uint8_t)*magic || memcmp(head, magic, most) != 0)
		return false;
	if (most < n)
		*cut = true;
	return most == n;
}

/* "BM" alone is the start of many texts. Either the reserved bytes are zero, as they should be, or
 * a header of a known length follows that says one plane. */
static bool is_bmp(const uint8_t *head, size_t len)
{
	static const uint8_t lengths[] = {12, 16, 40, 52, 56, 64, 108, 124};

	if (len < 10 || memcmp(head + 6, "\0\0\0", 4) == 0)
		return true;
	if (len < 28 || head[15] || head[16] || head[17] ||
	    le16(head + (head[14] == 12 ? 22 : 26)) != 1)
		return false;
	return memchr(lengths, head[14], sizeof(lengths)) != NULL;
}

/* The box of brands that HEIF begins with: AVIF, HEIC, or -1. Brands of several families ("mif1")
 * leave it to those that follow. */
static int heif(const uint8_t *head, size_t len)
{
	static const char avif[][5] = {"avif", "avis"};
	static const char heic[][5] = {"heic", "heix", "heim", "heis", "hevc", "hevx",
				       "hevm", "hevs", "mif1", "mif2", "msf1"};
	int found = -1;

	if (len < 12 || memcmp(head + 4, "ftyp", 4) != 0)
		return -1;
	size_t end = be32(head) < len ? be32(head) : len;
	for (size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) { /* a version in between */
		for (size_t i = 0; i < ARRAY_SIZE(avif); i++)
			if (memcmp(head + at, avif[i], 4) == 0)
				return found == IMAGE_HEIC && memcmp(head + 8, "hei", 3) == 0
					       ? found
					       : IMAGE_AVIF;
		for (size_t i = 0; i < ARRAY_SIZE(heic); i++)
			if (memcmp(head + at, heic[i], 4) == 0)
				found = IMAGE_HEIC;
		if (at == 8 && found < 0) /* a film may name a brand of pictures too */
			return -1;
	}
	return found;
}

static int sniff(const uint8_t *head, size_t len, bool *cut)
{
	for (size_t i = 0; i < ARRAY_SIZE(magics); i++) {
		if (!begins(head, len, magics[i].magic, magics[i].n, cut))
			continue;
		if (magics[i].format == IMAGE_BMP && !is_bmp(head, len))
			continue;
		if (magics[i].format == IMAGE_WEBP && len >= 12 && memcmp(head + 8, "WEBP", 4) != 0)
			continue; /* RIFF holds sound and films too */
		return (int)magics[i].format;
	}
	return heif(head, len);
}

static bool refuse(const uint8_t *head, size_t len, bool cut, struct vtok_error *err)
{
	const struct stranger *known = stranger_find(head, len);

	if (known)
		return error_set(err, VTOK_E_INPUT, "%s%s", known->name,
				 known->says
					 ? known->says
					 : " is not supported: convert it to PNG, JPEG or WebP");
	if (cut)
		return error_set(err, VTOK_E_INPUT,
				 "truncated: the file ends inside its first bytes");
	return error_set(err, VTOK_E_INPUT,
			 "not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)");
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

	s->reads_left = IMAGE_READS;
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
	source_init_fd(&s, fd, SOURCE_UNSIZED);
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
	s.size = SOURCE_UNSIZED; /* found out as a file's is: one answer, however it is read */
	if (!probe(&s, out, err))
		return false;
	out->file_bytes = (int64_t)n;
	return true;
}

const char *image_signature(const void *bytes, size_t n)
{
	bool cut = false;
	size_t len = n < HEAD_BYTES ? n : HEAD_BYTES;
	int format = sniff(bytes, len, &cut);
	const struct stranger *known = format < 0 ? stranger_find(bytes, len) : NULL;

	return format >= 0 ? formats[format].name : known && !known->is_text ? known->name : NULL;
}

const char *image_format_name(enum image_format f)
{
	return f < IMAGE_FORMAT_N ? formats[f].name : "?";
}
