/* What every reader of import calls: the view of one part, and a remark. */
#include "import/importer.h"

#include <stdarg.h>

#include "base/str.h"

const struct node *import_part(const struct importer *im, enum part part)
{
	switch (part) {
	case PART_PRE:
		return &im->pre;
	case PART_CONFIG:
		return &im->config;
	case PART_TOWER:
		return &im->tower;
	case PART_TEXT:
		break;
	}
	return &im->text;
}

void import_note(struct importer *im, const char *fmt, ...)
{
	char text[320];
	va_list args;

	va_start(args, fmt);
	str_vformat(text, sizeof(text), fmt, args);
	va_end(args);
	str_clean(text);
	strbuf_printf(&im->notes, "# %s\n", text);
}
