/* What the readers of import share: the documents, the entries they fill, and what is to be said
 * about them. */
#ifndef VTOK_IMPORT_IMPORTER_H
#define VTOK_IMPORT_IMPORTER_H

#include "base/strbuf.h"
#include "core/model.h"
#include "import/json_read.h"
#include "registry/registry.h"

struct importer;

/* Part of the files a value stands in. */
enum part {
	PART_PRE,    /* preprocessor_config.json, or the image part of processor_config.json */
	PART_CONFIG, /* config.json */
	PART_TOWER,  /* its vision_config */
	PART_TEXT,   /* its text_config, or config.json itself where the language model's keys stand
			at the top */
};

enum take {
	TAKE_INT,  /* int32_t */
	TAKE_LONG, /* int64_t */
	TAKE_NUM,  /* double */
	TAKE_BOOL, /* bool */
	TAKE_SIDE, /* int32_t: a side in one of its spellings */
};

/* One value of a file and the member of struct processor it fills. Rows are taken in order: a later
 * one wins. */
struct mapping {
	enum part part;
	const char *keys; /* alternatives, as node_find; NULL ends the table */
	enum take take;
	size_t offset;
	double least, most;
};

/* A family: how its files name it, and the shipped processor whose reading of the rule and special
 * tokens hold. No file of a model folder tells those: they are code. */
struct family {
	const char *model_type;      /* of config.json */
	const char *image_processor; /* begin of image_processor_type, for a folder without
					config.json; NULL = none */
	const char *processor;       /* shipped processor it starts from */
	const struct mapping *mappings;
	const char *model; /* shipped checkpoint that stands for what the library's defaults say;
			      NULL = none */
	/* another shipped processor than `processor`, or NULL for that one; may be NULL itself */
	const char *(*choose)(const struct importer *im);
	void (*adjust)(struct importer *im); /* what a table cannot say; may be NULL */
};

enum { IMPORT_ID = 96 };

struct importer {
	struct registry shipped;
	struct doc config_doc, pre_doc, processor_doc, video_doc, adapter_doc, quant_doc;
	struct node config, pre, tower, text, video;
	const struct family *family; /* NULL: not known */
	const char *type;            /* model_type, or the image processor's name; "" */
	char id[IMPORT_ID];
	bool is_gguf;  /* the documents are made of the keys of such files */
	bool is_named; /* the id was given: it stays, taken or not */
	struct processor processor;
	struct model model_entry;
	struct tower tower_entry;
	const char
		*tower_id; /* shipped tower of the same dimensions; NULL = tower_entry, or none */
	bool has_processor, has_model, has_tower;
	struct strbuf kept;  /* keys of [model] that are not in the files */
	struct strbuf notes; /* comment lines */
	struct vtok_error *err;
};

/* The view of one part. */
const struct node *import_part(const struct importer *im, enum part part);

/* import_files.c: the documents of a folder, of the hub's cache, or one by itself; the id. */
bool import_documents(struct importer *im, const char *path);

/* import_name.c: fills the id from a path, or checks one that was given. */
void import_name_after(struct importer *im, const char *path);
void import_name_set(struct importer *im, const char *name);
bool import_name_given(struct importer *im, const char *name);
/* Appends a tail, where the registry has the id already; as short as an id must be. */
void import_name_tail(struct importer *im);

/* import_families.c: NULL when no row fits. */
const struct family *family_find(const struct importer *im);

/* import_quant.c: the number format of the files, into the model entry. */
void import_stored(struct importer *im);

/* Each fills its entry and says in the notes what it could not; errors go to im->err. */
void import_processor(struct importer *im);
void import_tower(struct importer *im);
void import_model(struct importer *im);

/* Appends notes and sections. */
void import_write(const struct importer *im, struct strbuf *out);

/* One comment line, cleaned of control characters. */
void import_note(struct importer *im, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
