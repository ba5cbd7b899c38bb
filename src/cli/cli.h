/* What every command needs: messages, the end of standard output, the registry with the user's
 * files over it. */
#ifndef VTOK_CLI_CLI_H
#define VTOK_CLI_CLI_H

#include <stdbool.h>

#include "base/error.h"
#include "cli/options.h"

struct registry;

/* Prints "vtok: TEXT" on standard error and returns the exit code. */
int cli_fail(const struct vtok_error *err);

/* A warning or note on standard error, one line, with control characters replaced. */
void cli_note(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* Flushes standard output. A result that cannot be written is VTOK_E_INPUT and a message, except
 * that a reader who has gone away (closed pipe) needs none. Returns code, or VTOK_E_INPUT if that
 * is worse. */
int cli_finish(int code);

/* The shipped tables, the user's files unless --no-config, then every -f FILE. Free with
 * registry_fini when true. */
bool cli_registry(const struct options *o, struct registry *r, struct vtok_error *err);

/* Colours on standard output: --color, else a terminal without NO_COLOR. */
bool cli_color(const struct options *o);

/* ASCII alone in frames and charts: --ascii, or a terminal in a locale without UTF-8. Files and
 * pipes get UTF-8. */
bool cli_ascii(const struct options *o);

#endif
