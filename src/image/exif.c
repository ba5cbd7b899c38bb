/* EXIF is a TIFF file inside the picture: 8 bytes of header, then a directory of 12-byte entries
 * (CIPA DC-008, section 4.6). Written here instead of calling libexif: one tag is wanted, fifty
 * lines find it, and libexif would parse maker notes of hostile files for it and cost a shared
 * library at start. */
#include "image/exif.h"

#include <string.h>

enum {
	EXIF_ENTRIES_MAX = 512, /* real directories have a few dozen */
	EXIF_ENTRY = 12,
	EXIF_ORIENTATION = 0x0112,
};

static uint32_t get16(const uint8_t *p, bool big)
{
	return big ? be16(p) : le16(p);
}

static uint32_t get32(const uint8_t *p, bool big)
{
	return big ? be32(p) : le32(p);
}

/* The value of an entry that is one integer; 0 for what is none, or no orientation. */
static uint32_t integer(const uint8_t *entry, bool big)
{
	if (get32(entry + 4, big) != 1)
		return 0;
	switch (get16(entry + 2, big)) {
	case 1: /* BYTE */
	case 6: /* SBYTE */
		return entry[8];
	case 3: /* SHORT */
	case 8: /* SSHORT */
		return get16(entry + 8, big);
	case 4: /* LONG */
	case 9: /* SLONG */
		return get32(entry + 8, big);
	}
	return 0;
}

int exif_orientation(struct source *s, int64_t pos, int64_t len)
{
	const uint8_t *p = len < 14 ? NULL : source_get(s, pos, 5);
	int64_t prefix = p && memcmp(p, "Exif", 5) == 0 ? 6 : 0;

	pos += prefix;
	len -= prefix;
	p = len < 8 ? NULL : source_get(s, pos, 8);
	if (!p || p[0] != p[1] || (p[0] != 'I' && p[0] != 'M'))
		return 0;
	bool big = p[0] == 'M';
	int64_t dir = get32(p + 4, big);
	if (get16(p + 2, big) != 42 || dir > len - 2 || !(p = source_get(s, pos + dir, 2)))
		return 0;
	int64_t n = get16(p, big);
	for (int64_t i = 0; i < n && i < EXIF_ENTRIES_MAX; i++) {
		int64_t entry = dir + 2 + i * EXIF_ENTRY;
		if (entry > len - EXIF_ENTRY || !(p = source_get(s, pos + entry, EXIF_ENTRY)))
			return 0;
		if (get16(p, big) != EXIF_ORIENTATION)
			continue;
		uint32_t value = integer(p, big);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 0;
}

/* An attribute (tiff:Orientation="6") or an element (<tiff:Orientation>6</...); p has at least
 * three bytes behind the name. */
static int xmp_value(const uint8_t *p)
{
	const uint8_t *digit = p[0] == '>' ? p + 1 : p + 2;

	if (p[0] != '>' && (p[0] != '=' || (p[1] != '"' && p[1] != '\'')))
		return 0;
	return *digit >= '1' && *digit <= '8' ? *digit - '0' : 0;
}

int xmp_orientation(struct source *s, int64_t pos, int64_t len)
{
	static const char name[] = "tiff:Orientation";
	enum { NAME = sizeof(name) - 1, NEED = NAME + 3 };
	int64_t end = pos + (len < XMP_MOST ? len : XMP_MOST);

	while (end - pos >= NEED) {
		size_t n;
		const uint8_t *p = source_get(s, pos, NEED) ? source_rest(s, pos, &n) : NULL;
		if (!p)
			return 0;
		n = (int64_t)n < end - pos ? n : (size_t)(end - pos);
		const uint8_t *t = memchr(p, 't', n - NEED + 1);
		if (!t) {
			pos += (int64_t)(n - NEED + 1);
			continue;
		}
		int value = memcmp(t, name, NAME) == 0 ? xmp_value(t + NAME) : 0;
		if (value)
			return value;
		pos += t - p + 1;
	}
	return 0;
}
