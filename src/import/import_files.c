/* Which files a path means: a model's folder, a folder of the hub's cache, one file by itself. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/str.h"
#include "import/gguf.h"
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
		{"video_preprocessor_config.json", &im->video_doc},
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

/* ---------------------------------------------------------------- GGUF files */

/* A document made of keys, under the name of the file they are of. */
static void set_doc(struct doc *d, const char *file, json_t *root)
{
	const char *slash = strrchr(file, '/');

	str_format(d->name, sizeof(d->name), "%.60s", slash ? slash + 1 : file);
	str_clean(d->name);
	d->root = root;
}

/* path: of a language model, or NULL; projector: of its tower, or NULL. */
static bool read_gguf(struct importer *im, const char *path, const char *projector)
{
	json_t *text = path ? gguf_read(path, im->err) : NULL, *tower = NULL, *pre = NULL;

	if (im->err->code == VTOK_OK && projector)
		tower = gguf_read(projector, im->err);
	if (im->err->code == VTOK_OK) {
		const char *named = path ? path : projector;
		set_doc(&im->config_doc, named, gguf_config(text, tower, &pre));
		set_doc(&im->pre_doc, projector ? projector : named, pre);
		im->is_gguf = true;
	}
	json_decref(text);
	json_decref(tower);
	return im->err->code == VTOK_OK && (im->config_doc.root || error_memory(im->err));
}

static bool is_projector(const char *name)
{
	return strstr(name, "mmproj") != NULL;
}

/* Of a file in several parts the first has the keys. */
static bool is_later_part(const char *name)
{
	const char *of = strstr(name, "-of-");

	return of && of - name >= 5 && strncmp(of - 5, "00001", 5) != 0;
}

/* The language model and the projector of a folder, "" where there is none. Returns the number of
 * language models. */
static int find_gguf(struct importer *im, const char *folder, char *text, char *projector,
		     size_t size)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	int n = 0;

	if (!dir && errno == ENOMEM)
		error_memory(im->err);

	*text = *projector = '\0';
	while (dir && (e = readdir(dir))) {
		size_t len = strlen(e->d_name);
		if (len < 5 || strcmp(e->d_name + len - 5, ".gguf") != 0 ||
		    is_later_part(e->d_name))
			continue;
		if (strlen(folder) + len + 2 > size)
			continue;
		if (is_projector(e->d_name)) {
			/* of two, the first in the alphabet: they differ in their number format */
			const char *slash = strrchr(projector, '/');
			if (!*projector || strcmp(e->d_name, slash + 1) < 0)
				str_format(projector, size, "%s/%s", folder, e->d_name);
			continue;
		}
		n++;
		str_format(text, size, "%s/%s", folder, e->d_name);
	}
	if (dir)
		closedir(dir);
	return n;
}

/* One file; its projector, which alone tells how pictures are counted, may lie beside it. */
static bool read_gguf_file(struct importer *im, const char *path, const char *folder)
{
	char other[PATH_TEXT], projector[PATH_TEXT];
	const char *slash = strrchr(path, '/');
	char id[IMPORT_ID];

	str_format(id, sizeof(id), "%.90s", slash ? slash + 1 : path);
	if (strlen(id) > 5 && strcmp(id + strlen(id) - 5, ".gguf") == 0)
		id[strlen(id) - 5] = '\0';
	import_name_set(im, id);
	if (is_projector(slash ? slash + 1 : path))
		return read_gguf(im, NULL, path);
	find_gguf(im, folder, other, projector, sizeof(other));
	return read_gguf(im, path, *projector ? projector : NULL);
}

/* False, without an error: there is none in it. */
static bool read_gguf_folder(struct importer *im, const char *folder)
{
	char text[PATH_TEXT], projector[PATH_TEXT];
	int n = find_gguf(im, folder, text, projector, sizeof(text));

	if (n > 1)
		return error_path(im->err, VTOK_E_INPUT, folder, "%d GGUF files: name one of them",
				  n);
	if (!n && !*projector)
		return false;
	return read_gguf(im, n ? text : NULL, *projector ? projector : NULL);
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
	if (read_gguf_folder(im, folder))
		return true;
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
	if (gguf_is(path))
		return read_gguf_file(im, path, folder);
	import_name_after(im, folder);
	return read_single(im, path);
}
