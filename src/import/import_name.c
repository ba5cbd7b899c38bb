/* The id of what is imported. The hub's cache has models--OWNER--NAME/snapshots/HASH: its name is
 * NAME. */
#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "import/import.h"
#include "import/importer.h"

static const char local[] = "-local";
static_assert((int)IMPORT_ID > (int)IMPORT_ID_MOST, "an id has room");

/* The last part of a path before *end, which moves to its start. */
static const char *last_part(const char *path, size_t *end, size_t *len)
{
	size_t stop = *end;

	while (stop > 1 && path[stop - 1] == '/')
		stop--;
	*end = stop;
	while (*end > 0 && path[*end - 1] != '/')
		--*end;
	*len = stop - *end;
	return path + *end;
}

static bool is_part(const char *part, size_t len, const char *text)
{
	return len == strlen(text) && memcmp(part, text, len) == 0;
}

/* What the registry does not take in a name becomes '-'. */
static void set(struct importer *im, const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n < IMPORT_ID_MOST; i++) {
		unsigned char c = (unsigned char)text[i];
		bool fine =
			(c < 0x80 && isalnum(c)) || c == '.' || c == '_' || c == '+' || c == '-';
		im->id[n++] = fine ? (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) : '-';
	}
	im->id[n] = '\0';
	if (n == 0 || strspn(im->id, ".-") == n)
		str_format(im->id, sizeof(im->id), "imported");
}

void import_name_after(struct importer *im, const char *path)
{
	static const char cache[] = "models--";
	char *whole = realpath(path, NULL); /* "." has a name too */
	const char *from = whole ? whole : path;
	size_t end = strlen(from), len, other_len;
	const char *part = last_part(from, &end, &len);
	size_t above = end;
	const char *other = last_part(from, &above, &other_len);

	if (is_part(other, other_len, "snapshots"))
		part = last_part(from, &above, &len);
	if (len > sizeof(cache) && memcmp(part, cache, sizeof(cache) - 1) == 0) {
		for (size_t i = sizeof(cache) - 1; i + 2 < len; i++)
			if (part[i] == '-' && part[i + 1] == '-') {
				part += i + 2;
				len -= i + 2;
				break;
			}
	}
	set(im, part, len);
	free(whole);
}

void import_name_set(struct importer *im, const char *name)
{
	set(im, name, strlen(name));
}

bool import_name_given(struct importer *im, const char *name)
{
	size_t len = strlen(name);

	set(im, name, len);
	im->is_named = true;
	if (len > 0 && len <= IMPORT_ID_MOST && strspn(name, ".-") < len) {
		for (size_t i = 0; i < len; i++)
			if (im->id[i] != name[i] && !isupper((unsigned char)name[i]))
				len = 0;
		if (len)
			return true;
	}
	return error_set(im->err, VTOK_E_USAGE,
			 "--name: expected an id of at most %d letters, digits, '.', '_', '+' and "
			 "'-', got \"%.60s\"",
			 IMPORT_ID_MOST, name);
}

void import_name_tail(struct importer *im)
{
	im->id[IMPORT_ID_MOST - (sizeof(local) - 1)] = '\0';
	str_append(im->id, sizeof(im->id), local);
}
