/* JSON files of strangers: bounded reading, and typed values whose errors say where they stand. */
#ifndef VTOK_IMPORT_JSON_READ_H
#define VTOK_IMPORT_JSON_READ_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum { JSON_FILE_MAX = 4 << 20 }; /* bytes; the largest configuration seen has 60 kB */

/* One file. root is NULL when there is none. */
struct doc {
	char name[64]; /* for messages: "config.json" */
	json_t *root;  /* an object */
};

/* Reads the file at path. Missing: true, and root stays NULL, unless `needed`. Anything that is not
 * a JSON object of moderate size and depth, with unique keys and without NUL, is an error: one line
 * with file and line. */
bool doc_read(struct doc *d, const char *path, bool needed, struct vtok_error *err);
/* The same of text in memory; name is for messages. */
bool doc_parse(struct doc *d, const char *name, const char *data, size_t len,
	       struct vtok_error *err);
void doc_fini(struct doc *d);

/* An object inside a document. obj NULL: everything is absent. The first wrong value is kept in
 * err, so that readers need no check after each. */
struct node {
	const char *file; /* name of its document */
	const char *at;   /* "text_config." before a key, or "" */
	const json_t *obj;
	struct vtok_error *err;
};

struct node node_doc(const struct doc *d, struct vtok_error *err);

/* The first of the named objects ("text_config|llm_config"); obj NULL when there is none. */
struct node node_sub(const struct node *v, const char *names);

/* `keys` are alternatives with '|' between, the first that is there (and not null) counts; each may
 * go down with '.': "max_pixels|size.longest_edge". */
const json_t *node_find(const struct node *v, const char *keys);
bool node_has(const struct node *v, const char *keys);

/* False when absent; *out stays as it is then, and when the value is wrong. */
bool node_int(const struct node *v, const char *keys, int64_t least, int64_t most, int64_t *out);
bool node_int32(const struct node *v, const char *keys, int32_t least, int32_t most, int32_t *out);
bool node_num(const struct node *v, const char *keys, double least, double most, double *out);
bool node_bool(const struct node *v, const char *keys, bool *out);
/* Borrowed from the document. */
bool node_text(const struct node *v, const char *keys, const char **out);
/* A side in pixels: a number, {"height": n, "width": n} or [n, n] with equal values, or
 * {"shortest_edge": n}. */
bool node_side(const struct node *v, const char *keys, int32_t *out);
/* An array; NULL when absent or something else. */
const json_t *node_array(const struct node *v, const char *keys);

/* Records "file: key: expected WHAT, found a string". */
void node_wrong(const struct node *v, const char *keys, const char *expected, const json_t *found);

#endif
