#include "cli/cli.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/charset.h"
#include "base/day.h"
#include "base/str.h"
#include "core/hosted.h"
#include "registry/registry.h"
#include "registry/registry_load.h"

int cli_fail(const struct vtok_error *err)
{
	fprintf(stderr, "vtok: %s\n", err->text);
	return err->code;
}

void cli_note(const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	str_clean(text);
	fprintf(stderr, "vtok: %s\n", text);
}

/* stdio forgets why an earlier write failed; a pipe without a reader can still be told. */
static bool reader_has_gone(void)
{
	struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&p, 1, 0) == 1 && p.revents & POLLERR;
}

int cli_finish(int code)
{
	bool failed_before = ferror(stdout);
	int why = fflush(stdout) == 0 ? 0 : errno;

	if (!failed_before && !why)
		return code;
	if (why != EPIPE && !reader_has_gone())
		cli_note("cannot write the result: %s", strerror(why ? why : EIO));
	return code > VTOK_E_INPUT ? code : VTOK_E_INPUT;
}

bool cli_registry(const struct options *o, struct registry *r, struct vtok_error *err)
{
	int32_t date = 0;

	if (o->rules && !hosted_parse_date(o->rules, &date))
		return error_set(err, VTOK_E_USAGE,
				 "--rules: expected a date like 2025-04 or 2025-04-14, got \"%s\"",
				 o->rules);
	if (!registry_init(r, err))
		return false;
	r->rules_date = date;
	r->today = day_today();
	bool fine = o->no_config || registry_load_user(r, err);
	for (size_t i = 0; fine && i < o->registries.n; i++)
		fine = registry_load_file(r, o->registries.items[i], err);
	if (!fine)
		registry_fini(r);
	return fine;
}

bool cli_color(const struct options *o)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

	if (o->color != COLOR_AUTO)
		return o->color == COLOR_ALWAYS;
	return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb") != 0;
}

bool cli_ascii(const struct options *o)
{
	return o->ascii || (isatty(STDOUT_FILENO) && !charset_is_utf8());
}
