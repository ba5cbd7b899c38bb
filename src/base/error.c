#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

bool error_set(struct vtok_error *err, enum vtok_code code, const char *fmt, ...)
{
	if (!err || err->code != VTOK_OK)
		return false;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	str_clean(err->text);
	err->code = code;
	return false;
}

bool error_prefix(struct vtok_error *err, const char *fmt, ...)
{
	char prefix[160], old[sizeof(err->text)];

	if (!err || err->code == VTOK_OK)
		return false;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(prefix, sizeof(prefix), fmt, ap);
	va_end(ap);
	memcpy(old, err->text, sizeof(old));
	int n = snprintf(err->text, sizeof(err->text), "%s: ", prefix);
	if (n > 0 && (size_t)n < sizeof(err->text))
		snprintf(err->text + n, sizeof(err->text) - (size_t)n, "%.*s",
			 (int)(sizeof(err->text) - (size_t)n - 1), old);
	str_clean(err->text);
	return false;
}
