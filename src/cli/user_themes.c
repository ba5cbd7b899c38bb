#include "cli/user_themes.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/slurp.h"
#include "draw/theme_file.h"
#include "registry/registry_load.h"

enum { PATH_BYTES = 4096, THEMES_MOST = 256 };

/* What a file begins with: attributes that every terminal shows, and its own colours. */
static void set_base(struct theme *t)
{
	size_t i = 0;

	while (i + 1 < shipped_themes_n && !shipped_themes[i].is_mono)
		i++;
	*t = shipped_themes[i];
	t->is_mono = false;
	t->order = 0;
	t->name[0] = t->summary[0] = '\0';
}

/* Adds the theme of one file. */
static bool add(struct theme *own, size_t *n, const char *path, struct vtok_error *err)
{
	size_t len = 0;
	char *text = slurp(path, SLURP_TEXT, &len, NULL, err);
	struct theme *t = &own[*n];

	set_base(t);
	bool is_good = text && theme_read(t, path, text, len, err);

	free(text);
	for (size_t i = 0; is_good && i < *n; i++)
		if (str_casecmp(own[i].name, t->name) == 0)
			return error_path(err, VTOK_E_CONFIG, path,
					  "another file has a theme \"%s\" too", t->name);
	*n += is_good;
	return is_good;
}

static int is_theme_file(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return len > 4 && d->d_name[0] != '.' && strcmp(d->d_name + len - 4, ".ini") == 0;
}

static bool add_all(struct theme_list *out, const char *folder, struct dirent **files, int files_n,
		    struct vtok_error *err)
{
	struct theme *own = calloc((size_t)files_n + 1, sizeof *own);
	char path[PATH_BYTES + NAME_MAX + 2];
	size_t n = 0;
	bool is_good = own || error_memory(err);

	for (int i = 0; is_good && i < files_n; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]->d_name);
		is_good = add(own, &n, path, err);
	}
	if (is_good)
		*out = (struct theme_list){own, n};
	else
		free(own);
	return is_good;
}

/* A closed home, as under sudo -u: what cannot even be looked up is not there. */
static bool is_there(const char *folder)
{
	return errno != ENOENT && errno != ENOTDIR &&
	       !(errno == EACCES && access(folder, F_OK) != 0);
}

bool user_themes_load(struct theme_list *out, const struct options *o, struct vtok_error *err)
{
	char folder[PATH_BYTES];
	struct dirent **files = NULL;

	*out = (struct theme_list){.own_n = 0};
	if (o->no_config || !registry_user_path("themes", folder, sizeof folder))
		return true;
	int n = scandir(folder, &files, is_theme_file, alphasort);

	if (n < 0) {
		int why = errno;

		if (why == ENOMEM)
			return error_memory(err);
		return !is_there(folder) ||
		       error_path(err, VTOK_E_CONFIG, folder, "cannot read: %s", strerror(why));
	}
	bool is_good = n <= THEMES_MOST ? add_all(out, folder, files, n, err)
					: error_path(err, VTOK_E_CONFIG, folder,
						     "more than %d themes", THEMES_MOST);

	for (int i = 0; i < n; i++)
		free(files[i]);
	free(files);
	return is_good;
}

void user_themes_free(struct theme_list *l)
{
	free((void *)l->own);
	*l = (struct theme_list){.own_n = 0};
}
