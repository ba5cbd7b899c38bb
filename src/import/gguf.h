/* The header of GGUF files, the format of llama.cpp: keys and values before the tensors. */
#ifndef VTOK_IMPORT_GGUF_H
#define VTOK_IMPORT_GGUF_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* True if the file begins as such files do. */
bool gguf_is(const char *path);

/* Its keys as an object, to be freed with json_decref: numbers, truth values and texts as they are;
 * a short array of numbers as an array; of any other array the number of its entries. NULL: err,
 * one line with the file's name. Reads at most 64 MiB. */
json_t *gguf_read(const char *path, struct vtok_error *err);

/* The same of bytes in memory; name is for messages. */
json_t *gguf_parse(const char *name, const void *bytes, size_t n, struct vtok_error *err);

/* config.json of a language model (NULL: none) and of a projector (NULL: none), from their keys, in
 * the names of transformers; preprocessor_config.json into *pre. Both to be freed with json_decref;
 * NULL: out of memory, or nothing to tell. */
json_t *gguf_config(const json_t *text, const json_t *projector, json_t **pre);

#endif
