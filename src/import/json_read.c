#include "import/json_read.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "base/fd.h"
#include "base/str.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The whole of a regular file; the caller frees it. NULL: err. */
static char *slurp(int fd, const char *name, size_t *len, struct vtok_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		error_path(err, VTOK_E_CONFIG, name,
			   "expected a JSON file, found something that is no file");
		return NULL;
	}
	if (st.st_size > JSON_FILE_MAX) {
		error_path(err, VTOK_E_CONFIG, name,
			   "expected at most %d MiB of JSON, found %lld bytes", JSON_FILE_MAX >> 20,
			   (long long)st.st_size);
		return NULL;
	}
	char *data = fd_read_all(fd, JSON_FILE_MAX, len);

	if (data)
		return data;
	if (errno == ENOMEM)
		error_memory(err);
	else if (errno == EFBIG)
		error_path(err, VTOK_E_CONFIG, name, "expected at most %d MiB of JSON, found more",
			   JSON_FILE_MAX >> 20);
	else
		error_path(err, VTOK_E_INPUT, name, "%s", strerror(errno));
	return NULL;
}

/* Python writes numbers that JSON has not, and reads them. They say nothing here: null. */
static const struct {
	const char *word;
	size_t n;
} no_numbers[] = {
	{"NaN", 3},
	{"-Infinity", 9},
	{"Infinity", 8},
};

/* Length of such a word at p; 0 = none. */
static size_t no_number(const char *p, const char *end)
{
	for (size_t i = 0; i < ARRAY_SIZE(no_numbers); i++)
		if ((size_t)(end - p) >= no_numbers[i].n &&
		    memcmp(p, no_numbers[i].word, no_numbers[i].n) == 0)
			return no_numbers[i].n;
	return 0;
}

/* The text with null in their place; NULL where there is none of them, or no memory. */
static char *without_nan(const char *data, size_t len, size_t *out_len)
{
	const char *end = data + len;
	size_t n = 0, used = 0;
	bool quoted = false, found = false;

	for (const char *p = data; p < end && !found; p++)
		found = (*p == 'N' || *p == 'I') && no_number(p, end);
	char *out = found ? malloc(len / 3 * 4 + 8) : NULL;
	for (const char *p = data; out && p < end; p += n) {
		n = quoted ? 0 : no_number(p, end);
		if (n) {
			memcpy(out + used, "null", 4);
			used += 4;
			continue;
		}
		n = quoted && *p == '\\' && p + 1 < end ? 2 : 1;
		if (*p == '"')
			quoted = !quoted;
		memcpy(out + used, p, n);
		used += n;
	}
	*out_len = used;
	return out;
}

/* What stands in place of a large file where git-lfs did not fetch it. */
static bool is_pointer(const char *data, size_t len)
{
	static const char begin[] = "version https://git-lfs.github.com/spec/";

	return len >= sizeof(begin) - 1 && memcmp(data, begin, sizeof(begin) - 1) == 0;
}

static json_t *parse(const char *data, size_t len, json_error_t *e)
{
	size_t cleaned_len;
	char *cleaned = without_nan(data, len, &cleaned_len);
	json_t *root = cleaned ? json_loadb(cleaned, cleaned_len, JSON_REJECT_DUPLICATES, e)
			       : json_loadb(data, len, JSON_REJECT_DUPLICATES, e);

	free(cleaned);
	return root;
}

bool doc_parse(struct doc *d, const char *name, const char *data, size_t len,
	       struct vtok_error *err)
{
	json_error_t e;
	const char *nul = len ? memchr(data, '\0', len) : NULL;

	d->root = NULL;
	str_format(d->name, sizeof(d->name), "%s", name);
	str_clean(d->name);
	if (is_pointer(data, len))
		return error_path(err, VTOK_E_INPUT, d->name,
				  "a pointer of Git LFS, not the file: git lfs pull fetches it");
	if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) { /* a byte order mark */
		data += 3;
		len -= 3;
	}

	if (nul) {
		int line = 1;
		for (const char *p = data; p < nul; p++)
			line += *p == '\n';
		error_set(err, VTOK_E_CONFIG, "expected JSON, found a NUL byte");
		return error_at(err, d->name, line);
	}
	d->root = parse(data, len, &e);
	if (!d->root) {
		str_clean(e.text);
		error_set(err, VTOK_E_CONFIG, "expected JSON, found: %.120s", e.text);
		return error_at(err, d->name, e.line > 0 ? e.line : 1);
	}
	if (json_is_object(d->root))
		return true;
	doc_fini(d);
	error_set(err, VTOK_E_CONFIG, "expected an object, {...}, found another JSON value");
	return error_at(err, d->name, 1);
}

bool doc_read(struct doc *d, const char *path, bool needed, struct vtok_error *err)
{
	size_t len;
	const char *name = base_name(path);

	d->root = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) {
		if (!needed && errno == ENOENT)
			return true;
		return error_path(err, VTOK_E_INPUT, name, "%s", strerror(errno));
	}
	char *data = slurp(fd, name, &len, err);
	close(fd);
	bool fine = data && doc_parse(d, name, data, len, err);
	free(data);
	return fine;
}

void doc_fini(struct doc *d)
{
	json_decref(d->root);
	d->root = NULL;
}

struct node node_doc(const struct doc *d, struct vtok_error *err)
{
	return (struct node){.file = d->name, .at = "", .obj = d->root, .err = err};
}

/* One alternative, "size.longest_edge", from its start to `end`. */
static const json_t *walk(const json_t *obj, const char *path, const char *end)
{
	char key[64];

	while (obj && path < end) {
		size_t len = strcspn(path, ".|");
		if (len >= sizeof(key))
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		obj = json_object_get(obj, key); /* NULL for what is no object */
		path += len + (path[len] == '.');
	}
	return obj && !json_is_null(obj) ? obj : NULL;
}

/* Like node_find; *key becomes the alternative that was there, for messages. */
static const json_t *find(const struct node *v, const char *keys, const char **key)
{
	while (v->obj && *keys) {
		const char *end = keys + strcspn(keys, "|");
		const json_t *found = walk(v->obj, keys, end);
		if (found) {
			*key = keys;
			return found;
		}
		keys = *end ? end + 1 : end;
	}
	return NULL;
}

const json_t *node_find(const struct node *v, const char *keys)
{
	const char *key;

	return find(v, keys, &key);
}

bool node_has(const struct node *v, const char *keys)
{
	return node_find(v, keys) != NULL;
}

struct node node_sub(const struct node *v, const char *names)
{
	const char *name;
	const json_t *obj = find(v, names, &name);
	struct node sub = {.file = v->file, .at = "", .obj = NULL, .err = v->err};

	if (!obj)
		return sub;
	if (!json_is_object(obj)) {
		node_wrong(v, name, "an object", obj);
		return sub;
	}
	sub.obj = obj;
	sub.at = name;
	return sub;
}

/* What was found, in words that fit a line. */
static void describe(const json_t *found, char *out, size_t size)
{
	switch (json_typeof(found)) {
	case JSON_OBJECT:
		str_format(out, size, "an object");
		break;
	case JSON_ARRAY:
		str_format(out, size, "an array of %zu", json_array_size(found));
		break;
	case JSON_STRING:
		str_format(out, size, "the text \"%.40s\"", json_string_value(found));
		str_clean(out);
		break;
	case JSON_INTEGER:
		str_format(out, size, "%" JSON_INTEGER_FORMAT, json_integer_value(found));
		break;
	case JSON_REAL:
		str_format(out, size, "%.17g", json_real_value(found));
		break;
	case JSON_TRUE:
		str_format(out, size, "true");
		break;
	case JSON_FALSE:
		str_format(out, size, "false");
		break;
	case JSON_NULL:
		str_format(out, size, "null");
		break;
	}
}

void node_wrong(const struct node *v, const char *keys, const char *expected, const json_t *found)
{
	char what[96];
	int at = (int)strcspn(v->at, "|");

	describe(found, what, sizeof(what));
	error_path(v->err, VTOK_E_CONFIG, v->file, "%.*s%s%.*s: expected %s, found %s", at, v->at,
		   at ? "." : "", (int)strcspn(keys, "|"), keys, expected, what);
}

/* A whole number, also when it is written as 1024.0. */
static bool whole(const json_t *j, int64_t *out)
{
	double d;

	if (json_is_integer(j)) {
		*out = json_integer_value(j);
		return true;
	}
	if (!json_is_real(j))
		return false;
	d = json_real_value(j);
	if (!(fabs(d) <= 9007199254740992.0) || d != floor(d)) /* exact on purpose: is it whole? */
		return false;
	*out = (int64_t)d;
	return true;
}

bool node_int(const struct node *v, const char *keys, int64_t least, int64_t most, int64_t *out)
{
	const char *key;
	const json_t *j = find(v, keys, &key);
	int64_t value;
	char expected[80];

	if (!j)
		return false;
	if (whole(j, &value) && value >= least && value <= most) {
		*out = value;
		return true;
	}
	str_format(expected, sizeof(expected), "a whole number from %" PRId64 " to %" PRId64, least,
		   most);
	node_wrong(v, key, expected, j);
	return false;
}

bool node_int32(const struct node *v, const char *keys, int32_t least, int32_t most, int32_t *out)
{
	int64_t value;

	if (!node_int(v, keys, least, most, &value))
		return false;
	*out = (int32_t)value;
	return true;
}

bool node_num(const struct node *v, const char *keys, double least, double most, double *out)
{
	const char *key;
	const json_t *j = find(v, keys, &key);
	char expected[80];

	if (!j)
		return false;
	double value = json_number_value(j);
	if (json_is_number(j) && value >= least && value <= most) {
		*out = value;
		return true;
	}
	str_format(expected, sizeof(expected), "a number from %g to %g", least, most);
	node_wrong(v, key, expected, j);
	return false;
}

bool node_bool(const struct node *v, const char *keys, bool *out)
{
	const char *key;
	const json_t *j = find(v, keys, &key);

	if (!j)
		return false;
	if (!json_is_boolean(j)) {
		node_wrong(v, key, "true or false", j);
		return false;
	}
	*out = json_is_true(j);
	return true;
}

bool node_text(const struct node *v, const char *keys, const char **out)
{
	const char *key;
	const json_t *j = find(v, keys, &key);

	if (!j)
		return false;
	if (!json_is_string(j)) {
		node_wrong(v, key, "text", j);
		return false;
	}
	*out = json_string_value(j);
	return true;
}

const json_t *node_array(const struct node *v, const char *keys)
{
	const char *key;
	const json_t *j = find(v, keys, &key);

	if (j && !json_is_array(j)) {
		node_wrong(v, key, "an array", j);
		return NULL;
	}
	return j;
}

bool node_side(const struct node *v, const char *keys, int32_t *out)
{
	static const char expected[] = "a side from 1 to 16384 pixels, or a square of that";
	const char *key;
	const json_t *j = find(v, keys, &key), *a = j, *b = j;
	int64_t side, other;

	if (!j)
		return false;
	if (json_is_array(j)) {
		a = json_array_get(j, 0);
		b = json_array_size(j) > 1 ? json_array_get(j, 1) : a;
	} else if (json_is_object(j) && json_object_get(j, "height")) {
		a = json_object_get(j, "height");
		b = json_object_get(j, "width");
	} else if (json_is_object(j)) {
		a = b = json_object_get(j, "shortest_edge");
	}
	if (!a || !b || !whole(a, &side) || !whole(b, &other) || side != other || side < 1 ||
	    side > 16384) {
		node_wrong(v, key, expected, j);
		return false;
	}
	*out = (int32_t)side;
	return true;
}
