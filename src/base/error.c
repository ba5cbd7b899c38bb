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

enum { REASON_MOST = 250 }; /* bytes; what is left of the text is for the path */

/* path, or "..." and as much of its end as fits, from the beginning of a name where one is near. */
static void path_end(char *out, size_t size, const char *path)
{
	size_t len = strlen(path);

	if (len < size) {
		memcpy(out, path, len + 1);
		return;
	}
	const char *end = path + len - (size - sizeof("..."));
	while (((unsigned char)*end & 0xc0) == 0x80) /* not in the middle of a character */
		end++;
	const char *slash = strchr(end, '/');
	str_format(out, size, "...%s", slash && slash[1] ? slash : end);
}

/* Fills the text with PATH, place and reason. */
static void put_at(struct vtok_error *err, const char *path, const char *place, const char *reason)
{
	char whole[REASON_MOST + 1], end[sizeof(err->text)];

	str_format(whole, sizeof(whole), "%s", reason);
	if (!*path && !*place) {
		str_format(err->text, sizeof(err->text), "%s", whole);
		str_clean(err->text);
		return;
	}
	path_end(end, sizeof(end) - strlen(place) - strlen(whole) - strlen(": "), path);
	str_format(err->text, sizeof(err->text), "%s%s: %s", end, place, whole);
	str_clean(err->text);
}

bool error_path(struct vtok_error *err, enum vtok_code code, const char *path, const char *fmt, ...)
{
	char reason[sizeof(err->text)];
	va_list ap;

	if (!err || err->code != VTOK_OK)
		return false;
	va_start(ap, fmt);
	str_vformat(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	put_at(err, path, "", reason);
	err->code = code;
	return false;
}

bool error_at(struct vtok_error *err, const char *path, int line)
{
	char reason[sizeof(err->text)], place[16] = "";

	if (!err || err->code == VTOK_OK)
		return false;
	memcpy(reason, err->text, sizeof(reason));
	if (line > 0)
		str_format(place, sizeof(place), ":%d", line);
	put_at(err, path, place, reason);
	return false;
}

bool error_memory(struct vtok_error *err)
{
	if (err && err->code == VTOK_OK)
		err->is_memory = true;
	return error_set(err, VTOK_E_INPUT, "out of memory");
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
