/* The command line of a server, and the keys of a client, as settings that rules of core/limit.h
 * read. A line is what people start the engine with, variables of the environment before it:
 *
 *     VLLM_MAX_IMAGE_PIXELS=0 vllm serve Qwen/Qwen3-VL-8B-Instruct --max-model-len 32k \
 *         --limit-mm-per-prompt '{"image":2}' --mm-processor-kwargs.max_pixels 802816
 *
 * It is split as a shell splits it; but a word that begins with { keeps its quotes up to the }, for
 * those who have them eaten by the shell around. Values in JSON and the old form image=2,video=0
 * become a setting for each member, under names with dots. Arguments of a library stand with their
 * place in it, as a client's keys do: init:max_pixels=200000. Everything is from outside: lines
 * have at most SERVER_LINE_MOST bytes, JSON a bounded depth. */
#ifndef VTOK_IMPORT_SERVER_LINE_H
#define VTOK_IMPORT_SERVER_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/limit_case.h"
#include "core/model.h"

enum { SERVER_LINE_MOST = 1 << 20, SERVER_WORDS_MOST = 8192 };

struct server_line {
	struct limit_setting *settings; /* in the order they were given: the last of a name holds */
	size_t settings_n, settings_room;
	const char **ignored; /* flags that no rule reads, as they were written */
	size_t ignored_n, ignored_room;
	struct arena arena;
};

void server_line_init(struct server_line *s);
void server_line_fini(struct server_line *s);

/* Reads a line by the engine's flags, switches and spellings. False: err names the flag and says
 * what is wrong; what was read so far stays. */
bool server_line_read(struct server_line *s, const struct engine *e, const char *line,
		      struct vtok_error *err);

/* Reads what a client sends: KEY=VALUE, before the key its place: part:, url:, body:, kwargs:
 * (mm_processor_kwargs), init: (from_pretrained), call: (the processor's call, the body of a
 * program); none is body:. */
bool server_line_client(struct server_line *s, const char *pair, struct vtok_error *err);

#endif
