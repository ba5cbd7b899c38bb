/* Values of structs as text that could stand in an INI file and reads back as the same value. */
#include "registry/schema.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "core/processor.h"

static const void *at_const(const void *entry, size_t offset)
{
	return (const char *)entry + offset;
}

/* The shortest decimal that reads back as v. */
static void real_text(double v, char *out, size_t size)
{
	double back;

	for (int digits = 1; digits <= 17; digits++) {
		str_format(out, size, "%.*g", digits, v);
		if (str_num(out, &back) && back == v) /* exact on purpose */
			break;
	}
	if (strchr(out, 'e') && fabs(v) >= 1 && fabs(v) < 1e15 && v == floor(v))
		str_format(out, size, "%.0f", v); /* 60, not 6e+01 */
}

/* Units a person would write, largest first. */
struct unit_name {
	double worth;
	const char *name;
};
/* clang-format off */
static const struct unit_name byte_names[] = {
	{1073741824.0, "GiB"},
	{1048576.0,    "MiB"},
	{0,            NULL }
};
static const struct unit_name second_names[] = {
	{1,    "s" },
	{1e-3, "ms"},
	{1e-6, "us"},
	{0,    NULL}
};
static const struct unit_name flops_names[] = {
	{1e12, "TFLOP/s"},
	{0,    NULL     }
};
static const struct unit_name ops_names[] = {
	{1e12, "TOP/s"},
	{0,    NULL   }
};
static const struct unit_name rate_names[] = {
	{1e9, "GB/s"},
	{0,   NULL  }
};
static const struct unit_name count_names[] = {
	{1e9, "B" },
	{1e6, "M" },
	{0,   NULL}
};
/* clang-format on */

static const struct unit_name *unit_names(const struct field *f)
{
	static const struct unit_name none = {0, NULL};

	if (f->type == FIELD_FLOPS)
		return strcmp(f->unit, "OP/s") == 0 ? ops_names : flops_names;
	return f->type == FIELD_BYTES     ? byte_names
	       : f->type == FIELD_SECONDS ? second_names
	       : f->type == FIELD_RATE    ? rate_names
	       : f->type == FIELD_COUNT   ? count_names
					  : &none;
}

/* In the first unit that makes it at least 1 and short, if it reads back exactly; else the plain
 * number. */
static void measure_text(const struct field *f, double v, char *out, size_t size)
{
	for (const struct unit_name *u = unit_names(f); u->name && v > 0; u++) {
		char number[32];
		double back;
		str_format(number, sizeof(number), "%.6g", v / u->worth);
		str_format(out, size, "%s %s", number, u->name);
		if (v >= u->worth && !strchr(number, 'e') && schema_real(f->type, out, &back) &&
		    back == v)
			return;
	}
	real_text(v, out, size);
}

static void sizes_text(const struct field *f, const void *entry, char *out, size_t size)
{
	const struct px_size *list = at_const(entry, f->offset);
	int32_t n = *(const int32_t *)at_const(entry, f->offset2);

	out[0] = '\0';
	for (int32_t i = 0; i < n; i++)
		str_append(out, size, "%s%dx%d", i ? " " : "", (int)list[i].width,
			   (int)list[i].height);
}

static void table_text(const struct field *f, const void *entry, char *out, size_t size)
{
	const struct size_tokens *list = at_const(entry, f->offset);
	int32_t n = *(const int32_t *)at_const(entry, f->offset2);

	out[0] = '\0';
	for (int32_t i = 0; i < n; i++)
		str_append(out, size, "%s%dx%d=%d", i ? " " : "", (int)list[i].width,
			   (int)list[i].height, (int)list[i].tokens);
}

char *schema_text(const struct field *f, const void *entry, char *out, size_t size)
{
	const void *p = at_const(entry, f->offset);
	int i;

	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_WORDS: {
		const char *text = *(const char *const *)p;
		str_format(out, size, "%s", text ? text : "");
		break;
	}
	case FIELD_BOOL:
		str_format(out, size, "%s", *(const bool *)p ? "yes" : "no");
		break;
	case FIELD_INT:
		str_format(out, size, "%d", (int)*(const int32_t *)p);
		break;
	case FIELD_LONG:
		str_format(out, size, "%lld", (long long)*(const int64_t *)p);
		break;
	case FIELD_NUM:
	case FIELD_BYTES:
	case FIELD_SECONDS:
	case FIELD_FLOPS:
	case FIELD_RATE:
	case FIELD_COUNT:
		measure_text(f, *(const double *)p, out, size);
		break;
	case FIELD_ENUM:
		memcpy(&i, p, sizeof(i));
		str_format(out, size, "%s", f->names[i]);
		break;
	case FIELD_SIZES:
		sizes_text(f, entry, out, size);
		break;
	case FIELD_DATE: {
		char date[11];
		str_format(out, size, "%s", hosted_date_text(*(const int32_t *)p, date));
		break;
	}
	case FIELD_TABLE:
		table_text(f, entry, out, size);
		break;
	}
	return out;
}
