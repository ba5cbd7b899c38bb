/* From one record of a data set to the tallies of its models. */
#ifndef VTOK_CLI_SCAN_ROW_H
#define VTOK_CLI_SCAN_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/picture.h"
#include "cli/dataset.h"
#include "cli/options.h"
#include "cli/scan_batch.h"
#include "cli/target.h"
#include "core/count.h"
#include "core/model.h"
#include "registry/registry.h"

enum { SCAN_PATH = 4096 }; /* bytes of a record that is a size or a path */

/* What is sent is made smaller first. */
struct scan_cap {
	const char *text; /* as it was asked for: "1280t", "1000000" */
	bool is_tokens; /* as the model's own key holds it; otherwise the area, before it is sent */
	int64_t most;   /* tokens of an image, pixels */
	struct rule *rules; /* of a cap on tokens, one for each target */
};

/* Costs of a size that was met before: most data sets have few. A file is met with its bytes. */
enum { SCAN_MEMO = 1024 };
struct scan_cost {
	int64_t width, height; /* 0 = nothing yet */
	int64_t file_bytes;    /* 0 = a size alone */
	enum image_format file_format;
	int64_t kv_bytes, micros;
	const char *reason; /* why there are none */
};

/* Everything that does not change from record to record. Threads share it. */
struct scan_job {
	struct targets targets;
	struct rule *rules;   /* one for each target */
	struct setup *setups; /* the same */
	struct model *rooms;  /* where setups point for what is no checkpoint */
	struct scan_cap caps[DATASET_CAPS];
	struct dataset_shape shape;
	enum scan_from from;
	bool swaps; /* width and height were written the wrong way round */
	const char *width, *height, *weight, *key; /* names of columns; weight, key NULL = none */
};

/* False: err says what is wrong with what was asked for. Free with scan_job_fini in both cases; the
 * registry and the options must outlive it. */
bool scan_job_init(struct scan_job *j, const struct options *o, const struct registry *r,
		   struct vtok_error *err);
void scan_job_fini(struct scan_job *j);

/* One thread's tallies. */
struct scan_tallies {
	const struct scan_job *job;
	struct dataset *sets;    /* one for each target */
	struct scan_cost *costs; /* SCAN_MEMO for each target; NULL without --estimate */
	uint64_t rows;           /* since the start: for the line of progress */
};

/* False: memory is short. */
bool scan_tallies_init(struct scan_tallies *t, const struct scan_job *j);
void scan_tallies_fini(struct scan_tallies *t);

/* Empties them, for the next chunk of a scan that can be resumed. */
void scan_tallies_clear(struct scan_tallies *t);

/* One record, NUL-terminated at len, which may be changed. columns: of its CSV. */
void scan_record(struct scan_tallies *t, const struct scan_columns *columns, char *text,
		 size_t len);

/* A picture of an archive. */
void scan_member(struct scan_tallies *t, const struct scan_member *m);

/* One that could not be read, in all models. */
void scan_fault(struct scan_tallies *t, const char *why);

/* As many lines from p on as are plain sizes; there may be none. Returns where it stopped, at end
 * or at the start of a line. PLAIN_READS bytes may be read behind end. */
char *scan_plain(struct scan_tallies *t, char *p, const char *end);

/* The places of the columns in the head line of a CSV. False: err names the one that it has not. */
bool scan_columns_find(const struct scan_job *j, char *head, struct scan_columns *out,
		       struct vtok_error *err);

#endif
