#include "state/size_name.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"

/* Names people use for sizes. Sources: the video standards of these names; ISO 216 and ANSI/ASME
 * Y14.1 for paper. */
/* clang-format off */
static const struct {
	const char *name;
	int64_t width, height;
} screens[] = {
	{"360p",  640,  360 },
	{"480p",  854,  480 },
	{"720p",  1280, 720 },
	{"1080p", 1920, 1080},
	{"1440p", 2560, 1440},
	{"2160p", 3840, 2160},
	{"4320p", 7680, 4320},
	{"vga",   640,  480 },
	{"svga",  800,  600 },
	{"xga",   1024, 768 },
	{"hd",    1280, 720 },
	{"fhd",   1920, 1080},
	{"qhd",   2560, 1440},
	{"uhd",   3840, 2160},
	{"4k",    3840, 2160},
	{"5k",    5120, 2880},
	{"8k",    7680, 4320},
};
/* clang-format on */
/* clang-format off */
static const struct {
	const char *name;
	double width_mm, height_mm;
} papers[] = {
	{"a3",      297,   420  },
	{"a4",      210,   297  },
	{"a5",      148,   210  },
	{"a6",      105,   148  },
	{"letter",  215.9, 279.4},
	{"legal",   215.9, 355.6},
	{"tabloid", 279.4, 431.8},
};
/* clang-format on */

static bool paper_size(const char *text, int64_t *width, int64_t *height)
{
	for (size_t i = 0; i < ARRAY_SIZE(papers); i++) {
		const char *name = papers[i].name;
		size_t n = 0;

		while (name[n] && (text[n] | 0x20) == name[n])
			n++;
		int64_t dpi;

		if (name[n] || text[n] != '@' || !str_int(text + n + 1, 10, 2400, &dpi))
			continue;
		*width = (int64_t)(papers[i].width_mm / 25.4 * (double)dpi + 0.5);
		*height = (int64_t)(papers[i].height_mm / 25.4 * (double)dpi + 0.5);
		return true;
	}
	return false;
}

bool size_name_parse(const char *text, int64_t *width, int64_t *height)
{
	for (size_t i = 0; i < ARRAY_SIZE(screens); i++)
		if (str_casecmp(screens[i].name, text) == 0) {
			*width = screens[i].width;
			*height = screens[i].height;
			return true;
		}
	/* "1,920" is one number to people, and a size to the reader of `vtok count -` */
	bool has_x = strpbrk(text, "xX*\xc3") != NULL;

	return paper_size(text, width, height) || (has_x && unit_parse_size(text, width, height));
}
