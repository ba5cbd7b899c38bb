/* Which container; what both readers have in common. */
#include "image/clip.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "image/clip_format.h"

enum { HEAD_BYTES = 12, SIDE_MOST = 1000000000 };

/* Pictures that come in the same boxes. */
static bool is_picture_brand(const uint8_t *brand)
{
	static const char pictures[][5] = {"avif", "avis", "heic", "heix", "heim", "heis", "hevc",
					   "hevx", "hevm", "hevs", "mif1", "msf1", "jp2 ", "crx "};

	for (size_t i = 0; i < ARRAY_SIZE(pictures); i++)
		if (memcmp(brand, pictures[i], 4) == 0)
			return true;
	return false;
}

/* Boxes with which such a file begins. Old QuickTime files have no ftyp. */
static bool is_mp4(const uint8_t *p)
{
	static const char first[][5] = {"moov", "mdat", "wide", "free", "skip", "moof"};

	if (memcmp(p + 4, "ftyp", 4) == 0)
		return !is_picture_brand(p + 8);
	if (memcmp(p + 4, "styp", 4) == 0)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(first); i++)
		if (memcmp(p + 4, first[i], 4) == 0)
			return true;
	return false;
}

static clip_reader *sniff(const uint8_t *head, size_t len)
{
	if (len >= HEAD_BYTES && is_mp4(head))
		return clip_mp4;
	if (len >= 4 && memcmp(head, "\x1a\x45\xdf\xa3", 4) == 0)
		return clip_webm;
	return NULL;
}

static bool finish(struct clip_info *c, struct vtok_error *err)
{
	bool turned = c->orientation >= 5;

	if (c->stored_w < 1 || c->stored_h < 1 || c->stored_w > SIDE_MOST ||
	    c->stored_h > SIDE_MOST)
		return error_set(err, VTOK_E_INPUT, "damaged %s: frames of %lldx%lld", c->format,
				 (long long)c->stored_w, (long long)c->stored_h);
	c->width = turned ? c->stored_h : c->stored_w;
	c->height = turned ? c->stored_w : c->stored_h;
	/* what no camera has is what no header means */
	if (!(c->seconds > 0 && c->seconds <= 1e6))
		c->seconds = 0;
	if (!(c->rate >= 0.001 && c->rate <= 1000))
		c->rate = 0;
	if (c->frames < 1 || c->frames > 1000000000)
		c->frames = 0;
	return true;
}

static enum clip_state probe(struct source *s, struct clip_info *out, struct vtok_error *err)
{
	struct clip_info c = {.orientation = 1};
	size_t len;
	const uint8_t *head = source_head(s, HEAD_BYTES, &len);
	clip_reader *read = head ? sniff(head, len) : NULL;

	if (!read)
		return CLIP_OTHER;
	if (!read(s, &c, err) || !finish(&c, err))
		return CLIP_BAD;
	*out = c;
	return CLIP_GOOD;
}

enum clip_state clip_probe(const char *path, struct clip_info *out, struct vtok_error *err)
{
	struct source s;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	enum clip_state state = CLIP_OTHER;

	if (fd < 0)
		return CLIP_OTHER;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		source_init_fd(&s, fd, (int64_t)st.st_size);
		state = probe(&s, out, err);
	}
	close(fd);
	return state;
}

enum clip_state clip_probe_bytes(const void *bytes, size_t n, struct clip_info *out,
				 struct vtok_error *err)
{
	struct source s;

	source_init_bytes(&s, bytes, n);
	return probe(&s, out, err);
}
