#include "cli/flow.h"

#include <string.h>

#include "base/utf8.h"

static void before(struct flow *f)
{
	struct out *o = f->out;
	bool is_first = f->at == 0;

	switch (f->format) {
	case FORMAT_JSON:
	case FORMAT_JSONL:
		if (is_first)
			out_puts(o, f->format == FORMAT_JSONL ? "{" : f->any ? ",\n  {" : "\n  {");
		else
			out_putc(o, ',');
		out_json(o, f->columns[f->at].name, strlen(f->columns[f->at].name));
		out_putc(o, ':');
		break;
	case FORMAT_MD:
		out_puts(o, is_first ? "| " : " | ");
		break;
	case FORMAT_TABLE:
		out_puts(o, is_first ? "" : "  ");
		break;
	default:
		out_puts(o, is_first ? "" : ",");
	}
	f->any = true;
}

static void after(struct flow *f)
{
	if (++f->at < f->n)
		return;
	f->at = 0;
	out_puts(f->out, f->format == FORMAT_JSON    ? "}"
			 : f->format == FORMAT_JSONL ? "}\n"
			 : f->format == FORMAT_MD    ? " |\n"
						     : "\n");
}

static void pad(struct out *o, int n)
{
	for (; n > 0; n--)
		out_putc(o, ' ');
}

/* The last column of a table that goes to the left needs no blanks behind it. */
static void put_table(struct flow *f, const char *text)
{
	int width = f->columns[f->at].width, used = (int)utf8_columns(text);

	pad(f->out, width - used);
	out_text(f->out, text, strlen(text));
	if (f->at + 1 < f->n)
		pad(f->out, -width - used);
}

static void put(struct flow *f, const char *text, bool is_number)
{
	size_t n = text ? strlen(text) : 0;

	before(f);
	if (f->format == FORMAT_JSON || f->format == FORMAT_JSONL) {
		if (!n)
			out_puts(f->out, "null");
		else if (is_number)
			out_add(f->out, text, n);
		else
			out_json(f->out, text, n);
	} else if (f->format == FORMAT_TABLE) {
		put_table(f, n ? text : "");
	} else if (f->format == FORMAT_MD) {
		out_md(f->out, n ? text : "", n);
	} else {
		out_csv(f->out, n ? text : "", n);
	}
	after(f);
}

void flow_text(struct flow *f, const char *text)
{
	put(f, text, false);
}

void flow_int(struct flow *f, int64_t n)
{
	char text[STR_NUMBER];

	put(f, str_decimal(text, n), true);
}

void flow_number(struct flow *f, double v)
{
	char text[STR_NUMBER];

	put(f, str_number(text, v), true);
}

void flow_begin(struct flow *f, struct out *out, enum format format, bool has_header,
		const struct flow_column *columns, size_t n)
{
	*f = (struct flow){.out = out, .format = format, .columns = columns, .n = n};
	if (format == FORMAT_JSON)
		out_putc(out, '[');
	if (format == FORMAT_JSON || format == FORMAT_JSONL || (!has_header && format != FORMAT_MD))
		return;
	for (size_t i = 0; i < n; i++)
		flow_text(f, columns[i].name);
	if (format == FORMAT_MD) {
		for (size_t i = 0; i < n; i++)
			out_puts(out, i ? " --- |" : "| --- |");
		out_putc(out, '\n');
	}
	f->any = false;
}

void flow_end(struct flow *f)
{
	if (f->format == FORMAT_JSON)
		out_puts(f->out, f->any ? "\n]\n" : "]\n");
}
