/* Hugging Face model folders as INI sections. */
#ifndef VTOK_IMPORT_IMPORT_H
#define VTOK_IMPORT_IMPORT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"

enum { IMPORT_ID_MOST = 38 }; /* bytes of an id: names of sections are short */

/* Reads a folder (config.json, preprocessor_config.json, processor_config.json,
 * adapter_config.json: those that are there; or one of the hub's cache, models--OWNER--NAME, with a
 * snapshot in it; or GGUF files) or one JSON or GGUF file, and appends [processor], [tower] and
 * [model] sections to out. Keys of both generations are read. name becomes the id; NULL: that of
 * the folder. False: err is one line with file, line where there is one, what was expected and what
 * was found, or what was understood of a family that is not known (VTOK_E_INPUT); out may hold a
 * part. */
bool import_path(const char *path, const char *name, struct strbuf *out, struct vtok_error *err);

/* The same of text in memory: config.json and preprocessor_config.json; NULL = not there. name
 * becomes the id. */
bool import_text(const char *name, const char *config, size_t config_len, const char *pre,
		 size_t pre_len, struct strbuf *out, struct vtok_error *err);

#endif
