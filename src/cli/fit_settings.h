/* The lines of `vtok fit --settings`: what to tell a server, a request or a library so that it
 * holds the size by itself. */
#ifndef VTOK_CLI_FIT_SETTINGS_H
#define VTOK_CLI_FIT_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/sheet.h"
#include "core/processor.h"
#include "registry/registry.h"

/* Columns of the sheet that the rows go into. */
extern const struct sheet_column fit_settings_columns[];
extern const size_t fit_settings_columns_n;

/* What --settings names: one engine with a version, or all of them. */
struct fit_engine {
	const struct engine *engine; /* NULL: all that are known to take or refuse settings */
	int32_t version;             /* 0 = the newest */
};

/* "all", "vllm", "vllm@0.20". False: err says what is wrong. */
bool fit_engine_find(const struct registry *r, const char *text, struct fit_engine *out,
		     struct vtok_error *err);

/* The rows for a picture of width x height that may take `tokens` visual tokens of p, the model's
 * own rule or a hosted one; each engine's own variant of it is looked up. An engine that takes
 * nothing of the kind has one row that says so. */
void fit_settings_add(struct sheet *s, const struct registry *r, const struct fit_engine *which,
		      const struct processor *p, int64_t width, int64_t height, int64_t tokens);

#endif
