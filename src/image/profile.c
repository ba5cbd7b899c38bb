#include "image/profile.h"

#include <string.h>

static size_t be32(const uint8_t *p)
{
	return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

static size_t be16(const uint8_t *p)
{
	return (size_t)p[0] << 8 | p[1];
}

enum { PNG_SIGNATURE = 8, PNG_AROUND = 12 /* length, type, check sum */, PNG_HEADER = 33 };

/* Chunks stand one after another; the pixels (IDAT) come behind the profile. */
static struct span png_profile(const uint8_t *b, size_t n)
{
	size_t at = PNG_SIGNATURE;

	while (n > at && n - at >= PNG_AROUND) {
		size_t len = be32(b + at);

		if (len > n - at - PNG_AROUND || memcmp(b + at + 4, "IDAT", 4) == 0)
			break;
		if (memcmp(b + at + 4, "iCCP", 4) == 0)
			return (struct span){b + at, len + PNG_AROUND};
		at += len + PNG_AROUND;
	}
	return (struct span){0};
}

/* The segment at `at`, its marker included; 0 = none, or the pixels begin (SOS). */
static size_t segment(const uint8_t *b, size_t n, size_t at)
{
	if (n < 4 || at > n - 4 || b[at] != 0xff || b[at + 1] == 0xda || b[at + 1] < 0xc0)
		return 0;
	size_t len = be16(b + at + 2) + 2;

	return len < 4 || len > n - at ? 0 : len;
}

static struct span jpeg_profile(const uint8_t *b, size_t n)
{
	static const char name[] = "ICC_PROFILE"; /* and its zero */
	size_t first = 0, end = 0, len;

	for (size_t at = 2; (len = segment(b, n, at)) > 0; at += len) {
		if (b[at + 1] != 0xe2 || len < 4 + sizeof(name) ||
		    memcmp(b + at + 4, name, sizeof(name)) != 0) {
			if (first) /* pieces stand together; what comes between is no profile */
				break;
			continue;
		}
		first = first ? first : at;
		end = at + len;
	}
	return first ? (struct span){b + first, end - first} : (struct span){0};
}

struct span profile_find(enum image_format format, const uint8_t *bytes, size_t n)
{
	switch (format) {
	case IMAGE_PNG:
		return png_profile(bytes, n);
	case IMAGE_JPEG:
		return jpeg_profile(bytes, n);
	case IMAGE_GIF:
	case IMAGE_BMP:
	case IMAGE_WEBP:
	case IMAGE_TIFF:
	case IMAGE_AVIF:
	case IMAGE_HEIC:
	case IMAGE_JXL:
	case IMAGE_FORMAT_N:
		break;
	}
	return (struct span){0};
}

bool profile_is_there(enum image_format format, const uint8_t *bytes, size_t n)
{
	if (format == IMAGE_WEBP) /* RIFF, WEBP, VP8X, its size, its flags: bit 5 */
		return n > 20 && memcmp(bytes + 12, "VP8X", 4) == 0 && (bytes[20] & 0x20);
	return profile_find(format, bytes, n).bytes != NULL;
}

size_t profile_place(enum image_format format, const uint8_t *bytes, size_t n)
{
	if (format == IMAGE_PNG)
		return n > PNG_HEADER ? PNG_HEADER : 0;
	if (format == IMAGE_JPEG) {
		size_t len = segment(bytes, n, 2);

		return len ? 2 + len : 0;
	}
	return 0;
}
