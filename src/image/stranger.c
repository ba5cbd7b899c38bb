#include "image/stranger.h"

#include <string.h>

#include "base/base.h"

/* Pictures by a number of bytes at a fixed place. */
static const struct {
	struct stranger is;
	size_t at;
	const char *magic;
	size_t n;
} fixed[] = {
	{{"JPEG 2000", NULL, false}, 4, "jP  \r\n\x87\n", 8},
	{{"JPEG 2000", NULL, false}, 0, "\xff\x4f\xff\x51", 4},
	{{"JPEG XR", NULL, false}, 0, "II\xbc", 3},
	{{"Photoshop", NULL, false}, 0, "8BPS", 4},
	{{"QOI", NULL, false}, 0, "qoif", 4},
	{{"OpenEXR", NULL, false}, 0, "\x76\x2f\x31\x01", 4},
	{{"DDS", NULL, false}, 0, "DDS \x7c\0\0\0", 8},
	{{"XCF (GIMP)", NULL, false}, 0, "gimp xcf ", 9},
	{{"DICOM", NULL, false}, 128, "DICM", 4},
	{{"FITS", NULL, false}, 0, "SIMPLE  =", 9},
	{{"Radiance HDR", NULL, false}, 0, "#?RADIANCE\n", 11},
	{{"Radiance HDR", NULL, false}, 0, "#?RGBE\n", 7},
	{{"a camera's raw file (CR3)", NULL, false}, 4, "ftypcrx ", 8},
	{{"a camera's raw file (RAF)", NULL, false}, 0, "FUJIFILMCCD-RAW", 15},
	{{"a camera's raw file (RW2)", NULL, false}, 0, "IIU\0", 4},
	{{"a camera's raw file (ORF)", NULL, false}, 0, "IIRO", 4},
	{{"a camera's raw file (ORF)", NULL, false}, 0, "IIRS", 4},
	{{"DjVu", NULL, false}, 0, "AT&TFORM", 8},
	{{"PDF",
	  " is no picture: vtok count FILE counts its pages; pdftoppm -r 150 -png makes pictures "
	  "of them",
	  false},
	 0,
	 "%PDF-",
	 5},
	{{"PostScript", NULL, true}, 0, "%!PS", 4},
	{{"PostScript", NULL, false}, 0, "\xc5\xd0\xd3\xc6", 4},
	{{"zip", " is no picture: vtok count FILE and vtok scan read what is in it", false},
	 0,
	 "PK\3\4",
	 4},
	{{"gzip", " is no picture; a tar in it: zcat FILE | vtok scan --from tar -", false},
	 0,
	 "\x1f\x8b\x08",
	 3},
	{{"xz", " is no picture; a tar in it: xzcat FILE | vtok scan --from tar -", false},
	 0,
	 "\xfd"
	 "7zXZ",
	 5},
	{{"zstd", " is no picture; a tar in it: zstdcat FILE | vtok scan --from tar -", false},
	 0,
	 "\x28\xb5\x2f\xfd",
	 4},
	{{"bzip2", " is no picture; a tar in it: bzcat FILE | vtok scan --from tar -", true},
	 0,
	 "BZh",
	 3},
	{{"7z", " is no picture: unpack it first", false}, 0, "7z\xbc\xaf\x27\x1c", 6},
	{{"RAR", " is no picture: unpack it first", false}, 0, "Rar!\x1a\x07", 6},
	{{"tar", " is no picture: vtok count FILE and vtok scan read what is in it", false},
	 257,
	 "ustar",
	 5},
	{{"a Git LFS pointer", ", not a picture: git lfs pull fetches it", true},
	 0,
	 "version https://git-lfs",
	 23},
	{{"base64 text of a PNG", ", not a picture: decode it with base64 -d", true},
	 0,
	 "iVBORw0KGgo",
	 11},
	{{"base64 text of a JPEG", ", not a picture: decode it with base64 -d", true},
	 0,
	 "/9j/4",
	 5},
	{{"base64 text of a GIF", ", not a picture: decode it with base64 -d", true},
	 0,
	 "R0lGODlh",
	 8},
	{{"base64 text of a WebP", ", not a picture: decode it with base64 -d", true},
	 0,
	 "UklGR",
	 5},
	{{"a data: URL", ", not a picture: decode what is behind its comma with base64 -d", true},
	 0,
	 "data:image/",
	 11},
};

static const struct stranger svg = {"SVG", NULL, false};
static const struct stranger html = {"an HTML page", ", not a picture: is the download an error?",
				     true};
static const struct stranger xml = {"an XML file", ", not a picture", true};
static const struct stranger pnm = {"PNM", NULL, true};
static const struct stranger icon = {"icon", NULL, false};
static const struct stranger cursor = {"cursor", NULL, false};

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether the text goes on with that word, small or large letters. */
static bool has_word(const uint8_t *p, size_t n, const char *word)
{
	size_t len = strlen(word);

	if (n < len)
		return false;
	for (size_t i = 0; i < len; i++) {
		uint8_t c = p[i] >= 'A' && p[i] <= 'Z' ? (uint8_t)(p[i] + 32) : p[i];
		if (c != (uint8_t)word[i])
			return false;
	}
	return true;
}

/* Behind the next `end`, n where there is none. */
static size_t behind(const uint8_t *p, size_t at, size_t n, const char *end)
{
	size_t len = strlen(end);

	for (; at + len <= n; at++)
		if (memcmp(p + at, end, len) == 0)
			return at + len;
	return n;
}

/* Behind a byte order mark, blanks, declarations and comments stands the first tag. */
static const struct stranger *markup(const uint8_t *p, size_t n)
{
	size_t at = n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	bool is_xml = false;

	for (;;) {
		while (at < n && is_blank(p[at]))
			at++;
		if (has_word(p + at, n - at, "<?xml"))
			is_xml = true;
		if (has_word(p + at, n - at, "<!doctype svg") || has_word(p + at, n - at, "<svg") ||
		    has_word(p + at, n - at, "<svg:svg"))
			return &svg;
		if (has_word(p + at, n - at, "<!doctype html") ||
		    has_word(p + at, n - at, "<html") || has_word(p + at, n - at, "<head"))
			return &html;
		if (has_word(p + at, n - at, "<!--"))
			at = behind(p, at, n, "-->");
		else if (has_word(p + at, n - at, "<?"))
			at = behind(p, at, n, "?>");
		else if (has_word(p + at, n - at, "<!doctype"))
			at = behind(p, at, n, ">");
		else
			break;
	}
	return is_xml ? &xml : NULL;
}

/* P1 to P7 and the float ones, PF and Pf: then a blank and a number, or a comment or (P7) a word.
 */
static bool is_pnm(const uint8_t *p, size_t n)
{
	if (n < 4 || p[0] != 'P' || !is_blank(p[2]) || p[2] == ' ')
		return false;
	if (p[1] == '7')
		return has_word(p + 3, n - 3, "width") || p[3] == '#';
	return ((p[1] >= '1' && p[1] <= '6') || p[1] == 'F' || p[1] == 'f') &&
	       ((p[3] >= '0' && p[3] <= '9') || p[3] == '#');
}

/* A directory of pictures: a kind, how many, then for each sides, colours and a byte that is 0. */
static const struct stranger *icons(const uint8_t *p, size_t n)
{
	if (n < 22 || p[0] || p[1] || p[3] || p[4] == 0 || p[5] || p[9])
		return NULL;
	return p[2] == 1 ? &icon : p[2] == 2 ? &cursor : NULL;
}

const struct stranger *stranger_find(const uint8_t *head, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(fixed); i++)
		if (len >= fixed[i].at + fixed[i].n &&
		    memcmp(head + fixed[i].at, fixed[i].magic, fixed[i].n) == 0)
			return &fixed[i].is;
	if (is_pnm(head, len))
		return &pnm;
	const struct stranger *known = icons(head, len);

	return known ? known : markup(head, len);
}
