#include "cli/path_complete.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"

enum { PATH_SIZE = 1024, NAME_SIZE = 256 };

/* What the names so far have in common. */
struct names {
	const char *folder; /* with its "/"; "" = where the program runs */
	char common[NAME_SIZE];
	int n;
	char *list;
	size_t size;
};

static bool is_folder(const char *folder, const char *name)
{
	char path[PATH_SIZE + NAME_SIZE];
	struct stat st;

	str_format(path, sizeof(path), "%s%s", folder, name);
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void add(struct names *names, const char *name)
{
	char shown[NAME_SIZE];
	size_t n = 0;

	if (!names->n++)
		str_format(names->common, sizeof(names->common), "%s", name);
	while (names->common[n] && names->common[n] == name[n])
		n++;
	names->common[n] = '\0';
	str_format(shown, sizeof(shown), "%s", name);
	str_clean(shown);
	str_append(names->list, names->size, "%s%s%s", names->n > 1 ? "  " : "", shown,
		   is_folder(names->folder, name) ? "/" : "");
}

static void read_folder(struct names *names, const char *begin)
{
	DIR *dir = opendir(*names->folder ? names->folder : ".");
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (str_starts(e->d_name, begin) && (e->d_name[0] != '.' || begin[0] == '.') &&
		    strlen(e->d_name) < NAME_SIZE)
			add(names, e->d_name);
	if (dir)
		closedir(dir);
}

/* The folder of a path with its last "/"; "~/" is the home folder. */
static void split(const char *typed, char folder[PATH_SIZE], const char **begin)
{
	const char *slash = strrchr(typed, '/'), *home = getenv("HOME");
	int n = slash ? (int)(slash + 1 - typed) : 0;
	bool is_home = str_starts(typed, "~/") && home && home[0] == '/';

	*begin = typed + n;
	if (is_home)
		str_format(folder, PATH_SIZE, "%s%.*s", home, n - 1, typed + 1);
	else
		str_format(folder, PATH_SIZE, "%.*s", n, typed);
}

bool path_complete(const char *typed, char *out, size_t size, char *others, size_t others_size)
{
	char folder[PATH_SIZE];
	struct names names = {.folder = folder, .list = others, .size = others_size};
	const char *begin;

	others[0] = '\0';
	split(typed, folder, &begin);
	read_folder(&names, begin);
	if (!names.n)
		return false;
	bool is_dir = names.n == 1 && is_folder(folder, names.common);

	str_format(out, size, "%.*s%s%s", (int)(begin - typed), typed, names.common,
		   is_dir ? "/" : "");
	if (names.n == 1)
		others[0] = '\0';
	return true;
}
