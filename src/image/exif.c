/* EXIF is a TIFF file inside the picture: 8 bytes of header, then a directory of 12-byte entries
 * (CIPA DC-008, section 4.6). Written here instead of calling libexif: one tag is wanted, fifty
 * lines find it, and libexif would parse maker notes of hostile files for it and cost a shared
 * library at start. */
#include "image/exif.h"

enum {
	EXIF_ENTRIES_MAX = 512, /* real directories have a few dozen */
	EXIF_ENTRY = 12,
	EXIF_ORIENTATION = 0x0112,
	EXIF_SHORT = 3,
};

static uint32_t get16(const uint8_t *p, bool big)
{
	return big ? be16(p) : le16(p);
}

static uint32_t get32(const uint8_t *p, bool big)
{
	return big ? be32(p) : le32(p);
}

int exif_orientation(struct source *s, int64_t pos, int64_t len)
{
	const uint8_t *p = len < 8 ? NULL : source_get(s, pos, 8);

	if (!p || p[0] != p[1] || (p[0] != 'I' && p[0] != 'M'))
		return 1;
	bool big = p[0] == 'M';
	int64_t dir = get32(p + 4, big);
	if (get16(p + 2, big) != 42 || dir > len - 2 || !(p = source_get(s, pos + dir, 2)))
		return 1;
	int64_t n = get16(p, big);
	for (int64_t i = 0; i < n && i < EXIF_ENTRIES_MAX; i++) {
		int64_t entry = dir + 2 + i * EXIF_ENTRY;
		if (entry > len - EXIF_ENTRY || !(p = source_get(s, pos + entry, EXIF_ENTRY)))
			return 1;
		if (get16(p, big) != EXIF_ORIENTATION)
			continue;
		uint32_t value = get16(p + 8, big);
		bool valid = get16(p + 2, big) == EXIF_SHORT && get32(p + 4, big) == 1;
		return valid && value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}
