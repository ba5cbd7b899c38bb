#include "view/export_table.h"

#include <string.h>

#include "base/quote.h"
#include "base/str.h"

bool export_format_of(const char *path, enum export_format *out)
{
	/* clang-format off */
	static const struct {
		const char *end;
		enum export_format format;
	} ends[] = {
		{".csv",  EXPORT_CSV     },
		{".json", EXPORT_JSON    },
		{".md",   EXPORT_MARKDOWN},
		{".svg",  EXPORT_SVG     }
	};
	/* clang-format on */
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && dot != path && i < ARRAY_SIZE(ends); i++)
		if (str_casecmp(dot, ends[i].end) == 0) {
			*out = ends[i].format;
			return true;
		}
	return false;
}

void export_field(struct strbuf *out, enum export_format format, const char *text)
{
	double number;

	if (format != EXPORT_JSON)
		quote_add(out, format == EXPORT_CSV ? QUOTE_CSV : QUOTE_MD, text);
	else if (*text && str_num(text, &number))
		strbuf_puts(out, text);
	else if (*text)
		quote_add(out, QUOTE_JSON, text);
	else
		strbuf_puts(out, "null");
}

static void put_line(struct strbuf *out, enum export_format format, const char *const *names,
		     const char *const *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (format == EXPORT_JSON)
			strbuf_printf(out, "%s\"%s\": ", i ? ", " : "{", names[i]);
		else
			strbuf_puts(out, format == EXPORT_CSV ? (i ? "," : "") : i ? " | " : "| ");
		export_field(out, format, fields[i]);
	}
	strbuf_puts(out, format == EXPORT_JSON ? "}" : format == EXPORT_CSV ? "\n" : " |\n");
}

void export_head(struct strbuf *out, enum export_format format, const char *const *names, size_t n)
{
	if (format == EXPORT_JSON) {
		strbuf_puts(out, "[\n");
		return;
	}
	put_line(out, format, names, names, n);
	for (size_t i = 0; format == EXPORT_MARKDOWN && i < n; i++)
		strbuf_puts(out, i + 1 < n ? "| --- " : "| --- |\n");
}

void export_fields(struct strbuf *out, enum export_format format, const char *const *names,
		   const char *const *fields, size_t n, bool is_first)
{
	if (format == EXPORT_JSON)
		strbuf_puts(out, is_first ? "  " : ",\n  ");
	put_line(out, format, names, fields, n);
}

void export_tail(struct strbuf *out, enum export_format format)
{
	if (format == EXPORT_JSON)
		strbuf_puts(out, "\n]\n");
}
