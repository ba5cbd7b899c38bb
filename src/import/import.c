#include "import/import.h"

#include <string.h>

#include "base/str.h"
#include "import/importer.h"
#include "registry/merge.h"

/* A folder without config.json: the class of its processor says more than that of its image part,
 * which several families share. */
static void find_type(struct importer *im, const struct node *pre, const struct node *processor)
{
	const struct node *const where[] = {processor, pre, &im->pre};
	static const char *const keys[] = {"processor_class", "image_processor_type"};
	const char *first = "";

	for (size_t k = 0; k < ARRAY_SIZE(keys); k++)
		for (size_t i = 0; i < ARRAY_SIZE(where); i++) {
			if (!node_text(where[i], keys[k], &im->type))
				continue;
			if (family_find(im))
				return;
			first = *first ? first : im->type;
		}
	im->type = first;
}

static void look(struct importer *im)
{
	struct node pre = node_doc(&im->pre_doc, im->err);
	struct node processor = node_doc(&im->processor_doc, im->err);
	struct node inner = node_sub(&pre, "image_processor");

	if (!inner.obj)
		inner = pre.obj ? pre : node_sub(&processor, "image_processor");
	im->config = node_doc(&im->config_doc, im->err);
	im->pre = inner.obj ? inner : processor;
	im->video = node_doc(&im->video_doc, im->err);
	if (!im->video.obj)
		im->video = node_sub(&processor, "video_processor");
	im->tower = node_sub(&im->config, "vision_config|vision_tower_config|visual|vit_config");
	if (!im->tower.obj && json_is_object(node_find(&im->config, "vision_encoder")))
		im->tower = node_sub(&im->config, "vision_encoder"); /* others name it there */
	im->text = node_sub(&im->config,
			    "text_config|llm_config|language_config|thinker_config.text_config");
	if (!im->text.obj)
		im->text = im->config;
	im->type = "";
	if (!node_text(&im->config, "model_type", &im->type))
		find_type(im, &pre, &processor);
}

/* A family that is not known: named, with what was understood. */
static bool refuse(struct importer *im)
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
	const char *file = im->config.obj ? im->config.file : im->pre.file;
	char text[160] = "";

	for (size_t i = 0; i < ARRAY_SIZE(t); i++) {
		const json_t *j = node_find(import_part(im, t[i].part), t[i].keys);
		char one[48];
		if (!json_is_integer(j))
			continue;
		str_format(one, sizeof(one), "%s%s %" JSON_INTEGER_FORMAT, *text ? ", " : "",
			   t[i].label, json_integer_value(j));
		str_append(text, sizeof(text), "%s", one);
	}
	if (!im->type[0])
		return error_path(im->err, VTOK_E_INPUT, file,
				  "no model_type and no processor_class: no family to go by");
	return error_path(im->err, VTOK_E_INPUT, file, "%s \"%.60s\" is not known%s%s%s",
			  im->is_gguf ? "architecture" : "family", im->type,
			  *text ? " (understood: " : "", text, *text ? ")" : "");
}

/* What an adapter changes, where it lies beside a processor. */
static void tell_adapter(struct importer *im)
{
	struct node adapter = node_doc(&im->adapter_doc, im->err);
	const char *base;

	if (node_text(&adapter, "base_model_name_or_path", &base))
		import_note(im, "an adapter of %.100s: its dimensions are that model's", base);
}

/* A name that the shipped tables use would change an entry of theirs key by key: it gets a tail. */
static void avoid_taken(struct importer *im)
{
	static const enum registry_kind kinds[] = {KIND_PROCESSOR, KIND_TOWER, KIND_MODEL};
	bool taken = registry_hosted(&im->shipped, im->id, 0) != NULL;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		taken |= registry_find(&im->shipped, kinds[i], im->id) != NULL;
	if (taken && !im->is_named)
		import_name_tail(im);
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
	if (!im->family)
		return refuse(im);
	tell_adapter(im);
	import_processor(im);
	if (im->config.obj && im->has_processor) {
		import_tower(im);
		import_model(im);
	}
	im->model_entry.unverified = im->kept.len ? strbuf_text(&im->kept) : NULL;
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
	doc_fini(&im->processor_doc);
	doc_fini(&im->video_doc);
	doc_fini(&im->adapter_doc);
	doc_fini(&im->quant_doc);
	strbuf_fini(&im->kept);
	strbuf_fini(&im->notes);
	registry_fini(&im->shipped);
}

bool import_path(const char *path, const char *name, struct strbuf *out, struct vtok_error *err)
{
	struct vtok_error own = {0};
	struct importer im = {0};

	bool fine = begin(&im, err ? err : &own) && import_documents(&im, path) &&
		    (!name || import_name_given(&im, name)) && convert(&im, out);
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
	import_name_after(&im, name);
	fine = fine && convert(&im, out);
	end(&im);
	return fine;
}
