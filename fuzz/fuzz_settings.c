/* Any bytes as settings.ini: a start with it, or one line with the number of a line; and a key
 * written into it, which is then there. Seeds: fuzz/seeds.sh. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/screen_state.h"
#include "cli/settings.h"
#include "cli/settings_edit.h"
#include "registry/registry.h"

enum { BYTES = 16384, PATH_BYTES = 256 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[PATH_BYTES];

/* A folder of this process alone, in memory where the system has such. */
static bool make_home(void)
{
	char home[] = "/tmp/vtok-fuzz-XXXXXX", shm[] = "/dev/shm/vtok-fuzz-XXXXXX";
	const char *made = mkdtemp(shm);

	if (!made)
		made = mkdtemp(home);
	if (!made || setenv("XDG_CONFIG_HOME", made, 1) != 0)
		return false;
	snprintf(path, sizeof path, "%s/vtok", made);
	if (mkdir(path, 0700) != 0)
		return false;
	snprintf(path, sizeof path, "%s/vtok/settings.ini", made);
	return true;
}

static void remove_home(void)
{
	for (int i = 0; i < 3; i++) {
		remove(path);
		*strrchr(path, '/') = '\0';
	}
}

static bool write_file(const uint8_t *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	bool fine = fd >= 0 && write(fd, data, size) == (ssize_t)size;

	return fd >= 0 && close(fd) == 0 && fine;
}

static void start(const struct registry *r)
{
	static const struct options_scope scope = {"render",
						   OPT_COUNTING | OPT_COSTS | OPT_RULES |
							   OPT_CHART | OPT_SCREEN | OPT_TRAFFIC,
						   INPUTS_ONE, 0};
	static struct settings settings; /* large, as the state */
	static struct state st;
	struct theme_list themes = {0};
	struct options o = {0};
	struct vtok_error err = {0};
	char name[] = "render", *argv[] = {name, NULL};

	if (!options_parse(&o, &scope, 1, argv, &err))
		abort();
	if ((!settings_load(&settings, &o, r, &themes, &err) ||
	     !screen_state_init(&st, &o, r, &themes, &err)) &&
	    (!strstr(err.text, "settings.ini:") || strchr(err.text, '\n')))
		abort();
	options_fini(&o);
}

static void edit(const uint8_t *data, size_t size)
{
	static const struct settings_pair pair = {"theme", "light"};
	struct strbuf once, again;

	strbuf_init(&once);
	strbuf_init(&again);
	settings_edit((const char *)data, size, "dashboard", &pair, 1, &once);
	settings_edit(strbuf_text(&once), once.len, "dashboard", &pair, 1, &again);
	/* of several CRs at a line's end each writing takes one; the reader refuses such a line */
	if (!memmem(data, size, "\r\r", 2) &&
	    (once.len != again.len ||
	     memcmp(strbuf_text(&once), strbuf_text(&again), once.len) != 0))
		abort();
	strbuf_fini(&once);
	strbuf_fini(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct registry r;
	struct vtok_error err = {0};

	if (size > BYTES)
		return 0;
	if (!r.models_n && (!registry_init(&r, &err) || !make_home() || atexit(remove_home) != 0))
		abort();
	edit(data, size);
	if (write_file(data, size))
		start(&r);
	return 0;
}
