#include "import/import.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "import/importer.h"
#include "registry/merge.h"

enum { PATH_TEXT = 4096 };

/* The folder's name as an id: what the registry does not take in a name becomes '-'. */
static void name_after(struct importer *im, const char *folder)
{
	size_t end = strlen(folder), n = 0;

	while (end > 1 && folder[end - 1] == '/')
		end--;
	size_t start = end;
	while (start > 0 && folder[start - 1] != '/')
		start--;
	for (size_t i = start; i < end && n + 1 < sizeof(im->id); i++) {
		unsigned char c = (unsigned char)folder[i];
		bool fine =
			(c < 0x80 && isalnum(c)) || c == '.' || c == '_' || c == '+' || c == '-';
		im->id[n++] = fine ? (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) : '-';
	}
	if (n == 0 || strspn(im->id, ".-") == n)
		n = (size_t)(stpcpy(im->id, "imported") - im->id);
	im->id[n] = '\0';
}

static bool join(char *out, size_t size, const char *folder, const char *file,
		 struct vtok_error *err)
{
	if (strlen(folder) + strlen(file) + 2 > size)
		return error_path(err, VTOK_E_INPUT, folder, "the path is too long");
	str_format(out, size, "%s/%s", folder, file);
	return true;
}

/* preprocessor_config.json, else processor_config.json, whose image part may lie one level down. */
static bool read_pre(struct importer *im, const char *folder)
{
	static const char *const files[] = {"preprocessor_config.json", "processor_config.json"};
	char path[PATH_TEXT];

	for (size_t i = 0; i < ARRAY_SIZE(files) && !im->pre_doc.root; i++) {
		if (!join(path, sizeof(path), folder, files[i], im->err) ||
		    !doc_read(&im->pre_doc, path, false, im->err))
			return false;
	}
	return true;
}

static bool read_folder(struct importer *im, const char *folder)
{
	char path[PATH_TEXT];

	if (!join(path, sizeof(path), folder, "config.json", im->err) ||
	    !doc_read(&im->config_doc, path, false, im->err) || !read_pre(im, folder))
		return false;
	if (im->config_doc.root || im->pre_doc.root)
		return true;
	return error_path(im->err, VTOK_E_INPUT, folder,
			  "expected config.json or preprocessor_config.json in it, found neither");
}

/* One file by itself: its keys say which of the two it is. */
static bool read_single(struct importer *im, const char *path)
{
	struct doc d;

	if (!doc_read(&d, path, true, im->err))
		return false;
	if (json_object_get(d.root, "image_processor_type") ||
	    json_object_get(d.root, "image_processor") ||
	    json_object_get(d.root, "processor_class"))
		im->pre_doc = d;
	else
		im->config_doc = d;
	return true;
}

static bool read_documents(struct importer *im, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return error_path(im->err, VTOK_E_INPUT, path, "%s", strerror(errno));
	if (S_ISDIR(st.st_mode)) {
		name_after(im, path);
		return read_folder(im, path);
	}
	const char *slash = strrchr(path, '/');
	char folder[PATH_TEXT] = "imported";
	if (slash)
		str_format(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
	name_after(im, folder);
	return read_single(im, path);
}

static void look(struct importer *im)
{
	struct node pre = node_doc(&im->pre_doc, im->err);
	struct node inner = node_sub(&pre, "image_processor");

	im->config = node_doc(&im->config_doc, im->err);
	im->pre = inner.obj ? inner : pre;
	im->tower = node_sub(&im->config,
			     "vision_config|vision_tower_config|visual|vit_config|vision_encoder");
	im->text = node_sub(&im->config,
			    "text_config|llm_config|language_config|thinker_config.text_config");
	if (!im->text.obj)
		im->text = im->config;
	im->type = "";
	if (!node_text(&im->config, "model_type", &im->type))
		node_text(&im->pre, "image_processor_type|processor_class", &im->type);
	if (!im->type[0] && pre.obj)
		node_text(&pre, "image_processor_type|processor_class", &im->type);
}

/* What was understood of a family that is not known. */
static void describe(struct importer *im)
{
	static const struct {
		enum part part;
		const char *label, *keys;
	} t[] = {
		{PART_TEXT, "layers", "num_hidden_layers|n_layer|num_layers"},
		{PART_TEXT, "hidden", "hidden_size|n_embd|d_model"},
		{PART_TEXT, "context", "max_position_embeddings"},
		{PART_TOWER, "tower hidden", "embed_dim|hidden_size"},
		{PART_TOWER, "tower patch", "patch_size"},
		{PART_PRE, "patch", "patch_size"},
		{PART_PRE, "min-pixels", "min_pixels|size.shortest_edge"},
		{PART_PRE, "max-pixels", "max_pixels|size.longest_edge"},
	};

	import_note(im,
		    "family \"%.60s\" is not known: no sections. What was understood:", im->type);
	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		const json_t *j = node_find(import_part(im, t[i].part), t[i].keys);
		if (json_is_integer(j))
			import_note(im, "  %s %" JSON_INTEGER_FORMAT, t[i].label,
				    json_integer_value(j));
	}
}

/* A name that the shipped tables use would change an entry of theirs key by key: it gets a tail. */
static void avoid_taken(struct importer *im)
{
	static const enum registry_kind kinds[] = {KIND_PROCESSOR, KIND_TOWER, KIND_MODEL};
	bool taken = registry_hosted(&im->shipped, im->id, 0) != NULL;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		taken |= registry_find(&im->shipped, kinds[i], im->id) != NULL;
	if (!taken)
		return;
	im->id[sizeof(im->id) - sizeof("-local")] = '\0';
	str_append(im->id, sizeof(im->id), "-local");
}

/* What is printed must be what the registry takes. */
static bool check(struct importer *im, const struct strbuf *out, size_t start)
{
	struct vtok_error found = {0};

	if (!strbuf_ok(out) || !strbuf_ok(&im->notes) || !strbuf_ok(&im->kept))
		return error_memory(im->err);
	if (registry_merge(&im->shipped, im->id, strbuf_text(out) + start, out->len - start,
			   &found))
		return true;
	if (found.is_memory) /* nothing is wrong with the values */
		return error_memory(im->err);
	return error_path(im->err, VTOK_E_CONFIG, im->config.obj ? im->config.file : im->pre.file,
			  "the values do not fit together: %s", found.text);
}

static bool convert(struct importer *im, struct strbuf *out)
{
	size_t start = out->len;

	look(im);
	if (im->err->code != VTOK_OK)
		return false;
	avoid_taken(im);
	im->family = family_find(im);
	if (!im->family) {
		describe(im);
	} else {
		import_processor(im);
		if (im->config.obj && im->has_processor) {
			import_tower(im);
			import_model(im);
		}
		im->model_entry.unverified = im->kept.len ? strbuf_text(&im->kept) : NULL;
	}
	if (im->err->code != VTOK_OK)
		return false;
	import_write(im, out);
	return check(im, out, start);
}

static bool begin(struct importer *im, struct vtok_error *err)
{
	im->err = err;
	strbuf_init(&im->kept);
	strbuf_init(&im->notes);
	return registry_init(&im->shipped, err);
}

static void end(struct importer *im)
{
	doc_fini(&im->config_doc);
	doc_fini(&im->pre_doc);
	strbuf_fini(&im->kept);
	strbuf_fini(&im->notes);
	registry_fini(&im->shipped);
}

bool import_path(const char *path, struct strbuf *out, struct vtok_error *err)
{
	struct vtok_error own = {0};
	struct importer im = {0};

	bool fine = begin(&im, err ? err : &own) && read_documents(&im, path) && convert(&im, out);
	end(&im);
	return fine;
}

bool import_text(const char *name, const char *config, size_t config_len, const char *pre,
		 size_t pre_len, struct strbuf *out, struct vtok_error *err)
{
	struct vtok_error own = {0};
	struct importer im = {0};

	bool fine =
		begin(&im, err ? err : &own) &&
		(!config || doc_parse(&im.config_doc, "config.json", config, config_len, im.err)) &&
		(!pre || doc_parse(&im.pre_doc, "preprocessor_config.json", pre, pre_len, im.err));
	name_after(&im, name);
	fine = fine && convert(&im, out);
	end(&im);
	return fine;
}
