/* Version 2 and 3, little endian:
 *
 *     "GGUF", u32 version, u64 tensors, u64 keys
 *     keys times: text, u32 type, value
 *     text: u64 bytes, then those; an array: u32 type, u64 entries, then those
 *
 * Lists of a vocabulary are hundreds of thousands of texts: they are walked over, not kept. */
#include "import/gguf.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum {
	KEYS_MOST = 10000,
	KEY_MOST = 256,        /* bytes */
	TEXT_MOST = 4096,      /* bytes that are kept */
	LIST_MOST = 1024,      /* numbers that are kept */
	BYTES_MOST = 64 << 20, /* read of any file */
};

enum type {
	T_U8,
	T_I8,
	T_U16,
	T_I16,
	T_U32,
	T_I32,
	T_F32,
	T_BOOL,
	T_TEXT,
	T_ARRAY,
	T_U64,
	T_I64,
	T_F64,
	T_N
};

static const unsigned char sizes[T_N] = {
	[T_U8] = 1,  [T_I8] = 1,   [T_U16] = 2, [T_I16] = 2, [T_U32] = 4, [T_I32] = 4,
	[T_F32] = 4, [T_BOOL] = 1, [T_U64] = 8, [T_I64] = 8, [T_F64] = 8,
};

struct reader {
	FILE *f;
	int64_t left; /* bytes that are still read */
};

static bool take(struct reader *r, void *to, size_t n)
{
	if ((int64_t)n > r->left)
		return false;
	r->left -= (int64_t)n;
	return fread(to, 1, n, r->f) == n;
}

/* Over bytes that nobody wants; they count. */
static bool skip(struct reader *r, uint64_t n)
{
	char room[4096];

	while (n > 0) {
		size_t part = n < sizeof(room) ? (size_t)n : sizeof(room);
		if (!take(r, room, part))
			return false;
		n -= part;
	}
	return true;
}

static uint64_t little(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = n; i > 0; i--)
		v = v << 8 | p[i - 1];
	return v;
}

static bool whole(struct reader *r, size_t n, uint64_t *out)
{
	unsigned char bytes[8];

	if (!take(r, bytes, n))
		return false;
	*out = little(bytes, n);
	return true;
}

/* The text, cut to room; its whole length is read. */
static bool text(struct reader *r, char *room, size_t size)
{
	uint64_t len;

	if (!whole(r, 8, &len))
		return false;
	size_t n = len < size - 1 ? (size_t)len : size - 1;
	if (!take(r, room, n))
		return false;
	room[n] = '\0';
	return skip(r, len - n);
}

static double real(uint64_t bits, enum type type)
{
	double wide;
	float narrow;
	uint32_t low = (uint32_t)bits;

	if (type == T_F64) {
		memcpy(&wide, &bits, sizeof(wide));
		return wide;
	}
	memcpy(&narrow, &low, sizeof(narrow));
	return narrow;
}

/* NULL: a number that JSON has not. */
static json_t *number(uint64_t bits, enum type type)
{
	switch (type) {
	case T_F32:
	case T_F64: {
		double v = real(bits, type);
		return isfinite(v) ? json_real(v) : json_null();
	}
	case T_BOOL:
		return json_boolean(bits != 0);
	case T_I8:
		return json_integer((int8_t)bits);
	case T_I16:
		return json_integer((int16_t)bits);
	case T_I32:
		return json_integer((int32_t)bits);
	case T_I64:
		return json_integer((int64_t)bits);
	default:
		return json_integer(bits > INT64_MAX ? INT64_MAX : (json_int_t)bits);
	}
}

static bool skip_entries(struct reader *r, enum type type, uint64_t n)
{
	char none[1];

	if (type == T_TEXT) {
		for (uint64_t i = 0; i < n; i++)
			if (!text(r, none, sizeof(none)))
				return false;
		return true;
	}
	return n <= BYTES_MOST && skip(r, n * sizes[type]);
}

static json_t *array(struct reader *r)
{
	uint64_t type, n, bits;

	if (!whole(r, 4, &type) || !whole(r, 8, &n) || type >= T_N || type == T_ARRAY)
		return NULL;
	if (type == T_TEXT || n > LIST_MOST)
		return skip_entries(r, (enum type)type, n)
			       ? json_integer(n > INT64_MAX ? INT64_MAX : (json_int_t)n)
			       : NULL;
	json_t *list = json_array();
	for (uint64_t i = 0; list && i < n; i++)
		if (!whole(r, sizes[type], &bits) ||
		    json_array_append_new(list, number(bits, (enum type)type)) != 0) {
			json_decref(list);
			return NULL;
		}
	return list;
}

/* NULL: the file ends, or the type is none. */
static json_t *value(struct reader *r, uint64_t type)
{
	char room[TEXT_MOST];
	uint64_t bits;

	if (type == T_ARRAY)
		return array(r);
	if (type == T_TEXT) {
		if (!text(r, room, sizeof(room)))
			return NULL;
		json_t *s = json_string(room);
		return s ? s : json_null(); /* it is not UTF-8 */
	}
	return type < T_N && whole(r, sizes[type], &bits) ? number(bits, (enum type)type) : NULL;
}

static bool read_keys(struct reader *r, uint64_t n, json_t *out)
{
	char key[KEY_MOST];
	uint64_t type;

	for (uint64_t i = 0; i < n; i++) {
		if (!text(r, key, sizeof(key)) || !whole(r, 4, &type))
			return false;
		json_t *v = value(r, type);
		if (!v)
			return false;
		json_object_set_new(out, key, v); /* a key that is no text is left out */
	}
	return true;
}

static json_t *parse(FILE *f, const char *name, struct vtok_error *err)
{
	struct reader r = {.f = f, .left = BYTES_MOST};
	char magic[4];
	uint64_t version, tensors, keys;

	if (!take(&r, magic, 4) || memcmp(magic, "GGUF", 4) != 0) {
		error_path(err, VTOK_E_CONFIG, name, "expected a GGUF file, found another");
		return NULL;
	}
	if (!whole(&r, 4, &version) || !whole(&r, 8, &tensors) || !whole(&r, 8, &keys)) {
		error_path(err, VTOK_E_CONFIG, name, "the file ends inside its header");
		return NULL;
	}
	if (version < 2 || version > 3) {
		error_path(err, VTOK_E_CONFIG, name, "expected version 2 or 3 of GGUF, found %u",
			   (unsigned)version);
		return NULL;
	}
	if (keys > KEYS_MOST) {
		error_path(err, VTOK_E_CONFIG, name, "expected at most %d keys, found %llu",
			   KEYS_MOST, (unsigned long long)keys);
		return NULL;
	}
	json_t *out = json_object();
	if (!out) {
		error_memory(err);
	} else if (!read_keys(&r, keys, out)) {
		json_decref(out);
		out = NULL;
		error_path(err, VTOK_E_CONFIG, name,
			   "the file ends inside its keys, or they are none");
	}
	return out;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A pipe is not waited for. */
static int open_file(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
		return fd;
	close(fd);
	errno = EINVAL;
	return -1;
}

bool gguf_is(const char *path)
{
	char magic[4] = "";
	int fd = open_file(path);
	bool is = fd >= 0 && read(fd, magic, 4) == 4 && memcmp(magic, "GGUF", 4) == 0;

	if (fd >= 0)
		close(fd);
	return is;
}

json_t *gguf_read(const char *path, struct vtok_error *err)
{
	int fd = open_file(path);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "rb");

	if (!f) {
		error_path(err, VTOK_E_INPUT, base_name(path), "%s", strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	json_t *out = parse(f, base_name(path), err);
	fclose(f);
	return out;
}

json_t *gguf_parse(const char *name, const void *bytes, size_t n, struct vtok_error *err)
{
	FILE *f = n ? fmemopen((void *)(uintptr_t)bytes, n, "rb") : NULL;

	if (!f) {
		error_path(err, VTOK_E_CONFIG, name, "expected a GGUF file, found another");
		return NULL;
	}
	json_t *out = parse(f, name, err);
	fclose(f);
	return out;
}
