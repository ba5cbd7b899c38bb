/* Which files a path means: a model's folder, a folder of the hub's cache, one file by itself. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/str.h"
#include "import/importer.h"
#include "registry/subjects.h"

enum { PATH_TEXT = 4096 };

static bool join(char *out, size_t size, const char *folder, const char *file,
		 struct vtok_error *err)
{
	if (strlen(folder) + strlen(file) + 2 > size)
		return error_path(err, VTOK_E_INPUT, folder, "the path is too long");
	str_format(out, size, "%s/%s", folder, file);
	return true;
}

/* -m of what the registry knows of a name of the hub; "" = nothing. */
static void known_as(const struct importer *im, const char *name, char *out, size_t size)
{
	const char *slash = strrchr(name, '/');
	const char *const tries[] = {name, slash ? slash + 1 : name};
	const struct model *m;
	const struct processor *p;

	*out = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(tries) && !*out; i++) {
		struct vtok_error ignored = {0};
		if (subject_resolve(&im->shipped, tries[i], &m, &p, &ignored))
			str_format(out, size, "%s", m ? m->id : p->id);
	}
}

/* ---------------------------------------------------------------- a folder */

static bool read_all(struct importer *im, const char *folder)
{
	const struct {
		const char *file;
		struct doc *doc;
	} t[] = {
		{"config.json", &im->config_doc},
		{"preprocessor_config.json", &im->pre_doc},
		{"processor_config.json", &im->processor_doc},
		{"adapter_config.json", &im->adapter_doc},
		{"hf_quant_config.json", &im->quant_doc},
	};
	char path[PATH_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(t); i++)
		if (!join(path, sizeof(path), folder, t[i].file, im->err) ||
		    !doc_read(t[i].doc, path, false, im->err))
			return false;
	return true;
}

/* An adapter alone has nothing to count by: its base model is what to ask for. */
static bool refuse_adapter(struct importer *im, const char *folder)
{
	struct node v = node_doc(&im->adapter_doc, im->err);
	const char *base = "a model it does not name";
	char id[96];

	node_text(&v, "base_model_name_or_path", &base);
	known_as(im, base, id, sizeof(id));
	return error_path(im->err, VTOK_E_INPUT, folder, "an adapter of %.100s: %s%s%s", base,
			  *id ? "-m " : "import that model's folder", id,
			  *id ? " counts for both" : "");
}

/* ---------------------------------------------------------------- the hub's cache */

/* The snapshot that refs/main names. */
static bool main_snapshot(const char *folder, char *out, size_t size)
{
	char path[PATH_TEXT], hash[80];
	struct stat st;

	str_format(path, sizeof(path), "%s/refs/main", folder);
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(hash, 1, sizeof(hash) - 1, f) : 0;
	if (f)
		fclose(f);
	hash[n] = '\0';
	hash[strcspn(hash, " \t\r\n")] = '\0';
	if (!hash[0] || strchr(hash, '/') || hash[0] == '.')
		return false;
	str_format(out, size, "%s/snapshots/%s", folder, hash);
	return stat(out, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The only one, where refs/main says nothing. Returns how many there are. */
static int only_snapshot(const char *folder, char *out, size_t size)
{
	char path[PATH_TEXT];
	struct dirent *e;
	int n = 0;

	str_format(path, sizeof(path), "%s/snapshots", folder);
	DIR *dir = opendir(path);
	while (dir && (e = readdir(dir)))
		if (e->d_name[0] != '.' && n++ == 0)
			str_format(out, size, "%s/%s", path, e->d_name);
	if (dir)
		closedir(dir);
	return n;
}

/* False: no folder of the cache, or err says why it cannot be told which one is meant. */
static bool find_snapshot(struct importer *im, const char *folder, char *out, size_t size)
{
	if (strlen(folder) + 200 > PATH_TEXT)
		return false;
	if (main_snapshot(folder, out, size))
		return true;
	int n = only_snapshot(folder, out, size);
	if (n > 1)
		return error_path(im->err, VTOK_E_INPUT, folder,
				  "%d snapshots and no refs/main: name one of snapshots/", n);
	return n == 1;
}

static bool read_folder(struct importer *im, const char *folder)
{
	char snapshot[PATH_TEXT];

	if (!read_all(im, folder))
		return false;
	if (im->config_doc.root || im->pre_doc.root || im->processor_doc.root)
		return true;
	if (im->adapter_doc.root)
		return refuse_adapter(im, folder);
	if (find_snapshot(im, folder, snapshot, sizeof(snapshot)))
		return read_folder(im, snapshot);
	return error_path(im->err, VTOK_E_INPUT, folder,
			  "expected config.json or preprocessor_config.json in it, found neither");
}

/* ---------------------------------------------------------------- one file */

/* Its keys say which it is. */
static bool read_single(struct importer *im, const char *path)
{
	struct doc d;

	if (!doc_read(&d, path, true, im->err))
		return false;
	if (json_object_get(d.root, "base_model_name_or_path") &&
	    json_object_get(d.root, "peft_type")) {
		im->adapter_doc = d;
		return refuse_adapter(im, path);
	}
	if (json_object_get(d.root, "image_processor_type") ||
	    json_object_get(d.root, "image_processor") ||
	    json_object_get(d.root, "processor_class"))
		im->pre_doc = d;
	else
		im->config_doc = d;
	return true;
}

static bool refuse_missing(struct importer *im, const char *path)
{
	char id[96];
	int why = errno;

	known_as(im, path, id, sizeof(id));
	if (!*id)
		return error_path(im->err, VTOK_E_INPUT, path, "%s", strerror(why));
	return error_path(im->err, VTOK_E_INPUT, path, "%s; -m %s knows that model already",
			  strerror(why), id);
}

bool import_documents(struct importer *im, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return refuse_missing(im, path);
	if (S_ISDIR(st.st_mode)) {
		import_name_after(im, path);
		return read_folder(im, path);
	}
	const char *slash = strrchr(path, '/');
	char folder[PATH_TEXT] = ".";
	if (slash)
		str_format(folder, sizeof(folder), "%.*s", slash == path ? 1 : (int)(slash - path),
			   path);
	import_name_after(im, folder);
	return read_single(im, path);
}
